"""The opening-hours poster: when and where the doors are open, to be read from across the street.

One place or all of them, on A4 or A3. The type is as large as the content allows; places that do not fit go to a
second page. A place whose hours are not known says so and gives the telephone: it is never shown as closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, time

from famdesk.i18n import _, formats, language
from famdesk.sheets import layout
from famdesk.sheets.layout import Block
from famdesk.sheets.page import Cell, Folio, Painter, Paper, Pen, build
from famdesk.sheets.poster import LEFT, ROOM, Contacts, Frame, Notice, Partner
from famdesk.sheets.style import ATTENTION, ATTENTION_TINT, HAIRLINE, PRIMARY, PRIMARY_TINT, SECOND, TEXT, Style
from famdesk.sheets.text import DoesNotFit, Lines, balanced, baseline, clean, one_line, width, wrap

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
class Span:
    """From `starts` up to, not including, `ends`, in local wall time; `ends` at 0:00 is midnight."""

    starts: time
    ends: time


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one weekday (1 Monday … 7 Sunday); several spans if the door closes at noon."""

    weekday: int
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """A place with its weekly hours. No `hours` at all means that they are not known.

    `address` is printed line by line. `note` is a remark on the hours ("con il personale del Centro"). `contact` is
    used for unknown hours; None stands for that of the centre.
    """

    name: str
    address: tuple[str, ...] = ()
    hours: tuple[DayHours, ...] = ()
    note: str = ""
    contact: Contacts | None = None


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Closed from `first` to `last`, both included. No `place` means all of them."""

    first: date
    last: date
    reason: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """Hours of a place that hold from `starts`, until `ends` if that is known."""

    starts: date
    place: str
    hours: tuple[DayHours, ...]
    ends: date | None = None


@dataclass(frozen=True, slots=True)
class ExtraOpening:
    """An opening outside the weekly hours."""

    day: date
    spans: tuple[Span, ...]
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """What the poster says. Empty texts and None are left out on paper; `places` in the order of printing."""

    centre: str
    places: tuple[PlaceHours, ...]
    tagline: str = ""
    contacts: Contacts = field(default_factory=Contacts)
    closed: tuple[ClosedDays, ...] = ()
    changes: tuple[Change, ...] = ()
    extra: tuple[ExtraOpening, ...] = ()
    partners: tuple[Partner, ...] = ()
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class PosterOptions:
    """`large_print`: no text under 16 points on A4, over as many pages as that takes."""

    paper: Paper = Paper.A4
    large_print: bool = False


def render(content: OpeningHours, options: PosterOptions | None = None) -> bytes:
    """The poster as PDF in the current language.

    Raises:
        DoesNotFit: if a text is too long even at the smallest size.
        NotInFont: if a character cannot be printed.
    """
    chosen = options or PosterOptions()
    frame = _frame(content, chosen)
    look, bodies = _best(content, chosen, frame)
    painters = [_painter(frame, look, body) for body in bodies]
    return build(painters, chosen.paper, _("Opening hours"))


@dataclass(frozen=True, slots=True)
class _Look:
    """One way to set the places: below each other over the whole width, or name left and hours right."""

    wide: bool
    scale: float
    large: bool

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
    wide = [_Look(True, step / 100, large) for step in range(210, 79, -5)]
    narrow = [_Look(False, step / 100, large) for step in range(125, 69, -5)]
    if large:
        return [_Look(True, step / 100, True) for step in range(150, 84, -5)]
    return (wide if len(content.places) <= 2 else []) + narrow


def _best(content: OpeningHours, options: PosterOptions, frame: Frame) -> tuple[_Look, list[layout.Page]]:
    """The largest type that needs no more pages than the smallest would."""
    fitting: list[tuple[int, int, _Look, list[layout.Page]]] = []
    refused: DoesNotFit | None = None
    for order, look in enumerate(_looks(content, options)):
        try:
            bodies = layout.even_pages(_blocks(content, look), frame.room)
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


def _frame(content: OpeningHours, options: PosterOptions) -> Frame:
    footer = [_("valid from {day}").format(day=formats.date_long(content.valid_from))] if content.valid_from else []
    return Frame.of(
        title=_("Opening hours"),
        centre=content.centre,
        tagline=content.tagline,
        contacts=content.contacts,
        partners=content.partners,
        remarks=tuple(footer),
        paper=options.paper,
        large=options.large_print,
        tall=len(content.places) <= 3,
    )


def _painter(frame: Frame, look: _Look, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        frame.paint(pen, folio)
        places = [block for block in body if not block.sinks]
        boxes = [block for block in body if block.sinks]
        spare = frame.room(folio.number) - layout.stacked(body)
        # Spare height opens the rows a little, then stands above and below the places; the boxes lie on the contacts.
        gap = min(spare / (len(body) + 1), 20.0)
        rest = spare - gap * (len(body) - 1)
        layout.paint(places, pen, frame.top(folio.number) + min(rest * 0.42, 60.0), gap)
        end = frame.top(folio.number) + frame.room(folio.number)
        layout.paint(boxes, pen, end - layout.stacked(boxes, gap), gap)

    return paint


def _blocks(content: OpeningHours, look: _Look) -> list[Block]:
    grid = _Grid.of(content.places, look)
    places = [_place(place, content.contacts, look, grid, last=place is content.places[-1]) for place in content.places]
    return places + _notices(content, look)


@dataclass(frozen=True, slots=True)
class _Grid:
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
        groups = [group for place in places for group in _groups(place.hours)]
        spans = [span for group in groups for span in group.spans]
        whole = language() in _WHOLE_HOURS and all(_whole(span) for span in spans)
        texts = [_span_text(span, whole) for span in spans] or ["–"]
        start = max(width(text.partition("–")[0], look.hour) for text in texts)
        span = start + max(width(text, look.hour) - width(text.partition("–")[0], look.hour) for text in texts)
        left = LEFT if look.wide else LEFT + ROOM * 0.47
        step = span + look.day.size * _COLUMN_GAP
        room = LEFT + ROOM - left - max((width(group.label(), look.day) for group in groups), default=0)
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


@dataclass(frozen=True, slots=True)
class _Group:
    """Days in a row with the same hours; one day if `first` is `last`."""

    first: int
    last: int
    spans: tuple[Span, ...]

    def label(self) -> str:
        first, last = formats.weekday(self.first), formats.weekday(self.last)
        # Translators: weekdays with the same hours, as "Monday – Friday"
        return first if self.first == self.last else _("{first} – {last}").format(first=first, last=last)


def _groups(hours: Sequence[DayHours]) -> list[_Group]:
    """The week by weekday; three or more days in a row with the same hours share a line."""
    days = sorted(hours, key=lambda day: day.weekday)
    groups: list[_Group] = []
    for day in days:
        spans = tuple(sorted(day.spans, key=lambda span: span.starts))
        if groups and groups[-1].spans == spans and groups[-1].last + 1 == day.weekday:
            groups[-1] = _Group(groups[-1].first, day.weekday, spans)
        else:
            groups.append(_Group(day.weekday, day.weekday, spans))
    return [part for group in groups for part in _parts(group)]


def _parts(group: _Group) -> list[_Group]:
    if group.last - group.first >= 2:
        return [group]
    return [_Group(day, day, group.spans) for day in range(group.first, group.last + 1)]


_SPLIT = 0.9
"""Over the whole width, type gets smaller down to this scale before the hours of a day go to several lines."""

_COLUMN_GAP = 0.8
"""Between two spans of a day, in em."""

_WHOLE_HOURS = {"it", "de"}
"""Languages in which "12–14" alone is read as hours of the day."""


def _whole(span: Span) -> bool:
    return span.starts.minute == 0 and span.ends.minute == 0


def _span_text(span: Span, whole: bool) -> str:
    """ "12–14" if all hours of the poster are whole, else "12:00–14:30"; the dash stays in every language."""
    # Translators: hours of the day, as "12–14" or "12:00–14:30"; keep the dash; in German "{start}–{end} Uhr"
    pattern = _("{start}–{end}")
    if whole:
        return pattern.format(start=span.starts.hour, end=span.ends.hour or 24)
    start, _dash, end = formats.time_range(span.starts, span.ends).partition("–")
    return pattern.format(start=start, end=end)


@dataclass(frozen=True, slots=True)
class _Row:
    """One line or paragraph of the hours of a place; `first` is the style that stands on its first line."""

    height: float
    first: Style
    draw: Callable[[Pen, float], None]


def _place(place: PlaceHours, centre: Contacts, look: _Look, grid: _Grid, *, last: bool) -> Block:
    """Name and address, and the hours beside or below them; a hairline closes all but the last."""
    room = ROOM if look.wide else grid.left - LEFT - 20
    # A name with a word that is wider than its column stands above both columns rather than in small type.
    across = look.wide or max(width(word, look.name) for word in clean(place.name).split() or [""]) > room
    title = balanced(place.name, look.name, ROOM if across else room)
    details = [wrap(line, look.detail, room) for line in place.address if line]
    rows = _rows(place, centre, look, grid)
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


def _rows(place: PlaceHours, centre: Contacts, look: _Look, grid: _Grid) -> list[_Row]:
    room = LEFT + ROOM - grid.left
    rows = [row for group in _groups(place.hours) for row in _day_rows(group, look, grid)]
    if not rows:
        # Translators: instead of hours that are not known: call or write first ("su contatto")
        rows.append(_text_row(wrap(_("on request"), look.day.coloured(ATTENTION), room), grid.left))
        rows += _contact_rows(place.contact or centre, look, grid.left, room)
    if place.note:
        rows.append(_text_row(wrap(place.note, look.detail, room), grid.left))
    return rows


def _day_rows(group: _Group, look: _Look, grid: _Grid) -> list[_Row]:
    """The weekday and its spans, side by side or, in a narrow column, one below the other."""
    texts = [_span_text(span, grid.whole) for span in group.spans]
    chunks = [texts[n : n + grid.columns] for n in range(0, len(texts), grid.columns)]

    def row(number: int, chunk: list[str]) -> _Row:
        def draw(pen: Pen, y: float) -> None:
            cells = [Cell(group.label(), look.day, grid.left)] if number == 0 else []
            for column, text in enumerate(chunk):
                cells.append(Cell(text, look.hour, grid.x(column, len(chunk), text, look.hour)))
            pen.row(cells, y)

        return _Row(look.day.line, look.day, draw)

    return [row(number, chunk) for number, chunk in enumerate(chunks)]


def _contact_rows(contact: Contacts, look: _Look, x: float, room: float) -> list[_Row]:
    style = look.detail.coloured(TEXT)
    values = [value for value in (*contact.phones, contact.mail) if value]
    joined = " · ".join(values)
    if width(joined, style) <= room:
        values = [joined] if joined else []
    return [_text_row(one_line(value, style, room), x) for value in values]


def _text_row(lines: Lines, x: float) -> _Row:
    return _Row(lines.height, lines.style, lambda pen, y: pen.lines(lines, x, y))


_ENTRIES = 18
"""Most entries in one box; further ones follow in a box of their own, which may go to the next page."""


def _notices(content: OpeningHours, look: _Look) -> list[Block]:
    """The boxes: new hours, extra openings, closed days, each only if there is something to say."""
    found = [
        Notice(_("New opening hours"), tuple(_changes(content)), PRIMARY, PRIMARY_TINT),
        Notice(_("Extra openings"), tuple(_extra(content)), PRIMARY, PRIMARY_TINT),
        Notice(_("Closed"), tuple(_closed(content)), ATTENTION, ATTENTION_TINT),
    ]
    return [part.block(look.notice) for notice in found for part in notice.parts(_ENTRIES)]


def _changes(content: OpeningHours) -> Iterator[tuple[str, str]]:
    for change in sorted(content.changes, key=lambda change: (change.starts, change.place)):
        first = formats.date_day(change.starts)
        if change.ends is None:
            when = _("from {day}").format(day=first)
        else:
            when = _("from {first} to {last}").format(first=first, last=formats.date_day(change.ends))
        hours = [f"{group.label()} {_spans_text(group.spans)}" for group in _groups(change.hours)]
        yield when, _dotted(change.place, ", ".join(hours) or _("on request"))


def _extra(content: OpeningHours) -> Iterator[tuple[str, str]]:
    for opening in sorted(content.extra, key=lambda opening: (opening.day, opening.place)):
        yield formats.date_day(opening.day), _dotted(_spans_text(opening.spans), opening.place, opening.reason)


def _closed(content: OpeningHours) -> Iterator[tuple[str, str]]:
    for closed in sorted(content.closed, key=lambda closed: (closed.first, closed.last, closed.place)):
        one_day = closed.first == closed.last
        when = formats.date_day(closed.first) if one_day else formats.week_range(closed.first, closed.last)
        yield when, _dotted(closed.reason, closed.place)


def _spans_text(spans: Sequence[Span]) -> str:
    whole = language() in _WHOLE_HOURS and all(_whole(span) for span in spans)
    return ", ".join(_span_text(span, whole) for span in spans)


def _dotted(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
