"""What differs between Linux, macOS and Windows: locks, atomic replace, core dumps. Nothing POSIX-only elsewhere."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: IO[str]) -> None:
        handle.seek(1 << 20)  # far behind the text, so that others can still read who holds it
        msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)

    def _wait(handle: IO[str]) -> None:
        handle.seek(1 << 20)
        msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)  # tries for ten seconds

    def sync_folder(folder: Path) -> None:
        """Windows has no fsync for folders; MoveFileEx, behind os.replace, writes through."""

    def forbid_core_dumps() -> None:
        """Windows keeps no core files by itself; error reports are the administrator's policy."""

else:
    import fcntl
    import resource

    _PR_SET_DUMPABLE = 4

    def _lock(handle: IO[str]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _wait(handle: IO[str]) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def sync_folder(folder: Path) -> None:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def forbid_core_dumps() -> None:
        """No memory image of this process is written when it crashes: it would hold keys and names.

        Where a program of the system takes the images, the limit does not hold: on Linux none is made at all.
        """
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            import ctypes

            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def write_atomically(path: Path, data: bytes) -> None:
    """`path` holds either the old or the whole new content, also after a power cut; readable by its owner alone.

    Raises:
        OSError: nothing was changed.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


@contextmanager
def taking_turns(path: Path) -> Iterator[None]:
    """Waits until no other process is inside such a block on the same file.

    Raises:
        OSError: the file cannot be made.
    """
    with open(path, "a+", encoding="utf-8") as handle:
        _wait(handle)
        yield


class LockHeld(Exception):
    """Another process holds the lock."""


class HeldLock:
    """An exclusive lock on a file, held until `release` or the end of the process, however it ends."""

    def __init__(self, path: Path, note: str) -> None:
        """`note` is left in the file for the one who is refused.

        Raises:
            LockHeld: another process has it.
            OSError: the file cannot be made.
        """
        self._handle = open(path, "a+", encoding="utf-8")  # noqa: SIM115 - it stays open: it is the lock
        try:
            _lock(self._handle)
        except OSError as error:
            self._handle.close()
            raise LockHeld from error
        self._handle.truncate(0)
        self._handle.write(note)
        self._handle.flush()

    def release(self) -> None:
        self._handle.close()
