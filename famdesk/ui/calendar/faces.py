"""The views of the calendar: columns of hours, sheets of days, a list. Each shows a board and says what is wanted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.calendar import listing, sheets
from famdesk.ui.calendar.drawing import Item
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.place import Place
from famdesk.ui.calendar.wishes import Wishes, at, rounded, start_on
from famdesk.ui.kit.buttons import make_action
from famdesk.ui.kit.cells.calendar_cells import CellGrid
from famdesk.ui.kit.cells.model import MONTH, TABLE
from famdesk.ui.kit.lines import LineList
from famdesk.ui.kit.speech import announce
from famdesk.usecases.calendar.calendar_board import Board


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view shows: the board, where the person is, what passes the filters; `another`: not the days before."""

    board: Board
    place: Place
    items: dict[str, Item]
    now: datetime
    another: bool


class Face(Protocol):
    """A view; `focus` gets the keyboard."""

    widget: QWidget

    @property
    def focus(self) -> QWidget: ...

    def show(self, shown: Shown) -> None: ...

    def selected_id(self) -> str: ...

    def select(self, item: str) -> None: ...

    def start(self, now: datetime) -> Start: ...

    def show_now(self, now: datetime) -> None: ...

    def say(self, text: str) -> None: ...


class SheetFace(QObject):
    """A month, weeks, or colleagues over days."""

    def __init__(self, kind: str, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = CellGrid(kind)
        self.widget: QWidget = self.grid
        self._kind, self._wishes = kind, wishes
        self._shown: Shown | None = None
        self.grid.opened.connect(wishes.opened)
        self.grid.space_pressed.connect(wishes.arrive_wanted)
        self.grid.cancel_requested.connect(wishes.cancel_wanted)
        self.grid.period_requested.connect(wishes.stepped)
        self.grid.created.connect(self._on_created)
        self.grid.spanned.connect(self._on_spanned)
        self.grid.moved.connect(self._on_moved)
        self.grid.stretched.connect(self._on_stretched)
        self.grid.cell_activated.connect(self._on_cell)
        self.grid.column_activated.connect(self._on_column)
        self.grid.context_requested.connect(self._on_menu)

    @property
    def focus(self) -> QWidget:
        """The sheet."""
        return self.grid

    def show(self, shown: Shown) -> None:
        """Show a board; the cursor is on the day that was asked for."""
        self._shown = shown
        board, place = shown.board, shown.place
        if self._kind == MONTH:
            self.grid.set_content(sheets.month(board, place.filters, place.mode))
        else:
            self.grid.set_content(sheets.table(board, place.filters, place.by, place.mode))
        if shown.another and not self.grid.selected():
            cells = self.grid.scene.content.cells
            day = board.day.isoformat()
            self.grid.go_to_cell(next((one.key for one in cells if one.key.endswith(day)), ""), tell=False)
        self.show_now(shown.now)

    def selected_id(self) -> str:
        """The selected item."""
        return self.grid.selected()

    def select(self, item: str) -> None:
        """Select an item."""
        self.grid.select(item)

    def start(self, now: datetime) -> Start:
        """At the cursor."""
        assert self._shown is not None
        return self._start(self.grid.cell_key(), now)

    def show_now(self, now: datetime) -> None:
        """The now-line in today's cell; a table has one for each row, so it has none."""
        here = self._kind == MONTH
        self.grid.set_now(now.date().isoformat() if here else None, now.hour * 60 + now.minute)

    def say(self, text: str) -> None:
        """Spoken by the sheet."""
        self.grid.say(text)

    def _start(self, key: str, now: datetime) -> Start:
        assert self._shown is not None
        if not key:
            return Start(rounded(now))
        return start_on(self._shown.board, sheets.cell_target(self._shown.place.by, key), now)

    @Slot(str)
    def _on_created(self, key: str) -> None:
        if self._shown is not None:
            self._wishes.begun.emit(self._start(key, self._shown.now))

    @Slot(str, str)
    def _on_spanned(self, first: str, last: str) -> None:
        """Several days: only who is away takes them as a whole."""
        if self._shown is not None:
            by = self._shown.place.by
            begin = start_on(self._shown.board, sheets.cell_target(by, first), self._shown.now)
            ends = at(sheets.cell_target(by, last).day, 0)
            self._wishes.days_wanted.emit(replace(begin, ends=ends))

    @Slot(str, str, str)
    def _on_moved(self, item: str, before: str, after: str) -> None:
        if self._shown is None or item not in self._shown.items:
            return
        by = self._shown.place.by
        target = sheets.cell_target(by, after)
        days = target.day - sheets.cell_target(by, before).day
        self._wishes.move_wanted.emit(item, self._shown.items[item].starts + days, target)

    @Slot(str, str, str)
    def _on_stretched(self, item: str, before: str, after: str) -> None:
        if self._shown is not None and item in self._shown.items:
            by = self._shown.place.by
            days = sheets.cell_target(by, after).day - sheets.cell_target(by, before).day
            self._wishes.stretch_wanted.emit(item, self._shown.items[item].ends + days)

    @Slot(str)
    def _on_cell(self, key: str) -> None:
        if self._shown is not None and key:
            self._wishes.day_wanted.emit(sheets.cell_target(self._shown.place.by, key).day)

    @Slot(str)
    def _on_column(self, key: str) -> None:
        if self._kind == TABLE:
            self._wishes.day_wanted.emit(date.fromisoformat(key))

    @Slot(str, str, QPoint)
    def _on_menu(self, item: str, key: str, point: QPoint) -> None:
        if self._shown is not None:
            self._wishes.menu_wanted.emit(item, self._start(key, self._shown.now), point)


class ListFace(QObject):
    """The coming weeks as a list with the days as headings."""

    def __init__(self, wishes: Wishes, parent: QWidget) -> None:
        super().__init__(parent)
        empty = _("Nothing in these four weeks. Ctrl+N books an appointment.")
        self.list = LineList(_("Appointments and meetings"), empty)
        self.widget: QWidget = self.list
        self._wishes = wishes
        self._shown: Shown | None = None
        self.list.activated_id.connect(wishes.opened)
        self.list.space_pressed.connect(wishes.arrive_wanted)
        self.list.menu_requested.connect(self._on_menu)
        make_action(self.list, _("Cancel appointment…"), self._on_cancel, shortcut="Del")
        make_action(self.list, _("Calendar: back"), self._on_back, shortcut="PgUp")
        make_action(self.list, _("Calendar: on"), self._on_on, shortcut="PgDown")

    @property
    def focus(self) -> QWidget:
        """The list."""
        return self.list

    def show(self, shown: Shown) -> None:
        """Show a board."""
        self._shown = shown
        self.list.set_lines(listing.lines(shown.items.values(), shown.board))

    def selected_id(self) -> str:
        """The current line."""
        return self.list.current_id()

    def select(self, item: str) -> None:
        """Make a line current."""
        self.list.set_current_id(item)

    def start(self, now: datetime) -> Start:
        """The day of the current line, else the first one."""
        assert self._shown is not None
        row = self._shown.items.get(self.list.current_id())
        board = self._shown.board
        day = row.starts.date() if row is not None else max(board.first, min(board.last, now.date()))
        target = sheets.cell_target("days", max(day, board.first).isoformat())
        return start_on(board, target, now)

    def show_now(self, now: datetime) -> None:
        """A list of weeks needs no line for now."""

    def say(self, text: str) -> None:
        """Spoken by the list."""
        announce(self.list, text)

    @Slot()
    def _on_cancel(self) -> None:
        if self.list.current_id():
            self._wishes.cancel_wanted.emit(self.list.current_id())

    @Slot()
    def _on_back(self) -> None:
        self._wishes.stepped.emit(-1)

    @Slot()
    def _on_on(self) -> None:
        self._wishes.stepped.emit(1)

    @Slot(str, QPoint)
    def _on_menu(self, item: str, point: QPoint) -> None:
        if self._shown is not None:
            self._wishes.menu_wanted.emit(item, self.start(self._shown.now), point)
