"""A sentence with a sign before it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from famdesk.ui.kit import theme
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.widgets import IconLabel, Label


class Told(QWidget):
    """What has to be minded, in words; the sign only repeats how much it matters."""

    def __init__(self, icon: str, text: str, meaning: Meaning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = IconLabel(icon, meaning=meaning)
        self.label = Label(text, wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(2))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
