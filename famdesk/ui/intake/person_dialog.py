"""A new person from the access card: as little as an alias, with a warning when somebody is probably known already."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from famdesk.domain.errors import RuleError
from famdesk.domain.languages import language_choices
from famdesk.domain.people import typed_names
from famdesk.domain.people.birth import Birth
from famdesk.i18n import _
from famdesk.ui.doubles_strip import DoublesStrip
from famdesk.ui.kit.birth_field import BirthField
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import SEARCH_AFTER_MS, Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.people import people

ANY_LENGTH = 32_767
"""A text that is too long is refused with a sentence, never cut off while it is pasted."""


class NewPersonDialog(Dialog):
    """Adds a person; `finished_with` gives the id, of the new one or of somebody known who was chosen instead."""

    def __init__(self, runner: Runner, typed: str, parent: QWidget) -> None:
        super().__init__(parent, _("New person"), accept_text=_("Add person"))
        self._runner = runner
        self.form = Form()
        self.form.add("surname", _("Surname"), LineField(ANY_LENGTH))
        self.form.add("given_name", _("First name"), LineField(ANY_LENGTH))
        self.form.add("alias", _("Alias"), LineField(ANY_LENGTH), hint=_("Enough until the privacy notice is given"))
        self.form.add("phone", _("Phone"), LineField(ANY_LENGTH))
        self.form.add("birth_date", _("Born on"), BirthField()).edited.connect(self._tell_birth)
        choices = [Choice(code, label) for code, label in language_choices()]
        self.form.add("language", _("Language"), ChoiceField(choices))
        self.form.set_values(_guess(typed))
        self.doubles = DoublesStrip(runner)
        self.body.addWidget(self.form)
        self.body.addWidget(self.doubles)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.form.edited.connect(self._timer.start)
        self.doubles.chosen.connect(self._on_known)
        self.doubles.settled.connect(self._accept.setFocus)
        self.doubles.filled.connect(self._make_room)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where nothing was typed yet: with the phone for who is called something, else with the name."""
        super().showEvent(event)
        if not event.spontaneous() and self.form is not None:
            called = self.form.value("surname") or self.form.value("alias")
            self.form.field("phone" if called else "surname").setFocus()

    def save(self) -> None:
        assert self.form is not None
        if self.doubles.must_answer():
            self.set_accept_enabled(True)
            return
        given: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        birth: Birth = given.pop("birth_date") or Birth()
        given.update(birth_date=birth.day, birth_part=birth.part, birth_text=birth.words)
        given["not_same"] = tuple(self.doubles.not_same)
        self._runner.run(people.add_person, then=self.finish, failed=self.present, **given)

    @Slot()
    def _look(self) -> None:
        """Ask whether somebody like this is known."""
        assert self.form is not None
        given = self.form.values()
        told = ("surname", "given_name", "alias", "phone")
        self.doubles.look(birth_date=given["birth_date"].day, **{name: given[name] or None for name in told})

    def present(self, error: Exception) -> None:
        if isinstance(error, RuleError) and error.field in {"birth_part", "birth_text"}:
            error.field = "birth_date"
        super().present(error)

    @Slot()
    def _tell_birth(self) -> None:
        """Say what was understood of the birth."""
        assert self.form is not None
        self.form.set_hint("birth_date", self.form.field("birth_date").understood())

    @Slot(str)
    def _on_known(self, person_id: str) -> None:
        self.finish(person_id)


def _guess(typed: str) -> dict[str, Any]:
    """What was typed into the search, where it most likely belongs."""
    text = " ".join(typed.split())
    if sum(letter.isdigit() for letter in text) >= 5:
        return {"phone": text}
    surname, given_name = typed_names.parted(text)
    return {"surname": surname, "given_name": given_name} if given_name else {"alias": text}
