"""Nobody and nothing is taken twice, whichever way it comes about: undo, two desks, rows written past the checks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tx import Tx
from famdesk.domain.calendar.claims import Overlap, TakenMeanwhile, TakenSince
from famdesk.usecases.calendar import calendar, parties
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version

HOUR = timedelta(hours=1)


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def book(office: Office, starts: datetime, **more: Any) -> str:
    return office.run(calendar.book, **{"starts": starts, "ends": starts + HOUR, "kind": "interview", **more})


def raw(office: Office, *rows: dict[str, Any]) -> None:
    """Rows as an import writes them: no use-case has asked whether the time is free."""

    def write(tx: Tx) -> None:
        with tx.doing("calendar.book"):
            for row in rows:
                tx.add(Appointment(**{"kind": "interview", "state": "planned", "ends": row["starts"] + HOUR, **row}))

    office.run(write)


def spans(office: Office) -> list[tuple[str, str]]:
    return [(f"{row.starts:%H:%M}", row.state) for row in office.fetch(calendar.appointments, DAY, DAY)]


def test_undo_of_a_cancellation_whose_room_was_taken_since(desk: Desk, lead: Office, seeded: Seeded) -> None:
    first = book(lead, at(17), room_id=seeded.room)
    lead.run(calendar.cancel, first, 1, "family")
    book(desk.sign_in("reception"), at(17, 30), room_id=seeded.room)
    with pytest.raises(TakenSince) as caught:
        lead.undo()
    assert caught.value.sentence() == (
        "This cannot be brought back: Stanza 1 has been booked for another appointment since (Thu 13 Feb, 17:30)."
    )
    assert spans(lead) == [("17:00", "cancelled"), ("17:30", "planned")]
    assert lead.undo_label() == "Appointment of Thu 13 Feb, 17:00 booked"  # what was before it stays within reach


def test_undo_brings_nothing_with_a_reason_over_a_newer_booking(desk: Desk, lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), room_id=seeded.room)
    second = book(lead, at(17, 30), room_id=seeded.room, overlap_reason="stanza grande")
    lead.run(calendar.cancel, second, 1, "family")
    book(desk.sign_in("reception"), at(18), room_id=seeded.room)
    with pytest.raises(TakenSince) as caught:
        lead.undo()
    assert "Stanza 1" in caught.value.sentence()
    assert "18:00" in caught.value.sentence()
    assert spans(lead) == [("17:00", "planned"), ("17:30", "cancelled"), ("18:00", "planned")]


def test_undo_brings_back_beside_what_stood_there_before(lead: Office, seeded: Seeded) -> None:
    first = book(lead, at(17), room_id=seeded.room)
    second = book(lead, at(17, 30), room_id=seeded.room, overlap_reason="stanza grande")
    lead.run(calendar.cancel, second, 1, "family")
    lead.run(calendar.set_state, first, 1, "confirmed")  # touched since, but it stood there
    lead.undo()
    lead.undo()
    assert spans(lead) == [("17:00", "planned"), ("17:30", "planned")]


def test_undo_does_not_come_over_what_was_confirmed_since(desk: Desk, lead: Office, seeded: Seeded) -> None:
    """As before, by another desk, which leaves its step in the journal and not in one's own list."""
    first = book(lead, at(17), room_id=seeded.room)
    second = book(lead, at(17, 30), room_id=seeded.room, overlap_reason="stanza grande")
    lead.run(calendar.cancel, second, 1, "family")
    desk.sign_in("reception").run(calendar.set_state, first, 1, "confirmed")
    lead.undo()
    assert spans(lead) == [("17:00", "confirmed"), ("17:30", "planned")]


def test_undo_beside_who_was_on_the_way_before(desk: Desk, lead: Office, seeded: Seeded) -> None:
    """Confirmed since, but its way stood there when the step was made."""
    mine = lead.actor.staff_id
    first = book(lead, at(17), staff_id=mine, kind="home_visit")
    second = book(lead, at(18, 10), staff_id=mine, overlap_reason="per telefono")
    lead.run(calendar.set_state, second, 1, "arrived")
    desk.sign_in("reception").run(calendar.set_state, first, 1, "confirmed")
    lead.undo()
    assert spans(lead) == [("17:00", "confirmed"), ("18:10", "planned")]


def test_undo_over_a_newer_booking_that_itself_has_a_reason(desk: Desk, lead: Office, seeded: Seeded) -> None:
    mine = lead.actor.staff_id
    first = book(lead, at(17), room_id=seeded.room)
    book(lead, at(17), staff_id=mine)
    lead.run(calendar.cancel, first, 1, "family")
    book(desk.sign_in("reception"), at(17), room_id=seeded.room, staff_id=mine, overlap_reason="in due")
    with pytest.raises(TakenSince):
        lead.undo()


def test_undo_of_a_move_into_a_time_that_another_was_moved_to(desk: Desk, lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), room_id=seeded.room)
    second = book(lead, at(17, 30), room_id=seeded.room, overlap_reason="stanza grande")
    other = book(lead, at(9), room_id=seeded.room)
    lead.run(calendar.move, second, 1, at(11))
    desk.sign_in("reception").run(calendar.move, other, 1, at(18))
    with pytest.raises(TakenSince):
        lead.undo()


def test_undo_over_a_thing_that_was_added_to_another_since(desk: Desk, lead: Office, seeded: Seeded) -> None:
    first = book(lead, at(17), room_id=seeded.room)
    room = Extras((Party("room", seeded.room),))
    second = book(lead, at(17), extras=room, overlap_reason="stanza grande")
    lead.run(calendar.cancel, second, 1, "family")
    lead.run(calendar.cancel, first, 1, "family")
    book(desk.sign_in("reception"), at(17), extras=room)
    lead._done.pop()
    with pytest.raises(TakenSince):
        lead.undo()


def test_redo_into_a_time_that_was_taken(desk: Desk, lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), staff_id=lead.actor.staff_id)
    lead.undo()
    book(desk.sign_in("reception"), at(17), staff_id=lead.actor.staff_id)
    with pytest.raises(TakenSince):
        lead.redo()
    assert spans(lead) == [("17:00", "planned")]


def test_rows_written_past_the_checks_are_refused_whole(lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), room_id=seeded.room)
    with pytest.raises(TakenMeanwhile) as caught:
        raw(lead, {"starts": at(9), "room_id": seeded.room}, {"starts": at(16, 30), "room_id": seeded.room})
    assert (caught.value.field, caught.value.params["who"]) == ("room_id", "Stanza 1")
    assert "Stanza 1" in caught.value.sentence()
    assert spans(lead) == [("17:00", "planned")]


def test_two_rows_of_one_change_against_each_other(lead: Office, seeded: Seeded) -> None:
    with pytest.raises(TakenMeanwhile):
        raw(lead, {"starts": at(9), "staff_id": lead.actor.staff_id},
            {"starts": at(9, 30), "staff_id": lead.actor.staff_id})  # fmt: skip
    assert spans(lead) == []


def test_an_absence_of_days_takes_the_colleague(lead: Office, seeded: Seeded) -> None:
    staff = lead.actor.staff_id
    raw(lead, {"starts": at(8, day=DAY - timedelta(days=3)), "ends": at(18, day=DAY + timedelta(days=3)),
               "kind": "absence", "staff_id": staff})  # fmt: skip
    with pytest.raises(TakenMeanwhile):
        raw(lead, {"starts": at(9), "staff_id": staff})
    with pytest.raises(Overlap) as caught:
        book(lead, at(9), staff_id=staff)
    assert caught.value.sentence().startswith(
        "Prova coordinator is absent from Mon 10 Feb, 8:00 until Sun 16 Feb, 18:00."
    )


def test_a_reason_makes_two_of_one_room(lead: Office, seeded: Seeded) -> None:
    book(lead, at(17), room_id=seeded.room)
    second = book(lead, at(17, 30), room_id=seeded.room, overlap_reason="stanza grande")
    lead.run(calendar.set_state, second, 1, "confirmed")
    with pytest.raises(Overlap):
        book(lead, at(17, 15), room_id=seeded.room)


def test_a_swap_in_one_step_is_no_overlap(lead: Office, seeded: Seeded) -> None:
    one, two = book(lead, at(9), room_id=seeded.room), book(lead, at(10), room_id=seeded.room)

    def swap(tx: Tx) -> None:
        with tx.doing("calendar.move"):
            early, late = tx.get(Appointment, one), tx.get(Appointment, two)
            early.starts, early.ends = at(10), at(11)
            tx.session.flush()
            late.starts, late.ends = at(9), at(10)

    lead.run(swap)
    assert [row.id for row in lead.fetch(calendar.appointments, DAY, DAY)] == [two, one]


def test_a_party_takes_what_it_is(desk: Desk, lead: Office, seeded: Seeded) -> None:
    booked = book(lead, at(17))
    lead.run(parties.set_extras, booked, 1, Extras((Party("room", seeded.room),)))
    reception = desk.sign_in("reception")
    with pytest.raises(Overlap) as caught:
        book(reception, at(17, 30), room_id=seeded.room)
    assert caught.value.field == "room_id"
    lead.undo()
    book(reception, at(17, 30), room_id=seeded.room)
    with pytest.raises(TakenSince):
        lead.redo()


def test_who_is_on_the_way_is_taken_and_the_room_is_not(lead: Office, seeded: Seeded) -> None:
    staff = lead.actor.staff_id
    book(lead, at(10), kind="home_visit", staff_id=staff, room_id=seeded.room, person_id=seeded.person)
    with pytest.raises(Overlap) as caught:
        book(lead, at(11), staff_id=staff)
    assert caught.value.sentence() == (
        "Prova coordinator is on the way between 9:40 and 11:20 (Home visit). Prova coordinator is free from 11:30."
    )
    book(lead, at(11), room_id=seeded.room)
    book(lead, at(11, 20), staff_id=staff)


def test_versions_of_others_stay(lead: Office, seeded: Seeded) -> None:
    """What the triggers write is nobody's change."""
    booked = book(lead, at(17), room_id=seeded.room)
    assert version(lead, Appointment, booked) == 1
