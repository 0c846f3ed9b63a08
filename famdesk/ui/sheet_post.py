"""Sends sheets that were put down for sending while the window is open, one after the other, beside everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from famdesk.domain.staff import rights
from famdesk.ui.kit.runner import Changes, Runner
from famdesk.usecases.post import sheet_mails
from famdesk.usecases.registry import Action

if TYPE_CHECKING:
    from famdesk.usecases.office import Office
    from famdesk.usecases.post.sheet_mails import Outgoing

SOON_MS: Final = 1_500
"""After a sheet was put down: time to change one's mind."""
EVERY_MS: Final = 300_000
MOST: Final = 20


class SheetPost(QObject):
    """Takes a mail, hands it over in the pool, notes what became of it, and so on.

    Nobody is told of an error here: it stands with the mail in the list of what was sent.

    Signals:
        rested(int): a round is over; so many mails went out.
    """

    rested = Signal(int)

    def __init__(self, runner: Runner, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner, self._office = runner, office
        self._left = self._out = 0
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.go)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.go)
        runner.changed.connect(self._on_changed)

    def start(self) -> None:
        """From now on, if this role may."""
        if rights.cell(sheet_mails.claim.name, self._runner.role):
            self._timer.start()

    def stop(self) -> None:
        """No further mail is taken."""
        self._timer.stop()
        self._soon.stop()
        self._left = 0

    @Slot()
    def go(self) -> None:
        """A round now, unless one is under way."""
        if not self._left:
            self._left, self._out = MOST, 0
            self._next()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._timer.isActive() and not self._left and any(table == "sheet_mail" for table, _row in changes):
            self._soon.start()

    def _tend(self, then: Callable[[Any], object], action: Action[..., Any], *args: object) -> None:
        work = partial(self._office.tend, action, *args)
        self._runner.in_turn(work, then=then, failed=self._rest, owner=self, quiet=True)

    def _next(self, _nothing: object = None) -> None:
        if self._left <= 0:
            self._rest()
            return
        self._left -= 1
        self._tend(self._on_taken, sheet_mails.claim)

    def _on_taken(self, out: Outgoing | None) -> None:
        if out is None:
            self._rest()
            return
        from famdesk.exchange import sheet_message

        then = partial(self._on_handed_over, out.mail_id)
        self._runner.compute(sheet_message.deliver, out, then=then, failed=self._rest, owner=self)

    def _on_handed_over(self, mail_id: str, error: str | None) -> None:
        self._out += error is None
        self._tend(self._next, sheet_mails.sent, mail_id, error)

    def _rest(self, _error: object = None) -> None:
        self._left = 0
        self.rested.emit(self._out)
