"""The message bar: one sentence, an icon, at most one thing to do about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QTimer, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton, ToolButton
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.speech import announce
from famdesk.ui.kit.widgets import IconLabel, Label

_OK_STAYS_MS: Final = 5_000


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the person can do about a message: the button's text and what it does."""

    text: str
    act: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence of a kind: OPEN (done), ACCENT (to know), WARNING, CONFLICT (error)."""

    text: str
    meaning: Meaning = Meaning.ACCENT
    offer: Offer | None = None


_ICONS: Final = {
    Meaning.OPEN: "circle-check",
    Meaning.ACCENT: "info",
    Meaning.WARNING: "triangle-alert",
    Meaning.CONFLICT: "circle-alert",
}


class MessageBar(QFrame):
    """Shows one message at a time; only good news goes away by itself. The screen reader says each message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = Message("")
        self._icon = IconLabel("info")
        self._label = Label(wrap=True)
        self._button = ActionButton()
        self._close = ToolButton(_("Close the message"), "x", flat=True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_OK_STAYS_MS)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.unit(3), theme.unit(1.5), theme.unit(1.5), theme.unit(1.5))
        layout.setSpacing(theme.unit(2.5))
        layout.addWidget(self._icon)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self._button.clicked.connect(self._on_offer)
        self._close.clicked.connect(self.clear)
        self._timer.timeout.connect(self.clear)
        self.hide()

    def ok(self, text: str) -> None:
        """Something worked; the message goes away after five seconds."""
        self.show_message(Message(text, Meaning.OPEN))

    def info(self, text: str, offer: Offer | None = None) -> None:
        """Something to know."""
        self.show_message(Message(text, Meaning.ACCENT, offer))

    def warning(self, text: str, offer: Offer | None = None) -> None:
        """Something to look at: a rule, another person's change."""
        self.show_message(Message(text, Meaning.WARNING, offer))

    def error(self, text: str, offer: Offer | None = None) -> None:
        """Something failed."""
        self.show_message(Message(text, Meaning.CONFLICT, offer))

    def show_message(self, message: Message) -> None:
        """Replace what is shown, and say it; a message without words takes away what is shown."""
        if not message.text:
            self.clear()
            return
        self._message = message
        self._icon.set_icon(_ICONS[message.meaning], message.meaning)
        self._label.setText(message.text)
        self._button.setVisible(message.offer is not None)
        self._button.setText(message.offer.text if message.offer else "")
        self.setAccessibleName(message.text)
        self.show()
        self.update()
        announce(self, message.text, urgent=message.meaning in (Meaning.WARNING, Meaning.CONFLICT))
        if message.meaning == Meaning.OPEN:
            self._timer.start()
        else:
            self._timer.stop()

    def message(self) -> Message | None:
        """What is shown now."""
        return self._message if not self.isHidden() else None

    @Slot()
    def clear(self) -> None:
        """Show nothing."""
        self._timer.stop()
        self._message = Message("")
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        text, tint = theme.tone(self._message.meaning)
        edge = QColor(text)
        edge.setAlphaF(0.35)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(tint)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    @Slot()
    def _on_offer(self) -> None:
        offer = self._message.offer
        self.clear()
        if offer is not None:
            offer.act()
