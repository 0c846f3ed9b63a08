"""Pictures as files: which kind and how large one is, read from its first bytes, before anything decodes it.

Source: ISO/IEC 15948 (PNG), 11.2.2; ITU-T T.81 (JPEG), B.2.2.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

PNG, JPEG = "png", "jpeg"
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""Markers of the part that tells the size of a JPEG picture."""
_BARE = {0x01, *range(0xD0, 0xD9)}
"""Markers without a part of their own."""


class Size(NamedTuple):
    """What a file says that it is: `kind` PNG or JPEG, `width` and `height` in pixels."""

    kind: str
    width: int
    height: int


def size(data: bytes) -> Size | None:
    """Kind and size of a picture as its file tells them; None if it is neither PNG nor JPEG, or tells no size."""
    found = _png(data) if data.startswith(_PNG) else _jpeg(data) if data.startswith(b"\xff\xd8") else None
    return found if found is not None and found.width > 0 and found.height > 0 else None


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The parts of a PNG file, each with its name of four letters; what does not end is left out."""
    found, at = list[tuple[bytes, bytes]](), len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if at + 12 + length > len(data):
            break
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + length]))
        at += 12 + length
    return found


def _png(data: bytes) -> Size | None:
    if len(data) < 24 or data[12:16] != b"IHDR":
        return None
    return Size(PNG, *struct.unpack_from(">II", data, 16))


def _jpeg(data: bytes) -> Size | None:
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        if marker in _FRAMES and at + 9 <= len(data):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Size(JPEG, width, height)
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None
