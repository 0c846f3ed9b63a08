"""Words that are looked for are found in the text as it stands, whatever its accents."""

from __future__ import annotations

import pytest

from famdesk.domain.notes.found_words import spans


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("La paura del buio", "paura", ["paura"]),
        ("Perché no? PERCHE’ sì.", "perche", ["Perché", "PERCHE"]),
        ("Nicolò dorme, nicolò sogna", "nicolo sogn", ["Nicolò", "nicolò", "sogn"]),
        ("l’amico e lamico", "lamico", ["l’amico", "lamico"]),
        ("straße", "ss", ["ß"]),
        ("ababab", "aba bab", ["ababab"]),
        ("e\u0300 vero", "e", ["e\u0300", "e"]),
        ("caffe\u0300.", "caffe", ["caffe\u0300"]),
        ("una casa", "", []),
        ("", "casa", []),
        ("una casa", "  ", []),
    ],
)
def test_the_places_of_words(text: str, typed: str, found: list[str]) -> None:
    places = [text[start:end] for start, end in spans(text, typed)]
    assert places == found
