"""Proof that signed notes are as they were signed: content, order, author's signature, and that none is missing.

On a server who looks sees but some of the notes; what is seen is proved, and gaps are looked for in one's own only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, inspect, select

from famdesk.data.checks.verify_stored import as_stored, day, decoded, hour, ident, pairs, truth
from famdesk.data.journal import AuditEntry
from famdesk.data.keys.crypto import verified
from famdesk.data.keys.keys import Keyring
from famdesk.data.tables.notes import Note, NotePart, NotePerson
from famdesk.domain.errors import Finding
from famdesk.domain.notes.notes import SIGNED_NUMBERS, START, SealedPart, Signed, named
from famdesk.i18n import N_

LOCKED = ("signed", "destroyed")


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
        select(*as_stored(Note)).where(Note.centre_id == centre_id, Note.number.is_not(None))
        .order_by(Note.author_id, Note.number)
    ).all()  # fmt: skip
    me = _me(connection)
    for author_id, written in groupby(rows, key=lambda row: str(row.author_id)):
        yield from _chain(connection, author_id, list(written), signers, partial_=me not in (None, author_id))
    yield from _missing(connection, centre_id, {(_known(row.author_id), row.number) for row in rows}, me)


def _me(connection: Connection) -> str | None:
    """Who asks a server, which shows all of that author's notes and some of others; None: nothing is hidden."""
    if connection.dialect.name == "sqlite":
        return None
    return str(connection.exec_driver_sql("SELECT fd_staff()").scalar())


def _chain(
    connection: Connection, author_id: str, rows: list[Any], signers: frozenset[tuple[str, str]], *, partial_: bool
) -> Iterator[Finding]:
    prev, expected = START, 1
    for row in rows:
        if not isinstance(row.number, int):
            yield NoteChanged(number=row.number, day=row.day)
            continue
        if row.number != expected and not partial_:
            yield NoteMissing(number=expected)
        follows = row.prev == prev or (row.number != expected)
        if not follows or not _as_signed(connection, row, partial_=partial_):
            yield NoteChanged(number=row.number, day=row.day)
        elif not _by_author(row, author_id, signers):
            yield NoteForged(number=row.number, day=row.day)
        prev, expected = row.hash, row.number + 1


def _as_signed(connection: Connection, row: Any, *, partial_: bool) -> bool:
    """Whether everything is as it was signed; of a destroyed note only the row itself is left to look at."""
    try:
        said = _signed(row)
        parts = {(str(ident(part.id)), _digest(part)) for part in _rows_of(connection, NotePart, row)}
        people = {(str(ident(one.id)), _named(one)) for one in _rows_of(connection, NotePerson, row)}
    except (TypeError, ValueError):
        return False
    if said.hash() != row.hash or row.state not in LOCKED or row.deleted_at is not None:
        return False
    destroyed = row.state == "destroyed"
    if destroyed != (row.destroyed_on is not None):
        return False
    if destroyed:
        return not parts and people <= set(said.people)
    if partial_:  # of somebody else's note only those rows are shown of which one may know
        return parts <= set(said.parts) and people <= set(said.people)
    return parts == set(said.parts) and people == set(said.people)


def _rows_of(connection: Connection, kind: Any, row: Any) -> Any:
    """The rows of a note, whatever somebody made of them."""
    return connection.execute(select(*as_stored(kind)).where(kind.note_id == ident(row.id))).all()


def _signed(row: Any) -> Signed:
    """Raises ValueError."""
    return Signed(
        str(ident(row.centre_id)), str(ident(row.id)), str(ident(row.author_id)), row.kind, truth(row.private),
        day(row.day), hour(row.starts), row.minutes, ident(row.addendum_to), row.number, row.signed_at, row.prev,
        pairs(row.people), pairs(row.parts), ident(row.path_id), ident(row.appointment_id),
        ident(row.meeting_id),
    )  # fmt: skip


def _digest(part: Any) -> str:
    """Raises ValueError."""
    if part.deleted_at is not None:
        raise ValueError
    return SealedPart(
        str(ident(part.centre_id)), str(ident(part.note_id)), str(ident(part.author_id)), part.kind, part.position,
        ident(part.note_person_id), part.head, part.sealed,
    ).digest()  # fmt: skip


def _named(row: Any) -> str:
    """Raises ValueError."""
    if row.deleted_at is not None:
        raise ValueError
    return named(str(ident(row.centre_id)), str(ident(row.note_id)), str(ident(row.id)), str(ident(row.person_id)))


def _known(value: object) -> str:
    try:
        return str(ident(value))
    except ValueError:
        return str(value)


def _by_author(row: Any, author_id: str, signers: frozenset[tuple[str, str]]) -> bool:
    try:
        signature, author_id = decoded(row.signature), str(ident(author_id))
    except (TypeError, ValueError):
        return False
    keys = [decoded(public) for staff_id, public in signers if staff_id == author_id]
    return any(verified(key, str(row.hash).encode(), signature) for key in keys)


def _missing(connection: Connection, centre_id: str, there: set[tuple[str, Any]], me: str | None) -> Iterator[Finding]:
    """Notes that the journal says were signed and that are not there any more: the journal's own end is kept in the key
    file, so the last notes cannot be cut off with their entries either."""
    entries = connection.execute(
        select(*as_stored(AuditEntry, "seq", "staff_id", "details"))
        .where(AuditEntry.centre_id == centre_id, AuditEntry.details.contains(f'"{SIGNED_NUMBERS}"'))
        .order_by(AuditEntry.seq)
    ).all()
    for entry in entries:
        author_id = _known(entry.staff_id)
        if me not in (None, author_id):
            continue
        try:
            numbers = json.loads(entry.details)[SIGNED_NUMBERS]
        except (KeyError, ValueError):
            continue  # the journal's own proof tells of it
        if any((author_id, number) not in there for number in numbers):
            yield NoteGone(seq=entry.seq)
