"""The order in which people look for a name in a list."""

from __future__ import annotations

import re
import unicodedata

# Letters that Unicode does not take apart into a base and a mark, as they occur in names of families received here.
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_IGNORED = re.compile("['’‘ʼ`´\u00ad\u200b-\u200f-]")  # D'Angelo stands among Dangelo, not before all other Ds
_APOSTROPHES = re.compile("['’‘ʼ`´]")
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 12


def split_apostrophes(text: str) -> str:
    """The words on both sides of each apostrophe on their own: "sala d’attesa" is also looked for by "attesa"."""
    return _APOSTROPHES.sub(" ", text)


def sort_key(text: str) -> tuple[str, str]:
    """A key for `sorted`: without case, accents and apostrophes, numbers by value; equal names by their spelling."""
    plain = text.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).translate(_LETTERS)
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(_IGNORED.sub("", plain).split())
    return _DIGITS.sub(lambda digits: digits[0].zfill(_LONGEST_NUMBER), plain), text
