"""Kinds of relations and what cannot be in a family: examples from desks, and rules that hold for any family."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from famdesk.domain import codes
from famdesk.domain.errors import RuleError
from famdesk.domain.people import families, family_rules
from famdesk.domain.people.families import KINDS, RELATIONS, Facts, Link, facts, last_day, majority, stored

ON = date(2025, 2, 11)
MOTHER, FATHER, CHILD, OTHER = "mother", "father", "child", "other"
KNOWN = {
    MOTHER: facts("F", date(1990, 1, 2)),
    FATHER: facts("M", date(1988, 5, 5)),
    CHILD: facts("F", date(2019, 5, 1)),
    OTHER: facts("F", date(1991, 7, 7)),
}


def birth(parent: str, child: str = CHILD) -> Link:
    return Link(parent, child, "birth_parent", id=f"{parent}-{child}")


@pytest.mark.parametrize("kind", RELATIONS, ids=lambda kind: kind.code)
def test_every_kind_has_its_opposite(kind: families.Kind) -> None:
    back = KINDS[kind.back]
    assert back.back == kind.code
    assert (back.group, back.up) == (kind.group, -kind.up)
    there, again = stored(Link("a", "b", kind.code)), stored(stored(Link("b", "a", kind.back)))
    if kind.back != kind.code:
        assert there == again
        assert {there.kind} <= {kind.code, kind.back}


def test_words_are_those_of_the_sex() -> None:
    assert [families.noun("birth_parent", sex) for sex in (None, "F", "M")] == ["parent", "mother", "father"]
    assert families.title("grandchild", "F") == "Granddaughter"
    assert families.noun("neighbour", "F") == "neighbour"
    assert families.is_sentence("Anna Rossi", "birth_parent", "F", "Marco") == "Anna Rossi is the mother of Marco"
    assert families.noun("of a newer version") == "of a newer version"


def test_a_role_at_home_is_told_in_the_word_for_the_sex() -> None:
    assert [families.role_words("child", sex) for sex in ("F", "M", None)] == ["Daughter", "Son", "Child"]
    assert families.role_words("guardian", "F") == "Guardian"


def test_all_nouns_are_words() -> None:
    for kind in RELATIONS:
        for sex in (None, "F", "M"):
            assert families.noun(kind.code, sex)


@pytest.mark.parametrize(
    ("link", "others", "error", "field"),
    [
        (Link(CHILD, CHILD, "sibling"), [], family_rules.WithOneself, "other_id"),
        (Link(MOTHER, CHILD, "aunt"), [], family_rules.UnknownRelation, "kind"),
        (birth(OTHER), [birth(MOTHER)], family_rules.TwoBirthMothers, "kind"),
        (Link(FATHER, CHILD, "birth_parent"), [Link("x", CHILD, "birth_parent", id="x")],
         family_rules.TwoBirthFathers, "kind"),
        (Link("unknown", CHILD, "birth_parent"), [birth(MOTHER), birth(FATHER)],
         family_rules.TwoBirthParents, "kind"),
        (birth(CHILD, MOTHER), [birth(MOTHER)], family_rules.OwnAncestor, "kind"),
        (Link(CHILD, MOTHER, "birth_parent"), [], family_rules.ParentYounger, "other_id"),
        (Link(CHILD, FATHER, "adoptive_parent"), [], family_rules.ParentYounger, "other_id"),
        (Link(MOTHER, FATHER, "grandparent"), [], family_rules.ParentYounger, "other_id"),
        (Link(MOTHER, OTHER, "step_parent"), [], family_rules.CloseInAge, "sure"),
        (Link(MOTHER, OTHER, "birth_parent"), [], family_rules.CloseInAge, "sure"),
        (Link(MOTHER, CHILD, "birth_parent"), [birth(MOTHER)], family_rules.AlreadyRelated, "kind"),
        (Link(OTHER, MOTHER, "sibling"), [Link(MOTHER, OTHER, "sibling", id="s")],
         family_rules.AlreadyRelated, "kind"),
        (Link(MOTHER, FATHER, "spouse", ON, ON - timedelta(days=1)), [], family_rules.EndsBeforeItBegins, "valid_to"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(
    link: Link, others: list[Link], error: type[RuleError], field: str
) -> None:
    known = {**KNOWN, "x": facts("M", date(1980, 1, 1))}
    with pytest.raises(error) as caught:
        family_rules.check(link, others, known)
    assert caught.value.field == field
    assert "{" not in caught.value.sentence()


@pytest.mark.parametrize(
    ("link", "others"),
    [
        (Link(OTHER, CHILD, "adoptive_parent"), [birth(MOTHER)]),
        (Link(OTHER, CHILD, "intended_parent"), [birth(MOTHER)]),
        (Link("unknown", CHILD, "birth_parent"), [birth(MOTHER)]),
        (Link(MOTHER, CHILD, "foster_parent"), [birth(MOTHER)]),
        (Link(MOTHER, FATHER, "partner", date(2024, 1, 1)),
         [Link(FATHER, MOTHER, "partner", date(2010, 1, 1), date(2015, 1, 1), "before")]),
        (Link(OTHER, MOTHER, "neighbour"), []),
        (Link("nobody", "knows", "birth_parent"), []),
    ],
)  # fmt: skip
def test_what_families_are_is_taken(link: Link, others: list[Link]) -> None:
    family_rules.check(link, others, KNOWN)


def test_two_adoptive_fathers_and_two_mothers_of_whom_one_intended() -> None:
    known = {**KNOWN, "second": facts("M", date(1985, 1, 1))}
    family_rules.check(
        Link("second", CHILD, "adoptive_parent"), [Link(FATHER, CHILD, "adoptive_parent", id="1")], known
    )


def test_who_looked_at_the_birth_dates_goes_on() -> None:
    family_rules.check(Link(MOTHER, OTHER, "birth_parent"), [], KNOWN, sure=True)
    with pytest.raises(family_rules.ParentYounger):
        family_rules.check(Link(CHILD, MOTHER, "birth_parent"), [], KNOWN, sure=True)


def test_a_birth_known_in_part_is_held_against_nobody_unless_it_is_certain() -> None:
    known = {MOTHER: facts("F", None, "1990"), CHILD: facts(None, None, "2000-03")}
    with pytest.raises(family_rules.ParentYounger):
        family_rules.check(Link(CHILD, MOTHER, "birth_parent"), [], known)
    family_rules.check(Link(MOTHER, CHILD, "birth_parent"), [], known)
    with pytest.raises(family_rules.CloseInAge):
        family_rules.check(Link(MOTHER, CHILD, "birth_parent"), [], known | {MOTHER: facts("F", None, "1991")})


def test_a_circle_over_three_generations_is_seen() -> None:
    chain = [birth("a", "b"), birth("b", "c"), Link("z", "a", "grandparent", id="z")]
    assert family_rules.ancestors("c", chain) == {"a", "b", "z"}
    with pytest.raises(family_rules.OwnAncestor):
        family_rules.check(Link("c", "z", "adoptive_parent"), chain, {})


def test_ancestors_are_found_even_in_a_circle() -> None:
    assert family_rules.ancestors("a", [birth("a", "b"), birth("b", "a")]) == {"a", "b"}


@pytest.mark.parametrize(
    ("born", "eighteen"),
    [(date(2007, 2, 11), date(2025, 2, 11)), (date(2008, 2, 29), date(2026, 2, 28))],
)
def test_majority(born: date, eighteen: date) -> None:
    assert majority(born) == eighteen
    assert families.is_minor(born, eighteen - timedelta(days=1))
    assert not families.is_minor(born, eighteen)
    assert families.is_minor(None, ON) is None


def test_what_is_for_minors_ends_the_day_before_the_birthday_and_what_is_not_does_not() -> None:
    born = date(2007, 6, 1)
    assert last_day("volunteer_guardian", born, None) == date(2025, 5, 31)
    assert last_day("volunteer_guardian", born, date(2025, 3, 1)) == date(2025, 3, 1)
    assert last_day("guardian", born, date(2030, 3, 1)) == date(2025, 5, 31)
    assert last_day("guardian", None, None) is None
    assert last_day("support_administrator", born, None) is None


@pytest.mark.parametrize(
    ("kind", "state", "person", "holder", "first", "error"),
    [
        ("aunt", "full", Facts(), None, None, family_rules.UnknownResponsibility),
        ("guardian", "half", Facts(), None, None, family_rules.UnknownState),
        ("guardian", "full", KNOWN[CHILD], facts("M", date(2008, 1, 1)), None, family_rules.GuardianIsMinor),
        ("volunteer_guardian", "full", KNOWN[CHILD], facts("M", None, "2009"), None, family_rules.GuardianIsMinor),
        ("guardian", "full", KNOWN[MOTHER], KNOWN[FATHER], None, family_rules.OfAge),
        ("parental", "full", facts(None, date(2007, 2, 11)), KNOWN[FATHER], ON, family_rules.OfAge),
    ],
)
def test_offices_that_nobody_can_hold(
    kind: str, state: str, person: Facts, holder: Facts | None, first: date | None, error: type[RuleError]
) -> None:
    with pytest.raises(error) as caught:
        family_rules.check_responsibility(kind, state, person, holder, first, None, ON)
    assert "{" not in caught.value.sentence()


@pytest.mark.parametrize(
    ("kind", "person", "holder", "first"),
    [
        ("parental", KNOWN[CHILD], facts("F", date(2008, 6, 1)), None),  # a mother of sixteen
        ("guardian", KNOWN[CHILD], Facts(), None),
        ("guardian", Facts(), facts("F", date(1990, 1, 1)), None),
        ("guardian", facts(None, date(2005, 1, 1)), KNOWN[MOTHER], date(2020, 1, 1)),
        ("support_administrator", KNOWN[MOTHER], KNOWN[FATHER], None),
        ("guardian", facts(None, None, "2007"), KNOWN[MOTHER], None),  # may still be under age
    ],
)
def test_offices_that_can_be_held(kind: str, person: Facts, holder: Facts, first: date | None) -> None:
    family_rules.check_responsibility(kind, "full", person, holder, first, None, ON)


def test_the_code_lists_have_no_code_twice() -> None:
    for table in (families.QUALITIES, families.RESPONSIBILITIES, families.STATES, families.PLACEMENTS,
                  families.MAY_BE_TOLD, families.MEASURE_FIELDS):  # fmt: skip
        assert len(set(codes.codes(table))) == len(table)
    assert len(KINDS) == len(RELATIONS)
    assert set(codes.codes(families.RESPONSIBILITIES)) >= families.GUARDIANS | families.FOR_ADULTS


NAMES = "abcdef"
BIRTHS = st.none() | st.dates(date(1930, 1, 1), date(2025, 1, 1))
PEOPLE = st.fixed_dictionaries({name: st.builds(facts, st.sampled_from([None, "F", "M"]), BIRTHS) for name in NAMES})
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2025, 1, 1))
LINKS = st.lists(
    st.builds(Link, st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(list(KINDS)), DAYS, DAYS),
    max_size=40,
)


@given(LINKS, PEOPLE, st.booleans())
def test_whatever_is_taken_makes_a_family_that_can_be(links: list[Link], people: dict[str, Facts], sure: bool) -> None:
    taken: list[Link] = []
    for number, raw in enumerate(links):
        link = stored(raw)
        try:
            family_rules.check(link, taken, people, sure=sure)
        except RuleError:
            continue
        taken.append(Link(link.person_id, link.other_id, link.kind, link.valid_from, link.valid_to, str(number)))
    _check_family(taken, people)


def _check_family(taken: list[Link], people: dict[str, Facts]) -> None:
    for name in NAMES:
        assert name not in family_rules.ancestors(name, taken)
        births = {one.person_id for one in taken if one.kind == "birth_parent" and one.other_id == name}
        sexes = [people[one].sex for one in births if people[one].sex]
        assert len(births) <= 2
        assert len(set(sexes)) == len(sexes)
    for one in taken:
        assert one.person_id != one.other_id
        assert one.valid_from is None or one.valid_to is None or one.valid_from <= one.valid_to
        elder, younger = people[one.person_id].first, people[one.other_id].last
        if one.kind in families.ANCESTORS and elder and younger:
            assert elder < younger
    said = {(one.person_id, one.other_id, one.kind) for one in taken if one.valid_from is None and one.valid_to is None}
    assert len(said) == len([one for one in taken if one.valid_from is None and one.valid_to is None])


@given(st.sampled_from(list(KINDS)), DAYS, DAYS)
def test_a_relation_is_the_same_from_both_sides(kind: str, first: date | None, last: date | None) -> None:
    link = stored(Link("a", "b", kind, first, last, "id"))
    back = stored(Link("b", "a", KINDS[kind].back, first, last, "id"))
    assert {link.person_id, link.other_id} == {"a", "b"}
    if KINDS[kind].back != kind:
        assert link == back


@given(st.dates(date(1950, 1, 1), date(2025, 1, 1)), st.none() | st.dates(date(1950, 1, 1), date(2060, 1, 1)))
def test_no_guardian_outlives_childhood(born: date, until: date | None) -> None:
    end = last_day("guardian", born, until)
    assert end is not None
    assert families.is_minor(born, end)
    assert until is None or end <= until
