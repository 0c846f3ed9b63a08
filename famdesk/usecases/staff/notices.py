"""Notices: a colleague is told of what somebody did that concerns them, until it is read.

A use-case that concerns a colleague calls `tell` in its own transaction; so the notice is there exactly if the deed is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import aliased

from famdesk.data.tables.notices import Notice
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes, label
from famdesk.domain.staff.notices import KINDS
from famdesk.i18n import N_, formats
from famdesk.usecases.registry import query, usecase

MOST = 50
"""Notices that are shown at once; the rest comes when some were read."""
KEPT = timedelta(days=365)
"""How long a notice that was read is kept."""


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice: what happened, by whom (a colleague's name) and when (local time).

    `whom` is the name of the colleague that it is about, "" if it is about something else.
    """

    id: str
    kind: str
    subject_table: str | None
    subject_id: str | None
    by: str
    at: datetime
    whom: str = ""

    def sentence(self) -> str:
        """What is said, in the current language."""
        return label(KINDS, self.kind).format(when=formats.moment(self.at), by=self.by, whom=self.whom)


def tell(tx: Tx, staff_id: str, kind: str, subject: tuple[str, str] | None = None) -> bool:
    """Leaves a notice to a colleague of the same centre, in the running transaction; `kind` is one of `KINDS`.

    `subject` is the table and the id of what it is about: never a text. False, and no notice, for who has no way in: a
    colleague without an account, or who left.
    """
    if kind not in codes(KINDS):
        raise ValueError(kind)
    colleague = tx.session.get(Staff, staff_id)
    if colleague is None or colleague.centre_id != tx.centre_id or colleague.deleted_at:
        return False
    if not colleague.active or not colleague.login:
        return False
    table, subject_id = subject or (None, None)
    tx.session.add(Notice(staff_id=staff_id, by_id=tx.actor.staff_id, kind=kind, subject_table=table,
                          subject_id=subject_id, made_at=_text(tx.utc), centre_id=tx.centre_id))  # fmt: skip
    return True


@query
def unread(tx: Tx) -> tuple[NoticeRow, ...]:
    """What was left for who is signed in and not read yet, the newest first."""
    by, whom = aliased(Staff), aliased(Staff)
    rows = tx.rows(
        select(Notice.id, Notice.kind, Notice.subject_table, Notice.subject_id, by.name.label("by"), Notice.made_at,
               whom.name.label("whom"))
        .join(by, by.id == Notice.by_id)
        .outerjoin(whom, (Notice.subject_table == Staff.__tablename__) & (whom.id == Notice.subject_id))
        .where(Notice.staff_id == tx.actor.staff_id, Notice.read_at.is_(None))
        .order_by(Notice.made_at.desc(), Notice.id.desc()).limit(MOST)
    )  # fmt: skip
    return tuple(
        NoticeRow(row.id, row.kind, row.subject_table, row.subject_id, row.by, tx.local(row.made_at), row.whom or "")
        for row in rows
    )


@usecase(N_("Notices read"), final=True)
def mark_read(tx: Tx, ids: Sequence[str]) -> None:
    """Notes that these were read; what was read long ago goes. Notices of others are left alone."""
    mine = Notice.staff_id == tx.actor.staff_id
    found = tx.session.scalars(select(Notice).where(mine, Notice.id.in_(list(ids)), Notice.read_at.is_(None))).all()
    for notice in found:
        notice.read_at = _text(tx.utc)
    for notice in tx.session.scalars(select(Notice).where(mine, Notice.read_at < _text(tx.utc - KEPT))).all():
        tx.session.delete(notice)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
