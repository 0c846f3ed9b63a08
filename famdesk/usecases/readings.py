"""Who read what: openings of notes and files with what was shared, printed and sent, told from the journal.

The author of a note reads of it; who works on a file, of the file. The whole journal, without what any record says, is
read by the coordinator and by an auditor.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Integer,
    String,
    Text,
    Uuid,
    cast,
    column,
    func,
    literal,
    or_,
    select,
    union_all,
)

from famdesk.data.access import AT_ONCE
from famdesk.data.journal import AuditEntry
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.families import Measure
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.notes import Note, NotePart
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.traces import Trace
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound
from famdesk.usecases.kept_files import standing
from famdesk.usecases.registry import query

MOST = 500
"""Lines at once."""
PAGE = 100
"""Lines of the journal at once; the next page begins after the last one."""
_END = 2**31 - 1
CHANGES, READS, OUT, POWERS = "changes", "reads", "out", "powers"
GROUPS: dict[str, tuple[str, ...]] = {
    READS: ("read",),
    OUT: ("print", "send", "export"),
    POWERS: ("share", "escrow", "emergency", "override", "backup", "password", "recovery", "destroy"),
    CHANGES: ("write", "undo", "redo", "erase"),
}
"""Kinds of entries, as the page of the journal offers them."""


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """That a colleague (`by`, with the role of then) did something with a record, at which station; local time.

    `kind` is that of the entry, `verb` what the entry says of the record: "read", "emergency", "share", a key of a
    sheet, a way out. `reason` None: none was given. `note_id`: of which note, where it is one.
    """

    seq: int
    at: datetime
    by: str
    role: str
    station: str
    kind: str
    action: str
    verb: str
    reason: str | None
    mine: bool
    note_id: str = ""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """A line of the journal: `tables` are the kinds of records that it speaks of, with how many; never which."""

    seq: int
    at: datetime
    by: str
    role: str
    station: str
    kind: str
    action: str
    details: str
    tables: tuple[tuple[str, int], ...]
    reason: str | None


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which lines are wanted. `group` "" for all, else a key of `GROUPS`; `before` the `seq` of the line above, 0 for
    the newest; days None: no bound."""

    group: str = ""
    staff_id: str = ""
    first: date | None = None
    last: date | None = None
    before: int = 0


@query
def of_note(tx: Tx, note_id: str) -> tuple[ReadingRow, ...]:
    """Who opened one's own note, let others read it or handed it over, the newest first; one's own openings as well.

    Raises:
        NotFound: also of somebody else's note.
    """
    note = tx.get(Note, note_id)
    if note.author_id != tx.actor.staff_id:
        raise NotFound
    return about_notes(tx, [note.id])


@query
def of_file(tx: Tx, person_id: str) -> tuple[ReadingRow, ...]:
    """Who opened a file, printed it or passed it on, the newest first; that this was looked at is noted as well.

    Raises:
        NotFound.
    """
    found = standing(tx, person_id)
    if found.id in tx.sights:
        raise NotFound
    tx.opened(found)
    return about_file(tx, found.id)


def about_file(tx: Tx, person_id: str, most: int = MOST) -> tuple[ReadingRow, ...]:
    """The entries about a person, files that are part of this one, and accesses, appointments and measures of it."""
    if _on_server(tx):
        return _told(tx, func.fd_readings_of_person(cast(person_id, Uuid(as_uuid=False)), most))
    card = AccessCard
    ids = select(literal(person_id, Uuid(as_uuid=False))).union(
        select(Person.id).where(Person.merged_into_id == person_id),
        select(card.id).where(or_(card.person_id == person_id, card.caller_id == person_id)),
        select(Appointment.id).where(Appointment.person_id == person_id),
        select(Measure.id).where(Measure.person_id == person_id),
    )  # fmt: skip
    return _read(tx, Trace.row_id.in_(ids), most)


def about_notes(tx: Tx, note_ids: Sequence[str], most: int = MOST) -> tuple[ReadingRow, ...]:
    """The entries about notes that the reader wrote, and about their sealed parts, which the envelope gives away."""
    if not note_ids:
        return ()
    if _on_server(tx):
        ids = cast(list(note_ids), ARRAY(Uuid(as_uuid=False)))
        return _told(tx, func.fd_readings_of_notes(ids, most), column("note_id", Uuid(as_uuid=False)))
    mine = Note.author_id == tx.actor.staff_id
    own = union_all(
        select(Note.id.label("note_id"), Note.id.label("row_id")).where(Note.id.in_(note_ids), mine),
        select(NotePart.note_id, NotePart.id).join(Note, Note.id == NotePart.note_id)
        .where(NotePart.note_id.in_(note_ids), mine),
    ).subquery()  # fmt: skip
    return _read(tx, (Trace.row_id == own.c.row_id) & Trace.table_name.in_(("note", "note_part")), most, own.c.note_id)


@query
def journal(tx: Tx, wanted: JournalFilter) -> tuple[JournalRow, ...]:
    """A page of the journal, the newest first: who did what, when and where, and to what kind of record; no names.

    Reasons are words about families: an auditor does not read them.
    """
    kinds = GROUPS.get(wanted.group, ())
    bounds = (_utc(tx, wanted.first) if wanted.first else None,
              _utc(tx, wanted.last + timedelta(days=1)) if wanted.last else None)  # fmt: skip
    rows = _page_of_server(tx, wanted, kinds, bounds) if _on_server(tx) else _page(tx, wanted, kinds, bounds)
    words = "p" in tx.letters
    return tuple(
        JournalRow(row.seq, tx.local(row.at), row.name or "?", row.role, row.station, row.kind, row.action, row.details,
                   _tables(json.loads(row.subjects)), row.reason if words else None)
        for row in rows
    )  # fmt: skip


def _page_of_server(tx: Tx, wanted: JournalFilter, kinds: Sequence[str], bounds: tuple[str | None, ...]) -> Any:
    told = func.fd_journal_page(
        cast(list(kinds) or None, ARRAY(Text)), cast(wanted.staff_id or None, Uuid(as_uuid=False)),
        cast(bounds[0], Text), cast(bounds[1], Text), wanted.before or _END, PAGE,
    ).table_valued(
        *(column(name, Text) for name in ("at", "name", "role", "station", "kind", "action", "details", "subjects",
                                          "reason")), column("seq", Integer)
    ).c  # fmt: skip
    return tx.rows(select(*told).order_by(told.seq.desc()))


def _page(tx: Tx, wanted: JournalFilter, kinds: Sequence[str], bounds: tuple[str | None, ...]) -> Any:
    """Some of each kind: so few lines of a rare kind are found among a million, by the index of kinds."""
    entry, (lowest, end) = AuditEntry, (_seq_at(tx, bound) for bound in bounds)
    where = [entry.centre_id == tx.centre_id, entry.seq < min(wanted.before or _END, end or _END)]
    if lowest is not None:
        where.append(entry.seq >= lowest)
    if wanted.staff_id:
        where.append(entry.staff_id == wanted.staff_id)
    wanted_kinds: list[tuple[ColumnElement[bool], ...]] = [(entry.kind == kind,) for kind in kinds] or [()]
    some = [select(entry.seq).where(*kind, *where).order_by(entry.seq.desc()).limit(PAGE).subquery()
            for kind in wanted_kinds]  # fmt: skip
    newest = union_all(*(select(one.c.seq) for one in some)).subquery()
    found = tx.rows(
        select(entry.seq, entry.at, entry.role, entry.station, entry.kind, entry.action, entry.details,
               entry.subjects, entry.reason, Staff.name)
        .outerjoin(Staff, Staff.id == entry.staff_id)
        .where(entry.centre_id == tx.centre_id, entry.seq.in_(select(newest.c.seq)))
        .order_by(entry.seq.desc()).limit(PAGE)
    )  # fmt: skip
    # A clock may have gone wrong for a while: then some in between are of another day.
    return [row for row in found if (bounds[0] or "") <= row.at < (bounds[1] or "9")]


def _seq_at(tx: Tx, moment: str | None) -> int | None:
    """The number of the first entry from a moment on: entries stand in the order of time."""
    if moment is None:
        return None
    entry = AuditEntry
    found = tx.rows(
        select(entry.seq).where(entry.centre_id == tx.centre_id, entry.at >= moment)
        .order_by(entry.at, entry.seq).limit(1)
    )  # fmt: skip
    return int(found[0].seq) if found else _END


@query
def readers(tx: Tx) -> tuple[tuple[str, str], ...]:
    """The colleagues of the centre, also those who left, for the filter of the journal: (id, name)."""
    rows = tx.rows(select(Staff.id, Staff.name).where(Staff.centre_id == tx.centre_id).order_by(Staff.name, Staff.id))
    return tuple((row.id, row.name) for row in rows)


def _utc(tx: Tx, day: date) -> str:
    local = datetime.combine(day, time(), ZoneInfo(tx.actor.timezone))
    return local.astimezone(UTC).isoformat(timespec="milliseconds")


def _tables(subjects: Sequence[Any]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for subject in subjects:
        if subject[0] != "*":
            counts[subject[0]] = counts.get(subject[0], 0) + 1
    return tuple(counts.items())


def _on_server(tx: Tx) -> bool:
    return tx.session.get_bind().dialect.name == "postgresql"


def _told(tx: Tx, answer: Any, *more: Any) -> tuple[ReadingRow, ...]:
    """What a server tells of entries that are not shown as such."""
    told = answer.table_valued(
        *more, column("seq", Integer), column("at", String), column("staff_id", Uuid(as_uuid=False)),
        column("role", Text), column("station", Text), column("kind", String), column("action", Text),
        column("verb", Text), column("reason", Text),
    ).c  # fmt: skip
    rows = tx.rows(select(*told, Staff.name).outerjoin(Staff, Staff.id == told.staff_id).order_by(told.seq.desc()))
    return tuple(_row(tx, row, row.verb, getattr(row, "note_id", "")) for row in rows)


def _read(
    tx: Tx, where: ColumnElement[bool], most: int = MOST, *more: ColumnElement[Any]
) -> tuple[ReadingRow, ...]:  # fmt: skip
    """The same in a file: first the numbers of the entries by the index of traces, then what these say. In one
    question SQLite would go through the whole journal."""
    traced = tx.rows(
        select(Trace.seq, func.min(Trace.verb).label("verb"), *(one.label(one.name) for one in more))
        .where(Trace.centre_id == tx.centre_id, where)
        .group_by(Trace.seq, *more).order_by(Trace.seq.desc()).limit(most)
    )  # fmt: skip
    entry, entries = AuditEntry, dict[int, Any]()
    seqs = [row.seq for row in traced]
    for first in range(0, len(seqs), AT_ONCE):
        rows = tx.rows(
            select(entry.seq, entry.at, entry.staff_id, entry.role, entry.station, entry.kind, entry.action,
                   entry.reason, Staff.name)
            .outerjoin(Staff, Staff.id == entry.staff_id)
            .where(entry.centre_id == tx.centre_id, entry.seq.in_(seqs[first : first + AT_ONCE]))
        )  # fmt: skip
        entries.update({row.seq: row for row in rows})
    return tuple(
        _row(tx, entries[one.seq], one.verb, getattr(one, "note_id", "")) for one in traced if one.seq in entries
    )


def _row(tx: Tx, row: Any, verb: str, note_id: str) -> ReadingRow:
    return ReadingRow(row.seq, tx.local(row.at), row.name or "?", row.role, row.station, row.kind, row.action, verb,
                      row.reason, row.staff_id == tx.actor.staff_id, note_id)  # fmt: skip
