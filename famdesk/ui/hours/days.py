"""Days of the week as buttons: click, arrows and Space, or the figures 1 to 7."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QToolButton, QWidget

from famdesk.i18n import _, formats
from famdesk.ui.kit import theme


class DaysField(QFrame):
    """One or several weekdays; its value is a tuple of numbers, 1 is Monday.

    Signals:
        edited(): the person changed it.
    """

    edited = Signal()

    def __init__(self, *, several: bool, parent: QWidget | None = None) -> None:
        """With `several` any number of days can be chosen, otherwise one."""
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(not several)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number in range(1, 8):
            layout.addWidget(self._button(number))
        layout.addStretch(1)
        self._group.idClicked.connect(self._on_clicked)
        self.setFocusProxy(self._group.button(1))

    def value(self) -> tuple[int, ...]:
        """The chosen days, Monday first."""
        return tuple(number for number in range(1, 8) if self._group.button(number).isChecked())

    def set_value(self, value: tuple[int, ...] | None) -> None:
        """Choose days."""
        for number in range(1, 8):
            self._group.button(number).setChecked(number in (value or ()))

    def problem(self) -> str:
        return "" if self.value() else _("Choose a day of the week.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in "1234567" and event.text():
            button = self._group.button(int(event.text()))
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def _button(self, number: int) -> QToolButton:
        button = QToolButton(self)
        button.setText(formats.weekday(number, short=True))
        button.setAccessibleName(formats.weekday(number))
        button.setToolTip(formats.weekday(number))
        button.setCheckable(True)
        button.setProperty("place", {1: "first", 7: "last"}.get(number, "middle"))
        theme.set_kind(button, "segment")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._group.addButton(button, number)
        return button

    def _step(self, by: int) -> None:
        buttons = self._group.buttons()
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[min(max(at + by, 0), len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _on_clicked(self, _number: int) -> None:
        self.edited.emit()
