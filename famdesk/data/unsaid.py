"""Columns that a server does not tell everybody: what the program writes into them is meant.

Who is not told what an appointment is for loads it as if nothing stood there. So a client that saves the row would
say that it is to be nothing. The server therefore takes only what differs from what was shown, or what is named here:
the columns that a use-case, or a step that is turned back, really changed.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import event, func, inspect, select
from sqlalchemy.orm import Session, UOWTransaction

from famdesk.data.base import Record
from famdesk.data.tables.calendar import Appointment, Series

COLUMNS: dict[type[Record], tuple[str, ...]] = {
    Appointment: ("kind", "function", "note", "reason", "path_id", "source_text"),
    Series: ("source_text",),
}
"""As in the views of the server's schema."""
SETTING = "famdesk.meant"


def announced(session: Session, *, at_once: bool = False) -> Session:
    """The session of a server; before each flush it says which of these columns were changed.

    `at_once`: it reads without a transaction. A query that tries something out does so in one, which is taken back.
    """
    said = ""

    def say(found: Session, _context: UOWTransaction, _instances: Any) -> None:
        nonlocal said, at_once
        if at_once:
            found.connection().exec_driver_sql("BEGIN")
            at_once = False
        meant = ",".join(
            f"{record.id} {name}" for record in found.dirty for name in COLUMNS.get(type(record), ())
            if inspect(record).attrs[name].history.has_changes()
        )  # fmt: skip
        if meant or said:
            found.connection().execute(select(func.set_config(SETTING, meant, True)))
            said = meant

    event.listen(session, "before_flush", say)
    return session
