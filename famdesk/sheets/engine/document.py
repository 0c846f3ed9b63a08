"""A PDF file as its objects: each is put into words once and numbered; at the end comes where each of them begins.

Nothing here knows pages or text. The same objects give the same bytes, and all of what a file holds is in it.

Source: ISO 32000-1, 7.3 (objects), 7.5 (file structure), 14.4 (file identifiers).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The second line says that the file is not text."""
_SPECIAL = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)", "\r": "\\r"})


class Document:
    """The objects of one file. A number that was reserved is to be filled before the file is written."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []
        self.catalog: dict[str, str] = {"Type": "/Catalog"}
        """What the file says of itself as a whole."""

    def reserve(self) -> int:
        """A number for an object that is to be known before it is complete."""
        self._objects.append(b"")
        return len(self._objects)

    def put(self, words: str, number: int = 0) -> int:
        """An object, under a new number or the reserved one; tells the number."""
        if not number:
            number = self.reserve()
        self._objects[number - 1] = words.encode("ascii")
        return number

    def stream(self, content: bytes, about: str = "", *, number: int = 0, plain: bool = False) -> int:
        """A stream, compressed unless it is to be `plain`; `about` are further entries of its dictionary."""
        if not number:
            number = self.reserve()
        if not plain:
            content = zlib.compress(content)
            about = f"/Filter /FlateDecode {about}"
        head = f"<< {about} /Length {len(content)} >>\nstream\n".encode("ascii")
        self._objects[number - 1] = b"%s%s\nendstream" % (head, content)
        return number

    def written(self, info: int) -> bytes:
        """The file; `info` is the object with its title.

        Raises:
            ValueError: an object was reserved and never filled.
        """
        root = self.put(dictionary(self.catalog))
        if b"" in self._objects:
            raise ValueError("an object of the file is empty")
        parts, places, at = [_HEAD], list[int](), len(_HEAD)
        for number, content in enumerate(self._objects, start=1):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, content)
            places.append(at)
            at += len(part)
            parts.append(part)
        parts += [
            b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1),
            *[b"%010d 00000 n \n" % one for one in places],
        ]
        name = _identifier(parts)
        parts.append(b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n"
                     % (len(places) + 1, root, info, name, name, at))  # fmt: skip
        return b"".join(parts)


def _identifier(parts: Iterable[bytes]) -> bytes:
    """A name for a file with this content, as 16 bytes in figures to the base of 16."""
    import hashlib

    return hashlib.blake2b(b"".join(parts), digest_size=16).hexdigest().encode("ascii")


def dictionary(entries: dict[str, str]) -> str:
    """Names with their values, which are words of a file already."""
    return "<< " + " ".join([f"/{name} {value}" for name, value in entries.items()]) + " >>"


def reference(number: int) -> str:
    """How other objects name that one."""
    return f"{number} 0 R"


def string(text: str) -> str:
    """A text as a string of the file: letters as they are, or UTF-16 in figures (7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return f"({text.translate(_SPECIAL)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def numbers(values: Iterable[float]) -> str:
    """An array of numbers."""
    return "[" + " ".join([f"{value:.6g}" if abs(value) >= 1 else f"{value:.4f}" for value in values]) + "]"
