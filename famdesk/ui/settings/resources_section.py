"""Settings: what and who can be booked beside rooms and colleagues: mediators, vehicles, equipment."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from famdesk.domain import codes
from famdesk.domain.languages import language_choices, language_label
from famdesk.i18n import _, formats
from famdesk.ui.kit.choices_field import ChoicesField
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import LineField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.settings.list_card import Listed, ListSection
from famdesk.usecases.calendar import resources
from famdesk.usecases.calendar.resources import ResourceRow, ResourceValues
from famdesk.usecases.centre.centre import MeRow
from famdesk.usecases.directory import directory

CHANGE = resources.change_resource.name
_ICONS = {"mediator": "languages", "equipment": "tag", "vehicle": "map-pin", "other": "tag"}


class ResourcesSection(ListSection):
    """All of them by kind; Enter changes one, the buttons retire it or add another."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        explained = _(
            "Who or what can be booked for an appointment: a mediator with the languages, a car, a projector. FamDesk"
            " never books one of them twice. A retired one is no longer offered; its appointments stay."
        )
        listed = Listed(_("Mediators and equipment"), "languages", CHANGE, _line, explained,
                        _("Nothing can be booked yet beside rooms and colleagues."))  # fmt: skip
        super().__init__(runner, listed, resources.resources, parent)
        self._bodies: list[Choice] = []
        self._places: list[Choice] = []
        self.retire = self.card.tool(_("Retire"), "eye-off", self._on_retire)
        self.add = self.card.tool(_("Add"), "plus", self.add_one)

    def read(self, me: MeRow) -> None:
        super().read(me)
        self.runner.fetch(directory.bodies, then=self._take_bodies, failed=self.failed.emit, latest="bodies")
        self.runner.fetch(directory.places, then=self._take_places, failed=self.failed.emit, latest="places")

    def _take_bodies(self, rows: Any) -> None:
        self._bodies = [Choice(row.id, row.name) for row in rows]

    def _take_places(self, rows: Any) -> None:
        self._places = [Choice(row.id, row.name) for row in rows]

    @Slot(object)
    def on_row(self, row: ResourceRow | None) -> None:
        self.retire.setEnabled(row is not None)
        self.retire.setText(_("Offer again") if row is not None and not row.active else _("Retire"))

    @Slot(object)
    def edit(self, row: ResourceRow | None) -> None:
        dialog = ResourceDialog(self.window(), self.runner, self._bodies, self._places, row)
        dialog.finished_with.connect(self.on_done)
        dialog.open()

    @Slot()
    def _on_retire(self) -> None:
        row = self.card.row()
        if row is not None:
            self.do(resources.retire_resource, row, retired=row.active)


class ResourceDialog(Dialog):
    """What it is, what it is called, and of a mediator which languages."""

    def __init__(
        self, parent: QWidget, runner: Runner, bodies: list[Choice], places: list[Choice], row: ResourceRow | None
    ) -> None:
        super().__init__(parent, _("Change") if row else _("Mediator or equipment"), _("Save"))
        self._runner, self._row = runner, row
        self.form = form = Form()
        kinds = [Choice(*pair) for pair in codes.labels(codes.RESOURCE_KINDS)]
        self._kind: ChoiceField = form.add("kind", _("Kind"), ChoiceField(kinds, allow_none=False), required=True)
        form.add("name", _("Name"), LineField(120), required=True)
        spoken = [Choice(code, name) for code, name in language_choices()]
        form.add("languages", _("Languages"), ChoicesField(spoken, _("Add a language")))
        # Translators: the body that sends a mediator or owns a car
        form.add("body_id", _("Sent or owned by"), ChoiceField(bodies))
        form.add("place_id", _("Kept at"), ChoiceField(places))
        form.add("phone", _("Phone"), LineField(40))
        form.add("mail", _("E-mail"), LineField(120))
        form.add("note", _("Note"), TextField(lines=2))
        self.body.addWidget(form)
        values = row.values if row else ResourceValues("mediator", "")
        form.set_values({
            "kind": values.kind, "name": values.name, "languages": values.languages, "body_id": values.body_id,
            "place_id": values.place_id, "phone": values.phone or "", "mail": values.mail or "",
            "note": values.note or "",
        })  # fmt: skip
        self._kind.edited.connect(self._on_kind)
        self._on_kind()

    def save(self) -> None:
        assert self.form is not None
        given = self.form.values()
        if given["kind"] != "mediator":
            given["languages"] = ()
        values = ResourceValues(**given)
        if self._row is None:
            self._runner.run(resources.add_resource, values, then=self.finish, failed=self.present)
        else:
            self._runner.run(resources.change_resource, self._row.id, self._row.version, values, then=self.finish,
                             failed=self.present)  # fmt: skip

    @Slot()
    def _on_kind(self) -> None:
        assert self.form is not None
        mediator = self._kind.value() == "mediator"
        self.form.set_row_visible("languages", mediator)
        self.form.set_row_visible("place_id", not mediator)


def _line(row: ResourceRow) -> Line:
    values = row.values
    spoken = formats.list_text([language_label(code) for code in values.languages])
    kind = codes.label(codes.RESOURCE_KINDS, values.kind)
    detail = ", ".join(part for part in (kind, spoken, row.body or row.place, values.phone or "") if part)
    return Line(row.id, values.name, detail=detail, icon=_ICONS.get(values.kind, "tag"),
                badge="" if row.active else _("no longer offered"), meaning=Meaning.CLOSED)  # fmt: skip
