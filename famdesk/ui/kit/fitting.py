"""Rows of buttons and words that arrange themselves anew when there is more or less room for them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from famdesk.ui.kit import theme


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


class Foot(Fitting):
    """Deeds at the left and the one that goes on at the right; below them where there is no room beside."""

    def __init__(self, deeds: Sequence[QWidget], last: QWidget) -> None:
        super().__init__()
        self._start, self._last = QWidget(), last
        start = QHBoxLayout(self._start)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        for layout in (start, self._rows):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.unit(2))
        for deed in deeds:
            start.addWidget(deed)
        start.addStretch(1)
        self._rows.addWidget(self._start, 1)
        self._rows.addWidget(last)

    def minimumSizeHint(self) -> QSize:
        widest = max(self._start.minimumSizeHint().width(), self._last.minimumSizeHint().width())
        return QSize(widest, self._rows.minimumSize().height())

    def fit(self) -> None:
        needed = self._start.minimumSizeHint().width() + self._rows.spacing() + self._last.sizeHint().width()
        below = needed > self.width()
        ways = QBoxLayout.Direction
        wanted = ways.TopToBottom if below else ways.LeftToRight
        if self._rows.direction() != wanted:
            self._rows.setDirection(wanted)
            self._rows.setAlignment(self._last, Qt.AlignmentFlag.AlignRight if below else Qt.AlignmentFlag(0))
            self.updateGeometry()
