"""Drafts and saved searches of the centre that name a person: they point at nobody, and are found by what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Uuid, cast, func, select

from famdesk.data.base import Record
from famdesk.data.tables.intake import Draft
from famdesk.data.tables.people import Person
from famdesk.data.tables.person_details import SavedSearch
from famdesk.data.tx import Tx

SHORTEST = 3
"""Letters of a name. Shorter ones stand in too many other words."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How many drafts and saved searches of all colleagues name somebody."""

    drafts: int
    searches: int


def count(tx: Tx, person_id: str, people: Sequence[Person]) -> Naming:
    """Those that name the person by full name, alias, tax code or file; `people` are the files of one person."""
    if _on_server(tx):
        return _asked(tx, person_id, forget=False)
    return Naming(*(len(rows) for rows in _found(tx, people)))


def forget(tx: Tx, person_id: str, people: Sequence[Person]) -> tuple[Naming, set[str]]:
    """Deletes them, while the names are still there; gives how many, and the ids of rows whose changes have to go."""
    if _on_server(tx):
        return _asked(tx, person_id, forget=True), set()
    drafts, searches = _found(tx, people)
    for row in (*drafts, *searches):
        tx.session.delete(row)
    return Naming(len(drafts), len(searches)), {row.id for row in searches}


def names(text: str, people: Iterable[Person]) -> bool:
    """Whether a text names one of the persons; a text in JSON is read as what it stands for."""
    with suppress(ValueError):
        text = json.dumps(json.loads(text), ensure_ascii=False)
    plain = text.lower()
    return any(_names(plain, person) for person in people)


def _names(text: str, person: Person) -> bool:
    if person.id in text or _holds(text, person.tax_code) or _holds(text, person.alias):
        return True
    parts = [part for part in (person.surname, person.given_name) if (part or "").strip()]
    return bool(parts) and all(_holds(text, part) for part in parts)


def _holds(text: str, words: str | None) -> bool:
    """Whether whole words stand in a text."""
    wanted = (words or "").strip().lower()
    return len(wanted) >= SHORTEST and re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None


def _found(tx: Tx, people: Sequence[Person]) -> tuple[list[Record], list[Record]]:
    """Looked for in those of all colleagues, which nobody else sees: the coordinator erases them unread."""
    drafts = tx.session.scalars(select(Draft).where(Draft.centre_id == tx.centre_id)).all()
    searches = tx.session.scalars(select(SavedSearch).where(SavedSearch.centre_id == tx.centre_id)).all()
    return ([row for row in drafts if names(f"{row.key} {row.body}", people) or names(row.body, people)],
            [row for row in searches if names(row.name, people) or names(row.filters, people)])  # fmt: skip


def _on_server(tx: Tx) -> bool:
    return tx.session.get_bind().dialect.name == "postgresql"


def _asked(tx: Tx, person_id: str, *, forget: bool) -> Naming:
    asked = func.fd_words_about(cast(person_id, Uuid(as_uuid=False)), forget).table_valued("drafts", "searches").c
    (row,) = tx.rows(select(asked.drafts, asked.searches))
    return Naming(int(row.drafts), int(row.searches))
