"""What makes a file fit to be kept for decades: it says which colours its numbers mean, and what it conforms to.

Source: ISO 19005-2 (PDF/A-2), 6.2.4 and 6.6; ISO 15076-1 (ICC profiles); IEC 61966-2-1 (sRGB).
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING

from famdesk.sheets.engine.objects import string

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

CONFORMS = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""For the metadata; the description of the other mark is asked for because that one is not of the XMP standard."""

_NAME = "sRGB IEC61966-2.1"
_WHITE = (0.9642, 1.0, 0.8249)
_PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
"""The three colours, adapted from the white of the screen (D65) to that of profiles (D50)."""
_ADAPTATION = (1.04788, 0.02292, -0.05022, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168)
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def mark(canvas: BareCanvas) -> None:
    """Say in the file which colours its numbers mean."""
    profile = canvas.file.stream(colours(), "/N 3")
    name = string(_NAME)
    canvas.file.declare({
        "OutputIntents": f"[<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier {name} /Info {name} "
        f"/DestOutputProfile {profile} 0 R >>]"
    })  # fmt: skip


@lru_cache(maxsize=1)
def colours() -> bytes:
    """The colours of screens (sRGB) as an ICC profile of version 4."""
    tags = {"desc": _text(_NAME), "cprt": _text("CC0"), "wtpt": _point(_WHITE),
            "chad": b"sf32\0\0\0\0" + _fixed(*_ADAPTATION)}  # fmt: skip
    tags |= {name: _point(place) for name, place in _PRIMARIES.items()}
    curve = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*_CURVE)
    tags |= dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve)
    at, places, body = 128 + 4 + 12 * len(tags), dict[bytes, int](), b""
    table = struct.pack(">I", len(tags))
    for name, data in tags.items():
        if data not in places:
            places[data] = at + len(body)
            body += data + b"\0" * (-len(data) % 4)
        table += name.encode() + struct.pack(">II", places[data], len(data))
    return _head(at + len(body)) + table + body


def _head(size: int) -> bytes:
    """The first 128 bytes (ISO 15076-1, 7.2)."""
    day = struct.pack(">6H", 2025, 1, 1, 0, 0, 0)
    kind = b"\0\0\0\0" + bytes([4, 0x20, 0, 0]) + b"mntrRGB XYZ " + day + b"acsp"
    return (struct.pack(">I", size) + kind + bytes(28) + _fixed(*_WHITE)).ljust(128, b"\0")


def _fixed(*numbers: float) -> bytes:
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _point(place: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*place)


def _text(words: str) -> bytes:
    """A text in one language (ISO 15076-1, 10.15)."""
    data = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II", 1, 12) + b"enUS" + struct.pack(">II", len(data), 28) + data
