"""Blocks on pages: each block knows its height and paints itself; here they are spread over pages and sizes are tried.

A block is never split and never dropped: what does not fit goes to the next page, and a block that is taller than a
page is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.text import DoesNotFit


class Block(NamedTuple):
    """Something on the page over its whole width.

    `height` in points; `paint(pen, y)` draws it with its top at `y`; `name` says what it is when it must be refused;
    `keep` holds it on the page of the block that follows, as a heading needs; `sinks` asks for the foot of the page if
    there is free space.
    """

    height: float
    paint: Callable[[Pen, float], None]
    name: str = ""
    keep: bool = False
    sinks: bool = False


Page = list[Block]


def pages(blocks: Sequence[Block], room: Callable[[int], float], gap: float = 0) -> list[Page]:
    """The blocks in their order on as few pages as possible; `room(n)` is the free height of page n, from 1.

    Raises:
        DoesNotFit: if one block is taller than an empty page.
    """
    done: list[Page] = [[]]
    used = 0.0
    for group in _groups(blocks):
        height = stacked(group, gap)
        needed = height + (gap if done[-1] else 0)
        if done[-1] and used + needed > room(len(done)):
            done.append([])
            used, needed = 0.0, height
        if used + needed > room(len(done)):
            raise DoesNotFit(text=group[-1].name)
        done[-1].extend(group)
        used += needed
    return done


def even_pages(blocks: Sequence[Block], room: Callable[[int], float], gap: float = 0) -> list[Page]:
    """As `pages`, with the same number of pages but filled alike, so that the last is not nearly empty.

    Raises:
        DoesNotFit: if one block is taller than an empty page.
    """
    best = pages(blocks, room, gap)
    if len(best) == 1:
        return best
    for share in range(95, 45, -5):
        try:
            tried = pages(blocks, lambda n, share=share: room(n) * share / 100, gap)  # type: ignore[misc]
        except DoesNotFit:
            break
        if len(tried) > len(best):
            break
        best = tried
    return best


def stacked(blocks: Iterable[Block], gap: float = 0) -> float:
    """Height of blocks one below the other with `gap` between them."""
    heights = [block.height for block in blocks]
    return sum(heights) + gap * max(0, len(heights) - 1)


def paint(page: Page, pen: Pen, top: float, gap: float = 0) -> float:
    """Paint blocks one below the other from `top`; the result is where the last one ends."""
    y = top
    for index, block in enumerate(page):
        if index:
            y += gap
        block.paint(pen, y)
        y += block.height
    return y


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks that must stay together on a page."""
    groups: list[list[Block]] = []
    held = False
    for block in blocks:
        if held:
            groups[-1].append(block)
        else:
            groups.append([block])
        held = block.keep
    return groups


class Section(NamedTuple):
    """Rows under a heading; `again` is the heading on each further page."""

    head: Block
    again: Block
    rows: tuple[Block, ...]


def flow(sections: Sequence[Section], room: Callable[[int], float]) -> list[Page]:
    """Sections one after the other over as many pages as needed, headings repeated where a section goes on.

    Raises:
        DoesNotFit: if a row and its heading are taller than an empty page.
    """
    done: list[Page] = [[]]
    for section in sections:
        rows = section.rows
        if done[-1] and stacked(done[-1]) + stacked((section.head, *rows[:1])) > room(len(done)):
            done.append([])
        done[-1].append(section.head)
        used, free = stacked(done[-1]), room(len(done))
        for index, row in enumerate(rows):
            if index and used + row.height > free:
                done.append([section.again])
                used, free = section.again.height, room(len(done))
            if used + row.height > free:
                raise DoesNotFit(text=row.name)
            done[-1].append(row)
            used += row.height
    return done
