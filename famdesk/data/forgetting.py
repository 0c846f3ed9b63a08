"""Taking the content of a person's rows out of the journal for good; its entries, without content, stay."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, or_, select, text
from sqlalchemy.orm import Session

from famdesk.data.journal import Change


def forget_content(session: Session, centre_id: str, person_id: str, row_ids: Collection[str]) -> None:
    """Deletes what the journal keeps of a person's rows, before and after each step.

    A step that changed rows of several persons loses the content of all of them: its digest covers them together. The
    chain of entries is not touched. On a server the coordinator alone may do so, by a function that asks.
    """
    connection = session.connection()
    ids = sorted({*row_ids, person_id})
    if connection.dialect.name == "postgresql":
        call = text("SELECT fd_forget(CAST(:about AS uuid), CAST(:ids AS uuid[]))")
        connection.execute(call, {"about": person_id, "ids": ids})
        return
    table = Change.__table__
    steps = (
        select(table.c.seq)
        .where(table.c.centre_id == centre_id, or_(table.c.person_id == person_id, table.c.row_id.in_(ids)))
        .distinct()
    )
    connection.execute(delete(table).where(table.c.centre_id == centre_id, table.c.seq.in_(steps)))  # type: ignore[arg-type]
