"""The mouse on a sheet of cells: select, open, create, move, stretch, tooltips."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from famdesk.ui.kit.cells_model import SMALL, CellItem
from famdesk.ui.kit.cells_words import cell_sentence, item_tip

if TYPE_CHECKING:
    from famdesk.ui.kit.cells import CellGrid

_EDGE: Final = 7.0
_NOTCH: Final = 120


@dataclass(frozen=True, slots=True)
class CellDrag:
    """A drag under way: of a whole item, or of its end; `pressed` is the cell where the mouse went down."""

    item: CellItem
    pressed: int
    end: bool


class CellPointer:
    """Turns mouse events of the viewport into signals of the sheet; holds the drag under way."""

    def __init__(self, grid: CellGrid) -> None:
        self._grid = grid
        self._pressed: CellDrag | None = None
        self._drag: CellDrag | None = None
        self._from = QPointF()
        self._turned = 0

    def handle(self, event: QEvent) -> bool:
        """Deal with an event of the viewport; false if it is none of ours."""
        if isinstance(event, QHelpEvent):
            return self._tip(event)
        if isinstance(event, QContextMenuEvent):
            return self._context(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if event.type() == QEvent.Type.Leave:
            self._grid.show_over(hovered="")
        return False

    def dragging(self) -> bool:
        """Whether something is being dragged."""
        return self._drag is not None

    def cancel(self) -> bool:
        """Forget the drag; true if there was one."""
        was = self._drag is not None
        self._pressed = self._drag = None
        self._grid.show_over(ghost=None)
        return was

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, left = event.type(), event.button() == Qt.MouseButton.LeftButton
        if kind == QEvent.Type.MouseButtonPress:
            self.cancel()
            self._press(event.position(), left)
        elif kind == QEvent.Type.MouseMove:
            self._move(event)
        elif kind == QEvent.Type.MouseButtonRelease and left:
            self._release(event.position())
        elif kind == QEvent.Type.MouseButtonDblClick and left:
            self.cancel()
            self._double(event.position())
        return True

    def _press(self, position: QPointF, left: bool) -> None:
        grid, scene = self._grid, self._grid.scene
        point = grid.content_point(position)
        number = scene.cell_at(point)
        if number < 0:
            return
        self._from = position
        item = scene.item(scene.item_at(point))
        if item is None:
            grid.go_to_cell(scene.content.cells[number].key)
            return
        grid.select(item.id)
        if left and item.movable:
            self._pressed = CellDrag(item, number, self._at_end(item, point))

    def _at_end(self, item: CellItem, point: QPointF) -> bool:
        rects = self._grid.scene.rects(item.id)
        return item.bar and bool(rects) and rects[-1].contains(point) and rects[-1].right() - point.x() <= _EDGE

    def _move(self, event: QMouseEvent) -> None:
        grid = self._grid
        point = grid.content_point(event.position())
        if self._drag is None and self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (event.position() - self._from).manhattanLength() < QApplication.startDragDistance():
                return
            self._drag = self._pressed
            QToolTip.hideText()
        if self._drag is not None:
            grid.show_over(ghost=self._ghost(self._drag, point))
        elif not event.buttons():
            item = grid.scene.item(grid.scene.item_at(point))
            grid.show_over(hovered=item.id if item else "")
            stretches = item is not None and item.movable and self._at_end(item, point)
            grid.viewport().setCursor(Qt.CursorShape.SizeHorCursor if stretches else Qt.CursorShape.ArrowCursor)

    def _ghost(self, drag: CellDrag, point: QPointF) -> tuple[int, int] | None:
        """First and last cell where it would be if the mouse were let go; None: it cannot go there."""
        scene = self._grid.scene
        target = scene.cell_at(point)
        if target < 0:
            return None
        first, last = scene.number(drag.item.first), scene.number(drag.item.last)
        if drag.end:
            return (first, target) if target >= first else None
        begins = first + target - drag.pressed
        most = len(scene.content.cells) - 1
        if not scene.content.flows:
            most = target - target % len(scene.content.columns) + len(scene.content.columns) - 1
        return (begins, min(most, begins + last - first)) if 0 <= begins <= most else None

    def _release(self, position: QPointF) -> None:
        drag, grid = self._drag, self._grid
        point = grid.content_point(position)
        ghost = self._ghost(drag, point) if drag else None
        self.cancel()
        cells = grid.scene.content.cells
        if drag is None:
            self._click(position)
        elif ghost is None:
            return
        elif drag.end:
            if cells[ghost[1]].key != drag.item.last:
                grid.stretched.emit(drag.item.id, drag.item.last, cells[ghost[1]].key)
        elif cells[ghost[0]].key != drag.item.first:
            grid.moved.emit(drag.item.id, drag.item.first, cells[ghost[0]].key)

    def _click(self, position: QPointF) -> None:
        """A press on the number of a day, or on how many more there are, opens the day."""
        grid, scene = self._grid, self._grid.scene
        if (position - self._from).manhattanLength() >= QApplication.startDragDistance():
            return
        point = grid.content_point(position)
        number = scene.cell_at(point)
        if number < 0 or scene.item_at(point):
            return
        cell = scene.cell_rect(number)
        on_number = scene.content.cells[number].number and point.y() < cell.top() + scene.top
        on_more = scene.hidden(number) and scene.more_rect(number).contains(point)
        if scene.kind == SMALL or on_number or on_more:
            grid.cell_activated.emit(scene.content.cells[number].key)

    def _double(self, position: QPointF) -> None:
        grid, scene = self._grid, self._grid.scene
        point = grid.content_point(position)
        number, item_id = scene.cell_at(point), scene.item_at(point)
        if item_id:
            grid.opened.emit(item_id)
        elif number >= 0 and scene.kind != SMALL:
            grid.created.emit(scene.content.cells[number].key)

    def _wheel(self, event: QWheelEvent) -> bool:
        """Where nothing can be scrolled, the wheel turns the pages of the small month."""
        if self._grid.scene.kind != SMALL:
            return False
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= _NOTCH:
            self._grid.period_requested.emit(-1 if self._turned > 0 else 1)
            self._turned = 0
        return True

    def _tip(self, event: QHelpEvent) -> bool:
        grid, scene = self._grid, self._grid.scene
        point = grid.content_point(QPointF(event.pos()))
        item, number = scene.item(scene.item_at(point)), scene.cell_at(point)
        text = ""
        if item is not None:
            first, *rest = (escape(line) for line in item_tip(item))
            text = "<br>".join([f"<b>{first}</b>", *rest])
        elif number >= 0:
            text = escape(cell_sentence(scene.content.cells[number], len(scene.items_in(number))))
        QToolTip.showText(event.globalPos(), text, grid.viewport())
        return True

    def _context(self, event: QContextMenuEvent) -> bool:
        grid, scene = self._grid, self._grid.scene
        if scene.kind == SMALL or event.reason() == QContextMenuEvent.Reason.Keyboard:
            return False
        point = grid.content_point(QPointF(event.pos()))
        number = scene.cell_at(point)
        if number >= 0:
            key = scene.content.cells[number].key
            grid.context_requested.emit(scene.item_at(point), key, QPoint(event.globalPos()))
        return True
