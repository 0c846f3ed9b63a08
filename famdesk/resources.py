"""Where the files that travel with the program are: fonts, icons, profiles, help pages, translations.

In a checkout they stand beside the package (`resources/`, `translations/`), so that people who are no programmers find
and edit them; in an installed wheel they are inside it. Every reader asks here and does not know the difference.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@lru_cache(maxsize=4)
def _folder(name: str) -> Path:
    """The folder inside the wheel, or else the one beside the package."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def path(relative: str) -> Path:
    """The file or folder `relative` (with "/" as separator) under `resources/`; it may not exist.

    Raises:
        ValueError: if `relative` is absolute or leaves the folder.
    """
    root = _folder("resources")
    found = root / relative
    if ".." in found.parts[len(root.parts) :] or not found.is_relative_to(root):
        raise ValueError(f"not a resource: {relative}")
    return found


def text(relative: str) -> str:
    """The content of a UTF-8 file under `resources/`.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if `relative` leaves the folder.
    """
    return path(relative).read_text(encoding="utf-8")


def translations() -> Path:
    """The folder of the catalogues: `<language>/LC_MESSAGES/famdesk.mo`, which may not have been built yet."""
    return _folder("translations")
