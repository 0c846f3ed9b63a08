"""Dialogs of relations: somebody new in the family or the network of a person, and a relation that is changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.people import families
from famdesk.i18n import _
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label
from famdesk.ui.people import words
from famdesk.ui.people.family import words as family_words
from famdesk.ui.people.family.finding import PersonField
from famdesk.usecases.family import households, relations
from famdesk.usecases.family.family_file import RelationRow
from famdesk.usecases.people.person_rows import PersonFile

SHARE_A_SURNAME = frozenset({"birth_child", "sibling", "twin"})


class _SureDialog(Dialog):
    """A dialog whose birth dates may be asked about: the box to tick comes up with the question."""

    def present(self, error: Exception) -> None:
        if getattr(error, "field", None) == "sure" and self.form is not None:
            self.form.set_row_visible("sure", True)
        super().present(error)


class RelativeDialog(_SureDialog):
    """Somebody who belongs to the family, or (`network`) stands beside it; a new person can be made on the way."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, *, network: bool = False) -> None:
        title = _("New in the support network") if network else _("New in the family")
        super().__init__(parent, title, _("Add"))
        self._runner, self._found, self._network = runner, file, network
        self._added = ""
        self.form = Form()
        self._kind: ChoiceField = self.form.add(
            "kind", _("Relationship"), ChoiceField(family_words.kind_choices(network), allow_none=False), required=True
        )
        field = PersonField(runner, self, file.id)
        self._other: PersonField = self.form.add("other_id", _("Name"), field, required=True)
        self._sentence = Label("", "strong", wrap=True)
        self.form.widget(self._sentence)
        new = relations.NEW_HOUSEHOLD
        self._homes = ChoiceField(family_words.home_choices(file, new))
        self.form.add("household_id", _("Live together in"), self._homes, hint=_("Empty if they do not, or not known."))
        self.form.add("quality", _("They get on"), quality_field())
        self.form.add("valid_from", _("Since"), DateField(past=True), hint=_("Empty if not known."))
        self.form.add("note", _("Note"), TextField(lines=1))
        add_sure(self.form)
        self.form.set_row_visible("household_id", not network)
        self.body.addWidget(self.form)
        self._kind.edited.connect(self._tell)
        self._other.edited.connect(self._tell)
        self._other.chosen.connect(self._on_other)
        self._other.added.connect(self._on_added)
        self._tell()

    def sentence(self) -> str:
        """What will be written down, in a sentence."""
        return self._sentence.text()

    def discard_detail(self) -> str:
        return self._added

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        kind, sex = _parted(values.pop("kind"))
        self._runner.run(
            relations.add_relative, self._found.id, values.pop("other_id"), kind, sex=sex or None, **values,
            then=self.finish, failed=self.present,
        )  # fmt: skip

    @Slot()
    def _tell(self) -> None:
        kind, sex = _parted(self._kind.value())
        surname = self._found.surname if kind in SHARE_A_SURNAME else None
        self._other.hints = {"sex": sex, "surname": surname}
        name = self._other.text().strip() if self._other.value() else ""
        told = families.is_sentence(name or "…", kind, sex, self._found.label) if kind else ""
        if told != self._sentence.text():
            self._sentence.setText(told)
            if name:
                announce(self._sentence, told)

    @Slot(str)
    def _on_other(self, person_id: str) -> None:
        self._tell()
        if not self._network:
            self._runner.fetch(households.households_of, person_id, then=self._take_homes, latest="homes")

    @Slot(str)
    def _on_added(self, name: str) -> None:
        """Say that the file of the new person stays, even if this dialog is discarded."""
        assert self.form is not None
        self._added = _("{name} is in the files already. Only the relationship is not saved yet.").format(name=name)
        self.form.set_hint("other_id", self._added)

    def _take_homes(self, rows: tuple[households.HomeRow, ...]) -> None:
        theirs = [Choice(row.id, row.name, words.joined(row.address, row.town)) for row in rows]
        chosen = self._homes.value()
        self._homes.set_choices(family_words.home_choices(self._found, relations.NEW_HOUSEHOLD, theirs))
        if chosen:
            self._homes.set_value(chosen)


class RelationDialog(_SureDialog):
    """A relation that is corrected or ended."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: RelationRow) -> None:
        super().__init__(parent, _("Relation"), _("Save"))
        self._runner, self._found, self._row = runner, file, row
        self._sentence = Label("", "strong", wrap=True)
        self.body.addWidget(self._sentence)
        self.form = Form()
        choices = family_words.relation_choices(row.sex)
        self._kind = self.form.add("kind", row.label, ChoiceField(choices, allow_none=False), required=True)
        self.form.add("quality", _("They get on"), quality_field())
        self.form.add("valid_from", _("Since"), DateField(past=True), hint=_("Empty if not known."))
        self.form.add("valid_to", _("Last day"), DateField(), hint=_("Empty while it is so."))
        self.form.add("note", _("Note"), TextField(lines=1))
        add_sure(self.form)
        names = ("kind", "quality", "valid_from", "valid_to", "note")
        self.form.set_values({name: getattr(row, name) for name in names})
        self.body.addWidget(self.form)
        self._kind.edited.connect(self._tell)
        self._tell()

    def save(self) -> None:
        assert self.form is not None
        values: dict[str, Any] = self.form.values()
        self._runner.run(
            relations.change_relation, self._row.id, self._row.version, person_id=self._row.other_id, **values,
            then=self.finish, failed=self.present,
        )  # fmt: skip

    @Slot()
    def _tell(self) -> None:
        kind = self._kind.value() or self._row.kind
        self._sentence.setText(families.is_sentence(self._row.label, kind, self._row.sex, self._found.label))


def quality_field() -> ChoiceField:
    """How two people get on."""
    return ChoiceField([Choice(*pair) for pair in codes.labels(families.QUALITIES)])


def add_sure(form: Form) -> None:
    """The box for birth dates that look wrong and are right; hidden until it is asked for."""
    form.add("sure", "", CheckField(_("The birth dates are right")))
    form.set_row_visible("sure", False)


def _parted(code: str | None) -> tuple[str, str]:
    kind, _colon, sex = (code or "").partition(":")
    return kind, sex
