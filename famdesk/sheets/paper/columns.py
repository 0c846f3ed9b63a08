"""A plain table over as many pages as it needs: heads that come again, rows of broken texts, page x of y."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from famdesk.i18n import _, formats
from famdesk.sheets.paper import layout, letterhead, page
from famdesk.sheets.paper.layout import Block, Section
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, Placed
from famdesk.sheets.paper.style import ATTENTION, HAIRLINE, PRIMARY, SMALL, TITLE, Style
from famdesk.sheets.paper.text import Lines, balanced, wrap

LEFT = 40.0
_TOP, _FOOT = 34.0, 56.0
_INSET = 8.0
_TEXT = Style(9.5, leading=1.35, floor=0.8)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head and its share of the width; figures stand on the right.

    `named`: the first paragraph of a cell is its name, in bold.
    """

    head: str
    share: float
    right: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The texts of a row, one for each column, of one or several paragraphs; a `strong` one is set in bold."""

    cells: tuple[str, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A table with a heading and sentences above it. `warning` stands at the foot of every page, "" for none.

    `after` are parts below the table, each a heading and its blocks.
    """

    title: str
    told: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    nothing: str
    printed: datetime | None = None
    warning: str = ""
    after: tuple[tuple[Block, ...], ...] = ()


def width(paper: Paper = Paper.A4) -> float:
    """The room for text, in points."""
    return paper.width - 2 * LEFT


def build(content: TableSheet, kind: str, paper: Paper = Paper.A4, *, archived: bool = False) -> bytes:
    """The table as PDF in the current language; `kind` is its name in the metadata, never that of anybody.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    head = _head(content, paper)
    rows = tuple(_row(content, row, paper) for row in content.rows)
    named = bool(rows)
    first, again = (_columns(content, paper, named=named, again=once) for once in (False, True))
    sections = [Section(first, again, rows or (_nothing(content, paper),))]
    sections += [Section(part[0], Block(0.0, _paint_nothing), part[1:]) for part in content.after]

    def room(number: int) -> float:
        return paper.height - _TOP - _FOOT - (head.height if number == 1 else 0)

    bodies = layout.flow(sections, room)
    pages = [_painter(content, head if place == 0 else None, body) for place, body in enumerate(bodies)]
    return page.build(pages, paper, kind, archived=archived)


def _painter(content: TableSheet, head: Block | None, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        if head is not None:
            head.paint(pen, _TOP)
        layout.paint(body, pen, _TOP + (head.height if head else 0))
        with pen.aside():
            _foot(content, pen, folio)

    return paint


def _foot(content: TableSheet, pen: Pen, folio: Folio) -> None:
    room = pen.width - 2 * LEFT
    y = pen.height - _FOOT + 12
    pen.rule(LEFT, y, room, HAIRLINE)
    if content.warning:
        pen.line(content.warning, Style(9, bold=True, colour=ATTENTION, floor=0.7), LEFT, y + 8, room=room * 0.58)
    right = folio.sentence()
    if content.printed:
        right = f"{_('printed {moment}').format(moment=formats.moment(content.printed))} · {right}"
    pen.line(right, SMALL, LEFT + room, y + 8, room=room * 0.4, align="right")


def _head(content: TableSheet, paper: Paper) -> Block:
    room = width(paper)
    header = letterhead.header(room)
    title = balanced(content.title, TITLE.scaled(0.85).coloured(PRIMARY), room)
    words = [wrap(text, SMALL.scaled(1.15), room) for text in content.told if text]

    def paint(pen: Pen, y: float) -> None:
        header.paint(pen, LEFT, y)
        y += header.height
        pen.lines(title, LEFT, y)
        y += title.height + 3
        for lines in words:
            pen.lines(lines, LEFT, y)
            y += lines.height + 2

    return Block(header.height + title.height + sum(lines.height + 2 for lines in words) + 14, paint, content.title)


def _place(content: TableSheet, paper: Paper, number: int) -> tuple[float, str]:
    """Where a text of a column is set, and on which side of it that is."""
    shares = sum(column.share for column in content.columns)
    starts = sum(column.share for column in content.columns[:number]) * width(paper) / shares
    column = content.columns[number]
    if column.right:
        return LEFT + starts + column.share * width(paper) / shares - _INSET, "right"
    return LEFT + starts, "left"


def _columns(content: TableSheet, paper: Paper, *, named: bool, again: bool) -> Block:
    shares = sum(column.share for column in content.columns)
    cells = [wrap(column.head, SMALL, width(paper) * column.share / shares - _INSET) for column in content.columns]
    tall = max(lines.height for lines in cells) + 6

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again or not named else pen.table_row(content.title):
            for number, lines in enumerate(cells):
                x, align = _place(content, paper, number)
                with nullcontext() if again or not named else pen.cell("Column"):
                    pen.lines(lines, x, y + 2, align=align)
        pen.rule(LEFT, y + tall, width(paper), PRIMARY, weight=1.2)

    return Block(tall + 2, paint)


def _row(content: TableSheet, row: Row, paper: Paper) -> Block:
    shares = sum(column.share for column in content.columns)
    cells = [_paragraphs(text, column, width(paper) * column.share / shares - _INSET, strong=row.strong)
             for text, column in zip(row.cells, content.columns, strict=True)]  # fmt: skip
    tall = max(sum(lines.height for lines in cell) for cell in cells) + 8

    places = [_place(content, paper, number) for number in range(len(cells))]

    def paint(pen: Pen, y: float) -> None:
        pen.table_line(content.title, [
            Placed(cell[0], x, y + 4, align) if len(cell) == 1 else partial(_stacked, pen, cell, x, y + 4, align)
            for cell, (x, align) in zip(cells, places, strict=True)
        ])  # fmt: skip
        pen.rule(LEFT, y + tall, width(paper), HAIRLINE)

    return Block(tall, paint, " ".join(row.cells))


def _stacked(pen: Pen, paragraphs: list[Lines], x: float, y: float, align: str) -> None:
    for lines in paragraphs:
        pen.lines(lines, x, y, align=align)
        y += lines.height


def _paragraphs(text: str, column: Column, room: float, *, strong: bool) -> list[Lines]:
    bold = Style(_TEXT.size, bold=True, leading=_TEXT.leading, floor=_TEXT.floor)
    return [wrap(part, bold if strong or (column.named and place == 0) else _TEXT, room)
            for place, part in enumerate(text.split("\n"))]  # fmt: skip


def _nothing(content: TableSheet, paper: Paper) -> Block:
    lines = wrap(content.nothing, _TEXT, width(paper))
    return Block(lines.height + 12, lambda pen, y: pen.lines(lines, LEFT, y + 6))


def _paint_nothing(_pen: Pen, _y: float) -> None:
    """Where a part goes on, its heading does not come again."""
