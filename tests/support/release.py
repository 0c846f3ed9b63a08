"""Keeps the homes of a release: `python -m tests.support.release`, run on the commit that was released.

Writes tests/data/released/<schema>: a demo centre in a file and one on a server, as text, for `released` to open again.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

import psycopg
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine

from famdesk import resources
from famdesk.data.home import Home, Server
from famdesk.data.keys.crypto import FLOOR
from famdesk.data.migrations import HEAD
from famdesk.domain.centre.profile import Profile
from famdesk.exchange.profiles import read_profile
from famdesk.usecases import session
from famdesk.usecases.centre import profiles
from famdesk.usecases.consent import consent_texts
from famdesk.usecases.demo import demo, demo_names
from famdesk.usecases.demo.demo_accounts import ACCOUNTS, DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.setup import new_recovery_code
from famdesk.usecases.staff import staff
from tests.support import postgres, released
from tests.support.offices import drop_roles

DUMP = ("--no-comments", "--no-publications", "--rows-per-insert=200")


def keep(folder: Path) -> None:
    """Both homes of this version into the folder."""
    folder.mkdir(parents=True)
    profile = read_profile(resources.path("centres/cremona.toml"))
    with tempfile.TemporaryDirectory() as place:
        _keep_file(profile, Path(place) / "file", folder)
        with postgres.serve() as server:
            _keep_server(profile, server, Path(place) / "server", folder)


def _keep_file(profile: Profile, place: Path, folder: Path) -> None:
    home = Home(place)
    demo.make(home, profile, demo.FAMILIES)
    for name in ("famdesk.keys", "famdesk.json"):
        shutil.copy(place / name, folder / name)
    connection = sqlcipher.connect(str(home.database))
    connection.execute(f"PRAGMA key = \"x'{released.database_key(home).hex()}'\"")
    plain = place / "plain.sqlite"  # invented families; the folder goes at the end
    connection.execute(f"ATTACH DATABASE '{plain}' AS plain KEY ''")
    connection.execute("SELECT sqlcipher_export('plain')")
    connection.close()
    with closing(sqlite3.connect(plain)) as found:
        _write(folder / "sqlcipher.sql.gz", "\n".join(found.iterdump()))


def _keep_server(profile: Profile, server: postgres.Server, place: Path, folder: Path) -> None:
    with server.database() as name:
        admin = create_engine(server.url(name))
        from famdesk.data.server import prepare

        with admin.begin() as connection:
            prepare(connection)
        home = Home(place)
        where = Server(server.host, server.port, name, sslmode="disable")
        first = next(account for account in ACCOUNTS if account[1] == "administrator")
        new = session.NewCentre(profile.centre[0].name, demo_names.STAFF["administrator"][0], first[0], DEMO_PASSWORD,
                                demo=True)  # fmt: skip
        office = session.create_on_server(home, admin, where, new, new_recovery_code(), cost=FLOOR)
        office.run(consent_texts.place_proposals)
        office.run(profiles.import_profile, profile)
        for login, role, _label in ACCOUNTS:
            if role != "administrator":
                called, profession = demo_names.STAFF[role]
                colleague = office.run(staff.add_colleague, name=called, role=role, profession=profession)
                staff.give_account(office, colleague, login, DEMO_PASSWORD, cost=FLOOR)
        office.close()
        office = session.sign_in(home, DEMO_LOGIN, DEMO_PASSWORD)
        office.run(demo.fill, demo.FAMILIES)
        office.close()
        admin.dispose()
        _write_server(server, name, home, folder)
        drop_roles(server, name)


def _write_server(server: postgres.Server, name: str, home: Home, folder: Path) -> None:
    environment = os.environ | {"PGPASSWORD": server.password}
    program = postgres.find_programs() / "pg_dump"
    text = subprocess.run([program, *DUMP, "-h", server.host, "-p", str(server.port), "-U", postgres.ADMIN, name],
                          check=True, capture_output=True, text=True, env=environment).stdout  # fmt: skip
    # psql's own commands and the schema that is there already
    text = re.sub(
        r"^(\\|CREATE SCHEMA public|COMMENT ON SCHEMA|--).*$|^SET (transaction|default_table).*$", "", text, flags=re.M
    )
    _write(folder / "postgresql.sql.gz", text)
    (folder / "logins.sql").write_text(_logins(server, name), encoding="utf-8")
    settings = json.loads(home.settings_file.read_text(encoding="utf-8"))
    settings["server"]["database"] = "released"
    (folder / "server.json").write_text(json.dumps(settings, indent=1, ensure_ascii=False), encoding="utf-8")


def _logins(server: postgres.Server, name: str) -> str:
    """The roles of the accounts as they were made, with {database} for the name of the database."""
    lines = []
    with psycopg.connect(server.dsn()) as connection:
        roles = connection.execute(
            "SELECT rolname, rolpassword FROM pg_authid WHERE rolname LIKE %s ORDER BY 1", (f"fd\\_{name}:%",)
        ).fetchall()
        for role, verifier in roles:
            groups = connection.execute(
                "SELECT string_agg(roleid::regrole::text, ', ' ORDER BY 1) FROM pg_auth_members"
                " WHERE member = %s::regrole",
                (f'"{role}"',),
            ).fetchone()
            known = role.replace(name, "{database}")
            lines.append(f"CREATE ROLE \"{known}\" LOGIN PASSWORD '{verifier}' IN ROLE {groups[0] if groups else ''};")
            settings = connection.execute(
                "SELECT unnest(setconfig) FROM pg_db_role_setting WHERE setrole = %s::regrole", (f'"{role}"',)
            ).fetchall()
            for (setting,) in settings:
                key, value = setting.split("=", 1)
                lines.append(f"ALTER ROLE \"{known}\" SET {key} = '{value}';")
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    keep(released.FOLDER / HEAD)
