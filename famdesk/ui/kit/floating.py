"""A widget that comes over another one, at its lower edge, so that nothing below moves when it comes and goes."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit import theme

_WIDEST: Final = 240
"""In units: longer lines are hard to read."""
_OVER: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show})
_OWN: Final = frozenset({QEvent.Type.Show, QEvent.Type.LayoutRequest})


class Floating(QObject):
    """Keeps a widget, which is in no layout, over the lower edge of another one, as wide as its words need."""

    def __init__(self, widget: QWidget, over: QWidget, *, side: float, below: float) -> None:
        """`side` and `below` are the room to the edges of `over`, in units. Both have a common ancestor, which is the
        parent of `widget`."""
        super().__init__(widget)
        self._widget, self._over = widget, over
        self._side, self._below = side, below
        widget.installEventFilter(self)
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (_OWN if watched is self._widget else _OVER):
            self.place()
        return False

    def place(self) -> None:
        """Put the widget where it belongs."""
        widget = self._widget
        if widget.isHidden():
            return
        parent = widget.parentWidget()
        if parent is None:
            return
        area = QRect(self._over.mapTo(parent, QPoint(0, 0)), self._over.size())
        side = theme.unit(self._side)
        width = min(area.width() - 2 * side, theme.unit(_WIDEST))
        layout = widget.layout()
        tall = (
            layout.totalHeightForWidth(width) if layout and layout.hasHeightForWidth() else widget.sizeHint().height()
        )
        top = max(area.top(), area.bottom() + 1 - tall - theme.unit(self._below))
        wanted = QRect(area.left() + (area.width() - width) // 2, top, width, tall)
        if widget.geometry() != wanted:
            widget.setGeometry(wanted)
        widget.raise_()
