"""The list mode: the same appointments and meetings as lines of a table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from famdesk.i18n import _, formats
from famdesk.ui.calendar import drawing
from famdesk.ui.calendar.drawing import Item
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.table import Table
from famdesk.usecases.appointment_rows import AppointmentRow

_MEANINGS = {
    "confirmed": Meaning.ACCENT,
    "arrived": Meaning.WARNING,
    "done": Meaning.OPEN,
    "no_show": Meaning.CONFLICT,
    "cancelled": Meaning.CLOSED,
}
_FUNCTIONS = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}


def columns() -> tuple[Column[Item], ...]:
    """Day, time, what, who, by whom, where, state."""
    return (
        Column(_("Day"), _day, width=11),
        Column(_("Time"), _time, width=12),
        Column(_("What"), drawing.title, width=30, tag=_tag, strong=True),
        Column(_("Who"), _who, width=0),
        Column(_("Colleague"), _staff, width=20),
        # Translators: room or place of an appointment
        Column(_("Where"), _where, width=20, second=True),
        Column(_("State"), drawing.state_label, width=13, meaning=_meaning),
    )


def make_table(parent: QWidget | None = None) -> tuple[RowModel[Item], Table[Item]]:
    """The table with its model."""
    model: RowModel[Item] = RowModel(columns(), key=drawing.item_id)
    table = Table(model, _("Appointments and meetings"), _("Nothing here. Ctrl+N makes an appointment."), parent)
    model.setParent(table)
    return model, table


def _day(row: Item) -> str:
    return formats.date_short(row.starts.date())


def _time(row: Item) -> str:
    return formats.time_range(row.starts.time(), row.ends.time())


def _who(row: Item) -> str:
    if isinstance(row, AppointmentRow):
        return " · ".join(part for part in (row.who, row.label) if part)
    return _("{number} of {count}").format(number=row.number, count=row.count) if row.count > 1 else ""


def _staff(row: Item) -> str:
    return (row.staff if isinstance(row, AppointmentRow) else row.leader) or ""


def _where(row: Item) -> str:
    if isinstance(row, AppointmentRow):
        return row.room or row.access_point or ""
    return row.place or ""


def _tag(row: Item) -> tuple[str, Meaning] | None:
    return (row.function, _FUNCTIONS[row.function]) if row.function in _FUNCTIONS else None


def _meaning(row: Item) -> Meaning | None:
    if not drawing.state_label(row) or row.state == "planned":
        return None
    return _MEANINGS.get(row.state)
