"""Sealed parts of notes in a transaction: writing, reading, and who holds keys. No use-cases."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace as replace_
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import defer

from famdesk.data.keys import note_seal
from famdesk.data.keys.crypto import Damaged
from famdesk.data.keys.note_seal import Spot
from famdesk.data.tables.notes import Note, NoteKey, NotePart
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError, Unavailable
from famdesk.domain.notes.notes import SealedPart
from famdesk.i18n import N_
from famdesk.usecases.notes import note_limits

WRITTEN = ("text", "line")
"""The kinds of parts that are typed."""
FILES = ("attachment", "drawing")


class NoKey(RuleError):
    message = N_("Only who wrote this note can read it, and whom the author lets.")


class Unreadable(Unavailable):
    message = N_("This note does not open: it was changed outside of FamDesk, or it belongs to keys that are lost.")


def spot(part: NotePart) -> Spot:
    """Where a part stands."""
    return Spot(part.centre_id, part.note_id, part.id, part.author_id, part.kind, part.note_person_id)


def put(
    tx: Tx, note: Note, kind: str, content: bytes, *, position: int = 0, about: str | None = None,
    head: bytes | None = None,
) -> NotePart:  # fmt: skip
    """A new part with a key for its author and, where there is one, for the escrow; `head`: see `NotePart`."""
    part = NotePart(note_id=note.id, author_id=note.author_id, note_person_id=about, kind=kind, position=position,
                    sealed="", centre_id=tx.centre_id)  # fmt: skip
    key = note_seal.new_key()
    part.sealed = note_seal.close(key, content, spot(part))
    if head is not None:
        part.head = note_seal.close(key, head, _head_spot(part))
    tx.add(part)
    tx.session.flush()  # the server's policies look the part up when its keys follow
    hold(tx, part, key, tx.actor.staff_id, tx.actor.pairs.box_public)
    if tx.actor.escrow is not None:
        hold(tx, part, key, None, tx.actor.escrow)
    return part


def digest(part: NotePart) -> str:
    """What a signature covers of a part."""
    return SealedPart(part.centre_id, part.note_id, part.author_id, part.kind, part.position, part.note_person_id,
                      part.head, part.sealed).digest()  # fmt: skip


def hold(tx: Tx, part: NotePart, key: bytes, holder_id: str | None, public: bytes) -> None:
    """Lets one more holder open a part."""
    tx.add(NoteKey(part_id=part.id, author_id=part.author_id, holder_id=holder_id,
                   public=base64.b64encode(public).decode(), sealed=note_seal.key_for(public, key)))  # fmt: skip


def replace(tx: Tx, part: NotePart, content: bytes) -> None:
    """Other content under the same keys."""
    part.sealed = note_seal.close(key_of(tx, part), content, spot(part))


def key_of(tx: Tx, part: NotePart) -> bytes:
    """The key of a part, for who is signed in.

    Raises:
        NoKey, Unreadable.
    """
    if part.author_id != tx.actor.staff_id:
        note_limits.check(tx, part.note_id)
    mine = base64.b64encode(tx.actor.pairs.box_public).decode()  # keys of before, which were lost, may be there too
    rows = tx.rows(select(NoteKey.sealed).where(NoteKey.part_id == part.id, NoteKey.holder_id == tx.actor.staff_id)
                   .order_by(NoteKey.public != mine))  # fmt: skip
    if not rows:
        raise NoKey
    for row in rows:  # some may be sealed to pairs that were lost
        with suppress(Damaged):
            return note_seal.key_of(tx.actor.pairs, row.sealed)
    raise Unreadable


def opened(tx: Tx, part: NotePart) -> bytes:
    """What a part says.

    Raises:
        NoKey, Unreadable.
    """
    try:
        return note_seal.open_(key_of(tx, part), part.sealed, spot(part))
    except Damaged as error:
        raise Unreadable from error


def head_of(tx: Tx, part: NotePart) -> dict[str, Any]:
    """How a file is called, its media type and how many bytes it has, without opening it.

    Raises:
        NoKey, Unreadable.
    """
    try:
        return unpacked(note_seal.open_(key_of(tx, part), part.head or "", _head_spot(part)))
    except Damaged as error:
        raise Unreadable from error


def _head_spot(part: NotePart) -> Spot:
    return replace_(spot(part), kind=f"{part.kind} head")


def parts_of(tx: Tx, note_id: str, kinds: Sequence[str] = (), *, bare: bool = False) -> Sequence[NotePart]:
    """The parts of a note in their order; of `kinds` only, if given. `bare`: what is sealed is loaded only when it is
    asked for: files are large."""
    statement = select(NotePart).where(NotePart.note_id == note_id).order_by(NotePart.position, NotePart.id)
    if kinds:
        statement = statement.where(NotePart.kind.in_(kinds))
    if bare:
        statement = statement.options(defer(NotePart.sealed))
    return tx.session.scalars(statement).all()


def readable_notes(tx: Tx, note_ids: Iterable[str]) -> set[str]:
    """Those of which this reader holds a key."""
    ids, found = sorted(set(note_ids)), set[str]()
    for first in range(0, len(ids), 400):
        rows = tx.rows(
            select(NotePart.note_id).join(NoteKey, NoteKey.part_id == NotePart.id)
            .where(NotePart.note_id.in_(ids[first : first + 400]), NoteKey.holder_id == tx.actor.staff_id).distinct()
        )  # fmt: skip
        found |= {row.note_id for row in rows}
    return found - note_limits.ended(tx, found).keys()


def packed(value: dict[str, Any]) -> bytes:
    """Content as it is sealed."""
    return json.dumps(value, ensure_ascii=False).encode()


def unpacked(content: bytes) -> dict[str, Any]:
    """What `packed` was given."""
    found: dict[str, Any] = json.loads(content)
    return found
