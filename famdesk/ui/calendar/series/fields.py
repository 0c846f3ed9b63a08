"""How often something repeats and how it ends: the fields, and what is chosen in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, cast

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from famdesk.domain.calendar import recurrence_words
from famdesk.i18n import _, formats
from famdesk.ui.calendar.series import choice as series_choice
from famdesk.ui.calendar.series.choice import Ends, Repeat
from famdesk.ui.kit import theme
from famdesk.ui.kit.fields import DateField, NumberField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField

_MOST = 400
_RULES = (series_choice.WEEK, series_choice.FORTNIGHT, series_choice.MONTH_DAY, series_choice.MONTH_WEEKDAY)


class WeekdaysField(QWidget):
    """Seven buttons, Monday to Sunday; each is on or off.

    Signals:
        edited(): one was pressed.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: list[QToolButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for day in range(1, 8):
            button = QToolButton()
            button.setText(formats.weekday(day, short=True))
            button.setAccessibleName(formats.weekday(day))
            button.setCheckable(True)
            button.setProperty("place", "first" if day == 1 else "last" if day == 7 else "middle")
            theme.set_kind(button, "segment")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(self.edited)
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch(1)
        self.setFocusProxy(self._buttons[0])

    def value(self) -> tuple[int, ...]:
        """The days that are on, 1 Monday."""
        return tuple(day for day, button in enumerate(self._buttons, start=1) if button.isChecked())

    def set_value(self, value: Sequence[int] | None) -> None:
        """Turn these on and the others off."""
        for day, button in enumerate(self._buttons, start=1):
            button.setChecked(day in (value or ()))

    def problem(self) -> str:
        return ""


class RepeatFields(QWidget):
    """The fields; those that do not count for what is chosen are hidden.

    Signals:
        edited(): something else is chosen.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = datetime(2025, 1, 1)
        form = self.form = Form()
        units = [Choice("day", _("days")), Choice("week", _("weeks")), Choice("month", _("months")),
                 Choice("year", _("years"))]  # fmt: skip
        ends = [Choice("count", _("after a number of dates")), Choice("until", _("on a day")),
                Choice("never", _("without an end"))]  # fmt: skip
        form.add("preset", _("How often"), ChoiceField((), allow_none=False))
        # Translators: the field beside it holds a number, the next one days, weeks, months or years
        form.add("every", _("Every"), NumberField(1, 99))
        form.add("unit", _("Of what"), ChoiceField(units, allow_none=False))
        form.add("weekdays", _("On these days"), WeekdaysField())
        # Translators: how a series ends
        form.add("ends", _("Ends"), ChoiceField(ends, allow_none=False))
        form.add("count", _("Number of dates"), NumberField(1, _MOST))
        form.add("until", _("Last day"), DateField(today=today))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(form)
        form.set_values({"every": 1, "unit": "week", "ends": "count", "count": 5})
        self.set_first(self._first)
        form.field("preset").set_value(series_choice.WEEK)
        for name in ("preset", "unit", "ends"):
            cast(Any, form.field(name)).chosen.connect(self._show_rows)
        form.edited.connect(self.edited)
        self._show_rows()
        self.setFocusProxy(form.field("preset"))

    def set_first(self, first: datetime) -> None:
        """What is chosen begins here: the words of the choices tell its weekday and day."""
        self._first = first
        field = self.form.field("preset")
        kept = field.value()
        field.set_choices(_presets(first))
        if kept is not None:
            field.set_value(kept)
        if not self.form.value("weekdays"):
            self.form.field("weekdays").set_value((first.isoweekday(),))

    def choose(self, preset: str) -> None:
        """Choose a preset as if the person had."""
        self.form.field("preset").set_value(preset)
        self._show_rows()
        self.edited.emit()

    def repeat(self, days: frozenset[date]) -> Repeat:
        """What is chosen; `days` are those picked by hand."""
        form = self.form
        return Repeat(
            form.value("preset") or series_choice.WEEK, form.value("unit") or "week", form.value("every") or 1,
            form.value("weekdays"), cast(Ends, form.value("ends") or "count"), form.value("count") or 1,
            form.value("until") or self._first.date(), days,
        )  # fmt: skip

    @Slot()
    def _show_rows(self, _chosen: object = None) -> None:
        form = self.form
        preset, ends = form.value("preset"), form.value("ends")
        other, hand = preset == series_choice.OTHER, preset == series_choice.HAND
        for name, shown in (
            ("every", other), ("unit", other), ("weekdays", other and form.value("unit") == "week"),
            ("ends", not hand), ("count", not hand and ends == "count"), ("until", not hand and ends == "until"),
        ):  # fmt: skip
            form.set_row_visible(name, shown)


def _presets(first: datetime) -> list[Choice]:
    found = []
    for preset in _RULES:
        rule = series_choice.rule_of(Repeat(preset, ends="never"), first.date())
        assert rule is not None
        found.append(Choice(preset, recurrence_words.sentence(rule, first, all_day=True, ends=False)))
    return [*found, Choice(series_choice.HAND, _("dates chosen by hand")), Choice(series_choice.OTHER, _("otherwise…"))]
