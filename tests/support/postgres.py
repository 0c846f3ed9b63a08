"""A PostgreSQL server that lives as long as the tests: own folder and port, passwords checked, nothing synced."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

ADMIN = "famdesk_admin"
_INSTALL = "apt-get install -y --no-install-recommends postgresql"
_READY_SECONDS = 60
_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")

# The shell ends the server when its input is closed, which happens also when the tests are killed.
_GUARD = '"$@" </dev/null & server=$!; read -r _; kill -INT "$server"; wait "$server"'


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. `log` is its log file; `password` is that of the superuser."""

    host: str
    port: int
    password: str
    log: Path

    def dsn(self, database: str = "postgres", user: str = ADMIN, password: str | None = None) -> str:
        """A libpq connection string; without user and password that of the superuser."""
        secret = self.password if password is None else password
        return make_conninfo("", host=self.host, port=self.port, dbname=database, user=user, password=secret)

    def url(self, database: str = "postgres", user: str = ADMIN, password: str | None = None) -> str:
        """The same for SQLAlchemy."""
        secret = self.password if password is None else password
        return f"postgresql+psycopg://{user}:{secret}@{self.host}:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A fresh database, dropped at the end even if somebody is still connected."""
        name = self.make(template)
        try:
            yield name
        finally:
            self.drop(name)

    def make(self, template: str = "template0") -> str:
        """A copy of a database that nobody is connected to; gives its name."""
        name = f"test_{secrets.token_hex(6)}"
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute(create)
        return name

    def drop(self, name: str) -> None:
        """Removes a database, with the connections to it."""
        with psycopg.connect(self.dsn(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def logged(server: Server, text: str, patience: float = 60) -> bool:
    """Whether the server's log says so, now or within `patience` seconds: a thread copies what the server writes."""
    deadline = time.monotonic() + patience
    while text not in server.log.read_text(encoding="utf-8"):
        if time.monotonic() > deadline:
            return False
        threading.Event().wait(0.02)
    return True


@contextmanager
def serve() -> Iterator[Server]:
    """Start a server, stop it at the end and remove all it wrote.

    Raises:
        RuntimeError: if PostgreSQL is not installed or does not start.
    """
    programs = find_programs()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="famdesk-pg-"))
    try:
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir(mode=0o700)
        if owner:
            os.chown(data, *owner)
        password = secrets.token_hex(16)
        _initialise(programs, folder, password, owner)
        port = _free_port()
        server = Server("127.0.0.1", port, password, folder / "server.log")
        with _running(programs, data, server, owner):
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder of the newest installed server programs.

    Raises:
        RuntimeError: if there is none; the message is the command that installs it.
    """
    found = [path for pattern in _FOLDERS for path in Path("/").glob(f"{pattern[1:]}/initdb")]
    if found:
        return max(found, key=lambda path: int("".join(filter(str.isdigit, path.parent.parent.name)) or 0)).parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise RuntimeError(f"these tests need a PostgreSQL server; as root: {_INSTALL}")


def _owner() -> tuple[int, int] | None:
    """The user and group to run as: PostgreSQL refuses root. None where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")


def _initialise(programs: Path, folder: Path, password: str, owner: tuple[int, int] | None) -> None:
    secret = folder / "password"
    secret.write_text(password, encoding="ascii")
    if owner:
        os.chown(secret, *owner)
    secret.chmod(0o600)
    command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", ADMIN, f"--pwfile={secret}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    done = _run_as(owner, command, folder)
    if done.returncode:
        raise RuntimeError(f"initdb failed: {done.stdout}")
    secret.unlink()


def _run_as(owner: tuple[int, int] | None, command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    user, group = owner or (None, None)
    return subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=_environment(),
        user=user,
        group=group,
        extra_groups=[] if owner else None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _environment() -> dict[str, str]:
    """Without the PG… variables of the person at the keyboard, which would redirect server and programs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C.UTF-8"}


@contextmanager
def _running(programs: Path, data: Path, server: Server, owner: tuple[int, int] | None) -> Iterator[None]:
    settings = {
        "listen_addresses": server.host,
        "port": str(server.port),
        "unix_socket_directories": "",
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "shared_buffers": "64MB",
        "max_connections": "60",
        "log_min_messages": "info",
        "autovacuum": "off",  # or how a query is planned would depend on when the server last looked at the tables
        "checkpoint_timeout": "1h",
        "max_wal_size": "4GB",
        "wal_level": "minimal",
        "max_wal_senders": "0",
        "timezone": "UTC",
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    user, group = owner or (None, None)
    process = subprocess.Popen(
        ["/bin/sh", "-c", _GUARD, "sh", str(programs / "postgres"), "-D", str(data), *options],
        cwd=data,
        env=_environment(),
        user=user,
        group=group,
        extra_groups=[] if owner else None,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    ready = threading.Event()
    reader = threading.Thread(target=_follow, args=(process, server.log, ready), daemon=True)
    reader.start()
    try:
        if not ready.wait(_READY_SECONDS) or not _accepts(server):
            raise RuntimeError(f"PostgreSQL did not start: {server.log.read_text(encoding='utf-8')}")
        yield
    finally:
        assert process.stdin
        assert process.stderr
        process.stdin.close()
        process.wait(_READY_SECONDS)
        reader.join(_READY_SECONDS)
        process.stderr.close()


def _follow(process: subprocess.Popen[str], log: Path, ready: threading.Event) -> None:
    """Copy the server's messages to its log; `ready` is set when it accepts connections, or has given up."""
    assert process.stderr
    with log.open("w", encoding="utf-8", buffering=1) as file:
        for line in process.stderr:
            file.write(line)
            if "ready to accept connections" in line or "FATAL" in line:
                ready.set()
    ready.set()


def _accepts(server: Server) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(server.dsn(), connect_timeout=_READY_SECONDS):
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
