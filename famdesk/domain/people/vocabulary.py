"""The words that names are made of, kept in memory: what continues a prefix, and what was meant by a misspelt word."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from heapq import nlargest
from typing import TypeVar

from famdesk.domain.people.phonetics import one_slip, romanised, sound, spellings

T = TypeVar("T")

LAST = "\U0010ffff"
"""Sorts after every text that continues a prefix."""

MOST = 160
"""Words that are tried instead of one that was typed."""

MANY = 1000
SHORT = 2
"""Letters up to which a prefix is remembered."""
MOST_REMEMBERED = 2000
AT_A_TIME = 100
CONTINUED = 5
LEAST_LETTERS = 3
LEAST_FOR_TWO_SLIPS = 6
OTHER_SPELLING = 0.6
"""Of a name that is known to be written in several ways."""

SOUNDS_ALIKE = 0.62
"""How similar (Jaro-Winkler) a word of the same sound has to be written."""


@dataclass(frozen=True, slots=True)
class Near:
    """A word that may have been meant; `penalty` 0: typed just so, 1: one slip away."""

    word: str
    penalty: float


class Vocabulary:
    """Words with the number of persons who bear them."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._bearers: dict[str, int] = {}
        self._sounds: dict[str, tuple[str, ...]] = {}  # of plain tuples the garbage collector need not know
        self._asked: dict[tuple[str, int], list[str]] = {}
        self._weights: dict[tuple[str, int], int] = {}

    def __len__(self) -> int:
        return len(self._words)

    def learn(self, rows: Iterable[tuple[str, int, str]]) -> None:
        """Takes in words as (word, bearers, sound code), or what is new of them."""
        self._asked.clear()
        self._weights.clear()
        news: list[str] = []
        for word, bearers, code in rows:
            if word not in self._bearers:
                news.append(word)
                self._sounds[code] = (*self._sounds.get(code, ()), word)
            self._bearers[word] = bearers
        if len(news) > MANY:
            self._words = sorted((*self._words, *news))
        else:
            for word in news:
                insort(self._words, word)

    def bearers(self, word: str) -> int:
        """How many persons bear the word."""
        return self._bearers.get(word, 0)

    def continuing(self, prefix: str) -> list[str]:
        """The words that begin with a prefix, in their order."""
        return self._words[bisect_left(self._words, prefix) : bisect_left(self._words, prefix + LAST)]

    def weight(self, prefix: str, enough: int) -> int:
        """How many persons bear a word that begins so; counted up to about `enough`."""
        if len(prefix) > SHORT:
            return self._counted(prefix, enough)
        known = self._weights.get((prefix, enough))
        if known is None:
            known = _few(self._weights)[prefix, enough] = self._counted(prefix, enough)
        return known

    def _counted(self, prefix: str, enough: int) -> int:
        total, place = 0, bisect_left(self._words, prefix)
        end = bisect_left(self._words, prefix + LAST, place)
        while place < end and total < enough:
            total += sum(map(self._bearers.__getitem__, self._words[place : min(end, place + AT_A_TIME)]))
            place += AT_A_TIME
        return total

    def near(self, typed: str, *, short: bool = False) -> list[Near]:
        """What may have been meant by a word of at least four letters, three if `short`; the nearest first.

        Words one slip away, the commonest words that continue such a spelling, words that sound the same, and, if
        there are few of them, words two slips away.
        """
        found: dict[str, float] = {}
        if len(typed) < LEAST_LETTERS + (not short):
            return []
        if typed.isascii():
            self._slips(typed, found)
        self._alike(typed, found)
        for word in spellings(typed):
            if word in self._bearers and word != typed:
                _keep(found, word, OTHER_SPELLING)
        if len(found) < CONTINUED and len(typed) >= LEAST_FOR_TWO_SLIPS:
            self._two_slips(typed, found)
        order = sorted(found, key=lambda word: (found[word], abs(len(word) - len(typed)), -self._bearers[word], word))
        return [Near(word, found[word]) for word in order[:MOST]]

    def commonest(self, prefix: str, most: int) -> list[str]:
        """The words that begin so and that most persons bear; of a few letters, where thousands do, they are looked
        for once."""
        if len(prefix) > SHORT:
            return nlargest(most, self.continuing(prefix), key=self._bearers.__getitem__)
        known = self._asked.get((prefix, most))
        if known is None:
            found = nlargest(most, self.continuing(prefix), key=self._bearers.__getitem__)
            known = _few(self._asked)[prefix, most] = found
        return list(known)

    def _slips(self, typed: str, found: dict[str, float]) -> None:
        for spelling, penalty in one_slip(typed):
            if spelling in self._bearers:
                _keep(found, spelling, penalty)
            place = bisect_left(self._words, spelling)
            if spelling and place < len(self._words) and self._words[place].startswith(spelling):
                for word in self.commonest(spelling, CONTINUED):
                    _keep(found, word, penalty + (0.3 if word != spelling else 0.0))

    def _alike(self, typed: str, found: dict[str, float]) -> None:
        from rapidfuzz.distance import JaroWinkler

        code, latin = sound(typed), romanised(typed)
        if len(code) < LEAST_LETTERS:
            return
        likeness: Callable[[str, str], float] = JaroWinkler.similarity
        for word in self._sounds.get(code, ()):
            alike = likeness(latin, romanised(word))
            if word != typed and alike >= SOUNDS_ALIKE:
                _keep(found, word, 0.7 + (1 - alike))

    def _two_slips(self, typed: str, found: dict[str, float]) -> None:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        words = self.continuing(typed[0])
        for word, distance, _place in process.extract(typed, words, scorer=OSA.distance, score_cutoff=2, limit=MOST):
            if word != typed:
                _keep(found, word, float(distance))


def _few(remembered: dict[tuple[str, int], T]) -> dict[tuple[str, int], T]:
    """With room for one more."""
    if len(remembered) >= MOST_REMEMBERED:
        remembered.clear()
    return remembered


def _keep(found: dict[str, float], word: str, penalty: float) -> None:
    if penalty < found.get(word, 9.0):
        found[word] = penalty
