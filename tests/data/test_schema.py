"""The migrated schema is the one that the records describe, on both engines."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from famdesk.data import records, schema
from famdesk.data.base import Base
from famdesk.data.migrations import HEAD
from tests.support.offices import Desk


def _differences(desk: Desk) -> list[Any]:
    with desk.office.store.engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tables that point at each other cannot be sorted; nothing here needs it
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def test_head_is_what_the_records_say(desk: Desk) -> None:
    assert len(records.BY_TABLE) >= 32
    assert _differences(desk) == []


def test_head_is_the_newest_revision() -> None:
    from alembic.script import ScriptDirectory

    from famdesk.data import migrations

    folder = str(migrations.__path__[0])
    assert ScriptDirectory(folder).get_current_head() == HEAD


def test_data_of_a_newer_version_are_refused_in_words(file_desk: Desk) -> None:
    engine = file_desk.office.store.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.TooNew) as caught:
        file_desk.sign_in("reception")
    assert "9999" in caught.value.sentence()
