"""The band above the hours: things of whole days, and what goes past midnight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from PySide6.QtCore import QObject, QPoint, Slot

from famdesk.i18n import _
from famdesk.ui.calendar import drawing, sheets
from famdesk.ui.calendar.drawing import Target
from famdesk.ui.calendar.faces import Shown
from famdesk.ui.calendar.wishes import Wishes, start_on
from famdesk.ui.kit.cells.calendar_cells import CellGrid
from famdesk.ui.kit.cells.model import BAND
from famdesk.ui.kit.grid.calendar_grid import CalendarGrid
from famdesk.ui.kit.grid.model import GridColumn


class WholeDays(QObject):
    """Shown only while something stands in it."""

    def __init__(self, wishes: Wishes, grid: CalendarGrid) -> None:
        super().__init__(grid)
        self._wishes = wishes
        self._shown: Shown | None = None
        band = self.band = CellGrid(BAND, grid)
        band.setAccessibleName(_("Whole days"))
        band.hide()
        grid.set_band(band)
        band.created.connect(self._on_created)
        band.moved.connect(self._on_moved)
        band.stretched.connect(self._on_stretched)
        band.context_requested.connect(self._on_menu)

    def show(self, shown: Shown, columns: Iterable[GridColumn]) -> None:
        """Show what belongs above these columns; the grid is to be laid out afterwards."""
        self._shown = shown
        content = sheets.band(shown.board, shown.place.filters, shown.place.by, columns)
        self.band.set_content(content)
        self.band.setVisible(bool(content.items))

    def _target(self, key: str) -> Target:
        assert self._shown is not None
        return drawing.target(self._shown.board, self._shown.place.by, key)

    def _days(self, before: str, after: str) -> timedelta:
        return self._target(after).day - self._target(before).day

    @Slot(str)
    def _on_created(self, key: str) -> None:
        if self._shown is not None:
            self._wishes.begun.emit(start_on(self._shown.board, self._target(key), self._shown.now))

    @Slot(str, str, str)
    def _on_moved(self, item: str, before: str, after: str) -> None:
        row = self._shown.items.get(item) if self._shown is not None else None
        if row is not None:
            self._wishes.move_wanted.emit(item, row.starts + self._days(before, after), self._target(after))

    @Slot(str, str, str)
    def _on_stretched(self, item: str, before: str, after: str) -> None:
        row = self._shown.items.get(item) if self._shown is not None else None
        if row is not None:
            self._wishes.stretch_wanted.emit(item, row.ends + self._days(before, after))

    @Slot(str, str, QPoint)
    def _on_menu(self, item: str, key: str, point: QPoint) -> None:
        if self._shown is not None:
            start = start_on(self._shown.board, self._target(key), self._shown.now)
            self._wishes.menu_wanted.emit(item, start, point)
