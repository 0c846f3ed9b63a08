"""All that the calendar shows for some days, in one question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, select, type_coerce

from famdesk.data.base import EPOCH
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import Place, Room
from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours, periods
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.usecases.calendar import appointment_rows, calendar
from famdesk.usecases.calendar.calendar_conflicts import MEETING_MINUTES
from famdesk.usecases.directory import directory
from famdesk.usecases.registry import query
from famdesk.usecases.staff import staff

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
GONE = "gone"
"""The state of a box where a meeting was to be before it was put off."""


@dataclass(frozen=True, slots=True)
class MeetingBox:
    """A meeting of an initiative with a known day and hour. `minutes_known` False: its length is only supposed.

    `number` of `count` meetings; `place` is the room or the place, or None; `leader` a name or None. `state` is one of
    `MEETING_STATES`, or `GONE` where a meeting was to be before it was put off: `moved_to` then is its new time, None
    as long as that is to be set.
    """

    id: str
    initiative_id: str
    name: str
    function: str | None
    number: int
    count: int
    starts: datetime
    ends: datetime
    minutes_known: bool
    room_id: str | None
    place: str | None
    leader_staff_id: str | None
    leader: str | None
    state: str
    moved_to: datetime | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """An access point is open from `starts` to before `ends`."""

    access_point_id: str
    name: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Closing:
    """Hours of an access point that a closure or holiday takes away; `reason` None: not told.

    `access_point_id` None: the whole day of the whole centre.
    """

    access_point_id: str | None
    name: str
    starts: datetime
    ends: datetime
    reason: str | None


@dataclass(frozen=True, slots=True)
class Board:
    """The days `first` to `last` (included) as the calendar shows them around `day`, read at `now`.

    `colleagues`, `rooms`, `points` are (id, name) for columns, filters and choices.
    """

    now: datetime
    first: date
    last: date
    appointments: tuple[appointment_rows.AppointmentRow, ...]
    meetings: tuple[MeetingBox, ...]
    openings: tuple[Opening, ...]
    closings: tuple[Closing, ...]
    colleagues: tuple[tuple[str, str], ...]
    rooms: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    day: date


@query
def board(tx: Tx, first: date | None = None, last: date | None = None) -> Board:
    """The days `first` to `last` (included). `first` None: this week; `last` None: the first day alone."""
    if first is None:
        return _read(tx, *periods.period(periods.WEEK, tx.today()), tx.today())
    return _read(tx, first, last or first, first)


@query
def board_around(tx: Tx, mode: str = periods.WORK, day: date | None = None) -> Board:
    """What a view of the calendar (one of `periods.MODES`) shows around a day; `day` None: today."""
    around = day or tx.today()
    return _read(tx, *periods.period(mode, around), around)


@query
def busy_days(tx: Tx, first: date, last: date) -> frozenset[date]:
    """The days from `first` to `last` (included) on which something takes place."""
    taking = Appointment.state.in_(OCCUPYING)
    day = (type_coerce(Appointment.starts, Integer) // 1440).label("day")
    rows = tx.rows(select(day).distinct().where(*calendar.within(tx, first, last), taking))
    found = {EPOCH.date() + row.day * _DAY for row in rows}
    for begun in (calendar.reaching(tx, first), (*calendar.within(tx, first, last), calendar.long())):
        for row in tx.rows(select(Appointment.starts, Appointment.ends).where(*begun, taking)):
            days = ((row.ends - _MINUTE).date() - row.starts.date()).days
            found.update(row.starts.date() + n * _DAY for n in range(days + 1))
    meetings = tx.rows(
        select(Meeting.day).distinct()
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .where(Meeting.deleted_at.is_(None), Initiative.deleted_at.is_(None), Meeting.state != "cancelled",
               Meeting.day >= first, Meeting.day <= last, Initiative.centre_id == tx.centre_id)
    )  # fmt: skip
    found.update(row.day for row in meetings)
    return frozenset(one for one in found if first <= one <= last)


def _read(tx: Tx, first: date, last: date, day: date) -> Board:
    timetables = directory.timetables(tx, first, last)
    days = tuple(first + n * _DAY for n in range((last - first).days + 1))
    return Board(
        tx.now(), first, last,
        calendar.appointments(tx, first, last),
        _meetings(tx, first, last),
        tuple(Opening(point.id, point.name, one.starts, one.ends)
              for one_day in days for point in timetables for one in hours.intervals(point.timetable, one_day)),
        tuple(closing for one_day in days for closing in _closings(timetables, one_day)),
        tuple((row.id, row.name) for row in staff.colleagues(tx)),
        tuple((row.id, row.name) for row in directory.rooms(tx)),
        tuple((point.id, point.name) for point in timetables),
        day,
    )  # fmt: skip


def _closings(points: tuple[directory.PointHours, ...], day: date) -> tuple[Closing, ...]:
    """The hours that are lost on a day; one for the whole day if the same closes all access points."""
    closed = [(point, hours.closed_reason(point.timetable, day)) for point in points]
    why = {rest for _point, rest in closed if rest is not None}
    if len(why) == 1 and all(rest is not None for _point, rest in closed):
        start = datetime.combine(day, time())
        return (Closing(None, "", start, start + _DAY, why.pop().reason),)
    return tuple(
        Closing(point.id, point.name, lost.starts, lost.ends, rest.reason)
        for point, rest in closed
        if rest is not None
        for lost in hours.weekly_intervals(point.timetable.slots, day)
    )


def _meetings(tx: Tx, first: date, last: date) -> tuple[MeetingBox, ...]:
    here = tx.rows(_of_meetings().where(Meeting.starts.is_not(None), Meeting.day >= first, Meeting.day <= last,
                                        Initiative.centre_id == tx.centre_id))  # fmt: skip
    gone = tx.rows(_of_meetings().where(
        Meeting.moved_from_starts.is_not(None), Meeting.moved_from >= first, Meeting.moved_from <= last,
        Meeting.state != "cancelled", Initiative.centre_id == tx.centre_id,
    ))  # fmt: skip
    counts = _counts(tx, {row.initiative_id for row in (*here, *gone)})
    found = [_meeting(row, counts[row.initiative_id]) for row in here]
    found += [_left(row, counts[row.initiative_id]) for row in gone]
    return tuple(sorted(found, key=lambda row: (row.starts, row.id)))


def _of_meetings() -> Any:
    return (
        select(Meeting.id, Meeting.initiative_id, Initiative.name, Initiative.function,
               Meeting.number, Meeting.day, Meeting.starts, Meeting.minutes, Meeting.room_id,
               Room.name.label("room"), Place.name.label("place"), Meeting.leader_staff_id, Meeting.leader,
               Meeting.state, Meeting.moved_from, Meeting.moved_from_starts)
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .outerjoin(Room, Room.id == Meeting.room_id)
        .outerjoin(Place, Place.id == Meeting.place_id)
        .where(Meeting.deleted_at.is_(None), Initiative.deleted_at.is_(None))
    )  # fmt: skip


def _meeting(row: Any, count: int) -> MeetingBox:
    starts = datetime.combine(row.day, row.starts)
    ends = min(starts + timedelta(minutes=row.minutes or MEETING_MINUTES), datetime.combine(row.day, time()) + _DAY)
    return MeetingBox(
        row.id, row.initiative_id, row.name, row.function, row.number, count, starts, ends,
        row.minutes is not None, row.room_id, row.room or row.place, row.leader_staff_id, row.leader, row.state,
    )  # fmt: skip


def _left(row: Any, count: int) -> MeetingBox:
    """Where a meeting was to be: nobody and nothing is taken then."""
    starts = datetime.combine(row.moved_from, row.moved_from_starts)
    ends = min(starts + timedelta(minutes=row.minutes or MEETING_MINUTES), starts.replace(hour=0, minute=0) + _DAY)
    to = None if row.day is None else datetime.combine(row.day, row.starts or time())
    return MeetingBox(
        f"{row.id}:{GONE}", row.initiative_id, row.name, row.function, row.number, count, starts, ends,
        row.minutes is not None, None, None, None, None, GONE, to,
    )  # fmt: skip


def _counts(tx: Tx, initiatives: set[str]) -> dict[str, int]:
    """How many meetings each initiative has."""
    found = dict.fromkeys(initiatives, 0)
    rows = tx.rows(
        select(Meeting.initiative_id).where(Meeting.initiative_id.in_(initiatives), Meeting.deleted_at.is_(None))
    )
    for row in rows:
        found[row.initiative_id] += 1
    return found
