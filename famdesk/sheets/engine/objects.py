"""Words of a PDF file: names, texts, numbers and dictionaries as they stand in it.

Source: ISO 32000-1, 7.3 (objects), 7.9.2 (strings).
"""

from __future__ import annotations

from collections.abc import Iterable

_SPECIAL = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})


def dictionary(entries: dict[str, str]) -> str:
    """Names with their values, which are words of a file already."""
    return "<< " + " ".join([f"/{name} {value}" for name, value in entries.items()]) + " >>"


def reference(number: int) -> str:
    """How other objects name that one."""
    return f"{number} 0 R"


def string(text: str) -> str:
    """A text as a string of the file: letters as they are, or UTF-16 in figures."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_SPECIAL)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def numbers(values: Iterable[float]) -> str:
    """An array of numbers."""
    return "[" + " ".join([f"{value:.3f}" for value in values]) + "]"
