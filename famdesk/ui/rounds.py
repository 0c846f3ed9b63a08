"""What the program does by itself while somebody is signed in, each in rounds of its own beside everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QObject

from famdesk.ui.kit.runner import Runner
from famdesk.ui.postman import Postman
from famdesk.ui.publisher import Publisher
from famdesk.ui.put_in import PutIn
from famdesk.ui.series_keeper import OfferKeeper, SeriesKeeper
from famdesk.ui.sheet_post import SheetPost

if TYPE_CHECKING:
    from famdesk.usecases.office import Office


class Round(Protocol):
    """Something that goes on by itself."""

    def __init__(self, runner: Runner, office: Office, parent: QObject | None = None) -> None: ...

    def start(self) -> None:
        """From now on, if the role of who is signed in may."""

    def stop(self) -> None:
        """Nothing further is begun."""


ROUNDS: Final[tuple[type[Round], ...]] = (Postman, SheetPost, Publisher, SeriesKeeper, OfferKeeper, PutIn)


class Rounds:
    """All of them, begun at sign-in and stopped while the desk is locked."""

    def __init__(self, runner: Runner, office: Office, parent: QObject) -> None:
        self._all = tuple(kind(runner, office, parent) for kind in ROUNDS)

    def start(self) -> None:
        """Each from now on."""
        for one in self._all:
            one.start()

    def stop(self) -> None:
        """Nothing further is begun."""
        for one in self._all:
            one.stop()
