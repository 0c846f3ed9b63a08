"""How the attendance grid is painted: each kind of cell once, then copied, since a key may scroll all of them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import DARK, Meaning
from famdesk.ui.programmes.attendance_model import AnyIndex, AttendanceModel, Cell

_MOST_KEPT = 500
Look = tuple[Cell, bool, int, int, bool, float]


class MarkedHeader(QHeaderView):
    """The names, or the meetings. A bar says whose cell the keyboard is in, also far from the names.

    The width of the names is fixed, so that nothing has to be asked of hundreds of rows at every key.
    """

    def __init__(self, orientation: Qt.Orientation, view: QAbstractItemView) -> None:
        super().__init__(orientation, view)
        self._view = view

    def sizeHint(self) -> QSize:
        if self.orientation() == Qt.Orientation.Horizontal:
            return super().sizeHint()
        return QSize(self.maximumWidth(), theme.unit(40))

    def paintSection(self, painter: QPainter, rect: QRect, logical: int) -> None:
        painter.save()
        super().paintSection(painter, rect, logical)
        painter.restore()
        index, across = self._view.currentIndex(), self.orientation() == Qt.Orientation.Horizontal
        if index.isValid() and logical == (index.column() if across else index.row()):
            bar, gap = theme.unit(0.75), theme.unit(1)
            place = QRect(rect.left() + gap, rect.bottom() - bar, rect.width() - 2 * gap, bar)
            if not across:
                place = QRect(rect.left(), rect.top() + gap, bar, rect.height() - 2 * gap)
            painter.fillRect(place, QColor(theme.current().primary))


class MarkDelegate(QStyledItemDelegate):
    """A tick for present, minutes, a cross for absent, a quiet box for nothing; hatched where nobody can be marked."""

    def __init__(self, model: AttendanceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model, self._view = model, parent
        self._kept: dict[Look, QPixmap] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(theme.unit(14), theme.unit(9))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row, column, area = index.row(), index.column(), option.rect
        free = row >= len(self._model.people) or self._model.takes(row, column)
        painter.drawPixmap(area.topLeft(), self._picture(self._model.cell(row, column), area.size(), free=free))
        chosen = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
        if option.state & chosen == chosen:  # without the keys nothing looks as if they went there
            colours = theme.current()
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.primary), 2))
            painter.drawRoundedRect(QRectF(area).adjusted(2, 2, -2, -2), 5, 5)
            painter.restore()

    def _picture(self, cell: Cell, size: QSize, *, free: bool) -> QPixmap:
        ratio = self._view.devicePixelRatioF()
        look = (cell, free, size.width(), size.height(), theme.current() is DARK, ratio)
        found = self._kept.get(look)
        if found is None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            found = self._kept[look] = _painted(self._view, cell, size, ratio, free=free)
        return found


def _painted(view: QWidget, cell: Cell, size: QSize, ratio: float, *, free: bool) -> QPixmap:
    found = QPixmap(size * ratio)
    found.setDevicePixelRatio(ratio)
    found.fill(Qt.GlobalColor.transparent)
    painter, colours, area = QPainter(found), theme.current(), QRect(QPoint(0, 0), size)
    painter.setFont(view.font())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.hairline), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())
    if free:
        _paint_mark(painter, area, cell)
    else:
        painter.fillRect(area, QBrush(QColor(colours.hairline), Qt.BrushStyle.BDiagPattern))
    painter.end()
    return found


def _paint_mark(painter: QPainter, area: QRect, cell: Cell) -> None:
    side = theme.unit(5.5)
    box = QRectF(area.center().x() - side / 2 + 0.5, area.center().y() - side / 2 + 0.5, side, side)
    text, tint = theme.tone(Meaning.OPEN if cell.mark else Meaning.CLOSED)
    if cell.mark is None:
        painter.setPen(QPen(QColor(theme.current().hairline), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    if cell.minutes:
        wider = theme.unit(2.5)
        painter.drawRoundedRect(box.adjusted(-wider, 0, wider, 0), 4, 4)
        painter.setPen(text)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), f"{cell.minutes}′")
        return
    painter.drawRoundedRect(box, 4, 4)
    icons.paint(painter, "check" if cell.mark else "x", box.adjusted(3, 3, -3, -3), text.name())
