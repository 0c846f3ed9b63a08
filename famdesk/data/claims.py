"""Whether somebody or something would be taken twice once a transaction has been committed.

The claims themselves are kept by triggers. PostgreSQL looks when it commits; for SQLite, where one process writes at a
time, the store asks here before it does.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, select, type_coerce, union_all
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from famdesk.data.base import EPOCH
from famdesk.data.journal import Row
from famdesk.data.tables.calendar import Claim, Resource
from famdesk.data.tables.directory import Room
from famdesk.data.tables.staff import Staff
from famdesk.domain.calendar.claims import TakenMeanwhile, TakenSince
from famdesk.domain.errors import FamDeskError

DAY = 24 * 60
"""Minutes. What lasts longer is looked for by an index of its own, so that a look at a time is one short range."""
AT_ONCE = 400
"""Appointments in one question."""
OVERLAP_STATE = "23P01"
FIELDS = {"staff": "staff_id", "room": "room_id"}
"""The field of the one that a kind of claim is about; of others, `others`."""

_PARTIES = {"appointment_party": "appointment_id", "meeting_party": "meeting_id"}
_NAMED: dict[str, type[Staff | Room | Resource]] = {"staff": Staff, "room": Room, "resource": Resource}


@dataclass(frozen=True, slots=True)
class Clash:
    """What would be taken twice; `starts` is when the other appointment takes it."""

    subject_id: str
    kind: str
    starts: datetime


def _minutes(column: Any) -> ColumnElement[int]:
    return type_coerce(column, BigInteger)


def touching(claim: Any, first: Any, last: Any) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Two conditions for claims that share a moment with [first, last), in minutes: the short ones, the long ones."""
    starts, ends = _minutes(claim.starts), _minutes(claim.ends)
    return (
        and_(starts > first - DAY, starts < last, ends > first, ends - starts <= DAY),
        and_(ends - starts > DAY, ends > first, starts < last),
    )


def _clashing() -> Any:
    mine, other = aliased(Claim), aliased(Claim)
    parts: list[Any] = [
        select(mine.subject_id, mine.kind, other.starts)
        .join(other, other.subject_id == mine.subject_id)
        .where(other.source_id != mine.source_id, other.exclusive, when)
        .where(mine.source_id.in_(bindparam("ids", expanding=True)), mine.exclusive)
        for when in touching(other, _minutes(mine.starts), _minutes(mine.ends))
    ]
    return union_all(*parts).limit(1)


_CLASHING = _clashing()


def clash(session: Session, changes: Sequence[tuple[str, str, Row | None, Row | None]]) -> Clash | None:
    """What changed appointments and meetings take that another one takes too, neither with a reason; None: nothing."""
    ids = sorted(_taking(changes))
    for first in range(0, len(ids), AT_ONCE):
        found = session.execute(_CLASHING, {"ids": ids[first : first + AT_ONCE]}).first()
        if found is not None:
            return Clash(found.subject_id, found.kind, found.starts)
    return None


def _taking(changes: Sequence[tuple[str, str, Row | None, Row | None]]) -> Collection[str]:
    found = set()
    for table, row_id, before, after in changes:
        if table in {"appointment", "meeting"}:
            found.add(row_id)
        elif table in _PARTIES:
            found |= {row[_PARTIES[table]] for row in (before, after) if row is not None}
    return found


def told(error: DBAPIError) -> Clash | None:
    """What PostgreSQL found when it was to commit; None if the error is another one."""
    if getattr(error.orig, "sqlstate", None) != OVERLAP_STATE:
        return None
    subject_id, kind, minutes = str(error.orig.diag.message_detail).split()  # type: ignore[union-attr]
    return Clash(subject_id, kind, EPOCH + timedelta(minutes=int(minutes)))


def refusal(session: Session, found: Clash, *, turned: bool) -> FamDeskError:
    """The error with the name of who or what is taken. `turned`: a step was to be turned back."""
    kind = _NAMED[found.kind]
    who = session.execute(select(kind.name).where(kind.id == found.subject_id)).scalar() or "?"
    if turned:
        return TakenSince(who=who, at=found.starts)
    return TakenMeanwhile(FIELDS.get(found.kind, "others"), who=who, at=found.starts)
