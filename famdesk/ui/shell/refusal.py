"""The page of a window that cannot open its folder: one sentence, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from famdesk.i18n import _
from famdesk.ui.kit import theme
from famdesk.ui.kit.buttons import ActionButton
from famdesk.ui.kit.widgets import EmptyState


class RefusalPage(QWidget):
    """Says why there is nothing to see here; the button closes the window."""

    def __init__(self, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        close = ActionButton(_("Close"), primary=True)
        close.clicked.connect(self._on_close)
        words = EmptyState(sentence, icon="lock")
        words.setMaximumWidth(theme.unit(120))
        row = QHBoxLayout()  # an alignment would give the words the height that they have before they are wrapped
        row.addStretch(1)
        row.addWidget(words, 1000)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(4))
        column.addStretch()
        column.addLayout(row)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch()
        self.setFocusProxy(close)

    def _on_close(self) -> None:
        self.window().close()
