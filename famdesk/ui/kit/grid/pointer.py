"""The mouse on the grid: select, open, create, move, stretch, zoom, tooltips."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent

from famdesk.ui.kit.grid.drag import Drag, span_of
from famdesk.ui.kit.grid.model import Placed, Span
from famdesk.ui.kit.grid.overlay import Ghost
from famdesk.ui.kit.grid.words import box_tip
from famdesk.ui.kit.pointer import Pointer

if TYPE_CHECKING:
    from famdesk.ui.kit.grid.calendar_grid import CalendarGrid

_SCROLL_MS: Final = 30
_WHEEL_NOTCH: Final = 120


class GridPointer(Pointer[Drag]):
    """The mouse of the grid; a drag that is held near an edge scrolls on."""

    def __init__(self, grid: CalendarGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._timer = QTimer(grid)
        self._timer.setInterval(_SCROLL_MS)
        self._timer.timeout.connect(self._scroll_on)

    def cancel(self) -> bool:
        self._timer.stop()
        return super().cancel()

    def _begin(self) -> None:
        self._timer.start()

    def _press(self, position: QPointF, left: bool) -> None:
        grid = self._grid
        if position.x() < grid.view.style.gutter or not grid.scene.content.columns:
            return
        point = grid.content_point(position)
        placed = grid.scene.hit(point)
        if placed is not None:
            grid.select(placed.box.id)
            if left and grid.editable and placed.box.movable:
                self._pressed = self._on_box(placed, point)
            return
        column = grid.scene.geometry.column(point.x())
        start = grid.scene.geometry.slot(point.y(), grid.snap_minutes)
        grid.select("")
        grid.set_slot(column, start)
        if left and grid.editable:
            self._pressed = Drag("create", Span(column, start, start + grid.snap_minutes))

    def _on_box(self, placed: Placed, point: QPointF) -> Drag:
        origin = span_of(placed)
        if self._at_edge(placed, point):
            return Drag("stretch", origin, box=placed.box)
        return Drag("move", origin, self._grid.scene.geometry.minute(point.y()) - origin.start, placed.box)

    def _at_edge(self, placed: Placed, point: QPointF) -> bool:
        """Near the lower edge; never the upper half, so that a short box can still be moved."""
        rect = self._grid.scene.rect(placed.box.id)
        return rect.bottom() - point.y() <= min(1.75 * self._grid.view.style.em, rect.height() / 3)

    def _show(self, drag: Drag) -> None:
        grid = self._grid
        span = drag.span(grid.scene.geometry, grid.content_point(self._at), grid.snap_minutes)
        box = drag.box
        grid.show_over(ghost=Ghost(span, box.title if box else "", box.id if box else ""))

    def _hover(self, position: QPointF) -> None:
        grid = self._grid
        inside = position.x() >= grid.view.style.gutter
        point = grid.content_point(position)
        placed = grid.scene.hit(point) if inside else None
        grid.show_over(hovered=placed.box.id if placed else "")
        shape = Qt.CursorShape.ArrowCursor
        if placed is not None and grid.editable and placed.box.movable and self._at_edge(placed, point):
            shape = Qt.CursorShape.SizeVerCursor
        grid.viewport().setCursor(shape)

    def _release(self) -> None:
        drag, grid = self._drag, self._grid
        ghost = grid.view.overlay.ghost
        self.cancel()
        if drag is None or ghost is None:
            return
        span = ghost.span
        key = grid.scene.content.columns[span.column].key
        if drag.box is None:
            grid.created.emit(key, span.start, span.end)
        elif drag.kind == "stretch" and span.end != drag.origin.end:
            grid.resized.emit(drag.box.id, span.end)
        elif drag.kind == "move" and span != drag.origin:
            grid.moved.emit(drag.box.id, key, span.start)

    def _double(self, position: QPointF) -> None:
        grid = self._grid
        if position.x() < grid.view.style.gutter or not grid.scene.content.columns:
            return
        placed = grid.scene.hit(grid.content_point(position))
        if placed is not None:
            grid.opened.emit(placed.box.id)
        else:
            self._press(position, False)
            grid.create_here()

    def _wheel(self, event: QWheelEvent) -> bool:
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        self._grid.set_zoom(self._grid.zoom() * 1.15**notches, event.position().y())
        return True

    def _tip(self, event: QHelpEvent) -> bool:
        grid = self._grid
        position = QPointF(event.pos())
        if position.x() < grid.view.style.gutter or not grid.scene.content.columns or self.dragging():
            return False
        point = grid.content_point(position)
        placed = grid.scene.hit(point)
        if placed is not None:
            self._tell(event.globalPos(), box_tip(placed.box), strong=True)
        else:
            geometry = grid.scene.geometry
            minute = int(geometry.minute(point.y()))
            bands = grid.scene.bands_in(Span(geometry.column(point.x()), minute, minute + 1))
            self._tell(event.globalPos(), [band.words() for band in bands])
        return True

    def _context(self, event: QContextMenuEvent) -> bool:
        grid = self._grid
        if not grid.scene.content.columns:
            return False
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            grid.context_here()
            return True
        point = grid.content_point(QPointF(event.pos()))
        geometry, placed = grid.scene.geometry, grid.scene.hit(point)
        key = grid.scene.content.columns[geometry.column(point.x())].key
        minute = geometry.slot(point.y(), grid.snap_minutes)
        grid.context_requested.emit(placed.box.id if placed else "", key, minute, QPoint(event.globalPos()))
        return True

    def _scroll_on(self) -> None:
        """While a drag is held near an edge, bring what lies beyond into view."""
        grid, near = self._grid, 1.5 * self._grid.view.style.line
        for bar, at, length in (
            (grid.verticalScrollBar(), self._at.y(), grid.viewport().height()),
            (grid.horizontalScrollBar(), self._at.x() - grid.view.style.gutter, grid.viewport().width()),
        ):
            beyond = min(0.0, at - near) + max(0.0, at - (length - near))
            if beyond and bar.maximum() > bar.minimum():
                bar.setValue(bar.value() + round(max(-40.0, min(40.0, beyond / 2))))
        if self._drag is not None:
            self._show(self._drag)
