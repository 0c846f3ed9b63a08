"""Pictures as people choose them for logos, and some that nobody should get in."""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from famdesk.domain.post.looks import Logo, Look
from famdesk.domain.post.pictures import size
from famdesk.usecases.centre.pictures import prepared


def picture(
    kind: str = "PNG", size: tuple[int, int] = (300, 120), colour: str = "#a23b3b", mode: str = "RGB", **more: Any
) -> bytes:
    """A file of that kind with a bar and a disc on white, or on nothing where the mode has transparency."""
    drawn = Image.new("RGBA", size, (255, 255, 255, 0))
    pen = ImageDraw.Draw(drawn)
    width, height = size
    pen.rectangle((width // 10, height // 4, width * 6 // 10, height * 3 // 4), fill=colour)
    pen.ellipse((width * 6 // 10, height // 4, width * 6 // 10 + height // 2, height * 3 // 4), fill="#2b7335")
    if mode not in {"RGBA", "LA"}:
        ground = Image.new("RGB", size, "white")
        ground.paste(drawn, mask=drawn.getchannel("A"))
        drawn = ground
    buffer = BytesIO()
    drawn.convert(mode).save(buffer, kind, **more)
    return buffer.getvalue()


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A PNG file of a few bytes that says it is huge."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1000)

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@lru_cache(maxsize=64)
def logo(body: str = "", **about: Any) -> Logo:
    """A logo as it is kept: of a body, or the centre's own."""
    image = prepared(picture(**about))
    told = size(image)
    assert told is not None
    return Logo(image, f"Stemma: {body or 'due mani'}", told.width, told.height, body)


def full_look(**other: Any) -> Look:
    """A look with all that one can have."""
    partners = (
        logo("Comune di Cremona"),
        logo("Regione Lombardia", kind="JPEG", size=(200, 200)),
        logo("Unione europea", colour="#2c5a99", size=(500, 120)),
        logo("Fondazione", size=(120, 240)),
    )
    given: dict[str, Any] = {
        "colour": "#7a1f5c", "header": "Comune di Cremona\nSettore Politiche Sociali",
        "footer": "Cod. fisc. 00000000000 · posta@example.it", "own": logo(colour="#7a1f5c", size=(400, 200)),
        "partners": partners, "language": "it",
    }  # fmt: skip
    return Look(**{**given, **other})
