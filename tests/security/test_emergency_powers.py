"""With psql and a colleague's password nobody gets an emergency access without leaving its trace, or writes by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import InsufficientPrivilege
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.domain.ids import new_id
from famdesk.usecases import readings, session
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import follow_ups
from famdesk.usecases.notes import note_reading, notes
from famdesk.usecases.notes.note_rows import NoteTexts, NoteValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import emergency, people, person_file
from famdesk.usecases.people.emergency import Wanted
from tests.security.town import Town, founded
from tests.support.offices import PASSWORD, FixedClock
from tests.support.postgres import Server

pytestmark = pytest.mark.postgres

BORN = date(1987, 5, 3)
KEY = "ada rossi"
WHY = "La madre è in ospedale e chiede del bambino"

MADE = (
    "INSERT INTO emergency (id, version, centre_id, staff_id, person_id, reason, asked_at, until, made_in)"
    " VALUES (%s, 1, fd_centre(), fd_staff(), %s, %s, '2025-01-01', '2999-01-01', 0)"
)
POINT = (
    "INSERT INTO contact_point (id, version, centre_id, person_id, kind, value, may_call, may_write, may_leave_message,"
    " hidden) VALUES (gen_random_uuid(), 1, fd_centre(), %s, 'phone', '1', true, true, true, false)"
)
TIE = (
    "INSERT INTO person_staff (id, version, centre_id, person_id, staff_id, kind)"
    " VALUES (gen_random_uuid(), 1, fd_centre(), %s, fd_staff(), 'assigned')"
)


@dataclass
class Guarded:
    """A town with a protected file on which the psychologist works."""

    town: Town
    leads: Office
    works: Office
    asks: Office
    ada: str
    note: str

    def lock(self) -> None:
        for office in (self.leads, self.works, self.asks):
            office.lock()


@pytest.fixture(scope="module")
def guarded(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    with founded(postgres, tmp_path_factory.mktemp("guarded")) as town:
        case = _guarded(town)
        yield case
        case.lock()


def _guarded(town: Town) -> Guarded:
    leads, works, asks = (session.sign_in(town.here.home, login, PASSWORD, clock=FixedClock())
                          for login in ("coordinator", "psychologist", "social_worker"))  # fmt: skip
    ada = works.run(people.add_person, surname="Rossi", given_name="Ada", birth_date=BORN)
    leads.run(people.assign, ada, works.actor.staff_id)
    leads.run(people.set_protection, ada, works.fetch(person_file.person, ada).version, protected=True,
              restricted=False, reason="ordine")  # fmt: skip
    note = works.run(notes.start, NoteValues("individual", date(2025, 2, 10), (ada,)), NoteTexts("testo"))
    row = next(one for one in works.fetch(note_reading.mine) if one.id == note)
    works.run(notes.sign, note, row.version)
    return Guarded(town, leads, works, asks, ada, note)


def _ask(connection: psycopg.Connection[Any], asked: str, words: str = KEY, born: date = BORN, why: str = WHY) -> None:
    connection.execute("SELECT fd_emergency(%s, %s, %s, %s)", (asked, words, born, why))


def _sees(connection: psycopg.Connection[Any], person_id: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM person WHERE id = %s", (person_id,)).fetchall())


def test_asked_and_taken_back_nothing_was_seen(guarded: Guarded) -> None:
    """Within the transaction that asks, neither the answer nor the file is there."""
    with guarded.town.psql("social_worker") as connection:
        asked = new_id()
        _ask(connection, asked)
        assert not _sees(connection, guarded.ada)
        assert connection.execute("SELECT count(*) FROM emergency WHERE id = %s", (asked,)).fetchone() == (0,)
        assert connection.execute("SELECT fd_emergencies()").fetchone() == ([],)
        with connection.transaction():  # a savepoint is no other transaction
            assert not _sees(connection, guarded.ada)


def test_without_an_entry_in_the_journal_nothing_is_committed(guarded: Guarded) -> None:
    with guarded.town.psql("social_worker") as connection:
        _ask(connection, new_id())
        with pytest.raises(InsufficientPrivilege, match="without an entry"):
            connection.commit()
    with guarded.town.psql("social_worker") as connection:
        assert not _sees(connection, guarded.ada)


def test_an_old_entry_does_not_serve_for_another_access(guarded: Guarded) -> None:
    asked = guarded.asks.run(emergency.ask, Wanted("Nessuno", "Mai", BORN), WHY)
    with guarded.town.psql("social_worker") as connection:
        _ask(connection, asked[:-1] + ("0" if asked[-1] != "0" else "1"))
        with pytest.raises(InsufficientPrivilege):
            connection.commit()


@pytest.mark.parametrize("login", ["reception", "educator", "administrator", "coordinator"])
def test_others_do_not_ask(guarded: Guarded, login: str) -> None:
    with guarded.town.psql(login) as connection, pytest.raises(InsufficientPrivilege):
        _ask(connection, new_id())


@pytest.mark.parametrize("why", ["", "  ", "–"])
def test_nor_without_a_reason(guarded: Guarded, why: str) -> None:
    with guarded.town.psql("social_worker") as connection, pytest.raises(InsufficientPrivilege):
        _ask(connection, new_id(), why=why)


@pytest.mark.parametrize("login", ["social_worker", "reception", "coordinator"])
def test_no_row_is_made_or_removed_by_hand(guarded: Guarded, login: str) -> None:
    values = (new_id(), guarded.ada, WHY)
    with guarded.town.psql(login) as connection:
        for statement, given in (
            (MADE, values),
            ("DELETE FROM emergency", ()),
            ("UPDATE emergency SET until = '2999-01-01'", ()),
            ("UPDATE emergency SET person_id = %s", (guarded.ada,)),
            ("UPDATE emergency SET made_in = 0", ()),
            ("INSERT INTO trace VALUES (gen_random_uuid(), 1, fd_centre(), 'read', 'note')", ()),
            ("DELETE FROM trace", ()),
        ):
            with connection.transaction(force_rollback=True), pytest.raises(InsufficientPrivilege):
                connection.execute(statement, given)
        assert connection.execute("SELECT count(*) FROM trace").fetchone() == (0,)


def test_an_access_is_for_reading_only(postgres: Server, tmp_path: Path) -> None:
    with founded(postgres, tmp_path) as town:
        case = _guarded(town)
        found = case.asks.fetch(emergency.answer, case.asks.run(emergency.ask, Wanted("Rossi", "Ada", BORN), WHY))
        assert found is not None
        assert found.person_id == case.ada
        with town.psql("social_worker") as connection:
            assert _sees(connection, case.ada)
            assert connection.execute("SELECT count(*) FROM note_part").fetchone() == (0,)
            assert connection.execute("UPDATE person SET alias = 'x' WHERE id = %s", (case.ada,)).rowcount == 0
            assert connection.execute("DELETE FROM person WHERE id = %s", (case.ada,)).rowcount == 0
            for statement in (POINT, TIE):
                with connection.transaction(force_rollback=True), pytest.raises(InsufficientPrivilege):
                    connection.execute(statement, (case.ada,))
            for blank in ("reason = 'altro'", "reason = '–'", "reason = '–', ended_at = 'x', ended_by_id = fd_staff()"):
                with connection.transaction(force_rollback=True), pytest.raises(InsufficientPrivilege):
                    connection.execute(f"UPDATE emergency SET {blank} WHERE staff_id = fd_staff()".encode())
            with connection.transaction(force_rollback=True):  # one may end it, and the server says when
                back = ("UPDATE emergency SET ended_at = '2025', ended_by_id = fd_staff() WHERE staff_id = fd_staff()"
                        " RETURNING ended_at > asked_at")  # fmt: skip
                assert connection.execute(back.encode()).fetchall() == [(True,)]
        _ends_and_is_told(case, found)
        case.lock()


def _ends_and_is_told(case: Guarded, found: emergency.EmergencyRow) -> None:
    town = case.town
    for login in ("psychologist", "coordinator"):
        with town.psql(login) as connection:
            told = connection.execute("SELECT kind, subject_id::text FROM notice WHERE kind = 'break_glass'").fetchall()
            assert told == [("break_glass", case.ada)], login
    with town.psql("educator") as connection:  # who has nothing to do with the file does not end it
        ended = "UPDATE emergency SET ended_at = 'x', ended_by_id = fd_staff() WHERE id = %s"
        assert connection.execute(ended, (found.id,)).rowcount == 0
    with town.psql("reception") as connection:
        assert connection.execute("SELECT count(*) FROM emergency WHERE id = %s", (found.id,)).fetchone() == (0,)
    with town.superuser() as connection:
        connection.execute("ALTER TABLE emergency DISABLE TRIGGER ALL")
        connection.execute("UPDATE emergency SET until = '2025-01-01T00:00:00.000+00:00'")
        connection.commit()
    with town.psql("social_worker") as connection:
        assert not _sees(connection, case.ada)


def test_every_table_about_persons_is_closed_to_it(guarded: Guarded) -> None:
    with guarded.town.superuser() as connection:
        rows = connection.execute(
            "SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND column_name IN ('person_id', 'caller_id', 'other_id') AND table_name NOT IN ('change', 'emergency')"
        ).fetchall()
        closed = {name for (name,) in connection.execute(
            "SELECT tablename FROM pg_policies WHERE policyname LIKE '%\\_no\\_emergency\\_%' "
            "GROUP BY 1 HAVING count(*) = 3").fetchall()}  # fmt: skip
    assert {name for (name,) in rows} | {"person", "household", "attendance"} <= closed


def test_only_the_author_is_told_who_read_a_note(guarded: Guarded) -> None:
    guarded.works.fetch(note_reading.read, guarded.note)
    assert [row.verb for row in guarded.works.fetch(readings.of_note, guarded.note)] == ["read"]
    for login in ("reception", "educator", "social_worker", "coordinator", "administrator"):
        with guarded.town.psql(login) as connection:
            found = connection.execute(
                "SELECT count(*) FROM fd_readings_of_notes(%s::uuid[], 10)", ([guarded.note],)
            ).fetchone()
            assert found == (0,), login


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "administrator"])
def test_who_opened_what_is_not_read_by_everybody(guarded: Guarded, login: str) -> None:
    guarded.works.fetch(person_file.person, guarded.ada)
    with guarded.town.psql(login) as connection:
        others = connection.execute("SELECT count(*) FROM audit WHERE kind = 'read' AND staff_id <> fd_staff()")
        assert others.fetchone() == (0,)
        told = connection.execute("SELECT count(*) FROM fd_readings_of_person(%s, 10)", (guarded.ada,)).fetchone()
        assert told == (0,)
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SELECT * FROM fd_journal_page(ARRAY['read'], NULL, NULL, NULL, 1000, 10)")


def test_the_coordinator_reads_them_all(guarded: Guarded) -> None:
    guarded.works.fetch(person_file.person, guarded.ada)
    with guarded.town.psql("coordinator") as connection:
        rows = connection.execute("SELECT subjects FROM audit WHERE kind = 'read'").fetchall()
    assert any(guarded.ada in subjects for (subjects,) in rows)
    assert guarded.leads.fetch(lambda tx: tx.rows(select(AuditEntry.seq).where(AuditEntry.kind == "read")))


@pytest.mark.parametrize("login", ["reception", "educator", "social_worker", "administrator"])
def test_when_a_colleague_begins_a_note_is_not_told(guarded: Guarded, login: str) -> None:
    begun = "SELECT count(*) FROM audit WHERE action = 'notes.start'"
    with guarded.town.psql(login) as connection:
        assert connection.execute(begun).fetchone() == (0,)
        chain = connection.execute("SELECT count(*), bool_and(sound) FROM fd_chain(0, 100000)").fetchone()
        head = connection.execute("SELECT seq, true FROM audit_head").fetchone()
        assert chain == head, "that the chain is whole everybody proves all the same"
    with guarded.town.psql("psychologist") as connection:
        assert connection.execute(begun).fetchone() != (0,)


def test_a_number_does_not_betray_a_protected_file(guarded: Guarded) -> None:
    """What is counted of one's own work are the rows that one may see, also of somebody who was protected since."""
    reception = session.sign_in(guarded.town.here.home, "reception", PASSWORD, clock=FixedClock())
    person = reception.run(people.add_person, surname="Neri", given_name="Eva")
    starts = datetime(2025, 2, 10, 9)
    reception.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=30), kind="interview",
                  person_id=person, staff_id=reception.actor.staff_id)  # fmt: skip
    reception.run(follow_ups.add, kind="call", what="richiamare", person_id=person,
                  staff_id=reception.actor.staff_id, due_on=date(2025, 2, 11))  # fmt: skip
    count = "SELECT kind FROM fd_unfinished('2025-02-12', '2024-11-01', '2025-01-11') ORDER BY 1"
    for protected, kinds in ((False, [("follow_up",), ("outcome",)]), (True, [])):
        version = guarded.leads.fetch(person_file.person, person).version
        if protected:
            guarded.leads.run(people.set_protection, person, version, protected=True, restricted=False, reason="ordine")
        with guarded.town.psql("reception") as connection:
            assert connection.execute(count).fetchall() == kinds
    reception.lock()


def test_drafts_are_counted_and_not_shown(guarded: Guarded) -> None:
    guarded.works.run(notes.start, NoteValues("individual", date(2025, 2, 3), (guarded.ada,)), NoteTexts("bozza"))
    count = sql.SQL("SELECT kind, many, oldest FROM fd_unfinished(%s, %s, %s) WHERE kind = 'note' AND staff_id = {}")
    days = (date(2025, 2, 11), date(2024, 11, 1), date(2025, 1, 11))
    for login, seen in (("coordinator", True), ("psychologist", True), ("social_worker", False), ("educator", False),
                        ("reception", False), ("administrator", False)):  # fmt: skip
        with guarded.town.psql(login) as connection:
            rows = connection.execute(count.format(sql.Literal(guarded.works.actor.staff_id)), days).fetchall()
            assert bool(rows) == seen, login
            if login == "coordinator":
                assert rows[0][1:] == (1, date(2025, 2, 3))
                assert connection.execute("SELECT count(*) FROM note WHERE state = 'draft'").fetchone() == (0,)
