"""Words of European languages as shapes: a word is shaped once in a process, and a line is put together from them.

A table of sixty pages says the same few words again and again. In the Latin face nothing joins or moves across a blank,
so that a line is just its words with blanks between them; what is not as plain as that is shaped as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from famdesk.sheets.engine.faces import LATIN, Face, face

_MANY = 2048
_NOTHING = 0.5
"""Thousandths of the size below which a shift is left out."""
_PLAIN = re.compile(
    "[ -~\u00a1-\u00ac\u00ae-\u017f\u0218-\u021b\u2013\u2014\u2018\u2019\u201c-\u201e\u2022\u2026\u20ac]*"
)
"""Letters and signs that run from left to right, each of which stands for itself."""

_FIGURES = "0123456789.,:/+()\u2013-"
"""Figures and what stands between them."""


@dataclass(slots=True, eq=False, repr=False)
class Word:
    """Letters side by side: the width of each in em, the number of its glyph, and what shows them (TJ).

    No letter is joined with another, raised or moved; `shown` has the distances that the face wants between them.
    """

    text: str
    advances: tuple[float, ...]
    width: float
    glyphs: tuple[int, ...]
    shown: str


def plain(text: str) -> bool:
    """Whether a text may be put together from words, if each of them is found."""
    return _PLAIN.fullmatch(text) is not None


def words(text: str, bold: bool) -> tuple[Word, ...] | None:
    """The words of a text, those between two blanks too; None if it is to be shaped as a whole."""
    parts = text.split(" ")
    found = [one for part in parts if (one := word(part, bold)) is not None]
    return tuple(found) if len(found) == len(parts) else None


@lru_cache(maxsize=_MANY)
def word(text: str, bold: bool) -> Word | None:
    """The word as the Latin face shapes it; None if a letter is not one glyph in its place."""
    if len(text) > 1 and not text.strip(_FIGURES) and any(map(str.isdigit, text)):
        return _number(text, bold)
    if not plain(text):
        return None
    import uharfbuzz as hb

    of = face(LATIN, bold)
    if not all(of.glyph(character) for character in text):
        return None
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction, buffer.script = "ltr", "Latn"
    hb.shape(of.hb_font, buffer, {"kern": True, "liga": True})
    infos, places = buffer.glyph_infos or (), buffer.glyph_positions or ()
    if [info.cluster for info in infos] != list(range(len(text))):
        return None
    if any(place.x_offset or place.y_offset for place in places):
        return None
    return _made(text, of, tuple(info.codepoint for info in infos), tuple(place.x_advance for place in places))


def _made(text: str, of: Face, glyphs: tuple[int, ...], units: tuple[int, ...]) -> Word:
    advances = tuple(one / of.upem for one in units)
    parts = []
    for glyph, advance in zip(glyphs, advances, strict=True):
        after = natural(of, glyph) - advance * 1000
        parts.append(f"<{glyph:04X}> {after:.1f} " if abs(after) > _NOTHING else f"<{glyph:04X}>")
    return Word(text, advances, sum(advances), glyphs, "".join(parts).replace("><", ""))


class _Figures(NamedTuple):
    """Of each figure, and what stands between figures: the number of its glyph, that as it is shown, its width."""

    glyphs: dict[str, int]
    shown: dict[int, str]
    widths: dict[str, float]


@lru_cache(maxsize=2)
def _figures(bold: bool) -> _Figures:
    known = {one: found for one in _FIGURES if (found := word(one, bold))}
    return _Figures(
        {one: found.glyphs[0] for one, found in known.items()},
        {ord(one): found.shown[1:5] for one, found in known.items()},
        {one: found.width for one, found in known.items()},
    )


def _number(text: str, bold: bool) -> Word:
    """Nothing moves beside a figure: a number needs no shaping of its own."""
    glyphs, shown, widths = _figures(bold)
    advances = tuple([widths[figure] for figure in text])
    return Word(text, advances, sum(advances), tuple([glyphs[figure] for figure in text]), f"<{text.translate(shown)}>")


@lru_cache(maxsize=_MANY)
def natural(of: Face, glyph: int) -> int:
    """How far the glyph moves on by itself, in thousandths of its size."""
    advance: int = of.hb_font.get_glyph_h_advance(glyph)
    return round(advance * 1000 / of.upem)
