"""All views of the calendar in one place: what is shown, and what the person wants done with it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.calendar import drawing
from famdesk.ui.calendar.drawing import Item
from famdesk.ui.calendar.editor_form import Start
from famdesk.ui.calendar.faces import Face, ListFace, SheetFace, Shown
from famdesk.ui.calendar.hours_face import HoursFace
from famdesk.ui.calendar.place import DAY, LIST, MONTH, WEEKS, Place
from famdesk.ui.calendar.wishes import Wishes
from famdesk.ui.kit import theme
from famdesk.ui.kit.cells import model as cells_model
from famdesk.ui.kit.floating import Floating
from famdesk.ui.kit.widgets import Card, Label
from famdesk.usecases.calendar.calendar_board import Board

_TICK_MS: Final = 20_000


class CalendarView(QWidget):
    """Shows a board in the view that the place names. The signals are those of `Wishes`.

    Attributes:
        grid, band: columns of hours and what stands above them. month, table: sheets of days. list: the coming weeks.
    """

    opened = Signal(str)
    begun = Signal(object)
    days_wanted = Signal(object)
    move_wanted = Signal(str, object, object)
    stretch_wanted = Signal(str, object)
    cancel_wanted = Signal(str)
    arrive_wanted = Signal(str)
    menu_wanted = Signal(str, object, QPoint)
    stepped = Signal(int)
    day_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board: Board | None = None
        self._place = Place()
        self._items: dict[str, Item] = {}
        self._read = 0.0
        wishes = self._wishes = Wishes(self)
        hours, self._list = HoursFace(wishes, self), ListFace(wishes, self)
        self._hours = hours
        self._month = SheetFace(cells_model.MONTH, wishes, self)
        self._table = SheetFace(cells_model.TABLE, wishes, self)
        self.grid, self.band, self.list = hours.grid, hours.band, self._list.list
        self.month, self.table = self._month.grid, self._table.grid
        self.month.setAccessibleName(_("Days"))
        self.table.setAccessibleName(_("Days by row"))
        self._face: Face = hours
        self._hint = Label("", "second", wrap=True)
        self._hint_card = Card(parent=self)
        self._hint_card.body.addWidget(self._hint)
        self._hint_card.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)  # one books below it too
        self._hint_card.hide()
        self._stack = QStackedWidget()
        self._frames = {id(face): _framed(face.widget) for face in self._faces()}
        for frame in self._frames.values():
            self._stack.addWidget(frame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.unit(2))
        layout.addWidget(self._stack, 1)
        Floating(self._hint_card, self._stack, side=4, below=4)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._show_now)
        self._connect()
        self._timer.start()

    def show_board(self, board: Board, place: Place) -> None:
        """Show what was read; selection, cursor and scroll position stay."""
        old = self._board
        before = None if old is None else (old.first, old.last, self._place.by, self._place.mode)
        another = before != (board.first, board.last, place.by, place.mode)
        another = another or (old is not None and old.day != board.day and place.mode != DAY)
        self._board, self._place, self._read = board, place, time.monotonic()
        self._items = {drawing.item_id(row): row for row in drawing.shown(board, place.filters)}
        face, had_focus = self._face_of(place), self._face.focus.hasFocus()
        selected = self.selected_id()
        self._face = face
        self._stack.setCurrentWidget(self._frames[id(face)])
        face.show(Shown(board, place, self._items, self._now(), another))
        if selected and not face.selected_id() and selected in self._items:
            face.select(selected)
        if had_focus:
            face.focus.setFocus()
        self._show_hint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._face.focus.setFocus(event.reason())

    def item(self, item_id: str) -> Item | None:
        """The row behind a box or line."""
        return self._items.get(drawing.item_of(item_id))

    def selected_id(self) -> str:
        """What is selected, "" for nothing."""
        return drawing.item_of(self._face.selected_id())

    def select(self, item_id: str) -> None:
        """Select an appointment, if it is shown."""
        if item_id in self._items:
            self._face.select(item_id)

    def start(self) -> Start | None:
        """Where a new appointment would begin: at the cursor."""
        return None if self._board is None else self._face.start(self._now())

    def say(self, text: str) -> None:
        """Have the screen reader speak a sentence."""
        self._face.say(text)

    def _faces(self) -> tuple[Face, ...]:
        return self._hours, self._month, self._table, self._list

    def _face_of(self, place: Place) -> Face:
        if place.mode == LIST:
            return self._list
        if place.mode in (MONTH, WEEKS):
            return self._month
        return self._table if place.by != "days" and place.mode != DAY else self._hours

    def _show_hint(self) -> None:
        """An empty calendar says what to do first; the list does it by itself."""
        text = ""
        if not self._items and self._place.mode != LIST:
            text = _("Nothing booked in these days. Ctrl+N books an appointment; so does Enter on a free hour.")
            if self._place.filters.active():
                text = _("Nothing here passes the filters above.")
        self._hint.setText(text)
        self._hint_card.setVisible(bool(text))

    def _now(self) -> datetime:
        """The time at the centre: as it was read, and what has passed since."""
        assert self._board is not None
        return self._board.now + timedelta(seconds=time.monotonic() - self._read)

    @Slot()
    def _show_now(self) -> None:
        if self._board is not None:
            self._face.show_now(self._now())

    def _connect(self) -> None:
        wishes = self._wishes
        wishes.opened.connect(self.opened)
        wishes.begun.connect(self.begun)
        wishes.days_wanted.connect(self.days_wanted)
        wishes.move_wanted.connect(self.move_wanted)
        wishes.stretch_wanted.connect(self.stretch_wanted)
        wishes.cancel_wanted.connect(self.cancel_wanted)
        wishes.arrive_wanted.connect(self.arrive_wanted)
        wishes.menu_wanted.connect(self.menu_wanted)
        wishes.stepped.connect(self.stepped)
        wishes.day_wanted.connect(self.day_wanted)


def _framed(widget: QWidget) -> QFrame:
    """A card without room around what it holds."""
    frame = QFrame()
    theme.set_kind(frame, "card")
    frame.setAccessibleName(_("Calendar"))
    layout = QVBoxLayout(frame)
    layout.setContentsMargins(1, theme.unit(), 1, theme.unit())
    layout.addWidget(widget)
    return frame
