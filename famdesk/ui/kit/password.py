"""Parts of sign-in, lock, and setting a password. They are painted first: icons load when they are shown."""

from __future__ import annotations

from typing import Final

from PySide6 import QtCore
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.speech import announce

_SECOND_MS: Final = 1_000
_MINUTE: Final = 60


class Notice(QWidget):
    """An icon and a sentence that can appear under a field."""

    def __init__(self, icon: str = "circle-alert", meaning: Meaning = Meaning.CONFLICT) -> None:
        super().__init__()
        self._icon, self._meaning = icon, meaning
        self._label: QLabel | None = None
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence; the screen reader says it."""
        label = self._label = self._label or self._made()
        label.setText(sentence)
        self.show()
        announce(self, sentence, urgent=True)

    def rest(self) -> None:
        """Show nothing."""
        self.hide()

    def text(self) -> str:
        """The sentence shown, or ""."""
        return "" if self.isHidden() or self._label is None else self._label.text()

    def _made(self) -> QLabel:
        """The place of the sentence, beside its icon."""
        from famdesk.ui.kit.widgets import IconLabel, Label

        label = Label(kind="problem" if self._meaning == Meaning.CONFLICT else "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.unit(0.5), 0, theme.unit(0.5))
        row.setSpacing(theme.unit(1.5))
        icon = IconLabel(self._icon, scale=4, meaning=self._meaning)
        row.addWidget(icon, 0, QtCore.Qt.AlignmentFlag.AlignTop)
        row.addWidget(label, 1)
        return label


class PasswordField(QLineEdit):
    """A password that can be looked at, with a hint when Caps Lock seems to be on.

    Attributes:
        hint: the notice about Caps Lock; to be placed under the field.
    """

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None, *, eye: bool = True) -> None:
        """Without `eye`, `add_eye` adds later what shows the password."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.hint = Notice("keyboard", Meaning.WARNING)
        self.textEdited.connect(self.edited)
        if eye:
            self.add_eye()

    def add_eye(self) -> None:
        """The icon that shows the password and hides it again."""
        from PySide6.QtGui import QAction

        from famdesk.ui.kit import icons

        self._show = QAction(icons.icon("eye"), _("Show the password"), self)
        self._show.triggered.connect(self._on_show)
        self.addAction(self._show, QLineEdit.ActionPosition.TrailingPosition)

    def value(self) -> str:
        """What was typed, spaces included."""
        return self.text()

    def set_value(self, value: str | None) -> None:
        """Fill it in."""
        self.setText(value or "")

    def problem(self) -> str:
        return ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._look_at_case(event)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hint.rest()

    def _look_at_case(self, event: QKeyEvent) -> None:
        """Qt does not tell Caps Lock; a capital without Shift, or a small letter with it, gives it away."""
        text = event.text()
        if event.key() == QtCore.Qt.Key.Key_CapsLock:
            self.hint.rest()
        if not text.isalpha() or text.lower() == text.upper():
            return
        shift = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
        if text.isupper() != shift:
            self.hint.tell(_("Caps Lock is on."))
        else:
            self.hint.rest()

    @Slot()
    def _on_show(self) -> None:
        from famdesk.ui.kit import icons

        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._show.setIcon(icons.icon("eye-off" if hidden else "eye"))
        self._show.setText(_("Hide the password") if hidden else _("Show the password"))


def waiting(seconds: int) -> str:
    """The words on a button while the next try has to wait; from a minute on as a clock that runs down."""
    if seconds < _MINUTE:
        return ngettext("Again in {n} second", "Again in {n} seconds", seconds).format(n=seconds)
    # Translators: {clock} is a time that runs down, minutes and seconds, such as 14:59
    return _("Again in {clock} minutes").format(clock=f"{seconds // _MINUTE}:{seconds % _MINUTE:02d}")


class Wait(QObject):
    """Counts the seconds until the next try is allowed.

    Signals:
        ticked(int): so many seconds are left; 0 when the wait is over.
    """

    ticked = Signal(int)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND_MS)
        self._timer.timeout.connect(self.tick)

    def start(self, seconds: int) -> None:
        """Begin to count; 0 ends a wait."""
        self._left = seconds
        if seconds:
            self._timer.start()
        else:
            self._timer.stop()
        self.ticked.emit(seconds)

    def running(self) -> bool:
        """Whether the next try still has to wait."""
        return self._left > 0

    @Slot()
    def tick(self) -> None:
        """One second has gone by; called by the timer."""
        self._left = max(self._left - 1, 0)
        if not self._left:
            self._timer.stop()
        self.ticked.emit(self._left)
