"""Several rows of a code table: those chosen stand above the field that adds one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ToolButton
from famdesk.ui.kit.popup import Choice, ChoiceField
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import Label


class ChoicesField(QWidget):
    """Codes in the order in which they were chosen. Backspace in the empty field takes the last away.

    Signals:
        edited(): one was added or taken away.
    """

    edited = Signal()

    def __init__(self, choices: Sequence[Choice], placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._codes: list[str] = []
        self.adder = _Adder(choices, placeholder)
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

    def value(self) -> tuple[str, ...]:
        """The codes."""
        return tuple(self._codes)

    def set_value(self, value: Sequence[str] | None) -> None:
        """Show choices by their codes; unknown codes are kept and shown as they are."""
        self._codes = list(dict.fromkeys(value or ()))
        self._show()

    def problem(self) -> str:
        return self.adder.problem()

    def texts(self) -> list[str]:
        """The words of what is chosen."""
        return [self._label(code) for code in self._codes]

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
        announce(self.adder, _("Taken away: {what}").format(what=self._label(code)))
        self.adder.setFocus()
        self.edited.emit()

    def _show(self) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for code in self._codes:
            self._chips.addWidget(self._chip(code))
        self.adder.setAccessibleDescription(", ".join(self.texts()))
        self.updateGeometry()

    def _chip(self, code: str) -> QWidget:
        chip = QWidget()
        row = QHBoxLayout(chip)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(Label(self._label(code), wrap=True), 1)
        away = ToolButton(_("Take away: {what}").format(what=self._label(code)), "x", flat=True)
        away.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        away.setProperty("code", code)
        away.clicked.connect(self._on_removed)
        row.addWidget(away)
        return chip

    def _label(self, code: str) -> str:
        return next((choice.label for choice in self._choices if choice.code == code), code)


class _Adder(ChoiceField):
    """The field that adds one."""

    backspaced = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backspaced.emit()
            return
        super().keyPressEvent(event)
