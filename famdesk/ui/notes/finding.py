"""The words of one's own notes in memory, for the search: read in the background, forgotten with the page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.runner import Runner
from famdesk.usecases.notes import note_search
from famdesk.usecases.office import Office

LOCKED_AFTER_MS: Final = 1000
"""So long after the page has gone, and again, it is looked whether the desk was locked."""
FEW: Final = 20
"""New notes that are read one by one; more are read from the beginning."""


class KnownWords(QObject):
    """Knows in which notes which words stand.

    Signals:
        changed(): the words of more notes, or newer ones, are known.
        forgotten(): the desk was locked, and none are known any more.
    """

    changed = Signal()
    forgotten = Signal()

    def __init__(self, runner: Runner, office: Office, page: QWidget) -> None:
        super().__init__(page)
        self._runner, self._office = runner, office
        self._away = QTimer(self)
        self._away.setInterval(LOCKED_AFTER_MS)
        self._away.timeout.connect(self.look_for_lock)
        page.installEventFilter(self)
        self._words = note_search.Words()

    def look_after(self, note_ids: Iterable[str]) -> None:
        """Reads the words of notes that are not known yet."""
        new = self._words.missing(note_ids)
        if len(new) > FEW:
            self._read_from("")
            return
        for note_id in new:
            self.read(note_id)

    @Slot(str)
    def read(self, note_id: str) -> None:
        """Reads one note, as it was just written."""
        self._runner.fetch(note_search.texts, only=note_id, then=self._take, failed=self._pass, owner=self)

    def find(self, typed: str) -> tuple[str, ...]:
        """The notes in which all the words stand, or whose people are called so."""
        return tuple(self._words.find(typed))

    def places(self, note_id: str, typed: str) -> int:
        """How often the words stand in what a note says."""
        return self._words.places(note_id, typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._away.start()
        elif event.type() == QEvent.Type.Show:
            self._away.stop()
        return super().eventFilter(watched, event)

    @Slot()
    def look_for_lock(self) -> None:
        """With the lock of the desk no words stay in memory; they are read again for the next list."""
        if self._office.is_locked:
            self._away.stop()
            self._words.forget()
            self.forgotten.emit()

    def _read_from(self, after: str) -> None:
        self._runner.fetch(note_search.texts, after, then=self._take_page, failed=self._pass, owner=self)

    def _take_page(self, rows: tuple[tuple[str, str], ...]) -> None:
        self._take(rows)
        if len(rows) == note_search.AT_ONCE:
            self._read_from(rows[-1][0])

    def _take(self, rows: tuple[tuple[str, str], ...]) -> None:
        self._words.take(rows)
        self.changed.emit()

    def _pass(self, _error: Exception) -> None:
        """What is not known is not found; it is read again when the list is."""
