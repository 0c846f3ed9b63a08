"""Small parts that the views of paths share."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout

from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton


def button_row(*actions: QAction) -> QHBoxLayout:
    """A row of buttons below a list."""
    row = QHBoxLayout()
    row.setSpacing(theme.unit(2))
    for action in actions:
        row.addWidget(ActionButton.of(action))
    row.addStretch(1)
    return row
