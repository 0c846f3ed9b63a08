"""Meetings take rooms, colleagues and things as appointments do: told by name and number, never counted twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from famdesk.data.failures import NotPossible
from famdesk.data.tables.calendar import Appointment, Resource
from famdesk.data.tables.programmes import Initiative, Meeting, MeetingParty
from famdesk.data.tx import Tx
from famdesk.domain.calendar.claims import Overlap, TakenMeanwhile, TakenSince
from famdesk.domain.ids import new_id
from famdesk.usecases.calendar import absences, calendar, free_slots
from famdesk.usecases.calendar.free_slots import SlotSearch
from famdesk.usecases.office import Office
from famdesk.usecases.programmes import meetings
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


def write(office: Office, *records: Any) -> None:
    def rows(tx: Tx) -> None:
        with tx.doing("calendar.book"):
            for record in records:
                tx.add(record)

    office.run(rows)


def meeting(office: Office, day: date = DAY, starts: time = time(9), *parties: MeetingParty, **values: Any) -> Meeting:
    cycle = Initiative(name="Papà in gioco", kind="cycle")
    found = Meeting(initiative_id=cycle.id, number=3, day=day, starts=starts, **values)
    for party in parties:
        party.meeting_id = found.id
    write(office, cycle, found, *parties)
    return found


def conflicts(office: Office, starts: time = time(9, 30), **wanted: Any) -> list[str]:
    moment = at(starts.hour, starts.minute)
    rows = office.fetch(calendar.conflicts, starts=moment, ends=moment + HOUR, **wanted)
    return [row.text for row in rows if row.blocking]


def test_a_leader_is_told_once_with_initiative_and_number(lead: Office, seeded: Seeded) -> None:
    meeting(lead, leader_staff_id=lead.actor.staff_id, room_id=seeded.room, minutes=90)
    assert conflicts(lead, staff_id=lead.actor.staff_id, room_id=seeded.room) == [
        "Prova coordinator already leads a meeting at 9:00 (Papà in gioco, meeting 3).",
        "Stanza 1 is already taken at 9:00 (Papà in gioco, meeting 3).",
    ]


def test_colleagues_and_things_beside_the_leader_are_taken(lead: Office, seeded: Seeded) -> None:
    mediator = Resource(name="Mediatrice", kind="mediator", languages="ar")
    write(lead, mediator)
    meeting(lead, DAY, time(9), MeetingParty(kind="educator", staff_id=lead.actor.staff_id),
            MeetingParty(kind="interpreter", resource_id=mediator.id))  # fmt: skip
    assert conflicts(lead, staff_id=lead.actor.staff_id) == [
        "Prova coordinator already works at a meeting at 9:00 (Papà in gioco, meeting 3)."
    ]
    search = SlotSearch(60, DAY, DAY, staff_ids=(lead.actor.staff_id,), from_time=time(9))
    slots = lead.fetch(free_slots.find, search)
    assert slots[0].starts == at(10)


def test_an_absence_counts_a_meeting_once(lead: Office, seeded: Seeded) -> None:
    staff = lead.actor.staff_id
    meeting(lead, DAY, time(9), MeetingParty(kind="leader", staff_id=staff), leader_staff_id=staff)
    found = lead.fetch(absences.affected, staff, at(0), at(23))
    assert (found.rows, found.hidden, found.meetings) == ((), 0, 1)


def test_no_desk_books_over_a_meeting_and_no_meeting_over_an_appointment(lead: Office, seeded: Seeded) -> None:
    meeting(lead, room_id=seeded.room)
    with pytest.raises(Overlap):
        lead.run(calendar.book, starts=at(9, 30), ends=at(10, 30), kind="interview", room_id=seeded.room)
    lead.run(calendar.book, starts=at(14), ends=at(15), kind="interview", room_id=seeded.room)
    with pytest.raises(TakenMeanwhile) as caught:
        meeting(lead, DAY, time(14, 30), room_id=seeded.room)
    assert caught.value.sentence().startswith("Stanza 1 is already taken at that time")


def test_a_meeting_does_not_come_back_over_what_was_booked_since(desk: Desk, lead: Office, seeded: Seeded) -> None:
    found = meeting(lead, room_id=seeded.room)
    lead.run(meetings.cancel_meeting, found.id, version(lead, Meeting, found.id), "Sala chiusa")
    desk.sign_in("reception").run(
        calendar.book, starts=at(9), ends=at(10), kind="interview", room_id=seeded.room, overlap_reason="Divisa in due"
    )
    with pytest.raises(TakenSince) as caught:
        lead.undo()
    assert "Stanza 1" in caught.value.sentence()


def test_a_meeting_comes_back_beside_what_stood_there_already(lead: Office, seeded: Seeded) -> None:
    lead.run(calendar.book, starts=at(9), ends=at(10), kind="interview", room_id=seeded.room)
    found = meeting(lead, room_id=seeded.room, overlap_reason="Divisa in due")
    lead.run(meetings.cancel_meeting, found.id, version(lead, Meeting, found.id), "Sala chiusa")
    lead.undo()
    assert conflicts(lead, room_id=seeded.room)[1:] == ["Stanza 1 is already taken at 9:00 (Papà in gioco, meeting 3)."]


@pytest.mark.parametrize("first", [Meeting, Appointment])
def test_nothing_takes_the_id_of_another_to_free_what_it_takes(
    lead: Office, seeded: Seeded, first: type[Meeting] | type[Appointment]
) -> None:
    """A meeting written with the id of an appointment would put its own claims in place of the appointment's."""
    cycle = Initiative(name="Papà in gioco", kind="cycle")
    write(lead, cycle)
    mine = new_id()
    rows: dict[type, Callable[..., Any]] = {
        Meeting: lambda key, **more: Meeting(id=key, initiative_id=cycle.id, number=3, day=DAY, starts=time(9), **more),
        Appointment: lambda key, **more: Appointment(
            id=key, kind="interview", state="planned", starts=at(9), ends=at(10), **more
        ),
    }
    other = Appointment if first is Meeting else Meeting
    write(lead, rows[first](mine, room_id=seeded.room))
    with pytest.raises(NotPossible):
        write(lead, rows[other](mine))
    second = new_id()
    write(lead, rows[other](second))
    renamed = update(other).where(other.id == second).values(id=mine)
    with pytest.raises(NotPossible):
        lead.run(lambda tx: tx.session.connection().execute(renamed))
    assert len(conflicts(lead, room_id=seeded.room)) == 1
