"""The mouse on a sheet of cells: select, open, create, move, stretch, tooltips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QWheelEvent

from famdesk.ui.kit.cells.model import MONTH, SMALL, TABLE, CellItem
from famdesk.ui.kit.cells.words import cell_sentence, item_tip
from famdesk.ui.kit.pointer import Pointer

if TYPE_CHECKING:
    from famdesk.ui.kit.cells.calendar_cells import CellGrid

_EDGE: Final = 7.0
_NOTCH: Final = 120


@dataclass(frozen=True, slots=True)
class CellDrag:
    """A drag under way: of a whole item, of its end, or over empty cells (`item` None); `pressed` is the cell where
    the mouse went down."""

    item: CellItem | None
    pressed: int
    end: bool


class CellPointer(Pointer[CellDrag]):
    """The mouse of a sheet of cells."""

    def __init__(self, grid: CellGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._turned = 0

    def _press(self, position: QPointF, left: bool) -> None:
        grid, scene = self._grid, self._grid.scene
        point = grid.content_point(position)
        number = scene.cell_at(point)
        if number < 0:
            return
        item = scene.item(scene.item_at(point))
        if item is None:
            grid.go_to_cell(scene.content.cells[number].key)
            if left and scene.kind in (MONTH, TABLE):
                self._pressed = CellDrag(None, number, end=False)
            return
        grid.select(item.id)
        if left and item.movable:
            self._pressed = CellDrag(item, number, self._at_end(item, point))

    def _at_end(self, item: CellItem, point: QPointF) -> bool:
        rects = self._grid.scene.rects(item.id)
        return item.bar and bool(rects) and rects[-1].contains(point) and rects[-1].right() - point.x() <= _EDGE

    def _show(self, drag: CellDrag) -> None:
        self._grid.show_over(ghost=self._ghost(drag, self._grid.content_point(self._at)))

    def _hover(self, position: QPointF) -> None:
        grid = self._grid
        point = grid.content_point(position)
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
        if drag.item is None:
            wide = len(scene.content.columns)
            apart = not scene.content.flows and target // wide != drag.pressed // wide
            return None if apart else (min(drag.pressed, target), max(drag.pressed, target))
        first, last = scene.number(drag.item.first), scene.number(drag.item.last)
        if drag.end:
            return (first, target) if target >= first else None
        begins = first + target - drag.pressed
        most = len(scene.content.cells) - 1
        if not scene.content.flows:
            most = target - target % len(scene.content.columns) + len(scene.content.columns) - 1
        return (begins, min(most, begins + last - first)) if 0 <= begins <= most else None

    def _release(self) -> None:
        drag, grid = self._drag, self._grid
        ghost = self._ghost(drag, grid.content_point(self._at)) if drag else None
        self.cancel()
        if drag is None:
            self._click()
        elif ghost is not None:
            self._let_go(drag, *(grid.scene.content.cells[number].key for number in ghost))

    def _let_go(self, drag: CellDrag, first: str, last: str) -> None:
        """Say what a drag has led to; nothing if it ends where it began."""
        grid, item = self._grid, drag.item
        if item is None:
            if first != last:
                grid.spanned.emit(first, last)
        elif drag.end:
            if last != item.last:
                grid.stretched.emit(item.id, item.last, last)
        elif first != item.first:
            grid.moved.emit(item.id, item.first, first)

    def _click(self) -> None:
        """A press on the number of a day, or on how many more there are, opens the day."""
        grid, scene = self._grid, self._grid.scene
        if not self._is_near():
            return
        point = grid.content_point(self._at)
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
        if item is not None:
            self._tell(event.globalPos(), item_tip(item), strong=True)
        elif number >= 0:
            self._tell(event.globalPos(), [cell_sentence(scene.content.cells[number], len(scene.items_in(number)))])
        else:
            self._tell(event.globalPos(), ())
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
