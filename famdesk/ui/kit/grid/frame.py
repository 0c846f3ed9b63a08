"""The scrolled, painted area under the calendar grid: layout, zoom, scrolling, painting, the header above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollBar, QWidget

from famdesk.ui.kit.grid.header import GridHeader
from famdesk.ui.kit.grid.model import Placed, Span
from famdesk.ui.kit.grid.scene import Scene
from famdesk.ui.kit.grid.view import GridView

if TYPE_CHECKING:
    from famdesk.ui.kit.cells.calendar_cells import CellGrid

_ZOOM_LEAST: Final = 0.5
_ZOOM_MOST: Final = 4.0
_LEAD: Final = 30
"""Minutes shown before the first thing of the day."""
_RESTYLE: Final = frozenset({QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.LanguageChange})


class GridFrame(QAbstractScrollArea):
    """Shows a scene. Knows nothing of mouse, keyboard or selection."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.view = GridView(self.scene, self.font())
        self.header = GridHeader(self, self.scene)
        self.header.set_style(self.view.style)
        self._scrolled = self._placing = False
        self._band: CellGrid | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCornerWidget(QWidget(self))
        self.viewport().setMouseTracking(True)

    def band(self) -> CellGrid | None:
        """What stands between the titles and the hours: things of whole days."""
        return self._band

    def set_band(self, band: CellGrid) -> None:
        """Take a band; it is laid out with the columns."""
        self._band = band

    def set_hours(self, first: int, last: int) -> None:
        """First and last whole hour; boxes outside widen the grid by themselves."""
        self.scene.hours = (first * 60, last * 60)
        self.relayout()

    def zoom(self) -> float:
        """The height of an hour, 1 for the usual one."""
        return self.scene.zoom

    def set_zoom(self, factor: float, anchor: float | None = None) -> None:
        """Another height of the hour, 0.5 to 4; the minute at `anchor` (y in the view, None: the middle) stays."""
        factor = max(_ZOOM_LEAST, min(_ZOOM_MOST, factor))
        if factor != self.scene.zoom:
            self.scene.zoom = factor
            self.relayout(self.viewport().height() / 2 if anchor is None else anchor)
            self.zoomed.emit(factor)

    def scroll_to(self, minute: int) -> None:
        """Bring a minute to the upper edge of the view."""
        self._scrolled = True
        self.verticalScrollBar().setValue(round(self.scene.geometry.y(minute) - self.scene.geometry.top))

    def scroll_across(self, column: int) -> None:
        """Bring a column into view."""
        rect = self.scene.geometry.column_rect(column, self.scene.geometry.first, self.scene.geometry.last)
        bring(self.horizontalScrollBar(), rect.left(), rect.right(), self.viewport().width() - self.view.style.gutter)

    def scroll_to_span(self, span: Span) -> None:
        """Bring a span into view with as little scrolling as will do."""
        rect = self.scene.geometry.span_rect(span)
        around = self.scene.geometry.top
        wide = self.viewport().width() - self.view.style.gutter
        bring(self.verticalScrollBar(), rect.top() - around, rect.bottom() + around, self.viewport().height())
        bring(self.horizontalScrollBar(), rect.left(), rect.right(), wide)

    def content_point(self, position: QPointF) -> QPointF:
        """A point of the view in the coordinates of the scene."""
        return position + self.offset() - QPointF(self.view.style.gutter, 0)

    def on_screen(self, rect: QRectF) -> QRect:
        """A rectangle of the scene in the coordinates of the screen."""
        corner = rect.topLeft() - self.offset() + QPointF(self.view.style.gutter, 0)
        return QRect(self.viewport().mapToGlobal(corner.toPoint()), rect.size().toSize())

    def box_on_screen(self, x: int, y: int) -> Placed | None:
        """The box at a point of the screen."""
        point = self.viewport().mapFromGlobal(QPoint(x, y))
        inside = self.viewport().rect().contains(point) and point.x() >= self.view.style.gutter
        return self.scene.hit(self.content_point(QPointF(point))) if inside else None

    def show_over(self, **changes: object) -> None:
        """Change the overlay (see `grid_overlay.Overlay`) and repaint if it looks different."""
        if self.view.over(**changes):
            self.viewport().update()

    def offset(self) -> QPointF:
        """How far the view is scrolled."""
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def relayout(self, anchor: float = 0.0) -> None:
        """Lay out anew; the minute at `anchor` (y in the view) stays where it is."""
        style, scene = self.view.style, self.scene
        at = self.offset().y() + anchor
        minute = scene.geometry.minute(at) if scene.geometry.columns else 0.0
        beyond = at - scene.geometry.y(minute) if scene.geometry.columns else 0.0  # outside the hours
        height = self.header.height_needed()
        below = self._band.wished_height() if self._band is not None and not self._band.isHidden() else 0
        if self.viewportMargins().top() != height + below:
            self.setViewportMargins(0, height + below, 0, 0)
        size = QSizeF(self.viewport().size())
        self.view.layout(size)
        left, top, width = self.viewport().x(), self.viewport().y(), self.viewport().width()
        self.header.setGeometry(left, top - height - below, width, height)
        self.header.update()
        self._placing = True
        wide = size.width() - style.gutter
        set_bar(self.verticalScrollBar(), scene.geometry.height, size.height(), style.line * 2)
        set_bar(self.horizontalScrollBar(), scene.geometry.width, wide, style.column / 4)
        start = minute if self._scrolled else scene.earliest() - _LEAD
        self.verticalScrollBar().setValue(round(scene.geometry.y(start) + (beyond - anchor if self._scrolled else 0)))
        self._placing = False
        if self._band is not None:
            self._band.setGeometry(left, top - below, width, below)
            self._fit_band()
        self.viewport().update()

    def _fit_band(self) -> None:
        if self._band is not None:
            self._band.set_frame(self.view.style.gutter, self.scene.geometry.column_width, self.offset().x())

    def sizeHint(self) -> QSize:
        style = self.view.style
        return QSize(round(style.gutter + 5 * style.column), round(12 * style.hour))

    def event(self, event: QEvent) -> bool:
        result = super().event(event)
        if event.type() in _RESTYLE:
            self.view.restyle(self.font())
            self.header.set_style(self.view.style)
            self.relayout()
        return result

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.view.paint(self.viewport(), event.rect(), QSizeF(self.viewport().size()), self.offset())
            return True
        if event.type() == QEvent.Type.Resize:
            self.relayout()
            return True
        return super().viewportEvent(event)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._scrolled = self._scrolled or not self._placing
        self.header.set_scroll(self.offset().x())
        self._fit_band()
        self.viewport().update()


def bring(bar: QScrollBar, low: float, high: float, length: float) -> None:
    """Scroll so that `low` to `high` is in view, its beginning first if it is longer than the view."""
    bar.setValue(round(min(max(float(bar.value()), high - length), low)))


def set_bar(bar: QScrollBar, whole: float, length: float, step: float) -> None:
    """The range of a scroll bar for a content of length `whole` in a view of `length`."""
    bar.setRange(0, max(0, round(whole - length)))
    bar.setPageStep(max(1, round(length)))
    bar.setSingleStep(max(1, round(step)))
