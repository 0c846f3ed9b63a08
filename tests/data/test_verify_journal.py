"""`famdesk verify` names the first broken entry of the journal, in a file and on a server, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, text

from famdesk.data.checks.verify import verify
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_file
from tests.support.offices import Desk

COLUMNS = ("at", "staff_id", "role", "station", "kind", "action", "subjects", "details", "reason", "undoes", "digest",
           "prev", "hash", "signer", "signature")  # fmt: skip
LOGINS = ("coordinator", "social_worker", "administrator")


class Tampered:
    """A journal with writes and reads of several colleagues, in the hands of who owns the database."""

    def __init__(self, desk: Desk, owner: Engine) -> None:
        self.desk, self.owner = desk, owner
        self.first, self.last = self._fill()

    def _fill(self) -> tuple[int, int]:
        coordinator, worker = self.desk.sign_in("coordinator"), self.desk.sign_in("social_worker")
        first = coordinator.store.newest_entry(coordinator.actor) + 1
        for number in range(4):
            made = coordinator.run(people.add_person, surname=f"Uno{number}", given_name="Lia")
            coordinator.run(people.set_protection, made, 1, protected=True, restricted=False, reason="ordine")
            coordinator.fetch(person_file.person, made)
            other = worker.run(people.add_person, surname=f"Due{number}", given_name="Leo")
            worker.fetch(person_file.person, other)
        return first, coordinator.store.newest_entry(coordinator.actor)

    def sql(self, statement: str, **values: Any) -> None:
        """A statement that no trigger watches."""
        with self.owner.connect() as connection:
            _unwatched(connection)
            connection.execute(text(statement), values)
            connection.commit()

    def value(self, column: str, seq: int) -> Any:
        with self.owner.connect() as connection:
            found = text(f"SELECT {column} FROM audit WHERE seq = :seq")
            return connection.execute(found, {"seq": seq}).scalar()

    def seq_of(self, kind: str) -> int:
        """The number of an entry of a kind in the middle of the journal."""
        with self.owner.connect() as connection:
            found = text("SELECT seq FROM audit WHERE kind = :kind AND seq > :first ORDER BY seq")
            rows = connection.execute(found, {"kind": kind, "first": self.first + 2}).scalars().all()
        return int(rows[0])

    def found(self, login: str = "coordinator") -> list[str]:
        office = self.office(login)
        return [finding.sentence() for finding in verify(office.store.engine, office.keystore.load())]

    def office(self, login: str) -> Office:
        known = {office.actor.login: office for office in [*self.desk.opened, self.desk.office]}
        return known.get(login) or self.desk.sign_in(login)


def _unwatched(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
        return
    names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    for name in names:
        connection.execute(text(f'DROP TRIGGER "{name}"'))


@pytest.fixture
def tampered(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Tampered]:
    if not desk.office.store.is_postgres:
        for login in LOGINS:
            desk.sign_in(login)
        yield Tampered(desk, desk.office.store.engine)
        return
    server, where = request.getfixturevalue("postgres"), desk.home.settings().server
    assert where is not None
    engine = create_engine(server.url(where.database))
    yield Tampered(desk, engine)
    engine.dispose()


@pytest.mark.parametrize("login", [*LOGINS, "reception", "educator", "psychologist"])
def test_all_is_well_for_whoever_asks(tampered: Tampered, login: str) -> None:
    assert tampered.found(login) == []


def _another(value: Any, column: str) -> Any:
    """The value with its last character changed to another of the same kind."""
    if value is None:
        return 3 if column == "undoes" else "x"
    if isinstance(value, int):
        return value + 1
    plain = str(value).rstrip("=") if column in {"signer", "signature"} else str(value)
    if not plain:
        return "x"
    place = next(place for place in range(len(plain) // 2, len(plain)) if plain[place] != "-")
    other = "1" if plain[place] != "1" else "2"
    return plain[:place] + other + str(value)[place + 1 :]


@pytest.mark.parametrize("kind", ["write", "read"])
@pytest.mark.parametrize("column", COLUMNS)
def test_one_byte_of_any_column(tampered: Tampered, column: str, kind: str) -> None:
    seq = tampered.seq_of(kind)
    tampered.sql(f"UPDATE audit SET {column} = :value WHERE seq = :seq",
                 value=_another(tampered.value(column, seq), column), seq=seq)  # fmt: skip
    for login in LOGINS:
        first = tampered.found(login)[0]
        assert f"entry {seq} " in first, (login, first)


def test_an_entry_in_the_middle_is_gone(tampered: Tampered) -> None:
    seq = tampered.seq_of("read")
    tampered.sql("DELETE FROM audit WHERE seq = :seq", seq=seq)
    for login in LOGINS:
        assert tampered.found(login)[0] == f"Journal: entry {seq} is missing."


def test_the_last_entries_are_gone(tampered: Tampered) -> None:
    for office in [*tampered.desk.opened]:
        office.store.newest_entry(office.actor)
    tampered.sql("DELETE FROM audit WHERE seq > :seq", seq=tampered.last - 3)
    for login in LOGINS:
        assert tampered.found(login)[0] == f"Journal: the entries after {tampered.last - 3} are missing."


def test_the_last_entry_is_gone_and_the_head_put_back(tampered: Tampered) -> None:
    """Inside the database all fits; the anchor that a colleague left when signing out knows better."""
    leaving = tampered.desk.sign_in("educator")
    leaving.run(people.add_person, surname="Tre", given_name="Zoe")
    leaving.close()
    last = tampered.office("coordinator").store.newest_entry(tampered.office("coordinator").actor)
    digest = tampered.value("hash", last - 1)
    tampered.sql("DELETE FROM audit WHERE seq = :seq", seq=last)
    tampered.sql("UPDATE audit_head SET seq = :seq, hash = :digest", seq=last - 1, digest=digest)
    for login in LOGINS:
        assert tampered.found(login)[0] == f"Journal: the entries after {last - 1} are missing."


def test_two_entries_have_changed_places(tampered: Tampered) -> None:
    seq = tampered.seq_of("read")
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        tampered.sql("UPDATE audit SET seq = :new WHERE seq = :old", old=old, new=new)
    for login in LOGINS:
        assert f"entry {seq} " in tampered.found(login)[0], login


def test_a_look_that_is_no_longer_told_is_named(tampered: Tampered) -> None:
    """The list from which an author reads who opened a note is made from the journal; another list is noticed."""
    seq = tampered.seq_of("read")
    tampered.sql("DELETE FROM trace WHERE seq = :seq", seq=seq)
    for login in LOGINS:
        assert tampered.found(login) == [f"Journal: who opened or passed on what is not told as entry {seq} says."]


@pytest.mark.parametrize("column", ["verb", "table_name"])
def test_a_look_that_is_told_otherwise_is_named(tampered: Tampered, column: str) -> None:
    seq = tampered.seq_of("read")
    tampered.sql(f"UPDATE trace SET {column} = 'x' WHERE seq = :seq", seq=seq)
    assert tampered.found() == [f"Journal: who opened or passed on what is not told as entry {seq} says."]


def test_a_look_that_never_was_is_named(tampered: Tampered) -> None:
    seq = tampered.seq_of("write")
    tampered.sql("INSERT INTO trace (row_id, seq, centre_id, verb, table_name) "
                 "SELECT staff_id, seq, centre_id, 'read', 'note' FROM audit WHERE seq = :seq", seq=seq)  # fmt: skip
    assert tampered.found() == [f"Journal: who opened or passed on what is not told as entry {seq} says."]
