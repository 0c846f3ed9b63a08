"""Where minutes and columns lie. Plain numbers in logical pixels; x = 0 is the left edge of the first column."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from famdesk.ui.kit.grid.model import Placed, Span, snapped


@dataclass(frozen=True, slots=True)
class Geometry:
    """The measures of one layout.

    `first` and `last` are minutes; `top` is the space above the first hour line; `inset` the space at a column's left
    edge that the bands' edges and names take; `least` the lowest height of a box; `margin` the space right of boxes.
    """

    columns: int
    column_width: float
    hour_height: float
    first: int
    last: int
    top: float
    least: float
    margin: float
    insets: tuple[float, ...] = ()

    @property
    def width(self) -> float:
        """Of all columns."""
        return self.columns * self.column_width

    @property
    def height(self) -> float:
        """Of all hours, with the space above and below."""
        return self.y(self.last) + self.top

    def y(self, minute: float) -> float:
        """The y of a minute."""
        return self.top + (minute - self.first) * self.hour_height / 60

    def minute(self, y: float) -> float:
        """The minute at `y`, kept between `first` and `last`."""
        return min(float(self.last), max(float(self.first), self.first + (y - self.top) * 60 / self.hour_height))

    def slot(self, y: float, step: int) -> int:
        """The start of the `step` minutes at `y`; the last slot ends with the last hour."""
        return max(self.first, min(self.last - step, int(self.minute(y) // step) * step))

    def near(self, y: float, step: int) -> int:
        """The multiple of `step` minutes nearest to `y`."""
        return max(self.first, min(self.last, snapped(self.minute(y), step)))

    def x(self, column: int) -> float:
        """The left edge of a column."""
        return column * self.column_width

    def column(self, x: float) -> int:
        """The column at `x`, the nearest one outside."""
        return max(0, min(self.columns - 1, int(x // self.column_width))) if self.columns else 0

    def inset(self, column: int) -> float:
        """What is kept free at the left of a column."""
        return self.insets[column] if column < len(self.insets) else 0.0

    def column_rect(self, column: int, start: float, end: float) -> QRectF:
        """The whole width of a column between two minutes."""
        return QRectF(self.x(column), self.y(start), self.column_width, self.y(end) - self.y(start))

    def span_rect(self, span: Span) -> QRectF:
        """Where a box alone at its time would be; used for the ghost and the cursor."""
        return self._rect(span.column, span.start, span.end, (0, 1, 1))

    def box_rect(self, placed: Placed, more: float = 0.0) -> QRectF:
        """Where a box is; never lower than one line, however short its time. `more` is added to the inset."""
        box, lanes = placed.box, (placed.lane, placed.lanes, placed.wide)
        return self._rect(placed.column, box.start_minute, box.end_minute, lanes, more)

    def least_minutes(self) -> int:
        """The time that is as high as the lowest box, rounded up."""
        return int(-(-(self.least + 1) * 60 // self.hour_height))

    def _rect(self, column: int, start: int, end: int, place: tuple[int, int, int], more: float = 0.0) -> QRectF:
        lane, lanes, wide = place
        inset = self.inset(column) + more
        lane_width = (self.column_width - inset - self.margin) / lanes
        left = self.x(column) + inset + lane * lane_width
        top = self.y(start)
        height = max(self.least, self.y(end) - top - 1)
        gap = 2.0 if lanes > 1 else 0.0
        return QRectF(left, top, max(2.0, lane_width * wide - gap), height)
