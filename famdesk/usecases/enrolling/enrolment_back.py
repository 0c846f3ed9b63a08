"""Places that undo or redo gives back to somebody: none that others have got since."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from famdesk.data.journal import Change
from famdesk.data.tables.programmes import Enrolment, Initiative
from famdesk.data.tx import Tx
from famdesk.domain.programmes.enrolment import HOLDING
from famdesk.usecases.enrolling.enrolment_checks import NoPlaceLeft
from famdesk.usecases.enrolling.enrolment_counts import seats
from famdesk.usecases.programmes.programmes_common import lock_initiative


def lock(tx: Tx, changes: Iterable[Change]) -> None:
    """Makes other desks wait that want a place of the same initiatives."""
    changes = list(changes)
    wanted = {str(row["initiative_id"]) for row in _rows(changes)} | _smaller(changes)
    for initiative_id in sorted(wanted):
        lock_initiative(tx, initiative_id)


def check(tx: Tx, changes: Iterable[Change]) -> None:
    """Looks at the places of whoever has one again now that a step was turned back, and at initiatives that have
    fewer places again.

    Raises:
        NoPlaceLeft.
    """
    changes = list(changes)
    wanted = {(str(row["initiative_id"]), row["meeting_id"]) for row in _rows(changes) if row.get("again")}
    wanted |= {(one, None) for one in _smaller(changes)}
    if not wanted:
        return
    tx.session.flush()
    for initiative_id, meeting_id in sorted(wanted, key=str):
        initiative = tx.session.get(Initiative, initiative_id)
        left = seats(tx, initiative).left(meeting_id) if initiative is not None else None
        if initiative is not None and left is not None and left < 0:
            raise NoPlaceLeft(places=initiative.capacity or 0)


def _smaller(changes: Iterable[Change]) -> set[str]:
    """The initiatives that have fewer places now that a step is turned back."""
    found = set()
    for change in changes:
        if change.table_name == Initiative.__tablename__ and (now := _read(change.before)) is not None:
            left, before = now["capacity"], (_read(change.after) or {}).get("capacity")
            if left is not None and (before is None or left < before):
                found.add(change.row_id)
    return found


def _rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The enrolments of a step as they are now that it is turned back; `again`: a place is taken that was not."""
    found = []
    for change in changes:
        if change.table_name != Enrolment.__tablename__:
            continue
        now, was = _read(change.before), _read(change.after)
        found.append({**(now or was or {}), "again": _holds(now) and not _holds(was)})
    return found


def _read(text: str | None) -> dict[str, Any] | None:
    row: dict[str, Any] | None = json.loads(text) if text else None
    return row


def _holds(row: dict[str, Any] | None) -> bool:
    return row is not None and not row["deleted_at"] and row["state"] in HOLDING
