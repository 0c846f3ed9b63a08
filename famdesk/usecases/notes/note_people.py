"""Whom notes are about. A note keeps the names that it was written with: who reads follows the files that became one.

No use-cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, func, select

from famdesk.data.tables.notes import Note, NotePerson
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.notes import notes as rules
from famdesk.domain.staff import rights

AT_ONCE = 400


def named(tx: Tx, note_ids: Sequence[str]) -> dict[str, list[NotePerson]]:
    """The rows by which notes name somebody, in the order in which they were named."""
    found: dict[str, list[NotePerson]] = defaultdict(list)
    for first in range(0, len(note_ids), AT_ONCE):
        statement = select(NotePerson).where(
            NotePerson.note_id.in_(note_ids[first : first + AT_ONCE]), NotePerson.deleted_at.is_(None)
        )
        for row in sorted(tx.session.scalars(statement).all(), key=lambda one: one.id):
            found[row.note_id].append(row)
    return found


def rows_of(tx: Tx, note_id: str) -> dict[str, str]:
    """By id of the row that names somebody in a note: the file to open for that person today."""
    rows = tx.rows(_standing().where(NotePerson.note_id == note_id))
    return {row.id: row.person_id for row in rows}


def people(tx: Tx, note_ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """By note: the files to open today for those whom it is about, each once, in the order in which they were named."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for first in range(0, len(note_ids), AT_ONCE):
        for row in tx.rows(_standing().where(NotePerson.note_id.in_(note_ids[first : first + AT_ONCE]))):
            found[row.note_id][row.person_id] = None
    return {note_id: tuple(ids) for note_id, ids in found.items()}


def parts_of_file(tx: Tx, person_id: str) -> tuple[str, ...]:
    """The id of a file and those of the files that are part of it: notes go on naming these."""
    rows = tx.rows(select(Person.id).where(Person.merged_into_id == person_id))
    return (person_id, *(row.id for row in rows))


def standing(tx: Tx, person_ids: Iterable[str]) -> dict[str, str]:
    """The file to open today for each of some persons."""
    ids = sorted(set(person_ids))
    rows = tx.rows(select(Person.id, Person.merged_into_id).where(Person.id.in_(ids)))
    known = {row.id: row.merged_into_id for row in rows}
    return {one: known.get(one) or one for one in ids}


def digests(rows: Iterable[NotePerson]) -> list[tuple[str, str]]:
    """What a signature covers of the rows that name somebody."""
    return sorted((row.id, rules.named(row.centre_id, row.note_id, row.id, row.person_id)) for row in rows)


def hides(note: Note) -> bool:
    """Whether nobody but its author may know that there is such a note."""
    return note.private or note.state == "draft"


def may_know(tx: Tx, colleague: Staff, person_id: str, cell: str) -> bool:
    """Whether a colleague may know somebody, by that colleague's own cell of the rights table."""
    person = tx.session.get(Person, person_id)
    if person is None:
        return False
    ties = _ties(tx, colleague, person_id)
    return rights.allows(cell, rights.Facts(
        own=person.owner_staff_id == colleague.id, assigned="assigned" in ties, blocked="blocked" in ties,
        same_centre=person.centre_id == colleague.centre_id, protected=bool(person.protected),
        restricted=bool(person.restricted),
    ))  # fmt: skip


def kept_from(tx: Tx, colleague: Staff, person_ids: Iterable[str]) -> bool:
    """Whether a colleague is blocked from one of some persons, and so from what is said of all of them."""
    return any("blocked" in _ties(tx, colleague, one) for one in set(person_ids))


def _ties(tx: Tx, colleague: Staff, person_id: str) -> set[str]:
    tie = PersonStaff
    return set(tx.session.scalars(
        select(tie.kind).where(tie.person_id == person_id, tie.staff_id == colleague.id, tie.deleted_at.is_(None))
    ))  # fmt: skip


def _standing() -> Select[*tuple[Any, ...]]:
    return (
        select(NotePerson.id, NotePerson.note_id,
               func.coalesce(Person.merged_into_id, NotePerson.person_id).label("person_id"))
        .outerjoin(Person, Person.id == NotePerson.person_id)
        .where(NotePerson.deleted_at.is_(None)).order_by(NotePerson.id)
    )  # fmt: skip
