"""Who and what is already taken at a time, told in words; the next time that is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select

from famdesk.data.calendar import Appointment
from famdesk.data.directory import Room
from famdesk.data.programmes import Initiative, Meeting
from famdesk.data.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes, hours
from famdesk.domain.calendar import OCCUPYING, Interval, conflicts, free_gap, overlapping
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases import directory
from famdesk.usecases.person_names import labels

USUAL_DAY = (time(8), time(19))
"""When a free time is looked for if the access point has no known hours: Monday to Friday, holidays left out."""
LOOK_AHEAD = 28
"""Days in which a free time is looked for."""
STEP = 15
"""Minutes: free times begin on the quarter of an hour."""
MEETING_MINUTES = 60
"""How long a meeting takes its room and leader if its length is not known."""


class Overlap(RuleError):
    """Somebody or something is taken at that time; with a reason it can be booked all the same."""

    message = N_("This time is already taken.")


class StaffTaken(Overlap):
    # Translators: {what} is the kind of appointment, such as "First interview"
    message = N_("{who} already has an appointment at {time} ({what}).")


class StaffBusy(Overlap):
    message = N_("{who} is already busy at {time}.")


class StaffAbsent(Overlap):
    message = N_("{who} is absent from {time} to {until}.")


class StaffLeads(Overlap):
    # Translators: {what} is the name of an initiative
    message = N_("{who} already leads a meeting at {time} ({what}).")


class RoomTaken(Overlap):
    # Translators: {who} is the name of a room, {what} the kind of appointment or the name of an initiative
    message = N_("{who} is already taken at {time} ({what}).")


class RoomBusy(Overlap):
    # Translators: {who} is the name of a room
    message = N_("{who} is already taken at {time}.")


class PersonTaken(Overlap):
    # Translators: {who} is a person who is received, {what} the kind of appointment
    message = N_("{who} already has another appointment at {time} ({what}).")


class ClosedThen(RuleError):
    message = N_("{who} is closed at {time}.")


class ClosedThatDay(RuleError):
    # Translators: {who} is an access point, {reason} is for example the name of a holiday
    message = N_("{who} is closed on {day}: {reason}.")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time and what it would take; None: not said. `exclude` is the appointment that is being changed."""

    starts: datetime
    ends: datetime
    staff_id: str | None = None
    room_id: str | None = None
    person_id: str | None = None
    access_point_id: str | None = None
    exclude: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What takes its colleague and its room for a time. `what` is "" where the reader may not know it."""

    starts: datetime
    ends: datetime
    what: str
    staff_id: str | None
    room_id: str | None
    person_id: str | None = None
    kind: str = ""


def found(tx: Tx, wanted: Wanted) -> tuple[Overlap, ...]:
    """Every overlap in the order staff, room, person and then time, as an error whose sentence tells it."""
    hits = conflicts(wanted, taken(tx, wanted.starts, wanted.ends, wanted.exclude))
    names = _names(tx, wanted)
    errors: list[Overlap] = []
    errors += [_staff_error(hit, names) for hit in hits if hit.staff_id and hit.staff_id == wanted.staff_id]
    errors += [_room_error(hit, names) for hit in hits if hit.room_id and hit.room_id == wanted.room_id]
    errors += [
        PersonTaken("person_id", who=names[hit.person_id], time=hit.starts.time(), what=hit.what)
        for hit in hits
        if hit.person_id and hit.person_id == wanted.person_id and hit.person_id in names
    ]
    return tuple(errors)


def blocking(errors: Iterable[Overlap]) -> Overlap | None:
    """The first overlap that needs a reason: of a colleague or a room."""
    return next((error for error in errors if error.field != "person_id"), None)


def taken(tx: Tx, first: datetime, last: datetime, exclude: str | None = None) -> tuple[Taken, ...]:
    """All that takes colleagues and rooms in [first, last): appointments, and meetings of initiatives."""
    return (*_appointments(tx, first, last, exclude), *_meetings(tx, first, last))


def _appointments(tx: Tx, first: datetime, last: datetime, exclude: str | None) -> Iterator[Taken]:
    rows = tx.rows(
        select(Appointment.id, Appointment.starts, Appointment.ends, Appointment.kind, Appointment.staff_id,
               Appointment.room_id, Appointment.person_id)
        .where(Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None),
               Appointment.state.in_(OCCUPYING), Appointment.ends > first,
               Appointment.starts >= datetime.combine(first.date(), time()), Appointment.starts < last)
    )  # fmt: skip
    known = labels(tx, {row.person_id for row in rows if row.person_id})
    for row in rows:
        if row.id == exclude:
            continue
        hidden = row.person_id is not None and row.person_id not in known
        what = "" if hidden else codes.label(codes.APPOINTMENT_KINDS, row.kind)
        person = None if hidden else row.person_id
        yield Taken(row.starts, row.ends, what, row.staff_id, row.room_id, person, "" if hidden else row.kind)


def _meetings(tx: Tx, first: datetime, last: datetime) -> Iterator[Taken]:
    known_place: ColumnElement[bool] = or_(Meeting.room_id.is_not(None), Meeting.leader_staff_id.is_not(None))
    rows = tx.rows(
        select(Meeting.day, Meeting.starts, Meeting.minutes, Meeting.leader_staff_id, Meeting.room_id, Initiative.name)
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .where(Meeting.deleted_at.is_(None), Initiative.deleted_at.is_(None), Meeting.state != "cancelled",
               Meeting.starts.is_not(None), Meeting.day >= first.date() - timedelta(days=1),
               Meeting.day <= last.date(), known_place)
    )  # fmt: skip
    for row in rows:
        starts = datetime.combine(row.day, row.starts)
        ends = starts + timedelta(minutes=row.minutes or MEETING_MINUTES)
        meeting = Taken(starts, ends, row.name, row.leader_staff_id, row.room_id, kind="meeting")
        if overlapping(meeting, Interval(first, last)):
            yield meeting


def _names(tx: Tx, wanted: Wanted) -> dict[str, str]:
    """The names of colleague, room and person by id; a person that may not be seen has none."""
    names = dict(labels(tx, {wanted.person_id})) if wanted.person_id else {}
    for kind, wanted_id in ((Staff, wanted.staff_id), (Room, wanted.room_id)):
        if wanted_id:
            rows = tx.rows(select(kind.id, kind.name).where(kind.id == wanted_id))
            names.update({row.id: row.name for row in rows})
    return names


def _staff_error(hit: Taken, names: dict[str, str]) -> Overlap:
    who, at = names.get(hit.staff_id or "", "?"), hit.starts.time()
    if hit.kind == "absence":
        return StaffAbsent("staff_id", who=who, time=at, until=hit.ends.time())
    if hit.kind == "meeting":
        return StaffLeads("staff_id", who=who, time=at, what=hit.what)
    if not hit.what:
        return StaffBusy("staff_id", who=who, time=at)
    return StaffTaken("staff_id", who=who, time=at, what=hit.what)


def _room_error(hit: Taken, names: dict[str, str]) -> Overlap:
    who, at = names.get(hit.room_id or "", "?"), hit.starts.time()
    if not hit.what:
        return RoomBusy("room_id", who=who, time=at)
    return RoomTaken("room_id", who=who, time=at, what=hit.what)


def closed_then(tx: Tx, wanted: Wanted) -> RuleError | None:
    """Why the access point is not open for the whole time, as an error whose sentence tells it; None if it is open,
    not said, or its hours are not known."""
    if wanted.access_point_id is None:
        return None
    day = wanted.starts.date()
    point = next((one for one in directory.timetables(tx, day, day) if one.id == wanted.access_point_id), None)
    if point is None or hours.is_unknown(point.timetable):
        return None
    if any(one.starts <= wanted.starts and wanted.ends <= one.ends for one in hours.intervals(point.timetable, day)):
        return None
    closed = hours.closed_reason(point.timetable, day)
    if closed and closed.reason:
        return ClosedThatDay("access_point_id", who=point.name, day=day, reason=closed.reason)
    return ClosedThen("access_point_id", who=point.name, time=wanted.starts.time())


def next_time(tx: Tx, wanted: Wanted) -> datetime | None:
    """The first start, not before the wanted one, at which colleague, room and person are free for the same length
    while the access point is open; None within the next weeks."""
    first = wanted.starts.date()
    last = first + timedelta(days=LOOK_AHEAD)
    openings = tuple(_openings(tx, wanted.access_point_id, first, last))
    busy = [
        one
        for one in taken(tx, datetime.combine(first, time()), datetime.combine(last, time()), wanted.exclude)
        if (one.staff_id and one.staff_id == wanted.staff_id)
        or (one.room_id and one.room_id == wanted.room_id)
        or (one.person_id and one.person_id == wanted.person_id)
    ]
    minutes = (wanted.ends - wanted.starts) // timedelta(minutes=1)
    return free_gap(minutes, openings, busy, wanted.starts, STEP)


def _openings(tx: Tx, access_point_id: str | None, first: date, last: date) -> Iterator[Interval]:
    points = directory.timetables(tx, first, last)
    point = next((one for one in points if one.id == access_point_id), None)
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    if point is not None and not hours.is_unknown(point.timetable):
        for day in days:
            yield from hours.intervals(point.timetable, day)
        return
    rests = [closed for one in points for closed in one.timetable.closures if closed.kind != "closure"]
    for day in days:
        if day.isoweekday() <= 5 and not any(rest.first <= day <= rest.last for rest in rests):
            yield Interval(datetime.combine(day, USUAL_DAY[0]), datetime.combine(day, USUAL_DAY[1]))
