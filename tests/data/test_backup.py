"""Backup and restore: what comes back is what went in, or nothing does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from famdesk.data import backup, schema
from famdesk.data.backup import BackupExists, BackupFaulty, NotABackup, OnServer
from famdesk.data.engine import PLAIN_HEADER
from famdesk.data.failures import DiskFull, ReadOnly
from famdesk.data.home import DataThere, Home
from famdesk.data.keys import keys
from famdesk.data.keys.keys import WrongPassword, WrongRecoveryCode
from famdesk.domain.errors import Forbidden
from famdesk.usecases import care, session
from famdesk.usecases.people import people
from tests.data.hashes import row_hashes
from tests.support.offices import CHEAP, PASSWORD, Desk

Opener = Callable[[keys.Keyring], keys.Unlocked]


def _by(login: str, password: str) -> Opener:
    return lambda ring: keys.unlock(ring, login, password)


@pytest.fixture
def copy(file_desk: Desk, tmp_path: Path) -> Path:
    """A backup with a few persons in it; the office stays open."""
    office = file_desk.sign_in("reception")
    for number in range(20):
        office.run(people.add_person, surname=f"Nicolò {number}", given_name="Lia", phone="0372 1")
    office.close()
    path = tmp_path / "set" / "copy.fdbackup"
    path.parent.mkdir()
    backup.write_backup(file_desk.home, file_desk.office.unlocked, path, file_desk.clock())
    return path


def _hashes(desk: Desk, home: Home | None = None) -> dict[str, str]:
    return row_hashes(home or desk.home, desk.office.unlocked.database_key)


def test_every_row_comes_back(file_desk: Desk, copy: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "again")
    backup.restore(copy, home, _by("reception", PASSWORD))
    assert _hashes(file_desk, home) == _hashes(file_desk)
    office = session.sign_in(home, "reception", PASSWORD, clock=file_desk.clock)
    assert len(office.fetch(people.find_persons, "nicolo")) == 20
    office.close()
    left = {path.name for path in home.folder.iterdir()}
    assert {"famdesk.db", "famdesk.keys", "famdesk.json"} <= left
    assert not [name for name in left if name.startswith(".") or "making" in name]


def test_the_recovery_code_opens_a_backup(file_desk: Desk, copy: Path, tmp_path: Path) -> None:
    home = Home(tmp_path / "again")
    backup.restore(copy, home, lambda ring: keys.unlock_with_recovery(ring, file_desk.recovery))
    assert _hashes(file_desk, home) == _hashes(file_desk)
    session.recover(
        home, file_desk.recovery, "reception", "nuova-parola-mia", cost=CHEAP, clock=file_desk.clock
    ).close()


def test_a_backup_is_opened_by_the_password_of_its_day(file_desk: Desk, copy: Path, tmp_path: Path) -> None:
    office = file_desk.sign_in("reception")
    session.change_password(office, PASSWORD, "tutta-un-altra-cosa", cost=CHEAP)
    office.close()
    with pytest.raises(WrongPassword):
        backup.restore(copy, Home(tmp_path / "again"), _by("reception", "tutta-un-altra-cosa"))
    backup.restore(copy, Home(tmp_path / "again"), _by("reception", PASSWORD))


@pytest.mark.parametrize("opener", [_by("reception", "sbagliata-del-tutto"), _by("nobody", PASSWORD)])
def test_a_wrong_password_opens_nothing(copy: Path, tmp_path: Path, opener: Opener) -> None:
    with pytest.raises(WrongPassword):
        backup.restore(copy, Home(tmp_path / "again"), opener)
    assert not (tmp_path / "again").exists()


def test_a_wrong_code_opens_nothing(copy: Path, tmp_path: Path) -> None:
    from famdesk.data.keys.crypto import new_recovery_code

    with pytest.raises(WrongRecoveryCode):
        backup.restore(copy, Home(tmp_path / "again"),
                       lambda ring: keys.unlock_with_recovery(ring, new_recovery_code()))  # fmt: skip


def test_nothing_of_the_content_is_readable(file_desk: Desk, copy: Path) -> None:
    content = copy.read_bytes()
    for word in (b"Nicol", b"Prova reception", PLAIN_HEADER, file_desk.office.unlocked.master):
        assert word not in content
    with zipfile.ZipFile(copy) as archive:
        assert set(archive.namelist()) == {"manifest.json", "famdesk.keys", "famdesk.db"}
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600


def test_two_backups_have_keys_of_their_own(file_desk: Desk, copy: Path) -> None:
    other = copy.with_name("other.fdbackup")
    care.back_up(file_desk.office, other)
    one, two = (backup.read_manifest(path)[0] for path in (copy, other))
    assert one.key != two.key
    assert one.sha256 != two.sha256
    assert one.counter <= two.counter


def test_data_in_the_folder_are_not_touched(file_desk: Desk, copy: Path) -> None:
    before = _hashes(file_desk)
    with pytest.raises(DataThere) as caught:
        backup.restore(copy, file_desk.home, _by("reception", PASSWORD))
    assert "not touched" in caught.value.sentence()
    assert _hashes(file_desk) == before


def test_a_backup_never_replaces_one(file_desk: Desk, copy: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(BackupExists):
        care.back_up(file_desk.office, copy)
    assert copy.read_bytes() == before


def _repacked(copy: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    changed = copy.with_name("changed.fdbackup")
    with zipfile.ZipFile(copy) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry == name else content)
    return changed


def _manifest(**other: Any) -> Callable[[bytes], bytes]:
    return lambda content: json.dumps({**json.loads(content), **other}).encode()


def test_a_backup_of_a_later_program_is_refused_in_words(copy: Path, tmp_path: Path) -> None:
    newer = _repacked(copy, "manifest.json", _manifest(schema="9999"))
    with pytest.raises(schema.TooNew) as caught:
        backup.restore(newer, Home(tmp_path / "again"), _by("reception", PASSWORD))
    assert "9999" in caught.value.sentence()


def _flip(content: bytes) -> bytes:
    data = bytearray(content)
    data[len(data) // 2] ^= 1
    return bytes(data)


DAMAGE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a bit of the database": ("famdesk.db", _flip),
    "half a database": ("famdesk.db", lambda content: content[: len(content) // 2]),
    "no key file": ("famdesk.keys", lambda _content: b""),
    "no manifest": ("manifest.json", lambda _content: b""),
    "a list for a manifest": ("manifest.json", lambda _content: b"[]"),
    "a manifest of nothing": ("manifest.json", lambda _content: b"{}"),
    "a number for a schema": ("manifest.json", _manifest(schema=1)),
    "a key of nonsense": ("manifest.json", _manifest(key="é")),
    "another key": ("manifest.json", _manifest(key="AAAA")),
    "a number for a key": ("manifest.json", _manifest(key=1)),
    "no settings": ("manifest.json", _manifest(settings=None)),
    "other settings": ("manifest.json", _manifest(settings={"colour": 1})),
    "a field too many": ("manifest.json", _manifest(colour=1)),
    "a manifest that is too large": ("manifest.json", lambda _content: b" " * (backup.LARGEST_MANIFEST + 1)),
}


@pytest.mark.parametrize("kind", sorted(DAMAGE))
def test_a_damaged_backup_is_refused_and_leaves_nothing(copy: Path, tmp_path: Path, kind: str) -> None:
    home = Home(tmp_path / "again")
    with pytest.raises(NotABackup) as caught:
        backup.restore(_repacked(copy, *DAMAGE[kind]), home, _by("reception", PASSWORD))
    assert "damaged" in caught.value.sentence()
    assert not home.exists()
    assert not home.folder.exists() or list(home.folder.iterdir()) == []


@pytest.mark.parametrize("cut", [0, 1, 100, -30, -1])
def test_a_torn_file_is_refused(copy: Path, tmp_path: Path, cut: int) -> None:
    torn = copy.with_name("torn.fdbackup")
    torn.write_bytes(copy.read_bytes()[:cut])
    with pytest.raises(NotABackup):
        backup.restore(torn, Home(tmp_path / "again"), _by("reception", PASSWORD))


def test_every_flipped_bit_is_noticed_or_means_nothing(file_desk: Desk, copy: Path, tmp_path: Path) -> None:
    whole, wanted = copy.read_bytes(), _hashes(file_desk)
    for number in range(25):
        place = number * len(whole) // 25 + 11
        data = bytearray(whole)
        data[min(place, len(whole) - 1)] ^= 1 << number % 8
        damaged = copy.with_name(f"{number}.fdbackup")
        damaged.write_bytes(bytes(data))
        home = Home(tmp_path / f"again{number}")
        try:
            backup.restore(damaged, home, _by("reception", PASSWORD))
        except (NotABackup, keys.KeysDamaged, WrongPassword):
            assert not home.exists()
        else:
            assert _hashes(file_desk, home) == wanted


def test_a_backup_of_damaged_data_is_not_kept(file_desk: Desk, tmp_path: Path) -> None:
    engine = file_desk.office.store.engine
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET action = 'x' WHERE seq = 2")
    with pytest.raises(BackupFaulty) as caught:
        care.back_up(file_desk.office, tmp_path / "copy.fdbackup")
    assert "not kept" in caught.value.sentence()
    assert not list(tmp_path.glob("*backup*"))


def test_who_may_not_make_one_does_not_get_to_the_copy(file_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Forbidden):
        care.back_up(file_desk.sign_in("reception"), tmp_path / "copy.fdbackup")
    assert not (tmp_path / "copy.fdbackup").exists()


def test_when_the_last_one_was_made(file_desk: Desk, tmp_path: Path) -> None:
    assert file_desk.office.fetch(care.last_backup) is None
    care.back_up(file_desk.office, tmp_path / "copy.fdbackup")
    made = file_desk.office.fetch(care.last_backup)
    assert made == datetime(2025, 2, 11, 12, 41)
    assert care.backup_name(made) == "famdesk-2025-02-11-1241.fdbackup"


def test_one_that_failed_does_not_count(file_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(ReadOnly):
        care.back_up(file_desk.office, tmp_path / "nowhere" / "copy.fdbackup")
    assert file_desk.office.fetch(care.last_backup) is None


@pytest.mark.postgres
def test_a_server_is_its_administrators_matter(server_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(OnServer):
        care.back_up(server_desk.office, tmp_path / "copy.fdbackup")


def test_a_place_that_cannot_be_written(file_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ReadOnly):
        care.back_up(file_desk.office, tmp_path / "nowhere" / "copy.fdbackup")

    def full(*_arguments: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup.os, "replace", full)
    with pytest.raises(DiskFull):
        care.back_up(file_desk.office, tmp_path / "copy.fdbackup")
    assert not list(tmp_path.glob("*backup*"))


def test_a_full_disk_during_restore_leaves_nothing(copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path / "again")

    def full(*_arguments: Any, **_options: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(backup.zipfile.ZipFile, "extract", full)
        with pytest.raises(DiskFull):
            backup.restore(copy, home, _by("reception", PASSWORD))
    backup.restore(copy, home, _by("reception", PASSWORD))


def test_a_backup_while_somebody_writes_is_of_one_moment(file_desk: Desk, tmp_path: Path) -> None:
    office, stop, written = file_desk.sign_in("reception"), threading.Event(), []

    def write() -> None:
        while not stop.is_set():
            written.append(office.run(people.add_person, surname="Uno", given_name="Lia"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            care.back_up(file_desk.office, tmp_path / f"{number}.fdbackup")
    finally:
        stop.set()
        writer.join()
    for number in range(3):
        home = Home(tmp_path / f"again{number}")
        backup.restore(tmp_path / f"{number}.fdbackup", home, _by("reception", PASSWORD))
    assert written


KILLED = """
import os, sys
from pathlib import Path
from datetime import datetime, UTC
from famdesk.data import backup
from famdesk.data.home import Home
from famdesk.usecases import care, session
step, folder, target = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
office = session.sign_in(Home(folder), "coordinator", os.environ["FAMDESK_PASSWORD"])
def die(*_arguments, **_options):
    os.kill(os.getpid(), 9)
holder, name = {"copy": (backup, "_copy"), "verify": (backup, "verify"), "pack": (backup.zipfile, "ZipFile"),
                "fsync": (backup.os, "fsync"), "replace": (backup.os, "replace")}[step]
if step == "copy":
    real = backup._copy
    def half(*arguments):
        real(*arguments)
        die()
    die_at = half
else:
    die_at = die
office_run = office.run
setattr(holder, name, die_at)
backup.write_backup(office.home, office.unlocked, target, datetime.now(UTC))
"""


@pytest.mark.parametrize("step", ["pack", *(pytest.param(one, marks=pytest.mark.slow)
                                           for one in ("copy", "verify", "fsync", "replace"))])  # fmt: skip
def test_kill_9_leaves_no_half_backup(file_desk: Desk, copy: Path, step: str) -> None:
    """Nothing of the name, the set before untouched, the next backup sweeps up and works."""
    target, before = copy.with_name("killed.fdbackup"), copy.read_bytes()
    environment = {**os.environ, "FAMDESK_PASSWORD": PASSWORD}
    command = [sys.executable, "-c", KILLED, step, str(file_desk.home.folder), str(target)]
    done = subprocess.run(command, env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert not target.exists()
    assert copy.read_bytes() == before
    assert list(copy.parent.glob(".famdesk-backup-*")), "it was killed too early to prove anything"
    care.back_up(file_desk.office, target)
    assert {path.name for path in copy.parent.iterdir()} == {"copy.fdbackup", "killed.fdbackup"}
    backup.restore(target, Home(copy.parent / "again"), _by("reception", PASSWORD))
