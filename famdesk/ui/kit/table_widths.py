"""How wide the columns of a table are: what its rows need, and a share of the room that is left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from PySide6.QtGui import QFontMetrics

from famdesk.ui.kit import theme
from famdesk.ui.kit.rows import Cell, RowModel
from famdesk.ui.kit.widgets import badge_size

_SAMPLE: Final = 40
"""So many rows are measured: more than a window shows."""


def shared(bases: Sequence[int], needs: Sequence[int], free: int, room: int) -> list[int]:
    """The widths of all columns but the `free` one, whose own stays 0: it takes what remains of `room`.

    A column that needs more than its base gets it while the free column has more than it needs; one that needs less
    gives of it while that has too little. What no column needs is shared by all of them.
    """
    widths = [0 if place == free else base for place, base in enumerate(bases)]
    spare = room - sum(widths) - needs[free]
    moved = [0 if place == free else need - base for place, (base, need) in enumerate(zip(bases, needs, strict=True))]
    wanted = [max(one, 0) if spare > 0 else min(one, 0) for one in moved]
    part = min(1.0, spare / sum(wanted)) if sum(wanted) else 0.0
    widths = [width + int(more * part) for width, more in zip(widths, wanted, strict=True)]
    left = room - sum(widths) - needs[free]
    if left <= 0:
        return widths
    return [width + int(left * width / (sum(widths) + needs[free])) for width in widths]


class Widths:
    """What the columns of one table need; it only grows, so that they do not move about while rows come and go."""

    def __init__(self, model: RowModel[Any]) -> None:
        self._model = model
        self._needs = [0] * len(model.columns)
        self.free = next((place for place, column in enumerate(model.columns) if not column.width), -1)

    def bases(self, metrics: QFontMetrics) -> list[int]:
        """The widths that the columns were made with, in pixels; 0 for the free one."""
        return [self._base(place, metrics) for place in range(len(self._model.columns))]

    def measure(self, metrics: QFontMetrics) -> None:
        """Look at the rows that are there now."""
        for place, column in enumerate(self._model.columns):
            title = max(metrics.horizontalAdvance(line) for line in column.title.split("\n"))
            cells = (self._model.cell(row, place) for row in islice(range(len(self._model.rows)), _SAMPLE))
            widest = max((_width(cell, metrics) for cell in cells), default=0)
            self._needs[place] = max(self._needs[place], widest, title + theme.unit(4))

    def fitting(self, metrics: QFontMetrics, room: int) -> list[int]:
        """The widths in a table that is `room` wide, 0 for the free column."""
        return shared(self.bases(metrics), self._needs, self.free, room)

    def _base(self, place: int, metrics: QFontMetrics) -> int:
        column = self._model.columns[place]
        if not column.width:
            return 0
        title = metrics.horizontalAdvance(column.title)
        return max(column.width * metrics.averageCharWidth(), title) + theme.unit(4)


def _width(cell: Cell, metrics: QFontMetrics) -> int:
    """What a cell takes with all its parts, in pixels."""
    if cell.meaning is not None and cell.text:
        return badge_size(cell.text).width() + theme.unit(4)
    text = QFontMetrics(theme.font(bold=True)) if cell.strong else metrics
    width = text.horizontalAdvance(cell.text) + theme.unit(4) + 1
    if cell.struck:
        width += metrics.horizontalAdvance(cell.struck) + theme.unit(2)
    if cell.tag:
        width += badge_size(cell.tag[0]).width() + theme.unit(2)
    return width + (theme.unit(5.5) if cell.icon else 0)
