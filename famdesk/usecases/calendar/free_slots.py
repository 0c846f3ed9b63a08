"""The first times at which several colleagues, a room and a mediator are free together and one can be received."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from famdesk.data.tables.calendar import Resource
from famdesk.data.tables.directory import Room
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import Interval, merged
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.calendar.calendar_conflicts import STEP, openings_of
from famdesk.usecases.calendar.taken import times, visits
from famdesk.usecases.registry import query

MOST_DAYS = 92
MOST = 60
"""Candidates that are given at once."""
LONGEST = 12 * 60


class BadLength(RuleError):
    message = N_("Give how long it lasts, from 5 minutes to 12 hours.")


class BadDays(RuleError):
    message = N_("Give days in order, three months at the most.")


class BadHours(RuleError):
    message = N_("The hours must be in order.")


@dataclass(frozen=True, slots=True)
class SlotSearch:
    """What is looked for: `minutes` together, on the days `first` to `last` (included), not before `after`.

    `room_id` that room, `any_room` whichever is free; `language` a mediator who speaks it; `from_time` and `to_time`
    the hours of the day (None: as the access point is open); `weekdays` 1 Monday to 7; `travel` minutes of way before
    and after, which take colleagues and mediator. `exclude`: the appointment that is being changed.
    """

    minutes: int
    first: date
    last: date
    after: datetime | None = None
    staff_ids: tuple[str, ...] = ()
    room_id: str | None = None
    any_room: bool = False
    language: str | None = None
    person_ids: tuple[str, ...] = ()
    access_point_id: str | None = None
    from_time: time | None = None
    to_time: time | None = None
    weekdays: frozenset[int] = frozenset(range(1, 8))
    travel: tuple[int, int] = (0, 0)
    exclude: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A time that fits all; `room` and `mediator` are (id, name) of those that are free then, None if not asked for."""

    starts: datetime
    ends: datetime
    room: tuple[str, str] | None = None
    mediator: tuple[str, str] | None = None


@query
def find(tx: Tx, wanted: SlotSearch) -> tuple[Slot, ...]:
    """The first times that fit, in order, none overlapping the one before; empty if there is none.

    Raises:
        BadLength, BadDays, BadHours.
    """
    _check(wanted)
    rooms, mediators = _rooms(tx, wanted), _mediators(tx, wanted)
    if (wanted.any_room and not rooms) or (wanted.language and not mediators):
        return ()
    begin = datetime.combine(wanted.first, time())
    end = datetime.combine(wanted.last, time()) + timedelta(days=1)
    busy = times(tx, {*wanted.staff_ids, *rooms, *mediators}, begin, end, wanted.exclude)
    common = [span for one in wanted.staff_ids for span in _widened(busy[one], wanted.travel)]
    if wanted.person_ids:
        received = visits(tx, wanted.person_ids, begin, end, wanted.exclude)
        common += [Interval(one.starts, one.ends) for one in received]
    openings = openings_of(tx, wanted.access_point_id, wanted.first, wanted.last + timedelta(days=1))
    open_then = [part for one in openings if (part := _within_hours(one, wanted)) is not None]
    search = _Search(
        wanted.minutes, _Calendars(rooms, {one: busy[one] for one in rooms}),
        _Calendars(mediators, {one: _widened(busy[one], wanted.travel) for one in mediators}),
    )  # fmt: skip
    return tuple(search.slots(_free(open_then, common), wanted.after or begin))


def _check(wanted: SlotSearch) -> None:
    if not 5 <= wanted.minutes <= LONGEST:
        raise BadLength("minutes")
    if not 0 <= (wanted.last - wanted.first).days < MOST_DAYS:
        raise BadDays("last")
    if wanted.from_time and wanted.to_time and wanted.to_time <= wanted.from_time:
        raise BadHours("to_time")


def _rooms(tx: Tx, wanted: SlotSearch) -> dict[str, str]:
    """The rooms that may be taken, in their order: id to name."""
    if not (wanted.any_room or wanted.room_id):
        return {}
    statement = select(Room.id, Room.name).where(Room.deleted_at.is_(None), Room.centre_id == tx.centre_id)
    if wanted.room_id:
        statement = statement.where(Room.id == wanted.room_id)
    return {row.id: row.name for row in tx.rows(statement.order_by(Room.name, Room.id))}


def _mediators(tx: Tx, wanted: SlotSearch) -> dict[str, str]:
    if not wanted.language:
        return {}
    rows = tx.all(Resource, Resource.kind == "mediator", Resource.active.is_(True))
    fitting = sorted((one.name, one.id) for one in rows if wanted.language in (one.languages or "").split())
    return {key: name for name, key in fitting}


def _widened(spans: Iterable[Interval], travel: tuple[int, int]) -> list[Interval]:
    before, after = (timedelta(minutes=minutes) for minutes in travel)
    return [Interval(one.starts - after, one.ends + before) for one in spans]


def _within_hours(opening: Interval, wanted: SlotSearch) -> Interval | None:
    """The part of an opening on the wanted weekdays and hours."""
    day = opening.starts.date()
    if day.isoweekday() not in wanted.weekdays:
        return None
    starts, ends = opening.starts, opening.ends
    if wanted.from_time:
        starts = max(starts, datetime.combine(day, wanted.from_time))
    if wanted.to_time:
        ends = min(ends, datetime.combine(day, wanted.to_time))
    return Interval(starts, ends) if starts < ends else None


def _free(openings: Sequence[Interval], busy: Sequence[Interval]) -> Iterator[Interval]:
    """What is left of the openings, in order."""
    taken = merged(busy)
    ends = [one.ends for one in taken]
    for opening in merged(openings):
        start = opening.starts
        for one in taken[bisect_left(ends, opening.starts) :]:
            if one.starts >= opening.ends:
                break
            if one.starts > start:
                yield Interval(start, one.starts)
            start = max(start, one.ends)
        if start < opening.ends:
            yield Interval(start, opening.ends)


class _Calendars:
    """Who of several is free at a time: id to name, and the busy times of each."""

    def __init__(self, named: dict[str, str], busy: dict[str, list[Interval]]) -> None:
        self._named = named
        self._busy = {one: merged(spans) for one, spans in busy.items()}
        self._ends = {one: [span.ends for span in spans] for one, spans in self._busy.items()}

    def asked(self) -> bool:
        return bool(self._named)

    def free(self, starts: datetime, ends: datetime) -> tuple[str, str] | None:
        """The first that is free in [starts, ends)."""
        step = timedelta(microseconds=1)
        for one, name in self._named.items():
            place = bisect_left(self._ends[one], starts + step)
            if place == len(self._busy[one]) or self._busy[one][place].starts >= ends:
                return one, name
        return None


class _Search:
    """Walks through free time on the quarter of an hour."""

    def __init__(self, minutes: int, rooms: _Calendars, mediators: _Calendars) -> None:
        self._length = timedelta(minutes=minutes)
        self._rooms, self._mediators = rooms, mediators

    def slots(self, free: Iterable[Interval], after: datetime) -> Iterator[Slot]:
        """The first candidates."""
        count, step = 0, timedelta(minutes=STEP)
        for gap in free:
            start = _on_step(max(gap.starts, after))
            while start + self._length <= gap.ends:
                slot = self._at(start)
                start = _on_step(slot.ends) if slot else start + step
                if slot:
                    yield slot
                    count += 1
                    if count == MOST:
                        return

    def _at(self, starts: datetime) -> Slot | None:
        ends = starts + self._length
        room = self._rooms.free(starts, ends) if self._rooms.asked() else None
        mediator = self._mediators.free(starts, ends) if self._mediators.asked() else None
        if (self._rooms.asked() and room is None) or (self._mediators.asked() and mediator is None):
            return None
        return Slot(starts, ends, room, mediator)


def _on_step(moment: datetime) -> datetime:
    """The moment itself or the next quarter of an hour."""
    over = (moment - datetime.combine(moment.date(), time())) % timedelta(minutes=STEP)
    return moment + (timedelta(minutes=STEP) - over if over else timedelta())
