"""The sign-in sheet of a meeting: numbered rows, one for each person enrolled, and blank ones for those who come by.

There are two versions: with names, for the hand of who leads the meeting, and without, for a sheet that lies open.
Names are printed as they are given: the caller decides what may stand on a paper that everybody in the room sees.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial

from famdesk.i18n import N_, _, formats
from famdesk.sheets.paper import icons, layout, letterhead
from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.layout import Block, Section
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, Placed, build
from famdesk.sheets.paper.style import (
    ATTENTION,
    BODY,
    HAIRLINE,
    PRIMARY,
    PRIMARY_TINT,
    SECOND,
    SMALL,
    STRONG,
    Style,
    large_print,
)
from famdesk.sheets.paper.text import Lines, wrap

LEFT = 40.0
ROOM = Paper.A4.width - 2 * LEFT
_TOP = 36.0
_FOOT = 52.0
_WRITING = 28.0
"""Height of a row that is written on by hand."""
_LABEL = 86.0
_NUMBER = 30.0
_NAME = 206.0
_TABLE = "people"
_SIGN = 15.0
SIGNS: dict[str, tuple[Strokes, str]] = {
    # Translators: signs beside names on a list for who leads the meeting
    "allergies": (icons.ALERT, N_("Allergies: ask before anything is eaten")),
    "collect": (icons.USERS, N_("A child: it is noted who may collect it")),
    "no_photos": (icons.NO_CAMERA, N_("No photos")),
    "child_care": (icons.HOUSE, N_("Is looked after meanwhile")),
}
"""What has to be minded of somebody: strokes and words."""


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """A meeting and who is expected. What is None or empty is to be set and stands as a line to write on.

    `names` has an entry for each person enrolled, "" where none may be printed; None: the version without names, with
    `enrolled` rows. `number` of `total` meetings; `minutes` its length; `printed` the moment, or None. `blank` rows are
    those of the screen. `marks`, beside `names`, are what has to be minded of each (keys of `SIGNS`): they stand, with
    a legend, only on the version for the hand of who leads the meeting.
    """

    initiative: str
    number: int
    total: int
    centre: str = ""
    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    place: str = ""
    theme: str = ""
    leader: str = ""
    names: tuple[str, ...] | None = None
    enrolled: int = 0
    printed: datetime | None = None
    blank: int = 5
    marks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class SignInOptions:
    """`blank`: how many rows follow for people who are not enrolled, None: as many as on the screen; `large_print`: as
    with every sheet, larger type and higher rows."""

    blank: int | None = None
    large_print: bool = False


@naming
def render(content: SignInSheet, options: SignInOptions | None = None) -> bytes:
    """The sign-in sheet as PDF (A4) in the current language.

    Raises:
        DoesNotFit: if a text is too long for its column.
        NotInFont: if a character cannot be printed.
    """
    with large_print((options or SignInOptions()).large_print):
        return _made(content, options or SignInOptions())


def _made(content: SignInSheet, chosen: SignInOptions) -> bytes:
    head, again = _head(content), _small_head(content)
    people = content.names if content.names is not None else ("",) * content.enrolled
    blank = content.blank if chosen.blank is None else chosen.blank
    marks = content.marks if content.names is not None else ()
    rows = tuple(_row(number, name, marks[number - 1] if number <= len(marks) else ())
                 for number, name in enumerate((*people, *("",) * blank), start=1))  # fmt: skip

    footer = letterhead.footer(ROOM, shown=bool(content.centre))

    def room(page: int) -> float:
        return Paper.A4.height - _TOP - _FOOT - footer.height - (head if page == 1 else again).height

    named = content.names is not None
    section = Section(_columns(named=named), _columns(named=named, again=True), rows)
    bodies = layout.flow([section, *_legend({one for mark in marks for one in mark})], room)
    return build([_painter(content, head if n == 0 else again, body) for n, body in enumerate(bodies)],
                 Paper.A4, _("Sign-in sheet"))  # fmt: skip


def _painter(content: SignInSheet, head: Block, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        head.paint(pen, _TOP)
        layout.paint(body, pen, _TOP + head.height)
        footer = letterhead.footer(ROOM, shown=bool(content.centre))
        y = pen.height - _FOOT - footer.height + 12
        with pen.aside():
            _foot(content, pen, folio, y)
        with pen.aside() if folio.number < folio.total else nullcontext():
            footer.paint(pen, LEFT, y + 8 + SMALL.line)

    return paint


def _foot(content: SignInSheet, pen: Pen, folio: Folio, y: float) -> None:
    pen.rule(LEFT, y, ROOM, HAIRLINE)
    right = folio.sentence()
    if content.names is not None:
        warning = _("Contains personal data: keep it covered and destroy it after use.")
        pen.line(warning, Style(9, bold=True, colour=ATTENTION, floor=0.8), LEFT, y + 8, room=ROOM * 0.66)
    if content.printed:
        right = f"{_('printed {moment}').format(moment=formats.moment(content.printed))} · {right}"
    pen.line(right, SMALL, LEFT + ROOM, y + 8, room=ROOM * 0.33, align="right")


def _head(content: SignInSheet) -> Block:
    """What it is, of which meeting, when, where and about what."""
    above = " · ".join(part for part in (_("Sign-in sheet"), content.centre) if part)
    kind = wrap(above, BODY.coloured(SECOND), ROOM)
    title = wrap(content.initiative, Style(22, bold=True, colour=PRIMARY, leading=1.2, role="H1"), ROOM)
    facts = _facts(content)
    box = sum(max(label.height, value.height if value else _WRITING * 0.8) for label, value in facts) + 14

    header = letterhead.header(ROOM, tall=30, shown=bool(content.centre))

    def paint(pen: Pen, y: float) -> None:
        header.paint(pen, LEFT, y)
        y += header.height
        pen.lines(kind, LEFT, y)
        pen.lines(title, LEFT, y + kind.height)
        y += kind.height + title.height + 8
        pen.fill(LEFT, y, ROOM, box, PRIMARY_TINT, radius=4)
        y += 7
        with pen.items():
            for label, value in facts:
                y = _fact(pen, label, value, y)

    return Block(header.height + kind.height + title.height + 8 + box + 6, paint, content.initiative)


def _fact(pen: Pen, label: Lines, value: Lines | None, y: float) -> float:
    """A label and what it says, or a line to write on; the result is where it ends."""
    tall = max(label.height, value.height if value else _WRITING * 0.8)
    with pen.item():
        with pen.label():
            low = value.first_baseline - label.first_baseline if value else tall - label.height - 3
            pen.lines(label, LEFT + 10, y + low)
        with pen.body() if value else nullcontext():
            if value:
                pen.lines(value, LEFT + 10 + _LABEL, y)
    if value is None:
        pen.rule(LEFT + 10 + _LABEL, y + tall - 4, ROOM - _LABEL - 20, SECOND, weight=0.5)
    return y + tall


def _facts(content: SignInSheet) -> list[tuple[Lines, Lines | None]]:
    """Labels and their values; None where something is still to be written."""
    meeting = _("{number} of {total}").format(number=content.number, total=content.total)
    wanted = [
        # Translators: which meeting of a series, before "3 of 8"
        (_("Meeting"), meeting),
        # Translators: the day and hours of a meeting, on a sheet
        (_("When"), _when(content)),
        (_("Where"), content.place),
        # Translators: what a meeting is about
        (_("Theme"), content.theme),
        # Translators: who leads a meeting
        (_("Led by"), content.leader),
    ]
    style, strong, room = SMALL.scaled(1.15), STRONG, ROOM - _LABEL - 20
    return [(wrap(label, style, _LABEL - 8), wrap(value, strong, room) if value else None) for label, value in wanted]


def _when(content: SignInSheet) -> str:
    if content.day is None:
        return ""
    hours = ""
    if content.starts:
        hours = (formats.time_range(content.starts, content.ends) if content.ends
                 else formats.time_text(content.starts))  # fmt: skip
    return " · ".join(part for part in (formats.date_full(content.day), hours) if part)


def _small_head(content: SignInSheet) -> Block:
    name = wrap(content.initiative, STRONG.coloured(PRIMARY), ROOM)

    def paint(pen: Pen, y: float) -> None:
        with pen.aside():
            pen.lines(name, LEFT, y)

    return Block(name.height + 4, paint)


def _columns(*, named: bool, again: bool = False) -> Block:
    """The names of the columns."""
    style = SMALL
    # Translators: heads a column in which people write the first letters of their name
    second = _("Name") if named else _("Initials")
    cells = (
        # Translators: heads the column of row numbers
        (wrap(_("No."), style, _NUMBER), 0.0),
        (wrap(second, style, _NAME), _NUMBER),
        (wrap(_("Signature"), style, ROOM - _NUMBER - _NAME), _NUMBER + _NAME),
    )
    tall = max(lines.height for lines, _x in cells) + 10

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again else pen.table_row(_TABLE):
            for lines, x in cells:
                with nullcontext() if again else pen.cell("Column"):
                    pen.lines(lines, LEFT + x, y + 7)
        pen.rule(LEFT, y + tall, ROOM, PRIMARY, weight=1.2)

    return Block(tall, paint)


def _row(number: int, name: str, marks: tuple[str, ...] = ()) -> Block:
    shown = wrap(name, BODY, _NAME - 12 - _SIGN * len(marks))
    counted = wrap(formats.number(number), SMALL, _NUMBER)
    tall = shown.height
    height = max(_WRITING, tall + 8)
    above = (height - counted.height) / 2, (height - tall) / 2

    def paint(pen: Pen, y: float) -> None:
        first, second = Placed(counted, LEFT, y + above[0]), Placed(shown, LEFT + _NUMBER, y + above[1])
        pen.table_line(_TABLE, (first, partial(_marked, pen, second, marks, y, height) if marks else second, None))
        pen.rule(LEFT, y + height, ROOM, HAIRLINE)

    return Block(height, paint, name)


def _marked(pen: Pen, name: Placed, marks: tuple[str, ...], y: float, height: float) -> None:
    """A name with the signs of what has to be minded."""
    pen.lines(name.lines, name.x, name.y)
    for place, mark in enumerate(marks, start=1):
        x = LEFT + _NUMBER + _NAME - 10 - _SIGN * place
        with pen.figure(sign_words(mark), x, y, _SIGN, height):
            _sign(pen, mark, x, y + (height - _SIGN) / 2)


def _sign(pen: Pen, mark: str, x: float, y: float) -> None:
    pen.outline(SIGNS[mark][0], x + 1, y + 1, _SIGN - 3, PRIMARY, 1.0)


def sign_words(mark: str) -> str:
    """What a sign of the list says."""
    return _(SIGNS[mark][1])


def _legend(marks: set[str]) -> list[Section]:
    """What the signs mean, for who leads the meeting."""
    # Translators: heads the explanation of small signs on a list
    title = wrap(_("Signs"), SMALL, ROOM)

    def heading(pen: Pen, y: float) -> None:
        pen.lines(title, LEFT, y + 10)

    head = Block(title.height + 14, heading, keep=True)
    return [Section(head, head, tuple(_explained(mark) for mark in SIGNS if mark in marks))] if marks else []


def _explained(mark: str) -> Block:
    text = wrap(sign_words(mark), SMALL, ROOM - _SIGN - 6)
    height = max(text.height, _SIGN) + 3

    def paint(pen: Pen, y: float) -> None:
        with pen.aside():
            _sign(pen, mark, LEFT, y + (height - _SIGN) / 2)
        pen.lines(text, LEFT + _SIGN + 4, y + (height - text.height) / 2)

    return Block(height, paint)
