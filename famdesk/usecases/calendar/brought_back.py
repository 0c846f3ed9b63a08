"""Appointments and meetings that undo or redo brings back to a time: nothing that was booked since is taken twice.

The database keeps apart what was booked without a reason. What carries a reason it lets pass, so that is looked at
here: who stood there already when the step was made may stand there again, whoever came since may not be overrun.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from famdesk.data.journal import AuditEntry, Change
from famdesk.data.tables.calendar import Appointment, AppointmentParty, Claim
from famdesk.data.tables.programmes import Meeting, MeetingParty
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.calendar.claims import TakenSince
from famdesk.usecases.calendar.series_checks import Span, crowded
from famdesk.usecases.calendar.taken import MEETING_MINUTES, Taken, bare, names_of

TIMED = frozenset({
    "starts", "ends", "state", "staff_id", "room_id", "deleted_at", "travel_before", "travel_after",
    "day", "minutes", "leader_staff_id",
})  # fmt: skip
"""Columns of appointments and meetings on which it depends what they take, and when."""
_TIMES = frozenset({Appointment.__tablename__, Meeting.__tablename__})
_PARTIES = {AppointmentParty.__tablename__: "appointment_id", MeetingParty.__tablename__: "meeting_id"}
_TABLES = frozenset({*_TIMES, *_PARTIES})
_HELD = frozenset({*OCCUPYING, "held"})
"""States of appointments and of meetings in which they take what they need."""
_ROW = dict[str, Any]
_AT_ONCE = 400


def concerns(changes: Iterable[Change]) -> bool:
    """Whether a step has to do with who and what is taken at all."""
    return any(change.table_name in _TABLES for change in changes)


def check(tx: Tx, seq: int, changes: Iterable[Change]) -> None:
    """Looks at all that takes something again after the step `seq` was turned back by `changes`.

    Raises:
        TakenSince: somebody or something was given away meanwhile.
    """
    own, wanted = set[str](), list[str]()
    for change in changes:
        now, was = _read(change.before), _read(change.after)
        if change.table_name in _TIMES:
            own.add(change.row_id)
            if _takes_again(now, was):
                wanted.append(change.row_id)
        elif change.table_name in _PARTIES and now is not None and not now["deleted_at"]:
            wanted.append(str(now[_PARTIES[change.table_name]]))
    if wanted:
        _check_all(tx, seq, own, list(dict.fromkeys(wanted)))


def _read(text: str | None) -> _ROW | None:
    row: _ROW | None = json.loads(text) if text else None
    return row


def _stands(row: _ROW | None) -> bool:
    return row is not None and not row["deleted_at"] and row["state"] in _HELD


def _takes_again(now: _ROW | None, was: _ROW | None) -> bool:
    if now is None or not _stands(now):
        return False
    return was is None or not _stands(was) or any(was.get(name) != now.get(name) for name in TIMED & now.keys())


def _check_all(tx: Tx, seq: int, own: set[str], ids: Sequence[str]) -> None:
    tx.session.flush()
    spans = [*_spans(tx, ids)]
    places = crowded(tx, spans)
    if not places:
        return
    news = _Since(tx, seq)
    for place in places:
        for hit in _hits(tx, spans[place]):
            if hit.source_id not in own and news.came(hit, spans[place]):
                who = names_of(tx, [hit.subject_id]).get(hit.subject_id, "?")
                raise TakenSince(who=who, at=hit.starts)


def _spans(tx: Tx, ids: Sequence[str]) -> Iterator[Span]:
    """What appointments and meetings take, by the claims that were written again."""
    for first in range(0, len(ids), _AT_ONCE):
        found: dict[str, list[Any]] = {}
        rows = select(Claim.source_id, Claim.subject_id, Claim.starts, Claim.ends)
        for row in tx.rows(rows.where(Claim.source_id.in_(ids[first : first + _AT_ONCE]))):
            found.setdefault(row.source_id, []).append(row)
        for source, claims in found.items():
            starts, ends = min(row.starts for row in claims), max(row.ends for row in claims)
            yield Span(starts, ends, frozenset(row.subject_id for row in claims), source)


def _hits(tx: Tx, span: Span) -> list[Taken]:
    found = bare(tx, span.subjects, span.starts, span.ends)
    return sorted((hit for hit in found if hit.source_id != span.key), key=lambda hit: hit.starts)


class _Since:
    """What was written after a step, by the journal; its entries name rows and columns to all, values to few."""

    def __init__(self, tx: Tx, seq: int) -> None:
        self._tx, self._seq = tx, seq
        self._touched = set[str]()
        self._more = False
        """An entry changed more rows than it names."""
        where = (AuditEntry.centre_id == tx.centre_id, AuditEntry.seq > seq)
        for entry in tx.rows(select(AuditEntry.subjects).where(*where)):
            for table, row_id, verb, fields in json.loads(entry.subjects):
                self._more |= table == "*"
                if verb == "create" or (verb == "change" and TIMED & set(fields)):
                    self._touched.add(row_id)

    def came(self, hit: Taken, span: Span) -> bool:
        """Whether what is there now was not there yet when the step was made, or at another time."""
        beside = self._beside(hit)
        if beside & self._touched:
            return True
        if hit.source_id not in self._touched and not self._more:
            return False
        first = self._tx.session.scalars(
            select(Change)
            .where(Change.row_id == hit.source_id, Change.centre_id == self._tx.centre_id, Change.seq > self._seq)
            .order_by(Change.seq).limit(1)
        ).first()  # fmt: skip
        if first is None:  # not one of these rows, or one whose values this person may not read
            return hit.source_id in self._touched
        return not _was_there(_read(first.before), hit, span, beside=bool(beside))

    def _beside(self, hit: Taken) -> set[str]:
        """The rows by which it takes the room, colleague or thing beside its own."""
        one, other = AppointmentParty, MeetingParty
        rows = [
            *self._tx.rows(select(one.id, one.staff_id, one.room_id, one.resource_id)
                           .where(one.appointment_id == hit.source_id, one.deleted_at.is_(None))),
            *self._tx.rows(select(other.id, other.staff_id, other.resource_id)
                           .where(other.meeting_id == hit.source_id, other.deleted_at.is_(None))),
        ]  # fmt: skip
        return {row.id for row in rows if hit.subject_id in row[1:]}


def _was_there(row: _ROW | None, hit: Taken, span: Span, *, beside: bool) -> bool:
    """Whether an earlier image of an appointment or meeting took the same at that time."""
    if row is None or not _stands(row):
        return False
    if "ends" in row:
        starts, ends, who = datetime.fromisoformat(row["starts"]), datetime.fromisoformat(row["ends"]), row["staff_id"]
        if hit.subject_id != row["room_id"]:  # a room does not travel
            starts -= timedelta(minutes=row["travel_before"] or 0)
            ends += timedelta(minutes=row["travel_after"] or 0)
    elif row["day"] and row["starts"]:
        starts, who = datetime.fromisoformat(f"{row['day']}T{row['starts']}"), row["leader_staff_id"]
        ends = starts + timedelta(minutes=row["minutes"] or MEETING_MINUTES)
    else:
        return False
    return (beside or hit.subject_id in {who, row["room_id"]}) and starts < span.ends and ends > span.starts
