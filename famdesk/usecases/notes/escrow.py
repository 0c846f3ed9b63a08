"""The sealed envelope of the notes: how they are handed over if their author dies, falls ill or leaves.

Its private key exists on paper only, in three shares for three holders (coordinator, a second holder, the Order or the
data protection officer). Any two of them together give an author's notes to a successor; who opens the envelope reads
no note by it, unless the successor is the same person. Each part of a note that changes hands is journalled, and the
author is told. Nothing goes into an envelope to which its author did not agree (see `escrow_consents`).

Source: Code of Conduct of Italian Psychologists, art. 17 (notes are kept so that a colleague can take over).
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from famdesk.data.keys import keys, note_seal, shares
from famdesk.data.keys.crypto import Damaged, KeyPairs, hkdf
from famdesk.data.tables import envelope as envelopes
from famdesk.data.tables.notes import NoteKey, NotePart
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, Required, RuleError
from famdesk.domain.notes.envelope import HOLDERS, NEEDED
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.registry import usecase
from famdesk.usecases.staff import notices

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

AT_ONCE = 200
"""Parts that are put in by one step: other work of the desk, and other desks, come in between."""
TOLD_AT_ONCE = 200
"""Parts that one entry of the journal names."""


class EnvelopeThere(RuleError):
    message = N_("The centre has a sealed envelope already. Give a reason to make a new one.")


class NoEnvelope(RuleError):
    message = N_("No sealed envelope was made yet.")


class WrongShare(RuleError):
    message = N_("This code was mistyped. Check it against the sheet, group by group.")


class SameShare(RuleError):
    message = N_("This is the part that was typed before. Two holders are needed, each with their own.")


class OtherEnvelope(RuleError):
    message = N_("These two codes do not open an envelope of this centre. Do both sheets bear the same check number?")


class NothingInside(RuleError):
    message = N_("Nothing by this author is in the envelope that these two codes open.")


class NoAccount(RuleError):
    message = N_("This colleague has no account yet. Give one first: the notes are sealed to it.")


class SameHolder(RuleError):
    message = N_("Each part has a holder of its own: with two of them one person alone would open the envelope.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A new key that is in use nowhere yet: its public key, and the three codes, in the order of `HOLDERS`.

    It lives in memory until each holder has their code on paper, and is forgotten if one of them has not.
    """

    public: bytes
    codes: tuple[str, ...]

    @property
    def check(self) -> str:
        """The check number that stands on each sheet."""
        return envelopes.check_of(self.public)


def draw() -> Drawn:
    """A new key and its shares."""
    secret = secrets.token_bytes(shares.SECRET_BYTES)
    codes = tuple(share.code() for share in shares.split(secret, NEEDED, len(HOLDERS)))
    return Drawn(_pairs(secret).box_public, codes)


def checked_holders(names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(code, name) of the three holders.

    Raises:
        Required, SameHolder: the field is the code of the holder.
    """
    found: list[tuple[str, str]] = []
    for holder, name in zip(HOLDERS, names, strict=True):
        clean = " ".join(name.split())
        if not clean:
            raise Required(holder.code)
        if clean.casefold() in {other.casefold() for _code, other in found}:
            raise SameHolder(holder.code)
        found.append((holder.code, clean))
    return tuple(found)


def check_may_make(office: Office, reason: str | None) -> None:
    """Before anything is drawn.

    Raises:
        Forbidden.
        EnvelopeThere: there is one, and no reason was given for another.
    """
    if not rights.cell(note_made.name, office.role):
        raise Forbidden(who=rights.roles_for(note_made.name))
    if office.keystore.load().envelope is not None and not (reason or "").strip():
        raise EnvelopeThere("reason")


def make(office: Office, drawn: Drawn, names: Sequence[str], reason: str | None = None) -> None:
    """Makes the drawn key that of the centre's envelope: certified by who is signed in, told to every author.

    Raises:
        Required, SameHolder.
        Forbidden, EnvelopeThere: see `check_may_make`.
    """
    check_may_make(office, reason)
    made = envelopes.certified(drawn.public, office.actor.staff_id, office.now().date(), checked_holders(names),
                               office.unlocked.pairs)  # fmt: skip
    office.run(note_made, made.check, (reason or "").strip() or None)
    office.keystore.update(lambda ring: keys.with_envelope(ring, office.unlocked, made))
    office.see_envelope(made, office.actor.escrow)


@usecase(N_("Sealed envelope for notes made"), final=True)
def note_made(tx: Tx, check: str, reason: str | None) -> None:
    """Leaves an entry that a new envelope was made, with its check number, and asks every author; `make` does it."""
    tx.log("escrow", subjects=[("centre", tx.centre_id, "escrow", [])], details={"check": check}, reason=reason)
    for colleague in tx.all(Staff, Staff.active.is_(True), Staff.login.is_not(None)):
        if rights.cell(put_in.name, colleague.role):
            notices.tell(tx, colleague.id, "envelope_made")


@usecase(N_("Notes put into the sealed envelope"), final=True)
def put_in(tx: Tx) -> int:
    """Seals some of one's own notes to the envelope that one agreed to, where they are not yet; gives how many parts, 0
    when all are in it. Keys of one's own that were lost go where there are new ones.

    Runs by itself after sign-in, again and again: only an author can do it. What was sealed to lost keys of one's own
    stays as it is: only the envelope of then opens it.
    """
    mine = base64.b64encode(tx.actor.pairs.box_public).decode()
    gone = _lost(tx, mine)
    if tx.actor.escrow is None:
        return gone
    public = base64.b64encode(tx.actor.escrow).decode()
    current = select(NoteKey.part_id).where(NoteKey.author_id == tx.actor.staff_id, NoteKey.holder_id.is_(None),
                                            NoteKey.public == public)  # fmt: skip
    missing = tx.session.execute(
        select(NotePart, NoteKey.sealed).join(NoteKey, NoteKey.part_id == NotePart.id)
        .where(NotePart.author_id == tx.actor.staff_id, NoteKey.holder_id == tx.actor.staff_id, NoteKey.public == mine,
               NotePart.id.not_in(current))
        .order_by(NotePart.id).limit(AT_ONCE)
    ).all()  # fmt: skip
    from famdesk.usecases.notes import note_sealing

    keys_ = {part: key for part, sealed in missing if (key := _opened(tx.actor.pairs, sealed)) is not None}
    ids = [part.id for part in keys_]
    for old in tx.session.scalars(select(NoteKey).where(NoteKey.part_id.in_(ids), NoteKey.holder_id.is_(None))).all():
        tx.session.delete(old)
    tx.session.flush()
    for part, key in keys_.items():
        note_sealing.hold(tx, part, key, None, tx.actor.escrow)
    return gone + len(keys_)


def _lost(tx: Tx, mine: str) -> int:
    """Drops keys that are sealed to pairs which I no longer have, of parts of mine that my present ones open."""
    now = aliased(NoteKey)
    held = select(now.part_id).where(now.holder_id == tx.actor.staff_id, now.public == mine)
    rows = tx.session.scalars(
        select(NoteKey).where(NoteKey.author_id == tx.actor.staff_id, NoteKey.holder_id == tx.actor.staff_id,
                              NoteKey.public != mine, NoteKey.part_id.in_(held)).limit(AT_ONCE)
    ).all()  # fmt: skip
    for row in rows:
        tx.session.delete(row)
    tx.session.flush()
    return len(rows)


@usecase(N_("Notes handed over to a successor"), final=True)
def hand_over(
    tx: Tx, codes: Sequence[str], author_id: str, successor_id: str, public: bytes, reason: str
) -> int:  # fmt: skip
    """Seals the notes of an author to a successor, with two shares of an envelope; gives how many parts are new to the
    successor. Both are told. The successor may be the author, who lost the password and has new keys.

    `public` is the successor's public key as the key file certifies it. What is in an envelope of before is opened by
    two shares of that one.

    Raises:
        NoEnvelope, WrongShare, SameShare, OtherEnvelope, NothingInside.
        Required: no reason.
    """
    if not reason.strip():
        raise Required("reason")
    if tx.actor.envelope is None:
        raise NoEnvelope
    pairs = opened(codes)
    tx.get(Staff, author_id)
    tx.get(Staff, successor_id)
    rows = _inside(tx, pairs, author_id)
    to = base64.b64encode(public).decode()
    held = set(tx.session.scalars(
        select(NoteKey.part_id).where(NoteKey.author_id == author_id, NoteKey.holder_id == successor_id,
                                      NoteKey.public == to)
    ))  # fmt: skip
    found = {row.part_id: key for row in rows if row.part_id not in held
             and (key := _opened(pairs, row.sealed)) is not None}  # fmt: skip
    if found:
        notices.tell(tx, author_id, "handed_over", (Staff.__tablename__, successor_id))
        if successor_id != author_id:
            notices.tell(tx, successor_id, "received", (Staff.__tablename__, author_id))
        tx.session.flush()  # a server tells the author itself where nobody else does
    for part_id, key in found.items():
        tx.session.add(NoteKey(part_id=part_id, author_id=author_id, holder_id=successor_id, centre_id=tx.centre_id,
                               public=to, received=True, sealed=note_seal.key_for(public, key)))  # fmt: skip
    _log(tx, author_id, successor_id, sorted(found), reason.strip())
    return len(found)


def _inside(tx: Tx, pairs: KeyPairs, author_id: str) -> Sequence[NoteKey]:
    """The keys of an author's parts that these pairs open.

    Raises:
        OtherEnvelope, NothingInside.
    """
    public = base64.b64encode(pairs.box_public).decode()
    sealed = select(NoteKey).where(NoteKey.centre_id == tx.centre_id, NoteKey.holder_id.is_(None),
                                   NoteKey.public == public)  # fmt: skip
    rows = tx.session.scalars(sealed.where(NoteKey.author_id == author_id)).all()
    if not rows:
        ours = tx.actor.envelope is not None and tx.actor.envelope.public == public
        raise NothingInside("author_id") if ours or tx.session.scalars(sealed.limit(1)).first() else OtherEnvelope(
            "code_2"
        )  # fmt: skip
    return rows


def _log(tx: Tx, author_id: str, successor_id: str, part_ids: Sequence[str], reason: str) -> None:
    """One entry that names both, and every part stands in the journal."""
    named = [("staff", author_id, "escrow", list[str]()), ("staff", successor_id, "escrow", list[str]())]
    tx.log("escrow", subjects=[*named, *_told(part_ids[:TOLD_AT_ONCE])], reason=reason,
           details={"parts": len(part_ids)})  # fmt: skip
    for first in range(TOLD_AT_ONCE, len(part_ids), TOLD_AT_ONCE):
        tx.log("escrow", subjects=_told(part_ids[first : first + TOLD_AT_ONCE]), reason=reason)


def _told(part_ids: Iterable[str]) -> list[tuple[str, str, str, list[str]]]:
    return [(NotePart.__tablename__, part_id, "escrow", []) for part_id in part_ids]


def check_share(code: str, before: str = "", field: str = "code") -> None:
    """Whether a code was typed as it stands on paper, and is not the one before.

    Raises:
        WrongShare, SameShare, OtherEnvelope.
    """
    share, other = shares.read(code), shares.read(before)
    if share is None:
        raise WrongShare(field)
    if other is not None and share == other:
        raise SameShare(field)
    if other is not None and share.made != other.made:
        raise OtherEnvelope(field)


def opened(codes: Sequence[str]) -> KeyPairs:
    """The key pairs of an envelope from the codes of two shares.

    Raises:
        WrongShare, SameShare, OtherEnvelope: the field is code_1 or code_2.
    """
    found: list[shares.Share] = []
    for number, code in enumerate(codes, start=1):
        check_share(code, codes[0] if number > 1 else "", f"code_{number}")
        share = shares.read(code)
        assert share is not None
        found.append(share)
    if len(found) < NEEDED:
        raise OtherEnvelope("code_2")
    try:
        return _pairs(shares.join(found))
    except shares.SharesDiffer as error:
        raise OtherEnvelope("code_2") from error


def public_key(office: Office, staff_id: str) -> bytes:
    """A colleague's public key, as the key file certifies it: what the database says of keys is not trusted.

    Raises:
        NoAccount.
        KeysDamaged: somebody changed the key file.
    """
    ring = office.keystore.load()
    ring.checked(office.unlocked.master)
    for slot in ring.slots.values():
        if slot.staff_id == staff_id:
            return slot.box_public
    raise NoAccount("staff_id")


def _opened(pairs: KeyPairs, sealed: str) -> bytes | None:
    """The key of a part; None if somebody changed it."""
    try:
        return note_seal.key_of(pairs, sealed)
    except Damaged:
        return None


def _pairs(secret: bytes) -> KeyPairs:
    return KeyPairs(hkdf(secret, "famdesk escrow box"), hkdf(secret, "famdesk escrow sign"))
