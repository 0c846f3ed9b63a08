"""Where the keyring lies: whole or not at all, one writer after the other, on both engines."""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from famdesk.data import platform
from famdesk.data.engine import role_name
from famdesk.data.failures import DiskFull, ReadOnly
from famdesk.data.keys import keys
from famdesk.data.keys.crypto import new_recovery_code
from famdesk.data.keys.keys import KeysDamaged
from famdesk.data.keys.keystore import KeyFile, KeyTable
from famdesk.domain.ids import new_id
from famdesk.usecases import session
from famdesk.usecases.staff import staff
from tests.support.offices import CHEAP, PASSWORD, Desk
from tests.support.postgres import Server


@pytest.fixture
def ring() -> tuple[keys.Keyring, keys.Unlocked]:
    return keys.create("anna", new_id(), PASSWORD, new_recovery_code(), CHEAP)


@pytest.fixture
def store(tmp_path: Path, ring: tuple[keys.Keyring, keys.Unlocked]) -> KeyFile:
    store = KeyFile(tmp_path / "famdesk.keys")
    store.save(ring[0])
    return store


def test_two_generations_are_kept(store: KeyFile, ring: tuple[keys.Keyring, keys.Unlocked]) -> None:
    second = ring[0].sealed(ring[1].master)
    store.save(second)
    assert store.load() == second
    assert KeyFile(store.previous).load() == ring[0]


def test_the_file_is_its_owners_alone(store: KeyFile) -> None:
    if os.name == "posix":
        assert store.path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("step", ["fsync", "replace", "write"])
def test_a_failed_save_leaves_the_old_file(
    store: KeyFile, ring: tuple[keys.Keyring, keys.Unlocked], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "write":
        monkeypatch.setattr(platform.os, "fdopen", fails)
    else:
        monkeypatch.setattr(platform.os, step, fails)
    with pytest.raises(DiskFull) as caught:
        store.save(ring[0].sealed(ring[1].master))
    assert "full" in caught.value.sentence()
    monkeypatch.undo()
    assert store.load() == ring[0]
    assert {path.name for path in store.path.parent.iterdir()} <= {"famdesk.keys", "famdesk.keys.1"}


def test_a_folder_that_is_gone_is_told(store: KeyFile, ring: tuple[keys.Keyring, keys.Unlocked]) -> None:
    away = KeyFile(store.path.parent / "away" / "famdesk.keys")
    with pytest.raises(ReadOnly):
        away.save(ring[0])
    with pytest.raises(KeysDamaged):
        away.load()


def test_a_file_of_other_bytes_is_damaged(store: KeyFile) -> None:
    store.path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeysDamaged):
        store.load()


def _anchored(master: bytes, centre: str, ring: keys.Keyring) -> keys.Keyring:
    return replace(ring, anchors={**ring.anchors, centre: (1, "x")}).sealed(master)


def test_no_update_is_lost_between_writers(store: KeyFile, ring: tuple[keys.Keyring, keys.Unlocked]) -> None:
    """A window that changes a password while a command signs out: both are in the file afterwards."""

    def leave(number: int) -> None:
        for step in range(10):
            store.update(partial(_anchored, ring[1].master, f"{number}-{step}"))

    threads = [threading.Thread(target=leave, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.load().anchors) == 40
    assert store.load().counter == ring[0].counter + 40


def test_a_password_change_survives_another_desk_signing_out(desk: Desk) -> None:
    office, other = desk.sign_in("reception"), desk.sign_in("coordinator")
    session.change_password(office, PASSWORD, "tutta-un-altra-cosa", cost=CHEAP)
    other.close()
    office.close()
    session.sign_in(desk.home, "reception", "tutta-un-altra-cosa", clock=desk.clock).close()


@pytest.mark.postgres
def test_a_server_change_that_fails_changes_no_slot(server_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password of the server and that of the slot are one: both change or none."""
    office = server_desk.sign_in("reception")

    def fails(*_arguments: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(session.postgres, "verifier", fails)
    with pytest.raises(DiskFull):
        session.change_password(office, PASSWORD, "tutta-un-altra-cosa", cost=CHEAP)
    monkeypatch.undo()
    office.close()
    server_desk.sign_in("reception").close()


@pytest.mark.postgres
def test_a_removed_slot_is_gone_from_the_table(server_desk: Desk, postgres: Server) -> None:
    office = server_desk.office
    database = str(office.store.engine.url.database)
    engine = create_engine(postgres.url(database, role_name(database, "administrator"), PASSWORD).replace(
        f"{role_name(database, 'administrator')}:", f"{role_name(database, 'administrator').replace(':', '%3A')}:"
    ))  # fmt: skip
    table = KeyTable(engine, office.actor.centre_id)
    table.update(lambda ring: keys.without_user(ring, office.unlocked, "educator"))
    assert "educator" not in table.load().slots
    engine.dispose()
    server_desk.sign_in("reception").close()
    with pytest.raises(keys.WrongPassword):
        server_desk.sign_in("educator")


@pytest.mark.postgres
def test_a_centre_without_a_ring(server_desk: Desk) -> None:
    with pytest.raises(KeysDamaged):
        KeyTable(server_desk.office.store.engine, new_id()).load()


def test_an_account_is_made_once(desk: Desk) -> None:
    colleague = desk.office.run(staff.add_colleague, name="Nuova", role="educator")
    with pytest.raises(keys.LoginTaken):
        staff.give_account(desk.office, colleague, "reception", PASSWORD, cost=CHEAP)
    with pytest.raises(keys.WeakPassword):
        staff.give_account(desk.office, colleague, "nuova", "corta", cost=CHEAP)
    staff.give_account(desk.office, colleague, "nuova", PASSWORD, cost=CHEAP)
    assert desk.sign_in("nuova").actor.staff_id == colleague
