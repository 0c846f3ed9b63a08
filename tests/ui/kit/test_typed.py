from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.ui.kit.typed import parse_date, parse_time

TODAY = date(2025, 2, 11)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("13/2", date(2025, 2, 13)),
        ("13.2.25", date(2025, 2, 13)),
        ("13.2.", date(2025, 2, 13)),
        ("13-02-2025", date(2025, 2, 13)),
        ("2025-02-13", date(2025, 2, 13)),
        ("130225", date(2025, 2, 13)),
        ("1302", date(2025, 2, 13)),
        ("28/12", date(2024, 12, 28)),
        ("oggi", TODAY),
        ("Domani", date(2025, 2, 12)),
        ("übermorgen", date(2025, 2, 13)),
        ("ieri", date(2025, 2, 10)),
        ("+3", date(2025, 2, 14)),
        ("-1", date(2025, 2, 10)),
        ("+2s", date(2025, 2, 25)),
        ("+2W", date(2025, 2, 25)),
        ("-1 w", date(2025, 2, 4)),
        ("+4g", date(2025, 2, 15)),
        ("+1m", date(2025, 3, 11)),
        ("-2m", date(2024, 12, 11)),
        ("+2x", None),
        ("gio", date(2025, 2, 13)),
        ("giovedì", date(2025, 2, 13)),
        ("martedì", date(2025, 2, 18)),
        ("Monday", date(2025, 2, 17)),
        ("29/2/2024", date(2024, 2, 29)),
        ("29/2", date(2024, 2, 29)),
        ("31/2", None),
        ("29/2/2025", None),
        ("13/13", None),
        ("", None),
        ("xyz", None),
        ("1", None),
    ],
)
def test_dates_as_people_type_them(text: str, meant: date | None) -> None:
    assert parse_date(text, TODAY) == meant


def test_a_month_from_the_last_of_january_is_the_last_of_february() -> None:
    assert parse_date("+1m", date(2025, 1, 31)) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("13/2", date(2024, 2, 13)),
        ("10/2", date(2025, 2, 10)),
        ("1/5/80", date(1980, 5, 1)),
        ("1/5/24", date(2024, 5, 1)),
        ("1/5/26", date(1926, 5, 1)),
    ],
)
def test_birthdays_are_in_the_past(text: str, meant: date) -> None:
    assert parse_date(text, TODAY, past=True) == meant


@given(st.dates(date(1976, 1, 1), date(2074, 1, 1)))
def test_written_dates_come_back(day: date) -> None:
    for text in (f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%y}", f"{day.day} {day.month} {day.year}"):
        assert parse_date(text, TODAY) == day


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_nothing(text: str) -> None:
    assert isinstance(parse_date(text, TODAY), date | None)
    assert isinstance(parse_time(text), time | None)


@given(st.integers(-999, 999))
def test_days_from_today(days: int) -> None:
    assert parse_date(f"{days:+d}", TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("9", time(9)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9,30", time(9, 30)),
        ("17h", time(17)),
        ("17h30", time(17, 30)),
        ("17:00", time(17)),
        ("0", time(0)),
        ("24", None),
        ("9:60", None),
        ("2460", None),
        ("", None),
        ("noon", None),
    ],
)
def test_times_as_people_type_them(text: str, meant: time | None) -> None:
    assert parse_time(text) == meant
