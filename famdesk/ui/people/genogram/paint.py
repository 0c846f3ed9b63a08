"""Paints a genogram: the measured words of everybody, the places, and the strokes in the colours of the theme."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from famdesk.domain.people.genogram import shapes as shapes
from famdesk.domain.people.genogram import words as words
from famdesk.domain.people.genogram.family import Family, Someone
from famdesk.domain.people.genogram.layout import Drawing, Sizes, draw
from famdesk.domain.people.genogram.places import Placed
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Colours, Tone

SYMBOL = 9.0
"""Side of a symbol, in units of the theme."""
_ROOM = 4.2
_GAP = 0.14


@dataclass(frozen=True, slots=True)
class TextLine:
    """A measured line of words below a symbol."""

    text: str
    font: QFont
    height: float
    quiet: bool


class Painted:
    """A family, measured with the font of the theme and laid out; made again when the font changes."""

    def __init__(self, family: Family) -> None:
        self.family = family
        self.people: dict[str, Someone] = {one.id: one for one in family.people}
        size = theme.unit(SYMBOL)
        self._lines = {one.id: _measured(family, one, size * _ROOM) for one in family.people}
        heading = QFontMetricsF(heading_font())
        room = (heading.horizontalAdvance(heading_text()), heading.height() + size * 0.3)
        self.drawing: Drawing = draw(family, Sizes(size, {one: self._room(one) for one in self._lines}, room))
        self._covered = shapes.covered(self.drawing)
        self._under = {one: shapes.home_ink(outline.number) for outline in self.drawing.outlines
                       for one in outline.people}  # fmt: skip
        self._ground = shapes.ground(self.drawing)

    def paint(self, painter: QPainter, current: str = "") -> None:
        """The whole drawing at its own size from the painter's origin; `current` has the focus."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        colours, size = theme.current(), self.drawing.symbol
        for stroke in self._ground:
            paint_stroke(painter, stroke, size, colours)
        self._paint_edge(painter, colours)
        for one in self.drawing.placed:
            self._paint_words(painter, one, colours)
            for stroke in shapes.symbol(self.people[one.id], one.x, one.y, size):
                paint_stroke(painter, stroke, size, colours)
        for outline in self.drawing.outlines:
            for piece in outline.pieces:
                paint_number(painter, outline.number, QPointF(piece[0].x + size * 0.28, piece[0].y), size, colours)
        at = self.drawing.find(current)
        if at is not None:
            box = at.box.grown(size * 0.12)
            painter.setPen(QPen(QColor(colours.primary), max(2.0, size * 0.05)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box.left, box.top, box.width, box.height), size * 0.15, size * 0.15)

    def _room(self, person_id: str) -> tuple[float, float]:
        lines = self._lines[person_id]
        wide = max(QFontMetricsF(line.font).horizontalAdvance(line.text) for line in lines)
        return ceil(wide) + 2, sum(line.height for line in lines) + self._gap()

    def _gap(self) -> float:
        return theme.unit(SYMBOL) * _GAP

    def _paint_words(self, painter: QPainter, one: Placed, colours: Colours) -> None:
        room = shapes.words_room(self.drawing, one)
        if one.id in self._covered:
            ground = tint(self._under.get(one.id, "card"), colours)
            ground.setAlphaF(0.9)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(room.left - 2, room.top + 2, room.width + 4, room.height), 4, 4)
        y = room.top + self._gap()
        for line in self._lines[one.id]:
            painter.setFont(line.font)
            painter.setPen(QColor(colours.second if line.quiet else colours.text))
            metrics = QFontMetricsF(line.font)
            x = one.x - metrics.horizontalAdvance(line.text) / 2
            painter.drawText(QPointF(x, y + (line.height + metrics.ascent() - metrics.descent()) / 2), line.text)
            y += line.height

    def _paint_edge(self, painter: QPainter, colours: Colours) -> None:
        """The heading above those at the edge, and a hairline that parts them from the family."""
        place = self.drawing.support
        if place is None:
            return
        size = self.drawing.symbol
        painter.setPen(QPen(QColor(colours.hairline), 1.5))
        x = place.left - size * 1.2
        painter.drawLine(QPointF(x, place.top - size * 0.2), QPointF(x, place.bottom))
        painter.setFont(heading_font())
        painter.setPen(QColor(colours.second))
        painter.drawText(QPointF(place.left, place.top + QFontMetricsF(heading_font()).ascent()), heading_text())


def heading_text() -> str:
    """What stands above those who are not kin."""
    return _("Network and who decides")


def heading_font() -> QFont:
    return theme.font(theme.SMALL, bold=True)


def paint_stroke(painter: QPainter, stroke: shapes.Stroke, size: float, colours: Colours) -> None:
    """One stroke in the colours of the theme; `size` is the side of a symbol."""
    pen = QPen(ink(stroke.ink, colours), max(1.0, stroke.weight * size / 100))
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if stroke.dash else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin if stroke.fill != "card" else Qt.PenJoinStyle.MiterJoin)
    if stroke.dash:
        pen.setDashPattern(list(stroke.dash))
    painter.setPen(pen)
    points = QPolygonF([QPointF(point.x, point.y) for point in stroke.path])
    if stroke.closed:
        painter.setBrush(tint(stroke.fill, colours) if stroke.fill else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(points)
    else:
        painter.drawPolyline(points)


def paint_number(painter: QPainter, number: int, middle: QPointF, size: float, colours: Colours) -> None:
    """The number of a home in a disc on its outline."""
    font = theme.font(theme.SMALL, bold=True)
    radius = max(size * 0.21, QFontMetricsF(font).height() * 0.62)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink(shapes.home_ink(number), colours))
    painter.drawEllipse(middle, radius, radius)
    painter.setFont(font)
    painter.setPen(QColor(colours.card))
    place = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(number))


def ink(name: str, colours: Colours) -> QColor:
    """The colour of a line."""
    plain = {"ink": colours.text, "second": colours.second, "hairline": colours.hairline,
             "close": colours.open.text, "distant": colours.second, "conflict": colours.conflict.text}  # fmt: skip
    return QColor(plain.get(name) or _home(name, colours).text)


def tint(name: str, colours: Colours) -> QColor:
    """The colour of a surface."""
    return QColor(colours.card if name == "card" else _home(name, colours).tint)


def _home(name: str, colours: Colours) -> Tone:
    tones = (colours.a, colours.warning, colours.c, colours.b, colours.accent, colours.closed)
    return tones[int(name.removeprefix("home")) % len(tones)]


def _measured(family: Family, someone: Someone, room: float) -> tuple[TextLine, ...]:
    fonts = {"name": theme.font(bold=someone.centre), "facts": theme.font(theme.SMALL),
             "role": theme.font(theme.SMALL)}  # fmt: skip
    found = []
    for part in words.label(family, someone):
        metrics = QFontMetricsF(fonts[part.kind])
        for text in words.broken(part.text, metrics.horizontalAdvance, room):
            found.append(TextLine(text, fonts[part.kind], metrics.height(), part.kind != "name"))
    return tuple(found)
