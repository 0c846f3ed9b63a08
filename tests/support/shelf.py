"""Databases of a server that are used by one test after the other: rows are put back, which is quicker than a copy.

A test that changed more than rows (a table, a function, a login role) has its database thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from famdesk.data.engine import postgres_engine
from famdesk.data.home import Home, Server, Settings
from famdesk.data.keystore import KeyTable
from famdesk.data.store import Store
from famdesk.usecases.office import Office
from tests.support import postgres

OFTEN = 100
"""So often a database is used: deleted rows take room until the server gets round to them."""
MANY = 5_000
"""Rows that went: so many leave room and statistics behind that the next test would feel."""
_CATALOGUES = ("pg_class", "pg_attribute", "pg_proc", "pg_policy", "pg_trigger", "pg_constraint", "pg_namespace",
               "pg_default_acl", "pg_rewrite")  # fmt: skip
_CHANGED = " UNION ALL ".join(f"SELECT 1 FROM {name} WHERE xmin::text::bigint > %(after)s" for name in _CATALOGUES)
_ROLES = """SELECT rolname, rolpassword, rolcanlogin, rolbypassrls, rolcreaterole, setconfig,
    ARRAY(SELECT roleid::regrole::text || admin_option::text FROM pg_auth_members
          WHERE member = pg_authid.oid ORDER BY 1)
    FROM pg_authid LEFT JOIN pg_db_role_setting ON setrole = pg_authid.oid
    WHERE rolname LIKE %(mine)s OR rolname LIKE 'fd\\_%%' AND strpos(rolname, ':') = 0 ORDER BY rolname"""


@dataclass
class Kept:
    """A database as it was before any test: its rows, its roles, and who had signed in."""

    name: str
    settings: Settings
    office: Office
    recovery: str
    now: datetime
    after: int
    roles: list[Any]
    rows: dict[str, bytes]
    tables: list[str]
    used: int = 0


def keep(server: postgres.Server, name: str, office: Office, recovery: str, now: datetime) -> Kept:
    """Notes how a database is; nothing of it may change any more."""
    office.store.close()
    with _open(server, name) as connection:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        tables = [str(row[0]) for row in found]
        rows = {table: _copied(connection, table) for table in _filled(connection, tables)}
        after = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert after is not None
        roles = connection.execute(_ROLES, {"mine": f"fd\\_{name}:%"}).fetchall()
    return Kept(name, office.home.settings(), office, recovery, now, int(after[0]), roles, rows, tables)


def opened(kept: Kept, folder: Path, clock: Callable[[], datetime]) -> Office:
    """The office of who made the centre, on a home of its own."""
    home, before = Home(folder), kept.office
    home.save_settings(kept.settings)
    assert kept.settings.server is not None
    engine = _engine(kept.settings.server, before)
    office = Office(home, Store(engine, clock), before.actor, KeyTable(engine, before.actor.centre_id, "administrator"),
                    before.unlocked)  # fmt: skip
    office._done, office._seen = list(before._done), before._seen
    return office


def _engine(server: Server, office: Office) -> Engine:
    from tests.support.offices import PASSWORD

    return postgres_engine(server, office.actor.login, PASSWORD)


def put_back(server: postgres.Server, kept: Kept) -> bool:
    """Makes a database as it was; False if too much has changed."""
    kept.used += 1
    if kept.used >= OFTEN:
        return False
    with _open(server, kept.name) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = %s AND pid <> pg_backend_pid()", (kept.name,),
        )  # fmt: skip
        if connection.execute(f"SELECT 1 FROM ({_CHANGED}) AS news LIMIT 1", {"after": kept.after}).fetchone():
            return False
        if connection.execute(_ROLES, {"mine": f"fd\\_{kept.name}:%"}).fetchall() != kept.roles:
            return False
        connection.execute("SET session_replication_role = replica")
        with connection.transaction():
            gone = 0
            for table in _filled(connection, kept.tables):
                gone += connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table))).rowcount
            if gone > MANY:
                return False
            for table, data in kept.rows.items():
                order = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
                with connection.cursor().copy(order) as copy:
                    copy.write(data)
    return True


def _filled(connection: psycopg.Connection[Any], tables: list[str]) -> list[str]:
    some = sql.SQL(" UNION ALL ").join(
        sql.SQL("(SELECT {} FROM {} LIMIT 1)").format(sql.Literal(table), sql.Identifier(table)) for table in tables
    )
    return [str(row[0]) for row in connection.execute(some).fetchall()]


def _copied(connection: psycopg.Connection[Any], table: str) -> bytes:
    order = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(order) as copy:
        return b"".join(bytes(piece) for piece in copy)


@contextmanager
def _open(server: postgres.Server, name: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(server.dsn(name), autocommit=True) as connection:
        yield connection
