"""Where everything stands in a genogram: generations in rows, couples beside each other, children below in birth order.

Pure geometry: whoever paints says how large a symbol is and how much room each name needs, in any unit, and gets the
places back in the same unit. The same family gives the same drawing. Whoever is not kin stands at the right edge.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from famdesk.domain.people.genogram.family import Family
from famdesk.domain.people.genogram.homes import Outline, SecondHome, outlines_of, second_homes
from famdesk.domain.people.genogram.kin import Children, Kin, kin_of
from famdesk.domain.people.genogram.lines import GAP, Line, Router, quality_lines
from famdesk.domain.people.genogram.places import Placed, Point, Rect

COUPLE_GAP = 1.5
"""Least room between partners, in symbols: their line carries marks, and the children's line leaves it."""
SUPPORT_GAP = 2.4
_SWEEPS = 60


@dataclass(frozen=True, slots=True)
class Sizes:
    """How large things are: the side of a symbol, the room of everybody's words (width, height), and of the heading
    above those at the edge."""

    symbol: float
    words: Mapping[str, tuple[float, float]]
    heading: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A genogram with all its places.

    Attributes:
        placed: everybody, from top to bottom and left to right, those at the edge last.
        lines: every tie is on at least one of them.
        outlines: the homes. `second`: dashed links to the other homes of those who live in several.
        support: the room of those at the edge, with the heading; None if there is nobody.
    """

    width: float
    height: float
    symbol: float
    placed: tuple[Placed, ...]
    lines: tuple[Line, ...]
    outlines: tuple[Outline, ...]
    second: tuple[SecondHome, ...]
    support: Rect | None = None

    def find(self, person_id: str) -> Placed | None:
        """Where somebody stands."""
        return next((one for one in self.placed if one.id == person_id), None)


def draw(family: Family, sizes: Sizes) -> Drawing:
    """The genogram of a family. People without a size in `sizes.words` have no words."""
    kin = kin_of(family)
    across = _Across(kin, sizes)
    router = Router(kin, sizes.symbol, across.spans())
    placed = router.stand(across.boxes(), {one: sizes.words.get(one, (0.0, 0.0)) for one in kin.order})
    support, beside = _edge(kin, sizes, placed)
    everybody = [*placed, *beside]
    at = {one.id: one for one in everybody}
    lines = (*router.lines(at), *quality_lines(family, at, sizes.symbol))
    outlines = outlines_of(family, everybody, sizes.symbol)
    second = second_homes(family, everybody, outlines)
    return _moved(Drawing(0, 0, sizes.symbol, tuple(everybody), lines, outlines, second, support))


class _Across:
    """The horizontal places: chains of partners in an order without needless crossings, then as near to their parents
    and children as their neighbours allow."""

    def __init__(self, kin: Kin, sizes: Sizes) -> None:
        self._kin, self._sizes = kin, sizes
        self._chain_of = {one: chain for chain in kin.chains for one in chain}
        self._rows: dict[int, list[tuple[str, ...]]] = {}
        self._done: set[tuple[str, ...]] = set()
        for start in self._starts():
            self._put(start)
        self._offset = {chain: self._inside(chain) for chain in kin.chains}
        self._left: dict[tuple[str, ...], float] = {}
        for row in self._rows.values():
            x = 0.0
            for chain in row:
                self._left[chain] = x
                x += self._width(chain) + GAP * sizes.symbol
        for _sweep in range(_SWEEPS):
            for number in (*sorted(self._rows), *sorted(self._rows, reverse=True)):
                self._settle(self._rows[number])

    def boxes(self) -> list[tuple[str, int, float, float]]:
        """Everybody with row, middle and width of the box; rows from the top, each from the left."""
        return [
            (one, number, self._middle(one), self._room(one))
            for number in sorted(self._rows)
            for chain in self._rows[number]
            for one in chain
        ]

    def spans(self) -> dict[str, tuple[float, float]]:
        """Left and right end of everybody's box."""
        return {one: (x - wide / 2, x + wide / 2) for one, _row, x, wide in self.boxes()}

    def _starts(self) -> list[tuple[str, ...]]:
        """The oldest chain above the centre, on the side of its leftmost parent, then whoever is left over."""
        kin = self._kin
        if not kin.centre or kin.centre not in self._chain_of:
            return []
        start = self._chain_of[kin.centre]
        above = self._above(kin.centre) or [chain for one in start for chain in self._above(one)]
        start = above[0] if above else start
        rest = sorted(kin.chains, key=lambda chain: (kin.rows[chain[0]], min(kin.order[one] for one in chain)))
        return [self._top(start), start, *rest]

    def _above(self, one: str) -> list[tuple[str, ...]]:
        return list(
            dict.fromkeys(
                self._chain_of[parent]
                for children in self._kin.children
                if one in children.children
                for parent in children.parents
            )
        )

    def _top(self, chain: tuple[str, ...]) -> tuple[str, ...]:
        while above := [found for one in chain for found in self._above(one) if found not in self._done]:
            chain = above[0]
        return chain

    def _put(self, chain: tuple[str, ...]) -> None:
        """Append a chain to its row, then its descendants, then the families of those who married into it."""
        if chain in self._done:
            return
        self._done.add(chain)
        self._rows.setdefault(self._kin.rows[chain[0]], []).append(chain)
        for children in sorted(self._below(chain), key=lambda found: self._place(found, chain)):
            for child in sorted(children.children, key=lambda one: (self._marries_in(one), self._kin.order[one])):
                self._put(self._chain_of[child])
        for one in chain:
            for above in self._above(one):
                if above not in self._done:
                    self._put(self._top(above))

    def _marries_in(self, child: str) -> bool:
        """Whether a partner of a child has parents in the drawing, too: then that couple stands towards them."""
        chain = self._chain_of[child]
        return any(one != child and self._above(one) not in ([], self._above(child)) for one in chain)

    def _below(self, chain: tuple[str, ...]) -> list[Children]:
        return [children for children in self._kin.children if any(one in chain for one in children.parents)]

    def _place(self, children: Children, chain: tuple[str, ...]) -> tuple[float, int]:
        places = [chain.index(one) for one in children.parents if one in chain]
        return sum(places) / len(places), min(self._kin.order[one] for one in children.children)

    def _inside(self, chain: tuple[str, ...]) -> dict[str, float]:
        """The middle of everybody in a chain, from its left end."""
        symbol, middles, x = self._sizes.symbol, dict[str, float](), 0.0
        for number, one in enumerate(chain):
            half = self._room(one) / 2
            if number:
                before = chain[number - 1]
                apart = max(GAP * symbol + self._room(before) / 2 + half, (1 + COUPLE_GAP) * symbol)
                x = middles[before] + apart - half
            middles[one] = x + half
        return middles

    def _room(self, one: str) -> float:
        return max(self._sizes.symbol, self._sizes.words.get(one, (0.0, 0.0))[0])

    def _width(self, chain: tuple[str, ...]) -> float:
        return self._offset[chain][chain[-1]] + self._room(chain[-1]) / 2

    def _middle(self, one: str) -> float:
        chain = self._chain_of[one]
        return self._left[chain] + self._offset[chain][one]

    def _anchor(self, parents: Sequence[str]) -> float:
        return sum(self._middle(one) for one in parents) / len(parents)

    def _settle(self, row: Sequence[tuple[str, ...]]) -> None:
        """Move the chains of a row as near as possible to where their parents and children want them."""
        wanted, weights, before, at = [], [], 0.0, list[float]()
        for chain in row:
            moves = self._moves(chain)
            wish = self._left[chain] + (sum(moves) / len(moves) if moves else 0.0)
            wanted.append(wish - before)
            weights.append(float(len(moves)) or 0.2)
            at.append(before)
            before += self._width(chain) + GAP * self._sizes.symbol
        for chain, x, start in zip(row, _rising(wanted, weights), at, strict=True):
            self._left[chain] = x + start

    def _moves(self, chain: tuple[str, ...]) -> list[float]:
        """How far each line would have the chain go, so that children stand in the middle below their parents."""
        moves = []
        for children in self._kin.children:
            ends = [self._middle(one) for one in children.children]
            apart = self._anchor(children.parents) - (min(ends) + max(ends)) / 2
            moves += [apart for one in children.children if one in chain]
            moves += [-apart for one in children.parents if one in chain]
        return moves


def _rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The numbers nearest to `wanted` that never fall.

    Source: Ayer et al. 1955, pool adjacent violators (weighted least squares).
    """
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        pool = (value, weight, 1)
        while pools and pools[-1][0] > pool[0]:
            mean, heavy, count = pools.pop()
            total = heavy + pool[1]
            pool = ((mean * heavy + pool[0] * pool[1]) / total, total, count + pool[2])
        pools.append(pool)
    return [mean for mean, _weight, count in pools for _one in range(count)]


def _edge(kin: Kin, sizes: Sizes, placed: Sequence[Placed]) -> tuple[Rect | None, list[Placed]]:
    """Those who are not kin, in columns at the right, in the order of whom they are tied to."""
    if not kin.support:
        return None, []
    symbol = sizes.symbol
    left = max((one.box.right for one in placed), default=0.0) + (SUPPORT_GAP * symbol if placed else 0.0)
    top = min((one.box.top for one in placed), default=0.0)
    bottom = max((one.box.bottom for one in placed), default=0.0)
    height = {one: symbol + sizes.words.get(one, (0.0, 0.0))[1] for one in kin.support}
    rows = {one.id: one.y for one in placed}
    near = {one: min((rows[o] for b in kin.others if one in (b.upper, b.lower)
                      for o in (b.upper, b.lower) if o in rows), default=bottom) for one in kin.support}  # fmt: skip
    total = sum(height.values()) + symbol * len(height)
    columns = max(1, round((total / (2.5 * max(bottom - top, 6 * symbol))) ** 0.5))
    limit = max(bottom - top, total / columns, 6 * symbol) + symbol / 2
    beside, x, y, wide = list[Placed](), left, top + sizes.heading[1], 0.0
    for one in sorted(kin.support, key=lambda one: (near[one], kin.order[one])):
        if y > top + sizes.heading[1] and y + height[one] > top + sizes.heading[1] + limit:
            x, y, wide = x + wide + GAP * symbol, top + sizes.heading[1], 0.0
        room = max(symbol, sizes.words.get(one, (0.0, 0.0))[0])
        wide = max(wide, room)
        beside.append(Placed(one, x + room / 2, y + symbol / 2, Rect(x, y, x + room, y + height[one]), None))
        y += height[one] + symbol
    right = max(*(one.box.right for one in beside), left + sizes.heading[0])
    return Rect(left, top, right, max(*(one.box.bottom for one in beside), bottom)), beside


def _moved(drawing: Drawing) -> Drawing:
    """The drawing with its top left corner at 0, 0, and a margin for the outlines."""
    margin = drawing.symbol * 0.75
    points = [point for line in drawing.lines for stroke in line.strokes for point in stroke]
    points += [point for outline in drawing.outlines for piece in outline.pieces for point in piece]
    for rect in (*(one.box for one in drawing.placed), *([drawing.support] if drawing.support else [])):
        points += [Point(rect.left, rect.top), Point(rect.right, rect.bottom)]
    if not points:
        return drawing
    dx, dy = margin - min(p.x for p in points), margin - min(p.y for p in points)
    return Drawing(
        max(p.x for p in points) + dx + margin,
        max(p.y for p in points) + dy + margin,
        drawing.symbol,
        tuple(one.moved(dx, dy) for one in drawing.placed),
        tuple(line.moved(dx, dy) for line in drawing.lines),
        tuple(outline.moved(dx, dy) for outline in drawing.outlines),
        tuple(link.moved(dx, dy) for link in drawing.second),
        drawing.support.moved(dx, dy) if drawing.support else None,
    )
