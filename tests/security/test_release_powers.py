"""With psql and a colleague's password nothing that was given to somebody else is read, nor what is over; the centre's
ready texts are changed by nobody who may not, and one's own are seen by nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException
from sqlalchemy import select

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.writing import NoteRelease
from famdesk.data.tx import Tx
from famdesk.domain.notes.note_release import Terms
from famdesk.domain.notes.note_texts import EXPANSION
from famdesk.usecases import session
from famdesk.usecases.consent import consenting
from famdesk.usecases.notes import note_reading, note_release, note_snippets, notes
from famdesk.usecases.notes.note_release_rows import Recipient
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.security.town import Town, founded
from tests.support.offices import PASSWORD, FixedClock
from tests.support.postgres import Server
from tests.support.scenarios import version

pytestmark = pytest.mark.postgres

DAY, FAR, SOON = date(2025, 2, 10), date(2099, 1, 1), date(2025, 2, 12)
"""`SOON` is over by the clock of every server that runs this."""
OTHERS = ("reception", "social_worker", "coordinator", "administrator")
ROLES = ("educator", *OTHERS)


@pytest.fixture(scope="module")
def given(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, dict[str, str]]]:
    """What a psychologist gave to an educator, by name: it stands, was withdrawn, is over by its day or by its author,
    is for somebody and not given yet; and ready texts."""
    with founded(postgres, tmp_path_factory.mktemp("given")) as town:
        author = session.sign_in(town.here.home, "psychologist", PASSWORD, clock=FixedClock())
        reader = session.sign_in(town.here.home, "educator", PASSWORD, clock=FixedClock())
        made = {"own": author.run(note_snippets.save, EXPANSION, "/pc", "mio"),
                "all": author.run(note_snippets.save, EXPANSION, "/cc", "del centro", own=False)}  # fmt: skip
        for name in ("stands", "withdrawn", "over", "back", "waits"):
            made[name] = _written(author, reader, until=SOON if name == "over" else FAR)
            if name != "waits":
                author.run(note_release.give, made[name], reader.actor.pairs.box_public)
        author.run(note_release.take_back, made["back"])
        consent_id = author.fetch(lambda tx: _consent_of(tx, made["withdrawn"]))
        author.run(consenting.withdraw, consent_id, version(author, Consent, consent_id), "Ada")
        reader.close()
        author.close()
        yield town, made


def _written(author: Office, reader: Office, until: date) -> str:
    ada = author.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=date(1980, 5, 5))
    author.run(consenting.give, ada, "referral", [consenting.Signing("self")], recipient_name="Prova educator")
    for deed in ("note", "summary"):
        if deed == "note":
            note_id = author.run(notes.start, NoteValues("individual", DAY, (ada,)), NoteTexts("testo"))
        else:
            terms = Terms("summary", "together", DAY, date(2025, 2, 11), until)
            note_id = author.run(note_release.begin, ada, Recipient(staff_id=reader.actor.staff_id), terms)
        row = next(one for one in author.fetch(note_reading.mine) if one.id == note_id)
        author.run(notes.sign, note_id, row.version)
    return note_id


def _consent_of(tx: Tx, note_id: str) -> str:
    rows = tx.rows(select(NoteRelease.consent_id).where(NoteRelease.note_id == note_id))
    return str(rows[0][0])


def _seen(connection: psycopg.Connection[tuple[str]], table: str, column: str) -> set[str]:
    return {str(value) for (value,) in connection.execute(f"SELECT {column} FROM {table}".encode()).fetchall()}


def test_the_recipient_sees_what_stands_and_nothing_that_is_over(given: tuple[Town, dict[str, str]]) -> None:
    town, made = given
    wanted = {made[name] for name in ("stands", "withdrawn", "over", "back", "waits")}
    with town.psql("educator") as connection:
        seen = _seen(connection, "note_part", "note_id")
        assert {name for name, one in made.items() if one in seen} == {"stands"}
        assert _seen(connection, "note_release", "note_id") & wanted == wanted - {made["waits"]}


@pytest.mark.parametrize("login", OTHERS)
def test_nobody_else_sees_to_whom_anything_was_given(given: tuple[Town, dict[str, str]], login: str) -> None:
    town, made = given
    with town.psql(login) as connection:
        assert not _seen(connection, "note_release", "note_id") & set(made.values())
        assert not _seen(connection, "note_part", "note_id") & set(made.values())
        found = connection.execute("SELECT count(*) FROM change WHERE table_name IN ('note_release', 'note_snippet') "
                                   "AND row_id = ANY(%s::uuid[])", (list(made.values()),)).fetchone()  # fmt: skip
        assert found == (0,)


@pytest.mark.parametrize("login", ROLES)
def test_nothing_of_it_is_changed_by_others(given: tuple[Town, dict[str, str]], login: str) -> None:
    town, made = given
    ids = list(made.values())
    with town.psql(login) as connection:
        for statement in (
            "UPDATE note_release SET until = '2199-01-01', ended_on = NULL WHERE note_id = ANY(%s::uuid[])",
            "UPDATE note_release SET staff_id = fd_staff() WHERE note_id = ANY(%s::uuid[])",
            "DELETE FROM note_release WHERE note_id = ANY(%s::uuid[])",
            "UPDATE note_snippet SET body = 'x' WHERE staff_id IS NOT NULL AND id = ANY(%s::uuid[])",
        ):  # fmt: skip
            with connection.transaction(force_rollback=True):
                assert connection.execute(statement.encode(), (ids,)).rowcount == 0, statement


def test_nobody_gives_anything_out_in_the_name_of_the_author(given: tuple[Town, dict[str, str]]) -> None:
    town, made = given
    copy = ("INSERT INTO note_release (id, version, centre_id, note_id, author_id, person_id, staff_id, purpose, "
            "covers_from, covers_to, until, given_on) SELECT gen_random_uuid(), 1, centre_id, note_id, {}, person_id, "
            "fd_staff(), purpose, covers_from, covers_to, '2199-01-01', given_on FROM note_release "
            "WHERE note_id = %s")  # fmt: skip
    for author in ("author_id", "fd_staff()"):
        with town.psql("educator") as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(copy.format(author).encode(), (made["over"],))


def test_what_was_given_stays_written_down_for_its_author_too(given: tuple[Town, dict[str, str]]) -> None:
    town, made = given
    with town.psql("psychologist") as connection:
        for statement in (
            "DELETE FROM note_release WHERE note_id = %s", "UPDATE note_release SET given_on = NULL WHERE note_id = %s",
            "UPDATE note_release SET until = '2199-01-01' WHERE note_id = %s",
            "UPDATE note_release SET deleted_at = '2025-02-11' WHERE note_id = %s",
        ):  # fmt: skip
            with pytest.raises(RaiseException), connection.transaction():
                connection.execute(statement.encode(), (made["stands"],))
        with pytest.raises(RaiseException), connection.transaction():
            connection.execute("UPDATE note_release SET ended_on = NULL WHERE note_id = %s", (made["back"],))


@pytest.mark.parametrize("login", ROLES)
def test_ready_texts_are_seen_and_changed_by_who_may(given: tuple[Town, dict[str, str]], login: str) -> None:
    town, made = given
    writes = login not in {"reception", "administrator"}
    with town.psql(login) as connection:
        assert _seen(connection, "note_snippet", "id") & {made["own"], made["all"]} == (
            {made["all"]} if writes else set()
        )
        with connection.transaction(force_rollback=True):
            done = connection.execute("UPDATE note_snippet SET body = 'x' WHERE id = %s", (made["all"],)).rowcount
        assert done == (login == "coordinator")
