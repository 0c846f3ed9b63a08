"""Publishes calendars anew some time after a change, while the window is open: in the pool, beside everything else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from famdesk.domain.staff import rights
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import feeds
from famdesk.usecases.calendar.feeds import Content

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

FIRST_MS: Final = 45_000
"""After sign-in: the person at the desk comes first."""
LATER_MS: Final = 30_000
"""After the last of several changes: who books a whole morning publishes it once."""
TABLES: Final = frozenset({
    "appointment", "appointment_party", "series", "meeting", "initiative", "feed", "person", "contact_point",
})  # fmt: skip


class Publisher(QObject):
    """Asks what each calendar says, sends it, notes how it went.

    Nobody is told of an error here: it stands beside the calendar in the settings.

    Signals:
        rested(int): a round is over; so many calendars were looked at.
    """

    rested = Signal(int)

    def __init__(self, runner: Runner, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._office = runner, office
        self._waiting: list[str] = []
        self._count, self._busy, self._again = 0, False, False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.go)
        runner.changed.connect(self._on_changed)
        self._running = False

    def start(self) -> None:
        """From now on, if this role may."""
        self._running = bool(rights.cell(feeds.content.name, self._runner.role))
        if self._running:
            self._timer.start(FIRST_MS)

    def stop(self) -> None:
        """Nothing further is published."""
        self._running = False
        self._timer.stop()
        self._waiting.clear()

    @Slot()
    def go(self) -> None:
        """A round now; one that is under way is followed by another."""
        if self._busy:
            self._again = True
            return
        self._busy, self._count = True, 0
        self._runner.fetch(feeds.due, then=self._on_due, failed=self._rest, owner=self)

    @Slot(object)
    def _on_changed(self, changes: Any) -> None:
        if self._running and any(subject[0] in TABLES for subject in changes):
            self._timer.start(LATER_MS)

    def _on_due(self, ids: tuple[str, ...]) -> None:
        self._waiting = list(ids)
        self._next()

    def _next(self, _nothing: object = None) -> None:
        if not self._waiting:
            self._rest()
            return
        feed_id = self._waiting.pop(0)
        self._count += 1
        self._runner.fetch(feeds.content, feed_id, then=self._send, failed=self._next, owner=self)

    def _send(self, content: Content) -> None:
        from famdesk.exchange import ics_publish

        then = partial(self._on_sent, content.feed_id)
        self._runner.compute(ics_publish.send, content, then=then, failed=self._next, owner=self)

    def _on_sent(self, feed_id: str, sent: Any) -> None:
        work = partial(self._office.tend, feeds.published, feed_id, sent.outcome, sent.there)
        self._runner.in_turn(work, then=self._next, failed=self._next, owner=self, quiet=True)

    def _rest(self, _error: object = None) -> None:
        self._busy = False
        self.rested.emit(self._count)
        if self._again and self._running:
            self._again = False
            self.go()
