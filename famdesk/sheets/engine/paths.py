"""Lines and areas as operators of a page, and the colours that they are drawn in. Places are in points.

Source: ISO 32000-1, 8.4 and 8.5 (graphics state, paths).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

_ROUND = 0.4472
"""How far before a corner, as a share of its radius, a curve is pulled, so that it is nearly a quarter of a circle."""


def filled(path: str, colour: str) -> str:
    """An area; colours are "#rrggbb"."""
    return f"{filling(colour)}\n{path} f*"


def stroked(path: str, colour: str, weight: float, *, soft: bool = False, dash: Sequence[float] = (),
            within: str = "") -> str:  # fmt: skip
    """A line as wide as `weight`, with round ends and corners if it is to be `soft`; `within` fills what it goes
    around with a colour."""
    before = _pen(colour, weight)
    after = "B*" if within else "S"
    if soft or dash:
        before, after = f"{before} {0 if dash else 1} J 1 j", f"{after} 0 J 0 j"
    if dash:
        before, after = f"{before} [{' '.join([f'{one:.3f}' for one in dash])}] 0 d", f"{after} [] 0 d"
    if within:
        before = f"{filling(within)} {before}"
    return f"{before}\n{path} {after}"


@lru_cache(maxsize=64)
def _pen(colour: str, weight: float) -> str:
    return f"{filling(colour).upper()} {weight:.4f} w"


@lru_cache(maxsize=64)
def filling(colour: str) -> str:
    """The operator that sets the colour of letters and areas, from "#rrggbb"; in capitals that of lines."""
    return " ".join(f"{int(colour[place : place + 2], 16) / 255:.4f}" for place in (1, 3, 5)) + " rg"


def rectangle(x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """The path of a rectangle, with round corners if it has a radius."""
    if not radius:
        return f"{x:.3f} {y:.3f} {width:.3f} {height:.3f} re"
    right, top, pull = x + width, y + height, _ROUND * radius
    return through([
        (x + radius, y), (right - radius, y), (right - pull, y, right, y + pull, right, y + radius),
        (right, top - radius), (right, top - pull, right - pull, top, right - radius, top),
        (x + radius, top), (x + pull, top, x, top - pull, x, top - radius),
        (x, y + radius), (x, y + pull, x + pull, y, x + radius, y),
    ]) + " h"  # fmt: skip


def circle(x: float, y: float, radius: float) -> str:
    """The path of a circle around a point."""
    pull = radius * (1 - _ROUND)
    right, top, left, bottom = x + radius, y + radius, x - radius, y - radius
    return through([
        (right, y), (right, y + pull, x + pull, top, x, top), (x - pull, top, left, y + pull, left, y),
        (left, y - pull, x - pull, bottom, x, bottom), (x + pull, bottom, right, y - pull, right, y),
    ])  # fmt: skip


def through(places: Iterable[Sequence[float]]) -> str:
    """The path from the first point on: two numbers are a point, six a curve to the last two."""
    parts = []
    for index, place in enumerate(places):
        operator = "m" if not index else "c" if len(place) == 6 else "l"
        parts.append(" ".join([f"{one:.3f}" for one in place]) + f" {operator}")
    return " ".join(parts)


def line(x: float, y: float, right: float, top: float) -> str:
    """The path from one point to another."""
    return f"{x:.3f} {y:.3f} m {right:.3f} {top:.3f} l"
