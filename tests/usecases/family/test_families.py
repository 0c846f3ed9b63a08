"""Families on both engines: relations, the family on a past day, who decides, placements, measures, delegates."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.base import Record
from famdesk.data.tables.families import Delegate, Placement, Relation, Responsibility
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import Forbidden, NotFound, Required, RuleError, Stale, TextTooLong
from famdesk.domain.people import family_rules
from famdesk.domain.people.genogram.family import Family
from famdesk.usecases.family import (
    delegates,
    families,
    family_file,
    households,
    placements,
    relations,
    responsibilities,
)
from famdesk.usecases.office import Office
from famdesk.usecases.people import measures, people
from tests.support.offices import Desk
from tests.support.scenarios import version

TODAY = date(2025, 2, 11)
COURT = "Tribunale per i minorenni di Brescia"


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("social_worker")


def add(office: Office, surname: str, given: str, born: date | None = None, sex: str | None = None, **more: Any) -> str:
    deed: Any = people.add_person
    return str(office.run(deed, surname=surname, given_name=given, birth_date=born, sex=sex, **more))


@pytest.fixture
def three(office: Office) -> tuple[str, str, str]:
    """A mother, a father and their child; nothing is written of them but the persons."""
    return (
        add(office, "Bianchi", "Ada", date(1990, 1, 2), "F"),
        add(office, "Rossi", "Ugo", date(1988, 5, 5), "M"),
        add(office, "Rossi", "Mia", date(2019, 5, 1), "F"),
    )


def _ties(found: Family) -> set[tuple[str, str, str, bool]]:
    names = {one.id: one.label.split()[-1] for one in found.people}
    return {(names[tie.person_id], tie.kind, names[tie.other_id], tie.ended) for tie in found.ties}


def _labels(found: Family) -> set[str]:
    return {one.label for one in found.people}


def test_one_row_tells_both_what_they_are(office: Office, three: tuple[str, str, str]) -> None:
    mother, _father, child = three
    office.run(relations.add_relation, child, mother, "birth_child")  # said from the child's side
    (row,) = office.fetch(family_file.family_file, child).relations
    assert (row.kind, row.sex, row.label, row.born) == ("birth_parent", "F", "Bianchi Ada", "35 years")
    (row,) = office.fetch(family_file.family_file, mother).relations
    assert (row.kind, row.label) == ("birth_child", "Rossi Mia")
    assert _ties(office.fetch(families.family, mother)) == {("Ada", "birth_parent", "Mia", False)}


def test_children_are_named_from_the_eldest_and_after_the_adults(office: Office, three: tuple[str, str, str]) -> None:
    mother, _father, mia = three
    some_day = add(office, "Rossi", "Ivo")
    eldest = add(office, "Rossi", "Leo", birth_part="2010")
    for child in (some_day, mia, eldest):
        office.run(relations.add_relation, mother, child, "birth_parent")
    office.run(households.add_household, "Casa", [(some_day, "child"), (mia, "child"), (mother, "mother")])
    assert [row.other_id for row in office.fetch(family_file.family_file, mother).relations] == [eldest, mia, some_day]
    (home,) = office.fetch(people.person, mother).households
    assert [one.person_id for one in home.members] == [mother, mia, some_day]


def test_the_family_as_it_was_on_any_day(office: Office, three: tuple[str, str, str]) -> None:
    mother, father, child = three
    office.run(relations.add_relation, mother, father, "spouse", valid_from=date(2015, 6, 1))
    for parent in (mother, father):
        office.run(relations.add_relation, parent, child, "birth_parent")
    office.run(relations.add_relation, mother, father, "separated", valid_from=date(2023, 9, 1))
    home = office.run(households.add_household, "Casa", [(mother, "mother"), (father, "father"), (child, "child")],
                      since=date(2019, 5, 1))  # fmt: skip
    place = next(one for one in office.fetch(people.person, father).households[0].members if one.person_id == father)
    office.run(households.leave_household, place.membership_id, place.version, date(2023, 8, 31))
    before_birth = office.fetch(families.family, mother, date(2018, 1, 1))
    assert _labels(before_birth) == {"Bianchi Ada", "Rossi Ugo"}
    assert _ties(before_birth) == {("Ada", "spouse", "Ugo", False)}
    together = office.fetch(families.family, child, date(2020, 1, 1))
    assert ("Ada", "spouse", "Ugo", False) in _ties(together)
    assert len(together.homes[0].members) == 3
    now = office.fetch(families.family, child)
    assert ("Ada", "spouse", "Ugo", True) in _ties(now)
    assert ("Ada", "separated", "Ugo", False) in _ties(now)
    assert [set(one.members) for one in now.homes if one.id == home] == [{mother, child}]


def test_a_child_has_two_homes_at_once_and_the_days_are_told(office: Office, three: tuple[str, str, str]) -> None:
    mother, father, child = three
    first = office.run(households.add_household, "Casa di Ada", [(mother, "mother")])
    second = office.run(households.add_household, "Casa di Ugo", [(father, "father")])
    office.run(households.join_household, first, child, "child", None, "da domenica sera a giovedì")
    place = office.run(households.join_household, second, child, "child", date(2024, 1, 1))
    office.run(households.change_membership, place, 1, role="child", since=date(2024, 1, 1), last_day=None,
               days="venerdì e sabato")  # fmt: skip
    found = office.fetch(families.family, child)
    assert {home.name: dict(home.days).get(child) for home in found.homes} == {
        "Casa di Ada": "da domenica sera a giovedì",
        "Casa di Ugo": "venerdì e sabato",
    }
    assert len(office.fetch(families.family, child, date(2023, 12, 31)).homes) == 1
    with pytest.raises(TextTooLong):
        office.run(households.change_membership, place, 2, role="child", since=None, last_day=None, days="x" * 301)
    office.run(households.change_membership, place, 2, role="child", since=None, last_day=None)
    kept = [one for home in office.fetch(people.person, child).households for one in home.members if one.days]
    assert {one.days for one in kept} == {"da domenica sera a giovedì", "venerdì e sabato"}


def test_relatives_are_found_over_three_steps_and_the_network_around_the_centre(
    office: Office, three: tuple[str, str, str]
) -> None:
    mother, father, child = three
    half, other_mother = add(office, "Rossi", "Leo", date(2010, 1, 1)), add(office, "Verdi", "Zoe", None, "F")
    coach, friend = add(office, "Neri", "Max"), add(office, "Gialli", "Ina")
    for parent, one in ((mother, child), (father, child), (father, half), (other_mother, half)):
        office.run(relations.add_relation, parent, one, "birth_parent")
    office.run(relations.add_relation, coach, child, "coach")
    office.run(relations.add_relation, friend, mother, "friend")
    assert _labels(office.fetch(families.family, child)) == {
        "Rossi Mia", "Bianchi Ada", "Rossi Ugo", "Rossi Leo", "Verdi Zoe", "Neri Max",
    }  # fmt: skip
    assert "Gialli Ina" in _labels(office.fetch(families.family, mother))


def test_a_child_that_is_expected_is_in_the_family(office: Office) -> None:
    mother = add(office, "Bianchi", "Ada", date(1990, 1, 2), "F", due_on=date(2025, 6, 1))
    found = office.fetch(families.family, mother)
    assert [(one.label, one.expected) for one in found.people if one.expected] == [("expected on 01/06/2025", True)]
    assert [(tie.person_id, tie.kind) for tie in found.ties] == [(mother, "birth_parent")]
    assert not [one for one in office.fetch(families.family, mother, date(2024, 1, 1)).people if one.expected]


def test_two_mothers_by_birth_are_refused_and_an_intended_one_is_not(
    office: Office, three: tuple[str, str, str]
) -> None:
    mother, _father, child = three
    other = add(office, "Gialli", "Ina", date(1989, 3, 3), "F")
    office.run(relations.add_relation, mother, child, "birth_parent")
    with pytest.raises(family_rules.TwoBirthMothers) as caught:
        office.run(relations.add_relative, child, other, "birth_parent", sex="F")
    assert "intended mother" in caught.value.sentence()
    office.run(relations.add_relation, other, child, "intended_parent")
    assert {row.kind for row in office.fetch(family_file.family_file, child).relations} == {
        "birth_parent", "intended_parent",
    }  # fmt: skip


def test_a_circle_and_a_younger_parent_are_refused_whoever_is_in_between(office: Office) -> None:
    ids = [add(office, "Avi", name) for name in ("Uno", "Due", "Tre", "Quattro")]
    for elder, younger in itertools.pairwise(ids):
        office.run(relations.add_relation, elder, younger, "birth_parent")
    with pytest.raises(family_rules.OwnAncestor):
        office.run(relations.add_relation, ids[3], ids[0], "adoptive_parent")
    young = add(office, "Avi", "Cinque", date(2020, 1, 1))
    old = add(office, "Avi", "Sei", date(1980, 1, 1))
    with pytest.raises(family_rules.ParentYounger):
        office.run(relations.add_relation, young, old, "birth_parent")
    with pytest.raises(family_rules.WithOneself):
        office.run(relations.add_relation, old, old, "sibling")


def test_a_close_age_is_asked_about_once(office: Office) -> None:
    one, other = add(office, "Avi", "Uno", date(2000, 1, 1)), add(office, "Avi", "Due", date(2008, 1, 1))
    with pytest.raises(family_rules.CloseInAge) as caught:
        office.run(relations.add_relation, one, other, "birth_parent")
    assert caught.value.field == "sure"
    office.run(relations.add_relation, one, other, "birth_parent", sure=True)


def test_the_word_tells_the_sex_and_one_step_makes_the_household(office: Office) -> None:
    child, mother = add(office, "Rossi", "Mia", date(2019, 5, 1)), add(office, "Bianchi", "Ada")
    office.run(relations.add_relative, child, mother, "birth_parent", sex="F",
               household_id=relations.NEW_HOUSEHOLD)  # fmt: skip
    file = office.fetch(people.person, mother)
    assert file.sex == "F"
    assert {(one.person_id, one.role) for one in file.households[0].members} == {(child, "child"), (mother, "mother")}
    with pytest.raises(relations.OtherSex):
        office.run(relations.add_relative, child, mother, "grandparent", sex="M")
    brother = add(office, "Rossi", "Leo")
    office.run(relations.add_relative, child, brother, "sibling", sex="M", household_id=file.households[0].id)
    assert len(office.fetch(people.person, child).households[0].members) == 3
    office.undo()
    assert len(office.fetch(people.person, child).households[0].members) == 2
    assert office.fetch(people.person, brother).sex is None


def test_a_couple_that_parts_needs_the_day(office: Office, three: tuple[str, str, str]) -> None:
    mother, father, _child = three
    office.run(relations.add_relation, mother, father, "spouse", valid_from=date(2015, 6, 1))
    with pytest.raises(family_rules.StillACouple):
        office.run(relations.add_relation, mother, father, "divorced")
    office.run(relations.add_relation, mother, father, "divorced", valid_from=date(2024, 1, 1))
    rows = {row.kind: (row.valid_to, row.ended) for row in office.fetch(family_file.family_file, mother).relations}
    assert rows == {"spouse": (date(2023, 12, 31), True), "divorced": (None, False)}


def test_a_relation_is_changed_ended_and_taken_away(office: Office, three: tuple[str, str, str]) -> None:
    mother, _father, child = three
    relation = office.run(relations.add_relation, mother, child, "foster_parent")
    office.run(relations.change_relation, relation, 1, person_id=mother, kind="birth_parent", quality="close",
               valid_from=None, valid_to=None, note="  ")  # fmt: skip
    with pytest.raises(family_rules.UnknownQuality):
        office.run(relations.change_relation, relation, 2, person_id=mother, kind="birth_parent", quality="so so",
                   valid_from=None, valid_to=None, note=None)  # fmt: skip
    with pytest.raises(Stale):
        office.run(relations.end_relation, relation, 1, TODAY)
    office.run(relations.end_relation, relation, 2, date(2024, 12, 31))
    (row,) = office.fetch(family_file.family_file, child).relations
    assert (row.kind, row.quality, row.note, row.ended) == ("birth_parent", "close", None, True)
    assert not office.fetch(family_file.family_file, child, date(2024, 12, 31)).relations[0].ended
    office.run(relations.remove_relation, relation, row.version)
    assert office.fetch(family_file.family_file, child).relations == ()


def _deciders(office: Office, person: str, on: date = TODAY) -> list[tuple[str, str, str, bool]]:
    found = office.fetch(family_file.family_file, person, on).deciders
    return [(one.kind, one.state, one.name.split()[-1], one.presumed) for one in found]


def test_parents_decide_until_a_court_says_otherwise(office: Office, three: tuple[str, str, str]) -> None:
    mother, father, child = three
    assert _deciders(office, child) == []
    for parent in (mother, father):
        office.run(relations.add_relation, parent, child, "birth_parent")
    assert _deciders(office, child) == [("parental", "full", "Ada", True), ("parental", "full", "Ugo", True)]
    first, second = office.run(responsibilities.confirm_parents, child)
    with pytest.raises(responsibilities.NobodyToConfirm):
        office.run(responsibilities.confirm_parents, child)
    office.run(responsibilities.change_responsibility, second, 1, "parental", state="suspended",
               act_authority=COURT, act_number="12/2024", act_on=date(2024, 3, 1))  # fmt: skip
    assert _deciders(office, child) == [("parental", "full", "Ada", False), ("parental", "suspended", "Ugo", False)]
    office.run(responsibilities.end_responsibility, first, 1, date(2025, 1, 31))
    assert _deciders(office, child) == [("parental", "suspended", "Ugo", False)]
    assert len(_deciders(office, child, date(2025, 1, 31))) == 2
    office.run(responsibilities.remove_responsibility, second, 2)
    assert ("parental", "full", "Ugo", True) in _deciders(office, child)
    assert _deciders(office, child, date(2037, 5, 1)) == []  # of age


def test_an_unaccompanied_minor_has_a_volunteer_guardian_until_eighteen(desk: Desk, office: Office) -> None:
    boy = add(office, "Jallow", "Lamin", date(2007, 3, 20), "M")
    father = add(office, "Jallow", "Omar", None, "M")
    guardian = add(office, "Neri", "Carla", date(1970, 1, 1), "F")
    office.run(relations.add_relation, father, boy, "birth_parent")
    office.run(responsibilities.add_responsibility, boy, "volunteer_guardian", other_id=guardian, act_authority=COURT,
               valid_from=date(2024, 10, 1))  # fmt: skip
    (row,) = office.fetch(family_file.family_file, boy).responsibilities
    assert (row.last_day, row.holds, row.act_number) == (date(2025, 3, 19), True, None)
    assert _deciders(office, boy) == [("volunteer_guardian", "full", "Carla", False)]  # the father is not presumed
    (notice,) = office.fetch(responsibilities.expiring, 60)
    assert (notice.person_id, notice.holder, notice.days_left) == (boy, "Neri Carla", 36)
    assert (notice.comes_of_age, notice.about) == (True, False)
    assert office.fetch(responsibilities.expiring, 30) == ()
    desk.clock.forward(days=37)
    assert _deciders(office, boy, date(2025, 3, 20)) == []
    assert office.fetch(responsibilities.expiring, 60)[0].days_left == -1


def test_of_a_minor_whose_day_of_birth_nobody_knows_the_notice_comes_in_time(office: Office) -> None:
    boy = add(office, "Jallow", "Lamin", birth_part="2007-03")
    office.run(responsibilities.add_responsibility, boy, "guardian", holder_name="Comune di Cremona")
    (notice,) = office.fetch(responsibilities.expiring, 60)
    assert (notice.last_day, notice.about) == (date(2025, 2, 28), True)
    assert _deciders(office, boy, date(2025, 3, 30)) == [("guardian", "full", "Cremona", False)]
    assert _deciders(office, boy, date(2025, 3, 31)) == []


@pytest.mark.parametrize(
    ("kind", "details", "error", "field"),
    [
        ("guardian", {}, family_rules.NoHolder, "other_id"),
        ("guardian", {"holder_name": "x" * 201}, TextTooLong, "holder_name"),
        ("guardian", {"other_id": "adult", "holder_name": "Ada"}, family_rules.SeveralHolders, "holder_name"),
        ("guardian", {"other_id": "self"}, family_rules.OwnGuardian, "other_id"),
        ("guardian", {"other_id": "minor"}, family_rules.GuardianIsMinor, "other_id"),
        ("friend", {"holder_name": "Ada"}, family_rules.UnknownResponsibility, "kind"),
        ("guardian", {"holder_name": "Ada", "state": "x"}, family_rules.UnknownState, "state"),
        ("guardian", {"holder_name": "Ada", "valid_from": TODAY, "valid_to": date(2025, 1, 1)},
         family_rules.EndsBeforeItBegins, "valid_to"),
    ],
)  # fmt: skip
def test_who_cannot_decide_is_refused_at_the_field(
    office: Office, three: tuple[str, str, str], kind: str, details: dict[str, Any], error: type[RuleError], field: str
) -> None:
    mother, _father, child = three
    known = {"adult": mother, "self": child, "minor": add(office, "Rossi", "Leo", date(2009, 1, 1))}
    details = {name: known.get(value, value) if name == "other_id" else value for name, value in details.items()}
    deed: Any = responsibilities.add_responsibility
    with pytest.raises(error) as caught:
        office.run(deed, child, kind, **details)
    assert caught.value.field == field
    assert office.fetch(family_file.family_file, child).responsibilities == ()


def test_a_placement_brings_the_child_into_the_household(office: Office, three: tuple[str, str, str]) -> None:
    mother, _father, child = three
    home = office.run(households.add_household, "Famiglia affidataria", [(mother, "foster_parent")])
    placed = office.run(placements.add_placement, child, "foster", household_id=home, partial=True,
                        visits="il sabato", valid_from=date(2024, 9, 1))  # fmt: skip
    (row,) = office.fetch(family_file.family_file, child).placements
    assert (row.home, row.partial, row.visits, row.act_number, row.holds) == (
        "Famiglia affidataria", True, "il sabato", None, True,
    )  # fmt: skip
    members = office.fetch(people.person, child).households[0].members
    assert ("foster_child", date(2024, 9, 1)) in {(one.role, one.valid_from) for one in members}
    with pytest.raises(placements.UnknownPlacement):
        office.run(placements.change_placement, placed, 1, "hotel")
    with pytest.raises(family_rules.EndsBeforeItBegins):
        office.run(placements.end_placement, placed, 1, date(2024, 1, 1))
    office.run(placements.change_placement, placed, 1, "kinship", visits=None, act_authority=COURT)
    office.run(placements.end_placement, placed, 2, date(2025, 1, 31))
    (row,) = office.fetch(family_file.family_file, child).placements
    assert (row.kind, row.visits, row.holds) == ("kinship", None, False)
    assert office.fetch(family_file.family_file, child, date(2024, 8, 31)).placements == ()


def test_the_drawer_of_measures_opens_for_few_and_every_look_is_written_down(
    desk: Desk, office: Office, three: tuple[str, str, str]
) -> None:
    child = three[2]
    measure = office.run(measures.add_measure, child, "civil", " Affidata ai servizi ", authority=COURT,
                         taken_on=date(2024, 3, 1))  # fmt: skip
    leads, psychologist = desk.sign_in("coordinator"), desk.sign_in("psychologist")
    before, _seen = leads.store.entries_after(leads.actor, 0)
    (row,) = psychologist.fetch(measures.measures, child)
    assert (row.text, row.authority, row.number) == ("Affidata ai servizi", COURT, None)
    _newest, subjects = leads.store.entries_after(leads.actor, before)
    assert ("measure", measure, "read", []) in subjects
    for login in ("reception", "educator"):
        other = desk.sign_in(login)
        with pytest.raises(Forbidden):
            other.fetch(measures.measures, child)
        with pytest.raises(Forbidden):
            other.run(measures.remove_measure, measure, 1)
        assert "Affidata" not in repr(other.fetch(family_file.family_file, child))
    with pytest.raises(Forbidden):
        desk.office.fetch(measures.measures, child)


@pytest.mark.parametrize(
    ("changes", "error", "field"),
    [
        ({"field": "moral"}, measures.UnknownField, "field"),
        ({"text": "  "}, Required, "text"),
        ({"text": "x" * 20_001}, TextTooLong, "text"),
        ({"authority": "x" * 201}, TextTooLong, "authority"),
        ({"taken_on": date(2025, 2, 12)}, measures.TakenInFuture, "taken_on"),
        ({"taken_on": date(2025, 2, 1), "valid_to": date(2025, 1, 1)}, family_rules.EndsBeforeItBegins, "valid_to"),
    ],
)
def test_a_measure_is_checked_at_its_fields(
    office: Office, three: tuple[str, str, str], changes: dict[str, Any], error: type[RuleError], field: str
) -> None:
    values = {"field": "civil", "text": "Affidata", **changes}
    deed: Any = measures.add_measure
    with pytest.raises(error) as caught:
        office.run(deed, three[2], **values)
    assert caught.value.field == field


def test_who_collects_and_who_may_be_told_what(office: Office, three: tuple[str, str, str]) -> None:
    mother, _father, child = three
    office.run(delegates.add_delegate, child, name="Piera", relation="vicina", may_be_told="times")
    row = office.run(delegates.add_delegate, child, other_id=mother, may_collect=False, may_be_told="all")
    found = office.fetch(family_file.family_file, child).delegates
    assert [(one.label, one.may_collect, one.may_be_told) for one in found] == [
        ("Piera", True, "times"),
        ("Bianchi Ada", False, "all"),
    ]
    for changes, error in (
        ({"name": "Ada"}, delegates.TwoDelegates),
        ({"other_id": None}, delegates.NoDelegate),
        ({"other_id": child}, family_rules.WithOneself),
        ({"may_be_told": "half"}, delegates.UnknownTelling),
        ({"note": "x" * 2_001}, TextTooLong),
    ):
        with pytest.raises(error):
            office.run(delegates.change_delegate, row, 1, **changes)  # type: ignore[arg-type]
    office.run(delegates.end_delegate, row, 1, date(2025, 2, 10))
    today = office.fetch(lambda tx: _of_day(tx, child))
    assert [one.label for one in today] == ["Piera"]


def _of_day(tx: Tx, child: str) -> tuple[delegates.DelegateRow, ...]:
    with tx.doing("family_file.family_file"):
        return delegates.delegates_of(tx, child, TODAY)


def test_a_protected_relative_is_not_there_for_others(desk: Desk, office: Office, three: tuple[str, str, str]) -> None:
    mother, father, child = three
    for parent in (mother, father):
        office.run(relations.add_relation, parent, child, "birth_parent")
    office.run(responsibilities.confirm_parents, child)
    office.run(delegates.add_delegate, child, other_id=mother)
    coordinator = desk.sign_in("coordinator")
    coordinator.run(people.set_protection, mother, version(coordinator, Person, mother), protected=True,
                    restricted=False, reason="minacce")  # fmt: skip
    said = repr(desk.sign_in("educator").fetch(family_file.family_file, child))
    assert "Ugo" in said
    assert "Ada" not in said
    assert mother not in said
    with pytest.raises(NotFound):
        desk.sign_in("educator").fetch(family_file.family_file, mother)
    assert "Ada" in repr(coordinator.fetch(family_file.family_file, child))
    second = add(office, "Gialli", "Ina", date(1989, 3, 3), "F")
    office.run(relations.add_relation, second, child, "birth_parent")  # a refusal would tell of the first one


def test_somebody_in_the_bin_decides_nothing_and_comes_back_with_undo(
    office: Office, three: tuple[str, str, str]
) -> None:
    mother, _father, child = three
    office.run(relations.add_relation, mother, child, "birth_parent")
    office.run(responsibilities.confirm_parents, child)
    office.run(delegates.add_delegate, child, other_id=mother)
    before = office.fetch(family_file.family_file, child)
    office.run(people.remove_person, mother, version(office, Person, mother))
    gone = office.fetch(family_file.family_file, child)
    assert (gone.relations, gone.deciders, gone.responsibilities, gone.delegates) == ((), (), (), ())
    office.undo()
    assert office.fetch(family_file.family_file, child) == before


def test_the_history_of_a_file_tells_who_changed_the_family_but_not_of_whom_one_may_not_know(
    desk: Desk, office: Office, three: tuple[str, str, str]
) -> None:
    mother, father, child = three
    for parent in (mother, father):
        office.run(responsibilities.add_responsibility, child, "guardian", other_id=parent, act_number=f"1 {parent}")
    office.run(measures.add_measure, child, "civil", "Affidata ai servizi")
    labels = [step.label for step in office.fetch(people.file_history, child)]
    assert labels == ["Who decides for a minor: entered"] * 2 + ["Person added"]
    coordinator = desk.sign_in("coordinator")
    coordinator.run(people.set_protection, mother, version(coordinator, Person, mother), protected=True,
                    restricted=False, reason="minacce")  # fmt: skip
    said = office.fetch(people.file_history, child)
    assert len(said) == 2
    assert mother not in repr(said)
    assert f"1 {father}" in repr(said)


def test_names_are_kept_and_nul_is_refused(office: Office, three: tuple[str, str, str]) -> None:
    child = three[2]
    office.run(responsibilities.add_responsibility, child, "guardian", holder_name="محمد 👶 D’Angelo", note="n" * 2_000)
    (row,) = office.fetch(family_file.family_file, child).responsibilities
    assert row.label == "محمد 👶 D’Angelo"
    with pytest.raises(RuleError):
        office.run(responsibilities.add_responsibility, child, "guardian", holder_name="Ada\0")
    with pytest.raises(RuleError):
        office.run(relations.add_relation, three[0], child, "birth_parent", note="x" * 2_001)
    counts = [len(office.fetch(_rows, kind)) for kind in (Relation, Responsibility, Placement, Delegate)]
    assert counts == [0, 1, 0, 0]


def _rows(tx: Tx, kind: type[Record]) -> Sequence[Any]:
    return tx.rows(select(kind.id))
