"""A server with two centres in one database, rows of each in every table, and a way in for a hostile `psql`."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.rows import dict_row
from sqlalchemy import Boolean as SqlBoolean
from sqlalchemy import Date, DateTime, Engine, Integer, String, Text, Time, Uuid, create_engine, insert, select

from famdesk.data import records
from famdesk.data.base import Base, WallTime
from famdesk.data.engine import SHOWN, role_name
from famdesk.data.home import Home
from famdesk.data.home import Server as Where
from famdesk.data.keys.crypto import new_recovery_code
from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.office import Office
from tests.support.offices import CHEAP, PASSWORD, FixedClock, add_accounts, new_centre, prepared
from tests.support.postgres import Server

PLANTED = "Zanzaraverde"
"""A word that is in no program text; names of hidden people carry it."""

ONE_OF_A_CENTRE = ("retention_rule",)
"""Tables of which a centre has one row."""


@dataclass
class Town:
    """Two centres, `here` and `there`; `ids[centre][table]` is the row that `fill` made."""

    server: Server
    database: str
    admin: Engine
    here: Office
    there: Office
    ids: dict[str, dict[str, str]] = field(default_factory=dict)

    @contextmanager
    def psql(self, login: str) -> Iterator[psycopg.Connection[Any]]:
        """What a colleague can do who has a password and psql, and looks where the program looks; rolled back."""
        dsn = self.server.dsn(self.database, role_name(self.database, login), PASSWORD)
        with psycopg.connect(dsn, options=f"-c search_path={SHOWN},public") as connection:
            yield connection
            connection.rollback()

    @contextmanager
    def superuser(self) -> Iterator[psycopg.Connection[Any]]:
        with psycopg.connect(self.server.dsn(self.database)) as connection:
            yield connection
            connection.rollback()

    def tables(self) -> list[str]:
        """Every table there is, asked of the server: a new one is covered without a word here."""
        with self.superuser() as connection:
            found = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            return [name for (name,) in found.fetchall() if name != "alembic_version"]

    def columns(self, table: str) -> set[str]:
        query = "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        with self.superuser() as connection:
            return {name for (name,) in connection.execute(query, (table,)).fetchall()}

    def count(self, table: str, centre_id: str) -> int:
        statement = sql.SQL("SELECT count(*) FROM {} WHERE centre_id = %s").format(sql.Identifier(table))
        with self.superuser() as connection:
            row = connection.execute(statement, (centre_id,)).fetchone()
        assert row is not None
        return int(row[0])

    def row(self, table: str, centre_id: str) -> dict[str, Any]:
        """A row of that centre as the superuser sees it."""
        statement = sql.SQL("SELECT * FROM {} WHERE centre_id = %s LIMIT 1").format(sql.Identifier(table))
        with self.superuser() as connection, connection.cursor(row_factory=dict_row) as cursor:
            found = cursor.execute(statement, (centre_id,)).fetchone()
        assert found is not None, f"{table} has no row of the centre: the test would prove nothing"
        return found


@contextmanager
def founded(server: Server, folder: Path) -> Iterator[Town]:
    """Two centres with all accounts (logins of the second begin with "b-"), every table filled."""
    with server.database(prepared(server)) as name:
        admin = create_engine(server.url(name))
        where = Where(server.host, server.port, name, sslmode="disable")
        offices: list[Office] = []
        for number, prefix in enumerate(("", "b-")):
            new = new_centre(f"Centro {number}", f"{prefix}administrator")
            home = Home(folder / str(number))
            office = session.create_on_server(
                home, admin, where, new, new_recovery_code(), clock=FixedClock(), cost=CHEAP
            )
            add_accounts(office, prefix)
            offices.append(office)
        here, there = offices
        town = Town(server, name, admin, here, there)
        for office in offices:
            town.ids[office.actor.centre_id] = fill(admin, office)
        try:
            yield town
        finally:
            for office in offices:
                office.lock()
            admin.dispose()
            forget_roles(server, name)


def forget_roles(server: Server, database: str) -> None:
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        prefix = role_name(database, "")
        found = connection.execute("SELECT rolname FROM pg_roles WHERE starts_with(rolname, %s)", (prefix,)).fetchall()
        for (name,) in found:
            connection.execute(sql.SQL("DROP OWNED BY {}; DROP ROLE {}").format(*[sql.Identifier(name)] * 2))


def fill(admin: Engine, office: Office, **of_person: Any) -> dict[str, str]:
    """One row in every table of records, about one new person (with the values given)."""
    centre = office.actor.centre_id
    own = {"centre": centre, "staff": office.actor.staff_id}
    ids = {name: own.get(name) or new_id() for name in records.BY_TABLE}
    with admin.begin() as connection:
        for name in records.BY_TABLE:
            if name in own:
                continue
            if name in ONE_OF_A_CENTRE:
                there = select(Base.metadata.tables[name].c.id).where(Base.metadata.tables[name].c.centre_id == centre)
                ids[name] = str(connection.scalar(there) or ids[name])
                if connection.scalar(there):
                    continue
            given = of_person if name == "person" else {}
            locked = name == "emergency" and admin.dialect.name == "postgresql"
            if locked:  # without an entry in the journal no trigger lets one through
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(insert(Base.metadata.tables[name]), row_values(name, ids, office.actor.centre_id, given))
            if locked:
                connection.exec_driver_sql("SET LOCAL session_replication_role = origin")
        text = {"id": new_id(), "centre_id": office.actor.centre_id, "seq": 1, "position": 0, "table_name": "person",
                "row_id": ids["person"], "person_id": ids["person"], "staff_id": own["staff"],
                "after": PLANTED}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["change"]), text)
        key = {"key": f"{PLANTED.lower()} {ids['person']}", "record_id": ids["person"], "kind": "person",
               "centre_id": office.actor.centre_id}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["search_key"]), key)
        span = {"starts": sample(WallTime), "ends": sample(WallTime).replace(hour=23)}
        claim = {"source_id": ids["appointment"], "subject_id": new_id(), "kind": "staff", "exclusive": False,
                 "centre_id": office.actor.centre_id, **span}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["claim"]), claim)
        state = {"feed_id": ids["feed"], "centre_id": office.actor.centre_id, "at": "2025-02-13", "outcome": "done",
                 "there": "{}"}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["feed_state"]), state)
        trace = {"row_id": ids["person"], "seq": 1, "centre_id": office.actor.centre_id, "verb": "read",
                 "table_name": "person"}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["trace"]), trace)
        secret = {"owner_id": ids["feed"], "centre_id": office.actor.centre_id, "value": PLANTED}
        connection.execute(insert(Base.metadata.tables["secret"]), secret)
        attached = {"owner_id": ids["sheet_mail"], "centre_id": office.actor.centre_id, "staff_id": new_id(),
                    "data": PLANTED.encode()}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["mail_attachment"]), attached)
        word = {"centre_id": office.actor.centre_id, "word": PLANTED.lower()[:40], "record_id": ids["person"],
                "sound": "", "bearers": 1, "seq": 1}  # fmt: skip
        connection.execute(insert(Base.metadata.tables["search_word"]), word)
    return ids


def row_values(table: str, ids: dict[str, str], centre_id: str, given: dict[str, Any]) -> dict[str, Any]:
    """Values for a row of a table: references to `ids`, something plain where something must be, what is given."""
    values: dict[str, Any] = {"id": ids[table], "centre_id": centre_id, "version": 1}
    for column in Base.metadata.tables[table].columns:
        if column.name in values:
            continue
        if column.name == "merged_into_id":  # nobody is merged
            continue
        target = next((key.column.table.name for key in column.foreign_keys), None)
        if target is not None:
            values[column.name] = ids[target] if not column.nullable or target == "person" else None
        elif not column.nullable:
            values[column.name] = _plain(column.type)
    return values | _fitting(table, ids, values) | given


def _fitting(table: str, ids: dict[str, str], values: dict[str, Any]) -> dict[str, Any]:
    """What in a row may not be anything."""
    fitting: dict[str, Any] = {
        name: "2025-02-13T17:00:00+00:00" for name, value in values.items()
        if value == PLANTED and (name.endswith(("_at", "_until")) or (table, name) == ("emergency", "until"))
    }  # fmt: skip
    if "number" in values:  # the numbers of a centre, or of its year, are its own
        fitting["number"] = int(ids[table][-7:], 16)
    of_table: dict[str, dict[str, Any]] = {
        "retention_rule": {"years": 5},
        "role_power": {"role": "reception", "power": ids[table][-12:]},  # one for each power; it takes nothing away
        "draft": {"key": ids[table]},
    }
    if table == "appointment":
        fitting |= {"ends": values["starts"].replace(hour=23), "state": "planned"}
    return fitting | of_table.get(table, {})


def sample(kind: Any) -> Any:
    """A plain value for a type of column."""
    return _plain(kind())


def _plain(kind: Any) -> Any:
    import datetime as dt

    samples: list[tuple[Any, Any]] = [
        (WallTime, dt.datetime(2025, 2, 13, 17)), (Date, dt.date(2025, 2, 13)), (Time, dt.time(17)),
        (DateTime, dt.datetime(2025, 2, 13, 17)), (SqlBoolean, False), (Integer, 1), (Uuid, str(uuid.UUID(int=1))),
        (Text, PLANTED), (String, PLANTED),
    ]  # fmt: skip
    return next(value for sort, value in samples if isinstance(kind, sort))
