"""How wide the columns of a table are: what its rows need, and a share of the room that is left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any, Final

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

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
    """The widths of one table's columns: they follow rows and window until the person moves one.

    What the rows need only grows, so that the columns do not move about while rows come and go.
    """

    def __init__(self, view: QTableView, model: RowModel[Any]) -> None:
        self._view, self._model = view, model
        self._needs = [0] * len(model.columns)
        self._text_size = 0
        self._free = next((place for place, column in enumerate(model.columns) if not column.width), -1)
        modes = QHeaderView.ResizeMode
        for place, width in enumerate(self._bases()):
            view.horizontalHeader().setSectionResizeMode(place, modes.Interactive if width else modes.Stretch)
            if width:
                view.setColumnWidth(place, width)
        self._fitted = self._now()

    def own(self) -> bool:
        """Whether the person has chosen them."""
        return self._now() != self._fitted

    def fit(self) -> None:
        """Share the room among the columns, unless the person has done it."""
        if self._free < 0 or self.own():
            return
        self._measure()
        for place, width in enumerate(shared(self._bases(), self._needs, self._free, self._view.viewport().width())):
            if place != self._free:
                self._view.setColumnWidth(place, width)
        self._fitted = self._now()  # a width has a least one

    def _now(self) -> list[int]:
        """The widths that do not follow from the others."""
        places = range(len(self._model.columns))
        return [0 if place == self._free else self._view.columnWidth(place) for place in places]

    def _bases(self) -> list[int]:
        """The widths that the columns were made with, in pixels; 0 for the free one."""
        metrics = self._view.fontMetrics()
        return [
            max(column.width * metrics.averageCharWidth(), metrics.horizontalAdvance(column.title)) + theme.unit(4)
            if column.width
            else 0
            for column in self._model.columns
        ]

    def _measure(self) -> None:
        metrics = self._view.fontMetrics()
        if metrics.height() != self._text_size:
            self._text_size, self._needs = metrics.height(), [0] * len(self._needs)
        for place, column in enumerate(self._model.columns):
            title = max(metrics.horizontalAdvance(line) for line in column.title.split("\n"))
            cells = (self._model.cell(row, place) for row in islice(range(len(self._model.rows)), _SAMPLE))
            widest = max((_width(cell, metrics) for cell in cells), default=0)
            self._needs[place] = max(self._needs[place], widest, title + theme.unit(4))


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
