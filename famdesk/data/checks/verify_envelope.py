"""Proof that nothing lies in a sealed envelope to which its author did not agree.

That the envelope's own key is certified by a colleague is proved whenever somebody unlocks the key ring.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, inspect, select

from famdesk.data.base import Base
from famdesk.data.checks import verify_traces
from famdesk.data.checks.verify_stored import as_stored, ident
from famdesk.data.journal import AuditEntry
from famdesk.data.keys.keys import Keyring
from famdesk.data.tables.escrow import EscrowConsent, valid
from famdesk.data.tables.notes import NoteKey
from famdesk.data.tables.staff import Staff
from famdesk.domain.errors import Finding
from famdesk.i18n import N_

MAKING = "escrow.note_made"
_YES = (True, 1, "1", "true", "t")


class ConsentForged(Finding):
    message = N_("Sealed envelope: what {name} is said to have agreed to does not bear their signature.")


class SealedUnasked(Finding):
    message = N_("Sealed envelope: notes by {name} are sealed to a key to which they did not agree.")


class EnvelopeUnknown(Finding):
    message = N_("Sealed envelope: the journal knows of no coordinator who made the one with check number {check}.")


class EnvelopeOld(Finding):
    message = N_("Sealed envelope: the key file has the one with check number {check}; another one was made after it.")


class EnvelopeGone(Finding):
    message = N_("Sealed envelope: one was made, and the key file has none.")


def envelope(connection: Connection, centre_id: str, ring: Keyring) -> Iterator[Finding]:
    """What is wrong with a centre's envelope; nothing in data from before there was one."""
    if not inspect(connection).has_table(EscrowConsent.__tablename__):
        return
    signers = ring.signers()
    found = _consents(connection, centre_id)
    names = {_id(row["id"]): str(row["name"]) for row in _rows(connection, Staff, "id", "name")}
    for staff_id in sorted({row.staff_id for row in found if not valid(row, signers)}):
        yield ConsentForged(name=names.get(staff_id, staff_id))
    # Who refuses after having agreed leaves what is inside where it was: that there was an agreement is what counts.
    agreed = {(row.staff_id, row.public) for row in found if row.agreed and valid(row, signers)}
    sealed = _rows(connection, NoteKey, "author_id", "public", where=(NoteKey.centre_id == centre_id,
                                                                      NoteKey.holder_id.is_(None)))  # fmt: skip
    unasked = {author for row in sealed if ((author := _id(row["author_id"])), row["public"]) not in agreed}
    if not _sees_consents(connection):
        unasked &= {str(connection.exec_driver_sql("SELECT fd_staff()").scalar())}
    for staff_id in sorted(unasked):
        yield SealedUnasked(name=names.get(staff_id, staff_id))
    if _sees_consents(connection) and verify_traces.reads_all(connection):
        yield from _unknown(connection, centre_id, ring)


def _consents(connection: Connection, centre_id: str) -> list[EscrowConsent]:
    rows = _rows(connection, EscrowConsent, "id", "staff_id", "public", "agreed", "at", "signer", "signature",
                 where=(EscrowConsent.centre_id == centre_id,))  # fmt: skip
    return [EscrowConsent(id=_id(row["id"]), centre_id=centre_id, staff_id=_id(row["staff_id"]), version=1,
                          public=str(row["public"]), agreed=row["agreed"] in _YES, at=str(row["at"]),
                          signer=str(row["signer"]), signature=str(row["signature"])) for row in rows]  # fmt: skip


def _rows(
    connection: Connection, kind: type[Base], *names: str, where: tuple[ColumnElement[bool], ...] = ()
) -> Sequence[RowMapping]:
    return connection.execute(select(*as_stored(kind, *names)).where(*where).distinct()).mappings().all()


def _id(value: object) -> str:
    try:
        return str(ident(value))
    except ValueError:
        return str(value)


def _sees_consents(connection: Connection) -> bool:
    """On a server only who makes envelopes sees what others agreed to."""
    return (
        connection.dialect.name == "sqlite" or connection.exec_driver_sql("SELECT fd_role()").scalar() == "coordinator"
    )


def _unknown(connection: Connection, centre_id: str, ring: Keyring) -> Iterator[Finding]:
    """Whether the ring has the one that the journal saw made last: not one of somebody's own, nor one of before."""
    entries = _rows(connection, AuditEntry, "seq", "staff_id", "role", "details", where=(
        AuditEntry.centre_id == centre_id, AuditEntry.kind == "escrow", AuditEntry.action == MAKING))  # fmt: skip
    made = [(_id(row["staff_id"]), str(row["details"])) for row in sorted(entries, key=lambda row: int(row["seq"]))
            if row["role"] == "coordinator"]  # fmt: skip
    if ring.envelope is not None:
        wanted = (_id(ring.envelope.made_by), json.dumps({"check": ring.envelope.check}))
        if wanted not in made:
            yield EnvelopeUnknown(check=ring.envelope.check)
        elif wanted != made[-1]:
            yield EnvelopeOld(check=ring.envelope.check)
    elif made:
        yield EnvelopeGone()
