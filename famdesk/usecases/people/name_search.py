"""How persons are found by words: first those who fit what was typed, then those who were perhaps meant.

The vocabulary says which words exist and how common they are; so every question becomes a few short ranges of the
index, each beginning with two of the words typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from famdesk.data.search import scan
from famdesk.data.tx import Tx
from famdesk.data.words import WordBook
from famdesk.domain.people.name_keys import PARTICLES, STREETS
from famdesk.domain.people.phonetics import romanised
from famdesk.domain.people.vocabulary import LAST, Vocabulary
from famdesk.usecases.lookup import fits

Range = tuple[str, str, str]
"""First key, the key after the last, and what a key must contain; see `scan`."""

Keep = Callable[[Sequence[str]], set[str]]
"""Of ids of persons, those whom this person may know of and who pass the filters."""

SIMILAR_UP_TO = 30
"""Others are looked for until so many are listed."""

AT_ONCE = 64
MOST_KEYS = 20_000
MOST_RANGES = 120
MANY = 1_000_000
RARE = 500
"""Bearers of a word of whom each can be looked at."""

BOTH = 8
"""Words tried for each of two misspelt ones."""

NEAR = 1.25
"""How far off somebody may be beside others who fit what was typed."""

A_PERSONS_KEYS = 4
"""Under one word stand several keys of one person, up to about so many."""

LEFT_OUT = 0.3
JOINED = 0.5
ROMAN = 0.1


@dataclass(frozen=True, slots=True)
class Match:
    """A person who was found. `penalty` 0: fits what was typed; more: perhaps meant, the less the likelier."""

    id: str
    penalty: float


def vocabulary(tx: Tx) -> Vocabulary:
    """The words of names that the running query may know of."""
    book: WordBook = tx.session.info["words"]
    return book.vocabulary(tx.session, tx.centre_id, tx.actor.staff_id, tx.visible_person)


class NameSearch:
    """One search for persons by at least two words, or for those meant by misspelt ones."""

    def __init__(self, tx: Tx, words: tuple[str, ...], limit: int, keep: Keep) -> None:
        self._tx = tx
        self._words = words
        self._limit = limit
        self._keep = keep
        self._fits = False
        self.found: dict[str, Match] = {}

    @cached_property
    def _known(self) -> Vocabulary:
        return vocabulary(self._tx)

    def fitting(self) -> None:
        """Finds those whose names have all words, in any order, shortened as people do."""
        self._exact(self._words, 0.0)

    def similar(self) -> None:
        """Fills up with those who were perhaps meant: other spellings of the words, the nearest first."""
        self._limit = min(self._limit, SIMILAR_UP_TO)
        self._fits = bool(self.found)
        for words, penalty in self._variants():
            if not self._full():
                self._exact(words, penalty)
        if not self._full():
            self._take(self._one_misspelt(self._words))
        if not self._full():
            self._take(self._two_misspelt())
        if not self.found:
            for words, _penalty in self._variants():
                self._take(self._one_misspelt(words))

    def _full(self) -> bool:
        return len(self.found) >= self._limit

    def _variants(self) -> Iterator[tuple[tuple[str, ...], float]]:
        words = self._words
        latin = tuple(romanised(word) or word for word in words)
        if latin != words:
            yield latin, ROMAN
        telling = tuple(word for word in words if word not in PARTICLES)
        if telling and telling != words:
            yield telling, LEFT_OUT
        for place in range(len(words) - 1):
            yield (*words[:place], words[place] + words[place + 1], *words[place + 2 :]), JOINED

    def _exact(self, words: tuple[str, ...], penalty: float) -> None:
        if len(words) == 1:
            self._page([(words[0], words[0] + LAST, "")], words, penalty)
            return
        known = self._known
        if not all(known.weight(word, 1) for word in words if not word.isdecimal() and word not in STREETS):
            return
        pairable = _rarest_first(known, [word for word in words if word not in STREETS])
        heads = [word for word in pairable if not word.isdecimal()]
        head = next((word for word in heads if word not in PARTICLES), heads[0] if heads else "")
        if not head:
            return
        second = next((word for word in _without(pairable, head) if word not in PARTICLES), None)
        second = second or next(iter(_without(pairable, head)), None)
        if second is None:
            self._with_streets(head, words, penalty)
            return
        self._in_order(words, penalty)
        if self._full():
            return
        rest = _without(_without(words, head), second)
        third = _longest(rest) or _beside([head, *rest], head)
        for beginnings in _batches(known, head):
            self._page([_pair(word, second, third) for word in beginnings], words, penalty)
            if self._full():
                return
        if known.weight(head, RARE) < RARE:  # the words of an address stand beside each other only in its order
            self._page([(head, head + LAST, _beside(words, head))], words, penalty)

    def _in_order(self, words: tuple[str, ...], penalty: float) -> None:
        """ "de m", "lo rosa p": a particle begins one key, with the word that follows it: one range, before those of
        all words that begin with a letter."""
        first, *rest = words
        if first in PARTICLES and rest[0] not in PARTICLES:
            others = rest[1:]
            self._page([_pair(first, rest[0], _longest(others) or _beside([first, *others], first))], words, penalty)

    def _with_streets(self, head: str, words: tuple[str, ...], penalty: float) -> None:
        """Only one word is worth beginning with: "roma via", but also the first letter of a name, "radu p"."""
        for other in _without(words, head)[:1]:
            beginnings = self._known.commonest(head, AT_ONCE)
            self._page([_pair(word, other, "") for word in beginnings], words, penalty)
        if not self._full():
            self._page([(head, head + LAST, _beside(words, head))], words, penalty)

    def _page(self, ranges: list[Range], words: tuple[str, ...], penalty: float) -> None:
        """Reads more and more keys of the ranges until enough persons are found."""
        most = (A_PERSONS_KEYS if len(words) == 1 else 2) * self._limit
        while ranges:
            rows = scan(self._tx.session, self._tx.centre_id, ranges, most, most)
            self._add_fitting(rows, words, penalty)
            if len(rows) < most or self._full() or most >= MOST_KEYS:
                return
            most *= 6

    def _one_misspelt(self, words: tuple[str, ...]) -> list[tuple[float, Range, tuple[str, ...]]]:
        """(penalty, range, words that have to fit besides) for each word taken for another."""
        asked: list[tuple[float, Range, tuple[str, ...]]] = []
        for place, typed in enumerate(words):
            others = (*words[:place], *words[place + 1 :])
            partner = _longest(others).strip()
            if partner and not self._known.weight(partner, 1):
                continue
            for near in self._known.near(typed, short=bool(others)):
                if not partner:
                    span = (near.word, near.word + "!", "")
                else:
                    span = _pair(near.word, partner, _longest(_without(others, partner)))
                asked.append((near.penalty, span, (*others, near.word)))
        return asked

    def _two_misspelt(self) -> list[tuple[float, Range, tuple[str, ...]]]:
        longest = sorted((word for word in self._words if word not in PARTICLES), key=len)[-2:]
        if len(longest) < 2:
            return []
        others = tuple(_without(_without(self._words, longest[0]), longest[1]))
        part = _longest(others)
        first, second = (self._known.near(word)[:BOTH] for word in longest)
        return [
            (one.penalty + other.penalty, (f"{one.word} {other.word}", f"{one.word} {other.word}!", part), others)
            for one in first for other in second
        ]  # fmt: skip

    def _take(self, asked: list[tuple[float, Range, tuple[str, ...]]]) -> None:
        furthest = NEAR if self._fits else 9.0
        asked = sorted((one for one in asked if one[0] <= furthest), key=lambda one: one[0])
        each = self._limit if len(self._words) > 1 else max(4, self._limit // 4)
        for start in range(0, len(asked), MOST_RANGES):
            some = asked[start : start + MOST_RANGES]
            rows = scan(self._tx.session, self._tx.centre_id, [span for _p, span, _o in some], each, 20 * self._limit)
            self._add(_checked(some, rows))
            if self._full():
                return

    def _add_fitting(self, rows: Sequence[tuple[int, str, str]], words: tuple[str, ...], penalty: float) -> None:
        """Keeps those who may be known in the order of their keys, looking at no more of these than it takes."""
        news = self._news(rows, words)
        while not self._full() and (some := list(islice(news, self._limit - len(self.found)))):
            kept = self._keep(some)
            self.found.update({one: Match(one, penalty) for one in some if one in kept})

    def _news(self, rows: Sequence[tuple[int, str, str]], words: tuple[str, ...]) -> Iterator[str]:
        seen = set(self.found)
        for _place, key, record_id in rows:
            if record_id not in seen and (len(words) == 1 or fits(words, key)):
                seen.add(record_id)
                yield record_id

    def _add(self, found: Iterable[tuple[str, float]]) -> None:
        """Keeps those who may be known, the best first, until there are enough."""
        best: dict[str, float] = {}
        for record_id, penalty in found:
            if record_id not in self.found:
                best[record_id] = min(penalty, best.get(record_id, penalty))
        order = sorted(best, key=best.__getitem__)
        while order and not self._full():
            some, order = order[: self._limit], order[self._limit :]
            kept = self._keep(some)
            room = self._limit - len(self.found)
            self.found.update({one: Match(one, best[one]) for one in [one for one in some if one in kept][:room]})


def _rarest_first(known: Vocabulary, words: list[str]) -> list[str]:
    """The words by how many bear them, numbers last. The longest is counted first, the others no further than it."""
    enough, weights = 100_000, dict[str, int]()
    for word in sorted(words, key=len, reverse=True):
        weights[word] = MANY if word.isdecimal() else known.weight(word, enough)
        enough = min(enough, weights[word] + 1)
    return sorted(words, key=weights.__getitem__)


def _batches(known: Vocabulary, head: str) -> Iterator[list[str]]:
    """The words that continue a prefix, the commonest first, a few at a time."""
    words = known.commonest(head, AT_ONCE)
    yield words
    if len(words) == AT_ONCE:
        rest = sorted(set(known.continuing(head)) - set(words))
        for start in range(0, len(rest), 4 * AT_ONCE):
            yield rest[start : start + 4 * AT_ONCE]


def _checked(
    asked: Sequence[tuple[float, Range, tuple[str, ...]]], rows: Iterable[tuple[int, str, str]]
) -> Iterator[tuple[str, float]]:
    """Persons, with the penalty, whose key has all words of its question; a particle may be missing."""
    for place, key, record_id in rows:
        penalty, _span, words = asked[place]
        missing = [word for word in words if word in PARTICLES and not fits((word,), key)]
        if fits([word for word in words if word not in missing], key):
            yield record_id, penalty + LEFT_OUT * bool(missing)


def _pair(first: str, second: str, third: str) -> Range:
    return f"{first} {second}", f"{first} {second}{LAST}", third


def _longest(words: Sequence[str]) -> str:
    """The longest word but particles, with the blank before it; "" if there is none."""
    telling = [word for word in words if word not in PARTICLES and word not in STREETS and not word.isdecimal()]
    return f" {max(telling, key=len)}" if telling else ""


def _beside(words: Sequence[str], head: str) -> str:
    """The longest other word, with the blank before it, that stands after the first word of every key that fits."""
    others = [word for word in _without(words, head) if not word.startswith(head)]
    return f" {max(others, key=len)}" if others else ""


def _without(words: Sequence[str], one: str) -> list[str]:
    rest = list(words)
    rest.remove(one)
    return rest
