"""Backups: one file with an own-keyed copy of the database, the key file, and a list of what it holds.

The copy has a random key of its own, wrapped under the master key: it opens with the passwords and the recovery code
of the day it was made. It is made in one step while others write, opened again and verified before it counts.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import shutil
import tempfile
import zipfile
import zlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from famdesk.data import schema
from famdesk.data.checks.verify import verify
from famdesk.data.engine import sqlite_connection, sqlite_engine
from famdesk.data.failures import in_words
from famdesk.data.home import Home, Settings
from famdesk.data.keys import crypto, keys
from famdesk.data.keys.keystore import KeyFile
from famdesk.data.migrations import HEAD
from famdesk.data.platform import sync_folder, taking_turns
from famdesk.domain.errors import RuleError, Unavailable
from famdesk.i18n import N_

DATABASE, KEYS, MANIFEST = "famdesk.db", "famdesk.keys", "manifest.json"
LARGEST_MANIFEST = 1 << 20
PART = ".famdesk-restore-"
UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, KeyError, TypeError, ValueError, NotImplementedError)


class NotABackup(RuleError):
    message = N_("This file is not a FamDesk backup, or it is damaged.")


class BackupExists(RuleError):
    message = N_("There is a file of this name already. Choose another name: a backup never replaces one.")


class BackupFaulty(Unavailable):
    message = N_("The backup could not be verified and was not kept. Earlier backups are untouched.")


class OnServer(RuleError):
    message = N_("These data are on a server; its administrator makes the backups.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself; nothing about persons. `made` is UTC, ISO text."""

    format: int
    database: str
    made: str
    schema: str
    counter: int
    key: str
    sha256: str
    settings: dict[str, Any]


def write_backup(home: Home, unlocked: keys.Unlocked, target: Path, now: datetime) -> Manifest:
    """Writes and verifies a backup.

    Raises:
        OnServer, BackupExists, BackupFaulty, DiskFull, ReadOnly.
    """
    settings = home.settings()
    if settings.server is not None:
        raise OnServer
    if target.exists():
        raise BackupExists("file")
    with in_words():
        ring = KeyFile(home.keys).load()
        part = f".famdesk-backup-{ring.database}-"
        with taking_turns(home.folder / "famdesk.backup.turn"):
            for left in target.parent.glob(f"{part}*"):  # by a backup of these data that was killed
                shutil.rmtree(left, ignore_errors=True)
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=part) as folder:
                return _written(home, ring, unlocked, target, now, settings, Path(folder))


def _written(
    home: Home, ring: keys.Keyring, unlocked: keys.Unlocked, target: Path, now: datetime, settings: Settings,
    folder: Path,
) -> Manifest:  # fmt: skip
    key, copy = secrets.token_bytes(32), folder / DATABASE
    _copy(home.database, unlocked.database_key, copy, key)
    made_by = prove(copy, key, ring)
    wrapped = crypto.wrap(crypto.hkdf(unlocked.master, "famdesk backup"), key, ring.database.encode())
    manifest = Manifest(1, ring.database, now.isoformat(timespec="seconds"), made_by, ring.counter,
                        base64.b64encode(wrapped).decode(), _digest(copy), asdict(settings))  # fmt: skip
    packed = folder / "backup"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        archive.writestr(KEYS, keys.dump(ring))
        archive.write(copy, DATABASE)
    with packed.open("r+b") as handle:
        os.fsync(handle.fileno())
    packed.chmod(0o600)
    os.replace(packed, target)
    sync_folder(target.parent)
    return manifest


def prove(path: Path, key: bytes, ring: keys.Keyring) -> str:
    """Reads a copy through from end to end, and puts everything into its one file; gives the version of its schema,
    which is not ours if the copy is made before an update: the program that made it must know it again.

    Raises:
        BackupFaulty.
    """
    engine = sqlite_engine(path, key)
    try:
        findings, found = verify(engine, ring), schema.version(engine)
    finally:
        engine.dispose()
    if findings or found is None:
        raise BackupFaulty
    _fold_log(path, key)
    return found


def read_manifest(source: Path) -> tuple[Manifest, keys.Keyring]:
    """What a backup holds, without a password.

    Raises:
        NotABackup, TooNew.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            if any(archive.getinfo(name).file_size > LARGEST_MANIFEST for name in (MANIFEST, KEYS)):
                raise NotABackup("file")
            archive.getinfo(DATABASE)
            manifest = _manifest(json.loads(archive.read(MANIFEST)))
            ring = keys.load(archive.read(KEYS).decode())
    except (*UNREADABLE, keys.KeysDamaged) as error:
        raise NotABackup("file") from error
    if manifest.schema > HEAD:
        raise schema.TooNew(found=manifest.schema)
    return manifest, ring


def _manifest(body: dict[str, Any]) -> Manifest:
    manifest = Manifest(**body)
    wanted = {"schema": str, "key": str, "sha256": str, "settings": dict}
    if not all(isinstance(getattr(manifest, name), kind) for name, kind in wanted.items()):
        raise TypeError
    Settings(**{**manifest.settings, "server": None})
    return manifest


def restore(source: Path, home: Home, open_keys: Any) -> None:
    """Brings a backup back into an empty folder. `open_keys(ring)` gives what a password or the recovery code opens.

    Raises:
        DataThere, NotABackup, TooNew, WrongPassword, WrongRecoveryCode, BackupFaulty, DiskFull, ReadOnly.
    """
    home.check_free()
    manifest, ring = read_manifest(source)
    unlocked: keys.Unlocked = open_keys(ring)
    with in_words(), home.being_made(Settings(**{**manifest.settings, "server": None})):
        for left in home.folder.glob(f"{PART}*"):  # by a restore that was killed
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=home.folder, prefix=PART) as folder:
            _restored(source, home, manifest, ring, unlocked, Path(folder))


def _restored(
    source: Path, home: Home, manifest: Manifest, ring: keys.Keyring, unlocked: keys.Unlocked, folder: Path
) -> None:
    copy, fresh = folder / DATABASE, folder / "fresh.db"
    try:
        with zipfile.ZipFile(source) as archive:
            archive.extract(DATABASE, folder)
    except (zipfile.BadZipFile, EOFError, zlib.error) as error:
        raise NotABackup("file") from error
    if _digest(copy) != manifest.sha256:
        raise NotABackup("file")
    try:
        wrapped = base64.b64decode(manifest.key, validate=True)
        key = crypto.unwrap(crypto.hkdf(unlocked.master, "famdesk backup"), wrapped, ring.database.encode())
    except (crypto.Damaged, ValueError) as error:
        raise NotABackup("file") from error
    _copy(copy, key, fresh, unlocked.database_key)
    # The copy is older than the keys' last anchor only if somebody mixed two backups.
    prove(fresh, unlocked.database_key, ring)
    os.replace(fresh, home.database)
    KeyFile(home.keys).save(ring.sealed(unlocked.master))


def _copy(source: Path, source_key: bytes, target: Path, target_key: bytes) -> None:
    """The whole database in one step: a copy in several steps begins again whenever somebody writes."""
    origin = sqlite_connection(source, source_key)
    try:
        copy = sqlite_connection(target, target_key)
        try:
            origin.backup(copy)
        finally:
            copy.close()
    finally:
        origin.close()


def _fold_log(path: Path, key: bytes) -> None:
    """Puts everything into the one file: no log beside it is needed to open it."""
    connection = sqlite_connection(path, key)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.close()


def _digest(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
