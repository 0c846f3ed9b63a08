"""Scroll areas whose bars are drawn beside what scrolls, and only when things have come to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QScrollBar, QStackedWidget, QWidget

from famdesk.ui.kit import numbers, theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractItemView

_REST_MS: Final = 40


class CalmArea(QScrollArea):
    """An area that shows scroll bars of its own in place of Qt's.

    Qt counts the visible bars of an area among the parts that it tells a screen reader, and crashes when the reader
    then asks for one that has gone meanwhile, as with every change of the view (`QAccessibleAbstractScrollArea::child`
    has no check of its index, Qt 6.11). These bars are no such parts. They also do not flicker while a view is laid
    out and its content is too large for an instant.

    Attributes:
        bar_down, bar_across: the bars that are shown.
        steady: the room of the bar at the right is always kept, so that nothing moves when it comes or goes.
    """

    steady = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("horizontalScrollBarPolicy", numbers.NEVER_SHOWN)
        self.setProperty("verticalScrollBarPolicy", numbers.NEVER_SHOWN)
        self.bar_down, self.bar_across = QScrollBar(parent=self), QScrollBar(parent=self)
        self.bar_across.setProperty("orientation", numbers.ACROSS)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._settle)
        for hidden, shown in self._pairs():
            shown.hide()
            shown.setProperty("focusPolicy", numbers.NO_FOCUS)
            hidden.rangeChanged.connect(self._look)
            hidden.valueChanged.connect(shown.setValue)
            shown.valueChanged.connect(hidden.setValue)

    def gutter(self) -> int:
        """The room at the right of what scrolls, with the bar, in pixels."""
        return self.bar_down.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self._rest.start()

    def _pairs(self) -> tuple[tuple[QScrollBar, QScrollBar], ...]:
        return (self.verticalScrollBar(), self.bar_down), (self.horizontalScrollBar(), self.bar_across)

    @Slot()
    def _look(self) -> None:
        self._rest.start()

    @Slot()
    def _settle(self) -> None:
        for hidden, shown in self._pairs():
            shown.setRange(hidden.minimum(), hidden.maximum())
            shown.setPageStep(hidden.pageStep())
            shown.setSingleStep(hidden.singleStep())
            shown.setValue(hidden.value())
            shown.setVisible(hidden.maximum() > hidden.minimum())
        right = self.bar_down.sizeHint().width() if self.steady or not self.bar_down.isHidden() else 0
        below = 0 if self.bar_across.isHidden() else self.bar_across.sizeHint().height()
        self.setViewportMargins(0, 0, right, below)
        self._place()

    def _place(self) -> None:
        size = self.size()
        right, below = self.bar_down.sizeHint().width(), self.bar_across.sizeHint().height()
        self.bar_down.setGeometry(size.width() - right, 0, right, size.height())
        self.bar_across.setGeometry(0, size.height() - below, size.width(), below)
        self.bar_down.raise_()
        self.bar_across.raise_()


class GutterRow(QHBoxLayout):
    """A row of a view whose last part, if it is a steady area, has its bar in the margin beside the view."""

    def setGeometry(self, rect: QRect) -> None:
        shown = [one for place in range(self.count()) if (one := self._at(place)) is not None and not one.isHidden()]
        around, last = self.parentWidget(), shown[-1] if shown else None
        out = 0
        if around is not None and isinstance(last, CalmArea) and last.steady:
            out = max(0, min(last.gutter(), around.width() - 1 - rect.right()))
        super().setGeometry(rect.adjusted(0, 0, out, 0))

    def _at(self, place: int) -> QWidget | None:
        item = self.itemAt(place)
        widget = item.widget() if item is not None else None
        return widget.currentWidget() if isinstance(widget, QStackedWidget) else widget


def follow_line(view: QAbstractItemView) -> None:
    """Bring the current line of a list that does not scroll itself into the view of the area around it."""
    area = view.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inside = area.widget() if area is not None else None
    if area is None or inside is None:
        return
    line = view.visualRect(view.currentIndex())
    middle = view.viewport().mapTo(inside, line.center()).y()
    across = area.horizontalScrollBar().value() + area.viewport().width() // 2
    area.ensureVisible(across, middle, 0, line.height() // 2 + theme.unit(2))


def scroll_to(widget: QWidget) -> None:
    """Bring a part of what scrolls to the top of the area that it is in, as far as there is something below it."""
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None:
        area.verticalScrollBar().setValue(widget.mapTo(inside, QPoint(0, 0)).y())
