"""A paragraph as shapes: levels, items, widths, and the glyphs of a line. All lengths are in em.

What is shaped does not depend on the size, so trying smaller sizes costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import Any, NamedTuple

from famdesk.sheets.engine import bidi
from famdesk.sheets.engine.faces import LATIN, Face, Item, face, itemise
from famdesk.sheets.engine.words import Word, word, words

_FEW = 1024


class Glyph(NamedTuple):
    """A shape: its number in the face, how far it moves on, how far it is drawn from there, and its cluster.

    `cluster` is the index of the first character that it stands for.
    """

    number: int
    advance: float
    dx: float
    dy: float
    cluster: int


class Run(NamedTuple):
    """Glyphs of one face from left to right, for the characters from `start` to before `end`."""

    face: Face
    start: int
    end: int
    level: int
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        return sum(glyph.advance for glyph in self.glyphs)


class WordRun(NamedTuple):
    """As `Run`, put together from words, with a blank between each two."""

    face: Face
    start: int
    end: int
    words: tuple[Word, ...]
    width: float
    level: int = 0

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        """Each glyph with its place in the text."""
        blank = _blank(self.words, self.face.bold)
        parts = [self.words[0], *[part for one in self.words[1:] for part in (blank, one)]]
        numbers = chain.from_iterable([part.glyphs for part in parts])
        advances = chain.from_iterable([part.advances for part in parts])
        places = enumerate(zip(numbers, advances, strict=True), start=self.start)
        found = [Glyph(number, advance, 0.0, 0.0, place) for place, (number, advance) in places]
        return tuple(found)


class _Shape(NamedTuple):
    """What is known of each character: levels, what is shaped together, and the width of all up to it."""

    levels: bidi.Levels
    items: tuple[Item, ...]
    ends: tuple[float, ...]


class Paragraph:
    """A text in one weight, ready to be broken into lines. `em` is its width on one line; `spread` how much more room
    its lines need than those in Latin script; `words` are there if it is put together from them."""

    __slots__ = ("_shape", "bold", "em", "spread", "text", "words")

    def __init__(self, text: str, bold: bool, words: tuple[Word, ...], shape: _Shape | None = None) -> None:
        """Either from its words or as it was shaped."""
        self.text, self.bold, self.words, self._shape = text, bold, words, shape
        self.spread = 1.0
        if shape is None:
            self.em = sum([one.width for one in words]) + _blank(words, bold).width * (len(words) - 1)
        else:
            self.em = shape.ends[-1]
            self.spread = max([item.face.spread for item in shape.items], default=1.0)

    @property
    def shape(self) -> _Shape:
        """What is known of each character; of words only when somebody asks."""
        if self._shape is None:
            self._shape = _of_words(self.text, self.bold, self.words)
        return self._shape

    @property
    def levels(self) -> bidi.Levels:
        """The level of every character."""
        return self.shape.levels

    @property
    def items(self) -> tuple[Item, ...]:
        """What is shaped together."""
        return self.shape.items

    @property
    def from_right(self) -> bool:
        """Whether it is read from right to left."""
        return not self.words and self.levels.base == 1

    @property
    def plain(self) -> bool:
        """Whether all of it runs from left to right."""
        return bool(self.words) or self.levels.plain

    def width(self, start: int, end: int) -> float:
        """The width of some characters, as they are set in the whole paragraph."""
        if start == 0 and end == len(self.text):
            return self.em
        return self.shape.ends[end] - self.shape.ends[start]


@lru_cache(maxsize=_FEW)
def paragraph(text: str, bold: bool, base: int | None = None) -> Paragraph:
    """The shaped paragraph; `base` 0 or 1 fixes its direction, None: as its first letter says."""
    found = words(text, bold) if text and base != 1 else None
    if found is not None:
        return Paragraph(text, bold, found)
    levels = bidi.levels(text, base)
    items = tuple(itemise(text, levels.of, bold=bold))
    advances = [0.0] * len(text)
    for item in items:
        for glyph in _shaped(text, item, item.start, item.end):
            advances[glyph.cluster] += glyph.advance
    return Paragraph(text, bold, (), _Shape(levels, items, (0.0, *accumulate(advances))))


def _of_words(text: str, bold: bool, found: tuple[Word, ...]) -> _Shape:
    item = Item(0, len(text), face(LATIN, bold), "Latn", 0)
    blank = _blank(found, bold)
    advances = list(found[0].advances)
    for one in found[1:]:
        advances += blank.advances
        advances += one.advances
    return _Shape(bidi.Levels(0, (0,) * len(text)), (item,), (0.0, *accumulate(advances)))


def _blank(found: tuple[Word, ...], bold: bool) -> Word:
    """What stands between words; where there is but one, nothing does."""
    return (word(" ", bold) if len(found) > 1 else None) or found[0]


def runs(whole: Paragraph, start: int, end: int) -> tuple[Run | WordRun, ...]:
    """The runs of a line of the paragraph, in the order in which they stand from left to right."""
    if whole.words:
        part = whole.words if end - start == len(whole.text) else words(whole.text[start:end], whole.bold)
        if part is not None:
            width = whole.width(start, end)
            return (WordRun(face(LATIN, whole.bold), start, end, part, width),) if start < end else ()
    return shaped_runs(whole, start, end)


@lru_cache(maxsize=_FEW)
def shaped_runs(whole: Paragraph, start: int, end: int) -> tuple[Run | WordRun, ...]:
    """As `runs`, of what is not put together from words."""
    levels = bidi.line_levels(whole.text, whole.levels, start, end)
    parts: list[tuple[Item, int, int, int]] = []
    for item in whole.items:
        first, last = max(item.start, start), min(item.end, end)
        parts += [(item, *span) for span in _same_level(levels, start, first, last)]
    order = bidi.visual([level for _item, _first, _last, level in parts])
    found = []
    for place in order:
        item, first, last, level = parts[place]
        glyphs = _shaped(whole.text, Item(first, last, item.face, item.script, level), first, last)
        found.append(Run(item.face, first, last, level, tuple(glyphs)))
    return tuple(found)


def _same_level(levels: Sequence[int], offset: int, first: int, last: int) -> list[tuple[int, int, int]]:
    """Stretches of one level from `first` to before `last`: at the end of a line it may change within an item."""
    found: list[tuple[int, int, int]] = []
    for index in range(first, last):
        level = levels[index - offset]
        if found and found[-1][2] == level:
            found[-1] = (found[-1][0], index + 1, level)
        else:
            found.append((index, index + 1, level))
    return found


def _shaped(text: str, item: Item, start: int, end: int) -> list[Glyph]:
    """The glyphs of an item from left to right; what stands around it is seen, so that letters join."""
    import uharfbuzz as hb

    if start >= end:
        return []
    buffer = hb.Buffer()
    buffer.add_codepoints([ord(character) for character in text], item_offset=start, item_length=end - start)
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.flags = _flags(hb, text, start, end)
    buffer.direction = "rtl" if item.level % 2 else "ltr"
    buffer.script = item.script or "Latn"
    hb.shape(item.face.hb_font, buffer, {"kern": True, "liga": True})
    unit = item.face.scale / item.face.upem
    return [
        Glyph(info.codepoint, place.x_advance * unit, place.x_offset * unit, place.y_offset * unit, info.cluster)
        for info, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True)
    ]


def _flags(hb: Any, text: str, start: int, end: int) -> Any:
    """Marks of direction and joining leave no glyph; what begins or ends the text is told."""
    flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    if start == 0:
        flags |= hb.BufferFlags.BOT
    if end == len(text):
        flags |= hb.BufferFlags.EOT
    return flags
