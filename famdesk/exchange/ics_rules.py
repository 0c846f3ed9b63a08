"""Rules of repetition from elsewhere: how much work they would make is found out before they are followed.

A rule of a few letters can have billions of dates, or none in ten thousand years: the library would look at all of
them, since it sees the end of a rule only at the next date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

MOST_DATES = 5000
"""Dates of one series: every day for over thirteen years."""
MOST_STEPS = 400_000
"""What is tried out of one rule before it is refused."""
MOST_TRIED = 60_000
"""Dates of one rule that are looked at, those before the time that is wanted too: every hour of seven years."""
MOST_WORK = 500_000
"""What is worked out of one file: dates that are looked at, 10 to 60 µs each."""
_DAYS_A_DATE = {"DAILY": 6}
"""So many days looked at are as much work as one date, where the rule goes by days; others go by less work."""
_OTHERS_A_DATE = 20
SECONDS = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86_400, "WEEKLY": 86_400, "MONTHLY": 86_400,
           "YEARLY": 86_400}  # fmt: skip
"""How far the work of a rule goes in one step: from a day on, days are counted."""
_PLAIN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST"}
_APART = {"WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""Days between two dates of a plain rule, at least."""
_PARTS = {*_PLAIN, "BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH",
          "BYSETPOS"}  # fmt: skip
_MARGIN = timedelta(days=2)
_CYCLE = 400
"""Years after which the calendar repeats itself, weekdays included."""
_CYCLE_DAYS = 146_097
_LAST_YEAR = 9998


class TooMuch(Exception):
    """The rule has too many dates, or would need too much work."""


class FileTooMuch(TooMuch):
    """The rule alone would do; with all those before it in the file it is too much."""


@dataclass(slots=True)
class Budget:
    """The work that is left for the rules of a file. What does not fit is not begun; a smaller one after it may fit."""

    left: int = field(default_factory=lambda: MOST_WORK)

    def spend(self, work: int) -> None:
        """
        Raises:
            FileTooMuch: so much is not left.
        """
        if work > self.left:
            raise FileTooMuch
        self.left -= work


def bounded(rule: Any, starts: date | datetime, first: datetime, last: datetime, budget: Budget) -> bool:
    """Gives a rule (an `icalendar` value) an end after `last`, unless it has a nearer one; whether it has any date.
    Dates from `first` on are wanted.

    Raises:
        TooMuch.
        ValueError: it makes no sense.
    """
    if not rule.keys() <= _PARTS or int(rule.get("INTERVAL", [1])[0]) < 1:
        raise ValueError  # with no interval the library would stand still for ever
    begins = naive(starts)
    until = rule.get("UNTIL")
    end = max(begins, min([last + _MARGIN, *(naive(one) for one in until or ())]))
    steps = _steps(rule, begins, end)
    count = rule.get("COUNT", [None])[0]
    plain = rule.keys() <= _PLAIN
    if (steps if count is None or not plain else min(steps, count)) > MOST_STEPS:
        raise TooMuch
    if plain:
        found = steps
        budget.spend(min(steps // _apart(rule), count or steps))
    else:
        budget.spend(steps // _DAYS_A_DATE.get(str(rule["FREQ"][0]), _OTHERS_A_DATE))
        found = _tried(rule, begins, first, end, count, budget)
    if (count is None or found < count) and (not until or naive(until[0]) > end):
        rule.pop("COUNT", None)
        rule["UNTIL"] = [_like(end, starts)]
    return found > 0


def _steps(rule: Any, begins: datetime, end: datetime) -> int:
    """About how many candidates are looked at from the start to the end."""
    name = str(rule["FREQ"][0])
    interval = max(1, int(rule.get("INTERVAL", [1])[0]))
    length = SECONDS[name] * (interval if name in {"SECONDLY", "MINUTELY", "HOURLY", "DAILY"} else 1)
    parts = {"SECONDLY": (), "MINUTELY": ("BYSECOND",), "HOURLY": ("BYSECOND", "BYMINUTE")}
    each = 1
    for part in parts.get(name, ("BYSECOND", "BYMINUTE", "BYHOUR")):
        each *= max(1, len(rule.get(part, ())))
    if each > MOST_DATES or (length < SECONDS["DAILY"] and "BYSETPOS" in rule):
        raise TooMuch
    return (int((end - begins).total_seconds()) // length + 1) * each


def _apart(rule: Any) -> int:
    """How many steps a plain rule goes from one date to the next."""
    name = str(rule["FREQ"][0])
    return _APART[name] * int(rule.get("INTERVAL", [1])[0]) if name in _APART else 1


def _tried(rule: Any, begins: datetime, first: datetime, end: datetime, count: int | None, budget: Budget) -> int:
    """Follows the rule up to its end, or its count: how many dates it has. That is done in the last years that there
    are, where the library soon comes to the end of all time; they are like ours in every day.

    Raises:
        TooMuch: it has more dates from `first` on than anybody takes; FileTooMuch.
    """
    years = (_LAST_YEAR - end.year) // _CYCLE * _CYCLE
    text = ";".join(f"{name}={_values(rule, name)}" for name in rule if name not in {"COUNT", "UNTIL"})
    from dateutil.rrule import rrulestr

    late = end.replace(year=end.year + years)
    tried: Iterator[datetime] = iter(
        rrulestr(f"{text};UNTIL={late:%Y%m%dT%H%M%S}", dtstart=begins.replace(year=begins.year + years))
    )
    wanted = max(first, begins) + timedelta(days=years // _CYCLE * _CYCLE_DAYS)
    found = inside = 0
    for moment in tried:
        budget.spend(1)
        found += 1
        inside += moment >= wanted
        if found > MOST_TRIED or inside > 2 * MOST_DATES:  # no margin and no date left out makes it half as many
            raise TooMuch
        if found == count:
            break
    return found


def _values(rule: Any, name: str) -> str:
    text: str = type(rule)({name: rule[name]}).to_ical().decode()
    return text.partition("=")[2]


def naive(moment: date | datetime) -> datetime:
    """A day or a moment of any zone as a bare one, good for estimates."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)


def _like(moment: datetime, example: date | datetime) -> date | datetime:
    """The moment as UNTIL stands beside such a start. Source: RFC 5545, 3.3.10."""
    if not isinstance(example, datetime):
        return moment.date()
    return moment if example.tzinfo is None else moment.replace(tzinfo=UTC)


def local_rule(rule: Any, starts: date | datetime, zone: str) -> str | None:
    """The rule as it reads in the wall time of a zone; None if the start's own zone has other clocks."""
    if isinstance(starts, datetime) and starts.tzinfo is not None and not _same_clock(starts, zone):
        return None
    text = ";".join(f"{name}={_values(rule, name)}" for name in rule if name != "UNTIL")
    until = rule.get("UNTIL")
    if not until:
        return text
    end = until[0]
    if isinstance(end, datetime):
        end = end if end.tzinfo is None else end.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        return f"{text};UNTIL={end.year:04}{end:%m%dT%H%M%S}"
    return f"{text};UNTIL={end.year:04}{end:%m%d}"


def _same_clock(starts: datetime, zone: str) -> bool:
    """Whether the clocks go alike there and in the zone, in summer and winter, some years on."""
    there, here = starts.tzinfo, ZoneInfo(zone)
    days = [datetime(starts.year + years, month, 15, 12) for years in (0, 3) for month in (1, 7)]
    return all(day.replace(tzinfo=there).utcoffset() == day.replace(tzinfo=here).utcoffset() for day in days)
