"""Setting up FamDesk on a PostgreSQL server: roles, schema, the first account of a centre, further logins.

Run once by the server's administrator, whose password FamDesk does not keep. The owner of the tables cannot log in;
each person gets a login role; the functions that look past the row policies belong to a role that owns nothing else.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from famdesk.data import schema
from famdesk.data.engine import SHOWN, role_name
from famdesk.data.keys.keys import LoginTaken

GROUPS = {
    "fd_owner": "NOLOGIN",
    "fd_users": "NOLOGIN",
    "fd_definer": "NOLOGIN BYPASSRLS CREATEROLE",
}
NEEDS_ADMIN = (16,)
"""From this version on who may make roles changes only those that they made."""
LIMITS = {"statement_timeout": "30s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "60s"}


def prepare(connection: Connection) -> None:
    """Makes the group roles and the schema, as a superuser; what is there already is left as it is."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7101)")  # two set-ups on one server take turns
    for name, options in GROUPS.items():
        found = connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (name,)).scalar()
        if not found:
            connection.exec_driver_sql(f"CREATE ROLE {name} {options}")
    connection.exec_driver_sql("GRANT fd_users TO fd_definer WITH ADMIN OPTION")
    connection.exec_driver_sql("ALTER SCHEMA public OWNER TO fd_owner")
    connection.exec_driver_sql("GRANT fd_definer TO fd_owner")
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {SHOWN} AUTHORIZATION fd_owner")
    connection.exec_driver_sql("SET LOCAL ROLE fd_owner")
    schema.migrate(connection)
    connection.exec_driver_sql("RESET ROLE")
    database = _quoted(str(connection.exec_driver_sql("SELECT current_database()").scalar()))
    connection.exec_driver_sql(f"REVOKE ALL ON DATABASE {database} FROM PUBLIC")  # no temporary tables either
    connection.exec_driver_sql(f"GRANT CONNECT ON DATABASE {database} TO fd_users")
    for name in ("lo_creat(integer)", "lo_create(oid)", "lo_from_bytea(oid, bytea)"):
        connection.exec_driver_sql(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")  # no hoard beside the tables


def first_login(connection: Connection, database: str, login: str, password: str) -> None:
    """Makes a login role as a superuser: the first account of a centre, who then makes the others.

    Raises:
        LoginTaken: another centre of this database has it.
    """
    role = role_name(database, login)
    if connection.exec_driver_sql("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).scalar():
        raise LoginTaken("login")
    name = _quoted(role)
    connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN PASSWORD '{verifier(connection, database, login, password)}'"
                               " IN ROLE fd_users")  # fmt: skip
    for setting, value in LIMITS.items():
        connection.exec_driver_sql(f"ALTER ROLE {name} SET {setting} = '{value}'")
    if (connection.dialect.server_version_info or ()) >= NEEDS_ADMIN:
        connection.exec_driver_sql(f"GRANT {name} TO fd_definer WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")


def create_login(connection: Connection, login: str, password: str) -> None:
    """Makes a colleague's login role, as a coordinator or administrator of their centre."""
    secret = verifier(connection, str(connection.engine.url.database), login, password)
    connection.exec_driver_sql("SELECT fd_create_login(%(login)s, %(secret)s)", {"login": login, "secret": secret})


def end_login(connection: Connection, login: str) -> None:
    """Ends a colleague's access: no new connection of theirs is let in."""
    connection.exec_driver_sql("SELECT fd_end_login(%(login)s)", {"login": login})


def reset_login(connection: Connection, login: str, password: str) -> None:
    """Another password for a colleague's login, as a coordinator or administrator of their centre."""
    secret = verifier(connection, str(connection.engine.url.database), login, password)
    connection.exec_driver_sql("SELECT fd_reset_login(%(login)s, %(secret)s)", {"login": login, "secret": secret})


def verifier(connection: Connection, database: str, login: str, password: str) -> str:
    """The SCRAM verifier of a password: what the server stores; the password itself never reaches it."""
    driver: Any = connection.connection.driver_connection
    secret: bytes = driver.pgconn.encrypt_password(
        password.encode(), role_name(database, login).encode(), b"scram-sha-256"
    )
    return secret.decode()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
