"""What PySide need not do while the program starts."""

from __future__ import annotations

import sys

import PySide6.QtCore  # noqa: F401 - with it comes what is changed here


def spare_sources() -> None:
    """Saves PySide the reading of the source of every module that is imported after it.

    It looks there whether a module wants Qt's functions under other names (`from __feature__ import …`); none of ours
    does, and a version that looks in another way is left alone.
    """
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: False)  # noqa: B010 - a module of no known type
