"""With psql and a colleague's password no word of a note is read, and nothing of somebody else's is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from famdesk.usecases import session
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_file
from famdesk.usecases.staff import roles
from tests.security.town import Town, founded
from tests.support import envelopes
from tests.support.offices import PASSWORD, FixedClock
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres

TABLES = ("note", "note_person", "note_part", "note_key")


COLLEAGUES = ("reception", "educator", "social_worker", "coordinator", "administrator")


def _lived(author: Office, ada: str, made: dict[str, str]) -> None:
    """All that is done to drafts and to working notes: nobody else may learn of it."""
    row = next(one for one in author.fetch(note_reading.mine) if one.id == made["draft"])
    author.run(notes.change, row.id, row.version, NoteValues("family", date(2025, 2, 9), (ada,)))
    made["file"] = author.run(notes.attach, row.id, "foglio.txt", "text/plain", b"inhalt")
    author.fetch(note_reading.attachment, row.id, made["file"])
    made["dropped"] = author.run(notes.start, NoteValues("individual", date(2025, 2, 10), (ada,)), NoteTexts("weg"))
    author.run(notes.drop, made["dropped"])
    own = next(one for one in author.fetch(note_reading.mine) if one.id == made["own"])
    author.run(notes.sign, own.id, own.version)
    author.fetch(note_reading.read, own.id)
    author.fetch(note_reading.read_about, own.id, ada)


@pytest.fixture(scope="module")
def written(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Town, dict[str, str]]]:
    """A town whose psychologist wrote a signed note, a draft and a working note about a person; ids by name."""
    with founded(postgres, tmp_path_factory.mktemp("notes")) as town:
        coordinator = session.sign_in(town.here.home, "coordinator", PASSWORD, clock=FixedClock())
        envelopes.made(coordinator)
        coordinator.close()
        author = session.sign_in(town.here.home, "psychologist", PASSWORD, clock=FixedClock())
        envelopes.agreed(author)
        ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
        made = {"ada": ada}
        for name, private in (("signed", False), ("draft", False), ("own", True)):
            values = NoteValues("individual", date(2025, 2, 10), (ada,), private=private)
            made[name] = author.run(notes.start, values, NoteTexts("testo"))
        row = next(one for one in author.fetch(note_reading.mine) if one.id == made["signed"])
        author.run(notes.sign, row.id, row.version)
        _lived(author, ada, made)
        author.close()
        yield town, made


def _seen(connection: psycopg.Connection[tuple[str]], table: str, column: str = "id") -> set[str]:
    return {str(value) for (value,) in connection.execute(f"SELECT {column} FROM {table}".encode()).fetchall()}


@pytest.mark.parametrize("login", COLLEAGUES)
def test_no_sealed_text_is_read(written: tuple[Town, dict[str, str]], login: str) -> None:
    town, made = written
    with town.psql(login) as connection:
        assert not _seen(connection, "note_part", "note_id") & {made["signed"], made["draft"], made["own"]}
        shown = _seen(connection, "note") & {made["signed"], made["draft"], made["own"]}
        assert shown == (set() if login in {"reception", "administrator"} else {made["signed"]})


@pytest.mark.parametrize("login", COLLEAGUES)
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


HIDDEN = ("draft", "own", "dropped")


def _ids(town: Town, made: dict[str, str]) -> set[str]:
    """The ids of hidden notes, of the rows that say whom they are about, and of their sealed parts."""
    notes_ = [made[name] for name in HIDDEN]
    found = set(notes_)
    with town.superuser() as connection:
        for table in ("note_person", "note_part"):
            rows = connection.execute(
                f"SELECT id FROM {table} WHERE note_id = ANY(%s::uuid[])".encode(), (notes_,)
            ).fetchall()
            assert rows, table
            found |= {str(row_id) for (row_id,) in rows}
    return found


@pytest.mark.parametrize("login", COLLEAGUES)
def test_no_row_of_any_table_tells_of_a_draft_or_a_working_note(
    written: tuple[Town, dict[str, str]], login: str
) -> None:
    """Not the journal, not whom they name, not what changed: nothing that has one of their ids. The coordinator sees
    the keys of sealed parts, for the envelope, and by them neither whose notes they are nor about whom."""
    town, made = written
    hidden = _ids(town, made)
    with town.psql(login) as connection:
        for table in town.tables():
            if (table, login) == ("note_key", "coordinator"):
                columns = set(town.columns(table))
                assert not columns & {"note_id", "person_id", "note_person_id"}
                continue
            try:
                with connection.transaction():
                    rows = connection.execute(f'SELECT "{table}"::text FROM "{table}"'.encode()).fetchall()
            except InsufficientPrivilege:
                continue
            told = [row for (row,) in rows if any(one in row for one in hidden)]
            assert not told, (table, told[:2])


@pytest.mark.parametrize("login", COLLEAGUES)
def test_functions_of_the_server_tell_no_more(written: tuple[Town, dict[str, str]], login: str) -> None:
    """But for one word to a coordinator who erases a file: that something stands against it."""
    town, made = written
    with town.psql(login) as connection:
        for name in HIDDEN:
            for function in ("fd_wrote", "fd_told_of"):
                assert connection.execute(f"SELECT {function}(%s)".encode(), (made[name],)).fetchone() == (False,)
        noted = connection.execute("SELECT fd_noted(ARRAY[%s]::uuid[])", (made["ada"],)).fetchone()
        assert noted == (login == "coordinator",)


def test_nobody_puts_a_person_into_a_note_of_somebody_else(written: tuple[Town, dict[str, str]]) -> None:
    town, made = written
    for login in ("educator", "social_worker", "coordinator"):
        for name in ("signed", "draft"):
            with town.psql(login) as connection, pytest.raises(InsufficientPrivilege):
                connection.execute(
                    "INSERT INTO note_person (id, version, centre_id, note_id, person_id)"
                    " SELECT gen_random_uuid(), 1, centre_id, %s, id FROM person WHERE id = %s",
                    (made[name], made["ada"]),
                )


def test_whom_a_signed_note_names_is_fixed_for_its_author_too(written: tuple[Town, dict[str, str]]) -> None:
    town, made = written
    for statement in ("UPDATE note_person SET deleted_at = 'x' WHERE note_id = %s",
                      "DELETE FROM note_person WHERE note_id = %s"):  # fmt: skip
        with town.psql("psychologist") as connection, pytest.raises(psycopg.errors.RaiseException):
            connection.execute(statement.encode(), (made["signed"],))


def test_the_author_sees_all_of_it(written: tuple[Town, dict[str, str]]) -> None:
    """So the silence above is not that of a question that finds nothing."""
    town, made = written
    hidden = _ids(town, made)
    with town.psql("psychologist") as connection:
        for table in ("note", "note_person", "note_part"):
            assert _seen(connection, table) & hidden, table
        assert _seen(connection, "change", "row_id") & {made["draft"]}


def test_who_never_worked_with_somebody_learns_not_when_the_last_note_was(written: tuple[Town, dict[str, str]]) -> None:
    """Drafts and working notes count as well: a day would show that there is one."""
    town, made = written
    for login, told in (("educator", 0), ("social_worker", 0), ("coordinator", 1)):
        with town.psql(login) as connection:
            found = connection.execute("SELECT day FROM fd_last_noted(ARRAY[%s]::uuid[])", (made["ada"],)).fetchall()
            assert len(found) == told, login


def test_who_opened_a_file_is_told_to_those_whom_it_concerns(written: tuple[Town, dict[str, str]]) -> None:
    town, made = written
    author = session.sign_in(town.here.home, "psychologist", PASSWORD, clock=FixedClock())
    author.fetch(person_file.person, made["ada"])
    author.close()
    ask = "SELECT 1 FROM fd_readings_of_person(%s, 10)"
    for login in ("reception", "educator", "social_worker", "coordinator", "auditor"):
        with town.psql(login) as connection:
            found = connection.execute(ask, (made["ada"],)).fetchall()
            assert bool(found) is (login in {"social_worker", "coordinator"}), login


def test_who_lost_the_journal_reads_no_openings(written: tuple[Town, dict[str, str]]) -> None:
    town, _made = written
    openings = "SELECT count(*) FROM audit WHERE kind = 'read'"
    for held in (False, True):
        town.here.run(roles.set_power, "auditor", "journal", held=held)
        with town.psql("auditor") as connection:
            (found,) = connection.execute(openings).fetchone() or (0,)
            assert bool(found) is held
