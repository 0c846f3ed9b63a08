"""One's own notes go into the sealed envelope by themselves, some at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from famdesk.ui.kit.runner import Runner
from famdesk.usecases import escrow
from famdesk.usecases.office import Office


class PutIn(QObject):
    """Puts in what is not in it yet, until all is; what fails is tried again at the next sign-in."""

    def __init__(self, runner: Runner, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._step = partial(office.tend, escrow.put_in)
        self._more(1)

    def _more(self, done: int) -> None:
        if done:
            self._runner.in_turn(self._step, then=self._more, failed=self._stop, owner=self, quiet=True)

    def _stop(self, _error: Exception) -> None:
        """Nothing is lost: without it the notes are as they were."""
