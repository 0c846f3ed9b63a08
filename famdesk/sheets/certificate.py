"""Certificates of attendance: one page each, numbered, to be signed; kept for years and printed again as they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from famdesk.i18n import _, formats, ngettext
from famdesk.sheets import letterhead
from famdesk.sheets.naming import naming
from famdesk.sheets.page import Folio, Paper, Pen, build
from famdesk.sheets.style import BODY, HAIRLINE, MARGIN, MM, PRIMARY, PRIMARY_TINT, SECOND, SMALL, Style, enlarged
from famdesk.sheets.text import DoesNotFit, Lines, balanced, wrap

_ROOM = Paper.A4.width - 2 * MARGIN
_TOP = 40.0
_SIGNED = 78 * MM
"""Width of the line on which somebody signs."""


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
    named on paper."""

    centre: str
    pages: tuple[CertificatePage, ...]
    place: str = ""
    said: str = ""
    left_out: int = 0


@naming
@enlarged(1.0)
def render(content: Certificates) -> bytes:
    """The certificates as PDF (A4) in the current language, made to be kept (PDF/A-2a).

    Raises:
        DoesNotFit: a text is too long for the page.
        NotInFont: a character cannot be printed.
    """
    pages = [partial(_paint, _measured(page, content), content) for page in content.pages]
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


@dataclass(frozen=True, slots=True)
class _Measured:
    header: letterhead.Part
    title: Lines
    number: Lines
    says: Lines
    name: Lines
    born: Lines | None
    took: Lines
    initiative: Lines
    presence: Lines
    held: tuple[tuple[Lines, Lines], ...]
    place: Lines
    signature: Lines
    logos: letterhead.Part
    footer: letterhead.Part

    @property
    def height(self) -> float:
        parts = (self.title, self.number, self.says, self.name, self.took, self.initiative, self.presence)
        lines = sum(max(day.height, theme.height) + 2 for day, theme in self.held)
        born = self.born.height if self.born else 0
        return _TOP + self.header.height + sum(part.height for part in parts) + born + lines + 6 * MM * 5


def _measured(page: CertificatePage, content: Certificates) -> _Measured:
    plain, strong = Style(13, leading=1.4), Style(13, bold=True, leading=1.4)
    number = _("Number {number} of {year}").format(number=formats.number(page.number), year=page.year)
    held = _listed(page)
    day = formats.date_long(page.issued_on)
    born = _("born on {day}").format(day=formats.date_long(page.born)) if page.born else ""
    found = _Measured(
        letterhead.header(_ROOM, tall=54, size=11),
        wrap(_("Certificate of attendance"), Style(30, bold=True, colour=PRIMARY, leading=1.2, role="H1"), _ROOM),
        wrap(number, BODY.coloured(SECOND), _ROOM),
        wrap(_("{centre} certifies that").format(centre=content.centre), plain, _ROOM),
        balanced(page.name, Style(26, bold=True, leading=1.25, floor=0.6), _ROOM),
        wrap(born, plain, _ROOM) if born else None,
        wrap(_("took part in"), plain, _ROOM),
        balanced(page.initiative, Style(18, bold=True, colour=PRIMARY, leading=1.25, floor=0.7), _ROOM),
        wrap(_("Presence: {presence}").format(presence=presence_text(page)), strong, _ROOM),
        held,
        wrap(f"{content.place}, {day}" if content.place else day, plain, _ROOM),
        wrap(_("Signature and stamp"), SMALL, _SIGNED),
        letterhead.partners(_ROOM),
        letterhead.footer(_ROOM),
    )
    foot = 50 * MM + found.logos.height + found.footer.height
    if found.height + foot > Paper.A4.height:
        found = replace(found, held=_together(page))
    if found.height + foot > Paper.A4.height:
        raise DoesNotFit(text=page.initiative)
    return found


def _listed(page: CertificatePage) -> tuple[tuple[Lines, Lines], ...]:
    """A line for each meeting: its day and what it was about."""
    return tuple((wrap(formats.date_num(one.day), BODY, 94), wrap(one.theme or "–", BODY, _ROOM - 104))
                 for one in page.meetings)  # fmt: skip


def _together(page: CertificatePage) -> tuple[tuple[Lines, Lines], ...]:
    """The same in one paragraph, for many meetings."""
    told = [" ".join(part for part in (formats.date_num(one.day), one.theme) if part) for one in page.meetings]
    return ((wrap(_("Meetings"), SMALL, 94), wrap(" · ".join(told), SMALL, _ROOM - 104)),)


def _paint(page: _Measured, content: Certificates, pen: Pen, _folio: Folio) -> None:
    y = _TOP
    page.header.paint(pen, MARGIN, y)
    y += page.header.height
    pen.lines(page.title, MARGIN, y)
    y += page.title.height
    pen.lines(page.number, MARGIN, y)
    y += page.number.height + 9 * MM
    pen.lines(page.says, MARGIN, y)
    y += page.says.height + 2 * MM
    pen.lines(page.name, MARGIN, y)
    y += page.name.height
    if page.born:
        pen.lines(page.born, MARGIN, y)
        y += page.born.height
    y += 5 * MM
    pen.lines(page.took, MARGIN, y)
    y += page.took.height
    pen.lines(page.initiative, MARGIN, y, language=content.said or None)
    y += page.initiative.height + 5 * MM
    pen.fill(MARGIN - 8, y, _ROOM + 16, page.presence.height + 12, PRIMARY_TINT, radius=4)
    pen.lines(page.presence, MARGIN, y + 6)
    y += page.presence.height + 12 + 5 * MM
    with pen.items():
        for day, theme in page.held:
            with pen.item():
                with pen.label():
                    pen.lines(day, MARGIN, y)
                with pen.body():
                    pen.lines(theme, MARGIN + 100, y, language=content.said or None)
            y += max(day.height, theme.height) + 2
    _paint_foot(page, content, pen)


def _paint_foot(page: _Measured, content: Certificates, pen: Pen) -> None:
    below = page.logos.height + page.footer.height
    y = pen.height - 46 * MM - below
    pen.lines(page.place, MARGIN, y)
    y += 16 * MM
    pen.rule(MARGIN + _ROOM - _SIGNED, y, _SIGNED, SECOND, weight=0.5)
    pen.lines(page.signature, MARGIN + _ROOM - _SIGNED, y + 3)
    if below:
        y = pen.height - 10 * MM - below
        pen.rule(MARGIN, y - 6, _ROOM, HAIRLINE)
        page.logos.paint(pen, MARGIN, y)
        page.footer.paint(pen, MARGIN, y + page.logos.height)


def _paint_none(pen: Pen, _folio: Folio) -> None:
    pen.lines(wrap(_("No certificate is to be printed."), BODY, _ROOM), MARGIN, _TOP)


def told(pages: Sequence[CertificatePage]) -> str:
    """The numbers, for a message."""
    return formats.list_text([f"{page.number}/{page.year}" for page in pages])
