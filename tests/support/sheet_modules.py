"""The modules of the sheets by the last part of their name, whichever package they lie in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from famdesk import sheets

_FOLDER = Path(next(iter(sheets.__path__)))
PATHS = {path.stem: path for path in sorted(_FOLDER.rglob("*.py")) if path.stem != "__init__"}


def sheet_module(stem: str) -> ModuleType:
    """The module of that name: "flyer" is `famdesk.sheets.programmes.flyer`."""
    return import_module(".".join(["famdesk", "sheets", *PATHS[stem].relative_to(_FOLDER).with_suffix("").parts]))
