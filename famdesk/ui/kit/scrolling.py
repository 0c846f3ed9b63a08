"""Scroll bars of areas, drawn beside what scrolls, and only when things have come to rest."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QScrollBar

_REST_MS: Final = 40


class CalmBars(QObject):
    """Scroll bars for an area in place of its own ones, which are never shown.

    Qt counts the visible bars of an area among the parts that it tells a screen reader, and crashes when the reader
    then asks for one that has gone meanwhile, as with every change of the view (`QAccessibleAbstractScrollArea::child`
    has no check of its index, Qt 6.11). These bars are no such parts. They also do not flicker while a view is laid
    out and its content is too large for an instant.
    """

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.down = QScrollBar(Qt.Orientation.Vertical, area)
        self.across = QScrollBar(Qt.Orientation.Horizontal, area)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._settle)
        for hidden, shown in self._pairs():
            shown.hide()
            shown.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            hidden.rangeChanged.connect(self._look)
            hidden.valueChanged.connect(shown.setValue)
            shown.valueChanged.connect(hidden.setValue)
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
            self._rest.start()
        return False

    def _pairs(self) -> tuple[tuple[QScrollBar, QScrollBar], ...]:
        area = self._area
        return (area.verticalScrollBar(), self.down), (area.horizontalScrollBar(), self.across)

    @Slot()
    def _look(self) -> None:
        for hidden, shown in self._pairs():
            shown.setRange(hidden.minimum(), hidden.maximum())
            shown.setPageStep(hidden.pageStep())
            shown.setSingleStep(hidden.singleStep())
        self._rest.start()

    @Slot()
    def _settle(self) -> None:
        for hidden, shown in self._pairs():
            shown.setVisible(hidden.maximum() > hidden.minimum())
        right = self.down.sizeHint().width() if not self.down.isHidden() else 0
        below = self.across.sizeHint().height() if not self.across.isHidden() else 0
        self._area.setViewportMargins(0, 0, right, below)
        self._place()

    def _place(self) -> None:
        size = self._area.size()
        right, below = self.down.sizeHint().width(), self.across.sizeHint().height()
        self.down.setGeometry(size.width() - right, 0, right, size.height())
        self.across.setGeometry(0, size.height() - below, size.width(), below)
        self.down.raise_()
        self.across.raise_()
