"""Every use-case for every role against the rights table; every table and function of the server for every role's own
login against the one that is written in `matrix.txt`."""

from __future__ import annotations

import dataclasses
import inspect
import re
import subprocess
import types
import typing
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from psycopg import sql
from sqlalchemy import text

from famdesk.data.migrations.fifth import powers as migration
from famdesk.domain.errors import FamDeskError, Forbidden
from famdesk.domain.ids import new_id
from famdesk.domain.staff import powers, rights
from famdesk.usecases import features
from famdesk.usecases.office import Office
from famdesk.usecases.registry import ACTIONS, Action
from famdesk.usecases.staff import roles
from tests.security import matrix
from tests.security.town import Town, founded
from tests.support.offices import Desk, copied_file_desk
from tests.support.postgres import Server

features.load()
Offices = dict[str, Office]


@pytest.fixture(scope="module")
def offices(file_template: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    """A centre with somebody of every role at a desk."""
    with copied_file_desk(file_template, tmp_path_factory.mktemp("matrix") / "home") as desk:
        yield {role: desk.office if role == "administrator" else desk.sign_in(role) for role in rights.ROLES}


@pytest.fixture(scope="module")
def city(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with founded(postgres, tmp_path_factory.mktemp("city")) as found:
        yield found


class Through(Exception):
    """The door let somebody in."""


@pytest.mark.parametrize("role", rights.ROLES)
def test_every_use_case_is_open_to_whom_the_table_says_and_to_nobody_else(
    offices: Offices, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Called in earnest, with made-up values; what is refused leaves nothing, what is let in is turned back."""
    office, entered = offices[role], set[str]()
    before = _everything(office)
    for name, action in sorted(ACTIONS.items()):
        monkeypatch.setattr(action, "function", _noting(action, entered))
        if _called(office, action) is not Forbidden:
            assert name in entered, f"{name} answers without having been asked"
        else:
            assert name not in entered or rights.cell(name, role), name
    assert entered == {name for name in ACTIONS if rights.parsed()[name][role]}
    assert _everything(office) == before


def test_what_a_centre_takes_away_is_refused_and_nothing_else(offices: Offices) -> None:
    """Each power from each role that can have it, and every use-case at the door."""
    head, second = offices["administrator"], offices["coordinator"]
    for role, ceiling in rights.ceiling().items():
        manager = second if role == "administrator" else head
        for power in sorted(ceiling):
            manager.run(roles.set_power, role, power, held=False)
            expected = {name for name in ACTIONS if rights.cell(name, rights.Role(role, [power]))}
            assert _let_in(offices[role]) == expected, (role, power)
            assert {name for name in ACTIONS if rights.parsed()[name][role]} - expected == {
                name for name in ACTIONS if rights.parsed()[name][role] and rights.power_of(name) == power
            }
            manager.run(roles.set_power, role, power, held=True)
        assert _let_in(offices[role]) == {name for name in ACTIONS if rights.parsed()[name][role]}


@pytest.mark.postgres
def test_the_server_allows_each_role_what_is_written(city: Town) -> None:
    """After a change of policies: python -m tests.security.matrix, and read the difference."""
    assert matrix.looked_at(city) == list(matrix.written())


@pytest.mark.postgres
@pytest.mark.parametrize("role", rights.ROLES)
def test_psql_sees_no_other_tables_than_are_written(city: Town, role: str) -> None:
    """The program itself, with that person's user name and password."""
    tables = city.tables()
    asked = "\n".join(f"SELECT '{table}' FROM public.\"{table}\" LIMIT 1;" for table in tables)
    done = subprocess.run(matrix.psql(city, role), input=asked, capture_output=True, text=True, check=False, timeout=60)
    seen = {line for line in done.stdout.splitlines() if line in tables}
    place = rights.ROLES.index(role)
    cells = {line.split()[0]: line.split()[1:] for line in list(matrix.written())[1:]}
    allowed = {table for table in tables if re.search("[sS]", cells[table][place])}
    assert seen <= allowed
    if role in powers.PEOPLE:
        assert "person" in seen


@pytest.mark.postgres
def test_an_auditor_with_psql_finds_no_word_about_families(city: Town) -> None:
    """The planted word stands in every text of every row; the auditor's are those that are of the network anyway."""
    public = {name for name, (read, _write) in migration.needed(city.tables()).items() if read == "*"}
    with city.psql("auditor") as connection:
        for table in city.tables():
            if table in public or table == "trace":
                continue
            query = sql.SQL("SELECT count(*) FROM {} AS one WHERE one::text LIKE '%Zanzaraverde%'")
            row = connection.execute(query.format(sql.Identifier(table))).fetchone()
            assert row == (0,), table
    assert not public & {"person", "contact_point", "note", "note_part", "appointment", "change", "visit", "household"}


@pytest.mark.postgres
def test_a_power_that_is_taken_closes_the_tables_that_nothing_else_needs(city: Town) -> None:
    needs = {name: (migration.PEOPLE if read == "people" else read).split()
             for name, (read, _write) in migration.needed(city.tables()).items()}  # fmt: skip
    for role in ("reception", "psychologist", "coordinator", "administrator"):
        before = _seen(city, role)
        for power in sorted(rights.ceiling()[role]):
            left = (rights.ceiling()[role] | {"own"}) - {power}
            closed = {name for name in before & set(needs) if needs[name] != ["*"] and not left & set(needs[name])}
            with _taken(city, role, power):
                assert before - _seen(city, role) == closed, (role, power)


@pytest.mark.postgres
def test_nobody_without_the_power_writes_what_belongs_to_it(city: Town) -> None:
    """A receptionist who has nothing to do with programmes changes none with psql either."""
    tables = ("initiative", "meeting", "meeting_party", "feedback_question", "initiative_picture")
    with _taken(city, "reception", "programmes"), city.psql("reception") as connection:
        for table in tables:
            name = sql.Identifier(table)
            assert connection.execute(sql.SQL("UPDATE {} SET version = version").format(name)).rowcount == 0, table
            assert connection.execute(sql.SQL("DELETE FROM {}").format(name)).rowcount == 0, table
    with city.psql("reception") as connection:
        for table in tables:
            statement = sql.SQL("UPDATE {} SET version = version").format(sql.Identifier(table))
            assert connection.execute(statement).rowcount, table


@pytest.mark.postgres
def test_what_the_journal_keeps_of_a_closed_table_is_closed_with_it(city: Town) -> None:
    query = "SELECT count(*) FROM change WHERE table_name = 'person'"
    with city.psql("reception") as connection:
        assert connection.execute(query).fetchone() != (0,)
    with ExitStack() as all_taken:
        for power in sorted(rights.ceiling()["reception"] & powers.PEOPLE):
            all_taken.enter_context(_taken(city, "reception", power))
        with city.psql("reception") as connection:
            assert connection.execute(query).fetchone() == (0,)
            assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
            assert connection.execute("SELECT count(*) FROM search_key WHERE kind = 'person'").fetchone() == (0,)
            assert connection.execute("SELECT fd_may_see(id, false, false, id) FROM staff LIMIT 1").fetchone() == (
                False,
            )


def test_every_table_is_in_the_written_one() -> None:
    from famdesk.data.base import Base

    lines = {line.split()[0] for line in list(matrix.written())[1:]}
    assert set(Base.metadata.tables) <= lines
    assert "person " in matrix.FILE.read_text("utf-8")


def _seen(city: Town, role: str) -> set[str]:
    with city.psql(role) as connection:
        one = sql.SQL("SELECT 1 FROM {} LIMIT 1")
        names = [name for name in city.tables() if name != "trace"]
        return {name for name in names if connection.execute(one.format(sql.Identifier(name))).fetchone()}


@contextmanager
def _taken(city: Town, role: str, power: str) -> Iterator[None]:
    """Without a power for a while."""
    values = {"id": new_id(), "centre": city.here.actor.centre_id, "role": role, "power": power}
    made = text("INSERT INTO role_power (id, version, centre_id, role, power, taken) "
                "VALUES (:id, 1, :centre, :role, :power, true)")  # fmt: skip
    with city.admin.begin() as connection:
        connection.execute(made, values)
    try:
        yield
    finally:
        with city.admin.begin() as connection:
            connection.execute(text("DELETE FROM role_power WHERE id = :id"), values)


def _let_in(office: Office) -> set[str]:
    found = set[str]()
    with office.store.reading(office.actor) as tx:
        for name in ACTIONS:
            try:
                with tx.doing(name):
                    found.add(name)
            except Forbidden:
                continue
    return found


def _noting(action: Action[Any, Any], entered: set[str]) -> Any:
    def noted(tx: Any, *args: Any, **kwargs: Any) -> Any:
        entered.add(action.name)
        return action.__wrapped__(tx, *args, **kwargs)  # type: ignore[attr-defined]

    return noted


def _called(office: Office, action: Action[Any, Any]) -> type[BaseException] | None:
    """What becomes of a call with made-up values, in a transaction that is always turned back."""
    given = {name: _value(hint) for name, hint in _wanted(action).items()}
    try:
        with office.store.writing(office.actor) as (tx, _outcome):
            action(tx, **given)
            raise Through
    except (FamDeskError, Through) as error:
        return type(error)
    except Exception as error:  # values that mean nothing; what counts is who was let in
        return type(error)


def _wanted(action: Action[Any, Any]) -> dict[str, Any]:
    """The parameters that have to be given, with their kinds."""
    function = inspect.unwrap(action)
    module = inspect.getmodule(function)
    try:
        hints = typing.get_type_hints(function, vars(module))
    except NameError:  # kinds that only the type checker knows
        hints = {}
    found = list(inspect.signature(function).parameters.values())[1:]
    empty = inspect.Parameter.empty
    named = [one for one in found if one.kind in {one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY} and one.default is empty]
    return {one.name: hints.get(one.name, str) for one in named}


def _value(hint: Any) -> Any:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {types.UnionType, typing.Union}:
        return None if type(None) in inner else _value(inner[0])
    if origin is not None:
        return inner[0] if origin is typing.Literal else () if origin is tuple else _EMPTY.get(origin, ())
    plain: dict[Any, Any] = {str: new_id(), int: 1, bool: False, bytes: b"", date: date(2025, 2, 13), float: 1.0,
                             datetime: datetime(2025, 2, 13, 17), time: time(17), Path: Path("nowhere")}  # fmt: skip
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        needed = [field for field in dataclasses.fields(hint) if field.default is dataclasses.MISSING
                  and field.default_factory is dataclasses.MISSING]  # fmt: skip
        return hint(**{field.name: _value(hints[field.name]) for field in needed})
    return plain.get(hint)


_EMPTY: dict[Any, Any] = {frozenset: frozenset(), set: set(), dict: {}}


def _everything(office: Office) -> dict[str, int]:
    """How many rows each table has."""
    with office.store.engine.connect() as connection:
        names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars().all()
        return {name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in names}
