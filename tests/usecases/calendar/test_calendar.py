"""Appointments on both engines: booking, overlaps in words, states, who sees what, undo."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from famdesk.domain.calendar.calendar import EndsBeforeStart, StateNotAllowed
from famdesk.domain.errors import Forbidden, NotFound, Stale
from famdesk.usecases import journal
from famdesk.usecases.calendar import appointment_checks, appointment_rows, calendar, calendar_board
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk

HOUR = timedelta(hours=1)
FIVE = at(17)


@pytest.fixture
def lead(desk: Desk) -> Office:
    """The coordinator, who sees everything of the centre."""
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def book(office: Office, starts: datetime = FIVE, **more: Any) -> str:
    values = {"ends": starts + HOUR, "kind": "interview", **more}
    return office.run(calendar.book, starts=starts, **values)


def rows(office: Office, **more: Any) -> list[appointment_rows.AppointmentRow]:
    return list(office.fetch(calendar.appointments, DAY, DAY, **more))


def one(office: Office, row_id: str) -> appointment_rows.AppointmentRow:
    return next(row for row in rows(office) if row.id == row_id)


def spans(office: Office) -> list[tuple[str, str]]:
    return [(f"{row.starts:%H:%M}", f"{row.ends:%H:%M}") for row in rows(office)]


def sentences(office: Office, starts: datetime, **more: Any) -> list[tuple[str, bool]]:
    found = office.fetch(calendar.conflicts, starts, starts + HOUR, **more)
    return [(row.text, row.blocking) for row in found]


def test_booked_appointment_is_in_its_day_with_all_names(lead: Office, seeded: Seeded) -> None:
    booked = book(lead, person_id=seeded.person, staff_id=lead.actor.staff_id, room_id=seeded.room,
                  access_point_id=seeded.point, function="A", label=" con il padre ")  # fmt: skip
    row = one(lead, booked)
    assert (row.title, row.who, row.label) == ("Interview", "Prova Ines", "con il padre")
    assert (row.staff, row.room, row.access_point) == ("Prova coordinator", "Stanza 1", "piazza Giovanni XXIII")
    assert (row.starts, row.ends, row.state, row.masked) == (at(17), at(18), "planned", False)
    assert lead.fetch(calendar.appointments, date(2025, 2, 14), date(2025, 2, 20)) == ()


def test_filters(lead: Office, seeded: Seeded) -> None:
    mine = book(lead, staff_id=lead.actor.staff_id)
    inside = book(lead, at(9), room_id=seeded.room, access_point_id=seeded.point)
    assert [row.id for row in rows(lead, staff_id=lead.actor.staff_id)] == [mine]
    assert [row.id for row in rows(lead, room_id=seeded.room)] == [inside]
    assert [row.id for row in rows(lead, access_point_id=seeded.point)] == [inside]
    assert [row.id for row in rows(lead)] == [inside, mine]


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        ({"ends": at(17)}, EndsBeforeStart, "ends"),
        ({"ends": at(9, day=date(2025, 2, 14))}, appointment_checks.NotOneDay, "ends"),
        ({"kind": "tea"}, appointment_checks.UnknownKind, "kind"),
        ({"function": "D"}, appointment_checks.UnknownFunction, "function"),
        ({"starts": datetime(2025, 3, 30, 2, 15), "ends": datetime(2025, 3, 30, 4)}, appointment_checks.NoSuchTime,
         "starts"),
    ],
)  # fmt: skip
def test_rules_name_their_field(lead: Office, values: dict[str, Any], error: type[Any], field: str) -> None:
    with pytest.raises(error) as caught:
        lead.run(calendar.book, **{"starts": at(17), "ends": at(18), "kind": "interview", **values})
    assert caught.value.field == field
    assert rows(lead) == []


def test_appointment_may_end_at_midnight(lead: Office) -> None:
    book(lead, at(23), ends=datetime(2025, 2, 14))
    assert spans(lead) == [("23:00", "00:00")]


def test_taken_colleague_is_told_and_needs_a_reason(lead: Office, seeded: Seeded) -> None:
    staff = lead.actor.staff_id
    book(lead, at(17, 30), staff_id=staff, person_id=seeded.person)
    with pytest.raises(calendar.Overlap) as caught:
        book(lead, staff_id=staff)
    assert caught.value.field == "staff_id"
    assert caught.value.sentence() == (
        "Prova coordinator already has an appointment at 17:30 (Interview). "
        "Prova coordinator is free next on Fri 14 Feb, 8:00."
    )
    second = book(lead, staff_id=staff, overlap_reason="due sorelle insieme")
    assert one(lead, second).overlaps
    assert lead.fetch(calendar.appointment, second).overlap_reason == "due sorelle insieme"
    assert lead.fetch(journal.history, "appointment", second)[0].reason == "due sorelle insieme"


def test_touching_is_no_overlap(lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), staff_id=lead.actor.staff_id, room_id=seeded.room)
    book(lead, at(18), staff_id=lead.actor.staff_id, room_id=seeded.room)
    assert spans(lead) == [("17:00", "18:00"), ("18:00", "19:00")]


def test_taken_room_is_told(lead: Office, seeded: Seeded) -> None:
    book(lead, room_id=seeded.room)
    with pytest.raises(calendar.Overlap) as caught:
        book(lead, at(17, 45), room_id=seeded.room)
    assert (caught.value.field, caught.value.sentence()) == (
        "room_id", "Stanza 1 is already taken at 17:00 (Interview). Stanza 1 is free from 18:00.",
    )  # fmt: skip


def test_meeting_of_an_initiative_takes_its_room(lead: Office, seeded: Seeded) -> None:
    assert sentences(lead, at(18, 30), room_id=seeded.other_room) == [
        ("Stanza 2 is already taken at 17:30 (A.Pe, meeting 1).", True),
    ]
    assert sentences(lead, at(19), room_id=seeded.other_room) == []


def test_absent_colleague(lead: Office) -> None:
    book(lead, at(8), ends=at(13), kind="absence", staff_id=lead.actor.staff_id)
    assert sentences(lead, at(9), staff_id=lead.actor.staff_id) == [
        ("Prova coordinator is absent from 8:00 to 13:00.", True),
    ]


def test_person_elsewhere_is_a_hint_only(lead: Office, seeded: Seeded) -> None:
    book(lead, at(17, 30), person_id=seeded.person)
    assert sentences(lead, at(17), person_id=seeded.person) == [
        ("Prova Ines already has another appointment at 17:30 (Interview).", False),
    ]
    book(lead, at(17), person_id=seeded.person)
    assert len(rows(lead)) == 2


def test_closed_access_point_is_a_hint_only(lead: Office, seeded: Seeded) -> None:
    point = seeded.point
    assert sentences(lead, at(17), access_point_id=point) == []
    assert sentences(lead, at(18, 30), access_point_id=point) == [("piazza Giovanni XXIII is closed at 18:30.", False)]
    [(text, blocking)] = sentences(lead, at(17, day=date(2025, 2, 20)), access_point_id=point)
    assert text == "piazza Giovanni XXIII is closed on Thursday 20 February: Assemblea."
    assert not blocking
    assert sentences(lead, at(3), access_point_id=seeded.unknown_point) == []
    book(lead, at(9), access_point_id=point)


def test_own_appointment_is_no_conflict_with_itself(lead: Office) -> None:
    booked = book(lead, staff_id=lead.actor.staff_id)
    assert sentences(lead, at(17), staff_id=lead.actor.staff_id, exclude=booked) == []


def test_next_free_time_lies_in_the_opening_hours(lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), ends=at(17, 40), staff_id=lead.actor.staff_id)
    wanted = {"staff_id": lead.actor.staff_id, "access_point_id": seeded.point}
    assert lead.fetch(calendar.next_free, at(17), at(18), **wanted) == at(17, 45)
    # 90 minutes fit neither that Thursday nor, closed, the next one: Tuesday 12–14 has them
    assert lead.fetch(calendar.next_free, at(17), at(18, 30), **wanted) == datetime(2025, 2, 18, 12)


def test_next_free_without_known_hours_is_in_working_hours(lead: Office, seeded: Seeded) -> None:
    book(lead, at(18), staff_id=lead.actor.staff_id)
    free = lead.fetch(calendar.next_free, at(18), at(19), lead.actor.staff_id)
    assert free == datetime(2025, 2, 14, 8)
    easter_monday = datetime(2025, 4, 21, 8)
    assert lead.fetch(calendar.next_free, easter_monday, easter_monday + HOUR) == datetime(2025, 4, 22, 8)


def test_cancelled_appointment_frees_its_time(lead: Office) -> None:
    booked = book(lead, staff_id=lead.actor.staff_id)
    lead.run(calendar.cancel, booked, 1, "family", "malata")
    detail = lead.fetch(calendar.appointment, booked)
    assert (detail.state, detail.cancelled_by, detail.reason) == ("cancelled", "family", "malata")
    book(lead, staff_id=lead.actor.staff_id)
    with pytest.raises(calendar.Overlap):
        lead.run(calendar.set_state, booked, detail.version, "planned")
    lead.run(calendar.set_state, booked, detail.version, "planned", overlap_reason="insieme")
    again = lead.fetch(calendar.appointment, booked)
    assert (again.state, again.cancelled_by, again.reason) == ("planned", None, None)


def test_who_cancelled_must_be_said(lead: Office) -> None:
    booked = book(lead)
    with pytest.raises(appointment_checks.UnknownCanceller):
        lead.run(calendar.cancel, booked, 1, "nobody")
    with pytest.raises(appointment_checks.UnknownCanceller):
        lead.run(calendar.set_state, booked, 1, "cancelled")


def test_states_follow_their_paths(lead: Office) -> None:
    booked = book(lead)
    for version, state in enumerate(("confirmed", "arrived", "done"), start=1):
        lead.run(calendar.set_state, booked, version, state)
    assert one(lead, booked).state == "done"
    with pytest.raises(StateNotAllowed):
        lead.run(calendar.set_state, booked, 4, "no_show")


def test_move_keeps_the_length_and_checks_the_new_colleague(lead: Office, seeded: Seeded) -> None:
    booked = book(lead, ends=at(17, 45), room_id=seeded.room)
    book(lead, at(9), staff_id=lead.actor.staff_id)
    lead.run(calendar.move, booked, 1, at(10))
    assert spans(lead) == [("09:00", "10:00"), ("10:00", "10:45")]
    with pytest.raises(calendar.Overlap):
        lead.run(calendar.move, booked, 2, at(9, 30), staff_id=lead.actor.staff_id)
    lead.run(calendar.move, booked, 2, at(10), staff_id=lead.actor.staff_id)
    row = one(lead, booked)
    assert (row.staff, row.room) == ("Prova coordinator", "Stanza 1")


def test_stretch(lead: Office) -> None:
    booked = book(lead)
    lead.run(calendar.stretch, booked, 1, at(19))
    assert spans(lead) == [("17:00", "19:00")]
    with pytest.raises(EndsBeforeStart):
        lead.run(calendar.stretch, booked, 2, at(17))


def test_change_keeps_an_allowed_overlap_while_the_time_stays(lead: Office) -> None:
    staff = lead.actor.staff_id
    book(lead, staff_id=staff)
    second = book(lead, staff_id=staff, overlap_reason="insieme")
    values = {"starts": at(17), "ends": at(18), "kind": "couple", "person_id": None, "staff_id": staff,
              "access_point_id": None, "room_id": None, "function": "B", "label": "nuovo"}  # fmt: skip
    lead.run(calendar.change, second, 1, **values)
    detail = lead.fetch(calendar.appointment, second)
    assert (detail.kind, detail.function, detail.label, detail.overlap_reason) == ("couple", "B", "nuovo", "insieme")
    with pytest.raises(calendar.Overlap):
        lead.run(calendar.change, second, 2, **{**values, "ends": at(18, 15)})
    lead.run(calendar.change, second, 2, **{**values, "starts": at(18), "ends": at(19), "state": "confirmed"})
    detail = lead.fetch(calendar.appointment, second)
    assert (detail.starts, detail.state, detail.overlap_reason) == (at(18), "confirmed", None)


def test_second_save_of_an_old_version_is_refused_with_the_name(desk: Desk, lead: Office) -> None:
    booked = book(lead)
    other = desk.sign_in("reception")
    other.run(calendar.move, booked, 1, at(10))
    with pytest.raises(Stale) as caught:
        lead.run(calendar.move, booked, 1, at(11))
    assert caught.value.params["by"] == "Prova reception"
    assert spans(lead) == [("10:00", "11:00")]


def test_protected_person_is_only_busy_to_others(desk: Desk, lead: Office, seeded: Seeded) -> None:
    booked = book(lead, person_id=seeded.protected, staff_id=lead.actor.staff_id, room_id=seeded.room, function="B")
    reception = desk.sign_in("reception")
    row = one(reception, booked)
    assert row.masked
    assert (row.title, row.who, row.kind, row.label, row.function, row.person_id) == ("busy", "", "", "", None, None)
    assert (row.staff, row.room) == ("Prova coordinator", "Stanza 1")
    for action in (calendar.appointment, calendar.move, calendar.cancel, calendar.set_state, calendar.stretch):
        with pytest.raises(NotFound):
            _touch(reception, action, booked)
    assert sentences(reception, at(17, 30), staff_id=lead.actor.staff_id, room_id=seeded.room) == [
        ("Prova coordinator is already busy at 17:00.", True),
        ("Stanza 1 is already taken at 17:00.", True),
    ]
    lead.run(calendar.cancel, booked, 1, "centre")
    assert rows(reception) == []
    assert one(lead, booked).state == "cancelled"


def _touch(office: Office, action: Any, appointment: str) -> None:
    if action is calendar.appointment:
        office.fetch(action, appointment)
        return
    more = {calendar.move: (at(10),), calendar.stretch: (at(19),), calendar.cancel: ("family",)}
    office.run(action, appointment, 1, *more.get(action, ("arrived",)))


def test_nobody_books_for_a_person_whom_they_may_not_see(desk: Desk, seeded: Seeded) -> None:
    with pytest.raises(NotFound):
        book(desk.sign_in("reception"), person_id=seeded.protected)


def test_no_text_beside_a_protected_person(lead: Office, seeded: Seeded) -> None:
    with pytest.raises(appointment_checks.LabelTells) as caught:
        book(lead, person_id=seeded.protected, label="arriva con la sorella")
    assert caught.value.field == "label"


def test_administrator_sees_no_appointments(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.office.fetch(calendar_board.board)
    with pytest.raises(Forbidden):
        book(desk.office)


def test_opening_an_appointment_is_journalled(desk: Desk, lead: Office, seeded: Seeded) -> None:
    booked = book(lead, person_id=seeded.person)
    desk.sign_in("reception").fetch(calendar.appointment, booked)
    _newest, subjects = lead.store.entries_after(lead.actor, 0)
    assert ("appointment", booked, "read", []) in subjects


@pytest.mark.parametrize("step", ["book", "change", "move", "stretch", "cancel", "set_state"])
def test_every_step_can_be_undone_by_name(lead: Office, seeded: Seeded, step: str) -> None:
    if step == "book":
        book(lead)
        label, before = "Appointment of Thu 13 Feb, 17:00 booked", []
    else:
        booked = book(lead, person_id=seeded.person)
        before = [_content(row) for row in rows(lead)]
        label = _step(lead, step, booked)
    assert lead.undo_label() == label
    after = [_content(row) for row in rows(lead)]
    assert after != before
    lead.undo()
    assert [_content(row) for row in rows(lead)] == before
    lead.redo()
    assert [_content(row) for row in rows(lead)] == after


def _content(row: appointment_rows.AppointmentRow) -> tuple[Any, ...]:
    return row.starts, row.ends, row.kind, row.who, row.state, row.label


def _step(office: Office, step: str, booked: str) -> str:
    if step == "change":
        office.run(calendar.change, booked, 1, starts=at(17), ends=at(18), kind="couple", person_id=None,
                   staff_id=None, access_point_id=None, room_id=None, function=None, label="x")  # fmt: skip
        return "Appointment of Thu 13 Feb, 17:00 changed"
    if step == "move":
        office.run(calendar.move, booked, 1, at(9))
        return "Appointment moved to Thu 13 Feb, 9:00"
    if step == "stretch":
        office.run(calendar.stretch, booked, 1, at(18, 30))
        return "Length of the appointment of Thu 13 Feb, 17:00 changed"
    if step == "cancel":
        office.run(calendar.cancel, booked, 1, "family", "malata")
        return "Appointment of Thu 13 Feb, 17:00 cancelled"
    office.run(calendar.set_state, booked, 1, "arrived")
    return "State of the appointment of Thu 13 Feb, 17:00 changed"


def test_board_has_all_of_a_week(lead: Office, seeded: Seeded) -> None:
    booked = book(lead)
    board = lead.fetch(calendar_board.board)
    assert (board.first, board.last, board.now) == (date(2025, 2, 10), date(2025, 2, 16), datetime(2025, 2, 11, 12, 41))
    assert [row.id for row in board.appointments] == [booked]
    [meeting] = board.meetings
    assert (meeting.name, meeting.number, meeting.count, meeting.place) == ("A.Pe", 1, 1, "Stanza 2")
    assert (meeting.starts, meeting.ends) == (at(17, 30), at(19))
    assert [(one.name, one.starts) for one in board.openings] == [
        ("piazza Giovanni XXIII", datetime(2025, 2, 11, 12)),
        ("piazza Giovanni XXIII", at(17)),
    ]
    assert board.closings == ()
    assert "Stanza 1" in {name for _id, name in board.rooms}
    assert {name for _id, name in board.points} == {"piazza Giovanni XXIII", "Polo per l'infanzia"}


def test_board_of_one_day_with_its_closure_in_the_lost_hours(lead: Office, seeded: Seeded) -> None:
    board = lead.fetch(calendar_board.board, date(2025, 2, 20))
    assert (board.first, board.last) == (date(2025, 2, 20), date(2025, 2, 20))
    [closing] = board.closings
    assert closing.reason == "Assemblea"
    holiday = lead.fetch(calendar_board.board, date(2025, 4, 21))
    assert len(holiday.closings) == 1
    assert holiday.closings[0].access_point_id is None
    assert holiday.openings == ()
