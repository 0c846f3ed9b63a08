"""When somebody was born, as far as it is known; and when a child is expected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from famdesk.domain.text import age_in_months
from famdesk.i18n import ngettext

PART = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
OLDEST_YEARS = 125
_TERM = 280
_DAYS_IN_WEEK = 7
_DECEMBER = 12
_MONTHS_UNTIL_YEARS = 36


@dataclass(frozen=True, slots=True)
class Birth:
    """What is known of a birth: the `day`, or a `part` of it ("1987" or "1987-05"), and words ("2019?").

    Words may stand beside a part, which is then what the words say at least. All None: nothing is known.
    """

    day: date | None = None
    part: str | None = None
    words: str | None = None


def part_bounds(part: str | None) -> tuple[date, date] | None:
    """The first and the last day that a part of a date can mean; None if it is none ("1987-13")."""
    found = PART.fullmatch(part or "")
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 1)
    try:
        first = date(year, month, 1)
        beyond = date(year, month + 1, 1) if found[2] and month < _DECEMBER else date(year + 1, 1, 1)
    except ValueError:
        return None
    return first, beyond - timedelta(days=1)


def latest(day: date | None, part: str | None) -> date | None:
    """The last day on which somebody can have been born; None if nothing is known. Who may be a minor is one."""
    bounds = part_bounds(part)
    return day or (bounds[1] if bounds else None)


def part_age_text(part: str | None, on: date) -> str:
    """The age of somebody of whose birth only year, or year and month, are known: "2–3 years", "about 4 months".

    Empty where it is no part, or lies in the future.
    """
    bounds = part_bounds(part)
    if bounds is None or bounds[0] > on:
        return ""
    most = age_in_months(bounds[0], on) or 0
    least = age_in_months(min(bounds[1], on), on) or 0
    if most < _MONTHS_UNTIL_YEARS and len(part or "") > len("1987"):
        # Translators: the age of a child whose month of birth is known, without the day
        return ngettext("about {n} month", "about {n} months", most).format(n=most)
    years = max(most // 12, 1)
    if least // 12 == years:
        return ngettext("{n} year", "{n} years", years).format(n=years)
    # Translators: an age between two numbers of years, of somebody whose year of birth is known, as in "2–3 years"
    return ngettext("{least}–{most} year", "{least}–{most} years", years).format(least=least // 12, most=years)


def weeks_of_pregnancy(due: date, on: date) -> int | None:
    """Whole weeks since the last period, which is 280 days before the due date; None before and long after.

    Source: Naegele's rule, by which due dates are told.
    """
    days = _TERM - (due - on).days
    return days // _DAYS_IN_WEEK if 0 <= days <= _TERM + 3 * _DAYS_IN_WEEK else None
