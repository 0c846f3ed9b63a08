"""A line of text into the content of a page: glyph numbers with their places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from famdesk.sheets.engine.faces import LATIN, face, is_unseen
from famdesk.sheets.engine.paths import filling
from famdesk.sheets.engine.pdf_font import GlyphFont
from famdesk.sheets.engine.shaping import Glyph, Run, WordRun
from famdesk.sheets.engine.words import Word

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

_NOTHING = 0.5
"""Thousandths of the size below which a shift is left out."""


def saying(words: str) -> str:
    """The operator that begins what stands for these words (ISO 32000-1, 14.9.4); "EMC" ends it."""
    return f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC"


def draw(canvas: BareCanvas, text: str, runs: Sequence[Run | WordRun], size: float, colour: str, x: float, y: float,
         *, spelled: bool = True) -> None:  # fmt: skip
    """Draw the runs of a line of `text` with their left end at `x` on the baseline `y`, in points from below left.

    Not `spelled`: what the glyphs stand for is said around them.
    """
    code = canvas.code
    code.append(filling(colour))
    for run in runs:
        font = GlyphFont.of(run.face, canvas)
        if isinstance(run, WordRun) and font.use_words(run.words):
            code.append(_line(font, run.words, size, x, y))
            x += run.width * size
            continue
        code.append(f"{_begins(font.name, size * run.face.scale)} {x:.3f} {y:.3f} Tm")
        code.extend(_Writer(font, run, size, spelled=spelled).operators(text))
        code.append("ET")
        x += run.width * size


def line(canvas: BareCanvas, words: tuple[Word, ...], bold: bool, size: float, colour: str, x: float,
         y: float) -> str:  # fmt: skip
    """The operators of a line of words, as `draw` would write them; "" if they have to be said beside the glyphs."""
    font = GlyphFont.of(face(LATIN, bold), canvas)
    return f"{filling(colour)}\n{_line(font, words, size, x, y)}" if font.use_words(words) else ""


def _line(font: GlyphFont, words: tuple[Word, ...], size: float, x: float, y: float) -> str:
    shown = font.blank.join([one.shown for one in words]).replace("><", "")
    return f"{_begins(font.name, size)} {x:.3f} {y:.3f} Tm [{shown}] TJ ET"


@lru_cache(maxsize=64)
def _begins(font: str, size: float) -> str:
    return f"BT /{font} {size:.4f} Tf 1 0 0 1"


class _Writer:
    """The operators of one run at a size in points."""

    def __init__(self, font: GlyphFont, run: Run | WordRun, size: float, *, spelled: bool) -> None:
        self._glyphs = run.glyphs
        self._font, self._run, self._size, self._spelled = font, run, size, spelled

    def operators(self, text: str) -> Iterator[str]:
        """Glyphs with a plain meaning together, others with the characters that they stand for (ActualText)."""
        for glyphs, words in self._pieces(text):
            if not words:
                yield from self._shown(glyphs)
                continue
            yield saying(words)
            yield from self._framed(glyphs)
            yield "EMC"

    def _pieces(self, text: str) -> list[tuple[list[Glyph], str]]:
        """Glyphs with what they stand for, "" where the map of the font says it."""
        found: list[tuple[list[Glyph], str]] = []
        ends = _cluster_ends(self._run)
        for cluster, group in groupby(self._glyphs, key=lambda glyph: glyph.cluster):
            glyphs = list(group)
            words = text[cluster : ends[cluster]]
            if not words.isascii():
                words = "".join([one for one in words if not is_unseen(one)])
            if not self._plain(glyphs, words) and self._spelled:
                blank = len(found) > 1 and not found[-1][1] and self._lone(text, found[-1][0])
                if blank and self._run.level % 2 == 0:
                    # Some readers lose a blank that stands alone between two such pieces.
                    alone = found.pop()[0]
                    found[-1] = found[-1][0] + alone, found[-1][1] + " "
                found.append((glyphs, words))
            elif found and not found[-1][1]:
                found[-1] = found[-1][0] + glyphs, ""
            else:
                found.append((glyphs, ""))
        return found

    def _plain(self, glyphs: list[Glyph], words: str) -> bool:
        """Note that glyphs are drawn for words; whether the map of the font will say just that."""
        if len(glyphs) == 1 and self._font.use(glyphs[0].number, words):
            return True
        for glyph in glyphs:
            self._font.use_in(glyph.number, words)
        return False

    @staticmethod
    def _lone(text: str, glyphs: list[Glyph]) -> bool:
        return len(glyphs) == 1 and text[glyphs[0].cluster] == " "

    def _framed(self, glyphs: list[Glyph]) -> Iterator[str]:
        """The glyphs, with a blank where a mark without a width of its own is the first or the last.

        Readers take the piece to reach from the first glyph to the last; from the middle of a letter on they would
        see a gap, and part the word there.
        """
        blank = self._font.face.hb_font.get_nominal_glyph(ord(" "))
        wide = self._font.width(blank)
        self._font.use(blank, " ")
        if not glyphs[0].advance:
            yield f"[<{blank:04X}> {wide}] TJ"
        yield from self._shown(glyphs)
        if not glyphs[-1].advance:
            yield f"[{wide} <{blank:04X}>] TJ"

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


def _move(thousandths: float) -> str:
    """A shift back along the line, "" if nobody would see it."""
    return f" {thousandths:.1f} " if abs(thousandths) > _NOTHING else ""


def _cluster_ends(run: Run | WordRun) -> dict[int, int]:
    """Where the characters of each cluster end."""
    starts = sorted({glyph.cluster for glyph in run.glyphs})
    return dict(zip(starts, [*starts[1:], run.end], strict=False))  # a run of marks alone has no glyph
