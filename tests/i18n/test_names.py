"""Dates are written as Babel writes them, in every language, with every pattern of the styles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from famdesk.i18n import formats
from famdesk.i18n.names import NAMES

DAYS = [date(2024, 1, 1) + timedelta(days=5 * n) for n in range(80)]


def test_every_language_has_its_names() -> None:
    assert set(NAMES) == set(formats._STYLES)


@pytest.mark.parametrize("lang", sorted(NAMES))
def test_dates_are_those_of_babel(lang: str) -> None:
    style = formats._STYLES[lang]
    patterns = (
        style.full,
        style.long,
        style.day,
        style.short,
        style.month_day,
        style.bare_day,
        "LLLL y",
        "ccc",
        "cccc",
    )
    for day in DAYS:
        for pattern in patterns:
            told = format_date(day, pattern, locale=style.locale)
            if lang == "fr" and day.day == 1 and "d" in pattern:
                told = told.replace("1", "1er", 1)  # as French is written, and CLDR does not say
            assert formats._write(day, pattern, lang) == told, pattern


@pytest.mark.parametrize("lang", sorted(NAMES))
def test_numbers_are_those_of_babel(lang: str) -> None:
    locale = formats._STYLES[lang].locale
    for n in (*range(1001), 9_999, 10_000, -1, -12, 1.5, 999.0):
        assert formats.number(n, lang) == format_decimal(n, locale=locale), n
