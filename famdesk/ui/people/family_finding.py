"""Finding a person for a family while one types, and making a new one on the way."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.i18n import _
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Deliver, SearchField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.people.person_dialog import PersonDialog
from famdesk.usecases import calendar, people
from famdesk.usecases.person_rows import PersonHit


class PersonSearch:
    """Asks for persons for a search field."""

    def __init__(self, runner: Runner, owner: QWidget) -> None:
        self._runner, self._owner = runner, owner

    def __call__(self, text: str, deliver: Deliver) -> None:
        then = partial(_deliver, deliver)
        self._runner.fetch(people.find_persons, text, 12, then=then, owner=self._owner, latest="persons")


def _deliver(deliver: Deliver, hits: tuple[PersonHit, ...]) -> None:
    deliver([Line(hit.id, hit.label, detail=hit.detail, icon="user") for hit in hits])


class PersonField(SearchField):
    """Finds a person by what is typed; the last entry of its list makes a new one with these words.

    Attributes:
        hints: what is known of a new person already, by the names of the person's form ("sex", "surname").
    """

    def __init__(self, runner: Runner, owner: QWidget) -> None:
        super().__init__(PersonSearch(runner, owner), _("Name, phone or tax code"), _offer)
        self._runner, self._owner = runner, owner
        self.hints: dict[str, Any] = {}
        self.new_requested.connect(self._on_new)

    @Slot(str)
    def _on_new(self, typed: str) -> None:
        dialog = PersonDialog(self._owner, self._runner, None, typed)
        dialog.person_chosen.connect(self.take_person)
        form = dialog.form
        if form is not None:
            form.set_values({name: value for name, value in self._known(typed).items() if form.has(name)})
        dialog.open()

    @Slot(str)
    def take_person(self, person_id: str) -> None:
        """Choose a person by id, as the one typed."""
        self._runner.fetch(calendar.person_named, person_id, then=self._take_named)

    def _known(self, typed: str) -> dict[str, Any]:
        """The hints; a single word is the given name where the surname is known."""
        known = {name: value for name, value in self.hints.items() if value}
        words = typed.split()
        if "surname" in known and (len(words) != 1 or not words[0].isalpha()):
            del known["surname"]
        elif "surname" in known:
            known["given_name"] = words[0][:1].upper() + words[0][1:]
        return known

    def _take_named(self, named: tuple[str, str]) -> None:
        self.set_chosen(*named)
        self.edited.emit()
        self.chosen.emit(named[0])
        self.setFocus()


def _offer(typed: str) -> str:
    return _("New person: {name}").format(name=typed)
