"""What the person on the other side of the desk may see: when the centre is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.widgets import Card, IconLabel, Label


class NeutralPage(QWidget):
    """Opening hours and nothing else; any key or click asks to come back.

    Signals:
        return_requested(): somebody wants to work again; the password is asked next.
    """

    return_requested = Signal()

    def __init__(self, centre: str, hours: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`hours` are pairs of access point and when it is open, in words."""
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Opening hours"))
        card = Card(_("Opening hours"), "clock")
        table = QGridLayout()
        table.setHorizontalSpacing(theme.unit(8))
        table.setVerticalSpacing(theme.unit(3))
        for row, (place, when) in enumerate(hours):
            for column, label in enumerate((Label(place, "strong", wrap=True), Label(when, wrap=True))):
                table.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
        card.body.addLayout(table)
        card.setMinimumWidth(theme.unit(130))
        page = QVBoxLayout(self)
        page.setSpacing(theme.unit(5))
        page.addStretch(2)
        page.addLayout(_middle(Label(centre, "title")))
        page.addLayout(_middle(card))
        page.addLayout(_middle(IconLabel("lock"), Label(_("Press a key to come back."), "second")))
        page.addStretch(3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.return_requested.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.return_requested.emit()


def _middle(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.unit(2))
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
