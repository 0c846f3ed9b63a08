"""The keys under which a person is found: which words a name has, and the orders in which they are kept.

A name is a bag of words: those that people write, the parts at apostrophes, surnames and given names written in one
(De Luca, Deluca), other alphabets in Latin letters. For every word that may be looked up, and every other one that
may be typed beside it, there is a key that begins with the two: so any two words typed are one short range.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from famdesk.domain.people.phonetics import romanised
from famdesk.domain.text import parted_tokens, tokens

MOST_WORDS = 10
"""Words of one name that are indexed; who is called longer is found by the first ten."""

PARTICLES = frozenset(
    {"d", "da", "dal", "dall", "dalla", "de", "degli", "dei", "del", "della", "delle", "dello", "den", "der", "di",
     "du", "e", "el", "al", "la", "le", "lo", "van", "von", "y", "bin", "ben", "ibn"}
)  # fmt: skip
"""Words that are in a name but that nobody is looked up by, and that people leave out or mix up."""

STREETS = frozenset(
    {"via", "viale", "v", "piazza", "piazzale", "piazzetta", "p", "pza", "corso", "c", "strada", "vicolo", "largo",
     "localita", "loc", "fraz", "frazione", "interno", "int", "scala", "sc", "n", "nr", "piano"}
)  # fmt: skip


def name_words(*fields: str | None) -> tuple[str, ...]:
    """The bag of words of a name, each field (surname, given name, alias) a text of its own."""
    words: list[str] = []
    for field in fields:
        folded = tokens(field or "")
        parted = parted_tokens(field or "")
        known = [*words]
        _join(words, folded, known)
        if parted != folded:
            _join(words, parted, words)
        whole = "".join(folded)
        if 1 < len(folded) <= 3:
            _join(words, (whole,), words)
    latin = [roman for word in words if (roman := romanised(word)) != word and roman]
    return tuple([*words, *latin][:MOST_WORDS])


def _join(words: list[str], news: Iterable[str], known: Sequence[str]) -> None:
    """Adds what is not there yet; a word that stands twice in one field stays twice."""
    before = list(known)
    for word in news:
        if word in before:
            before.remove(word)
        else:
            words.append(word)


def pair_keys(words: Sequence[str]) -> list[str]:
    """The keys of a bag: every word first, every other one second, then the rest.

    Particles begin one key only, with the word that follows them.
    """
    places = range(len(words))
    if len(words) < 2:
        return list(words)
    pairs = [
        (head, second) for head in places
        for second in ([(head + 1) % len(words)] if words[head] in PARTICLES else places) if second != head
    ]  # fmt: skip
    return list(dict.fromkeys(_beginning(words, head, second) for head, second in pairs))


def _beginning(words: Sequence[str], head: int, second: int) -> str:
    rest = (words[place] for place in range(len(words)) if place not in {head, second})
    return " ".join((words[head], words[second], *rest))


def joined_keys(surname: str | None, given_name: str | None) -> list[str]:
    """Surname and given name in one: what somebody types who never uses the space bar."""
    first, second = "".join(tokens(surname or "")), "".join(tokens(given_name or ""))
    return [first + second] if first and second else []


def address_keys(text: str) -> list[str]:
    """The keys of an address: each telling word first, then the others in their order; none begins with "via"."""
    words = tokens(text)[:MOST_WORDS]
    telling = [place for place, word in enumerate(words) if is_telling(word)]
    return list(dict.fromkeys(" ".join((*words[place:], *words[:place])) for place in telling))


def is_telling(word: str) -> bool:
    """Whether a word of an address is worth beginning with."""
    return len(word) > 1 and not word.isdecimal() and word not in STREETS and word not in PARTICLES
