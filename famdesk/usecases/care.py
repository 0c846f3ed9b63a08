"""Care of the data: backups, and knowing when the last one was made."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from famdesk.data.backup import write_backup
from famdesk.data.checks.verify import verify
from famdesk.data.journal import AuditEntry
from famdesk.data.tx import Tx
from famdesk.i18n import N_
from famdesk.usecases import readings
from famdesk.usecases.office import Office
from famdesk.usecases.registry import query, usecase


@usecase(N_("Backup made"))
def note_backup(tx: Tx) -> None:
    """Notes in the journal that a backup was made."""
    tx.log("backup", subjects=[])


@query
def last_backup(tx: Tx) -> datetime | None:
    """When the centre's last backup was made, local time; None: never."""
    found = tx.rows(
        select(AuditEntry.at)
        .where(AuditEntry.centre_id == tx.centre_id, AuditEntry.kind == "backup")
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    )
    return tx.local(found[0].at) if found else None


def back_up(office: Office, target: Path) -> None:
    """Writes a verified backup of the office's data to a new file.

    Raises:
        Forbidden, OnServer, BackupExists, BackupFaulty, DiskFull, ReadOnly.
    """
    with office.store.reading(office.actor) as tx, tx.doing(note_backup.name):
        pass  # who may not do it does not get to the copy
    write_backup(office.home, office.unlocked, target, office.store.clock())
    office.run(note_backup)  # last: one that failed must not look like one that was made


def prove(office: Office) -> tuple[str, ...]:
    """Looks whether file, journal, notes and keys are as they were written, as `famdesk verify` does: a sentence, in
    the current language, for each thing that is not. For who reads the journal.

    Raises:
        Forbidden.
    """
    with office.store.reading(office.actor) as tx, tx.doing(readings.journal.name):
        pass
    found = verify(office.store.engine, office.keystore.load(), office.unlocked.pairs)
    return tuple(finding.sentence() for finding in found)


def backup_name(now: datetime) -> str:
    """The usual name of a backup made at a local time; the same every day of the week, so that sets rotate by hand."""
    return f"famdesk-{now:%Y-%m-%d-%H%M}.fdbackup"
