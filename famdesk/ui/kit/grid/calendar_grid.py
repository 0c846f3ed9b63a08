"""The calendar grid: columns of hours with boxes, painted by hand so that a thousand of them stay quick.

It shows what it is given and says what the person wants; it never changes its boxes itself. After a signal the owner
saves and calls `set_content` again; the grid then speaks what has become of the selected box.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.grid import access as grid_access
from famdesk.ui.kit.grid.frame import GridFrame
from famdesk.ui.kit.grid.keyboard import GridKeyboard
from famdesk.ui.kit.grid.model import GridBand, GridBox, GridColumn, Span
from famdesk.ui.kit.grid.pointer import GridPointer
from famdesk.ui.kit.grid.reader import GridReader
from famdesk.ui.kit.grid.scene import Content
from famdesk.ui.kit.grid.words import change_sentence
from famdesk.ui.kit.speech import announce

__all__ = ["CalendarGrid", "GridBand", "GridBox", "GridColumn"]


class CalendarGrid(GridFrame):
    """N columns of hours; minutes count from midnight of the column's day.

    `snap_minutes` is the step of the mouse, `new_minutes` how long a thing is that Enter or a double click creates,
    `editable` whether boxes can be moved and created.
    """

    selected_changed = Signal(str)
    opened = Signal(str)
    created = Signal(str, int, int)
    moved = Signal(str, str, int)
    resized = Signal(str, int)
    cancel_requested = Signal(str)
    space_pressed = Signal(str)
    period_requested = Signal(int)
    column_activated = Signal(str)
    context_requested = Signal(str, str, int, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._ready = False
        self._slot: tuple[str, int] | None = None
        self._now: tuple[str, int] | None = None
        super().__init__(parent)
        grid_access.install()
        self.snap_minutes, self.new_minutes, self.editable = 15, 30, True
        self.reader = GridReader(self)
        self.pointer = GridPointer(self)
        self._keyboard = GridKeyboard(self)
        self.header.pressed.connect(self.column_activated)
        self.setAccessibleName(_("Calendar"))
        self._ready = True

    def set_content(
        self, columns: Iterable[GridColumn], boxes: Iterable[GridBox], bands: Iterable[GridBand] = ()
    ) -> None:
        """Show other columns, boxes and bands. Scroll position, cursor and selection (by id) stay; a drag ends."""
        before = self.scene.placed_box(self.selected())
        self.pointer.cancel()
        self.scene.content = Content(tuple(columns), tuple(boxes), tuple(bands))
        self.relayout()
        grid_access.content_changed(self)
        if before is None:
            return
        after = self.scene.placed_box(before.box.id)
        self.select(before.box.id if after else "")
        column = self.scene.content.columns[after.column] if after else None
        sentence = change_sentence(before.box, after.box if after else None, column)
        if sentence:
            self.say(sentence)

    def set_now(self, column: str | None, minute: int | None) -> None:
        """Where the now-line stands, None for nowhere."""
        self._now = None if column is None or minute is None else (column, minute)
        self._place_overlay()

    def selected(self) -> str:
        """The id of the selected box, "" if there is none."""
        return self.view.overlay.selected

    def select(self, box_id: str, at: int | None = None) -> None:
        """Select a box and bring it into view; "" or an unknown id selects none. `at`: the cursor's minute in it."""
        placed = self.scene.placed_box(box_id)
        box_id = placed.box.id if placed else ""
        changed = self.selected() != box_id
        if placed is not None:
            self._slot = (placed.box.column, placed.box.start_minute if at is None else at)
        self.show_over(selected=box_id)
        self._place_overlay()
        if placed is not None and changed:
            self.scroll_to_span(Span(placed.column, placed.box.start_minute, placed.box.end_minute))
            grid_access.focus_moved(self)
        if changed:
            self.selected_changed.emit(box_id)

    def slot(self) -> tuple[str, int] | None:
        """Column key and minute of the keyboard cursor, None while there are no columns."""
        if not self.scene.content.columns:
            return None
        column, minute = self.slot_place()
        return self.scene.content.columns[column].key, minute

    def slot_place(self) -> tuple[int, int]:
        """Column number and minute of the cursor; today's first opening or box until it is moved."""
        geometry = self.scene.geometry
        column = self.scene.column_number(self._slot[0]) if self._slot else -1
        today = next((n for n, one in enumerate(self.scene.content.columns) if one.today), 0)
        minute = self._slot[1] if self._slot else self.scene.earliest()
        last = max(geometry.first, geometry.last - self.snap_minutes)
        return (column if column >= 0 else today), max(geometry.first, min(last, minute))

    def slot_span(self) -> Span | None:
        """What Enter would create at the cursor, None while there are no columns."""
        if not self.scene.content.columns:
            return None
        column, minute = self.slot_place()
        return Span(column, minute, min(minute + self.new_minutes, self.scene.geometry.last))

    def set_slot(self, column: int, minute: int) -> None:
        """Put the keyboard cursor there."""
        self._slot = (self.scene.content.columns[column].key, minute)
        self._place_overlay()

    def create_here(self) -> None:
        """Ask for a new thing at the cursor."""
        span = self.slot_span()
        if span is not None and self.editable:
            self.created.emit(self.scene.content.columns[span.column].key, span.start, span.end)

    def context_here(self) -> None:
        """Ask for the menu of the selected box or of the cursor."""
        place = self.slot()
        if place is not None:
            self.context_requested.emit(self.selected(), *place, self.screen_rect(self.selected()).center())

    def screen_rect(self, box_id: str) -> QRect:
        """Where a box, or the cursor for "", is on the screen."""
        span = self.slot_span()
        if box_id:
            return self.on_screen(self.scene.rect(box_id))
        return self.on_screen(self.scene.geometry.span_rect(span) if span else QRectF())

    def say(self, text: str) -> None:
        """Have the screen reader speak a sentence."""
        announce(self, text, urgent=True)

    def relayout(self, anchor: float = 0.0) -> None:
        super().relayout(anchor)
        self._place_overlay()

    def focusNextPrevChild(self, next: bool) -> bool:
        # Qt asks here too when the keyboard leaves the band inside
        return (self.hasFocus() and self._keyboard.walk(next)) or super().focusNextPrevChild(next)

    def event(self, event: QEvent) -> bool:
        if not self._ready:
            return super().event(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._keyboard.handle(event):
            event.accept()
            return True
        result = super().event(event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.show_over(focus=self.hasFocus())
            self._place_overlay()
            if self.hasFocus():
                grid_access.focus_moved(self)
            else:
                self.pointer.cancel()
        return result

    def viewportEvent(self, event: QEvent) -> bool:
        return (self._ready and self.pointer.handle(event)) or super().viewportEvent(event)

    def _place_overlay(self) -> None:
        """Cursor and now-line where the columns are now."""
        now = None
        if self._now is not None and (column := self.scene.column_number(self._now[0])) >= 0:
            first, last = self.scene.geometry.first, self.scene.geometry.last
            now = (column, self._now[1]) if first <= self._now[1] <= last else None
        self.show_over(now=now, slot=None if self.selected() else self.slot_span())
