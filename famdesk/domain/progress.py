"""How far something is that takes long, and stopping it."""

from __future__ import annotations

from famdesk.domain.errors import FamDeskError
from famdesk.i18n import N_


class Stopped(FamDeskError):
    message = N_("Stopped. Nothing was changed.")


class Progress:
    """Told by the thread that works, read and stopped by any other one."""

    def __init__(self) -> None:
        self._share = 0.0
        self._part = (0.0, 1.0)
        self._stopped = False

    @property
    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return self._share

    def stop(self) -> None:
        """Make the work end at its next step."""
        self._stopped = True

    def part(self, first: float, until: float) -> None:
        """What is told from now on is of a part of the work, from the one share of the whole to the other."""
        self._part = (first, until)

    def step(self, done: int = 0, of: int = 1) -> None:
        """So much is done now.

        Raises:
            Stopped: somebody wants it to end.
        """
        if self._stopped:
            raise Stopped
        first, until = self._part
        self._share = first + (until - first) * (done / of if of else 1.0)
