"""The genogram from the data, on both engines: the five families of the plan, guardians, homes, and names on paper."""

from __future__ import annotations

from datetime import date, time
from itertools import combinations

import pytest
from sqlalchemy import select

from famdesk.data.journal import AuditEntry
from famdesk.data.tables.people import Person
from famdesk.domain.people.genogram.family import Family
from famdesk.domain.people.genogram.layout import Sizes, draw
from famdesk.usecases.directory import bodies
from famdesk.usecases.family import genogram, placements, relations, responsibilities
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support import five_families
from tests.support.five_families import FIVE
from tests.support.offices import Desk
from tests.support.scenarios import version


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


def names(family: Family) -> set[str]:
    return {one.label for one in family.people}


@pytest.mark.parametrize("name", FIVE)
def test_the_five_families_are_drawn_from_the_data(office: Office, name: str) -> None:
    family = office.fetch(genogram.genogram, FIVE[name](office))
    drawing = draw(family, Sizes(40.0, {one.id: (90.0, 30.0) for one in family.people}))
    assert {one.id for one in drawing.placed} == {one.id for one in family.people}
    assert not any(one.box.meets(other.box) for one, other in combinations(drawing.placed, 2))
    assert {tie for line in drawing.lines for tie in line.ties} == set(range(len(family.ties)))
    assert sum(one.centre for one in family.people) == 1


def test_a_child_in_two_homes(office: Office) -> None:
    girl = five_families.two_homes(office)
    family = office.fetch(genogram.genogram, girl)
    drawing = draw(family, Sizes(40.0, {}))
    assert [(link.person, link.days) for link in drawing.second] == [(girl, "mer, sab e dom")]
    assert {len(home.members) for home in family.homes} == {2, 4}


def test_both_households_of_the_family_of_nine_are_drawn(office: Office) -> None:
    family = office.fetch(genogram.genogram, five_families.nine(office))
    assert len(family.people) == 9
    assert {home.name: len(home.members) for home in family.homes} == {"Casa El Amrani": 6, "Casa della nonna": 3}
    assert len(draw(family, Sizes(40.0, {})).outlines) == 2


def test_the_volunteer_guardian_of_a_minor_alone_stands_at_the_edge(office: Office) -> None:
    minor = five_families.unaccompanied(office)
    family = office.fetch(genogram.genogram, minor)
    assert names(family) == {"Diallo Amadou", "Galli Chiara"}
    assert [(tie.kind, tie.other_id) for tie in family.ties] == [("volunteer_guardian", minor)]
    edge = [one for one in draw(family, Sizes(40.0, {})).placed if one.row is None]
    assert [one.id for one in edge] == [family.ties[0].person_id]
    assert [one.sex for one in family.people if one.id == edge[0].id] == ["f"]


def test_a_guardian_known_by_name_only_has_a_symbol_and_no_file(office: Office) -> None:
    child = office.run(people.add_person, surname="Verdi", birth_date=date(2015, 1, 1))
    office.run(responsibilities.add_responsibility, child, "guardian", holder_name="Avv. Ada Nera")
    office.run(responsibilities.add_responsibility, child, "curator", holder_name="Dott. Ugo Blu",
               valid_to=date(2024, 1, 1))  # fmt: skip
    family = office.fetch(genogram.genogram, child)
    assert names(family) == {"Verdi", "Avv. Ada Nera"}
    assert all(":" in tie.person_id for tie in family.ties)


def test_the_family_on_a_past_day_has_no_guardian_of_later(office: Office) -> None:
    child = office.run(people.add_person, surname="Verdi", birth_date=date(2015, 1, 1))
    office.run(responsibilities.add_responsibility, child, "guardian", holder_name="Avv. Ada Nera",
               valid_from=date(2024, 5, 1))  # fmt: skip
    assert len(office.fetch(genogram.genogram, child, date(2024, 4, 30)).people) == 1
    assert len(office.fetch(genogram.genogram, child, date(2024, 5, 1)).people) == 2


def test_a_reception_home_is_a_home(office: Office) -> None:
    child = five_families.unaccompanied(office)
    body = office.run(bodies.add_body, bodies.BodyData(name="Comunità La Zattera", kind="comune"))
    office.run(placements.add_placement, child, "reception_home", body_id=body)
    assert [home.name for home in office.fetch(genogram.genogram, child).homes] == ["Comunità La Zattera"]


def test_a_child_is_expected_as_a_triangle_below_the_mother(office: Office) -> None:
    family = office.fetch(genogram.genogram, five_families.pregnant(office))
    expected = [one for one in family.people if one.expected]
    assert len(expected) == 1
    assert "birth_parent" in {tie.kind for tie in family.ties}


def test_paper_names_nobody_who_may_not_be_named(office: Office) -> None:
    girl = five_families.two_homes(office)
    family = office.fetch(genogram.genogram, girl)
    mother = next(one for one in family.people if one.label == "Ferrari Sara")
    office.run(contacts.add_contact_point, mother.id, kind="phone", value="0372 40 77 88", may_call=False,
               safe_from=time(9), safe_to=time(12), neutral_name="la biblioteca")  # fmt: skip
    found = office.fetch(genogram.paper, girl)
    told = next(one for one in found.family.people if one.id == mother.id)
    assert "Ferrari" not in told.label
    assert told.born == told.age == ""
    assert {home.name for home in found.family.homes} == {"", "Casa Bianchi"}
    assert found.centre == ""
    assert "Bianchi Luca" in names(found.family)


def test_equal_initials_on_paper_are_told_apart(office: Office) -> None:
    mother = office.run(people.add_person, surname="Provetti", given_name="Lucia", sex="F")
    son = office.run(people.add_person, surname="Provetti", given_name="Luca", sex="M")
    father = office.run(people.add_person, surname="Bruni", given_name="Ugo", sex="M")
    office.run(relations.add_relation, mother, son, "birth_parent")
    office.run(relations.add_relation, father, son, "birth_parent")
    assert _paper_labels(office, son) == {mother: "LP 1", son: "LP 2", father: "UB"}
    office.run(people.set_privacy, son, version(office, Person, son), "signed", date(2025, 2, 1))
    assert _paper_labels(office, son) == {mother: "LP", son: "Provetti Luca", father: "UB"}


def _paper_labels(office: Office, person_id: str) -> dict[str, str]:
    return {one.id: one.label for one in office.fetch(genogram.paper, person_id).family.people}


def test_a_protected_file_is_a_symbol_without_a_name_on_paper(office: Office) -> None:
    girl = five_families.two_homes(office)
    office.run(
        people.set_protection, girl, version(office, Person, girl), protected=True, restricted=False, reason="danger"
    )
    found = office.fetch(genogram.paper, girl)
    told = next(one for one in found.family.people if one.centre)
    assert "Giulia" not in told.label
    assert "Bianchi" not in told.label
    assert told.born == ""


def test_the_print_is_noted(office: Office) -> None:
    child = five_families.anonymous(office)
    office.fetch(genogram.paper, child)
    with office.store.reading(office.actor) as tx:
        seen = [row.subjects for row in tx.rows(select(AuditEntry.subjects).where(AuditEntry.kind == "print"))]
    assert len(seen) == 1
    assert child in seen[0]
    assert "genogram" in seen[0]
