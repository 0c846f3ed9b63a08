"""Days as cells: a month, weeks, colleagues over days, the band of whole days, the small month beside a calendar.

It shows what it is given and says what the person wants; it never changes its items itself. After a signal the owner
saves and calls `set_content` again; the sheet then speaks what has become of the selected item.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSizeF, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.cells.keyboard import CellKeyboard
from famdesk.ui.kit.cells.model import MONTH, Cell, CellContent, CellHead, CellItem
from famdesk.ui.kit.cells.pointer import CellPointer
from famdesk.ui.kit.cells.reader import CellReader
from famdesk.ui.kit.cells.view import _RESTYLE, CellView
from famdesk.ui.kit.cells.words import change_sentence
from famdesk.ui.kit.grid import access as grid_access
from famdesk.ui.kit.speech import announce

__all__ = ["Cell", "CellContent", "CellGrid", "CellHead", "CellItem"]


class CellGrid(CellView):
    """A sheet of cells of one of the kinds of `cells_model`.

    Signals:
        opened(str): open an item. cell_activated(str): a cell by its key. column_activated(str): a column.
        created(str): a new thing in a cell. spanned(str, str): one from a cell to another.
        moved(str, str, str): an item goes from one cell to another. stretched(str, str, str): its end does.
        cancel_requested(str), space_pressed(str), selected_changed(str): by an item's id.
        period_requested(int): back (-1) or on (1).
        context_requested(str, str, QPoint): the menu of an item, or with "" of a cell, by the cell's key.
        cursor_moved(str): the cursor is on another cell.
    """

    opened = Signal(str)
    cell_activated = Signal(str)
    column_activated = Signal(str)
    created = Signal(str)
    spanned = Signal(str, str)
    moved = Signal(str, str, str)
    stretched = Signal(str, str, str)
    cancel_requested = Signal(str)
    space_pressed = Signal(str)
    selected_changed = Signal(str)
    period_requested = Signal(int)
    context_requested = Signal(str, str, QPoint)
    cursor_moved = Signal(str)

    def __init__(self, kind: str = MONTH, parent: QWidget | None = None) -> None:
        self._ready = False
        self._cursor = ""
        super().__init__(kind, parent)
        grid_access.install()
        self.reader = CellReader(self)
        self.pointer = CellPointer(self)
        self._keyboard = CellKeyboard(self)
        self.header.pressed.connect(self.column_activated)
        self.setAccessibleName(_("Calendar"))
        self._ready = True

    def set_content(self, content: CellContent) -> None:
        """Show other cells and items. Scroll position, cursor and selection stay as far as they can."""
        before = self.scene.item(self.selected())
        self.pointer.cancel()
        self.scene.set_content(content)
        self.reader.renew()
        self.relayout()
        self.updateGeometry()
        self.show_over(cell=self.cell_number())
        grid_access.content_changed(self)
        if before is None:
            return
        after = self.scene.item(before.id)
        self.select(before.id if after else "")
        sentence = change_sentence(before, after, self.cell_of(after) if after else None)
        if sentence:
            self.say(sentence)

    def set_now(self, cell: str | None, minute: int = 0) -> None:
        """The cell of today and the minute of the day; None: today is not here."""
        number = -1 if cell is None else self.scene.number(cell)
        self.show_over(now=(number, minute) if number >= 0 else None)

    def selected(self) -> str:
        """The id of the selected item, "" if there is none."""
        return self.overlay.selected

    def select(self, item_id: str) -> None:
        """Select an item and bring it into view; "" or an unknown id selects none."""
        item = self.scene.item(item_id)
        changed = self.selected() != (item.id if item else "")
        if item is not None:
            self._cursor = item.first
        self.show_over(selected=item.id if item else "", cell=self.cell_number())
        if not changed:
            return
        if item is not None:
            self.bring_into_view(next(iter(self.scene.rects(item.id)), QRectF()))
            grid_access.focus_moved(self)
        self.selected_changed.emit(self.selected())

    def cell_key(self) -> str:
        """The key of the cursor's cell, "" while there are none."""
        number = self.cell_number()
        return self.scene.content.cells[number].key if number >= 0 else ""

    def cell_number(self) -> int:
        """The number of the cursor's cell: today's until it is moved, -1 while there are none."""
        number = self.scene.number(self._cursor)
        if number >= 0:
            return number
        cells = self.scene.content.cells
        return next((number for number, cell in enumerate(cells) if cell.today), 0 if cells else -1)

    def cell_of(self, item: CellItem) -> Cell | None:
        """The cell in which an item begins."""
        number = self.scene.number(item.first)
        return self.scene.content.cells[number] if number >= 0 else None

    def go_to_cell(self, key: str, *, tell: bool = True) -> None:
        """Put the cursor on a cell; nothing is selected any more."""
        if self.scene.number(key) < 0:
            return
        changed = key != self._cursor
        self._cursor = key
        self.select("")
        self.show_over(cell=self.cell_number())
        self.bring_into_view(self.scene.cell_rect(self.cell_number()))
        grid_access.focus_moved(self)
        if changed and tell:
            self.cursor_moved.emit(key)

    def say(self, text: str) -> None:
        """Have the screen reader speak a sentence."""
        announce(self, text, urgent=True)

    def focusNextPrevChild(self, next: bool) -> bool:
        return self._keyboard.walk(next) or super().focusNextPrevChild(next)

    def event(self, event: QEvent) -> bool:
        if not self._ready:
            return super().event(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._keyboard.handle(event):
            event.accept()
            return True
        result = super().event(event)
        if event.type() in _RESTYLE:
            self.restyle()
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.show_over(focus=self.hasFocus(), cell=self.cell_number())
            if self.hasFocus():
                grid_access.focus_moved(self)
            else:
                self.pointer.cancel()
        return result

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.paint(self.viewport(), event.rect(), QSizeF(self.viewport().size()))
            return True
        if event.type() == QEvent.Type.Resize:
            self.relayout()
            return True
        return (self._ready and self.pointer.handle(event)) or super().viewportEvent(event)
