"""The dates of an initiative on a strip of twelve months."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from famdesk.i18n import formats, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.programmes.words import hour_text
from famdesk.usecases.programmes.programmes_rows import MeetingRow

_MONTHS: Final = 12


class YearStrip(QWidget):
    """Twelve months with a bar for each dated meeting; a tooltip tells which.

    It repeats what the list of meetings says, so it takes no keys; the screen reader hears its summary.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meetings: tuple[MeetingRow, ...] = ()
        self._first = date(2025, 1, 1)
        self._today = date(2025, 1, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def show_meetings(self, meetings: tuple[MeetingRow, ...], today: date) -> None:
        """Show other meetings; the strip begins in January if they fit into one year, else in their first month."""
        self._meetings = tuple(row for row in meetings if row.day is not None)
        days = [row.day for row in self._meetings if row.day is not None]
        first, last = min(days, default=today), max(days, default=today)
        self._first = date(first.year, 1 if first.year == last.year else first.month, 1)
        self._today = today
        undated = sum(row.day is None and row.state != "cancelled" for row in meetings)
        self.setAccessibleName(_summary(days, undated))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(100), self._height() + QFontMetrics(theme.font(theme.SMALL)).height() + theme.unit(3))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.unit(50), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._meeting_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), _told(row) if row else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_months(painter)
        self._paint_today(painter)
        for row in self._meetings:
            self._paint_bar(painter, row)

    def _height(self) -> int:
        return theme.unit(4.5)

    def _middle(self) -> float:
        return self._height() / 2 + theme.unit(0.5)

    def _place(self, day: date) -> float:
        """Where a day lies, in pixels from the left."""
        months = (day.year - self._first.year) * 12 + day.month - self._first.month
        share = (months + (day.day - 1) / 31) / _MONTHS
        return self._height() / 2 + share * (self.width() - self._height())

    def _paint_months(self, painter: QPainter) -> None:
        colours = theme.current()
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(QPen(QColor(colours.hairline), 1))
        painter.drawLine(QPointF(0, self._middle()), QPointF(self.width(), self._middle()))
        top = self._height() + theme.unit(1.5)
        for index in range(_MONTHS):
            month = (self._first.month - 1 + index) % 12 + 1
            year = self._first.year + (self._first.month - 1 + index) // 12
            left, right = self._place(date(year, month, 1)), self._place(date(year, month, 28))
            painter.setPen(QPen(QColor(colours.hairline), 1))
            painter.drawLine(QPointF(left, self._middle() - 3), QPointF(left, self._middle() + 3))
            painter.setPen(QColor(colours.second))
            area = QRectF(left, top, right - left, self.height() - top)
            painter.drawText(
                area, int(Qt.AlignmentFlag.AlignLeft), formats.date_short(date(year, month, 1)).split()[-1]
            )

    def _paint_today(self, painter: QPainter) -> None:
        at = self._place(self._today)
        if 0 <= at <= self.width():
            painter.setPen(QPen(QColor(theme.current().conflict.text), 2))
            painter.drawLine(QPointF(at, 0), QPointF(at, self._height() + theme.unit()))

    def _paint_bar(self, painter: QPainter, row: MeetingRow) -> None:
        """Ahead: filled; over: hollow; cancelled: hollow and struck through."""
        colours = theme.current()
        box = self._box(row)
        cancelled = row.state == "cancelled"
        ahead = row.day is not None and row.day >= self._today and not cancelled
        edge = QColor(colours.conflict.text if cancelled else colours.primary)
        painter.setPen(QPen(edge, 1.5))
        painter.setBrush(QColor(colours.primary if ahead else colours.card))
        painter.drawRoundedRect(box, 3, 3)
        if cancelled:
            painter.drawLine(box.bottomLeft(), box.topRight())

    def _box(self, row: MeetingRow) -> QRectF:
        """Narrower than a week, so that weekly meetings stand apart."""
        width = min(theme.unit(2.5), self.width() / 80)
        assert row.day is not None
        return QRectF(self._place(row.day) - width / 2, theme.unit(0.5), width, self._height())

    def _meeting_at(self, point: QPointF) -> MeetingRow | None:
        return next((row for row in reversed(self._meetings) if self._box(row).contains(point)), None)


def _told(row: MeetingRow) -> str:
    assert row.day is not None
    parts = (formats.date_day(row.day), hour_text(row), row.place, row.theme, row.reason)
    return " · ".join(part for part in parts if part)


def _summary(days: list[date], undated: int) -> str:
    dated = ngettext("{n} meeting with a date", "{n} meetings with a date", len(days)).format(n=len(days))
    without = ngettext("{n} without a date", "{n} without a date", undated).format(n=undated)
    return f"{dated}, {without}" if undated else dated
