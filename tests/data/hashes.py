"""One hash per table over all of its rows: two databases are equal if these are."""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from famdesk.data.engine import sqlite_connection
from famdesk.data.home import Home


def row_hashes(home: Home, key: bytes, leaving_out: Collection[str] = ()) -> dict[str, str]:
    """{table: SHA-256 of its rows, sorted}, without the columns named."""
    connection = sqlite_connection(home.database, key)
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    found = {}
    for table in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})") if row[1] not in leaving_out]
        quoted = ", ".join(f'"{name}"' for name in columns)
        rows = sorted(repr(row) for row in connection.execute(f"SELECT {quoted} FROM {table}"))
        found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    connection.close()
    return found
