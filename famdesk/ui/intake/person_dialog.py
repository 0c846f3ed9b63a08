"""A new person from the access card: as little as an alias, with a warning when somebody is probably known already."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain.languages import language_choices
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField, LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import SEARCH_AFTER_MS, Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
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
        self._warning = Label(_("Perhaps known already. Enter takes the person of the list:"), wrap=True)
        self.doubles = LineList(_("Perhaps known already"), grow=True)
        self.body.addWidget(self.form)
        self.body.addWidget(self._warning)
        self.body.addWidget(self.doubles)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SEARCH_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self.form.edited.connect(self._timer.start)
        self.doubles.activated_id.connect(self._on_known)
        self._show_doubles(())
        self._look()
        first = "alias" if self.form.value("alias") or not typed.strip() else "given_name"
        self.form.field("phone" if self.form.value("phone") else first).setFocus()

    def save(self) -> None:
        assert self.form is not None
        given: dict[str, Any] = {name: value or None for name, value in self.form.values().items()}
        self._runner.run(people.add_person, then=self.finish, failed=self.present, **given)

    @Slot()
    def _look(self) -> None:
        """Ask whether somebody like this is known."""
        assert self.form is not None
        given = self.form.values()
        if not (given["surname"] or given["given_name"] or given["phone"]):
            self._show_doubles(())
            return
        self._runner.fetch(
            people.likely_doubles, surname=given["surname"] or None, given_name=given["given_name"] or None,
            birth_date=given["birth_date"], phone=given["phone"] or None, then=self._show_doubles, latest="doubles",
        )  # fmt: skip

    def _show_doubles(self, found: Sequence[people.Double]) -> None:
        self.doubles.set_lines([
            Line(one.id, one.label, detail=" · ".join(part for part in (one.detail, one.reason) if part), icon="user")
            for one in found
        ])  # fmt: skip
        self._warning.setVisible(bool(found))
        self.doubles.setVisible(bool(found))
        self.adjustSize()

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
