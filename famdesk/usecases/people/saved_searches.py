"""Searches in People that a colleague keeps under a name, for nobody else to see."""

from __future__ import annotations

import json
from dataclasses import dataclass

from famdesk.data.tables.person_details import SavedSearch
from famdesk.data.tx import Tx
from famdesk.domain.errors import Required, TextTooLong
from famdesk.i18n import N_
from famdesk.i18n.collate import sort_key
from famdesk.usecases.people.person_filters import PersonFilter
from famdesk.usecases.registry import query, usecase

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A search that was kept: its name, what was typed and what was chosen."""

    id: str
    version: int
    name: str
    text: str
    wanted: PersonFilter


@usecase(N_("Search kept"))
def keep(tx: Tx, name: str, text: str, wanted: PersonFilter) -> str:
    """Keeps a search under a name, instead of one's own of the same name; gives the id.

    Raises:
        Required, TextTooLong.
    """
    name = " ".join(name.split())
    if not name:
        raise Required("name")
    if len(name) > LONGEST_NAME:
        raise TextTooLong("name", limit=LONGEST_NAME)
    filters = json.dumps({"text": text, "wanted": json.loads(wanted.to_json())})
    same = [one for one in _own(tx) if one.name.casefold() == name.casefold()]
    if not same:
        return tx.add(SavedSearch(staff_id=tx.actor.staff_id, name=name, filters=filters)).id
    same[0].name, same[0].filters = name, filters
    return same[0].id


@usecase(N_("Search removed"))
def remove(tx: Tx, search_id: str, version: int) -> None:
    """Forgets one of one's own searches; it goes into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(SavedSearch, search_id, version))


@query
def mine(tx: Tx) -> tuple[SavedRow, ...]:
    """One's own searches, by name."""
    rows = []
    for one in _own(tx):
        kept = json.loads(one.filters)
        wanted = PersonFilter.from_json(json.dumps(kept.get("wanted", {})))
        rows.append(SavedRow(one.id, one.version, one.name, kept.get("text", ""), wanted))
    return tuple(sorted(rows, key=lambda row: sort_key(row.name)))


def _own(tx: Tx) -> list[SavedSearch]:
    return list(tx.all(SavedSearch, SavedSearch.staff_id == tx.actor.staff_id))
