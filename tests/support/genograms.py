"""Families to draw: the five of the plan, and random ones."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from famdesk.domain.people import families
from famdesk.domain.people.genogram.family import Family, Home, Someone, Tie

ON = date(2026, 3, 2)


def two_homes() -> Family:
    """A girl who lives with her mother and, some days, with her father and his new partner."""
    people = (
        Someone("f", "Luca Bianchi", "m", "03/05/1985", "40 years"),
        Someone("m", "Sara Ferrari", "f", "12/09/1987", "38 years"),
        Someone("p", "Elena Conti", "f", "1990", ""),
        Someone("g", "Giulia Bianchi", "f", "14/03/2019", "6 years", centre=True),
        Someone("b", "Tommaso Bianchi", "m", "20/01/2025", "13 months"),
        Someone("n", "Rosa Ferrari", "f", "1955", "", died=False),
        Someone("o", "Ugo Ferrari", "m", "1950", "", died=True),
        Someone("t", "Marta Neri", "f"),
    )
    ties = (
        Tie("f", "m", "separated", "conflict"), Tie("f", "p", "partner"),
        Tie("f", "g", "birth_parent", "close"), Tie("m", "g", "birth_parent"),
        Tie("f", "b", "birth_parent"), Tie("p", "b", "birth_parent"), Tie("p", "g", "step_parent", "distant"),
        Tie("n", "m", "birth_parent"), Tie("o", "m", "birth_parent"), Tie("n", "o", "spouse"),
        Tie("t", "g", "teacher"), Tie("g", "b", "half_sibling"),
    )  # fmt: skip
    homes = (
        Home("h1", "Casa Ferrari", ("m", "g"), ()),
        Home("h2", "Casa Bianchi", ("f", "p", "b", "g"), (("g", "mer, sab e dom"),)),
    )
    return Family(ON, people, ties, homes)


def unaccompanied() -> Family:
    """A minor without family here, with a volunteer guardian, in a reception home."""
    people = (
        Someone("a", "Amadou D.", "m", "01/01/2010", "16 years", centre=True),
        Someone("v", "Chiara Galli", "f"),
        Someone("u", "Ibrahima D.", "m", "2001"),
        Someone("mo", "Mariama", "f", "", "", died=False),
        Someone("fa", "Ousmane", "m", "", "", died=True),
    )
    ties = (
        Tie("v", "a", "volunteer_guardian"), Tie("u", "a", "cousin", "close"), Tie("mo", "a", "birth_parent"),
        Tie("fa", "a", "birth_parent"),
    )  # fmt: skip
    return Family(ON, people, ties, (Home("c", "Comunità La Zattera", ("a",)),))


def anonymous() -> Family:
    """An adult who gives no name."""
    return Family(ON, (Someone("x", "Signora del lunedì", centre=True),), (), ())


def pregnant() -> Family:
    """A pregnant woman with her partner, and a child of hers in foster care."""
    people = (
        Someone("w", "Blessing Osagie", "f", "1999", "", centre=True),
        Someone("p", "Marco Villa", "m", "10/10/1995", "30 years"),
        Someone("e", "expected on 10/06/2026", expected=True),
        Someone("k", "Joy Osagie", "f", "2018"),
        Someone("fm", "Anna Russo", "f"),
        Someone("ff", "Paolo Russo", "m"),
    )
    ties = (
        Tie("w", "p", "partner", "close"), Tie("w", "e", "birth_parent"), Tie("w", "k", "birth_parent"),
        Tie("fm", "k", "foster_parent"), Tie("ff", "k", "foster_parent"), Tie("fm", "ff", "spouse"),
    )  # fmt: skip
    return Family(ON, people, ties, (Home("a", "", ("w", "p")), Home("b", "Famiglia Russo", ("fm", "ff", "k"))))


def nine() -> Family:
    """A family of nine in two households: parents and five children, and a grandmother with an aunt."""
    people = (
        Someone("f", "Mohamed El Amrani", "m", "1978", ""),
        Someone("m", "Fatima Benali", "f", "1982", ""),
        Someone("c1", "Youssef El Amrani", "m", "02/02/2006", "20 years"),
        Someone("c2", "Salma El Amrani", "f", "05/07/2009", "16 years"),
        Someone("c3", "Adam El Amrani", "m", "11/11/2014", "11 years", centre=True),
        Someone("c4", "Nour El Amrani", "f", "11/11/2014", "11 years"),
        Someone("c5", "Ilyas El Amrani", "m", "30/08/2023", "2 years"),
        Someone("g", "Khadija Idrissi", "f", "1950", ""),
        Someone("a", "Samira El Amrani", "f", "1985", ""),
    )
    ties = (
        Tie("f", "m", "spouse", "close"),
        *(Tie(parent, f"c{n}", "birth_parent") for n in range(1, 6) for parent in "fm"),
        Tie("c3", "c4", "twin", "fused"), Tie("g", "f", "birth_parent"), Tie("a", "f", "sibling"),
        Tie("g", "a", "birth_parent", "conflict"), Tie("f", "c1", "birth_parent", "cut_off"),
    )  # fmt: skip
    homes = (
        Home("h1", "Casa El Amrani", ("f", "m", "c2", "c3", "c4", "c5")),
        Home("h2", "Casa della nonna", ("g", "a", "c1")),
    )
    return Family(ON, people, ties, homes)


FIVE = {
    "two-homes": two_homes, "unaccompanied": unaccompanied, "anonymous": anonymous, "pregnant": pregnant, "nine": nine,
}  # fmt: skip

_KINDS = (*families.KINDS, "volunteer_guardian", "guardian", "something")


@st.composite
def random_families(draw: st.DrawFn, most: int = 40) -> Family:
    """Any people with any ties and homes; parents are older in the list, as the program allows no circles."""
    count = draw(st.integers(1, most))
    ids = [f"p{number}" for number in range(count)]
    people = tuple(
        Someone(one, draw(st.text(min_size=1, max_size=30)), draw(st.sampled_from(["m", "f", None])),
                draw(st.sampled_from(["", "1980", "2015", "03/04/2016", "04/2018"])), "", draw(st.booleans()),
                draw(st.booleans()), number == 0)
        for number, one in enumerate(ids)
    )  # fmt: skip
    kinds = st.sampled_from(_KINDS) if draw(st.booleans()) else st.sampled_from(["birth_parent", "spouse", "sibling"])
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1), kinds), max_size=60))
    ties = []
    for one, other, kind in pairs:
        if one == other:
            continue
        up = families.KINDS[kind].up if kind in families.KINDS else 0
        low, high = min(one, other), max(one, other)
        first, second = (low, high) if up >= 0 else (high, low)
        quality = draw(st.sampled_from([None, None, "close", "fused", "distant", "conflict", "cut_off", "violence"]))
        ties.append(Tie(ids[first], ids[second], kind, quality, draw(st.booleans())))
    members = st.lists(st.sampled_from(ids), unique=True, max_size=9)
    homes = draw(st.lists(members, max_size=4))
    return Family(
        ON, people, tuple(ties),
        tuple(Home(f"h{n}", "", tuple(one), tuple((p, "sab") for p in one[:1])) for n, one in enumerate(homes)),
    )  # fmt: skip


def any_ties(family: Family) -> Family:
    """The same family with every tie also the other way round: data that contradict each other."""
    turned = tuple(Tie(tie.other_id, tie.person_id, tie.kind, tie.quality, tie.ended) for tie in family.ties)
    return Family(family.on, family.people, (*family.ties, *turned), family.homes)
