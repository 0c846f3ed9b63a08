"""Parts of sign-in, lock, and setting a password."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from famdesk.i18n import _, ngettext
from famdesk.ui.kit import icons, theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label

_SECOND_MS: Final = 1_000
_MINUTE: Final = 60


class Notice(QWidget):
    """An icon and a sentence that can appear under a field."""

    def __init__(self, icon: str = "circle-alert", meaning: Meaning = Meaning.CONFLICT) -> None:
        super().__init__()
        self._label = Label(wrap=True)
        theme.set_kind(self._label, "problem" if meaning == Meaning.CONFLICT else "small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme.unit(0.5), 0, theme.unit(0.5))
        row.setSpacing(theme.unit(1.5))
        row.addWidget(IconLabel(icon, scale=4, meaning=meaning), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.hide()

    def tell(self, sentence: str) -> None:
        """Show a sentence; the screen reader says it."""
        self._label.setText(sentence)
        self.show()
        announce(self, sentence, urgent=True)

    def rest(self) -> None:
        """Show nothing."""
        self.hide()

    def text(self) -> str:
        """The sentence shown, or ""."""
        return "" if self.isHidden() else self._label.text()


class PasswordField(QLineEdit):
    """A password that can be looked at, with a hint when Caps Lock seems to be on.

    Attributes:
        hint: the notice about Caps Lock; to be placed under the field.
    """

    edited = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.hint = Notice("keyboard", Meaning.WARNING)
        self._show = QAction(icons.icon("eye"), _("Show the password"), self)
        self._show.triggered.connect(self._on_show)
        self.addAction(self._show, QLineEdit.ActionPosition.TrailingPosition)
        self.textEdited.connect(self.edited)

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
        if event.key() == Qt.Key.Key_CapsLock:
            self.hint.rest()
        if not text.isalpha() or text.lower() == text.upper():
            return
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if text.isupper() != shift:
            self.hint.tell(_("Caps Lock is on."))
        else:
            self.hint.rest()

    @Slot()
    def _on_show(self) -> None:
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
