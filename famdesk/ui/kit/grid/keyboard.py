"""The keyboard on the grid. Everything that the mouse can do, and what it did is spoken by the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from famdesk.ui.kit.grid.access import focus_moved
from famdesk.ui.kit.grid.drag import moved, span_of, stretched
from famdesk.ui.kit.grid.model import Placed, Span, snapped

if TYPE_CHECKING:
    from famdesk.ui.kit.grid.calendar_grid import CalendarGrid

_HALF: Final = 30
_KEY = Qt.Key
_ARROWS: Final = {_KEY.Key_Up: (0, -1), _KEY.Key_Down: (0, 1), _KEY.Key_Left: (-1, 0), _KEY.Key_Right: (1, 0)}
_ZOOMS: Final = {_KEY.Key_Plus: 1.15, _KEY.Key_Equal: 1.15, _KEY.Key_Minus: 1 / 1.15}


class GridKeyboard:
    """Turns keys into steps of the cursor and signals of the grid."""

    def __init__(self, grid: CalendarGrid) -> None:
        self._grid = grid

    def handle(self, event: QKeyEvent) -> bool:
        """Deal with a key; false if it is none of ours."""
        key, keys = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        grid = self._grid
        if key == _KEY.Key_Escape:
            return self._escape()
        if not grid.scene.content.columns:
            return False
        control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
        if keys & control and (key in _ZOOMS or key == _KEY.Key_0):
            grid.set_zoom(grid.zoom() * _ZOOMS[key] if key in _ZOOMS else 1.0)
            return True
        if key in _ARROWS:
            shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
            return self._arrow(*_ARROWS[key], alt=bool(keys & alt), shift=shift)
        if keys & alt:
            return False
        if key in (_KEY.Key_Home, _KEY.Key_End):
            return self._edge(key == _KEY.Key_End, whole=bool(keys & control))
        return False if keys else self._plain(key)

    def walk(self, forward: bool) -> bool:
        """Tab: to the next box in the order of time; false at the end, so that the focus goes on."""
        grid = self._grid
        placed = grid.scene.placed
        current = grid.scene.number(grid.selected())
        if current < 0:
            column, minute = grid.slot_place()
            before = sum((one.column, one.box.start_minute) < (column, minute) for one in placed)
            target = before if forward else before - 1
        else:
            target = current + 1 if forward else current - 1
        if not 0 <= target < len(placed):
            return False
        grid.select(placed[target].box.id)
        return True

    def _plain(self, key: Qt.Key) -> bool:
        grid, box_id = self._grid, self._grid.selected()
        if key in (_KEY.Key_PageUp, _KEY.Key_PageDown):
            grid.period_requested.emit(1 if key == _KEY.Key_PageDown else -1)
        elif key in (_KEY.Key_Return, _KEY.Key_Enter):
            if box_id:
                grid.opened.emit(box_id)
            else:
                grid.create_here()
        elif key == _KEY.Key_Menu:
            grid.context_here()
        elif key == _KEY.Key_Delete and box_id and grid.editable:
            grid.cancel_requested.emit(box_id)
        elif key == _KEY.Key_Space and box_id:
            grid.space_pressed.emit(box_id)
        else:
            return False
        return True

    def _escape(self) -> bool:
        grid = self._grid
        if grid.pointer.dragging():
            grid.pointer.cancel()
            return True
        if grid.selected():
            grid.select("")
            return True
        return False

    def _arrow(self, across: int, down: int, alt: bool, shift: bool) -> bool:
        placed = self._grid.scene.placed_box(self._grid.selected())
        if alt:
            return self._change(placed, across, down, shift)
        self._step(placed, across, down, self._grid.snap_minutes if shift else max(_HALF, self._grid.snap_minutes))
        return True

    def _change(self, placed: Placed | None, across: int, down: int, shift: bool) -> bool:
        """Alt+arrows move the selected box, Alt+Shift+up and down move its end."""
        grid = self._grid
        if placed is None or not grid.editable or not placed.box.movable or (shift and across):
            return placed is not None
        origin, step, geometry = span_of(placed), grid.snap_minutes, grid.scene.geometry
        if shift:
            wanted = stretched(origin, geometry, _stepped(origin.end, down, step), step)
            if wanted != origin:
                grid.resized.emit(placed.box.id, wanted.end)
            return True
        start = _stepped(origin.start, down, step) if down else origin.start
        wanted = moved(origin, geometry, origin.column + across, start)
        if wanted != origin:
            grid.moved.emit(placed.box.id, grid.scene.content.columns[wanted.column].key, wanted.start)
        return True

    def _step(self, placed: Placed | None, across: int, down: int, step: int) -> None:
        """Arrows move the cursor; where it comes upon a box, the box is selected, and it leaves it at its ends."""
        grid = self._grid
        geometry = grid.scene.geometry
        column, minute = grid.slot_place()
        if placed is not None:
            at = span_of(placed)
            column = at.column
            if down or not at.start <= minute < at.end:
                minute = at.end - 1 if down > 0 else at.start
        target = _stepped(minute, down, step) if down else minute
        last = geometry.last - grid.snap_minutes
        self.go(max(0, min(geometry.columns - 1, column + across)), max(geometry.first, min(last, target)), placed)

    def _edge(self, end: bool, whole: bool) -> bool:
        """Home and End: first and last hour of the column; with Ctrl the first and last box."""
        grid = self._grid
        if whole and grid.scene.placed:
            grid.select(grid.scene.placed[-1 if end else 0].box.id)
            return True
        column, _minute = grid.slot_place()
        geometry = grid.scene.geometry
        self.go(column, geometry.last - grid.snap_minutes if end else geometry.first, None)
        return True

    def go(self, column: int, minute: int, leaving: Placed | None) -> None:
        """Put the cursor there, on the box that lies there if it is not the one being left."""
        grid = self._grid
        there = grid.scene.box_at(column, minute)
        grid.set_slot(column, minute)
        if there is not None and there != leaving:
            grid.select(there.box.id, at=minute)
        else:
            grid.select("")
            grid.scroll_to_span(Span(column, minute, minute + grid.snap_minutes))
            focus_moved(grid)


def _stepped(minute: int, direction: int, step: int) -> int:
    """The next multiple of `step` in that direction."""
    if minute % step == 0:
        return minute + direction * step
    return snapped(minute - minute % step + (step if direction > 0 else 0), step)
