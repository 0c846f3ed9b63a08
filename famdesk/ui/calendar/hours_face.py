"""Columns of hours: a day, a week, or a day by colleague, room or access point, with the band of whole days above."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from famdesk.ui.calendar import drawing
from famdesk.ui.calendar.drawing import Target
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.faces import Shown
from famdesk.ui.calendar.whole_days import WholeDays
from famdesk.ui.calendar.wishes import Wishes, at, rounded, start_at
from famdesk.ui.kit.grid.calendar_grid import CalendarGrid

NEW_MINUTES: Final = 30
_HOURS: Final = (8, 20)


class HoursFace(QObject):
    """The grid and its band; of the two only one has a selection."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = CalendarGrid()
        self.widget: QWidget = self.grid
        self.grid.set_hours(*_HOURS)
        self.grid.new_minutes = NEW_MINUTES
        self._days = WholeDays(wishes, self.grid)
        self.band = self._days.band
        self._wishes = wishes
        self._shown: Shown | None = None
        self._connect()

    @property
    def focus(self) -> QWidget:
        """The band if something is selected there, else the grid."""
        return self.band if self.band.selected() and not self.band.isHidden() else self.grid

    def show(self, shown: Shown) -> None:
        """Show a board; selection, cursor and scroll position stay."""
        self._shown = shown
        board, place = shown.board, shown.place
        drawn = drawing.draw(board, place.filters, place.by, place.mode)
        had_focus = self.band.hasFocus()
        self._days.show(shown, drawn.columns)
        QWidget.setTabOrder(self.band, self.grid)  # it stands above
        self.grid.set_content(drawn.columns, drawn.boxes, drawn.bands)
        if had_focus and self.band.isHidden():
            self.grid.setFocus()
        if shown.another:
            self._begin_here(shown)
        self.show_now(shown.now)

    def selected_id(self) -> str:
        """What is selected where the keyboard is, else in the grid or the band."""
        return self.grid.selected() or ("" if self.grid.hasFocus() else self.band.selected())

    def select(self, item: str) -> None:
        """Select a box or a bar."""
        if self.band.scene.item(item) is not None:
            self.band.select(item)
        else:
            self.grid.select(item)

    def start(self, now: datetime) -> Start:
        """At the cursor."""
        slot = self.grid.slot()
        return Start(rounded(now)) if slot is None else self._start_at(*slot, None)

    def show_now(self, now: datetime) -> None:
        """The now-line in today's column."""
        if self._shown is None:
            return
        board, by = self._shown.board, self._shown.place.by
        columns = self.grid.scene.content.columns
        key = now.date().isoformat() if by == "days" else columns[0].key if columns else None
        here = board.first <= now.date() <= board.last
        self.grid.set_now(key if here else None, drawing.minute(now, now.date()) if here else None)

    def say(self, text: str) -> None:
        """Spoken by the grid."""
        self.grid.say(text)

    def _begin_here(self, shown: Shown) -> None:
        """Scroll to where the day begins to be of interest; the cursor is on the day that was asked for: today at the
        next free half hour, else where the first thing begins."""
        earliest = self.grid.scene.earliest()
        self.grid.scroll_to(max(earliest - NEW_MINUTES, 0))
        columns, day = self.grid.scene.content.columns, shown.board.day
        column = next((number for number, one in enumerate(columns) if one.date == day), None)
        if column is None or self.grid.selected():
            return
        self.grid.scroll_across(column)
        minute = drawing.minute(shown.now, day) if day == shown.now.date() else earliest
        minute -= minute % -NEW_MINUTES
        while day == shown.now.date() and self.grid.scene.box_at(column, minute) is not None:
            minute += NEW_MINUTES
        self.grid.set_slot(column, min(minute, _HOURS[1] * 60 - NEW_MINUTES))

    def _target(self, key: str) -> Target:
        assert self._shown is not None
        return drawing.target(self._shown.board, self._shown.place.by, key)

    def _start_at(self, key: str, start: int, end: int | None) -> Start:
        assert self._shown is not None
        target = self._target(key)
        ends = at(target.day, end) if end is not None else None
        return start_at(self._shown.board, target, at(target.day, start), ends)

    def _connect(self) -> None:
        grid, band, wishes = self.grid, self.band, self._wishes
        for one in (grid, band):
            one.opened.connect(wishes.opened)
            one.space_pressed.connect(wishes.arrive_wanted)
            one.cancel_requested.connect(wishes.cancel_wanted)
            one.period_requested.connect(wishes.stepped)
        grid.created.connect(self._on_created)
        grid.moved.connect(self._on_moved)
        grid.resized.connect(self._on_resized)
        grid.column_activated.connect(self._on_column)
        grid.context_requested.connect(self._on_menu)
        grid.selected_changed.connect(self._on_grid_selected)
        band.cell_activated.connect(self._on_column)
        band.selected_changed.connect(self._on_band_selected)

    @Slot(str, int, int)
    def _on_created(self, key: str, start: int, end: int) -> None:
        if self._shown is not None:
            self._wishes.begun.emit(self._start_at(key, start, None if end - start == NEW_MINUTES else end))

    @Slot(str, str, int)
    def _on_moved(self, item: str, key: str, start: int) -> None:
        if self._shown is not None:
            target = self._target(key)
            self._wishes.move_wanted.emit(item, at(target.day, start), target)

    @Slot(str, int)
    def _on_resized(self, item: str, end: int) -> None:
        row = self._shown.items.get(item) if self._shown is not None else None
        if row is not None:
            self._wishes.stretch_wanted.emit(item, at(row.starts.date(), end))

    @Slot(str)
    def _on_column(self, key: str) -> None:
        if self._shown is not None and self._shown.place.by == "days":
            self._wishes.day_wanted.emit(date.fromisoformat(key))

    @Slot(str, str, int, QPoint)
    def _on_menu(self, item: str, key: str, minute: int, point: QPoint) -> None:
        self._wishes.menu_wanted.emit(item, self._start_at(key, minute, None), point)

    @Slot(str)
    def _on_grid_selected(self, item: str) -> None:
        if item:
            self.band.select("")

    @Slot(str)
    def _on_band_selected(self, item: str) -> None:
        if item:
            self.grid.select("")
