"""Cards in two columns where there is room for both, else one column below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton

SIDE_BY_SIDE_FROM = 200
"""Width, in units, from which the columns stand side by side."""


class Columns(QWidget):
    """Two columns of cards. It never asks for more width than one column needs, so that it can always shrink."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(theme.unit(3.5))
        self._sides = []
        for parts in (left, right):
            column = QVBoxLayout()
            column.setSpacing(theme.unit(3.5))
            for part in parts:
                column.addWidget(part)
            column.addStretch(1)
            self._sides.append(column)
            self._columns.addLayout(column, 1)

    def minimumSizeHint(self) -> QSize:
        narrow = max(side.minimumSize().width() for side in self._sides)
        return QSize(narrow, self._columns.minimumSize().height())

    def wide(self) -> bool:
        """Whether the columns stand side by side."""
        return self._columns.direction() == QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() >= theme.unit(SIDE_BY_SIDE_FROM)
        direction = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)


def short_button(action: QAction) -> ActionButton:
    """A button in the heading of a card that says only "Add", since the heading says what."""
    button = ActionButton(_("Add"), "plus", kind="link")
    button.setAccessibleName(action.text())
    button.setToolTip(action.text())
    button.clicked.connect(action.trigger)
    return button
