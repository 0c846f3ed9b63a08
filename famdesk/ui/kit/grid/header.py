"""The names of the columns above the grid."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.grid.model import GridColumn
from famdesk.ui.kit.grid.scene import Scene
from famdesk.ui.kit.grid.style import Style


class GridHeader(QWidget):
    """Titles in line with the columns; today's stands in the primary colour over a bar."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget, scene: Scene) -> None:
        super().__init__(parent)
        self._scene = scene
        self._style: Style | None = None
        self._scroll = 0.0
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_style(self, style: Style) -> None:
        """Other fonts or colours."""
        self._style = style
        self.update()

    def set_scroll(self, x: float) -> None:
        """The columns have been scrolled sideways."""
        self._scroll = x
        self.update()

    def height_needed(self) -> int:
        """One line, or two when a column has a second one."""
        if self._style is None:
            return 0
        second = self._style.small_line if any(column.subtitle for column in self._scene.content.columns) else 0
        return round(self._style.body_line + second + 4 * self._style.em)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.height_needed())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        key = self.column_at(event.position().toPoint())
        if key and event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit(key)

    def column_at(self, point: QPoint) -> str:
        """The key of the column under a point, "" if there is none."""
        x = point.x() + self._scroll - (self._style.gutter if self._style else 0.0)
        geometry, columns = self._scene.geometry, self._scene.content.columns
        inside = self.rect().contains(point) and 0 <= x < geometry.width
        return columns[geometry.column(x)].key if columns and inside else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._style is None:
            return
        style, geometry = self._style, self._scene.geometry
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.colours.card))
        hairline = QPen(QColor(style.colours.hairline), 1.0)
        painter.setClipRect(QRectF(style.gutter, 0, self.width() - style.gutter, self.height()))
        for number, column in enumerate(self._scene.content.columns):
            left = style.gutter + geometry.x(number) - self._scroll
            rect = QRectF(left, 0, geometry.column_width, self.height())
            if rect.right() > style.gutter and left < self.width():
                self._column(painter, column, rect)
                painter.setPen(hairline)
                painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.setClipping(False)
        painter.setPen(hairline)
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        for number, column in enumerate(self._scene.content.columns):
            if column.today:
                left = max(style.gutter, style.gutter + geometry.x(number) - self._scroll)
                right = style.gutter + geometry.x(number) - self._scroll + geometry.column_width
                bar = QRectF(left, self.height() - style.edge, max(0.0, right - left), style.edge)
                painter.fillRect(bar, QColor(style.colours.primary))
        painter.end()

    def _column(self, painter: QPainter, column: GridColumn, rect: QRectF) -> None:
        assert self._style is not None
        style = self._style
        table = style.colours
        room = rect.adjusted(2.5 * style.em, 2 * style.em, -style.em, 0)
        plain, strong = _title_parts(column.title)
        plain_font = style.body_bold if column.today or not strong else style.body
        painter.setPen(QColor(table.primary if column.today else table.text))
        used = self._write(painter, plain, plain_font, room, style.body_line)
        self._write(painter, strong, style.body_bold, room.adjusted(used, 0, 0, 0), style.body_line)
        if column.subtitle:
            painter.setPen(QColor(table.second))
            below = room.adjusted(0, style.body_line, 0, 0)
            self._write(painter, column.subtitle, style.small, below, style.small_line)

    def _write(self, painter: QPainter, text: str, font: QFont, room: QRectF, height: float) -> float:
        """Text cut at the right; returns its width."""
        if not text or room.width() <= 0:
            return 0.0
        metrics = QFontMetricsF(font)
        fitting = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
        painter.setFont(font)
        line = QRectF(room.left(), room.top(), room.width() + 1, height)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(line, flags, fitting)
        return metrics.horizontalAdvance(fitting)


def _title_parts(title: str) -> tuple[str, str]:
    """ "lun 10" into a plain "lun " and a strong "10"; other titles stay whole."""
    head, space, tail = title.rpartition(" ")
    return (head + space, tail) if tail.rstrip(".").isdigit() and head else (title, "")
