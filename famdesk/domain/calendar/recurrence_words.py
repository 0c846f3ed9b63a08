"""A rule as a plain sentence: "every 2 weeks on Thursdays at 18:00, 5 times, leaving out 1 May".

Each step wraps what is said so far into a message of its own, so that every language may put it where it belongs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.recurrence import Rule, Weekday
from famdesk.i18n import N_, _, formats, ngettext

_DAYS_TOLD: Final = 3
_WORKDAYS: Final = (1, 2, 3, 4, 5)
_SUNDAY: Final = 7
# Translators: when something is repeated: "every 2 weeks on Mondays"
_ON: Final = (
    N_("on Mondays"), N_("on Tuesdays"), N_("on Wednesdays"), N_("on Thursdays"), N_("on Fridays"),
    N_("on Saturdays"), N_("on Sundays"),
)  # fmt: skip
# Translators: {weekday} is Monday to Saturday; Sunday has messages of its own
_NTH: Final = {
    1: (N_("on the first {weekday}"), N_("on the first Sunday")),
    2: (N_("on the second {weekday}"), N_("on the second Sunday")),
    3: (N_("on the third {weekday}"), N_("on the third Sunday")),
    4: (N_("on the fourth {weekday}"), N_("on the fourth Sunday")),
    5: (N_("on the fifth {weekday}"), N_("on the fifth Sunday")),
    -1: (N_("on the last {weekday}"), N_("on the last Sunday")),
    -2: (N_("on the last but one {weekday}"), N_("on the last but one Sunday")),
}


def sentence(
    rule: Rule, first: datetime, *, skipped: Sequence[date] = (), all_day: bool = False, ends: bool = True
) -> str:
    """The rule of a series that begins at `first`, in the current language. `skipped` are the days taken out; with
    `ends` False its end is not told."""
    said = _often(rule, first)
    if not all_day and not rule.hours and not rule.minutes:
        # Translators: {rule} stands for words such as "every 2 weeks on Thursdays"
        said = _("{rule} at {time}").format(rule=said, time=formats.time_text(first.time()))
    if ends:
        said = _ended(said, rule)
    return _without(said, skipped)


def by_hand(count: int, skipped: Sequence[date] = ()) -> str:
    """Days that were chosen one by one."""
    said = ngettext("{count} date chosen by hand", "{count} dates chosen by hand", count).format(count=count)
    return _without(said, skipped)


def _ended(said: str, rule: Rule) -> str:
    if rule.count is not None:
        # Translators: {rule} stands for words such as "every 2 weeks on Thursdays at 18:00"
        return ngettext("{rule}, once", "{rule}, {count} times", rule.count).format(rule=said, count=rule.count)
    if rule.until is not None:
        return _("{rule}, until {day}").format(rule=said, day=formats.date_long(rule.until.date()))
    return _("{rule}, without an end").format(rule=said)


def _without(said: str, skipped: Sequence[date]) -> str:
    if not skipped:
        return said
    if len(skipped) > _DAYS_TOLD:
        # Translators: {rule} is what was said so far; dates of a series that do not take place
        return ngettext("{rule}, leaving out {count} date", "{rule}, leaving out {count} dates", len(skipped)).format(
            rule=said, count=len(skipped)
        )
    days = formats.list_text(formats.week_range(day, day) for day in skipped)
    # Translators: {days} stands for words such as "1 May" or "1 May and 8 May"
    return _("{rule}, leaving out {days}").format(rule=said, days=days)


def _often(rule: Rule, first: datetime) -> str:
    """How often and on which days; what has no plain words is told as the rule itself."""
    told = {"daily": _daily, "weekly": _weekly, "monthly": _monthly, "yearly": _yearly}[rule.frequency](rule, first)
    if told is not None and not _unusual(rule):
        return told
    plain = recurrence.replaced(rule, count=None, until=None)
    # Translators: a repetition for which there are no plain words; {rule} is its technical text
    return _("by a rule of its own ({rule})").format(rule=recurrence.text(plain))


def _unusual(rule: Rule) -> bool:
    months = rule.months and rule.frequency != "yearly"
    positions = rule.positions and rule.frequency != "monthly"
    return bool(months or positions or rule.year_days or rule.week_numbers or rule.hours or rule.minutes)


def _daily(rule: Rule, _first: datetime) -> str | None:
    if rule.month_days or (rule.weekdays and rule.every > 1):
        return None
    if rule.weekdays:
        return _weekly(rule, _first)
    return _("every day") if rule.every == 1 else _("every {n} days").format(n=rule.every)


def _weekly(rule: Rule, first: datetime) -> str | None:
    if rule.month_days:
        return None
    numbers = sorted({one.day for one in rule.weekdays}) or [first.isoweekday()]
    if tuple(numbers) == _WORKDAYS:
        days = _("from Monday to Friday")
    else:
        days = formats.list_text(_(_ON[number - 1]) for number in numbers)
    if rule.every == 1:
        # Translators: {days} stands for words such as "on Mondays and on Thursdays"
        return _("every week {days}").format(days=days)
    return _("every {n} weeks {days}").format(n=rule.every, days=days)


def _monthly(rule: Rule, first: datetime) -> str | None:
    days = _days_of_month(rule, first)
    if days is None:
        return None
    if rule.every == 1:
        # Translators: {days} stands for words such as "on day 13" or "on the second Thursday"
        return _("every month {days}").format(days=days)
    return _("every {n} months {days}").format(n=rule.every, days=days)


def _days_of_month(rule: Rule, first: datetime) -> str | None:
    if rule.positions:
        return _by_position(rule)
    if rule.weekdays and not rule.month_days:
        named = [_nth(one) for one in rule.weekdays]
        return formats.list_text([one for one in named if one]) if all(named) else None
    if rule.weekdays:
        return None
    days = rule.month_days or (first.day,)
    if days == (-1,):
        return _("on the last day")
    if min(days) < 1:
        return None
    # Translators: {days} is the number of a day of the month, or several
    return _("on day {days}").format(days=formats.list_text(str(day) for day in days))


def _by_position(rule: Rule) -> str | None:
    days = tuple(sorted(one.day for one in rule.weekdays if one.nth is None))
    if days != _WORKDAYS or rule.month_days:
        return None
    known: dict[tuple[int, ...], str] = {
        (1,): _("on the first working day (Monday to Friday)"),
        (-1,): _("on the last working day (Monday to Friday)"),
    }
    return known.get(rule.positions)


def _nth(one: Weekday) -> str | None:
    if one.nth not in _NTH:
        return None
    others, sunday = _NTH[one.nth]
    return _(sunday) if one.day == _SUNDAY else _(others).format(weekday=formats.weekday(one.day))


def _yearly(rule: Rule, first: datetime) -> str | None:
    if rule.weekdays or rule.positions or len(rule.month_days) > 1 or len(rule.months) > 1:
        return None
    month, number = (*rule.months, first.month)[0], (*rule.month_days, first.day)[0]
    if (month, number) != (first.month, first.day):
        return None
    day = formats.week_range(first.date(), first.date())
    if rule.every == 1:
        # Translators: {day} stands for words such as "13 February"
        return _("every year on {day}").format(day=day)
    return _("every {n} years on {day}").format(n=rule.every, day=day)
