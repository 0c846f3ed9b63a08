"""The print register: who printed a sheet with people on it, and the safe-contact rule on paper."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select

from famdesk.data.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.usecases.registry import query


@query
def note(tx: Tx, sheet: str, subjects: Sequence[tuple[str, str]]) -> None:
    """Notes in the journal that a sheet about these records is made: written down before the sheet is shown."""
    tx.log("print", subjects=[(table, row_id, sheet, []) for table, row_id in subjects])


@query
def guarded(tx: Tx, person_ids: Sequence[str]) -> frozenset[str]:
    """Those of the persons whose file is protected or restricted: no paper that others may see names them."""
    rows = tx.rows(select(Person.id).where(Person.id.in_(person_ids), or_(Person.protected, Person.restricted)))
    return frozenset(row.id for row in rows)


@query
def paper_is_safe(tx: Tx, person_id: str) -> bool:
    """Whether paper with the centre's name may be given to a person: nothing in their contacts forbids writing.

    Raises:
        NotFound.
    """
    tx.get(Person, person_id)
    rows = tx.rows(
        select(ContactPoint.may_write, ContactPoint.neutral_name).where(
            ContactPoint.person_id == person_id, ContactPoint.deleted_at.is_(None)
        )
    )
    return all(row.may_write and not row.neutral_name for row in rows)
