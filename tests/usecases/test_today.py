"""Today in one question: who comes, what is open, what is to be done, and nothing that a role may not see."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from famdesk.data.tables.centre import Call
from famdesk.data.tables.directory import AccessPoint, OpeningRule
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.domain.staff import rights
from famdesk.usecases import care, today
from famdesk.usecases.calendar import calendar
from famdesk.usecases.enrolling import attendance, enrolment, waiting_list
from famdesk.usecases.family import responsibilities
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, privacy_rights
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from famdesk.usecases.today import Task, TodayBoard
from tests.support.offices import Desk
from tests.support.scenarios_enrolment import let_pass

NOW = datetime(2025, 2, 11, 12, 41)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _may_arrange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test data is written past the use-cases of other features."""
    monkeypatch.setitem(rights.parsed(), "arrange", dict.fromkeys(rights.ROLES, "cxpr"))


def arrange(office: Office, *records: object) -> None:
    def write(tx: Tx) -> None:
        with tx.doing("arrange"):
            for record in records:
                tx.add(record)  # type: ignore[type-var]

    office.run(write)


def board(office: Office) -> TodayBoard:
    return office.fetch(today.board)


def tasks(office: Office, kind: str) -> list[Task]:
    return [task for task in board(office).tasks if task.kind == kind]


def book(office: Office, starts: datetime, **values: object) -> str:
    ends = starts + timedelta(minutes=45)
    return office.run(calendar.book, starts=starts, ends=ends, kind="interview", **values)  # type: ignore[arg-type]


def person(office: Office, surname: str, **values: object) -> str:
    record = Person(surname=surname, **values)
    arrange(office, record)
    return record.id


def test_an_empty_centre(desk: Desk) -> None:
    found = board(desk.sign_in("reception"))
    assert found == TodayBoard(NOW, (), (), (), (), (), ())


def test_points_appointments_and_meetings_of_the_day(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    point = AccessPoint(name="piazza Giovanni XXIII", main=True)
    arrange(office, point, OpeningRule(access_point_id=point.id, weekday=2, opens=time(12), closes=time(14)))
    book(office, datetime(2025, 2, 11, 15))
    gone = book(office, datetime(2025, 2, 11, 16))
    (row,) = [row for row in board(office).appointments if row.id == gone]
    office.run(calendar.cancel, gone, row.version, "family")
    book(office, datetime(2025, 2, 12, 9))
    initiative = office.run(initiatives.add_initiative, InitiativeValues("A.Pe"))
    office.run(meetings.add_meeting, initiative, MeetingValues(TODAY, time(18)))
    office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 13), time(18)))
    office.run(meetings.add_meeting, initiative, MeetingValues(TODAY + timedelta(days=30)))
    found = board(office)
    assert [row.open_until for row in found.points] == [datetime(2025, 2, 11, 14)]
    assert [row.starts.hour for row in found.appointments] == [15]
    assert [row.number for row in found.meetings] == [1]
    assert [row.number for row in found.coming] == [2]
    assert found.next_appointments == ()


def test_the_next_appointments_once_the_day_is_over(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    book(office, datetime(2025, 2, 11, 9))
    book(office, datetime(2025, 2, 13, 9))
    assert [row.starts.day for row in board(office).next_appointments] == [13]


def test_unfinished_cards_and_past_appointments(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    me = office.actor.staff_id
    arrange(office, AccessCard(at=NOW, operator_id=me))
    yesterday, old = datetime(2025, 2, 10, 9), datetime(2025, 1, 10, 9)
    asked = book(office, yesterday)
    book(office, old)
    (card,) = tasks(office, "card")
    assert "outcome" in card.missing
    assert [task.record_id for task in tasks(office, "outcome")] == [asked]
    (row,) = office.fetch(calendar.appointments, yesterday.date(), yesterday.date())
    office.run(calendar.set_state, asked, row.version, "done")
    assert tasks(office, "outcome") == []
    office.undo()
    assert [task.record_id for task in tasks(office, "outcome")] == [asked]


def test_professionals_are_asked_about_their_own_appointments(desk: Desk) -> None:
    educator, coordinator = desk.sign_in("educator"), desk.sign_in("coordinator")
    book(coordinator, datetime(2025, 2, 10, 9), staff_id=coordinator.actor.staff_id)
    mine = book(coordinator, datetime(2025, 2, 10, 11), staff_id=educator.actor.staff_id)
    assert [task.record_id for task in tasks(educator, "outcome")] == [mine]
    assert len(tasks(coordinator, "outcome")) == 2


def test_attendance_dates_and_waiting_people_of_initiatives(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = office.run(initiatives.add_initiative, InitiativeValues("A.Pe", capacity=1))
    held = office.run(meetings.add_meeting, initiative, MeetingValues(date(2025, 2, 6), time(18)))
    office.run(meetings.add_meeting, initiative, MeetingValues())
    assert tasks(office, "attendance") == []
    first = office.run(enrolment.enrol, initiative, person(office, "Rossi"))
    office.run(enrolment.enrol, initiative, person(office, "Bianchi"))
    assert [(task.number, task.total, task.at) for task in tasks(office, "attendance")] == [
        (1, 2, datetime(2025, 2, 6, 18))
    ]
    assert [(task.number, task.total) for task in tasks(office, "undated")] == [(1, 2)]
    assert tasks(office, "place_free") == []
    office.run(attendance.set_attendance, held, first, True)
    office.run(enrolment.withdraw, first, 1)
    assert tasks(office, "attendance") == []
    assert [(task.number, task.total) for task in tasks(office, "place_free")] == [(1, 1)]
    assert tasks(desk.sign_in("reception"), "undated") == []


def test_deadlines_that_are_ahead_or_just_over(desk: Desk) -> None:
    office = desk.office
    ahead, over, old = datetime(2025, 7, 8, 9), datetime(2025, 2, 10, 9), datetime(2021, 7, 8, 9)
    for name, deadline in (("ahead", ahead), ("over", over), ("old", old)):
        arrange(office, Call(name=name, kind="management", deadline=deadline))
    arrange(office, Call(name="won", kind="management", deadline=ahead, outcome="won"))
    arrange(office, Call(name="no deadline", kind="management"))
    assert [(task.name, task.at) for task in tasks(office, "deadline")] == [("over", over), ("ahead", ahead)]


def _promised_call(office: Office, surname: str, **rule: object) -> None:
    who = person(office, surname)
    arrange(office, ContactPoint(person_id=who, kind="mobile", value="333 1234567", **rule))
    office.run(intake.open_card, person_id=who, outcome="called_back")


def test_calls_back_within_their_safe_hours(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    _promised_call(office, "Free")
    _promised_call(office, "Never", may_call=False)
    _promised_call(office, "Later", safe_from=time(15), safe_to=time(16))
    _promised_call(office, "Now", safe_from=time(12), safe_to=time(13), may_leave_message=False)
    assert [
        (task.who, task.until, task.later, task.no_message, task.unsafe) for task in tasks(office, "call_back")
    ] == [
        ("Now", time(13), None, True, False),
        ("Free", None, None, False, False),
        ("Later", None, time(15), False, False),
        ("Never", None, None, False, True),
    ]


def test_safe_hours_follow_the_clock(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    _promised_call(office, "Now", safe_from=time(12), safe_to=time(13))
    desk.clock.forward(minutes=19)
    (task,) = tasks(office, "call_back")
    assert (task.until, task.later) == (None, time(12))


def test_a_protected_person_is_only_busy_and_no_task(desk: Desk) -> None:
    coordinator, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    hidden = person(coordinator, "Nascosti", protected=True)
    book(coordinator, datetime(2025, 2, 11, 15), person_id=hidden)
    book(coordinator, datetime(2025, 2, 10, 15), person_id=hidden)
    coordinator.run(intake.open_card, person_id=hidden, outcome="called_back")
    assert len(tasks(coordinator, "outcome")) == 1
    assert len(tasks(coordinator, "call_back")) == 1
    found = board(reception)
    assert all(row.masked and not row.who for row in found.appointments)
    assert found.tasks == ()


def test_an_urgent_card_stays_until_somebody_looks_at_it_again(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    lia = person(office, "Conti")
    card = office.run(intake.open_card, person_id=lia, urgency="soon", outcome="pending")
    assert [(task.record_id, task.who, task.at, task.unsafe) for task in tasks(office, "urgent")] == [
        (card, "Conti", datetime(2025, 2, 18), False)
    ]
    desk.clock.forward(days=8)
    assert [task.unsafe for task in tasks(office, "urgent")] == [True]
    office.run(intake.save_card, card, 1, outcome="taken_on")
    assert tasks(office, "urgent") == []


def test_the_administrator_sees_no_family(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    book(office, datetime(2025, 2, 11, 15))
    arrange(office, AccessCard(at=NOW, operator_id=office.actor.staff_id))
    found = board(desk.office)
    assert found.appointments == ()
    assert {task.kind for task in found.tasks} <= {"backup"}


def test_who_keeps_the_data_is_told_of_a_backup_that_is_due(file_desk: Desk) -> None:
    office = file_desk.office
    assert board(office).tasks == (Task("backup", "safety"),)
    office.run(care.note_backup)
    assert board(office).tasks == ()
    assert board(file_desk.sign_in("coordinator")).tasks == ()


def test_terms_that_end_are_told(desk: Desk) -> None:
    """A guardianship that ends with the 18th birthday, and a request about somebody's data."""
    office = desk.sign_in("coordinator")
    minor = office.run(people.add_person, surname="Khayali", given_name="Sami", birth_date=date(2007, 3, 1))
    guardian = office.run(people.add_person, surname="Tutrice", birth_date=date(1980, 3, 1))
    office.run(responsibilities.add_responsibility, minor, "volunteer_guardian", other_id=guardian)
    office.run(privacy_rights.note_request, minor, kind="copy", received_on=date(2025, 1, 7))
    tasks = {task.kind: task for task in office.fetch(today.board).tasks if task.record_id == minor}
    assert tasks["ending"].name == "volunteer_guardian"
    assert tasks["ending"].at is not None
    assert tasks["ending"].at.date() in {date(2025, 2, 28), date(2025, 3, 1)}
    assert (tasks["request"].name, tasks["request"].unsafe) == ("copy", True)


def test_a_place_that_is_offered_is_to_be_called_about(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = office.run(initiatives.add_initiative, InitiativeValues("A.Pe", capacity=1, offer_hours=24))
    first, _second = (office.run(enrolment.enrol, initiative, person(office, name)) for name in ("Rossi", "Bianchi"))
    office.run(enrolment.withdraw, first, 1)
    office.run(waiting_list.offer_next, initiative)
    (task,) = [one for one in office.fetch(today.board).tasks if one.kind == "offer"]
    assert (task.record_id, task.name, task.unsafe) == (initiative, "A.Pe", False)
    assert (task.who or "").startswith("Bianchi")
    let_pass(office, 25)
    assert [one.unsafe for one in office.fetch(today.board).tasks if one.kind == "offer"] == [True]
    assert not [one for one in desk.office.fetch(today.board).tasks if one.kind == "offer"]
