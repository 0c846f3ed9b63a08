"""Dialogs of the family tab: who decides for a minor, placements, delegates, measures of courts, last days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.people import families
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label, ScrollColumn
from famdesk.ui.people.family.finding import PersonField
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.family import delegates, households, placements, responsibilities
from famdesk.usecases.family.delegates import DelegateRow
from famdesk.usecases.family.family_file import PlacementRow, ResponsibilityRow
from famdesk.usecases.people import measures
from famdesk.usecases.people.measures import MeasureRow
from famdesk.usecases.people.person_rows import PersonFile

ACT = ("act_authority", "act_number", "act_on")
TERM = ("valid_from", "valid_to")


class _BodyDialog(Dialog):
    """A dialog with a field for a body of the directory."""

    _body_id: str | None = None

    def ask_for_bodies(self, runner: Runner, current: str | None) -> None:
        """Fill the field once the directory has answered."""
        self._body_id = current
        runner.fetch(directory.bodies, then=self._take_bodies)

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        assert self.form is not None
        field: ChoiceField = self.form.field("body_id")
        chosen = field.value() or self._body_id
        field.set_choices([Choice(row.id, row.name, codes.label(codes.BODY_KINDS, row.kind)) for row in rows])
        if not field.text().strip() or field.value():
            field.set_value(chosen)


class ResponsibilityDialog(_BodyDialog):
    """Who decides for a minor, and by which act. Only who and how is needed; the rest stays open until it is known."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: ResponsibilityRow | None) -> None:
        super().__init__(parent, _("Who decides"), _("Save") if row else _("Add"))
        self._runner, self._found, self._row = runner, file, row
        self.body.addWidget(Label(_("Who decides for {name}?").format(name=file.label), "second", wrap=True))
        self.form = Form()
        self.form.add("kind", _("As what"), _choice(families.RESPONSIBILITIES), required=True)
        self.form.add("other_id", _("Person"), PersonField(runner, self, file.id))
        self.form.add("body_id", _("or body"), ChoiceField([]))
        self.form.add("holder_name", _("or name"), LineField(), hint=_("Somebody of whom there is no file here."))
        self.form.add("state", _("State"), _choice(families.STATES), required=True)
        _add_act(self.form)
        _add_term(self.form, _("What is for minors ends with the 18th birthday by itself."))
        self.form.add("note", _("Note"), TextField(lines=1))
        self.body.addWidget(_column(self.form), 1)
        self.form.set_values({"state": "full"})
        if row is not None:
            names = ("kind", "holder_name", "state", *ACT, *TERM, "note")
            self.form.set_values({name: getattr(row, name) for name in names})
            self.form.set_values({"other_id": (row.other_id, row.label) if row.other_id else None})
        self.ask_for_bodies(runner, row.body_id if row else None)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        kind = values.pop("kind")
        if self._row is None:
            self._runner.run(responsibilities.add_responsibility, self._found.id, kind, **values, then=self.finish,
                             failed=self.present)  # fmt: skip
            return
        self._runner.run(responsibilities.change_responsibility, self._row.id, self._row.version, kind, **values,
                         then=self.finish, failed=self.present)  # fmt: skip


class PlacementDialog(_BodyDialog):
    """Where a child lives by an act."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: PlacementRow | None) -> None:
        super().__init__(parent, _("Foster care, placement, adoption"), _("Save") if row else _("Add"))
        self._runner, self._found, self._row = runner, file, row
        self.form = Form()
        self.form.add("kind", _("Kind"), _choice(families.PLACEMENTS), required=True)
        self._with: PersonField = self.form.add(
            "with_id",
            _("Lives with"),
            PersonField(runner, self, file.id),
            hint=_("Somebody of the family that takes the child."),
        )
        self._homes: ChoiceField = self.form.add("household_id", _("Household"), ChoiceField(self._own_homes()))
        self.form.add("body_id", _("or body"), ChoiceField([]), hint=_("For a reception home: who runs it."))
        self.form.add("partial", "", CheckField(_("Only some hours or days")))
        _add_act(self.form)
        self.form.add("visits", _("Visits"), TextField(lines=1), hint=_("When the child sees the parents."))
        _add_term(self.form)
        self.form.add("note", _("Note"), TextField(lines=1))
        self.body.addWidget(_column(self.form), 1)
        if row is not None:
            names = ("kind", "partial", *ACT, "visits", *TERM, "note", "household_id")
            self.form.set_values({name: getattr(row, name) for name in names})
        self._with.chosen.connect(self._on_with)
        self.ask_for_bodies(runner, row.body_id if row else None)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        kind, _with = values.pop("kind"), values.pop("with_id")
        if self._row is None:
            self._runner.run(placements.add_placement, self._found.id, kind, **values, then=self.finish,
                             failed=self.present)  # fmt: skip
            return
        self._runner.run(placements.change_placement, self._row.id, self._row.version, kind, **values,
                         then=self.finish, failed=self.present)  # fmt: skip

    def _own_homes(self) -> list[Choice]:
        return [Choice(home.id, home.name, home.address or "") for home in self._found.households]

    @Slot(str)
    def _on_with(self, person_id: str) -> None:
        self._runner.fetch(households.households_of, person_id, then=self._take_homes, latest="homes")

    def _take_homes(self, rows: tuple[households.HomeRow, ...]) -> None:
        theirs = [Choice(row.id, row.name, row.address or "") for row in rows]
        known = {choice.code for choice in theirs}
        self._homes.set_choices([*theirs, *(one for one in self._own_homes() if one.code not in known)])
        self._homes.set_value(theirs[0].code if theirs else None)
        if not theirs and self.form is not None:
            told = _("No household is known of this person. Open that file and add one first.")
            self.form.show_error("with_id", told)


class DelegateDialog(Dialog):
    """Who may collect a child, or be told of it."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: DelegateRow | None) -> None:
        super().__init__(parent, _("Who collects, who may be told"), _("Save") if row else _("Add"))
        self._runner, self._found, self._row = runner, file, row
        self.form = Form()
        self.form.add("other_id", _("Person"), PersonField(runner, self, file.id))
        self.form.add("name", _("or name"), LineField(), hint=_("Somebody of whom there is no file here."))
        self.form.add("relation", _("Is to the child"), LineField(), hint=_("For example: grandmother, neighbour."))
        self.form.add("may_collect", "", CheckField(_("May collect the child")))
        self.form.add("may_be_told", _("May be told"), _choice(families.MAY_BE_TOLD), required=True)
        hint = _("The number of the document is not kept.")
        self.form.add("seen_document", "", CheckField(_("An identity document was looked at")), hint=hint)
        _add_term(self.form)
        self.form.add("note", _("Note"), TextField(lines=1))
        self.body.addWidget(_column(self.form), 1)
        self.form.set_values({"may_collect": True, "may_be_told": "nothing"})
        if row is not None:
            names = ("relation", "may_collect", "may_be_told", "seen_document", *TERM, "note")
            self.form.set_values({name: getattr(row, name) for name in names})
            known = (row.other_id, row.label) if row.other_id else None
            self.form.set_values({"other_id": known, "name": "" if row.other_id else row.label})

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._row is None:
            self._runner.run(delegates.add_delegate, self._found.id, **values, then=self.finish, failed=self.present)
            return
        self._runner.run(delegates.change_delegate, self._row.id, self._row.version, **values, then=self.finish,
                         failed=self.present)  # fmt: skip


class MeasureDialog(Dialog):
    """A measure of a court."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: MeasureRow | None) -> None:
        super().__init__(parent, _("Measure of a court"), _("Save") if row else _("Add"))
        self._runner, self._found, self._row = runner, file, row
        self.form = Form()
        self.form.add("field", _("Kind"), _choice(families.MEASURE_FIELDS), required=True)
        self.form.add("authority", _("Authority"), LineField(), hint=_("Which court or office."))
        self.form.add("number", _("Number"), LineField(limit=60))
        self.form.add("taken_on", _("Dated"), DateField(past=True))
        self.form.add("text", _("What it says"), TextField(lines=4), required=True)
        self.form.add("valid_to", _("Last day"), DateField(), hint=_("Empty if not known."))
        self.body.addWidget(self.form)
        if row is not None:
            names = ("field", "authority", "number", "taken_on", "text", "valid_to")
            self.form.set_values({name: getattr(row, name) for name in names})

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        if self._row is None:
            self._runner.run(measures.add_measure, self._found.id, values.pop("field"), values.pop("text"), **values,
                             then=self.finish, failed=self.present)  # fmt: skip
            return
        self._runner.run(measures.change_measure, self._row.id, self._row.version, **values, then=self.finish,
                         failed=self.present)  # fmt: skip


class EndDialog(Dialog):
    """The last day of something that held until now; its past stays."""

    def __init__(
        self, parent: QWidget, runner: Runner, line: str, end: Callable[..., Any], row_id: str, version: int
    ) -> None:
        """`line` says what ends; `end` is the use-case, which takes id, version and last day."""
        super().__init__(parent, _("Last day"), _("Save"))
        self._runner, self._end, self._row_id, self._version = runner, end, row_id, version
        self.body.addWidget(Label(line, "strong", wrap=True))
        self.body.addWidget(Label(_("What was stays in the file, up to this day."), "second", wrap=True))
        self.form = Form()
        self.form.add("last_day", _("Last day"), DateField(), required=True)
        self.body.addWidget(self.form)

    def save(self) -> None:
        assert self.form is not None
        self._runner.run(self._end, self._row_id, self._version, self.form.value("last_day"), then=self.finish,
                         failed=self.present)  # fmt: skip


def _choice(table: codes.Table) -> ChoiceField:
    return ChoiceField([Choice(*pair) for pair in codes.labels(table)], allow_none=False)


def _column(form: Form) -> ScrollColumn:
    """A long form that scrolls where the screen is small."""
    column = ScrollColumn()
    column.body.addWidget(form)
    column.body.addStretch(1)
    column.setMinimumSize(theme.unit(140), theme.unit(120))
    return column


def _add_act(form: Form) -> None:
    form.section(_("Act, as far as it is known"))
    form.add("act_authority", _("Authority"), LineField(), hint=_("Which court or office."))
    form.add("act_number", _("Number"), LineField(limit=60))
    form.add("act_on", _("Dated"), DateField(past=True))


def _add_term(form: Form, hint: str = "") -> None:
    form.section(_("From when to when"))
    form.add("valid_from", _("First day"), DateField(past=True), hint=_("Empty if not known."))
    form.add("valid_to", _("Last day"), DateField(), hint=hint or _("Empty while it is so."))
