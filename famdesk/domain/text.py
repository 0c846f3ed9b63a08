"""Text as people type it: folding for search, forms that a prefix search finds, initials, ages, what can be stored."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from famdesk.domain.errors import BadText
from famdesk.i18n import language, ngettext

_APOSTROPHES = "'’‘‛`´ʼʹ′＇"
_NO_APOSTROPHES = str.maketrans("", "", _APOSTROPHES)
_SPLIT_APOSTROPHES = str.maketrans(dict.fromkeys(_APOSTROPHES, " "))
# Letters that Unicode does not decompose but that people type without their stroke or ligature.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)
_PLAIN_WORDS = re.compile("[a-z0-9]+")
_MONTHS_UNTIL_YEARS = 36


def fold(text: str) -> str:
    """The text without case, accents and apostrophes, for comparing: "Nicolò", "NICOLO'" and "nicolo" fold alike.

    Vowel signs of Indian scripts stay, they are letters to their readers; Arabic short vowels go. Folding twice
    changes nothing. Meant for comparing only, never for showing.
    """
    plain = text.translate(_NO_APOSTROPHES)
    if plain.isascii():
        return plain.lower()
    while (folded := _fold_once(plain)) != plain:  # a folded letter can open another mapping; two rounds suffice
        plain = folded
    return plain


def _fold_once(text: str) -> str:
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = "".join(ch for ch in bare if not unicodedata.combining(ch) and unicodedata.category(ch) != "Cf")
    return kept.translate(_PLAIN_LETTERS).translate(_NO_APOSTROPHES)


def tokens(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text, in order; everything else parts them ("0-6" is two)."""
    folded = fold(text)
    if folded.isascii():
        return tuple(_PLAIN_WORDS.findall(folded))
    return tuple("".join(ch if unicodedata.category(ch)[0] in "LMN" else " " for ch in folded).split())


def parted_tokens(text: str) -> tuple[str, ...]:
    """As `tokens`, but apostrophes part words: "D'Angelo" is two."""
    return tokens(text.translate(_SPLIT_APOSTROPHES))


def rotations(words: tuple[str, ...]) -> tuple[str, ...]:
    """Every rotation joined by blanks, then all words joined without blanks; empty for no words.

    A prefix search over these finds "Anna De Luca" by "de lu", "luca an", "anna d" and "annadel".
    """
    if not words:
        return ()
    turned = [" ".join(words[start:] + words[:start]) for start in range(len(words))]
    return tuple(dict.fromkeys([*turned, "".join(words)]))


def search_forms(text: str) -> tuple[str, ...]:
    """What to index so that a prefix search finds the text: the rotations, also with the words parted at apostrophes.

    "Sant'Omobono" is found by "santomobono", "sant omobono" and "omobono".
    """
    parted = parted_tokens(text)
    return tuple(dict.fromkeys([*rotations(tokens(text)), *rotations(parted)]))


def initials(text: str) -> str:
    """The first letter of each word in upper case, accents kept: "élise de luca" is "ÉDL"."""
    words = unicodedata.normalize("NFC", text).split()
    letters = (next((ch for ch in word if ch.isalnum()), "") for word in words)
    return "".join(letter.upper()[:1] for letter in letters)


def check_storable(text: str, field: str | None = None) -> str:
    """The text in Unicode normal form C, ready to be stored.

    Raises:
        BadText: for NUL and for lone surrogates, which the database engines refuse or change silently.
    """
    if any(ch == "\0" or "\ud800" <= ch <= "\udfff" for ch in text):
        raise BadText(field)
    return unicodedata.normalize("NFC", text)


def age_in_months(birth: date, on: date) -> int | None:
    """Whole months lived on a day; None if the day is before the birth (not born yet, or a wrong date).

    A month is complete on the same day of the month, or on the last day of a month that is too short.
    Source: art. 2963 of the Italian civil code (how terms in months run).
    """
    if on < birth:
        return None
    months = (on.year - birth.year) * 12 + on.month - birth.month
    complete = on.day >= birth.day or (on + timedelta(days=1)).month != on.month
    return months if complete else months - 1


def age_text(birth: date, on: date) -> str:
    """The age as people say it: in months up to the third birthday, then in years; empty before the birth."""
    months = age_in_months(birth, on)
    if months is None:
        return ""
    return _age_words(language(), months)


@lru_cache(maxsize=1024)
def _age_words(_language: str, months: int) -> str:
    """Lists tell thirty ages at every key."""
    if months < _MONTHS_UNTIL_YEARS:
        return ngettext("{n} month", "{n} months", months).format(n=months)
    years = months // 12
    return ngettext("{n} year", "{n} years", years).format(n=years)
