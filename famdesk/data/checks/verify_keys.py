"""Proof that the keys of session notes are as they were made: whose they are, and that one's own ones open.

A key is sealed to its holder: that a byte of it was changed sees who has the private key, and nobody else. Of the keys
of others is proved whose they are and to which public key, and that no note is without any.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Text, exists, inspect, select, type_coerce

from famdesk.data.checks.verify_stored import as_stored, decoded, ident
from famdesk.data.keys import note_seal
from famdesk.data.keys.crypto import Damaged, KeyPairs
from famdesk.data.keys.keys import Keyring
from famdesk.data.tables.notes import Note, NoteKey, NotePart
from famdesk.domain.errors import Finding
from famdesk.i18n import N_

_OF_PART = ("id", "centre_id", "note_id", "author_id", "kind", "note_person_id", "sealed")
SEALED_BYTES = 80
"""A key of 32 bytes in a sealed box."""


class KeyChanged(Finding):
    message = N_("Keys of session notes that are not as they were made: {count}. Who holds one cannot open the note.")


class KeyMissing(Finding):
    message = N_("Session note {number} of {day}: nobody has a key of all its parts any more.")


def note_keys(connection: Connection, centre_id: str, ring: Keyring, mine: KeyPairs | None) -> Iterator[Finding]:
    """What is wrong with the keys of a centre; `mine`: the pairs of who proves, whose own keys are tried."""
    if not inspect(connection).has_table(NoteKey.__tablename__):
        return
    known = {(key.staff_id, key.box_public) for key in ring.identities()}
    own = base64.b64encode(mine.box_public).decode() if mine else None
    part = {f"of_{name}": NotePart.__table__.columns[name] for name in _OF_PART}
    rows = connection.execute(
        select(*as_stored(NoteKey), *(type_coerce(column, Text).label(name) for name, column in part.items()))
        .outerjoin(NotePart, NotePart.id == NoteKey.part_id).where(NoteKey.centre_id == centre_id)
    )  # fmt: skip
    on_server = connection.dialect.name != "sqlite"
    count = 0
    for row in rows:
        if row.of_id is None and on_server:  # nobody is shown the parts of all whose keys are seen
            continue
        opens = mine if row.public == own else None
        count += not (_whole(row, known) and (opens is None or _opens(row, opens)))
    if count:
        yield KeyChanged(count=count)
    yield from _missing(connection, centre_id)


def _whole(row: Any, known: set[tuple[str, str]]) -> bool:
    """Whether a key names its part and the part's author, and is sealed to a public key of its holder. What lies in an
    envelope is looked at there."""
    try:
        holder, sealed = ident(row.holder_id), decoded(row.sealed)
        same = ident(row.id) is not None and ident(row.author_id) == ident(row.of_author_id)
    except (TypeError, ValueError):
        return False
    theirs = holder is None or (holder, row.public) in known
    return same and theirs and len(sealed) == SEALED_BYTES and row.deleted_at is None and row.of_id is not None


def _opens(row: Any, mine: KeyPairs) -> bool:
    try:
        spot = note_seal.Spot(str(ident(row.of_centre_id)), str(ident(row.of_note_id)), str(ident(row.of_id)),
                              str(ident(row.of_author_id)), row.of_kind, ident(row.of_note_person_id))  # fmt: skip
        note_seal.open_(note_seal.key_of(mine, row.sealed), row.of_sealed, spot)
    except (Damaged, TypeError, ValueError):
        return False
    return True


def _missing(connection: Connection, centre_id: str) -> Iterator[Finding]:
    """Signed notes with a part to which nobody has a key; on a server of one's own, as others' keys are not shown."""
    keyless = ~exists().where(NoteKey.part_id == NotePart.id)
    where = [Note.centre_id == centre_id, Note.state == "signed", keyless]
    if connection.dialect.name != "sqlite":
        where.append(Note.author_id == connection.exec_driver_sql("SELECT fd_staff()").scalar())
    rows = connection.execute(
        select(*as_stored(Note, "number", "day")).join(NotePart, NotePart.note_id == Note.id).where(*where).distinct()
    )
    for row in rows:
        yield KeyMissing(number=row.number, day=row.day)
