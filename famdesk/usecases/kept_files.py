"""The file to open for one that was made one with another."""

from __future__ import annotations

from sqlalchemy import select

from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx


def standing(tx: Tx, person_id: str) -> Person:
    """The file to open for an id: that of the person, or the one that it was made one with.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    seen = {found.id}
    while found.merged_into_id and found.merged_into_id not in seen:
        found = tx.get(Person, found.merged_into_id)
        seen.add(found.id)
    return found


def with_parts(tx: Tx, person_id: str) -> tuple[str, ...]:
    """The id of a file and those of the files that are part of it."""
    rows = tx.rows(select(Person.id).where(Person.merged_into_id == person_id))
    return (person_id, *(row.id for row in rows))
