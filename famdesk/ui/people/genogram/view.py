"""The genogram as a widget that leads from person to person: with the arrow keys, the mouse and the screen reader."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from famdesk.domain.people.genogram import walk as walk
from famdesk.domain.people.genogram import words as words
from famdesk.domain.people.genogram.family import Family
from famdesk.ui.kit import speech
from famdesk.ui.people.genogram.canvas import STEP, GenogramCanvas

_ARROWS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOM_KEYS: Final = {Qt.Key.Key_Plus: STEP, Qt.Key.Key_Equal: STEP, Qt.Key.Key_Minus: 1 / STEP}


class GenogramView(GenogramCanvas):
    """Shows a family. Ctrl with the wheel, + or − zooms, Ctrl+0 shows the whole, dragging moves the drawing.

    Signals:
        person_opened(str): Enter or a double click on somebody with a file.
        current_changed(str): another person has the focus.
    """

    person_opened = Signal(str)
    current_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, largest: float = 1.0) -> None:
        super().__init__(parent, largest=largest)
        self._drag: QPointF | None = None

    def show_family(self, family: Family | None) -> None:
        """Show a family, or nothing; the person with the focus keeps it if still there."""
        super().show_family(family)
        if self._painted is None or self._painted.drawing.find(self._current) is None:
            people = family.people if family else ()
            centre = next((one.id for one in people if one.centre), "")
            self._current = centre or (people[0].id if people else "")
        self.setAccessibleDescription(self.spoken())

    def current_id(self) -> str:
        """Who has the focus."""
        return self._current

    @Slot(str)
    def point_at(self, person_id: str) -> None:
        """Give somebody the focus without a word: the list that was used has said it."""
        if self._painted is not None and self._painted.drawing.find(person_id) is not None:
            self._current = person_id
            self.setAccessibleDescription(self.spoken())
            self._reveal()
            self.viewport().update()

    def set_current(self, person_id: str) -> None:
        """Give somebody the focus, bring them into sight and have the screen reader say who it is."""
        if self._painted is None or self._painted.drawing.find(person_id) is None:
            return
        changed = person_id != self._current
        self._current = person_id
        self._reveal()
        self.viewport().update()
        if changed:
            self.setAccessibleDescription(self.spoken())
            speech.announce(self, self.spoken())
            self.current_changed.emit(person_id)

    def spoken(self) -> str:
        """What the screen reader says of the person with the focus."""
        if self._painted is None or self._current not in self._painted.people:
            return ""
        return words.spoken(self._painted.family, self._painted.people[self._current])

    def event(self, event: QEvent) -> bool:
        """Zoom keys belong to the drawing while it has the focus."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if zooms and (event.key() in _ZOOM_KEYS or event.key() == Qt.Key.Key_0):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not ((zooms and self._zoomed(event.key())) or (plain and self._walked(event.key()))):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.person_at(event.position())
        if found:
            self.set_current(found)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._drag = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drag is not None:
            moved = event.position() - self._drag
            self._drag = event.position()
            for bar, by in ((self.horizontalScrollBar(), moved.x()), (self.verticalScrollBar(), moved.y())):
                bar.setValue(bar.value() - round(by))
            return
        found = self.person_at(event.position())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.OpenHandCursor)
        self.viewport().setToolTip("\n".join(self._told(found)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._drag = None
        self.viewport().unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self.person_at(event.position())
        if found:
            self._open(found)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _zoomed(self, key: int) -> bool:
        if key in _ZOOM_KEYS:
            self.zoom_by(_ZOOM_KEYS[Qt.Key(key)])
        elif key == Qt.Key.Key_0:
            self.fit()
        return key in _ZOOM_KEYS or key == Qt.Key.Key_0

    def _walked(self, key: int) -> bool:
        if self._painted is None:
            return False
        drawing = self._painted.drawing
        if key in _ARROWS:
            self.set_current(walk.step(drawing, self._current, *_ARROWS[Qt.Key(key)]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.set_current(walk.ends(drawing, self._current, last=key == Qt.Key.Key_End))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current)
        else:
            return False
        return True

    def _open(self, person_id: str) -> None:
        if has_file(person_id):
            self.person_opened.emit(person_id)

    def _told(self, person_id: str) -> list[str]:
        if self._painted is None or not person_id:
            return []
        someone = self._painted.people[person_id]
        return [*words.ties(self._painted.family, someone), *words.homes(self._painted.family, someone)]


def has_file(person_id: str) -> bool:
    """Whether somebody of a drawing has a file: an expected child and a guardian known by name have none."""
    return bool(person_id) and ":" not in person_id
