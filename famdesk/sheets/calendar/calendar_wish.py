"""Which part of the calendar is to be printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from famdesk.domain.calendar import periods

BY: Final = ("days", "staff", "rooms", "points")
PARTED: Final = (periods.DAY, periods.WORK, periods.WEEK)
"""Modes that can stand by colleague, room or access point."""


@dataclass(frozen=True, slots=True)
class CalendarWish:
    """What of the calendar is wanted. `mode` is one of `periods.MODES`; `day` None: today.

    `by`: what the columns of a day or the rows of a week are, one of `BY`. `staff`, `rooms`, `points`, `kinds`,
    `states`: only of these (ids, codes); empty: all. `cancelled`: also what does not take place; `initiatives`: also
    meetings. `names`: as on the day sheet, else appointments only say "occupied". `lying` None: as it fits.
    """

    mode: str = periods.MONTH
    day: date | None = None
    by: str = "days"
    staff: frozenset[str] = frozenset()
    rooms: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    cancelled: bool = False
    initiatives: bool = True
    names: bool = False
    lying: bool | None = None

    @property
    def parts(self) -> str:
        """What stands side by side in this mode."""
        return self.by if self.mode in PARTED else "days"

    def hidden(self) -> frozenset[str]:
        """What need not be told at each entry, because the heading, the column or the row says it."""
        found = {"operator": self.staff, "room": self.rooms, "place": self.points}
        part = {"staff": "operator", "rooms": "room", "points": "place"}.get(self.parts)
        return frozenset(name for name, chosen in found.items() if len(chosen) == 1 or name == part)

    @classmethod
    def seen(cls, view: str) -> CalendarWish:
        """What the calendar's window shows, from how it keeps its view; what cannot be read is left out."""
        try:
            values: dict[str, Any] = json.loads(view)
            chosen: dict[str, Any] = values.get("filters") or {}
            staff, rooms, points, kinds, states = (
                frozenset(str(one) for one in chosen.get(name) or ())
                for name in ("staff", "rooms", "points", "kinds", "states")
            )
            day = date.fromisoformat(values["day"]) if values.get("day") else None
            mode, by = values.get("mode"), values.get("columns")
        except (ValueError, TypeError, AttributeError):
            return cls()
        return cls(
            mode if mode in periods.MODES else periods.MONTH, day, by if by in BY else "days", staff, rooms, points,
            kinds, states, chosen.get("cancelled") is True, chosen.get("initiatives") is not False,
        )  # fmt: skip
