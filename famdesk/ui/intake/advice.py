"""What the column beside a card says while the form is filled, and what it leads to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.intake.intake import missing
from famdesk.ui.intake.card_form import CardForm
from famdesk.ui.intake.card_side import CardSide
from famdesk.ui.intake.finder import Finder
from famdesk.ui.intake.person_dialog import NewPersonDialog
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.intake import intake

FIELD_OF: Final = {"caller": "caller_relation", "person": "person_id"}
"""The fields of those codes of `domain.intake.MISSING` that are called otherwise."""


class Advice(QObject):
    """Keeps the side up to date with the form; adds new persons for it.

    Signals:
        later_wanted(object, str, object): something is to be done later for a person (id or None, name) of the card
            with this id (None: not saved yet).
        item_wanted(str, str): something of another page, by kind and id.
    """

    later_wanted = Signal(object, str, object)
    item_wanted = Signal(str, str)

    def __init__(self, runner: Runner, form: CardForm, side: CardSide, finder: Finder, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._form, self._side, self._finder = runner, form, side, finder
        self._window = parent
        form.new_person.connect(self.add_person)
        side.learnt.connect(self._tell_missing)
        side.field_wanted.connect(self.lead_to)
        side.later.clicked.connect(self._on_later)
        side.print.clicked.connect(self._on_print)
        self._card_id: str | None = None

    def look(self, card_id: str | None, *, again: bool = False) -> None:
        """Say who the card is about and what it lacks; `card_id` is no earlier access of its own."""
        self._card_id = card_id
        self._side.print.setEnabled(card_id is not None)
        values = self._form.values()
        self._finder.need = values["needs"][0] if values["needs"] else None
        self._side.about(values["person_id"], values["caller_id"], card_id, again=again)
        self._tell_missing()

    @Slot(str, str)
    def add_person(self, name: str, typed: str) -> None:
        """Ask for a new person for the field `name`."""
        dialog = NewPersonDialog(self._runner, typed, self._window)
        dialog.setProperty("field", name)
        dialog.finished_with.connect(self._on_added)
        dialog.open()

    @Slot(str)
    def lead_to(self, code: str) -> None:
        """Go to what is missing; the privacy notice is given where the consents of the person are."""
        if code == "privacy" and self._side.person is not None:
            self.item_wanted.emit("consents", self._side.person.id)
        elif code:
            self._form.go_to(FIELD_OF.get(code, code))

    @Slot()
    def _on_later(self) -> None:
        values = self._form.values()
        name = "person_id" if values["caller_is_person"] or not values["caller_id"] else "caller_id"
        self.later_wanted.emit(values[name], self._form.field(name).text(), self._card_id)

    @Slot()
    def _on_print(self) -> None:
        if self._card_id is not None:
            self.item_wanted.emit("access-card", self._card_id)

    @Slot()
    def _tell_missing(self) -> None:
        person, concerned = self._side.person, self._form.values()["person_id"]
        privacy = person.privacy if person is not None and person.id == concerned else None
        self._side.show_missing(missing(self._form.content(privacy)))

    @Slot(object)
    def _on_added(self, person_id: str) -> None:
        then = partial(_put_person, self._form, str(self.sender().property("field")))
        self._runner.fetch(intake.who, [person_id], then=then, owner=self)


def _put_person(form: CardForm, name: str, found: Sequence[intake.PersonBrief]) -> None:
    for person in found:
        form.set_person(name, person.id, person.label)
