"""What moves over the resting picture: now-line, selection, cursor and the ghost of a drag."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from famdesk.ui.kit.grid.model import Span
from famdesk.ui.kit.grid.scene import Scene
from famdesk.ui.kit.grid.style import Style
from famdesk.ui.kit.grid.words import between, clock


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where a box would go, or a new one begin. `box_id` is "" for a new one."""

    span: Span
    title: str = ""
    box_id: str = ""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is drawn over the picture; `slot` is the place of the keyboard cursor, shown only with the focus."""

    now: tuple[int, int] | None = None
    selected: str = ""
    hovered: str = ""
    slot: Span | None = None
    ghost: Ghost | None = None
    focus: bool = False


class OverlayPainter:
    """Draws an overlay in less than a millisecond."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._metrics = QFontMetricsF(style.small_bold)

    def paint(self, painter: QPainter, scene: Scene, overlay: Overlay, size: QSizeF, scroll: QPointF) -> None:
        """Draw it in the coordinates of the view, hour labels at the left."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gutter = self._style.gutter
        painter.save()
        painter.setClipRect(QRectF(gutter, 0, size.width() - gutter, size.height()))
        painter.translate(gutter - scroll.x(), -scroll.y())
        if overlay.slot is not None and overlay.focus and overlay.ghost is None:
            self._slot(painter, scene, overlay.slot)
        self._rings(painter, scene, overlay)
        if overlay.now is not None:
            self._now(painter, scene, *overlay.now)
        if overlay.ghost is not None:
            self._ghost(painter, scene, overlay.ghost)
        painter.restore()
        if overlay.now is not None:
            self._now_label(painter, scene, overlay.now[1], scroll)

    def _rings(self, painter: QPainter, scene: Scene, overlay: Overlay) -> None:
        table = self._style.colours
        if overlay.hovered and overlay.hovered != overlay.selected:
            self._ring(painter, scene.rect(overlay.hovered), QPen(QColor(table.second), 1.0), 0.5)
        if overlay.selected:
            rect = scene.rect(overlay.selected)
            if overlay.focus:
                self._ring(painter, rect, QPen(QColor(table.card), 1.5), 0.5)
                self._ring(painter, rect, QPen(QColor(table.primary), self._style.em / 2), 1.5)
            else:
                self._ring(painter, rect, QPen(QColor(table.primary), 1.5), 0.5)

    def _ring(self, painter: QPainter, rect: QRectF, pen: QPen, out: float) -> None:
        if rect.isEmpty():
            return
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._style.em + out
        painter.drawRoundedRect(rect.adjusted(-out, -out, out, out), radius, radius)

    def _slot(self, painter: QPainter, scene: Scene, span: Span) -> None:
        table = self._style.colours
        rect = scene.geometry.span_rect(span)
        ground = QColor(table.selection)
        ground.setAlphaF(0.6)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(table.primary), self._style.em / 2, Qt.PenStyle.DotLine))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), self._style.em, self._style.em)
        self._label(painter, rect, (clock(span.start),))

    def _label(self, painter: QPainter, rect: QRectF, lines: tuple[str, ...]) -> None:
        """Lines from the top of a rectangle, as many as fit, cut at the right."""
        style = self._style
        left, width = rect.left() + style.edge + style.pad * 0.75, rect.width() - style.edge - style.pad
        painter.setPen(QColor(style.colours.primary))
        painter.setFont(style.small_bold)
        for number, text in enumerate(lines):
            if number and (number + 1) * style.small_line > rect.height():
                return
            fitting = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
            top = rect.top() + number * style.small_line + min(style.em / 2, (rect.height() - style.small_line) / 2)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, top, width + style.em, style.small_line), flags, fitting)

    def _ghost(self, painter: QPainter, scene: Scene, ghost: Ghost) -> None:
        style, table = self._style, self._style.colours
        if ghost.box_id:
            veil = QColor(table.card)
            veil.setAlphaF(0.6)
            painter.fillRect(scene.rect(ghost.box_id), veil)
        rect = scene.geometry.span_rect(ghost.span)
        painter.setBrush(QColor(table.selection))
        painter.setPen(QPen(QColor(table.primary), style.em / 2))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), style.em, style.em)
        title = (ghost.title,) if ghost.title else ()
        self._label(painter, rect, (between(ghost.span.start, ghost.span.end), *title))

    def _now(self, painter: QPainter, scene: Scene, column: int, minute: int) -> None:
        geometry, colour = scene.geometry, QColor(self._style.colours.conflict.text)
        y, left = geometry.y(minute), geometry.x(column)
        painter.setPen(QPen(colour, self._style.em / 2))
        right, faint = left + geometry.column_width, QColor(colour)
        faint.setAlphaF(0.3)  # words under it stay legible
        for box in scene.rects_at(column, minute):
            painter.setPen(QPen(faint, self._style.em / 2))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QPen(colour, self._style.em / 2))
            painter.drawLine(QPointF(left, y), QPointF(box.left(), y))
            left = box.right()
        painter.drawLine(QPointF(left, y), QPointF(right, y))
        left = geometry.x(column)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(left + 1, y), self._style.em, self._style.em)

    def _now_label(self, painter: QPainter, scene: Scene, minute: int, scroll: QPointF) -> None:
        style, text = self._style, clock(minute)
        y = scene.geometry.y(minute) - scroll.y() - style.small_line / 2
        room = QRectF(0, y, style.gutter - 2 * style.em, style.small_line)
        painter.fillRect(room.adjusted(0, -1, 0, 1), QColor(style.colours.card))
        painter.setFont(style.small_bold)
        painter.setPen(QColor(style.colours.conflict.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
