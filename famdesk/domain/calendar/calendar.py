"""Intervals, conflicts, columns for drawing, free gaps, the life of an appointment, and wall times that do not exist.

All times are naive local wall times of the centre; all intervals are half-open: an appointment that ends at 18:00 does
not touch one that starts at 18:00.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

ROME = "Europe/Rome"


class EndsBeforeStart(RuleError):
    message = N_("The end must be after the start.")


class StateNotAllowed(RuleError):
    """The appointment cannot go from the state it is in to the wanted one."""

    message = N_("This appointment cannot be changed in this way any more.")


class Spanned(Protocol):
    """Anything that lasts from `starts` to before `ends`: an interval, a row of the calendar."""

    @property
    def starts(self) -> datetime: ...

    @property
    def ends(self) -> datetime: ...


S = TypeVar("S", bound=Spanned)


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """From `starts` to before `ends`, local wall time.

    Raises:
        EndsBeforeStart: if it would last no time or less.
    """

    starts: datetime
    ends: datetime

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise EndsBeforeStart("ends")

    @property
    def minutes(self) -> int:
        """Whole minutes on the clock on the wall (a night when the clocks change counts as if they did not)."""
        return (self.ends - self.starts) // timedelta(minutes=1)

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies in it; the end does not."""
        return self.starts <= at < self.ends


@dataclass(frozen=True, slots=True)
class Lane:
    """Where to draw one of several overlapping items: column `lane` (from 0) of `lanes` equal columns."""

    lane: int
    lanes: int


def overlapping(a: Spanned, b: Spanned) -> bool:
    """Whether the two share a moment."""
    return a.starts < b.ends and b.starts < a.ends


def conflicts(wanted: Spanned, taken: Iterable[S]) -> tuple[S, ...]:
    """Those of `taken` that overlap the wanted time, in the order of time."""
    return tuple(sorted((item for item in taken if overlapping(wanted, item)), key=_by_time))


def _by_time(item: Spanned) -> tuple[datetime, datetime]:
    return item.starts, item.ends


def merged(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same moments as the fewest intervals, sorted: what overlaps or touches becomes one."""
    found: list[Interval] = []
    for interval in sorted(intervals):
        if found and interval.starts <= found[-1].ends:
            found[-1] = Interval(found[-1].starts, max(found[-1].ends, interval.ends))
        else:
            found.append(interval)
    return tuple(found)


def lanes(items: Sequence[Spanned]) -> tuple[Lane, ...]:
    """A column for each item, in the order of `items`, so that overlapping items stand side by side.

    Items that hang together share the number of columns, which is the most that overlap at one moment; an earlier
    item stands further left, of two that start together the longer one. Every item must last some time.
    """
    order = sorted(range(len(items)), key=lambda n: (items[n].starts, -(items[n].ends - items[n].starts)))
    found: list[Lane] = [Lane(0, 1)] * len(items)
    for cluster in _clusters(items, order):
        columns = _columns(items, cluster)
        width = max(columns) + 1
        for n, column in zip(cluster, columns, strict=True):
            found[n] = Lane(column, width)
    return tuple(found)


def _clusters(items: Sequence[Spanned], order: list[int]) -> Iterator[list[int]]:
    """Runs of items that hang together by overlaps, `order` being sorted by start."""
    cluster: list[int] = []
    ends = datetime.min
    for n in order:
        if cluster and items[n].starts >= ends:
            yield cluster
            cluster = []
        ends = max(ends, items[n].ends) if cluster else items[n].ends
        cluster.append(n)
    if cluster:
        yield cluster


def _columns(items: Sequence[Spanned], cluster: list[int]) -> list[int]:
    """The leftmost free column for each item in turn: with items sorted by start this needs the fewest columns."""
    busy: list[tuple[datetime, int]] = []
    free: list[int] = []
    columns: list[int] = []
    for n in cluster:
        while busy and busy[0][0] <= items[n].starts:
            heapq.heappush(free, heapq.heappop(busy)[1])
        column = heapq.heappop(free) if free else len(busy)
        heapq.heappush(busy, (items[n].ends, column))
        columns.append(column)
    return columns


def free_gap(
    minutes: int, openings: Iterable[Interval], taken: Iterable[Spanned], after: datetime, step: int = 5
) -> datetime | None:
    """The first start, not before `after`, from which `minutes` are free within one opening; None if there is none.

    Starts lie on the clock at multiples of `step` minutes since midnight (5: 10:00, 10:05 …).
    """
    length = timedelta(minutes=minutes)
    busy = merged(Interval(item.starts, item.ends) for item in taken)
    for opening in merged(openings):
        start = _on_step(max(opening.starts, after), step)
        for item in busy:
            if start + length <= item.starts:
                break
            if item.ends > start:
                start = _on_step(item.ends, step)
        if start + length <= opening.ends:
            return start
    return None


def _on_step(moment: datetime, step: int) -> datetime:
    """The moment itself or the next one that lies on the step."""
    midnight = datetime.combine(moment.date(), time())
    return midnight - (midnight - moment) // timedelta(minutes=step) * timedelta(minutes=step)


# The states of an appointment and where each may go. Wrong clicks are put right by undo; going back is allowed where
# real life does it: who was a no-show comes late, a cancelled appointment is taken up again.
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "planned": ("confirmed", "arrived", "done", "no_show", "cancelled", "skipped"),
    "confirmed": ("planned", "arrived", "done", "no_show", "cancelled", "skipped"),
    "arrived": ("done", "planned", "cancelled"),
    "done": ("arrived",),
    "no_show": ("arrived", "done", "planned"),
    "cancelled": ("planned",),
    "skipped": ("planned",),
}
OCCUPYING = ("planned", "confirmed", "arrived", "done")
"""States in which an appointment takes the time of its colleague and room."""


def next_states(state: str) -> tuple[str, ...]:
    """The states an appointment may go to, the usual one first; none for a state this version does not know."""
    return TRANSITIONS.get(state, ())


OVER = frozenset({"arrived", "done", "no_show"})
"""States that tell what came of an appointment."""


def offered_states(state: str, day: date, today: date) -> tuple[str, ...]:
    """As `next_states`, without what nobody can know of a day that is still to come."""
    return tuple(one for one in next_states(state) if day <= today or one not in OVER)


def check_transition(state: str, wanted: str) -> None:
    """Let a change of state pass; staying as it is always passes.

    Raises:
        StateNotAllowed: if the appointment may not go from `state` to `wanted`.
    """
    if wanted != state and wanted not in next_states(state):
        raise StateNotAllowed("state")


def week_start(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())


def exists(moment: datetime, zone: str = ROME) -> bool:
    """Whether the clocks on the wall show this moment at all: 30 March 2025, 2:30 does not exist in Rome."""
    there = moment.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == moment.replace(tzinfo=None)
