"""How the search index is asked: one range of its tree per question, the same on both engines.

The most telling word typed begins the range; every rotation of a text is a key, so it is found wherever it stands. The
other words must begin further words of the same key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, literal, select, tuple_

from famdesk.data.search import LONGEST_KEY, SearchKey
from famdesk.data.tx import Tx
from famdesk.domain.people import contact
from famdesk.domain.text import tokens

LAST = "\U0010ffff"
"""Sorts after every text that continues a prefix."""

CHUNK = 120


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed: the word that begins the range, all words, and whether it is a number."""

    head: str
    words: tuple[str, ...]
    number: bool = False

    @property
    def whole(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Found:
    """A record that fits. `exact`: one of its keys is just what was typed."""

    kind: str
    id: str
    exact: bool


def question(text: str) -> Question | None:
    """What to look for; None if nothing was typed that can be looked for."""
    number = contact.typed_number(text)
    if number:
        return Question(number, (number,), number=True)
    words = tokens(text)
    if not words:
        return None
    head = max(words, key=len)[:LONGEST_KEY]
    return Question(head, words)


def statement(
    asked: Question, *where: ColumnElement[bool], after: tuple[str, str] | None = None
) -> Select[str, str, str]:
    """The keys in the range, in their order, `CHUNK` at a time; `after` is the key and record that came last."""
    chosen = select(SearchKey.key, SearchKey.record_id, SearchKey.kind).where(
        SearchKey.key >= asked.head, SearchKey.key < asked.head + LAST, *where
    )
    if after is not None:
        key, record_id = literal(after[0], SearchKey.key.type), literal(after[1], SearchKey.record_id.type)
        chosen = chosen.where(tuple_(SearchKey.key, SearchKey.record_id) > tuple_(key, record_id))
    for word in asked.words:
        if word != asked.head:
            chosen = chosen.where(SearchKey.key.contains(f" {word}", autoescape=True))
    return chosen.order_by(SearchKey.key, SearchKey.record_id).limit(CHUNK)


def find(
    tx: Tx, asked: Question, limit: int, keep: Callable[[Sequence[Found]], Sequence[Found]], *where: ColumnElement[bool]
) -> list[Found]:
    """Up to `limit` records, those that fit exactly first; `keep` leaves out what this person may not know of."""
    found: dict[str, Found] = {}
    for chunk in _chunks(tx, asked, where):
        news = [one for one in chunk if one.id not in found or (one.exact and not found[one.id].exact)]
        kept = {one.id: one for one in news if one.id in found}
        kept.update({one.id: one for one in keep([one for one in news if one.id not in found])})
        found.update(kept)
        if len(found) >= limit:
            break
    return sorted(found.values(), key=lambda one: not one.exact)[:limit]


def _chunks(tx: Tx, asked: Question, where: tuple[ColumnElement[bool], ...]) -> Iterator[list[Found]]:
    after: tuple[str, str] | None = None
    while True:
        rows = tx.rows(statement(asked, *where, after=after))
        news: dict[str, Found] = {}
        for key, record_id, kind in rows:
            exact = key == asked.whole
            if fits(asked.words, key) and (record_id not in news or exact):
                news[record_id] = Found(kind, record_id, exact)
        yield list(news.values())
        if len(rows) < CHUNK:
            return
        after = (rows[-1][0], rows[-1][1])


def fits(words: Sequence[str], key: str) -> bool:
    """Whether each word begins a word of the key, no word of the key serving twice."""
    free = key.split()
    for word in sorted(words, key=len, reverse=True):
        match = min((one for one in free if one.startswith(word)), key=len, default=None)
        if match is None:
            return False
        free.remove(match)
    return True
