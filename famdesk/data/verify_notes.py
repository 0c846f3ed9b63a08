"""Proof that signed notes are as they were signed: content, order, author's signature, and that none is missing.

On a server who looks sees but some of the notes; what is seen is proved, and gaps are looked for in one's own only.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, inspect, select

from famdesk.data.crypto import verified
from famdesk.data.journal import AuditEntry
from famdesk.data.keys import Keyring
from famdesk.data.notes import Note, NotePart, NotePerson
from famdesk.domain.errors import Finding
from famdesk.domain.notes import START, Signed, digest
from famdesk.i18n import N_

SIGNING = "notes.sign"


class NoteChanged(Finding):
    message = N_("Session note {number} of {day} is not as it was signed.")


class NoteForged(Finding):
    message = N_("Session note {number} of {day}: the signature is not that of its author.")


class NoteMissing(Finding):
    message = N_("A session note that was signed is missing: number {number} of its author.")


class NoteGone(Finding):
    message = N_("Journal: the session note that entry {seq} signed is missing.")


def notes(connection: Connection, centre_id: str, ring: Keyring) -> Iterator[Finding]:
    """Each broken note of a centre, by author and number; none in data from before there were notes."""
    if not inspect(connection).has_table(Note.__tablename__):
        return
    signers = ring.signers()
    rows = connection.execute(
        select(Note.__table__)
        .where(Note.centre_id == centre_id, Note.number.is_not(None))
        .order_by(Note.author_id, Note.number)
    ).all()
    for author_id, written in groupby(rows, key=lambda row: row.author_id):
        yield from _chain(connection, author_id, list(written), signers, partial_=not _sees_all(connection, author_id))
    yield from _missing(connection, centre_id, {row.id for row in rows})


def _sees_all(connection: Connection, author_id: str) -> bool:
    """Whether nothing of an author's notes is hidden from who asks."""
    return _is_file(connection) or str(connection.exec_driver_sql("SELECT fd_staff()").scalar()) == author_id


def _is_file(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def _chain(
    connection: Connection, author_id: str, rows: list[Any], signers: frozenset[tuple[str, str]], *, partial_: bool
) -> Iterator[Finding]:
    prev, expected = START, 1
    for row in rows:
        if row.number != expected and not partial_:
            yield NoteMissing(number=expected)
        follows = row.prev == prev or (row.number != expected)
        if not follows or not _as_signed(connection, row, partial_=partial_):
            yield NoteChanged(number=row.number, day=row.day)
        elif not _by_author(row, author_id, signers):
            yield NoteForged(number=row.number, day=row.day)
        prev, expected = row.hash, row.number + 1


def _as_signed(connection: Connection, row: Any, *, partial_: bool) -> bool:
    """Whether hash and parts are those that were signed; of a destroyed note only the hash is left to look at."""
    try:
        parts = [(str(part_id), str(of)) for part_id, of in json.loads(row.parts)]
    except (TypeError, ValueError):
        return False
    people = connection.execute(
        select(NotePerson.id).where(NotePerson.note_id == row.id, NotePerson.deleted_at.is_(None))
    ).scalars().all()  # fmt: skip
    said = Signed(row.centre_id, row.id, row.author_id, row.kind, row.private, row.day, row.starts, row.minutes,
                  row.addendum_to, row.number, row.signed_at or "", row.prev or "", people, parts)  # fmt: skip
    if said.hash() != row.hash and not partial_:
        return False
    there = connection.execute(select(NotePart.id, NotePart.sealed).where(NotePart.note_id == row.id)).all()
    if row.state == "destroyed":
        return not there
    found = {(str(part.id), digest(part.sealed)) for part in there}
    if partial_:  # of somebody else's note only those parts are shown of which one has a key
        return found <= set(parts)
    return found == set(parts)


def _by_author(row: Any, author_id: str, signers: frozenset[tuple[str, str]]) -> bool:
    try:
        signature = base64.b64decode(row.signature, validate=True)
    except (TypeError, ValueError):
        return False
    keys = [base64.b64decode(public) for staff_id, public in signers if staff_id == author_id]
    return any(verified(key, str(row.hash).encode(), signature) for key in keys)


def _missing(connection: Connection, centre_id: str, there: set[str]) -> Iterator[Finding]:
    """Notes that the journal says were signed and that are not there any more."""
    if not _is_file(connection):
        return
    entries = connection.execute(
        select(AuditEntry.seq, AuditEntry.subjects)
        .where(AuditEntry.centre_id == centre_id, AuditEntry.action == SIGNING, AuditEntry.kind == "write")
        .order_by(AuditEntry.seq)
    ).all()
    for entry in entries:
        signed = {subject[1] for subject in json.loads(entry.subjects) if subject[0] == "note"}
        if signed - there:
            yield NoteGone(seq=entry.seq)
