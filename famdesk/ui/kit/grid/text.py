"""Text that fits: cut at the right with an ellipsis or wrapped between words, shaped once and kept."""

from __future__ import annotations

from itertools import takewhile
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTextLayout, QTextOption, QTransform

_MOST: Final = 8000
"""Kept texts; more than a screen can show, so that the oldest may go all at once."""


class Texts:
    """Prepared lines of text by content, font and width in logical pixels."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str, int], QStaticText | None] = {}
        self._blocks: dict[tuple[str, str, int, int], tuple[QStaticText, ...]] = {}
        self._fonts: dict[str, tuple[QFont, QFontMetricsF]] = {}

    def set_font(self, name: str, font: QFont) -> None:
        """Give a font a short name; forgets what was prepared with another one."""
        self._fonts[name] = (font, QFontMetricsF(font))
        self._lines.clear()
        self._blocks.clear()

    def font(self, name: str) -> QFont:
        """The font of that name."""
        return self._fonts[name][0]

    def width(self, text: str, font: str) -> float:
        """How wide the text would be."""
        return self._fonts[font][1].horizontalAdvance(text)

    def line(self, text: str, font: str, width: float) -> QStaticText | None:
        """One line, cut if need be; None if there is no room for a letter."""
        key = (text, font, int(width))
        if key not in self._lines:
            if len(self._lines) > _MOST:
                self._lines.clear()
            self._lines[key] = self._cut(text, font, int(width))
        return self._lines[key]

    def block(self, text: str, font: str, width: float, most: int) -> tuple[QStaticText, ...]:
        """At most `most` lines, the last one cut if need be; empty if there is no room for a letter."""
        key = (text, font, int(width), most)
        if key not in self._blocks:
            if len(self._blocks) > _MOST:
                self._blocks.clear()
            lines = [self.line(part, font, width) for part in self._wrapped(" ".join(text.split()), font, width, most)]
            self._blocks[key] = tuple(line for line in takewhile(lambda line: line is not None, lines) if line)
        return self._blocks[key]

    def _cut(self, text: str, font: str, width: int) -> QStaticText | None:
        face, metrics = self._fonts[font]
        fitting = " ".join(text.split())
        if metrics.horizontalAdvance(fitting) > width:
            fitting = metrics.elidedText(fitting, Qt.TextElideMode.ElideRight, width)
            if fitting in {"", "…"} or metrics.horizontalAdvance(fitting) > width + 1:
                return None
        return _static(fitting, face)

    def _wrapped(self, text: str, font: str, width: float, most: int) -> list[str]:
        face, metrics = self._fonts[font]
        if most <= 1 or metrics.horizontalAdvance(text) <= width:
            return [text]
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        layout = QTextLayout(text, face)
        layout.setTextOption(option)
        starts: list[int] = []
        layout.beginLayout()
        while len(starts) < most and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(text)]
        return [text[start:end].rstrip() for start, end in zip(starts, ends, strict=True)]


def _static(text: str, font: QFont) -> QStaticText:
    static = QStaticText(text)
    static.setTextFormat(Qt.TextFormat.PlainText)
    static.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    static.prepare(QTransform(), font)
    return static
