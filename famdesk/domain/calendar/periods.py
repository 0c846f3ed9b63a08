"""Which days a view of the calendar shows, and which ones come before and after."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Final

from famdesk.domain.calendar.calendar import week_start

DAY: Final = "day"
WORK: Final = "work"
"""The working days of a week; the whole week is read, as Saturday and Sunday are shown when they hold something."""
WEEK: Final = "week"
MONTH: Final = "month"
"""The whole weeks that a month touches."""
WEEKS: Final = "weeks"
"""Five weeks, the first one being that of the day."""
LIST: Final = "list"
"""Four weeks from the day on, as a list."""
MODES: Final = (DAY, WORK, WEEK, MONTH, WEEKS, LIST)
_WEEKS_SHOWN: Final = 5
_LISTED: Final = 28


def period(mode: str, day: date) -> tuple[date, date]:
    """First and last day (included) that are shown around a day."""
    if mode == DAY:
        return day, day
    if mode == LIST:
        return day, day + timedelta(days=_LISTED - 1)
    first = last = day
    if mode == MONTH:
        first = day.replace(day=1)
        last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    elif mode == WEEKS:
        last = day + timedelta(weeks=_WEEKS_SHOWN - 1)
    return week_start(first), week_start(last) + timedelta(days=6)


def stepped(mode: str, day: date, count: int) -> date:
    """The day to show `count` periods later (or earlier): a day, a week, a month, a week in the rolling weeks."""
    if mode == DAY:
        return day + timedelta(days=count)
    if mode == MONTH:
        months = day.year * 12 + day.month - 1 + count
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    return day + timedelta(days=_LISTED * count if mode == LIST else 7 * count)
