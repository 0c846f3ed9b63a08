"""How alike two names are: accents, apostrophes, blanks, transliterations, typing errors, shorter forms.

Two different given names make two persons, however alike they look ("Mario" and "Maria", "Marco" and "Mirco"): common
given names are therefore known by heart, and a typing error is only believed where one of the two is not among them.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum

from rapidfuzz.distance import OSA

from famdesk.domain.people.given_names import COMMON, GROUPS
from famdesk.domain.people.phonetics import romanised, sound
from famdesk.domain.text import tokens

SHORTEST_MISTYPED = 4
SHORTEST_WITH_TWO_MISTAKES = 9
SHORTEST_MISTYPED_START = 6
_VOWELS = "aeiou"
_WRITTEN = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"), ("j", "i"), ("w", "v"))
_REPEATED = re.compile(r"(.)\1+")
MOST_APART = 2
"""Spellings of one name differ by no more letters than these, once their vowels are written alike."""


class Like(Enum):
    """What a name is to another, the closest first. MISSING: one of them is not known."""

    SAME = "same"
    ACCENTS = "accents"
    JOINED = "joined"
    SOUND = "sound"
    TYPING = "typing"
    PART = "part"
    MISSING = "missing"
    OTHER = "other"


EQUAL = frozenset({Like.SAME, Like.ACCENTS, Like.JOINED})


def compare(one: str | None, other: str | None, *, given: bool) -> Like:
    """What a surname, or a given name (`given`), is to another one as people type them."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return Like.MISSING
    if "".join(first) == "".join(second):
        if _plain(one) == _plain(other):
            return Like.SAME
        return Like.ACCENTS if first == second else Like.JOINED
    if _sounds_like(first, second):
        return Like.SOUND
    if _mistyped("".join(first), "".join(second), given=given):
        return Like.TYPING
    return Like.PART if _within(first, second) else Like.OTHER


def same_words(one: str, other: str) -> bool:
    """Whether two whole names have the same words in any order, or the same letters when written together."""
    first, second = _words(one), _words(other)
    return bool(first) and (sorted(first) == sorted(second) or "".join(first) == "".join(second))


def _words(text: str | None) -> tuple[str, ...]:
    return tokens(text or "")


def _plain(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").casefold().split())


def _sounds_like(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    if len(first) == len(second) and all(_word_sounds_like(*pair) for pair in zip(first, second, strict=True)):
        return True
    return _word_sounds_like("".join(first), "".join(second))


def _word_sounds_like(one: str, other: str) -> bool:
    """The same, or two spellings of one transliterated name.

    Names that end in a consonant mostly come from alphabets without written vowels or with other ones: there the
    consonants decide ("Youssef", "Yusuf"). Italian names end in vowels, which tell them apart ("Marco", "Mirco").
    """
    if one == other or (one in GROUPS and GROUPS.get(one) == GROUPS.get(other)):
        return True
    if one in COMMON and other in COMMON:
        return False
    heard = _heard(one) & _heard(other) - {""}
    if not heard:
        return False
    first, second = romanised(one), romanised(other)
    if _vowels(first) == _vowels(second):
        return True
    from_afar = first[-1] not in _VOWELS and second[-1] not in _VOWELS
    bones = min(heard).replace("a", "")
    return from_afar and len(bones) > 1 and OSA.distance(_even(first), _even(second)) <= MOST_APART


def _heard(word: str) -> set[str]:
    """How a word may sound: the French of North and West Africa writes "ch" what English writes "sh"."""
    return {sound(word), sound(word.replace("ch", "sh"))}


def _vowels(word: str) -> str:
    """The vowels of a word as they are heard: "Nataliya" and "Natalija" have the same."""
    plain = "".join(ch if ch in _VOWELS else " " for ch in _even(word))
    return "".join(re.sub(r"i(?=[aeou])", "", part) for part in _REPEATED.sub(r"\1", plain).split(" "))


def _even(word: str) -> str:
    """The word with the vowels of other spellings written the Italian way."""
    for written, heard in _WRITTEN:
        word = word.replace(written, heard)
    return _REPEATED.sub(r"\1", word)


def _mistyped(one: str, other: str, *, given: bool) -> bool:
    """Whether one is the other with a typing error; of two given names never where both are names."""
    short, long = sorted((len(one), len(other)))
    allowed = 2 if short >= SHORTEST_WITH_TWO_MISTAKES else 1
    if short < SHORTEST_MISTYPED or long - short > allowed or OSA.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    if one[0] != other[0] and sorted(one) != sorted(other) and short < SHORTEST_MISTYPED_START:
        return False
    if not given:
        return True
    if one in COMMON and other in COMMON:
        return False
    return not _other_ending(one, other)


def _other_ending(one: str, other: str) -> bool:
    """Whether two given names differ in the ending that tells men from women: "Mario", "Maria"; "Karim", "Karima"."""
    if one[:-1] == other[:-1]:
        return True
    shorter, longer = sorted((one, other), key=len)
    return longer[:-1] == shorter and longer[-1] in "ao"


def _within(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the words of one are among those of the other, one initial standing for a word ("Anna M.")."""
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == len(longer):
        return _initials(first, second)
    rest = list(longer)
    for word in shorter:
        match = next((one for one in rest if _word_sounds_like(word, one)), None)
        if match is None:
            return False
        rest.remove(match)
    return any(len(word) > 2 for word in shorter)


def _initials(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    pairs = list(zip(first, second, strict=True))
    fits = all(one == other or (1 in (len(one), len(other)) and one[0] == other[0]) for one, other in pairs)
    return fits and len(pairs) > 1
