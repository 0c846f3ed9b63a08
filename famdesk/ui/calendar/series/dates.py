"""The dates of a series while it is being put together: which are chosen, out, taken, and what each has of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from famdesk.domain.errors import RuleError
from famdesk.ui.calendar.series import choice as series_choice
from famdesk.ui.calendar.series.chips import Chip
from famdesk.ui.calendar.series.parts import NOTHING, Own
from famdesk.ui.calendar.year_strip import OUT, TAKEN
from famdesk.usecases.calendar.series_rows import PlanRow, SeriesDate


@dataclass(slots=True)
class Dates:
    """`picked`: days chosen by hand; `out`: days that were taken out or brought back by hand; `books`: dates that are
    taken are booked all the same; `problem`: why there are none, in words."""

    picked: set[date] = field(default_factory=set)
    out: dict[date, bool] = field(default_factory=dict)
    own: dict[date, Own] = field(default_factory=dict)
    plan: dict[date, PlanRow] = field(default_factory=dict)
    made: tuple[SeriesDate, ...] = ()
    books: bool = False
    problem: str = ""

    def make(self, repeat: series_choice.Repeat, starts: datetime, minutes: int, today: date) -> None:
        """The dates of what is chosen."""
        try:
            self.problem = ""
            self.made = series_choice.dates(repeat, starts, minutes, today)
        except RuleError as error:
            self.made, self.problem = (), error.sentence()

    def days(self) -> list[date]:
        """The days, in order."""
        return [one.starts.date() for one in self.made]

    def is_out(self, day: date) -> bool:
        """Taken out by hand; else what is closed, and what is taken unless it is booked all the same."""
        row = self.plan.get(day)
        return self.out.get(day, bool(row and (row.closed or (row.taken and not self.books))))

    def take_out(self, day: date) -> None:
        """Take a day out, or bring it back."""
        self.out[day] = not self.is_out(day)

    def wanted(self) -> tuple[SeriesDate, ...]:
        """The dates as they are to be saved."""
        found = []
        for one in self.made:
            day = one.starts.date()
            staff, room, point = self.own.get(day, NOTHING)
            out = self.is_out(day)
            found.append(replace(one, staff_id=staff, room_id=room, access_point_id=point, skipped=out))
        return tuple(found)

    def told(self, rows: Iterable[PlanRow]) -> list[PlanRow]:
        """Keeps what speaks against the dates; gives those that are taken and not out for another reason."""
        self.plan = {row.starts.date(): row for row in rows}
        return [row for row in self.plan.values()
                if row.taken and not row.closed and self.out.get(row.starts.date()) is not True]  # fmt: skip

    def marks(self) -> dict[date, str]:
        """How the year shows the days."""
        return {day: OUT if self.is_out(day) else TAKEN if self._taken(day) else "" for day in self.days()}

    def chips(self) -> Sequence[Chip]:
        """How the chips show them."""
        return [self._chip(day) for day in self.days()]

    def _taken(self, day: date) -> bool:
        return day in self.plan and bool(self.plan[day].taken)

    def _chip(self, day: date) -> Chip:
        row = self.plan.get(day, PlanRow(datetime.combine(day, time())))
        return Chip(day, self.is_out(day), " ".join((row.closed, *row.taken, *row.hints)).strip(), bool(row.taken))
