"""What the mouse on any painted sheet has in common: which events are whose, and when a press becomes a drag."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

D = TypeVar("D")


class Sheet(Protocol):
    """What is drawn on; see the sheets themselves."""

    def viewport(self) -> QWidget: ...

    def show_over(self, **changes: Any) -> None: ...


class Pointer(Generic[D]):
    """Turns mouse events of a viewport into what a sheet does; holds the drag under way, a `D`.

    Subclasses say what a press takes hold of, what is shown while it is dragged, and what comes of it.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._pressed: D | None = None
        self._drag: D | None = None
        self._from = QPointF()
        self._at = QPointF()

    def handle(self, event: QEvent) -> bool:
        """Deal with an event of the viewport; false if it is none of ours."""
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QHelpEvent):
            return self._tip(event)
        if isinstance(event, QContextMenuEvent):
            return self._context(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() == QEvent.Type.Leave:
            self._sheet.show_over(hovered="")
        return False

    def dragging(self) -> bool:
        """Whether something is being dragged."""
        return self._drag is not None

    def cancel(self) -> bool:
        """Forget the drag, nothing is emitted; true if there was one."""
        was = self._drag is not None
        self._pressed = self._drag = None
        self._sheet.show_over(ghost=None)
        return was

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress:
            self.cancel()
            self._from = event.position()
            self._press(event.position(), left)
        elif kind == QEvent.Type.MouseMove:
            self._at = event.position()
            self._move(event.buttons())
        elif kind == QEvent.Type.MouseButtonRelease and left:
            self._at = event.position()
            self._release()
        elif kind == QEvent.Type.MouseButtonDblClick and left:
            self.cancel()
            self._double(event.position())
        return True

    def _move(self, buttons: Qt.MouseButton) -> None:
        if self._drag is None and self._pressed is not None and buttons & Qt.MouseButton.LeftButton:
            if self._is_near():
                return
            self._drag = self._pressed
            QToolTip.hideText()
            self._begin()
        if self._drag is not None:
            self._show(self._drag)
        elif not buttons:
            self._hover(self._at)

    def _is_near(self) -> bool:
        """Whether the mouse is where it went down, but for a hand that is not quite still."""
        return (self._at - self._from).manhattanLength() < QApplication.startDragDistance()

    def _tell(self, at: QPoint, lines: Sequence[str], *, strong: bool = False) -> None:
        """A tooltip; `strong`: its first line is a title."""
        texts = [escape(line) for line in lines]
        if strong and texts:
            texts[0] = f"<b>{texts[0]}</b>"
        QToolTip.showText(at, "<br>".join(texts), self._sheet.viewport())

    def _begin(self) -> None:
        """A drag begins."""

    def _press(self, position: QPointF, left: bool) -> None:
        raise NotImplementedError

    def _show(self, drag: D) -> None:
        raise NotImplementedError

    def _hover(self, position: QPointF) -> None:
        raise NotImplementedError

    def _release(self) -> None:
        raise NotImplementedError

    def _double(self, position: QPointF) -> None:
        raise NotImplementedError

    def _wheel(self, event: QWheelEvent) -> bool:
        raise NotImplementedError

    def _tip(self, event: QHelpEvent) -> bool:
        raise NotImplementedError

    def _context(self, event: QContextMenuEvent) -> bool:
        raise NotImplementedError
