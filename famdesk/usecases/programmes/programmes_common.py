"""What several use-cases of programmes need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from famdesk.data.tables.programmes import Initiative, Meeting
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


def moment(tx: Tx) -> datetime:
    """This moment in UTC, with its zone: by the server's clock where there is one, whatever the desks' say. Two desks
    whose clocks differ give the same places to the same people, for the same time."""
    if tx.session.get_bind().dialect.name != "postgresql":
        return tx.utc
    found: datetime = tx.session.scalars(select(func.clock_timestamp())).one()
    return found.astimezone(UTC)


def wall_now(tx: Tx) -> datetime:
    """The same as local wall time of the centre, to the minute, without a zone."""
    local = moment(tx).astimezone(ZoneInfo(tx.actor.timezone))
    return local.replace(second=0, microsecond=0, tzinfo=None)
