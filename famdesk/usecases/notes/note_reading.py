"""Reading session notes: lists without texts, and a note opened for who holds its key.

A note is opened whole by its author from the page of notes. By the file of one person only what speaks of all and the
line about that person is opened: no argument makes it show another one's line (CVE-2026-32123 elsewhere).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, cast, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from famdesk.data.journal import UNNAMED, AuditEntry
from famdesk.data.tables.notes import Note, NoteKey, NotePart, NotePerson
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.writing import NoteRelease
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound
from famdesk.domain.notes import notes as rules
from famdesk.domain.notes.notes import START, Signed
from famdesk.usecases.notes import note_people as whom
from famdesk.usecases.notes import note_sealing as sealing
from famdesk.usecases.notes.note_rows import AttachmentRow, Chain, HandedOver, NoteRow, NoteText, NoteTexts, Reader
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query

SHOWN = 300
"""Notes in a list; older ones are found by their words or by the name of somebody."""
AT_ONCE = 250
"""Signed notes in one look at the chain: other questions of the desk come in between."""
UNREAD = Chain(0, None, START)
TOLD_DAYS = 30
"""How long an author is told that notes were handed over."""
_FIRST = aliased(Note)
"""The note that an addendum belongs to."""
_ESCROW: ColumnElement[str] = literal_column("'escrow'")
"""As a literal: so the engines see that the index of such entries serves."""


@query
def mine(tx: Tx, limit: int = SHOWN, ids: Sequence[str] | None = None) -> tuple[NoteRow, ...]:
    """One's own notes, drafts first, then the newest session first, at most `limit`; of `ids` only, if they are given.
    Addenda stand with the others.
    """
    statement = select(Note.id).where(Note.author_id == tx.actor.staff_id, Note.deleted_at.is_(None))
    if ids is not None:
        statement = statement.where(Note.id.in_(sorted(ids, reverse=True)[:SHOWN]))
    newest = tx.rows(statement.order_by(Note.day.desc(), Note.id.desc()).limit(limit))
    drafts = tx.rows(statement.where(Note.state == "draft"))
    found = _rows(tx, Note.id.in_({row.id for row in (*newest, *drafts)}))
    return tuple(sorted(found, key=lambda row: (row.state == "draft", row.day, str(row.starts or ""), row.id),
                        reverse=True))  # fmt: skip


@query
def received(tx: Tx, limit: int = SHOWN) -> tuple[NoteRow, ...]:
    """Notes of others that one received, shared by their authors or by the sealed envelope as a successor: by author,
    the newest session first. They are read and never changed. What was given out of notes is listed elsewhere.
    """
    given = select(NoteRelease.note_id).where(NoteRelease.staff_id == tx.actor.staff_id)
    held = (
        select(NotePart.note_id).join(NoteKey, NoteKey.part_id == NotePart.id)
        .where(NoteKey.holder_id == tx.actor.staff_id, NoteKey.author_id != tx.actor.staff_id,
               NotePart.note_id.not_in(given))
    )  # fmt: skip
    newest = select(Note.id).where(Note.id.in_(held)).order_by(Note.day.desc(), Note.id.desc()).limit(limit)
    found = _rows(tx, Note.id.in_([row.id for row in tx.rows(newest)]))
    return tuple(sorted(sorted(found, key=lambda row: (row.day, row.id), reverse=True), key=lambda row: row.author))


@query
def unsigned(tx: Tx) -> tuple[NoteRow, ...]:
    """One's own drafts, the oldest session first: what is still to be signed."""
    found = _rows(tx, Note.author_id == tx.actor.staff_id, Note.state == "draft", Note.private.is_(False))
    return tuple(sorted(found, key=lambda row: (row.day, row.id)))


@query
def of_person(tx: Tx, person_id: str) -> tuple[NoteRow, ...]:
    """Signed notes about a person as locked lines, the newest first: who wrote and when, never what. One's own drafts
    and working notes are there as well.

    Raises:
        NotFound.
    """
    tx.get(Person, person_id)
    about = select(NotePerson.note_id).where(NotePerson.person_id.in_(whom.parts_of_file(tx, person_id)),
                                             NotePerson.deleted_at.is_(None))  # fmt: skip
    shown = or_(and_(Note.state != "draft", Note.private.is_(False)), Note.author_id == tx.actor.staff_id)
    found = _rows(tx, Note.id.in_(about), shown)
    return tuple(sorted(found, key=lambda row: (row.day, str(row.starts or ""), row.id), reverse=True))


@query
def read(tx: Tx, note_id: str) -> NoteText:
    """One's own note, or one that was shared, opened whole with its addenda. The opening is journalled first; one's own
    draft is being written, which is no opening.

    Raises:
        NotFound, NoKey, Unreadable.
    """
    note = _get(tx, note_id)
    _tell_opening(tx, note)
    return _opened(tx, note, None)


@query
def read_about(tx: Tx, note_id: str, person_id: str) -> NoteText:
    """A note opened by the file of one of those whom it is about: the line of nobody else.

    Raises:
        NotFound, NoKey, Unreadable.
    """
    tx.get(Person, person_id)
    note = _get(tx, note_id)
    if person_id not in whom.rows_of(tx, note.id).values():
        raise NotFound
    _tell_opening(tx, note)
    return _opened(tx, note, person_id)


@query
def attachment(tx: Tx, note_id: str, part_id: str) -> bytes:
    """The bytes of a file of a note, for showing it in the window; they are never written to a disk in clear.

    Raises:
        NotFound, NoKey, Unreadable.
    """
    note = _get(tx, note_id)
    part = next((one for one in sealing.parts_of(tx, note.id, sealing.FILES, bare=True) if one.id == part_id), None)
    if part is None:
        raise NotFound
    _tell_opening(tx, note)
    return sealing.opened(tx, part)


@query
def chain(tx: Tx, known: Chain = UNREAD) -> Chain:
    """Whether one's own signed notes follow each other unbroken and say what was signed: some more than `known`, which
    an earlier answer gave. At the end `count` is no longer greater than before.
    """
    if known.broken is not None:
        return known
    notes = tx.session.scalars(
        select(Note).where(Note.author_id == tx.actor.staff_id, Note.number > known.count)
        .order_by(Note.number).limit(AT_ONCE)
    ).all()  # fmt: skip
    people = whom.named(tx, [note.id for note in notes])
    found = known
    for note in notes:
        whole = note.number == found.count + 1 and note.prev == found.last
        whole = whole and note.people == json.dumps(whom.digests(people[note.id]))
        whole = whole and note.hash == signed(note).hash()
        since = found.since or note.day
        if not whole:
            return Chain(found.count, since, found.last, found.count + 1)
        found = Chain(found.count + 1, since, note.hash or "")
    return found


@query
def handed_over(tx: Tx) -> tuple[HandedOver, ...]:
    """The uses of the sealed envelope for one's own notes in the last month, as the journal has them."""
    since = (tx.utc - timedelta(days=TOLD_DAYS)).astimezone(UTC).isoformat(timespec="milliseconds")
    entries = tx.rows(
        select(AuditEntry.at, AuditEntry.subjects)
        .where(AuditEntry.centre_id == tx.centre_id, AuditEntry.kind == _ESCROW, AuditEntry.at >= since)
        .order_by(AuditEntry.seq.desc())
    )  # fmt: skip
    found = []
    for entry in entries:
        colleagues = [subject[1] for subject in json.loads(entry.subjects) if subject[0] == "staff"]
        if len(colleagues) == 2 and colleagues[0] == tx.actor.staff_id:
            to = tx.session.get(Staff, colleagues[1])
            found.append(HandedOver(tx.local(entry.at), to.name if to else ""))
    return tuple(found)


@query
def readers(tx: Tx, note_id: str) -> tuple[Reader, ...]:
    """Who holds keys of one's own note beside oneself, by name; of a note of somebody else that is not told.

    Raises:
        NotFound.
    """
    note = _get(tx, note_id)
    if note.author_id != tx.actor.staff_id:
        return ()
    rows = tx.rows(
        select(Staff.id, Staff.name, func.max(cast(NoteKey.received, Integer)).label("received"))
        .join(NoteKey, NoteKey.holder_id == Staff.id).join(NotePart, NotePart.id == NoteKey.part_id)
        .where(NotePart.note_id == note.id, Staff.id != note.author_id).group_by(Staff.id, Staff.name)
    )  # fmt: skip
    return tuple(sorted((Reader(row.id, row.name, bool(row.received)) for row in rows), key=lambda one: one.name))


def own(tx: Tx, note_id: str) -> Note:
    """One's own note.

    Raises:
        NotFound.
    """
    note = tx.get(Note, note_id)
    if note.author_id != tx.actor.staff_id:
        raise NotFound
    return note


def signed(note: Note) -> Signed:
    """What the signature of a note covers."""
    people, parts = (
        [(row_id, digest) for row_id, digest in json.loads(listed or "[]")] for listed in (note.people, note.parts)
    )
    return Signed(
        note.centre_id, note.id, note.author_id, note.kind, note.private, note.day, note.starts, note.minutes,
        note.addendum_to, note.number or 0, note.signed_at or "", note.prev or "", people, parts, note.path_id,
        note.appointment_id, note.meeting_id,
    )  # fmt: skip


def _tell_opening(tx: Tx, note: Note) -> None:
    """The journal tells of an opening before anything is shown. One's own draft is being written, which is none; that
    one reads a working note of one's own is told without saying which: others do not know that there is one."""
    mine = note.author_id == tx.actor.staff_id
    if mine and note.state == "draft":
        return
    if mine and note.private:
        tx.log("read", subjects=[UNNAMED])
    else:
        tx.opened(note)


def _get(tx: Tx, note_id: str) -> Note:
    """A note that this reader may know of: a draft and a working note are their author's alone."""
    note = tx.get(Note, note_id)
    if whom.hides(note) and note.author_id != tx.actor.staff_id and not sealing.readable_notes(tx, [note.id]):
        raise NotFound
    return note


def _opened(tx: Tx, note: Note, about: str | None) -> NoteText:
    (row,) = _rows(tx, Note.id == note.id)
    if not row.readable:
        raise sealing.NoKey
    people = _told_people(tx, note, row)
    written = sealing.parts_of(tx, note.id, sealing.WRITTEN)
    texts = {part.id: sealing.unpacked(sealing.opened(tx, part))["text"]
             for part in written if _is_shown(part, people, about)}  # fmt: skip
    text = next((texts[part.id] for part in written if part.kind == "text" and part.id in texts), "")
    said: dict[str, list[str]] = {}
    for part in written:
        if part.kind == "line" and part.note_person_id in people and part.id in texts:
            said.setdefault(people[part.note_person_id], []).append(texts[part.id])
    lines = tuple((person_id, joined(several)) for person_id, several in said.items())
    files = tuple(_file(tx, part) for part in sealing.parts_of(tx, note.id, sealing.FILES, bare=True)
                  if _is_shown(part, people, about))  # fmt: skip
    mark = rules.mark((part.id, part.sealed) for part in written)
    return NoteText(row, NoteTexts(text, lines), files, _addenda(tx, note, about), about is None, mark)


def _told_people(tx: Tx, note: Note, row: NoteRow) -> dict[str, str]:
    """By id of the row that names somebody: whose lines may be shown. To who did not write the note none about somebody
    whom this reader may not know, and of a group none that was not shared."""
    people = whom.rows_of(tx, note.id)
    if row.mine:
        return people
    known = {person_id for person_id, name in zip(row.person_ids, row.people, strict=True) if name}
    keyed = set(tx.session.scalars(
        select(NotePart.note_person_id).join(NoteKey, NoteKey.part_id == NotePart.id)
        .where(NotePart.note_id == note.id, NoteKey.holder_id == tx.actor.staff_id)
    ))  # fmt: skip
    return {row_id: person_id for row_id, person_id in people.items() if person_id in known and row_id in keyed}


def _is_shown(part: NotePart, people: dict[str, str], about: str | None) -> bool:
    """Whether a part speaks of all, or of this person; `about` None: of any of these."""
    if part.note_person_id is None:
        return True
    return part.note_person_id in people and about in {None, people[part.note_person_id]}


def joined(lines: Iterable[str]) -> str:
    """Lines about somebody whom a note names twice, since two files have become one, as one text."""
    return "\n\n".join(line for line in lines if line)


def _file(tx: Tx, part: NotePart) -> AttachmentRow:
    head = sealing.head_of(tx, part)
    return AttachmentRow(part.id, head["name"], head["media"], head["size"])


def _addenda(tx: Tx, note: Note, about: str | None) -> tuple[NoteText, ...]:
    """Signed addenda that this reader may read, the oldest first; by somebody's file those that name this person."""
    found = tx.session.scalars(
        select(Note).where(Note.addendum_to == note.id, Note.state == "signed").order_by(Note.number)
    ).all()
    readable = sealing.readable_notes(tx, [one.id for one in found])
    if about is not None:
        people = whom.people(tx, sorted(readable))
        readable = {one for one in readable if about in people.get(one, ())}
    return tuple(_opened(tx, one, about) for one in found if one.id in readable and tx.allowed(one))


def _rows(tx: Tx, *where: ColumnElement[bool]) -> list[NoteRow]:
    rows = tx.rows(
        select(*Note.__table__.columns, Staff.name.label("author"), _FIRST.number.label("first"))
        .join(Staff, Staff.id == Note.author_id).outerjoin(_FIRST, _FIRST.id == Note.addendum_to)
        .where(Note.deleted_at.is_(None), Note.centre_id == tx.centre_id, *where)
    )  # fmt: skip
    ids = [row.id for row in rows]
    people = whom.people(tx, ids)
    known = labels(tx, {person_id for found in people.values() for person_id in found})
    readable = sealing.readable_notes(tx, ids)
    return [_row(tx, row, people.get(row.id, ()), known, readable) for row in rows]


def _row(tx: Tx, row: Any, people: Iterable[str], known: dict[str, str], readable: set[str]) -> NoteRow:
    ids, mine_ = tuple(people), row.author_id == tx.actor.staff_id  # an empty draft has no key yet
    return NoteRow(
        row.id, row.version, row.author_id, row.author, row.kind, row.private, row.day, row.starts, row.minutes,
        row.state, row.number, tx.local(row.signed_at) if row.signed_at else None, row.addendum_to, ids,
        tuple(known.get(one, "") for one in ids), mine_, row.id in readable or (mine_ and row.state == "draft"),
        row.path_id, row.appointment_id, row.meeting_id, row.first,
    )  # fmt: skip
