"""Letters that tell what came of an application, for an envelope with a window on the right.

The window shows an address and nothing else. A neutral letter does not tell on its outside, nor in its head, who sends
it: for people of whom nobody at home needs to know that they applied.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from famdesk.domain import calls
from famdesk.i18n import _, formats, from_right
from famdesk.sheets import layout, letterhead
from famdesk.sheets.layout import Block
from famdesk.sheets.naming import naming
from famdesk.sheets.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.reminder_letters import (
    LEFT,
    ROOM,
    TEXT_TOP,
    TOP,
    WINDOW_HEIGHT,
    WINDOW_LEFT,
    WINDOW_TOP,
    WINDOW_WIDTH,
)
from famdesk.sheets.style import BODY, HAIRLINE, MM, SECOND, SMALL, Style, enlarged
from famdesk.sheets.text import Lines, fit, one_line, wrap

_FOLD = 99 * MM
_FOOT, _SIGNED = 20 * MM, 24 * MM
_LINES_A_BLOCK = 3
_SENDER = Style(10, colour=SECOND, leading=1.35, floor=0.8)
_NAME = Style(12, bold=True, leading=1.3, floor=0.7)
_ADDRESS = Style(11.5, leading=1.3, floor=0.7)
_SUBJECT = Style(13, bold=True, leading=1.4, role="H1")
_TEXT = Style(12, leading=1.45, floor=0.8)
OUTCOMES = ("funded", "eligible", "unfit", "excluded", "admitted")
"""States of which somebody is told by letter."""


@dataclass(frozen=True, slots=True)
class OutcomeLetter:
    """A letter: to whom, and what came of it. `outcome` is a code of `OUTCOMES`; `neutral`: it does not tell the sender
    in its head. `points`, `rank` and `cents` None: not told."""

    name: str
    address: str
    number: int
    received: datetime
    outcome: str
    reason: str = ""
    points: int | None = None
    rank: int | None = None
    cents: int | None = None
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeLetters:
    """Letters of one call, all written on `day`; `phone` is where questions are answered."""

    centre: str
    call: str
    day: date
    letters: tuple[OutcomeLetter, ...]
    phone: str = ""
    mail: str = ""
    place: str = ""


@naming
@enlarged(1.0)
def render(content: OutcomeLetters) -> bytes:
    """The letters as PDF (A4) in the current language; one page that says so if there are none.

    Raises:
        DoesNotFit: a name or an address is too long for the window.
        NotInFont: a character cannot be printed.
    """
    pages = [page for letter in content.letters for page in _pages(letter, content)]
    return build(pages or [_paint_none], Paper.A4, _("Outcome of a call"), fixed=True)


def paragraphs(letter: OutcomeLetter, content: OutcomeLetters) -> list[str]:
    """What the letter says, paragraph by paragraph."""
    told = [
        _("Your application number {number}, received on {moment}, was looked at.").format(
            number=formats.number(letter.number), moment=calls.moment_text(letter.received)
        ),
        _OUTCOME_WORDS[letter.outcome](),
    ]
    figures = []
    if letter.points is not None:
        figures.append(_("Points: {points}").format(points=calls.points_text(letter.points)))
    if letter.rank is not None:
        figures.append(_("Place in the ranking: {rank}").format(rank=formats.number(letter.rank)))
    if letter.cents is not None and letter.outcome == "funded":
        figures.append(_("Amount: {amount}").format(amount=formats.money(letter.cents)))
    told.append("\n".join(figures))
    told.append(_("Reason: {reason}").format(reason=letter.reason) if letter.reason else "")
    reach = " · ".join(part for part in (content.phone, content.mail) if part)
    told.append(_("For questions and to see the papers: {contact}").format(contact=reach) if reach else "")
    return [part for part in told if part]


_OUTCOME_WORDS = {
    "funded": lambda: _("It was accepted."),
    "eligible": lambda: _("It is suitable, but the places or the money went to others with more points. "
                          "If something becomes free, we will write to you in the order of the ranking."),
    "unfit": lambda: _("It did not reach the least points that the call asks for."),
    "excluded": lambda: _("It could not be admitted to the ranking."),
    "admitted": lambda: _("It was admitted: all papers are there. The ranking follows."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _First:
    """What stands above the text of a letter's first page."""

    sender: Lines | None
    head: letterhead.Part
    name: Lines
    address: Lines
    day: Lines


def _pages(letter: OutcomeLetter, content: OutcomeLetters) -> list[Painter]:
    """The pages of one letter: a long reason goes over to the next, the signature never stands there alone."""
    # Translators: the subject of a letter about a call for applications
    subject = _("Outcome of your application") if letter.neutral else content.call
    lines = wrap(subject, _SUBJECT, ROOM)
    blocks = [Block(lines.height + 6 * MM, partial(_paint_lines, lines), subject, keep=True)]
    for part in paragraphs(letter, content):
        blocks += _blocks(part)
    blocks[-1] = replace(blocks[-1], keep=True)
    # Translators: where somebody signs a letter
    blocks.append(Block(_SIGNED, partial(_paint_signature, wrap(_("Signature"), _SENDER, 70 * MM))))
    bodies = layout.pages(blocks, lambda page: Paper.A4.height - (TEXT_TOP + 4 * MM if page == 1 else TOP) - _FOOT)
    first = _first(letter, content)
    return [partial(_paint, first if place == 0 else None, body, place + 1, len(bodies))
            for place, body in enumerate(bodies)]  # fmt: skip


def _first(letter: OutcomeLetter, content: OutcomeLetters) -> _First:
    name = fit(letter.name, _NAME, WINDOW_WIDTH, WINDOW_HEIGHT / 2.2)
    day = formats.date_long(content.day)
    return _First(
        None if letter.neutral else wrap(content.centre, _SENDER, 80 * MM),
        letterhead.header(80 * MM, tall=40, shown=not letter.neutral),
        name,
        fit(letter.address.replace(", ", "\n"), _ADDRESS, WINDOW_WIDTH, WINDOW_HEIGHT - name.height),
        one_line(f"{content.place}, {day}" if content.place and not letter.neutral else day, BODY, WINDOW_WIDTH),
    )


def _blocks(paragraph: str) -> list[Block]:
    """A paragraph in blocks of some lines; it stays one for who has it read."""
    lines, key, found = wrap(paragraph, _TEXT, ROOM), object(), list[Block]()
    for start in range(0, len(lines.lines), _LINES_A_BLOCK):
        part = lines.part(start, start + _LINES_A_BLOCK)
        last = start + _LINES_A_BLOCK >= len(lines.lines)
        height = part.height + (4 * MM if last else 0)
        found.append(Block(height, partial(_paint_part, part, key), paragraph[:40]))
    return found


def _paint(first: _First | None, body: Sequence[Block], number: int, total: int, pen: Pen, _folio: Folio) -> None:
    if first is not None:
        _paint_first(first, pen)
    layout.paint(list(body), pen, TOP if first is None else TEXT_TOP + 4 * MM)
    if total > 1:
        with pen.aside():
            pen.line(Folio(number, total).sentence(), SMALL, LEFT + ROOM, pen.height - 14 * MM, room=ROOM / 2,
                     align="right")  # fmt: skip


def _paint_first(letter: _First, pen: Pen) -> None:
    letter.head.paint(pen, LEFT, TOP - 6 * MM)
    if letter.sender is not None:
        pen.lines(letter.sender, LEFT, TOP - 6 * MM + letter.head.height)
    pen.lines(letter.name, WINDOW_LEFT, WINDOW_TOP)
    pen.lines(letter.address, WINDOW_LEFT, WINDOW_TOP + letter.name.height)
    pen.lines(letter.day, WINDOW_LEFT, TEXT_TOP - 8 * MM)
    pen.rule(5 * MM, _FOLD, 4 * MM, HAIRLINE)


def _paint_part(lines: Lines, key: object, pen: Pen, y: float) -> None:
    with pen.element("Sect", key=key):
        _paint_lines(lines, pen, y)


def _paint_lines(lines: Lines, pen: Pen, y: float) -> None:
    """Text that is read from the right begins there; the window stays where it is."""
    turned = from_right()
    pen.lines(lines, LEFT + ROOM if turned else LEFT, y, align="right" if turned else "left")


def _paint_signature(words: Lines, pen: Pen, y: float) -> None:
    pen.rule(WINDOW_LEFT, y + 14 * MM, 70 * MM, SECOND, weight=0.5)
    pen.lines(words, WINDOW_LEFT, y + 14 * MM + 3)


def _paint_none(pen: Pen, _folio: Folio) -> None:
    pen.lines(wrap(_("No letter is to be written: nothing is decided yet."), BODY, ROOM), LEFT, TOP)
