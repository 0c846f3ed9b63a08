"""Texts of different languages on one line: each keeps its direction, and they follow one another as the sheet reads.

Source: Unicode Standard Annex 9: RLM, FSI and PDI.
"""

from __future__ import annotations

from collections.abc import Iterable

from famdesk.i18n import from_right


def as_it_is(text: str) -> str:
    """A text of the centre that stands on a line with words of the sheet: its direction stays its own."""
    return f"\u2068{text}\u2069" if text and from_right() else text


def joined(texts: Iterable[str], between: str = " · ") -> str:
    """Those of the texts that say something on one line, the first where the sheet begins to read."""
    said = [text for text in texts if text]
    if not from_right() or len(said) < 2:
        return between.join(said)
    return "\u200f" + between.replace(",", "،").join(as_it_is(text) for text in said)
