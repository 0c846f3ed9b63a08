"""What the search fields of the intake ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject

from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.usecases import intake, people


class Finder(QObject):
    """Finds persons and answers. The need that an answer is for is set with `need`; None: any."""

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.need: str | None = None

    def persons(self, text: str, deliver: Deliver) -> None:
        """Persons by name, alias, phone or tax code."""
        self._runner.fetch(people.find_persons, text, then=_deliver(deliver, _person), owner=self, latest="persons")

    def answers(self, text: str, deliver: Deliver) -> None:
        """Earlier answers and the directory."""
        self._runner.fetch(
            intake.answers, text, self.need, then=_deliver(deliver, _answer), owner=self, latest="answers"
        )


def _deliver(deliver: Deliver, line: Callable[..., Line]) -> Callable[[Sequence[object]], None]:
    return partial(_give, deliver, line)


def _give(deliver: Deliver, line: Callable[..., Line], rows: Sequence[object]) -> None:
    deliver([line(row, place) for place, row in enumerate(rows)])


def _person(hit: people.PersonHit, _place: int) -> Line:
    return Line(hit.id, hit.label, detail=hit.detail, icon="user")


def _answer(row: intake.AnswerRow, place: int) -> Line:
    used = str(row.used) if row.used else ""
    return Line(f"{place}", row.text, detail=row.detail, trail=used, icon="history" if used else "map-pinned")
