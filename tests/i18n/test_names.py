"""Dates are written as Babel writes them, in every language, with every pattern of the styles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from babel.dates import format_date

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
            assert formats._write(day, pattern, lang) == format_date(day, pattern, locale=style.locale), pattern
