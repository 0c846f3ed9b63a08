"""Rows of buttons and words that arrange themselves anew when there is more or less room for them."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame


class Fitting(QFrame):
    """Base of what looks at its room again whenever that changes, or a part has become larger or smaller, as with
    other words or another text size."""

    def fit(self) -> None:
        """Arrange the parts for the width there is now."""
        raise NotImplementedError

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return done
