"""The standard symbols of a genogram as strokes, for the screen and for paper alike.

Source: M. McGoldrick, R. Gerson, S. Petry, Genograms: Assessment and Treatment: square man, circle woman, diamond if
the sex is not known, triangle for a pregnancy, a cross for who has died, a double outline for the person in question;
/ separated, // divorced, broken line for living together and for adopted children, dotted for foster children.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, sin

from famdesk.domain.people.genogram.family import Family, Someone
from famdesk.domain.people.genogram.layout import Drawing
from famdesk.domain.people.genogram.lines import Line
from famdesk.domain.people.genogram.places import Path, Placed, Point, Rect

_DASH, _DOTS, _DASH_DOT = (4.0, 3.0), (1.0, 2.4), (5.0, 2.5, 1.0, 2.5)
_DASHES = {
    ("couple", "together"): _DASH,
    ("couple", "past"): _DASH,
    ("children", "adopted"): _DASH,
    ("children", "foster"): _DOTS,
    ("children", "step"): _DASH_DOT,
    ("siblings", "half"): _DASH_DOT,
    ("tie", "relative"): _DASH_DOT,
    ("tie", "network"): _DOTS,
    ("quality", "distant"): _DOTS,
}
_MARKS = {"separated": 1, "divorced": 2, "past": 1}
_CIRCLE = 48


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or a closed shape.

    Attributes:
        weight: in hundredths of a symbol. `dash`: lengths of line and gap in weights, empty: unbroken.
        ink: ink, second, hairline, close, distant, conflict, or home0 to home5.
        fill: None, card, or the tint of a home (home0 to home5).
    """

    path: Path
    ink: str
    weight: float = 4.0
    dash: tuple[float, ...] = ()
    closed: bool = False
    fill: str | None = None


HOME_COLOURS = 6
_ARC = 6


def rounded(path: Path, radius: float) -> Path:
    """A closed path of level and upright edges with round corners, as a path of short parts."""
    found = list[Point]()
    for number, corner in enumerate(path):
        before, after = path[number - 1], path[(number + 1) % len(path)]
        a, b = _toward(corner, before, radius), _toward(corner, after, radius)
        for part in range(_ARC + 1):
            t = part / _ARC
            x, y = ((1 - t) ** 2 * p + 2 * t * (1 - t) * q + t**2 * r for p, q, r in zip(a, corner, b, strict=True))
            found.append(Point(x, y))
    return tuple(found)


def _toward(start: Point, end: Point, reach: float) -> Point:
    long = hypot(end.x - start.x, end.y - start.y) or 1.0
    share = min(reach, long / 2) / long
    return Point(start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share)


def ground(drawing: Drawing) -> tuple[Stroke, ...]:
    """Everything below names and symbols: homes, then lines."""
    size = drawing.symbol
    found = [
        Stroke(rounded(piece, 0.3 * size), home_ink(outline.number), 4, (), True, home_ink(outline.number))
        for outline in drawing.outlines
        for piece in outline.pieces
    ]
    found += [Stroke(link.path, home_ink(link.number), 5, (2.5, 2.0)) for link in drawing.second if link.path]
    for line in drawing.lines:
        found += line_strokes(line, size)
    return tuple(found)


def home_ink(number: int) -> str:
    """The colour of the home with a number from 1."""
    return f"home{(number - 1) % HOME_COLOURS}"


def covered(drawing: Drawing) -> frozenset[str]:
    """Those whose words a free line crosses: they need a plain ground."""
    free = [stroke for line in drawing.lines if line.kind in {"tie", "quality"} for stroke in line.strokes]
    free += [link.path for link in drawing.second]
    return frozenset(one.id for one in drawing.placed for path in free if _crosses(path, words_room(drawing, one)))


def words_room(drawing: Drawing, one: Placed) -> Rect:
    """The part of a box that holds the words."""
    return Rect(one.box.left, one.y + drawing.symbol / 2, one.box.right, one.box.bottom)


def _crosses(path: Path, rect: Rect) -> bool:
    points = [Point(a.x + (b.x - a.x) * n / 20, a.y + (b.y - a.y) * n / 20)
              for a, b in pairwise(path) for n in range(21)]  # fmt: skip
    return any(rect.holds(point) for point in points)


def symbol(someone: Someone, x: float, y: float, size: float) -> tuple[Stroke, ...]:
    """The symbol of somebody, around a point."""
    shape = _shape(someone)
    found = [Stroke(_outline(shape, x, y, size / 2), "ink", 6, (), True, "card")]
    if someone.centre:
        inner = size / 2 * (0.62 if shape == "triangle" else 0.78)
        lower = size * 0.04 if shape == "triangle" else 0.0
        found.append(Stroke(_outline(shape, x, y + lower, inner), "ink", 6, (), True))
    if someone.died:
        reach = size / 2 * (1.0 if shape == "square" else 0.72)
        found += [Stroke((Point(x - reach, y - reach * way), Point(x + reach, y + reach * way)), "ink", 5)
                  for way in (1, -1)]  # fmt: skip
    return tuple(found)


def _shape(someone: Someone) -> str:
    if someone.expected:
        return "triangle"
    return {"m": "square", "f": "circle"}.get((someone.sex or "").lower(), "diamond")


def _outline(shape: str, x: float, y: float, half: float) -> Path:
    if shape == "circle":
        turns = [2 * pi * number / _CIRCLE for number in range(_CIRCLE)]
        return tuple(Point(x + half * cos(turn), y + half * sin(turn)) for turn in turns)
    corners = {
        "square": ((-0.94, -0.94), (0.94, -0.94), (0.94, 0.94), (-0.94, 0.94)),
        "diamond": ((0, -1.08), (1.08, 0), (0, 1.08), (-1.08, 0)),
        "triangle": ((0, -0.9), (0.95, 0.8), (-0.95, 0.8)),
    }[shape]
    return tuple(Point(x + half * dx, y + half * dy) for dx, dy in corners)


def line_strokes(line: Line, size: float) -> list[Stroke]:
    """The strokes of a line with its marks."""
    if line.kind == "quality":
        return [stroke for path in line.strokes for stroke in _quality(path, line.style, size)]
    dash = _DASHES.get((line.kind, line.style), ())
    quiet = line.past or line.kind == "tie" or line.style == "step"
    found = [Stroke(path, "second" if quiet else "ink", 3 if quiet else 4, dash) for path in line.strokes]
    if line.kind == "couple":
        found += _slashes(line.strokes[0], _MARKS.get(line.style, 0), size)
    return found


def _slashes(path: Path, count: int, size: float) -> list[Stroke]:
    """One or two slashes across the longest part, beside the line to the children."""
    a, b = max(pairwise(path), key=lambda part: hypot(part[1].x - part[0].x, part[1].y - part[0].y))
    long = hypot(b.x - a.x, b.y - a.y) or 1.0
    along = Point((b.x - a.x) / long, (b.y - a.y) / long)
    middle = Point((a.x + b.x) / 2 - along.x * size * 0.24, (a.y + b.y) / 2 - along.y * size * 0.24)
    found = []
    for number in range(count):
        shift = (number - (count - 1) / 2) * size * 0.14
        x, y, reach = middle.x + along.x * shift, middle.y + along.y * shift, size * 0.19
        found.append(Stroke((Point(x - reach * 0.5, y + reach), Point(x + reach * 0.5, y - reach)), "ink", 4))
    return found


def _quality(path: Path, style: str, size: float) -> list[Stroke]:
    apart = size * 0.07
    if style == "close":
        return [Stroke(_beside(path, way * apart), "close", 3) for way in (-1, 1)]
    if style == "fused":
        return [Stroke(_beside(path, way * apart * 1.4), "close", 3) for way in (-1, 0, 1)]
    if style == "conflict":
        return [Stroke(_zigzag(path, size), "conflict", 4)]
    if style == "violence":
        return [Stroke(_zigzag(path, size), "conflict", 5), *(Stroke(_beside(path, way * size * 0.16), "conflict", 3)
                                                              for way in (-1, 1))]  # fmt: skip
    if style == "cut_off":
        return _cut(path, size)
    return [Stroke(path, "distant", 4, _DOTS)]


def _cut(path: Path, size: float) -> list[Stroke]:
    """A line with a gap between two bars in its middle."""
    points = _even(path, size * 0.1)
    half = len(points) // 2
    if half < 3:
        return [Stroke(path, "conflict", 4, _DASH)]
    found = []
    for part, at, before in ((points[: half - 1], half - 2, half - 3), (points[half + 1 :], half + 1, half + 2)):
        found.append(Stroke(part, "conflict", 4))
        x, y = _across(points[before], points[at], size * 0.18)
        found.append(Stroke((points[at].moved(x, y), points[at].moved(-x, -y)), "conflict", 4))
    return found


def _across(a: Point, b: Point, reach: float) -> tuple[float, float]:
    """The step of a length at a right angle to the way from one point to another."""
    long = hypot(b.x - a.x, b.y - a.y) or 1.0
    return -(b.y - a.y) / long * reach, (b.x - a.x) / long * reach


def _beside(path: Path, by: float) -> Path:
    """The path moved sideways."""
    found = []
    for number, point in enumerate(path):
        a, b = path[max(0, number - 1)], path[min(len(path) - 1, number + 1)]
        found.append(point.moved(*_across(a, b, by)))
    return tuple(found)


def _zigzag(path: Path, size: float) -> Path:
    points = _even(path, size * 0.13)
    found = [points[0]]
    for number in range(1, len(points) - 1):
        way = size * (0.13 if number % 2 else -0.13)
        found.append(points[number].moved(*_across(points[number - 1], points[number + 1], way)))
    return (*found, points[-1])


def _even(path: Sequence[Point], step: float) -> Path:
    """Points on a path at even distances."""
    found, left = [path[0]], step
    for a, b in pairwise(path):
        long = hypot(b.x - a.x, b.y - a.y)
        at = left
        while at <= long:
            share = at / long
            found.append(Point(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share))
            at += step
        left = at - long
    return (*found, path[-1])


@dataclass(frozen=True, slots=True)
class Sample:
    """An entry of the legend: what it shows ("symbol" or the kind of a line), which one, and how it is drawn."""

    kind: str
    style: str
    strokes: tuple[Stroke, ...]


def legend(family: Family, drawing: Drawing, size: float) -> tuple[Sample, ...]:
    """The symbols and lines that this drawing uses, each within a box of 2 by 1 symbols."""
    middle = size / 2
    found = []
    people = family.people
    present = {
        "m": any(_shape(one) == "square" for one in people),
        "f": any(_shape(one) == "circle" for one in people),
        "unknown": any(_shape(one) == "diamond" for one in people),
        "expected": any(one.expected for one in people),
        "died": any(one.died for one in people),
        "centre": any(one.centre for one in people),
    }
    shown = next((one for one in people if one.centre), Someone("", ""))
    for style, used in present.items():
        one = Someone("", "", style if style in {"m", "f"} else None, died=style == "died",
                      expected=style == "expected", centre=False)  # fmt: skip
        if style == "centre":
            one = Someone("", "", shown.sex, centre=True, expected=shown.expected)
        if used:
            found.append(Sample("symbol", style, symbol(one, size, middle, size * 0.8)))
    styles = dict.fromkeys((line.kind, line.style) for line in drawing.lines)
    path = (Point(size * 0.1, middle), Point(size * 1.9, middle))
    level = (Point(size * 0.1, size * 0.2), Point(size * 1.9, size * 0.2))
    drop = (Point(size, size * 0.2), Point(size, size * 0.95))
    for kind, style in styles:
        strokes = (level, drop) if kind == "children" else (path,)
        found.append(Sample(kind, style, tuple(line_strokes(Line(kind, style, strokes, ()), size))))
    return tuple(found)
