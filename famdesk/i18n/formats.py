"""Dates, times, numbers and lists as people of each language write them.

All functions take `lang`, or None for the current language. Times are local wall time and are written with 24 hours
and without a leading zero, as on the doors of the centres. Babel is imported at the first number or list that is
written; dates do without it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from famdesk.i18n import language

if TYPE_CHECKING:
    from decimal import Decimal

    from babel.core import Locale

_CENTS = 100
_GROUPED = 1000
"""From here on languages differ in how they set apart the thousands."""
_GROUPS = {
    "it": (".", 3), "en": (",", 3), "de": (".", 3), "fr": ("\u202f", 3), "es": (".", 3), "ro": (".", 3),
    "sq": ("\u00a0", 3), "uk": ("\u00a0", 3), "ar": (".", 3), "pa": (",", 2), "bn": (",", 2),
}  # fmt: skip
"""What stands between the thousands, and of how many figures the groups before them are (CLDR)."""
_FIRST = {"fr": "1er"}
"""How the first day of a month is written where it is not simply 1."""
_PART = re.compile(r"'([^']*)'|([A-Za-z]+)|([^'A-Za-z]+)")
"""A part of a pattern: text in quotes, letters, other text."""


class _Style(NamedTuple):
    """How a language writes dates, in the pattern letters of Unicode TR 35 (d day, M month, y year, E/c weekday).

    `numeric` is for `str.format` with day, month and year: lists write it in every row, and Babel takes its time.
    """

    locale: str
    full: str
    long: str
    day: str
    short: str
    numeric: str
    month_day: str
    bare_day: str


_STYLES = {
    "it": _Style("it_IT", "EEEE d MMMM y", "d MMMM y", "EEEE d MMMM", "EEE d MMM", "{:02}/{:02}/{}", "d MMMM", "d"),
    "en": _Style("en_GB", "EEEE d MMMM y", "d MMMM y", "EEEE d MMMM", "EEE d MMM", "{:02}/{:02}/{}", "d MMMM", "d"),
    "de": _Style("de_DE", "EEEE, d. MMMM y", "d. MMMM y", "EEEE, d. MMMM", "ccc d. MMM", "{:02}.{:02}.{}", "d. MMMM",
                 "d."),
    # Languages of sheets for families: days and months are those of Unicode's CLDR, figures are European ones.
    "fr": _Style("fr_FR", "EEEE d MMMM y", "d MMMM y", "EEEE d MMMM", "EEE d MMM", "{:02}/{:02}/{}", "d MMMM", "d"),
    "es": _Style("es_ES", "EEEE, d 'de' MMMM 'de' y", "d 'de' MMMM 'de' y", "EEEE, d 'de' MMMM", "EEE d MMM",
                 "{:02}/{:02}/{}", "d 'de' MMMM", "d"),
    "ro": _Style("ro_RO", "EEEE, d MMMM y", "d MMMM y", "EEEE, d MMMM", "EEE, d MMM", "{:02}.{:02}.{}", "d MMMM", "d"),
    "sq": _Style("sq_AL", "EEEE, d MMMM y", "d MMMM y", "EEEE, d MMMM", "EEE, d MMM", "{:02}.{:02}.{}", "d MMMM", "d"),
    "uk": _Style("uk_UA", "EEEE, d MMMM y", "d MMMM y", "EEEE, d MMMM", "EEE, d MMM", "{:02}.{:02}.{}", "d MMMM", "d"),
    "ar": _Style("ar_MA", "EEEE، d MMMM y", "d MMMM y", "EEEE، d MMMM", "EEE، d MMM", "{:02}/{:02}/{}", "d MMMM", "d"),
    "pa": _Style("pa_IN", "EEEE, d MMMM y", "d MMMM y", "EEEE, d MMMM", "EEE, d MMM", "{:02}/{:02}/{}", "d MMMM", "d"),
    "bn": _Style("bn_BD", "EEEE, d MMMM y", "d MMMM y", "EEEE, d MMMM", "EEE, d MMM", "{:02}/{:02}/{}", "d MMMM", "d"),
}  # fmt: skip


def time_text(t: time, lang: str | None = None) -> str:
    """ "8:00", "17:00"; a `datetime` will do as well. The same in all languages so far."""
    return f"{t.hour}:{t.minute:02d}"


def time_range(a: time, b: time, lang: str | None = None) -> str:
    """ "17:00–19:00"; midnight as the end is "24:00"."""
    end = "24:00" if (b.hour, b.minute) == (0, 0) else time_text(b, lang)
    return f"{time_text(a, lang)}–{end}"


def date_full(d: date, lang: str | None = None) -> str:
    """ "giovedì 13 febbraio 2025"."""
    return _write(d, _style(lang).full, lang)


def date_long(d: date, lang: str | None = None) -> str:
    """ "13 febbraio 2025"."""
    return _write(d, _style(lang).long, lang)


def date_day(d: date, lang: str | None = None) -> str:
    """ "giovedì 13 febbraio"."""
    return _write(d, _style(lang).day, lang)


def date_short(d: date, lang: str | None = None) -> str:
    """ "gio 13 feb"."""
    return _write(d, _style(lang).short, lang)


def date_num(d: date, lang: str | None = None) -> str:
    """ "13/02/2025"."""
    return _style(lang).numeric.format(d.day, d.month, d.year)


def month_year(d: date, lang: str | None = None) -> str:
    """ "febbraio 2025", the month standing alone, as the title of a calendar."""
    return _write(d, "LLLL y", lang)


def weekday(n: int, lang: str | None = None, *, short: bool = False) -> str:
    """The weekday by its ISO number, "lunedì" for 1 … "domenica" for 7; "lun" if short.

    Raises:
        ValueError: if `n` is not between 1 and 7.
    """
    monday = 5  # of January 1970
    if not 1 <= n <= 7:
        raise ValueError(f"no weekday: {n}")
    return _write(date(1970, 1, monday + n - 1), "ccc" if short else "cccc", lang)


def week_range(first: date, last: date, lang: str | None = None) -> str:
    """Both days included: "10–14 febbraio", "27 gennaio – 2 febbraio", "29 dicembre 2025 – 4 gennaio 2026"."""
    style = _style(lang)
    if first.year != last.year:
        return f"{_write(first, style.long, lang)} – {_write(last, style.long, lang)}"
    if first.month != last.month:
        return f"{_write(first, style.month_day, lang)} – {_write(last, style.month_day, lang)}"
    if first == last:
        return _write(first, style.month_day, lang)
    return f"{_write(first, style.bare_day, lang)}–{_write(last, style.month_day, lang)}"


def moment(dt: datetime, lang: str | None = None) -> str:
    """ "gio 13 feb, 17:00"."""
    return f"{date_short(dt, lang)}, {time_text(dt.time(), lang)}"


def list_text(items: Iterable[str], lang: str | None = None) -> str:
    """ "Cremona, Soresina e Casalmaggiore"; the empty text for no items."""
    from babel.lists import format_list

    return format_list(list(items), locale=_locale(lang or language()))


def number(n: int | float | Decimal, lang: str | None = None) -> str:
    """ "1.234,5"."""
    if isinstance(n, int) and n >= 0:  # what sheets are full of, and Babel takes its time
        return _grouped(int(n), lang or language())
    from babel.numbers import format_decimal

    return format_decimal(n, locale=_locale(lang or language()))


def _grouped(n: int, lang: str) -> str:
    """A whole number with its thousands set apart."""
    text = str(n)
    if n < _GROUPED:
        return text
    mark, step = _GROUPS[lang]
    head, groups = text[:-3], [text[-3:]]
    while head:
        groups.insert(0, head[-step:])
        head = head[:-step]
    return mark.join(groups)


def money(cents: int, lang: str | None = None) -> str:
    """Euro from whole cents: "1.250,00 €", with a space that does not break."""
    from decimal import Decimal

    from babel.numbers import format_currency

    return format_currency(Decimal(cents) / _CENTS, "EUR", locale=_locale(lang or language())).replace("EUR", "€")


def _style(lang: str | None) -> _Style:
    return _STYLES[lang or language()]


@lru_cache(maxsize=len(_STYLES))
def _locale(lang: str) -> Locale:
    from babel.core import Locale

    return Locale.parse(_STYLES[lang].locale)


def _write(d: date, pattern: str, lang: str | None) -> str:
    """A date in the letters of a pattern, of which those are known that stand above."""
    names = _names(lang or language())
    return "".join(part if kind is None else names[kind](d) for kind, part in _parts(pattern))


@cache
def _parts(pattern: str) -> tuple[tuple[str | None, str], ...]:
    """The pattern in parts: a run of letters that means something, or text as it is."""
    found = []
    for match in _PART.finditer(pattern):
        quoted, letters, other = match.groups()
        found.append((letters, "") if letters else (None, quoted if quoted is not None else other))
    return tuple(found)


@lru_cache(maxsize=len(_STYLES))
def _names(lang: str) -> dict[str, Callable[[date], str]]:
    """What the letters of a pattern stand for in a language."""
    from famdesk.i18n.names import NAMES

    own = NAMES[lang]
    months, short = own.months.split("|"), own.months_short.split("|")
    alone = (own.months_alone or own.months).split("|")
    days, days_short = own.days.split("|"), own.days_short.split("|")
    days_alone = (own.days_alone or own.days).split("|")
    days_short_alone = (own.days_short_alone or own.days_short).split("|")
    return {
        "d": lambda d: _FIRST.get(lang, "1") if d.day == 1 else str(d.day), "y": lambda d: str(d.year),
        "MMMM": lambda d: months[d.month - 1], "MMM": lambda d: short[d.month - 1],
        "LLLL": lambda d: alone[d.month - 1],
        "EEEE": lambda d: days[d.weekday()], "EEE": lambda d: days_short[d.weekday()],
        "cccc": lambda d: days_alone[d.weekday()], "ccc": lambda d: days_short_alone[d.weekday()],
    }  # fmt: skip
