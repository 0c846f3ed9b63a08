"""Databases of a server that are used by one test after the other: rows are put back, which is quicker than a copy.

A test that changed more than rows (a table, a function, a login role, statistics) has its database thrown away.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Engine

from famdesk.data.engine import postgres_engine
from famdesk.data.home import Home, Server, Settings
from famdesk.data.keys.keystore import KeyTable
from famdesk.data.store import Store
from famdesk.usecases.office import Office
from tests.support import postgres

OFTEN = 1_000
"""So often a database is used."""
GROWN = 10
"""Pages of a table that is not only emptied but made anew: with less, the server plans as for a table without any."""
_CATALOGUES = ("pg_class", "pg_attribute", "pg_proc", "pg_policy", "pg_trigger", "pg_constraint", "pg_namespace",
               "pg_default_acl", "pg_rewrite", "pg_statistic")  # fmt: skip
_CHANGED = " UNION ALL ".join(f"SELECT 1 FROM {name} WHERE xmin::text::bigint > %(after)s" for name in _CATALOGUES)
_OTHERS = """SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_get_activity(NULL)
    WHERE datid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid()"""
_LARGE = """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    AND pg_relation_size(oid) > %(pages)s * current_setting('block_size')::int"""
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
    line: psycopg.Connection[Any]
    """Stays open: for what is asked after each test a new connection would take ten times as long."""
    used: int = 0


def keep(server: postgres.Server, name: str, office: Office, recovery: str, now: datetime) -> Kept:
    """Notes how a database is; nothing of it may change any more."""
    office.store.close()
    connection = psycopg.connect(server.dsn(name), autocommit=True)
    try:
        found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
        tables = [str(row[0]) for row in found]
        rows = {table: _copied(connection, table) for table in _filled(connection, tables)}
        after = _now(connection)
        roles = connection.execute(_ROLES, {"mine": f"fd\\_{name}:%"}).fetchall()
        connection.execute("SET session_replication_role = replica")
    except BaseException:
        connection.close()
        raise
    return Kept(name, office.home.settings(), office, recovery, now, after, roles, rows, tables, connection)


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


def put_back(kept: Kept) -> bool:
    """Makes a database as it was; False if too much has changed, and then it is of no use any more."""
    kept.used += 1
    if kept.used >= OFTEN or _changed(kept):
        kept.line.close()
        return False
    with kept.line.transaction():
        made_anew = _emptied(kept)
        for table, data in kept.rows.items():
            order = sql.SQL("COPY {} FROM STDIN (FORMAT binary)").format(sql.Identifier(table))
            with kept.line.cursor().copy(order) as copy:
                copy.write(data)
        if made_anew:
            kept.after = _now(kept.line)
    return True


def _changed(kept: Kept) -> bool:
    """Ends the other connections, and looks whether a test changed anything but rows."""
    kept.line.execute(_OTHERS, prepare=True)
    news = f"SELECT 1 FROM ({_CHANGED}) AS news LIMIT 1"
    if kept.line.execute(news, {"after": kept.after}, prepare=True).fetchone():
        return True
    return kept.line.execute(_ROLES, {"mine": f"fd\\_{kept.name}:%"}, prepare=True).fetchall() != kept.roles


def _emptied(kept: Kept) -> bool:
    """Deletes all rows; whether it made tables anew for that, which changes the catalogue."""
    for table in _filled(kept.line, kept.tables):
        kept.line.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    grown = [sql.Identifier(name) for (name,) in kept.line.execute(_LARGE, {"pages": GROWN}, prepare=True)]
    if grown:
        kept.line.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(grown)))
    return bool(grown)


def _now(connection: psycopg.Connection[Any]) -> int:
    """The number of the transaction."""
    found = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
    assert found is not None
    return int(found[0])


def _filled(connection: psycopg.Connection[Any], tables: list[str]) -> list[str]:
    some = sql.SQL(" UNION ALL ").join(
        sql.SQL("(SELECT {} FROM {} LIMIT 1)").format(sql.Literal(table), sql.Identifier(table)) for table in tables
    )
    return [str(row[0]) for row in connection.execute(some, prepare=True).fetchall()]


def _copied(connection: psycopg.Connection[Any], table: str) -> bytes:
    order = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(table))
    with connection.cursor().copy(order) as copy:
        return b"".join(bytes(piece) for piece in copy)
