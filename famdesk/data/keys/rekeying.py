"""A new master key for a file, when a colleague leaves: the whole database under another key, in one swap.

The new database and the new key file are made and proved beside the old ones. One small file, `famdesk.rekeyed`, says
that both are ready; before it stands there the old ones count and what was made is thrown away, from then on the new
ones count and are moved to their places, by whoever comes next if the program was killed in between (`finish`).

Everybody else's slot gets the new master key sealed to their public key, so that passwords stay as they are. The
recovery code has to be there, or a new one: the master key lies under it too. Backups that were made before have keys
of their own and open with the passwords of their day.
"""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from famdesk.data import backup
from famdesk.data.engine import sqlite_connection
from famdesk.data.failures import in_words
from famdesk.data.home import Home
from famdesk.data.keys import crypto, keys
from famdesk.data.keys.keystore import KeyFile
from famdesk.data.platform import sync_folder, taking_turns, write_atomically
from famdesk.domain.errors import Unavailable
from famdesk.i18n import N_

BESIDE = ("-wal", "-shm", "-journal")


class OpenElsewhere(Unavailable):
    message = N_("Another program works on these data just now, such as a backup. Wait until it is through, then try "
                 "again; nothing was changed.")  # fmt: skip


def renewed(
    ring: keys.Keyring, by: keys.Unlocked, gone: str, recovery: str, *, new_sheet: bool
) -> tuple[keys.Keyring, keys.Unlocked]:
    """The ring under a new master key without the user `gone` (who may be gone already), and what it opens for who does
    it.

    `recovery` is the code of the sheet there is, or with `new_sheet` of one that was just made: it becomes the root of
    all certificates then.

    Raises:
        WrongRecoveryCode: mistyped, or not that of these data.
        KeysDamaged: somebody changed the key file; a new sheet would certify what stands there.
    """
    ring.checked(by.master)
    code = crypto.normal_code(recovery)
    if code is None:
        raise keys.WrongRecoveryCode("recovery")
    if not new_sheet:
        keys.unlock_with_recovery(ring, code)
    master, root = secrets.token_bytes(32), crypto.recovery_pairs(code)
    slots = {
        name: replace(slot, sealed_master=crypto.seal(slot.box_public, master))
        for name, slot in ring.slots.items()
        if name != gone
    }
    past = (*ring.past, *(slot.identity for name, slot in ring.slots.items() if name == gone))
    if new_sheet:
        slots = {name: _certified(slot, slot.identity, root) for name, slot in slots.items()}
        past = tuple(_certified(one, one, root) for one in past)
    fresh = replace(
        ring, slots=slots, past=past, recovery=crypto.wrap(crypto.recovery_key(code), master, ring.database.encode()),
        root=_b64(root.sign_public), generation=ring.generation + 1,
    ).sealed(master)  # fmt: skip
    slot = None if by.slot is None else fresh.slots[by.slot.login]
    return fresh, keys.Unlocked(master, slot, by.pairs)


def rekey(home: Home, by: keys.Unlocked, gone: str, recovery: str, *, new_sheet: bool) -> keys.Unlocked:
    """Takes a user's slot away and puts the whole file under a new master key; gives what opens it from now on. The
    caller has closed its own connections.

    Raises:
        WrongRecoveryCode.
        OpenElsewhere: another program has the file open.
        BackupFaulty: the new file could not be proved.
        DiskFull, ReadOnly, Corrupt: nothing was changed.
    """
    store, made = KeyFile(home.keys), _Made(home)
    with in_words(), taking_turns(made.turn), taking_turns(store.turn):
        made.settle()
        ring, fresh = renewed(store.load(), by, gone, recovery, new_sheet=new_sheet)
        with _alone(home.database, by.database_key) as connection:
            try:
                made.write(connection, ring, fresh)
            except BaseException:
                made.discard()
                raise
            made.count()
            old = _held(home.database)
            if old is None:
                connection.close()  # Windows replaces no open file
            made.swap()
            if old is not None:
                _empty(old, connection)
    return fresh


def finish(home: Home) -> None:
    """Ends a change of the master key that was killed: with the new file if it was ready, with the old one if not."""
    made = _Made(home)
    if made.begun():
        with in_words(), taking_turns(made.turn):
            made.settle()


class _Made:
    """The new files beside the old ones."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self.turn = home.folder / "famdesk.rekey.turn"
        self._database = home.database.with_name(home.database.name + ".next")
        self._keys = home.keys.with_name(home.keys.name + ".next")
        self._mark = home.folder / "famdesk.rekeyed"

    def begun(self) -> bool:
        """Whether there is anything of a change of keys."""
        return any(path.exists() for path in (self._mark, self._database, self._keys))

    def settle(self) -> None:
        """Ends what an earlier process left."""
        if self._mark.exists():
            self.swap()
        self.discard()

    def write(self, connection: Any, ring: keys.Keyring, fresh: keys.Unlocked) -> None:
        """The new database, read through from end to end, and the new ring; both on the disk."""
        copy = sqlite_connection(self._database, fresh.database_key)
        try:
            connection.backup(copy)
        finally:
            copy.close()
        backup.prove(self._database, fresh.database_key, ring)
        self._database.chmod(0o600)
        with self._database.open("r+b") as handle:
            os.fsync(handle.fileno())
        write_atomically(self._keys, keys.dump(ring).encode())

    def count(self) -> None:
        """From here on the new files are the data."""
        sync_folder(self._home.folder)
        write_atomically(self._mark, b"")

    def swap(self) -> None:
        """Moves the new files to their places; each step can be done again."""
        if self._database.exists():
            for path in _beside(self._home.database):
                path.unlink(missing_ok=True)
            os.replace(self._database, self._home.database)
        if self._keys.exists():
            os.replace(self._keys, self._home.keys)
        KeyFile(self._home.keys).previous.unlink(missing_ok=True)  # it has the slot of who left
        sync_folder(self._home.folder)
        self._mark.unlink(missing_ok=True)
        sync_folder(self._home.folder)

    def discard(self) -> None:
        """Throws away what does not count."""
        halves = (half for one in (self._keys, self._mark) for half in one.parent.glob(f".{one.name}.*"))
        for path in (self._keys, self._database, *_beside(self._database), *halves):
            path.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path, key: bytes) -> Iterator[Any]:
    """A connection beside which nobody reads or writes the file.

    Raises:
        OpenElsewhere.
    """
    connection = sqlite_connection(path, key)
    try:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
                raise OpenElsewhere
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")  # the lock stays until the connection is closed
        except sqlcipher.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise OpenElsewhere from error
            raise
        yield connection
    finally:
        connection.close()


def _held(path: Path) -> int | None:
    """The old file, kept at hand until it is emptied; None where no open file can be replaced."""
    return None if os.name == "nt" else os.open(path, os.O_RDWR)


def _empty(old: int, connection: Any) -> None:
    """Empties the file that was replaced: who opened it a moment ago finds nothing there to write to. Nobody else has
    had it since; the locks go with the last handle of this process."""
    os.ftruncate(old, 0)
    connection.close()
    os.close(old)


def _certified(one: Any, identity: keys.Identity, root: crypto.KeyPairs) -> Any:
    """A slot or an identity of the past, certified by the recovery code instead of whoever it was."""
    signature, by = root.signature(identity.body()), _b64(root.sign_public)
    if isinstance(one, keys.Identity):
        return replace(one, certified_by=by, certificate=_b64(signature))
    return replace(one, certified_by=by, certificate=signature)


def _beside(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in BESIDE)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
