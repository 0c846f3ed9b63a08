"""Dialogs of paths: open or change, close, put appointments to one, set a hold. The file of a person uses them too."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.codes import label, labels
from famdesk.domain.notes.paths import CLOSING_REASONS, PATH_KINDS
from famdesk.domain.staff import rights
from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import DateField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import Label
from famdesk.ui.notes.people_field import PeopleField
from famdesk.ui.paths.words import path_title
from famdesk.usecases.paths import paths
from famdesk.usecases.paths.path_rows import PathAppointment, PathRow
from famdesk.usecases.staff import staff


class PathDialog(Dialog):
    """A new path, or a change of one."""

    def __init__(
        self, parent: QWidget, runner: Runner, row: PathRow | None = None, person: tuple[str, str] = ("", "")
    ) -> None:
        """`person` is the id and name of somebody with whom a new path is walked."""
        super().__init__(parent, path_title(row) if row else _("New path of care"), _("Save") if row else _("Open it"),
                         named=row is not None)  # fmt: skip
        self._runner, self._row = runner, row
        form = Form()
        form.add("kind", _("Kind"), ChoiceField([Choice(*one) for one in labels(PATH_KINDS)], allow_none=False),
                 required=True)  # fmt: skip
        people = form.add("person_ids", _("With whom"), PeopleField(runner))
        form.add("staff_id", _("In charge"), ChoiceField([], allow_none=False))
        form.add("opened_on", _("Opened on"), DateField(past=True), required=True)
        self.form = form
        self.body.addWidget(form)
        if row is not None:
            people.name(dict(zip(row.person_ids, row.people, strict=True)))
            form.set_values({"kind": row.kind, "person_ids": row.person_ids, "opened_on": row.opened_on})
        else:
            people.name({person[0]: person[1]} if person[0] else {})
            form.set_values({"kind": "consultation", "person_ids": [person[0]], "opened_on": runner.now().date()})
        runner.fetch(colleagues, then=self._take, failed=self.present, owner=self)

    def save(self) -> None:
        assert self.form is not None
        values = self.form.values()
        kind, people = values["kind"], tuple(values["person_ids"])
        more = {"staff_id": values["staff_id"], "opened_on": values["opened_on"]}
        if self._row is None:
            self._runner.run(paths.open_path, kind, people, then=self.finish, failed=self.present, **more)
            return
        self._runner.run(paths.change_path, self._row.id, self._row.version, kind=kind, person_ids=people,
                         then=self.finish, failed=self.present, **more)  # fmt: skip

    def _take(self, found: tuple[str, list[Choice]]) -> None:
        me, choices = found
        if self.form is not None:
            field = self.form.field("staff_id")
            field.set_choices(choices)
            field.set_value(self._row.staff_id if self._row else me)


def colleagues(tx: Any) -> tuple[str, list[Choice]]:
    """One's own id, and who can have a path in charge or bring a case."""
    rows = [one for one in staff.colleagues(tx) if rights.cell(paths.open_path.name, one.role)]
    return tx.actor.staff_id, [Choice(one.id, one.name) for one in rows]


class CloseDialog(Dialog):
    """When and why a path ends."""

    def __init__(self, parent: QWidget, runner: Runner, row: PathRow) -> None:
        super().__init__(parent, _("Close {path}").format(path=path_title(row)), _("Close the path"), named=True)
        self._runner, self._row = runner, row
        self.body.addWidget(Label(
            _("The term for keeping its notes begins on this day. With a reason the path can be opened again."),
            "second", wrap=True))  # fmt: skip
        form = Form()
        form.add("closed_on", _("Closed on"), DateField(past=True), required=True)
        reasons = [Choice(*one) for one in codes.labels(CLOSING_REASONS)]
        form.add("reason", _("Why"), ChoiceField(reasons, allow_none=False), required=True)
        self.form = form
        self.body.addWidget(form)
        form.set_values({"closed_on": runner.now().date()})

    def save(self) -> None:
        assert self.form is not None
        deed = partial(paths.close_path, **self.form.values())
        self._runner.run(deed, self._row.id, self._row.version, then=self.finish, failed=self.present)


class AppointmentsDialog(Dialog):
    """Which appointments of these people belong to the path: Space or Enter puts one in or takes it out."""

    def __init__(self, parent: QWidget, runner: Runner, row: PathRow) -> None:
        super().__init__(parent, _("Appointments of {path}").format(path=path_title(row)), named=True)
        self._runner, self._row = runner, row
        self._rows: dict[str, PathAppointment] = {}
        self.body.addWidget(Label(_("Space puts an appointment into the path, or takes it out again."), "second",
                                  wrap=True))  # fmt: skip
        self.list = LineList(_("Appointments"), _("These people have no appointment that belongs to no other path."))
        self.list.setMinimumHeight(theme.unit(70))
        self.list.activated_id.connect(self._on_toggled)
        self.list.space_pressed.connect(self._on_toggled)
        self.body.addWidget(self.list, 1)
        self._read()

    def _read(self, _done: object = None) -> None:
        self._runner.fetch(paths.appointments, self._row.id, then=self._show, failed=self.present, owner=self,
                           latest="appointments")  # fmt: skip

    def _show(self, rows: tuple[PathAppointment, ...]) -> None:
        self._rows = {row.id: row for row in rows}
        current = self.list.current_id()
        self.list.set_lines([_appointment_line(row) for row in rows])
        if rows and not self.list.set_current_id(current):
            self.list.set_current_id(rows[0].id)

    @Slot(str)
    def _on_toggled(self, row_id: str) -> None:
        row = self._rows.get(row_id)
        if row is not None:
            wanted = None if row.inside else self._row.id
            self._runner.run(paths.set_appointment, row.id, row.version, wanted, then=self._read, failed=self.present,
                             owner=self)  # fmt: skip


def _appointment_line(row: PathAppointment) -> Line:
    badge, meaning = (_("in the path"), Meaning.OPEN) if row.inside else ("", None)
    kind = label(codes.APPOINTMENT_KINDS, row.kind)
    return Line(row.id, kind, lead=formats.moment(row.starts), detail=row.staff, icon="calendar", badge=badge,
                meaning=meaning)  # fmt: skip
