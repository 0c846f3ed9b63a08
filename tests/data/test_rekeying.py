"""A file under a new master key: who is left gets in, who left does not, and a kill leaves one of the two files."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from famdesk.data import backup
from famdesk.data.backup import BackupFaulty
from famdesk.data.checks.verify import verify
from famdesk.data.engine import sqlite_connection
from famdesk.data.failures import Corrupt
from famdesk.data.home import Home
from famdesk.data.keys import crypto, keys, rekeying
from famdesk.data.keys.crypto import new_recovery_code
from famdesk.data.keys.keystore import KeyFile
from famdesk.usecases import session
from famdesk.usecases.people import people
from tests.data.hashes import row_hashes
from tests.support.offices import CHEAP, PASSWORD, Desk

GONE = "educator"
STAYED = ("administrator", "reception", "psychologist", "coordinator")


@pytest.fixture
def closed(file_desk: Desk) -> tuple[Desk, keys.Unlocked]:
    """Data with some persons in them, closed everywhere; what opens them."""
    office = file_desk.sign_in("reception")
    for number in range(12):
        office.run(people.add_person, surname=f"Nicolò {number}", given_name="Lia", phone="0372 1")
    office.close()
    unlocked = file_desk.office.unlocked
    file_desk.office.store.close()
    return file_desk, unlocked


def rekey(desk: Desk, by: keys.Unlocked) -> keys.Unlocked:
    return rekeying.rekey(desk.home, by, GONE, desk.recovery, new_sheet=False)


def left_over(home: Home) -> list[str]:
    return sorted(path.name for path in home.folder.iterdir() if ".next" in path.name or path.name == "famdesk.rekeyed")


def test_everything_is_there_under_the_new_key_and_nothing_under_the_old(closed: tuple[Desk, keys.Unlocked]) -> None:
    desk, before = closed
    hashes = row_hashes(desk.home, before.database_key)
    ring = KeyFile(desk.home.keys).load()
    fresh = rekey(desk, before)
    assert fresh.database_key != before.database_key
    assert row_hashes(desk.home, fresh.database_key) == hashes
    with pytest.raises(Corrupt):
        sqlite_connection(desk.home.database, before.database_key)
    again = KeyFile(desk.home.keys).load()
    again.checked(fresh.master)
    with pytest.raises(keys.KeysDamaged):
        again.checked(before.master)
    assert (again.generation, set(ring.slots) - set(again.slots)) == (ring.generation + 1, {GONE})
    assert again.anchors == ring.anchors
    assert left_over(desk.home) == []
    assert not KeyFile(desk.home.keys).previous.exists(), "it has the slot of who left"
    assert not desk.home.database.with_name("famdesk.db-wal").exists()


def test_who_is_left_signs_in_with_the_same_password_and_who_left_does_not(closed: tuple[Desk, keys.Unlocked]) -> None:
    desk, before = closed
    rekey(desk, before)
    for login in STAYED:
        office = desk.sign_in(login)
        office.close()
    with pytest.raises(keys.WrongPassword):
        desk.sign_in(GONE)
    office = desk.sign_in("coordinator")
    assert verify(office.store.engine, KeyFile(desk.home.keys).load()) == []


def test_the_sheet_stays_good_or_gives_way_to_a_new_one(closed: tuple[Desk, keys.Unlocked]) -> None:
    desk, before = closed
    fresh = rekey(desk, before)
    ring = KeyFile(desk.home.keys).load()
    assert keys.unlock_with_recovery(ring, desk.recovery).master == fresh.master
    code = new_recovery_code()
    last = rekeying.rekey(desk.home, fresh, "reception", code, new_sheet=True)
    ring = KeyFile(desk.home.keys).load()
    assert keys.unlock_with_recovery(ring, code).master == last.master
    with pytest.raises(keys.WrongRecoveryCode):
        keys.unlock_with_recovery(ring, desk.recovery)
    desk.sign_in("psychologist").close()
    session.recover(desk.home, code, "psychologist", "tutta-un-altra-cosa", clock=desk.clock, cost=CHEAP).close()
    assert verify(desk.sign_in("coordinator").store.engine, KeyFile(desk.home.keys).load()) == []


@pytest.mark.parametrize("code", ["", "AAAAA", pytest.param(new_recovery_code(), id="of other data")])
def test_without_the_code_nothing_is_changed(closed: tuple[Desk, keys.Unlocked], code: str) -> None:
    desk, before = closed
    kept = desk.home.database.read_bytes(), desk.home.keys.read_bytes()
    with pytest.raises(keys.WrongRecoveryCode):
        rekeying.rekey(desk.home, before, GONE, code, new_sheet=False)
    assert (desk.home.database.read_bytes(), desk.home.keys.read_bytes()) == kept
    assert left_over(desk.home) == []


def test_a_backup_of_before_opens_for_whom_it_did(closed: tuple[Desk, keys.Unlocked], tmp_path: Path) -> None:
    desk, before = closed
    path = tmp_path / "before.fdbackup"
    backup.write_backup(desk.home, before, path, desk.clock())
    fresh = rekey(desk, before)
    for login in (GONE, "reception"):
        backup.restore(path, Home(tmp_path / login), lambda ring, who=login: keys.unlock(ring, who, PASSWORD))
    after = tmp_path / "after.fdbackup"
    backup.write_backup(desk.home, fresh, after, desk.clock())
    backup.restore(after, Home(tmp_path / "new"), lambda ring: keys.unlock(ring, "reception", PASSWORD))
    with pytest.raises(keys.WrongPassword):
        backup.restore(after, Home(tmp_path / "no"), lambda ring: keys.unlock(ring, GONE, PASSWORD))


def test_another_program_with_the_file_open_is_not_cut_off(closed: tuple[Desk, keys.Unlocked],
                                                           monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    desk, before = closed
    monkeypatch.setattr("famdesk.data.engine.BUSY_MILLISECONDS", 50)
    other = sqlite_connection(desk.home.database, before.database_key)
    with pytest.raises(rekeying.OpenElsewhere):
        rekey(desk, before)
    other.execute("UPDATE centre SET name = name")
    other.close()
    assert left_over(desk.home) == []
    rekey(desk, before)


def test_who_opened_the_old_file_a_moment_ago_finds_nothing_to_write_to(
    closed: tuple[Desk, keys.Unlocked], tmp_path: Path
) -> None:
    desk, before = closed
    late = tmp_path / "late"
    os.link(desk.home.database, late)
    rekey(desk, before)
    assert late.stat().st_size == 0


def test_a_copy_that_cannot_be_proved_does_not_count(
    closed: tuple[Desk, keys.Unlocked], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, before = closed

    def faulty(*_arguments: Any) -> str:
        raise BackupFaulty

    with monkeypatch.context() as patched:
        patched.setattr(backup, "prove", faulty)
        with pytest.raises(BackupFaulty):
            rekey(desk, before)
    assert left_over(desk.home) == []
    desk.sign_in(GONE).close()


class _Killer:
    """Ends the process before the n-th thing that it does to the disk."""

    def __init__(self, at: int) -> None:
        self._left = at

    def before(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            self._left -= 1
            return function(*arguments, **named)

        return wrapped


def _killed(desk: Desk, by: keys.Unlocked, at: int) -> bool:
    """Does it in a process of its own that is killed at a step; False if it was through before."""
    child = os.fork()
    if child == 0:
        try:
            killer = _Killer(at)
            for name in ("replace", "fsync", "unlink", "ftruncate", "rename"):
                setattr(os, name, killer.before(getattr(os, name)))
            setattr(backup, "prove", killer.before(backup.prove))  # noqa: B010 - a module's function
            rekey(desk, by)
        except BaseException:
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def test_killed_before_any_step_the_old_or_the_new_file_opens(closed: tuple[Desk, keys.Unlocked]) -> None:
    desk, before = closed
    kept = {path.name: path.read_bytes() for path in desk.home.folder.iterdir() if path.is_file()}
    hashes = row_hashes(desk.home, before.database_key)
    outcomes, at = [], 0
    while _killed(desk, before, at):
        left = sorted(left_over(desk.home))
        ring = KeyFile(desk.home.keys)
        rekeying.finish(desk.home)
        assert left_over(desk.home) == [], left
        unlocked = keys.unlock(ring.load(), "administrator", PASSWORD)
        assert row_hashes(desk.home, unlocked.database_key) == hashes
        outcomes.append("old" if unlocked.master == before.master else "new")
        assert (GONE in ring.load().slots) == (outcomes[-1] == "old")
        office = desk.sign_in("coordinator")
        assert verify(office.store.engine, ring.load()) == []
        office.lock()
        for path in desk.home.folder.iterdir():
            if path.is_file():
                path.unlink()
        for name, data in kept.items():
            (desk.home.folder / name).write_bytes(data)
        at += 1
    assert at > 12
    assert outcomes == sorted(outcomes, reverse=True), "first always the old one, then always the new one"
    assert {"old", "new"} == set(outcomes)


def test_the_certificates_of_the_past_hold_under_a_new_sheet(closed: tuple[Desk, keys.Unlocked]) -> None:
    desk, before = closed
    ring = KeyFile(desk.home.keys).load()
    fresh_ring, fresh = rekeying.renewed(ring, before, GONE, new_recovery_code(), new_sheet=True)
    fresh_ring.checked(fresh.master)
    assert fresh_ring.signers() == ring.signers(), "what somebody signed before they left counts on"
    assert crypto.unseal(before.pairs.box, fresh_ring.slots["administrator"].sealed_master) == fresh.master


def test_a_key_that_somebody_put_into_the_file_gets_no_new_certificate(closed: tuple[Desk, keys.Unlocked]) -> None:
    desk, before = closed
    store = KeyFile(desk.home.keys)
    ring = store.load()
    mine = replace(ring.slots["reception"], box_public=crypto.KeyPairs.new().box_public)
    store.save(replace(ring, slots={**ring.slots, "reception": mine}))
    with pytest.raises(keys.KeysDamaged):
        rekeying.rekey(desk.home, before, GONE, new_recovery_code(), new_sheet=True)
    assert left_over(desk.home) == []
