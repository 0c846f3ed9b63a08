"""With psql and a colleague's password no word of a note is read, and nothing of somebody else's is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from famdesk.usecases import escrow, note_reading, notes, people, session
from famdesk.usecases.note_rows import NoteTexts, NoteValues
from tests.security.town import Town, founded
from tests.support.offices import PASSWORD, FixedClock
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres

TABLES = ("note", "note_person", "note_part", "note_key")


@pytest.fixture(scope="module")
def written(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, dict[str, str]]]:
    """A town whose psychologist wrote a signed note, a draft and a working note about a person; ids by name."""
    with founded(postgres, tmp_path_factory.mktemp("notes")) as town:
        escrow.make(town.here)
        author = session.sign_in(town.here.home, "psychologist", PASSWORD, clock=FixedClock())
        ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
        made = {"ada": ada}
        for name, private in (("signed", False), ("draft", False), ("own", True)):
            values = NoteValues("individual", date(2025, 2, 10), (ada,), private=private)
            made[name] = author.run(notes.start, values, NoteTexts("testo"))
        row = next(one for one in author.fetch(note_reading.mine) if one.id == made["signed"])
        author.run(notes.sign, row.id, row.version)
        author.close()
        yield town, made


def _seen(connection: psycopg.Connection[tuple[str]], table: str, column: str = "id") -> set[str]:
    return {str(value) for (value,) in connection.execute(f"SELECT {column} FROM {table}".encode()).fetchall()}


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "coordinator", "administrator"])
def test_no_sealed_text_is_read(written: tuple[Town, dict[str, str]], login: str) -> None:
    town, made = written
    with town.psql(login) as connection:
        assert not _seen(connection, "note_part", "note_id") & {made["signed"], made["draft"], made["own"]}
        shown = _seen(connection, "note") & {made["signed"], made["draft"], made["own"]}
        assert shown == (set() if login in {"reception", "administrator"} else {made["signed"]})


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "coordinator", "administrator"])
def test_nothing_of_the_author_is_changed(written: tuple[Town, dict[str, str]], login: str) -> None:
    town, made = written
    ids = [made["signed"], made["draft"], made["own"]]
    with town.psql(login) as connection:
        for statement in (
            "UPDATE note SET day = '2025-01-01' WHERE id = ANY(%s::uuid[])",
            "DELETE FROM note WHERE id = ANY(%s::uuid[])",
            "UPDATE note_part SET sealed = '' WHERE note_id = ANY(%s::uuid[])",
            "DELETE FROM note_part WHERE note_id = ANY(%s::uuid[])",
        ):  # fmt: skip
            with connection.transaction(force_rollback=True):
                assert connection.execute(statement.encode(), (ids,)).rowcount == 0, statement


def test_nobody_writes_in_the_name_of_the_author(written: tuple[Town, dict[str, str]]) -> None:
    town, made = written
    with town.psql("educator") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(
            "INSERT INTO note (id, version, centre_id, author_id, kind, private, day, state)"
            " SELECT gen_random_uuid(), 1, centre_id, author_id, 'individual', false, CURRENT_DATE, 'draft'"
            " FROM note WHERE id = %s", (made["signed"],)
        )  # fmt: skip


def test_the_journal_tells_others_nothing_of_drafts(written: tuple[Town, dict[str, str]]) -> None:
    town, made = written
    ids = [made["draft"], made["own"], made["signed"]]
    for login in ("educator", "coordinator", "reception"):
        with town.psql(login) as connection:
            found = connection.execute("SELECT count(*) FROM change WHERE row_id = ANY(%s::uuid[])", (ids,)).fetchone()
            assert found == (0,), login
