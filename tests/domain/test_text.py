from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.errors import BadText
from famdesk.domain.text import (
    age_in_months,
    age_text,
    check_storable,
    fold,
    initials,
    rotations,
    search_forms,
    tokens,
)
from famdesk.i18n import using

WORDS = st.lists(st.text("abcdeèò", min_size=1, max_size=5), max_size=5).map(tuple)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Nicolò", "nicolo"),
        ("NICOLO'", "nicolo"),
        ("D’Angelo", "dangelo"),
        ("Nicolo´", "nicolo"),
        ("Łukasz Đoković", "lukasz dokovic"),
        ("Straße", "strasse"),
        ("STRASSE ẞ", "strasse ss"),
        ("Æsir, cœur", "aesir, coeur"),
        ("Ağrı Işık", "agri isik"),
        ("ﬁglio", "figlio"),
        ("na\u200dso\u200e", "naso"),
        ("Ștefan Țurcanu", "stefan turcanu"),
        ("مُحَمَّد", "محمد"),
        ("Київ", "київ".replace("ї", "і")),
        ("", ""),
    ],
)
def test_fold_takes_away_what_people_do_not_type(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_fold_keeps_the_vowel_signs_of_indian_scripts() -> None:
    assert fold("বাংলা") == "বাংলা"
    assert tokens("বাংলা ভাষা") == ("বাংলা", "ভাষা")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_fold_does_not_see_normal_forms(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_tokens_part_at_everything_that_is_no_letter_or_number() -> None:
    assert tokens("Polo per l'Infanzia “Hack – Montalcini” 0-6 (A.Pe)") == (
        *("polo", "per", "linfanzia", "hack", "montalcini", "0", "6", "a", "pe"),
    )
    assert tokens(" – ") == ()


def test_rotations() -> None:
    assert rotations(("anna", "de", "luca")) == ("anna de luca", "de luca anna", "luca anna de", "annadeluca")
    assert rotations(("anna",)) == ("anna",)
    assert rotations(()) == ()


@given(WORDS)
def test_every_word_begins_a_rotation(words: tuple[str, ...]) -> None:
    forms = rotations(words)
    assert all(any(form.startswith(word) for form in forms) for word in words)
    assert not words or "".join(words) in forms


@pytest.mark.parametrize("typed", ["santomobono", "sant omobono", "omobono", "Sant'Omobono", "cremona sant"])
def test_search_forms_also_part_at_apostrophes(typed: str) -> None:
    assert any(form.startswith(fold(typed)) for form in search_forms("Sant’Omobono, Cremona"))


def test_search_forms_find_a_name_with_full_stops_and_without() -> None:
    assert any(form.startswith("solco") for form in search_forms("Sol.Co."))


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Marta Rossi", "MR"), ("élise de luca", "ÉDL"), ("(Anna) D'Angelo", "AD"), ("ß", "S"), ("– Anna", "A"), ("", "")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_storable_text_comes_back_in_normal_form_c() -> None:
    assert check_storable("Nicolo\u0300") == "Nicolò"


@pytest.mark.parametrize("bad", ["a\0b", "\ud83d", "x\udfff"])
def test_text_that_cannot_be_stored_names_its_field(bad: str) -> None:
    with pytest.raises(BadText) as caught:
        check_storable(bad, "surname")
    assert caught.value.field == "surname"


@given(st.text())
def test_storable_text_encodes(text: str) -> None:
    try:
        stored = check_storable(text)
    except BadText:
        assert "\0" in text
    else:
        assert "\0" not in text
        assert stored.encode("utf-8").decode("utf-8") == stored


@pytest.mark.parametrize(
    ("birth", "on", "months"),
    [
        (date(2024, 1, 15), date(2024, 1, 15), 0),
        (date(2024, 1, 15), date(2024, 2, 14), 0),
        (date(2024, 1, 15), date(2024, 2, 15), 1),
        (date(2025, 1, 31), date(2025, 2, 27), 0),
        (date(2025, 1, 31), date(2025, 2, 28), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 12),
        (date(2024, 12, 31), date(2025, 12, 31), 12),
        (date(2025, 1, 2), date(2025, 1, 1), None),
    ],
)
def test_age_in_months(birth: date, on: date, months: int | None) -> None:
    assert age_in_months(birth, on) == months


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 40_000))
def test_age_never_falls_and_grows_by_a_month_at_most(birth: date, days: int) -> None:
    today = age_in_months(birth, birth + timedelta(days=days))
    tomorrow = age_in_months(birth, birth + timedelta(days=days + 1))
    assert today is not None
    assert tomorrow is not None
    assert 0 <= tomorrow - today <= 1


def test_age_text_tells_months_of_the_small_and_years_of_the_others() -> None:
    with using("en"):
        assert age_text(date(2024, 1, 15), date(2024, 2, 20)) == "1 month"
        assert age_text(date(2022, 3, 1), date(2025, 2, 28)) == "35 months"
        assert age_text(date(2022, 3, 1), date(2025, 3, 1)) == "3 years"
        assert age_text(date(2025, 3, 1), date(2025, 2, 1)) == ""
