"""The lines of a genogram, and the heights of its rows, which depend on how many lines run between them.

Lines end in the middle of a symbol and are painted before it. Lines down to children run beside or below names, never
through them; every horizontal part has a height of its own where another would cover it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from famdesk.domain.people.genogram.family import Family
from famdesk.domain.people.genogram.kin import Children, Couple, Kin
from famdesk.domain.people.genogram.places import Path, Placed, Point, Rect
from famdesk.domain.people.genogram.ties import Bond

GAP = 1.15
"""Least room between two people in a row, in symbols."""
_STEP = 0.4
_MARGIN = 0.6
_LEAST = 1.5
_PORT = 0.26
_CLEAR = 0.3
_STRAIGHT = 0.15
_BOW_PARTS = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A line with all its strokes.

    Attributes:
        kind: couple, children, siblings, tie (of two who are not joined otherwise) or quality.
        style: how it is drawn: married, together, separated, divorced, past, parents; birth, adopted, foster, step;
            full, twin, half; relative, network; or a quality.
        ties: the numbers of the ties that it draws.
        past: no longer so.
    """

    kind: str
    style: str
    strokes: tuple[Path, ...]
    ties: tuple[int, ...]
    past: bool = False

    def moved(self, dx: float, dy: float) -> Line:
        strokes = tuple(tuple(point.moved(dx, dy) for point in stroke) for stroke in self.strokes)
        return Line(self.kind, self.style, strokes, self.ties, self.past)


@dataclass(slots=True)
class _Spans:
    """Horizontal parts between two rows, each with a height that no other part near it has."""

    levels: list[list[tuple[float, float]]]
    of: dict[object, int]

    def add(self, owner: object, one: float, other: float, apart: float) -> None:
        low, high = min(one, other) - apart, max(one, other) + apart
        free = [all(high < left or right < low for left, right in level) for level in self.levels]
        number = free.index(True) if True in free else len(free)
        if number == len(free):
            self.levels.append([])
        self.levels[number].append((low, high))
        self.of[owner] = number


class _Plan:
    """Which horizontal parts there will be, and where lines meet that keep side by side."""

    def __init__(self, kin: Kin, symbol: float, spans: Mapping[str, tuple[float, float]]) -> None:
        self._kin, self._symbol, self._spans = kin, symbol, spans
        self._rows = _in_rows(kin.rows, spans)
        self._buses: dict[int, _Spans] = {}
        self._arches: dict[int, _Spans] = {}
        self._ports: dict[object, list[object]] = {}
        for number, couple in enumerate(kin.couples):
            if self._is_arch(couple.one, couple.other):
                self._arch(("couple", number), (couple.one, couple.other))
        for number, bond in enumerate(kin.siblings):
            if self._one_row(bond.upper, bond.lower):
                self._arch(("siblings", number), (bond.upper, bond.lower))
        for number, children in enumerate(kin.children):
            self._plan_children(number, children)

    def _one_row(self, one: str, other: str) -> bool:
        return self._kin.rows[one] == self._kin.rows[other]

    def _beside(self, one: str, other: str) -> bool:
        row = self._rows[self._kin.rows[one]]
        return self._one_row(one, other) and abs(row.index(one) - row.index(other)) == 1

    def _is_arch(self, one: str, other: str) -> bool:
        return self._one_row(one, other) and not self._beside(one, other)

    def _arch(self, owner: tuple[str, int], ends: tuple[str, str]) -> None:
        spans = self._arches.setdefault(self._kin.rows[ends[0]], _Spans([], {}))
        one, other = (self._middle(end) for end in ends)
        spans.add(owner, one, other, 0.3 * self._symbol)
        for end in ends:
            self._port(("top", end), owner)

    def _port(self, where: object, owner: object) -> None:
        self._ports.setdefault(where, []).append(owner)

    def _shift(self, where: object, owner: object) -> float:
        """Lines that would lie on each other keep side by side."""
        owners = self._ports.get(where, [owner])
        step = min(_PORT, 0.8 / max(1, len(owners))) * self._symbol
        return (owners.index(owner) - (len(owners) - 1) / 2) * step

    def _middle(self, one: str) -> float:
        return sum(self._spans[one]) / 2

    def _plan_children(self, number: int, children: Children) -> None:
        owner = ("children", number)
        row = self._kin.rows[children.parents[0]]
        where, start = self._leaves(children)
        self._port(where, owner)
        ends = [start]
        for child in children.children:
            self._port(("top", child), owner)
            lanes = self._lanes(child, row)
            for passed, lane in zip(range(row + 1, self._kin.rows[child]), lanes, strict=True):
                self._port(("lane", passed, lane), (owner, child))
                after = lanes[passed - row] if passed - row < len(lanes) else self._middle(child)
                self._bus(passed, (owner, child), lane, after)
            ends.append(lanes[0] if lanes else self._middle(child))
        self._bus(row, owner, min(ends), max(ends))

    def _bus(self, row: int, owner: object, one: float, other: float) -> None:
        self._buses.setdefault(row, _Spans([], {})).add(owner, one, other, 0.3 * self._symbol)

    def _leaves(self, children: Children) -> tuple[object, float]:
        """Where the line to the children leaves their parents, and the `x` of that place."""
        if len(children.parents) == 1:
            return ("below", children.parents[0]), self._middle(children.parents[0])
        left = min(children.parents, key=self._middle)
        row = self._rows[self._kin.rows[left]]
        after = row[row.index(left) + 1]
        low, high = self._spans[left][1] + _CLEAR * self._symbol, self._spans[after][0] - _CLEAR * self._symbol
        wanted = sum(self._middle(one) for one in children.parents) / 2
        return ("between", left), min(max(wanted, low), high)

    def _lanes(self, child: str, row: int) -> list[float]:
        """Where a line passes the rows between parents and child: the nearest gap between two people of each."""
        lanes, goal = list[float](), self._middle(child)
        for passed in range(row + 1, self._kin.rows[child]):
            people = self._rows[passed]
            gaps = [self._spans[people[0]][0] - GAP * self._symbol / 2, self._spans[people[-1]][1] + GAP * self._symbol]
            gaps += [(self._spans[a][1] + self._spans[b][0]) / 2 for a, b in pairwise(people)]
            lanes.append(min(gaps, key=lambda x: abs(x - goal)))
        return lanes

    def _levels(self, spans: Mapping[int, _Spans], row: int) -> list[list[tuple[float, float]]]:
        return spans[row].levels if row in spans else []


class Router(_Plan):
    """Finds the way of every line between people whose horizontal places are known."""

    def __init__(self, kin: Kin, symbol: float, spans: Mapping[str, tuple[float, float]]) -> None:
        super().__init__(kin, symbol, spans)
        self._tops: dict[int, float] = {}
        self._bottoms: dict[int, float] = {}

    def stand(
        self, boxes: Sequence[tuple[str, int, float, float]], words: Mapping[str, tuple[float, float]]
    ) -> list[Placed]:
        """Gives the rows their heights: below each the room for its lines and for those that rise above the next."""
        symbol, y, placed = self._symbol, 0.0, list[Placed]()
        for row in sorted(self._rows):
            y += len(self._levels(self._arches, row)) * _STEP * symbol
            tall = max(words.get(one, (0.0, 0.0))[1] for one in self._rows[row])
            self._tops[row], self._bottoms[row] = y, y + symbol + tall
            for one, at, x, wide in boxes:
                if at == row:
                    box = Rect(x - wide / 2, y, x + wide / 2, y + symbol + words.get(one, (0.0, 0.0))[1])
                    placed.append(Placed(one, x, y + symbol / 2, box, row))
            room = 2 * _MARGIN + max(0, len(self._levels(self._buses, row)) - 1) * _STEP
            y = self._bottoms[row] + max(room, _LEAST) * symbol
        return placed

    def lines(self, placed: Mapping[str, Placed]) -> tuple[Line, ...]:
        """All lines, those of the qualities last."""
        found = [self._couple_line(number, couple, placed) for number, couple in enumerate(self._kin.couples)]
        found += [self._children_line(number, one, placed) for number, one in enumerate(self._kin.children)]
        for number, bond in enumerate(self._kin.siblings):
            found.append(Line("siblings", bond.style, (self._arch_path(("siblings", number), bond.upper, bond.lower,
                                                                       placed),), (bond.tie,), bond.past))  # fmt: skip
        found += [_straight(bond, placed) for bond in self._kin.others]
        return tuple(found)

    def _bus_y(self, row: int, owner: object) -> float:
        return self._bottoms[row] + (_MARGIN + self._buses[row].of[owner] * _STEP) * self._symbol

    def _arch_y(self, row: int, owner: object) -> float:
        return self._tops[row] - (_MARGIN - 0.15 + self._arches[row].of[owner] * _STEP) * self._symbol

    def _couple_line(self, number: int, couple: Couple, placed: Mapping[str, Placed]) -> Line:
        path = self._arch_path(("couple", number), couple.one, couple.other, placed)
        return Line("couple", couple.style, (path,), couple.ties, couple.ended)

    def _arch_path(self, owner: object, one: str, other: str, placed: Mapping[str, Placed]) -> Path:
        """Over the heads of those between, or straight."""
        a, b = sorted((placed[one], placed[other]), key=lambda end: (end.x, end.y))
        row = self._kin.rows[one]
        if row not in self._arches or owner not in self._arches[row].of:
            return Point(a.x, a.y), Point(b.x, b.y)
        y = self._arch_y(row, owner)
        left, right = a.x + self._shift(("top", a.id), owner), b.x + self._shift(("top", b.id), owner)
        return Point(left, a.y), Point(left, y), Point(right, y), Point(right, b.y)

    def _children_line(self, number: int, children: Children, placed: Mapping[str, Placed]) -> Line:
        owner = ("children", number)
        row = self._kin.rows[children.parents[0]]
        where, x = self._leaves(children)
        x += self._shift(where, owner)
        y = self._bus_y(row, owner)
        drops = [
            self._straightened(self._drop(owner, child, row, y, placed, children), x) for child in children.children
        ]
        ends = [x, *(drop[0].x for drop in drops)]
        bus = (Point(min(ends), y), Point(max(ends), y))
        strokes = ((Point(x, self._start_y(children, placed)), Point(x, y)), bus, *drops)
        return Line("children", children.style, strokes, children.ties, children.past)

    def _straightened(self, drop: Path, x: float) -> Path:
        """A child almost below the parents' line hangs on it without a kink."""
        if len({point.x for point in drop}) == 1 and abs(drop[0].x - x) < _STRAIGHT * self._symbol:
            return tuple(Point(x, point.y) for point in drop)
        return drop

    def _start_y(self, children: Children, placed: Mapping[str, Placed]) -> float:
        first = placed[children.parents[0]]
        if len(children.parents) == 1:
            return first.box.bottom + 0.08 * self._symbol
        for number, couple in enumerate(self._kin.couples):
            owner, row = ("couple", number), self._kin.rows[first.id]
            if {couple.one, couple.other} == set(children.parents) and owner in self._arch_owners(row):
                return self._arch_y(row, owner)
        return first.y

    def _arch_owners(self, row: int) -> Iterable[object]:
        return self._arches[row].of if row in self._arches else ()

    def _drop(
        self, owner: object, child: str, row: int, y: float, placed: Mapping[str, Placed], children: Children
    ) -> Path:
        """From the horizontal part down to a child, past the rows between; twins begin at one point."""
        goal = placed[child]
        end = goal.x + self._shift(("top", child), owner)
        path = list[Point]()
        for passed, lane in zip(range(row + 1, self._kin.rows[child]), self._lanes(child, row), strict=True):
            x = lane + self._shift(("lane", passed, lane), (owner, child))
            below = self._bus_y(passed, (owner, child))
            path += [Point(x, y), Point(x, below)]
            y = below
        together = next((twins for twins in children.twins if child in twins), ())
        middle = sum(placed[one].x for one in together) / len(together) if together else end
        if path:
            middle = end
        return *path, Point(middle, y), Point(end, goal.y)


def _in_rows(rows: Mapping[str, int], spans: Mapping[str, tuple[float, float]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for one in sorted(rows, key=lambda one: spans[one]):
        found.setdefault(rows[one], []).append(one)
    return found


def _straight(bond: Bond, placed: Mapping[str, Placed]) -> Line:
    one, other = placed[bond.upper], placed[bond.lower]
    kind = "tie" if bond.shape == "other" else "children" if bond.shape == "parent" else bond.shape.value
    return Line(kind, bond.style, ((Point(one.x, one.y), Point(other.x, other.y)),), (bond.tie,), bond.past)


def quality_lines(family: Family, placed: Mapping[str, Placed], symbol: float) -> list[Line]:
    """How people get on: a bow beside the line that joins them, from the edge of one symbol to that of the other."""
    found = []
    for number, tie in enumerate(family.ties):
        if tie.quality and not tie.ended and tie.person_id != tie.other_id:
            ends = [placed[one] for one in (tie.person_id, tie.other_id) if one in placed]
            if len(ends) == 2:
                found.append(Line("quality", tie.quality, (_bow(ends[0], ends[1], symbol),), (number,)))
    return found


def _bow(one: Placed, other: Placed, symbol: float) -> Path:
    """A quadratic curve, bent upwards between neighbours and to one side otherwise, as a path of short parts."""
    a, b = sorted((Point(one.x, one.y), Point(other.x, other.y)))
    long = max(hypot(b.x - a.x, b.y - a.y), 1e-6)
    bend = symbol * 0.7 if abs(a.y - b.y) < symbol / 2 else symbol * 0.45
    side = Point((b.y - a.y) / long * bend * 2, -(b.x - a.x) / long * bend * 2)
    control = Point((a.x + b.x) / 2 + side.x, (a.y + b.y) / 2 + side.y)
    shares = [number / _BOW_PARTS for number in range(_BOW_PARTS + 1)]
    curve = [Point(_mixed(a.x, control.x, b.x, t), _mixed(a.y, control.y, b.y, t)) for t in shares]
    outside = [point for point in curve
               if min(hypot(point.x - end.x, point.y - end.y) for end in (a, b)) > symbol * 0.62]  # fmt: skip
    return tuple(outside) if len(outside) > 1 else (a, b)


def _mixed(a: float, control: float, b: float, t: float) -> float:
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * b
