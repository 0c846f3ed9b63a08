"""Proof that the data are whole: file, references, the journal's chain and signatures, the key file's anchor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, RowMapping, select
from sqlalchemy.exc import DBAPIError

from famdesk.data.checks import verify_traces
from famdesk.data.checks.verify_destroyed import destroyed
from famdesk.data.checks.verify_envelope import envelope
from famdesk.data.checks.verify_keys import note_keys
from famdesk.data.checks.verify_notes import notes
from famdesk.data.checks.verify_stored import as_stored, decoded, ident
from famdesk.data.engine import READ_ONLY
from famdesk.data.failures import Corrupt
from famdesk.data.journal import GENESIS, AuditEntry, AuditHead, Change, digest_of, entry_hash
from famdesk.data.keys.crypto import KeyPairs, verified
from famdesk.data.keys.keys import Keyring
from famdesk.domain.errors import Finding
from famdesk.i18n import N_

PAGE = 2000


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


def verify(engine: Engine, ring: Keyring, mine: KeyPairs | None = None) -> list[Finding]:
    """Everything that is wrong, in the order of looking; empty if all is well. `mine`: the pairs of who looks."""
    findings: list[Finding] = []
    if engine.dialect.name == "sqlite":
        findings += _file(engine)
    try:
        with engine.connect().execution_options(**{READ_ONLY: True}) as connection:
            for centre_id in _centres(connection, ring):
                broken = list(_chain(connection, centre_id, ring))
                findings += broken or verify_traces.untold(connection, centre_id)
                findings += notes(connection, centre_id, ring)
                findings += note_keys(connection, centre_id, ring, mine)
                findings += destroyed(connection, centre_id)
                findings += envelope(connection, centre_id, ring)
    except (DBAPIError, Corrupt) as error:
        if not findings:
            findings.append(PageDamaged(detail=_said(error)))
    return findings


def _centres(connection: Connection, ring: Keyring) -> list[str]:
    """Every centre that has, or by the key file had, a journal."""
    known = set(ring.anchors)
    for table in (AuditHead, AuditEntry):
        rows = connection.execute(select(*as_stored(table, "centre_id")).distinct()).mappings()
        known |= {_row(row)["centre_id"] for row in rows}
    return sorted(known)


def _said(error: Exception) -> str:
    return str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__


def _file(engine: Engine) -> list[Finding]:
    """The encrypted pages, then SQLite's own structure: each sees what the other does not."""
    findings: list[Finding] = []
    try:
        raw = engine.raw_connection()
    except (DBAPIError, engine.dialect.loaded_dbapi.DatabaseError, Corrupt) as error:
        return [PageDamaged(detail=_said(error))]
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


def _chain(connection: Connection, centre_id: str, ring: Keyring) -> Iterator[Finding]:
    """One finding per broken place: after each the chain is followed on from there."""
    signers = ring.signers()
    prev, expected = GENESIS, 1
    anchor = ring.anchors.get(centre_id)
    anchored = anchor is None
    for entry in _entries(connection, centre_id):
        if entry["seq"] != expected:
            yield EntryMissing(seq=expected)
        elif entry["prev"] != prev or not _sound(entry):
            yield EntryChanged(seq=entry["seq"])
        else:
            yield from _entry(connection, entry, signers)
        anchored = anchored or anchor == (entry["seq"], entry["hash"])
        prev, expected = entry["hash"], entry["seq"] + 1
    head = connection.execute(
        select(AuditHead.seq, AuditHead.hash).where(AuditHead.centre_id == centre_id)
    ).one_or_none()
    if head is None or (head.seq, head.hash) != (expected - 1, prev) or not anchored:
        yield TailCut(seq=expected - 1)


def _sound(entry: dict[str, Any]) -> bool:
    """Whether the hash is that of the entry; of one that a server does not show the server says it."""
    return bool(entry["sound"]) if "sound" in entry else entry["hash"] == entry_hash(entry)


def _entry(connection: Connection, entry: dict[str, Any], signers: frozenset[tuple[str, str]]) -> Iterator[Finding]:
    known = (entry["staff_id"], entry["signer"]) in signers
    if not known or not signed(entry):
        yield EntryForged(seq=entry["seq"])
    if "sound" in entry:  # it tells of a look, a print and the like, and changed nothing
        return
    rows = connection.execute(
        select(*as_stored(Change, "position", "table_name", "row_id", "before", "after"))
        .where(Change.centre_id == entry["centre_id"], Change.seq == entry["seq"])
        .order_by(Change.position)
    ).mappings()
    found = [_row(row) for row in rows]
    if found and digest_of(found) != entry["digest"] and not _some_hidden(connection, entry, found):
        yield ChangesAltered(seq=entry["seq"])


def signed(entry: dict[str, Any]) -> bool:
    """Whether the signature of an entry is one of its hash by the key that it names."""
    try:
        signer, signature = decoded(entry["signer"]), decoded(entry["signature"])
    except ValueError:
        return False
    return verified(signer, entry["hash"].encode(), signature)


def _some_hidden(connection: Connection, entry: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    """Whether a server keeps some of the changes from this person, such as those of a protected file."""
    if connection.dialect.name == "sqlite":
        return False
    subjects = json.loads(entry["subjects"])
    return len(found) < sum(int(subject[1]) if subject[0] == "*" else 1 for subject in subjects)


def _entries(connection: Connection, centre_id: str) -> Iterator[dict[str, Any]]:
    """The centre's entries in order, a page at a time; on a server with what links those that are not shown."""
    last, by_links = 0, verify_traces.is_partial(connection)
    while True:
        links = verify_traces.links(connection, last, PAGE) if by_links else []
        where = [AuditEntry.centre_id == centre_id, AuditEntry.seq > last]
        if links:
            where.append(AuditEntry.seq <= links[-1]["seq"])
        rows = connection.execute(
            select(*as_stored(AuditEntry)).where(*where).order_by(AuditEntry.seq).limit(PAGE)
        ).mappings()
        page = [_row(row) for row in rows]
        if links:
            shown = {entry["seq"]: entry for entry in page}
            page = [shown.get(link["seq"]) or _row(link) for link in links]
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]["seq"]


def _row(stored: RowMapping | dict[str, Any]) -> dict[str, Any]:
    return {name: _id(value) if name.endswith("_id") else value for name, value in stored.items()}


def _id(value: object) -> str:
    """An id in the one form that hashes are made of; what is no id, or written in another way, as it stands there."""
    try:
        return str(ident(value))
    except ValueError:
        return str(value)
