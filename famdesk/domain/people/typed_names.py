"""A name typed into a search as surname and given name, when somebody new is to be written down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from famdesk.domain.people.given_names import COMMON, GROUPS
from famdesk.domain.text import fold

_PARTICLES: Final = frozenset(
    ("d", "da", "dal", "dalla", "de", "degli", "dei", "del", "della", "delle", "dello", "di", "du", "la", "le", "li",
     "lo", "al", "ben", "bin", "bint", "el", "ter", "van", "von", "y")
)  # fmt: skip
"""Words that begin a surname and never end one; folded."""
_BEGINNINGS: Final = re.compile(r"(?:^|(?<=[\s'’\-]))\w")


def written(typed: str) -> str:
    """A name with capitals if it was typed without any: "d'angelo" is "D'Angelo". Who uses capitals means them."""
    if typed != typed.lower():
        return typed
    return _BEGINNINGS.sub(lambda first: first.group().upper(), typed)


def parted(typed: str) -> tuple[str, str]:
    """Surname and given name; a single word is a surname.

    Given names that are met often tell which end they stand at: "maria luisa d'angelo" and "d'angelo maria luisa" are
    parted alike. Where they do not tell, the surname stands first, as in lists, and the last word is the given name.
    """
    words = written(typed).split()
    if len(words) < 2:
        return " ".join(words), ""
    ahead, behind = _given(words), _given(words[::-1])
    at_the_end = behind and _complete(words[:-behind])
    if ahead and not at_the_end and _complete(words[ahead:]):
        return " ".join(words[ahead:]), " ".join(words[:ahead])
    last = min(behind, len(words) - 1) or 1
    while last > 1 and not _complete(words[:-last]):
        last -= 1
    return " ".join(words[:-last]), " ".join(words[-last:])


def _given(words: Sequence[str]) -> int:
    """How many words from the beginning are given names that are met often."""
    return len(list(takewhile(lambda word: fold(word) in COMMON or fold(word) in GROUPS, words)))


def _complete(surname: Sequence[str]) -> bool:
    """Whether words can be a whole surname."""
    return bool(surname) and fold(surname[-1]) not in _PARTICLES
