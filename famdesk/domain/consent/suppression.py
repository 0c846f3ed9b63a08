"""Small numbers are not told: below k somebody could be recognised.

A cell below k is hidden. If only one is hidden and the sum is told, that cell could be found by subtraction; so the
next smallest is hidden with it (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Sequence

DEFAULT, LEAST, MOST = 5, 3, 30
"""What holds unless a centre sets it otherwise, the least and the most that it may set."""


def threshold(wanted: int | None = None) -> int:
    """The k that is used: never below `LEAST`."""
    return max(LEAST, DEFAULT if wanted is None else wanted)


def suppressed(cells: Sequence[int], k: int | None = None) -> tuple[int | None, ...]:
    """The cells with None for those that must not be told. Zero is no person and is told; with fewer than k in all
    nothing is told."""
    least = threshold(k)
    if sum(cells) < least:
        return tuple(None for _cell in cells)
    hidden = {place for place, cell in enumerate(cells) if 0 < cell < least}
    if hidden and (len(hidden) == 1 or sum(cells[place] for place in hidden) < least):
        hidden.add(min((cell, place) for place, cell in enumerate(cells) if cell >= least)[1])
    return tuple(None if place in hidden else cell for place, cell in enumerate(cells))
