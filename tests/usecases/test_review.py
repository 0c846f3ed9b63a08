"""What a reviewer tried: keys that are forgotten, accounts that end, half-made homes, undo behind a closed door."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import ProgrammingError

from famdesk.data.backup import BackupExists
from famdesk.data.checks.verify import verify
from famdesk.data.home import DataThere, Home
from famdesk.data.journal import AuditEntry
from famdesk.data.keys import keys
from famdesk.data.keys.keystore import KeyFile
from famdesk.domain.errors import FamDeskError, NotFound
from famdesk.sheets.collecting import collect
from famdesk.usecases import care, journal, session, setup, today
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.calendar_conflicts import StaffTaken
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Locked, Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues
from famdesk.usecases.staff import leaving, staff
from tests.support.offices import CHEAP, PASSWORD, Desk, new_centre

NEW_PASSWORD = "una-nuova-brace-parola"


def colleague(office: Office, role: str) -> staff.ColleagueRow:
    return next(row for row in office.fetch(staff.colleagues, False) if row.role == role)


def change(office: Office, row: staff.ColleagueRow, *, active: bool = True, role: str = "") -> None:
    office.run(
        staff.change_colleague, row.id, row.version, name=row.name, role=role or row.role, profession=None,
        employer_body_id=None, active=active,
    )  # fmt: skip


def protect(office: Office, person_id: str) -> None:
    version = office.fetch(people.person, person_id).version
    office.run(people.set_protection, person_id, version, protected=True, restricted=False, reason="prova")


# Keys


def test_a_locked_office_holds_no_keys(desk: Desk) -> None:
    office = desk.sign_in("reception")
    office.lock()
    with pytest.raises(Locked):
        _ = office.actor.pairs.box
    with pytest.raises(Locked):
        office.keystore.load()
    office.come_back(desk.sign_in("reception"))
    assert office.actor.pairs.box
    assert office.keystore.load().slots


def test_after_a_password_change_new_connections_open(desk: Desk) -> None:
    office = desk.sign_in("reception")
    session.change_password(office, PASSWORD, NEW_PASSWORD, cost=CHEAP)
    office.store.engine.dispose()  # as after a cut of the network
    assert office.fetch(staff.colleagues)
    office.close()


# Accounts


def test_an_account_is_given_once(desk: Desk) -> None:
    """A second one would let who gives it sign in, and sign the journal, as the colleague."""
    with pytest.raises(staff.HasAccount):
        staff.give_account(desk.office, colleague(desk.office, "coordinator").id, "altra", PASSWORD, cost=CHEAP)
    with pytest.raises(keys.WrongPassword):
        session.sign_in(desk.home, "altra", PASSWORD, clock=desk.clock)


def test_an_account_is_not_undone_by_half(desk: Desk) -> None:
    """Its key slot would stay: what Ctrl+Z turns back is the step before."""
    someone = desk.office.run(staff.add_colleague, name="Nuova Prova", role="educator")
    staff.give_account(desk.office, someone, "nuova", PASSWORD, cost=CHEAP)
    before = desk.office.undo_label()
    assert before == "Colleague added"


# Backups and new homes


def test_a_backup_that_failed_does_not_count(file_desk: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("")
    with pytest.raises(BackupExists):
        care.back_up(file_desk.office, taken)
    assert file_desk.office.fetch(care.last_backup) is None


class Power(BaseException):
    """The power goes: nothing after it runs, not even the tidying up."""


def cut_power(home: Home, monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Does `work` until the key file is written, and leaves the folder as it is then."""
    seen: dict[str, bytes] = {}

    def save(store: KeyFile, ring: keys.Keyring) -> None:
        KEY_FILE_SAVE(store, ring)
        seen.update({path.name: path.read_bytes() for path in home.folder.iterdir() if path.is_file()})
        raise Power

    with monkeypatch.context() as patch:
        patch.setattr(KeyFile, "save", save)
        with pytest.raises(Power):
            work()
    for name, content in seen.items():
        (home.folder / name).write_bytes(content)
    assert home.database.exists()
    assert home.keys.exists()
    assert not home.exists()


KEY_FILE_SAVE = KeyFile.save


def test_a_home_that_was_half_made_gives_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, code = Home(tmp_path / "home"), setup.new_recovery_code()
    cut_power(home, monkeypatch, lambda: session.create_home(home, new_centre(), code, cost=CHEAP))
    session.create_home(home, new_centre(), code, cost=CHEAP).close()
    session.sign_in(home, "administrator", PASSWORD).close()
    assert sorted(path.name for path in home.folder.iterdir() if "making" in path.name) == []


def test_a_half_made_restore_gives_way(file_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, home = tmp_path / "copy.fdbackup", Home(tmp_path / "again")
    care.back_up(file_desk.office, copy)
    wish = setup.Restoring(str(copy), "reception", PASSWORD)
    cut_power(home, monkeypatch, lambda: setup.restore(home, wish))
    setup.restore(home, wish, clock=file_desk.clock).close()


def test_data_that_lost_their_settings_are_not_taken_for_half_made(file_desk: Desk) -> None:
    file_desk.office.close()
    file_desk.home.settings_file.unlink()
    with pytest.raises(DataThere):
        session.create_home(file_desk.home, new_centre(), setup.new_recovery_code(), cost=CHEAP)
    assert file_desk.home.database.exists()
    assert file_desk.home.keys.exists()


# Colleagues who leave


def test_the_slot_of_a_colleague_who_left_goes(file_desk: Desk) -> None:
    office = file_desk.office
    office.run(leaving.note_left, colleague(office, "educator").id)
    office.close()
    ring = KeyFile(file_desk.home.keys).load()
    assert "educator" not in ring.slots
    assert "reception" in ring.slots
    with pytest.raises(keys.WrongPassword):
        file_desk.sign_in("educator")
    again = file_desk.sign_in("administrator")
    assert verify(again.store.engine, ring) == []  # what they signed still counts
    change(again, colleague(again, "educator"))
    again.close()
    session.recover(file_desk.home, file_desk.recovery, "educator", NEW_PASSWORD, clock=file_desk.clock, cost=CHEAP)


# Undo


def test_undo_does_not_reach_behind_a_closed_door(desk: Desk) -> None:
    educator, head = desk.sign_in("educator"), desk.sign_in("coordinator")
    person_id = educator.run(people.add_person, surname="Prova")
    version = educator.fetch(people.person, person_id).version
    educator.run(people.change_person, person_id, version, surname="Cambiata")
    head.run(people.block, person_id, colleague(head, "educator").id, "prova")
    with pytest.raises(NotFound):
        educator.undo()
    assert head.fetch(people.person, person_id).surname == "Cambiata"


def test_undo_is_whole_or_not_at_all(desk: Desk) -> None:
    """A step about two persons, of whom one is hidden since: neither is turned back."""
    reception, head = desk.sign_in("reception"), desk.sign_in("coordinator")
    one, two = (reception.run(people.add_person, alias=alias) for alias in ("uno", "due"))
    reception.run(people.add_household, "Casa", [(one, "mother"), (two, "child")])
    protect(head, two)
    with pytest.raises(NotFound):
        reception.undo()
    assert len(head.fetch(people.person, one).households[0].members) == 2

    assert reception.undo_label() == "Person added"


def test_another_role_does_not_undo_what_the_old_one_might(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    office.run(staff.add_colleague, name="Nuova Prova", role="educator")
    office.lock()
    change(desk.office, colleague(desk.office, "coordinator"), role="reception")
    office.come_back(desk.sign_in("coordinator"))
    assert office.undo_label() is None


# Reads


def test_the_past_of_a_file_is_a_read(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    person_id = office.run(people.add_person, surname="Prova")
    office.fetch(people.file_history, person_id)
    desk.clock.forward(minutes=10)
    office.fetch(journal.history, "person", person_id)
    with office.store.reading(office.actor) as tx:
        seen = tx.rows(select(AuditEntry.action).where(AuditEntry.kind == "read"))
    assert [row.action for row in seen] == ["person_file.file_history", "journal.history"]


def test_a_call_back_does_not_betray_for_whom(desk: Desk) -> None:
    """The card names a protected child: who called is not on Today either."""
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    caller, child = (head.run(people.add_person, alias=alias) for alias in ("mamma", "figlio"))
    head.run(intake.open_card, caller_is_person=False, caller_id=caller, person_id=child, outcome="called_back")
    assert [task.who for task in reception.fetch(today.board).tasks if task.kind == "call_back"] == ["mamma"]
    protect(head, child)
    assert [task for task in reception.fetch(today.board).tasks if task.kind == "call_back"] == []
    assert [task.who for task in head.fetch(today.board).tasks if task.kind == "call_back"] == ["mamma"]


def test_a_file_does_not_tell_of_a_card_with_a_hidden_caller(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    caller, child = (head.run(people.add_person, alias=alias) for alias in ("mamma", "figlio"))
    head.run(intake.open_card, caller_is_person=False, caller_id=caller, person_id=child)
    assert len(reception.fetch(people.person, child).timeline) == 1
    protect(head, caller)
    assert reception.fetch(people.person, child).timeline == ()
    assert len(head.fetch(people.person, child).timeline) == 1


def test_the_desks_sheet_names_no_protected_person(desk: Desk) -> None:
    head = desk.sign_in("coordinator")
    person_id = head.run(people.add_person, alias="Nascosta")
    starts = datetime(2025, 2, 12, 10)
    head.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="psychology", person_id=person_id)
    assert head.fetch(collect.day, starts.date()).appointments[0].who == "Nascosta"
    protect(head, person_id)
    (row,) = head.fetch(collect.day, starts.date()).appointments
    assert (row.who, row.kind) == ("", "busy")


# Two desks


@pytest.mark.postgres
def test_two_desks_do_not_book_one_colleague_twice(server_desk: Desk) -> None:
    one, two = server_desk.sign_in("reception"), server_desk.sign_in("educator")
    who = colleague(one, "psychologist").id
    starts = datetime(2025, 2, 12, 10)
    refused: list[Exception] = []

    def second() -> None:
        try:
            two.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview", staff_id=who)
        except FamDeskError as error:
            refused.append(error)

    with one.store.writing(one.actor) as (tx, _outcome):
        calendar.book(tx, starts=starts, ends=starts + timedelta(hours=1), kind="interview", staff_id=who)
        other = threading.Thread(target=second)
        other.start()
        other.join(1)  # it waits for this transaction, which has not ended
        assert other.is_alive()
    other.join()
    assert [type(error) for error in refused] == [StaffTaken]


def test_a_hidden_person_takes_a_place(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    hidden, other = (head.run(people.add_person, alias=alias) for alias in ("uno", "due"))
    initiative = head.run(initiatives.add_initiative, InitiativeValues("Prova", capacity=1))
    head.run(enrolment.enrol, initiative, hidden)
    protect(head, hidden)
    reception.run(enrolment.enrol, initiative, other)
    (row,) = reception.fetch(programmes.initiatives)
    assert (row.enrolled, row.waiting) == (1, 1)


# Households, and what a server shows to a hand-written statement


def test_a_household_is_known_through_its_members_only(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    person_id = head.run(people.add_person, alias="uno")
    home = head.run(people.add_household, "Casa", [(person_id, "mother")], address="via Nascosta 1")
    assert reception.fetch(journal.history, "household", home)
    protect(head, person_id)
    with pytest.raises(NotFound):
        reception.fetch(journal.history, "household", home)
    with pytest.raises(NotFound):
        reception.run(people.change_household, home, 1, name="Casa", address=None, town=None, municipality=None,
                      note=None)  # fmt: skip
    assert head.fetch(journal.history, "household", home)


def read_as(office: Office, statement: str) -> int:
    with office.store.engine.begin() as connection:
        return len(connection.exec_driver_sql(statement).fetchall())


@pytest.mark.postgres
def test_what_a_receptionist_reads_with_psql(server_desk: Desk) -> None:
    head, reception = server_desk.sign_in("coordinator"), server_desk.sign_in("reception")
    caller, child = (head.run(people.add_person, alias=alias) for alias in ("mamma", "figlio"))
    head.run(people.add_household, "Casa", [(caller, "mother")], address="via Nascosta 1")
    head.run(intake.open_card, caller_is_person=False, caller_id=caller, person_id=child)
    statements = ("SELECT 1 FROM access_card", "SELECT 1 FROM change WHERE table_name = 'access_card'",
                  "SELECT 1 FROM change WHERE table_name = 'household'")  # fmt: skip
    assert [read_as(reception, statement) for statement in statements] == [1, 1, 1]
    protect(head, caller)
    assert [read_as(reception, statement) for statement in statements] == [0, 0, 0]
    assert [read_as(head, statement) for statement in statements] == [1, 1, 1]


@pytest.mark.postgres
def test_what_an_administrator_reads_with_psql(server_desk: Desk) -> None:
    head = server_desk.sign_in("coordinator")
    person_id = head.run(people.add_person, surname="Prova", phone="0372 1234567")
    head.run(intake.log_contact, channel="door", need_text="asilo")
    head.run(intake.open_card, person_id=person_id, needs_family="separazione")
    starts = datetime(2025, 2, 12, 10)
    head.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="psychology", label="seconda")
    head.run(people.add_household, "Casa", [(person_id, "mother")])
    tables = ("person", "contact_point", "info_contact", "access_card", "appointment", "household", "membership")
    for table in tables:
        rows = f"SELECT 1 FROM {table}"
        changes = f"SELECT 1 FROM change WHERE table_name = '{table}'"
        assert read_as(server_desk.office, rows) == read_as(server_desk.office, changes) == 0, table
        assert read_as(head, rows) == read_as(head, changes) == 1, table
    assert verify(server_desk.office.store.engine, server_desk.office.keystore.load()) == []


@pytest.mark.postgres
def test_what_a_receptionist_writes_with_psql(server_desk: Desk) -> None:
    head, reception = server_desk.sign_in("coordinator"), server_desk.sign_in("reception")
    person_id = head.run(people.add_person, surname="Prova")
    me, where = reception.actor.staff_id, reception.actor.centre_id
    for kind in ("assigned", "blocked"):
        tie = ("INSERT INTO person_staff (id, version, centre_id, person_id, staff_id, kind) "
               f"VALUES (gen_random_uuid(), 1, '{where}', '{person_id}', '{me}', '{kind}') RETURNING 1")  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level security"):
            read_as(reception, tie)
    head.run(people.change_person, person_id, 1, owner_staff_id=me)
    protect(head, person_id)
    assert read_as(reception, "SELECT 1 FROM person") == 0
    closure = ("INSERT INTO closure (id, version, centre_id, first_day, last_day) "
               f"VALUES (gen_random_uuid(), 1, '{where}', '2025-03-01', '2025-03-02') RETURNING 1")  # fmt: skip
    with pytest.raises(ProgrammingError, match="row-level security"):
        read_as(reception, closure)
