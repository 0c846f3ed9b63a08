"""The calendar on paper as it is seen in the window: a month, weeks, a week, a day in columns, or a list.

Each page has the heading, whose calendar it is, the names of the columns, the legend of the functions and its number.
Without names it may hang on a door; with names each page asks to be destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from functools import partial

from famdesk.i18n import _, formats
from famdesk.sheets.calendar import calendar_hours, calendar_list, calendar_month, calendar_table
from famdesk.sheets.calendar.calendar_entries import COLOURS, CalendarSheet, legend
from famdesk.sheets.calendar.calendar_table import Columns, Heads, Piece, wrapped
from famdesk.sheets.paper import layout
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import ATTENTION, HAIRLINE, PRIMARY, SECOND, SMALL, Style
from famdesk.sheets.paper.text import Lines

LEFT = 30.0
_TOP = 28.0
_FOOT = 40.0
_HEAD = 46.0
_GAP = 6.0
_MARK = 12.0

Body = Callable[[Pen, float], None]
"""Paints the middle of a page from a height on."""


@naming
def render(sheet: CalendarSheet, *, lying: bool | None = None, hidden: frozenset[str] = frozenset()) -> bytes:
    """The PDF (A4) in the current language. `lying` None: as it fits, which is lying for tables and upright for lists.

    `hidden` names what the subject says anyway: "operator", "room", "place".

    Raises:
        NotInFont: if a character cannot be printed.
    """
    across = sheet.shape != "list" if lying is None else lying
    paper = Paper.A4_LYING if across else Paper.A4
    room = paper.width - 2 * LEFT
    head, foot = _head(sheet, room), _foot(sheet, room)
    tall = paper.height - _TOP - head.height - foot.height - _FOOT
    bodies = _listed(sheet, room, tall, hidden) if sheet.shape == "list" else _tables(sheet, room, tall, hidden)
    return build([_page(sheet, head, foot, body) for body in bodies], paper, _("Calendar"))


def _tables(sheet: CalendarSheet, room: float, tall: float, hidden: frozenset[str]) -> list[Body]:
    if sheet.shape == "hours":
        made = calendar_hours.tables(sheet, LEFT, room, hidden, tall)
    else:
        table = calendar_month.by_rows if sheet.shape == "rows" else calendar_month.table
        made = [table(sheet, LEFT, room, hidden, tall)]
    found: list[Body] = []
    for places, names, rows in made:
        named = calendar_table.heads(names, places)
        for number, pieces in enumerate(calendar_table.spread(rows, tall - named.height)):
            found.append(partial(_paint_table, places, named, pieces, number > 0))
    return found


def _paint_table(places: Columns, named: Heads, pieces: Sequence[Piece], again: bool, pen: Pen, top: float) -> None:
    calendar_table.paint(pen, top, named, pieces, places, again=again)


def _listed(sheet: CalendarSheet, room: float, tall: float, hidden: frozenset[str]) -> list[Body]:
    pages = layout.flow(calendar_list.sections(sheet, LEFT, room, hidden), lambda _n: tall)
    return [partial(_paint_list, page) for page in pages]


def _paint_list(page: layout.Page, pen: Pen, top: float) -> None:
    layout.paint(page, pen, top)


def _page(sheet: CalendarSheet, head: Block, foot: Block, body: Body) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        with pen.aside() if folio.number > 1 else nullcontext():
            head.paint(pen, _TOP)
        body(pen, _TOP + head.height)
        with pen.aside() if folio.number < folio.total else nullcontext():
            foot.paint(pen, pen.height - _FOOT - foot.height + _GAP)
        with pen.aside():
            _paint_number(sheet, pen, folio)

    return paint


def _head(sheet: CalendarSheet, room: float) -> Block:
    """The heading left with the centre under it, whose calendar it is right."""
    big = Style(20, bold=True, colour=PRIMARY, leading=1.2, floor=0.5, role="H1")
    small = Style(9.5, colour=SECOND, leading=1.3, floor=0.6)
    subject = wrapped(sheet.subject, Style(12, bold=True, leading=1.2, floor=0.6), room * 0.46)

    def paint(pen: Pen, y: float) -> None:
        pen.line(sheet.heading, big, LEFT, y, room=room * 0.52)
        pen.line(sheet.centre, small, LEFT, y + 25, room=room * 0.52)
        if sheet.subject:
            pen.lines(subject, LEFT + room, y + 4, align="right")

    return Block(max(_HEAD, subject.height + 2 * _GAP), paint)


def _foot(sheet: CalendarSheet, room: float) -> Block:
    """The legend of the functions."""
    places: list[tuple[float, float, str, Lines]] = []
    x, y = 0.0, 0.0
    for letter, name in legend(sheet):
        lines = wrapped(f"{letter}  {name}", SMALL, room - _MARK)
        if x and x + _MARK + lines.width > room:
            x, y = 0.0, y + lines.height
        places.append((x, y, letter, lines))
        x += _MARK + lines.width + 20
    if not places:
        return Block(0, lambda pen, y: None)

    def paint(pen: Pen, top: float) -> None:
        with pen.items():
            for x, y, letter, lines in places:
                pen.fill(LEFT + x, top + y + 2, 8, 8, COLOURS[letter][0], radius=1.5)
                with pen.item(), pen.body():
                    pen.lines(lines, LEFT + x + _MARK, top + y)

    return Block(y + places[-1][3].height + 2, paint)


def _paint_number(sheet: CalendarSheet, pen: Pen, folio: Folio) -> None:
    room = pen.width - 2 * LEFT
    y = pen.height - _FOOT + 12
    pen.rule(LEFT, y, room, HAIRLINE)
    if sheet.named:
        warning = _("Contains personal data: keep it covered and destroy it after use.")
        pen.line(warning, Style(8.5, bold=True, colour=ATTENTION, floor=0.8), LEFT, y + 4, room=room * 0.62)
    right = folio.sentence()
    if sheet.printed:
        right = f"{_('printed {moment}').format(moment=formats.moment(sheet.printed))} · {right}"
    pen.line(right, SMALL, LEFT + room, y + 4, room=room * 0.37, align="right")
