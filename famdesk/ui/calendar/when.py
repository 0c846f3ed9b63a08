"""One field for day, start and end of an appointment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import DateField, TimeField
from famdesk.ui.kit.widgets import Label

Span = tuple[datetime, datetime]
_LEAST = timedelta(minutes=5)


class WhenField(QWidget):
    """Day, from, to. The length stays when the start is changed; the end may be 0:00, the end of the day.

    Attributes:
        length_chosen: the person set the end, and with it the length, which is not to be changed any more.

    Signals:
        edited(): the person changed one of the three.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date] = date.today, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateField(today=today)
        self.start = TimeField()
        self.end = TimeField()
        self._weekday = Label("", "second")
        self._length = timedelta(minutes=30)
        self.length_chosen = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        self.day.setFixedWidth(self.day.fontMetrics().horizontalAdvance("00/00/0000") + theme.unit(16))
        for clock in (self.start, self.end):
            clock.setFixedWidth(clock.sizeHint().width())
        row.addWidget(self.day)
        row.addWidget(self._weekday)
        row.addStretch(1)
        # Translators: "from 17:00 to 18:00", between the fields of an appointment
        row.addWidget(Label(_("from"), "second"))
        row.addWidget(self.start)
        row.addWidget(Label(_("to"), "second"))
        row.addWidget(self.end)
        self.day.setAccessibleName(_("Day"))
        self.start.setAccessibleName(_("Start"))
        self.end.setAccessibleName(_("End"))
        self.setFocusProxy(self.day)
        self.day.edited.connect(self._on_day)
        self.start.edited.connect(self._on_start)
        self.end.edited.connect(self._on_end)

    def value(self) -> Span | None:
        """Start and end, or None while something is missing or not understood."""
        day, start, end = self.day.value(), self.start.value(), self.end.value()
        if day is None or start is None or end is None:
            return None
        ends = datetime.combine(day, end)
        return datetime.combine(day, start), ends + timedelta(days=1) if end == time() else ends

    def set_value(self, value: Span) -> None:
        """Show a start and an end."""
        starts, ends = value
        self._length = max(ends - starts, _LEAST)
        self.day.set_value(starts.date())
        self.start.set_value(starts.time())
        self.end.set_value(ends.time())
        self._show_weekday()

    def set_minutes(self, minutes: int) -> None:
        """Another length; the start stays. At the latest the appointment ends at midnight."""
        self._length = timedelta(minutes=minutes)
        self._follow()

    def problem(self) -> str:
        for field in (self.day, self.start, self.end):
            if field.problem():
                return field.problem()
        if self.value() is None:
            return _("Give the day, the start and the end.")
        return ""

    @Slot()
    def _on_day(self) -> None:
        self._show_weekday()
        self.edited.emit()

    @Slot()
    def _on_start(self) -> None:
        self._follow()
        self.edited.emit()

    @Slot()
    def _on_end(self) -> None:
        value = self.value()
        if value is not None and value[1] > value[0]:
            self._length = value[1] - value[0]
        self.length_chosen = True
        self.edited.emit()

    def _follow(self) -> None:
        start = self.start.value()
        if start is not None:
            at = datetime.combine(date(2000, 1, 1), start)
            self.end.set_value(min(at + self._length, datetime(2000, 1, 2)).time())

    def _show_weekday(self) -> None:
        day = self.day.value()
        self._weekday.setText(formats.weekday(day.isoweekday()) if day else "")
