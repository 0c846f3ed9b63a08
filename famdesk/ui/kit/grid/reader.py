"""The columns of hours as a screen reader is told them: the boxes by column and time, and the cursor at the end."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from famdesk.ui.kit.grid.access import SLOT
from famdesk.ui.kit.grid.words import box_sentence, slot_sentence, state_word

if TYPE_CHECKING:
    from famdesk.ui.kit.grid.calendar_grid import CalendarGrid


class GridReader:
    """See `grid_access.Reader`."""

    def __init__(self, grid: CalendarGrid) -> None:
        self._grid = weakref.proxy(grid)

    def count(self) -> int:
        """The boxes and the cursor."""
        return len(self._grid.scene.placed) + 1

    def id_at(self, index: int) -> str:
        """The cursor stands at the end."""
        placed = self._grid.scene.placed
        return placed[index].box.id if index < len(placed) else SLOT

    def number(self, part: str) -> int:
        """The place of a box or of the cursor."""
        return int(self._grid.scene.number(part)) if part else len(self._grid.scene.placed)

    def name(self, part: str) -> str:
        """The sentence of a box, or what stands at the cursor."""
        scene = self._grid.scene
        placed = scene.placed_box(part)
        if placed is not None:
            return box_sentence(placed.box, scene.content.columns[placed.column])
        span = self._grid.slot_span()
        return "" if span is None else slot_sentence(scene.content.columns[span.column], span, scene.bands_in(span))

    def description(self, part: str) -> str:
        """The state of a box."""
        placed = self._grid.scene.placed_box(part)
        return state_word(placed.box.state) if placed else ""

    def rect(self, part: str) -> QRect:
        """On the screen."""
        return QRect(self._grid.screen_rect(part))

    def part_at(self, x: int, y: int) -> str | None:
        """The box there."""
        placed = self._grid.box_on_screen(x, y)
        return None if placed is None else str(placed.box.id)

    def current(self) -> str:
        """The selected box or the cursor."""
        return str(self._grid.selected())

    def is_selected(self, part: str) -> bool:
        """A box that is current is selected."""
        return bool(part)

    def within(self) -> QWidget | None:
        """The band of whole days."""
        band: QWidget | None = self._grid.band()
        return band if band is not None and not band.isHidden() else None
