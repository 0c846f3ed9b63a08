"""Names as they are typed into a search, for a new file."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.people.typed_names import parted, written


@pytest.mark.parametrize(
    ("typed", "surname", "name"),
    [
        ("", "", ""),
        ("suharto", "Suharto", ""),
        ("rossi anna", "Rossi", "Anna"),
        ("anna rossi", "Rossi", "Anna"),
        ("d'angelo maria luisa", "D'Angelo", "Maria Luisa"),
        ("maria luisa d’angelo", "D’Angelo", "Maria Luisa"),
        ("marco de angelis", "De Angelis", "Marco"),
        ("de franco anna", "De Franco", "Anna"),
        ("maria de rosa", "De Rosa", "Maria"),
        ("mohamed el amrani", "El Amrani", "Mohamed"),
        ("El Amrani Mohamed", "El Amrani", "Mohamed"),
        ("van der Berg Anna", "van der Berg", "Anna"),
        ("D'Amico maria", "D'Amico", "maria"),
        ("rossi-bianchi élise", "Rossi-Bianchi", "Élise"),
        ("luca martina", "Luca", "Martina"),
        ("franco maria rosa", "Franco", "Maria Rosa"),
        ("okonkwo chinedu", "Okonkwo", "Chinedu"),
        ("محمد علي", "محمد", "علي"),
        ("de la", "De", "La"),
    ],
)
def test_a_name_is_parted_as_it_is_meant(typed: str, surname: str, name: str) -> None:
    assert parted(typed) == (surname, name)


def test_capitals_are_given_to_those_who_type_none() -> None:
    assert written("sant'omobono nicolo' o’neill") == "Sant'Omobono Nicolo' O’Neill"
    assert written("von der Leyen") == "von der Leyen"


@given(st.text(max_size=40))
def test_no_word_is_lost(typed: str) -> None:
    surname, name = parted(typed)
    assert sorted(f"{surname} {name}".split()) == sorted(written(typed).split())
