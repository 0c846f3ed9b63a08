"""Headings and labelled fields for sheets that tell records in words."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.page import Paper, Pen
from famdesk.sheets.paper.style import BODY, HAIRLINE, MARGIN, PRIMARY, SECTION, SMALL
from famdesk.sheets.paper.text import Lines, wrap

_ROOM = Paper.A4.width - 2 * MARGIN
_LABEL = 150.0
_TEXT = BODY.scaled(0.95)
_LINES_A_BLOCK = 12


def heading(title: str, *, again: bool = False) -> Block:
    """A heading that stays with what follows; `again`: of a section that goes on."""
    lines = wrap(title, SECTION.coloured(PRIMARY), _ROOM)

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again else nullcontext():
            pen.lines(lines, MARGIN, y + 14)

    return Block(lines.height + 22, paint, title, keep=True)


def field_blocks(entry: Sequence[tuple[str, str]]) -> list[Block]:
    """A block for each pair of name and value; a long value is parted, so that it may go over a page's end.

    Together they are one list, to who has it read aloud.
    """
    blocks, listed = [], object()
    for label, value in entry:
        place = _Place(listed, object())
        name = wrap(label, SMALL, _LABEL - 12)
        lines = wrap(value, _TEXT, _ROOM - _LABEL)
        for start in range(0, max(1, len(lines.lines)), _LINES_A_BLOCK):
            part = lines.part(start, start + _LINES_A_BLOCK)
            first = name if start == 0 else None
            height = max(part.height, name.height) + 2
            blocks.append(Block(height, partial(_paint_field, place, first, part), label))
    return blocks


def gap() -> Block:
    """A hairline with room around it."""
    return Block(10, lambda pen, y: pen.rule(MARGIN, y + 5, _ROOM, HAIRLINE))


@dataclass(frozen=True, slots=True)
class _Place:
    """Keys of the list and of the item in it to which a block belongs."""

    listed: object
    item: object


def _paint_field(place: _Place, name: Lines | None, value: Lines, pen: Pen, y: float) -> None:
    with pen.items(place.listed), pen.item(place.item):
        if name is not None:
            with pen.label():
                pen.lines(name, MARGIN, y + 2)
        with pen.body(place.item):
            pen.lines(value, MARGIN + _LABEL, y)
