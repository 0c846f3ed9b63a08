"""Proof that the data are whole: file, references, the journal's chain and signatures, the key file's anchor."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, select

from famdesk.data.crypto import verified
from famdesk.data.journal import GENESIS, AuditEntry, AuditHead, Change, digest_of, entry_hash
from famdesk.data.keys import Keyring
from famdesk.domain.errors import FamDeskError
from famdesk.i18n import N_

PAGE = 2000


class Finding(FamDeskError):
    """Something that is not as it was written. Never raised past `verify`: collected."""


class PageDamaged(Finding):
    message = N_("The database file is damaged: {detail}.")


class ReferenceBroken(Finding):
    message = N_("A row of {table} points to nothing.")


class EntryMissing(Finding):
    message = N_("Journal: entry {seq} is missing.")


class EntryChanged(Finding):
    message = N_("Journal: entry {seq} was changed.")


class EntryForged(Finding):
    message = N_("Journal: the signature of entry {seq} is not that of a known colleague.")


class ChangesAltered(Finding):
    message = N_("Journal: the changes kept with entry {seq} were altered.")


class TailCut(Finding):
    message = N_("Journal: the entries after {seq} are missing.")


def verify(engine: Engine, ring: Keyring) -> list[Finding]:
    """Everything that is wrong, in the order of looking; empty if all is well."""
    findings: list[Finding] = []
    if engine.dialect.name == "sqlite":
        findings += _file(engine)
    with engine.connect().execution_options(famdesk_read=True) as connection:
        heads = connection.execute(select(AuditHead.centre_id, AuditHead.seq, AuditHead.hash)).all()
        for head in heads:
            findings += _chain(connection, head, ring)
    return findings


def _file(engine: Engine) -> list[Finding]:
    """The encrypted pages, then SQLite's own structure: each sees what the other does not."""
    findings: list[Finding] = []
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the next check reads the file, not the log beside it
        cursor.fetchall()
        findings += [PageDamaged(detail=str(row[0])) for row in cursor.execute("PRAGMA cipher_integrity_check")]
        results = [str(row[0]) for row in cursor.execute("PRAGMA integrity_check")]
        findings += [PageDamaged(detail=text) for text in results if text != "ok"]
        findings += [ReferenceBroken(table=str(row[0])) for row in cursor.execute("PRAGMA foreign_key_check")]
    except engine.dialect.loaded_dbapi.DatabaseError as error:
        findings.append(PageDamaged(detail=str(error)))
    finally:
        raw.close()
    return findings


def _chain(connection: Connection, head: Any, ring: Keyring) -> Iterator[Finding]:
    signers = ring.signers()
    prev, expected = GENESIS, 1
    anchor = ring.anchors.get(head.centre_id)
    anchored = anchor is None
    for entry in _entries(connection, head.centre_id):
        if entry["seq"] != expected:
            yield EntryMissing(seq=expected)
            return
        if entry["prev"] != prev or entry["hash"] != entry_hash(entry):
            yield EntryChanged(seq=entry["seq"])
            return
        yield from _entry(connection, entry, signers)
        anchored = anchored or anchor == (entry["seq"], entry["hash"])
        prev, expected = entry["hash"], expected + 1
    if (head.seq, head.hash) != (expected - 1, prev) or not anchored:
        yield TailCut(seq=expected - 1)


def _entry(connection: Connection, entry: dict[str, Any], signers: frozenset[tuple[str, str]]) -> Iterator[Finding]:
    known = (entry["staff_id"], entry["signer"]) in signers
    signed = verified(base64.b64decode(entry["signer"]), entry["hash"].encode(), base64.b64decode(entry["signature"]))
    if not known or not signed:
        yield EntryForged(seq=entry["seq"])
    rows = connection.execute(
        select(Change.position, Change.table_name, Change.row_id, Change.before, Change.after)
        .where(Change.centre_id == entry["centre_id"], Change.seq == entry["seq"])
        .order_by(Change.position)
    ).mappings()
    found = [dict(row) for row in rows]
    if found and digest_of(found) != entry["digest"]:
        yield ChangesAltered(seq=entry["seq"])


def _entries(connection: Connection, centre_id: str) -> Iterator[dict[str, Any]]:
    """The centre's entries in order, a page at a time."""
    last = 0
    while True:
        rows = connection.execute(
            select(AuditEntry.__table__)  # type: ignore[arg-type]
            .where(AuditEntry.centre_id == centre_id, AuditEntry.seq > last)
            .order_by(AuditEntry.seq)
            .limit(PAGE)
        ).mappings()
        page = [dict(row) for row in rows]
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]["seq"]
