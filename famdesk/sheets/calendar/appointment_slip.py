"""The slip that a family takes home: which day, what time, where, and what to dial if they cannot come.

The neutral slip is for those at whose home a slip could be found by somebody else: it names no centre, no service and
no profession, and looks like any reminder.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from famdesk.domain.post.looks import PLAIN
from famdesk.i18n import _, formats, language
from famdesk.sheets.paper import letterhead
from famdesk.sheets.paper.beside import Pair, pair
from famdesk.sheets.paper.icons import PHONE, icon
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.links import telephone
from famdesk.sheets.paper.look import looking
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
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
)
from famdesk.sheets.paper.text import DoesNotFit, Lines, balanced, one_line, wrap

LEFT = 26.0
ROOM = Paper.A6.width - 2 * LEFT
_BLEED = 9.0
_TINT = "#f1f0ed"


@dataclass(frozen=True, slots=True)
class AppointmentSlip:
    """What the family must know. Empty texts are left out.

    `address` is printed line by line; `place` is the name of the place, `floor` how to find the door; `profession` and
    `person` say with whom, `profession_again` the same in the second language if there is one; `phone` is the number
    for those who cannot come; `bring` what to take along.
    """

    starts: datetime
    centre: str = ""
    place: str = ""
    address: tuple[str, ...] = ()
    floor: str = ""
    profession: str = ""
    person: str = ""
    phone: str = ""
    bring: str = ""
    profession_again: str = ""


@dataclass(frozen=True, slots=True)
class SlipOptions:
    """`neutral`: nothing on paper tells what kind of service this is. `also`: a second language, "" for none."""

    neutral: bool = False
    also: str = ""


@naming
@enlarged(2.0)
def render(content: AppointmentSlip, options: SlipOptions | None = None) -> bytes:
    """The slip as PDF (A6) in the current language; wrap the call in `using` for the family's language.

    Raises:
        DoesNotFit: if the texts do not fit on the slip even at the smallest size.
        NotInFont: if a character cannot be printed.
    """
    wanted = options or SlipOptions()
    if wanted.neutral:
        with looking(PLAIN):  # not even the colour tells whose it is
            return build([_fitting(_without_service(content), wanted).paint], Paper.A6, _("Reminder"))
    return build([_fitting(content, wanted).paint], Paper.A6, _("Appointment"))


def _without_service(content: AppointmentSlip) -> AppointmentSlip:
    """Day, hour, street, door and number: all that is needed to come. Lines that name the centre are left out."""
    streets = tuple(line for line in content.address if not _tells(line, content.centre))
    floor = "" if _tells(content.floor, content.centre) else content.floor
    return AppointmentSlip(content.starts, address=streets, floor=floor, phone=content.phone)


def _tells(line: str, centre: str) -> bool:
    """Whether a line holds the name of the centre or a part of it ("Hug – Centro per le Famiglie")."""
    parts = [part for part in re.split(r"\s[–—-]\s|[,«»()]", centre.casefold()) if part.strip()]
    return any(re.search(rf"\b{re.escape(part.strip())}\b", line.casefold()) for part in parts)


@dataclass(frozen=True, slots=True)
class _Fact:
    """A small label and what it says."""

    label: Pair
    values: tuple[Pair, ...]

    @property
    def height(self) -> float:
        return self.label.height + sum(value.height for value in self.values)

    def paint(self, pen: Pen, y: float) -> None:
        with pen.item():
            with pen.label():
                self.label.paint(pen, LEFT, y)
            y += self.label.height
            with pen.body():
                for value in self.values:
                    value.paint(pen, LEFT, y)
                    y += value.height


@dataclass(frozen=True, slots=True)
class _Slip:
    """The slip, measured."""

    neutral: bool
    kind: Pair
    centre: Lines | None
    day: Pair
    year: Lines
    hour: Lines
    facts: tuple[_Fact, ...]
    call: Pair | None
    phone: Lines | None
    header: Part
    footer: Part

    @property
    def white(self) -> float:
        """Height of the white above the colour, on which the centre's header stands."""
        return self.header.height + 14 if self.header.height else 0.0

    @property
    def head(self) -> float:
        if self.neutral:
            return 22 + self.kind.height
        return self.white + 18 + self.kind.height + (self.centre.height if self.centre else 0) + 13

    @property
    def foot(self) -> float:
        below = self.footer.height + 10 if self.footer.height else 0.0
        if not (self.call and self.phone):
            return below
        return 12 + self.call.height + self.phone.height + 14 + below

    @property
    def body(self) -> float:
        """Height of what stands between head and foot, with the least space between its parts."""
        return 10 + self.day.height + self.year.height + self.hour.height + 8 + sum(f.height + 8 for f in self.facts)

    def paint(self, pen: Pen, _folio: Folio) -> None:
        self._paint_head(pen)
        spare = pen.height - self.head - self.body - self.foot
        gap = min(spare / (len(self.facts) + 2), 10.0)
        y = self.head + 10 + gap
        self.day.paint(pen, LEFT, y)
        y += self.day.height
        for lines in (self.year, self.hour):
            pen.lines(lines, LEFT, y)
            y += lines.height
        y += gap
        if self.facts:
            pen.rule(LEFT, y, ROOM, HAIRLINE)
        y += 8
        with pen.items() if self.facts else nullcontext():
            for fact in self.facts:
                fact.paint(pen, y)
                y += fact.height + 8 + gap * 0.6
        self._paint_foot(pen)

    def _paint_head(self, pen: Pen) -> None:
        if self.neutral:
            self.kind.paint(pen, LEFT, 22)
            return
        above = self.white or -_BLEED
        pen.fill(-_BLEED, above, pen.width + 2 * _BLEED, self.head - above, PRIMARY)
        self.header.paint(pen, LEFT, 12)
        y = self.white + 18
        if self.centre:
            pen.lines(self.centre, LEFT, y)
            y += self.centre.height
        self.kind.paint(pen, LEFT, y)

    def _paint_foot(self, pen: Pen) -> None:
        y = pen.height - self.foot
        below = self.footer.height + 10 if self.footer.height else 0.0
        if not (self.call and self.phone):
            self.footer.paint(pen, LEFT, y)
            return
        bleed = 0.0 if below else _BLEED
        tint = _TINT if self.neutral else PRIMARY_TINT
        pen.fill(-_BLEED, y, pen.width + 2 * _BLEED, self.foot - below + bleed, tint)
        x = LEFT
        if not self.neutral:
            icon(pen, PHONE, LEFT, y + (self.foot - below - 30) / 2, 30)
            x += 40
        self.call.paint(pen, x, y + 12)
        pen.lines(self.phone, x, y + 12 + self.call.height, link=telephone(self.phone.texts[0]))
        self.footer.paint(pen, LEFT, pen.height - below + 4)


def _fitting(content: AppointmentSlip, options: SlipOptions) -> _Slip:
    """The slip in the largest type that fits; what must be known comes before the centre's footer and its header."""
    for around, least in ((_AROUND, 85), (_AROUND[:1], 85), ((), 70)):
        for step in range(100, least - 1, -5):
            try:
                slip = _measured(content, step / 100, options, around)
            except DoesNotFit:
                if around:
                    break
                raise
            if slip.head + slip.body + slip.foot <= Paper.A6.height:
                return slip
    raise DoesNotFit(text=content.place or content.centre or content.bring)


_AROUND = ("header", "footer")
"""What the centre's look puts around the slip."""


def _measured(content: AppointmentSlip, scale: float, options: SlipOptions, around: Sequence[str]) -> _Slip:
    neutral, also = options.neutral, options.also
    accent = TEXT if neutral else PRIMARY
    small = Style(9.5 * max(scale, 0.85), colour=SECOND, leading=1.35)
    beside = ROOM if neutral else ROOM - 40
    pale = SECOND if neutral else PRIMARY_PALE
    return _Slip(
        neutral=neutral,
        kind=pair(
            lambda: _("Reminder") if neutral else _("Your appointment"),
            small.scaled(1.15).coloured(pale).as_role("H1"),
            ROOM,
            also,
            colour=pale,
            share=1,
        ),
        centre=balanced(content.centre, Style(15 * scale, bold=True, colour=WHITE), ROOM) if content.centre else None,
        day=pair(
            lambda: formats.date_day(content.starts.date()),
            Style(22 * scale, bold=True, leading=1.25),
            ROOM,
            also,
            setting=one_line,
        ),
        year=wrap(str(content.starts.year), Style(11 * scale, colour=SECOND, leading=1.2), ROOM),
        hour=wrap(
            formats.time_text(content.starts.time()), Style(58 * scale, bold=True, colour=accent, leading=1.1), ROOM
        ),
        facts=tuple(_facts(content, scale, small, also)),
        call=pair(lambda: _("If you cannot come, please call"), small, beside, also, share=1)
        if content.phone
        else None,
        phone=one_line(content.phone, Style(20, bold=True, colour=accent, leading=1.2, floor=0.6), beside)
        if content.phone
        else None,
        header=letterhead.header(ROOM, tall=24, size=7.5, shown=not neutral and "header" in around),
        footer=letterhead.footer(ROOM, size=7, shown=not neutral and "footer" in around),
    )


def _facts(content: AppointmentSlip, scale: float, small: Style, also: str) -> list[_Fact]:
    """With whom, where, what to bring: each only if it is known."""
    strong = Style(13 * scale, bold=True, leading=1.3)
    plain = Style(11.5 * scale, leading=1.35)
    wanted: list[tuple[Callable[[], str], tuple[tuple[Style, str], ...]]] = [
        # Translators: with whom the appointment is
        (lambda: _("With"), ((strong, content.person),)),
        # Translators: where the appointment is
        (lambda: _("Where"),
         ((strong, content.place), *((plain, line) for line in content.address), (plain, content.floor))),
        (lambda: _("Please bring"), ((plain, content.bring),)),
    ]  # fmt: skip
    profession = _profession(content, plain if content.person else strong, also)
    facts = []
    for number, (label, texts) in enumerate(wanted):
        values = [Pair(wrap(text, style, ROOM)) for style, text in texts if text]
        values += [profession] if profession and number == 0 else []
        if values:
            facts.append(_Fact(pair(label, small, ROOM, also, share=1), tuple(values)))
    return facts


def _profession(content: AppointmentSlip, style: Style, also: str) -> Pair | None:
    if not content.profession:
        return None
    return pair(lambda: content.profession_again if also and language() == also else content.profession, style, ROOM,
                also)  # fmt: skip
