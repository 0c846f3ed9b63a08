from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain.post.plain_italian import LONGEST, WORDS, hints


def test_a_plain_text_has_no_hints() -> None:
    assert hints("Lo sportello è aperto il giovedì. Chiami il 0372 803430 o passi da noi!") == ()
    assert hints("") == ()


def test_a_long_sentence_is_told_with_its_words() -> None:
    text = "Venga. " + " ".join(["parola"] * (LONGEST + 3)) + ". Grazie."
    (hint,) = hints(text)
    assert (hint.kind, hint.words) == ("long", LONGEST + 3)
    assert text[hint.start : hint.end].strip().startswith("parola")


def test_an_abbreviation_ends_no_sentence() -> None:
    text = "La dott. Rossi " + " ".join(["parla"] * LONGEST)
    assert [hint.kind for hint in hints(text)] == ["long"]


@pytest.mark.parametrize(
    ("text", "word", "better"),
    [
        ("Occorre presentare istanza.", "istanza", "domanda"),
        ("Qualora serva", "Qualora", "se"),
        ("entro e non oltre il 3 maggio", "entro e non oltre", "entro"),
        ("il suddetto modulo", "suddetto", ""),
        ("i nuclei e il nucleo familiare", "nucleo familiare", "famiglia"),
    ],
)
def test_a_word_of_the_office_is_told_with_a_plain_one(text: str, word: str, better: str) -> None:
    (hint,) = hints(text)
    assert (text[hint.start : hint.end], hint.better) == (word, better)


@given(st.text(max_size=400))
def test_every_hint_lies_in_the_text_in_order(text: str) -> None:
    found = hints(text)
    assert all(0 <= hint.start < hint.end <= len(text) for hint in found)
    assert list(found) == sorted(found, key=lambda hint: (hint.start, hint.end))


def test_no_word_is_within_another() -> None:
    assert all(word == word.lower() for word in WORDS)
