"""Keys of the program that a field would take for itself: Ctrl+Z where it has nothing to undo, Alt with a digit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import Shiboken


class UndoKeys(QObject):
    """Qt's fields keep Ctrl+Z and Ctrl+Shift+Z to themselves even when they have nothing to undo; this lets them pass.

    After a contact is logged the cursor stands in an empty field, and Ctrl+Z must bring the contact back. Alt with a
    digit shows another view; over a dialog it cannot, and then types nothing either.
    """

    def __init__(self, frame: QWidget) -> None:
        """Looks after the fields inside `frame`, and after the digits in all fields."""
        super().__init__(frame)
        self._frame = frame
        self._field: QLineEdit | QPlainTextEdit | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the shortcuts unless the field has a use for it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return event.modifiers() == Qt.KeyboardModifier.AltModifier and event.text().isdecimal()
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QLineEdit | QPlainTextEdit) or not self._frame.isAncestorOf(watched):
            return False
        undo, redo = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        if not undo and not redo:
            return False
        history = watched.document() if isinstance(watched, QPlainTextEdit) else watched
        useful = history.isUndoAvailable() if undo else history.isRedoAvailable()
        if useful:
            return False
        event.ignore()
        return True

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._field is not None and Shiboken.isValid(self._field):
            self._field.removeEventFilter(self)
        self._field = new if isinstance(new, QLineEdit | QPlainTextEdit) else None
        if self._field is not None:
            self._field.installEventFilter(self)
