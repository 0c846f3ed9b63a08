"""Dialogs for the records of the guide: access point, place, room, body, service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import BODY_KINDS, FUNCTIONS, PLACE_KINDS, TARGET_AGES, Table, labels
from famdesk.domain.people.municipalities import municipalities
from famdesk.i18n import _
from famdesk.ui.directory.facts import FUNCTION_MEANINGS
from famdesk.ui.kit import theme
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.fields import CheckField, DateField, LineField, NumberField, TextField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.plain import advise
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.widgets import ScrollColumn
from famdesk.usecases.directory import bodies, places
from famdesk.usecases.directory.bodies import BodyData, ServiceData
from famdesk.usecases.directory.directory_rows import BodyRow, PlaceRow, PointDetail, PointRow, RoomRow, ServiceRow
from famdesk.usecases.directory.places import PlaceData, PointData


@dataclass(frozen=True, slots=True)
class Known:
    """The records that others can point to, as choices."""

    bodies: tuple[Choice, ...] = ()
    places: tuple[Choice, ...] = ()
    points: tuple[Choice, ...] = ()


def known(body_rows: Sequence[BodyRow], place_rows: Sequence[PlaceRow], point_rows: Sequence[PointRow]) -> Known:
    """The choices made of what the page has read."""
    return Known(
        tuple(Choice(row.id, row.name, detail=row.short_name or "") for row in body_rows),
        tuple(Choice(row.id, row.name, detail=row.address or "") for row in place_rows),
        tuple(Choice(row.id, row.name) for row in point_rows),
    )


class EntryDialog(Dialog):
    """A form whose fields are those of a plain data class; saving adds a record or changes the one given."""

    def __init__(self, parent: QWidget, runner: Runner, title: str, data: Callable[..., Any], *,
                 add: Callable[..., Any], change: Callable[..., Any], row: Any = None) -> None:  # fmt: skip
        """`row` is the record to be changed, with `id` and `version`; None: a new one."""
        super().__init__(parent, title, _("Save"))
        self._runner, self._data, self._add, self._change, self._row = runner, data, add, change, row
        self.form: Form = Form()
        column = ScrollColumn()
        column.body.addWidget(self.form)
        column.body.addStretch(1)
        self.body.addWidget(column)
        self.setMinimumSize(theme.unit(150), theme.unit(120))

    def line(self, name: str, text: str, *, required: bool = False, hint: str = "") -> None:
        """Adds a line of text."""
        self.form.add(name, text, LineField(), required=required, hint=hint)

    def choice(self, name: str, text: str, choices: Sequence[Choice], *, required: bool = False) -> None:
        """Adds a choice; without `required` it may stay empty."""
        self.form.add(name, text, ChoiceField(choices, allow_none=not required), required=required)

    def ready(self, values: dict[str, Any]) -> EntryDialog:
        """Fills the form and opens the dialog; fields that are None stay empty."""
        self.form.set_values({name: value for name, value in values.items() if self.form.has(name)})
        self.open()
        return self

    def save(self) -> None:
        data = self._data(**self.form.values())
        if self._row is None:
            self._runner.run(self._add, data, then=self.finish, failed=self.present)
        else:
            self._runner.run(self._change, self._row.id, self._row.version, data, then=self.finish,
                             failed=self.present)  # fmt: skip


def _codes(table: Table) -> list[Choice]:
    return [Choice(code, text) for code, text in labels(table)]


def _comuni() -> list[Choice]:
    return [Choice(one.code, one.name, detail=one.province) for one in municipalities()]


def _values(row: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} if row is not None else {}


def service_dialog(parent: QWidget, runner: Runner, found: Known, row: ServiceRow | None = None) -> EntryDialog:
    """Opens the form of a service."""
    title = _("Change service") if row else _("New service")
    dialog = EntryDialog(parent, runner, title, ServiceData, add=bodies.add_service, change=bodies.change_service,
                         row=row)  # fmt: skip
    functions = [Choice(code, text, tag=code, meaning=FUNCTION_MEANINGS[code]) for code, text in labels(FUNCTIONS)]
    dialog.line("name", _("Name"), required=True)
    dialog.line("alias", _("Also called"))
    dialog.choice("kind", _("Kind"), _codes(profile_codes.SERVICE_KINDS), required=True)
    dialog.choice("function", _("Function"), functions)
    dialog.choice("state", _("State"), _codes(profile_codes.SERVICE_STATES), required=True)
    dialog.form.add("description", _("Description"), TextField(lines=3))
    advise(dialog.form, "description")
    dialog.line("audience", _("For whom"))
    dialog.choice("body_id", _("Run by"), found.bodies)
    dialog.choice("place_id", _("Place"), found.places)
    dialog.choice("access_point_id", _("Access point"), found.points)
    dialog.line("phone", _("Phone"))
    dialog.line("mail", _("E-mail"))
    names = ("name", "alias", "kind", "function", "state", "description", "audience", "body_id", "place_id",
             "access_point_id", "phone", "mail")  # fmt: skip
    return dialog.ready(_values(row, names) or {"state": "active"})


def body_dialog(parent: QWidget, runner: Runner, found: Known, row: BodyRow | None = None) -> EntryDialog:
    """Opens the form of a body."""
    title = _("Change body") if row else _("New body")
    dialog = EntryDialog(parent, runner, title, BodyData, add=bodies.add_body, change=bodies.change_body, row=row)
    others = [choice for choice in found.bodies if row is None or choice.code != row.id]
    dialog.line("name", _("Name"), required=True)
    dialog.line("short_name", _("Short name"))
    dialog.choice("kind", _("Kind"), _codes(BODY_KINDS), required=True)
    dialog.choice("parent_id", _("Part of"), others)
    dialog.choice("municipality", _("Comune"), _comuni())
    dialog.line("phone", _("Phone"))
    dialog.line("mail", _("E-mail"))
    dialog.form.add("note", _("Note"), TextField(lines=2))
    names = ("name", "short_name", "kind", "parent_id", "municipality", "phone", "mail", "note")
    return dialog.ready(_values(row, names))


def place_dialog(parent: QWidget, runner: Runner, found: Known, row: PlaceRow | None = None) -> EntryDialog:
    """Opens the form of a place."""
    title = _("Change place") if row else _("New place")
    dialog = EntryDialog(parent, runner, title, PlaceData, add=places.add_place, change=places.change_place, row=row)
    others = [choice for choice in found.places if row is None or choice.code != row.id]
    dialog.line("name", _("Name"), required=True)
    dialog.choice("kind", _("Kind"), _codes(PLACE_KINDS), required=True)
    dialog.line("address", _("Address"))
    dialog.line("building", _("Building"))
    dialog.line("floor", _("Floor"))
    dialog.line("postcode", _("Postcode"))
    dialog.line("town", _("Town"))
    dialog.choice("municipality", _("Comune"), _comuni())
    dialog.choice("part_of_id", _("Part of"), others)
    dialog.choice("owner_body_id", _("Owner"), found.bodies)
    dialog.choice("manager_body_id", _("Run by"), found.bodies)
    dialog.form.add("directions", _("How to get there"), TextField(lines=2))
    advise(dialog.form, "directions")
    names = ("name", "kind", "address", "building", "floor", "postcode", "town", "municipality", "part_of_id",
             "owner_body_id", "manager_body_id", "directions")  # fmt: skip
    return dialog.ready(_values(row, names))


def point_dialog(parent: QWidget, runner: Runner, found: Known, detail: PointDetail | None = None) -> EntryDialog:
    """Opens the form of an access point; its hours are entered on its card."""
    title = _("Change access point") if detail else _("New access point")
    dialog = EntryDialog(parent, runner, title, PointData, add=places.add_access_point,
                         change=places.change_access_point, row=detail.row if detail else None)  # fmt: skip
    centre = _("Empty: that of the centre.")
    dialog.line("name", _("Name"), required=True)
    dialog.choice("place_id", _("Place"), found.places)
    dialog.choice("body_id", _("Run by"), found.bodies)
    dialog.line("audience", _("For whom"))
    dialog.choice("age_band", _("Age"), _codes(TARGET_AGES))
    dialog.form.add("description", _("Description"), TextField(lines=3))
    advise(dialog.form, "description")
    dialog.line("phone", _("Phone"), hint=centre)
    dialog.line("mail", _("E-mail"), hint=centre)
    dialog.form.add("starts_on", _("Begins on"), DateField())
    dialog.line("starts_text", _("Begins, in words"), hint=_("For example: from next spring."))
    dialog.form.add("main", _("Main seat"), CheckField(_("Main seat of the centre")))
    if detail is None:
        return dialog.ready({})
    row = detail.row
    return dialog.ready({
        "name": row.name, "place_id": detail.place_id, "body_id": detail.body_id, "audience": row.audience,
        "age_band": row.age_band, "description": detail.description, "phone": detail.own_phone,
        "mail": detail.own_mail, "starts_on": row.starts_on, "starts_text": row.starts_text, "main": row.main,
    })  # fmt: skip


class RoomDialog(Dialog):
    """A room of a place that appointments and meetings take."""

    def __init__(self, parent: QWidget, runner: Runner, place: PlaceRow, row: RoomRow | None = None) -> None:
        """Without `row` a new room is entered."""
        super().__init__(parent, _("Change room") if row else _("New room"), _("Save"))
        self._runner, self._place_id, self._row = runner, place.id, row
        self.form = form = Form()
        form.add("name", _("Name"), LineField(), required=True)
        form.add("seats", _("Seats"), NumberField(1, 500), hint=_("Empty: not known."))
        self.body.addWidget(form)
        form.set_values(_values(row, ("name", "seats")))

    def save(self) -> None:
        assert self.form is not None
        values = {**self.form.values(), "place_id": self._place_id}
        if self._row is None:
            self._runner.run(places.add_room, then=self.finish, failed=self.present, **values)
        else:
            self._runner.run(places.change_room, self._row.id, self._row.version, then=self.finish,
                             failed=self.present, **values)  # fmt: skip
