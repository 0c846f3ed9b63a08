"""The names of the columns above a sheet of cells."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.cells.model import SMALL, TABLE
from famdesk.ui.kit.cells.scene import CellScene
from famdesk.ui.kit.grid.style import Style


class CellHeader(QWidget):
    """Titles over the columns; today's stands in the primary colour. A press on a day of a table tells its key."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget, scene: CellScene, style: Style) -> None:
        super().__init__(parent)
        self._scene = scene
        self._style = style
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if scene.kind == TABLE:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_style(self, style: Style) -> None:
        """Other fonts or colours."""
        self._style = style
        self.update()

    def height_needed(self) -> int:
        """One line; nothing where no column has a name."""
        if not any(head.title for head in self._scene.content.columns):
            return 0
        if self._scene.kind == SMALL:
            return round(self._style.small_line + self._style.em)
        return round(self._style.body_line + 3 * self._style.em)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        column = int((event.position().x() - self._scene.gutter) // self._scene.column)
        inside = self.rect().contains(event.position().toPoint())
        if inside and 0 <= column < len(self._scene.content.columns):
            self.pressed.emit(self._scene.content.columns[column].key)

    def paintEvent(self, event: QPaintEvent) -> None:
        style, scene = self._style, self._scene
        small = scene.kind == SMALL
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(style.colours.card))
        for number, head in enumerate(scene.content.columns):
            left = scene.gutter + number * scene.column
            room = QRectF(left + 1, 0, scene.column - 2, self.height() - (0 if small else style.em))
            font = style.small if small else style.body_bold
            painter.setFont(font)
            colour = style.colours.second if small else style.colours.text
            painter.setPen(QColor(style.colours.primary if head.today else colour))
            text = QFontMetricsF(font).elidedText(head.title, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
        if not small:
            painter.setPen(QPen(QColor(style.colours.hairline), 1.0))
            painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
