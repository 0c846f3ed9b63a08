"""Initiatives: what is unknown stays so, places are limited, the waiting list is fair, everything can be undone."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time

import pytest
from sqlalchemy import select

from famdesk.data.tables.directory import AccessPoint, Body, Closure, OpeningRule, Partnership, Place
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, NotFound, Required, Stale
from famdesk.domain.staff import rights
from famdesk.usecases.enrolling import attendance, enrolment, enrolment_checks, waiting_list
from famdesk.usecases.office import Office
from famdesk.usecases.programmes import initiatives, meeting_dates, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import (
    Hint,
    InitiativeDetail,
    InitiativeValues,
    MeetingRow,
    MeetingValues,
    Participants,
    PlannedDate,
)
from tests.support.offices import Desk

THURSDAY = date(2025, 2, 13)
SIX = time(18)

MakePerson = Callable[..., str]


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


def person(office: Office, surname: str, **values: object) -> str:
    record = Person(surname=surname, given_name="Prova", **values)
    arrange(office, record)
    return record.id


def ape(office: Office, count: int = 5, **values: object) -> str:
    """The cycle of the source: five meetings, only the first has a day."""
    initiative = office.run(
        initiatives.add_initiative,
        InitiativeValues("A.Pe – Aperitivi Pedagogici", usual_weekday=4, usual_time=SIX, **values),  # type: ignore[arg-type]
    )
    for number in range(count):
        day = THURSDAY if number == 0 else None
        office.run(meetings.add_meeting, initiative, MeetingValues(day=day, starts=SIX))
    return initiative


def hints(
    office: Office, place: str | None, day: date, starts: time, minutes: int | None, meeting: str | None = None
) -> tuple[Hint, ...]:
    """What is to be known of a time, without what would be taken."""
    found = office.fetch(meeting_dates.look, MeetingValues(day, starts, minutes, place_id=place), meeting)
    assert found.conflicts == ()
    return found.hints


def detail(office: Office, initiative: str) -> InitiativeDetail:
    return office.fetch(programmes.initiative, initiative)


def people(office: Office, initiative: str) -> Participants:
    found = detail(office, initiative).participants
    assert found is not None
    return found


def states(office: Office, initiative: str) -> list[tuple[str | None, str, int]]:
    return [(row.name, row.state, row.waits_as) for row in people(office, initiative).enrolments]


def test_cycle_with_only_its_first_date(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office)
    (row,) = office.fetch(programmes.initiatives)
    assert (row.meetings, row.undated, row.next_day, row.next_starts) == (5, 4, THURSDAY, SIX)
    assert row.places_left is None
    assert row.mine
    found = detail(office, initiative).meetings
    assert [(one.number, one.total, one.day, one.starts) for one in found] == [
        (1, 5, THURSDAY, SIX), (2, 5, None, SIX), (3, 5, None, SIX), (4, 5, None, SIX), (5, 5, None, SIX),
    ]  # fmt: skip
    assert found[0].ends is None
    assert found[0].drawn_until == datetime(2025, 2, 13, 19)


def test_calendar_gets_dated_meetings_of_the_days_asked_for(desk: Desk) -> None:
    office = desk.sign_in("educator")
    ape(office)
    assert [row.number for row in office.fetch(programmes.meetings, THURSDAY, THURSDAY)] == [1]
    assert office.fetch(programmes.meetings, date(2025, 2, 14), date(2025, 3, 14)) == ()


def test_undo_of_everything_done_to_an_initiative(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    initiative = ape(office, count=1)
    office.undo()
    assert detail(office, initiative).meetings == ()
    office.undo()
    assert office.fetch(programmes.initiatives) == ()
    office.redo()
    office.redo()
    (row,) = office.fetch(programmes.initiatives)
    office.run(initiatives.change_initiative, initiative, row.version, InitiativeValues("Altro nome", state="running"))
    assert office.undo_label() == "Initiative changed"
    office.undo()
    assert detail(office, initiative).row.name == "A.Pe – Aperitivi Pedagogici"
    (row,) = office.fetch(programmes.initiatives)
    office.run(initiatives.remove_initiative, initiative, row.version)
    assert office.fetch(programmes.initiatives) == ()
    office.undo()
    assert [one.day for one in detail(office, initiative).meetings] == [THURSDAY]


def test_undo_of_each_change_of_a_meeting(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office, count=3)

    def meeting(number: int) -> MeetingRow:
        return next(one for one in detail(office, initiative).meetings if one.number == number)

    second = meeting(2)
    values = MeetingValues(date(2025, 2, 20), SIX, 90, leader="Una pedagogista", theme="I capricci")
    office.run(meetings.change_meeting, second.id, second.version, values)
    assert office.undo_label() == "Meeting 2 changed"
    assert meeting(2).ends == datetime(2025, 2, 20, 19, 30)
    office.undo()
    assert (meeting(2).day, meeting(2).minutes, meeting(2).theme) == (None, None, None)

    office.run(meetings.cancel_meeting, second.id, meeting(2).version, " sala non disponibile ")
    assert (meeting(2).state, meeting(2).reason) == ("cancelled", "sala non disponibile")
    office.run(meetings.restore_meeting, second.id, meeting(2).version)
    assert (meeting(2).state, meeting(2).reason) == ("planned", None)
    office.undo()
    assert meeting(2).state == "cancelled"
    office.undo()
    assert meeting(2).state == "planned"

    office.run(meetings.remove_meeting, second.id, meeting(2).version)
    assert [(one.number, one.total) for one in detail(office, initiative).meetings] == [(1, 2), (2, 2)]
    office.undo()
    assert [one.number for one in detail(office, initiative).meetings] == [1, 2, 3]
    assert meeting(2).id == second.id


def test_several_dates_in_one_step(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office)
    found = detail(office, initiative).meetings
    days = [THURSDAY, date(2025, 2, 20), date(2025, 2, 27), date(2025, 3, 6), None]
    planned = tuple(PlannedDate(one.id, one.version, day, SIX) for one, day in zip(found, days, strict=True))
    office.run(meetings.plan_dates, planned)
    assert [one.day for one in detail(office, initiative).meetings] == days
    assert office.undo_label() == "Dates of 3 meetings set"
    office.undo()
    assert [one.day for one in detail(office, initiative).meetings] == [THURSDAY, None, None, None, None]


def test_second_save_of_an_old_meeting_is_refused(desk: Desk) -> None:
    office, other = desk.sign_in("educator"), desk.sign_in("coordinator")
    (found,) = detail(office, ape(office, count=1)).meetings
    other.run(meetings.change_meeting, found.id, found.version, MeetingValues(THURSDAY, time(17)))
    with pytest.raises(Stale) as caught:
        office.run(meetings.change_meeting, found.id, found.version, MeetingValues(THURSDAY, time(19)))
    assert caught.value.params["by"] == "Prova coordinator"


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        (InitiativeValues(" "), Required, "name"),
        (InitiativeValues("X", kind="ballo"), initiatives.NotInList, "kind"),
        (InitiativeValues("X", function="D"), initiatives.NotInList, "function"),
        (InitiativeValues("X", state=""), initiatives.NotInList, "state"),
        (InitiativeValues("X", usual_weekday=8), initiatives.NoSuchWeekday, "usual_weekday"),
        (InitiativeValues("X", capacity=0), initiatives.BadCapacity, "capacity"),
    ],
)
def test_initiative_that_cannot_be(
    file_desk: Desk, values: InitiativeValues, error: type[Exception], field: str
) -> None:
    with pytest.raises(error) as caught:
        file_desk.sign_in("educator").run(initiatives.add_initiative, values)
    assert caught.value.field == field  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        (MeetingValues(minutes=60), meetings.HourMissing, "starts"),
        (MeetingValues(starts=SIX, minutes=0), meetings.BadLength, "minutes"),
        (MeetingValues(starts=SIX, minutes=24 * 60 + 1), meetings.BadLength, "minutes"),
        (MeetingValues(date(2025, 3, 30), time(2, 30)), meetings.NoSuchTime, "starts"),
    ],
)
def test_meeting_that_cannot_be(file_desk: Desk, values: MeetingValues, error: type[Exception], field: str) -> None:
    office = file_desk.sign_in("educator")
    with pytest.raises(error) as caught:
        office.run(meetings.add_meeting, ape(office, count=0), values)
    assert caught.value.field == field  # type: ignore[attr-defined]


def test_initiatives_do_not_continue_in_a_circle(desk: Desk) -> None:
    office = desk.sign_in("educator")
    first = office.run(initiatives.add_initiative, InitiativeValues("Nascita"))
    second = office.run(initiatives.add_initiative, InitiativeValues("Paternità", continues_id=first))
    assert detail(office, second).continues == "Nascita"
    assert detail(office, first).continued_by == ((second, "Paternità"),)
    version = detail(office, first).row.version
    with pytest.raises(initiatives.GoesInCircle):
        office.run(initiatives.change_initiative, first, version, InitiativeValues("Nascita", continues_id=second))


def test_organisers_come_first_and_in_their_order(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office, count=0)
    bodies = [Body(name=name, kind="cooperative") for name in ("Alfa", "Beta", "Gamma")]
    roles = [("network_partner", 0), ("organiser", 2), ("organiser", 1)]
    parts = [
        Partnership(body_id=body.id, subject_id=initiative, role=role, position=position)
        for body, (role, position) in zip(bodies, roles, strict=True)
    ]
    arrange(office, *bodies, *parts)
    assert [(row.name, row.role) for row in detail(office, initiative).organisers] == [
        ("Gamma", "organiser"), ("Beta", "organiser"), ("Alfa", "network_partner"),
    ]  # fmt: skip


def test_places_run_out_and_the_waiting_list_moves_in_order(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    initiative = ape(office, count=1, capacity=2)
    ids = [person(office, name) for name in ("Rossi", "Bianchi", "Verdi", "Neri")]
    placed = [office.run(enrolment.enrol, initiative, one) for one in ids]
    assert states(office, initiative) == [
        ("Bianchi Prova", "enrolled", 0), ("Rossi Prova", "enrolled", 0), ("Verdi Prova", "waiting", 1),
        ("Neri Prova", "waiting", 2),
    ]  # fmt: skip
    assert office.fetch(programmes.initiatives)[0].places_left == 0
    rows = {row.id: row for row in people(office, initiative).enrolments}
    with pytest.raises(enrolment_checks.NoPlaceLeft):
        office.run(waiting_list.admit, placed[2], rows[placed[2]].version)
    office.run(enrolment.withdraw, placed[0], rows[placed[0]].version)
    assert office.undo_label() == "Somebody withdrawn"
    late = person(office, "Gialli")
    office.run(enrolment.enrol, initiative, late)
    assert states(office, initiative)[-2:] == [("Gialli Prova", "waiting", 3), ("Rossi Prova", "withdrawn", 0)]
    office.run(waiting_list.admit, placed[2], rows[placed[2]].version)
    assert ("Verdi Prova", "enrolled", 0) in states(office, initiative)
    office.undo()
    assert ("Verdi Prova", "waiting", 1) in states(office, initiative)


@pytest.mark.postgres
def test_racing_desks_do_not_give_a_place_twice(server_desk: Desk) -> None:
    office = server_desk.sign_in("coordinator")
    initiative = ape(office, count=0, capacity=3)
    ids = [person(office, f"Persona {number}") for number in range(12)]
    desks = [server_desk.sign_in(role) for role in ("reception", "educator", "social_worker", "psychologist")]

    def enrol_three(number: int) -> None:
        for one in ids[3 * number : 3 * number + 3]:
            desks[number].run(enrolment.enrol, initiative, one)

    with ThreadPoolExecutor(len(desks)) as pool:
        list(pool.map(enrol_three, range(len(desks))))
    found = [row.state for row in people(office, initiative).enrolments]
    assert (found.count("enrolled"), found.count("waiting")) == (3, 9)


def test_undo_of_enrolling_and_withdrawing(desk: Desk) -> None:
    office = desk.sign_in("reception")
    initiative = ape(desk.sign_in("educator"), count=1)
    office.run(enrolment.enrol, initiative, person(office, "Rossi"))
    (row,) = people(office, initiative).enrolments
    office.run(enrolment.withdraw, row.id, row.version)
    office.undo()
    assert states(office, initiative) == [("Rossi Prova", "enrolled", 0)]
    assert office.undo_label() == "Somebody enrolled"
    office.undo()
    assert states(office, initiative) == []


def test_nobody_is_enrolled_twice_or_in_what_is_closed(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative, rossi = ape(office, count=0), person(office, "Rossi")
    office.run(enrolment.enrol, initiative, rossi)
    with pytest.raises(enrolment_checks.EnrolledAlready):
        office.run(enrolment.enrol, initiative, rossi)
    version = detail(office, initiative).row.version
    office.run(initiatives.change_initiative, initiative, version, InitiativeValues("A.Pe", state="closed"))
    with pytest.raises(enrolment_checks.InitiativeClosed):
        office.run(enrolment.enrol, initiative, person(office, "Bianchi"))


def test_who_comes_back_keeps_the_marks_and_who_never_came_queues_again(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office, count=1)
    (meeting,) = detail(office, initiative).meetings
    rossi, bianchi = person(office, "Rossi"), person(office, "Bianchi")
    came = office.run(enrolment.enrol, initiative, rossi)
    never = office.run(enrolment.enrol, initiative, bianchi)
    office.run(attendance.set_attendance, meeting.id, came, True)
    for row in people(office, initiative).enrolments:
        office.run(enrolment.withdraw, row.id, row.version)
    assert office.run(enrolment.enrol, initiative, rossi) == came
    assert office.run(enrolment.enrol, initiative, bianchi) != never
    assert states(office, initiative) == [("Bianchi Prova", "enrolled", 0), ("Rossi Prova", "enrolled", 0)]


def test_attendance_is_noted_taken_back_and_undone(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office, count=2)
    meeting = detail(office, initiative).meetings[0]
    place = office.run(enrolment.enrol, initiative, person(office, "Rossi"))

    def marks() -> list[bool]:
        return [row.present for row in people(office, initiative).attendance]

    def present() -> int:
        return detail(office, initiative).meetings[0].present

    office.run(attendance.set_attendance, meeting.id, place, True)
    assert office.undo_label() == "Attendance at meeting 1 noted"
    assert (marks(), present()) == ([True], 1)
    office.run(attendance.set_attendance, meeting.id, place, False)
    assert (marks(), present()) == ([False], 0)
    office.run(attendance.set_attendance, meeting.id, place, None)
    assert marks() == []
    office.run(attendance.set_attendance, meeting.id, place, True)
    assert marks() == [True]
    for expected in ([], [False], [True], []):
        office.undo()
        assert marks() == expected


def test_attendance_only_at_meetings_of_the_same_initiative(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative, other = ape(office, count=0), ape(office, count=1)
    place = office.run(enrolment.enrol, initiative, person(office, "Rossi"))
    with pytest.raises(enrolment_checks.NotOfThisInitiative):
        office.run(attendance.set_attendance, detail(office, other).meetings[0].id, place, True)


def test_capacity_is_not_set_below_those_enrolled(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office, count=0)
    for name in ("Rossi", "Bianchi"):
        office.run(enrolment.enrol, initiative, person(office, name))
    version = detail(office, initiative).row.version
    with pytest.raises(initiatives.MoreEnrolled) as caught:
        office.run(initiatives.change_initiative, initiative, version, InitiativeValues("A.Pe", capacity=1))
    assert "2 people" in caught.value.sentence()
    with pytest.raises(initiatives.HasEnrolments):
        office.run(initiatives.remove_initiative, initiative, version)


def test_a_protected_person_is_not_betrayed(desk: Desk) -> None:
    coordinator, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    initiative, hidden = ape(coordinator, count=0), person(coordinator, "Nascosti", protected=True)
    coordinator.run(enrolment.enrol, initiative, hidden)
    assert states(coordinator, initiative) == [("Nascosti Prova", "enrolled", 0)]
    seen = people(reception, initiative).enrolments
    assert all(row.name is None and row.person_id is None for row in seen)
    with pytest.raises(NotFound):
        reception.run(enrolment.enrol, initiative, hidden)


def test_administrator_sees_initiatives_but_nobody_enrolled(desk: Desk) -> None:
    office = desk.sign_in("educator")
    initiative = ape(office)
    office.run(enrolment.enrol, initiative, person(office, "Rossi"))
    assert detail(desk.office, initiative).participants is None
    with pytest.raises(Forbidden):
        desk.office.fetch(programmes.participants, initiative)


def _place_with_hours(office: Office) -> str:
    """The main point, open on Thursdays from 17 to 19."""
    place = Place(name="piazza Giovanni XXIII", kind="centre")
    point = AccessPoint(name="piazza Giovanni XXIII", place_id=place.id, main=True)
    rule = OpeningRule(access_point_id=point.id, weekday=4, opens=time(17), closes=time(19))
    arrange(office, place, point, rule)
    return place.id


def test_overlap_with_an_opening_is_told(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    place = _place_with_hours(office)
    opening = Hint("opening", "piazza Giovanni XXIII", time(17), time(19))
    assert hints(office, place, THURSDAY, SIX, None) == (opening,)
    assert hints(office, place, THURSDAY, time(19), 60) == ()
    assert hints(office, place, THURSDAY, time(16), 60) == ()
    (unplaced,) = hints(office, None, THURSDAY, SIX, None)
    assert not unplaced.same_place
    elsewhere = Place(name="Civico 81", kind="centre")
    arrange(office, elsewhere)
    assert hints(office, elsewhere.id, THURSDAY, SIX, None) == ()


def test_closed_days_and_other_meetings_are_told(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    place = _place_with_hours(office)
    initiative = ape(office, count=0)
    arrange(office, Closure(first_day=THURSDAY, last_day=THURSDAY, reason="inventario"))
    taken = office.run(meetings.add_meeting, initiative, MeetingValues(THURSDAY, SIX, 60, place_id=place))
    found = hints(office, place, THURSDAY, time(18, 30), 60)
    assert found == (
        Hint("closed", "inventario"), Hint("meeting", "A.Pe – Aperitivi Pedagogici", SIX, time(19)),
    )  # fmt: skip
    assert hints(office, place, THURSDAY, time(18, 30), 60, taken) == (Hint("closed", "inventario"),)


def test_states_and_names_order_the_list(desk: Desk) -> None:
    office = desk.sign_in("educator")
    for name, state in (("Zeta", "running"), ("Alfa", "closed"), ("Èra", "preparation"), ("Beta", "preparation")):
        office.run(initiatives.add_initiative, InitiativeValues(name, state=state))
    assert [row.name for row in office.fetch(programmes.initiatives)] == ["Beta", "Èra", "Zeta", "Alfa"]


def test_text_is_trimmed_and_empty_text_is_nothing(desk: Desk) -> None:
    office = desk.sign_in("educator")
    office.run(initiatives.add_initiative, InitiativeValues("  Nascita ", target=" "))
    rows = office.fetch(_names)
    assert rows == [("Nascita", None)]


def _names(tx: Tx) -> list[tuple[str, str | None]]:
    return [(row.name, row.target) for row in tx.rows(select(Initiative.name, Initiative.target))]
