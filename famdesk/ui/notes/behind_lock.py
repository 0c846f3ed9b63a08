"""Behind the lock no words of a note stay in the window; whoever comes back goes on in the same place of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from famdesk.ui.notes.deeds import NoteDeeds
from famdesk.ui.notes.pane import NotePane
from famdesk.usecases.notes.note_rows import NoteText

AGAIN_MS: Final = 1000


class BehindLock(QObject):
    """Empties a pane once the desk is locked and what was typed is safe; the page reads the note again afterwards."""

    def __init__(self, pane: NotePane, deeds: NoteDeeds) -> None:
        super().__init__(pane)
        self._pane, self._deeds = pane, deeds
        self._place: tuple[str, int, int] | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.empty)
        pane.shown.connect(self._on_shown)

    @Slot()
    def empty(self) -> None:
        """The desk is locked."""
        pane = self._pane
        if pane.isVisible() or not pane.note_id():
            return
        if pane.keeper.waiting():  # it could not be kept: here it is not lost
            self._again.start()
            return
        text = pane.text
        self._place = pane.note_id(), text.textCursor().position(), text.verticalScrollBar().value()
        self._deeds.leave()
        text.document().clearUndoRedoStacks()

    @Slot(object)
    def _on_shown(self, note: NoteText | None) -> None:
        if note is None or self._place is None:
            return
        (note_id, position, scrolled), self._place = self._place, None
        if note.row.id != note_id:
            return
        text = self._pane.text
        cursor = text.textCursor()
        cursor.setPosition(min(position, len(text.toPlainText())))
        text.setTextCursor(cursor)
        text.verticalScrollBar().setValue(scrolled)
