"""What PostgreSQL allows to each role: every table and every function, tried with that role's own login.

`python -m tests.security.matrix` writes the table anew; whoever changes a policy reads the difference.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import psycopg
from psycopg import errors, sql

from famdesk.data.engine import SHOWN, role_name
from famdesk.data.migrations.fifth.unsaid import COLUMNS
from famdesk.domain.staff import rights
from famdesk.usecases.office import Office
from tests.security.town import Town, fill, founded
from tests.support import postgres

FILE = Path(__file__).with_name("matrix.txt")
HEAD = """# Which rows PostgreSQL lets each role select, insert, update and delete: generated, see matrix.py.
#
# Tables: an ordinary family's row that a colleague made, then one that is one's own. "S": also the row of another
# centre. "!": a lock stands against it, whatever the role. Functions about that family: "-" refused, "0" answers
# nothing (no row, no, or nothing), "1" answers something.
"""
TRIED = """DO $do$
    DECLARE one text; told text := ''; touched integer;
    BEGIN
      FOREACH one IN ARRAY {}::text[] LOOP
        BEGIN
          EXECUTE one;
          GET DIAGNOSTICS touched = ROW_COUNT;
          RAISE EXCEPTION USING ERRCODE = 'FD000', MESSAGE = touched::text;
        EXCEPTION
          WHEN SQLSTATE 'FD000' THEN told := told || CASE SQLERRM WHEN '0' THEN '-' ELSE 'y' END;
          WHEN insufficient_privilege THEN told := told || '-';
          WHEN raise_exception OR serialization_failure THEN told := told || '!';
          WHEN integrity_constraint_violation THEN told := told || 'y';
        END;
      END LOOP;
      PERFORM set_config('fd.told', told, false);
    END $do$"""
"""Tries statements one after the other and turns each back. "y": it touches a row, or would if it were not there
already; "-": it is refused or touches none; "!": a lock stands against it."""


def looked_at(town: Town) -> list[str]:
    """The lines of the table."""
    family = {role: _made_by(town, role) for role in rights.ROLES}
    cells: dict[str, list[str]] = {}
    with town.superuser() as owner:
        tried = {role: {shown: tuple(_statements(owner, table, _key(owner, table, ids), town, schema))
                        for table in town.tables() for shown, schema in _behind(table)}
                 for role, ids in family.items()}  # fmt: skip
        for role in rights.ROLES:
            other = "coordinator" if role == "administrator" else "administrator"
            with town.psql(role) as connection:
                for maker in (other, role):
                    for table, cell in _cells(connection, tried[maker]).items():
                        cells.setdefault(table, []).append(cell)
                for function in _functions(owner):
                    cells.setdefault(function, []).append(_answer(connection, function, family[other]))
    return list(_lines(cells))


def _lines(cells: dict[str, list[str]]) -> Iterator[str]:
    width = max(map(len, cells)) + 2
    yield " " * width + "".join(f"{role:<16}" for role in rights.ROLES).rstrip()
    for name, row in cells.items():
        told = ["/".join(row[at : at + 2]) for at in range(0, len(row), 2)] if len(row) > len(rights.ROLES) else row
        yield name.ljust(width) + "".join(f"{one:<16}" for one in told).rstrip()


def _behind(table: str) -> Iterator[tuple[str, str]]:
    """A line's name and a schema: the view that stands in front of a table and the table itself."""
    if table in COLUMNS:
        yield table, SHOWN
        yield f"public.{table}", "public"
    else:
        yield table, "public"


def staff_of(town: Town) -> dict[str, str]:
    """The ids of the colleagues of the first centre, by role."""
    with town.superuser() as owner:
        found = owner.execute("SELECT role, id FROM staff WHERE centre_id = %s AND login IS NOT NULL",
                              (town.here.actor.centre_id,)).fetchall()  # fmt: skip
    return {role: str(staff_id) for role, staff_id in found}


def _made_by(town: Town, role: str) -> dict[str, str]:
    """A family with a row in every table, all of it a colleague's own."""
    maker = SimpleNamespace(centre_id=town.here.actor.centre_id, staff_id=staff_of(town)[role])
    return fill(town.admin, cast(Office, SimpleNamespace(actor=maker)))


def _key(owner: psycopg.Connection[Any], table: str, ids: dict[str, str]) -> tuple[str, str]:
    """The column and value that find the row of a family."""
    names = _columns(owner, table)
    if table in ids and "id" in names:
        return "id", ids[table]
    about = {"feed_state": ("feed_id", "feed"), "secret": ("owner_id", "feed"),
             "mail_attachment": ("owner_id", "sheet_mail"), "claim": ("source_id", "appointment"),
             "change": ("row_id", "person"), "search_key": ("record_id", "person"),
             "search_word": ("record_id", "person")}.get(table)  # fmt: skip
    if about:
        return about[0], ids[about[1]]
    return ("staff_id", ids["staff"]) if "staff_id" in names else ("centre_id", ids["centre"])


def _cells(connection: psycopg.Connection[Any], statements: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """What one role may do with the rows of one family, by table."""
    every = [one for some in statements.values() for one in some]
    connection.execute(sql.SQL(TRIED).format(sql.Literal(every)))
    row = connection.execute("SELECT current_setting('fd.told')").fetchone()
    assert row is not None
    return {table: _cell(row[0][5 * at : 5 * at + 5]) for at, table in enumerate(statements)}


def _cell(told: str) -> str:
    here, there, rest = told[0], told[1], told[2:]
    seen = _letter("S" if there == "y" else "s", here)
    return seen + "".join(_letter(*pair) for pair in zip("iud", rest, strict=True))


def _letter(letter: str, told: str) -> str:
    return letter if told == "y" else told


def _statements(
    owner: psycopg.Connection[Any], table: str, key: tuple[str, str], town: Town, schema: str
) -> Iterator[str]:
    """A row is looked for, one of another centre too, one like it made, it is changed, it is deleted."""
    name, column = sql.Identifier(schema, table), sql.Identifier(_changed(owner, table))
    where = sql.SQL("{} = {}").format(sql.Identifier(key[0]), sql.Literal(key[1]))
    there = sql.SQL("centre_id = {}").format(sql.Literal(town.there.actor.centre_id))
    select = sql.SQL("SELECT 1 FROM {} WHERE {}")
    yield select.format(name, where).as_string(owner)
    yield select.format(name, there if "centre_id" in _columns(owner, table) else sql.SQL("false")).as_string(owner)
    yield _insert(owner, table, where, name)
    yield sql.SQL("UPDATE {} SET {} = {} WHERE {}").format(name, column, column, where).as_string(owner)
    yield sql.SQL("DELETE FROM {} WHERE {}").format(name, where).as_string(owner)


def _insert(owner: psycopg.Connection[Any], table: str, where: sql.Composable, into: sql.Identifier) -> str:
    """A row like that one, with an id of its own where it has one."""
    columns = sorted(_columns(owner, table))
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    query = sql.SQL("SELECT {} FROM {} WHERE {} LIMIT 1").format(names, sql.Identifier(table), where)
    row = owner.execute(query).fetchone()
    if row is None:
        return "SELECT 1 WHERE false"
    given = [sql.SQL("gen_random_uuid()") if column == "id" else sql.Literal(value)
             for column, value in zip(columns, row, strict=True)]  # fmt: skip
    made = sql.SQL("INSERT INTO {} ({}) VALUES ({})")
    return made.format(into, names, sql.SQL(", ").join(given)).as_string(owner)


@cache
def _columns(owner: psycopg.Connection[Any], table: str) -> frozenset[str]:
    found = owner.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND "
                          "NOT attisdropped", (f'public."{table}"',)).fetchall()  # fmt: skip
    return frozenset(name for (name,) in found)


@cache
def _changed(owner: psycopg.Connection[Any], table: str) -> str:
    """A column that colleagues may write, where there is one."""
    names = sorted(_columns(owner, table), key=lambda name: (name != "version", name))
    allowed = owner.execute("SELECT column_name FROM information_schema.column_privileges WHERE table_name = %s "
                            "AND grantee = 'fd_users' AND privilege_type = 'UPDATE'", (table,)).fetchall()  # fmt: skip
    return next((name for name in names if (name,) in allowed), names[0])


def _functions(owner: psycopg.Connection[Any]) -> list[str]:
    """Every function that is ours and no trigger's, with its arguments."""
    found = owner.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "AND starts_with(proname, 'fd_') AND prorettype <> 'trigger'::regtype ORDER BY 1"
    ).fetchall()
    return [name for (name,) in found]


def _answer(connection: psycopg.Connection[Any], function: str, ids: dict[str, str]) -> str:
    name, _bracket, kinds = function.rstrip(")").partition("(")
    given = [_argument(name, kind, ids) for kind in kinds.split(",") if kind]
    variadic = "VARIADIC " if name == "fd_may" else ""
    call = sql.SQL(f"SELECT * FROM {name}({variadic}{', '.join('%s::' + kind for kind in kinds.split(',') if kind)})")
    try:
        with connection.transaction(force_rollback=True):
            rows = connection.execute(call, given).fetchall()
    except errors.InsufficientPrivilege:
        return "-"
    except errors.Error:
        return "!"
    return "1" if any(value not in (None, False, "", [], 0) for row in rows for value in row) else "0"


def _argument(function: str, kind: str, ids: dict[str, str]) -> Any:
    about = {"fd_sees_household": "household", "fd_sees_enrolment": "enrolment", "fd_line": "initiative",
             "fd_wrote": "note", "fd_readings_of_note": "note", "fd_told_of": "note", "fd_sees_path": "path",
             "fd_is_open_point": "contact_point", "fd_knows_point": "contact_point",
             }.get(function, "person")  # fmt: skip
    if function in {"fd_places", "fd_presence"}:
        about = "initiative" if function == "fd_places" else "meeting"
    if function in {"fd_noted", "fd_last_noted"}:
        about = "path"
    row = "{}" if function.startswith(("fd_knows_", "fd_is_sensitive")) else "x"
    return {"uuid": ids[about], "uuid[]": [ids[about]], "boolean": True, "integer": 2025, "bigint": 29_000_000,
            "date": "2025-02-13", "text[]": ["families"]}.get(kind, row)  # fmt: skip


def written() -> Iterator[str]:
    """The text of the table as it stands in the repository."""
    yield from FILE.read_text("utf-8").removeprefix(HEAD).splitlines()


def main() -> None:
    with postgres.serve() as server, _town(server) as town:
        FILE.write_text(HEAD + "\n".join(looked_at(town)) + "\n", "utf-8")


@contextmanager
def _town(server: postgres.Server) -> Iterator[Town]:
    with tempfile.TemporaryDirectory() as folder, founded(server, Path(folder)) as town:
        yield town


def psql(town: Town, login: str) -> list[str]:
    """The words of the psql program: how to sign in with that login."""
    return [
        str(postgres.find_programs() / "psql"), "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname",
        town.server.dsn(town.database, role_name(town.database, login), ""),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
