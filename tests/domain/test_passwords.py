"""How hard a password is to guess, in words and as a rule."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from famdesk.domain.staff.passwords import SHORTEST, WORDS, EasyToGuess, check, guesses, strength

ORDER = list(WORDS)


@pytest.mark.parametrize(
    ("password", "wanted"),
    [
        ("", "short"),
        ("treno nuv", "short"),
        ("aaaaaaaaaaaa", "weak"),
        ("1234567890", "weak"),
        ("qwertyuiop12", "weak"),
        ("password2025", "weak"),
        ("Centro famiglie", "weak"),
        ("Cremona2025!", "weak"),
        ("P4ssw0rd!!", "weak"),
        ("ottobre2025", "weak"),
        ("12/03/1987 Bari", "weak"),
        ("amore amore amore", "weak"),
        ("treno nuvola", "weak"),
        ("treno nuvola s", "fair"),
        ("tutta-un-altra", "good"),
        ("treno nuvola sasso verde", "strong"),
    ],
)
def test_examples(password: str, wanted: str) -> None:
    assert strength(password) == wanted


def test_names_that_everybody_knows_are_worth_little() -> None:
    alone = guesses("Zavattini Ermelinda")
    known = guesses("Zavattini Ermelinda", ["Ermelinda Zavattini", "e.zavattini"])
    assert known < alone - 4
    assert strength("Zavattini Ermelinda", ["Ermelinda Zavattini"]) == "weak"


def test_accents_and_capitals_of_a_name_do_not_hide_it() -> None:
    assert strength("NICOLÒ NICOLÒ 77", ["Nicolò"]) == "weak"


def test_what_is_easy_to_guess_is_refused_with_what_to_do() -> None:
    with pytest.raises(EasyToGuess) as caught:
        check("Cremona2025!", (), "new")
    assert caught.value.field == "new"
    assert "long phrase" in caught.value.sentence()
    check("tegola aquilone brace")


@settings(max_examples=60)
@given(st.text(max_size=200), st.lists(st.text(max_size=12), max_size=4))
def test_every_password_has_a_word(password: str, about: list[str]) -> None:
    found = strength(password, about)
    assert found in WORDS
    assert (found == "short") == (len(password) < SHORTEST)
