"""Who and what is already taken at a time, told in words with the way out; the next time that is free."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from famdesk.data.tables.directory import Room
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours
from famdesk.domain.calendar.calendar import Interval, free_gap, overlapping
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.errors import FamDeskError, RuleError
from famdesk.usecases.calendar.conflict_errors import (
    ClosedThatDay,
    ClosedThen,
    FamilySameDay,
    FamilyTaken,
    FreeFrom,
    FreeOn,
    FreeThen,
    PersonTaken,
    ResourceTaken,
    RoomBusy,
    RoomTaken,
    StaffAbsent,
    StaffAway,
    StaffBusy,
    StaffLeads,
    StaffMeets,
    StaffOnTheWay,
    StaffTaken,
)
from famdesk.usecases.calendar.taken import (
    LEADING,
    MEETING,
    MEETING_MINUTES,
    Party,
    Taken,
    Visit,
    family_of,
    names_of,
    taken,
    times,
    visits,
)
from famdesk.usecases.calendar.taken import mediators_like as _mediators_like
from famdesk.usecases.directory import directory

__all__ = ["MEETING_MINUTES", "Overlap", "Party", "PersonTaken", "StaffTaken", "Wanted", "found", "next_time"]

USUAL_DAY = (time(8), time(19))
"""When a free time is looked for if the access point has no known hours: Monday to Friday, holidays left out."""
LOOK_AHEAD = 28
"""Days in which a free time is looked for."""
STEP = 15
"""Minutes: free times begin on the quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time and what it would take; None: not said. `exclude` is the appointment that is being changed.

    `others` take part beside the own colleague, room and person; `travel_before` and `travel_after` are minutes that
    take the colleagues and resources too.
    """

    starts: datetime
    ends: datetime
    staff_id: str | None = None
    room_id: str | None = None
    person_id: str | None = None
    access_point_id: str | None = None
    exclude: str | None = None
    others: tuple[Party, ...] = field(default=())
    travel_before: int = 0
    travel_after: int = 0

    def subjects(self) -> dict[str, tuple[str, str]]:
        """What would be taken: id to kind and field."""
        own = (("staff", self.staff_id, "staff_id"), ("room", self.room_id, "room_id"))
        found = {one.id: (one.kind, "others") for one in self.others if one.kind != "person"}
        return {**found, **{one: (kind, name) for kind, one, name in own if one}}

    def persons(self) -> list[str]:
        """Who would be received."""
        people = [self.person_id, *(one.id for one in self.others if one.kind == "person")]
        return [*dict.fromkeys(one for one in people if one)]

    def span(self, kind: str) -> Interval:
        """How long something of a kind is taken: a room stays where it is, all others have to get there."""
        if kind == "room":
            return Interval(self.starts, self.ends)
        before, after = timedelta(minutes=self.travel_before), timedelta(minutes=self.travel_after)
        return Interval(self.starts - before, self.ends + after)


def found(tx: Tx, wanted: Wanted) -> tuple[Overlap, ...]:
    """Every overlap: colleagues, rooms, resources, then persons and their families, each by time."""
    return (*_of_subjects(tx, wanted), *_of_persons(tx, wanted))


def blocking(errors: Iterable[Overlap]) -> Overlap | None:
    """The first overlap that needs a reason; one that no reason makes possible comes before all others."""
    needing = [error for error in errors if not error.hint]
    return next((error for error in needing if not error.allowed), needing[0] if needing else None)


def _of_subjects(tx: Tx, wanted: Wanted) -> list[Overlap]:
    subjects = wanted.subjects()
    if not subjects:
        return []
    widest = wanted.span("staff")
    hits = taken(tx, subjects, widest.starts, widest.ends, wanted.exclude)
    hits = [hit for hit in hits if overlapping(hit, wanted.span(subjects[hit.subject_id][0]))]
    names = names_of(tx, {hit.subject_id for hit in hits}) if hits else {}
    order = {"staff": 0, "room": 1, "resource": 2}
    hits.sort(key=lambda hit: (order[subjects[hit.subject_id][0]], hit.starts))
    return [_error(hit, *subjects[hit.subject_id], names.get(hit.subject_id, "?"), wanted) for hit in hits]


def _error(hit: Taken, kind: str, name: str, who: str, wanted: Wanted) -> Overlap:
    at = hit.own.starts if hit.own else hit.starts
    when = at.time() if at.date() == wanted.starts.date() else at
    if kind == "room":
        return RoomTaken(name, who=who, time=when, what=hit.what) if hit.what else RoomBusy(name, who=who, time=when)
    if kind == "resource":
        return ResourceTaken(name, who=who, time=when)
    if hit.kind == "absence":
        one_day = hit.starts.date() == (hit.ends - timedelta(minutes=1)).date()
        if one_day:
            return StaffAbsent(name, who=who, time=hit.starts.time(), until=hit.ends.time())
        return StaffAway(name, who=who, time=hit.starts, until=hit.ends)
    if hit.kind in {LEADING, MEETING}:
        error = StaffLeads if hit.kind == LEADING else StaffMeets
        return error(name, who=who, time=when, what=hit.what)
    if not hit.what:
        return StaffBusy(name, who=who, time=when)
    if hit.own and not overlapping(hit.own, Interval(wanted.starts, wanted.ends)):
        return StaffOnTheWay(name, who=who, time=hit.starts.time(), until=hit.ends.time(), what=hit.what)
    return StaffTaken(name, who=who, time=when, what=hit.what)


def _of_persons(tx: Tx, wanted: Wanted) -> list[Overlap]:
    """Hints: whoever is received elsewhere at that time, and whoever of the family comes that day."""
    persons = wanted.persons()
    if not persons:
        return []
    family = family_of(tx, persons, wanted.starts.date())
    midnight = datetime.combine(wanted.starts.date(), time())
    rows = visits(tx, {*persons, *family}, midnight, max(wanted.ends, midnight + timedelta(days=1)), wanted.exclude)
    errors: list[Overlap] = []
    for row in sorted(rows, key=lambda row: (row.person_id not in persons, row.starts)):
        error = _person_error(row, wanted, own=row.person_id in persons)
        if error is not None:
            errors.append(error)
    return errors


def _person_error(row: Visit, wanted: Wanted, *, own: bool) -> Overlap | None:
    facts = {"who": row.who, "time": row.starts.time(), "what": row.what}
    if overlapping(row, Interval(wanted.starts, wanted.ends)):
        return PersonTaken("person_id", **facts) if own else FamilyTaken("person_id", **facts)
    return None if own else FamilySameDay("person_id", **facts)


# ------------------------------------------------------------------------------------------------------ the way out


def way_out(tx: Tx, wanted: Wanted, error: Overlap, hits: dict[str, str] | None = None) -> FamDeskError | None:
    """What would be possible instead: another room or mediator at that time, or when who is taken is free again."""
    subject = _subject_of(wanted, error, hits or names_of(tx, set(wanted.subjects())))
    if subject is None:
        return None
    subject_id, kind, who = subject
    other = _another(tx, wanted, subject_id, kind)
    if other:
        return FreeThen(who=other)
    alone = replace(wanted, staff_id=None, room_id=None, person_id=None, others=(Party(kind, subject_id),))
    free = next_time(tx, alone)
    if free is None:
        return None
    if free.date() == wanted.starts.date():
        return FreeFrom(who=who, time=free.time())
    return FreeOn(who=who, when=free)


def _subject_of(wanted: Wanted, error: Overlap, names: dict[str, str]) -> tuple[str, str, str] | None:
    """The id, kind and name of what an error is about."""
    who = error.params.get("who")
    for subject_id, (kind, name) in wanted.subjects().items():
        if name == error.field and names.get(subject_id) == who:
            return subject_id, kind, str(who)
    return None


def _another(tx: Tx, wanted: Wanted, subject_id: str, kind: str) -> str | None:
    """The name of another room of the same place, or of a mediator of the same language, that is free then."""
    if kind == "room":
        here = tx.session.get(Room, subject_id)
        named = {row.id: row.name for row in tx.rows(
            select(Room.id, Room.name).where(Room.place_id == (here.place_id if here else None),
                                             Room.deleted_at.is_(None), Room.centre_id == tx.centre_id)
            .order_by(Room.name, Room.id)
        )}  # fmt: skip
    elif kind == "resource":
        named = _mediators_like(tx, subject_id)
    else:
        return None
    others = [one for one in named if one != subject_id and one not in wanted.subjects()]
    span = wanted.span(kind)
    busy = {hit.subject_id for hit in taken(tx, others, span.starts, span.ends, wanted.exclude)} if others else set()
    return next((named[one] for one in others if one not in busy), None)


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
    """The first start, not before the wanted one, at which all that is wanted is free for the same length while the
    access point is open; None within the next weeks."""
    first = wanted.starts.date()
    last = first + timedelta(days=LOOK_AHEAD)
    openings = tuple(openings_of(tx, wanted.access_point_id, first, last))
    begin, end = datetime.combine(first, time()), datetime.combine(last, time())
    return free_gap(
        (wanted.ends - wanted.starts) // timedelta(minutes=1), openings,
        busy_for(tx, wanted, begin, end), wanted.starts, STEP,
    )  # fmt: skip


def busy_for(tx: Tx, wanted: Wanted, first: datetime, last: datetime) -> list[Interval]:
    """The times in [first, last) that a meeting of the wanted ones cannot share, widened by its travel time."""
    subjects, persons = wanted.subjects(), wanted.persons()
    before, after = timedelta(minutes=wanted.travel_before), timedelta(minutes=wanted.travel_after)
    busy = []
    for subject, spans in times(tx, subjects, first, last, wanted.exclude).items() if subjects else ():
        travels = subjects[subject][0] != "room"
        busy += [Interval(one.starts - after, one.ends + before) for one in spans] if travels else spans
    if persons:
        busy += [Interval(row.starts, row.ends) for row in visits(tx, set(persons), first, last, wanted.exclude)]
    return busy


def openings_of(tx: Tx, access_point_id: str | None, first: date, last: date) -> Iterator[Interval]:
    """When one can be received in [first, last): the hours of the access point, or usual working hours."""
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
