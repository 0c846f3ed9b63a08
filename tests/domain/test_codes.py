from __future__ import annotations

from datetime import date

import pytest

from famdesk.domain import codes
from famdesk.i18n import using

TABLES = {
    name: table
    for name, table in vars(codes).items()
    if name.isupper() and isinstance(table, tuple) and isinstance(table[0], codes.Code)
}


@pytest.mark.parametrize("name", TABLES)
def test_codes_are_unique_and_storable_in_a_list_parted_by_blanks(name: str) -> None:
    found = codes.codes(TABLES[name])
    assert len(set(found)) == len(found)
    assert all(code and " " not in code for code in found)
    words = [row.label for row in TABLES[name]]
    assert len(set(words)) == len(words)


def test_there_are_the_lists_that_the_forms_need() -> None:
    assert len(TABLES) >= 18
    assert codes.codes(codes.FUNCTIONS) == ("A", "B", "C")
    needed = {"comune", "asst", "ats", "social_company", "cooperative", "consortium", "foundation", "school"}
    assert needed | {"hospital", "court", "ministry", "association"} <= set(codes.codes(codes.BODY_KINDS))


def test_labels_are_in_the_language_of_the_moment() -> None:
    with using("en"):
        assert codes.label(codes.FUNCTIONS, "A") == "Information and orientation"
        assert codes.labels(codes.FUNCTIONS)[2] == ("C", "Family reception and community development")


def test_a_code_of_a_newer_version_is_shown_as_it_is() -> None:
    assert codes.label(codes.CHANNELS, "telepathy") == "telepathy"
    assert codes.label(codes.CHANNELS, None) == ""


@pytest.mark.parametrize(
    ("birth", "band"),
    [
        (date(2025, 2, 5), "unborn"),
        (date(2025, 2, 4), "0-3"),
        (date(2022, 2, 5), "0-3"),
        (date(2022, 2, 4), "3-6"),
        (date(2014, 2, 4), "11-14"),
        (date(2007, 2, 5), "14-18"),
        (date(2007, 2, 4), "18-30"),
        (date(1960, 2, 5), "adult"),
        (date(1960, 2, 4), "65+"),
    ],
)
def test_age_bands(birth: date, band: str) -> None:
    assert codes.age_band(birth, date(2025, 2, 4)) == band


def test_every_bound_belongs_to_a_band() -> None:
    bounds = [months for _code, months in codes.AGE_BOUNDS]
    assert bounds == sorted(bounds, reverse=True)
    assert {code for code, _months in codes.AGE_BOUNDS} < set(codes.codes(codes.AGE_BANDS))
