"""The symbols and lines of a genogram, its words, and the way through it with the arrow keys."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from famdesk.domain.people import families
from famdesk.domain.people.genogram import shapes, walk, words
from famdesk.domain.people.genogram.family import Family, Home, Someone, Tie
from famdesk.domain.people.genogram.layout import Drawing, Sizes, draw
from famdesk.domain.people.genogram.lines import Line
from famdesk.domain.people.genogram.places import Path, Placed, Point, Rect
from tests.support import genograms
from tests.support.genograms import FIVE, ON

SIZE = 40.0
LEVEL = (Point(0, 0), Point(400, 0))


def _drawn(family: Family) -> Drawing:
    return draw(family, Sizes(SIZE, {one.id: (60.0, 30.0) for one in family.people}, (90.0, 20.0)))


def _wide(path: Path) -> float:
    return max(point.x for point in path) - min(point.x for point in path)


@pytest.mark.parametrize(("someone", "corners"), [
    (Someone("a", "", "m"), 4),
    (Someone("a", "", "M"), 4),
    (Someone("a", "", "f"), 48),
    (Someone("a", ""), 4),
    (Someone("a", "", "f", expected=True), 3),
])  # fmt: skip
def test_a_symbol_has_the_shape_of_the_sex(someone: Someone, corners: int) -> None:
    (plain,) = shapes.symbol(someone, 100, 50, SIZE)
    assert plain.closed
    assert plain.fill == "card"
    assert len(plain.path) == corners
    outer, inner = shapes.symbol(replace(someone, centre=True), 100, 50, SIZE)
    assert outer == plain
    assert inner.fill is None
    assert _wide(inner.path) < _wide(outer.path)  # a second outline within the first
    body, *cross = shapes.symbol(replace(someone, died=True), 100, 50, SIZE)
    assert body == plain
    assert [len(stroke.path) for stroke in cross] == [2, 2]
    rising = [(one.path[1].y - one.path[0].y) > 0 for one in cross]
    assert sorted(rising) == [False, True]


def test_a_man_stands_on_a_side_and_an_unknown_on_a_corner() -> None:
    (man,), (unknown,) = (shapes.symbol(Someone("a", "", sex), 0, 0, SIZE) for sex in ("m", None))
    assert len({abs(point.x) for point in man.path}) == 1
    assert {point.x == 0 for point in unknown.path} == {True, False}


@pytest.mark.parametrize(("style", "slashes", "ink", "broken"), [
    ("married", 0, "ink", False),
    ("together", 0, "ink", True),
    ("separated", 1, "ink", False),
    ("divorced", 2, "ink", False),
    ("past", 1, "ink", True),
])  # fmt: skip
def test_a_couple_that_parted_has_slashes(style: str, slashes: int, ink: str, broken: bool) -> None:
    line, *marks = shapes.line_strokes(Line("couple", style, (LEVEL,), ()), SIZE)
    assert (line.ink, bool(line.dash)) == (ink, broken)
    assert len(marks) == slashes
    for mark in marks:
        low, high = mark.path
        assert low.y > 0 > high.y  # across the line
        assert high.x > low.x
        assert 0 < low.x < 200 - SIZE * 0.1  # beside the line down to the children, which leaves the middle
    assert len({mark.path for mark in marks}) == slashes


@pytest.mark.parametrize(("kind", "style", "past", "ink"), [
    ("children", "birth", False, "ink"), ("children", "adopted", False, "ink"), ("children", "step", False, "second"),
    ("children", "birth", True, "second"), ("tie", "network", False, "second"), ("siblings", "full", False, "ink"),
])  # fmt: skip
def test_what_is_past_or_looser_is_drawn_quietly(kind: str, style: str, past: bool, ink: str) -> None:
    (stroke,) = shapes.line_strokes(Line(kind, style, (LEVEL,), (), past), SIZE)
    assert stroke.ink == ink
    assert stroke.weight == (4 if ink == "ink" else 3)


@pytest.mark.parametrize(("style", "inks", "straight"), [
    ("close", ["close"] * 2, True),
    ("fused", ["close"] * 3, True),
    ("distant", ["distant"], True),
    ("conflict", ["conflict"], False),
    ("violence", ["conflict"] * 3, False),
    ("cut_off", ["conflict"] * 4, True),
])  # fmt: skip
def test_how_people_get_on(style: str, inks: list[str], straight: bool) -> None:
    strokes = shapes.line_strokes(Line("quality", style, (LEVEL,), ()), SIZE)
    assert [stroke.ink for stroke in strokes] == inks
    assert len({stroke.path for stroke in strokes}) == len(strokes)
    first = strokes[0].path
    assert (len({round(point.y, 6) for point in first}) == 1) is straight
    if style == "violence":  # between two straight lines, clear of them
        heights = sorted(stroke.path[0].y for stroke in strokes[1:])
        assert heights[0] < min(point.y for point in first)
        assert max(point.y for point in first) < heights[1]


def test_a_contact_that_was_cut_off_is_a_line_with_a_gap_between_two_bars() -> None:
    left, left_bar, right, right_bar = shapes.line_strokes(Line("quality", "cut_off", (LEVEL,), ()), SIZE)
    assert left.path[-1].x < right.path[0].x
    for bar, end in ((left_bar, left.path[-1]), (right_bar, right.path[0])):
        assert [round(point.x - end.x, 6) for point in bar.path] == [0, 0]
        assert bar.path[0].y == -bar.path[1].y != 0
    (short,) = shapes.line_strokes(Line("quality", "cut_off", ((Point(0, 0), Point(SIZE * 0.2, 0)),), ()), SIZE)
    assert short.dash  # too short for a gap of its own


def test_points_of_a_zigzag_lie_at_even_distances_from_end_to_end() -> None:
    (zigzag,) = shapes.line_strokes(Line("quality", "conflict", (LEVEL,), ()), SIZE)
    points = zigzag.path
    assert (points[0], points[-1]) == LEVEL
    assert {round(b.x - a.x, 6) for a, b in list(pairwise(points))[:-1]} == {round(SIZE * 0.13, 6)}
    assert all(a.y * b.y < 0 for a, b in pairwise(points[1:-1]))


def test_round_corners_stay_within_the_outline_and_keep_its_edges() -> None:
    square = (Point(0, 0), Point(100, 0), Point(100, 60), Point(0, 60))
    path = shapes.rounded(square, 10)
    assert all(0 <= point.x <= 100 and 0 <= point.y <= 60 for point in path)
    assert {Point(10, 0), Point(90, 0), Point(100, 10), Point(0, 50)} <= set(path)
    assert not set(square) & set(path)
    narrow = shapes.rounded((Point(0, 0), Point(4, 0), Point(4, 60), Point(0, 60)), 10)
    assert Point(2, 0) in narrow  # half of a side that is shorter than the corner


def test_colours_of_homes_begin_again_after_the_last() -> None:
    assert [shapes.home_ink(number) for number in (1, 6, 7)] == ["home0", "home5", "home0"]


def test_the_ground_has_every_home_below_every_line() -> None:
    drawing = _drawn(genograms.two_homes())
    ground = shapes.ground(drawing)
    fills = [stroke.fill for stroke in ground]
    homes = sum(len(outline.pieces) for outline in drawing.outlines)
    assert all(fills[:homes])
    assert not any(fills[homes:])
    assert {stroke.ink for stroke in ground[homes:]} >= {"ink", "close", "conflict", "distant", "home1"}


def test_words_that_a_free_line_crosses_need_a_ground() -> None:
    box = Placed("a", 50, 20, Rect(20, 0, 80, 70), 0)
    free = Line("tie", "network", ((Point(0, 60), Point(100, 60)),), ())
    drawing = Drawing(100, 100, SIZE, (box,), (free,), (), ())
    assert shapes.words_room(drawing, box) == Rect(20, 40, 80, 70)
    assert shapes.covered(drawing) == {"a"}
    symbol_only = replace(free, strokes=((Point(0, 20), Point(100, 20)),))
    assert not shapes.covered(replace(drawing, lines=(symbol_only,)))
    assert not shapes.covered(replace(drawing, lines=(replace(free, kind="couple"),)))  # these keep clear of words


def test_the_legend_explains_what_is_drawn_and_nothing_else() -> None:
    family = genograms.pregnant()
    drawing = _drawn(family)
    samples = shapes.legend(family, drawing, SIZE)
    assert {one.style for one in samples if one.kind == "symbol"} == {"m", "f", "expected", "centre"}
    told = [(one.kind, one.style) for one in samples if one.kind != "symbol"]
    assert set(told) == {(line.kind, line.style) for line in drawing.lines}
    assert len(set(told)) == len(told)
    assert all((one.kind, one.style) in words.LEGEND or one.style in words.SYMBOLS for one in samples)
    for sample in samples:
        for stroke in sample.strokes:
            assert all(0 <= point.x <= 2 * SIZE and -1 <= point.y <= SIZE + 1 for point in stroke.path), sample.style
    late = shapes.legend(genograms.unaccompanied(), _drawn(genograms.unaccompanied()), SIZE)
    assert {one.style for one in late if one.kind == "symbol"} == {"m", "f", "died", "centre"}
    alone = shapes.legend(genograms.anonymous(), _drawn(genograms.anonymous()), SIZE)
    assert [one.style for one in alone] == ["unknown", "centre"]


@pytest.mark.parametrize("name", FIVE)
def test_arrow_keys_lead_to_everybody_and_back(name: str) -> None:
    family = FIVE[name]()
    drawing = _drawn(family)
    reached, edge = set[str](), {family.people[0].id}
    while edge:
        reached |= edge
        edge = {walk.step(drawing, one, dx, dy) for one in edge for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))}
        edge -= reached
    assert reached == {one.id for one in family.people}
    rows = walk.rows_of(drawing)
    assert sorted(one.id for row in rows for one in row) == sorted(reached)
    for row in rows:
        for left, right in pairwise(row):
            assert walk.step(drawing, left.id, 1, 0) == right.id
            assert walk.step(drawing, right.id, -1, 0) == left.id
        assert walk.step(drawing, row[0].id, -1, 0) == row[0].id == walk.ends(drawing, row[-1].id, last=False)
        assert walk.step(drawing, row[-1].id, 1, 0) == row[-1].id == walk.ends(drawing, row[0].id, last=True)
    for top, bottom in zip(rows[0], rows[-1], strict=False):
        assert walk.step(drawing, top.id, 0, -1) == top.id
        assert walk.step(drawing, bottom.id, 0, 1) == bottom.id


def test_up_and_down_lead_to_whoever_is_nearest() -> None:
    def at(one: str, x: float, y: float, row: int | None) -> Placed:
        return Placed(one, x, y, Rect(x - 20, y - 20, x + 20, y + 50), row)

    placed = (at("a", 0, 0, 0), at("b", 100, 0, 0), at("c", 90, 100, 1), at("edge", 200, 90, None))
    drawing = Drawing(200, 200, SIZE, placed, (), (), ())
    assert walk.step(drawing, "c", 0, -1) == "b"
    assert walk.step(drawing, "c", 1, 0) == "edge"  # who stands at the edge follows the nearest row
    assert walk.step(drawing, "edge", 0, -1) == "b"
    assert walk.step(drawing, "gone", 1, 0) == "a"
    assert walk.ends(drawing, "gone", last=True) == "gone"
    only = replace(drawing, placed=placed[3:])
    assert walk.step(only, "gone", 1, 0) == "edge"
    nobody = replace(drawing, placed=())
    assert walk.rows_of(nobody) == ()
    assert walk.step(nobody, "a", 1, 0) == ""


def test_a_drawing_is_told_in_words() -> None:
    family = genograms.two_homes()
    people = {one.id: one for one in family.people}
    girl = words.spoken(family, people["g"])
    assert girl.startswith("Giulia Bianchi. centre of the drawing, 14/03/2019, 6 years. ")
    assert "lives in “Casa Ferrari”" in girl
    assert "lives in “Casa Bianchi”: mer, sab e dom" in girl
    assert "has died" in words.facts(people["o"])
    assert words.facts(genograms.pregnant().people[2]) == "expected child"
    father = words.ties(family, people["f"])
    assert father[:2] == ("separated husband of Sara Ferrari (in conflict)", "partner of Elena Conti")
    assert "father of Giulia Bianchi (close to each other)" in father
    assert words.ties(family, people["t"]) == ("teacher of Giulia Bianchi",)
    assert words.ties(family, people["g"])[-1] == "half-sister of Tommaso Bianchi"


def test_below_a_symbol_stand_the_days_in_the_other_home_and_what_those_at_the_edge_are() -> None:
    family = genograms.two_homes()
    people = {one.id: one for one in family.people}
    assert [one.text for one in words.label(family, people["g"])] == [
        "Giulia Bianchi", "14/03/2019 · 6 years", "also in home 2: mer, sab e dom",
    ]  # fmt: skip
    assert [one.text for one in words.label(family, people["t"])] == ["Marta Neri", "teacher of Giulia Bianchi"]
    assert [one.text for one in words.label(family, people["n"])] == ["Rosa Ferrari", "1955"]
    without_days = replace(family, homes=(family.homes[0], replace(family.homes[1], days=())))
    assert words.label(without_days, people["g"])[-1].text == "also in home 2"
    guarded = genograms.unaccompanied()
    boy, guardian = guarded.people[0], guarded.people[1]
    assert words.label(guarded, guardian)[-1].text.endswith(": for Amadou D.")
    role = words.ties(guarded, boy)[0]
    assert role.endswith(": Chiara Galli")
    assert role.startswith(words.label(guarded, guardian)[-1].text.partition(":")[0])


def test_what_is_over_is_said_to_be() -> None:
    people = (Someone("a", "Ada", "f"), Someone("b", "Bruno", "m"))
    family = Family(ON, people, (Tie("a", "b", "spouse", ended=True),), (Home("h", "", ("a",)),))
    assert words.ties(family, people[0]) == (f"formerly {families.noun('spouse', 'F')} of Bruno",)
    assert words.homes(family, people[0]) == ("lives in “Household”",)
    lost = replace(family, ties=(Tie("a", "gone", "spouse"),))
    assert words.ties(lost, people[0]) == (f"{families.noun('spouse', 'F')} of ",)


def test_the_line_to_a_child_begins_on_the_arch_over_those_who_stand_between() -> None:
    sexes = {"a": "m", "p": "f", "q": "f", "r": "f"}
    people = tuple(Someone(one, one, sexes.get(one), centre=one == "a") for one in "apqrxyz")
    ties = [Tie("a", one, "former_partner") for one in "pqr"]
    ties += [Tie(parent, child, "birth_parent") for other, child in zip("pqr", "xyz", strict=True)
             for parent in ("a", other)]  # fmt: skip
    drawing = _drawn(Family(ON, people, tuple(ties), ()))
    couples = {line.ties: line.strokes[0] for line in drawing.lines if line.kind == "couple"}
    (arch,) = [path for path in couples.values() if len(path) == 4]
    height = min(point.y for point in arch)
    starts = [line.strokes[0][0] for line in drawing.lines if line.kind == "children"]
    assert [start.y == height for start in starts].count(True) == 1
    (over,) = [start for start in starts if start.y == height]
    assert min(point.x for point in arch) < over.x < max(point.x for point in arch)


def test_a_tie_to_somebody_who_is_not_drawn_has_no_line() -> None:
    family = Family(ON, (Someone("a", "Ada", centre=True),), (Tie("a", "gone", "friend", "close"),), ())
    assert _drawn(family).lines == ()


@pytest.mark.parametrize(("text", "room", "lines"), [
    ("", 5, ("",)),
    ("Ada", 5, ("Ada",)),
    ("Ada Rossi", 9, ("Ada Rossi",)),
    ("Ada Rossi", 8, ("Ada", "Rossi")),
    ("Maximiliana", 4, ("Maxi", "mili", "ana")),
    ("di Maximiliana B", 5, ("di", "Maxim", "ilian", "a B")),
    ("Ada", 0, ("A", "d", "a")),
])  # fmt: skip
def test_long_names_are_broken(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert words.broken(text, lambda part: float(len(part)), room) == lines


def test_rectangles() -> None:
    box = Rect(10, 20, 40, 30)
    assert (box.width, box.height) == (30, 10)
    assert box.holds(Point(10, 30))
    assert not box.holds(Point(9, 25))
    assert box.meets(Rect(39, 29, 50, 50))
    assert not box.meets(Rect(40, 20, 50, 30))  # they touch
