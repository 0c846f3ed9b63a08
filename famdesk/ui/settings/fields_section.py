"""Settings: the centre's own fields for persons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.people.person_details import FIELD_KINDS
from famdesk.i18n import _
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.list_card import Listed, ListSection, tell_place
from famdesk.usecases.people import custom_fields
from famdesk.usecases.people.custom_fields import FieldRow

CHANGE = "custom_fields.change_field"


class FieldsSection(ListSection):
    """The fields in their order; Enter changes one, the buttons move or retire it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        explained = _(
            "What your centre wants to know of a person and FamDesk has no field for. It stands in the file, under"
            " Details. A retired field is no longer asked; what was written into it stays."
        )
        listed = Listed(_("Own fields for persons"), "tag", CHANGE, _line, explained,
                        _("No fields of the centre's own yet."))  # fmt: skip
        super().__init__(runner, listed, custom_fields.fields, parent)
        self._moved: FieldRow | None = None
        self.up = self.card.tool(_("Move up"), "chevron-up", self._on_up)
        self.down = self.card.tool(_("Move down"), "chevron-down", self._on_down)
        self.retire = self.card.tool(_("Retire"), "eye-off", self._on_retire)
        self.add = self.card.tool(_("Add field"), "plus", self.add_one)
        self.card.moved.connect(self._move)

    def show_rows(self, rows: Sequence[FieldRow]) -> None:
        self.card.show_rows(rows, movable=lambda row: not row.retired)
        moved, self._moved = self._moved, None
        if moved is not None:
            tell_place(self.card, moved)

    @Slot(object)
    def on_row(self, row: FieldRow | None) -> None:
        for one in (self.up, self.down):
            one.setEnabled(row is not None and not row.retired)
        self.retire.setEnabled(row is not None)
        self.retire.setText(_("Ask again") if row is not None and row.retired else _("Retire"))

    @Slot(object)
    def edit(self, row: FieldRow | None) -> None:
        dialog = FieldDialog(self.window(), self.runner, row)
        dialog.finished_with.connect(self.on_done)
        dialog.open()

    @Slot()
    def _on_up(self) -> None:
        self._move(self.card.row(), -1)

    @Slot()
    def _on_down(self) -> None:
        self._move(self.card.row(), 1)

    @Slot(object, int)
    def _move(self, row: FieldRow | None, by: int) -> None:
        if row is not None:
            self._moved = row
            self.do(custom_fields.move_field, row, by=by)

    @Slot()
    def _on_retire(self) -> None:
        row = self.card.row()
        if row is not None:
            self.do(custom_fields.retire_field, row, retired=not row.retired)


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
