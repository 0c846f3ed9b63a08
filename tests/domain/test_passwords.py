"""How hard a password is to guess, in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.passwords import SHORTEST, WORDS, strength

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
        ("treno nuvola", "fair"),
        ("treno nuvola s", "good"),
        ("treno nuvola sasso verde", "strong"),
    ],
)
def test_examples(password: str, wanted: str) -> None:
    assert strength(password) == wanted


def test_names_that_everybody_knows_are_worth_little() -> None:
    alone = strength("Giovannini Marisa")
    known = strength("Giovannini Marisa", ["Marisa Giovannini", "m.giovannini"])
    assert ORDER.index(known) < ORDER.index(alone)


def test_accents_and_capitals_of_a_name_do_not_hide_it() -> None:
    assert strength("NICOLÒ NICOLÒ 77", ["Nicolò"]) == "weak"


@given(st.text(max_size=60), st.lists(st.text(max_size=12), max_size=4))
def test_every_password_has_a_word(password: str, about: list[str]) -> None:
    found = strength(password, about)
    assert found in WORDS
    assert (found == "short") == (len(password) < SHORTEST)


@given(st.text(alphabet="abcdefghilmnopqrstuvz 0123456789", min_size=SHORTEST, max_size=30))
def test_repeating_the_last_letter_makes_nothing_harder(password: str) -> None:
    assert strength(password + password[-1] * 5) == strength(password)
