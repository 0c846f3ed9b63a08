"""The meter under a new password: how hard it is to guess, as a bar and in words, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from famdesk.domain.staff import passwords
from famdesk.i18n import _, ngettext
from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.password import PasswordField
from famdesk.ui.kit.widgets import Badge

_MEANINGS: Final = {"short": Meaning.CLOSED, "weak": Meaning.WARNING, "fair": Meaning.OPEN, "good": Meaning.OPEN,
                    "strong": Meaning.OPEN}  # fmt: skip
_PARTS: Final = {"short": 0, "weak": 1, "fair": 2, "good": 3, "strong": 4}
_COUNT: Final = 4
_AFTER_MS: Final = 120
"""The look takes some thousandths of a second: not at every key of somebody who types fast."""


class StrengthMeter(QWidget):
    """Watches a password field.

    Attributes:
        badge: the words.
    """

    def __init__(self, field: PasswordField, about: Callable[[], Sequence[str]] = tuple) -> None:
        """`about` gives the names that a guesser would try first (person, user name, centre)."""
        super().__init__()
        self._field, self._about = field, about
        self._bar = _Bar()
        self.badge = Badge()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(self._bar)
        row.addWidget(self.badge)
        row.addStretch(1)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # what is below does not jump with the first letter
        self.setSizePolicy(policy)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_AFTER_MS)
        self._pause.timeout.connect(self.look)
        field.textChanged.connect(self._on_typed)
        self.look()

    def text(self) -> str:
        """The words shown, "" for none."""
        return "" if self.isHidden() else self.badge.text()

    @Slot()
    def look(self) -> None:
        """Says how hard what is typed is to guess."""
        self._pause.stop()
        typed = self._field.value()
        self.setVisible(bool(typed))
        lacking = passwords.SHORTEST - len(typed)
        code = "short" if lacking > 0 else passwords.strength(typed, [one for one in self._about() if one])
        text = _(passwords.WORDS[code])
        if lacking > 0:
            text = ngettext("{n} character missing", "{n} characters missing", lacking).format(n=lacking)
        self._bar.show_parts(_PARTS[code], _MEANINGS[code])
        self.badge.set(text, _MEANINGS[code])
        self.badge.updateGeometry()

    @Slot()
    def _on_typed(self) -> None:
        if len(self._field.value()) < passwords.SHORTEST:
            self.look()
        else:
            self._pause.start()


class _Bar(QWidget):
    """Four pieces, filled from the left; what they say stands in words beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._filled, self._meaning = 0, Meaning.CLOSED
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(theme.unit(24), theme.unit(1.5))

    def show_parts(self, filled: int, meaning: Meaning) -> None:
        self._filled, self._meaning = filled, meaning
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        filled, empty = theme.tone(self._meaning)[0], theme.colour(theme.current().hairline)
        gap = theme.unit(0.75)
        width = (self.width() - gap * (_COUNT - 1)) / _COUNT
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            for place in range(_COUNT):
                full = place < self._filled
                painter.setBrush(filled if full else empty)
                painter.drawRoundedRect(QRectF(place * (width + gap), 0, width, self.height()), 2, 2)
