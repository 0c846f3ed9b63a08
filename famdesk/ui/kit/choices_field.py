"""Several rows of a code table: those chosen stand above the field that adds one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label


class SeveralField(QWidget):
    """Several codes in the order in which they were chosen: they stand above the field that adds one. Backspace in the
    empty field takes the last away.

    Subclasses say in `words` what a code is called, and may put something before the words in `lead`.

    Attributes:
        adder: the field that adds one; it has the signals `chosen(str)` and `backspaced()`.

    Signals:
        edited(): one was added or taken away.
    """

    edited = Signal()

    def __init__(self, adder: Any, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: list[str] = []
        self.adder = adder
        self._chips = QVBoxLayout()
        self._chips.setSpacing(theme.unit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1.5))
        column.addLayout(self._chips)
        column.addWidget(adder)
        self.setFocusProxy(adder)
        adder.chosen.connect(self._on_chosen)
        adder.backspaced.connect(self._on_backspaced)

    def words(self, code: str) -> str:
        """What a code is called."""
        return code

    def lead(self, code: str) -> QWidget | None:
        """What stands before the words of a code."""
        return None

    def value(self) -> tuple[str, ...]:
        """The codes."""
        return tuple(self._codes)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show choices by their codes; unknown codes are kept."""
        self._codes = list(dict.fromkeys(value or ()))
        self.show_chosen()

    def problem(self) -> str:
        found: str = self.adder.problem()
        return found

    def texts(self) -> list[str]:
        """The words of what is chosen."""
        return [self.words(code) for code in self._codes]

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.adder.setAccessibleName(name)

    def show_chosen(self) -> None:
        """Show what is chosen now."""
        while (item := self._chips.takeAt(0)) is not None:
            widget: Any = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for code in self._codes:
            self._chips.addWidget(self._chip(code))
        self.adder.setAccessibleDescription(", ".join(self.texts()))
        self.updateGeometry()

    @Slot(str)
    def _on_chosen(self, code: str) -> None:
        self.adder.set_value(None)
        if code not in self._codes:
            self._codes.append(code)
            self.show_chosen()
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
        self.show_chosen()
        announce(self.adder, _("Taken away: {what}").format(what=self.words(code)))
        self.adder.setFocus()
        self.edited.emit()

    def _chip(self, code: str) -> QWidget:
        chip, lead = QWidget(), self.lead(code)
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        if lead is not None:
            row.addWidget(lead)
        row.addWidget(Label(self.words(code), wrap=True), 1)
        away = ToolButton(_("Take away: {what}").format(what=self.words(code)), "x", flat=True)
        away.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        away.setProperty("code", code)
        away.clicked.connect(self._on_removed)
        row.addWidget(away)
        return chip


class ChoicesField(SeveralField):
    """Several rows of a code table; those chosen are no longer offered, unknown codes are shown as they are."""

    def __init__(self, choices: Sequence[Choice], placeholder: str = "", parent: QWidget | None = None) -> None:
        self._choices = tuple(choices)
        super().__init__(Adder(choices, placeholder), parent)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """What can be chosen; what is chosen already stays."""
        self._choices = tuple(choices)
        self.show_chosen()

    def words(self, code: str) -> str:
        return next((choice.label for choice in self._choices if choice.code == code), code)

    def show_chosen(self) -> None:
        super().show_chosen()
        self.adder.set_choices([choice for choice in self._choices if choice.code not in self._codes])


class Adder(ChoiceField):
    """The field that adds one."""

    backspaced = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
            return
        super().keyPressEvent(event)
