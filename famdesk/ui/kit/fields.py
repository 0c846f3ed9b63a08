"""Editors for one value each. All have `value()`, `set_value()`, `problem()` and the signal `edited`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import ceil
from typing import Final, Protocol

from PySide6.QtCore import QDate, QLocale, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
)
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from famdesk.i18n import _, language
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.typed import parse_date, parse_time

_QUARTER: Final = 15


class Field(Protocol):
    """What a form needs of an editor; every editor is a QWidget as well."""

    def value(self) -> object: ...

    def problem(self) -> str:
        """The sentence that says why the text is no value; "" if it is one or the field is empty."""
        ...


class LineField(QLineEdit):
    """One line of text.

    Signals:
        edited(): the person changed it.
    """

    edited = Signal()

    def __init__(self, limit: int = 200, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaxLength(limit)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self.edited)

    def value(self) -> str:
        """The text without spaces around it."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.setText(value or "")

    def problem(self) -> str:
        return ""


class NumberField(QLineEdit):
    """A whole number between two bounds, or None."""

    edited = Signal()

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._low = low
        self._high = high
        self.setMaxLength(len(str(high)) + 2)
        self.setMaximumWidth(theme.unit(28))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.textEdited.connect(self.edited)

    def value(self) -> int | None:
        """The number, or None if the field is empty or holds something else."""
        text = self.text().strip()
        number = int(text) if text.removeprefix("-").isdecimal() else None
        return number if number is not None and self._low <= number <= self._high else None

    def set_value(self, value: int | None) -> None:
        """Show a number."""
        self.setText("" if value is None else str(value))

    def problem(self) -> str:
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("Please give a number from {low} to {high}.").format(low=self._low, high=self._high)


class CheckField(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.clicked.connect(self._on_clicked)

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick it or not."""
        self.setChecked(bool(value))

    def problem(self) -> str:
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.current()
        ticked, enabled = self.isChecked(), self.isEnabled()
        edge = QColor(colours.primary if ticked and enabled else colours.second)
        painter.setPen(QPen(edge, 1.2))
        painter.setBrush(edge if ticked else QColor(colours.card))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 3, 3)
        if ticked:
            icons.paint(painter, "check", box.adjusted(2, 2, -2, -2), colours.card)
        painter.end()

    @Slot()
    def _on_clicked(self) -> None:
        self.edited.emit()


class TextField(QPlainTextEdit):
    """Several lines of text; the field grows with them. Tab goes to the next field."""

    edited = Signal()

    def __init__(self, lines: int = 3, most: int = 12, parent: QWidget | None = None) -> None:
        """Show at least `lines` and at most `most` lines."""
        super().__init__(parent)
        self._lines = lines
        self._most = most
        self._setting = False
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.textChanged.connect(self._on_changed)
        self._fit()

    def value(self) -> str:
        """The text without blank lines around it."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self._setting = True
        self.setPlainText(value or "")
        self._setting = False

    def problem(self) -> str:
        return ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    @Slot()
    def _on_changed(self) -> None:
        self._fit()
        if not self._setting:
            self.edited.emit()

    def _fit(self) -> None:
        wanted = min(max(round(self.document().size().height()), self._lines), self._most)
        frame = self.height() - self.viewport().height() if self.isVisible() else theme.unit(3)
        margin = round(self.document().documentMargin() * 2) + 1  # a pixel more, or there is a bar to scroll it
        line = ceil(QFontMetricsF(self.font()).lineSpacing())  # as the document rounds it
        self.setFixedHeight(wanted * line + margin + max(frame, theme.unit(3)))


class DateField(QLineEdit):
    """A date, typed as people do or picked from a calendar (F4); up and down move by a day, page keys by a week."""

    edited = Signal()

    def __init__(
        self, *, past: bool = False, today: Callable[[], date] = date.today, parent: QWidget | None = None
    ) -> None:
        """With `past` a date without a year is the last such day, as for birthdays."""
        super().__init__(parent)
        self._past = past
        self._today = today
        self.setPlaceholderText(_("day/month/year"))
        self.setMaximumWidth(theme.unit(48))
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self._tidy)
        self._open = QAction(icons.icon("calendar"), _("Choose in the calendar (F4)"), self)
        self._open.triggered.connect(self.open_calendar)
        self.addAction(self._open, QLineEdit.ActionPosition.TrailingPosition)
        self.setTextMargins(0, 0, -theme.unit(2), 0)  # the sign beside the text has room of its own

    def value(self) -> date | None:
        """The date, or None if the field is empty or not understood."""
        return self._parsed()

    def set_value(self, value: date | None) -> None:
        """Show a date."""
        from famdesk.i18n import formats

        self.setText("" if value is None else formats.date_num(value))
        self.setToolTip("" if value is None else formats.date_full(value))

    def problem(self) -> str:
        if not self.text().strip() or self._parsed() is not None:
            return ""
        return _("This is not a date. Type for example 13/2 or 13.2.2025.")

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """With room for what it asks for, and for a date."""
        words = max(map(self.fontMetrics().horizontalAdvance, (self.placeholderText(), "00.00.0000")))
        return QSize(words + theme.unit(13), super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}
        key = Qt.Key(event.key())
        opens = key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if opens:
            self.open_calendar()
        elif key in steps and not event.modifiers():
            self.set_value((self._parsed() or self._today()) + timedelta(days=steps[key]))
            self.edited.emit()
        else:
            super().keyPressEvent(event)

    @Slot()
    def open_calendar(self) -> None:
        """Show a month to pick from."""
        popup = _CalendarPopup(self.value() or self._today(), self)
        popup.picked.connect(self._on_picked)
        popup.move(self.mapToGlobal(QPoint(0, self.height() + theme.unit())))
        popup.show()

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        self.set_value(date(day.year(), day.month(), day.day()))
        self.edited.emit()
        self.setFocus()

    @Slot()
    def _tidy(self) -> None:
        """Show what was understood, so that a slip is seen at once."""
        parsed = self._parsed()
        if parsed is not None:
            self.set_value(parsed)

    def _parsed(self) -> date | None:
        return parse_date(self.text(), self._today(), past=self._past)


class _CalendarPopup(QFrame):
    """A month in a popup; it deletes itself."""

    picked = Signal(QDate)

    def __init__(self, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.set_kind(self, "popup")
        self._calendar = QCalendarWidget(self)
        self._calendar.setLocale(QLocale(language()))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self._calendar.setAccessibleName(_("Calendar"))
        quiet = QTextCharFormat()
        quiet.setForeground(theme.colour(theme.current().second))
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._calendar.setWeekdayTextFormat(weekend, quiet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.unit(), theme.unit(), theme.unit(), theme.unit())
        layout.addWidget(self._calendar)
        self._calendar.activated.connect(self._on_picked)
        self._calendar.clicked.connect(self._on_picked)
        self._calendar.setFocus()

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        self.picked.emit(day)
        self.close()


class TimeField(QLineEdit):
    """A time of day, typed with or without punctuation; up and down move by a quarter of an hour."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("hour:minute"))
        hint = self.fontMetrics().horizontalAdvance(self.placeholderText()) + theme.unit(7)
        self.setMaximumWidth(max(theme.unit(28), hint))  # as long as the words are in German
        self.setMaxLength(8)
        self.textEdited.connect(self.edited)
        self.editingFinished.connect(self._tidy)

    def value(self) -> time | None:
        """The time (local wall time), or None if the field is empty or not understood."""
        return parse_time(self.text())

    def set_value(self, value: time | None) -> None:
        """Show a time."""
        self.setText("" if value is None else f"{value.hour}:{value.minute:02d}")

    def problem(self) -> str:
        if not self.text().strip() or self.value() is not None:
            return ""
        return _("This is not a time. Type for example 9, 930 or 17:00.")

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("00:00") + theme.unit(12), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: _QUARTER, Qt.Key.Key_Down: -_QUARTER}.get(Qt.Key(event.key()))
        value = self.value()
        if step is None or value is None or event.modifiers():
            super().keyPressEvent(event)
            return
        moved = datetime.combine(date(2000, 1, 1), value) + timedelta(minutes=step)
        self.set_value(moved.time())
        self.edited.emit()

    @Slot()
    def _tidy(self) -> None:
        value = self.value()
        if value is not None:
            self.set_value(value)
