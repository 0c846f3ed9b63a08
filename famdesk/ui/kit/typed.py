"""Dates and times as people type them at a desk."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Final

from famdesk.i18n.collate import sort_key

_DAYS: Final = {
    "oggi": 0, "today": 0, "heute": 0,
    "domani": 1, "tomorrow": 1, "morgen": 1,
    "dopodomani": 2, "ubermorgen": 2,
    "ieri": -1, "yesterday": -1, "gestern": -1,
}  # fmt: skip
_WEEKDAYS: Final = {
    "lun": 0, "mar": 1, "mer": 2, "gio": 3, "ven": 4, "sab": 5, "dom": 6,
    "mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6,
    "die": 1, "mit": 2, "don": 3, "fre": 4, "sam": 5, "son": 6,
}  # fmt: skip
_AHEAD: Final = re.compile(r"([+-]\d{1,3}) ?([dgtswm]?)")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PARTS: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?\.?")
_RUN: Final = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})?")
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.,h ](\d{1,2})?)?")


def parse_date(text: str, today: date, *, past: bool = False) -> date | None:
    """The date meant by `text`, or None if it cannot be understood.

    Understood are day and month with or without a year in any usual writing ("13/2", "13.2.25", "130225",
    "2025-02-13"), "today", "tomorrow", "+3" (in three days), "+2s" or "+2w" (in two weeks), "+1m" (in a month) and
    weekdays (the next one) in Italian, English and German.
    Without a year the nearest such day is meant; with `past` (birthdays) the last one. A year of two digits is within
    the last hundred years with `past`, else within fifty years of `today`.
    """
    text = text.strip().casefold()
    word = _by_word(text, today)
    if word is not None:
        return word
    iso = _ISO.fullmatch(text)
    if iso:
        return _valid(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _PARTS.fullmatch(text) or _RUN.fullmatch(text)
    if not found:
        return None
    day, month, year = int(found[1]), int(found[2]), found[3]
    if year is None:
        return _nearest(day, month, today, past=past)
    return _valid(_full_year(int(year), today, past=past) if len(year) == 2 else int(year), month, day)


def parse_time(text: str) -> time | None:
    """The time of day meant by "9", "930", "9.30", "9:30" or "17h", or None."""
    text = text.strip().casefold()
    if re.fullmatch(r"\d{3,4}", text):
        text = f"{text[:-2]}:{text[-2:]}"
    found = _CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _by_word(text: str, today: date) -> date | None:
    plain = sort_key(text)[0]
    if plain in _DAYS:
        return today + timedelta(days=_DAYS[plain])
    if ahead := _AHEAD.fullmatch(text):
        return _ahead(today, int(ahead[1]), ahead[2])
    weekday = _WEEKDAYS.get(plain[:3]) if plain.isalpha() else None
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _ahead(today: date, count: int, unit: str) -> date | None:
    """So many days, weeks (s, w) or months (m) from today; the last of a month if it has no such day."""
    if unit in ("s", "w"):
        count *= 7
    if unit != "m":
        return today + timedelta(days=count)
    months = today.year * 12 + today.month - 1 + count
    days = (_valid(months // 12, months % 12 + 1, today.day - less) for less in range(4))
    return next((day for day in days if day is not None), None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _full_year(short: int, today: date, *, past: bool) -> int:
    """The year of two digits that is nearest to today, or with `past` the last one."""
    year = today.year - today.year % 100 + short
    if past:
        return year if year <= today.year else year - 100
    return min((year - 100, year, year + 100), key=lambda candidate: abs(candidate - today.year))


def _nearest(day: int, month: int, today: date, *, past: bool) -> date | None:
    candidates = [_valid(today.year + shift, month, day) for shift in (-1, 0, 1)]
    real = [one for one in candidates if one is not None and not (past and one > today)]
    return min(real, key=lambda one: abs((one - today).days), default=None)
