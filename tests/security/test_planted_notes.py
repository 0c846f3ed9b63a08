"""200 unlikely words in every field of notes: whoever has all keys but the author's finds none of them anywhere.

Looked through are every cell as the master key opens it, every file as it lies on the disk (database, WAL, -shm, keys,
settings, temporary files, log, backup), what is exported, and of a server a dump, its files and its log. What stands in
the window and is thrown away with it, and what is left of a fault, see `tests/ui/test_planted_window.py`.
"""

from __future__ import annotations

import base64
import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import inspect, text

from famdesk.data.backup import restore
from famdesk.data.engine import sqlite_engine
from famdesk.data.home import Home
from famdesk.data.keys import keys
from famdesk.usecases import care
from famdesk.usecases.notes import note_reading
from famdesk.usecases.office import Office
from famdesk.usecases.people import data_copy, people, person_export, privacy_rights
from famdesk.usecases.staff import notices
from tests.support import envelopes
from tests.support.offices import PASSWORD, Desk
from tests.support.planted import WORDS, Planted, files_of, forms, found_in, plant
from tests.support.postgres import Server


@contextmanager
def logged(path: Path) -> Iterator[None]:
    """Everything that any part of the program or its libraries logs goes into a file."""
    handler, root = logging.FileHandler(path, encoding="utf-8"), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, of this test alone."""
    found = tmp_path / "temporary"
    found.mkdir()
    for name in ("TMPDIR", "TMP", "TEMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(found))
    monkeypatch.setattr(tempfile, "tempdir", str(found))
    return found


def written(desk: Desk) -> Planted:
    """The notes of an author who agreed to the sealed envelope."""
    envelopes.made(desk.sign_in("coordinator"))
    author = desk.sign_in("psychologist")
    envelopes.agreed(author)
    planted = plant(author)
    author.close()
    return planted


def told(office: Office, planted: Planted) -> str:
    """All that a colleague gets out of the program about the people of the notes."""
    about_one = (note_reading.of_person, data_copy.copy_of_data, privacy_rights.requests)
    said = [repr(office.fetch(query, who)) for query in about_one for who in (planted.ada, planted.bea)]
    both = [planted.ada, planted.bea]
    said += [repr(office.fetch(person_export.persons, both, "csv")), repr(office.fetch(notices.unread))]
    return "\n".join(said)


def _dump(home: Home, key: bytes) -> bytes:
    """Every cell of every table as the master key opens it."""
    engine = sqlite_engine(home.database, key)
    with engine.connect() as connection:
        rows = [str(tuple(row)) for table in inspect(engine).get_table_names()
                for row in connection.execute(text(f'SELECT * FROM "{table}"'))]  # fmt: skip
    engine.dispose()
    return "\n".join(rows).encode()


def test_no_planted_word_is_found_with_every_key_but_the_authors(
    file_desk: Desk, tmp_path: Path, scratch: Path
) -> None:
    with logged(tmp_path / "everything.log"):
        planted = written(file_desk)
        coordinator = file_desk.sign_in("coordinator")
        backup = tmp_path / "copia.fdbackup"
        care.back_up(coordinator, backup)
        exported = told(coordinator, planted).encode()
        key = coordinator.unlocked.database_key
        beside = files_of(file_desk.home.folder, scratch)  # while it is open, so that WAL and -shm are there
        assert {Path(name).suffix for name, _data in beside} >= {".db-wal", ".db-shm"} or len(beside) > 4
        coordinator.close()
        restored = Home(tmp_path / "restored")
        restore(backup, restored, lambda ring: keys.unlock(ring, "coordinator", PASSWORD))
    opened = [("all tables", _dump(file_desk.home, key)), ("all tables of the backup", _dump(restored, key)),
              ("exports", exported)]  # fmt: skip
    files = files_of(file_desk.home.folder, scratch, restored.folder)
    named = [("backup", backup.read_bytes()), ("log", (tmp_path / "everything.log").read_bytes())]
    assert min(len(data) for _name, data in [*opened, named[0]]) > 500
    assert found_in([*opened, *named, *beside, *files]) == []


@pytest.mark.postgres
def test_no_planted_word_is_found_by_the_owner_of_a_server(
    server_desk: Desk, postgres: Server, tmp_path: Path, scratch: Path
) -> None:
    """A dump of every table as the superuser, the files of the server as they lie on its disk, and its log."""
    with logged(tmp_path / "everything.log"):
        planted = written(server_desk)
        exported = told(server_desk.sign_in("coordinator"), planted).encode()
    where = server_desk.home.settings().server
    assert where is not None
    with psycopg.connect(postgres.dsn(where.database), autocommit=True) as connection:
        tables = [name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]
        cells = [f"{row}" for table in tables for (row,) in
                 connection.execute(f'SELECT "{table}"::text FROM "{table}"'.encode())]  # fmt: skip
        running = connection.execute("SELECT string_agg(query, ' ') FROM pg_stat_activity").fetchone()
        connection.execute("CHECKPOINT")
        oid = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    assert oid is not None
    data = postgres.log.parent / "data"
    disk = files_of(data / "base" / str(oid[0]), data / "pg_wal")
    assert len(disk) > 100
    assert len(cells) > 50
    logs = (("log", tmp_path / "everything.log"), ("log of the server", postgres.log))
    named = [("all tables", "\n".join(cells).encode()), ("statements", str(running).encode()), ("exports", exported),
             *((name, path.read_bytes()) for name, path in logs)]  # fmt: skip
    assert found_in([*named, *disk, *files_of(server_desk.home.folder, scratch)]) == []


def test_the_search_would_find_a_word_that_stands_open(file_desk: Desk, tmp_path: Path) -> None:
    """So the silence above is not that of a search that finds nothing."""
    office = file_desk.sign_in("coordinator")
    with logged(tmp_path / "some.log"):
        office.run(people.add_person, surname=WORDS[0])
        logging.getLogger("famdesk").debug("%s", WORDS[1])
    key = office.unlocked.database_key
    office.close()
    assert ("all tables", WORDS[0]) in found_in([("all tables", _dump(file_desk.home, key))])
    assert found_in(files_of(tmp_path)) == [(str(tmp_path / "some.log"), WORDS[1])]
    for number, word in enumerate(WORDS[:9]):
        said = f"{'x' * number}{word} und".encode()
        for data in (said, said.upper(), base64.b64encode(said), said.hex().encode(), said.decode().encode("utf-16")):
            assert found_in([("x", data)]), data
    assert len({form for word in WORDS for form in forms(word)}) == len(WORDS) * len(forms(WORDS[0]))


CRASH = """
import ctypes, os, resource, sys
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
if "forbid" in sys.argv:
    from famdesk.data.platform import forbid_core_dumps
    forbid_core_dumps()
if sys.platform == "linux":
    print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), flush=True)
os.abort()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no core files by itself")
def test_a_crash_leaves_no_image_of_the_memory(tmp_path: Path) -> None:
    """The kernel tells whether it wrote one, wherever it would have gone, and on Linux whether it may at all."""
    may = {}
    for how in ("forbid", "allow"):
        folder = tmp_path / how
        folder.mkdir()
        command = [sys.executable, "-c", CRASH, how]
        with subprocess.Popen(command, cwd=folder, env=os.environ | {"PYTHONPATH": os.getcwd()},
                              stdout=subprocess.PIPE) as process:  # fmt: skip
            assert process.stdout is not None
            may[how] = process.stdout.read().strip()
            _pid, status = os.waitpid(process.pid, 0)
            process.returncode = status
        assert os.WIFSIGNALED(status)
        images = list(folder.iterdir())
        for image in images:
            image.unlink()
        assert how == "allow" or not (os.WCOREDUMP(status) or images)
    assert sys.platform != "linux" or (may["forbid"], may["allow"]) == (b"0", b"1")
