"""What was known of a person on a day in the past."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, select

from famdesk.data.journal import AuditEntry, Change
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.i18n import _
from famdesk.usecases.people.person_file import OWN_FIELDS
from famdesk.usecases.registry import query


@dataclass(frozen=True, slots=True)
class Known:
    """The person's own details as they stood at the end of the day `on`, in the order of the file.

    `fields` are (column, value as text); what was empty is missing. `binned`: the file lay in the bin.
    """

    on: date
    fields: tuple[tuple[str, str], ...]
    binned: bool


@query
def known_on(tx: Tx, person_id: str, on: date) -> Known | None:
    """What the file said on a day, from its changes; None if there was no file yet. That it was read is written down.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    tx.opened(found)
    rows = tx.rows(
        select(AuditEntry.at, Change.after)
        .join(Change, and_(Change.centre_id == AuditEntry.centre_id, Change.seq == AuditEntry.seq))
        .where(AuditEntry.centre_id == tx.centre_id, Change.table_name == Person.__tablename__,
               Change.row_id == found.id)
        .order_by(AuditEntry.seq, Change.position)
    )  # fmt: skip
    past = [row.after for row in rows if tx.local(row.at).date() <= on]
    if not past or past[-1] is None:
        return None
    held: dict[str, Any] = json.loads(past[-1])
    fields = tuple((name, _text(held[name])) for name in OWN_FIELDS if held.get(name) not in (None, False, ""))
    return Known(on, fields, held.get("deleted_at") is not None)


def _text(value: Any) -> str:
    return _("yes") if value is True else str(value)
