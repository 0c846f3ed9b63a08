"""Lines with a small icon before them: hours, places, numbers, as items of a list."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import PRIMARY
from famdesk.sheets.paper.text import Lines

BESIDE = 17.0
"""How far the text stands from the edge of its icon, in points."""
_GAP = 1.0


@dataclass(frozen=True, slots=True)
class IconLine:
    """A text with its icon; `link` is an address to which it leads, `said` its language if not that of the sheet."""

    strokes: Strokes
    lines: Lines
    link: str = ""
    said: str | None = None


def height(facts: Sequence[IconLine]) -> float:
    """Height of the lines, one below the other, in points."""
    return sum(fact.lines.height + _GAP for fact in facts)


def paint(pen: Pen, facts: Sequence[IconLine], x: float, y: float) -> None:
    """Paint the lines as one list with its corner at `x`, `y`."""
    with pen.items() if facts else nullcontext():
        for fact in facts:
            size = min(fact.lines.style.size, BESIDE - 5)
            pen.outline(fact.strokes, x, y + (fact.lines.pitch - size) / 2, size, PRIMARY, 0.9)
            with pen.item(), pen.body():
                pen.lines(fact.lines, x + BESIDE, y, link=fact.link, language=fact.said)
            y += fact.lines.height + _GAP
