"""A list whose lines can be put into another order: Alt+Up and Alt+Down, or drawn with the mouse."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.lines import LineList

_WAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MovableList(LineList):
    """Asks for another order and leaves it to whoever listens to make it so.

    Signals:
        moved(str, int): a line is wanted so many places further down, or up if negative.
    """

    moved = Signal(str, int)

    def __init__(self, name: str, empty: str = "", parent: QWidget | None = None, *, grow: bool = False) -> None:
        super().__init__(name, empty, parent, grow=grow)
        self._movable: frozenset[str] = frozenset()
        self._pressed: QPoint | None = None
        self._target: int | None = None

    def set_movable(self, ids: Iterable[str]) -> None:
        """Which lines can be moved: they stand one after the other."""
        self._movable = frozenset(ids)
        told = _("Alt+Up and Alt+Down move a line, or draw it with the mouse.") if self._movable else ""
        self.setToolTip(told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = _WAYS.get(Qt.Key(event.key()))
        if way and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._ask(way)
            return
        if event.key() == Qt.Key.Key_Escape and self._target is not None:
            self._drop_nothing()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.current_id() in self._movable:
            self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if self._target is None and (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._target = self._place_at(at.y())
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = self._target
        self._drop_nothing()
        super().mouseReleaseEvent(event)
        if target is not None:
            row = self.currentIndex().row()
            self._ask(target - row - (1 if target > row else 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._target is None:
            return
        rows = self._rows()
        last = self.visualRect(self.model().index(rows[-1], 0))
        y = last.bottom() if self._target > rows[-1] else self.visualRect(self.model().index(self._target, 0)).top()
        painter = QPainter(self.viewport())
        painter.setPen(QPen(QColor(theme.current().primary), 2))
        painter.drawLine(0, y, self.viewport().width(), y)
        painter.end()

    def _rows(self) -> list[int]:
        """The rows of the lines that can be moved."""
        return [row for row, line in enumerate(self.lines()) if line.id in self._movable]

    def _place_at(self, y: int) -> int:
        """Before which row a line is dropped at that height; one more than the last: after all."""
        rows = self._rows()
        below = [row for row in rows if self.visualRect(self.model().index(row, 0)).center().y() >= y]
        return below[0] if below else rows[-1] + 1

    def _ask(self, by: int) -> None:
        rows, row = self._rows(), self.currentIndex().row()
        if by and row in rows and rows[0] <= row + by <= rows[-1]:
            self.moved.emit(self.current_id(), by)

    def _drop_nothing(self) -> None:
        self._pressed = self._target = None
        self.viewport().unsetCursor()
        self.viewport().update()
