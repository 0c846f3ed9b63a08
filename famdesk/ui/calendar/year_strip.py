"""A year in one widget: twelve small months in which days are picked for a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.speech import announce

_MONTHS: Final = 12
_COLUMNS: Final = 4
_DAYS: Final = 7
_WEEKS: Final = 6
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
TAKEN, OUT = "taken", "out"
"""How a chosen day is shown beside the usual way: something stands against it; it is taken out."""


class YearStrip(QWidget):
    """Twelve months from the month of the first day on. A click or Space picks a day or leaves it.

    Arrows move by a day or a week, Page up and down by a month; the months follow. Closed days are hatched, with the
    reason in the tooltip and in what is said.

    Signals:
        picked(object): this day is to be chosen, or no longer.
        moved(object): the cursor is on this day.
        range_changed(): other months are shown.
    """

    picked = Signal(object)
    moved = Signal(object)
    range_changed = Signal()

    def __init__(self, first: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = first.replace(day=1)
        self._cursor = first
        self._chosen: dict[date, str] = {}
        self._closed: dict[date, str] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setMinimumWidth(theme.unit(110))
        self.setAccessibleName(_("Year: arrows move, Space picks a day"))
        self._describe()

    def first_day(self) -> date:
        """The first day of the months that are shown."""
        return self._first

    def last_day(self) -> date:
        """The last day of them."""
        return _by_month(self._first, _MONTHS) - timedelta(days=1)

    def cursor_day(self) -> date:
        """The day that keys are about."""
        return self._cursor

    def show_days(self, chosen: Mapping[date, str]) -> None:
        """The chosen days, each with "", "taken" or "out"."""
        self._chosen = dict(chosen)
        self._describe()
        self.update()

    def show_closed(self, closed: Mapping[date, str]) -> None:
        """The days on which the centre is closed, with the reasons."""
        self._closed = dict(closed)
        self._describe()
        self.update()

    def go_to(self, day: date) -> None:
        """Put the cursor on a day; other months are shown if need be."""
        self._cursor = day
        if not self._first <= day <= self.last_day():
            self._first = day.replace(day=1)
            self.range_changed.emit()
        self._describe()
        self.update()

    def words(self, day: date) -> str:
        """What a day is, in words."""
        said = [formats.date_full(day)]
        if day in self._chosen:
            said.append({TAKEN: _("chosen, already taken"), OUT: _("taken out")}.get(self._chosen[day], _("chosen")))
        if day in self._closed:
            said.append(_("closed: {reason}").format(reason=self._closed[day]))
        return ", ".join(said)

    def sizeHint(self) -> QSize:
        return QSize(theme.unit(150), round(_MONTHS / _COLUMNS * _Layout(self._first, theme.unit(150)).block))

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point."""
        return next((day for day, box in self._layout().days() if box.contains(point)), None)

    def box_of(self, day: date) -> QRectF:
        """Where a day lies."""
        return next((box for one, box in self._layout().days() if one == day), QRectF())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._move(self._cursor + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._move(_by_month(self._cursor, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Space:
            self._pick(self._cursor)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._cursor = day
            self._pick(day)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(day) if day else "", self)
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.colour(theme.current().second))
        for month, box in self._layout().titles():
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft), formats.month_year(month))
        for day, box in self._layout().days():
            if event.rect().intersects(box.toAlignedRect()):
                self._paint_day(painter, day, box)

    def _move(self, day: date) -> None:
        self.go_to(day)
        announce(self, self.words(day))
        self.moved.emit(day)

    def _pick(self, day: date) -> None:
        self.picked.emit(day)
        self._describe()
        self.update()
        announce(self, self.words(day))
        self.moved.emit(day)

    def _layout(self) -> _Layout:
        return _Layout(self._first, self.width())

    def _describe(self) -> None:
        self.setAccessibleDescription(self.words(self._cursor))

    def _paint_day(self, painter: QPainter, day: date, box: QRectF) -> None:
        colours = theme.current()
        inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
        if day in self._closed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QBrush(QColor(colours.second), Qt.BrushStyle.BDiagPattern))
            painter.setOpacity(0.45)
            painter.drawRect(inner)
            painter.setOpacity(1)
        state = self._chosen.get(day)
        ink = QColor(colours.text if day.isoweekday() <= 5 else colours.second)
        if state is not None:
            ink = _paint_chosen(painter, inner, state)
        if day == self._cursor:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.primary), 2 if self.hasFocus() else 1))
            painter.drawRoundedRect(inner, 2, 2)
        painter.setPen(ink)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(day.day))
        if state == OUT:
            painter.drawLine(
                QPointF(inner.left() + 2, inner.center().y()), QPointF(inner.right() - 2, inner.center().y())
            )


def _paint_chosen(painter: QPainter, box: QRectF, state: str) -> QColor:
    """Filled; with a second frame if something stands against it; hollow if taken out. Gives the ink."""
    colours = theme.current()
    edge = QColor(colours.conflict.text if state == TAKEN else colours.primary)
    painter.setPen(QPen(edge, 1))
    painter.setBrush(QColor(colours.card) if state == OUT else edge)
    painter.drawRoundedRect(box, 3, 3)
    if state == TAKEN:
        painter.setPen(QPen(QColor(colours.card), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 2, 2)
    return QColor(colours.second) if state == OUT else QColor(colours.card)


class _Layout:
    """Where twelve months from `first` on lie in a width, in pixels."""

    def __init__(self, first: date, width: float) -> None:
        metrics = QFontMetricsF(theme.font(theme.SMALL))
        self._first = first
        self._gap = float(theme.unit(3))
        self._cell = (width - self._gap * (_COLUMNS - 1)) / _COLUMNS / _DAYS
        self._line = metrics.height() + theme.unit(0.75)
        self._title = metrics.height() + theme.unit()
        self.block = self._title + _WEEKS * self._line + self._gap

    def titles(self) -> Iterator[tuple[date, QRectF]]:
        """The first day of each month, and where its name stands."""
        for number in range(_MONTHS):
            left = number % _COLUMNS * (self._cell * _DAYS + self._gap)
            box = QRectF(left, number // _COLUMNS * self.block, self._cell * _DAYS, self._title)
            yield _by_month(self._first, number), box

    def days(self) -> Iterator[tuple[date, QRectF]]:
        """All days with their boxes."""
        for begin, title in self.titles():
            shift, end = begin.weekday(), _by_month(begin, 1)
            for index in range((end - begin).days):
                week, weekday = divmod(shift + index, _DAYS)
                box = QRectF(title.left() + weekday * self._cell, title.bottom() + week * self._line, self._cell,
                             self._line)  # fmt: skip
                yield begin + timedelta(days=index), box


def _by_month(day: date, months: int) -> date:
    """The same day so many months later, or the last of its month."""
    number = day.year * 12 + day.month - 1 + months
    first = date(number // 12, number % 12 + 1, 1)
    following = date((number + 1) // 12, (number + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (following - first).days) - 1)
