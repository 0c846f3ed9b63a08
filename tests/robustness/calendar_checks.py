"""What has to hold for the calendar's rows in a file, whatever was done."""

from __future__ import annotations

from typing import Any

from famdesk.data.checks.verify import verify
from famdesk.data.engine import sqlite_connection
from famdesk.data.home import Home
from famdesk.domain.errors import NothingToUndo, UndoConflict
from famdesk.usecases.office import Office

CLAIMS_WANTED = """
WITH taking AS (SELECT * FROM appointment WHERE deleted_at IS NULL
                AND state IN ('planned', 'confirmed', 'arrived', 'done'))
SELECT id, staff_id, starts - travel_before, ends + travel_after FROM taking WHERE staff_id IS NOT NULL
UNION SELECT id, room_id, starts, ends FROM taking WHERE room_id IS NOT NULL
UNION SELECT a.id, p.staff_id, a.starts - a.travel_before, a.ends + a.travel_after
      FROM appointment_party p JOIN taking a ON a.id = p.appointment_id
      WHERE p.deleted_at IS NULL AND p.staff_id IS NOT NULL
UNION SELECT a.id, p.room_id, a.starts, a.ends FROM appointment_party p JOIN taking a ON a.id = p.appointment_id
      WHERE p.deleted_at IS NULL AND p.room_id IS NOT NULL
UNION SELECT a.id, p.resource_id, a.starts - a.travel_before, a.ends + a.travel_after
      FROM appointment_party p JOIN taking a ON a.id = p.appointment_id
      WHERE p.deleted_at IS NULL AND p.resource_id IS NOT NULL
"""
CLAIMS_THERE = """
SELECT source_id, subject_id, starts, ends FROM claim WHERE source_id NOT IN (SELECT id FROM meeting)
"""
TWICE = """
SELECT count(*) FROM claim a JOIN claim b ON a.subject_id = b.subject_id AND a.source_id < b.source_id
WHERE a.exclusive AND b.exclusive AND a.starts < b.ends AND b.starts < a.ends
"""
STATE = ("appointment", "appointment_party", "series", "reminder")
"""What undoing everything brings back."""

Contents = dict[str, list[tuple[Any, ...]]]


def wrong(office: Office, key: bytes) -> list[str]:
    """What is not as it has to be: the file, what is taken, who is taken twice."""
    found = [f"verify: {one.sentence()}" for one in verify(office.store.engine, office.keystore.load())]
    connection = sqlite_connection(office.home.database, key)
    wanted = set(connection.execute(CLAIMS_WANTED).fetchall())
    there = set(connection.execute(CLAIMS_THERE).fetchall())
    if wanted != there:
        found.append(f"{len(wanted - there)} claims are missing, {len(there - wanted)} too many")
    ((twice,),) = connection.execute(TWICE).fetchall()
    if twice:
        found.append(f"{twice} times somebody or something is taken twice")
    connection.close()
    return found


def contents(home: Home, key: bytes) -> Contents:
    """All live rows of the calendar, without versions."""
    connection = sqlite_connection(home.database, key)
    found: Contents = {}
    for table in STATE:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] != "version"]
        rows = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE deleted_at IS NULL").fetchall()
        found[table] = sorted(map(tuple, rows), key=repr)
    connection.close()
    return found


def differences(first: Contents, now: Contents) -> list[str]:
    """What undoing everything did not bring back."""
    found = []
    for table in STATE:
        gone = [row for row in first[table] if row not in now[table]]
        left = [row for row in now[table] if row not in first[table]]
        if gone or left:
            found.append(f"undoing everything: {table} has {len(left)} rows more, {len(gone)} less")
    return found


def undo_everything(office: Office, problems: list[str]) -> int:
    """Undoes until nothing is left; gives how many steps that were."""
    count = 0
    while True:
        try:
            office.undo()
            count += 1
        except NothingToUndo:
            return count
        except UndoConflict as error:
            problems.append(f"undo: {error.sentence()}")
