"""Where the words of a search stand in a text, whatever its accents and capitals."""

from __future__ import annotations

import unicodedata

from famdesk.domain.text import fold


def spans(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of every place where one of the words that were typed stands, in order; those that touch are one.

    Words are found as the search finds them: also within others, without accents, apostrophes and capitals.
    """
    wanted = fold(typed).split()
    if not wanted or not text:
        return ()
    pieces = [(fold(letter), place) for place, letter in enumerate(text)]
    folded = "".join(piece for piece, _place in pieces)
    origin = [place for piece, place in pieces for _letter in piece]
    found = []
    for word in set(wanted):
        start = folded.find(word)
        while start >= 0:
            found.append((origin[start], _end(text, origin[start + len(word) - 1] + 1)))
            start = folded.find(word, start + 1)
    return _joined(sorted(found))


def _end(text: str, place: int) -> int:
    """After the marks that stand above or below the last letter."""
    while place < len(text) and unicodedata.combining(text[place]):
        place += 1
    return place


def _joined(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return tuple(joined)
