"""What this machine remembers about the window, in one ini file.

`machine_settings` is the only place that makes a `QSettings`: on Windows the default would be the registry, and tests
would write into the real one. Values are read through a typed `Setting`. Nothing about families is stored here.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Generic, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings

T = TypeVar("T", str, int, bool, QByteArray)


class Setting(Generic[T]):
    """A value with its key in the file, its type and its default."""

    __slots__ = ("default", "key", "kind")
    key: str
    kind: type[T]
    default: T

    def __init__(self, key: str, kind: type[T], default: T) -> None:
        self.key, self.kind, self.default = key, kind, default

    def of(self, user: str) -> Setting[T]:
        """The same setting for one member of staff, named by an id and not by a name."""
        return Setting(f"user-{user}/{self.key}", self.kind, self.default)


LOOK: Final = Setting("window/look", str, "system")
ZOOM: Final = Setting("window/zoom", int, 100)
LANGUAGE: Final = Setting("window/language", str, "it")
GEOMETRY: Final = Setting("window/geometry", QByteArray, QByteArray())
IDLE_MINUTES: Final = Setting("window/idle_minutes", int, 10)
LAST_PAGE: Final = Setting("view/page", str, "")
RAIL_FOLDED: Final = Setting("view/rail_folded", bool, False)


def view_setting(page: str) -> Setting[str]:
    """Where a page's filters, columns and zoom are kept."""
    return Setting(f"view/{page}", str, "")


def machine_settings(folder: Path, parent: QObject | None = None) -> QSettings:
    """The settings file in `folder`, the program's home."""
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat, parent)


def read(settings: QSettings, setting: Setting[T]) -> T:
    """The stored value, or the default if there is none or it has another type."""
    try:
        value = settings.value(setting.key, setting.default, type=setting.kind)
    except (TypeError, ValueError):  # the file was edited by hand
        return setting.default
    return value if isinstance(value, setting.kind) else setting.default


def write(settings: QSettings, setting: Setting[T], value: T) -> None:
    """Store a value."""
    settings.setValue(setting.key, value)
