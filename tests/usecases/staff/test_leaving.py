"""A colleague leaves: the work goes to a successor, the access ends at once, nothing is lost. On both engines."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from famdesk.data.checks.verify import verify
from famdesk.data.keys import keys
from famdesk.data.keys.crypto import new_recovery_code
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Path, PathPerson
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.staff import Staff
from famdesk.domain.errors import Forbidden, Unavailable
from famdesk.usecases import care, session
from famdesk.usecases.calendar import absences, calendar
from famdesk.usecases.intake import follow_ups
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.staff import leaving, notices, staff
from tests.support.calendars import at
from tests.support.offices import CHEAP, PASSWORD, Desk

NEW = "sasso-nuvola-lanterna"


def _person(office: Office, name: str = "Ada") -> str:
    return office.run(people.add_person, surname="Prova", given_name=name)


def _book(office: Office, staff_id: str, day: int, person: str | None = None) -> str:
    starts = at(9) + timedelta(days=day)
    return str(office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="interview",
                          staff_id=staff_id, person_id=person))  # fmt: skip


def _busy(desk: Desk, lead: Office, leaver: str) -> tuple[str, ...]:
    """Work of every kind: a file in charge and an assigned one, a path, a follow-up, three appointments."""
    ada, bea = _person(lead), _person(lead, "Bea")

    def more(tx: object) -> None:
        from famdesk.data.tx import Tx

        assert isinstance(tx, Tx)
        tx.session.get_one(Person, ada).owner_staff_id = leaver
        tx.session.add_all([
            PersonStaff(person_id=bea, staff_id=leaver, kind="assigned", centre_id=tx.centre_id),
            Path(number=1, kind="consultation", staff_id=leaver, opened_on=date(2025, 1, 7), centre_id=tx.centre_id),
        ])  # fmt: skip

    with lead.store.writing(lead.actor) as (tx, _outcome), tx.doing("people.add_person"):
        more(tx)
    lead.run(follow_ups.add, kind="call", what="Richiamare", person_id=ada, staff_id=leaver)
    return ada, bea, *(_book(lead, leaver, day, ada) for day in (1, 2, 3))


def _of(office: Office, kind: type, record_id: str, name: str) -> object:
    return office.fetch(lambda tx: getattr(tx.session.get_one(kind, record_id), name))


def _tied(office: Office, person_id: str) -> list[str]:
    tie = PersonStaff
    statement = select(tie.staff_id).where(tie.person_id == person_id, tie.deleted_at.is_(None))
    return office.fetch(lambda tx: [row.staff_id for row in tx.rows(statement)])


def test_what_is_open_is_counted_and_handed_over_in_one_step_that_can_be_undone(desk: Desk) -> None:
    lead, leaver = desk.sign_in("coordinator"), desk.sign_in("social_worker").actor.staff_id
    successor = desk.sign_in("educator").actor.staff_id
    assert lead.fetch(leaving.open_work, leaver) == leaving.OpenWork()
    ada, bea, first, second, third = _busy(desk, lead, leaver)
    _book(lead, successor, 2)
    found = lead.fetch(leaving.open_work, leaver)
    assert found == leaving.OpenWork(appointments=3, files=2, paths=1, follow_ups=1)
    assert found.to_hand_over == 7
    done = lead.run(leaving.hand_over, leaver, successor)
    assert (done.given, done.left) == (6, 1)
    assert [_of(lead, Appointment, one, "staff_id") for one in (first, second, third)] == [successor, leaver, successor]
    assert _of(lead, Person, ada, "owner_staff_id") == successor
    assert lead.fetch(leaving.open_work, leaver) == leaving.OpenWork(appointments=1)
    assert lead.fetch(leaving.open_work, successor).files == 2
    assert lead.fetch(leaving.open_work, successor).follow_ups == 1
    lead.undo()
    assert lead.fetch(leaving.open_work, leaver) == found
    lead.redo()
    assert lead.fetch(leaving.open_work, leaver).appointments == 1
    assert _tied(lead, bea) == [successor]


def test_where_the_successor_may_not_work_the_file_stays(desk: Desk) -> None:
    lead, leaver = desk.sign_in("coordinator"), desk.sign_in("social_worker").actor.staff_id
    successor = desk.sign_in("educator").actor.staff_id
    ada, bea, *_rest = _busy(desk, lead, leaver)
    with lead.store.writing(lead.actor) as (tx, _outcome), tx.doing("people.add_person"):
        tx.session.add_all([
            PersonStaff(person_id=ada, staff_id=successor, kind="blocked", reason="zia", centre_id=tx.centre_id),
            PersonStaff(person_id=bea, staff_id=successor, kind="assigned", centre_id=tx.centre_id),
        ])  # fmt: skip
    lead.run(leaving.hand_over, leaver, successor)
    assert _of(lead, Person, ada, "owner_staff_id") == leaver
    assert lead.fetch(leaving.open_work, leaver).files == 1
    assert _tied(lead, bea) == [successor]


@pytest.mark.parametrize("role", ["reception", "administrator", "auditor"])
def test_families_go_to_nobody_who_does_not_look_after_any(desk: Desk, role: str) -> None:
    lead, leaver = desk.sign_in("coordinator"), desk.sign_in("social_worker").actor.staff_id
    successor = desk.sign_in(role).actor.staff_id
    _busy(desk, lead, leaver)
    before = lead.fetch(leaving.open_work, leaver)
    with pytest.raises(leaving.NotForFamilies) as caught:
        lead.run(leaving.hand_over, leaver, successor)
    assert caught.value.field == "successor_id"
    assert lead.fetch(leaving.open_work, leaver) == before


def test_a_path_of_whom_the_successor_is_kept_from_stays(desk: Desk) -> None:
    lead, leaver = desk.sign_in("coordinator"), desk.sign_in("social_worker").actor.staff_id
    successor = desk.sign_in("educator").actor.staff_id
    ada, *_rest = _busy(desk, lead, leaver)
    with lead.store.writing(lead.actor) as (tx, _outcome), tx.doing("people.add_person"):
        (path,) = tx.all(Path, Path.staff_id == leaver)
        tx.session.add_all([
            PathPerson(path_id=path.id, person_id=ada, centre_id=tx.centre_id),
            PersonStaff(person_id=ada, staff_id=successor, kind="blocked", reason="zia", centre_id=tx.centre_id),
        ])  # fmt: skip
    lead.run(leaving.hand_over, leaver, successor)
    assert lead.fetch(leaving.open_work, leaver).paths == 1


def test_a_successor_is_somebody_else_who_works_here(desk: Desk) -> None:
    lead, leaver = desk.sign_in("coordinator"), desk.sign_in("social_worker").actor.staff_id
    with pytest.raises(leaving.SamePerson):
        lead.run(leaving.hand_over, leaver, leaver)
    with pytest.raises(absences.UnknownColleague) as caught:
        lead.run(leaving.hand_over, leaver, "00000000-0000-0000-0000-000000000000")
    assert caught.value.field == "successor_id"


def test_the_access_ends_at_once_and_everybody_else_goes_on(desk: Desk) -> None:
    leaver, lead = desk.sign_in("social_worker"), desk.sign_in("coordinator")
    other = desk.sign_in("psychologist")
    leaver_id = leaver.actor.staff_id
    if not desk.office.store.is_postgres:
        leaver.lock()
        other.lock()
        lead.lock()
    leaving.end_access(desk.office, leaver_id, desk.recovery)
    with pytest.raises((keys.WrongPassword, session.NotStaff)):
        desk.sign_in("social_worker")
    if desk.office.store.is_postgres:  # a connection that was open sees nothing from now on
        with pytest.raises((Unavailable, Forbidden, keys.KeysDamaged)):
            leaver.keystore.load()
    for login in ("reception", "psychologist", "coordinator"):
        desk.sign_in(login)
    lead = desk.sign_in("coordinator")
    _person(lead)
    assert [row.kind for row in lead.fetch(notices.unread)] == ["left"]
    assert "social_worker" not in lead.keystore.load().slots
    assert verify(lead.store.engine, lead.keystore.load()) == []
    row = next(row for row in lead.fetch(staff.colleagues, only_active=False) if row.id == leaver_id)
    assert not row.active


def test_the_desk_where_it_was_done_goes_on(file_desk: Desk) -> None:
    """Its own connections and keys are the new ones: it saves, makes a backup, signs out, signs in again."""
    leaver = file_desk.sign_in("social_worker")
    leaver.lock()
    office = file_desk.office
    leaving.end_access(office, leaver.actor.staff_id, file_desk.recovery)
    office.run(staff.add_colleague, name="Nuova Prova", role="educator")
    care.back_up(office, file_desk.home.folder / "one.fdbackup")
    session.change_password(office, PASSWORD, NEW, cost=CHEAP)
    office.close()
    session.sign_in(file_desk.home, "administrator", NEW, clock=file_desk.clock).close()


def test_a_wrong_code_changes_nothing(file_desk: Desk) -> None:
    leaver = file_desk.sign_in("social_worker")
    with pytest.raises(keys.WrongRecoveryCode):
        leaving.end_access(file_desk.office, leaver.actor.staff_id, new_recovery_code())
    leaver.close()
    file_desk.sign_in("social_worker")


def test_with_a_new_sheet_the_old_one_ends(file_desk: Desk) -> None:
    leaver = file_desk.sign_in("social_worker")
    leaver.lock()
    code = new_recovery_code()
    leaving.end_access(file_desk.office, leaver.actor.staff_id, code, new_sheet=True)
    file_desk.office.close()
    with pytest.raises(keys.WrongRecoveryCode):
        session.recover(file_desk.home, file_desk.recovery, "reception", NEW, clock=file_desk.clock, cost=CHEAP)
    session.recover(file_desk.home, code, "reception", NEW, clock=file_desk.clock, cost=CHEAP).close()


def test_it_can_be_done_again_after_it_was_interrupted(file_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    leaver = file_desk.sign_in("social_worker")
    leaver.lock()
    who = leaver.actor.staff_id
    with monkeypatch.context() as patched:
        patched.setattr("famdesk.data.backup.prove", lambda *_arguments: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            leaving.end_access(file_desk.office, who, file_desk.recovery)
    with pytest.raises(session.NotStaff):
        file_desk.sign_in("social_worker")
    file_desk.office.run(staff.add_colleague, name="Nuova Prova", role="educator")
    leaving.end_access(file_desk.office, who, file_desk.recovery)
    with pytest.raises(keys.WrongPassword):
        file_desk.sign_in("social_worker")


def test_a_slot_that_went_before_is_no_hindrance(file_desk: Desk) -> None:
    """Who was set to work here no longer loses the slot at the next sign-out; the new key can still be made."""
    leaver = file_desk.sign_in("social_worker")
    leaver.lock()
    office, who = file_desk.office, leaver.actor.staff_id
    office.run(leaving.note_left, who)
    session.leave_anchor(office)
    assert "social_worker" not in office.keystore.load().slots
    before = office.unlocked.database_key
    leaving.end_access(office, who, file_desk.recovery)
    assert office.unlocked.database_key != before
    office.run(staff.add_colleague, name="Nuova Prova", role="educator")


def test_whose_access_ends_is_not_said_in_passing(desk: Desk) -> None:
    """Neither by a change of the data nor by a row that somebody wrote: with the slot go the keys of the notes."""
    office, who = desk.office, desk.sign_in("social_worker").actor.staff_id
    row = next(row for row in office.fetch(staff.colleagues) if row.id == who)
    with pytest.raises(staff.HasAnAccount):
        office.run(staff.change_colleague, who, row.version, name=row.name, role=row.role, profession=None,
                   employer_body_id=None, active=False)  # fmt: skip
    if not office.store.is_postgres:
        with office.store.engine.begin() as connection:
            connection.execute(update(Staff).where(Staff.id == who).values(active=False))
        session.leave_anchor(office)
        assert "social_worker" in office.keystore.load().slots


def test_nobody_ends_the_own_access_and_only_who_leads_ends_one(desk: Desk) -> None:
    with pytest.raises(leaving.NotYourself):
        leaving.end_access(desk.office, desk.office.actor.staff_id, desk.recovery)
    who = desk.sign_in("social_worker").actor.staff_id
    for login in ("reception", "educator", "psychologist"):
        with pytest.raises(Forbidden):
            leaving.end_access(desk.sign_in(login), who, desk.recovery)


def test_a_lost_password_on_a_server_is_set_anew_by_who_leads(server_desk: Desk) -> None:
    author = server_desk.sign_in("psychologist")
    before = author.actor.pairs.box_public
    author.close()
    with pytest.raises(staff.NotYourself):
        staff.reset_password(server_desk.office, server_desk.office.actor.staff_id, NEW, cost=CHEAP)
    staff.reset_password(server_desk.office, author.actor.staff_id, NEW, cost=CHEAP)
    with pytest.raises(keys.WrongPassword):
        server_desk.sign_in("psychologist")
    office = session.sign_in(server_desk.home, "psychologist", NEW, clock=server_desk.clock)
    server_desk.opened.append(office)
    assert office.actor.pairs.box_public != before
    assert [row.kind for row in office.fetch(notices.unread)] == ["password_reset"]
    session.change_password(office, NEW, "tutta-un-altra-cosa", cost=CHEAP)
    assert verify(server_desk.sign_in("coordinator").store.engine, office.keystore.load()) == []


def test_in_a_file_the_recovery_sheet_helps(file_desk: Desk) -> None:
    with pytest.raises(staff.FileRecovers):
        staff.reset_password(file_desk.office, file_desk.sign_in("reception").actor.staff_id, NEW, cost=CHEAP)


def test_only_who_leads_gives_new_passwords(server_desk: Desk) -> None:
    who = server_desk.sign_in("educator").actor.staff_id
    for login in ("reception", "psychologist"):
        office = server_desk.sign_in(login)
        with pytest.raises(Forbidden):
            staff.reset_password(office, who, NEW, cost=CHEAP)
        with pytest.raises(Exception, match="not allowed"), office.store.engine.begin() as connection:
            connection.exec_driver_sql("SELECT fd_reset_login('educator', 'SCRAM-SHA-256$x')")


def test_nobody_takes_a_login_in_silence(server_desk: Desk) -> None:
    """Who leads has to leave an entry in the journal first, with psql too."""
    for office in (server_desk.office, server_desk.sign_in("coordinator")):
        with pytest.raises(Exception, match="not allowed"), office.store.engine.begin() as connection:
            connection.exec_driver_sql("SELECT fd_reset_login('educator', 'SCRAM-SHA-256$x')")
    server_desk.sign_in("educator")
