"""Fields and notes that the dialogs of programmes share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from famdesk.domain import codes
from famdesk.domain.calendar.calendar import EndsBeforeStart
from famdesk.i18n import N_, _, formats
from famdesk.i18n.collate import sort_key
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, make_action
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.fields import DateField, TimeField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label
from famdesk.ui.programmes import words
from famdesk.usecases.directory.directory_rows import PlaceRow, RoomRow
from famdesk.usecases.programmes.meeting_dates import Look

WHY: Final = N_("Somebody or something is taken at that time: say why the meeting is possible.")


class Fold(QWidget):
    """A line with a key that shows and hides the fields after it in a form; what stands there keeps its values.

    Signals:
        told(): the form is higher or lower than before.
    """

    told = Signal()

    def __init__(self, form: Form, owner: QWidget, text: str, shortcut: str) -> None:
        super().__init__()
        self._form = form
        self._names: list[str] = []
        self.folded = True
        self._action = make_action(owner, text, self.toggle, icon="chevron-right", shortcut=shortcut)
        self.button = ActionButton.of(self._action, hint=True, kind="link")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.unit(), 0, 0)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        form.widget(self)

    def add(self, name: str, text: str, editor: QWidget, *, hint: str = "") -> Any:
        """Add a field that is folded away at first."""
        self._names.append(name)
        found = self._form.add(name, text, editor, hint=hint)
        self._form.set_row_visible(name, False)
        return found

    def has(self, name: str | None) -> bool:
        """Whether a field stands here."""
        return name in self._names

    @Slot()
    def toggle(self) -> None:
        """Show the fields and go to the first, or hide them."""
        self.set_folded(not self.folded)
        QTimer.singleShot(0, self, self._go)  # when the fields have their places, so that they are scrolled to

    @Slot()
    def _go(self) -> None:
        target = self.button if self.folded else self._form.field(self._names[0])
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        around: QWidget | None = self._form
        while around is not None and not isinstance(around, QScrollArea):
            layout = around.layout()
            if layout is not None:
                layout.activate()  # what scrolls has to know its new height before it goes there
            around = around.parentWidget()
        if around is not None and not self.folded:
            around.ensureWidgetVisible(self._form.field(self._names[-1]))
            around.ensureWidgetVisible(self.button)

    def set_folded(self, folded: bool) -> None:
        """Show or hide the fields."""
        if folded == self.folded:
            return
        self.folded = folded
        for name in self._names:
            self._form.set_row_visible(name, not folded)
        self.button.set_icon_name("chevron-right" if folded else "chevron-down")
        self.told.emit()


class DayAndHour(QWidget):
    """A date and an hour side by side; each may be empty.

    Signals:
        edited(): the person changed one of them.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.hour = DateField(), TimeField()
        self.hour.setMinimumWidth(self.hour.maximumWidth())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.day, 30)
        row.addWidget(self.hour, 20)
        row.addStretch(1)  # takes what is left over; without it each would stand in the middle of its share
        self.setFocusProxy(self.day)
        self.day.edited.connect(self.edited)
        self.hour.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(_("{name}, day").format(name=name))
        self.hour.setAccessibleName(_("{name}, hour").format(name=name))

    def value(self) -> tuple[date | None, time | None]:
        """Day and hour, each None if empty or not understood."""
        return self.day.value(), self.hour.value()

    def set_value(self, value: tuple[date | None, time | None] | None) -> None:
        """Show a day and an hour."""
        day, hour = value or (None, None)
        self.day.set_value(day)
        self.hour.set_value(hour)

    def problem(self) -> str:
        """What cannot be read."""
        return self.day.problem() or self.hour.problem()


class LookNotice(QWidget):
    """What the time of a meeting takes or meets, in words: what needs a reason first, then what is only to be known."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme.unit(1.5))
        self._texts: tuple[tuple[str, bool], ...] = ()
        self._impossible = ""
        self.hide()

    def texts(self) -> list[str]:
        """What is told, one after the other."""
        return [text for text, _needs in self._texts]

    def blocking(self) -> bool:
        """Whether saving needs a reason."""
        return any(needs for _text, needs in self._texts)

    def impossible(self) -> str:
        """What no reason makes possible, in words; "" if there is nothing of that kind."""
        return self._impossible

    def show_looks(self, looks: Sequence[Look]) -> None:
        """Tell other things, or nothing. Of several times, each names its day."""
        found: list[tuple[str, bool]] = []
        for look in looks:
            before = f"{formats.date_short(look.starts.date())}: " if look.starts and len(looks) > 1 else ""
            found += [(f"{before}{one.text} {one.way_out}".strip(), True) for one in look.conflicts]
        hints = [(words.hint_text(hint), False) for look in looks for hint in look.hints]
        found += dict.fromkeys(hints)
        news = [text for text, _needs in found if text not in self.texts()]
        self._impossible = next((one.text for look in looks for one in look.conflicts if not one.allowed), "")
        if tuple(found) == self._texts:
            return
        self._texts = tuple(found)
        self._build()
        if news:
            announce(self, " ".join(news))

    def _build(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for text, needs in self._texts:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.unit(2))
            icon = IconLabel(
                "circle-alert" if needs else "info", meaning=Meaning.CONFLICT if needs else Meaning.WARNING
            )
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(text, "problem" if needs else "", wrap=True), 1)
            self._lines.addWidget(line)
        self.setVisible(bool(self._texts))


def minutes_between(starts: object, ends: object) -> int | None:
    """The length of a meeting in minutes; an end at midnight is the end of the day. None if one of both is not known.

    Raises:
        EndsBeforeStart: named for the field "ends".
    """
    if not isinstance(starts, time) or not isinstance(ends, time):
        return None
    day = date(2000, 1, 1)
    end = datetime.combine(day, ends) + (timedelta(days=1) if ends == time() else timedelta())
    minutes = (end - datetime.combine(day, starts)) // timedelta(minutes=1)
    if minutes <= 0:
        raise EndsBeforeStart("ends")
    return minutes


def offer_places(field: ChoiceField, rows: Iterable[PlaceRow], kept: str | None) -> None:
    """Fill a field with the places by name, and choose one."""
    ordered = sorted(rows, key=lambda row: sort_key(row.name))
    field.set_choices([Choice(row.id, row.name, detail=row.address or row.town or "") for row in ordered])
    field.set_value(kept)


def offer_rooms(field: ChoiceField, rows: Iterable[RoomRow], place_id: str | None) -> None:
    """Fill a field with the rooms of a place, or all as long as there is none; what is chosen stays if it is there."""
    kept = field.value()
    there = [row for row in rows if place_id is None or row.place_id == place_id]
    field.set_choices([Choice(row.id, row.name, detail=row.place) for row in there])
    field.set_value(kept if any(row.id == kept for row in there) else None)


def coded(table: codes.Table, *, required: bool = False) -> ChoiceField:
    """A field of one code of a table."""
    return ChoiceField([Choice(code, text) for code, text in codes.labels(table)], allow_none=not required)


def functions() -> list[Choice]:
    """The three functions with their letters."""
    return [
        Choice(code, text, tag=code, meaning=words.FUNCTION_MEANINGS[code])
        for code, text in codes.labels(codes.FUNCTIONS)
    ]


def weekdays() -> list[Choice]:
    """Monday to Sunday."""
    return [Choice(str(number), formats.weekday(number)) for number in range(1, 8)]


class Arrivals:
    """Counts what a dialog still waits for; the last one calls `done`."""

    def __init__(self, count: int, done: Callable[[], object]) -> None:
        self._left, self._done = count, done

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._done()
