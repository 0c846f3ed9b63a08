"""Where everything stands in a genogram: nothing overlaps, nobody and no tie is missing, whatever the family."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings

from famdesk.domain.people.genogram.family import Family, Home, Someone, Tie
from famdesk.domain.people.genogram.homes import main_homes
from famdesk.domain.people.genogram.layout import Drawing, Sizes, draw
from famdesk.domain.people.genogram.places import Point
from famdesk.domain.people.genogram.ties import Shape, bond_of
from tests.support import genograms
from tests.support.genograms import FIVE, random_families


def drawn(family: Family) -> Drawing:
    words = {one.id: (20.0 + 6 * len(one.label), 24.0 + 12 * (len(one.label) // 9)) for one in family.people}
    return draw(family, Sizes(40.0, words, (90.0, 20.0)))


def nothing_overlaps(drawing: Drawing) -> bool:
    return not any(one.box.meets(other.box) for one, other in combinations(drawing.placed, 2))


def all_ties_drawn(family: Family, drawing: Drawing) -> bool:
    shown = {tie for line in drawing.lines if line.kind != "quality" for tie in line.ties}
    return shown == {number for number, tie in enumerate(family.ties) if tie.person_id != tie.other_id}


@given(random_families())
@settings(max_examples=150, deadline=None)
def test_any_family_is_drawn_whole_without_overlaps(family: Family) -> None:
    drawing = drawn(family)
    assert {one.id for one in drawing.placed} == {one.id for one in family.people}
    assert len(drawing.placed) == len(family.people)
    assert nothing_overlaps(drawing)
    assert all_ties_drawn(family, drawing)
    for one in drawing.placed:
        assert one.box.left >= 0
        assert one.box.right <= drawing.width
        assert one.box.top >= 0
        assert one.box.bottom <= drawing.height


@given(random_families())
@settings(max_examples=100, deadline=None)
def test_parents_stand_above_their_children(family: Family) -> None:
    drawing = drawn(family)
    at = {one.id: one for one in drawing.placed}
    for number, tie in enumerate(family.ties):
        bond = bond_of(number, tie)
        if bond.shape is Shape.PARENT and at[bond.upper].row is not None and at[bond.lower].row is not None:
            assert at[bond.upper].box.bottom < at[bond.lower].box.top


@given(random_families())
@settings(max_examples=60, deadline=None)
def test_no_outline_goes_round_a_stranger(family: Family) -> None:
    drawing = drawn(family)
    main = main_homes(family)
    for outline in drawing.outlines:
        assert set(outline.people) == {one for one, home in main.items() if home == outline.home}
        for one in drawing.placed:
            inside = any(_inside(piece, Point(one.x, one.y)) for piece in outline.pieces)
            assert inside == (one.id in outline.people)


@given(random_families())
@settings(max_examples=30, deadline=None)
def test_the_same_family_gives_the_same_drawing(family: Family) -> None:
    assert drawn(family) == drawn(family)


@given(random_families(most=14))
@settings(max_examples=60, deadline=None)
def test_data_that_contradict_each_other_are_drawn_all_the_same(family: Family) -> None:
    odd = genograms.any_ties(family)
    drawing = drawn(odd)
    assert nothing_overlaps(drawing)
    assert all_ties_drawn(odd, drawing)


@pytest.mark.parametrize("name", FIVE)
def test_the_five_families(name: str) -> None:
    family = FIVE[name]()
    drawing = drawn(family)
    assert nothing_overlaps(drawing)
    assert all_ties_drawn(family, drawing)
    assert len(drawing.placed) == len(family.people)


def test_children_stand_in_birth_order_below_their_parents() -> None:
    drawing = drawn(genograms.nine())
    children = [drawing.find(f"c{number}") for number in range(1, 6)]
    xs = [child.x for child in children if child]
    assert xs == sorted(xs)
    father, mother = drawing.find("f"), drawing.find("m")
    assert father is not None
    assert mother is not None
    assert father.y == mother.y
    assert (xs[0] + xs[-1]) / 2 == pytest.approx((father.x + mother.x) / 2, abs=1.0)


def test_partners_stand_beside_each_other_and_the_former_one_on_the_other_side() -> None:
    drawing = drawn(genograms.two_homes())
    row = [one.id for one in drawing.placed if one.row == 1]
    assert row == ["m", "f", "p"]


def test_a_child_in_two_homes_is_in_one_outline_and_linked_to_the_other() -> None:
    drawing = drawn(genograms.two_homes())
    outlines = {outline.home: outline for outline in drawing.outlines}
    assert "g" in outlines["h1"].people
    assert "g" not in outlines["h2"].people
    assert [(link.person, link.home, link.days) for link in drawing.second] == [("g", "h2", "mer, sab e dom")]
    assert len(drawing.second[0].path) == 2


def test_neighbours_and_guardians_stand_at_the_right_edge() -> None:
    drawing = drawn(genograms.unaccompanied())
    guardian, minor = drawing.find("v"), drawing.find("a")
    assert guardian is not None
    assert minor is not None
    assert guardian.row is None
    assert drawing.support is not None
    assert drawing.support.left > minor.box.right


def test_twins_leave_one_point() -> None:
    family = genograms.nine()
    drawing = drawn(family)
    line = next(line for line in drawing.lines if line.kind == "children" and len(line.strokes) == 7)
    drops = list(line.strokes[2:])
    assert len({stroke[0].x for stroke in drops}) == 4


def test_grandparents_without_the_parent_between_stand_two_rows_up() -> None:
    people = (Someone("c", "Child", centre=True), Someone("g", "Grandmother", "f"), Someone("m", "Mother", "f"))
    drawing = drawn(Family(genograms.ON, people, (Tie("g", "c", "grandparent"), Tie("m", "c", "birth_parent")), ()))
    rows = {one.id: one.row for one in drawing.placed}
    assert rows == {"g": 0, "m": 1, "c": 2}


def test_who_only_shares_the_home_stands_within_its_outline() -> None:
    people = (Someone("c", "Child", centre=True), Someone("m", "Mother", "f"), Someone("x", "Lodger"))
    ties = (Tie("m", "c", "birth_parent"),)
    drawing = drawn(Family(genograms.ON, people, ties, (Home("h", "", ("c", "m", "x")),)))
    assert len(drawing.outlines[0].pieces) == 1
    assert set(drawing.outlines[0].people) == {"c", "m", "x"}


def test_a_name_of_any_length_has_its_room() -> None:
    family = genograms.nine()
    long = replace(family, people=(replace(family.people[0], label="X" * 400), *family.people[1:]))
    assert nothing_overlaps(drawn(long))


def _inside(path: tuple[Point, ...], point: Point) -> bool:
    """Even number of edges to the right: outside."""
    inside = False
    for a, b in zip(path, (*path[1:], path[0]), strict=True):
        if a.x == b.x and a.x > point.x and min(a.y, b.y) <= point.y < max(a.y, b.y):
            inside = not inside
    return inside
