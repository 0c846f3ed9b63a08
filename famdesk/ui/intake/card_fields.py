"""The editors of an access card that no other form has: a moment, a person with a tie, several initiatives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.fields import DateField, TimeField
from famdesk.ui.kit.popup import Choice, ChoiceField, Search, SearchField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label


class MomentField(QWidget):
    """A day and a time of day beside each other.

    Signals:
        edited(): the person changed one of them.
    """

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.time = DateField(past=True, today=today), TimeField()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.day)
        row.addWidget(self.time)
        row.addStretch(1)
        self.setFocusProxy(self.day)
        self.day.edited.connect(self.edited)
        self.time.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.day.setAccessibleName(_("Day"))
        self.time.setAccessibleName(_("Time"))

    def value(self) -> datetime | None:
        """The moment, or None if the day is empty or one of them is not understood; without a time 0:00."""
        day: date | None = self.day.value()
        moment: time | None = self.time.value()
        return None if day is None or self.problem() else datetime.combine(day, moment or time())

    def set_value(self, value: datetime | None) -> None:
        """Show a moment."""
        self.day.set_value(value.date() if value else None)
        self.time.set_value(value.time() if value else None)

    def problem(self) -> str:
        return self.day.problem() or self.time.problem() or ("" if self.day.text().strip() else _("Give the day."))


class TieField(QWidget):
    """A person of the files and what they are to the person concerned, side by side.

    Signals:
        edited(): one of the two was changed.
    """

    edited = Signal()

    def __init__(
        self, search: Search, placeholder: str, offer_new: Callable[[str], str], ties: Sequence[Choice],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.person = SearchField(search, placeholder, offer_new)
        # Translators: what a reference person is to the person concerned (mother, neighbour…)
        self.tie = ChoiceField(ties, _("tie"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self.person, 3)
        row.addWidget(self.tie, 2)
        self.setFocusProxy(self.person)
        self.person.edited.connect(self.edited)
        self.tie.edited.connect(self.edited)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.person.setAccessibleName(name)
        self.tie.setAccessibleName(_("{field}: tie").format(field=name))

    def value(self) -> tuple[str, str | None] | None:
        """The id of the person and the code of the tie; None while nobody is chosen."""
        person_id = self.person.value()
        return None if person_id is None else (person_id, self.tie.value())

    def set_value(self, value: tuple[tuple[str, str], str | None] | None) -> None:
        """Show a person, given as id and name, and the tie."""
        self.person.set_value(value[0] if value else None)
        self.tie.set_value(value[1] if value else None)

    def problem(self) -> str:
        return self.person.problem() or self.tie.problem()


class ListField(QWidget):
    """Several of a list: those chosen stand above the field that adds one; Backspace there takes the last away.

    Signals:
        edited(): one was added or taken away.
    """

    edited = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self._choices: tuple[Choice, ...] = ()
        self.adder = _Adder((), placeholder)
        self._chips = QVBoxLayout()
        self._chips.setSpacing(theme.unit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1.5))
        column.addLayout(self._chips)
        column.addWidget(self.adder)
        self.setFocusProxy(self.adder)
        self.adder.chosen.connect(self._on_chosen)
        self.adder.backspaced.connect(self._on_backspaced)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What can be chosen; what is chosen already stays."""
        self._choices = tuple(choices)
        self._show()

    def value(self) -> tuple[str, ...]:
        """The codes, in the order in which they were chosen."""
        return tuple(self._codes)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show those with these codes."""
        self._codes = list(dict.fromkeys(value or ()))
        self._show()

    def problem(self) -> str:
        return self.adder.problem()

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.adder.setAccessibleName(name)

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        self.adder.set_value(None)
        if code not in self._codes:
            self._codes.append(code)
            self._show()
            self.edited.emit()

    @Slot()
    def _on_backspaced(self) -> None:
        if self._codes:
            self._remove(self._codes[-1])

    @Slot()
    def _on_removed(self) -> None:
        self._remove(str(self.sender().property("code")))

    def _remove(self, code: str) -> None:
        self._codes.remove(code)
        self._show()
        announce(self.adder, _("Taken away: {need}").format(need=self._label(code)))
        self.adder.setFocus()
        self.edited.emit()

    def _label(self, code: str) -> str:
        return next((choice.label for choice in self._choices if choice.code == code), _("no longer in use"))

    def _show(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget: Any = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for code in self._codes:
            self._chips.addWidget(self._chip(code))
        self.adder.set_choices([choice for choice in self._choices if choice.code not in self._codes])
        self.adder.setAccessibleDescription(", ".join(self._label(code) for code in self._codes))
        self.updateGeometry()

    def _chip(self, code: str) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(Label(self._label(code), wrap=True), 1)
        away = ToolButton(_("Take away: {need}").format(need=self._label(code)), "x", flat=True)
        away.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        away.setProperty("code", code)
        away.clicked.connect(self._on_removed)
        row.addWidget(away)
        return chip


class _Adder(ChoiceField):
    """The field that adds one."""

    backspaced = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
        super().keyPressEvent(event)
