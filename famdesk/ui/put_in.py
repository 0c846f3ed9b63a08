"""One's own notes go into the sealed envelope by themselves, some at a time."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from famdesk.domain.staff import rights
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.notes import escrow

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

FIRST_MS: Final = 10_000
"""After sign-in: the person at the desk comes first."""


class PutIn(QObject):
    """After sign-in, wherever the author works, it puts in what is not in yet, until all is; what fails is tried again
    at the next sign-in. Nobody is told: nothing is lost, without it the notes are as they were."""

    def __init__(self, runner: Runner, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._step = partial(office.tend, escrow.put_in)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FIRST_MS)
        self._timer.timeout.connect(self.go)

    def start(self) -> None:
        """Soon, if this role writes notes."""
        if rights.cell(escrow.put_in.name, self._runner.role):
            self._timer.start()

    def stop(self) -> None:
        """No further step is begun."""
        self._timer.stop()

    @Slot()
    def go(self) -> None:
        """Now."""
        self._more(1)

    def _more(self, done: int) -> None:
        if done:
            self._runner.in_turn(self._step, then=self._more, failed=self._rest, owner=self, quiet=True)

    def _rest(self, _error: Exception) -> None:
        """It is tried again at the next sign-in."""
