"""Which missed appointments count, and which never do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

NEVER_COUNT = ("illness", "transport")
"""Codes of `NO_SHOW_REASONS` that are nobody's fault."""


@dataclass(frozen=True, slots=True)
class NoShows:
    """How often somebody did not come: `counted`, and `excused`, which never counts against a family."""

    counted: int = 0
    excused: int = 0


def counts(reason: str | None) -> bool:
    """Whether a missed appointment counts as one; illness and missing transport never do. None: no reason is known."""
    return reason not in NEVER_COUNT


def tally(reasons: Iterable[str | None]) -> NoShows:
    """Sums up the reasons of missed appointments."""
    counted = excused = 0
    for reason in reasons:
        if counts(reason):
            counted += 1
        else:
            excused += 1
    return NoShows(counted, excused)
