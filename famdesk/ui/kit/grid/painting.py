"""The resting picture of the grid: hours, bands and boxes, drawn once into a pixmap per layout and scroll position."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from famdesk.ui.kit.colours import mixed
from famdesk.ui.kit.grid.boxes import BoxPainter, hatch
from famdesk.ui.kit.grid.scene import BandPlace, Scene
from famdesk.ui.kit.grid.style import Style
from famdesk.ui.kit.grid.words import clock


class BasePainter:
    """Draws everything that does not move by itself."""

    def __init__(self, style: Style, ratio: float) -> None:
        self.style = style
        self.ratio = ratio
        self.boxes = BoxPainter(style, ratio)
        self._texts = self.boxes.texts
        self._texts.set_font("small", style.small)
        self._texts.set_font("small bold", style.small_bold)
        table = style.colours
        self._open = mixed(table.open.tint, table.card, 0.55)
        self._half = mixed(table.hairline, table.card, 0.45)

    def picture(self, scene: Scene, size: QSizeF, scroll: QPointF) -> QPixmap:
        """The view of that size, scrolled by `scroll`, with the hour labels at the left."""
        picture = QPixmap((size * self.ratio).toSize())
        picture.setDevicePixelRatio(self.ratio)
        picture.fill(QColor(self.style.colours.card))
        painter = QPainter(picture)
        self._hours(painter, scene, size, scroll)
        gutter = self.style.gutter
        painter.setClipRect(QRectF(gutter, 0, size.width() - gutter, size.height()))
        painter.translate(gutter - scroll.x(), -scroll.y())
        view = QRectF(scroll, QSizeF(size.width() - gutter, size.height()))
        for place in scene.bands:
            self._band_ground(painter, scene, place, view)
        self._lines(painter, scene, view)
        for place in scene.bands:
            self._band_edge(painter, scene, place)
        for place in scene.bands:
            self._band_name(painter, scene, place, view)
        shown = zip(scene.placed, scene.rects, strict=True)
        self.boxes.paint(painter, ((placed.box, rect) for placed, rect in shown if rect.intersects(view)))
        painter.end()
        return picture

    def _hours(self, painter: QPainter, scene: Scene, size: QSizeF, scroll: QPointF) -> None:
        style, geometry = self.style, scene.geometry
        painter.setFont(style.small)
        painter.setPen(QColor(style.colours.second))
        step = 60 if geometry.hour_height >= style.small_line * 1.5 else 120
        for minute in range(geometry.first + -geometry.first % 60, geometry.last + 1, step):
            top = geometry.y(minute) - scroll.y() - style.small_line / 2
            room = QRectF(0, top, style.gutter - 2 * style.em, style.small_line)
            if room.bottom() > 0 and top < size.height():
                painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, clock(minute))

    def _lines(self, painter: QPainter, scene: Scene, view: QRectF) -> None:
        """Hours, half hours if there is room, and the edges of the columns."""
        geometry = scene.geometry
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        hours = range(geometry.first + -geometry.first % 60, geometry.last + 1, 60)
        if geometry.hour_height >= 2.5 * self.style.line:
            self._pen(painter, self._half, Qt.PenStyle.DotLine)
            halves = (geometry.y(minute + 30) for minute in hours if minute + 30 < geometry.last)
            painter.drawLines([self._level(y, view) for y in halves])
        self._pen(painter, self.style.colours.hairline)
        painter.drawLines([self._level(geometry.y(minute), view) for minute in hours])
        edges = (self._exact(geometry.x(number)) for number in range(geometry.columns + 1))
        painter.drawLines([QLineF(x, view.top(), x, view.bottom()) for x in edges])

    def _level(self, y: float, view: QRectF) -> QLineF:
        return QLineF(view.left(), self._exact(y), view.right(), self._exact(y))

    def _exact(self, value: float) -> float:
        return round(value * self.ratio) / self.ratio

    def _pen(self, painter: QPainter, colour: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        pen = QPen(QColor(colour), 1.0, style)
        pen.setCosmetic(True)
        painter.setPen(pen)

    def _band_ground(self, painter: QPainter, scene: Scene, place: BandPlace, view: QRectF) -> None:
        rect = self._band_rect(scene, place) & view
        if rect.isEmpty():
            return
        if place.band.kind == "open":
            painter.fillRect(rect, QColor(self._open))
            return
        table = self.style.colours
        painter.fillRect(rect, QColor(mixed(table.closed.tint, table.card, 0.3)))
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hatch(painter, self._band_rect(scene, place), mixed(table.closed.tint, table.card, 0.9), self.style.em * 1.4)
        painter.restore()

    def _band_edge(self, painter: QPainter, scene: Scene, place: BandPlace) -> None:
        if place.band.kind == "open":
            rect = self._band_rect(scene, place)
            left = self._exact(rect.left()) + place.lane * self.style.edge
            edge = QRectF(left, rect.top(), self.style.edge - (1 if place.lane else 0), rect.height())
            painter.fillRect(self.boxes.aligned(edge), QColor(self.style.colours.open.text))

    def _band_rect(self, scene: Scene, place: BandPlace) -> QRectF:
        first, last = scene.geometry.first, scene.geometry.last
        start, end = max(place.band.start_minute, first), min(place.band.end_minute, last)
        return scene.geometry.column_rect(place.column, start, max(start, end))

    def _band_name(self, painter: QPainter, scene: Scene, place: BandPlace, view: QRectF) -> None:
        if place.free is None:
            if place.band.kind == "open":
                self._upright(painter, scene, place)
            return
        style, geometry = self.style, scene.geometry
        free = geometry.column_rect(place.column, *place.free)
        room = free.adjusted(geometry.inset(place.column) + style.em, 1, -1.5 * style.em, -1)
        closed = place.band.kind == "closed"
        font = "small bold" if closed else "small"
        most = max(1, min(3, int(room.height() // style.small_line)))
        lines = self._texts.block(place.band.words(), font, room.width(), most)
        if not lines:
            return
        height = len(lines) * style.small_line
        top = room.top()
        if place.alone:
            top = max(top, min(view.top() + style.em, room.bottom() - height))
        if closed:
            wide = max(line.size().width() for line in lines) + 2 * style.em
            chip = QRectF(room.left() - style.em, top + style.em, wide, height)
            painter.fillRect(chip, QColor(style.colours.card))
            top += style.em
        painter.setFont(self._texts.font(font))
        painter.setPen(QColor(style.colours.closed.text if closed else style.colours.open.text))
        for number, line in enumerate(lines):
            left = room.left() if closed else room.right() - line.size().width()
            at = QPointF(self._exact(left), self._exact(top + number * style.small_line))
            painter.drawStaticText(at, line)

    def _upright(self, painter: QPainter, scene: Scene, place: BandPlace) -> None:
        """The name beside the edge, where boxes leave no other room."""
        style, rect = self.style, self._band_rect(scene, place)
        line = self._texts.line(place.band.words(), "small", rect.height() - style.em)
        if line is None:
            return
        painter.save()
        painter.setFont(style.small)
        painter.setPen(QColor(style.colours.open.text))
        left = rect.left() + scene.geometry.inset(place.column) - 1
        painter.translate(left, rect.top() + line.size().width() + style.em / 2)
        painter.rotate(-90)
        painter.drawStaticText(QPointF(0, 0), line)
        painter.restore()
