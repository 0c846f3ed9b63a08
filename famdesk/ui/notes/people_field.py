"""Whom a note is about: persons that are searched for, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.choices_field import SeveralField
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.person_lines import person_line
from famdesk.usecases.people import person_search
from famdesk.usecases.people.person_rows import PersonHit


class PeopleField(SeveralField):
    """Persons in the order in which they were named; the value is their ids."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        self._labels: dict[str, str] = {}
        super().__init__(_Finder(runner), parent)

    def name(self, labels: dict[str, str]) -> None:
        """What persons who are chosen already are called."""
        self._labels.update(labels)
        self.show_chosen()

    def words(self, code: str) -> str:
        if code not in self._labels:
            self._labels[code] = self.adder.label_of(code)
        return self._labels[code] or _("a protected file")

    def problem(self) -> str:
        found: str = self.adder.problem()
        return found

    def set_value(self, value: Sequence[str] | None) -> None:
        super().set_value([one for one in value or () if one])


class _Finder(SearchField):
    """The field that finds one more."""

    backspaced = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(self._ask, _("Name, phone or alias"))
        self._runner = runner
        self._known: dict[str, str] = {}

    def label_of(self, person_id: str) -> str:
        """The name of somebody who was found here."""
        return self._known.get(person_id, "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
            return
        super().keyPressEvent(event)

    def _ask(self, text: str, deliver: Deliver) -> None:
        def show(hits: tuple[PersonHit, ...]) -> None:
            self._known.update({hit.id: hit.label for hit in hits})
            deliver([person_line(hit) for hit in hits])

        self._runner.fetch(person_search.find_persons, text, 10, then=show, owner=self, latest="find")
