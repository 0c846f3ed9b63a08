"""Whoever has the raw database and changes one byte of a signed note or of the journal, or removes the last rows, is
found by `famdesk verify`: sampled over every column, in a file and on a server.

The order of a server's own checks (foreign keys, triggers) does not help: its owner switches them off.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError

from famdesk.data.checks.verify import verify
from famdesk.data.journal import AuditEntry
from famdesk.data.tables.notes import Note, NoteKey, NotePart, NotePerson
from famdesk.usecases import session
from famdesk.usecases.notes import notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import merging
from tests.support.offices import Desk
from tests.usecases.notes.test_notes import DAY, person, row, signed
from tests.usecases.notes.test_notes_safe import version

SAMPLES = 3
"""Bytes of each value that are changed: the first, the last, and so many between."""
COUNTERS = "version"
"""Grows with every save of a row, and says nothing about what stands in it."""
OF_SIGNED = "SELECT id FROM note_part WHERE note_id IN (SELECT id FROM note WHERE number IS NOT NULL)"
SEALED_BY = {Note: "number IS NOT NULL", NotePerson: "note_id IN (SELECT id FROM note WHERE number IS NOT NULL)",
             NotePart: "note_id IN (SELECT id FROM note WHERE number IS NOT NULL)",
             NoteKey: f"part_id IN ({OF_SIGNED}) AND holder_id = author_id"}  # fmt: skip
UNBOUND = {NoteKey: {"id", "received", "made_in"}}
"""What a key says beside: no other row names it by its id, and how the holder came to it opens nothing."""


@pytest.fixture
def author(desk: Desk) -> Office:
    """A psychologist with signed notes: of a group with a file and an addendum, with an appointment, and a private one;
    the file of one of the group became part of another since."""
    coordinator, office = desk.sign_in("coordinator"), desk.sign_in("psychologist")
    ada, bea, eva = (person(coordinator, name) for name in ("Rossi", "Bianchi", "Verdi"))
    said = NoteTexts("Tema", ((ada, "riga di Ada"), (bea, "riga di Bea")))
    group = office.run(notes.start, NoteValues("group", DAY, (ada, bea), time(10), 50), said)
    office.run(notes.attach, group, "foglio.txt", "text/plain", b"inhalt")
    office.run(notes.sign, group, row(office, group).version)
    added = office.run(notes.start, NoteValues("group", DAY, (bea,)), NoteTexts("aggiunta"), group)
    office.run(notes.sign, added, row(office, added).version)
    signed(office, ada, private=True)
    coordinator.run(merging.merge, eva, version(coordinator, eva), bea, version(coordinator, bea))
    return office


@pytest.fixture
def owner(desk: Desk, author: Office, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The database as whoever owns it has it: nothing is refused."""
    if not desk.office.store.is_postgres:
        with author.store.engine.begin() as connection:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
            for name in names:
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        yield author.store.engine
        return
    server, where = request.getfixturevalue("postgres"), desk.home.settings().server
    assert where is not None
    engine = create_engine(server.url(where.database))
    yield engine
    engine.dispose()


@contextmanager
def unguarded(owner: Engine) -> Iterator[Connection]:
    """A transaction that no foreign key and no trigger watches."""
    on_server = owner.dialect.name == "postgresql"
    off, on = (("SET session_replication_role = replica", "SET session_replication_role = origin") if on_server
               else ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON"))  # fmt: skip
    with owner.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute(off)
        try:
            with connection.begin():
                yield connection
        finally:
            raw.rollback()
            raw.execute(on)
            raw.commit()


def findings(author: Office) -> list[str]:
    return [one.sentence() for one in verify(author.store.engine, author.keystore.load(), author.unlocked.pairs)]


def _cells(owner: Engine, kind: Any, where: str) -> list[tuple[str, str, str, str]]:
    """(column, its type, the value as text, the condition for its row) of every cell that says something."""
    table = kind.__tablename__
    keys = [column.name for column in kind.__table__.primary_key]
    as_text = "CAST({} AS TEXT)"
    found = []
    with owner.connect() as connection:
        for column in inspect(owner).get_columns(table):
            name = column["name"]
            if name == COUNTERS:
                continue
            chosen = ", ".join(as_text.format(one) for one in (name, *keys))
            query = f"SELECT {chosen} FROM {table} WHERE ({where}) AND {name} IS NOT NULL"
            rows = connection.execute(text(query)).all()
            for one in rows:
                known = zip(keys, one[1:], strict=True)
                place = " AND ".join(f"{as_text.format(key)} = '{value}'" for key, value in known)
                found.append((name, str(column["type"]), str(one[0]), place))
    return found


def _changed(value: str, place: int) -> str:
    """The value with another letter or digit at one place."""
    old = value[place]
    new = chr(ord(old) ^ 1) if old.isalnum() and chr(ord(old) ^ 1).isalnum() else "7" if old != "7" else "3"
    return value[:place] + new + value[place + 1 :]


def _tamper(owner: Engine, table: str, column: str, kind: str, place: str, value: str) -> bool:
    """Writes a value past everything; False: it cannot even be stored in such a column."""
    cast = f"CAST(:value AS {kind})" if owner.dialect.name == "postgresql" else ":value"
    number = owner.dialect.name == "sqlite" and kind in {"INTEGER", "BOOLEAN"} and value.isdigit()
    given: object = int(value) if number else value
    try:
        with unguarded(owner) as connection:
            done = connection.execute(text(f"UPDATE {table} SET {column} = {cast} WHERE {place}"), {"value": given})
            assert done.rowcount == 1
    except DBAPIError:
        return False
    return True


def _after(column: str, place: str, value: str) -> str:
    """The condition for the row after its key was changed."""
    same = f"CAST({column} AS TEXT) = '{value}'"
    return " AND ".join(same if f"({column} AS" in part else part for part in place.split(" AND "))


@pytest.mark.parametrize("kind", [Note, NotePerson, NotePart, NoteKey, AuditEntry])
def test_one_changed_byte_is_found_in_every_column(author: Office, owner: Engine, kind: Any) -> None:
    assert findings(author) == []
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    chance, table = random.Random(seed), kind.__tablename__
    cells = _cells(owner, kind, SEALED_BY.get(kind, "seq > 2"))
    tried: dict[str, int] = {}
    chance.shuffle(cells)
    for column, of, value, place in cells:
        if tried.get(column, 0) >= SAMPLES or not value or column in UNBOUND.get(kind, ()):
            continue
        spot = chance.choice([0, len(value) - 1, chance.randrange(len(value))])
        other = _changed(value, spot)
        if not _tamper(owner, table, column, of, place, other):
            continue
        tried[column] = tried.get(column, 0) + 1
        assert findings(author), (table, column, value, other)
        stored = str(int(other)) if of == "INTEGER" and other.isdigit() else other
        assert _tamper(owner, table, column, of, _after(column, place, stored), value)
    assert findings(author) == []
    columns = {column for column, *_rest in cells}
    refused = {"destroyed_on", "private"} if owner.dialect.name == "postgresql" else set()
    assert columns - set(tried) <= refused | {"centre_id", "starts", "day"} | UNBOUND.get(kind, set())
    assert len(tried) >= 4


def test_the_last_notes_cannot_be_cut_off_unseen(author: Office, owner: Engine) -> None:
    with unguarded(owner) as connection:
        _cut(connection, "(SELECT id FROM note WHERE number >= 2)")
    found = findings(author)
    assert sum("the session note that entry" in one for one in found) == 2


def test_a_note_without_a_key_is_found(author: Office, owner: Engine) -> None:
    with unguarded(owner) as connection:
        connection.execute(text(f"DELETE FROM note_key WHERE part_id IN ({OF_SIGNED})"))
    assert any("nobody has a key" in one for one in findings(author))


def test_nor_with_their_entries_in_the_journal(author: Office, owner: Engine) -> None:
    """The key file remembers how far the journal went when somebody signed out."""
    seq = author.store.newest_entry(author.actor)
    session.leave_anchor(author)
    with unguarded(owner) as connection:
        _cut(connection, "(SELECT id FROM note WHERE number >= 2)")
        signing = "SELECT min(seq) FROM audit WHERE details LIKE '%\"signed\": [2]%'"
        first = connection.execute(text(signing)).scalar_one()
        for table in ("change", "audit"):
            connection.execute(text(f"DELETE FROM {table} WHERE seq >= {first}"))
        last = connection.execute(text(f"SELECT hash FROM audit WHERE seq = {first - 1}")).scalar_one()
        connection.execute(text(f"UPDATE audit_head SET seq = {first - 1}, hash = '{last}'"))
    assert seq >= first
    assert any(f"the entries after {first - 1} are missing" in one for one in findings(author))


def test_the_last_entry_of_the_journal_cannot_be_cut_off_unseen(author: Office, owner: Engine) -> None:
    with unguarded(owner) as connection:
        last = connection.execute(text("SELECT max(seq) FROM audit")).scalar_one()
        connection.execute(text(f"DELETE FROM audit WHERE seq = {last}"))
    assert findings(author)


@pytest.mark.parametrize("table", ["note_person", "note_part"])
def test_a_row_that_was_added_or_taken_from_a_signed_note_is_found(author: Office, owner: Engine, table: str) -> None:
    first = f"(SELECT min(CAST(id AS TEXT)) FROM {table} WHERE {SEALED_BY[NotePart]})"
    with unguarded(owner) as connection:
        connection.execute(text(f"DELETE FROM {table} WHERE CAST(id AS TEXT) = {first}"))
    assert len([one for one in findings(author) if "is not as it was signed" in one]) == 1


def _cut(connection: Connection, gone: str) -> None:
    parts = f"(SELECT id FROM note_part WHERE note_id IN {gone})"
    for table, where in (("note_key", f"part_id IN {parts}"), ("note_part", f"note_id IN {gone}"),
                         ("note_person", f"note_id IN {gone}"), ("note", f"id IN {gone}")):  # fmt: skip
        connection.execute(text(f"DELETE FROM {table} WHERE {where}"))


def test_a_note_stays_proved_when_files_become_one_and_come_apart_again(desk: Desk) -> None:
    coordinator, office = desk.sign_in("coordinator"), desk.sign_in("psychologist")
    ada, bea = person(coordinator, "Rossi"), person(coordinator, "Bianchi")
    note_id = signed(office, bea)
    merge_id = coordinator.run(merging.merge, ada, version(coordinator, ada), bea, version(coordinator, bea))
    assert row(office, note_id).person_ids == (ada,)
    later = signed(office, ada)
    assert findings(office) == []
    coordinator.run(merging.unmerge, merge_id)
    assert findings(office) == []
    assert row(office, note_id).person_ids == (bea,)
    assert row(office, later).person_ids == (ada,)
