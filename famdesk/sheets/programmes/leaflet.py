"""The leaflet of a season: a sheet of A4 printed on both sides and folded once into four pages of A5.

Outside stand the back and the cover (4 | 1), inside the initiatives (2 | 3); in languages from right to left the sheet
is turned over as a whole, so that it opens on the side where readers expect it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, time

from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.paper import icon_lines, layout, letterhead
from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.icon_lines import BESIDE, IconLine
from famdesk.sheets.paper.icons import CLOCK, MAIL, MAP_PIN, PHONE, USERS, icon
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.links import mail, telephone
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import (
    HAIRLINE,
    PRIMARY,
    PRIMARY_SOFT,
    PRIMARY_TINT,
    SECOND,
    WHITE,
    Style,
)
from famdesk.sheets.paper.text import NO_BREAK, DoesNotFit, Lines, balanced, fit, wrap

HALF = Paper.A4_LYING.width / 2
HEIGHT = Paper.A4_LYING.height
LEFT = 34.0
ROOM = HALF - 2 * LEFT
_TOP = 34.0
_BOTTOM = 34.0
_BLEED = 9.0
_BETWEEN = " · "
"""Stands between days."""
_LEAST = 18.0
"""The least space between initiatives, at full size."""
_COVER = 400.0
"""Height of the colour on the cover."""


_Half = Callable[[Pen, float], None]
"""Paints one of the four pages, with its edge at `x`."""


@dataclass(frozen=True, slots=True)
class Date:
    """A meeting; `ends` None: not known."""

    day: date
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """An initiative of the season. Empty texts are left out; no `dates`: they are to be set.

    `audience` who it is for, in words; `about` what it is, in a line or two; `capacity` None: no limit.
    """

    name: str
    about: str = ""
    audience: str = ""
    dates: tuple[Date, ...] = ()
    place: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A season of a centre. `season` as the centre calls it; `address` is that of the desk, line by line.

    `partners` are the bodies behind the centre; `language` that of the texts of the centre, "" if it is the language
    of the sheet.
    """

    centre: str
    offers: tuple[Offer, ...]
    season: str = ""
    tagline: str = ""
    phone: str = ""
    mail: str = ""
    address: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    language: str = ""


@naming
def render(content: Leaflet) -> bytes:
    """The leaflet as PDF: two pages of A4 lying, to be printed on both sides (turned on the short edge) and folded.

    Raises:
        DoesNotFit: if the initiatives do not fit on the two inner pages even at the smallest size.
        NotInFont: if a character cannot be printed.
    """
    cover, back = _cover(content), _back(content)
    inside = _inside(content)

    def outer(pen: Pen, _folio: Folio) -> None:
        cover(pen, HALF)  # read before the back, though it stands after it
        back(pen, 0.0)
        _fold(pen)

    def inner(pen: Pen, _folio: Folio) -> None:
        for place, page in enumerate(inside):
            _paint_inside(page, pen, place * HALF)
        _fold(pen)

    painters: list[Painter] = [outer, inner]
    return build(painters, Paper.A4_LYING, _("Programme"))


def _fold(pen: Pen) -> None:
    """Where to fold: a short line at both edges."""
    for y in (0.0, HEIGHT - 8):
        pen.path([(HALF, y), (HALF, y + 8)], HAIRLINE, 0.5)


def _cover(content: Leaflet) -> _Half:
    """What it is, of which season, by whom."""
    said = content.language or None
    title = fit(_("Programme"), Style(40, bold=True, colour=WHITE, leading=1.15, floor=0.5, role="H1"), ROOM, 120)
    season = balanced(content.season, Style(19, colour=WHITE, leading=1.3), ROOM) if content.season else None
    centre = balanced(content.centre, Style(18, bold=True, colour=PRIMARY, leading=1.3), ROOM)
    tagline = balanced(content.tagline, Style(12, colour=SECOND, leading=1.4), ROOM) if content.tagline else None
    header = letterhead.header(ROOM, tall=44, size=9.5)
    below = 30 + centre.height + (tagline.height if tagline else 0) + (header.height + 10 if header.height else 0)
    colour = min(_COVER, HEIGHT - _BOTTOM - below)
    if 60 + title.height + (season.height if season else 0) > min(colour, _COVER) - 130:
        raise DoesNotFit(text=content.season or content.tagline or content.centre)

    def paint(pen: Pen, x: float) -> None:
        pen.fill(x, -_BLEED, HALF + _BLEED, colour + _BLEED, PRIMARY)
        with pen.inside(x, 0, HALF, colour):
            # Arms around a child: an ornament that needs no language.
            for ring in range(1, 5):
                pen.ring(x + HALF * 0.68, colour, 36.0 * ring, PRIMARY_SOFT, 16)
            pen.disc(x + HALF * 0.68, colour, 14, PRIMARY_SOFT)
        pen.lines(title, x + LEFT, 60)
        if season:
            pen.lines(season, x + LEFT, 60 + title.height + 6, language=said)
        pen.lines(centre, x + LEFT, colour + 26, language=said)
        if tagline:
            pen.lines(tagline, x + LEFT, colour + 30 + centre.height, language=said)
        header.paint(pen, x + LEFT, HEIGHT - _BOTTOM - header.height)

    return paint


def _back(content: Leaflet) -> _Half:
    """How to enrol, whom to ask, who is behind it."""
    small = Style(9, colour=SECOND, leading=1.4)
    heading = wrap(_("How to enrol"), Style(20, bold=True, colour=PRIMARY, leading=1.25, role="H2"), ROOM)
    body = Style(12, leading=1.45)
    how = _("Come to us, call or write: we will tell you which places are free and put your name down.")
    words = wrap(how, body, ROOM)
    contacts = _contacts(content)
    named = letterhead.named(content.partners)
    partners = wrap(" · ".join(named), small, ROOM) if named else None
    logos, footer = letterhead.partners(ROOM), letterhead.footer(ROOM)
    tall = heading.height + 10 + words.height + 22 + sum(lines.height + 16 for _icon, lines, _link in contacts)
    foot = logos.height + (partners.height + 4 if partners else 0.0) + footer.height
    if _TOP + 26 + tall + foot + 24 > HEIGHT - _BOTTOM:
        raise DoesNotFit(text=content.partners[0] if content.partners else content.centre)

    def paint(pen: Pen, x: float) -> None:
        pen.fill(x - _BLEED, _TOP, HALF + _BLEED, tall + 36, PRIMARY_TINT)
        y = _TOP + 22
        pen.lines(heading, x + LEFT, y)
        y += heading.height + 10
        pen.lines(words, x + LEFT, y)
        y += words.height + 22
        with pen.items() if contacts else nullcontext():
            for strokes, lines, link in contacts:
                icon(pen, strokes, x + LEFT, y + (lines.height - 28) / 2, 28)
                with pen.item(), pen.body():
                    pen.lines(lines, x + LEFT + 40, y, link=link)
                y += lines.height + 16
        y = HEIGHT - _BOTTOM - foot
        if foot:
            pen.rule(x + LEFT, y - 10, ROOM, HAIRLINE)
        logos.paint(pen, x + LEFT, y)
        if partners:
            pen.lines(partners, x + LEFT, y + logos.height, language=content.language or None)
        footer.paint(pen, x + LEFT, HEIGHT - _BOTTOM - footer.height)

    return paint


def _contacts(content: Leaflet) -> list[tuple[Strokes, Lines, str]]:
    large = Style(18, bold=True, colour=PRIMARY, leading=1.3, floor=0.5)
    plain = Style(13, leading=1.4, floor=0.6)
    found = []
    if content.phone:
        found.append((PHONE, wrap(content.phone, large, ROOM - 40), telephone(content.phone)))
    if content.mail:
        found.append((MAIL, wrap(content.mail, plain, ROOM - 40), mail(content.mail)))
    if content.address:
        found.append((MAP_PIN, wrap("\n".join(content.address), plain, ROOM - 40), ""))
    return found


@dataclass(frozen=True, slots=True)
class _Card:
    """An initiative, measured."""

    name: Lines
    about: Lines | None
    facts: tuple[IconLine, ...]
    said: str | None

    @property
    def height(self) -> float:
        return self.name.height + (self.about.height if self.about else 0) + 3 + icon_lines.height(self.facts)

    def paint(self, pen: Pen, x: float, y: float) -> None:
        pen.lines(self.name, x, y, language=self.said)
        y += self.name.height
        if self.about:
            pen.lines(self.about, x, y, language=self.said)
            y += self.about.height
        icon_lines.paint(pen, self.facts, x, y + 3)


def _inside(content: Leaflet) -> list[list[_Card]]:
    """The initiatives on the two inner pages, in the largest type that fits, both filled alike."""
    refused: DoesNotFit | None = None
    for step in range(140, 64, -5):
        try:
            cards = [_card(one, step / 100, content.language or None) for one in content.offers]
            blocks = [Block(card.height, _nothing, one.name) for card, one in zip(cards, content.offers, strict=True)]
            pages = layout.even_pages(blocks, _room, _LEAST * step / 100)
            if len(pages) <= 2:
                count = len(pages[0])
                return [cards[:count], cards[count:]]
            refused = DoesNotFit(text=pages[2][0].name)
        except DoesNotFit as problem:
            refused = problem
    raise refused or DoesNotFit(text=content.centre)


def _nothing(_pen: Pen, _y: float) -> None:
    """The blocks are only measured: where a card stands across the page, its page says."""


def _room(_page: int) -> float:
    return HEIGHT - _TOP - _BOTTOM


def _paint_inside(cards: Sequence[_Card], pen: Pen, x: float) -> None:
    """Initiatives one below the other, a line between them; spare height opens the gaps a little."""
    spare = _room(1) - sum(card.height for card in cards)
    gap = min(spare / max(len(cards) - 1, 1), 48.0)
    y = _TOP
    for number, card in enumerate(cards):
        if number:
            pen.rule(x + LEFT, y - gap / 2, ROOM, HAIRLINE)
        card.paint(pen, x + LEFT, y)
        y += card.height + gap


def _card(offer: Offer, scale: float, said: str | None) -> _Card:
    plain = Style(10.5 * scale, leading=1.35)
    room = ROOM - BESIDE
    facts = [IconLine(CLOCK, wrap(_dates(offer.dates), plain, room))]
    if offer.place:
        facts.append(IconLine(MAP_PIN, wrap(offer.place, plain, room), said=said))
    places = ""
    if offer.capacity is not None:
        # Translators: how many people can take part
        places = ngettext("{n} place", "{n} places", offer.capacity).format(n=formats.number(offer.capacity))
    who = " · ".join(part for part in (offer.audience, places) if part)
    if who:
        facts.append(IconLine(USERS, wrap(who, plain, room)))
    return _Card(
        wrap(offer.name, Style(13.5 * scale, bold=True, colour=PRIMARY, leading=1.25, role="H2"), ROOM),
        wrap(offer.about, plain, ROOM) if offer.about else None,
        tuple(facts),
        said,
    )


def _dates(dates: Sequence[Date]) -> str:
    """The days, with the hours once if they are always the same."""
    if not dates:
        return _("Dates to be set")
    hours = [_hours(one) for one in dates]
    days = [formats.date_short(one.day).replace(" ", NO_BREAK) for one in dates]
    if len(set(hours)) == 1:
        return _BETWEEN.join(days) + (f"\n{hours[0]}" if hours[0] else "")
    return _BETWEEN.join(f"{day}{NO_BREAK}{told}".strip() for day, told in zip(days, hours, strict=True))


def _hours(one: Date) -> str:
    if one.starts is None:
        return ""
    return formats.time_range(one.starts, one.ends) if one.ends else formats.time_text(one.starts)
