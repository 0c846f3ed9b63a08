"""Headings and labelled fields for sheets that tell records in words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from famdesk.sheets.layout import Block
from famdesk.sheets.page import Paper, Pen
from famdesk.sheets.style import BODY, HAIRLINE, MARGIN, PRIMARY, SECTION, SMALL
from famdesk.sheets.text import Lines, wrap

_ROOM = Paper.A4.width - 2 * MARGIN
_LABEL = 150.0
_TEXT = BODY.scaled(0.95)
_LINES_A_BLOCK = 40


def heading(title: str) -> Block:
    """A heading that stays with what follows."""
    lines = wrap(title, SECTION.coloured(PRIMARY), _ROOM)
    return Block(lines.height + 22, lambda pen, y: pen.lines(lines, MARGIN, y + 14), title, keep=True)


def field_blocks(entry: Sequence[tuple[str, str]]) -> list[Block]:
    """A block for each pair of name and value; a long value is parted, so that it may go over a page's end."""
    blocks = []
    for label, value in entry:
        name = wrap(label, SMALL, _LABEL - 12)
        lines = wrap(value, _TEXT, _ROOM - _LABEL)
        for start in range(0, max(1, len(lines.lines)), _LINES_A_BLOCK):
            part = lines.part(start, start + _LINES_A_BLOCK)
            first = name if start == 0 else None
            height = max(part.height, name.height) + 2
            blocks.append(Block(height, partial(_paint_field, first, part), label))
    return blocks


def gap() -> Block:
    """A hairline with room around it."""
    return Block(10, lambda pen, y: pen.rule(MARGIN, y + 5, _ROOM, HAIRLINE))


def _paint_field(name: Lines | None, value: Lines, pen: Pen, y: float) -> None:
    if name is not None:
        pen.lines(name, MARGIN, y + 2)
    pen.lines(value, MARGIN + _LABEL, y)
