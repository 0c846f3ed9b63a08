"""The orientation slip: where a family can go next, on a paper that fits into a pocket.

Up to three services, each with what it does, its hours, its address, how to get there and whom to call. It is handed
out at the desk and names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from famdesk.i18n import _, formats, from_right
from famdesk.sheets.hours.opening_hours import DayHours, Span
from famdesk.sheets.paper import icon_lines, letterhead
from famdesk.sheets.paper.icon_lines import BESIDE, IconLine
from famdesk.sheets.paper.icons import CLOCK, MAP_PIN, PHONE, ROUTE
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.links import telephone
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import (
    HAIRLINE,
    PRIMARY,
    PRIMARY_PALE,
    PRIMARY_TINT,
    SECOND,
    TEXT,
    WHITE,
    Style,
    enlarged,
    zoom,
)
from famdesk.sheets.paper.text import DoesNotFit, Lines, wrap

MOST = 3
"""How many services stand on a slip; more would not be read."""

LEFT = 20.0
WIDTH, HEIGHT = Paper.A4.width / 2, Paper.A6.height
ROOM = WIDTH - 2 * LEFT
_BLEED = 9.0


@dataclass(frozen=True, slots=True)
class Destination:
    """A service somebody is sent to. Empty texts are left out; no `hours` at all means that they are not known.

    `what` it does, in a line; `address` is printed line by line; `directions` how to get there.
    """

    name: str
    what: str = ""
    hours: tuple[DayHours, ...] = ()
    address: tuple[str, ...] = ()
    directions: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class OrientationSlip:
    """One to three services, with the centre that hands the slip out and its number; `as_of`: the day of the hours.

    `language` is that of the texts of the directory, "" if it is the language of the sheet.
    """

    services: tuple[Destination, ...]
    centre: str = ""
    phone: str = ""
    as_of: date | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class OrientationOptions:
    """`four`: four slips on a sheet of A4, to be cut."""

    four: bool = False


@naming
@enlarged(2.0)
def render(content: OrientationSlip, options: OrientationOptions | None = None) -> bytes:
    """The slip as PDF, A6 or four on A4, in the current language; wrap the call in `using` for the family's language.

    Raises:
        DoesNotFit: if the services do not fit on the slip even at the smallest size.
        NotInFont: if a character cannot be printed.
    """
    slip = _fitting(content)
    four = (options or OrientationOptions()).four and not zoom()  # in large print a slip is as large as the sheet
    return build([_four(slip) if four else _single(slip)], Paper.A4 if four else Paper.A6, _("Where you can go"))


def _single(slip: _Slip) -> Painter:
    def paint(pen: Pen, _folio: Folio) -> None:
        slip.paint(pen, 0.0, 0.0, bleed=_BLEED)

    return paint


def _four(slip: _Slip) -> Painter:
    """The same slip four times; it is read aloud once."""

    def paint(pen: Pen, _folio: Folio) -> None:
        for place in range(4):
            x, y = (place % 2) * pen.width / 2, (place // 2) * pen.height / 2
            with pen.aside() if place else nullcontext():
                slip.paint(pen, x, y, bleed=0.0)
        for along in (0.0, 0.5, 1.0):
            _cut(pen, pen.width * along, pen.height * 0.5)
            _cut(pen, pen.width * 0.5, pen.height * along)

    return paint


def _cut(pen: Pen, x: float, y: float) -> None:
    """A small cross that shows where to cut."""
    for across, down in ((6.0, 0.0), (0.0, 6.0)):
        pen.path([(x - across, y - down), (x + across, y + down)], SECOND, 0.4)


@dataclass(frozen=True, slots=True)
class _Card:
    """A service, measured."""

    name: Lines
    what: Lines | None
    facts: tuple[IconLine, ...]
    said: str | None

    @property
    def height(self) -> float:
        what = self.what.height + 1 if self.what else 0
        return self.name.height + what + (3 if self.facts else 0) + icon_lines.height(self.facts)

    def paint(self, pen: Pen, x: float, y: float) -> None:
        pen.lines(self.name, x, y, language=self.said)
        y += self.name.height
        if self.what:
            pen.lines(self.what, x, y, language=self.said)
            y += self.what.height + 1
        icon_lines.paint(pen, self.facts, x, y + 3)


@dataclass(frozen=True, slots=True)
class _Slip:
    """The slip, measured."""

    title: Lines
    centre: Lines | None
    cards: tuple[_Card, ...]
    call: Lines | None
    phone: Lines | None
    as_of: Lines | None
    header: Part
    footer: Part

    @property
    def white(self) -> float:
        """Height of the white above the colour, on which the centre's header stands."""
        return self.header.height + 14 if self.header.height else 0.0

    @property
    def head(self) -> float:
        return self.white + 15 + self.title.height + (self.centre.height if self.centre else 0) + 11

    @property
    def foot(self) -> float:
        lines = (self.call, self.phone, self.as_of)
        return self.footer.height + (9 + sum(one.height for one in lines if one) + 12 if any(lines) else 12.0)

    @property
    def body(self) -> float:
        """Height of the services with the least space between them."""
        return sum(card.height for card in self.cards) + 15 * (len(self.cards) + 1)

    @property
    def fits(self) -> bool:
        return self.head + self.body + self.foot <= HEIGHT

    def paint(self, pen: Pen, x: float, top: float, *, bleed: float) -> None:
        """Paint the slip with its corner at `x`, `top`; `bleed`: how far colour runs over the edge."""
        above = top + self.white if self.white else top - bleed
        pen.fill(x - bleed, above, WIDTH + 2 * bleed, top + self.head - above, PRIMARY)
        self.header.paint(pen, x + LEFT, top + 12)
        y = top + self.white + 15
        pen.lines(self.title, x + LEFT, y)
        if self.centre:
            pen.lines(self.centre, x + LEFT, y + self.title.height)
        gap = min((HEIGHT - self.head - self.foot - self.body) / (len(self.cards) + 1), 16.0) + 15
        y = top + self.head + gap
        for number, card in enumerate(self.cards):
            if number:
                pen.rule(x + LEFT, y - gap / 2, ROOM, HAIRLINE)
            card.paint(pen, x + LEFT, y)
            y += card.height + gap
        self._paint_foot(pen, x, top + HEIGHT - self.foot, bleed)

    def _paint_foot(self, pen: Pen, x: float, y: float, bleed: float) -> None:
        if not (self.call or self.as_of):
            self.footer.paint(pen, x + LEFT, y)
            return
        pen.fill(x - bleed, y, WIDTH + 2 * bleed, self.foot + bleed, PRIMARY_TINT)
        y += 9
        if self.call and self.phone:
            pen.lines(self.call, x + LEFT, y)
            pen.lines(self.phone, x + LEFT, y + self.call.height, link=telephone(self.phone.texts[0]))
            y += self.call.height + self.phone.height
        if self.as_of:
            pen.lines(self.as_of, x + LEFT, y)
            y += self.as_of.height
        self.footer.paint(pen, x + LEFT, y + 4)


def _fitting(content: OrientationSlip) -> _Slip:
    """The slip in the largest type that fits; the services come before the centre's footer and its header."""
    for around, least in ((_AROUND, 88), (_AROUND[:1], 88), ((), 68)):
        for step in range(120, least - 1, -4):
            try:
                slip = _measured(content, step / 100, around)
            except DoesNotFit:
                if around:
                    break
                raise
            if slip.fits:
                return slip
    raise DoesNotFit(text=max(content.services, key=lambda one: len(one.what) + len(one.directions)).name)


_AROUND = ("header", "footer")
"""What the centre's look puts around the slip."""


def _measured(content: OrientationSlip, scale: float, around: Sequence[str]) -> _Slip:
    small = Style(9 * min(max(scale, 0.85), 1.0), colour=SECOND, leading=1.35)
    title = Style(17 * min(scale, 1.1), bold=True, colour=WHITE, leading=1.2, role="H1")
    said = content.language or None
    # Translators: after this stands a telephone number: that of the family centre, on a slip with other services
    call = _("Questions? Call us") if content.phone else ""
    as_of = _("Hours as of {day}").format(day=formats.date_long(content.as_of)) if content.as_of else ""
    return _Slip(
        title=wrap(_("Where you can go"), title, ROOM),
        centre=wrap(content.centre, small.coloured(PRIMARY_PALE), ROOM) if content.centre else None,
        cards=tuple(_card(one, scale, said) for one in content.services),
        call=wrap(call, small, ROOM) if call else None,
        phone=wrap(content.phone, Style(14, bold=True, colour=PRIMARY, leading=1.25, floor=0.6), ROOM)
        if content.phone
        else None,
        as_of=wrap(as_of, small.scaled(0.9), ROOM) if as_of else None,
        header=letterhead.header(ROOM, tall=24, size=7.5, shown=bool(content.centre) and "header" in around),
        footer=letterhead.footer(ROOM, size=7, shown=bool(content.centre) and "footer" in around),
    )


def _card(service: Destination, scale: float, said: str | None) -> _Card:
    plain = Style(10 * scale, leading=1.32)
    return _Card(
        wrap(service.name, Style(13 * scale, bold=True, colour=PRIMARY, leading=1.25, role="H2"), ROOM),
        wrap(service.what, plain, ROOM) if service.what else None,
        tuple(_facts(service, plain.coloured(TEXT), said)),
        said,
    )


def _facts(service: Destination, style: Style, said: str | None) -> Iterator[IconLine]:
    room = ROOM - BESIDE
    for words in hours_words(service.hours):
        yield IconLine(CLOCK, wrap(words, style, room))
    if not service.hours and service.phone:
        yield IconLine(CLOCK, wrap(_("Opening hours on request"), style, room))
    if service.address:
        yield IconLine(MAP_PIN, wrap("\n".join(service.address), style, room), said=said)
    if service.directions:
        yield IconLine(ROUTE, wrap(service.directions, style, room), said=said)
    if service.phone:
        strong = Style(style.size * 1.15, bold=True, leading=1.3)
        yield IconLine(PHONE, wrap(service.phone, strong, room), telephone(service.phone))


def hours_words(hours: Sequence[DayHours]) -> list[str]:
    """The week in few lines: days with the same hours share one, as "Mon, Wed 9:00–12:00"."""
    days: dict[tuple[Span, ...], list[int]] = {}
    for day in sorted(hours, key=lambda one: one.weekday):
        days.setdefault(tuple(sorted(day.spans, key=lambda span: span.starts)), []).append(day.weekday)
    found = []
    for spans, numbers in days.items():
        times = " · ".join(formats.time_range(span.starts, span.ends) for span in spans)
        # Translators: weekdays and their hours, as "Mon, Wed 9:00–12:00"
        found.append(_("{days} {hours}").format(days=_days(numbers), hours=times))
    return found


def _days(numbers: Sequence[int]) -> str:
    """Weekdays, three or more in a row as the first and the last."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] + 1 == number:
            parts[-1].append(number)
        else:
            parts.append([number])
    words = []
    for part in parts:
        names = [formats.weekday(number, short=True) for number in part]
        if len(part) > 2:
            # Translators: weekdays with the same hours, as "Monday – Friday"
            names = [_("{first} – {last}").format(first=names[0], last=names[-1])]
        words += names
    return ("، " if from_right() else ", ").join(words)
