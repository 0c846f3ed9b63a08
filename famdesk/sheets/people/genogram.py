"""The genogram on paper: the drawing as large as the page allows, the legend below it, the day and the warning."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from famdesk.domain.people.genogram import shapes as shapes
from famdesk.domain.people.genogram import words as words
from famdesk.domain.people.genogram.family import Family, Someone
from famdesk.domain.people.genogram.layout import Drawing, Sizes, draw
from famdesk.domain.people.genogram.places import Placed, Rect
from famdesk.i18n import _, formats
from famdesk.sheets.paper.mixed import joined
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import HAIRLINE, PRIMARY, SECOND, TEXT, WHITE, Style
from famdesk.sheets.paper.text import Lines, baseline, clean, width, wrap

SIDE, TOP, BOTTOM = 36.0, 62.0, 34.0
SMALLEST = 0.62
"""Below this share of its size on A4 nobody could read the drawing: it goes over several pages then."""
LARGEST = 1.7
_TRIES, _AIR, _ENOUGH = 5, 0.995, 1.03
_SYMBOL = 26.0
_ROOM = 4.2
_GAP = 0.14
_NAME = Style(9.0, leading=1.25)
_FACTS = Style(7.4, colour=SECOND, leading=1.25)
_LEGEND = Style(7.6, colour=TEXT, leading=1.3)
_SAMPLE = 11.0
_INKS = {"ink": TEXT, "second": SECOND, "hairline": HAIRLINE, "close": "#2b7335", "distant": SECOND,
         "conflict": "#a23b3b"}  # fmt: skip
_HOMES = (
    ("#2c5a99", "#eef3fa"), ("#8a5200", "#fdf5e4"), ("#85407a", "#f8eef6"),
    ("#3a7440", "#eff6ef"), ("#0f5c66", "#e8f2f3"), ("#3f444b", "#f0eeea"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GenogramSheet:
    """What is printed: the family as names on paper may be, the centre's name ("" for none), the moment or None."""

    family: Family
    centre: str = ""
    printed: datetime | None = None


@naming
def render(content: GenogramSheet, paper: str = "A4") -> bytes:
    """The genogram as PDF in the current language, on A4 or A3, lying or upright as the drawing is.

    Raises:
        NotInFont: if a character cannot be printed.
    """
    plain = _Laid(content.family, 1.0)
    wide = plain.drawing.width >= plain.drawing.height
    page = Paper[f"{paper}_LYING" if wide else paper]
    legend = _Legend(content.family, plain.drawing, page.width - 2 * SIDE)
    room = (page.width - 2 * SIDE, page.height - TOP - BOTTOM - legend.height)
    return build(
        _pages(content, _fitted(content.family, plain, room, SMALLEST / page.printed.zoom), legend, room),
        page,
        _("Genogram"),
    )


def _fitted(family: Family, laid: _Laid, room: tuple[float, float], smallest: float) -> _Laid:
    """The family as large as there is room, and not so small that nobody could read it.

    Names break into lines elsewhere at another size, so that the second try may be a little too large again.
    """
    scale = 1.0
    for _try in range(_TRIES):
        fits = min(room[0] / laid.drawing.width, room[1] / laid.drawing.height)
        if scale == smallest or (fits >= 1 and (scale == LARGEST or fits < _ENOUGH)):
            break
        scale = min(LARGEST, max(smallest, scale * fits * _AIR))
        laid = _Laid(family, scale)
    return laid


def _pages(content: GenogramSheet, laid: _Laid, legend: _Legend, room: tuple[float, float]) -> list[Painter]:
    """One page, or as many as the drawing needs, from left to right and from top to bottom."""
    drawing = laid.drawing
    across, down = (max(1, ceil(need / have - 1e-3)) for need, have in
                    ((drawing.width, room[0]), (drawing.height, room[1])))  # fmt: skip
    painters = list[Painter]()
    for row in range(down):
        for column in range(across):
            if not laid.is_in(Rect(column * room[0], row * room[1], (column + 1) * room[0], (row + 1) * room[1])):
                continue
            left = (room[0] - drawing.width) / 2 if across == 1 else -column * room[0]
            top = (room[1] - drawing.height) / 2 if down == 1 else -row * room[1]
            painters.append(_Page(content, laid, legend, room, (SIDE + left, TOP + max(top, -row * room[1]))).paint)
    return painters


@dataclass(frozen=True, slots=True)
class _Page:
    content: GenogramSheet
    laid: _Laid
    legend: _Legend
    room: tuple[float, float]
    at: tuple[float, float]

    def paint(self, pen: Pen, folio: Folio) -> None:
        first = folio.number == 1
        with nullcontext() if first else pen.aside():
            self._head(pen)
        with pen.figure(clean(self._told(first=first)), SIDE, TOP, *self.room), pen.inside(SIDE, TOP, *self.room):
            self.laid.paint(pen, *self.at)
        with nullcontext() if first else pen.aside():
            self.legend.paint(pen, SIDE, TOP + self.room[1])
        with pen.aside():
            self._foot(pen, folio)

    def _told(self, *, first: bool) -> str:
        """The drawing in words: everybody with their ties and homes, once in the file."""
        if not first:
            return _("{section} (continued)").format(section=_("Genogram"))
        family = self.content.family
        return "\n".join(f"{words.spoken(family, one)}." for one in family.people) or _("Genogram")

    def _head(self, pen: Pen) -> None:
        room = pen.width - 2 * SIDE
        pen.line(_("Genogram"), Style(18, bold=True, colour=PRIMARY, leading=1.2, role="H1"), SIDE, 24, room=room / 2)
        day = _("as on {day}").format(day=formats.date_long(self.content.family.on))
        right = joined((self.content.centre, day))
        pen.line(right, Style(10, colour=SECOND, leading=1.3), pen.width - SIDE, 30, room=room / 2, align="right")
        pen.rule(SIDE, TOP - 8, room, HAIRLINE)

    def _foot(self, pen: Pen, folio: Folio) -> None:
        style = Style(7.5, colour=SECOND, leading=1.3, floor=0.6)
        room = pen.width - 2 * SIDE
        warning = _("Contains personal data: keep it covered and destroy it after use.")
        pen.line(warning, style, SIDE, pen.height - 24, room=room * 0.6)
        printed = self.content.printed
        told = _("printed {moment}").format(moment=formats.moment(printed)) if printed else ""
        right = " · ".join(part for part in (told, folio.sentence()) if part)
        pen.line(right, style, pen.width - SIDE, pen.height - 24, room=room * 0.4, align="right")


class _Laid:
    """The family laid out with everything `scale` times its plain size."""

    def __init__(self, family: Family, scale: float) -> None:
        self._people = {one.id: one for one in family.people}
        self._size = _SYMBOL * scale
        self._name, self._facts = _NAME.scaled(scale), _FACTS.scaled(scale)
        self._words = {one.id: self._measured(family, one) for one in family.people}
        sizes = {one: (max(lines.width for lines in found) + 2, sum(lines.height for lines in found) + self._gap)
                 for one, found in self._words.items()}  # fmt: skip
        self._heading = Style(7.6 * scale, bold=True, colour=SECOND, leading=1.3)
        text = _("Network and who decides")
        heading = (width(text, self._heading), self._heading.line + self._size * 0.3)
        self.drawing: Drawing = draw(family, Sizes(self._size, sizes, heading))

    @property
    def _gap(self) -> float:
        return self._size * _GAP

    def paint(self, pen: Pen, x: float, y: float) -> None:
        """The drawing with its top left corner at `x`, `y`."""
        drawing, size = self.drawing, self._size
        covered = shapes.covered(drawing)
        for stroke in shapes.ground(drawing):
            _stroke(pen, stroke, size, x, y)
        if drawing.support is not None:
            place = drawing.support
            edge = place.left - size * 1.2 + x
            pen.path(((edge, place.top + y), (edge, place.bottom + y)), HAIRLINE, 0.75)
            text = _("Network and who decides")
            pen.line(text, self._heading, place.left + x, place.top + y, room=place.width + size)
        for one in drawing.placed:
            self._person(pen, one, x, y, covered=one.id in covered)
        for outline in drawing.outlines:
            for piece in outline.pieces:
                _number(pen, outline.number, piece[0].x + size * 0.28 + x, piece[0].y + y, size)

    def is_in(self, part: Rect) -> bool:
        """Whether anything is drawn in a part of the drawing."""
        strokes = [stroke for line in self.drawing.lines for stroke in line.strokes]
        spread = [Rect(min(p.x for p in stroke), min(p.y for p in stroke), max(p.x for p in stroke) + 0.01,
                       max(p.y for p in stroke) + 0.01) for stroke in strokes]  # fmt: skip
        return any(part.meets(rect) for rect in (*(one.box for one in self.drawing.placed), *spread))

    def _person(self, pen: Pen, one: Placed, x: float, y: float, *, covered: bool) -> None:
        room = shapes.words_room(self.drawing, one)
        if covered:
            under = next((_HOMES[(outline.number - 1) % len(_HOMES)][1] for outline in self.drawing.outlines
                          if one.id in outline.people), WHITE)  # fmt: skip
            pen.fill(room.left + x, room.top + y + 1, room.width, room.height, under, radius=2)
        top = room.top + self._gap + y
        for lines in self._words[one.id]:
            pen.lines(lines, one.x + x, top, align="centre")
            top += lines.height
        for stroke in shapes.symbol(self._people[one.id], one.x, one.y, self._size):
            _stroke(pen, stroke, self._size, x, y)

    def _measured(self, family: Family, someone: Someone) -> list[Lines]:
        found = []
        for part in words.label(family, someone):
            style = self._name if part.kind == "name" else self._facts
            if part.kind == "name" and someone.centre:
                style = Style(style.size, bold=True, leading=style.leading)
            text = clean(part.text).replace("\n", " ")
            lines = words.broken(text, _Measure(style), self._size * _ROOM)
            found.append(Lines.of(lines, style))
        return found


@dataclass(frozen=True, slots=True)
class _Measure:
    style: Style

    def __call__(self, text: str) -> float:
        return width(text, self.style)


class _Legend:
    """Samples with their words, in as many lines as they need."""

    def __init__(self, family: Family, drawing: Drawing, room: float) -> None:
        self._places: list[tuple[float, float, Lines, tuple[shapes.Stroke, ...], int]] = []
        x = y = 0.0
        for text, strokes, home in _entries(family, drawing):
            lines = wrap(text, _LEGEND, room - _SAMPLE * 3)
            wide = _SAMPLE * 2.3 + lines.width + 14
            if x and x + wide > room:
                x, y = 0.0, y + _SAMPLE * 1.35
            self._places.append((x, y, lines, strokes, home))
            x += wide
        self.height = y + _SAMPLE * 1.35 + 14 if self._places else 0.0

    def paint(self, pen: Pen, left: float, top: float) -> None:
        with pen.items() if self._places else nullcontext():
            for x, y, lines, strokes, home in self._places:
                at = top + 10 + y
                for stroke in strokes:
                    _stroke(pen, stroke, _SAMPLE, left + x, at)
                with pen.item():
                    if home:
                        with pen.label():
                            _number(pen, home, left + x + _SAMPLE, at + _SAMPLE / 2, 24)
                    with pen.body():
                        pen.lines(lines, left + x + _SAMPLE * 2.3, at + (_SAMPLE - _LEGEND.line) / 2)


def _entries(family: Family, drawing: Drawing) -> Sequence[tuple[str, tuple[shapes.Stroke, ...], int]]:
    found: list[tuple[str, tuple[shapes.Stroke, ...], int]] = []
    for sample in shapes.legend(family, drawing, _SAMPLE):
        text = words.SYMBOLS.get(sample.style) if sample.kind == "symbol" else None
        text = text or words.LEGEND.get((sample.kind, sample.style), "")
        if text:
            found.append((_(text), sample.strokes, 0))
    found += [(words.home_name(home.name), (), number) for number, home in enumerate(family.homes, start=1)]
    return found


def _stroke(pen: Pen, stroke: shapes.Stroke, size: float, x: float, y: float) -> None:
    weight = max(0.4, stroke.weight * size / 100)
    fill = None if stroke.fill is None else WHITE if stroke.fill == "card" else _home(stroke.fill)[1]
    colour = _INKS.get(stroke.ink) or _home(stroke.ink)[0]
    points = [(point.x + x, point.y + y) for point in stroke.path]
    pen.path(points, colour, weight, dash=[part * weight for part in stroke.dash], closed=stroke.closed, fill=fill)


def _home(name: str) -> tuple[str, str]:
    return _HOMES[int(name.removeprefix("home")) % len(_HOMES)]


def _number(pen: Pen, number: int, x: float, y: float, size: float) -> None:
    """The number of a home in a disc on its outline."""
    style = Style(size * 0.27, bold=True, colour=WHITE, leading=1.2)
    pen.disc(x, y, size * 0.22, _home(shapes.home_ink(number))[0])
    pen.line(str(number), style, x, y - baseline(style) + size * 0.1, room=size, align="centre")
