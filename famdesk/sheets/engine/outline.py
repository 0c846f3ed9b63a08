"""The bookmarks of a file: its headings, the lower ones below the higher.

Source: ISO 32000-1, 12.3.3 (document outline).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from famdesk.sheets.engine.document import Document, dictionary, reference, string


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a heading stands: its level from 0, the object of its page, points from the lower end of the paper."""

    text: str
    level: int
    page: int
    top: float


@dataclass(slots=True)
class _Mark:
    """A bookmark with the number of its object."""

    number: int
    heading: Heading | None
    kids: list[_Mark] = field(default_factory=list)

    @property
    def below(self) -> int:
        """How many there are below it, all of which are open."""
        return sum(1 + kid.below for kid in self.kids)


def outline(document: Document, headings: Sequence[Heading]) -> int:
    """The object of the bookmarks."""
    root = _Mark(document.reserve(), None)
    open_ones = [root]
    for heading in headings:
        depth = min(heading.level, len(open_ones) - 1)
        mark = _Mark(document.reserve(), heading)
        open_ones[depth].kids.append(mark)
        open_ones[depth + 1 :] = [mark]
    _write(document, root)
    return root.number


def _write(document: Document, mark: _Mark) -> None:
    document.put(dictionary(_entries(mark)), mark.number)
    for place, kid in enumerate(mark.kids):
        entries = _entries(kid) | {"Parent": reference(mark.number)}
        if place:
            entries["Prev"] = reference(mark.kids[place - 1].number)
        if place + 1 < len(mark.kids):
            entries["Next"] = reference(mark.kids[place + 1].number)
        _write(document, kid)
        document.put(dictionary(entries), kid.number)


def _entries(mark: _Mark) -> dict[str, str]:
    """What a bookmark says, but for those beside it."""
    one = mark.heading
    entries = {"Type": "/Outlines"} if one is None else {
        "Title": string(one.text), "Dest": f"[{one.page} 0 R /XYZ 0 {one.top:.1f} null]"}  # fmt: skip
    if mark.kids:
        entries |= {"First": reference(mark.kids[0].number), "Last": reference(mark.kids[-1].number),
                    "Count": str(mark.below)}  # fmt: skip
    return entries
