"""A new person from the access card: as little as an alias, with a warning when somebody is probably known already."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.languages import language_choices
from famdesk.i18n import _
from famdesk.ui.doubles_strip import DoublesStrip
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import SEARCH_AFTER_MS, Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.usecases import people


class NewPersonDialog(Dialog):
    """Adds a person; `finished_with` gives the id, of the new one or of somebody known who was chosen instead."""

    def __init__(self, runner: Runner, typed: str, parent: QWidget) -> None:
        super().__init__(parent, _("New person"), accept_text=_("Add person"))
        self._runner = runner
        self.form = Form()
        self.form.add("alias", _("Alias"), LineField(), hint=_("Enough until the privacy notice is given"))
        self.form.add("given_name", _("First name"), LineField())
        self.form.add("surname", _("Surname"), LineField())
        self.form.add("phone", _("Phone"), LineField(40))
        self.form.add("birth_date", _("Born on"), DateField(past=True))
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
        self._look()
        first = "alias" if self.form.value("alias") or not typed.strip() else "given_name"
        self.form.field("phone" if self.form.value("phone") else first).setFocus()

    def save(self) -> None:
        assert self.form is not None
        given: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        given["not_same"] = tuple(self.doubles.not_same)
        self._runner.run(people.add_person, then=self.finish, failed=self.present, **given)

    @Slot()
    def _look(self) -> None:
        """Ask whether somebody like this is known."""
        assert self.form is not None
        given = self.form.values()
        told = ("surname", "given_name", "alias", "birth_date", "phone")
        self.doubles.look(**{name: given[name] or None for name in told})

    @Slot(str)
    def _on_known(self, person_id: str) -> None:
        self.finish(person_id)


def _guess(typed: str) -> dict[str, Any]:
    """What was typed into the search, where it most likely belongs."""
    text = " ".join(typed.split())
    if sum(letter.isdigit() for letter in text) >= 5:
        return {"phone": text}
    given, _blank, rest = text.partition(" ")
    return {"given_name": given, "surname": rest} if rest else {"alias": text}
