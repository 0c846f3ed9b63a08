"""Who looked at a file, printed it or passed it on, and where a safe-contact rule was overridden, from the journal."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.data.staff import Staff
from famdesk.data.tx import Tx
from famdesk.usecases.kept_files import standing, with_parts
from famdesk.usecases.registry import query

KINDS = ("read", "print", "export", "send", "override")
DAYS = 365
"""How far back it is looked: a year."""
MOST = 500


@dataclass(frozen=True, slots=True)
class LookRow:
    """What a colleague (`by`) did on a day: `kind` is one of `KINDS`, `times` how often.

    An override of the safe-contact rule stands for itself, with its `way` (one of `outgoing.WAYS`) and `reason`.
    """

    day: date
    by: str
    kind: str
    times: int
    way: str = ""
    reason: str | None = None


@query
def looks(tx: Tx, person_id: str) -> tuple[LookRow, ...]:
    """By day and colleague, the newest first, `MOST` at most; that this was looked at is written down too.

    Raises:
        NotFound.
    """
    found = standing(tx, person_id)
    tx.opened(found)
    wanted = set(with_parts(tx, found.id))
    since = (tx.utc - timedelta(days=DAYS)).isoformat(timespec="seconds")
    rows = tx.rows(
        select(AuditEntry.seq, AuditEntry.at, AuditEntry.kind, AuditEntry.subjects, AuditEntry.reason, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(AuditEntry.centre_id == tx.centre_id, AuditEntry.kind.in_(KINDS), AuditEntry.at >= since)
        .order_by(AuditEntry.seq.desc())
    )
    counts: Counter[LookRow] = Counter()
    for row in rows:
        way = next((subject[2] for subject in json.loads(row.subjects) if subject[1] in wanted), None)
        if way is None:
            continue
        override = row.kind == "override"
        found_row = LookRow(tx.local(row.at).date(), row.name or "?", row.kind, 1, way if override else "",
                            row.reason if override else None)  # fmt: skip
        counts[found_row] += 1
    told = [LookRow(one.day, one.by, one.kind, times, one.way, one.reason) for one, times in counts.items()]
    return tuple(told[:MOST])
