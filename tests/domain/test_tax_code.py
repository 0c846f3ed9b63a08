"""The tax code: form, check character, omocodia, provisional and health codes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.people import tax_code

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
        ("BNCLRA70E53H501", date(1970, 5, 13)),  # a woman: 40 is added to the day
        ("RSSMRA24A01A562", date(2024, 1, 1)),
        ("RSSMRA26A01A562", date(1926, 1, 1)),
        ("RSSMRA25T01A562", date(1925, 12, 1)),  # December of this year is still to come
        ("RSSMRA85B30A562", None),  # 30 February
        ("RSSMRA85B40A562", None),
        ("00743110157", None),
    ],
)
def test_birth_date(code: str, born: date | None) -> None:
    whole = code + tax_code.check_character(code) if len(code) == 15 else code
    assert tax_code.birth_date(whole, TODAY) == born


def test_a_wrong_code_tells_nothing() -> None:
    assert tax_code.birth_date("MRTMTT91D08F205X", TODAY) is None
    assert tax_code.sex("MRTMTT91D08F205X") is None


def _code(surname: str, given: str, rest: str) -> str:
    first = tax_code.surname_letters(surname) + tax_code.given_letters(given) + rest
    return first + tax_code.check_character(first)


@pytest.mark.parametrize(
    ("surname", "given", "letters"),
    [
        ("Rossi", "Maria", "RSSMRA"),
        ("Bianchi", "Gianfranco", "BNCGFR"),  # of four consonants the second is left out
        ("Fo", "Al", "FOXLAX"),
        ("D'Angelo", "Élise", "DNGLSE"),
        ("De Luca", "Zoë", "DLCZOE"),
        ("Yu", "Bo", "YUXBOX"),
    ],
)
def test_the_letters_of_a_name(surname: str, given: str, letters: str) -> None:
    """Source: D.M. 23 December 1976, art. 2 and 3, with the cases that it explains."""
    assert tax_code.surname_letters(surname) + tax_code.given_letters(given) == letters


@pytest.mark.parametrize("omocodia", [False, True])
@pytest.mark.parametrize("rest", ["91D08F205", "91D08Z100"])  # born in Milan, and in Albania
def test_the_code_of_the_person_differs_in_nothing(omocodia: bool, rest: str) -> None:
    code = _code("Martini", "Matteo", rest)
    code = _omocodia(code, [6, 10, 14]) if omocodia else code
    assert tax_code.differences(code, "Martini", "Matteo", date(1991, 4, 8), None, "M") == ()
    assert tax_code.differences(code, "Martini", "Matteo", None, "1991", None) == ()
    assert tax_code.differences(code, "Martini", "Matteo", None, "1991-04", None) == ()
    assert tax_code.differences(code, None, None, None, None, None) == ()
    assert tax_code.sex(code) == "M"


@pytest.mark.parametrize(
    ("held", "parts"),
    [
        (("Verdi", "Matteo", date(1991, 4, 8), None, "M"), ("surname",)),
        (("Martini", "Paolo", date(1991, 4, 8), None, "M"), ("given_name",)),
        (("Martini", "Matteo", date(1991, 4, 9), None, "M"), ("birth",)),
        (("Martini", "Matteo", None, "1992", None), ("birth",)),
        (("Martini", "Matteo", None, "1991-05", None), ("birth",)),
        (("Martini", "Matteo", date(1991, 4, 8), None, "F"), ("sex",)),
        (("Verdi", "Anna", date(1990, 1, 1), None, "F"), ("surname", "given_name", "birth", "sex")),
    ],
)
def test_the_code_of_somebody_else_says_in_what(
    held: tuple[str | None, str | None, date | None, str | None, str | None], parts: tuple[str, ...]
) -> None:
    assert tax_code.differences(_code("Martini", "Matteo", "91D08F205"), *held) == parts


def test_one_of_two_surnames_and_names_in_another_script_do_not_differ() -> None:
    code = _code("García", "María", "91D48Z131")
    assert tax_code.differences(code, "García Lorca", "María Pilar", date(1991, 4, 8), None, "F") == ()
    assert tax_code.differences(code, "Гарсия", "محمد", date(1991, 4, 8), None, "F") == ()
    assert tax_code.differences("00743110157", "García", "María", date(1991, 4, 8), None, "F") == ()


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=8))
def test_any_name_can_be_compared(surname: str, given: str, part: str) -> None:
    found = tax_code.differences(KNOWN[0], surname, given, None, part, None)
    assert set(found) <= {"surname", "given_name", "birth"}


def test_codes_are_tidied() -> None:
    assert tax_code.tidy(" mrt-mtt 91d08.f205j ") == "MRTMTT91D08F205J"
