"""A family as it is drawn: who, tied how, living where, on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the drawing.

    `sex` m, f or None (not known); `born` is the birth as people write it ("2019", "14/03/2021"), "" if not known;
    `age` in words; `expected`: a child that is not born yet. `centre`: the file from which one looks.
    """

    id: str
    label: str
    sex: str | None = None
    born: str = ""
    age: str = ""
    died: bool = False
    expected: bool = False
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """`person_id` is the `kind` of `other_id` ("birth_parent"); `ended`: no longer so on that day.

    Kinds and qualities are codes of `famdesk.domain.people.families`.
    """

    person_id: str
    other_id: str
    kind: str
    quality: str | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """A household, with those who live there on that day; `days` in words for those who live there part of the time."""

    id: str
    name: str
    members: tuple[str, ...]
    days: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """Everybody who is tied to the person in the centre or shares a household, on the day `on`."""

    on: date
    people: tuple[Someone, ...]
    ties: tuple[Tie, ...]
    homes: tuple[Home, ...]
