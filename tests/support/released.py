"""Homes as released versions of the program left them: the demo centre, its accounts with their published password.

Kept as text, so that nothing but the released program's own rows is in them; `tests/data/released/<schema>` has the
dump of the decrypted file with its keys, and that of a server's database with the logins of its accounts.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlcipher3.dbapi2 as sqlcipher

from famdesk.data.home import Home
from famdesk.data.keys import keys
from famdesk.data.keys.keystore import KeyFile
from famdesk.data.server import GROUPS
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from tests.support import postgres
from tests.support.offices import drop_roles

FOLDER = Path(__file__).parent.parent / "data" / "released"
SCHEMAS = tuple(sorted(path.name for path in FOLDER.iterdir()))


def database_key(home: Home) -> bytes:
    """What opens the file of a demo home."""
    return keys.unlock(KeyFile(home.keys).load(), DEMO_LOGIN, DEMO_PASSWORD).database_key


def file_home(schema: str, folder: Path) -> Home:
    """A SQLCipher home of that schema in a new folder."""
    home = Home(folder)
    home.prepare()
    for name in ("famdesk.keys", "famdesk.json"):
        shutil.copy(FOLDER / schema / name, folder / name)
    connection = sqlcipher.connect(str(home.database))
    connection.execute(f"PRAGMA key = \"x'{database_key(home).hex()}'\"")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.executescript(_text(FOLDER / schema / "sqlcipher.sql.gz"))
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return home


@contextmanager
def server_home(schema: str, folder: Path, server: postgres.Server) -> Iterator[tuple[Home, str]]:
    """A desk of a centre on a server of that schema, and the name of its database; roles and database go at the end."""
    with server.database() as name:
        with psycopg.connect(server.dsn(name)) as connection:
            for group, options in GROUPS.items():
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (group,)).fetchone():
                    connection.execute(f"CREATE ROLE {group} {options}".encode())
            connection.execute("GRANT fd_users TO fd_definer WITH ADMIN OPTION")
            connection.execute("GRANT fd_definer TO fd_owner")
            logins = (FOLDER / schema / "logins.sql").read_text(encoding="utf-8").replace("{database}", name)
            connection.execute(logins.encode())
            connection.execute(_text(FOLDER / schema / "postgresql.sql.gz").encode())
        home = Home(folder)
        home.prepare()
        settings = json.loads((FOLDER / schema / "server.json").read_text(encoding="utf-8"))
        settings["server"] |= {"host": server.host, "port": server.port, "database": name}
        home.settings_file.write_text(json.dumps(settings), encoding="utf-8")
        try:
            yield home, name
        finally:
            drop_roles(server, name)


def _text(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode()
