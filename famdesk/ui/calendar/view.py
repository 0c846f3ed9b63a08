"""The grid and the list in one place: what is shown, and what the person wants done with it."""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.calendar import drawing, listing
from famdesk.ui.calendar.drawing import Item
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.place import LIST, Place
from famdesk.ui.kit import theme
from famdesk.ui.kit.grid import CalendarGrid
from famdesk.ui.kit.speech import announce
from famdesk.usecases.calendar_board import Board

_NEW_MINUTES: Final = 30
_TICK_MS: Final = 20_000
_QUARTER: Final = 15
_HOURS: Final = (8, 20)


class CalendarView(QWidget):
    """Shows a board as columns or as a list. Ids are those of `drawing.item_id`.

    Signals:
        opened(str): open an appointment or meeting.
        begun(object): a new appointment, from a `Start`.
        move_wanted(str, object, object): another start, and the `Target` of the column.
        stretch_wanted(str, object): another end.
        cancel_wanted(str), arrive_wanted(str).
        menu_wanted(str, object, QPoint): the context menu of an item, or with "" of an empty place (a `Start`).
        stepped(int): one period back or on.
        day_wanted(object): show that day.
        zoomed(float): another height of the hour.
    """

    opened = Signal(str)
    begun = Signal(object)
    move_wanted = Signal(str, object, object)
    stretch_wanted = Signal(str, object)
    cancel_wanted = Signal(str)
    arrive_wanted = Signal(str)
    menu_wanted = Signal(str, object, QPoint)
    stepped = Signal(int)
    day_wanted = Signal(object)
    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self._place = Place()
        self._items: dict[str, Item] = {}
        self._read = 0.0
        self.grid = CalendarGrid()
        self.grid.set_hours(*_HOURS)
        self.grid.new_minutes = _NEW_MINUTES
        self.model, self.table = listing.make_table()
        self._stack = QStackedWidget()
        self._stack.addWidget(_framed(self.grid))
        self._stack.addWidget(_framed(self.table))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)
        self._connect()
        self._timer.start()

    def show_board(self, board: Board, place: Place) -> None:
        """Show what was read; selection, cursor and scroll position stay."""
        another = self._board is None or (self._board.first, place.by) != (board.first, self._place.by)
        self._board, self._place, self._read = board, place, time.monotonic()
        items = drawing.shown(board, place.filters)
        self._items = {drawing.item_id(row): row for row in items}
        self._stack.setCurrentIndex(int(place.mode == LIST))
        if place.mode == LIST:
            self.model.set_rows(items)
        else:
            drawn = drawing.draw(board, place.filters, place.by)
            self.grid.set_content(drawn.columns, drawn.boxes, drawn.bands)
            if another:
                self._begin_here()
        self._show_now()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        (self.table if self._place.mode == LIST else self.grid).setFocus(event.reason())

    def item(self, item_id: str) -> Item | None:
        """The row behind a box or line."""
        return self._items.get(item_id)

    def selected_id(self) -> str:
        """What is selected, "" for nothing."""
        return self.table.current_id() if self._place.mode == LIST else self.grid.selected()

    def select(self, item_id: str) -> None:
        """Select an appointment, if it is shown."""
        if item_id not in self._items:
            return
        if self._place.mode == LIST:
            self.table.select_id(item_id)
        else:
            self.grid.select(item_id)

    def start(self) -> Start | None:
        """Where a new appointment would begin: at the cursor, in the list at the next quarter of an hour."""
        if self._board is None:
            return None
        slot = self.grid.slot() if self._place.mode != LIST else None
        if slot is not None:
            return self._start_at(*slot, None)
        now = self._now()
        first = now if self._board.first <= now.date() <= self._board.last else _morning(self._board.first)
        late = timedelta(minutes=-first.minute % _QUARTER)
        return Start((first + late).replace(second=0, microsecond=0))

    def say(self, text: str) -> None:
        """Have the screen reader speak a sentence."""
        if self._place.mode == LIST:
            announce(self.table, text)
        else:
            self.grid.say(text)

    def _begin_here(self) -> None:
        """Scroll to where the day begins to be of interest, and put the cursor to today's next free half hour."""
        now = self._now()
        columns = self.grid.scene.content.columns
        self.grid.scroll_to(max(self.grid.scene.earliest() - _NEW_MINUTES, 0))
        today = next((number for number, one in enumerate(columns) if one.date == now.date()), None)
        if today is not None and not self.grid.selected():
            minute = drawing.minute(now, now.date())
            minute -= minute % -_NEW_MINUTES
            while self.grid.scene.box_at(today, minute) is not None:
                minute += _NEW_MINUTES
            self.grid.set_slot(today, min(minute, _HOURS[1] * 60 - _NEW_MINUTES))

    def _start_at(self, key: str, start: int, end: int | None) -> Start:
        assert self._board is not None
        target = drawing.target(self._board, self._place.by, key)
        starts = _at(target.day, start)
        point = target.access_point_id or drawing.point_open(self._board, starts)
        ends = _at(target.day, end) if end is not None else None
        return Start(starts, ends, target.staff_id, target.room_id, point)

    def _now(self) -> datetime:
        """The time at the centre: as it was read, and what has passed since."""
        assert self._board is not None
        return self._board.now + timedelta(seconds=time.monotonic() - self._read)

    @Slot()
    def _show_now(self) -> None:
        if self._board is None:
            return
        now = self._now()
        shown = self._board.first <= now.date() <= self._board.last
        key = now.date().isoformat() if self._place.by == "days" else self._first_column()
        self.grid.set_now(key if shown else None, drawing.minute(now, now.date()) if shown else None)

    def _first_column(self) -> str | None:
        columns = self.grid.scene.content.columns
        return columns[0].key if columns else None

    def _connect(self) -> None:
        self.grid.opened.connect(self.opened)
        self.table.activated_id.connect(self.opened)
        self.grid.space_pressed.connect(self.arrive_wanted)
        self.table.space_pressed.connect(self.arrive_wanted)
        self.grid.cancel_requested.connect(self.cancel_wanted)
        self.table.menu_requested.connect(self._on_line_menu)
        self.grid.period_requested.connect(self.stepped)
        self.grid.zoomed.connect(self.zoomed)
        self.grid.created.connect(self._on_created)
        self.grid.moved.connect(self._on_moved)
        self.grid.resized.connect(self._on_resized)
        self.grid.column_activated.connect(self._on_column)
        self.grid.context_requested.connect(self._on_menu)
        self._timer.timeout.connect(self._show_now)

    @Slot(str, int, int)
    def _on_created(self, key: str, start: int, end: int) -> None:
        if self._board is not None:
            self.begun.emit(self._start_at(key, start, None if end - start == _NEW_MINUTES else end))

    @Slot(str, str, int)
    def _on_moved(self, item_id: str, key: str, start: int) -> None:
        if self._board is not None:
            target = drawing.target(self._board, self._place.by, key)
            self.move_wanted.emit(item_id, _at(target.day, start), target)

    @Slot(str, int)
    def _on_resized(self, item_id: str, end: int) -> None:
        row = self._items.get(item_id)
        if row is not None:
            self.stretch_wanted.emit(item_id, _at(row.starts.date(), end))

    @Slot(str)
    def _on_column(self, key: str) -> None:
        if self._board is not None and self._place.by == "days":
            self.day_wanted.emit(date.fromisoformat(key))

    @Slot(str, str, int, QPoint)
    def _on_menu(self, item_id: str, key: str, minute: int, at: QPoint) -> None:
        self.menu_wanted.emit(item_id, self._start_at(key, minute, None), at)

    @Slot(str, QPoint)
    def _on_line_menu(self, item_id: str, at: QPoint) -> None:
        self.menu_wanted.emit(item_id, self.start(), at)


def _at(day: date, minute: int) -> datetime:
    return _midnight(day) + timedelta(minutes=minute)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _morning(day: date) -> datetime:
    return _midnight(day) + timedelta(hours=9)


def _framed(widget: QWidget) -> QFrame:
    """A card without room around what it holds."""
    frame = QFrame()
    theme.set_kind(frame, "card")
    frame.setAccessibleName(_("Calendar"))
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, theme.unit(), 1, theme.unit())
    layout.addWidget(widget)
    return frame
