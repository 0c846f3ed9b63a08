"""A small centre for tests of the calendar: hours, rooms, persons, written directly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from famdesk.data.base import Record
from famdesk.data.tables.directory import AccessPoint, Closure, OpeningRule, Place, Room
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.usecases.office import Office

DAY = date(2025, 2, 13)
"""A Thursday; the access point is open from 17 to 19."""


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """A local time of that Thursday."""
    return datetime.combine(day, time(hour, minute))


@dataclass(frozen=True)
class Seeded:
    """Ids of the records: `point` is open Tuesday 12–14 and Thursday 17–19 and closed on Thursday 20 February."""

    point: str
    unknown_point: str
    room: str
    other_room: str
    person: str
    protected: str
    meeting: str


def seed(office: Office) -> Seeded:
    """Writes the records as the signed-in person."""
    place = Place(name="piazza Giovanni XXIII", kind="centre")
    point = AccessPoint(name="piazza Giovanni XXIII", place_id=place.id, main=True)
    unknown = AccessPoint(name="Polo per l'infanzia", place_id=place.id, position=1)
    room, other = Room(name="Stanza 1", place_id=place.id), Room(name="Stanza 2", place_id=place.id)
    person = Person(surname="Prova", given_name="Ines", alias="INES", fictional=True)
    hidden = Person(surname="Nascosta", given_name="Rita", protected=True, fictional=True)
    cycle = Initiative(name="A.Pe", kind="cycle", function="B")
    meeting = Meeting(initiative_id=cycle.id, number=1, day=DAY, starts=time(17, 30), minutes=90, room_id=other.id)
    hours = [
        OpeningRule(access_point_id=point.id, weekday=2, opens=time(12), closes=time(14)),
        OpeningRule(access_point_id=point.id, weekday=4, opens=time(17), closes=time(19)),
        Closure(access_point_id=point.id, first_day=date(2025, 2, 20), last_day=date(2025, 2, 20), reason="Assemblea"),
    ]

    def write(tx: Tx) -> None:
        records: list[Record] = [place, point, unknown, room, other, cycle, meeting, *hours, person, hidden]
        with tx.doing("calendar.book"):
            for record in records:
                tx.add(record)

    office.run(write)
    return Seeded(point.id, unknown.id, room.id, other.id, person.id, hidden.id, meeting.id)
