"""Lines to sign on, for sheets that two people answer for."""

from __future__ import annotations

from collections.abc import Sequence

from famdesk.i18n import _
from famdesk.sheets.paper.columns import LEFT, width
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import BODY, SECOND, SECTION, SMALL
from famdesk.sheets.paper.text import wrap

_TALL = 46.0


def paragraphs(title: str, texts: Sequence[str]) -> tuple[Block, ...]:
    """A heading and what stands below it."""
    head = wrap(title, SECTION, width())
    blocks = [Block(head.height + 16, lambda pen, y: pen.lines(head, LEFT, y + 12), title, keep=True)]
    return (*blocks, *(_paragraph(text) for text in texts))


def signatures(title: str, who: Sequence[str]) -> tuple[Block, ...]:
    """A heading and for each a line for name, signature and day, to be filled in by hand."""
    head = wrap(title, SECTION, width())
    blocks = [Block(head.height + 16, lambda pen, y: pen.lines(head, LEFT, y + 12), title, keep=True)]
    return (*blocks, *(_line(one) for one in who))


def _paragraph(text: str) -> Block:
    lines = wrap(text, BODY.scaled(0.95), width())
    return Block(lines.height + 5, lambda pen, y: pen.lines(lines, LEFT, y), text)


def _line(who: str) -> Block:
    parts = ((0.0, 0.42, who), (0.45, 0.35, _("Signature")), (0.83, 0.17, _("Day")))
    room = width()
    labels = [wrap(text, SMALL, room * share) for _start, share, text in parts]

    def paint(pen: Pen, y: float) -> None:
        for (start, share, _text), lines in zip(parts, labels, strict=True):
            pen.rule(LEFT + start * room, y + _TALL - 14, room * share, SECOND, weight=0.5)
            pen.lines(lines, LEFT + start * room, y + _TALL - 11)

    return Block(_TALL + max(lines.height for lines in labels), paint, who)
