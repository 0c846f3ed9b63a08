"""Letters that tell what came of an application, for an envelope with a window on the right.

The window shows an address and nothing else. A neutral letter does not tell on its outside, nor in its head, who sends
it: for people of whom nobody at home needs to know that they applied. In a second language the same follows below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from famdesk.domain.programmes import calls
from famdesk.i18n import _, formats, from_right, language, using
from famdesk.sheets.paper import layout, letterhead
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.mixed import joined
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import BODY, HAIRLINE, MM, SECOND, SMALL, Style, enlarged
from famdesk.sheets.paper.text import Lines, fit, one_line, wrap
from famdesk.sheets.post.reminder_letters import (
    LEFT,
    ROOM,
    TEXT_TOP,
    TOP,
    WINDOW_HEIGHT,
    WINDOW_LEFT,
    WINDOW_TOP,
    WINDOW_WIDTH,
)

_FOLD = 99 * MM
_FOOT, _SIGNED, _BETWEEN = 20 * MM, 22 * MM, 10 * MM
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
    """Letters of one call, all written on `day`; `phone` is where questions are answered. `said`: the language of what
    the centre wrote, "" where it is that of the letters; `also`: a second language, "" for none."""

    centre: str
    call: str
    day: date
    letters: tuple[OutcomeLetter, ...]
    phone: str = ""
    mail: str = ""
    place: str = ""
    said: str = ""
    also: str = ""


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
        _("We have examined your application number {number}, received on {moment}.").format(
            number=formats.number(letter.number), moment=_moment(letter.received)
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


def _moment(received: datetime) -> str:
    """To the minute; with seconds only where they decide something."""
    exact = received.second or received.microsecond
    hour = f"{received.hour}:{received:%M:%S}" if exact else formats.time_text(received.time())
    return f"{formats.date_long(received.date())}, {hour}"


_OUTCOME_WORDS = {
    "funded": lambda: _("It was accepted."),
    "eligible": lambda: _("It is suitable, but the places or the money went to others with more points. "
                          "If something becomes free, we will write to you in the order of the ranking."),
    "unfit": lambda: _("It did not reach the minimum number of points that the call asks for."),
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
    blocks = list(_said(letter, content))
    blocks[-1] = blocks[-1]._replace(keep=True)
    # Translators: where somebody signs a letter
    blocks.append(Block(_SIGNED, partial(_paint_signature, wrap(_("Signature"), _SENDER, 70 * MM))))
    if content.also:
        blocks += _again(letter, content)
    bodies = layout.pages(blocks, lambda page: Paper.A4.height - (TEXT_TOP + 4 * MM if page == 1 else TOP) - _FOOT)
    first = _first(letter, content)
    return [partial(_paint, first if place == 0 else None, body, place + 1, len(bodies))
            for place, body in enumerate(bodies)]  # fmt: skip


def _said(letter: OutcomeLetter, content: OutcomeLetters) -> Iterator[Block]:
    """The letter's subject and text in the language in force; the name of the call is said once."""
    # Translators: the subject of a letter about a call for applications
    subject = _("Outcome of your application") if letter.neutral else content.call
    if letter.neutral or language() != content.also:
        lines = wrap(subject, _SUBJECT, ROOM)
        spoken = language() if letter.neutral else content.said or language()
        paint = partial(_paint_lines, lines, from_right(), spoken)
        yield Block(lines.height + 6 * MM, paint, subject, keep=True)
    for part in paragraphs(letter, content):
        yield from _blocks(part)


def _again(letter: OutcomeLetter, content: OutcomeLetters) -> list[Block]:
    """The same in the second language, all on one page if one can hold it."""
    with using(content.also):
        found = [Block(_BETWEEN, _paint_between, keep=True), *_said(letter, content)]
    whole = layout.stacked(found) < Paper.A4.height - TOP - _FOOT
    return [block._replace(keep=True) for block in found[:-1]] + found[-1:] if whole else found


def _first(letter: OutcomeLetter, content: OutcomeLetters) -> _First:
    name = fit(letter.name, _NAME, WINDOW_WIDTH, WINDOW_HEIGHT / 2.2)
    place = "" if letter.neutral else content.place
    return _First(
        None if letter.neutral else wrap(content.centre, _SENDER, 80 * MM),
        letterhead.header(80 * MM, tall=40, shown=not letter.neutral),
        name,
        fit(letter.address.replace(", ", "\n"), _ADDRESS, WINDOW_WIDTH, WINDOW_HEIGHT - name.height),
        one_line(joined((place, formats.date_long(content.day)), ", "), BODY, WINDOW_WIDTH),
    )


def _blocks(paragraph: str) -> list[Block]:
    """A paragraph in blocks of some lines; it stays one for who has it read."""
    lines, key, found = wrap(paragraph, _TEXT, ROOM), object(), list[Block]()
    paint = partial(_paint_part, key, from_right(), language())
    for start in range(0, len(lines.lines), _LINES_A_BLOCK):
        part = lines.part(start, start + _LINES_A_BLOCK)
        last = start + _LINES_A_BLOCK >= len(lines.lines)
        height = part.height + (4 * MM if last else 0)
        found.append(Block(height, partial(paint, part), paragraph[:40]))
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


def _paint_part(key: object, turned: bool, spoken: str, lines: Lines, pen: Pen, y: float) -> None:
    with pen.element("Sect", key=key):
        _paint_lines(lines, turned, spoken, pen, y)


def _paint_lines(lines: Lines, turned: bool, spoken: str, pen: Pen, y: float) -> None:
    """Text that is read from the right begins there; the window stays where it is."""
    pen.lines(lines, LEFT + ROOM if turned else LEFT, y, align="right" if turned else "left",
              language=None if spoken == language() else spoken)  # fmt: skip


def _paint_between(pen: Pen, y: float) -> None:
    if y > TOP:  # at the top of a page there is nothing to be parted
        pen.rule(LEFT, y + _BETWEEN / 2, ROOM, HAIRLINE)


def _paint_signature(words: Lines, pen: Pen, y: float) -> None:
    pen.rule(WINDOW_LEFT, y + 14 * MM, 70 * MM, SECOND, weight=0.5)
    pen.lines(words, WINDOW_LEFT, y + 14 * MM + 3)


def _paint_none(pen: Pen, _folio: Folio) -> None:
    pen.lines(wrap(_("No letter is to be written: nothing is decided yet."), BODY, ROOM), LEFT, TOP)
