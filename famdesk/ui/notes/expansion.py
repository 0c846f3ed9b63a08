"""Shortcuts that become longer texts while a note is typed: /pc and a blank or Tab. One Ctrl+Z takes it back."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from famdesk.domain.notes.note_texts import Ready, expanded
from famdesk.ui.kit.speech import announce


class Expander(QObject):
    """Looks at the keys of a field; what it knows is forgotten with `learn(())`."""

    def __init__(self, field: QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._known: tuple[Ready, ...] = ()
        field.installEventFilter(self)

    def learn(self, known: Iterable[Ready]) -> None:
        """The shortcuts from now on; of two that are the same the first counts."""
        self._known = tuple(known)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            ending = {Qt.Key.Key_Space: " ", Qt.Key.Key_Tab: ""}.get(Qt.Key(event.key()))
            if ending is not None and not event.modifiers() and self._expand(ending):
                return True
        return super().eventFilter(watched, event)

    def _expand(self, ending: str) -> bool:
        cursor = self._field.textCursor()
        if self._field.isReadOnly() or cursor.hasSelection():
            return False
        before = cursor.block().text()[: cursor.positionInBlock()]
        found = expanded(before, self._known)
        if found is None:
            return False
        replace_before(cursor, len(before.split()[-1]), found.body + ending)
        self._field.setTextCursor(cursor)
        announce(self._field, found.body)
        return True


def replace_before(cursor: QTextCursor, length: int, text: str) -> None:
    """Puts a text in the place of what stands before a cursor, as one step of the field's own undo."""
    cursor.beginEditBlock()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length)
    cursor.insertText(text)
    cursor.endEditBlock()


def insert(field: QPlainTextEdit, text: str) -> None:
    """Puts a text where the cursor stands, as one step of the field's own undo; what was selected stays, before it."""
    cursor = field.textCursor()
    cursor.setPosition(cursor.selectionEnd())
    cursor.beginEditBlock()
    cursor.insertText(text)
    cursor.endEditBlock()
    field.setTextCursor(cursor)
    field.setFocus()
