"""With psql and a colleague's password nothing is destroyed before its term, by one alone, or under a hold; nobody sees
a path of whom one may not know; and a hold that comes in time wins, whatever happens at two desks at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, ObjectInUse

from famdesk.data.tables.people import Person
from famdesk.usecases import session
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.paths import case_agenda, holds, paths, retention_due
from famdesk.usecases.people import people
from tests.security.test_note_races import during
from tests.security.town import Town, founded
from tests.support.offices import PASSWORD, Desk, FixedClock
from tests.support.postgres import Server
from tests.support.scenarios import version
from tests.usecases.paths.test_retention import _closed

pytestmark = pytest.mark.postgres

ROLES = ("reception", "educator", "social_worker", "psychologist", "coordinator", "administrator")
TABLES = ("path", "path_person", "legal_hold", "destruction", "case_item")


@dataclass(frozen=True, slots=True)
class Old:
    """A town with a path of long ago whose notes are due, and one that a note of last year keeps."""

    town: Town
    person: str
    path: str
    young: str
    notes: list[str]
    hidden: str

    def desk(self, login: str) -> Office:
        return session.sign_in(self.town.here.home, login, PASSWORD, clock=FixedClock())


def _noted(author: Office, person: str, day: date, closed: date) -> str:
    path = author.run(paths.open_path, "plan", [person], opened_on=date(2010, 1, 1))
    note = author.run(notes.start, NoteValues("individual", day, (person,), path_id=path), NoteTexts("testo"))
    row = next(one for one in author.fetch(note_reading.mine) if one.id == note)
    author.run(notes.sign, note, row.version)
    author.run(paths.close_path, path, author.fetch(paths.path, path).version, closed_on=closed, reason="other")
    return path


@pytest.fixture(scope="module")
def old(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Old]:
    with founded(postgres, tmp_path_factory.mktemp("old")) as town:
        author = session.sign_in(town.here.home, "psychologist", PASSWORD, clock=FixedClock())
        leads = session.sign_in(town.here.home, "coordinator", PASSWORD, clock=FixedClock())
        ada = author.run(people.add_person, surname="Rossi", given_name="Ada")
        path = _closed(author, ada)
        young = _noted(author, ada, date(2024, 5, 5), date(2024, 5, 6))
        hidden = leads.run(people.add_person, surname="Bianchi")
        leads.run(people.set_protection, hidden, version(leads, Person, hidden), protected=True, restricted=False,
                  reason="sicurezza")  # fmt: skip
        secret = leads.run(paths.open_path, "support", [hidden])
        leads.run(holds.set_hold, "Zanzaraverde", path_id=secret)
        meeting = leads.run(case_agenda.add_meeting, day=date(2025, 2, 13))
        leads.run(case_agenda.add_case, meeting, code=leads.fetch(paths.path, secret).code, question="Zanzaraverde?")
        ids = [one.id for one in author.fetch(note_reading.mine) if one.path_id == path]
        author.close()
        leads.close()
        yield Old(town, ada, path, young, ids, secret)


def _count(connection: psycopg.Connection[tuple[int]], table: str, column: str, value: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s".encode(), (value,)).fetchone()
    assert found is not None
    return found[0]


@pytest.mark.parametrize("login", ROLES)
def test_a_path_of_somebody_hidden_is_hidden_with_all_that_tells_of_it(old: Old, login: str) -> None:
    with old.town.psql(login) as connection:
        seen = [_count(connection, "path", "id", old.hidden)]
        seen += [
            _count(connection, table, "path_id", old.hidden) for table in ("path_person", "legal_hold", "case_item")
        ]
        assert seen == ([1, 1, 1, 1] if login == "coordinator" else [0, 0, 0, 0])
        if login != "coordinator":
            told = connection.execute(
                "SELECT count(*) FROM change WHERE table_name IN ('legal_hold', 'case_item')"
                " AND coalesce(before, '') || coalesce(after, '') LIKE '%Zanzaraverde%'"
            )
            assert told.fetchone() == (0,)


@pytest.mark.parametrize("login", ["reception", "administrator"])
def test_reception_and_administrator_see_no_path_at_all(old: Old, login: str) -> None:
    with old.town.psql(login) as connection:
        for table in TABLES:
            assert connection.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() == (0,), table


def _propose(connection: psycopg.Connection[tuple[str]], old: Old, path: str, by: str = "fd_staff()") -> str:
    made = connection.execute(
        "INSERT INTO destruction (id, version, centre_id, path_id, state, due_on, proposed_by_id, proposed_on)"
        f" VALUES (gen_random_uuid(), 1, fd_centre(), %s, 'proposed', '2021-03-07', {by}, '2025-02-11')"
        " RETURNING id".encode(), (path,)
    ).fetchone()  # fmt: skip
    assert made is not None
    return str(made[0])


_DESTROY = "SELECT fd_destroy(%s, %s::uuid[], '2025-02-11')"


@pytest.mark.parametrize("login", ROLES)
def test_nobody_destroys_alone(old: Old, login: str) -> None:
    with old.town.psql(login) as connection:
        if login in {"reception", "administrator"}:
            with pytest.raises(InsufficientPrivilege), connection.transaction():
                _propose(connection, old, old.path)
            return
        made = _propose(connection, old, old.path)
        with pytest.raises(InsufficientPrivilege), connection.transaction():
            connection.execute(_DESTROY, (made, old.notes))
        with pytest.raises(InsufficientPrivilege), connection.transaction():
            _propose(connection, old, old.path, by=f"'{old.town.here.actor.staff_id}'")
        with pytest.raises(InsufficientPrivilege), connection.transaction():
            connection.execute("UPDATE destruction SET proposed_by_id = %s WHERE id = %s",
                               (old.town.here.actor.staff_id, made))  # fmt: skip


@pytest.fixture
def proposed(old: Old) -> Iterator[str]:
    """A proposal of the coordinator for the path that is due."""
    leads = old.desk("coordinator")
    made = leads.run(retention_due.propose, path_id=old.path)
    yield made
    leads.run(retention_due.withdraw, made, 1)
    leads.close()


def test_the_second_person_has_to_do_with_it(old: Old, proposed: str) -> None:
    for login in ("reception", "educator", "social_worker", "administrator", "coordinator"):
        with old.town.psql(login) as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(_DESTROY, (proposed, old.notes))
    with old.town.psql("psychologist") as connection:
        connection.execute(_DESTROY, (proposed, old.notes))
        found = connection.execute(
            "SELECT state, count(*) FROM note WHERE id = ANY(%s::uuid[]) GROUP BY 1", (old.notes,)
        )
        assert found.fetchall() == [("destroyed", 3)]
        assert connection.execute("SELECT count(*) FROM note_part WHERE note_id = ANY(%s::uuid[])",
                                  (old.notes,)).fetchone() == (0,)  # fmt: skip


def test_no_note_goes_that_is_not_meant_or_whose_term_is_not_over(old: Old, proposed: str) -> None:
    author = old.desk("psychologist")
    young = [one.id for one in author.fetch(note_reading.mine) if one.path_id == old.young]
    author.close()
    leads = old.desk("coordinator")
    with pytest.raises(retention_due.NotDue):
        leads.run(retention_due.propose, path_id=old.young)
    leads.close()
    with old.town.psql("psychologist") as connection:
        for ids in (young, [*old.notes, *young]):
            with pytest.raises(InsufficientPrivilege), connection.transaction():
                connection.execute(_DESTROY, (proposed, ids))
    with old.town.psql("coordinator") as connection:
        made = _propose(connection, old, old.young)
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(InsufficientPrivilege), connection.transaction():
            connection.execute(_DESTROY, (made, young))


def test_what_speaks_of_a_minor_is_not_destroyed_before_its_time_by_two_with_psql(old: Old) -> None:
    """Nor what belongs to a path on which somebody was received since: the server reckons as the desks do."""
    author = old.desk("psychologist")
    child = author.run(people.add_person, surname="Verdi", given_name="Ugo", birth_date=date(2010, 3, 1))
    path = _noted(author, child, date(2015, 5, 5), date(2015, 6, 1))
    ids = [one.id for one in author.fetch(note_reading.mine) if one.path_id == path]
    author.close()
    with old.town.superuser() as owner:
        made = owner.execute(
            "INSERT INTO destruction (id, version, centre_id, path_id, state, due_on, proposed_by_id, proposed_on)"
            " SELECT gen_random_uuid(), 1, centre_id, %s, 'proposed', '2021-03-07', id, '2025-02-11' FROM staff"
            " WHERE login = 'coordinator' RETURNING id", (path,),
        ).fetchone()  # fmt: skip
        owner.execute("UPDATE retention_rule SET from_age = true")
        owner.commit()
        assert made is not None
        refused = pytest.raises(InsufficientPrivilege, match="term")
        with old.town.psql("psychologist") as connection, refused:
            connection.execute(_DESTROY, (made[0], ids))
        owner.execute("UPDATE person SET birth_date = '1999-01-01' WHERE id = %s", (child,))
        owner.commit()
        with old.town.psql("psychologist") as connection:
            connection.execute(_DESTROY, (made[0], ids))
        owner.execute(
            "INSERT INTO appointment (id, version, centre_id, starts, ends, kind, state, path_id, all_day,"
            " travel_before, travel_after) SELECT gen_random_uuid(), 1, centre_id, 28000000, 28000060, 'interview',"
            " 'done', id, false, 0, 0 FROM path WHERE id = %s", (path,),
        )  # fmt: skip
        owner.commit()
    with old.town.psql("psychologist") as connection, pytest.raises(InsufficientPrivilege, match="term"):
        connection.execute(_DESTROY, (made[0], ids))


def test_a_hold_stops_it_also_with_psql(old: Old, proposed: str) -> None:
    held = {"path_id": old.path, "person_id": old.person}
    for column, value in held.items():
        with old.town.psql("psychologist") as connection:
            connection.execute(
                f"INSERT INTO legal_hold (id, version, centre_id, {column}, reason, staff_id, since)"
                " VALUES (gen_random_uuid(), 1, fd_centre(), %s, 'procura', fd_staff(), '2025-02-11')".encode(),
                (value,),
            )
            with pytest.raises(ObjectInUse):
                connection.execute(_DESTROY, (proposed, old.notes))


def test_what_is_told_of_old_notes_is_no_more_than_their_number(old: Old) -> None:
    """Those of last year are not told; a colleague beside is told of none."""
    with old.town.psql("coordinator") as connection:
        told = connection.execute("SELECT id::text, day FROM fd_old_notes('2026-01-01')").fetchall()
        assert {row[0] for row in told} >= set(old.notes)
        assert all(row[1] < date(2021, 12, 31) for row in told)
    for login in ("reception", "educator", "social_worker", "administrator"):
        with old.town.psql(login) as connection:
            told = connection.execute("SELECT id::text FROM fd_old_notes('2026-01-01')").fetchall()
            assert not {row[0] for row in told} & set(old.notes)


def test_the_term_of_the_centre_is_not_shortened(old: Old) -> None:
    with old.town.psql("coordinator") as connection:
        with pytest.raises(psycopg.errors.CheckViolation), connection.transaction():
            connection.execute("UPDATE retention_rule SET years = 1")
        for login in ("psychologist", "educator"):
            with old.town.psql(login) as other:
                assert other.execute("UPDATE retention_rule SET years = 6").rowcount == 0


@pytest.mark.parametrize("first", ["hold", "destruction"])
def test_of_a_hold_and_a_destruction_at_once_the_first_one_counts(server_desk: Desk, first: str) -> None:
    """Whichever begins first: the notes are destroyed and no hold is set, or the hold is set and they are all there."""
    author, leads = server_desk.sign_in("psychologist"), server_desk.sign_in("coordinator")
    ada = author.run(people.add_person, surname="Rossi")
    path = _closed(author, ada)
    made = leads.run(retention_due.propose, path_id=path)
    if first == "hold":
        errors = during(leads, lambda tx: holds.set_hold(tx, "procura", path_id=path),
                        lambda: author.run(retention_due.destroy, made, 1))  # fmt: skip
        assert [type(error) for error in errors] == [retention_due.Held]
    else:
        errors = during(author, lambda tx: retention_due.destroy(tx, made, 1),
                        lambda: leads.run(holds.set_hold, "procura", path_id=path))  # fmt: skip
        assert [type(error) for error in errors] == [holds.GoneBefore]
    states = {one.state for one in author.fetch(note_reading.mine)}
    assert states == ({"signed", "draft"} if first == "hold" else {"destroyed"})
    assert len(leads.fetch(holds.lasting)) == (first == "hold")


def test_a_hold_is_lifted_by_who_leads_alone(old: Old) -> None:
    leads = old.desk("coordinator")
    hold = leads.run(holds.set_hold, "procedimento", path_id=old.young)
    for login in ("educator", "social_worker", "psychologist"):
        with old.town.psql(login) as connection:
            for statement in ("UPDATE legal_hold SET ended_on = '2025-02-11' WHERE id = %s",
                              "UPDATE legal_hold SET deleted_at = '2025-02-11' WHERE id = %s",
                              "UPDATE legal_hold SET reason = '–' WHERE id = %s",
                              "DELETE FROM legal_hold WHERE id = %s"):  # fmt: skip
                with pytest.raises(InsufficientPrivilege), connection.transaction():
                    connection.execute(statement.encode(), (hold,))
    leads.run(holds.lift_hold, hold, 1, "concluso")
    leads.close()
