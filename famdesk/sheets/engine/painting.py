"""A line of text into the content of a page: glyph numbers with their places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any

from famdesk.sheets.engine.faces import is_unseen
from famdesk.sheets.engine.pdf_font import GlyphFont
from famdesk.sheets.engine.shaping import Glyph, Run

_NOTHING = 0.5
"""Thousandths of the size below which a shift is left out."""


def draw(canvas: Any, text: str, runs: tuple[Run, ...], size: float, colour: str, x: float, y: float) -> None:
    """Draw the runs of a line of `text` with their left end at `x` on the baseline `y`, in points from below left."""
    canvas._code.append(_filling(colour))
    for run in runs:
        font = GlyphFont.of(run.face, canvas._doc)
        canvas._code.append(f"BT /{font.name} {size * run.face.scale:.4f} Tf 1 0 0 1 {x:.3f} {y:.3f} Tm")
        canvas._code.extend(_Writer(font, run, size).operators(text))
        canvas._code.append("ET")
        x += run.width * size


class _Writer:
    """The operators of one run at a size in points."""

    def __init__(self, font: GlyphFont, run: Run, size: float) -> None:
        self._font, self._run, self._size = font, run, size

    def operators(self, text: str) -> Iterator[str]:
        """Glyphs with a plain meaning together, others with the characters that they stand for (ActualText)."""
        ends = _cluster_ends(self._run)
        plain: list[Glyph] = []
        for cluster, group in groupby(self._run.glyphs, key=lambda glyph: glyph.cluster):
            glyphs = list(group)
            words = text[cluster : ends[cluster]]
            if not words.isascii():
                words = "".join([one for one in words if not is_unseen(one)])
            if len(glyphs) == 1 and self._font.use(glyphs[0].number, words):
                plain += glyphs
                continue
            for glyph in glyphs:
                self._font.use_in(glyph.number, words)
            yield from self._shown(plain)
            plain = []
            yield f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC"
            yield from self._shown(glyphs)
            yield "EMC"
        yield from self._shown(plain)

    def _shown(self, glyphs: list[Glyph]) -> Iterator[str]:
        """The glyphs, moved where the face moves them: TJ along the line, Ts above and below."""
        per_em = 1000 / self._run.face.scale
        for rise, group in groupby(glyphs, key=lambda glyph: glyph.dy):
            parts: list[str] = []
            for glyph in group:
                after = self._font.width(glyph.number) - (glyph.advance - glyph.dx) * per_em
                parts += [_move(-glyph.dx * per_em), f"<{glyph.number:04X}>", _move(after)]
            shown = "[" + "".join(parts).replace("><", "") + "] TJ"
            yield f"{rise * self._size:.3f} Ts {shown} 0 Ts" if rise else shown


@lru_cache(maxsize=64)
def _filling(colour: str) -> str:
    """The operator that sets the colour of letters, from "#rrggbb"."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.4g}" for place in (1, 3, 5)) + " rg"


def _move(thousandths: float) -> str:
    """A shift back along the line, "" if nobody would see it."""
    return f" {thousandths:.1f} " if abs(thousandths) > _NOTHING else ""


def _cluster_ends(run: Run) -> dict[int, int]:
    """Where the characters of each cluster end."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    return dict(zip(starts, [*starts[1:], run.end], strict=False))  # a run of marks alone has no glyph
