"""The keyboard on a sheet of cells. Everything that the mouse can do; what it did is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent

from famdesk.ui.kit.cells.model import SMALL, CellItem

if TYPE_CHECKING:
    from famdesk.ui.kit.cells.calendar_cells import CellGrid

_KEY = Qt.Key
_ARROWS: Final = {_KEY.Key_Up: (0, -1), _KEY.Key_Down: (0, 1), _KEY.Key_Left: (-1, 0), _KEY.Key_Right: (1, 0)}


class CellKeyboard:
    """Turns keys into steps of the cursor and signals of the sheet."""

    def __init__(self, grid: CellGrid) -> None:
        self._grid = grid

    def handle(self, event: QKeyEvent) -> bool:
        """Deal with a key; false if it is none of ours."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not self._grid.scene.content.cells:
            return False
        alt, shift = bool(keys & Qt.KeyboardModifier.AltModifier), bool(keys & Qt.KeyboardModifier.ShiftModifier)
        if key in _ARROWS and not keys & Qt.KeyboardModifier.ControlModifier:
            across, down = _ARROWS[key]
            return self._change(across, down, shift=shift) if alt else self._step(across, down)
        if alt:
            return False
        if key in (_KEY.Key_Home, _KEY.Key_End):
            return self._edge(key == _KEY.Key_End, whole=bool(keys & Qt.KeyboardModifier.ControlModifier))
        return False if keys else self._plain(key)

    def walk(self, forward: bool) -> bool:
        """Tab: to the next item in the order of days; false at the end, so that the focus goes on."""
        grid, order = self._grid, self._grid.scene.order
        if grid.scene.kind == SMALL or not order:
            return False
        place = grid.scene.place(grid.selected())
        if place >= 0:
            target = place + 1 if forward else place - 1
        else:
            number = grid.cell_number()
            before = sum(self._number(item_id) < number for item_id in order)
            target = before if forward else before - 1
        if not 0 <= target < len(order):
            return False
        grid.select(order[target])
        return True

    def _number(self, item_id: str) -> int:
        item = self._grid.scene.item(item_id)
        return self._grid.scene.number(item.first) if item else -1

    def _plain(self, key: Qt.Key) -> bool:
        grid, item_id = self._grid, self._grid.selected()
        if key in (_KEY.Key_PageUp, _KEY.Key_PageDown):
            grid.period_requested.emit(1 if key == _KEY.Key_PageDown else -1)
        elif key in (_KEY.Key_Return, _KEY.Key_Enter):
            if item_id:
                grid.opened.emit(item_id)
            else:
                grid.cell_activated.emit(grid.cell_key())
        elif key == _KEY.Key_Insert and grid.scene.kind != SMALL:
            grid.created.emit(grid.cell_key())
        elif key == _KEY.Key_Menu and grid.scene.kind != SMALL:
            rects = grid.scene.rects(item_id) or [grid.scene.cell_rect(grid.cell_number())]
            grid.context_requested.emit(item_id, grid.cell_key(), self._on_screen(rects[0]).center())
        elif key == _KEY.Key_Delete and item_id:
            grid.cancel_requested.emit(item_id)
        elif key == _KEY.Key_Space and item_id:
            grid.space_pressed.emit(item_id)
        elif key == _KEY.Key_Escape and (item_id or grid.pointer.dragging()):
            if not grid.pointer.cancel():
                grid.select("")
        else:
            return False
        return True

    def _on_screen(self, rect: QRectF) -> QRect:
        return self._grid.on_screen(rect)

    def _target(self, number: int, across: int, down: int) -> int:
        """The cell beside or below; in a month the day after Sunday is Monday. -1 beyond the sheet."""
        content = self._grid.scene.content
        columns = len(content.columns)
        if not content.flows and not 0 <= number % columns + across < columns:
            return -1
        target = number + across + down * columns
        return target if 0 <= target < len(content.cells) else -1

    def _step(self, across: int, down: int) -> bool:
        grid = self._grid
        target = self._target(grid.cell_number(), across, down)
        if target >= 0:
            grid.go_to_cell(grid.scene.content.cells[target].key)
        elif grid.scene.content.flows:
            grid.period_requested.emit(1 if across + down > 0 else -1)
        elif grid.selected():
            grid.select("")
        return True

    def _edge(self, end: bool, whole: bool) -> bool:
        """Home and End: first and last cell of the row; with Ctrl of all."""
        grid = self._grid
        columns, number = len(grid.scene.content.columns), grid.cell_number()
        first = 0 if whole else number - number % columns
        last = len(grid.scene.content.cells) - 1 if whole else first + columns - 1
        grid.go_to_cell(grid.scene.content.cells[last if end else first].key)
        return True

    def _change(self, across: int, down: int, *, shift: bool) -> bool:
        """Alt+arrows move the selected item, Alt+Shift+left and right move the end of one of several days."""
        grid = self._grid
        item = grid.scene.item(grid.selected())
        if item is None:
            return False
        if item.movable:
            self._stretch(item, across) if shift else self._move(item, across, down)
        return True

    def _move(self, item: CellItem, across: int, down: int) -> None:
        target = self._target(self._grid.scene.number(item.first), across, down)
        if target >= 0:
            self._grid.moved.emit(item.id, item.first, self._grid.scene.content.cells[target].key)

    def _stretch(self, item: CellItem, across: int) -> None:
        scene = self._grid.scene
        target = self._target(scene.number(item.last), across, 0)
        if item.bar and target >= scene.number(item.first):
            self._grid.stretched.emit(item.id, item.last, scene.content.cells[target].key)
