"""Rules of series after RFC 5545: parsed, written, and expanded to starts on the clock on the wall.

Decisions. A day that does not exist (30 February, the fifth Thursday of a short month) is left out, never shifted
(RFC 5545, section 3.3.10). Starts are naive local wall times: 17:00 stays 17:00 when the clocks change. In the night
of 30 March 2025 the hour from 2:00 does not exist: `existing` keeps such a start on its day at the first minute that
does, 3:00. A time that the clocks show twice on 26 October means the first of the two, as everywhere in FamDesk.
The first start belongs to the series only if the rule gives it. Rules by the hour, minute or second are refused.

The expansion looks at no more than the days up to the wanted end, so that a rule that never happens ends too.

Source: RFC 5545, sections 3.3.10 and 3.8.5.3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo

from famdesk.domain.calendar.calendar import ROME, exists
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_

Frequency = Literal["daily", "weekly", "monthly", "yearly"]
FREQUENCIES: Final = ("daily", "weekly", "monthly", "yearly")
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_STARTS: Final = 20_000
_DAY = timedelta(days=1)


class BadRule(RuleError):
    # Translators: {part} is a piece of a calendar file, such as "BYDAY=XY"
    message = N_("This rule of repetition cannot be read: {part}.")


class TooOften(RuleError):
    message = N_("This rule of repetition gives more dates than FamDesk can keep.")


@dataclass(frozen=True, slots=True, order=True)
class Weekday:
    """A weekday (1 Monday … 7 Sunday); `nth` of the month or year, from its end if negative, None: each."""

    day: int
    nth: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """How often a series takes place: every `every` days, weeks, months or years.

    The tuples narrow or spread it as in RFC 5545: `weekdays` BYDAY, `month_days` BYMONTHDAY (negative: from the end),
    `months` BYMONTH, `year_days` BYYEARDAY, `week_numbers` BYWEEKNO, `positions` BYSETPOS, `hours` BYHOUR, `minutes`
    BYMINUTE. It ends after `count` starts or with the last start not after `until` (local wall time); both None: never.
    `week_start` is the first day of the week, 1 Monday.
    """

    frequency: Frequency
    every: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    week_numbers: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None
    week_start: int = 1

    @property
    def endless(self) -> bool:
        return self.count is None and self.until is None


def replaced(rule: Rule, *, count: int | None, until: datetime | None) -> Rule:
    """The same rule with another end."""
    return replace(rule, count=count, until=until)


def on_weekdays(rule: Rule, weekdays: tuple[Weekday, ...]) -> Rule:
    """The same rule on other days of the week."""
    return replace(rule, weekdays=tuple(sorted(weekdays)))


# --- text ----------------------------------------------------------------------------------------------------------

_LISTS: Final[dict[str, tuple[str, int, int, bool]]] = {
    "BYMONTHDAY": ("month_days", 1, 31, True),
    "BYMONTH": ("months", 1, 12, False),
    "BYYEARDAY": ("year_days", 1, 366, True),
    "BYWEEKNO": ("week_numbers", 1, 53, True),
    "BYSETPOS": ("positions", 1, 366, True),
    "BYHOUR": ("hours", 0, 23, False),
    "BYMINUTE": ("minutes", 0, 59, False),
}
_IGNORED: Final = {"BYSECOND": "0", "RSCALE": "GREGORIAN", "SKIP": "OMIT"}


def parse(rrule_text: str, zone: str = ROME) -> Rule:
    """A rule from the value of an RRULE property, such as "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH;COUNT=5".

    An UNTIL in UTC is read as wall time of `zone`; one without a time means the whole day.

    Raises:
        BadRule: with the part that cannot be read, or that FamDesk cannot follow (hourly rules, other calendars).
    """
    found: dict[str, object] = {}
    for part in rrule_text.strip().removeprefix("RRULE:").upper().rstrip(";").split(";"):
        name, _equals, value = part.strip().partition("=")
        try:
            read = _read(name, value.strip(), zone)
        except (ValueError, OverflowError):
            raise BadRule("rule", part=part[:60]) from None
        if read is not None:
            key, content = read
            if key in found:
                raise BadRule("rule", part=part[:60])
            found[key] = content
    if "frequency" not in found or ("count" in found and "until" in found):
        raise BadRule("rule", part=rrule_text[:60])
    return Rule(**found)  # type: ignore[arg-type]


def _read(name: str, value: str, zone: str) -> tuple[str, object] | None:
    """The field that a part fills, None for one that changes nothing."""
    if name in _LISTS:
        return _numbers(name, value)
    if _IGNORED.get(name) == value:
        return None
    match name:
        case "FREQ":
            if value.lower() not in FREQUENCIES:
                raise ValueError
            return "frequency", cast(Frequency, value.lower())
        case "INTERVAL" | "COUNT":
            return "every" if name == "INTERVAL" else "count", _between(int(value), 1, 100_000)
        case "UNTIL":
            return "until", _until(value, zone)
        case "WKST":
            return "week_start", DAYS.index(value) + 1
        case "BYDAY":
            return "weekdays", tuple(dict.fromkeys(_weekday(one) for one in value.split(",")))
        case _:
            raise ValueError(name)


def _numbers(name: str, value: str) -> tuple[str, tuple[int, ...]]:
    field, least, most, negative = _LISTS[name]
    numbers = [int(one) for one in value.split(",")]
    for number in numbers:
        _between(abs(number) if negative else number, least, most)
    return field, tuple(sorted(set(numbers)))


def _between(number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise ValueError(number)
    return number


def _weekday(text: str) -> Weekday:
    nth = text.strip()[:-2]
    number = int(nth) if nth else None
    if number is not None:
        _between(abs(number), 1, 53)
    return Weekday(DAYS.index(text.strip()[-2:]) + 1, number)


def _until(value: str, zone: str) -> datetime:
    if "T" not in value:
        return datetime.combine(datetime.strptime(value, "%Y%m%d").date(), time(23, 59))
    moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
    if not value.endswith("Z"):
        return moment
    return moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def text(rule: Rule, zone: str | None = None) -> str:
    """The rule as the value of an RRULE property. `zone`: UNTIL is written in UTC, as RFC 5545 asks beside a TZID;
    None: in wall time, as FamDesk keeps it."""
    parts = [f"FREQ={rule.frequency.upper()}"]
    if rule.every != 1:
        parts.append(f"INTERVAL={rule.every}")
    for name, (field, *_range) in _LISTS.items():
        numbers = getattr(rule, field)
        if numbers:
            parts.append(f"{name}={','.join(map(str, numbers))}")
    if rule.weekdays:
        parts.append(f"BYDAY={','.join(f'{one.nth or str()}{DAYS[one.day - 1]}' for one in rule.weekdays)}")
    if rule.count is not None:
        parts.append(f"COUNT={rule.count}")
    if rule.until is not None:
        parts.append(f"UNTIL={_until_text(rule.until, zone)}")
    if rule.week_start != 1:
        parts.append(f"WKST={DAYS[rule.week_start - 1]}")
    return ";".join(parts)


def _until_text(until: datetime, zone: str | None) -> str:
    if zone is None:
        return f"{until:%Y%m%dT%H%M%S}"
    return f"{until.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


# --- expansion -----------------------------------------------------------------------------------------------------

Check = Callable[[date], bool]


def starts(rule: Rule, first: datetime, until: date | datetime) -> list[datetime]:
    """The starts from `first` on to `until` (a date: to the end of that day), in order, as wall times.

    They may not exist on the clock: see `existing`. A weekly rule that picks by position looks at its first week from
    `first` on, as `dateutil` does.

    Raises:
        TooOften: more than FamDesk can keep.
    """
    end = until if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
    last = end if rule.until is None else min(end, rule.until)
    found: list[datetime] = []
    for start in _all(rule, first, last):
        if start > last or len(found) == rule.count:
            break
        found.append(start)
        if len(found) > MOST_STARTS:
            raise TooOften("rule")
    return found


def existing(moment: datetime, zone: str = ROME) -> datetime:
    """The moment itself, or the first minute after it that the clocks on the wall show."""
    while not exists(moment, zone):
        moment = moment.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return moment


def _all(rule: Rule, first: datetime, last: datetime) -> Iterator[datetime]:
    rule = _complete(rule, first.date())
    minutes = rule.minutes or (first.minute,)
    times = [time(hour, minute, first.second) for hour in rule.hours or (first.hour,) for minute in minutes]
    checks = _checks(rule)
    for days in _periods(rule, first.date(), last.date()):
        fitting = [day for day in days if all(check(day) for check in checks)] if checks else days
        moments = [datetime.combine(day, at) for day in fitting for at in times]
        if rule.positions:
            moments = _picked(moments, rule.positions)
        yield from (moment for moment in moments if moment >= first)


def _picked(moments: list[datetime], positions: tuple[int, ...]) -> list[datetime]:
    places = {place - 1 if place > 0 else len(moments) + place for place in positions}
    return [moment for place, moment in enumerate(moments) if place in places]


def _complete(rule: Rule, first: date) -> Rule:
    """What the rule leaves open is taken from the first day."""
    if rule.weekdays or rule.month_days or rule.year_days or rule.week_numbers:
        return rule
    if rule.frequency == "weekly":
        return replace(rule, weekdays=(Weekday(first.isoweekday()),))
    if rule.frequency == "monthly":
        return replace(rule, month_days=(first.day,))
    if rule.frequency == "yearly":
        return replace(rule, month_days=(first.day,), months=rule.months or (first.month,))
    return rule


def _periods(rule: Rule, first: date, last: date) -> Iterator[list[date]]:
    """The days of each day, week, month or year that counts, those before `first` too where they have a position."""
    if rule.frequency == "daily":
        for number in range(0, (last - first).days + 1, rule.every):
            yield [first + number * _DAY]
    elif rule.frequency == "weekly":
        into = (first.isoweekday() - rule.week_start) % 7
        wanted = sorted({(one.day - rule.week_start) % 7 for one in rule.weekdays} or range(7))
        most = (date.max - first).days
        for number in range(-into, (last - first).days + 1, 7 * rule.every):
            yield [first + (number + n) * _DAY for n in wanted if 0 <= number + n <= most]
    elif rule.frequency == "monthly":
        begin = first.year * 12 + first.month - 1
        for number in range(begin, last.year * 12 + last.month, rule.every):
            if not rule.months or number % 12 + 1 in rule.months:
                yield list(_month(number // 12, number % 12 + 1))
    else:
        for year in range(first.year, last.year + 1, rule.every):
            yield [day for month in rule.months or range(1, 13) for day in _month(year, month)]


@lru_cache(maxsize=600)
def _month(year: int, month: int) -> tuple[date, ...]:
    begin = date(year, month, 1)
    length = 31 if month == 12 else (date(year, month + 1, 1) - begin).days
    return tuple(begin + n * _DAY for n in range(length))


def _month_length(year: int, month: int) -> int:
    return len(_month(year, month))


def _checks(rule: Rule) -> list[Check]:
    """What a day has to pass; only what the rule asks for."""
    found: list[Check] = []
    if rule.months and rule.frequency in ("daily", "weekly"):
        found.append(lambda day: day.month in rule.months)
    if rule.month_days:
        found.append(
            lambda day: (
                day.day in rule.month_days or day.day - _month_length(day.year, day.month) - 1 in rule.month_days
            )
        )
    if rule.year_days:
        found.append(lambda day: bool({_year_day(day), _year_day(day) - _year_length(day) - 1} & set(rule.year_days)))
    if rule.week_numbers:
        found.append(lambda day: bool(_week_numbers(day, rule.week_start) & set(rule.week_numbers)))
    if rule.weekdays and rule.frequency != "weekly":
        found.append(_weekday_check(rule))
    return found


def _weekday_check(rule: Rule) -> Check:
    """Numbered weekdays count in the month, or in the year for a yearly rule that names no months; in a daily or
    weekly rule the numbers mean nothing."""
    numbered = rule.frequency in ("monthly", "yearly")
    plain = {one.day for one in rule.weekdays if one.nth is None or not numbered}
    nth = {(one.day, one.nth) for one in rule.weekdays if one.nth is not None and numbered}
    if not nth:
        return lambda day: day.isoweekday() in plain
    of_year = rule.frequency == "yearly" and not rule.months
    concerned = plain | {one for one, _nth in nth}

    def check(day: date) -> bool:
        if day.isoweekday() not in concerned:
            return False
        place, length = (
            (_year_day(day), _year_length(day)) if of_year else (day.day, _month_length(day.year, day.month))
        )
        weekday = day.isoweekday()
        return (
            weekday in plain or (weekday, (place - 1) // 7 + 1) in nth or (weekday, -((length - place) // 7 + 1)) in nth
        )

    return check


def _year_day(day: date) -> int:
    return day.timetuple().tm_yday


def _year_length(day: date) -> int:
    return _year_day(date(day.year, 12, 31))


def _week_numbers(day: date, week_start: int) -> set[int]:
    """The number of the day's week in its year, and the same counted from the end. A week belongs to the year that
    holds its fourth day."""
    number, year = _week_of(day, week_start)
    end = date(year, 12, 31)
    last, of_year = _week_of(end, week_start)
    if of_year != year:
        last, _year = _week_of(end - 7 * _DAY, week_start)
    return {number, number - last - 1}


def _week_of(day: date, week_start: int) -> tuple[int, int]:
    shift = 3 - (day.isoweekday() - week_start) % 7
    if not (date.min - day).days <= shift <= (date.max - day).days:
        return 53, day.year
    middle = day + shift * _DAY
    return (_year_day(middle) - 1) // 7 + 1, middle.year
