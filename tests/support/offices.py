"""Offices for tests: real encrypted files or a real server, made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from sqlalchemy import create_engine

from famdesk.data.home import Home, Server
from famdesk.data.keys.crypto import KdfCost, new_recovery_code
from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.staff import staff
from tests.support import compiled, postgres, shelf

compiled.share()

CHEAP = KdfCost(64, 1, 1)
"""Key derivation that tests can afford; the program never goes under its floor."""

PASSWORD = "tegola-aquilone-brace"
ROLES = ("reception", "educator", "social_worker", "psychologist", "coordinator", "auditor")


@dataclass
class FixedClock:
    """A clock that stands still until it is moved: Tuesday 11 February 2025, 12:41 in Cremona."""

    now: datetime = field(default_factory=lambda: datetime(2025, 2, 11, 11, 41, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        self.now += timedelta(**delta)


@dataclass
class Desk:
    """A centre's data with an account for every role (login = role, `PASSWORD`); `office` is the administrator's."""

    home: Home
    office: Office
    clock: FixedClock
    recovery: str
    opened: list[Office] = field(default_factory=list)

    def sign_in(self, login: str) -> Office:
        office = session.sign_in(self.home, login, PASSWORD, clock=self.clock)
        self.opened.append(office)
        return office

    def close(self) -> None:
        for office in [*self.opened, self.office]:
            office.lock()


def new_centre(name: str = "Centro di prova", login: str = "administrator") -> session.NewCentre:
    return session.NewCentre(name, "Ada Prova", login, PASSWORD, municipality="019036")


def add_accounts(office: Office, prefix: str = "") -> None:
    """One colleague per role, with an account."""
    for role in ROLES:
        colleague = office.run(staff.add_colleague, name=f"Prova {role}", role=role, profession=None)
        staff.give_account(office, colleague, f"{prefix}{role}", PASSWORD, cost=CHEAP)


def file_desk(folder: Path, clock: FixedClock | None = None) -> Desk:
    """A new SQLCipher home with all accounts."""
    clock, recovery = clock or FixedClock(), new_recovery_code()
    home = Home(folder)
    office = session.create_home(home, new_centre(), recovery, clock=clock, cost=CHEAP)
    add_accounts(office)
    return Desk(home, office, clock, recovery)


@contextmanager
def copied_file_desk(template: Desk, folder: Path) -> Iterator[Desk]:
    """The template's home in a folder of its own, open as its administrator."""
    template.office.store.close()
    shutil.copytree(template.home.folder, folder)
    clock = FixedClock(template.clock.now)
    home = Home(folder)
    desk = Desk(home, session.sign_in(home, "administrator", PASSWORD, clock=clock), clock, template.recovery)
    try:
        yield desk
    finally:
        desk.close()


@lru_cache(maxsize=4)
def prepared(server: postgres.Server) -> str:
    """The name of a database of the server with the whole schema and nothing in it: others are copied from it."""
    import psycopg
    from psycopg import sql

    from famdesk.data.server import prepare

    name = f"template_{new_id().replace('-', '')}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    engine = create_engine(server.url(name))
    with engine.begin() as connection:
        prepare(connection)
    engine.dispose()
    return name


_SHELVES: dict[postgres.Server, list[shelf.Kept]] = {}
"""The databases with all accounts that no test uses just now."""


@contextmanager
def server_desk(server: postgres.Server, folder: Path) -> Iterator[Desk]:
    """A centre on a database of the server, with all accounts; as new, though another test may have used it."""
    free = _SHELVES.setdefault(server, [])
    kept = free.pop() if free else _kept(server, folder.parent / "first-desk")
    clock = FixedClock(kept.now)
    desk = Desk(Home(folder), shelf.opened(kept, folder, clock), clock, kept.recovery)
    try:
        yield desk
    finally:
        desk.close()
        if shelf.put_back(kept):
            free.append(kept)
        else:
            _drop(server, kept.name)


def clear_away(server: postgres.Server) -> None:
    """Lets go of the databases of a server that is about to end."""
    for kept in _SHELVES.pop(server, []):
        kept.line.close()


def _kept(server: postgres.Server, folder: Path) -> shelf.Kept:
    """A new database with a centre and all accounts."""
    name = server.make(prepared(server))
    admin = create_engine(server.url(name))
    try:
        where = Server(server.host, server.port, name, sslmode="disable")
        clock, recovery = FixedClock(), new_recovery_code()
        office = session.create_on_server(Home(folder), admin, where, new_centre(), recovery, clock=clock, cost=CHEAP)
        add_accounts(office)
    except BaseException:
        _drop(server, name)
        raise
    finally:
        admin.dispose()
    return shelf.keep(server, name, office, recovery, clock())


def _drop(server: postgres.Server, name: str) -> None:
    server.drop(name)
    drop_roles(server, name)


def drop_roles(server: postgres.Server, database: str) -> None:
    """Ends the login roles of one database."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        names = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE %s", (f"fd\\_{database}:%",))
        for (name,) in names.fetchall():
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))
