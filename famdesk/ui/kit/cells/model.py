"""What a sheet of cells is told: days as cells, with what stands in them. No Qt, nothing about appointments.

Cells are numbered row by row. An item that lasts longer than one cell is drawn as a bar over all of its cells; where
they go over several rows, the bar is parted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from famdesk.ui.kit.grid.model import BoxState, BoxTone

MONTH: Final = "month"
"""Rows share the room; what does not fit is counted."""
TABLE: Final = "table"
"""Rows grow with what stands in them, under each other; the rows have names."""
BAND: Final = "band"
"""One row above columns of hours."""
SMALL: Final = "small"
"""Numbers and dots alone."""


@dataclass(frozen=True, slots=True)
class CellHead:
    """A column or a row: `title` is short, `spoken` the whole name (empty: the title)."""

    key: str
    title: str
    spoken: str = ""
    today: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One day, or one day of a row. `spoken` is its whole name.

    `note` tells quietly when it is open, `closed` why it is not; `faint` is a day of another month; `mark` a dot.
    """

    key: str
    spoken: str
    number: str = ""
    note: str = ""
    closed: str = ""
    today: bool = False
    faint: bool = False
    mark: bool = False


@dataclass(frozen=True, slots=True)
class CellItem:
    """One thing from the cell `first` to the cell `last`, by their keys.

    `time` and `minute` are when it begins; `bar` is something of whole days. `accessible` is its whole sentence. `day`
    tells where it is, for the sentence after a move.
    """

    id: str
    first: str
    last: str
    title: str
    text: str = ""
    time: str = ""
    minute: int = 0
    bar: bool = False
    tone: BoxTone = "plain"
    state: BoxState = "planned"
    movable: bool = True
    accessible: str = ""


@dataclass(frozen=True, slots=True)
class CellContent:
    """All that is shown; `rows` × `columns` cells. `flows`: the next row goes on where the one before ends."""

    columns: tuple[CellHead, ...] = ()
    rows: tuple[CellHead, ...] = ()
    cells: tuple[Cell, ...] = ()
    items: tuple[CellItem, ...] = ()
    flows: bool = True


@dataclass(frozen=True, slots=True)
class Part:
    """An item in one row: the columns `first` to `last`, in the line `lane`; whether it begins and ends here."""

    item: CellItem
    row: int
    first: int
    last: int
    lane: int
    begins: bool
    ends: bool


def parts(content: CellContent) -> tuple[Part, ...]:
    """All items in lines that do not touch: in each row the long ones first, then by time."""
    count = len(content.columns)
    if not count:
        return ()
    numbers = {cell.key: number for number, cell in enumerate(content.cells)}
    by_row: list[list[tuple[CellItem, int, int]]] = [[] for _ in content.rows]
    for item in content.items:
        first, last = numbers.get(item.first, -1), numbers.get(item.last, -1)
        if first < 0 or last < first:
            continue
        for row in range(first // count, last // count + 1):
            by_row[row].append((item, first, last))
    found: list[Part] = []
    for row, here in enumerate(by_row):
        found += _laid(row, here, count)
    return tuple(found)


def _laid(row: int, here: Iterable[tuple[CellItem, int, int]], count: int) -> list[Part]:
    start, end = row * count, row * count + count - 1
    spans = sorted(
        ((item, max(first, start) - start, min(last, end) - start, first >= start, last <= end)
         for item, first, last in here),
        key=lambda one: (not one[0].bar, one[1] if one[0].bar else one[0].minute, one[1] - one[2], one[0].id),
    )  # fmt: skip
    taken: list[set[int]] = [set() for _ in range(count)]
    free = [0] * count  # below it every line of the column is taken
    found = []
    for item, first, last, begins, ends in spans:
        columns = range(first, last + 1)
        lane = max(free[column] for column in columns)
        while any(lane in taken[column] for column in columns):
            lane += 1
        for column in columns:
            taken[column].add(lane)
            while free[column] in taken[column]:
                free[column] += 1
        found.append(Part(item, row, first, last, lane, begins, ends))
    return found


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What of a row is drawn with `lines` lines in a cell: the parts, and how many are left out in which column."""

    shown: tuple[Part, ...]
    hidden: tuple[int, ...]


def planned(found: Sequence[Part], columns: int, lines: int) -> RowPlan:
    """As many as fit; where something is left out, the last line tells how many."""
    deepest = [-1] * columns
    for part in found:
        for column in range(part.first, part.last + 1):
            deepest[column] = max(deepest[column], part.lane)
    shown, hidden = [], [0] * columns
    for part in found:
        span = range(part.first, part.last + 1)
        full = any(deepest[column] >= lines for column in span)
        if part.lane < lines - 1 or (part.lane == lines - 1 and not full):
            shown.append(part)
        else:
            for column in span:
                hidden[column] += 1
    return RowPlan(tuple(shown), tuple(hidden))
