"""What the calendar leaves out: a menu in the header, and a chip for everything that is filtered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QMenu, QWidget

from famdesk.domain import codes
from famdesk.i18n import _
from famdesk.ui.calendar.drawing import OUT, Filters
from famdesk.ui.kit.filter_chips import Chip, FilterChips, Named
from famdesk.usecases.calendar.calendar_board import Board

_CANCELLED, _INITIATIVES = "cancelled", "initiatives"
_SETS = ("staff", "rooms", "points", "kinds", "states")


class FilterBar(FilterChips):
    """The chips of the calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = Filters()
        self._named: dict[str, Named] = {}

    def filters(self) -> Filters:
        """What is filtered now."""
        return self._filters

    def set_filters(self, filters: Filters) -> None:
        """Filter without a signal."""
        self._filters = filters
        self.show_chips()

    def set_choices(self, board: Board) -> None:
        """By whom and what one can filter."""
        named: dict[str, Named] = {
            "staff": board.colleagues,
            "rooms": board.rooms,
            "points": board.points,
            "kinds": codes.labels(codes.APPOINTMENT_KINDS),
            "states": [one for one in codes.labels(codes.APPOINTMENT_STATES) if one[0] not in OUT],
        }
        if named != self._named:
            self._named = named
            self.show_chips()

    def fill(self, menu: QMenu) -> None:
        titles = {"staff": _("Colleague"), "rooms": _("Room"), "points": _("Access point"), "kinds": _("Kind"),
                  "states": _("State")}  # fmt: skip
        for group, title in titles.items():
            self.submenu(title, group, self._named.get(group, ()), getattr(self._filters, group))
        menu.addSeparator()
        self.entry(_("Show initiatives"), _INITIATIVES, "", ticked=self._filters.initiatives)
        self.entry(_("Show cancelled"), _CANCELLED, "", ticked=self._filters.cancelled)

    def chips(self) -> list[Chip]:
        old = self._filters
        found: list[Chip] = [
            (group, key, name) for group in _SETS for key, name in self._named.get(group, ())
            if key in getattr(old, group)
        ]  # fmt: skip
        if not old.initiatives:
            found.append((_INITIATIVES, "", _("Without initiatives")))
        if old.cancelled:
            found.append((_CANCELLED, "", _("With cancelled ones")))
        return found

    def turn(self, group: str, key: object) -> None:
        old = self._filters
        if group == _CANCELLED:
            self._filters = replace(old, cancelled=not old.cancelled)
        elif group == _INITIATIVES:
            self._filters = replace(old, initiatives=not old.initiatives)
        else:
            chosen: frozenset[str] = getattr(old, group)
            self._filters = replace(old, **{group: chosen ^ {str(key)}})  # type: ignore[arg-type]

    def forget(self) -> None:
        self._filters = Filters()
