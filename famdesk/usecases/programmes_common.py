"""What several use-cases of programmes need."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from famdesk.data.programmes import Initiative, Meeting
from famdesk.data.tx import Tx


def bare_text(value: str | None) -> str | None:
    """A text without blanks around it; None for nothing."""
    return (value or "").strip() or None


def meetings_of(tx: Tx, initiative_id: str) -> Iterable[Meeting]:
    """The meetings of an initiative, in no order."""
    return tx.all(Meeting, Meeting.initiative_id == initiative_id)


def lock_initiative(tx: Tx, initiative_id: str) -> None:
    """Makes other desks wait that want a place of the same initiative: the count that follows stays true."""
    tx.rows(select(Initiative.id).where(Initiative.id == initiative_id).with_for_update())
