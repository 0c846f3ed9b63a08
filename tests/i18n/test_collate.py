from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from famdesk.i18n.collate import sort_key


def test_accents_case_and_apostrophes_do_not_separate_names() -> None:
    names = ["Zanetti", "d'Angelo", "Èlia", "Dàlmine", "De Luca", "elia", "Łukasz", "D’Antona", "Luca", "Straße"]
    assert sorted(names, key=sort_key) == [
        "Dàlmine", "d'Angelo", "D’Antona", "De Luca", "elia", "Èlia", "Luca", "Łukasz", "Straße", "Zanetti",
    ]  # fmt: skip


def test_numbers_go_by_value() -> None:
    assert sorted(["Civico 81", "Civico 9", "Civico 100"], key=sort_key) == ["Civico 9", "Civico 81", "Civico 100"]


@given(st.lists(st.text()))
def test_the_order_does_not_depend_on_the_order_before(texts: list[str]) -> None:
    assert sorted(texts, key=sort_key) == sorted(reversed(texts), key=sort_key)
