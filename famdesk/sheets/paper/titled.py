"""Parts over as many pages as they need; the title and its sentence come again on each: copies and registers."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from famdesk.sheets.paper import layout, letterhead
from famdesk.sheets.paper.layout import Section
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import MARGIN, PRIMARY, SMALL, TITLE
from famdesk.sheets.paper.text import wrap

_ROOM = Paper.A4.width - 2 * MARGIN
_TOP, _HEAD, _FOOT = 34.0, 104.0, 56.0


@dataclass(frozen=True, slots=True)
class Titled:
    """What stands around the parts: `sentence` under the title, `note` at the foot of each page ("": none)."""

    title: str
    sentence: str
    note: str = ""


def titled(content: Titled, sections: Sequence[Section]) -> bytes:
    """The parts as PDF (A4) made for archives, under the name of the sheet.

    Raises:
        DoesNotFit: the title or the sentence is too long.
        NotInFont: a character cannot be printed.
    """
    header, footer = letterhead.header(_ROOM), letterhead.footer(_ROOM)
    title = wrap(content.title, TITLE.coloured(PRIMARY), _ROOM)
    sentence = wrap(content.sentence, SMALL.scaled(1.1), _ROOM)
    head = max(_HEAD, _TOP + title.height + sentence.height + 14)

    def room(number: int) -> float:
        return Paper.A4.height - head - _FOOT - footer.height - (header.height if number == 1 else 0)

    def painter(body: layout.Page) -> Painter:
        def paint(pen: Pen, folio: Folio) -> None:
            first, last = folio.number == 1, folio.number == folio.total
            down = header.height if first else 0.0
            if first:
                header.paint(pen, MARGIN, _TOP - 4)
            with nullcontext() if first else pen.aside():
                pen.lines(title, MARGIN, _TOP + down)
                pen.lines(sentence, MARGIN, _TOP + down + title.height + 2)
            layout.paint(body, pen, head + down)
            y = pen.height - _FOOT - footer.height + 14
            with nullcontext() if last else pen.aside():
                if content.note:
                    pen.line(content.note, SMALL, MARGIN, y, room=_ROOM * 0.6)
                footer.paint(pen, MARGIN, y + SMALL.line + 2)
            with pen.aside():
                pen.line(folio.sentence(), SMALL, MARGIN + _ROOM, y, room=_ROOM * 0.35, align="right")

        return paint

    return build([painter(body) for body in layout.flow(sections, room)], Paper.A4, content.title, archived=True)
