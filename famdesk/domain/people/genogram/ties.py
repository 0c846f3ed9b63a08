"""What a tie looks like in a genogram: a line between generations, a couple's line, siblings, or a line of its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from famdesk.domain.people import families
from famdesk.domain.people.genogram.family import Tie


class Shape(StrEnum):
    """The place of a tie in the drawing."""

    PARENT = "parent"
    COUPLE = "couple"
    SIBLING = "sibling"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie as the layout needs it.

    Attributes:
        tie: its number in the family.
        upper, lower: the older generation first; for ties within a generation the order of the data.
        style: how its line is drawn, such as "married" or "adopted".
        kin: whether the two are family, and not neighbours, guardians or others at the edge.
        steps: how many generations lie between the two, if the tie says so.
        past: no longer so.
    """

    tie: int
    upper: str
    lower: str
    shape: Shape
    style: str
    kin: bool = True
    steps: int = 0
    past: bool = False


_PARENTS = {
    "birth_parent": "birth",
    "intended_parent": "birth",
    "adoptive_parent": "adopted",
    "foster_parent": "foster",
    "step_parent": "step",
}
_COUPLES = {
    "spouse": "married",
    "civil_union": "married",
    "partner": "together",
    "separated": "separated",
    "divorced": "divorced",
    "former_partner": "past",
}
_ENDED = {"married": "separated", "together": "past"}
_SIBLINGS = {"sibling": "full", "twin": "twin", "half_sibling": "half", "step_sibling": "half"}


def bond_of(number: int, tie: Tie) -> Bond:
    """The tie with the older generation first. A kind that is not known is a line to somebody at the edge."""
    kind = families.KINDS.get(tie.kind)
    upper, lower, code = tie.person_id, tie.other_id, tie.kind
    if kind is not None and kind.up < 0:
        upper, lower, code = lower, upper, kind.back
        kind = families.KINDS[code]
    if code in _PARENTS:
        return Bond(number, upper, lower, Shape.PARENT, _PARENTS[code], steps=1, past=tie.ended)
    if code in _COUPLES:
        style = _COUPLES[code]
        return Bond(number, upper, lower, Shape.COUPLE, _ENDED.get(style, style) if tie.ended else style,
                    past=tie.ended)  # fmt: skip
    if code in _SIBLINGS:
        return Bond(number, upper, lower, Shape.SIBLING, _SIBLINGS[code], past=tie.ended)
    if kind is not None and kind.group == families.FAMILY:
        return Bond(number, upper, lower, Shape.OTHER, "relative", steps=kind.up, past=tie.ended)
    return Bond(number, upper, lower, Shape.OTHER, "network", kin=False, past=tie.ended)
