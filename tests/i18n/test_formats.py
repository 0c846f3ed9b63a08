from __future__ import annotations

from datetime import date, datetime, time

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from famdesk import i18n
from famdesk.i18n import FAMILY_LANGUAGES, formats

THURSDAY = date(2025, 2, 13)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("function", "italian", "english", "german"),
    [
        (formats.date_full, "giovedì 13 febbraio 2025", "Thursday 13 February 2025", "Donnerstag, 13. Februar 2025"),
        (formats.date_long, "13 febbraio 2025", "13 February 2025", "13. Februar 2025"),
        (formats.date_day, "giovedì 13 febbraio", "Thursday 13 February", "Donnerstag, 13. Februar"),
        (formats.date_short, "gio 13 feb", "Thu 13 Feb", "Do 13. Feb."),
        (formats.date_num, "13/02/2025", "13/02/2025", "13.02.2025"),
        (formats.month_year, "febbraio 2025", "February 2025", "Februar 2025"),
    ],
)
def test_dates(function: object, italian: str, english: str, german: str) -> None:
    assert callable(function)
    assert [function(THURSDAY, lang) for lang in i18n.LANGUAGES] == [italian, english, german]


def test_the_current_language_is_used_unless_another_is_named() -> None:
    with i18n.using("it"):
        assert formats.date_short(THURSDAY) == "gio 13 feb"
        assert formats.date_short(THURSDAY, "en") == "Thu 13 Feb"


def test_times_have_no_leading_zero_and_midnight_as_an_end_is_24() -> None:
    assert formats.time_text(time(8)) == "8:00"
    assert formats.time_text(time(17, 5)) == "17:05"
    assert formats.time_range(time(17), time(19)) == "17:00–19:00"
    assert formats.time_range(time(20, 30), time(0)) == "20:30–24:00"


def test_moment() -> None:
    assert formats.moment(datetime(2025, 2, 13, 17), "it") == "gio 13 feb, 17:00"


@pytest.mark.parametrize(
    ("first", "last", "italian", "german"),
    [
        (date(2025, 2, 10), date(2025, 2, 14), "10–14 febbraio", "10.–14. Februar"),
        (date(2025, 1, 27), date(2025, 2, 2), "27 gennaio – 2 febbraio", "27. Januar – 2. Februar"),
        (
            date(2025, 12, 29),
            date(2026, 1, 4),
            "29 dicembre 2025 – 4 gennaio 2026",
            "29. Dezember 2025 – 4. Januar 2026",
        ),
        (date(2025, 2, 10), date(2025, 2, 10), "10 febbraio", "10. Februar"),
    ],
)
def test_week_range(first: date, last: date, italian: str, german: str) -> None:
    assert formats.week_range(first, last, "it") == italian
    assert formats.week_range(first, last, "de") == german


def test_weekdays_count_from_monday() -> None:
    assert formats.weekday(1, "it") == "lunedì"
    assert formats.weekday(7, "it", short=True) == "dom"
    assert formats.weekday(4, "de", short=True) == "Do"
    for wrong in (0, 8):
        with pytest.raises(ValueError, match="no weekday"):
            formats.weekday(wrong)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_weekday_agrees_with_the_calendar(day: date) -> None:
    for lang in i18n.LANGUAGES:
        assert formats.date_full(day, lang).startswith(formats.weekday(day.isoweekday(), lang))


@pytest.mark.parametrize("lang", FAMILY_LANGUAGES)
def test_whole_numbers_are_grouped_as_babel_does(lang: str) -> None:
    for number in (0, 7, 999, 1000, 1475, 10_000, 99_999, 123_456, 1_000_000, 12_345_678):
        assert formats.number(number, lang) == format_decimal(number, locale=formats._STYLES[lang].locale)


def test_lists_numbers_and_money() -> None:
    assert formats.list_text(["Cremona", "Soresina", "Casalmaggiore"], "it") == "Cremona, Soresina e Casalmaggiore"
    assert formats.list_text(["Cremona"], "it") == "Cremona"
    assert formats.list_text([], "it") == ""
    assert formats.number(1234567, "it") == "1.234.567"
    assert formats.number(1234567, "en") == "1,234,567"
    assert formats.money(125050, "it") == f"1.250,50{SPACE}€"
    assert formats.money(-5, "de") == f"-0,05{SPACE}€"
    assert formats.money(125050, "en") == "€1,250.50"
