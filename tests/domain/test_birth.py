"""Births known whole, in part, in words; ages told from them; pregnancies by weeks; school years; countries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.people import birth, countries, person_details
from famdesk.i18n import using

TODAY = date(2025, 2, 11)


@pytest.mark.parametrize(
    ("part", "first", "last"),
    [
        ("1987", date(1987, 1, 1), date(1987, 12, 31)),
        ("1987-05", date(1987, 5, 1), date(1987, 5, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
    ],
)
def test_a_part_of_a_date_means_days(part: str, first: date, last: date) -> None:
    assert birth.part_bounds(part) == (first, last)


@pytest.mark.parametrize("part", ["1987-13", "1987-00", "87", "1987-5", "0000", "9999", "１９８７", "", None])
def test_what_is_no_part(part: str | None) -> None:
    assert birth.part_bounds(part) is None
    assert birth.part_age_text(part, TODAY) == ""


@pytest.mark.parametrize(
    ("part", "age"),
    [
        ("1987", "37–38 years"),
        ("2022", "2–3 years"),
        ("2024", "0–1 year"),
        ("2024-10", "about 4 months"),
        ("1987-01", "38 years"),
        ("1987-02", "37–38 years"),
        ("2026", ""),
    ],
)
def test_the_age_of_somebody_known_in_part(part: str, age: str) -> None:
    assert birth.part_age_text(part, TODAY) == age


@given(st.dates(date(1900, 1, 1), TODAY), st.booleans())
def test_the_age_in_part_never_fails(born: date, month: bool) -> None:
    part = f"{born.year:04d}-{born.month:02d}" if month else f"{born.year:04d}"
    bounds = birth.part_bounds(part)
    assert bounds is not None
    assert bounds[0] <= born <= bounds[1]
    assert birth.part_age_text(part, TODAY)


@pytest.mark.parametrize(
    ("due", "weeks"),
    [
        (date(2025, 6, 12), 22),
        (date(2025, 2, 11), 40),
        (date(2025, 1, 28), 42),
        (date(2024, 12, 1), None),
        (date(2025, 11, 18), 0),
        (date(2025, 11, 19), None),
    ],
)
def test_weeks_of_pregnancy(due: date, weeks: int | None) -> None:
    assert birth.weeks_of_pregnancy(due, TODAY) == weeks


@pytest.mark.parametrize(("day", "year"), [(date(2025, 8, 31), 2024), (date(2025, 9, 1), 2025), (TODAY, 2024)])
def test_the_school_year_begins_on_the_first_of_september(day: date, year: int) -> None:
    assert person_details.school_year(day) == year
    assert person_details.school_year_label(2099) == "2099/00"


def test_countries_have_names_in_every_language_and_no_pseudo_countries() -> None:
    choices = dict(countries.country_choices())
    assert len(choices) > 240
    assert {"IT", "XK", "PS", "TW", "XXA"} <= set(choices)
    assert not {"EU", "UN", "ZZ", "XA", "AQ"} & set(choices)
    assert next(iter(choices)) == "IT"
    for language, name in (("it", "Germania"), ("de", "Deutschland"), ("en", "Germany")):
        assert countries.country_label("DE", language) == name
        with using(language):
            assert len(countries.country_choices()) == len(set(countries.country_choices()))
    assert countries.country_label("Ruritania") == "Ruritania"
    assert countries.country_label(None) == ""
