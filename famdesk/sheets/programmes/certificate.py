"""Certificates of attendance: one page each, numbered, to be signed; kept for years and printed again as they were."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.paper import letterhead
from famdesk.sheets.paper.beside import Pair, pair
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.mixed import joined
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import (
    BODY,
    HAIRLINE,
    MARGIN,
    MM,
    PRIMARY,
    PRIMARY_PALE,
    PRIMARY_SOFT,
    PRIMARY_TINT,
    SECOND,
    SMALL,
    WHITE,
    Style,
    enlarged,
)
from famdesk.sheets.paper.text import DoesNotFit, Lines, balanced, wrap

_ROOM = Paper.A4.width - 2 * MARGIN
_TOP, _BOTTOM, _BLEED = 26.0, 34.0, 9.0
_ABOVE, _BELOW = 34.0, 26.0
"""Room in the coloured head, above and below its words."""
_DAY = 100.0
"""Width of the days in the list of meetings."""
_SIGNED, _TO_SIGN = 78 * MM, 16 * MM
"""Of the line on which somebody signs: its width, and the room above it."""
_BEFORE_DAY = 12.0
_LOOSE = 2.6
"""So many times as far apart as they have to be may the parts stand, where the page has room."""
_AGAIN = 0.8
"""Size of the second language as a share of the first."""
_TITLE, _LOW_TITLE = (Style(size, bold=True, colour=WHITE, leading=1.2, role="H1") for size in (34, 24))
_PLAIN, _STRONG = Style(13, leading=1.4), Style(14, bold=True, leading=1.4)
_NAME, _OF = (Style(size, bold=True, leading=1.25, floor=0.6) for size in (30, 20))


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that took place: its day, what it was about, `minutes` (None: not known)."""

    day: date
    theme: str = ""
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """A certificate. `minutes` 0: meetings are told instead of hours; `came` of `meetings`; `themes` what it was about.

    `issued_on` is the day of the certificate, also when it is printed again.
    """

    number: int
    year: int
    name: str
    initiative: str
    issued_on: date
    minutes: int
    came: int
    meetings: tuple[Held, ...]
    born: date | None = None


@dataclass(frozen=True, slots=True)
class Certificates:
    """Certificates of one centre. `left_out`: how many are asked for and not printed, because the people must not be
    named on paper. `said`: the language of what the centre wrote, "" where it is that of the sheet; `also`: a second
    language, "" for none."""

    centre: str
    pages: tuple[CertificatePage, ...]
    place: str = ""
    said: str = ""
    left_out: int = 0
    also: str = ""


@naming
@enlarged(1.0)
def render(content: Certificates) -> bytes:
    """The certificates as PDF (A4) in the current language, made to be kept (PDF/A-2a).

    Raises:
        DoesNotFit: a text is too long for the page.
        NotInFont: a character cannot be printed.
    """
    pages = [_measured(page, content).paint for page in content.pages]
    return build(pages or [_paint_none], Paper.A4, _("Certificate of attendance"), archived=True)


def hours_text(minutes: int) -> str:
    """ "10 hours and 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [
        ngettext("{n} hour", "{n} hours", hours).format(n=hours) if hours else "",
        ngettext("{n} minute", "{n} minutes", rest).format(n=rest) if rest or not hours else "",
    ]
    return formats.list_text([part for part in parts if part])


def presence_text(page: CertificatePage) -> str:
    """How long somebody was there."""
    came = ngettext("{n} meeting", "{n} meetings", page.came).format(n=formats.number(page.came))
    if not page.minutes:
        return _("{came} of {all}").format(came=came, all=formats.number(len(page.meetings)))
    return _("{hours}, in {meetings}").format(hours=hours_text(page.minutes), meetings=came)


_Paint = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class _Block:
    """A part of the page that is painted with its top anywhere; `gap` is the least room above it."""

    height: float
    paint: _Paint
    gap: float = 0.0


@dataclass(frozen=True, slots=True)
class _Measured:
    """A certificate whose parts know their heights."""

    header: Part
    title: Pair
    number: Pair
    blocks: tuple[_Block, ...]
    day: Pair
    signature: Pair
    logos: Part
    footer: Part
    air: float = 1.0
    """Of the room in the coloured head, how much a full page leaves it."""

    @property
    def white(self) -> float:
        """Height of the white above the colour, on which the centre's header stands."""
        return _TOP + self.header.height + 6 if self.header.height else 0.0

    @property
    def head(self) -> float:
        return self.white + self.air * (_ABOVE + _BELOW) + self.title.height + self.number.height

    @property
    def below(self) -> float:
        """Height of the centre's logos and footer."""
        found = self.logos.height + self.footer.height
        return found + 14 if found else 0.0

    @property
    def signed(self) -> float:
        """Where the line stands on which somebody signs."""
        return Paper.A4.height - _BOTTOM - self.below - self.signature.height - 3

    @property
    def room(self) -> float:
        """Height that is left between the parts, as they stand closest together."""
        used = sum(block.height + block.gap for block in self.blocks)
        return self.signed - max(_TO_SIGN, self.day.height + _BEFORE_DAY) - self.head - used

    def paint(self, pen: Pen, _folio: Folio) -> None:
        self._paint_head(pen)
        gaps = sum(block.gap for block in self.blocks)
        looser, y = 1 + min(self.room / gaps, _LOOSE - 1), self.head
        for block in self.blocks:
            y += block.gap * looser
            block.paint(pen, y)
            y += block.height
        self._paint_foot(pen)

    def _paint_head(self, pen: Pen) -> None:
        above = self.white or -_BLEED
        tall = self.head - above
        self.header.paint(pen, MARGIN, _TOP)
        pen.fill(-_BLEED, above, pen.width + 2 * _BLEED, tall, PRIMARY)
        with pen.inside(-_BLEED, above, pen.width + 2 * _BLEED, tall - 1):
            for ring in range(1, 6):
                pen.ring(pen.width - 96, self.head, ring * 24.0, PRIMARY_SOFT, 11)
        y = self.white + self.air * _ABOVE
        self.title.paint(pen, MARGIN, y)
        self.number.paint(pen, MARGIN, y + self.title.height)

    def _paint_foot(self, pen: Pen) -> None:
        self.day.paint(pen, MARGIN, self.signed - self.day.height)
        pen.rule(MARGIN + _ROOM - _SIGNED, self.signed, _SIGNED, SECOND, weight=0.5)
        self.signature.paint(pen, MARGIN + _ROOM - _SIGNED, self.signed + 3)
        if self.below:
            y = pen.height - _BOTTOM - self.below + 14
            pen.rule(MARGIN, y - 6, _ROOM, HAIRLINE)
            self.logos.paint(pen, MARGIN, y)
            self.footer.paint(pen, MARGIN, y + self.logos.height)


def _measured(page: CertificatePage, content: Certificates) -> _Measured:
    also = content.also
    found = _Measured(
        letterhead.header(_ROOM, tall=54, size=11),
        _title(_TITLE, also),
        pair(lambda: _("Number {number} of {year}").format(number=formats.number(page.number), year=page.year),
             BODY.coloured(PRIMARY_PALE), _ROOM, also, colour=PRIMARY_PALE, share=1),
        (*_who(page, content), *_what(page, content), *_listed(page, content)),
        pair(lambda: _day(page, content), BODY, _ROOM - _SIGNED - 20, also),
        pair(lambda: _("Signature and stamp"), SMALL, _SIGNED, also, share=1),
        letterhead.partners(_ROOM),
        letterhead.footer(_ROOM),
    )  # fmt: skip
    if found.room < 0:
        found = replace(found, blocks=(*found.blocks[:-1], _together(page, content)))
    if found.room < 0:
        found = replace(found, title=_title(_LOW_TITLE, also), air=0.5)
    if found.room < 0:
        raise DoesNotFit(text=page.initiative)
    return found


def _title(style: Style, also: str) -> Pair:
    return pair(lambda: _("Certificate of attendance"), style, _ROOM, also, colour=PRIMARY_PALE)


def _day(page: CertificatePage, content: Certificates) -> str:
    return joined((content.place, formats.date_long(page.issued_on)), ", ")


def _block(lines: Pair, gap: float = 0.0) -> _Block:
    return _Block(lines.height, lambda pen, y: lines.paint(pen, MARGIN, y), gap)


def _who(page: CertificatePage, content: Certificates) -> list[_Block]:
    """Who certifies it, and of whom."""
    says = _twice(lambda: _("{centre} certifies that").format(centre=content.centre), content)
    found = [_block(says, 18), _block(Pair(balanced(page.name, _NAME, _ROOM)), 4)]
    if born := page.born:
        found.append(_block(_twice(lambda: _("born on {day}").format(day=formats.date_long(born)), content)))
    return found


def _twice(say: Callable[[], str], content: Certificates) -> Pair:
    return pair(say, _PLAIN, _ROOM, content.also, share=_AGAIN)


def _what(page: CertificatePage, content: Certificates) -> list[_Block]:
    """In what the person took part, and how long."""
    name = balanced(page.initiative, _OF.coloured(PRIMARY), _ROOM)
    presence = pair(lambda: _("Presence: {presence}").format(presence=presence_text(page)), _STRONG, _ROOM - 28,
                    content.also, share=_AGAIN)  # fmt: skip

    def paint(pen: Pen, y: float) -> None:
        pen.fill(MARGIN, y, _ROOM, presence.height + 16, PRIMARY_TINT, radius=4)
        presence.paint(pen, MARGIN + 14, y + 8)

    return [
        _block(_twice(lambda: _("took part in"), content), 12),
        _Block(name.height, lambda pen, y: pen.lines(name, MARGIN, y, language=content.said or None), 3),
        _Block(presence.height + 16, paint, 12),
    ]


def _listed(page: CertificatePage, content: Certificates) -> list[_Block]:
    """A line for each meeting: its day and what it was about."""
    rows = [(wrap(formats.date_num(one.day), BODY, _DAY - 8), wrap(one.theme or "–", BODY, _ROOM - _DAY))
            for one in page.meetings]  # fmt: skip
    return [_rows(rows, content, 5)] if rows else []


def _together(page: CertificatePage, content: Certificates) -> _Block:
    """The same in one paragraph, for many meetings."""
    told = [" ".join(part for part in (formats.date_num(one.day), one.theme) if part) for one in page.meetings]
    label = wrap(_("Meetings"), SMALL, _DAY - 8)
    return _rows([(label, wrap(" · ".join(told), SMALL, _ROOM - _DAY))], content, 0)


def _rows(rows: Sequence[tuple[Lines, Lines]], content: Certificates, pad: float) -> _Block:
    """A list of days and what stands beside them, with a hairline between two."""

    def paint(pen: Pen, y: float) -> None:
        with pen.items():
            for number, (day, theme) in enumerate(rows):
                if number:
                    pen.rule(MARGIN, y, _ROOM, HAIRLINE, weight=0.5)
                y += pad
                with pen.item():
                    with pen.label():
                        pen.lines(day, MARGIN, y)
                    with pen.body():
                        pen.lines(theme, MARGIN + _DAY, y, language=content.said or None)
                y += max(day.height, theme.height) + pad

    return _Block(sum(max(day.height, theme.height) + 2 * pad for day, theme in rows), paint, 8)


def _paint_none(pen: Pen, _folio: Folio) -> None:
    pen.lines(wrap(_("No certificate is to be printed."), BODY, _ROOM), MARGIN, _TOP)


def told(pages: Sequence[CertificatePage]) -> str:
    """The numbers, for a message."""
    return formats.list_text([f"{page.number}/{page.year}" for page in pages])
