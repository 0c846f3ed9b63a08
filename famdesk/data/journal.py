"""The journal: one recorder that turns every flush into changes, undo steps and audit entries.

`audit` is append-only and holds ids, names of fields and hashes, never values: each entry carries the hash of the one
before it (a chain per centre) and the signature of the person who acted. `change` holds the rows before and after,
for undo and for the history; it can be thinned out without breaking the chain, which only covers its digest.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, NoReturn

from sqlalchemy import (
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    TextClause,
    Uuid,
    bindparam,
    event,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.orm import InstanceState, Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from famdesk.data.base import Base, Record
from famdesk.data.keys.crypto import KeyPairs
from famdesk.domain.ids import new_id
from famdesk.domain.progress import Progress
from famdesk.domain.text import check_storable

GENESIS = "0" * 64
ERASE = "erase"
WRITES = frozenset({"write", "undo", "redo", ERASE})
"""Kinds of entries that change rows. Of an erasure only which rows it was is kept, and nothing turns it back."""
SUBJECTS_SHOWN = 200
AT_ONCE = 500
"""Changes that are written at once: in between a long step can be stopped."""
UNNAMED: tuple[str, str, str, list[str]] = ("note", "", "unnamed", [])
"""Stands in an entry for a row that is not named; desks of its author look anew at their notes."""

Row = dict[str, Any]


class AuditEntry(Base):
    """Who did what to which records, when (UTC, ISO text). `kind`: write, read, undo, redo, erase, print…"""

    __tablename__ = "audit"
    __table_args__ = (
        # Of the print register: few entries among many; the reader writes the kind as a literal.
        Index("ix_audit_print", "centre_id", "seq", sqlite_where=text("kind = 'print'"),
              postgresql_where=text("kind = 'print'")),
        # Of the uses of the sealed envelope, which every look at the day asks for.
        Index("ix_audit_escrow", "centre_id", "seq", sqlite_where=text("kind = 'escrow'"),
              postgresql_where=text("kind = 'escrow'")),
    )  # fmt: skip
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("centre.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[str] = mapped_column(String(32))
    staff_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    role: Mapped[str]
    station: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    action: Mapped[str]
    subjects: Mapped[str]
    details: Mapped[str]
    reason: Mapped[str | None]
    undoes: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))
    signer: Mapped[str]
    signature: Mapped[str]


class AuditHead(Base):
    """The end of a centre's chain; its row lock puts writers of one centre in order."""

    __tablename__ = "audit_head"
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("centre.id"), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class Change(Base):
    """One row before and after a step (JSON; None: it was not there). `person_id` says whose rights guard it."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_centre_id_seq", "centre_id", "seq"),)
    id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), ForeignKey("centre.id"))
    seq: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer)
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), index=True)
    person_id: Mapped[str | None] = mapped_column(Uuid(as_uuid=False))
    staff_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)


class RecordedSession(Session):
    """A session that knows no way around the recorder."""

    def bulk_save_objects(self, *_arguments: Any, **_options: Any) -> NoReturn:
        raise BulkWriteError("bulk_save_objects")

    def bulk_insert_mappings(self, *_arguments: Any, **_options: Any) -> NoReturn:
        raise BulkWriteError("bulk_insert_mappings")

    def bulk_update_mappings(self, *_arguments: Any, **_options: Any) -> NoReturn:
        raise BulkWriteError("bulk_update_mappings")


# Made once: a save is a few of these and little else.
_HEAD = select(AuditHead.seq, AuditHead.hash).where(AuditHead.centre_id == bindparam("centre")).with_for_update()
_NEW_ENTRY = insert(AuditEntry.__table__)  # type: ignore[arg-type]
_NEW_CHANGE = insert(Change.__table__)  # type: ignore[arg-type]


class BulkWriteError(RuntimeError):
    """A use-case tried to write past the recorder."""


@dataclass(slots=True)
class Step:
    """What is being done, for the entry: see `AuditEntry`. `subjects` of reads and prints are added by hand.

    Of changed rows of the tables `unnamed` the entry tells only that there were some: everybody of the centre reads the
    journal, and some things are known to nobody but who made them.
    """

    action: str
    kind: str = "write"
    details: dict[str, Any] = field(default_factory=dict)
    reason: str | None = None
    undoes: int | None = None
    subjects: list[tuple[str, str, str, list[str]]] = field(default_factory=list)
    unnamed: frozenset[str] = frozenset()


class Recorder:
    """Collects the rows that a session changes, from its flushes, and writes them down before the commit.

    Attributes:
        flushed: anything at all was sent to the database, journalled or not.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self.flushed = False
        self._before: dict[tuple[str, str], Row | None] = {}
        self._after: dict[tuple[str, str], Row | None] = {}
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)
        event.listen(session, "do_orm_execute", self._guard)

    def _before_flush(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        for record in session.new:
            if isinstance(record, Record):
                _clean_text(record)
                self._note(record, old=False)
        for record in [*session.dirty, *session.deleted]:
            if isinstance(record, Record):
                _clean_text(record)
                self._note(record, old=True)

    def _note(self, record: Record, *, old: bool) -> None:
        if record.journalled:  # of others nothing is asked: it may be large, and not even be loaded
            self._before.setdefault(key_of(record), _image(record, old=True) if old else None)

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        self.flushed = True
        for record in session.deleted:
            if isinstance(record, Record):
                self._after[key_of(record)] = None
        for record in [*session.new, *session.dirty]:
            if isinstance(record, Record) and record.journalled and record not in session.deleted:
                self._after[key_of(record)] = _image(record, old=False)

    def _guard(self, state: ORMExecuteState) -> None:
        if state.is_insert or state.is_update or state.is_delete or isinstance(state.statement, TextClause):
            raise BulkWriteError(state.statement.__class__.__name__)

    def touched(self) -> list[tuple[str, str, int]]:
        """(table, id, version read) of the rows that were to be changed."""
        return [(table, row_id, row["version"]) for (table, row_id), row in self._before.items() if row is not None]

    def changes(self) -> list[tuple[str, str, Row | None, Row | None]]:
        """(table, id, before, after) of every row whose content differs, in the order of the first flush."""
        found = []
        for (table, row_id), before in self._before.items():
            after = self._after.get((table, row_id), before)
            if content(before) != content(after):
                found.append((table, row_id, before, after))
        return found


def write_down(
    session: Session, step: Step, changes: list[tuple[str, str, Row | None, Row | None]], *, centre_id: str,
    staff_id: str, role: str, station: str, pairs: KeyPairs, at: datetime, progress: Progress,
) -> int:  # fmt: skip
    """Appends the entry and its changes in the session's transaction; returns its number. A trigger moves the head.

    Raises:
        Stopped: by `progress`.
    """
    connection = session.connection()
    head = connection.execute(_HEAD, {"centre": centre_id}).one_or_none()
    seq, prev = (head.seq + 1, head.hash) if head else (1, GENESIS)
    kept = [] if step.kind == ERASE else changes
    rows = []
    for place, change in enumerate(kept):
        progress.step(place, 2 * len(kept))
        rows.append(_change_row(seq, place, change, centre_id, staff_id))
    entry = {
        "centre_id": centre_id, "seq": seq, "at": at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "staff_id": staff_id, "role": role, "station": station, "kind": step.kind, "action": step.action,
        "subjects": json.dumps(_subjects(step, changes), ensure_ascii=False),
        "details": json.dumps(step.details, ensure_ascii=False, default=_json), "reason": step.reason,
        "undoes": step.undoes, "digest": digest_of(rows), "prev": prev,
    }  # fmt: skip
    entry["hash"] = entry_hash(entry)
    signer, signature = pairs.signed(str(entry["hash"]).encode())
    entry["signer"], entry["signature"] = base64.b64encode(signer).decode(), base64.b64encode(signature).decode()
    connection.execute(_NEW_ENTRY, entry)
    for first in range(0, len(rows), AT_ONCE):
        progress.step(len(rows) + first, 2 * len(rows))
        connection.execute(_NEW_CHANGE, rows[first : first + AT_ONCE])
    return seq


def entry_hash(entry: Row) -> str:
    """The SHA-256 of an entry with the hash of the one before it: what the signature covers."""
    covered = ("centre_id", "seq", "at", "staff_id", "role", "station", "kind", "action", "subjects", "details",
               "reason", "undoes", "digest", "prev")  # fmt: skip
    return hashlib.sha256(json.dumps([entry[name] for name in covered], ensure_ascii=False).encode()).hexdigest()


def digest_of(rows: list[Row]) -> str:
    """The SHA-256 of an entry's change rows."""
    found = hashlib.sha256(b"[")  # of one list in JSON, row by row: many at once would hold up everything else
    for number, row in enumerate(rows):
        covered = [row["position"], row["table_name"], row["row_id"], row["before"], row["after"]]
        found.update(f"{', ' if number else ''}{json.dumps(covered, ensure_ascii=False)}".encode())
    found.update(b"]")
    return found.hexdigest()


def content(row: Row | None) -> Row | None:
    """A row without its version: what undo compares."""
    return None if row is None else {name: value for name, value in row.items() if name != "version"}


def key_of(record: Record) -> tuple[str, str]:
    return record.__tablename__, record.id


def image(record: Record) -> Row:
    """The record's columns as plain JSON values."""
    return _image(record, old=False)


def restored_values(kind: type[Record], row: Row) -> Row:
    """The values of an image as Python values again, by attribute name."""
    mapper = inspect(kind)
    return {name: _python(mapper.attrs[name].columns[0], value) for name, value in row.items() if name in mapper.attrs}


def _image(record: Record, *, old: bool) -> Row:
    state: InstanceState[Any] = inspect(record)
    row: Row = {}
    for name in state.mapper.column_attrs.keys():  # noqa: SIM118 - a read-only collection, not a dict
        attribute = state.attrs[name]
        changed = attribute.history.deleted if old else ()
        row[name] = _json(changed[0] if changed else attribute.value)
    return row


def _clean_text(record: Record) -> None:
    """Text is NFC and storable on both engines before it reaches them.

    Raises:
        BadText: with the field's name.
    """
    state: InstanceState[Any] = inspect(record)
    for name, value in state.dict.items():
        if isinstance(value, str) and name in state.mapper.column_attrs:
            clean = check_storable(value, name)
            if clean != value:
                setattr(record, name, clean)


def _change_row(seq: int, place: int, change: tuple[str, str, Row | None, Row | None], centre: str, staff: str) -> Row:
    table, row_id, before, after = change
    known = after or before or {}
    person = row_id if table == "person" else known.get("person_id")
    return {"id": new_id(), "centre_id": centre, "seq": seq, "position": place, "table_name": table, "row_id": row_id,
            "person_id": person, "staff_id": staff, "before": _text(before), "after": _text(after)}  # fmt: skip


def _subjects(step: Step, changes: list[tuple[str, str, Row | None, Row | None]]) -> list[Any]:
    found: list[Any] = [list(subject) for subject in step.subjects]
    for table, row_id, before, after in changes[:SUBJECTS_SHOWN]:
        if table in step.unnamed:
            found.append([*UNNAMED])
            continue
        verb = "create" if before is None else "delete" if after is None else "change"
        fields = sorted(name for name in (after or {}) if before and before.get(name) != (after or {}).get(name))
        found.append([table, row_id, verb, [name for name in fields if name != "version"]])
    if len(changes) > SUBJECTS_SHOWN:
        found.append(["*", str(len(changes)), "more", []])
    return found


def _text(row: Row | None) -> str | None:
    return None if row is None else json.dumps(row, ensure_ascii=False, sort_keys=True)


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, (date, time)) else value


def _python(column: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    kind = column.type.python_type if column.type.__class__.__name__ != "WallTime" else datetime
    return kind.fromisoformat(value) if kind in (datetime, date, time) else value
