"""The legend of a genogram: the symbols, lines and homes that the drawing uses, with their words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from famdesk.domain.people.genogram import shapes as shapes
from famdesk.domain.people.genogram import words as words
from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.people.genogram.paint import Painted, paint_number, paint_stroke


@dataclass(frozen=True, slots=True)
class _Entry:
    """A drawn sample, or the number of a home, and its words."""

    text: str
    strokes: tuple[shapes.Stroke, ...] = ()
    home: int = 0


class Legend(QWidget):
    """Entries in as many lines as the width needs; the screen reader hears them as one description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._painted: Painted | None = None
        self.setAccessibleName(_("Legend"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_for(self, painted: Painted | None) -> None:
        """Show the legend of a drawing."""
        self._painted = painted
        self.setAccessibleDescription(", ".join(entry.text for entry in self._entries()))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return int(max((y for _entry, _x, y in places), default=0.0) + self._line()) if places else 0

    def sizeHint(self) -> QSize:
        width = self.width() or theme.unit(120)
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, size = theme.current(), self._size()
        font = theme.font(theme.SMALL)
        metrics = QFontMetricsF(font)
        for entry, x, y in self._places(self.width()):
            painter.save()
            painter.translate(x, y + (self._line() - size) / 2)
            for stroke in entry.strokes:
                paint_stroke(painter, stroke, size, colours)
            if entry.home:
                paint_number(painter, entry.home, QPointF(size, size / 2), size, colours)
            painter.restore()
            painter.setFont(font)
            painter.setPen(QColor(colours.text))
            base = y + (self._line() + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(x + size * 2.2, base), entry.text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self.updateGeometry()

    def _size(self) -> float:
        return theme.unit(5)

    def _line(self) -> float:
        return max(self._size() * 1.2, QFontMetricsF(theme.font(theme.SMALL)).height() * 1.2)

    def _entries(self) -> list[_Entry]:
        if self._painted is None:
            return []
        family, drawing = self._painted.family, self._painted.drawing
        found = []
        for sample in shapes.legend(family, drawing, self._size()):
            text = words.SYMBOLS.get(sample.style) if sample.kind == "symbol" else None
            text = text or words.LEGEND.get((sample.kind, sample.style), "")
            if text:
                found.append(_Entry(_(text), sample.strokes))
        for number, home in enumerate(family.homes, start=1):
            found.append(_Entry(words.home_name(home.name), home=number))
        return found

    def _places(self, width: int) -> list[tuple[_Entry, float, float]]:
        """Every entry with its left top corner."""
        metrics, size = QFontMetricsF(theme.font(theme.SMALL)), self._size()
        x = y = 0.0
        found = []
        for entry in self._entries():
            wide = size * 2.2 + metrics.horizontalAdvance(entry.text) + theme.unit(5)
            if x and x + wide > width:
                x, y = 0.0, y + self._line()
            found.append((entry, x, y))
            x += wide
        return found
