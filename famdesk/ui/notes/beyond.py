"""Beside the list of one's own notes: the chain of the signed ones, and notes that were received from others."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from famdesk.ui.kit.runner import Runner
from famdesk.ui.notes import words
from famdesk.usecases.notes import note_reading
from famdesk.usecases.notes.note_rows import Chain, NoteRow


class ChainLook(QObject):
    """Looks at some signed notes at a time until all were looked at; what was looked at once is not looked at again.

    Signals:
        told(str): what is found, in a sentence.
    """

    told = Signal(str)

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._known = note_reading.UNREAD

    def look(self) -> None:
        """Goes on from what is known."""
        self._runner.fetch(note_reading.chain, self._known, then=self._take, latest="chain")

    def _take(self, found: Chain) -> None:
        more, self._known = found.count > self._known.count, found
        if more:
            self.look()
        else:
            self.told.emit(words.chain(found))


class Received(QObject):
    """Notes of others that came by the sealed envelope.

    Attributes:
        rows: those that were found at the last look.
    """

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self.rows: tuple[NoteRow, ...] = ()

    def look(self) -> None:
        """Asks anew; it is there before what is asked for after it."""
        self._runner.fetch(note_reading.received, then=self._take, latest="received")

    def _take(self, rows: tuple[NoteRow, ...]) -> None:
        self.rows = rows
