"""The migrated schema is the one that the records describe, on both engines."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from famdesk.data import records, schema
from famdesk.data.base import Base
from famdesk.data.migrations import HEAD
from tests.support.offices import Desk


def _differences(desk: Desk) -> list[Any]:
    with desk.office.store.engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tables that point at each other cannot be sorted; nothing here needs it
        if desk.office.store.is_postgres:  # the tables themselves, not the views that stand in front of some
            connection.exec_driver_sql("SET search_path = public")
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found = list(compare_metadata(context, Base.metadata))
    return found if desk.office.store.is_postgres else _without_added_keys(found)


def _without_added_keys(found: list[Any]) -> list[Any]:
    """Without foreign keys of columns that a later revision added: SQLite does not tell what their options are."""
    keys = [item for item in found if item[0] in {"add_fk", "remove_fk"}]
    targets = Counter((key.parent.name, key.column_keys[0], key.elements[0].target_fullname) for _kind, key in keys)
    twice = {target for target, times in targets.items() if times == 2}
    return [
        item
        for item in found
        if item not in keys
        or (item[1].parent.name, item[1].column_keys[0], item[1].elements[0].target_fullname) not in twice
    ]


def test_head_is_what_the_records_say(desk: Desk) -> None:
    assert len(records.BY_TABLE) >= 32
    assert _differences(desk) == []


def test_every_foreign_key_is_checked_at_commit(file_desk: Desk) -> None:
    with file_desk.office.store.engine.connect() as connection:
        tables = connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'table'")).scalars().all()
    keys = [part for table in tables for part in table.split("REFERENCES ")[1:]]
    assert len(keys) > 100
    fine = re.compile(r"centre \(id\)\s|\w+ ?\(id\) DEFERRABLE INITIALLY DEFERRED")
    assert [key for key in keys if not fine.match(key)] == []


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
