"""Faces that everybody can tick, whatever they read: from very glad to very sad, as lines in a circle."""

from __future__ import annotations

import math

from famdesk.sheets.paper.page import Pen

_MOODS = {3: (1.0, 0.0, -1.0), 5: (1.0, 0.5, 0.0, -0.5, -1.0)}
"""How glad the faces of a scale are, the best first: 1 smiles, 0 is even, -1 is sad."""
_STEPS = 12


def face(pen: Pen, number: int, of: int, x: float, y: float, size: float, colour: str, alt: str = "") -> None:
    """Face `number` (from 1, the best) of a scale of `of`, in a square with its corner at `x`, `y`; `alt` says what it
    means to who has it read aloud, "" where that is said beside it."""
    if alt:
        with pen.figure(alt, x, y, size, size):
            _draw(pen, _MOODS[of][number - 1], x, y, size, colour)
    else:
        _draw(pen, _MOODS[of][number - 1], x, y, size, colour)


def _draw(pen: Pen, mood: float, x: float, y: float, size: float, colour: str) -> None:
    weight, middle = size * 0.055, x + size / 2
    pen.ring(middle, y + size / 2, size / 2 - weight / 2, colour, weight)
    for side in (-1, 1):
        pen.disc(middle + side * size * 0.17, y + size * 0.38, size * 0.055, colour)
    points = []
    for step in range(_STEPS + 1):
        share = step / _STEPS * 2 - 1
        bend = math.cos(share * math.pi / 2) * mood * size * 0.16
        points.append((middle + share * size * 0.24, y + size * (0.66 - 0.05 * mood) + bend))
    pen.path(points, colour, weight)
