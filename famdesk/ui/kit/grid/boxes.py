"""Boxes: their grounds as kept pictures, their text as prepared lines, drawn in batches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QStaticText

from famdesk.ui.kit import icons
from famdesk.ui.kit.colours import mixed
from famdesk.ui.kit.grid.model import BoxState, BoxTone, GridBox
from famdesk.ui.kit.grid.style import Style
from famdesk.ui.kit.grid.text import Texts
from famdesk.ui.kit.grid.words import state_word

_ICONS: Final[dict[BoxState, str]] = {
    "confirmed": "check",
    "arrived": "user-check",
    "done": "circle-check",
    "no_show": "circle-x",
    "cancelled": "ban",
    "skipped": "ban",
}
_STRUCK: Final = frozenset({"cancelled", "skipped"})
_QUIET: Final = frozenset({"done", "no_show", "cancelled"})
_LETTERS: Final = 8
"""Room for a few letters, in quarters of a line: where an icon would leave less, words and their ink tell the state."""
_MOST_GROUNDS: Final = 3000

_Ground = tuple[float, float, BoxTone, bool]


@dataclass(slots=True)
class Plan:
    """How one box is drawn: `texts` are (ink, position, line), ink one of "title", "quiet", "struck", "text"."""

    at: QPointF
    ground: QPixmap
    texts: list[tuple[str, QPointF, QStaticText]]
    icon: tuple[QPointF, QPixmap] | None


class BoxPainter:
    """Draws boxes; plans are made when a box first comes into view and kept until the layout changes."""

    def __init__(self, style: Style, ratio: float) -> None:
        self._style = style
        self._ratio = ratio
        self.texts = Texts()
        for name, font in (("title", style.title), ("quiet", style.title), ("struck", style.title)):
            self.texts.set_font(name, font)
        self.texts.set_font("text", style.text)
        table = style.colours
        self._pens = {"title": table.text, "quiet": table.second, "struck": table.second, "text": table.second}
        self._grounds: dict[_Ground, QPixmap] = {}
        self._plans: dict[str, Plan] = {}

    def forget(self) -> None:
        """The layout has changed."""
        self._plans.clear()

    def paint(self, painter: QPainter, boxes: Iterable[tuple[GridBox, QRectF]]) -> None:
        """Draw the boxes, all grounds first, then line by line of each kind."""
        kinds: dict[str, list[tuple[QPointF, QStaticText]]] = {name: [] for name in self._pens}
        draw = painter.drawPixmap
        for box, rect in boxes:
            plan = self._plans.get(box.id)
            if plan is None:
                plan = self._plans[box.id] = self.plan(box, rect)
            draw(plan.at, plan.ground)
            if plan.icon is not None:
                draw(*plan.icon)
            for ink, at, line in plan.texts:
                kinds[ink].append((at, line))
        write = painter.drawStaticText
        for ink, lines in kinds.items():
            painter.setFont(self.texts.font(ink))
            painter.setPen(QColor(self._pens[ink]))
            for at, line in lines:
                write(at, line)
        painter.setPen(QPen(QColor(self._pens["struck"]), 1.0))
        painter.drawLines([self._through(at, line) for at, line in kinds["struck"]])

    def _through(self, at: QPointF, line: QStaticText) -> QLineF:
        """The stroke through a line; a struck-out font would be stroked at the wrong place in kept text."""
        y = at.y() + round(self._style.line * 0.54) + 0.5
        return QLineF(at.x(), y, at.x() + line.size().width(), y)

    def aligned(self, rect: QRectF) -> QRectF:
        """The rectangle with its edges on device pixels."""
        ratio = self._ratio
        left, top = round(rect.left() * ratio) / ratio, round(rect.top() * ratio) / ratio
        right, bottom = round(rect.right() * ratio) / ratio, round(rect.bottom() * ratio) / ratio
        return QRectF(left, top, max(right - left, 1 / ratio), max(bottom - top, 1 / ratio))

    def plan(self, box: GridBox, rect: QRectF) -> Plan:
        """Where the parts of a box go."""
        style = self._style
        place = self.aligned(rect)
        plan = Plan(place.topLeft(), self._ground(place, box), [], None)
        left = place.left() + style.edge + style.pad * 0.75
        right = place.right() - style.em
        rows = max(1, int((place.height() - style.em / 2) // style.line))
        top = place.top() + max(0.0, min(style.em, (place.height() - rows * style.line) / 2))
        name = _ICONS.get(box.state, box.icon)
        if name and right - left >= style.icon + _LETTERS * style.em:
            at = QPointF(right - style.icon, top + (style.line - style.icon) / 2)
            plan.icon = (self._snapped(at), icons.pixmap(name, style.icon, self._ratio, style.ink(box.tone).edge))
            right -= style.icon + style.em
        self._write(plan, box, QRectF(left, top, right - left, rows * style.line), place.right() - style.em - left)
        return plan

    def _write(self, plan: Plan, box: GridBox, room: QRectF, whole: float) -> None:
        """Title and text: side by side in one row, else below each other with the state as the last word."""
        style = self._style
        rows = round(room.height() / style.line)
        ink = "struck" if box.state in _STRUCK else "quiet" if box.state in _QUIET else "title"
        if rows <= 1:
            self._one_row(plan, box, room, ink)
            return
        wanted = self.texts.block(box.title, ink, room.width(), 2 if rows > 2 else 1)
        if not wanted:
            return
        row = self._rows(plan, wanted, ink, room, 0)
        word = state_word(box.state) if box.state in _ICONS and box.state != "confirmed" else ""
        left_over = rows - row - (1 if word and rows - row > 1 else 0)
        body = QRectF(room.left(), room.top(), whole, room.height())
        if box.text and left_over > 0:
            row = self._rows(plan, self.texts.block(box.text, "text", whole, min(4, left_over)), "text", body, row)
        if word and row < rows:
            self._rows(plan, self.texts.block(word, "text", whole, 1), "text", body, row)

    def _one_row(self, plan: Plan, box: GridBox, room: QRectF, ink: str) -> None:
        title = self.texts.line(box.title, ink, room.width())
        if title is None:
            return
        plan.texts.append((ink, self._snapped(room.topLeft()), title))
        used = title.size().width() + self.texts.width(" ", "text")
        if box.text and title.text() == " ".join(box.title.split()):
            rest = self.texts.line(f"· {box.text}", "text", room.width() - used)
            if rest is not None and len(rest.text()) > 4:  # "· R…" says nothing
                plan.texts.append(("text", self._snapped(QPointF(room.left() + used, room.top())), rest))

    def _rows(self, plan: Plan, lines: tuple[QStaticText, ...], ink: str, room: QRectF, row: int) -> int:
        for number, line in enumerate(lines):
            at = QPointF(room.left(), room.top() + (row + number) * self._style.line)
            plan.texts.append((ink, self._snapped(at), line))
        return row + len(lines)

    def _snapped(self, point: QPointF) -> QPointF:
        return QPointF(round(point.x() * self._ratio) / self._ratio, round(point.y() * self._ratio) / self._ratio)

    def _ground(self, rect: QRectF, box: GridBox) -> QPixmap:
        key = (rect.width(), rect.height(), box.tone, box.state in _STRUCK)
        if key not in self._grounds:
            if len(self._grounds) > _MOST_GROUNDS:
                self._grounds.clear()
            self._grounds[key] = self._draw_ground(*key)
        return self._grounds[key]

    def _draw_ground(self, width: float, height: float, tone: BoxTone, cancelled: bool) -> QPixmap:
        """A rounded card with the tone's edge; hatched when busy, only outlined when cancelled."""
        style, ink = self._style, self._style.ink(tone)
        picture = QPixmap(max(1, round(width * self._ratio)), max(1, round(height * self._ratio)))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = style.colours.card if cancelled else ink.ground
        painter.setBrush(QColor(ground))
        border = QPen(QColor(mixed(ink.edge, ground, 0.6 if cancelled else 0.22)), 1.0)
        border.setStyle(Qt.PenStyle.DashLine if cancelled else Qt.PenStyle.SolidLine)
        painter.setPen(border)
        radius = min(style.em, height / 2, width / 2)
        painter.drawRoundedRect(QRectF(0.5, 0.5, width - 1, height - 1), radius, radius)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
        if tone == "busy" and not cancelled:
            hatch(painter, QRectF(0, 0, width, height), ink.hatch, style.em)
        painter.fillRect(QRectF(0, 0, style.edge, height), QColor(ink.edge))
        painter.end()
        return picture


def hatch(painter: QPainter, rect: QRectF, colour: str, unit: float) -> None:
    """Slanting lines over a rectangle; the caller clips."""
    painter.setPen(QPen(QColor(colour), max(1.0, unit / 3)))
    step = 2.5 * unit
    x = rect.left() - rect.height() - rect.height() % step
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
