"""Engines: an encrypted SQLCipher file, or PostgreSQL under the person's own login."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import QueuePool

from famdesk.data.failures import Corrupt
from famdesk.data.home import Server

READ_ONLY = "famdesk_read"
"""Execution option of a connection that only reads: it does not take the write lock."""

SHOWN = "shown"
"""The schema whose views stand in front of tables of which not every column is told to everybody."""

BUSY_MILLISECONDS = 10_000
PRAGMAS = (
    "journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "cache_size = -98304", "temp_store = MEMORY",
    "trusted_schema = OFF", "secure_delete = ON",
)  # fmt: skip
"""What every connection to a file is set to."""
AT_REST = 10.0
"""Seconds after which a connection to a server is asked whether it still is one."""
PLAIN_HEADER = b"SQLite format 3\0"


def sqlite_connection(path: Path, key: bytes) -> Any:
    """One connection to the encrypted file.

    That the journal only grows is kept by triggers alone. An authorizer would be asked, in Python, for every column of
    every statement that is compiled (53 µs more for a read of thirty columns), and would stop nobody but this program
    itself: another one that has the key sets none. What they all may do to the journal, `famdesk verify` finds.

    Raises:
        Corrupt: wrong key or damaged first page, which SQLCipher cannot tell apart.
        ValueError: the key has not 32 bytes (SQLCipher would silently take it as a passphrase).
    """
    if len(key) != 32:
        raise ValueError("a raw key has 32 bytes")
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        if connection.execute("PRAGMA cipher_version").fetchone() is None:
            raise ValueError("this SQLite does not encrypt")
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        connection.execute("SELECT count(*) FROM sqlite_master")
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.DatabaseError as error:
        connection.close()
        if "not a database" in str(error):
            raise Corrupt from error
        raise
    return connection


def sqlite_engine(path: Path, key: bytes) -> Engine:
    """An engine for the encrypted file. Writing transactions take the lock at their start (`BEGIN IMMEDIATE`).

    A deferred transaction that reads and then writes fails at once when another one writes, whatever the time-out.
    """
    engine = create_engine(
        "sqlite://", module=sqlcipher, creator=lambda: sqlite_connection(path, key), poolclass=QueuePool,
        pool_size=4, hide_parameters=True,
    )  # fmt: skip

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        reads = connection.get_execution_options().get(READ_ONLY)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


def postgres_engine(server: Server, login: str, password: str) -> Engine:
    """An engine under the person's own role. A cut network is noticed within some five seconds (on Linux)."""
    query = {
        "sslmode": server.sslmode, "connect_timeout": "3", "tcp_user_timeout": "5000", "keepalives_idle": "5",
        "keepalives_interval": "2", "keepalives_count": "3", "application_name": "famdesk",
        # To compile an expression takes longer than any question of a desk; the server would, for what policies cost.
        "options": f"-csearch_path={SHOWN},public -cjit=off",
    }  # fmt: skip
    if server.sslmode == "verify-full":
        query |= {"channel_binding": "require", "sslrootcert": server.ca_file or "system"}
    user = role_name(server.database, login)
    url = URL.create("postgresql+psycopg", user, password, server.host, server.port, server.database, query)
    engine = create_engine(url, pool_size=4, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def read_ids_as_text(connection: Any, record: Any) -> None:
        """An id is text in the whole program: the driver would make an object of each, to be written out again."""
        from psycopg.types.string import TextLoader

        connection.adapters.register_loader("uuid", TextLoader)
        connection.autocommit = True  # a read is on its way at once; what writes begins a transaction by itself
        _put_back(connection, record)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if not connection.get_execution_options().get(READ_ONLY):
            connection.exec_driver_sql("BEGIN")

    event.listen(engine, "checkin", _put_back)
    event.listen(engine, "checkout", _look_after)
    return engine


def _put_back(_connection: Any, record: Any) -> None:
    record.info["used"] = time.monotonic()


def _look_after(connection: Any, record: Any, _proxy: object) -> None:
    """Whether a connection that was at rest still is one. A server that went has said so; one that cannot be reached
    any more is asked after a while only, as the way there and back takes as long as an answer."""
    import psycopg

    try:
        connection.pgconn.consume_input()  # what it said
        connection.pgconn.consume_input()  # and that it went
        if time.monotonic() - record.info["used"] > AT_REST:
            connection.execute("SELECT 1")
    except psycopg.Error as error:
        raise InvalidatePoolError from error


def role_name(database: str, login: str) -> str:
    """The PostgreSQL role of a FamDesk login: roles belong to the whole server, logins to one database.

    No login has a colon, so that no two databases' roles can be mistaken for each other.
    """
    return f"fd_{database}:{login}"


def is_plain(path: Path) -> bool:
    """Whether the file is a readable SQLite database, which must never happen."""
    with path.open("rb") as handle:
        return handle.read(16) == PLAIN_HEADER
