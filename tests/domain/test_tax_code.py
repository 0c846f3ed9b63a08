"""The tax code: form, check character, omocodia, provisional and health codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain import tax_code

TODAY = date(2025, 2, 11)
# Codes of invented people that explanations of the form print.
KNOWN = ("MRTMTT91D08F205J", "RSSMRA85T10A562S")
LETTERS = "LMNPQRSTUV"


def _omocodia(code: str, places: list[int]) -> str:
    """The code with letters for the digits at some places, and the check character that then belongs to it."""
    letters = list(code)
    for place in places:
        letters[place] = LETTERS[int(letters[place])]
    first = "".join(letters[:15])
    return first + tax_code.check_character(first)


@pytest.mark.parametrize("code", KNOWN)
def test_published_codes_are_well_formed(code: str) -> None:
    assert tax_code.is_well_formed(code)


@pytest.mark.parametrize("place", range(15))
def test_a_wrong_character_is_noticed(place: int) -> None:
    code = KNOWN[0]
    other = str((int(code[place]) + 1) % 10) if code[place].isdecimal() else "Z"
    assert not tax_code.is_well_formed(code[:place] + other + code[place + 1 :])


@given(st.lists(st.sampled_from([6, 7, 9, 10, 12, 13, 14]), unique=True))
def test_letters_in_place_of_digits(places: list[int]) -> None:
    code = _omocodia(KNOWN[0], places)
    assert tax_code.is_well_formed(code)
    assert tax_code.with_digits(code)[:15] == KNOWN[0][:15]
    assert tax_code.birth_date(code, TODAY) == date(1991, 4, 8)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    code = tax_code.tidy(text)
    assert tax_code.is_well_formed(code) in {True, False}
    tax_code.birth_date(code, TODAY)


@pytest.mark.parametrize(
    ("code", "good"),
    [
        ("00743110157", True),  # the example of the check digit of VAT numbers
        ("00743110158", False),
        ("STP0301234567890", True),
        ("ENI0301234567890", True),
        ("STP030123456789", False),
        ("XYZ0301234567890", False),
        ("MRTMTT91D00F205J", False),
        ("", False),
        ("МRTMTT91D08F205J", False),  # a Cyrillic M
    ],
)
def test_other_codes(code: str, good: bool) -> None:
    assert tax_code.is_well_formed(code) is good


@pytest.mark.parametrize(
    ("code", "born"),
    [
        ("RSSMRA85T10A562S", date(1985, 12, 10)),
        ("BNCLRA70E53H501C", date(1970, 5, 13)),  # a woman: 40 is added to the day
        ("RSSMRA24A01A562Z", date(2024, 1, 1)),
        ("RSSMRA26A01A562Z", date(1926, 1, 1)),
        ("RSSMRA85B30A562Z", None),  # 30 February
        ("00743110157", None),
    ],
)
def test_birth_date(code: str, born: date | None) -> None:
    assert tax_code.birth_date(code, TODAY) == born


def test_codes_are_tidied() -> None:
    assert tax_code.tidy(" mrt-mtt 91d08.f205j ") == "MRTMTT91D08F205J"
