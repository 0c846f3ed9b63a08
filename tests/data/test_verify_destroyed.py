"""`famdesk verify` accepts notes that two people destroyed, and finds those that went in another way."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from famdesk.data.checks.verify import verify
from famdesk.usecases.office import Office
from famdesk.usecases.paths import retention_due
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.usecases.paths.test_retention import _closed

LOCKS = ("note_locked", "note_stays", "note_part_locked", "note_part_stays")
AWAY = (
    "DELETE FROM note_key",
    "UPDATE note SET state = 'destroyed', destroyed_on = '2025-02-11'",
    "DELETE FROM note_part",
)


@pytest.fixture
def author(file_desk: Desk) -> Office:
    """A psychologist with a signed note, a draft and a working note of a path that is due."""
    office = file_desk.sign_in("psychologist")
    _closed(office, office.run(people.add_person, surname="Rossi"))
    return office


def _decided(desk: Desk, author: Office) -> None:
    leads = desk.sign_in("coordinator")
    (row,) = leads.fetch(retention_due.due)
    made = leads.run(retention_due.propose, path_id=row.path_id)
    author.run(retention_due.destroy, made, 1)


def _found(office: Office, *statements: str) -> list[str]:
    with office.store.engine.begin() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        for name in LOCKS:
            connection.execute(text(f"DROP TRIGGER {name}"))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount > 0
    return [one.sentence() for one in verify(office.store.engine, office.keystore.load())]


def test_what_two_people_destroyed_is_whole(file_desk: Desk, author: Office) -> None:
    _decided(file_desk, author)
    assert verify(author.store.engine, author.keystore.load()) == []


def test_what_somebody_made_vanish_is_found(author: Office) -> None:
    found = _found(author, *AWAY)
    assert len([one for one in found if "knows of no decision" in one]) == 3


def test_what_is_there_after_its_destruction_is_found(file_desk: Desk, author: Office) -> None:
    with author.store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept AS SELECT * FROM note_part"))
    _decided(file_desk, author)
    found = _found(author, "INSERT INTO note_part SELECT * FROM kept")
    assert any("is still there" in one for one in found)
    found = [one.sentence() for one in verify(author.store.engine, author.keystore.load())]
    with author.store.engine.begin() as connection:
        connection.execute(text("DELETE FROM note_part"))
        connection.execute(text("UPDATE note SET state = 'signed', destroyed_on = NULL WHERE number IS NOT NULL"))
    found = [one.sentence() for one in verify(author.store.engine, author.keystore.load())]
    assert any("is still there" in one for one in found)


@pytest.mark.postgres
def test_on_a_server_who_does_not_read_the_decision_is_not_alarmed(server_desk: Desk) -> None:
    author, leads = server_desk.sign_in("psychologist"), server_desk.sign_in("coordinator")
    _closed(author, author.run(people.add_person, surname="Rossi"))
    (row,) = author.fetch(retention_due.due)
    leads.run(retention_due.destroy, author.run(retention_due.propose, path_id=row.path_id), 1)
    for office in (author, leads):
        assert verify(office.store.engine, office.keystore.load()) == []
