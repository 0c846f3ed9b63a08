"""Cleaning a file of what deleting leaves in it: pages that are free, copies of rows in others, the log beside it."""

from __future__ import annotations

from sqlalchemy import Engine

from famdesk.data.failures import DiskFull


def clean(engine: Engine) -> bool:
    """Writes the file anew and empties its log; False where it is not ours to clean: on a server, or while another
    desk is at work. Old backups and what a disk keeps of its own are beyond reach.

    Raises:
        DiskFull: no room for a second copy.
    """
    if engine.dialect.name != "sqlite":
        return False
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        busy, _pages, _moved = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except engine.dialect.loaded_dbapi.Error as error:
        if "full" in str(error):
            raise DiskFull from error
        return False
    finally:
        raw.close()
    return not busy  # somebody who reads keeps the log
