"""What the search fields of the intake ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject

from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Deliver
from famdesk.ui.kit.runner import Runner
from famdesk.ui.person_lines import person_line
from famdesk.usecases.intake import intake
from famdesk.usecases.people import people


class Finder(QObject):
    """Finds persons and answers. The need that an answer is for is set with `need`; None: any.

    `with_hours`: an answer of the directory is taken with its hours, as the family will need them.
    """

    def __init__(self, runner: Runner, parent: QObject | None = None, *, with_hours: bool = False) -> None:
        super().__init__(parent)
        self._runner = runner
        self._line = _answer_with_hours if with_hours else _answer
        self.need: str | None = None

    def persons(self, text: str, deliver: Deliver) -> None:
        """Persons by name, alias, phone or tax code."""
        self._runner.fetch(people.find_persons, text, then=_deliver(deliver, _person), owner=self, latest="persons")

    def answers(self, text: str, deliver: Deliver) -> None:
        """Earlier answers and the directory."""
        self._runner.fetch(
            intake.answers, text, self.need, then=_deliver(deliver, self._line), owner=self, latest="answers"
        )


def _deliver(deliver: Deliver, line: Callable[..., Line]) -> Callable[[Sequence[object]], None]:
    return partial(_give, deliver, line)


def _give(deliver: Deliver, line: Callable[..., Line], rows: Sequence[object]) -> None:
    deliver([line(row, place) for place, row in enumerate(rows)])


def _person(hit: people.PersonHit, _place: int) -> Line:
    return person_line(hit)


def _answer(row: intake.AnswerRow, place: int) -> Line:
    used = str(row.used) if row.used else ""
    detail = " · ".join(part for part in (row.detail, row.hours) if part)
    return Line(f"{place}", row.text, detail=detail, trail=used, icon="history" if used else "map-pinned")


def _answer_with_hours(row: intake.AnswerRow, place: int) -> Line:
    text = f"{row.text} ({row.hours})" if row.hours else row.text
    return _answer(replace(row, text=text, hours=""), place)
