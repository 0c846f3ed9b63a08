from __future__ import annotations

import psycopg
import pytest
from psycopg import sql

from tests.support import postgres as support
from tests.support.postgres import Server, logged

pytestmark = pytest.mark.postgres


def test_a_database_of_ones_own(postgres: Server, postgres_database: str) -> None:
    with psycopg.connect(postgres.dsn(postgres_database)) as connection:
        assert connection.execute("SELECT current_database(), current_setting('server_encoding')").fetchone() == (
            postgres_database,
            "UTF8",
        )
    assert str(postgres.port) in postgres.url(postgres_database)


def test_passwords_are_checked_and_refusals_logged(postgres: Server) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.dsn(password="wrong"))
    assert logged(postgres, "password authentication failed")


def test_a_database_is_dropped_under_an_open_connection(postgres: Server) -> None:
    with postgres.database() as name:
        connection = psycopg.connect(postgres.dsn(name))
    with psycopg.connect(postgres.dsn()) as admin:
        query = sql.SQL("SELECT count(*) FROM pg_database WHERE datname = {}").format(name)
        assert admin.execute(query).fetchone() == (0,)
    connection.close()


def test_without_the_programs_the_message_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(support, "_FOLDERS", ())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(RuntimeError, match=r"apt-get install .* postgresql"):
        support.find_programs()


def test_the_server_and_its_folder_are_gone_afterwards() -> None:
    with support.serve() as server:
        folder = server.log.parent
        assert folder.is_dir()
    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(server.dsn())
