"""Fonts, colours and measures of the grid, all from the widget's font and the theme."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QFont, QFontMetricsF

from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Tone, mixed
from famdesk.ui.kit.grid.model import BoxTone

_TIGHT: Final = 0.92
"""Distance of lines in a box over the font's own, which leaves room for accents upon accents."""
HOUR_LINES: Final = 3.0
"""Lines of text in an hour at 100 % zoom."""


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of one tone of box: edge, ground, hatching, title and second line."""

    edge: str
    ground: str
    hatch: str
    title: str
    text: str


class Style:
    """All that drawing needs to know, made anew when the font, the palette or the scale changes."""

    def __init__(self, font: QFont) -> None:
        self.colours = theme.current()
        self.body = _figures(font)
        self.body_bold = _figures(font, bold=True)
        self.text = _figures(font, theme.SMALL)
        self.title = _figures(font, theme.SMALL, bold=True)
        self.small = _figures(font, theme.SMALL * 0.95)
        self.small_bold = _figures(font, theme.SMALL * 0.95, bold=True)
        self.line = float(math.ceil(QFontMetricsF(self.title).height() * _TIGHT))
        self.small_line = _height(self.small)
        self.body_line = _height(self.body_bold)
        self.em = QFontMetricsF(self.body).height() / 4
        """A quarter of a line, the unit of all distances: 4 px at 100 %."""
        self.gutter = QFontMetricsF(self.body_bold).horizontalAdvance("00:00") + 4 * self.em
        self.hour = self.line * HOUR_LINES
        self.least = self.line
        self.edge = max(3.0, round(self.em * 0.8))
        self.pad = 2 * self.em
        self.icon = round(self.small_line * 0.9)
        self.column = QFontMetricsF(self.body).averageCharWidth() * 13
        self.inks = {tone: self._ink(tone) for tone in ("A", "B", "C", "plain", "busy")}

    def ink(self, tone: BoxTone) -> Ink:
        """The colours of a tone."""
        return self.inks[tone]

    def _ink(self, tone: str) -> Ink:
        table = self.colours
        tones = {"A": table.a, "B": table.b, "C": table.c, "busy": table.busy}
        pair = tones.get(tone, Tone(table.second, mixed(table.second, table.card, 0.1)))
        return Ink(pair.text, pair.tint, mixed(pair.text, pair.tint, 0.12), table.text, table.second)


def _figures(font: QFont, share: float = 1.0, bold: bool = False) -> QFont:
    """The font at a share of its size, with figures of one width so that times stand in line."""
    made = QFont(font)
    if font.pixelSize() > 0:
        made.setPixelSize(max(1, round(font.pixelSize() * share)))
    else:
        made.setPointSizeF(font.pointSizeF() * share)
    made.setBold(bold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def _height(font: QFont) -> float:
    return float(math.ceil(QFontMetricsF(font).height()))
