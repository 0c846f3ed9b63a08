"""A sheet of cells as a screen reader is told it: every cell, followed by what begins in it."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.cells.words import cell_sentence, item_sentence
from famdesk.ui.kit.grid.words import state_word

if TYPE_CHECKING:
    from famdesk.ui.kit.cells.calendar_cells import CellGrid

CELL: Final = "@"
"""Begins the id of a cell; what follows is its key."""


class CellReader:
    """See `grid_access.Reader`."""

    def __init__(self, grid: CellGrid) -> None:
        self._grid = weakref.proxy(grid)
        self._ids: tuple[str, ...] = ()
        self._places: dict[str, int] = {}

    def renew(self) -> None:
        """There is other content."""
        scene = self._grid.scene
        begins: dict[str, list[str]] = {}
        for item_id in scene.order:
            begins.setdefault(scene.item(item_id).first, []).append(item_id)
        ids: list[str] = []
        for cell in scene.content.cells:
            ids.append(CELL + cell.key)
            ids += begins.get(cell.key, ())
        self._ids = tuple(ids)
        self._places = {part: place for place, part in enumerate(ids)}

    def count(self) -> int:
        """Cells and items."""
        return len(self._ids)

    def id_at(self, index: int) -> str:
        """By place."""
        return self._ids[index]

    def number(self, part: str) -> int:
        """The place of a cell or item."""
        return self._places.get(part, -1)

    def name(self, part: str) -> str:
        """The sentence of a cell or item."""
        scene = self._grid.scene
        item = scene.item(part)
        number = scene.number(item.first if item else part.removeprefix(CELL))
        cell = scene.content.cells[number] if number >= 0 else None
        if item is not None:
            return item_sentence(item, cell)
        return "" if cell is None else cell_sentence(cell, len(scene.items_in(number)))

    def description(self, part: str) -> str:
        """The state of an item."""
        item = self._grid.scene.item(part)
        return state_word(item.state) if item else ""

    def rect(self, part: str) -> QRect:
        """On the screen."""
        scene = self._grid.scene
        if part.startswith(CELL):
            number = scene.number(part.removeprefix(CELL))
            return QRect(self._grid.on_screen(scene.cell_rect(number))) if number >= 0 else QRect()
        return QRect(self._grid.on_screen(next(iter(scene.rects(part)), QRectF())))

    def part_at(self, x: int, y: int) -> str | None:
        """The item or else the cell there."""
        scene, point = self._grid.scene, self._grid.point_on_screen(x, y)
        item_id, number = scene.item_at(point), scene.cell_at(point)
        return item_id or (CELL + scene.content.cells[number].key if number >= 0 else None)

    def current(self) -> str:
        """The selected item or the cursor's cell."""
        return str(self._grid.selected() or CELL + self._grid.cell_key())

    def is_selected(self, part: str) -> bool:
        """An item that is current is selected; a cell is only where the cursor is."""
        return not part.startswith(CELL)

    def within(self) -> QWidget | None:
        """Nothing."""
        return None
