"""The access card on paper: blank, to be written on by hand, or filled in from the program.

Its fields, their order and their numbers are those of the form on the screen (`domain.access_card`), so that a card
that was written by hand is typed in with the Tab key alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from famdesk.domain import codes
from famdesk.domain.intake import access_card
from famdesk.domain.intake.access_card import CardField, CardSection
from famdesk.i18n import _, formats
from famdesk.sheets.paper import layout, letterhead
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import ATTENTION, BODY, CAP_HEIGHT, HAIRLINE, PRIMARY, SECOND, SMALL, STRONG, Style
from famdesk.sheets.paper.text import Lines, wrap

LEFT = 42.0
ROOM = Paper.A4.width - 2 * LEFT
_TOP = 34.0
_FOOT = 48.0
_LABEL = 148.0
"""Width of the column with number and name of a field."""
_NUMBER = 22.0
_FIELD = ROOM - _LABEL
_WRITING = 21.0
"""Height of a line that is written on by hand."""
_TICK = 8.5
_ROW = 14.0
"""Height of a line of boxes to tick, at least."""
_HINT = Style(8, colour=SECOND, leading=1.3, floor=0.8)
_OPTION = Style(9, leading=1.2, floor=0.8)
_LABEL_STYLE = Style(9.5, leading=1.25, floor=0.8)
_VALUE = Style(10.5, leading=1.35, floor=0.8)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a field of a filled card says; `name` is the field's."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AccessCardSheet:
    """A card; `entries` None: a blank one. `centre` may be empty: then nothing tells which service this is.

    `printed` is the moment of the print, local wall time, or None.
    """

    centre: str
    entries: tuple[Entry, ...] | None = None
    printed: datetime | None = None


@naming
def render(content: AccessCardSheet) -> bytes:
    """The card as PDF (A4) in the current language.

    Raises:
        DoesNotFit: if a text is too long for a page.
        NotInFont: if a character cannot be printed.
    """
    head, footer = _head(content), letterhead.footer(ROOM, shown=bool(content.centre))
    filled = None if content.entries is None else {entry.name: entry.text for entry in content.entries}
    numbers = access_card.numbers()
    blocks: list[Block] = []
    for section in access_card.SECTIONS:
        blocks.append(_heading(section))
        for field in section.fields:
            made = _field(field, numbers[field.name], filled)
            blocks += [block._replace(paint=partial(_listed, section, field, block.paint)) for block in made]

    def room(page: int) -> float:
        return Paper.A4.height - _TOP - _FOOT - footer.height - (head.height if page == 1 else 0)

    bodies = layout.pages(blocks, room)
    painters = [_painter(content, head if place == 0 else None, body) for place, body in enumerate(bodies)]
    return build(painters, Paper.A4, _("Access card"))


def _painter(content: AccessCardSheet, head: Block | None, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        top = _TOP
        if head is not None:
            head.paint(pen, top)
            top += head.height
        layout.paint(body, pen, top)
        footer = letterhead.footer(ROOM, shown=bool(content.centre))
        with pen.aside():
            _foot(content, pen, folio, pen.height - _FOOT - footer.height + 10)
        with pen.aside() if folio.number < folio.total else nullcontext():
            footer.paint(pen, LEFT, pen.height - _FOOT - footer.height + 18 + SMALL.line)

    return paint


def _foot(content: AccessCardSheet, pen: Pen, folio: Folio, y: float) -> None:
    pen.rule(LEFT, y, ROOM, HAIRLINE)
    warning = _("Contains personal data: keep it covered and destroy it after use.")
    pen.line(warning, Style(9, bold=True, colour=ATTENTION, floor=0.8), LEFT, y + 8, room=ROOM * 0.66)
    right = folio.sentence()
    if content.printed:
        printed = _("printed {moment}").format(moment=formats.moment(content.printed))
        right = f"{printed} · {right}"
    pen.line(right, SMALL, LEFT + ROOM, y + 8, room=ROOM * 0.33, align="right")


def _head(content: AccessCardSheet) -> Block:
    title = wrap(_("Access card"), Style(22, bold=True, colour=PRIMARY, leading=1.2, role="H1"), ROOM * 0.5)
    centre = wrap(content.centre, BODY.coloured(SECOND), ROOM * 0.48) if content.centre else None
    words = _("Nothing has to be filled in. The numbers are the order of the fields on the screen.")
    hint = wrap("" if content.entries is not None else words, SMALL, ROOM)
    tall = max(title.height, centre.height if centre else 0)
    header = letterhead.header(ROOM, tall=30, shown=centre is not None)

    def paint(pen: Pen, y: float) -> None:
        header.paint(pen, LEFT, y)
        y += header.height
        pen.lines(title, LEFT, y)
        if centre:
            pen.lines(centre, LEFT + ROOM, y + tall - centre.height, align="right")
        pen.lines(hint, LEFT, y + tall + 1)

    return Block(header.height + tall + hint.height + 3, paint)


def _listed(section: CardSection, field: CardField, paint: Callable[[Pen, float], None], pen: Pen, y: float) -> None:
    """A field, or a part of it, as an item of the list of its section."""
    with pen.items(section.title), pen.item(field.name):
        paint(pen, y)


def _heading(section: CardSection) -> Block:
    name = wrap(_(section.title), Style(11.5, bold=True, colour=PRIMARY, leading=1.3, role="H2"), ROOM)

    def paint(pen: Pen, y: float) -> None:
        pen.lines(name, LEFT, y + 7)
        pen.rule(LEFT, y + 7 + name.height + 1, ROOM, PRIMARY, weight=1)

    return Block(name.height + 11, paint, _(section.title), keep=True)


def _field(field: CardField, number: int, filled: dict[str, str] | None) -> list[Block]:
    """A field with its number; a long text of a filled card goes on over as many blocks as it has lines."""
    label = wrap(_(field.label), _LABEL_STYLE, _LABEL - _NUMBER - 6)
    if filled is None:
        return [_choices(field, number, label) if _ticked(field) else _lines(field, number, label)]
    text = filled.get(field.name, "")
    value = wrap(text, _VALUE, _FIELD) if text else None
    if value is None or len(value.lines) <= 1:
        return [_value(field.name, number, label, value, last=True)]
    parts = [value.part(index, index + 1) for index in range(len(value.lines))]
    return [_value(field.name, number if place == 0 else None, label if place == 0 else None, part,
                   last=place == len(parts) - 1) for place, part in enumerate(parts)]  # fmt: skip


def _value(key: str, number: int | None, label: Lines | None, value: Lines | None, *, last: bool) -> Block:
    tall = max(label.height if label else 0, value.height if value else 0)
    above, below = (3.0 if number is not None else 0.0), (4.0 if last else 0.0)

    def paint(pen: Pen, y: float) -> None:
        if number is not None and label is not None:
            _paint_label(pen, y + above, number, label)
        if value is not None:
            with pen.body(key):
                pen.lines(value, LEFT + _LABEL, y + above - 1)
        if last:
            pen.rule(LEFT, y + above + tall + below, ROOM, HAIRLINE, weight=0.5)

    return Block(above + tall + below, paint)


def _ticked(field: CardField) -> bool:
    return field.kind in {"choice", "check"}


def _lines(field: CardField, number: int, label: Lines) -> Block:
    """Lines to write on, in parts beside each other where a field has several."""
    rows = _rows(field)
    height = max(len(rows) * _WRITING, label.height + 6)

    def paint(pen: Pen, y: float) -> None:
        _paint_label(pen, y + _WRITING - label.style.line - 2, number, label)
        for line, parts in enumerate(rows, start=1):
            x = LEFT + _LABEL
            for share, words in parts:
                width = _FIELD * share
                pen.rule(x, y + line * _WRITING, width - (8 if share < 1 else 0), SECOND, weight=0.5)
                if words:
                    with pen.body(field.name):
                        pen.line(words, _HINT, x, y + line * _WRITING - 12, room=width * 0.45)
                x += width

    return Block(height + 2, paint, _(field.label))


def _rows(field: CardField) -> list[tuple[tuple[float, str], ...]]:
    """The lines of a field, each with the shares of its parts and their words."""
    whole: tuple[tuple[float, str], ...] = ((1.0, ""),)
    if field.kind == "moment":
        return [((0.5, _("Day")), (0.5, _("Time")))]
    if field.kind == "tie":
        return [((0.62, ""), (0.38, _("tie")))]
    if field.kind == "person":
        return [((1.0, _("Name or alias")),), ((0.5, _("Phone")), (0.5, _("Born on")))]
    return [whole] * (field.lines if field.kind == "text" else 2 if field.kind == "needs" else 1)


def _choices(field: CardField, number: int, label: Lines) -> Block:
    """A box to tick for each choice, in as many lines as they need."""
    yes_no = (("yes", _("Yes")), ("no", _("No")))
    options = [words for _code, words in (yes_no if field.kind == "check" else codes.labels(field.choices))]
    rows = _broken([wrap(words, _OPTION, _FIELD - _TICK - 6) for words in options])
    heights = [max(_ROW, *(words.height + 2 for words in row)) for row in rows]
    height = max(sum(heights), label.height) + 6

    def paint(pen: Pen, y: float) -> None:
        _paint_label(pen, y + 4, number, label)
        top = y + 4
        for tall, row in zip(heights, rows, strict=True):
            x = LEFT + _LABEL
            for words in row:
                middle = words.first_baseline - words.style.size * CAP_HEIGHT / 2
                pen.frame(x, top + middle - _TICK / 2, _TICK, _TICK, SECOND, radius=1.5)
                with pen.body(field.name):
                    pen.lines(words, x + _TICK + 4, top)
                x += _TICK + 4 + words.width + 12
            top += tall
        pen.rule(LEFT, y + height, ROOM, HAIRLINE, weight=0.5)

    return Block(height + 1, paint, _(field.label))


def _broken(options: Sequence[Lines]) -> list[list[Lines]]:
    rows: list[list[Lines]] = [[]]
    used = 0.0
    for words in options:
        needed = _TICK + 4 + words.width
        if rows[-1] and used + needed > _FIELD:
            rows.append([])
            used = 0.0
        rows[-1].append(words)
        used += needed + 12
    return rows


def _paint_label(pen: Pen, y: float, number: int, label: Lines) -> None:
    with pen.label():
        pen.line(str(number), STRONG.scaled(0.86).coloured(PRIMARY), LEFT + _NUMBER - 6, y, room=_NUMBER, align="right")
        pen.lines(label, LEFT + _NUMBER, y)
