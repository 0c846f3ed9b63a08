"""Letters to families: text written at the desk, folded into an envelope with a window, or into one without.

A letter lies about at home, and its envelope is read by the postman. Where the safe-contact rule asks for it, nothing
on it tells the centre: no name, no logo, no street.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from famdesk.domain.post.letters import C5, DL, LEFT, NONE, RIGHT
from famdesk.domain.progress import Progress
from famdesk.i18n import _, formats, from_right, using
from famdesk.sheets.paper import layout, letterhead
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, HAIRLINE, MM, SECOND, SMALL, Style, enlarged
from famdesk.sheets.paper.text import Lines, fit, one_line, wrap

_SIDE, _TOP, _HEADER, _FOOTER = 25 * MM, 20 * MM, 11 * MM, 10 * MM
_ROOM = Paper.A4.width - _SIDE - 20 * MM
_TEXT_TOP = 108 * MM
_FOOT = 22 * MM
_BETWEEN = 4 * MM
_LINES_A_BLOCK = 3
_FOLDS = {DL: (99 * MM, 198 * MM), C5: (148.5 * MM,)}
_SENDER = Style(10, colour=SECOND, leading=1.35, floor=0.8)
_NAME = Style(12, bold=True, leading=1.3, floor=0.7)
_ADDRESS = Style(11.5, leading=1.3, floor=0.7)
_SUBJECT = Style(13, bold=True, leading=1.4, role="H1")
_TEXT = Style(12, leading=1.45, floor=0.8)
_LARGE = 1.35


@dataclass(frozen=True, slots=True)
class _Window:
    """Where the window shows the paper, and where the sender has room beside it."""

    x: float
    y: float
    width: float
    height: float
    sender_x: float


_WINDOWS = {
    # Of Italian envelopes, in the right half; the same place serves those that are folded once.
    RIGHT: _Window(110 * MM, 52 * MM, 80 * MM, 34 * MM, _SIDE),
    # Of German ones, as in South Tyrol. Source: DIN 5008, form B.
    LEFT: _Window(25 * MM, 50 * MM, 80 * MM, 36 * MM, 125 * MM),
}
_WINDOWS[NONE] = _WINDOWS[RIGHT]


@dataclass(frozen=True, slots=True)
class OneLetter:
    """A letter. `address` in lines, as it stands in the window; `sender` its lines above, none where nothing may tell
    the centre; `text` with paragraphs between blank lines; `language` of the reader; `shown`: with header, logo and
    footer of the centre."""

    name: str
    address: str
    sender: tuple[str, ...]
    subject: str
    text: str
    language: str
    shown: bool = True


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """Letters in the order of printing, all written on `day`; `envelope` and `window` are codes of domain.letters."""

    letters: tuple[OneLetter, ...]
    day: date
    envelope: str = DL
    window: str = RIGHT
    large_print: bool = False


@naming
@enlarged(1.0)
def render(content: LetterSheet, progress: Progress | None = None) -> bytes:
    """The letters as PDF (A4), each in the language of its reader; `progress` is told how far they are.

    Raises:
        Stopped: somebody does not want them any more.
        DoesNotFit: a name or an address is too long for the window.
        NotInFont: a character cannot be printed.
    """
    told, count, pages = progress or Progress(), len(content.letters), list[Painter]()
    for number, letter in enumerate(content.letters):
        told.step(number, 2 * count)
        pages += _pages(letter, content)
    painters = [partial(_telling, told, page, number, len(pages)) for number, page in enumerate(pages)]
    return build(painters, Paper.A4, _("Letter"), fixed=True)


def _telling(progress: Progress, paint: Painter, number: int, count: int, pen: Pen, folio: Folio) -> None:
    """Paints a page in the second half of the work."""
    progress.step(count + number, 2 * count)
    paint(pen, folio)


def _pages(letter: OneLetter, content: LetterSheet) -> list[Painter]:
    with using(letter.language):
        first = _measured(letter, content)
        scale = _LARGE if content.large_print else 1.0
        paragraphs = [part.strip() for part in letter.text.split("\n\n") if part.strip()]
        blocks = [block for part in paragraphs for block in _blocks(part, scale)]
        if letter.subject:
            blocks.insert(0, _subject(letter.subject, scale))
        bodies = layout.pages(blocks, lambda page: Paper.A4.height - (_TEXT_TOP if page == 1 else _TOP) - _FOOT)
    return [partial(_paint, letter.language, first if place == 0 else None, body, place + 1, len(bodies))
            for place, body in enumerate(bodies)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _First:
    """What stands above the text of the first page."""

    window: _Window
    folds: tuple[float, ...]
    sender: Lines | None
    name: Lines
    address: Lines
    day: Lines
    header: Part
    footer: Part


def _measured(letter: OneLetter, content: LetterSheet) -> _First:
    window = _WINDOWS[content.window]
    name = fit(letter.name, _NAME, window.width, window.height / 3)
    sender = "\n".join(letter.sender)
    return _First(
        window, _FOLDS[content.envelope], wrap(sender, _SENDER, 78 * MM) if sender else None, name,
        fit(letter.address, _ADDRESS, window.width, window.height - name.height),
        one_line(formats.date_long(content.day), BODY, 80 * MM),
        letterhead.header(_ROOM, tall=34, shown=letter.shown), letterhead.footer(_ROOM, shown=letter.shown),
    )  # fmt: skip


def _subject(text: str, scale: float) -> Block:
    lines = wrap(text, _SUBJECT.scaled(scale), _ROOM)
    return Block(lines.height + 4 * MM, partial(_paint_lines, lines, from_right()), text, keep=True)


def _blocks(paragraph: str, scale: float) -> list[Block]:
    """A paragraph in blocks of some lines, so that it may go over a page's end; it stays one for who has it read."""
    lines = wrap(paragraph, _TEXT.scaled(scale), _ROOM)
    key, turned, found = object(), from_right(), list[Block]()
    for start in range(0, len(lines.lines), _LINES_A_BLOCK):
        part = lines.part(start, start + _LINES_A_BLOCK)
        last = start + _LINES_A_BLOCK >= len(lines.lines)
        height = part.height + (_BETWEEN if last else 0)
        found.append(Block(height, partial(_paint_part, part, turned, key), paragraph[:40]))
    return found


def _paint_part(lines: Lines, turned: bool, key: object, pen: Pen, y: float) -> None:
    with pen.element("Sect", key=key):
        _paint_lines(lines, turned, pen, y)


def _paint_lines(lines: Lines, turned: bool, pen: Pen, y: float) -> None:
    """Text that is read from the right begins there; the window stays where it is."""
    pen.lines(lines, _SIDE + _ROOM if turned else _SIDE, y, align="right" if turned else "left")


def _paint(
    language: str, first: _First | None, body: Sequence[Block], number: int, total: int, pen: Pen, _folio: Folio
) -> None:
    with using(language), pen.element("Sect", language=language):
        if first is not None:
            _paint_first(first, pen)
        layout.paint(list(body), pen, _TOP if first is None else _TEXT_TOP)
    if total > 1:
        with using(language), pen.aside():
            pen.line(Folio(number, total).sentence(), SMALL, _SIDE + _ROOM, pen.height - 16 * MM, room=_ROOM / 2,
                     align="right")  # fmt: skip


def _paint_first(first: _First, pen: Pen) -> None:
    window = first.window
    first.header.paint(pen, _SIDE, _HEADER)
    if first.sender is not None:
        pen.lines(first.sender, window.sender_x, max(_TOP, _HEADER + first.header.height))
    pen.lines(first.name, window.x, window.y)
    pen.lines(first.address, window.x, window.y + first.name.height)
    pen.lines(first.day, 110 * MM if window.x > 100 * MM else 125 * MM, _TEXT_TOP - 12 * MM)
    for fold in first.folds:
        pen.rule(5 * MM, fold, 4 * MM, HAIRLINE)
    first.footer.paint(pen, _SIDE, pen.height - _FOOTER - first.footer.height)
