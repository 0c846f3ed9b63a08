"""What a child's file says at once of those who bring it up and decide for it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from famdesk.data.tables.people import Person
from famdesk.usecases.family import households, responsibilities
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk
from tests.support.scenarios import version


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("social_worker")


def add(office: Office, given: str, born: date | None = None) -> str:
    deed: Any = people.add_person
    return str(office.run(deed, surname="Bianchi", given_name=given, birth_date=born))


def test_a_childs_file_tells_how_those_at_home_are_reached(office: Office) -> None:
    mother, father, aunt, mia = (add(office, name) for name in ("Ada", "Ugo", "Eva", "Mia"))
    for person, number, rule in (
        (mother, "0372 1", {"may_call": False}), (mother, "0372 202", {"safe_from": time(9), "safe_to": time(12)}),
        (mother, "0372 303", {}), (father, "0372 404", {"hidden": True}), (aunt, "0372 505", {}), (mia, "0372 606", {}),
    ):  # fmt: skip
        office.run(contacts.add_contact_point, person, kind="phone", value=f"{number}00", **rule)
    office.run(contacts.set_no_contact, aunt, version(office, Person, aunt), never=True)
    roles = [(mother, "mother"), (father, "father"), (aunt, "relative"), (mia, "child")]
    office.run(households.add_household, "Casa", roles)
    (home,) = office.fetch(people.person, mia).households
    assert [one.phone for one in home.members] == ["0372 20200", None, None, None]
    assert home.members[0].rule is not None
    assert home.members[0].rule.safe_from == time(9)
    (home,) = office.fetch(people.person, father).households
    assert [one.phone for one in home.members] == [None] * 4


def test_a_guardian_is_named_with_the_last_day(desk: Desk, office: Office) -> None:
    boy = add(office, "Lamin", date(2007, 3, 20))
    for kind, name in (("volunteer_guardian", "Neri Carla"), ("curator", "Verdi Pia")):
        office.run(responsibilities.add_responsibility, boy, kind, holder_name=name)

    def badges() -> list[tuple[str, str]]:
        return [(one.text, one.tone) for one in office.fetch(people.person, boy).badges if one.key == "guardian"]

    assert badges() == [("Guardian: Neri Carla, until 19/03/2025", "warning")]
    office.run(people.change_person, boy, version(office, Person, boy), birth_date=date(2009, 3, 20))
    assert badges() == [("Guardian: Neri Carla, until 19/03/2027", "calm")]
    office.run(people.change_person, boy, version(office, Person, boy), birth_date=date(2000, 3, 20))
    assert badges() == []
