"""Small parts of the file: a row of badges that wraps, and a notice that cannot be missed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.flow import Flow
from famdesk.ui.kit.widgets import Badge, IconLabel, Label

Shown = tuple[str, Meaning, str]
"""A badge to show: its words ("" for none), their meaning, and the name of an icon or ""."""


class IconBadge(QWidget):
    """A badge with an icon before its word: meaning never hangs on the colour alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = Badge()
        self._icon = IconLabel("", scale=4)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(1))
        row.addWidget(self._icon)
        row.addWidget(self._badge)

    def set(self, text: str, meaning: Meaning, icon: str) -> None:
        """Show another word."""
        self._badge.set(text, meaning)
        self._badge.updateGeometry()
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.set_icon(icon, meaning)

    def text(self) -> str:
        """The word."""
        return self._badge.text()


class Badges(QWidget):
    """A row of badges that wraps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = Flow(self)
        self._shown: list[IconBadge] = []

    def set_badges(self, badges: Sequence[Shown]) -> None:
        """Show other badges; none without words."""
        wanted = [content for content in badges if content[0]]
        while len(self._shown) < len(wanted):
            badge = IconBadge(self)
            self._flow.addWidget(badge)
            self._shown.append(badge)
        for badge, content in zip(self._shown, [*wanted, *[None] * len(self._shown)], strict=False):
            badge.setVisible(content is not None)
            if content is not None:
                badge.set(*content)
        self._flow.invalidate()
        self.updateGeometry()

    def texts(self) -> list[str]:
        """The words shown."""
        return [badge.text() for badge in self._shown if not badge.isHidden()]


class Notice(QWidget):
    """Words on a tint with an icon, such as the safe-contact warning of a file."""

    def __init__(self, icon: str, meaning: Meaning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meaning = meaning
        self._label = Label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(3), theme.unit(2), theme.unit(3), theme.unit(2))
        row.setSpacing(theme.unit(2.5))
        row.addWidget(IconLabel(icon, scale=5, meaning=meaning), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.hide()

    def set_text(self, text: str) -> None:
        """Say something else; nothing hides the notice."""
        self._label.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone(self._meaning)[1])
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
