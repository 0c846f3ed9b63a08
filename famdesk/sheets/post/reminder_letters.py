"""Letters that remind of an appointment: one page each, folded into an envelope with a window on the right.

A letter may lie about at home: it says when and where, and never why. Where the safe-contact rule asks for it, nothing
on it tells the centre, and the sender is a street or nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from famdesk.i18n import _, formats, from_right, using
from famdesk.sheets.paper import letterhead
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, HAIRLINE, MM, SECOND, Style, enlarged
from famdesk.sheets.paper.text import Lines, fit, one_line, wrap
from famdesk.usecases.post.reminder_rows import Letter
from famdesk.usecases.post.reminder_text import paragraphs, subject

LEFT, TOP = 25 * MM, 20 * MM
ROOM = Paper.A4.width - LEFT - 20 * MM
WINDOW_LEFT, WINDOW_TOP = 110 * MM, 52 * MM
WINDOW_WIDTH, WINDOW_HEIGHT = 80 * MM, 34 * MM
TEXT_TOP = 108 * MM
_FOLD = 99 * MM
_HEADER, _FOOTER = 10 * MM, 12 * MM
"""From the upper and the lower edge to the centre's header and footer."""
_SENDER = Style(10, colour=SECOND, leading=1.35, floor=0.8)
_NAME = Style(12, bold=True, leading=1.3, floor=0.7)
_ADDRESS = Style(11.5, leading=1.3, floor=0.7)
_SUBJECT = Style(13, bold=True, leading=1.4, role="H1")
_TEXT = Style(12, leading=1.45, floor=0.8)


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """Letters in the order of printing, all written on `day`. `street` is the sender's where the centre may be told:
    below its name; on the others it stands alone. `left_out`: how many are asked for and get none; it is not printed.
    """

    letters: tuple[Letter, ...]
    day: date
    street: str = ""
    left_out: int = 0


@naming
@enlarged(1.0)
def render(content: LetterSheet) -> bytes:
    """The letters as PDF (A4), each in the language of its reader; one page that says so if there are none.

    Raises:
        DoesNotFit: a name or an address is too long for the window.
        NotInFont: a character cannot be printed.
    """
    pages = [partial(_paint, _measured(letter, content)) for letter in content.letters]
    return build(pages or [_paint_none], Paper.A4, _("Reminder"), fixed=True)


@dataclass(frozen=True, slots=True)
class _Measured:
    language: str
    turned: bool
    sender: Lines | None
    name: Lines
    address: Lines
    day: Lines
    subject: Lines
    parts: tuple[Lines, ...]
    header: Part
    footer: Part


def _measured(letter: Letter, content: LetterSheet) -> _Measured:
    with using(letter.message.language):
        sender = "\n".join(part for part in (letter.message.centre, content.street) if part)
        name = fit(letter.name, _NAME, WINDOW_WIDTH, WINDOW_HEIGHT / 3)
        return _Measured(
            letter.message.language,
            from_right(),
            wrap(sender, _SENDER, 80 * MM) if sender else None,
            name,
            fit(letter.address.replace(", ", "\n"), _ADDRESS, WINDOW_WIDTH, WINDOW_HEIGHT - name.height),
            one_line(formats.date_long(content.day), BODY, WINDOW_WIDTH),
            wrap(subject(letter.message), _SUBJECT, ROOM),
            tuple(wrap(part, _TEXT, ROOM) for part in paragraphs(letter.message)),
            letterhead.header(ROOM, tall=34, shown=bool(letter.message.centre)),
            letterhead.footer(ROOM, shown=bool(letter.message.centre)),
        )


def _paint(letter: _Measured, pen: Pen, _folio: Folio) -> None:
    with pen.element("Sect", language=letter.language):
        _paint_letter(letter, pen)


def _paint_letter(letter: _Measured, pen: Pen) -> None:
    letter.header.paint(pen, LEFT, _HEADER)
    if letter.sender is not None:
        pen.lines(letter.sender, LEFT, max(TOP, _HEADER + letter.header.height))
    pen.lines(letter.name, WINDOW_LEFT, WINDOW_TOP)
    pen.lines(letter.address, WINDOW_LEFT, WINDOW_TOP + letter.name.height)
    pen.lines(letter.day, WINDOW_LEFT, TEXT_TOP - 8 * MM)
    pen.rule(5 * MM, _FOLD, 4 * MM, HAIRLINE)
    y = TEXT_TOP + 4 * MM
    x, align = (LEFT + ROOM, "right") if letter.turned else (LEFT, "left")  # the window stays where it is
    pen.lines(letter.subject, x, y, align=align)
    y += letter.subject.height + 6 * MM
    for part in letter.parts:
        pen.lines(part, x, y, align=align)
        y += part.height + 4 * MM
    letter.footer.paint(pen, LEFT, pen.height - _FOOTER - letter.footer.height)


def _paint_none(pen: Pen, _folio: Folio) -> None:
    pen.lines(wrap(_("No letter is to be written today."), BODY, ROOM), LEFT, TOP)
