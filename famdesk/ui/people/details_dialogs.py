"""Dialogs of the details tab: a school year, a mark, the centre's own fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.people.person_details import FLAG_KINDS, SCHOOL_KINDS, SENSITIVE_FLAGS, school_year_label
from famdesk.i18n import _
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import BodyRow
from famdesk.usecases.people import custom_fields, flags, schooling
from famdesk.usecases.people.custom_fields import ValueRow
from famdesk.usecases.people.flags import FlagRow, may_see_sensitive
from famdesk.usecases.people.person_rows import PersonFile
from famdesk.usecases.people.schooling import SchoolRow

ANY_LENGTH: Final = 32_767
_EARLIER_YEARS: Final = 20
_COMMA: Final = re.compile(r"-?\d+,\d+", re.ASCII)


class SchoolDialog(Dialog):
    """A school year of a person, new (with last year's school as a copy) or changed."""

    def __init__(
        self, parent: QWidget, runner: Runner, file: PersonFile, row: SchoolRow | None, this_year: int,
        copied: SchoolRow | None = None,
    ) -> None:  # fmt: skip
        """`copied` fills a new line with another year's school."""
        super().__init__(parent, _("School or nursery"), _("Save") if row else _("Add school year"))
        self._runner, self._person, self._row = runner, file, row
        self._shown = row or copied
        years = [Choice(str(year), school_year_label(year)) for year in _years(this_year, row)]
        self.form = form = Form()
        form.add("year", _("School year"), ChoiceField(years, allow_none=False), required=True)
        form.add("kind", _("Kind"), ChoiceField([Choice(*pair) for pair in codes.labels(SCHOOL_KINDS)]))
        form.add("school", _("School or nursery"), LineField(ANY_LENGTH))
        form.add("body_id", _("In the directory"), ChoiceField([]))
        form.add("grade", _("Class or section"), LineField(ANY_LENGTH))
        form.add("note", _("Note"), TextField(lines=2))
        self.body.addWidget(form)
        values = {name: getattr(self._shown, name) for name in ("kind", "school")} if self._shown else {}
        own = {"grade": row.grade, "note": row.note} if row else {}
        form.set_values({"year": str(row.year if row else this_year), **values, **own})
        if row is not None:
            self.body.addWidget(_remover(self, _("Remove this school year"), self._on_remove))
        runner.fetch(directory.bodies, then=self._take_bodies, failed=self.present)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        values["year"] = int(values["year"])
        if self._row is None:
            self._runner.run(schooling.add_school_year, self._person.id, **values, then=self.finish,
                             failed=self.present)  # fmt: skip
        else:
            self._runner.run(schooling.change_school_year, self._row.id, self._row.version, **values,
                             then=self.finish, failed=self.present)  # fmt: skip

    def _take_bodies(self, rows: tuple[BodyRow, ...]) -> None:
        assert self.form is not None
        schools = [Choice(row.id, row.name) for row in rows if row.kind in {"school", "nursery"}]
        field: ChoiceField = self.form.field("body_id")
        field.set_choices(schools)
        field.set_value(self._shown.body_id if self._shown else None)
        self.form.set_row_visible("body_id", bool(schools))

    @Slot()
    def _on_remove(self) -> None:
        assert self._row is not None
        self._runner.run(schooling.remove_school_year, self._row.id, self._row.version, then=self.finish,
                         failed=self.present)  # fmt: skip


class FlagDialog(Dialog):
    """Something that makes a person vulnerable, with the day when it is to be looked at again."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, row: FlagRow | None) -> None:
        super().__init__(parent, _("To be minded"), _("Save") if row else _("Add"))
        self._runner, self._person, self._row = runner, file, row
        self._sees = may_see_sensitive(runner.role)
        kinds = [Choice(code, label) for code, label in codes.labels(FLAG_KINDS)
                 if self._sees or code not in SENSITIVE_FLAGS]  # fmt: skip
        self.body.addWidget(Label(_("It is seen in the file, and printed only where somebody asks for it."), "second",
                                  wrap=True))  # fmt: skip
        self.form = form = Form()
        self._kind: ChoiceField = form.add("kind", _("What"), ChoiceField(kinds, allow_none=False), required=True)
        form.add("sensitive", "", CheckField(_("Sensitive: reception does not see it")))
        form.add("since", _("Since"), DateField(past=True, today=self._today))
        form.add("review_on", _("To be reviewed on"), DateField(today=self._today))
        form.add("note", _("Note"), TextField(lines=2))
        form.set_row_visible("sensitive", self._sees)
        self.body.addWidget(form)
        if row is not None:
            names = ("kind", "sensitive", "since", "review_on", "note")
            form.set_values({name: getattr(row, name) for name in names})
            self.body.addWidget(_remover(self, _("It no longer holds: remove it"), self._on_remove))
        self._kind.edited.connect(self._on_kind)

    def save(self) -> None:
        assert self.form is not None
        if self._row is None:
            self._runner.run(flags.add_flag, self._person.id, **self.form.values(), then=self.finish,
                             failed=self.present)  # fmt: skip
        else:
            self._runner.run(flags.change_flag, self._row.id, self._row.version, **self.form.values(),
                             then=self.finish, failed=self.present)  # fmt: skip

    def _today(self) -> date:
        return self._person.today

    @Slot()
    def _on_kind(self) -> None:
        """What is usually sensitive is proposed as such; it can be taken back."""
        assert self.form is not None
        if self._sees and self._kind.value() is not None:
            self.form.field("sensitive").set_value(self._kind.value() in SENSITIVE_FLAGS)

    @Slot()
    def _on_remove(self) -> None:
        assert self._row is not None
        self._runner.run(flags.remove_flag, self._row.id, self._row.version, then=self.finish, failed=self.present)


class ValuesDialog(Dialog):
    """The fields of the centre's own, each with an editor of its kind."""

    def __init__(self, parent: QWidget, runner: Runner, file: PersonFile, rows: tuple[ValueRow, ...]) -> None:
        super().__init__(parent, _("Own fields of the centre"), _("Save"))
        self._runner, self._person = runner, file
        self._rows = {row.field.id: row for row in rows if not row.field.retired}
        self.form = form = Form()
        for row in self._rows.values():
            form.add(row.field.id, row.field.name, _editor(row))
        form.set_values({row.field.id: _shown(row) for row in self._rows.values()})
        self.body.addWidget(form)

    def save(self) -> None:
        assert self.form is not None
        typed = {field_id: _stored(self.form.value(field_id)) for field_id in self._rows}
        changed = {field_id: text for field_id, text in typed.items() if text != self._rows[field_id].value}
        self._runner.run(custom_fields.set_values, self._person.id, changed, then=self.finish, failed=self.present)


def _years(this_year: int, row: SchoolRow | None) -> list[int]:
    """This year, the next, and those before."""
    years = [this_year, this_year + 1, *range(this_year - 1, this_year - _EARLIER_YEARS, -1)]
    return years if row is None or row.year in years else [row.year, *years]


def _remover(parent: QWidget, text: str, slot: Callable[[], None]) -> ActionButton:
    found = ActionButton(text, "trash-2", kind="link", parent=parent)
    found.clicked.connect(slot)
    return found


def _editor(row: ValueRow) -> QWidget:
    if row.field.kind == "date":
        return DateField()
    if row.field.kind == "yes_no":
        return ChoiceField([Choice("yes", _("yes")), Choice("no", _("no"))])
    if row.field.kind == "choice":
        gone = [row.value] if row.value and row.value not in row.field.choices else []
        return ChoiceField([Choice(one, one) for one in (*row.field.choices, *gone)])
    return LineField(ANY_LENGTH)


def _shown(row: ValueRow) -> Any:
    return date.fromisoformat(row.value) if row.field.kind == "date" and row.value else row.value


def _stored(value: Any) -> str | None:
    """A value as text; a number may be typed with a comma."""
    if isinstance(value, date):
        return value.isoformat()
    text = str(value or "").strip()
    return (text.replace(",", ".") if _COMMA.fullmatch(text) else text) or None
