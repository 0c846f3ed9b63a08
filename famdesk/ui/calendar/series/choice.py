"""What is chosen under "Repeats", as a rule and its dates: pure functions over plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from famdesk.domain.calendar.recurrence import Frequency, Rule, Weekday
from famdesk.usecases.calendar.series_rows import SeriesDate, date_at, dates_of, whole_day

WEEK: Final = "week"
FORTNIGHT: Final = "fortnight"
MONTH_DAY: Final = "month_day"
MONTH_WEEKDAY: Final = "month_weekday"
HAND: Final = "hand"
OTHER: Final = "other"
NEVER: Final = "never"
Ends = Literal["count", "until", "never"]
_UNITS: Final[dict[str, Frequency]] = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is chosen. `unit`, `every`, `weekdays` (1 Monday …) count for "other" only; `count`, `until` by `ends`."""

    preset: str = NEVER
    unit: str = "week"
    every: int = 1
    weekdays: tuple[int, ...] = ()
    ends: Ends = "count"
    count: int = 5
    until: date | None = None
    days: frozenset[date] = frozenset()


def rule_of(repeat: Repeat, first: date) -> Rule | None:
    """The rule, None for no repetition and for days chosen by hand."""
    count = repeat.count if repeat.ends == "count" else None
    until = whole_day(repeat.until) if repeat.ends == "until" and repeat.until else None
    own = (Weekday(first.isoweekday()),)
    if repeat.preset in (WEEK, FORTNIGHT):
        return Rule("weekly", 1 if repeat.preset == WEEK else 2, own, count=count, until=until)
    if repeat.preset == MONTH_DAY:
        return Rule("monthly", month_days=(first.day,), count=count, until=until)
    if repeat.preset == MONTH_WEEKDAY:
        return Rule("monthly", weekdays=(nth_weekday(first),), count=count, until=until)
    if repeat.preset == OTHER:
        weekdays = tuple(Weekday(day) for day in sorted(repeat.weekdays)) if repeat.unit == "week" else ()
        return Rule(_UNITS[repeat.unit], repeat.every, weekdays, count=count, until=until)
    return None


def nth_weekday(day: date) -> Weekday:
    """Which weekday of its month a day is; the last one if it is the fifth, or there is no fourth after it."""
    nth = (day.day - 1) // 7 + 1
    return Weekday(day.isoweekday(), -1 if nth == 5 else nth)


def dates(repeat: Repeat, starts: datetime, minutes: int, today: date) -> tuple[SeriesDate, ...]:
    """The dates of what is chosen.

    Raises:
        NoDates, TooManyDates, TooOften.
    """
    rule = rule_of(repeat, starts.date())
    if rule is not None:
        return dates_of(rule, starts, minutes, today)
    if repeat.preset != HAND:
        return ()
    return tuple(date_at(datetime.combine(day, starts.time()), minutes) for day in sorted(repeat.days))


def length(starts: datetime, ends: datetime) -> int:
    """Minutes."""
    return (ends - starts) // timedelta(minutes=1)
