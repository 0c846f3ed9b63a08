from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from famdesk.i18n.collate import sort_key, split_apostrophes


def test_accents_case_and_apostrophes_do_not_separate_names() -> None:
    names = ["Zanetti", "d'Angelo", "Èlia", "Dàlmine", "De Luca", "elia", "Łukasz", "D’Antona", "Luca", "Straße"]
    assert sorted(names, key=sort_key) == [
        "Dàlmine", "d'Angelo", "D’Antona", "De Luca", "elia", "Èlia", "Luca", "Łukasz", "Straße", "Zanetti",
    ]  # fmt: skip


def test_words_on_both_sides_of_an_apostrophe_are_found() -> None:
    assert split_apostrophes("Accesso d’emergenza, l'attesa").split() == ["Accesso", "d", "emergenza,", "l", "attesa"]


def test_numbers_go_by_value() -> None:
    assert sorted(["Civico 81", "Civico 9", "Civico 100"], key=sort_key) == ["Civico 9", "Civico 81", "Civico 100"]


@given(st.permutations(["elia", "Elia", "Èlia", "ELIA", "e lia", "e-lia"]))
def test_names_that_look_alike_have_one_order(names: list[str]) -> None:
    assert sorted(names, key=sort_key) == ["e lia", "ELIA", "Elia", "e-lia", "elia", "Èlia"]
