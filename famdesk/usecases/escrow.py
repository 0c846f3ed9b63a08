"""The sealed envelope of the notes: how they are handed over if their author dies, falls ill or leaves.

Its private key exists on paper only, in three shares for three holders (coordinator, a second holder, the Order or the
data protection officer). Any two of them together give an author's notes to a successor; who opens the envelope reads
no note by it, unless the successor is the same person. Each note that changes hands is journalled.

Source: Code of Conduct of Italian Psychologists, art. 17 (notes are kept so that a colleague can take over).
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from famdesk.data import keys, note_seal, shares
from famdesk.data.crypto import Damaged, KeyPairs, hkdf
from famdesk.data.notes import NoteKey, NotePart
from famdesk.data.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import rights
from famdesk.domain.errors import Forbidden, Required, RuleError
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

HOLDERS = 3
NEEDED = 2
AT_ONCE = 200
"""Parts that are put in by one step: other work of the desk, and other desks, come in between."""


class EnvelopeThere(RuleError):
    message = N_("The centre has a sealed envelope already. Give a reason to make a new one: the old shares end then.")


class NoEnvelope(RuleError):
    message = N_("No sealed envelope was made yet.")


class WrongShare(RuleError):
    message = N_("This code was mistyped. Check it against the sheet, group by group.")


class OtherEnvelope(RuleError):
    message = N_("These two codes do not open the envelope of this centre. Are both of the last one that was made?")


class NoAccount(RuleError):
    message = N_("This colleague has no account yet. Give one first: the notes are sealed to it.")


@dataclass(frozen=True, slots=True)
class EnvelopeRow:
    """Whether there is an envelope, and for an author how many parts of notes are in it and how many are not."""

    made: bool
    inside: int
    outside: int


@query
def envelope(tx: Tx, author_id: str) -> EnvelopeRow:
    """What the envelope holds of an author's notes; counts, no texts."""
    holders = tx.rows(
        select(NotePart.id, NoteKey.id).outerjoin(
            NoteKey, (NoteKey.part_id == NotePart.id) & NoteKey.holder_id.is_(None)
        ).where(NotePart.author_id == author_id, NotePart.centre_id == tx.centre_id)
    )  # fmt: skip
    inside = sum(key is not None for _part, key in holders)
    return EnvelopeRow(tx.actor.escrow is not None, inside, len(holders) - inside)


@usecase(N_("Sealed envelope for notes made"), final=True)
def note_made(tx: Tx, reason: str | None) -> None:
    """Leaves an entry that a new envelope was made; `make` does it."""
    tx.log("escrow", subjects=[("centre", tx.centre_id, "escrow", [])])
    tx.because(reason)


@usecase(N_("Notes put into the sealed envelope"), final=True)
def put_in(tx: Tx) -> int:
    """Seals some of one's own notes to the envelope where they are not yet, as after it was made anew; gives how many
    parts, 0 when all are in it.

    Runs by itself after sign-in, again and again: only an author can do it. What was sealed to lost keys of one's own
    stays as it is: only the envelope of then opens it.
    """
    if tx.actor.escrow is None:
        return 0
    public, mine = (base64.b64encode(key).decode() for key in (tx.actor.escrow, tx.actor.pairs.box_public))
    current = select(NoteKey.part_id).where(NoteKey.author_id == tx.actor.staff_id, NoteKey.holder_id.is_(None),
                                            NoteKey.public == public)  # fmt: skip
    missing = tx.session.execute(
        select(NotePart, NoteKey.sealed).join(NoteKey, NoteKey.part_id == NotePart.id)
        .where(NotePart.author_id == tx.actor.staff_id, NoteKey.holder_id == tx.actor.staff_id, NoteKey.public == mine,
               NotePart.id.not_in(current))
        .order_by(NotePart.id).limit(AT_ONCE)
    ).all()  # fmt: skip
    from famdesk.usecases import note_sealing

    keys_ = {part: key for part, sealed in missing if (key := _opened(tx, sealed)) is not None}
    ids = [part.id for part in keys_]
    for old in tx.session.scalars(select(NoteKey).where(NoteKey.part_id.in_(ids), NoteKey.holder_id.is_(None))).all():
        tx.session.delete(old)
    tx.session.flush()
    for part, key in keys_.items():
        note_sealing.hold(tx, part, key, None, tx.actor.escrow)
    return len(keys_)


def _opened(tx: Tx, sealed: str) -> bytes | None:
    """The key of a part; None if somebody changed it."""
    try:
        return note_seal.key_of(tx.actor.pairs, sealed)
    except Damaged:
        return None


@usecase(N_("Notes handed over to a successor"), final=True)
def hand_over(
    tx: Tx, codes: Sequence[str], author_id: str, successor_id: str, public: bytes, reason: str
) -> int:  # fmt: skip
    """Seals the notes of an author to a successor, with two shares of the envelope; gives how many parts.

    `public` is the successor's public key as the key file certifies it. Each note is journalled.

    Raises:
        NoEnvelope, WrongShare, OtherEnvelope.
        Required: no reason.
    """
    if not reason.strip():
        raise Required("reason")
    if tx.actor.escrow is None:
        raise NoEnvelope
    pairs = opened(codes, tx.actor.escrow)
    tx.get(Staff, author_id)
    tx.get(Staff, successor_id)
    rows = tx.session.scalars(
        select(NoteKey).where(NoteKey.author_id == author_id, NoteKey.holder_id.is_(None),
                              NoteKey.centre_id == tx.centre_id)
    ).all()  # fmt: skip
    held = set(tx.session.scalars(
        select(NoteKey.part_id).where(NoteKey.author_id == author_id, NoteKey.holder_id == successor_id,
                                      NoteKey.public == base64.b64encode(public).decode())
    ))  # fmt: skip
    olds = {row.part_id: row for row in tx.session.scalars(
        select(NoteKey).where(NoteKey.author_id == author_id, NoteKey.holder_id == successor_id)
    )}  # fmt: skip
    done = {}
    for row in rows:
        if row.part_id in held:
            continue
        try:
            key = note_seal.key_of(pairs, row.sealed)
        except Damaged:
            continue  # sealed to the envelope before this one
        done[row.part_id] = key
        if row.part_id in olds:
            tx.session.delete(olds[row.part_id])  # of keys that were lost
    tx.session.flush()
    for part_id, key in done.items():
        tx.session.add(NoteKey(part_id=part_id, author_id=author_id, holder_id=successor_id,
                               centre_id=tx.centre_id, public=base64.b64encode(public).decode(),
                               sealed=note_seal.key_for(public, key)))  # fmt: skip
    tx.log("escrow", subjects=[("staff", author_id, "escrow", []), ("staff", successor_id, "escrow", []),
                               *(("note_part", part_id, "escrow", []) for part_id in done)])  # fmt: skip
    tx.because(reason.strip())
    return len(done)


def make(office: Office, reason: str | None = None) -> tuple[str, ...]:
    """A new envelope; gives the codes of its three shares, which are printed and kept nowhere else.

    Raises:
        Forbidden.
        EnvelopeThere: there is one, and no reason was given for another.
    """
    if not rights.cell(note_made.name, office.role):
        raise Forbidden(who=rights.roles_for(note_made.name))
    if office.actor.escrow is not None and not (reason or "").strip():
        raise EnvelopeThere("reason")
    secret = secrets.token_bytes(shares.SECRET_BYTES)
    public = _pairs(secret).box_public
    office.run(note_made, reason)
    office.keystore.update(lambda ring: keys.with_escrow(ring, office.unlocked, public))
    office.renew_escrow(public)
    return tuple(share.code() for share in shares.split(secret, NEEDED, HOLDERS))


def opened(codes: Sequence[str], public: bytes) -> KeyPairs:
    """The key pairs of the envelope from the codes of two shares.

    Raises:
        WrongShare: the field is code_1 or code_2.
        OtherEnvelope.
    """
    found = []
    for number, code in enumerate(codes, start=1):
        share = shares.read(code)
        if share is None:
            raise WrongShare(f"code_{number}")
        found.append(share)
    try:
        pairs = _pairs(shares.join(found))
    except shares.SharesDiffer as error:
        raise OtherEnvelope("code_2") from error
    if len(found) < NEEDED or pairs.box_public != public:
        raise OtherEnvelope("code_2")
    return pairs


def public_key(office: Office, staff_id: str) -> bytes:
    """A colleague's public key, as the key file certifies it: what the database says of keys is not trusted.

    Raises:
        NoAccount.
    """
    for slot in office.keystore.load().slots.values():
        if slot.staff_id == staff_id:
            return slot.box_public
    raise NoAccount("staff_id")


def _pairs(secret: bytes) -> KeyPairs:
    return KeyPairs(hkdf(secret, "famdesk escrow box"), hkdf(secret, "famdesk escrow sign"))
