"""What a drag means: from where the mouse was pressed to where it is now. No widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF

from famdesk.ui.kit.grid.geometry import Geometry
from famdesk.ui.kit.grid.model import GridBox, Placed, Span, snapped


@dataclass(frozen=True, slots=True)
class Drag:
    """A drag under way. `origin` is the box, or the slot that was pressed; `grab` how far into it, in minutes."""

    kind: Literal["move", "stretch", "create"]
    origin: Span
    grab: float = 0.0
    box: GridBox | None = None

    def span(self, geometry: Geometry, point: QPointF, step: int) -> Span:
        """Where it would end if the mouse were let go at `point`, on multiples of `step` minutes."""
        if self.kind == "move":
            start = snapped(geometry.minute(point.y()) - self.grab, step)
            return moved(self.origin, geometry, geometry.column(point.x()), start)
        near = geometry.near(point.y(), step)
        if self.kind == "stretch":
            return stretched(self.origin, geometry, near, step)
        anchor = self.origin.start
        return Span(self.origin.column, min(anchor, near), max(anchor + step, near))


def moved(origin: Span, geometry: Geometry, column: int, start: int) -> Span:
    """The span at another column and start, kept inside the grid."""
    at = max(geometry.first, min(geometry.last - origin.minutes, start))
    return Span(max(0, min(geometry.columns - 1, column)), at, at + origin.minutes)


def stretched(origin: Span, geometry: Geometry, end: int, step: int) -> Span:
    """The span with another end, at least `step` minutes long and inside the grid."""
    return Span(origin.column, origin.start, min(geometry.last, max(origin.start + step, end)))


def span_of(placed: Placed) -> Span:
    """The time of a box."""
    return Span(placed.column, placed.box.start_minute, placed.box.end_minute)
