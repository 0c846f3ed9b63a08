"""Keys are called in every text what stands on the keyboard of the language."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from tests.support import catalogues

FOREIGN = {
    "de": re.compile(r"\b(Ctrl|Shift|Enter|Return|Del|Delete|Home|PgUp|Einfg|Eingabetaste|Hochstell)\b"),
    "it": re.compile(r"\b(Enter|Return|Shift|Strg|Delete|Home|PgUp)\b"),
}
KEYS = re.compile(r"\b(Ctrl|Alt|Shift)\+|\b(Enter|Space|Delete|Del|Esc|Tab) [a-z]|[:·,] ?(Enter|Space|Delete)\b")
"""English texts in which a key is named."""


@pytest.mark.parametrize("language", sorted(FOREIGN))
def test_no_key_has_a_foreign_name(language: str) -> None:
    with catalogues.po_file(language).open("rb") as file:
        found = read_po(file, locale=language)
    named = [message for message in found if isinstance(message.id, str) and KEYS.search(message.id)]
    assert len(named) > 20
    wrong = {message.string for message in named if FOREIGN[language].search(str(message.string))}
    assert wrong == set()
