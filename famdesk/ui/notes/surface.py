"""A sheet to draw on with mouse, pen or finger; what is drawn stays in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPointingDevice,
    QResizeEvent,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from famdesk.ui.kit import theme

SIZE: Final = QSize(1200, 800)
"""Of the sheet in its own units: it is kept so large, however large the window shows it."""
COLOURS: Final = {"black": "#1a1a1a", "blue": "#1f4fa3", "red": "#b3261e", "green": "#2e7d32", "brown": "#7a4a21"}
WIDTHS: Final = {"thin": 3.0, "medium": 7.0, "thick": 16.0}
RUBBER: Final = 5.0
"""How much broader than the pen the eraser is."""


@dataclass(slots=True)
class Stroke:
    """A line that was drawn without lifting the pen: points with the pressure of each (1 for a mouse)."""

    colour: str
    width: float
    rubs: bool
    points: list[tuple[QPointF, float]] = field(default_factory=list)


class Surface(QWidget):
    """Paper is white in the dark theme too: a drawing looks the same to whoever opens it.

    Attributes:
        colour, width: of the pen, keys of `COLOURS` and `WIDTHS`. rubs: whether it erases.
        undone: the lines that were taken away and can come back.

    Signals:
        drawn(): there is something more, or less, on the sheet.
    """

    drawn = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.colour, self.width_key, self.rubs = "black", "medium", False
        self._strokes: list[Stroke] = []
        self.undone: list[Stroke] = []
        self._now: Stroke | None = None
        self._image = _blank()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(theme.unit(120), theme.unit(80))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_TabletTracking, False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was drawn."""
        return not self._strokes

    def undo(self) -> None:
        """Take the last line away."""
        if self._strokes:
            self.undone.append(self._strokes.pop())
            self._again()

    def redo(self) -> None:
        """Put back what was taken away last."""
        if self.undone:
            self._strokes.append(self.undone.pop())
            self._again()

    def clear(self) -> None:
        """A new sheet; `undo` does not bring the old one back."""
        self._strokes.clear()
        self.undone.clear()
        self._again()

    def png(self) -> bytes:
        """The drawing as a picture, from memory."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def begin(self, at: QPointF, pressure: float = 1.0) -> None:
        """The pen touches the sheet at a place of the widget."""
        self._now = Stroke(self.colour, WIDTHS[self.width_key], self.rubs)
        self.undone.clear()
        self._strokes.append(self._now)
        self.go(at, pressure)

    def go(self, at: QPointF, pressure: float = 1.0) -> None:
        """The pen moves on."""
        if self._now is None:
            return
        self._now.points.append((self._on_sheet(at), pressure))
        _paint(self._image, self._now, len(self._now.points) - 2)
        self.update()

    def end(self) -> None:
        """The pen is lifted."""
        if self._now is not None:
            self._now = None
            self.drawn.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.go(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """A pen: its pressure makes the line broader, its other end erases. Fingers come as the mouse does."""
        rubs = event.pointerType() == QPointingDevice.PointerType.Eraser
        kind = event.type()
        if kind == event.Type.TabletPress:
            before, self.rubs = self.rubs, self.rubs or rubs
            self.begin(event.position(), event.pressure())
            self.rubs = before
        elif kind == event.Type.TabletMove and self._now is not None:
            self.go(event.position(), event.pressure())
        elif kind == event.Type.TabletRelease:
            self.end()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(self._corner())
        painter.scale(self._scale(), self._scale())
        painter.drawImage(0, 0, self._image)
        painter.setPen(QPen(self.palette().mid().color(), 0))
        painter.drawRect(0, 0, SIZE.width() - 1, SIZE.height() - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        return SIZE * 0.75

    def _scale(self) -> float:
        return min(self.width() / SIZE.width(), self.height() / SIZE.height())

    def _corner(self) -> QPointF:
        rest = self.size() - SIZE * self._scale()
        return QPointF(rest.width() / 2, rest.height() / 2)

    def _on_sheet(self, at: QPointF) -> QPointF:
        return (at - self._corner()) / self._scale()

    def _again(self) -> None:
        self._now = None
        self._image = _blank()
        for stroke in self._strokes:
            for place in range(len(stroke.points)):
                _paint(self._image, stroke, place - 1)
        self.update()
        self.drawn.emit()


def _blank() -> QImage:
    image = QImage(SIZE, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    return image


def _paint(image: QImage, stroke: Stroke, place: int) -> None:
    """The part of a line between the point at `place` and the next one; a first point alone is a dot."""
    (end, pressure) = stroke.points[place + 1]
    start = stroke.points[place][0] if place >= 0 else end
    width = stroke.width * (RUBBER if stroke.rubs else max(0.25, pressure))
    colour = QColor(Qt.GlobalColor.white) if stroke.rubs else QColor(COLOURS[stroke.colour])
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if start == end:
        painter.drawPoint(end)
    else:
        painter.drawLine(start, end)
    painter.end()
