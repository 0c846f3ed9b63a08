"""Authors agree: notes go into a sealed envelope only after their author has signed its key, once for each new one.

Until then they stay in the envelope before it. Whoever makes envelopes sees who has agreed, by name and number.
"""

from __future__ import annotations

import base64
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy import func, select

from famdesk.data.tables import envelope as envelopes
from famdesk.data.tables import escrow as consents_
from famdesk.data.tables.escrow import EscrowConsent
from famdesk.data.tables.notes import NoteKey
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.notes import escrow
from famdesk.usecases.registry import query, usecase
from famdesk.usecases.staff import notices

if TYPE_CHECKING:
    from famdesk.usecases.office import Office

Answer = Literal["agreed", "refused", "open"]
_ANSWERS: Final[dict[bool | None, Answer]] = {True: "agreed", False: "refused", None: "open"}
Signers = Collection[tuple[str, str]]
"""See `keys.Keyring.signers`: whoever calls takes them from the key ring, never from the database."""


class EnvelopeChanged(RuleError):
    message = N_("Another envelope was made in the meantime. Look at its check number first.")


class MadeByNobody(RuleError):
    message = N_("This envelope was not made by a coordinator. Do not agree; ask for a new one.")


@dataclass(frozen=True, slots=True)
class EnvelopeState:
    """The envelope of the centre and what one has said to it.

    `by` is the name of who made it, `right` whether that one may; `check` its check number; `holders` are (code, name)
    of those who have a share. `inside` and `outside` are parts of one's own notes that are in it and that are not.
    `None` for `made_on`: there is none.
    """

    made_on: date | None = None
    by: str = ""
    right: bool = True
    check: str = ""
    holders: tuple[tuple[str, str], ...] = ()
    answer: Answer = "open"
    former: bool = False
    inside: int = 0
    outside: int = 0


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What a colleague said to the envelope, and of how many parts of notes a key is in it; names and numbers only."""

    staff_id: str
    name: str
    answer: Answer
    inside: int
    outside: int


@query
def state(tx: Tx, signers: Signers) -> EnvelopeState:
    """The envelope as one's own sign-in, or the last look, knows it."""
    made = tx.actor.envelope
    if made is None:
        return EnvelopeState()
    maker = tx.session.get(Staff, made.made_by)
    mine = _answers(tx, signers, tx.actor.staff_id).get(tx.actor.staff_id, {})
    inside, every = _counts(tx, made.public).get(tx.actor.staff_id, (0, 0))
    former = tx.actor.escrow is not None and tx.actor.escrow != made.key
    return EnvelopeState(
        date.fromisoformat(made.made_on), maker.name if maker else "", _may_make(maker), made.check, made.holders,
        _ANSWERS[mine.get(made.public)], former, inside, every - inside,
    )  # fmt: skip


@query
def consents(tx: Tx, signers: Signers) -> tuple[ConsentRow, ...]:
    """Who has agreed to the envelope and who has not: every author who has an account or has written."""
    public = tx.actor.envelope.public if tx.actor.envelope is not None else ""
    said, counts = _answers(tx, signers), _counts(tx, public)
    found = []
    for colleague in sorted(tx.all(Staff), key=lambda one: one.name):
        writes = colleague.active and colleague.login and rights.cell(escrow.put_in.name, colleague.role)
        inside, every = counts.get(colleague.id, (0, 0))
        if writes or every:
            answer = _ANSWERS[said.get(colleague.id, {}).get(public)]
            found.append(ConsentRow(colleague.id, colleague.name, answer, inside, every - inside))
    return tuple(found)


@usecase(N_("Sealed envelope agreed to"), final=True)
def agree(tx: Tx, public: str) -> None:
    """Signs the key (base64) of the envelope: from now on one's own notes are sealed to it; see `answer`.

    Raises:
        NoEnvelope, EnvelopeChanged.
        MadeByNobody: who certified it is no coordinator.
    """
    made = _same(tx, public)
    if not _may_make(tx.session.get(Staff, made.made_by)):
        raise MadeByNobody
    _sign(tx, public, agreed=True)


@usecase(N_("Sealed envelope refused"), final=True)
def refuse(tx: Tx, public: str) -> None:
    """Keeps one's own notes out of the envelope (those in one of before stay there); who made it is told.

    Raises:
        NoEnvelope, EnvelopeChanged.
    """
    made = _same(tx, public)
    _sign(tx, public, agreed=False)
    if made.made_by != tx.actor.staff_id:
        notices.tell(tx, made.made_by, "envelope_refused")


def look(office: Office) -> EnvelopeState:
    """How it stands, by the key ring as it is now.

    Raises:
        KeysDamaged: the envelope is not certified by a colleague.
    """
    ring = office.keystore.load()
    ring.checked(office.unlocked.master)
    office.see_envelope(ring.envelope, office.actor.escrow)
    return office.fetch(state, ring.signers())


def all_answers(office: Office) -> tuple[ConsentRow, ...]:
    """What everybody said, by the key ring as it is now.

    Raises:
        KeysDamaged.
    """
    look(office)
    return office.fetch(consents, office.keystore.load().signers())


def answer(office: Office, check: str, *, agreed: bool) -> EnvelopeState:
    """Agrees to the envelope with the check number that was shown, or refuses it.

    Raises:
        NoEnvelope.
        EnvelopeChanged: it is another one now.
        MadeByNobody, KeysDamaged.
    """
    if look(office).check != check or office.actor.envelope is None:
        raise EnvelopeChanged
    made = office.actor.envelope
    office.run(agree if agreed else refuse, made.public)
    ring = office.keystore.load()
    office.see_envelope(made, office.fetch(_accepted, ring.signers()))
    return office.fetch(state, ring.signers())


def _accepted(tx: Tx, signers: Signers) -> bytes | None:
    return consents_.accepted(tx.session.connection(), tx.actor.staff_id, signers)


def _same(tx: Tx, public: str) -> envelopes.Envelope:
    made = tx.actor.envelope
    if made is None:
        raise escrow.NoEnvelope
    if made.public != public:
        raise EnvelopeChanged
    return made


def _may_make(maker: Staff | None) -> bool:
    return maker is not None and bool(rights.cell(escrow.note_made.name, maker.role))


def _sign(tx: Tx, public: str, *, agreed: bool) -> None:
    at = tx.utc.astimezone(UTC).isoformat(timespec="milliseconds")
    body = envelopes.consent_body(tx.centre_id, tx.actor.staff_id, public, agreed, at)
    signer, signature = (base64.b64encode(data).decode() for data in tx.actor.pairs.signed(body))
    tx.add(EscrowConsent(staff_id=tx.actor.staff_id, public=public, agreed=agreed, at=at, signer=signer,
                         signature=signature))  # fmt: skip


def _answers(tx: Tx, signers: Signers, staff_id: str | None = None) -> dict[str, dict[str, bool]]:
    statement = select(EscrowConsent).where(EscrowConsent.centre_id == tx.centre_id)
    if staff_id is not None:
        statement = statement.where(EscrowConsent.staff_id == staff_id)
    return consents_.answers(tx.session.scalars(statement).all(), signers)


def _counts(tx: Tx, public: str) -> dict[str, tuple[int, int]]:
    """By author the parts of notes that are in the envelope with this key, and all."""
    here = NoteKey.centre_id == tx.centre_id
    every = tx.rows(select(NoteKey.author_id, func.count(NoteKey.part_id.distinct())).where(here)
                    .group_by(NoteKey.author_id))  # fmt: skip
    inside = tx.rows(
        select(NoteKey.author_id, func.count(NoteKey.part_id.distinct()))
        .where(here, NoteKey.holder_id.is_(None), NoteKey.public == public).group_by(NoteKey.author_id)
    )  # fmt: skip
    known = {row[0]: int(row[1]) for row in inside}
    return {row[0]: (known.get(row[0], 0), int(row[1])) for row in every}
