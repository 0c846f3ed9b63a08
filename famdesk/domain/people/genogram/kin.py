"""Who belongs where in a genogram: generations, couples, children, siblings, and who stands at the edge.

Everything here holds for any data, also for data that contradict each other: a tie that would put somebody above
their own ancestor gives no order, and is drawn all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from famdesk.domain.people.genogram.family import Family, Someone
from famdesk.domain.people.genogram.ties import Bond, Shape, bond_of

STEP = "step"


@dataclass(frozen=True, slots=True)
class Couple:
    """Two people who are or were partners, or who only have a child together (`style` "parents")."""

    one: str
    other: str
    style: str
    ties: tuple[int, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether they have parted."""
        return self.style in {"separated", "divorced", "past"}


@dataclass(frozen=True, slots=True)
class Children:
    """The children of one or two parents, in birth order.

    Attributes:
        style: birth, adopted, foster or step.
        past: no longer so, such as foster care that has ended.
        twins: sets of children born together.
    """

    parents: tuple[str, ...]
    children: tuple[str, ...]
    style: str
    past: bool
    ties: tuple[int, ...]
    twins: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class Kin:
    """What the layout needs to know of a family.

    Attributes:
        rows: the generation of everybody who is kin, 0 on top, without holes.
        chains: partners beside each other, from left to right; also people alone.
        siblings: ties of brothers and sisters that no common parents show.
        support: who stands at the edge.
        others: ties that only a line of their own shows.
    """

    rows: dict[str, int] = field(default_factory=dict)
    chains: list[tuple[str, ...]] = field(default_factory=list)
    couples: list[Couple] = field(default_factory=list)
    children: list[Children] = field(default_factory=list)
    siblings: list[Bond] = field(default_factory=list)
    support: list[str] = field(default_factory=list)
    others: list[Bond] = field(default_factory=list)
    order: dict[str, int] = field(default_factory=dict)
    centre: str = ""


def kin_of(family: Family) -> Kin:
    """Sorts the people and ties of a family."""
    kin = Kin(order=_birth_order(family.people), centre=_centre(family))
    bonds = [
        bond_of(number, tie)
        for number, tie in enumerate(family.ties)
        if tie.person_id != tie.other_id and {tie.person_id, tie.other_id} <= set(kin.order)
    ]
    inside = _inside(family, bonds, kin)
    kin.support = [one.id for one in family.people if one.id not in inside]
    drawn = [bond for bond in bonds if bond.upper in inside and bond.lower in inside]
    kin.others = [bond for bond in bonds if bond.shape is Shape.OTHER or bond not in drawn]
    kin.rows = _rows(family, drawn, inside, kin)
    _pair(drawn, kin)
    _descend(drawn, kin)
    kin.chains = _chains([one.id for one in family.people if one.id in inside], kin, _sexes(family))
    return kin


def born_key(someone: Someone) -> tuple[int, int, int] | None:
    """Year, month and day of the birth as it is written, for the order of children; None if it is not known."""
    numbers = [int(found) for found in re.findall(r"\d+", someone.born)]
    year = next((number for number in numbers if number > 1000), None)
    if year is None:
        return None
    rest = [number for number in numbers if number <= 31]
    if numbers[0] != year:
        rest.reverse()  # day before month, as people here write it
    month, day = (*rest, 0, 0)[:2]
    return year, month, day


def _birth_order(people: Sequence[Someone]) -> dict[str, int]:
    """The place of everybody in the order of birth; those without a birth keep their place in the data."""
    known: list[tuple[int, int, int]] = []
    keyed = []
    for place, someone in enumerate(people):
        key = (9999, 13, 0) if someone.expected else born_key(someone)
        last = max(known, default=(0, 0, 0))
        if key is not None:
            known.append(key)
        keyed.append((key or last, place, someone.id))
    return {one: number for number, (_key, _place, one) in enumerate(sorted(keyed))}


def _centre(family: Family) -> str:
    chosen = next((one.id for one in family.people if one.centre), None)
    return chosen or (family.people[0].id if family.people else "")


def _sexes(family: Family) -> dict[str, str | None]:
    return {one.id: one.sex for one in family.people}


def _inside(family: Family, bonds: Iterable[Bond], kin: Kin) -> set[str]:
    """The centre, all kin of the centre, and who shares a home with them; everybody else stands at the edge."""
    near: dict[str, set[str]] = {}
    for bond in bonds:
        if bond.shape is not Shape.OTHER or bond.kin:
            near.setdefault(bond.upper, set()).add(bond.lower)
            near.setdefault(bond.lower, set()).add(bond.upper)
    for home in family.homes:
        members = [one for one in home.members if one in kin.order]
        for one in members:
            near.setdefault(one, set()).update(members)
    found: set[str] = set()
    waiting = [kin.centre] if kin.centre else []
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += sorted(near.get(one, ()))
    return found


class _Levels:
    """Groups of people of one generation, and how many generations lie between groups; never a circle."""

    def __init__(self, people: Iterable[str]) -> None:
        self._group = {one: one for one in people}
        self._below: list[tuple[str, str, int]] = []

    def group(self, one: str) -> str:
        while self._group[one] != one:
            one = self._group[one]
        return one

    def over(self, upper: str, lower: str, steps: int = 1) -> bool:
        """Puts one above the other, unless that contradicts what is known."""
        if self.group(upper) == self.group(lower) or self._leads(lower, upper):
            return False
        self._below.append((upper, lower, steps))
        return True

    def level(self, one: str, other: str) -> bool:
        """Puts two in one generation, unless that contradicts what is known."""
        if self.group(one) == self.group(other):
            return True
        if self._leads(one, other) or self._leads(other, one):
            return False
        self._group[self.group(other)] = self.group(one)
        return True

    def _leads(self, start: str, end: str) -> bool:
        goal, seen, waiting = self.group(end), set[str](), [self.group(start)]
        while waiting:
            here = waiting.pop()
            if here == goal:
                return True
            if here not in seen:
                seen.add(here)
                waiting += [self.group(lower) for upper, lower, _n in self._below if self.group(upper) == here]
        return False

    def heights(self) -> dict[str, int]:
        """The generation of every group, with parents directly above their children where that is possible."""
        edges = [(self.group(upper), self.group(lower), steps) for upper, lower, steps in self._below]
        groups = sorted({self.group(one) for one in self._group})
        depth = dict.fromkeys(groups, 0)
        for _round in groups:
            for upper, lower, steps in edges:
                depth[lower] = max(depth[lower], depth[upper] + steps)
        for here in sorted(groups, key=lambda group: -depth[group]):
            under = [depth[lower] - steps for upper, lower, steps in edges if upper == here]
            if under:
                depth[here] = min(under)
        return {one: depth[self.group(one)] for one in self._group}


def _rows(family: Family, bonds: Sequence[Bond], inside: set[str], kin: Kin) -> dict[str, int]:
    people = [one.id for one in family.people if one.id in inside]
    heights = _levels(people, bonds).heights()
    tied = {one for bond in bonds if bond.kin for one in (bond.upper, bond.lower)}
    for home in family.homes:
        members = [one for one in home.members if one in inside]
        top = min((heights[one] for one in members if one in tied), default=heights.get(kin.centre, 0))
        heights |= {one: top for one in members if one not in tied}
    used = sorted(set(heights.values()))
    return {one: used.index(heights[one]) for one in people}


def _levels(people: Sequence[str], bonds: Sequence[Bond]) -> _Levels:
    """Parents above children first, for they decide; then who is of one generation."""
    levels = _Levels(people)
    for bond in bonds:
        if bond.shape is Shape.PARENT:
            levels.over(bond.upper, bond.lower)
    alike = [(bond.upper, bond.lower) for bond in bonds if bond.shape is Shape.COUPLE]
    alike += [(parents[0], parents[1]) for parents in _parent_sets(bonds) if len(parents) == 2]
    alike += [(bond.upper, bond.lower) for bond in bonds if bond.shape is Shape.SIBLING]
    for one, other in alike:
        levels.level(one, other)
    for bond in bonds:
        if bond.shape is Shape.OTHER and bond.steps:
            levels.over(bond.upper, bond.lower, bond.steps)
    for bond in bonds:
        if bond.shape is Shape.OTHER and bond.kin and not bond.steps:
            levels.level(bond.upper, bond.lower)
    return levels


@dataclass(frozen=True, slots=True)
class _ParentsOf:
    """The parents of one child in one way, two at most; step-parents are each alone."""

    parents: tuple[str, ...]
    style: str
    past: bool
    child: str
    ties: tuple[tuple[str, int], ...]


def _parents_of_each(bonds: Sequence[Bond]) -> list[_ParentsOf]:
    found: dict[tuple[str, str, bool], list[Bond]] = {}
    for bond in bonds:
        if bond.shape is Shape.PARENT:
            found.setdefault((bond.lower, bond.style, bond.past), []).append(bond)
    rows = []
    for (child, style, past), ways in found.items():
        names = sorted({bond.upper for bond in ways})
        for chosen in [names] if len(names) <= 2 and style != STEP else [[one] for one in names]:
            ties = tuple((bond.upper, bond.tie) for bond in ways if bond.upper in chosen)
            rows.append(_ParentsOf(tuple(chosen), style, past, child, ties))
    return rows


def _parent_sets(bonds: Sequence[Bond]) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(found.parents for found in _parents_of_each(bonds)))


def _pair(bonds: Sequence[Bond], kin: Kin) -> None:
    """Couples by their ties, and parents who have a child together without any other tie."""
    ties: dict[tuple[str, str], list[Bond]] = {}
    for bond in bonds:
        if bond.shape is Shape.COUPLE:
            one, other = sorted((bond.upper, bond.lower))
            ties.setdefault((one, other), []).append(bond)
    for parents in _parent_sets(bonds):
        if len(parents) == 2:
            ties.setdefault((parents[0], parents[1]), [])
    for (one, other), found in ties.items():
        now = [bond for bond in found if not bond.past] or found
        style = now[-1].style if now else "parents"
        kin.couples.append(Couple(one, other, style, tuple(bond.tie for bond in found)))


def _descend(bonds: Sequence[Bond], kin: Kin) -> None:
    """Children below their parents; the ties that these lines already tell need no line of their own."""
    grouped: dict[tuple[tuple[str, ...], str, bool], dict[str, list[int]]] = {}
    for found in _parents_of_each(bonds):
        for parents in _by_row(found, bonds, kin):
            numbers = grouped.setdefault((parents, found.style, found.past), {}).setdefault(found.child, [])
            numbers += [tie for parent, tie in found.ties if parent in parents]
    told = _Told(kin, grouped)
    twins = [bond for bond in bonds if bond.shape is Shape.SIBLING and bond.style == "twin"]
    for (parents, style, past), children in grouped.items():
        names = tuple(sorted(children, key=lambda one: kin.order[one]))
        ties = [tie for one in names for tie in children[one]]
        ties += [bond.tie for bond in bonds if bond.lower in names and told.by_parents(bond)]
        kin.children.append(Children(parents, names, style, past, tuple(ties), _twin_sets(names, twins, kin)))
    kin.siblings = [bond for bond in bonds if bond.shape is Shape.SIBLING and not told.by_parents(bond)]
    kin.others = [bond for bond in kin.others if not told.by_parents(bond)]


class _Told:
    """What the lines from parents to children say without words: who are siblings, grandparents, uncles and aunts."""

    def __init__(self, kin: Kin, grouped: Mapping[tuple[tuple[str, ...], str, bool], Iterable[str]]) -> None:
        self._parents: dict[str, set[str]] = {}
        for (parents, _style, _past), children in grouped.items():
            for child in children:
                self._parents.setdefault(child, set()).update(parents)
        self._couples = {frozenset((couple.one, couple.other)) for couple in kin.couples}

    def by_parents(self, bond: Bond) -> bool:
        upper, lower = bond.upper, bond.lower
        above = self._parents.get(lower, set())
        if bond.shape is Shape.SIBLING:
            return bool(above) and (self._alike(upper, lower) or (bond.style == "half" and self._paired(upper, lower)))
        if bond.shape is not Shape.OTHER or not bond.kin or not above:
            return False
        if bond.steps == 2:
            return any(upper in self._parents.get(parent, ()) for parent in above)
        if bond.steps == 1:
            partners = {one for pair in self._couples if lower in pair for one in pair}
            uncle = any(self._alike(upper, parent) for parent in above if parent != upper)
            return uncle or any(upper in self._parents.get(one, ()) for one in partners)
        return any(self._alike(one, other) for one in self._parents.get(upper, ()) for other in above if one != other)

    def _alike(self, one: str, other: str) -> bool:
        return bool(self._parents.get(one, set()) & self._parents.get(other, set()))

    def _paired(self, one: str, other: str) -> bool:
        above = self._parents.get(other, set())
        return any(frozenset((a, b)) in self._couples for a in self._parents.get(one, ()) for b in above)


def _by_row(found: _ParentsOf, bonds: Sequence[Bond], kin: Kin) -> list[tuple[str, ...]]:
    """The parents together if they are of one generation above the child, otherwise each alone.

    A parent who is not above the child, since the data contradict each other, only gets a line.
    """
    above = [one for one in found.parents if kin.rows[one] < kin.rows[found.child]]
    beside = {tie for parent, tie in found.ties if parent not in above}
    kin.others += [bond for bond in bonds if bond.tie in beside]
    if len({kin.rows[one] for one in above}) == 1:
        return [tuple(above)]
    return [(one,) for one in above]


def _twin_sets(children: Sequence[str], twins: Sequence[Bond], kin: Kin) -> tuple[tuple[str, ...], ...]:
    sets: list[set[str]] = []
    for bond in twins:
        if bond.upper in children and bond.lower in children and kin.rows[bond.upper] == kin.rows[bond.lower]:
            near = [one for one in sets if one & {bond.upper, bond.lower}]
            sets = [one for one in sets if one not in near] + [set().union(*near, {bond.upper, bond.lower})]
    return tuple(tuple(sorted(one, key=lambda child: kin.order[child])) for one in sets)


def _chains(people: Sequence[str], kin: Kin, sexes: dict[str, str | None]) -> list[tuple[str, ...]]:
    """Partners beside each other: former ones left, the present one right, a man left of a woman."""
    near: dict[str, list[Couple]] = {one: [] for one in people}
    for couple in kin.couples:
        if kin.rows[couple.one] == kin.rows[couple.other]:
            near[couple.one].append(couple)
            near[couple.other].append(couple)
    left = {"m": 0, "f": 2}
    placed: set[str] = set()
    chains: list[tuple[str, ...]] = []
    for start in sorted(people, key=lambda one: (-len(near[one]), kin.order[one])):
        if start in placed:
            continue
        chain = _around(start, near, placed, kin)
        if len(chain) == 2 and left.get(sexes[chain[0]] or "", 1) > left.get(sexes[chain[1]] or "", 1):
            chain.reverse()
        chains.append(tuple(chain))
    return chains


def _around(start: str, near: dict[str, list[Couple]], placed: set[str], kin: Kin) -> list[str]:
    """The one with the most partners in the middle, the partners to both sides, and theirs further out."""
    placed.add(start)
    chain = [start]
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        couples = sorted(near[here], key=lambda couple: (not couple.ended, kin.order[_other(couple, here)]))
        fresh = [couple for couple in couples if _other(couple, here) not in placed]
        for number, couple in enumerate(fresh):
            partner = _other(couple, here)
            placed.add(partner)
            waiting.append(partner)
            if here == start:
                to_left = couple.ended if len(fresh) == 2 and fresh[0].ended else number % 2 == 0 and len(fresh) > 1
            else:
                to_left = chain.index(here) < chain.index(start)
            if to_left:
                chain.insert(0, partner)
            else:
                chain.append(partner)
    return chain


def _other(couple: Couple, one: str) -> str:
    return couple.other if couple.one == one else couple.one
