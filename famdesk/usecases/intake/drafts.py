"""What somebody is typing, kept until it is saved or thrown away. Seen by nobody else; no step of undo, no entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from famdesk.data.tables.intake import Draft
from famdesk.data.tx import Tx
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft: the form that it belongs to (`key`) and its content (`body`, as the form wrote it)."""

    key: str
    body: str
    at: datetime


@usecase(N_("Draft kept"))
def keep(tx: Tx, key: str, body: str) -> None:
    """Keeps what is being typed into the form `key`, instead of what was kept before."""
    draft = _own(tx, key)
    if draft is None:
        tx.add(Draft(staff_id=tx.actor.staff_id, key=key, body=body, at=tx.now()))
    else:
        draft.body, draft.at = body, tx.now()


@usecase(N_("Draft dropped"))
def drop(tx: Tx, key: str) -> None:
    """Forgets a draft for good; nothing happens if there is none."""
    draft = _own(tx, key)
    if draft is not None:
        tx.session.delete(draft)


@query
def read(tx: Tx, key: str) -> DraftRow | None:
    """One's own draft of the form `key`."""
    draft = _own(tx, key)
    return DraftRow(draft.key, draft.body, draft.at) if draft else None


@query
def mine(tx: Tx, prefix: str = "") -> tuple[DraftRow, ...]:
    """One's own drafts whose key begins with `prefix`, the newest first."""
    rows = tx.rows(
        select(Draft.key, Draft.body, Draft.at)
        .where(Draft.staff_id == tx.actor.staff_id, Draft.centre_id == tx.centre_id,
               Draft.key.startswith(prefix, autoescape=True))
        .order_by(Draft.at.desc(), Draft.key)
    )  # fmt: skip
    return tuple(DraftRow(*row) for row in rows)


def _own(tx: Tx, key: str) -> Draft | None:
    found = tx.all(Draft, Draft.staff_id == tx.actor.staff_id, Draft.key == key)
    return found[0] if found else None
