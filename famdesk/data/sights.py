"""What an emergency access opens for a while: protected files, for who asked for them, to be looked at only."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, String, Uuid, bindparam, select
from sqlalchemy.orm import Session

from famdesk.data.actor import Actor
from famdesk.data.tables.emergency import Emergency
from famdesk.domain.staff import rights

EMERGENCY = "emergency.ask"
"""Who may ask for a protected file in an emergency: who has letters in this row of the rights table."""
NEVER_BY_EMERGENCY = frozenset({"export", "sheets"})
"""Powers for which a file stays closed that is open by an emergency access only."""


class Sights:
    """The part of a transaction that knows what is open for a while.

    Attributes:
        writes: whether the transaction may change anything.
        outermost: the use-case or query that was asked for.
    """

    writes = True

    def __init__(self, session: Session, actor: Actor, utc: datetime) -> None:
        self.session = session
        self.actor = actor
        self.utc = utc
        self.outermost = ""
        self._sights: frozenset[str] | None = None

    @property
    def sights(self) -> frozenset[str]:
        """Protected files that an emergency access opens for a while: to be looked at, never to be changed, printed or
        taken along."""
        if self.writes or not rights.cell(EMERGENCY, self.actor.role):
            return frozenset()
        if rights.power_of(self.outermost) in NEVER_BY_EMERGENCY:
            return frozenset()
        if self._sights is None:
            self._sights = open_now(self.session, self.actor, self.utc)
        return self._sights


def open_now(session: Session, actor: Actor, utc: datetime) -> frozenset[str]:
    """The files that are open to a colleague by an emergency access at a moment; a server goes by its own clock."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        found = connection.exec_driver_sql("SELECT unnest(fd_emergencies())::text").scalars()
        return frozenset(found)
    prepared = session.info["prepared"].get("emergency", _open_now, connection.dialect)
    rows = prepared.rows(connection, staff=actor.staff_id, centre=actor.centre_id, moment=moment_text(utc))
    return frozenset(row.person_id for row in rows)


def _open_now() -> Select[*tuple[Any, ...]]:
    one = Emergency
    return select(one.person_id).where(
        one.staff_id == bindparam("staff", type_=Uuid(as_uuid=False)), one.person_id.is_not(None),
        one.centre_id == bindparam("centre", type_=Uuid(as_uuid=False)), one.deleted_at.is_(None),
        one.ended_at.is_(None), one.until > bindparam("moment", type_=String()),
    )  # fmt: skip


def moment_text(utc: datetime) -> str:
    """A moment as the journal writes it."""
    return utc.astimezone(UTC).isoformat(timespec="milliseconds")
