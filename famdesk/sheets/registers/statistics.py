"""The accesses of a year as a sheet: by month, by function, by access point, each as bars with their numbers.

Nobody is named, and what is too small to be told is not (`domain.suppression`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from famdesk.data.tx import Tx
from famdesk.domain.codes import FUNCTIONS, label
from famdesk.i18n import _, formats
from famdesk.sheets.paper import columns
from famdesk.sheets.paper.columns import Column, Row, TableSheet, build
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import PRIMARY, SMALL, Style
from famdesk.sheets.paper.text import wrap
from famdesk.usecases.centre import centre, statistics
from famdesk.usecases.centre.statistics import OTHER, Cell, Statistics

_ROOM = columns.width()
_BAR, _WORDS, _NUMBER = 13.0, 200.0, 40.0


@dataclass(frozen=True, slots=True)
class StatisticsSheet:
    """What the sheet says; `printed` stands at its foot."""

    centre: str
    found: Statistics
    printed: datetime | None = None


def collect(tx: Tx, year: int | None = None) -> StatisticsSheet:
    """The accesses of a year (None: this one) as they are now.

    Raises:
        Forbidden.
    """
    return StatisticsSheet(centre.overview(tx).name, statistics.accesses(tx, year), tx.now())


@naming
def render(content: StatisticsSheet) -> bytes:
    """The sheet as PDF (A4) in the current language, made to be kept.

    Raises:
        DoesNotFit: a name is too long.
        NotInFont: a character cannot be printed.
    """
    found = content.found
    rows = tuple(Row((_function(one), _told(one.count))) for one in found.functions if found.last_month)
    total = _("Accesses in all: {count}").format(count=_told(found.total))
    sheet = TableSheet(
        _("Accesses in {year}").format(year=found.year), (content.centre, total),
        (Column(_("Function"), 4.0), Column(_("Accesses"), 1.5, right=True)), rows, _("This year has not begun."),
        content.printed, after=tuple(_charts(found)),
    )  # fmt: skip
    return build(sheet, _("Statistics"), archived=True)


def _told(count: int | None) -> str:
    return _("too few to be told") if count is None else formats.number(count)


def _function(one: Cell) -> str:
    return label(FUNCTIONS, one.code) if one.code != OTHER else _("not noted")


def _charts(found: Statistics) -> list[tuple[Block, ...]]:
    months = [(formats.month_year(date(found.year, int(one.code), 1)), one.count) for one in found.months]
    unknown = _("not noted")
    functions = [(_function(one), one.count) for one in found.functions]
    points = [(unknown if one.name == OTHER else one.name, one.count) for one in found.points]
    note = _note(_("Numbers below {least} are not told, so that nobody is recognised; an access about two functions "
                   "is counted in both.").format(least=formats.number(found.least)))  # fmt: skip
    made = [(_heading(_("By month")), *_bars(months)), (_heading(_("By function")), *_bars(functions)),
            (_heading(_("By access point")), *_bars(points), note)]  # fmt: skip
    return [part for part in made if len(part) > 1]


def _bars(cells: Sequence[tuple[str, int | None]]) -> list[Block]:
    most, key = max([count or 0 for _of, count in cells], default=0), object()
    return [_bar(of, count, most, key) for of, count in cells]


def _bar(of: str, count: int | None, most: int, key: object) -> Block:
    style = Style(9.5, leading=1.35, floor=0.8)
    hidden = count is None
    told = wrap(_told(count), Style(9.5, not hidden, leading=1.35, floor=0.8), _WORDS if hidden else _NUMBER)
    words = wrap(of, style, _WORDS - _NUMBER - 8)
    tall = max(_BAR, words.height, told.height) + 5
    start = columns.LEFT + _WORDS

    def paint(pen: Pen, y: float) -> None:
        with pen.items(key), pen.item():
            with pen.label():
                pen.lines(words, columns.LEFT, y + (tall - words.height) / 2)
            with pen.body():
                x, align = (start, "left") if hidden else (start - 10, "right")
                pen.lines(told, x, y + (tall - told.height) / 2, align=align)
        if count and most:
            long = (_ROOM - _WORDS) * count / most
            pen.fill(start, y + (tall - _BAR) / 2, long, _BAR, PRIMARY, radius=2)

    return Block(tall, paint, of)


def _heading(text: str) -> Block:
    lines = wrap(text, Style(14, bold=True, colour=PRIMARY, leading=1.3, role="H2"), _ROOM)
    return Block(lines.height + 16, lambda pen, y: pen.lines(lines, columns.LEFT, y + 12), text)


def _note(text: str) -> Block:
    lines = wrap(text, SMALL, _ROOM)
    return Block(lines.height + 8, lambda pen, y: pen.lines(lines, columns.LEFT, y + 4), text)
