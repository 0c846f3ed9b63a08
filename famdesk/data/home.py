"""The folder of one installation: database, keys, settings, backups, and who has it open."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from famdesk.data.platform import HeldLock, LockHeld, sync_folder, write_atomically
from famdesk.domain.errors import RuleError, Unavailable
from famdesk.i18n import N_


class AlreadyOpen(Unavailable):
    message = N_("FamDesk is already open on these data (on {station}). Use that window, or close it first.")


class NoData(RuleError):
    message = N_("There are no FamDesk data in this folder yet.")


class DataThere(RuleError):
    message = N_("There are FamDesk data in this folder already; they were not touched.")


class Unwritable(Unavailable):
    message = N_("The data folder cannot be written to. Look at the disk and try again; your text is still here.")


class SettingsDamaged(Unavailable):
    message = N_("The settings file of these data cannot be read. Restore it from the last backup.")


@dataclass(frozen=True, slots=True)
class Server:
    """Where a PostgreSQL network keeps its data. `ca_file` None: the system's certificate authorities."""

    host: str
    port: int
    database: str
    sslmode: str = "verify-full"
    ca_file: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What must be known before anybody signs in; nothing secret and nothing about persons.

    `server` None: the data are a SQLCipher file in this folder. `demo`: fictional data with published passwords.
    """

    centre_id: str
    centre_name: str
    demo: bool = False
    language: str = "it"
    server: Server | None = None


class Home:
    """A folder with FamDesk's data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def database(self) -> Path:
        return self.folder / "famdesk.db"

    @property
    def keys(self) -> Path:
        return self.folder / "famdesk.keys"

    @property
    def tries(self) -> Path:
        return self.folder / "famdesk.tries"

    @property
    def settings_file(self) -> Path:
        return self.folder / "famdesk.json"

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    def exists(self) -> bool:
        return self.settings_file.exists()

    def settings(self) -> Settings:
        """Raises NoData, SettingsDamaged."""
        if not self.exists():
            raise NoData
        try:
            body: dict[str, Any] = json.loads(self.settings_file.read_text(encoding="utf-8"))
            server = body.pop("server", None)
            return Settings(**body, server=Server(**server) if server else None)
        except (OSError, ValueError, TypeError) as error:
            raise SettingsDamaged from error

    def save_settings(self, settings: Settings) -> None:
        self.prepare()
        write_atomically(self.settings_file, _as_json(settings))

    def check_free(self) -> None:
        """Raises DataThere unless the folder is free for new data; what a killed `being_made` left does not count."""
        data = self.database.exists() or self.keys.exists()
        if self.exists() or (data and not self._making.exists()):
            raise DataThere

    @contextmanager
    def being_made(self, settings: Settings) -> Iterator[None]:
        """What the block makes becomes a home at its end, all at once; nothing of it stays if it fails or is killed.

        Raises:
            DataThere: the folder has data already; they are not touched.
            OSError.
        """
        self.check_free()
        self.prepare()
        write_atomically(self._making, _as_json(settings))  # the settings to be: their last name makes it a home
        self.sweep()
        try:
            yield
            os.replace(self._making, self.settings_file)
            sync_folder(self.folder)
        except BaseException:
            self.sweep()
            self._making.unlink(missing_ok=True)
            raise

    def sweep(self) -> None:
        """Removes database and keys: nobody could open what was made by half, and it would stand in the way."""
        for path in (self.database, self.keys):
            for found in self.folder.glob(f"{path.name}*"):
                found.unlink()

    @property
    def _making(self) -> Path:
        return self.settings_file.with_suffix(".making")

    def set_language(self, language: str) -> None:
        """Keeps the language of the sign-in page."""
        self.save_settings(replace(self.settings(), language=language))

    def prepare(self) -> None:
        """Makes the folder, for its owner only."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def lock(self) -> HeldLock:
        """Holds the folder for one window; command-line readers do not need it.

        Raises:
            AlreadyOpen: another window has it, also one on another computer that shares the folder.
            Unwritable: the folder cannot be written to.
        """
        path = self.folder / "famdesk.lock"
        try:
            self.prepare()
            return HeldLock(path, json.dumps({"station": station(), "pid": os.getpid()}))
        except LockHeld as error:
            raise AlreadyOpen(station=_holder(path)) from error
        except OSError as error:
            raise Unwritable from error


def _as_json(settings: Settings) -> bytes:
    return json.dumps(asdict(settings), indent=1, ensure_ascii=False).encode()


def station() -> str:
    """The name of this computer."""
    if hasattr(os, "uname"):
        return str(os.uname().nodename)
    import socket  # takes a while to load

    return socket.gethostname()


def _holder(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["station"])
    except (OSError, ValueError, KeyError):
        return "?"
