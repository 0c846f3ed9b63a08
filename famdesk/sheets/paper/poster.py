"""What a poster has around its content: the coloured head, the boxes, the contacts and the foot with the partners."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from famdesk.i18n import _
from famdesk.sheets.paper import letterhead, links
from famdesk.sheets.paper.beside import Pair, pair, quiet
from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.icons import GLOBE, MAIL, PHONE, icon
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.page import Cell, Folio, Paper, Pen
from famdesk.sheets.paper.style import (
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
from famdesk.sheets.paper.text import DoesNotFit, Lines, balanced, one_line, width, wrap

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


class Notice(NamedTuple):
    """A tinted box: a heading and entries of two parts, such as a day and a reason.

    `again` are the same entries in a second language, whose code is `also`; both empty: in one language only.
    """

    heading: Callable[[], str]
    entries: tuple[tuple[str, str], ...]
    colour: str
    tint: str
    also: str = ""
    again: tuple[tuple[str, str], ...] = ()

    def parts(self, most: int) -> list[Notice]:
        """The same box as several boxes of at most `most` entries; none at all without entries."""
        return [
            self._replace(entries=self.entries[first : first + most], again=self.again[first : first + most])
            for first in range(0, len(self.entries), most)
        ]

    def block(self, size: float) -> Block:
        """The box set in type of `size` points: the first parts in a column, if they are short enough.

        Raises:
            DoesNotFit: if a word is wider than its column.
        """
        edge = size * 1.3
        style = Style(size * 1.15, bold=True, colour=self.colour, leading=1.3, role="H2")
        heading = pair(self.heading, style, ROOM - 2 * edge, self.also, colour=self.colour, share=0.85)
        strong, plain = Style(size, bold=True, leading=1.4), Style(size, leading=1.4)
        told: list[_Told] = [(entry, strong, plain, None) for entry in self.entries]
        if self.again:
            less = quiet(plain, share=0.9)._replace(leading=1.4)
            again: list[_Told] = [(entry, less, less, self.also) for entry in self.again]
            told = [entry for both in zip(told, again, strict=True) for entry in both]
        column = max(width(first, style) for (first, _second), style, _plain, _language in told) + size * 1.2
        beside = column <= (ROOM - 2 * edge) * 0.62
        rows: list[_Entry] = []
        for (first, second), style, below, language in told:
            room = ROOM - 2 * edge - (column if beside else 0)
            rows.append(_Entry(wrap(first, style, ROOM - 2 * edge), wrap(second, below, room) if second else None,
                               column if beside else 0, language))  # fmt: skip
        height = heading.height + size * 0.35 + sum(row.height for row in rows) + 2 * edge * 0.85

        def paint(pen: Pen, y: float) -> None:
            pen.fill(LEFT, y + size, ROOM, height, self.tint, radius=6)
            at = y + size + edge * 0.85
            heading.paint(pen, LEFT + edge, at)
            at += heading.height + size * 0.35
            with pen.items():
                for row in rows:
                    with pen.element("LI", language=row.language):
                        row.paint(pen, LEFT + edge, at)
                    at += row.height

        return Block(height + size, paint, self.heading(), sinks=True)


_Told = tuple[tuple[str, str], Style, Style, str | None]
"""The two parts of an entry, the styles of each, and its language."""


class _Entry(NamedTuple):
    """The two parts of an entry: `column` is where the second begins, 0 if it stands below; `language` if it is not
    that of the sheet."""

    first: Lines
    second: Lines | None
    column: float
    language: str | None

    @property
    def height(self) -> float:
        after = self.first.style.size * 0.35 if self.language else 0
        if self.second is None:
            return self.first.height + after
        if self.column:
            return max(self.first.height, self.second.height) + after
        return self.first.height + self.second.height + self.first.style.size * 0.4

    def paint(self, pen: Pen, x: float, y: float) -> None:
        first, second = self.first, self.second
        if second is None or not self.column:
            with pen.element("LBody"):
                pen.lines(first, x, y)
                if second is not None:
                    pen.lines(second, x, y + first.height)
            return
        pen.row((Cell(first.texts[0], first.style, x), Cell(second.texts[0], second.style, x + self.column)), y)
        if len(second.lines) > 1:
            with pen.element("LBody"):
                pen.lines(second.part(1), x + self.column, y + second.pitch)


class _Item(NamedTuple):
    """One way to reach the centre: an icon, what to do with it, and the number or address."""

    strokes: Strokes
    label: Pair
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
        text = self.value.texts[0]
        with pen.item():
            with pen.label():
                self.label.paint(pen, x + self.icon + 10, y)
            with pen.body():
                pen.lines(self.value, x + self.icon + 10, y + self.label.height,
                          link=links.mail(text) or links.telephone(text) or links.web(text))  # fmt: skip


class Frame(NamedTuple):
    """Head and foot of a poster, measured once; the first page has the tall head."""

    title: Pair
    centre: Lines
    tagline: Lines | None
    next_title: Pair
    next_centre: Lines
    rows: tuple[tuple[_Item, ...], ...]
    partners: Lines | None
    remarks: tuple[Pair, ...]
    header: Part
    logos: Part
    footer: Part
    small: Style
    edge: float
    height: float

    @classmethod
    def of(cls, *, title: Callable[[], str], centre: str, tagline: str, contacts: Contacts, partners: Sequence[Partner],
           remarks: Sequence[Callable[[], str]], paper: Paper, large: bool, tall: bool,
           also: str = "") -> Frame:  # fmt: skip
        """Measure head and foot. `tall`: few places below, so the head may be high; `also`: a second language.

        Raises:
            DoesNotFit: if a text of the frame is too long.
            NotInFont: if a character cannot be printed.
        """
        small = Style(14 if large else 9, colour=SECOND, leading=1.4, floor=0.85)
        room = ROOM - _ORNAMENT
        big = Style(50 if tall else 42, bold=True, colour=WHITE, leading=1.12, floor=0.6, role="H1")
        return cls(
            title=pair(title, big, ROOM, also, colour=PRIMARY_PALE, share=0.6),
            centre=balanced(centre, Style(19, bold=True, colour=WHITE, leading=1.28), room),
            tagline=balanced(tagline, Style(16 if large else 14, colour=PRIMARY_PALE, leading=1.35), room)
            if tagline
            else None,
            next_title=pair(
                title, Style(24, bold=True, colour=WHITE, leading=1.2, floor=0.6), ROOM, also, colour=PRIMARY_PALE
            ),
            next_centre=wrap(centre, Style(16 if large else 13, colour=WHITE), ROOM),
            rows=_contact_rows(contacts, also, large=large),
            partners=_partners(partners, small),
            remarks=tuple(pair(one, small, ROOM * 0.36, also, share=1, setting=balanced) for one in remarks),
            header=letterhead.header(ROOM, tall=46, size=14 if large else 10),
            logos=letterhead.partners(ROOM),
            footer=letterhead.footer(ROOM, size=14 if large else 8),
            small=small,
            edge=40 if tall else 30,
            height=paper.height,
        )

    def head(self, page: int) -> float:
        """Height of the coloured head of a page."""
        if page > 1:
            return 26 + self.next_title.height + self.next_centre.height + 20
        tagline = self.tagline.height if self.tagline else 0
        return self._white + self.edge + self.title.height + 8 + self.centre.height + 2 + tagline + self.edge * 0.8

    def top(self, page: int) -> float:
        """Where the content begins."""
        return self.head(page) + 14

    def room(self, page: int) -> float:
        """Height that is free for the content."""
        return self.height - self.top(page) - self._strip - self._foot - 10

    def paint_head(self, pen: Pen, folio: Folio) -> None:
        """What stands above the content; paint it first, as it is read first."""
        self._paint_head(pen, folio.number)

    def paint_foot(self, pen: Pen, folio: Folio) -> None:
        """What stands below the content; on all pages but the last nobody has it read aloud."""
        y = self.height - self._foot - self._strip
        with pen.aside() if folio.number < folio.total else nullcontext():
            if self.rows:
                pen.fill(-_BLEED, y, pen.width + 2 * _BLEED, self._strip, PRIMARY_TINT)
                with pen.items():
                    self._paint_contacts(pen, y + _STRIP_EDGE)
            self._paint_foot(pen, folio)

    @property
    def _white(self) -> float:
        """Height of the white above the colour of the first page, on which the header stands."""
        return self.header.height + _ABOVE + 4 if self.header.height else 0.0

    @property
    def _strip(self) -> float:
        """Height of the strip with the contacts."""
        if not self.rows:
            return 0.0
        return sum(max(item.height for item in row) for row in self.rows) + 2 * _STRIP_EDGE + 8 * (len(self.rows) - 1)

    @property
    def _foot(self) -> float:
        partners = self.partners.height if self.partners else 0
        told = max(partners, sum(one.height for one in self.remarks) + self.small.line)
        return 16 + self.logos.height + told + self.footer.height + _STREET

    def _paint_head(self, pen: Pen, page: int) -> None:
        height, white = self.head(page), self._white if page == 1 else 0.0
        pen.fill(-_BLEED, white or -_BLEED, pen.width + 2 * _BLEED, height - (white or -_BLEED), PRIMARY)
        with pen.inside(0, white, pen.width, height - white - 1):
            # Arms around a child: an ornament that needs no language.
            x, step = pen.width - (height - white) * 0.52, (height - white) * 0.205
            for ring in range(1, 5):
                pen.ring(x, height, step * ring, PRIMARY_SOFT, step * 0.46)
            pen.disc(x, height, step * 0.4, PRIMARY_SOFT)
        if page > 1:
            with pen.aside():
                self.next_title.paint(pen, LEFT, 26)
                pen.lines(self.next_centre, LEFT, 26 + self.next_title.height)
            return
        self.header.paint(pen, LEFT, _ABOVE)
        y = white + self.edge
        self.title.paint(pen, LEFT, y)
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
        self.logos.paint(pen, LEFT, y)
        y += self.logos.height
        self.footer.paint(pen, LEFT, self.height - _STREET - self.footer.height + 3)
        if self.partners:
            pen.lines(self.partners, LEFT, y)
        for remark in self.remarks:
            remark.paint(pen, LEFT + ROOM, y, align="right")
            y += remark.height
        with pen.aside():
            pen.line(folio.sentence(), self.small, LEFT + ROOM, y, room=ROOM * 0.36, align="right")


_ORNAMENT = 60.0
_ABOVE = 20.0
"""White above the header."""
_BLEED = 9.0
"""Colour that runs over the edge, so that no white line is left when the paper is trimmed."""

_STRIP_EDGE = 16.0
_BETWEEN = 24.0


def _contact_rows(contacts: Contacts, also: str, *, large: bool) -> tuple[tuple[_Item, ...], ...]:
    """The ways to reach the centre, as many beside each other as fit at full size."""
    label = Style(14 if large else 10, colour=SECOND, leading=1.3)
    phone = Style(26, bold=True, colour=PRIMARY, leading=1.2, floor=0.6)
    other = Style(18 if large else 15, colour=TEXT, leading=phone.line / (18 if large else 15), floor=0.6)
    wanted: list[tuple[Strokes, Callable[[], str], str, Style]] = [
        (PHONE, lambda: _("Call us"), value, phone) for value in contacts.phones if value
    ]
    wanted += [(MAIL, lambda: _("Write to us"), contacts.mail, other)] if contacts.mail else []
    wanted += [(GLOBE, lambda: _("Read more"), contacts.web, other)] if contacts.web else []
    size = 34.0
    room = ROOM - size - 10
    labels = [pair(what, label, room, also, share=1, setting=one_line) for _strokes, what, _value, _style in wanted]

    def items(share: float) -> list[_Item]:
        return [
            _Item(strokes, text, one_line(value, style.scaled(share), room), size)
            for text, (strokes, _what, value, style) in zip(labels, wanted, strict=True)
        ]

    for share in (1.0, 0.95, 0.9, 0.85):
        # Beside each other if a slightly smaller size is enough for that.
        rows = _side_by_side(items(share))
        if len(rows) == 1:
            return rows
    return _side_by_side(items(1.0))


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
    """The partners without a logo in one paragraph, the lead bodies first, in the order given otherwise."""
    told = letterhead.named([one.name for one in partners])
    partners = [one for one in partners if one.name in told]
    if not partners:
        return None
    ordered = sorted(partners, key=lambda partner: not partner.lead)
    # Translators: a body that leads the project ("capofila")
    names = [_("{body} (lead body)").format(body=one.name) if one.lead else one.name for one in ordered]
    lines = wrap(" · ".join(names), style, ROOM * 0.6)
    if lines.height > Paper.A4.height / 4:
        raise DoesNotFit(text=lines.texts[0])
    return lines
