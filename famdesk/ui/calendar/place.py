"""Where the person is in the calendar: mode, day, columns, filters; kept per user over a restart."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Final, cast

from famdesk.domain.calendar import periods
from famdesk.domain.calendar.periods import DAY, LIST, MODES, MONTH, WEEK, WEEKS, WORK
from famdesk.ui.calendar.drawing import Columns, Filters

__all__ = ["COLUMNS", "DAY", "LIST", "MODES", "MONTH", "WEEK", "WEEKS", "WORK", "Place"]
COLUMNS: Final = ("days", "staff", "rooms", "points")
_PARTED: Final = (DAY, WORK, WEEK)
"""Modes that can be parted by colleague, room or access point."""


@dataclass(frozen=True, slots=True)
class Place:
    """`day` None: today. `columns` says what a day's columns and a week's rows are; `mini`: with the small month."""

    mode: str = WORK
    day: date | None = None
    columns: Columns = "days"
    filters: Filters = field(default_factory=Filters)
    zoom: float = 1.0
    mini: bool = True

    @property
    def by(self) -> Columns:
        """What the columns or rows are in this mode."""
        return self.columns if self.parted else "days"

    @property
    def parted(self) -> bool:
        """Whether this mode can be parted by colleague, room or access point."""
        return self.mode in _PARTED

    def stepped(self, count: int, shown: date) -> date:
        """The day so many periods after the one that is shown."""
        return periods.stepped(self.mode, shown, count)

    def saved(self) -> str:
        """As text for the settings; nothing about families."""
        filters = {name: sorted(value) if isinstance(value, frozenset) else value
                   for name, value in asdict(self.filters).items()}  # fmt: skip
        day = self.day.isoformat() if self.day else None
        values = {"mode": self.mode, "day": day, "columns": self.columns, "filters": filters, "zoom": self.zoom,
                  "mini": self.mini}  # fmt: skip
        return json.dumps(values)

    @classmethod
    def restored(cls, text: str) -> Place:
        """From `saved`; whatever cannot be read is left at its default."""
        try:
            values = json.loads(text)
            return cls._from(values if isinstance(values, dict) else {})
        except (ValueError, TypeError, AttributeError):
            return cls()

    @classmethod
    def _from(cls, values: dict[str, Any]) -> Place:
        columns = values.get("columns")
        return cls(
            values["mode"] if values.get("mode") in MODES else WORK,
            date.fromisoformat(values["day"]) if values.get("day") else None,
            cast(Columns, columns) if columns in COLUMNS else "days",
            _filters(values.get("filters") or {}),
            min(4.0, max(0.5, float(values.get("zoom", 1.0)))),
            values.get("mini") is not False,
        )


def _filters(values: dict[str, Any]) -> Filters:
    found: dict[str, Any] = {}
    for one in fields(Filters):
        value = values.get(one.name)
        if value is None:
            continue
        found[one.name] = value is True if isinstance(value, bool) else frozenset(str(key) for key in value)
    return Filters(**found)
