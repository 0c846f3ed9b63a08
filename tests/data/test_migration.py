"""Bringing a file up to date: after a backup, all or nothing, and never backwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from famdesk.data import backup, migrations, schema
from famdesk.data.home import Home
from famdesk.data.keys import keys
from famdesk.usecases.people import people
from tests.data.hashes import row_hashes
from tests.support.offices import PASSWORD, Desk

NEXT = '''"""Another column, for the test."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9002", "{head}", None, None


def upgrade() -> None:
    op.add_column("person", sa.Column("test_colour", sa.Text()))
    op.execute("UPDATE person SET test_colour = 'green'")
    op.create_table("test_table", sa.Column("a", sa.Integer()))
    {last}
'''


@pytest.fixture
def revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a second revision, beside copies of the released ones that are looked for there from now on."""
    copied = tmp_path / "program" / "migrations"
    shutil.copytree(Path(str(migrations.__file__)).parent, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "__file__", str(copied.with_name("schema.py")))
    return copied / "versions" / "v9002_of_the_test.py"


@pytest.fixture
def closed(file_desk: Desk) -> Desk:
    office = file_desk.sign_in("reception")
    for number in range(20):
        office.run(people.add_person, surname=f"Uno{number}", given_name="Lia")
    office.close()
    file_desk.office.close()
    return file_desk


def _columns(desk: Desk, key: bytes) -> set[str]:
    from famdesk.data.engine import sqlite_engine

    engine = sqlite_engine(desk.home.database, key)
    with engine.connect() as connection:
        found = {row[1] for row in connection.execute(text("PRAGMA table_info(person)"))}
    engine.dispose()
    return found


def _key(desk: Desk) -> bytes:
    from famdesk.data.keys.keystore import KeyFile

    return keys.unlock(KeyFile(desk.home.keys).load(), "reception", PASSWORD).database_key


def test_an_update_keeps_every_row_and_leaves_a_backup(
    closed: Desk, revision: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    revision.write_text(NEXT.format(head=migrations.HEAD, last=""), encoding="utf-8")
    key, before = _key(closed), row_hashes(closed.home, _key(closed))
    monkeypatch.setattr(schema, "HEAD", "9002")
    monkeypatch.setattr(backup, "HEAD", migrations.HEAD)  # the copy is of the old state
    office = closed.sign_in("reception")
    office.lock()
    assert "test_colour" in _columns(closed, key)
    after = row_hashes(closed.home, key, leaving_out={"test_colour"})
    changed = {"alembic_version", "audit", "audit_head"}  # the sign-in itself
    assert {name: found for name, found in after.items() if name not in changed | {"test_table"}} == {
        name: found for name, found in before.items() if name not in changed
    }
    (copy,) = closed.home.backups.iterdir()
    restored = Home(closed.home.folder.parent / "restored")
    backup.restore(copy, restored, lambda ring: keys.unlock(ring, "reception", PASSWORD))
    assert row_hashes(restored, key) == before


@pytest.mark.parametrize("last", ["raise OSError(28, 'full')", "op.execute('SELECT * FROM nowhere')", "1 / 0"])
def test_a_failed_update_leaves_the_old_state(
    closed: Desk, revision: Path, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    revision.write_text(NEXT.format(head=migrations.HEAD, last=last), encoding="utf-8")
    key, before = _key(closed), row_hashes(closed.home, _key(closed))
    monkeypatch.setattr(schema, "HEAD", "9002")
    with pytest.raises(Exception, match=r"DiskFull|nowhere|division"):
        closed.sign_in("reception")
    assert row_hashes(closed.home, key) == before
    monkeypatch.undo()
    closed.sign_in("reception").close()


def test_a_failed_first_schema_leaves_an_empty_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from famdesk.data.engine import sqlite_engine
    from famdesk.data.migrations.first import journal

    engine = sqlite_engine(tmp_path / "x.db", bytes(32))
    monkeypatch.setattr(journal, "SQLITE_TRIGGERS", (*journal.SQLITE_TRIGGERS, "SELECT * FROM nowhere"))

    def migrate() -> None:
        with engine.begin() as connection:
            schema.migrate(connection)

    with pytest.raises(Exception, match="nowhere"):
        migrate()
    assert schema.version(engine) is None
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0
    monkeypatch.undo()
    migrate()
    assert schema.is_current(engine)
    engine.dispose()


@pytest.mark.postgres
def test_a_desk_does_not_update_the_server(server_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "HEAD", "9002")
    with pytest.raises(schema.TooOld) as caught:
        server_desk.sign_in("reception")
    assert "administrator" in caught.value.sentence()


def test_the_head_is_one() -> None:
    assert migrations.HEAD == schema.HEAD == backup.HEAD
