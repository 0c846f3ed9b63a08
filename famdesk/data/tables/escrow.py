"""Who agreed to have notes sealed to which envelope."""

from __future__ import annotations

import base64
from collections.abc import Collection

from sqlalchemy import Connection, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref
from famdesk.data.tables import envelope


class EscrowConsent(Record):
    """That an author agreed to the key of an envelope (`public`, base64), or refused it; the newest row counts.

    `signature` is the author's, with the signing key `signer`, over `envelope.consent_body`: a row that anybody else
    wrote counts for nothing. `at` is UTC, ISO text. Rows are added and never changed.
    """

    __tablename__ = "escrow_consent"
    __table_args__ = (Index("ix_escrow_consent_staff_id_at", "staff_id", "at"),)
    staff_id: Mapped[str] = ref("staff")
    public: Mapped[str]
    agreed: Mapped[bool]
    at: Mapped[str] = mapped_column(String(32))
    signer: Mapped[str]
    signature: Mapped[str]


Signers = Collection[tuple[str, str]]
"""(staff id, public signing key in base64) of all whose signatures count: see `keys.Keyring.signers`."""


def valid(row: EscrowConsent, signers: Signers) -> bool:
    """Whether the author signed it."""
    body = envelope.consent_body(row.centre_id, row.staff_id, row.public, row.agreed, row.at)
    return (row.staff_id, row.signer) in signers and envelope.consented(row.signer, body, row.signature)


def answers(rows: Collection[EscrowConsent], signers: Signers) -> dict[str, dict[str, bool]]:
    """By author and public key whether they agreed: the newest answer that is really theirs. In the order in which they
    were last given."""
    found: dict[str, dict[str, bool]] = {}
    for row in sorted(rows, key=lambda row: (row.at, row.id)):
        if valid(row, signers):
            own = found.setdefault(row.staff_id, {})
            own.pop(row.public, None)
            own[row.public] = row.agreed
    return found


def accepted(connection: Connection, staff_id: str, signers: Signers) -> bytes | None:
    """The key of the envelope to which an author agreed last; None: to none."""
    rows = connection.execute(select(EscrowConsent.__table__).where(EscrowConsent.staff_id == staff_id)).all()
    mine = [EscrowConsent(**row._asdict()) for row in rows]
    agreed = [public for public, said in answers(mine, signers).get(staff_id, {}).items() if said]
    return base64.b64decode(agreed[-1]) if agreed else None
