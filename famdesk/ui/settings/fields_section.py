"""Settings: the centre's own fields for persons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.person_details import FIELD_KINDS
from famdesk.i18n import _
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Card, Label
from famdesk.ui.settings.section import Section, button, reason_label
from famdesk.usecases import custom_fields
from famdesk.usecases.centre import MeRow
from famdesk.usecases.custom_fields import FieldRow

CHANGE = "custom_fields.change_field"


class FieldsSection(Section):
    """The fields in their order; Enter changes one, the buttons move or retire it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._may = False
        self._rows: dict[str, FieldRow] = {}
        self.list = LineList(_("Own fields for persons"), _("No fields of the centre's own yet."), grow=True)
        self.add = button(_("Add field"), "plus", self._on_add)
        self.up = button(_("Move up"), "chevron-up", self._on_up)
        self.down = button(_("Move down"), "chevron-down", self._on_down)
        self.retire = button(_("Retire"), "eye-off", self._on_retire)
        self._reason = reason_label(CHANGE)
        card = Card(_("Own fields for persons"), "tag")
        for one in (self.up, self.down, self.retire, self.add):
            card.tools.addWidget(one)
        explained = _(
            "What your centre wants to know of a person and FamDesk has no field for. It stands in the file, under"
            " Details. A retired field is no longer asked; what was written into it stays."
        )
        card.body.addWidget(Label(explained, "second", wrap=True))
        card.body.addWidget(self._reason)
        card.body.addWidget(self.list)
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.list.activated_id.connect(self._on_change)
        self.list.current_changed.connect(self._on_current)

    def read(self, me: MeRow) -> None:
        self._may = CHANGE in me.may
        for one in (self.add, self.up, self.down, self.retire):
            one.setVisible(self._may)
        self._reason.setVisible(not self._may)
        self.runner.fetch(custom_fields.fields, then=self._show, failed=self.failed.emit, latest="fields")

    def _show(self, rows: tuple[FieldRow, ...]) -> None:
        current = self.list.current_id()
        self._rows = {row.id: row for row in rows}
        self.list.set_lines([_line(row) for row in rows])
        self.list.set_current_id(current)
        self._on_current()

    def _row(self) -> FieldRow | None:
        return self._rows.get(self.list.current_id())

    @Slot()
    def _on_current(self) -> None:
        row = self._row()
        for one in (self.up, self.down):
            one.setEnabled(row is not None and not row.retired)
        self.retire.setEnabled(row is not None)
        self.retire.setText(_("Ask again") if row is not None and row.retired else _("Retire"))

    @Slot()
    def _on_add(self) -> None:
        FieldDialog(self.window(), self.runner).open()

    @Slot(str)
    def _on_change(self, field_id: str) -> None:
        if self._may and field_id in self._rows:
            FieldDialog(self.window(), self.runner, self._rows[field_id]).open()

    @Slot()
    def _on_up(self) -> None:
        self._move(-1)

    @Slot()
    def _on_down(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        row = self._row()
        if row is not None:
            self._do(custom_fields.move_field, row, by=by)

    @Slot()
    def _on_retire(self) -> None:
        row = self._row()
        if row is not None:
            self._do(custom_fields.retire_field, row, retired=not row.retired)

    def _do(self, usecase: Any, row: FieldRow, **details: Any) -> None:
        self.runner.run(usecase, row.id, row.version, then=self._on_done, failed=self.failed.emit, **details)

    def _on_done(self, _nothing: None) -> None:
        self.runner.fetch(custom_fields.fields, then=self._show, failed=self.failed.emit, latest="fields")


class FieldDialog(Dialog):
    """Name and kind of a field."""

    def __init__(self, parent: QWidget, runner: Runner, row: FieldRow | None = None) -> None:
        super().__init__(parent, _("Change field") if row else _("New field"), _("Save"))
        self._runner, self._row = runner, row
        self.form = form = Form()
        form.add("name", _("Name"), LineField(200), required=True)
        kinds = [Choice(*pair) for pair in codes.labels(FIELD_KINDS)]
        used = _("It holds values already, so its kind stays as it is.") if row and row.used else ""
        self._kind: ChoiceField = form.add("kind", _("Kind"), ChoiceField(kinds, allow_none=False), required=True,
                                           hint=used)  # fmt: skip
        form.add("choices", _("Choices, one a line"), TextField(lines=4))
        self.body.addWidget(form)
        values = {"name": row.name, "kind": row.kind, "choices": "\n".join(row.choices)} if row else {"kind": "text"}
        form.set_values(values)
        self._kind.setEnabled(not used)
        self._kind.edited.connect(self._on_kind)
        self._on_kind()

    def save(self) -> None:
        assert self.form is not None
        if self._row is None:
            self._runner.run(custom_fields.add_field, **self.form.values(), then=self.finish, failed=self.present)
        else:
            self._runner.run(custom_fields.change_field, self._row.id, self._row.version, **self.form.values(),
                             then=self.finish, failed=self.present)  # fmt: skip

    @Slot()
    def _on_kind(self) -> None:
        assert self.form is not None
        self.form.set_row_visible("choices", self._kind.value() == "choice")


def _line(row: FieldRow) -> Line:
    kind = codes.label(FIELD_KINDS, row.kind)
    return Line(
        row.id,
        row.name,
        detail=f"{kind}: {', '.join(row.choices)}" if row.choices else kind,
        icon="tag",
        badge=_("no longer asked") if row.retired else "",
        meaning=Meaning.CLOSED,
    )
