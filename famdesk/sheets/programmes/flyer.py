"""The flyer of an initiative on A3, A4, A5, or four on an A4 to be cut: picture, dates, square codes, logos.

All texts are set in the largest type in which everything fits. Below the least size that can be read nothing is left
out and nothing is cut: the sheet is refused, and it is said which text is too long and by how much.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial

from famdesk.i18n import _
from famdesk.sheets.paper import letterhead, qr
from famdesk.sheets.paper.drawing import Strokes
from famdesk.sheets.paper.icons import CLOCK, MAIL, MAP_PIN, PHONE, USERS
from famdesk.sheets.paper.letterhead import Part
from famdesk.sheets.paper.links import mail, telephone
from famdesk.sheets.paper.look import look, looking
from famdesk.sheets.paper.mixed import as_it_is
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import (
    HAIRLINE,
    LARGE,
    PRIMARY,
    PRIMARY_PALE,
    PRIMARY_SOFT,
    PRIMARY_TINT,
    SECOND,
    TEXT,
    WHITE,
    Style,
    enlarging,
    zoom,
)
from famdesk.sheets.paper.text import DoesNotFit, Lines, balanced, fit, wrap
from famdesk.sheets.programmes.flyer_words import Flyer, how_words, when_words

FOUR = "A4x4"
PAPERS = ("A4", "A3", "A5", FOUR)
_BLEED = 9.0
_MARK = 12.0
"""Length of the marks at which one cuts."""
_PICTURE_LEAST, _PICTURE_GOOD, _PICTURE_MOST = 0.11, 0.25, 0.42
"""Share of the height that a picture takes: at least, where the type stays large enough, and at most."""
_ROOMY, _GOOD = 1.6, 0.8
"""How much larger the type may be without a picture, and how much smaller for the good of one."""
_STEP = 0.04
_HEAD_MORE = 0.16
"""Share of the height by which the head grows at most where there is little to say."""


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of one flyer, in points: its size, its margin, the type of running text at most and at least, the
    length of a side of a code, the least type of what is said beside."""

    width: float
    height: float
    margin: float
    most: float
    least: float
    code: float
    small: float = 6.2

    @property
    def room(self) -> float:
        return self.width - 2 * self.margin


_BOXES = {
    "A4": _Box(Paper.A4.width, Paper.A4.height, 40, 16, 10.5, 86),
    "A3": _Box(Paper.A3.width, Paper.A3.height, 40, 16, 10.5, 76),
    "A5": _Box(Paper.A5.width, Paper.A5.height, 28, 12, 8.5, 74),
    FOUR: _Box(Paper.A4.width / 2, Paper.A4.height / 2, 20, 9.2, 7.2, 60),
}
_LARGE = {"A4": ("A3",), "A3": ("A3",), "A5": ("A4", "A3"), FOUR: ("A4", "A3")}
"""The next larger papers, for large print: the first on which all of it fits."""


@naming
def render(content: Flyer, paper: str = "A4") -> bytes:
    """The flyer as PDF in the current language; `paper` is one of `PAPERS`, in large print a larger one.

    Raises:
        FieldDoesNotFit: all of it does not fit at the least size; says which text is to blame.
        NotInFont: a character cannot be printed.
    """
    if not zoom():
        return _made(content, paper, _BOXES[paper])
    *others, last = _LARGE[paper]
    for larger in others:
        with suppress(DoesNotFit):
            return _enlarged(content, larger)
    return _enlarged(content, last)


def _enlarged(content: Flyer, paper: str) -> bytes:
    least = LARGE * _BOXES[paper].width / Paper[paper].value.width
    with enlarging(0.0):  # what is large is said by the box
        return _made(content, paper, replace(_BOXES[paper], most=least * 1.3, least=least, small=least))


def _made(content: Flyer, paper: str, box: _Box) -> bytes:
    shown = sorted((one for one in look().partners if one.body in content.partners),
                   key=lambda one: content.partners.index(one.body))  # fmt: skip
    wanted = replace(look(), partners=tuple(shown)) if content.partners else look()
    with looking(wanted):
        made = _fitted(content, box)
        page = partial(_four, made, box) if paper == FOUR else partial(_one, made)
        return build([page], Paper.A4 if paper == FOUR else Paper[paper], _("Flyer"))


def _one(made: _Made, pen: Pen, _folio: Folio) -> None:
    made.paint(pen, 0.0, 0.0)


def _four(made: _Made, box: _Box, pen: Pen, _folio: Folio) -> None:
    """Four times the same: one is read aloud."""
    for number in range(4):
        with pen.aside() if number else nullcontext():
            made.paint(pen, number % 2 * box.width, number // 2 * box.height)
    for x in (0.0, box.width * 2 - _MARK):
        pen.path([(x, box.height), (x + _MARK, box.height)], TEXT, 0.5)
    for y in (0.0, box.height * 2 - _MARK):
        pen.path([(box.width, y), (box.width, y + _MARK)], TEXT, 0.5)
    pen.path([(box.width - _MARK / 2, box.height), (box.width + _MARK / 2, box.height)], WHITE, 1.5)
    pen.path([(box.width - _MARK / 2, box.height), (box.width + _MARK / 2, box.height)], TEXT, 0.5)
    pen.path([(box.width, box.height - _MARK / 2), (box.width, box.height + _MARK / 2)], TEXT, 0.5)


@dataclass(frozen=True, slots=True)
class _Made:
    """A flyer, measured: the parts from top to bottom, those of the foot, and how they are spread."""

    box: _Box
    band: Part
    picture: Callable[[float], Part] | None
    picture_height: float
    body: tuple[Part, ...]
    foot: Part
    gap: float

    def paint(self, pen: Pen, x: float, y: float) -> None:
        """Paint it with its corner at `x`, `y`."""
        top = y
        self.band.paint(pen, x, y)
        y += self.band.height + self.gap
        if self.picture is not None:
            shown = self.picture(self.picture_height)
            shown.paint(pen, x + self.box.margin, y)
            y += shown.height + self.gap
        for part in self.body:
            part.paint(pen, x + self.box.margin, y)
            y += part.height + self.gap
        self.foot.paint(pen, x, top + self.box.height - self.foot.height)


def _fitted(content: Flyer, box: _Box) -> _Made:
    """The flyer in the largest type in which all of it fits."""
    if content.picture is None:
        found = _tried(content, box, box.most * _ROOMY, box.least, 0.0)
    else:
        good = max(box.least, box.most * _GOOD)
        found = (_tried(content, box, box.most, good, _PICTURE_GOOD)
                 or _tried(content, box, box.most, box.least, _PICTURE_LEAST))  # fmt: skip
    if found is not None:
        return found
    raise DoesNotFit(text=content.text or content.name)


def _tried(content: Flyer, box: _Box, most: float, least: float, picture: float) -> _Made | None:
    """The flyer in the largest type from `most` down to `least`, the picture with at least that share of the height."""
    size = most
    while True:
        with suppress(DoesNotFit):  # a word that is too wide may fit when it is smaller
            made, over = _measured(content, box, size, picture)
            if over <= 0:
                return made
        if size <= least:
            return None
        size = max(least, size * (1 - _STEP))


def _measured(content: Flyer, box: _Box, size: float, share: float) -> tuple[_Made, float]:
    """The flyer in type of that size, and how many points it is too tall; a picture has at least that share of the
    height."""
    gap = size * 0.75
    band = _band(content, box, size)
    text = _text(content, box, size)
    facts = _facts(content, box, size)
    foot = _foot(content, box, size)
    parts = [part for part in (text, facts) if part.height]
    picture = partial(_picture, content, box, size) if content.picture else None
    fixed = band.height + sum(part.height for part in parts) + foot.height
    spare = box.height - fixed - gap * (len(parts) + 1 + (picture is not None))
    least = box.height * share if picture else 0.0
    over = least - spare
    tall = 0.0
    if picture is not None and content.picture is not None:
        whole = box.room * content.picture.height / content.picture.width + _credit(content, box, size)
        tall = min(spare, whole, box.height * _PICTURE_MOST)
        over = min(least, whole) - spare
    left = max(0.0, spare - tall)
    taller = min(left * 0.35, box.height * _HEAD_MORE)
    if taller > size:  # a flyer that says little has a larger head instead of an empty half
        band, left = _band(content, box, size, taller), left - taller
    more = min(left / (len(parts) + 1 + (picture is not None)), size)
    return _Made(box, band, picture, tall, tuple(parts), foot, gap + more), over


def _band(content: Flyer, box: _Box, size: float, taller: float = 0.0) -> Part:
    """The coloured head: what it is, its name, for whom; above it the centre's header on white."""
    said = content.said or None
    header = letterhead.header(box.room, tall=size * 2.6, size=max(size * 0.62, box.small))
    above = Style(max(size * 0.95, box.small), bold=True, colour=PRIMARY_PALE, leading=1.3, floor=0.8)
    kinds = "" if content.kind.casefold() == content.name.casefold() else content.kind
    told = [part for part in (kinds, as_it_is(content.centre)) if part]
    kind = wrap(" · ".join(told), above, box.room)
    if len(kind.lines) > 1:  # no single word on a line of its own
        kind = wrap("\n".join(told), above, box.room)
    big = Style(size * 2.5, bold=True, colour=WHITE, leading=1.12, floor=0.42, role="H1")
    name = _headline(content.name, big, box)
    for_whom = Style(size * 1.15, colour=WHITE, leading=1.3, floor=0.7)
    whom = balanced(content.target, for_whom, box.room) if content.target else None
    white = header.height + size * 1.0 if header.height else 0.0
    edge = size * 1.3 + taller / 2
    tall = white + edge + kind.height + size * 0.3 + name.height + (whom.height + size * 0.4 if whom else 0) + edge

    def paint(pen: Pen, x: float, y: float) -> None:
        header.paint(pen, x + box.margin, y + size * 0.9)
        above = 0.0 if white else _BLEED
        with pen.inside(x - _BLEED, y + white - above, box.width + 2 * _BLEED, tall - white + above):
            pen.fill(x - _BLEED, y + white - above, box.width + 2 * _BLEED, tall - white + above, PRIMARY)
        with pen.inside(x, y + white, box.width, tall - white - 1):
            step = (tall - white) * 0.19
            for ring in range(1, 5):
                pen.ring(x + box.width - step * 2.2, y + tall, step * ring, PRIMARY_SOFT, step * 0.46)
            pen.disc(x + box.width - step * 2.2, y + tall, step * 0.4, PRIMARY_SOFT)
        at = y + white + edge
        pen.lines(kind, x + box.margin, at)
        at += kind.height + size * 0.3
        pen.lines(name, x + box.margin, at, language=said)
        if whom:
            pen.lines(
                whom, x + box.margin, at + name.height + size * 0.4, language=said if content.own_target else None
            )

    return Part(tall, paint)


def _headline(text: str, style: Style, box: _Box) -> Lines:
    """The name in at most three lines, or smaller."""
    lines = fit(text, style, box.room, style.size * style.leading * 3.1)
    return balanced(text, lines.style, box.room)


def _text(content: Flyer, box: _Box, size: float) -> Part:
    if not content.text:
        return letterhead.NONE
    lines = wrap(content.text, Style(size, leading=1.42, floor=1.0), box.room)
    said = content.said or None
    return Part(lines.height, lambda pen, x, y: pen.lines(lines, x, y, language=said))


def _credit(content: Flyer, box: _Box, size: float) -> float:
    return _credit_lines(content, box, size).height if content.credit else 0.0


def _credit_lines(content: Flyer, box: _Box, size: float) -> Lines:
    return wrap(content.credit, Style(max(size * 0.55, box.small), colour=SECOND, leading=1.3), box.room)


def _picture(content: Flyer, box: _Box, size: float, height: float) -> Part:
    """The picture in the middle, as large as the height allows, and whose it is."""
    shown = content.picture
    assert shown is not None
    credit = _credit_lines(content, box, size) if content.credit else None
    tall = height - (credit.height if credit else 0)
    scale = min(box.room / shown.width, tall / shown.height)
    width, tall = shown.width * scale, shown.height * scale
    said = content.said or None

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.picture(shown, x + (box.room - width) / 2, y, width, tall, said)
        if credit:
            pen.lines(credit, x + (box.room + width) / 2, y + tall, align="right", language=said)

    return Part(tall + (credit.height if credit else 0), paint)


def _facts(content: Flyer, box: _Box, size: float) -> Part:
    """When, where, how: lines with an icon before them."""
    style, strong = Style(size, leading=1.38, floor=1.0), Style(size * 1.08, bold=True, leading=1.38, floor=1.0)
    beside, said = size * 1.9, content.said or None
    told: list[tuple[Strokes, Lines, str | None]] = []
    for number, line in enumerate(when_words(content)):
        own = bool(content.season) and not content.dates and not number and not content.starts_on
        set_ = wrap(line, strong if not number else style, box.room - beside)
        told.append((CLOCK if not number else (), set_, said if own else None))
    if content.place:
        told.append((MAP_PIN, wrap(content.place, style, box.room - beside), said))
    for number, line in enumerate(how_words(content)):
        told.append((USERS if not number else (), wrap(line, style, box.room - beside), None))
    between = size * 0.2
    tall = sum(lines.height + between for _strokes, lines, _said in told)

    def paint(pen: Pen, x: float, y: float) -> None:
        with pen.items():
            for strokes, lines, language in told:
                if strokes:
                    pen.outline(strokes, x, y + (lines.pitch - size * 1.25) / 2, size * 1.25, PRIMARY, size * 0.09)
                with pen.item(), pen.body():
                    pen.lines(lines, x + beside, y, language=language)
                y += lines.height + between

    return Part(tall, paint)


def _codes(content: Flyer, box: _Box) -> list[tuple[str, str]]:
    """The texts of the codes, each with what it is for."""
    events = [qr.Event(one.day, one.starts, one.ends) for one in content.dates]
    calendar = qr.calendar_text(content.name, events, uid=content.uid, place=content.place,
                                most=400 if box.code > 70 else 230)  # fmt: skip
    found = [(calendar, _calendar_label(calendar, len(events)))] if calendar else []
    contact = qr.contact_text(content.centre, content.phone, content.mail, content.address)
    return [*found, (contact, _("Contact"))] if contact else found


def _calendar_label(text: str, count: int) -> str:
    held = qr.events_in(text, count)
    if held < count:
        # Translators: below a square code: only the next meeting is put into the calendar of the telephone
        return _("Next meeting") if held == 1 else _("Next meetings")
    return _("In your calendar")


def _foot(content: Flyer, box: _Box, size: float) -> Part:
    """The strip with contacts and codes, then logos, partners without one, footer."""
    codes = [_code(text, label, box, size) for text, label in _codes(content, box)]
    side = sum(part.height and box.code + size for part in codes)
    reach = _reach(content, box.room - side, size)
    strip = max([reach.height, *(part.height for part in codes)]) + size * 1.4
    if not (reach.height or codes):
        strip = 0.0
    share = size / 16
    logos, footer = (
        letterhead.partners(box.room, share=max(share, 0.5)),
        letterhead.footer(box.room, size=max(size * 0.55, box.small)),
    )
    named = letterhead.named(content.partners)
    small = Style(max(size * 0.6, box.small), colour=SECOND, leading=1.35, floor=0.9)
    partners = wrap(" · ".join(named), small, box.room) if named else None
    below = logos.height + (partners.height if partners else 0) + footer.height
    tall = strip + (below + size * 0.8 + max(size * 1.1, 15) if below else 0)

    def paint(pen: Pen, x: float, y: float) -> None:
        if strip:
            pen.fill(x - _BLEED * (x == 0), y, box.width + _BLEED, strip, PRIMARY_TINT)
            at = x + box.margin + box.room - side + size
            reach.paint(pen, x + box.margin, y + (strip - reach.height) / 2)
            tallest = max((part.height for part in codes), default=0.0)
            for part in codes:
                part.paint(pen, at, y + (strip - tallest) / 2)
                at += box.code + size
        elif below:
            pen.rule(x + box.margin, y, box.room, HAIRLINE)
        y += strip + size * 0.8
        logos.paint(pen, x + box.margin, y)
        y += logos.height
        if partners:
            pen.lines(partners, x + box.margin, y, language=content.said or None)
            y += partners.height
        footer.paint(pen, x + box.margin, y)

    return Part(tall, paint)


def _code(text: str, label: str, box: _Box, size: float) -> Part:
    """A square code with what it is for below it; who has the page read hears it as a picture."""
    rows = qr.modules(text)
    words = wrap(label, Style(max(size * 0.6, box.small), colour=TEXT, leading=1.25, floor=0.7), box.code)
    quiet = box.code * qr.QUIET / (len(rows) + 2 * qr.QUIET)

    def paint(pen: Pen, x: float, y: float) -> None:
        with pen.figure(_("Square code for a telephone: {what}").format(what=label), x, y, box.code, box.code):
            pen.fill(x, y, box.code, box.code, WHITE)
            pen.modules(rows, x + quiet, y + quiet, box.code - 2 * quiet, "#000000")
        pen.lines(words, x + box.code / 2, y + box.code + 1, align="centre")

    return Part(box.code + 1 + words.height, paint)


def _reach(content: Flyer, room: float, size: float) -> Part:
    """How to enrol: what the initiative says, phone, mail."""
    said = content.said or None
    style = Style(size, leading=1.35, floor=0.8)
    strong = Style(size * 1.2, bold=True, colour=PRIMARY, leading=1.3, floor=0.7)
    heading = wrap(_("How to enrol"), Style(size, bold=True, leading=1.35, role="H2"), room)
    told: list[tuple[Strokes, Lines, str, str | None]] = []
    beside = size * 1.7
    if content.contact:
        told.append(((), wrap(content.contact, style, room), "", said))
    if content.phone:
        told.append((PHONE, wrap(content.phone, strong, room - beside), telephone(content.phone), None))
    if content.mail:
        told.append((MAIL, wrap(content.mail, style._replace(floor=0.6), room - beside), mail(content.mail), None))
    if not told:
        return letterhead.NONE
    tall = heading.height + sum(lines.height + size * 0.15 for _strokes, lines, _link, _said in told)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.lines(heading, x, y)
        y += heading.height
        with pen.items():
            for strokes, lines, link, language in told:
                if strokes:
                    pen.outline(strokes, x, y + (lines.pitch - size) / 2, size, PRIMARY, size * 0.09)
                with pen.item(), pen.body():
                    pen.lines(lines, x + (beside if strokes else 0), y, link=link, language=language)
                y += lines.height + size * 0.15

    return Part(tall, paint)


def papers() -> Sequence[tuple[str, str]]:
    """The papers with their names."""
    return [(paper, _("4 on A4") if paper == FOUR else paper) for paper in PAPERS]
