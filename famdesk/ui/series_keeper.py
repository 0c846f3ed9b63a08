"""Goes on by itself, after sign-in and beside everything else: dates of series without an end, offers of places."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from famdesk.domain.staff import rights
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import series
from famdesk.usecases.enrolling import waiting_list
from famdesk.usecases.registry import Action

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

FIRST_MS: Final = 30_000
"""After sign-in: the person at the desk comes first."""
EVERY_MS: Final = 6 * 3_600_000
"""A desk may stay open for weeks."""
OFFERS_EVERY_MS: Final = 300_000


class SeriesKeeper(QObject):
    """Goes on with one series after the other. One that cannot go on, as a consent is missing or the file may not be
    seen by this role, stays as it is and is tried again next time, also by others.

    Signals:
        rested(int): a round is over; so many dates were made.
    """

    rested = Signal(int)
    due: ClassVar[Action[[], tuple[str, ...]]] = series.due
    go_on: ClassVar[Action[[str], int]] = series.go_on
    right: ClassVar[str] = series.go_on.name
    every_ms: ClassVar[int] = EVERY_MS

    def __init__(self, runner: Runner, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._office = runner, office
        self._waiting: list[str] = []
        self._made = 0
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_MS)
        self._timer.timeout.connect(self.go)

    def start(self) -> None:
        """From now on, if this role may."""
        if rights.cell(self.right, self._runner.role):
            self._timer.start()

    def stop(self) -> None:
        """No further series is looked at."""
        self._timer.stop()
        self._waiting = []

    @Slot()
    def go(self) -> None:
        """A round now, unless one is under way."""
        self._timer.setInterval(self.every_ms)
        if not self._waiting:
            self._made = 0
            work = partial(self._office.fetch, type(self).due)
            self._runner.in_turn(work, then=self._on_due, failed=self._rest, owner=self, quiet=True)

    def _on_due(self, found: Sequence[str]) -> None:
        self._waiting = list(found)
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._rest()
            return
        work = partial(self._office.tend, type(self).go_on, self._waiting[0])
        self._runner.in_turn(work, then=self._on_made, failed=self._on_refused, owner=self, quiet=True)

    def _on_made(self, count: int) -> None:
        self._made += count
        self._on_refused()

    def _on_refused(self, _error: object = None) -> None:
        self._waiting = self._waiting[1:]
        self._next()

    def _rest(self, _error: object = None) -> None:
        self._waiting = []
        self.rested.emit(self._made)


class OfferKeeper(SeriesKeeper):
    """The same for places that were offered: what nobody answered in time is offered to the next who waits."""

    due = waiting_list.due
    go_on = waiting_list.go_on
    right = waiting_list.go_on.name
    every_ms = OFFERS_EVERY_MS
