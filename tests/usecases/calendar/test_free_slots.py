"""The first common time: against a search that tries every quarter of an hour, and by example."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from famdesk.usecases.calendar import calendar, free_slots, resources
from famdesk.usecases.calendar.free_slots import SlotSearch
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.resources import ResourceValues
from famdesk.usecases.calendar.taken import Party
from famdesk.usecases.office import Office
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.usecases.calendar.test_claims import book


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def find(office: Office, **more: Any) -> list[str]:
    wanted = SlotSearch(**{"minutes": 60, "first": DAY, "last": DAY, "from_time": time(9), "to_time": time(12), **more})
    return [f"{slot.starts:%H:%M}" for slot in office.fetch(free_slots.find, wanted)]


def test_two_colleagues_a_room_and_a_mediator(desk: Desk, lead: Office, seeded: Seeded) -> None:
    other = desk.sign_in("educator").actor.staff_id
    amal = lead.run(resources.add_resource, ResourceValues("mediator", "Amal", ("ar",)))
    book(lead, at(9), staff_id=lead.actor.staff_id)
    book(lead, at(10), ends=at(10, 20), staff_id=other)
    book(lead, at(11), ends=at(11, 10), extras=Extras((Party("resource", amal),)))
    book(lead, at(8), ends=at(20), room_id=seeded.room)
    both = (lead.actor.staff_id, other)
    assert find(lead, staff_ids=both, minutes=30) == ["10:30", "11:00", "11:30"]
    assert find(lead, staff_ids=both, minutes=30, language="ar") == ["10:30", "11:15"]
    assert find(lead, staff_ids=both, minutes=30, language="uk") == []
    assert find(lead, room_id=seeded.room) == []
    [slot, *_more] = lead.fetch(free_slots.find, SlotSearch(30, DAY, DAY, staff_ids=both, any_room=True, language="ar"))
    assert (slot.room, slot.mediator) == ((seeded.other_room, "Stanza 2"), (amal, "Amal"))


def test_hours_of_an_access_point_and_days(lead: Office, seeded: Seeded) -> None:
    wanted = SlotSearch(60, date(2025, 2, 10), date(2025, 2, 23), access_point_id=seeded.point)
    found = [slot.starts for slot in lead.fetch(free_slots.find, wanted)]
    assert found == [  # Thursday 20 is closed
        datetime(2025, 2, 11, 12), datetime(2025, 2, 11, 13), at(17), at(18), datetime(2025, 2, 18, 12),
        datetime(2025, 2, 18, 13),
    ]  # fmt: skip
    assert find(lead, access_point_id=seeded.point, from_time=time(17, 20), to_time=None) == ["17:30"]
    assert find(lead, weekdays=frozenset({1, 2})) == []
    assert find(lead, after=at(10, 5)) == ["10:15"]


def test_the_way_there_counts(lead: Office, seeded: Seeded) -> None:
    book(lead, at(10), staff_id=lead.actor.staff_id)
    staff = (lead.actor.staff_id,)
    assert find(lead, staff_ids=staff) == ["09:00", "11:00"]
    assert find(lead, staff_ids=staff, minutes=30, travel=(15, 15)) == ["09:00", "11:15"]


def test_persons_and_the_changed_appointment(lead: Office, seeded: Seeded) -> None:
    booked = book(lead, at(9), person_id=seeded.person)
    assert find(lead, person_ids=(seeded.person,)) == ["10:00", "11:00"]
    assert find(lead, person_ids=(seeded.person,), exclude=booked) == ["09:00", "10:00", "11:00"]


@pytest.mark.parametrize(
    ("values", "error"),
    [({"minutes": 0}, free_slots.BadLength), ({"last": DAY - timedelta(days=1)}, free_slots.BadDays),
     ({"last": DAY + timedelta(days=100)}, free_slots.BadDays), ({"to_time": time(8)}, free_slots.BadHours)],
)  # fmt: skip
def test_what_cannot_be_looked_for(lead: Office, values: dict[str, Any], error: type[Any]) -> None:
    with pytest.raises(error):
        find(lead, **values)


def test_every_answer_can_be_booked_and_none_is_left_out(file_desk: Desk) -> None:
    """Against trying out each quarter of an hour by the conflicts of the editor."""
    lead = file_desk.sign_in("coordinator")
    here, staff = seed(lead), lead.actor.staff_id
    for hour, minute, length in ((8, 0, 50), (9, 10, 20), (10, 45, 30), (13, 5, 25), (16, 0, 90)):
        starts = at(hour, minute)
        book(lead, starts, ends=starts + timedelta(minutes=length), staff_id=staff,
             room_id=here.room if minute else None)  # fmt: skip
    wanted = SlotSearch(45, DAY, DAY, staff_ids=(staff,), room_id=here.room)
    found = lead.fetch(free_slots.find, wanted)
    start, expected = at(8), []
    while start + timedelta(minutes=45) <= at(19):
        ends = start + timedelta(minutes=45)
        if lead.fetch(calendar.conflicts, start, ends, staff, here.room):
            start += timedelta(minutes=15)
            continue
        expected.append(start)
        start = ends
    assert [slot.starts for slot in found] == expected
    for slot in found:
        book(lead, slot.starts, ends=slot.ends, staff_id=staff, room_id=here.room)
