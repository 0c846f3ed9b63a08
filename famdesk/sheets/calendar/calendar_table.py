"""A table of days whose cells hold as much as there is: rows grow, and what has no room goes on on the next page.

Months are rows of weeks, weeks and days are rows of hours; both come here as rows of cells. The names of the columns
stand on every page, a cell that goes on repeats its head, and no text is ever cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import HAIRLINE, PRIMARY, SECOND, SMALL, STRONG, Style
from famdesk.sheets.paper.text import DoesNotFit, Lines, width, wrap

INSET = 3.0
"""Between the edge of a cell and what is in it, in points."""
HEAD = STRONG._replace(size=10, colour=PRIMARY)
"""How the names of columns are set."""
_BETWEEN = 2.0
_WHOLE = 0.45
"""A row that is taller than what is left of a page, but not than a page, is parted only if so much of it is free."""

Ground = Callable[[Pen, float, float, float, float, float, float], None]
"""Paints behind a cell: pen, x, y, width, height, and which share of the row this is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a cell that is not parted; `paint(pen, x, y)` draws it with its top left corner there."""

    height: float
    paint: Callable[[Pen, float, float], None]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: its head, repeated where it goes on as `again`, its parts, and what is painted behind them."""

    parts: tuple[Part, ...] = ()
    head: Part | None = None
    again: Part | None = None
    ground: Ground | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, at least `least` high and, if there is free space, up to `most`; `label` stands left of it."""

    label: str
    boxes: tuple[Box, ...]
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A row or part of a row on one page. `begin` and `end` say which share of the row it is."""

    row: Row
    boxes: tuple[Box, ...]
    height: float
    begin: float = 0.0
    end: float = 1.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where columns stand: left edge of the labels, width of the labels, and the columns as (left edge, width)."""

    left: float
    label: float
    each: tuple[tuple[float, float], ...]

    @property
    def right(self) -> float:
        x, wide = self.each[-1]
        return x + wide


def columns(left: float, room: float, label: float, shares: Sequence[float]) -> Columns:
    """Columns over `room` points after the labels, in proportion to their shares."""
    unit = (room - label) / sum(shares)
    each, x = [], left + label
    for share in shares:
        each.append((x, share * unit))
        x += share * unit
    return Columns(left, label, tuple(each))


def spread(rows: Sequence[Row], room: float) -> list[list[Piece]]:
    """The rows over pages that have `room` points each.

    Raises:
        DoesNotFit: if a part is taller than a page.
    """
    done: list[list[Piece]] = [[]]
    free = room
    for row in rows:
        left = Piece(row, row.boxes, 0)
        while True:
            need = max(row.least if left.begin == 0 else 0, *(_height(box) for box in left.boxes))
            if need <= free:
                done[-1].append(replace(left, height=need))
                free -= need
                break
            if done[-1] and (need <= room or free < room * _WHOLE):
                done.append([])
                free = room
                continue
            first, left = _parted(left, free)
            done[-1].append(first)
            done.append([])
            free = room
    return [_stretched(page, room, fill=page is not done[-1]) for page in done]


def _height(box: Box) -> float:
    head = box.head.height if box.head else 0
    return head + sum(part.height + _BETWEEN for part in box.parts) + 2 * INSET


def _parted(piece: Piece, free: float) -> tuple[Piece, Piece]:
    """What has room of a row, and the rest."""
    here, rest, taken = [], [], 0
    for box in piece.boxes:
        count, used = 0, _height(replace(box, parts=()))
        while count < len(box.parts) and used + box.parts[count].height + _BETWEEN <= free:
            used += box.parts[count].height + _BETWEEN
            count += 1
        taken += count
        here.append(replace(box, parts=box.parts[:count]))
        goes_on = count < len(box.parts)
        rest.append(replace(box, parts=box.parts[count:], head=box.again if goes_on and box.again else box.head))
    if not taken:
        named = (box.parts[0].name for box in piece.boxes if box.parts)
        raise DoesNotFit(text=next(named, piece.row.label))
    count = sum(len(box.parts) for box in piece.boxes)
    middle = piece.begin + (piece.end - piece.begin) * taken / count
    return (Piece(piece.row, tuple(here), free, piece.begin, middle),
            Piece(piece.row, tuple(rest), 0, middle, piece.end))  # fmt: skip


def _stretched(page: list[Piece], room: float, *, fill: bool) -> list[Piece]:
    """The rows of a page, higher where there is free space; `fill`: the page has to be full, as others follow."""
    free = room - sum(piece.height for piece in page)
    most = [max(piece.row.most, room if fill and piece.row.most else 0) for piece in page]
    found = list(page)
    growing = [n for n, piece in enumerate(page) if piece.height < most[n]]
    while growing and free > 0.5:
        each = free / len(growing)
        for n in list(growing):
            more = min(each, most[n] - found[n].height)
            found[n] = replace(found[n], height=found[n].height + more)
            free -= more
            if found[n].height >= most[n] - 0.01:
                growing.remove(n)
    return found


@dataclass(frozen=True, slots=True)
class Heads:
    """The names of the columns, as high as the tallest."""

    lines: tuple[tuple[Lines, ...], ...]

    @property
    def height(self) -> float:
        return max(sum(one.height for one in column) for column in self.lines) + 2 * INSET


def heads(names: Sequence[tuple[str, str]], places: Columns) -> Heads:
    """Column names, each with a second line in small type ("" for none)."""
    made = []
    for (name, second), (_x, wide) in zip(names, places.each, strict=True):
        lines = [wrapped(name, HEAD, wide - 2 * INSET)]
        if second:
            lines.append(wrapped(second, SMALL._replace(size=7.5), wide - 2 * INSET))
        made.append(tuple(lines))
    return Heads(tuple(made))


def paint(pen: Pen, top: float, named: Heads, page: Sequence[Piece], places: Columns, *, again: bool) -> float:
    """Draws heads and rows from `top`; gives where they end. `again`: the table has begun on a page before."""
    _paint_heads(pen, top, named, places, again=again)
    y = top + named.height
    for piece in page:
        with pen.table_row(id(named), id(piece.row)):
            _paint_piece(pen, y, piece, places)
        y += piece.height
    pen.rule(places.left, y, places.right - places.left, SECOND, weight=0.75)
    for x, _wide in (*places.each, (places.right, 0)):
        pen.path(((x, top), (x, y)), HAIRLINE, 0.5)
    pen.rule(places.left, top + named.height, places.right - places.left, PRIMARY, weight=1.2)
    return y


def _paint_heads(pen: Pen, top: float, named: Heads, places: Columns, *, again: bool) -> None:
    """The names of the columns; on a further page nobody has them read again."""
    with pen.aside() if again else pen.table_row(id(named)):
        if places.label:
            with pen.cell():
                pass  # above the labels of the rows
        for column, (x, _wide) in zip(named.lines, places.each, strict=True):
            at = top + INSET
            with pen.cell("Column"):
                for lines in column:
                    pen.lines(lines, x + INSET, at)
                    at += lines.height


def _paint_piece(pen: Pen, y: float, piece: Piece, places: Columns) -> None:
    again = piece.begin > 0
    if places.label:
        heads = "Row" if piece.row.label else None
        with pen.cell(heads, key=(id(piece.row), "label")), pen.aside() if again else nullcontext():
            pen.lines(_label(piece.row.label, places), places.left, y + INSET)
    for number, (box, (x, wide)) in enumerate(zip(piece.boxes, places.each, strict=True)):
        with pen.cell(key=(id(piece.row), number)):
            _paint_box(pen, x, y, wide, box, piece)
    pen.rule(places.left, y, places.right - places.left, HAIRLINE, weight=0.5)


def _paint_box(pen: Pen, x: float, y: float, wide: float, box: Box, piece: Piece) -> None:
    if box.ground:
        box.ground(pen, x, y, wide, piece.height, piece.begin, piece.end)
    at = y + INSET
    if box.head:
        with pen.aside() if piece.begin > 0 else nullcontext():
            box.head.paint(pen, x, at)
        at += box.head.height
    for part in box.parts:
        part.paint(pen, x, at)
        at += part.height + _BETWEEN


def _label(text: str, places: Columns) -> Lines:
    return wrapped(text, SMALL._replace(size=8), places.label - INSET)


def label_height(text: str, places: Columns) -> float:
    """How high the label of a row is, in points."""
    return _label(text, places).height


def wrapped(text: str, style: Style, room: float) -> Lines:
    """As `wrap`; a word that is too wide even in the smallest type goes on on a further line."""
    try:
        return wrap(text, style, room)
    except DoesNotFit:
        smallest = style._replace(size=style.size * style.floor)
        pieces = [piece for word in text.split() for piece in _pieces(word, smallest, room)]
        return wrap(" ".join(pieces), style, room)


def _pieces(word: str, style: Style, room: float) -> list[str]:
    found, start = [], 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and width(word[start:end], style) > room:
            found.append(word[start : end - 1])
            start = end - 1
    return [*found, word[start:]]


def hatch(pen: Pen, x: float, y: float, wide: float, tall: float, colour: str) -> None:
    """Thin slanting lines: closed."""
    if tall <= 0 or wide <= 0:
        return
    step = 6.0
    with pen.inside(x, y, wide, tall):
        for n in range(int((wide + tall) / step) + 1):
            at = x - tall + n * step
            pen.path(((at, y + tall), (at + tall, y)), colour, 0.5)
