"""Proof that notes were destroyed by a decision, and that nothing of them is left: no part, no key."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, inspect, select

from famdesk.data.checks import verify_traces
from famdesk.data.checks.verify_stored import as_stored, ident
from famdesk.data.destroying import DESTROY
from famdesk.data.journal import AuditEntry
from famdesk.data.tables.notes import Note, NotePart
from famdesk.domain.errors import Finding
from famdesk.i18n import N_


class DestroyedUndecided(Finding):
    message = N_("A session note of {day} counts as destroyed, but the journal knows of no decision.")


class StillThere(Finding):
    message = N_("Journal: entry {seq} destroyed a session note that is still there, or is there again.")


def destroyed(connection: Connection, centre_id: str) -> Iterator[Finding]:
    """Notes that went without a decision, and decisions after which something is there; a server shows some only."""
    if not inspect(connection).has_table(Note.__tablename__):
        return
    decided = dict(_decided(connection, centre_id))
    rows = connection.execute(
        select(*as_stored(Note, "id", "day", "state", "destroyed_on")).where(Note.centre_id == centre_id)
    ).all()
    for row in rows if verify_traces.reads_all(connection) else ():
        gone = row.state == "destroyed" or row.destroyed_on is not None
        if gone and _known(row.id) not in decided:
            yield DestroyedUndecided(day=row.day)
    standing = {_known(row.id) for row in rows if row.state != "destroyed"}
    parts = connection.execute(select(*as_stored(NotePart, "note_id")).where(NotePart.centre_id == centre_id)).all()
    standing |= {_known(row.note_id) for row in parts}
    for seq in sorted({decided[note_id] for note_id in standing if note_id in decided}):
        yield StillThere(seq=seq)


def _decided(connection: Connection, centre_id: str) -> Iterator[tuple[str, int]]:
    """The notes that the journal names as destroyed, each with the number of the entry."""
    entries = connection.execute(
        select(*as_stored(AuditEntry, "seq", "subjects"))
        .where(AuditEntry.centre_id == centre_id, AuditEntry.kind == DESTROY)
        .order_by(AuditEntry.seq)
    ).all()
    for entry in entries:
        try:
            subjects = json.loads(entry.subjects)
        except ValueError:
            continue  # the journal's own proof tells of it
        yield from ((_known(subject[1]), entry.seq) for subject in subjects if subject[0] == "note")


def _known(value: object) -> str:
    try:
        return str(ident(value))
    except ValueError:
        return str(value)
