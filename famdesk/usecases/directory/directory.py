"""The directory as lists: access points and whether they are open, places, rooms, bodies, services.

Everybody may read all of it. Lists of access points, rooms and closures hold those of the own centre; with
`network=True` those of every centre that shares the directory.
"""

from __future__ import annotations

from datetime import date, datetime

from famdesk.data.tables.centre import Centre
from famdesk.data.tables.directory import AccessPoint, Closure, Room
from famdesk.data.tx import Tx
from famdesk.domain.calendar.hours import ClosedDays
from famdesk.usecases.directory import directory_reads as reads
from famdesk.usecases.directory.directory_rows import (
    BodyRow,
    ClosureRow,
    NextOpening,
    OpenNow,
    OpenPoint,
    PlaceRow,
    PointHours,
    PointRow,
    RoomRow,
    ServiceRow,
)
from famdesk.usecases.registry import query

__all__ = [
    "BodyRow",
    "ClosureRow",
    "NextOpening",
    "OpenNow",
    "OpenPoint",
    "PlaceRow",
    "PointHours",
    "PointRow",
    "RoomRow",
    "ServiceRow",
    "bodies",
    "closures",
    "holidays",
    "open_now",
    "places",
    "points",
    "rooms",
    "services",
    "timetables",
]


@query
def points(tx: Tx, at: datetime | None = None, network: bool = False) -> tuple[PointRow, ...]:
    """The access points with what is to be said of them at a moment (None: now), in the order of the centre."""
    return reads.points_at(tx, at or tx.now(), *reads.own(tx, AccessPoint, network))


@query
def timetables(tx: Tx, first: date, last: date, network: bool = False) -> tuple[PointHours, ...]:
    """The hours of the access points, for calendars and sheets of the days from `first` to `last` included."""
    found = reads.point_records(tx, *reads.own(tx, AccessPoint, network))
    known = reads.timetables_of(tx, found, first, last)
    return tuple(PointHours(point.id, point.name, point.centre_id, known[point.id]) for point in found)


@query
def open_now(tx: Tx, at: datetime | None = None) -> OpenNow:
    """Where the own centre is open at a moment (None: now), and where it opens next."""
    moment = at or tx.now()
    rows = reads.points_at(tx, moment, *reads.own(tx, AccessPoint))
    coming = [
        NextOpening(row.id, row.name, row.next_opening) for row in rows if row.next_opening and not row.open_until
    ]
    return OpenNow(
        moment,
        tuple(OpenPoint(row.id, row.name, row.open_until) for row in rows if row.open_until),
        tuple(sorted(coming, key=lambda row: row.opens)),
        tuple(row.name for row in rows if row.unknown),
    )


@query
def closures(tx: Tx, since: date | None = None) -> tuple[ClosureRow, ...]:
    """The entered closures of the own centre that end on `since` or later (None: all), the first days first."""
    return reads.closure_rows(tx, Closure.centre_id == tx.centre_id, *([Closure.last_day >= since] if since else []))


@query
def holidays(tx: Tx, year: int) -> tuple[ClosedDays, ...]:
    """Public holidays and the patron saint of the own centre's comune, by day; names in the current language."""
    from famdesk.domain.calendar.holidays import closed_days

    centre = tx.session.get(Centre, tx.centre_id)
    return closed_days(date(year, 1, 1), date(year, 12, 31), centre.municipality if centre else None)


@query
def rooms(tx: Tx, network: bool = False) -> tuple[RoomRow, ...]:
    """The rooms that appointments and meetings take, by place and name."""
    return reads.room_rows(tx, *reads.own(tx, Room, network))


@query
def places(tx: Tx) -> tuple[PlaceRow, ...]:
    """All places of the directory, by name."""
    return reads.place_rows(tx)


@query
def bodies(tx: Tx) -> tuple[BodyRow, ...]:
    """All bodies of the directory, by name."""
    return reads.body_rows(tx)


@query
def services(tx: Tx) -> tuple[ServiceRow, ...]:
    """All services of the directory by function, in the order of their centre; past ones at the end."""
    return reads.service_rows(tx)
