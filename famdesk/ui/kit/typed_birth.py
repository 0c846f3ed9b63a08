"""A birth as people tell it: a day, a month, a year, or words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from famdesk.domain.people.birth import Birth, part_age_text
from famdesk.domain.text import age_text, fold
from famdesk.i18n import _, formats
from famdesk.ui.kit.typed import parse_date

_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)
_ISO_MONTH: Final = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_MONTH_YEAR: Final = re.compile(r"(\d{1,2})[/.\- ](\d{4}|\d{2})", re.ASCII)
_WORD_YEAR: Final = re.compile(r"([^\W\d]+)\.? (\d{4})")
_ABOUT: Final = re.compile(
    r"(?:circa|ca\.?|c\.|about|around|forse|perhaps|maybe|etwa|ungefahr|vielleicht|um|nel|in|~)\s*", re.IGNORECASE
)
_LANGUAGES: Final = ("it", "en", "de")
_SHORTEST_MONTH: Final = 3


def parse_birth(text: str, today: date) -> Birth:
    """What `text` says of a birth: "14/3/21" is a day, "3/1987", "1987" and "maggio 1987" are parts, "2019?" is a part
    with its words; anything else is kept as words. Nothing is refused and nothing is lost."""
    text = " ".join(text.split())
    if not text:
        return Birth()
    part = _part(text)
    if part is None and text[0].isdecimal() and text.isascii():
        day = parse_date(text, today, past=True)
        if day is not None:
            return Birth(day=day)
        part = _short_month(text, today)
    if part is not None:
        return Birth(part=part)
    plain = fold(text).rstrip("?! ")
    about = _ABOUT.match(plain)
    return Birth(part=_part(plain[about.end() :] if about else plain), words=text)


def birth_text(birth: Birth) -> str:
    """How a birth stands in its field."""
    if birth.day is not None:
        return formats.date_num(birth.day)
    if birth.words or not birth.part:
        return birth.words or ""
    year, _dash, month = birth.part.partition("-")
    return f"{month}/{year}" if month else year


def understood(birth: Birth, today: date) -> str:
    """What was understood of the words typed, so that a slip is seen at once; "" for an empty field."""
    if birth.day is not None:
        day, age = formats.date_long(birth.day), age_text(birth.day, today)
        # Translators: a birth date with the age, as in "14 March 2021: 3 years"
        return _("{day}: {age}").format(day=day, age=age) if age else day
    if birth.part is None:
        return _("Kept in these words; no age is known.") if birth.words else ""
    year, _dash, month = birth.part.partition("-")
    known = formats.month_year(date(int(year), int(month), 1)) if month else year
    age = part_age_text(birth.part, today)
    if birth.words:
        # Translators: somebody's year or month of birth is known roughly, in words that are kept
        return _("Kept in these words; counted as {known}: {age}").format(known=known, age=age)
    # Translators: only year, or month and year, of somebody's birth are known
    return _("Only {known} is known: {age}").format(known=known, age=age)


def _part(text: str) -> str | None:
    if _YEAR.fullmatch(text):
        return text
    iso = _ISO_MONTH.fullmatch(text)
    if iso:
        return _month_part(iso[1], int(iso[2]))
    found = _MONTH_YEAR.fullmatch(text)
    if found and len(found[2]) == len("1987"):
        return _month_part(found[2], int(found[1]))
    word = _WORD_YEAR.fullmatch(text)
    month = _month(word[1]) if word else None
    return _month_part(word[2], month) if word and month else None


def _short_month(text: str, today: date) -> str | None:
    """ "3/87" can only be a month and a year."""
    found = _MONTH_YEAR.fullmatch(text)
    if not found or len(found[2]) != len("87"):
        return None
    year = today.year - today.year % 100 + int(found[2])
    return _month_part(str(year if year <= today.year else year - 100), int(found[1]))


def _month_part(year: str, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 and _YEAR.fullmatch(year) else None


def _month(word: str) -> int | None:
    plain = fold(word)
    if len(plain) < _SHORTEST_MONTH:
        return None
    return next((number for name, number in _months() if name.startswith(plain)), None)


@lru_cache(maxsize=1)
def _months() -> tuple[tuple[str, int], ...]:
    names = ((formats.month_year(date(2000, month, 1), lang), month) for lang in _LANGUAGES for month in range(1, 13))
    return tuple((fold(name.split()[0]), month) for name, month in names)
