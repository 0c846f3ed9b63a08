"""When an access point is open: weekly slots with validity, extra openings, closures; pure functions over plain values.

Decisions: intervals are half-open, so a point open until 14:00 is closed at 14:00. A slot lies within one day; closing
at 00:00 means the end of that day, and hours over midnight are two slots. Closures and holidays close whole days. An
extra opening is entered on purpose for one day and therefore beats every closure and holiday of that day; beside a
weekly slot it adds to it. A point with neither a slot nor an extra opening has unknown hours, which is not closed.
Moments are naive local wall time of the centre.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations, groupby
from typing import Literal

from famdesk.domain.calendar.calendar import EndsBeforeStart, Interval, merged
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

Kind = Literal["closure", "holiday", "patron"]
Hours = tuple[time, time]
WeekRow = tuple[int, tuple[Hours, ...]]

LONGEST = 400
"""Days that a search for an opening or a closing looks ahead: more than a year, so that no yearly rest hides it."""
_DAY = timedelta(days=1)
_MIDNIGHT = time()
_KINDS = ("closure", "patron", "holiday")


class BadWeekday(RuleError):
    message = N_("The day of the week is missing or wrong.")


class LastDayBeforeFirst(RuleError):
    message = N_("The last day must not be before the first day.")


@dataclass(frozen=True, slots=True)
class WeeklySlot:
    """Open every week on `weekday` (1 is Monday, 7 Sunday) from `opens` to before `closes` (00:00: end of the day).

    It holds from `valid_from` (None: always did) to `valid_to`, the last day included (None: until further notice).

    Raises:
        BadWeekday, EndsBeforeStart, LastDayBeforeFirst: if the values make no slot.
    """

    weekday: int
    opens: time
    closes: time
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.weekday <= 7:
            raise BadWeekday("weekday")
        _check_hours(self.opens, self.closes)
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise LastDayBeforeFirst("valid_to")


@dataclass(frozen=True, slots=True)
class ExtraOpening:
    """Open on one day from `opens` to before `closes` (00:00: end of the day), whatever else closes that day.

    Raises:
        EndsBeforeStart: if it would last no time or less.
    """

    day: date
    opens: time
    closes: time
    reason: str | None = None

    def __post_init__(self) -> None:
        _check_hours(self.opens, self.closes)


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Closed from `first` to `last`, both included: the centre's own closure, a public holiday or the patron saint.

    Raises:
        LastDayBeforeFirst: if `last` is before `first`.
    """

    first: date
    last: date
    reason: str | None = None
    kind: Kind = "closure"

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise LastDayBeforeFirst("last")


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that is known of the hours of one access point; closures include the holidays of its comune."""

    slots: tuple[WeeklySlot, ...] = ()
    extras: tuple[ExtraOpening, ...] = ()
    closures: tuple[ClosedDays, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """An access point at one moment: open until when, opening next when, why closed today; or unknown."""

    unknown: bool
    open_until: datetime | None = None
    next_opening: datetime | None = None
    closed: ClosedDays | None = None


def _check_hours(opens: time, closes: time) -> None:
    if closes != _MIDNIGHT and closes <= opens:
        raise EndsBeforeStart("closes")


def in_force(slot: WeeklySlot, day: date) -> bool:
    """Whether the slot holds in the days around `day` (the weekday is not looked at)."""
    return (slot.valid_from is None or slot.valid_from <= day) and (slot.valid_to is None or day <= slot.valid_to)


def _interval(day: date, opens: time, closes: time) -> Interval:
    ends = datetime.combine(day, closes)
    return Interval(datetime.combine(day, opens), ends + _DAY if closes == _MIDNIGHT else ends)


def weekly_intervals(slots: Iterable[WeeklySlot], day: date) -> tuple[Interval, ...]:
    """When the weekly slots alone would open on a day, merged and sorted."""
    held = (slot for slot in slots if slot.weekday == day.isoweekday() and in_force(slot, day))
    return merged(_interval(day, slot.opens, slot.closes) for slot in held)


def closed_reason(timetable: Timetable, day: date) -> ClosedDays | None:
    """What closes the day: the centre's own closure before the patron saint before the holiday.

    None if nothing does, or if an extra opening beats it.
    """
    found = [closed for closed in timetable.closures if closed.first <= day <= closed.last]
    if not found or any(extra.day == day for extra in timetable.extras):
        return None
    return min(found, key=lambda closed: (_KINDS.index(closed.kind), closed.first))


def intervals(timetable: Timetable, day: date) -> tuple[Interval, ...]:
    """When the point is open on a day, merged and sorted; an interval may end at 00:00 of the next day."""
    extras = [_interval(day, extra.opens, extra.closes) for extra in timetable.extras if extra.day == day]
    shut = any(closed.first <= day <= closed.last for closed in timetable.closures)
    return merged([*extras, *(() if shut else weekly_intervals(timetable.slots, day))])


def is_unknown(timetable: Timetable) -> bool:
    """Whether nothing is known of the hours: no slot and no extra opening at any time."""
    return not timetable.slots and not timetable.extras


def is_open(timetable: Timetable, at: datetime) -> bool:
    """Whether the point is open at the moment; at the minute of closing it is not."""
    return any(interval.holds(at) for interval in intervals(timetable, at.date()))


def open_until(timetable: Timetable, at: datetime) -> datetime | None:
    """When it closes, if it is open at the moment; hours that go on over midnight count as one. None if closed.

    A point that never closes answers with a moment `LONGEST` days ahead, so that the search ends.
    """
    until = _closing(timetable, at)
    while until and until.time() == _MIDNIGHT and until - at < LONGEST * _DAY:
        further = _closing(timetable, until)
        if further is None:
            break
        until = further
    return until


def _closing(timetable: Timetable, at: datetime) -> datetime | None:
    """The end of the interval of that day which holds the moment."""
    return next((interval.ends for interval in intervals(timetable, at.date()) if interval.holds(at)), None)


def _days(first: date, count: int) -> Iterable[date]:
    """`count` days from `first` on, fewer at the end of the calendar."""
    return (first + n * _DAY for n in range(min(count, (date.max - first).days)))


def next_opening(timetable: Timetable, at: datetime, horizon_days: int = LONGEST) -> datetime | None:
    """The first moment strictly after `at` at which the point opens; None within the horizon (or if unknown).

    Hours that merely go on over midnight do not open again.
    """
    if is_unknown(timetable):
        return None
    before = at.date() - _DAY
    last = max((interval.ends for interval in intervals(timetable, before)), default=None)
    for day in _days(at.date(), horizon_days + 1):
        for interval in intervals(timetable, day):
            if interval.starts > at and interval.starts != last:
                return interval.starts
            last = interval.ends
    return None


def status(timetable: Timetable, at: datetime) -> Status:
    """Everything to be said of the point at a moment."""
    if is_unknown(timetable):
        return Status(unknown=True)
    until = open_until(timetable, at)
    closed = None if until else closed_reason(timetable, at.date())
    return Status(False, until, next_opening(timetable, at), closed)


def upcoming_closures(timetable: Timetable, first: date, days: int) -> tuple[ClosedDays, ...]:
    """The closures that will be noticed: they close a day, of `days` from `first` on, that has a weekly slot.

    A holiday inside a closure of the centre is not listed beside it. In the order of the days they hit.
    """
    hit = (closed_reason(timetable, day) for day in _days(first, days) if weekly_intervals(timetable.slots, day))
    return tuple(dict.fromkeys(closed for closed in hit if closed))


def overlaps(slots: Iterable[WeeklySlot]) -> tuple[tuple[WeeklySlot, WeeklySlot], ...]:
    """The pairs of slots of one point that would both be open at the same moment of some day."""
    ordered = sorted(slots, key=lambda slot: (slot.weekday, slot.opens))
    days = (tuple(same) for _weekday, same in groupby(ordered, key=lambda slot: slot.weekday))
    return tuple(pair for same in days for pair in combinations(same, 2) if _clash(*pair))


def _clash(a: WeeklySlot, b: WeeklySlot) -> bool:
    """Of two slots of one weekday, whether they share hours and a day on which both hold."""
    first = max(a.valid_from or date.min, b.valid_from or date.min)
    last = min(a.valid_to or date.max, b.valid_to or date.max)
    shared = (first + n * _DAY for n in range(min(7, (last - first).days + 1)))
    same_hours = _before(a.opens, b.closes) and _before(b.opens, a.closes)
    return same_hours and any(day.isoweekday() == a.weekday for day in shared)


def _before(opens: time, closes: time) -> bool:
    return closes == _MIDNIGHT or opens < closes


def changes(timetable: Timetable, first: date, days: int) -> tuple[date, ...]:
    """The days, of `days` from the one after `first` on, on which other weekly hours come into force.

    A slot that is followed by the same hours is no change.
    """
    found: list[date] = []
    before = summary(timetable.slots, first)
    for day in (day + _DAY for day in _days(first, days)):
        after = summary(timetable.slots, day)
        if after != before:
            found.append(day)
        before = after
    return tuple(found)


def summary(slots: Iterable[WeeklySlot], on: date) -> tuple[WeekRow, ...]:
    """The weekly hours in force on a day as poster rows: ((weekday, ((opens, closes), …)), …), Monday first.

    Weekdays without hours are left out; overlapping hours are merged; closing at 00:00 is the end of the day.
    """
    held = sorted((slot for slot in slots if in_force(slot, on)), key=lambda slot: slot.weekday)
    rows = []
    for weekday, same in groupby(held, key=lambda slot: slot.weekday):
        found = merged(_interval(on, slot.opens, slot.closes) for slot in same)
        rows.append((weekday, tuple((interval.starts.time(), interval.ends.time()) for interval in found)))
    return tuple(rows)
