"""What stands around sign-in and lock. It is painted first, so nothing here names an enum of the namespace `Qt`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from famdesk.ui.kit import numbers, theme
from famdesk.ui.kit.scrolling import CalmArea


class DoorCard(QFrame):
    """A panel as wide as a password needs.

    Attributes:
        body: what it holds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setFixedWidth(theme.unit(100))
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.unit(5), theme.unit(6.5), theme.unit(5), theme.unit(6.5))
        self.body.setSpacing(theme.unit(2))


class WordButton(QPushButton):
    """A button of words alone, of a kind of the style sheet."""

    def __init__(self, text: str, kind: str) -> None:
        super().__init__(text)
        self.setProperty("kind", kind)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        from famdesk.ui.kit.buttons import pressed_by_enter

        if not pressed_by_enter(self, event):
            super().keyPressEvent(event)


def words(text: str, kind: str) -> QLabel:
    """Plain text of a kind of the style sheet."""
    label = QLabel(text)
    label.setProperty("kind", kind)
    label.setProperty("textFormat", numbers.PLAIN_TEXT)
    return label


def heading(centre: str, subtitle: str) -> QWidget:
    """The name of the centre and a quiet line under it."""
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, theme.unit(2))
    column.setSpacing(theme.unit(1))
    for label in (words(centre, "title"), words(subtitle, "second")):
        label.setWordWrap(True)
        label.setProperty("alignment", numbers.MIDDLE)
        column.addWidget(label)
    return both


def centred(page: QWidget, parts: Sequence[QWidget], foot: QWidget | None = None) -> QVBoxLayout:
    """Parts in a column in the middle of a page; it scrolls when the window is too low. Gives the column."""
    scroll = CalmArea()
    scroll.setWidgetResizable(True)
    scroll.setProperty("focusPolicy", numbers.NO_FOCUS)
    inner = QWidget()
    inner.setProperty("kind", "plain")
    column = QVBoxLayout(inner)
    column.setContentsMargins(*[theme.unit(4)] * 4)
    column.setSpacing(theme.unit(4))
    column.addStretch(2)
    for part in parts:
        column.addLayout(middle(part, 100 if part is parts[0] else 0))
    column.addStretch(3)
    if foot is not None:
        column.addLayout(middle(foot))
    scroll.setWidget(inner)
    outer = QVBoxLayout(page)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(scroll)
    return column


def middle(part: QWidget, stretch: int = 0) -> QHBoxLayout:
    """A row with a widget in its middle."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(part, stretch)
    row.addStretch(1)
    return row
