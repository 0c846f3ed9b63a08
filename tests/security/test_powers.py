"""What a colleague with psql cannot make of herself, of the journal and of the server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, RaiseException, SerializationFailure

from famdesk.data.engine import role_name
from famdesk.data.failures import NotPossible
from famdesk.data.keys.keys import LoginTaken
from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.people import people
from famdesk.usecases.staff import staff
from tests.security.town import Town, forget_roles, founded
from tests.support.offices import CHEAP, PASSWORD, Desk, FixedClock
from tests.support.postgres import Server, logged

pytestmark = pytest.mark.postgres

FORBIDDEN = [
    "SET ROLE fd_owner",
    "SET ROLE fd_definer",
    "SET ROLE {admin}",
    "SET ROLE {colleague}",
    "SET SESSION AUTHORIZATION {admin}",
    "SET SESSION AUTHORIZATION {colleague}",
    "CREATE ROLE another LOGIN",
    "ALTER ROLE {colleague} PASSWORD 'x'",
    "ALTER ROLE {colleague} LOGIN",
    "GRANT fd_owner TO CURRENT_USER",
    "GRANT fd_users TO {colleague} WITH ADMIN OPTION",
    "SELECT fd_create_login('reception2', 'SCRAM-SHA-256$4096:x')",
    "SELECT fd_end_login('coordinator')",
    "CREATE TABLE mine (a int)",
    "CREATE TEMPORARY TABLE mine (a int)",
    "CREATE VIEW mine AS SELECT 1",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE POLICY mine ON person USING (true)",
    "DROP POLICY person_read ON person",
    "ALTER TABLE person DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE audit DISABLE TRIGGER ALL",
    "DROP TRIGGER audit_append_only ON audit",
    "ALTER FUNCTION fd_role() SECURITY INVOKER",
    "CREATE OR REPLACE FUNCTION fd_role() RETURNS text LANGUAGE sql AS $$ SELECT 'coordinator' $$",
    "DROP TABLE person",
    "TRUNCATE person",
    "TRUNCATE audit",
    "TRUNCATE audit_head",
    "TRUNCATE change",
    "UPDATE audit SET action = 'x'",
    "DELETE FROM audit",
    "UPDATE change SET after = 'x'",
    "DELETE FROM change",
    "UPDATE audit_head SET seq = 1",
    "DELETE FROM audit_head",
    "INSERT INTO audit_head (centre_id, seq, hash) VALUES (gen_random_uuid(), 1, 'x')",
    "SET session_replication_role = replica",
    "SET row_security = off; SELECT * FROM person",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT * FROM pg_authid",
    "COPY person TO '/tmp/famdesk-copy'",
    "COPY (SELECT 1) TO PROGRAM 'true'",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    (
        "INSERT INTO staff (id, version, centre_id, name, role, active)"
        " VALUES (gen_random_uuid(), 1, fd_centre(), 'X', 'coordinator', true)"
    ),
    "INSERT INTO key_slot VALUES (fd_centre(), 'coordinator2', '{{}}')",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_refused_to_a_receptionist(town: Town, statement: str) -> None:
    colleague = f'"{role_name(town.database, "coordinator")}"'
    with town.psql("reception") as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.format(admin="famdesk_admin", colleague=colleague))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE staff SET role = 'coordinator' WHERE login = 'reception'",
        "UPDATE staff SET name = 'X'",
        "UPDATE staff SET active = false",
        "DELETE FROM staff",
        "UPDATE key_slot SET body = 'x' WHERE login NOT IN ('', 'reception')",
        "DELETE FROM key_slot WHERE login NOT IN ('', 'reception')",
        "UPDATE centre SET name = 'X'",
    ],
)
def test_touches_nothing(town: Town, statement: str) -> None:
    with town.psql("reception") as connection:
        assert connection.execute(statement).rowcount == 0


def _entry(town: Town, connection: psycopg.Connection[Any], **other: Any) -> psycopg.Cursor[Any]:
    """An audit entry in the right place of the chain, with other values where the attack wants them."""
    head = town.row("audit_head", town.here.actor.centre_id)
    row = town.row("audit", town.here.actor.centre_id)
    mine = connection.execute("SELECT fd_staff()").fetchone()
    assert mine is not None
    row |= {"seq": head["seq"] + 1, "prev": head["hash"], "staff_id": mine[0]} | other
    places = ", ".join(["%s"] * len(row))
    return connection.execute(f"INSERT INTO audit ({', '.join(row)}) VALUES ({places})", list(row.values()))


def test_no_entry_in_the_name_of_another(town: Town) -> None:
    with town.psql("reception") as connection:
        with connection.transaction(force_rollback=True):
            assert _entry(town, connection).rowcount == 1  # her own would be taken: it says that it was she
        with pytest.raises(InsufficientPrivilege):
            _entry(town, connection, staff_id=town.here.actor.staff_id)


@pytest.mark.parametrize("other", [{"seq": 1}, {"seq": 10**6}, {"prev": "0" * 64}])
def test_no_entry_out_of_order(town: Town, other: dict[str, Any]) -> None:
    """It would stand in the way of everybody's next entry."""
    with town.psql("reception") as connection, pytest.raises(SerializationFailure):
        _entry(town, connection, **other)


def test_not_even_the_superuser_changes_the_journal_by_mistake(town: Town) -> None:
    for statement in ("UPDATE audit SET action = 'x'", "DELETE FROM audit", "TRUNCATE audit CASCADE"):
        with town.superuser() as connection, pytest.raises(RaiseException):
            connection.execute(statement)


def test_the_head_can_be_locked_but_not_moved(town: Town) -> None:
    with town.psql("reception") as connection:
        assert len(connection.execute("SELECT seq FROM audit_head FOR UPDATE").fetchall()) == 1
        with pytest.raises(InsufficientPrivilege):
            connection.execute("UPDATE audit_head SET hash = repeat('0', 64)")


def test_a_coordinator_does_not_touch_the_logins_of_another_centre(town: Town) -> None:
    for statement in (
        "SELECT fd_end_login('b-reception')",
        "SELECT fd_create_login('b-reception', 'SCRAM-SHA-256$4096:x')",
        "SELECT fd_create_login('not-a-colleague', 'SCRAM-SHA-256$4096:x')",
        "SELECT fd_create_login('reception', 'md5x')",
    ):
        with town.psql("coordinator") as connection, pytest.raises(InsufficientPrivilege):
            connection.execute(statement)


def test_a_login_of_another_database_is_nobody_here(town: Town, postgres: Server, tmp_path: Path) -> None:
    """Names of test databases have the same length: a prefix that is only counted off would let her in."""
    with founded(postgres, tmp_path) as other:
        assert len(other.database) == len(town.database)
        role = role_name(other.database, "coordinator")
        with psycopg.connect(postgres.dsn(town.database, role, PASSWORD)) as connection:
            assert connection.execute("SELECT fd_login(), fd_staff(), fd_centre(), fd_role()").fetchone() == (None,) * 4
            for table in town.tables():
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
            connection.rollback()
    forget_roles(postgres, other.database)


def test_an_ended_login_is_refused_in_words(server_desk: Desk) -> None:
    from famdesk.data import server

    with server_desk.office.store.engine.begin() as connection:
        server.end_login(connection, "educator")
    with pytest.raises(session.NotStaff):
        server_desk.sign_in("educator")


def test_a_name_of_another_centre_is_taken(town: Town, tmp_path: Path) -> None:
    colleague = town.here.run(staff.add_colleague, name="Nuova", role="educator")
    with pytest.raises(LoginTaken):
        staff.give_account(town.here, colleague, "b-reception", PASSWORD, cost=CHEAP)
    assert "b-reception" not in town.here.keystore.load().slots


def test_the_servers_log_holds_nothing_of_what_is_written(server_desk: Desk, postgres: Server) -> None:
    """Statements that fail are logged by the server with their text: values must not be part of it."""
    word, password = "Zanzaragialla", "parola-assai-segreta"
    desk = server_desk
    office = desk.sign_in("reception")
    person = office.run(people.add_person, surname=word, given_name=word, phone="0372 987654")
    from sqlalchemy import insert

    from famdesk.data.tables.people import Person

    def twice(tx: Any) -> None:
        row = {"id": person, "centre_id": tx.centre_id, "version": 1, "surname": word, "privacy": "none",
               "needs_mediator": False, "fictional": False, "protected": False, "restricted": False}  # fmt: skip
        tx.session.connection().execute(insert(Person.__table__), row)

    def of_another_centre(tx: Any) -> None:
        row = {"id": new_id(), "centre_id": new_id(), "version": 1, "surname": word, "privacy": "none",
               "needs_mediator": False, "fictional": False, "protected": False, "restricted": False}  # fmt: skip
        tx.session.connection().execute(insert(Person.__table__), row)

    with pytest.raises(NotPossible) as caught:
        office.run(twice)
    assert word not in str(caught.value) + repr(caught.value) + str(caught.value.__cause__)
    with pytest.raises(Exception, match="NoRights") as refused:
        office.run(of_another_centre)
    assert word not in str(refused.value.__cause__)
    session.change_password(office, PASSWORD, password, cost=CHEAP)
    with pytest.raises(session.keys.WrongPassword):
        session.sign_in(desk.home, "reception", word + word, clock=FixedClock())
    assert logged(postgres, "duplicate key value"), "the server logs what fails: otherwise this proves nothing"
    log = postgres.log.read_text(encoding="utf-8")
    for secret in (word, "987654", password, PASSWORD):
        assert secret.lower() not in log.lower()
