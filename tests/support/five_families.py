"""The five families of the plan, made through the use-cases as the desk would enter them."""

from __future__ import annotations

from datetime import date
from typing import Any

from famdesk.data.tables.people import Person
from famdesk.usecases.family import households, relations, responsibilities
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.scenarios import version


def _person(office: Office, surname: str | None, given_name: str | None = None, **details: Any) -> str:
    known: Any = {"surname": surname, "given_name": given_name, **details}
    person = office.run(lambda tx: people.add_person(tx, **known))
    office.run(people.set_privacy, person, version(office, Person, person), "signed", date(2025, 2, 10))
    return person


def _home(office: Office, name: str, *members: tuple[str, str]) -> str:
    return office.run(households.add_household, name, members)


def two_homes(office: Office) -> str:
    """A girl who lives with her mother and some days with her father and his new partner; gives the girl."""
    mother = _person(office, "Ferrari", "Sara", sex="F", birth_date=date(1987, 9, 12))
    father = _person(office, "Bianchi", "Luca", sex="M", birth_date=date(1985, 5, 3))
    partner = _person(office, "Conti", "Elena", sex="F")
    girl = _person(office, "Bianchi", "Giulia", sex="F", birth_date=date(2019, 3, 14))
    baby = _person(office, "Bianchi", "Tommaso", sex="M", birth_date=date(2024, 1, 20))
    for parent, child in ((mother, girl), (father, girl), (father, baby), (partner, baby)):
        office.run(relations.add_relation, parent, child, "birth_parent")
    office.run(relations.add_relation, father, mother, "separated", quality="conflict")
    office.run(relations.add_relation, father, partner, "partner")
    _home(office, "Casa Ferrari", (mother, "mother"), (girl, "child"))
    second = _home(office, "Casa Bianchi", (father, "father"), (partner, "partner"), (baby, "child"))
    office.run(households.join_household, second, girl, "child", None, "mer, sab e dom")
    return girl


def unaccompanied(office: Office) -> str:
    """A minor alone in Italy with a volunteer guardian; gives the minor."""
    minor = _person(office, "Diallo", "Amadou", sex="M", birth_date=date(2009, 1, 1))
    guardian = _person(office, "Galli", "Chiara", sex="F", birth_date=date(1970, 4, 4))
    office.run(responsibilities.add_responsibility, minor, "volunteer_guardian", other_id=guardian,
               act_authority="Tribunale per i minorenni di Brescia", act_number="114/2024",
               act_on=date(2024, 10, 3))  # fmt: skip
    return minor


def anonymous(office: Office) -> str:
    """An adult who gives no name; gives that adult."""
    return office.run(people.add_person, alias="Signora del lunedì")


def pregnant(office: Office) -> str:
    """A pregnant woman without a tax code, with her partner; gives the woman."""
    woman = _person(office, "Osagie", "Blessing", sex="F", birth_date=date(1999, 8, 8), due_on=date(2025, 6, 10))
    partner = _person(office, "Villa", "Marco", sex="M")
    office.run(relations.add_relation, woman, partner, "partner", quality="close")
    return woman


def nine(office: Office) -> str:
    """A family of nine in two households; gives the third of five children."""
    father = _person(office, "El Amrani", "Mohamed", sex="M", birth_date=date(1978, 1, 1))
    mother = _person(office, "Benali", "Fatima", sex="F", birth_date=date(1982, 1, 1))
    grandmother = _person(office, "Idrissi", "Khadija", sex="F", birth_date=date(1950, 1, 1))
    aunt = _person(office, "El Amrani", "Samira", sex="F", birth_date=date(1985, 1, 1))
    births = {"Youssef": date(2006, 2, 2), "Salma": date(2009, 7, 5), "Adam": date(2014, 11, 11),
              "Nour": date(2014, 11, 11), "Ilyas": date(2023, 8, 30)}  # fmt: skip
    children = {name: _person(office, "El Amrani", name, sex="F" if name in {"Salma", "Nour"} else "M", birth_date=born)
                for name, born in births.items()}  # fmt: skip
    office.run(relations.add_relation, father, mother, "spouse")
    for child in children.values():
        for parent in (father, mother):
            office.run(relations.add_relation, parent, child, "birth_parent")
    for child in (father, aunt):
        office.run(relations.add_relation, grandmother, child, "birth_parent")
    office.run(relations.add_relation, children["Adam"], children["Nour"], "twin", quality="fused")
    at_home = [(child, "child") for name, child in children.items() if name != "Youssef"]
    _home(office, "Casa El Amrani", (father, "father"), (mother, "mother"), *at_home)
    others = [(aunt, "relative"), (children["Youssef"], "relative")]
    _home(office, "Casa della nonna", (grandmother, "grandparent"), *others)
    return children["Adam"]


FIVE = {
    "two-homes": two_homes, "unaccompanied": unaccompanied, "anonymous": anonymous, "pregnant": pregnant, "nine": nine,
}  # fmt: skip
