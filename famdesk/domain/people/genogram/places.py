"""Points, rectangles and people with a place: the geometry that the parts of the layout share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Point(NamedTuple):
    """A place; `y` grows downwards."""

    x: float
    y: float

    def moved(self, dx: float, dy: float) -> Point:
        return Point(self.x + dx, self.y + dy)


Path = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def moved(self, dx: float, dy: float) -> Rect:
        return Rect(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def grown(self, by: float) -> Rect:
        """Larger on all sides."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Rect) -> bool:
        """Whether the two have more than an edge in common."""
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)  # fmt: skip

    def holds(self, point: Point) -> bool:
        return self.left <= point.x <= self.right and self.top <= point.y <= self.bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """Somebody with a place: `x`, `y` is the middle of the symbol, `box` holds symbol and words, `row` is the
    generation, None at the edge."""

    id: str
    x: float
    y: float
    box: Rect
    row: int | None

    def moved(self, dx: float, dy: float) -> Placed:
        return Placed(self.id, self.x + dx, self.y + dy, self.box.moved(dx, dy), self.row)
