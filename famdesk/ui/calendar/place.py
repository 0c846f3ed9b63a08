"""Where the person is in the calendar: mode, day, columns, filters; kept per user over a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, cast

from famdesk.ui.calendar.drawing import Columns, Filters

DAY, WEEK, LIST = "day", "week", "list"
MODES: Final = (DAY, WEEK, LIST)
COLUMNS: Final = ("days", "staff", "rooms", "points")


@dataclass(frozen=True, slots=True)
class Place:
    """`day` None: today. `columns` says what the day's columns are; the week always has days."""

    mode: str = WEEK
    day: date | None = None
    columns: Columns = "days"
    filters: Filters = field(default_factory=Filters)
    zoom: float = 1.0

    @property
    def by(self) -> Columns:
        """What the columns are in this mode."""
        return self.columns if self.mode == DAY else "days"

    def stepped(self, periods: int, shown: date) -> date:
        """The day that many days or weeks after the one that is shown."""
        return shown + timedelta(days=periods * (1 if self.mode == DAY else 7))

    def saved(self) -> str:
        """As text for the settings; nothing about families."""
        filters = {"staff": sorted(self.filters.staff), "points": sorted(self.filters.points),
                   "cancelled": self.filters.cancelled}  # fmt: skip
        day = self.day.isoformat() if self.day else None
        values = {"mode": self.mode, "day": day, "columns": self.columns, "filters": filters, "zoom": self.zoom}
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
        filters = values.get("filters") or {}
        columns = values.get("columns")
        return cls(
            values["mode"] if values.get("mode") in MODES else WEEK,
            date.fromisoformat(values["day"]) if values.get("day") else None,
            cast(Columns, columns) if columns in COLUMNS else "days",
            Filters(frozenset(filters.get("staff", ())), frozenset(filters.get("points", ())),
                    filters.get("cancelled") is True),
            min(4.0, max(0.5, float(values.get("zoom", 1.0)))),
        )  # fmt: skip
