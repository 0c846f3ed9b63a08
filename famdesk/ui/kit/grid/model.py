"""What the calendar grid is told: columns, boxes, bands. No Qt, nothing about appointments.

All minutes count from midnight of the column's day, local wall time, 0 to 1440; intervals are half-open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

DAY: Final = 1440
"""Minutes of a day as a calendar draws it; the hours of a clock change are not drawn."""

BoxTone = Literal["A", "B", "C", "plain", "busy"]
BoxState = Literal["planned", "confirmed", "arrived", "done", "no_show", "cancelled", "skipped"]
BandKind = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A day, an operator, a room or an access point.

    `title` is short ("lun 10"), `spoken` the whole name for a screen reader ("lunedì 10 febbraio"; empty: the title).
    """

    key: str
    title: str
    subtitle: str = ""
    date: date | None = None
    today: bool = False
    spoken: str = ""


@dataclass(frozen=True, slots=True)
class GridBox:
    """One thing that takes time in one column. `accessible` is its whole sentence (empty: made of the other fields).
    `icon` is a mark that is shown where the state has none; `text` says the same in words.
    """

    id: str
    column: str
    start_minute: int
    end_minute: int
    title: str
    text: str = ""
    tone: BoxTone = "plain"
    state: BoxState = "planned"
    movable: bool = True
    accessible: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class GridBand:
    """Opening hours of an access point (`label`), or a closure with its `reason` in words."""

    column: str
    start_minute: int
    end_minute: int
    label: str
    kind: BandKind = "open"
    reason: str = ""

    def words(self) -> str:
        """The text that stands in the band."""
        return " · ".join(part for part in (self.label, self.reason) if part)


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of minutes in the column with the number `column`."""

    column: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Its length."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its place among those at the same time: `lane` of `lanes`, `wide` lanes wide."""

    box: GridBox
    column: int
    lane: int
    lanes: int
    wide: int

    def drawn(self, least: int) -> tuple[int, int]:
        """The minutes that it takes on the screen, where nothing is shorter than `least` minutes."""
        return self.box.start_minute, max(self.box.end_minute, self.box.start_minute + least)


def lanes(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Side by side instead of on top: for every span its lane, how many there are in its group, how many it may take.

    A group is a chain of spans that overlap; each span takes the first free lane and grows to the right while the
    lanes there stay free for its whole length.
    """
    result: list[tuple[int, int, int]] = [(0, 1, 1)] * len(spans)
    group: list[tuple[int, int]] = []
    ends: list[int] = []
    reach = -1
    for index in sorted(range(len(spans)), key=lambda i: (spans[i][0], -spans[i][1])):
        start, end = spans[index]
        if start >= reach:
            _close(group, spans, len(ends), result)
            group, ends = [], []
        lane = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        group.append((index, lane))
        reach = max(reach, end)
    _close(group, spans, len(ends), result)
    return result


def _close(
    group: list[tuple[int, int]], spans: Sequence[tuple[int, int]], count: int, result: list[tuple[int, int, int]]
) -> None:
    """Write a finished group into the result."""
    by_lane: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for index, lane in group:
        by_lane[lane].append(spans[index])
    for index, lane in group:
        start, end = spans[index]
        wide = 1
        while lane + wide < count and not any(a < end and start < b for a, b in by_lane[lane + wide]):
            wide += 1
        result[index] = (lane, count, wide)


def place(columns: Sequence[GridColumn], boxes: Iterable[GridBox], least: int) -> tuple[Placed, ...]:
    """All boxes of known columns in the order of column and time.

    `least` is the shortest time, in minutes, that can be drawn legibly: shorter boxes are drawn that long, and the
    lanes take it into account.
    """
    per_column: list[list[GridBox]] = [[] for _ in columns]
    numbers = {column.key: number for number, column in enumerate(columns)}
    for box in boxes:
        if (number := numbers.get(box.column)) is not None:
            per_column[number].append(box)
    placed: list[Placed] = []
    for number, found in enumerate(per_column):
        found.sort(key=lambda box: (box.start_minute, box.end_minute, box.id))
        spans = [(box.start_minute, max(box.end_minute, box.start_minute + least)) for box in found]
        placed += [Placed(box, number, *where) for box, where in zip(found, lanes(spans), strict=True)]
    return tuple(placed)


def gaps(start: int, end: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of `start`–`end` that no interval of `taken` covers, in order."""
    free: list[tuple[int, int]] = []
    at = start
    for a, b in sorted(taken):
        if b <= at or a >= end:
            continue
        if a > at:
            free.append((at, a))
        at = max(at, b)
    if at < end:
        free.append((at, end))
    return free


def hours_around(first: int, last: int, spans: Iterable[tuple[int, int]]) -> tuple[int, int]:
    """`first` and `last` in minutes, widened to whole hours so that every span is inside."""
    for start, end in spans:
        first = min(first, start - start % 60)
        last = max(last, end + -end % 60)
    return max(0, first), min(DAY, max(last, first + 60))


def snapped(minute: float, step: int) -> int:
    """The nearest multiple of `step` minutes."""
    return round(minute / step) * step
