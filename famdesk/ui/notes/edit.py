"""The field in which a note is written: what is copied from it does not stay on the clipboard."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QMimeData, QSize, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from famdesk.ui.kit import theme

CLEARED_AFTER_MS: Final = 30_000
LEAST: Final = 28
"""Of its height, in units."""
NOT_KEPT: Final = {
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0",
    "x-kde-passwordManagerHint": b"secret",
}
"""Says to the histories of clipboards of Windows and KDE that this is not for them."""


class NoteEdit(QPlainTextEdit):
    """Plain text; a copy of it is cleared after half a minute, unless something else was copied meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:
        """It takes the room that is left, and asks for little: what stands below it stays in sight."""
        return QSize(super().sizeHint().width(), theme.unit(LEAST))

    def go_to_gap(self, after: int = 0) -> None:
        """The cursor goes where one writes on: the first empty line below some words, or the end."""
        block = self.document().findBlock(after)
        while block.isValid() and block.text().strip():
            block = block.next()
        cursor = self.textCursor()
        if block.isValid():
            cursor.setPosition(block.position())
        else:
            cursor.movePosition(QTextCursor.MoveOperation.End)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(self.document().findBlock(after).firstLineNumber())
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        data = super().createMimeDataFromSelection()
        for kind, value in NOT_KEPT.items():
            data.setData(kind, value)
        QTimer.singleShot(CLEARED_AFTER_MS, partial(clear, data.text()))
        return data


def clear(copied: str) -> None:
    """Empties the clipboards that still hold this."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if clipboard.text(mode) == copied:
            clipboard.clear(mode)
