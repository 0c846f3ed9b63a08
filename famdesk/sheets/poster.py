"""What a poster has around its content: the coloured head, the boxes, the contacts and the foot with the partners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from famdesk.i18n import _
from famdesk.sheets.drawing import Strokes
from famdesk.sheets.icons import GLOBE, MAIL, PHONE, icon
from famdesk.sheets.layout import Block
from famdesk.sheets.page import Cell, Folio, Paper, Pen
from famdesk.sheets.style import (
    HAIRLINE,
    MARGIN,
    PRIMARY,
    PRIMARY_PALE,
    PRIMARY_SOFT,
    PRIMARY_TINT,
    SECOND,
    TEXT,
    WHITE,
    Style,
)
from famdesk.sheets.text import DoesNotFit, Lines, balanced, one_line, width, wrap

LEFT = MARGIN
ROOM = Paper.A4.width - 2 * MARGIN
"""Left edge and width of the text on A4; A3 is the same drawing enlarged."""

_STREET = 30.0
"""Free paper below the foot."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """How to reach the centre or a place, each as it is to be printed; empty texts are left out."""

    phones: tuple[str, ...] = ()
    mail: str = ""
    web: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A body that runs the centre with others; the lead bodies come first on paper."""

    name: str
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A tinted box: a heading and entries of two parts, such as a day and a reason."""

    heading: str
    entries: tuple[tuple[str, str], ...]
    colour: str
    tint: str

    def parts(self, most: int) -> list[Notice]:
        """The same box as several boxes of at most `most` entries; none at all without entries."""
        return [
            replace(self, entries=self.entries[first : first + most]) for first in range(0, len(self.entries), most)
        ]

    def block(self, size: float) -> Block:
        """The box set in type of `size` points: the first parts in a column, if they are short enough.

        Raises:
            DoesNotFit: if a word is wider than its column.
        """
        edge = size * 1.3
        heading = wrap(
            self.heading, Style(size * 1.15, bold=True, colour=self.colour, leading=1.3, role="H2"), ROOM - 2 * edge
        )
        strong, plain = Style(size, bold=True, leading=1.4), Style(size, leading=1.4)
        column = max(width(first, strong) for first, _second in self.entries) + size * 1.2
        beside = column <= (ROOM - 2 * edge) * 0.62
        rows: list[tuple[Lines, Lines | None]] = []
        for first, second in self.entries:
            room = ROOM - 2 * edge - (column if beside else 0)
            rows.append((wrap(first, strong, ROOM - 2 * edge), wrap(second, plain, room) if second else None))
        heights = [_row_height(first, second, beside=beside) for first, second in rows]
        height = heading.height + size * 0.35 + sum(heights) + 2 * edge * 0.85

        def paint(pen: Pen, y: float) -> None:
            pen.fill(LEFT, y + size, ROOM, height, self.tint, radius=6)
            at = y + size + edge * 0.85
            pen.lines(heading, LEFT + edge, at)
            at += heading.height + size * 0.35
            with pen.items():
                for (first, second), row in zip(rows, heights, strict=True):
                    with pen.element("LI"):
                        _paint_entry(pen, first, second, LEFT + edge, at, column if beside else 0)
                    at += row

        return Block(height + size, paint, self.heading, sinks=True)


def _paint_entry(pen: Pen, first: Lines, second: Lines | None, x: float, y: float, column: float) -> None:
    """The two parts of an entry: `column` is where the second begins, 0 if it stands below."""
    if second is None or not column:
        with pen.element("LBody"):
            pen.lines(first, x, y)
            if second is not None:
                pen.lines(second, x, y + first.height)
        return
    pen.row((Cell(first.texts[0], first.style, x), Cell(second.texts[0], second.style, x + column)), y)
    if len(second.lines) > 1:
        with pen.element("LBody"):
            pen.lines(second.part(1), x + column, y + second.pitch)


def _row_height(first: Lines, second: Lines | None, *, beside: bool) -> float:
    if second is None:
        return first.height
    return max(first.height, second.height) if beside else first.height + second.height + first.style.size * 0.4


@dataclass(frozen=True, slots=True)
class _Item:
    """One way to reach the centre: an icon, what to do with it, and the number or address."""

    strokes: Strokes
    label: Lines
    value: Lines
    icon: float

    @property
    def width(self) -> float:
        return self.icon + 10 + max(self.value.width, self.label.width)

    @property
    def height(self) -> float:
        return self.label.height + self.value.height

    def paint(self, pen: Pen, x: float, y: float) -> None:
        icon(pen, self.strokes, x, y + (self.height - self.icon) / 2, self.icon)
        pen.lines(self.label, x + self.icon + 10, y)
        pen.lines(self.value, x + self.icon + 10, y + self.label.height)


@dataclass(frozen=True, slots=True)
class Frame:
    """Head and foot of a poster, measured once; the first page has the tall head."""

    title: Lines
    centre: Lines
    tagline: Lines | None
    next_title: Lines
    next_centre: Lines
    rows: tuple[tuple[_Item, ...], ...]
    partners: Lines | None
    remarks: tuple[str, ...]
    small: Style
    edge: float
    height: float

    @classmethod
    def of(cls, *, title: str, centre: str, tagline: str, contacts: Contacts, partners: Sequence[Partner],
           remarks: tuple[str, ...], paper: Paper, large: bool, tall: bool) -> Frame:  # fmt: skip
        """Measure head and foot. `tall`: few places below, so the head may be high.

        Raises:
            DoesNotFit: if a text of the frame is too long.
            NotInFont: if a character cannot be printed.
        """
        small = Style(14 if large else 9, colour=SECOND, leading=1.4, floor=0.85)
        room = ROOM - _ORNAMENT
        return cls(
            title=wrap(
                title, Style(50 if tall else 42, bold=True, colour=WHITE, leading=1.12, floor=0.6, role="H1"), ROOM
            ),
            centre=balanced(centre, Style(19, bold=True, colour=WHITE, leading=1.28), room),
            tagline=balanced(tagline, Style(16 if large else 14, colour=PRIMARY_PALE, leading=1.35), room)
            if tagline
            else None,
            next_title=wrap(title, Style(24, bold=True, colour=WHITE, leading=1.2, floor=0.6), ROOM),
            next_centre=wrap(centre, Style(16 if large else 13, colour=WHITE), ROOM),
            rows=_contact_rows(contacts, large=large),
            partners=_partners(partners, small),
            remarks=remarks,
            small=small,
            edge=40 if tall else 30,
            height=paper.height,
        )

    def head(self, page: int) -> float:
        """Height of the coloured head of a page."""
        if page > 1:
            return 26 + self.next_title.height + self.next_centre.height + 20
        tagline = self.tagline.height if self.tagline else 0
        return self.edge + self.title.height + 8 + self.centre.height + 2 + tagline + self.edge * 0.8

    def top(self, page: int) -> float:
        """Where the content begins."""
        return self.head(page) + 14

    def room(self, page: int) -> float:
        """Height that is free for the content."""
        return self.height - self.top(page) - self._strip - self._foot - 10

    def paint(self, pen: Pen, folio: Folio) -> None:
        self._paint_head(pen, folio.number)
        y = self.height - self._foot - self._strip
        if self.rows:
            pen.fill(-_BLEED, y, pen.width + 2 * _BLEED, self._strip, PRIMARY_TINT)
            self._paint_contacts(pen, y + _STRIP_EDGE)
        self._paint_foot(pen, folio)

    @property
    def _strip(self) -> float:
        """Height of the strip with the contacts."""
        if not self.rows:
            return 0.0
        return sum(max(item.height for item in row) for row in self.rows) + 2 * _STRIP_EDGE + 8 * (len(self.rows) - 1)

    @property
    def _foot(self) -> float:
        partners = self.partners.height if self.partners else 0
        return 16 + max(partners, (len(self.remarks) + 1) * self.small.line) + _STREET

    def _paint_head(self, pen: Pen, page: int) -> None:
        height = self.head(page)
        pen.fill(-_BLEED, -_BLEED, pen.width + 2 * _BLEED, height + _BLEED, PRIMARY)
        with pen.inside(0, 0, pen.width, height - 1):
            # Arms around a child: an ornament that needs no language.
            x, step = pen.width - height * 0.52, height * 0.205
            for ring in range(1, 5):
                pen.ring(x, height, step * ring, PRIMARY_SOFT, step * 0.46)
            pen.disc(x, height, step * 0.4, PRIMARY_SOFT)
        if page > 1:
            with pen.aside():
                pen.lines(self.next_title, LEFT, 26)
                pen.lines(self.next_centre, LEFT, 26 + self.next_title.height)
            return
        y = self.edge
        pen.lines(self.title, LEFT, y)
        y += self.title.height + 8
        pen.lines(self.centre, LEFT, y)
        if self.tagline:
            pen.lines(self.tagline, LEFT, y + self.centre.height + 2)

    def _paint_contacts(self, pen: Pen, y: float) -> None:
        for row in self.rows:
            x = LEFT
            tallest = max(item.height for item in row)
            for item in row:
                item.paint(pen, x, y + tallest - item.height)
                x += item.width + _BETWEEN
            y += tallest + 8

    def _paint_foot(self, pen: Pen, folio: Folio) -> None:
        y = self.height - self._foot + 16
        if not self.rows:
            pen.rule(LEFT, y - 12, ROOM, HAIRLINE)
        if self.partners:
            pen.lines(self.partners, LEFT, y)
        for text in self.remarks:
            pen.line(text, self.small, LEFT + ROOM, y, room=ROOM * 0.36, align="right")
            y += self.small.line
        with pen.aside():
            pen.line(folio.sentence(), self.small, LEFT + ROOM, y, room=ROOM * 0.36, align="right")


_ORNAMENT = 60.0
_BLEED = 9.0
"""Colour that runs over the edge, so that no white line is left when the paper is trimmed."""

_STRIP_EDGE = 16.0
_BETWEEN = 24.0


def _contact_rows(contacts: Contacts, *, large: bool) -> tuple[tuple[_Item, ...], ...]:
    """The ways to reach the centre, as many beside each other as fit at full size."""
    label = Style(14 if large else 10, colour=SECOND, leading=1.3)
    phone = Style(26, bold=True, colour=PRIMARY, leading=1.2, floor=0.6)
    other = Style(18 if large else 15, colour=TEXT, leading=phone.line / (18 if large else 15), floor=0.6)
    wanted: list[tuple[Strokes, str, str, Style]] = [
        (PHONE, _("Call us"), value, phone) for value in contacts.phones if value
    ]
    wanted += [(MAIL, _("Write to us"), contacts.mail, other)] if contacts.mail else []
    wanted += [(GLOBE, _("Read more"), contacts.web, other)] if contacts.web else []
    size = 34.0
    room = ROOM - size - 10
    for share in (1.0, 0.95, 0.9, 0.85):
        # Beside each other if a slightly smaller size is enough for that.
        found = [
            _Item(strokes, one_line(what, label, room), one_line(value, style.scaled(share), room), size)
            for strokes, what, value, style in wanted
        ]
        rows = _side_by_side(found)
        if len(rows) == 1:
            return rows
    items = [
        _Item(strokes, one_line(what, label, room), one_line(value, style, room), size)
        for strokes, what, value, style in wanted
    ]
    return _side_by_side(items)


def _side_by_side(items: Sequence[_Item]) -> tuple[tuple[_Item, ...], ...]:
    """The items in rows, each as full as it goes."""
    rows: list[list[_Item]] = []
    for item in items:
        if rows and sum(placed.width + _BETWEEN for placed in rows[-1]) + item.width <= ROOM:
            rows[-1].append(item)
        else:
            rows.append([item])
    return tuple(tuple(row) for row in rows)


def _partners(partners: Sequence[Partner], style: Style) -> Lines | None:
    """All partners in one paragraph, the lead bodies first, in the order given otherwise."""
    if not partners:
        return None
    ordered = sorted(partners, key=lambda partner: not partner.lead)
    # Translators: a body that leads the project ("capofila")
    names = [_("{body} (lead body)").format(body=one.name) if one.lead else one.name for one in ordered]
    lines = wrap(" · ".join(names), style, ROOM * 0.6)
    if lines.height > Paper.A4.height / 4:
        raise DoesNotFit(text=lines.texts[0])
    return lines
