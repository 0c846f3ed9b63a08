"""With psql and a colleague's password nothing of another centre is read or written, table by table.

The tables are asked of the server: a new one without policies fails here.
"""

from __future__ import annotations

import uuid
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.errors import ForeignKeyViolation, InsufficientPrivilege

from famdesk.data import records
from tests.security.town import Town

pytestmark = pytest.mark.postgres

ROLES = ("reception", "social_worker", "coordinator", "administrator")
SHARED = {name for name, kind in records.BY_TABLE.items() if kind.shared}
"""The directory and the calendar of initiatives: every centre of the database reads them, by design."""


def _run(connection: psycopg.Connection[Any], statement: str, table: str, *values: Any) -> psycopg.Cursor[Any]:
    return connection.execute(sql.SQL(statement).format(sql.Identifier(table)), values)


def _refused_or_nothing(connection: psycopg.Connection[Any], statement: str, table: str, *values: Any) -> bool:
    """Whether the statement touched no row, or was refused for want of rights and for nothing else."""
    try:
        with connection.transaction():
            return _run(connection, statement, table, *values).rowcount == 0
    except InsufficientPrivilege:
        return True


def test_every_table_forces_row_security_on_its_owner_too(town: Town) -> None:
    with town.superuser() as connection:
        rows = connection.execute(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')"
        ).fetchall()
    assert len(rows) >= len(records.BY_TABLE) + 5
    assert {name for name, enabled, forced in rows if not (enabled and forced)} == {"alembic_version"}


def test_every_table_has_a_policy_for_each_kind_of_access_that_is_granted(town: Town) -> None:
    with town.superuser() as connection:
        granted = connection.execute(
            "SELECT table_name, lower(privilege_type) FROM information_schema.role_table_grants"
            " WHERE grantee = 'fd_users' AND table_schema = 'public' AND table_name <> 'alembic_version'"
        ).fetchall()
        policies = connection.execute("SELECT tablename, lower(cmd) FROM pg_policies").fetchall()
    assert {kind for _table, kind in granted} == {"select", "insert", "update", "delete"}
    assert set(granted) <= set(policies)


def test_what_the_schema_version_table_allows(town: Town) -> None:
    with town.psql("coordinator") as connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        with pytest.raises(InsufficientPrivilege):
            connection.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize("role", ROLES)
def test_no_row_of_another_centre_is_read(town: Town, role: str) -> None:
    here, there = town.here.actor.centre_id, town.there.actor.centre_id
    with town.psql(role) as connection:
        for table in town.tables():
            assert town.count(table, there) > 0, f"{table}: nothing there to be hidden"
            seen = {str(row[0]) for row in _run(connection, "SELECT DISTINCT centre_id FROM {}", table).fetchall()}
            if table in SHARED or table == "search_key":
                continue
            assert seen <= {here}, table
            assert _refused_or_nothing(connection, "SELECT 1 FROM {} WHERE centre_id = %s FOR UPDATE", table, there)


def test_the_search_index_shows_only_the_shared_kinds_of_another_centre(town: Town) -> None:
    with town.psql("reception") as connection:
        kinds = connection.execute(
            "SELECT DISTINCT kind FROM search_key WHERE centre_id = %s", (town.there.actor.centre_id,)
        ).fetchall()
    assert {kind for (kind,) in kinds} <= SHARED


@pytest.mark.parametrize("role", ROLES)
def test_no_row_of_another_centre_is_changed_or_deleted(town: Town, role: str) -> None:
    here, there = town.here.actor.centre_id, town.there.actor.centre_id
    with town.psql(role) as connection:
        for table in town.tables():
            own = town.count(table, here)
            for statement in ("UPDATE {} SET centre_id = centre_id", "DELETE FROM {}"):
                assert _refused_or_nothing(connection, f"{statement} WHERE centre_id = %s", table, there), table
                try:
                    with connection.transaction(force_rollback=True):
                        # A statement that reads nothing is not held by the policy for reading.
                        assert _run(connection, statement, table).rowcount <= own, f"{table}: {statement}"
                except InsufficientPrivilege:
                    pass
                except ForeignKeyViolation:
                    assert (table, statement) == ("centre", "DELETE FROM {}")  # the own one has a journal


@pytest.mark.parametrize("role", ROLES)
def test_no_row_is_made_for_or_moved_to_another_centre(town: Town, role: str) -> None:
    there = town.there.actor.centre_id
    with town.psql(role) as connection:
        for table in town.tables():
            row = _copy(town, table)
            names = sql.SQL(", ").join(map(sql.Identifier, row))
            places = sql.SQL(", ").join([sql.Placeholder()] * len(row))
            new = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(sql.Identifier(table), names, places)
            with pytest.raises(InsufficientPrivilege), connection.transaction():
                connection.execute(new, list(row.values()))
            move = "UPDATE {} SET centre_id = %s WHERE centre_id = %s"
            assert _refused_or_nothing(connection, move, table, there, town.here.actor.centre_id), table


@pytest.mark.parametrize("table", sorted(records.BY_TABLE))
def test_no_upsert_reaches_a_row_of_another_centre(town: Town, table: str) -> None:
    row = {**town.row(table, town.there.actor.centre_id), "centre_id": town.here.actor.centre_id}
    names = sql.SQL(", ").join(map(sql.Identifier, row))
    places = sql.SQL(", ").join([sql.Placeholder()] * len(row))
    upsert = sql.SQL("INSERT INTO {} ({}) VALUES ({}) ON CONFLICT (id) DO UPDATE SET version = 99").format(
        sql.Identifier("public", table), names, places
    )
    with town.psql("reception") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(upsert, list(row.values()))


def _copy(town: Town, table: str) -> dict[str, Any]:
    """A row of the other centre with keys of its own, right in every other way."""
    row = town.row(table, town.there.actor.centre_id)
    if "id" in row:
        row["id"] = uuid.uuid4()
    if table == "audit":
        head = town.row("audit_head", town.there.actor.centre_id)
        row |= {"seq": head["seq"] + 1, "prev": head["hash"]}
    if table == "search_key":
        row["key"] = "another key"
    if table == "key_slot":
        row["login"] = "another"
    return row
