"""The opening-hours poster: when and where the doors are open, to be read from across the street.

One place or all of them, on A4 or A3. The type is as large as the content allows; places that do not fit go to a
second page. A place whose hours are not known says so and gives the telephone: it is never shown as closed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from famdesk.i18n import _, formats, language
from famdesk.sheets.hours.hours_content import (
    WHOLE_HOURS,
    Change,
    ClosedDays,
    DayHours,
    ExtraOpening,
    Group,
    OpeningHours,
    PlaceHours,
    Span,
    day_groups,
    is_whole,
    span_text,
)
from famdesk.sheets.hours.hours_notices import notices
from famdesk.sheets.paper import layout
from famdesk.sheets.paper.beside import GAP, Pair, dot, other, pair, quiet
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Cell, Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.poster import LEFT, ROOM, Contacts, Frame, Partner
from famdesk.sheets.paper.style import ATTENTION, HAIRLINE, PRIMARY, SECOND, TEXT, Style, enlarged, zoom
from famdesk.sheets.paper.text import DoesNotFit, Lines, balanced, baseline, clean, one_line, width, wrap

__all__ = [
    "Change",
    "ClosedDays",
    "Contacts",
    "DayHours",
    "ExtraOpening",
    "OpeningHours",
    "Partner",
    "PlaceHours",
    "PosterOptions",
    "Span",
    "render",
]


@dataclass(frozen=True, slots=True)
class PosterOptions:
    """`large_print`: no text under 16 points on A4, over as many pages as that takes."""

    paper: Paper = Paper.A4
    large_print: bool = False


@naming
@enlarged(1.0)
def render(content: OpeningHours, options: PosterOptions | None = None) -> bytes:
    """The poster as PDF in the current language.

    Raises:
        DoesNotFit: if a text is too long even at the smallest size.
        NotInFont: if a character cannot be printed.
    """
    chosen = options or PosterOptions()
    if zoom():
        chosen = replace(chosen, large_print=True)
    frame = _frame(content, chosen, tall=len(content.places) <= 3)
    try:
        look, bodies = _best(content, chosen, frame)
    except DoesNotFit:  # a lower head leaves more room, above all in large print and below a logo
        frame = _frame(content, chosen, tall=False)
        look, bodies = _best(content, chosen, frame)
    painters = [_painter(frame, look, body) for body in bodies]
    return build(painters, chosen.paper, _("Opening hours"))


class _Look(NamedTuple):
    """One way to set the places: below each other over the whole width, or name left and hours right."""

    wide: bool
    scale: float
    large: bool
    also: str

    @property
    def name(self) -> Style:
        size = 25 * min(self.scale, 1.35) if self.wide else 18 * self.scale
        return Style(size, bold=True, leading=1.22, role="H2")

    @property
    def detail(self) -> Style:
        return Style(
            max(self.name.size * (0.58 if self.wide else 0.66), 16 if self.large else 11), colour=SECOND, leading=1.35
        )

    @property
    def day(self) -> Style:
        return Style((30 if self.wide else 20) * self.scale, leading=1.5 if self.wide else 1.42)

    @property
    def hour(self) -> Style:
        return Style(self.day.size, bold=True, colour=PRIMARY, leading=self.day.leading)

    @property
    def pad(self) -> float:
        """Free space above and below a place."""
        return 18 * min(self.scale, 1.35) if self.wide else 14 * self.scale

    @property
    def notice(self) -> float:
        """Type size of the boxes below the places."""
        return min(max(12 * self.scale, 16 if self.large else 11), 20 if self.large else 14)


def _looks(content: OpeningHours, options: PosterOptions) -> list[_Look]:
    """What to try, the best first. Few places are set wide; more places name left, hours right."""
    large = options.large_print
    wide = [_Look(True, step / 100, large, content.also) for step in range(210, 79, -5)]
    narrow = [_Look(False, step / 100, large, content.also) for step in range(125, 61 if content.also else 69, -5)]
    if large:
        return [_Look(True, step / 100, True, content.also) for step in range(150, 84, -5)]
    return (wide if len(content.places) <= 2 else []) + narrow


def _best(content: OpeningHours, options: PosterOptions, frame: Frame) -> tuple[_Look, list[layout.Page]]:
    """The largest type that needs no more pages than the smallest would."""
    fitting: list[tuple[int, int, _Look, list[layout.Page]]] = []
    refused: DoesNotFit | None = None
    room = cache(frame.room)
    for order, look in enumerate(_looks(content, options)):
        try:
            bodies = layout.even_pages(_blocks(content, look), room)
        except DoesNotFit as problem:
            refused = problem
            continue
        if len(bodies) == 1:
            return look, bodies
        fitting.append((len(bodies), order, look, bodies))
    if fitting:
        best = min(fitting, key=lambda found: found[:2])
        return best[2], best[3]
    raise refused or DoesNotFit(text=content.centre)


def _frame(content: OpeningHours, options: PosterOptions, *, tall: bool) -> Frame:
    start = content.valid_from
    footer = [lambda: _("valid from {day}").format(day=formats.date_long(start))] if start else []
    return Frame.of(
        title=lambda: _("Opening hours"),
        centre=content.centre,
        tagline=content.tagline,
        contacts=content.contacts,
        partners=content.partners,
        remarks=footer,
        paper=options.paper,
        large=options.large_print,
        tall=tall,
        also=content.also,
    )


def _painter(frame: Frame, look: _Look, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        frame.paint_head(pen, folio)
        places = [block for block in body if not block.sinks]
        boxes = [block for block in body if block.sinks]
        spare = frame.room(folio.number) - layout.stacked(body)
        # Spare height opens the rows a little, then stands above and below the places; the boxes lie on the contacts.
        gap = min(spare / (len(body) + 1), 20.0)
        rest = spare - gap * (len(body) - 1)
        layout.paint(places, pen, frame.top(folio.number) + min(rest * 0.42, 60.0), gap)
        end = frame.top(folio.number) + frame.room(folio.number)
        layout.paint(boxes, pen, end - layout.stacked(boxes, gap), gap)
        frame.paint_foot(pen, folio)

    return paint


def _blocks(content: OpeningHours, look: _Look) -> list[Block]:
    grid = _Grid.of(content.places, look)
    again = content.again.places if content.again else content.places
    places = [
        _place(place, content.contacts, look, grid, same.note, last=place is content.places[-1])
        for place, same in zip(content.places, again, strict=True)
    ]
    return places + notices(content, look.notice)


class _Grid(NamedTuple):
    """The columns of the hours, the same for all places of a poster, so that figures stand below figures.

    `right` is the edge where the figures end; `start` and `span` are the widths before the dash and of a whole span.
    """

    whole: bool
    start: float
    span: float
    columns: int
    left: float
    step: float

    @classmethod
    def of(cls, places: Sequence[PlaceHours], look: _Look) -> _Grid:
        """Measure the hours of all places.

        Raises:
            DoesNotFit: if a weekday and its hours are wider than the column.
        """
        groups = [group for place in places for group in day_groups(place.hours)]
        spans = [span for group in groups for span in group.spans]
        whole = language() in WHOLE_HOURS and all(is_whole(span) for span in spans)
        texts = [span_text(span, whole) for span in spans] or ["–"]
        start = max(width(text.partition("–")[0], look.hour) for text in texts)
        span = start + max(width(text, look.hour) - width(text.partition("–")[0], look.hour) for text in texts)
        left = LEFT if look.wide else LEFT + ROOM * 0.47
        step = span + look.day.size * _COLUMN_GAP
        room = LEFT + ROOM - left - max((_labels_width(group, look) for group in groups), default=0)
        columns = max((len(group.spans) for group in groups), default=1)
        if columns * step > room and (not look.wide or look.scale < _SPLIT):
            columns = 1
        if columns * step > room:
            raise DoesNotFit(text=texts[0])
        return cls(whole, start, span, columns, left, step)

    def x(self, column: int, of: int, text: str, style: Style) -> float:
        """Left edge of the span number `column` of `of` in a line: dashes stand below dashes, the last at the edge."""
        before = self.start - width(text.partition("–")[0], style)
        return LEFT + ROOM - self.span - (of - 1 - column) * self.step + before


def _labels_width(group: Group, look: _Look) -> float:
    """Width of the days of a group, in both languages if there are two."""
    again = other(group.label, look.also)
    less = quiet(look.day)
    return width(group.label(), look.day) + (less.size * GAP + width(again, less) if again else 0)


_SPLIT = 0.9
"""Over the whole width, type gets smaller down to this scale before the hours of a day go to several lines."""

_COLUMN_GAP = 0.8
"""Between two spans of a day, in em."""


class _Row(NamedTuple):
    """One line or paragraph of the hours of a place; `first` is the style that stands on its first line."""

    height: float
    first: Style
    draw: Callable[[Pen, float], None]


def _place(place: PlaceHours, centre: Contacts, look: _Look, grid: _Grid, again: str, *, last: bool) -> Block:
    """Name and address, and the hours beside or below them; a hairline closes all but the last. `again`: its note in
    the second language."""
    room = ROOM if look.wide else grid.left - LEFT - 20
    # A name with a word that is wider than its column stands above both columns rather than in small type.
    across = look.wide or max(width(word, look.name) for word in clean(place.name).split() or [""]) > room
    title = balanced(place.name, look.name, ROOM if across else room)
    details = [wrap(line, look.detail, room) for line in place.address if line]
    rows = _rows(place, centre, look, grid, again)
    listed = len(rows) - bool(place.note) if place.hours else 0
    # Name and first weekday stand on one baseline when they stand side by side.
    lift = 0.0 if across else baseline(rows[0].first) - title.first_baseline
    title_top = look.pad + max(lift, 0)
    head_end = title_top + title.height + sum(part.height for part in details)
    rows_top = head_end + look.pad * 0.4 if look.wide else look.pad + max(-lift, 0)
    if across and not look.wide:
        rows_top = title_top + title.height
    bottom = max(head_end, rows_top + sum(row.height for row in rows)) + look.pad

    def paint(pen: Pen, y: float) -> None:
        at = y + title_top
        for part in (title, *details):
            pen.lines(part, LEFT, at)
            at += part.height
        at = y + rows_top
        with pen.items() if place.hours else nullcontext():
            for row in rows[:listed]:
                row.draw(pen, at)
                at += row.height
        for row in rows[listed:]:
            row.draw(pen, at)
            at += row.height
        if not last:
            pen.rule(LEFT, y + bottom, ROOM, HAIRLINE)

    return Block(bottom, paint, place.name)


def _rows(place: PlaceHours, centre: Contacts, look: _Look, grid: _Grid, again: str) -> list[_Row]:
    room = LEFT + ROOM - grid.left
    rows = [row for group in day_groups(place.hours) for row in _day_rows(group, look, grid)]
    if not rows:
        # Translators: instead of hours that are not known: call or write first ("su contatto")
        request = pair(lambda: _("on request"), look.day.coloured(ATTENTION), room, look.also)
        rows.append(_pair_row(request, grid.left))
        rows += _contact_rows(place.contact or centre, look, grid.left, room)
    if place.note:
        note = pair(
            lambda: again if look.also and language() == look.also else place.note, look.detail, room, look.also
        )
        rows.append(_pair_row(note, grid.left))
    return rows


def _day_rows(group: Group, look: _Look, grid: _Grid) -> list[_Row]:
    """The weekday and its spans, side by side or, in a narrow column, one below the other."""
    texts = [span_text(span, grid.whole) for span in group.spans]
    chunks = [texts[n : n + grid.columns] for n in range(0, len(texts), grid.columns)]

    def row(number: int, chunk: list[str]) -> _Row:
        def draw(pen: Pen, y: float) -> None:
            cells = _day_cells(pen, group, look, grid.left, y) if number == 0 else []
            for column, text in enumerate(chunk):
                cells.append(Cell(text, look.hour, grid.x(column, len(chunk), text, look.hour)))
            pen.row(cells, y)

        return _Row(look.day.line, look.day, draw)

    return [row(number, chunk) for number, chunk in enumerate(chunks)]


def _day_cells(pen: Pen, group: Group, look: _Look, x: float, y: float) -> list[Cell]:
    """The days of a group, and beside them the same in the second language."""
    first, again = Cell(group.label(), look.day, x), other(group.label, look.also)
    if not again:
        return [first]
    less, end = quiet(look.day), x + width(first.text, look.day)
    dot(pen, less, end, y + baseline(look.day))
    return [first, Cell(again, less, end + less.size * GAP, look.also)]


def _contact_rows(contact: Contacts, look: _Look, x: float, room: float) -> list[_Row]:
    style = look.detail.coloured(TEXT)
    values = [value for value in (*contact.phones, contact.mail) if value]
    joined = " · ".join(values)
    if width(joined, style) <= room:
        values = [joined] if joined else []
    return [_text_row(one_line(value, style, room), x) for value in values]


def _pair_row(found: Pair, x: float) -> _Row:
    return _Row(found.height, found.first.style, lambda pen, y: found.paint(pen, x, y))


def _text_row(lines: Lines, x: float) -> _Row:
    return _Row(lines.height, lines.style, lambda pen, y: pen.lines(lines, x, y))
