"""The outlines of homes in a genogram: round all who live there, and never round anybody who does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from famdesk.domain.people.genogram.family import Family
from famdesk.domain.people.genogram.places import Path, Placed, Point, Rect

_PADS = (0.22, 0.32, 0.42, 0.27, 0.37, 0.47)
"""Room between people and outline, in symbols; outlines of neighbouring homes do not lie on each other."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A home: `pieces` are closed paths with square corners; `number` is printed at the first corner of each piece."""

    home: str
    number: int
    pieces: tuple[Path, ...]
    people: tuple[str, ...]

    def moved(self, dx: float, dy: float) -> Outline:
        pieces = tuple(tuple(point.moved(dx, dy) for point in piece) for piece in self.pieces)
        return Outline(self.home, self.number, pieces, self.people)


@dataclass(frozen=True, slots=True)
class SecondHome:
    """The link from somebody to another home of theirs; `days` in words, "" if they are not known."""

    person: str
    home: str
    number: int
    path: Path
    days: str = ""

    def moved(self, dx: float, dy: float) -> SecondHome:
        return SecondHome(self.person, self.home, self.number, tuple(p.moved(dx, dy) for p in self.path), self.days)


def main_homes(family: Family) -> dict[str, str]:
    """The home of everybody: the one where they always live, else the first of those that share them."""
    found: dict[str, str] = {}
    for partly in (False, True):
        for home in family.homes:
            some = {one for one, _days in home.days}
            for one in home.members:
                if (one in some) == partly:
                    found.setdefault(one, home.id)
    return found


def outlines_of(family: Family, placed: Sequence[Placed], symbol: float) -> tuple[Outline, ...]:
    """The outline of every home with somebody in it."""
    main = main_homes(family)
    found = []
    for number, home in enumerate(family.homes, start=1):
        people = [one for one in placed if main.get(one.id) == home.id]
        pad = _PADS[(number - 1) % len(_PADS)] * symbol
        pieces = _pieces(people, placed, pad)
        if pieces:
            found.append(Outline(home.id, number, pieces, tuple(one.id for one in people)))
    return tuple(found)


def second_homes(family: Family, placed: Sequence[Placed], outlines: Sequence[Outline]) -> tuple[SecondHome, ...]:
    """Dashed links from those who live in several homes to the others."""
    main, at = main_homes(family), {one.id: one for one in placed}
    drawn = {outline.home: outline for outline in outlines}
    found = []
    for number, home in enumerate(family.homes, start=1):
        days = dict(home.days)
        for one in home.members:
            if one in at and main[one] != home.id:
                path = _link(at[one], drawn.get(home.id))
                found.append(SecondHome(one, home.id, number, path, days.get(one, "")))
    return tuple(found)


def _link(person: Placed, outline: Outline | None) -> Path:
    """The shortest way to the outline; nothing if the home is empty but for those who live elsewhere most days."""
    if outline is None:
        return ()
    start = Point(person.x, person.y)
    ends = [near for piece in outline.pieces for near in (_nearest(start, a, b) for a, b in _edges(piece))]
    # level rather than upright, where the lines to parents run
    return start, min(ends, key=lambda end: (end.x - start.x) ** 2 + 4 * (end.y - start.y) ** 2)


def _edges(piece: Path) -> list[tuple[Point, Point]]:
    return list(zip(piece, (*piece[1:], piece[0]), strict=True))


def _nearest(point: Point, a: Point, b: Point) -> Point:
    """The point of an upright or level edge that is nearest."""
    return Point(
        min(max(point.x, min(a.x, b.x)), max(a.x, b.x)),
        min(max(point.y, min(a.y, b.y)), max(a.y, b.y)),
    )


def _pieces(people: Sequence[Placed], placed: Sequence[Placed], pad: float) -> tuple[Path, ...]:
    """Paths round neighbours in a row, joined between rows where nobody else stands in the way."""
    runs = [(row, run) for row, members in _by_row(people) for run in _runs(members, placed)]
    groups: list[list[Rect]] = []
    bands = {row: _band(row, placed) for row, _run in runs if row is not None}
    for row, run in runs:
        top, bottom = min(one.box.top for one in run), max(one.box.bottom for one in run)
        if row is not None:
            bottom = bands[row].bottom
        rect = Rect(min(one.box.left for one in run), top, max(one.box.right for one in run), bottom).grown(pad)
        near = [group for group in groups if row is not None and any(_above(one, rect, bands, row) for one in group)]
        for group in near:
            groups.remove(group)
        groups.append([*(one for group in near for one in group), rect])
    return tuple(path for group in groups for path in _around(group, pad))


def _by_row(people: Sequence[Placed]) -> list[tuple[int | None, list[Placed]]]:
    rows = sorted({one.row for one in people if one.row is not None})
    found: list[tuple[int | None, list[Placed]]] = [(row, [one for one in people if one.row == row]) for row in rows]
    edge = [one for one in people if one.row is None]
    return [*found, *((None, [one]) for one in edge)]


def _runs(members: Sequence[Placed], placed: Sequence[Placed]) -> list[list[Placed]]:
    """The members of a row, split where somebody else stands between them."""
    row = sorted((one for one in placed if one.row == members[0].row), key=lambda one: one.x)
    if members[0].row is None:
        return [list(members)]
    inside, runs, open_run = {one.id for one in members}, list[list[Placed]](), False
    for one in row:
        if one.id in inside and open_run:
            runs[-1].append(one)
        elif one.id in inside:
            runs.append([one])
        open_run = one.id in inside
    return runs


def _band(row: int, placed: Sequence[Placed]) -> Rect:
    boxes = [one.box for one in placed if one.row == row]
    return Rect(min(box.left for box in boxes), min(box.top for box in boxes), max(box.right for box in boxes),
                max(box.bottom for box in boxes))  # fmt: skip


def _above(upper: Rect, lower: Rect, bands: Mapping[int, Rect], row: int) -> bool:
    """Whether a piece ends directly above another one, with an edge's length in common."""
    before = bands.get(row - 1)
    common = min(upper.right, lower.right) - max(upper.left, lower.left)
    return before is not None and abs(upper.bottom - before.bottom) < lower.top - before.bottom and common > 0


def _around(rects: Sequence[Rect], pad: float) -> list[Path]:
    """The path round rectangles below each other, each of which is joined to those above it by a bridge."""
    bridges = []
    for upper in rects:
        for lower in rects:
            left, right = max(upper.left, lower.left), min(upper.right, lower.right)
            if upper.bottom < lower.top and right > left and _no_one_between(upper, lower, rects):
                bridges.append(Rect(left, upper.bottom - pad / 2, right, lower.top + pad / 2))
    return trace([*rects, *bridges])


def _no_one_between(upper: Rect, lower: Rect, rects: Sequence[Rect]) -> bool:
    return not any(upper.bottom < one.top and one.bottom < lower.top for one in rects)


def trace(rects: Sequence[Rect]) -> list[Path]:
    """The outer edges of overlapping rectangles, each closed path clockwise from its topmost left corner."""
    xs = sorted({x for rect in rects for x in (rect.left, rect.right)})
    ys = sorted({y for rect in rects for y in (rect.top, rect.bottom)})
    filled = {
        (i, j)
        for i in range(len(xs) - 1)
        for j in range(len(ys) - 1)
        if any(r.left <= xs[i] and xs[i + 1] <= r.right and r.top <= ys[j] and ys[j + 1] <= r.bottom for r in rects)
    }
    edges: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for i, j in sorted(filled):
        for side, one, other in (((0, -1), (i, j), (i + 1, j)), ((1, 0), (i + 1, j), (i + 1, j + 1)),
                                 ((0, 1), (i + 1, j + 1), (i, j + 1)), ((-1, 0), (i, j + 1), (i, j))):  # fmt: skip
            if (i + side[0], j + side[1]) not in filled:
                edges.setdefault(one, []).append(other)
    paths = []
    while edges:
        paths.append(_walk(min(edges, key=lambda corner: (corner[1], corner[0])), edges))
    return [tuple(Point(xs[i], ys[j]) for i, j in path) for path in paths]


def _walk(start: tuple[int, int], edges: dict[tuple[int, int], list[tuple[int, int]]]) -> list[tuple[int, int]]:
    """Follow the edges from a corner until it is reached again; points on straight parts are left out."""
    path, here = [start], start
    while True:
        ways = edges[here]
        after = ways.pop()
        if not ways:
            del edges[here]
        if after == start:
            break
        path.append(after)
        here = after
    size = len(path)
    return [path[n] for n in range(size)
            if not _straight(path[n - 1], path[n], path[(n + 1) % size])]  # fmt: skip


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (a[0] == b[0] == c[0]) or (a[1] == b[1] == c[1])
