"""Homes that a released version left: nothing is lost, everything of the new version holds, a failure changes nothing.

From every released schema to the newest, on both engines.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.pool import NullPool

from famdesk.data import backup, migrations, schema
from famdesk.data import server as postgres_server
from famdesk.data.base import wall_minutes
from famdesk.data.checks.verify import verify
from famdesk.data.engine import sqlite_connection, sqlite_engine
from famdesk.data.home import Home
from famdesk.data.keys import keys
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.usecases import session
from famdesk.usecases.calendar import calendar
from famdesk.usecases.demo.demo_accounts import ACCOUNTS, DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.office import Office
from tests.support import postgres, released
from tests.support.offices import Desk
from tests.support.thorough import THOROUGH

NEVER_ALONE = {"0002", "0004"}
"""Schemas that came out together with the next one: nobody has a home of them."""
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
THE_MIGRATION_WRITES = {"alembic_version", "sqlite_stat1", "sqlite_stat4"}
THE_SIGN_IN_WRITES = {"audit", "audit_head"}

Columns = dict[str, list[str]]
Run = Callable[[str], list[tuple[Any, ...]]]


def _hashes(run: Run, columns: Columns) -> dict[str, str]:
    """{table: SHA-256 of its rows, sorted} over these columns."""
    found = {}
    for table, names in columns.items():
        quoted = ", ".join(f'"{name}"' for name in names)
        rows = sorted(repr(row) for row in run(f'SELECT {quoted} FROM "{table}"'))
        found[table] = f"{len(rows)} rows {hashlib.sha256(chr(10).join(rows).encode()).hexdigest()}"
    return found


def _runner(home: Home, key: bytes) -> Run:
    def run(statement: str) -> list[tuple[Any, ...]]:
        connection = sqlite_connection(home.database, key)
        try:
            return [tuple(row) for row in connection.execute(statement).fetchall()]
        finally:
            connection.close()

    return run


def _sqlite_columns(run: Run) -> Columns:
    tables = [row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    return {
        table: [row[1] for row in run(f"PRAGMA table_info({table})")]
        for table in tables
        if table not in THE_MIGRATION_WRITES
    }


def _claims_wanted(run: Run) -> set[tuple[Any, ...]]:
    """(appointment or meeting, subject, start, end) that these say."""
    states = ", ".join(f"'{state}'" for state in sorted(OCCUPYING))
    takes = f"a.deleted_at IS NULL AND a.state IN ({states})"
    travels = "a.starts - a.travel_before, a.ends + a.travel_after"
    party = "appointment_party p JOIN appointment a ON a.id = p.appointment_id AND p.deleted_at IS NULL"
    beside = f"FROM {party} AND {takes}"
    return set(
        run(f"""
        SELECT a.id, a.staff_id, {travels} FROM appointment a WHERE a.staff_id IS NOT NULL AND {takes}
        UNION SELECT a.id, a.room_id, a.starts, a.ends FROM appointment a WHERE a.room_id IS NOT NULL AND {takes}
        UNION SELECT a.id, p.staff_id, {travels} {beside} AND p.staff_id IS NOT NULL
        UNION SELECT a.id, p.room_id, a.starts, a.ends {beside} AND p.room_id IS NOT NULL
        UNION SELECT a.id, p.resource_id, {travels} {beside} AND p.resource_id IS NOT NULL""")
    ) | set(_of_meetings(run))


def _of_meetings(run: Run) -> Iterator[tuple[Any, ...]]:
    for row_id, leader, room, day, starts, minutes in run("""
        SELECT id, leader_staff_id, room_id, day, starts, minutes FROM meeting
        WHERE deleted_at IS NULL AND state NOT IN ('cancelled', 'postponed')
        AND day IS NOT NULL AND starts IS NOT NULL"""):
        first = wall_minutes(datetime.fromisoformat(f"{day} {starts}"))
        yield from ((row_id, subject, first, first + (minutes or 60)) for subject in (leader, room) if subject)


def _claims(run: Run) -> set[tuple[Any, ...]]:
    return set(run("SELECT source_id, subject_id, starts, ends FROM claim"))


def _sign_in(home: Home, login: str = DEMO_LOGIN) -> Office:
    return session.sign_in(home, login, DEMO_PASSWORD, clock=lambda: NOW)


def _works(office: Office) -> None:
    """An appointment is booked, moved and taken back; what it takes follows."""
    starts = datetime(2026, 11, 28, 10)
    found = office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind="team",
                       staff_id=office.actor.staff_id)  # fmt: skip
    (row,) = office.fetch(calendar.appointments, starts.date(), starts.date(), staff_id=office.actor.staff_id)
    assert row.id == found
    office.undo()
    assert office.fetch(calendar.appointments, starts.date(), starts.date(), staff_id=office.actor.staff_id) == ()


@pytest.fixture(params=released.SCHEMAS)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """A file of each released schema."""
    return released.file_home(request.param, tmp_path / "old")


def test_a_released_file_comes_over_whole(old: Home, file_desk: Desk) -> None:
    key = released.database_key(old)
    run = _runner(old, key)
    columns = _sqlite_columns(run)
    ((was,),) = run("SELECT version_num FROM alembic_version")
    before = _hashes(run, columns)
    assert int(before["appointment"].split()[0]) > 50
    office = _sign_in(old)
    assert run("SELECT version_num FROM alembic_version") == [(schema.HEAD,)]
    after = _hashes(run, columns)
    assert {name: after[name] for name in after if name not in THE_SIGN_IN_WRITES} == {
        name: before[name] for name in before if name not in THE_SIGN_IN_WRITES
    }
    assert _claims(run) == _claims_wanted(run) != set()
    assert verify(office.store.engine, office.keystore.load()) == []
    _works(office)
    office.close()
    assert _made(run) == _made(_runner(file_desk.home, file_desk.office.unlocked.database_key))
    _backup_is_of_before(old, key, was, before)


def _made(run: Run) -> set[tuple[Any, ...]]:
    """Every table, index and trigger, as it was made."""
    return set(run("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))


def _backup_is_of_before(old: Home, key: bytes, was: str, before: dict[str, str]) -> None:
    (copy,) = old.backups.iterdir()
    manifest, _ring = backup.read_manifest(copy)
    assert manifest.schema == was  # the old program would refuse what says that it is newer
    restored = Home(old.folder.parent / "restored")
    backup.restore(copy, restored, lambda ring: keys.unlock(ring, DEMO_LOGIN, DEMO_PASSWORD))
    run = _runner(restored, key)
    assert _hashes(run, _sqlite_columns(run)) == before
    _sign_in(restored).close()
    assert run("SELECT version_num FROM alembic_version") == [(schema.HEAD,)]


@pytest.mark.slow
def test_every_account_signs_in_after_the_update(old: Home) -> None:
    for login, role, _label in ACCOUNTS:
        if role == "auditor":  # there was none yet
            continue
        office = _sign_in(old, login)
        assert office.role == role
        if role != "administrator":  # who has nothing to do with families
            assert office.fetch(calendar.appointments, NOW.date(), NOW.date() + timedelta(days=7))
        office.close()


class _Cut(Exception):
    """The computer goes out."""


def _failing_at(engine: Engine, number: int) -> Iterator[int]:
    """Counts statements; the one with that number, from 1, fails."""
    count = iter(range(1, 1_000_000))

    @event.listens_for(engine, "before_cursor_execute")
    def execute(*_args: Any) -> None:
        if next(count) == number:
            raise _Cut

    return count


@pytest.mark.slow
def test_an_update_that_fails_at_any_statement_changes_nothing(old: Home, tmp_path: Path) -> None:
    """At some of them, others each time; `FAMDESK_THOROUGH=1` tries all, for minutes."""
    key = released.database_key(old)
    run = _runner(old, key)
    columns, made = _sqlite_columns(run), _made(run)
    before = _hashes(run, columns)
    total = _statements(old, key, tmp_path / "copy.db")
    assert total > 10
    some = {1, total, *random.sample(range(1, total), 8)}
    for number in range(1, total + 1) if THOROUGH else sorted(some):
        engine = sqlite_engine(old.database, key)
        _failing_at(engine, number)
        with pytest.raises(_Cut), engine.begin() as connection:
            schema.migrate(connection)
        engine.dispose()
        assert _made(run) == made, number
        assert _hashes(run, columns) == before, number
    engine = sqlite_engine(old.database, key)
    with engine.begin() as connection:
        schema.migrate(connection)
    engine.dispose()
    assert _hashes(run, columns) == before
    assert _claims(run) == _claims_wanted(run) != set()


def _statements(old: Home, key: bytes, copy: Path) -> int:
    """How many statements the update of a copy takes."""
    shutil.copy(old.database, copy)
    engine = sqlite_engine(copy, key)
    count = _failing_at(engine, 0)
    with engine.begin() as connection:
        schema.migrate(connection)
    engine.dispose()
    return next(count) - 1


_CATALOGUE = """
    SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
    WHERE table_schema = 'public';
    SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies;
    SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text,
    coalesce(relacl, acldefault('r', relowner))::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace;
    SELECT indexdef FROM pg_indexes WHERE schemaname = 'public';
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace;
    SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal;
    SELECT pg_get_functiondef(oid), proowner::regrole::text, proacl::text FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace"""
CATALOGUE = tuple(_CATALOGUE.split(";"))
"""What a database lets whom do."""


@pytest.fixture(params=released.SCHEMAS)
def old_server(request: pytest.FixtureRequest, postgres: postgres.Server, tmp_path: Path) -> Iterator[tuple[Home, str]]:
    with released.server_home(request.param, tmp_path / "old", postgres) as found:
        yield found


@pytest.mark.postgres
def test_a_released_server_comes_over_whole(
    old_server: tuple[Home, str], postgres: postgres.Server, server_desk: Desk
) -> None:
    home, name = old_server
    with psycopg.connect(postgres.dsn(name), autocommit=True) as connection:

        def run(statement: str) -> list[tuple[Any, ...]]:
            return connection.execute(statement.encode()).fetchall()

        columns: Columns = {}
        for table, column in run("SELECT table_name, column_name FROM information_schema.columns"
                                 " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position"):  # fmt: skip
            if table not in THE_MIGRATION_WRITES:
                columns.setdefault(table, []).append(column)
        before = _hashes(run, columns)
        with pytest.raises(schema.TooOld):
            _sign_in(home)
        assert _hashes(run, columns) == before
        _update(postgres, name)
        assert _hashes(run, columns) == before
        assert _claims(run) == _claims_wanted(run) != set()
        office = _sign_in(home)
        _works(office)
        office.close()
        with psycopg.connect(postgres.dsn(_database(server_desk))) as fresh:
            for statement in CATALOGUE:
                assert _sorted(run(statement)) == _sorted(fresh.execute(statement.encode()).fetchall())


def _sorted(rows: list[tuple[Any, ...]]) -> list[str]:
    """Without casts and brackets: a database that was restored from a dump writes them otherwise."""
    return sorted(re.sub(r"::(character varying|text)(\[\])?|[()]", "", repr(row)) for row in rows)


def _database(desk: Desk) -> str:
    server = desk.home.settings().server
    assert server is not None
    return server.database


def _update(server: postgres.Server, name: str) -> None:
    """What the server's administrator does once for all desks."""
    admin = create_engine(server.url(name), poolclass=NullPool)
    with admin.begin() as connection:
        postgres_server.prepare(connection)


@pytest.mark.postgres
def test_an_update_of_the_server_that_fails_changes_nothing(
    old_server: tuple[Home, str], postgres: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    _home, name = old_server
    with psycopg.connect(postgres.dsn(name), autocommit=True) as connection:
        before = [_sorted(connection.execute(statement.encode()).fetchall()) for statement in CATALOGUE]
        migrate = schema.migrate

        def cut(found: Any) -> None:
            migrate(found)
            found.execute(text("SELECT * FROM nowhere"))

        monkeypatch.setattr(schema, "migrate", cut)
        with pytest.raises(Exception, match="nowhere"):
            _update(postgres, name)
        assert [_sorted(connection.execute(statement.encode()).fetchall()) for statement in CATALOGUE] == before


def test_every_schema_that_was_released_has_its_homes() -> None:
    """Whoever releases a schema keeps a home of it, before the next one is begun (`tests.support.release`)."""
    made = sorted(path.name[1:5] for path in (Path(migrations.__file__).parent / "versions").glob("v*.py"))
    assert made[-1] == migrations.HEAD
    assert list(released.SCHEMAS) == [number for number in made if number not in NEVER_ALONE][:-1]
