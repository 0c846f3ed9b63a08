"""The waiting room: tickets, calls, check-in, and what a screen that families see may show."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.waiting import Visit
from famdesk.domain.errors import Forbidden, NotFound, Stale, TextTooLong
from famdesk.domain.intake.waiting import letter
from famdesk.usecases import today
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import waiting
from famdesk.usecases.intake.waiting import VisitRow
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.calendars import at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version

TODAY = date(2025, 2, 11)


def board(office: Office) -> tuple[VisitRow, ...]:
    return office.fetch(waiting.board)


def tickets(office: Office) -> list[str]:
    return [row.ticket for row in board(office)]


def book(office: Office, person: str | None, hour: int = 13, point: str | None = None, day: date = TODAY) -> str:
    return office.run(calendar.book, starts=at(hour, day=day), ends=at(hour, 30, day=day), kind="interview",
                      person_id=person, access_point_id=point)  # fmt: skip


def state(office: Office, appointment: str) -> str:
    return office.fetch(calendar.appointment, appointment).state


def test_numbers_of_the_day_for_each_access_point(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    for point in (here.point, here.unknown_point, here.point):
        office.run(waiting.arrive, access_point_id=point)
        desk.clock.forward(minutes=1)
    assert tickets(office) == ["A1", "B1", "A2"]
    assert [row.minutes for row in board(office)] == [3, 2, 1]
    desk.clock.forward(days=1)
    assert board(office) == ()
    office.run(waiting.arrive, access_point_id=here.point)
    assert tickets(office) == ["A1"]


def test_a_check_in_is_one_step_with_the_arrival(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    appointment = book(office, here.person, point=here.point)
    office.run(waiting.arrive, appointment_id=appointment)
    (row,) = board(office)
    assert (row.ticket, row.name, row.appointment_at, row.appointment_kind) == (
        "A1", "Prova Ines", at(13, day=TODAY), "interview",
    )  # fmt: skip
    assert state(office, appointment) == "arrived"
    with pytest.raises(waiting.AlreadyHere) as refused:
        office.run(waiting.arrive, appointment_id=appointment)
    assert "A1" in refused.value.sentence()
    assert office.undo() == "Number A1 given"
    assert board(office) == ()
    assert state(office, appointment) == "planned"


def test_only_appointments_of_today_are_checked_in(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    with pytest.raises(waiting.NotToday):
        office.run(waiting.arrive, appointment_id=book(office, here.person, day=TODAY + timedelta(days=2)))
    assert board(office) == ()


def test_called_taken_in_and_received(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("social_worker")
    appointment = book(office, here.person)
    office.run(waiting.arrive, appointment_id=appointment)
    assert office.run(waiting.call_next) == "A1"
    (row,) = board(office)
    assert (row.state, row.staff, row.called_at) == ("called", "Prova social_worker", datetime(2025, 2, 11, 12, 41))
    office.run(waiting.take_in, row.id, row.version)
    office.run(waiting.done, row.id, board(office)[0].version)
    assert board(office) == ()
    assert state(office, appointment) == "done"
    assert office.undo() == "Number A1 received"
    assert (board(office)[0].state, state(office, appointment)) == ("inside", "arrived")


def test_the_next_one_is_who_is_due_then_who_came_first(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    office.run(waiting.arrive, first_name="Anna")
    office.run(waiting.arrive, first_name="Bea")
    desk.clock.forward(minutes=5)
    office.run(waiting.arrive, appointment_id=book(office, here.person, hour=12))
    assert [office.run(waiting.call_next) for _turn in range(3)] == ["A3", "A1", "A2"]
    with pytest.raises(NotFound):
        office.run(waiting.call_next)


def test_who_did_not_hear_waits_again_and_who_left_is_gone(desk: Desk) -> None:
    office = desk.sign_in("reception")
    visit = office.run(waiting.arrive)
    office.run(waiting.call, visit, 1)
    office.run(waiting.wait_again, visit, version(office, Visit, visit))
    assert [(row.state, row.called_at, row.staff) for row in board(office)] == [("waiting", None, None)]
    with pytest.raises(Stale):
        office.run(waiting.left, visit, 1)
    office.run(waiting.left, visit, version(office, Visit, visit))
    assert board(office) == ()
    with pytest.raises(waiting.NotPossible):
        office.run(waiting.done, visit, version(office, Visit, visit))


def test_what_is_typed_is_checked(desk: Desk) -> None:
    office = desk.sign_in("reception")
    with pytest.raises(waiting.WrongCount) as wrong:
        office.run(waiting.arrive, people=0)
    assert wrong.value.field == "people"
    with pytest.raises(TextTooLong):
        office.run(waiting.arrive, first_name="x" * 41)
    visit = office.run(waiting.arrive, first_name="  آمنة  ", what="nido\n👶", people=3)
    office.run(waiting.change, visit, 1, first_name="آمنة", what=None, people=4)
    (row,) = board(office)
    assert (row.name, row.what, row.people) == ("آمنة", None, 4)


def called(office: Office) -> list[tuple[str, str | None]]:
    return [(one.ticket, one.name) for one in office.fetch(waiting.public).calls]


def test_the_public_screen_names_nobody_but_who_wants_to_be_named(desk: Desk) -> None:
    office = desk.sign_in("reception")
    for name in ("Anna", None, "Bea"):
        office.run(waiting.arrive, first_name=name)
    for _turn in range(2):
        office.run(waiting.call_next)
        desk.clock.forward(minutes=1)
    assert called(office) == [("A2", None), ("A1", "Anna")]
    desk.clock.forward(minutes=waiting.CALLED_MINUTES)
    assert called(office) == []


@pytest.mark.parametrize("rule", [{"may_call": False}, {"may_write": False}, {"neutral_name": "Biblioteca"}])
def test_the_public_screen_shows_a_number_where_a_rule_holds(desk: Desk, rule: dict[str, object]) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    office.run(contacts.add_contact_point, here.person, kind="mobile", value="333 0000555", **rule)  # type: ignore[arg-type]
    office.run(waiting.arrive, appointment_id=book(office, here.person), first_name="Ines")
    office.run(waiting.call_next)
    assert called(office) == [("A1", None)]
    assert [row.name for row in board(office)] == ["Ines"]


def test_of_a_protected_person_there_is_a_number_and_nothing_else(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    visit = head.run(waiting.arrive, appointment_id=book(head, here.protected), first_name="Rita", what="udienza")
    (seen,) = board(reception)
    assert (seen.ticket, seen.name, seen.what, seen.appointment_at) == ("A1", None, None, None)
    head.run(waiting.change, visit, version(head, Visit, visit), first_name="Rita", what="x", people=2)
    assert [(row.name, row.what) for row in board(reception)] == [(None, None)]
    reception.run(waiting.call_next)
    assert called(reception) == [("A1", None)]
    reception.run(waiting.arrive)
    assert tickets(reception) == ["A1", "A2"], "no number is given twice"


def test_who_was_protected_meanwhile_is_not_named_any_more(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    reception.run(waiting.arrive, appointment_id=book(reception, here.person), first_name="Ines")
    reception.run(waiting.call_next)
    assert called(reception) == [("A1", "Ines")]
    head.run(people.set_protection, here.person, 1, protected=True, restricted=False, reason="minacce")
    assert called(reception) == called(head) == [("A1", None)]


def told(office: Office) -> list[tuple[str, str | None, str | None, str | None]]:
    """What the board and Today tell of those who wait; both the same."""
    rows = board(office)
    assert office.fetch(today.board).waiting == rows
    return [(row.ticket, row.name, row.first_name, row.what) for row in rows]


@pytest.mark.parametrize("guard", ["protected", "restricted", "blocked"])
def test_the_board_tells_nothing_of_who_was_guarded_meanwhile(desk: Desk, guard: str) -> None:
    here = seed(desk.sign_in("coordinator"))
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    visit = head.run(waiting.arrive, appointment_id=book(head, here.person), first_name="Ines", what="udienza")
    assert told(reception) == [("A1", "Ines", "Ines", "udienza")]
    if guard == "blocked":
        head.run(people.block, here.person, reception.actor.staff_id, "vicina di casa")
        assert told(head) == [("A1", "Ines", "Ines", "udienza")]
    else:
        flags = {"protected": False, "restricted": False, guard: True}
        head.run(people.set_protection, here.person, 1, reason="minacce", **flags)  # type: ignore[arg-type]
        assert told(head) == [("A1", "Prova Ines", None, None)]
    assert told(reception) == [("A1", None, None, None)]
    assert board(reception)[0].appointment_at is None
    reception.run(waiting.call_next)
    assert called(reception) == [("A1", None)]
    reception.run(waiting.change, visit, version(head, Visit, visit), first_name=None, people=2, what=None)
    if guard == "blocked":
        assert told(head) == [("A1", "Ines", "Ines", "udienza")], "who may not read the words does not wipe them out"


@pytest.mark.postgres
def test_three_desks_give_an_appointment_that_arrived_one_number(server_desk: Desk) -> None:
    here = seed(server_desk.sign_in("coordinator"))
    desks = [server_desk.sign_in(role) for role in ("reception", "social_worker", "coordinator")]
    appointment = book(desks[0], here.person)
    desks[0].run(calendar.set_state, appointment, version(desks[0], Appointment, appointment), "arrived")

    def check_in(office: Office) -> bool:
        try:
            return bool(office.run(waiting.arrive, appointment_id=appointment))
        except waiting.AlreadyHere:
            return False

    with ThreadPoolExecutor(len(desks)) as pool:
        assert sorted(pool.map(check_in, desks)) == [False, False, True]
    assert tickets(desks[0]) == ["A1"]


def test_the_arrival_can_be_taken_back(desk: Desk) -> None:
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    appointment = book(office, here.person)
    office.run(waiting.arrive, appointment_id=appointment)
    office.run(waiting.take_back, appointment)
    assert board(office) == ()
    assert state(office, appointment) == "planned"


def test_the_administrator_has_no_waiting_room(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.office.fetch(waiting.board)


def test_letters_of_many_access_points() -> None:
    assert [letter(place) for place in (0, 1, 25, 26, 52)] == ["A", "B", "Z", "AA", "BA"]
