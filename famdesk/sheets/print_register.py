"""The print register on paper: which sheets with people on them left, by whom, when, how and what for."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from famdesk.i18n import _, formats, ngettext
from famdesk.sheets import layout
from famdesk.sheets.layout import Block, Section
from famdesk.sheets.names import how_words, sheet_name
from famdesk.sheets.naming import naming
from famdesk.sheets.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.style import ATTENTION, HAIRLINE, PRIMARY, SMALL, STRONG, TITLE, Style
from famdesk.sheets.text import Lines, wrap
from famdesk.usecases.prints import MOST, PrintRow, Register

_LEFT = 40.0
_ROOM = Paper.A4.width - 2 * _LEFT
_TOP, _FOOT = 34.0, 56.0
_WIDTHS = (84.0, 92.0, 128.0, _ROOM - 304.0)
_INSET = 8.0
_TEXT = Style(9.5, leading=1.35, floor=0.8)
_TABLE = "register"


@dataclass(frozen=True, slots=True)
class PrintRegister:
    """What is printed: the centre, the moment of local wall time, and the lines."""

    centre: str
    at: datetime
    register: Register


@naming
def render(content: PrintRegister) -> bytes:
    """The register as PDF (A4) in the current language; it is kept, so it is made for archives.

    Raises:
        DoesNotFit: a text is too long for its column.
        NotInFont: a character cannot be printed.
    """
    head = _head(content)
    rows = tuple(_row(row) for row in content.register.rows) or (_nothing(),)
    named = bool(content.register.rows)
    section = Section(_columns(named=named), _columns(named=named, again=True), rows)
    bodies = layout.flow([section], lambda page: Paper.A4.height - _TOP - _FOOT - (head.height if page == 1 else 0))
    pages = [_painter(content, head if place == 0 else None, body) for place, body in enumerate(bodies)]
    return build(pages, Paper.A4, sheet_name("print-register"), archived=True)


def _painter(content: PrintRegister, head: Block | None, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        if head is not None:
            head.paint(pen, _TOP)
        layout.paint(body, pen, _TOP + (head.height if head else 0))
        with pen.aside():
            _foot(content, pen, folio)

    return paint


def _foot(content: PrintRegister, pen: Pen, folio: Folio) -> None:
    y = pen.height - _FOOT + 12
    pen.rule(_LEFT, y, _ROOM, HAIRLINE)
    warning = _("Contains personal data: keep it under lock.")
    pen.line(warning, Style(9, bold=True, colour=ATTENTION, floor=0.8), _LEFT, y + 8, room=_ROOM * 0.6)
    printed = _("printed {moment}").format(moment=formats.moment(content.at))
    pen.line(f"{printed} · {folio.sentence()}", SMALL, _LEFT + _ROOM, y + 8, room=_ROOM * 0.38, align="right")


def _head(content: PrintRegister) -> Block:
    found = content.register
    period = _("{centre}, from {first} to {last}.").format(
        centre=content.centre, first=formats.date_long(found.first), last=formats.date_long(found.last)
    )
    told = [period, "" if found.whole else _("Only one’s own sheets.")]
    if found.more:
        told.append(_("Only the newest {n} lines: a shorter period shows the others.").format(n=formats.number(MOST)))
    title = wrap(sheet_name("print-register"), TITLE, _ROOM)
    words = wrap(" ".join(part for part in told if part), SMALL.scaled(1.1), _ROOM)

    def paint(pen: Pen, y: float) -> None:
        pen.lines(title, _LEFT, y)
        pen.lines(words, _LEFT, y + title.height + 2)

    return Block(title.height + words.height + 14, paint)


def _columns(*, named: bool, again: bool = False) -> Block:
    # Translators: heads of the columns of the print register
    heads = (_("When"), _("Who"), _("Sheet"), _("About whom and what for"))
    cells = [wrap(head, SMALL, width - _INSET) for head, width in zip(heads, _WIDTHS, strict=True)]
    tall = max(lines.height for lines in cells) + 6

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again or not named else pen.table_row(_TABLE):
            for lines, x in zip(cells, _places(), strict=True):
                with nullcontext() if again or not named else pen.cell("Column"):
                    pen.lines(lines, _LEFT + x, y + 2)
        pen.rule(_LEFT, y + tall, _ROOM, PRIMARY, weight=1.2)

    return Block(tall + 2, paint)


def _row(row: PrintRow) -> Block:
    texts = (formats.moment(row.at), row.by, _sheet(row), about_words(row))
    cells: list[list[Lines]] = [[wrap(text, _TEXT, width - _INSET)] if text else []
                                for text, width in zip(texts, _WIDTHS, strict=True)]  # fmt: skip
    cells[2].insert(0, wrap(sheet_name(row.sheet), STRONG.scaled(0.87), _WIDTHS[2] - _INSET))
    if row.purpose:
        purpose = _("Purpose: {purpose}").format(purpose=row.purpose)
        cells[3].append(wrap(purpose, _TEXT, _WIDTHS[3] - _INSET))
    tall = max(sum(lines.height for lines in cell) for cell in cells) + 8

    def paint(pen: Pen, y: float) -> None:
        with pen.table_row(_TABLE):
            for place, (cell, x) in enumerate(zip(cells, _places(), strict=True)):
                with pen.cell(None if place else "Row"):
                    at = y + 4
                    for lines in cell:
                        pen.lines(lines, _LEFT + x, at)
                        at += lines.height
        pen.rule(_LEFT, y + tall, _ROOM, HAIRLINE)

    return Block(tall, paint, sheet_name(row.sheet))


def _sheet(row: PrintRow) -> str:
    """What became of it, and how often."""
    if row.copies < 2:
        return how_words(row.how)
    copies = ngettext("{n} copy", "{n} copies", row.copies).format(n=formats.number(row.copies))
    return f"{how_words(row.how)}, {copies}"


def about_words(row: PrintRow) -> str:
    """Whom a sheet is about, as far as the reader may know it."""
    if not row.others:
        return ", ".join(row.people)
    if not row.people:
        return ngettext("{n} person", "{n} people", row.others).format(n=formats.number(row.others))
    others = ngettext("and {n} more", "and {n} more", row.others).format(n=formats.number(row.others))
    return f"{', '.join(row.people)} {others}"


def _nothing() -> Block:
    lines = wrap(_("No sheet with people on it left in this time."), _TEXT, _ROOM)
    return Block(lines.height + 12, lambda pen, y: pen.lines(lines, _LEFT, y + 6))


def _places() -> tuple[float, ...]:
    return tuple(sum(_WIDTHS[:place]) for place in range(len(_WIDTHS)))
