"""The options of a printed calendar: which view, which day, whose, with or without names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from famdesk.domain.calendar import periods
from famdesk.i18n import _
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.ui.kit.fields import CheckField, DateField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField

STAFF, ROOM, POINT = "staff:", "room:", "point:"
LYING, UPRIGHT = "lying", "upright"


class Named(Protocol):
    """Something with an id and a name."""

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...


class CalendarOptions(QWidget):
    """What of the calendar is printed.

    Signals:
        edited(): something else is wanted.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = CalendarWish()
        self._named: dict[str, tuple[Choice, ...]] = {STAFF: (), ROOM: (), POINT: ()}
        self._mode = ChoiceField([
            Choice(periods.MONTH, _("Month")), Choice(periods.WEEKS, _("Five weeks")), Choice(periods.WEEK, _("Week")),
            Choice(periods.WORK, _("Work week")), Choice(periods.DAY, _("Day")), Choice(periods.LIST, _("List")),
        ])  # fmt: skip
        self._day = DateField()
        self._by = ChoiceField([
            Choice("days", _("Days")), Choice("staff", _("Colleagues")), Choice("rooms", _("Rooms")),
            Choice("points", _("Access points")),
        ])  # fmt: skip
        self._whose = ChoiceField([], _("As in the calendar"))
        self._names = CheckField(_("With names"))
        self._paper = ChoiceField([Choice(LYING, _("Landscape")), Choice(UPRIGHT, _("Portrait"))], _("As it fits"))
        self._form = Form(labels="top")
        self._form.add("mode", _("View"), self._mode)
        self._form.add("day", _("Day"), self._day)
        self._form.add("by", _("Columns"), self._by)
        self._form.add("whose", _("Only of"), self._whose)
        hint = _("Only the names that may stand on paper. Without names each appointment says “busy”.")
        self._form.add("names", "", self._names, hint=hint)
        self._form.add("paper", _("Paper"), self._paper)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._form)
        self._show()
        self._form.edited.connect(self._on_edited)

    def show_seen(self, view: str) -> None:
        """Take over what the calendar shows, given as it keeps its view."""
        self._seen = replace(CalendarWish.seen(view), names=self._names.value())
        self._whose.set_value(None)
        self._show()

    def set_colleagues(self, rows: Sequence[Named]) -> None:
        """Offer these colleagues."""
        self._offer(STAFF, rows)

    def set_rooms(self, rows: Sequence[Named]) -> None:
        """Offer these rooms."""
        self._offer(ROOM, rows)

    def set_points(self, rows: Sequence[Named]) -> None:
        """Offer these access points."""
        self._offer(POINT, rows)

    def wish(self) -> CalendarWish:
        """What is wanted."""
        paper = self._paper.value()
        wish = replace(
            self._seen, mode=self._mode.value() or periods.MONTH, day=self._day.value(), by=self._by.value() or "days",
            names=self._names.value(), lying=None if paper is None else paper == LYING,
        )  # fmt: skip
        chosen = self._whose.value() or ""
        nobody = frozenset[str]()
        for group in (STAFF, ROOM, POINT):
            if chosen.startswith(group):
                only = frozenset({chosen.removeprefix(group)})
                return replace(wish, staff=only if group == STAFF else nobody, rooms=only if group == ROOM else nobody,
                               points=only if group == POINT else nobody)  # fmt: skip
        return wish

    def _offer(self, group: str, rows: Sequence[Named]) -> None:
        self._named[group] = tuple(Choice(f"{group}{row.id}", row.name) for row in rows)
        chosen = self._whose.value()
        self._whose.set_choices([choice for choices in self._named.values() for choice in choices])
        self._whose.set_value(chosen)

    def _show(self) -> None:
        self._mode.set_value(self._seen.mode)
        self._day.set_value(self._seen.day)
        self._by.set_value(self._seen.by)
        self._show_rows()

    def _show_rows(self) -> None:
        self._form.set_row_visible("by", self._mode.value() in (periods.DAY, periods.WORK, periods.WEEK))

    @Slot()
    def _on_edited(self) -> None:
        self._show_rows()
        if self._form.check():
            self.edited.emit()
