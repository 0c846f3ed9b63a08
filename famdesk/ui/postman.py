"""Sends the reminders that are due while the window is open: one desk at a time, beside everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from famdesk.domain.staff import rights
from famdesk.exchange import mailing
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.post import reminders
from famdesk.usecases.post.reminder_rows import Outbound
from famdesk.usecases.programmes import meeting_post
from famdesk.usecases.registry import Action

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

FIRST_MS: Final = 20_000
"""After sign-in: the person at the desk comes first."""
EVERY_MS: Final = 300_000
MOST: Final = 50
"""Mails in one round; the rest waits for the next."""


class Postman(QObject):
    """Brings the queue up to date, takes a mail, hands it over in the pool, notes what became of it, and so on.

    Nobody is told of an error here: it stands with the reminder, in the settings, and at last among the things to do.

    Signals:
        rested(int): a round is over; so many mails went out.
    """

    rested = Signal(int)

    def __init__(self, runner: Runner, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._office = runner, office
        self._left = self._out = self._due = 0
        self._news = False
        self._timer = QTimer(self)
        self._timer.setInterval(FIRST_MS)
        self._timer.timeout.connect(self.go)

    def start(self) -> None:
        """From now on, if this role may."""
        if rights.cell(reminders.claim.name, self._runner.role):
            self._timer.start()

    def stop(self) -> None:
        """No further mail is taken."""
        self._timer.stop()
        self._left = 0

    @Slot()
    def go(self) -> None:
        """A round now, unless one is under way."""
        self._timer.setInterval(EVERY_MS)
        if self._left:
            return
        self._left, self._out = MOST, 0
        self._tend(self._on_due, reminders.refresh)

    def _tend(self, then: Callable[[Any], object], action: Action[..., Any], *args: object) -> None:
        work = partial(self._office.tend, action, *args)
        self._runner.in_turn(work, then=then, failed=self._rest, owner=self, quiet=True)

    def _on_due(self, due: int) -> None:
        self._due = due
        self._tend(self._on_news, meeting_post.refresh)

    def _on_news(self, due: int) -> None:
        self._news = due > 0
        if due or self._due:
            self._next()
        else:
            self._rest()

    def _next(self, _nothing: object = None) -> None:
        if self._left <= 0:
            self._rest()
            return
        self._left -= 1
        self._tend(self._on_taken, meeting_post.claim if self._news else reminders.claim)

    def _on_taken(self, out: Outbound | None) -> None:
        """News of meetings go out first: they are of today."""
        if out is None and self._news:
            self._news = False
            self._next()
            return
        if out is None:
            self._rest()
            return
        note = meeting_post.sent if out.message.meeting else reminders.sent
        then = partial(self._on_handed_over, note, out.reminder_id)
        self._runner.compute(mailing.deliver, out, then=then, failed=self._rest, owner=self)

    def _on_handed_over(self, note: Action[..., None], row_id: str, error: str | None) -> None:
        self._out += error is None
        self._tend(self._next, note, row_id, error)

    def _rest(self, _error: object = None) -> None:
        self._left = 0
        self.rested.emit(self._out)
