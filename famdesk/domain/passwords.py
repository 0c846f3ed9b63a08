"""How hard a password is to guess, in one word: a help while it is typed, not a rule. The rule is its length."""

from __future__ import annotations

import math
from collections.abc import Iterable

from famdesk.domain.text import fold
from famdesk.i18n import N_

SHORTEST = 10

WORDS = {
    "short": N_("too short"),
    "weak": N_("easy to guess"),
    "fair": N_("fair"),
    "good": N_("good"),
    "strong": N_("very good"),
}
_KINDS = ((str.islower, 26), (str.isupper, 26), (str.isdigit, 10))
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm", "01234567890")
_COMMON = ("password", "segreto", "amore", "ciao", "famiglia", "famiglie", "centro", "famdesk", "benvenuto", "admin")
_LIMITS = ((40, "weak"), (55, "fair"), (75, "good"))


def strength(password: str, about: Iterable[str] = ()) -> str:
    """One of the codes of `WORDS`; `about` are names that a guesser would try first (person, user name, centre)."""
    if len(password) < SHORTEST:
        return "short"
    bits = _bits(password, [word for text in about for word in fold(text).split() if len(word) > 2])
    return next((code for limit, code in _LIMITS if bits < limit), "strong")


def _bits(password: str, names: list[str]) -> float:
    """The guesses needed as a power of two, as far as length, kinds of letters and habits tell."""
    alphabet = sum(size for kind, size in _KINDS if any(kind(letter) for letter in password))
    alphabet += 33 if any(not letter.isalnum() for letter in password) else 0
    return _unforeseen(fold(password), [*_COMMON, *names]) * math.log2(max(alphabet, 2))


def _unforeseen(text: str, words: list[str]) -> float:
    """How many letters do not follow from others: a known word counts as one letter and a half, a run as nothing."""
    count = 0.0
    for word in words:
        pieces = text.count(word)
        count += 1.5 * pieces
        text = text.replace(word, "\0")
    for before, letter in zip(" " + text, text, strict=False):
        if letter != "\0" and not _follows(before, letter):
            count += 1
    return count


def _follows(before: str, letter: str) -> bool:
    pair = before + letter
    return before == letter or any(pair in run or pair in run[::-1] for run in _RUNS)
