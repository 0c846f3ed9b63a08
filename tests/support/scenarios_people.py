"""Scenarios of persons: their data, protection, ties to colleagues, contacts and households."""

from __future__ import annotations

from datetime import date, time

from famdesk.data.tables.people import ContactPoint, Household, Membership, Person, PersonStaff
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()

SURNAME, GIVEN, ALIAS = "Quarantotti", "Zelinda", "Gelsomina"
PHONE = "0372 000444"
TODAY, SINCE = date(2025, 2, 11), date(2024, 9, 1)


def known(office: Office, surname: str = SURNAME) -> str:
    """A person with a phone number."""
    return office.run(people.add_person, surname=surname, given_name=GIVEN, phone=PHONE)


def _staff_id(desk: Desk, login: str) -> str:
    return desk.sign_in(login).actor.staff_id


@SCENARIOS.of(people.add_person)
def _(desk: Desk) -> tuple[Office, Call]:
    """With two ways to reach the person, in one step."""
    return desk.sign_in("reception"), call(
        people.add_person, surname=SURNAME, given_name=GIVEN, alias=ALIAS, birth_date=date(1990, 3, 14), phone=PHONE,
        mail="zelinda@example.it", language="uk", needs_mediator=True,
    )  # fmt: skip


@SCENARIOS.of(people.change_person)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    person = known(office)
    return office, call(
        people.change_person, person, version(office, Person, person), surname="Sessantini", alias=ALIAS,
        birth_text="2019?", note="Vuole richiamare", owner_staff_id=office.actor.staff_id,
    )  # fmt: skip


@SCENARIOS.of(people.set_privacy)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    person = known(office)
    return office, call(people.set_privacy, person, version(office, Person, person), "signed", TODAY)


@SCENARIOS.of(people.remove_person)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    person = known(office)
    return office, call(people.remove_person, person, version(office, Person, person))


@SCENARIOS.of(people.set_protection)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    person = known(office)
    return office, call(people.set_protection, person, version(office, Person, person), protected=True,
                        restricted=True, reason="Zelinda lo chiede")  # fmt: skip


@SCENARIOS.of(people.assign)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(people.assign, known(office), _staff_id(desk, "educator"))


@SCENARIOS.of(people.block)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    return office, call(people.block, known(office), _staff_id(desk, "educator"), "Zelinda è sua cugina")


@SCENARIOS.of(people.end_tie)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    tie = office.run(people.assign, known(office), _staff_id(desk, "educator"))
    return office, call(people.end_tie, tie, version(office, PersonStaff, tie))


@SCENARIOS.of(contacts.add_contact_point)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(
        contacts.add_contact_point, known(office), kind="mobile", value="333 0000555", owner="Gelsomina, la madre",
        may_call=False, safe_from=time(9), safe_to=time(12, 30), neutral_name="Biblioteca",
    )  # fmt: skip


def _contact(office: Office) -> str:
    return office.run(contacts.add_contact_point, known(office), kind="mobile", value="333 0000555")


@SCENARIOS.of(contacts.change_contact_point)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    point = _contact(office)
    return office, call(
        contacts.change_contact_point, point, version(office, ContactPoint, point), kind="phone", value="0372 000666",
        owner=None, may_call=True, may_leave_message=False, may_write=False, safe_from=time(9), safe_to=time(12),
        neutral_name=None,
    )  # fmt: skip


@SCENARIOS.of(contacts.remove_contact_point)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    point = _contact(office)
    return office, call(contacts.remove_contact_point, point, version(office, ContactPoint, point))


@SCENARIOS.of(contacts.set_no_contact)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    person = known(office)
    return office, call(contacts.set_no_contact, person, version(office, Person, person), never=True)


def _household(office: Office) -> str:
    return office.run(households.add_household, SURNAME, ((known(office), "mother"),), since=SINCE, town="Cremona")


def _membership(office: Office) -> str:
    home = _household(office)
    return office.run(households.join_household, home, known(office, "Sessantini"), "child", SINCE)


@SCENARIOS.of(households.add_household)
def _(desk: Desk) -> tuple[Office, Call]:
    """With its members, in one step."""
    office = desk.sign_in("reception")
    members = ((known(office), "mother"), (known(office, "Sessantini"), "child"))
    return office, call(households.add_household, SURNAME, members, since=SINCE, address="via Lunga 3", town="Cremona")


@SCENARIOS.of(households.change_household)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    home = _household(office)
    return office, call(households.change_household, home, version(office, Household, home), name="Sessantini",
                        address="via Corta 1", town=None, municipality="019036", note="citofono rotto")  # fmt: skip


@SCENARIOS.of(households.join_household)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(households.join_household, _household(office), known(office, "Sessantini"), "child", SINCE)


@SCENARIOS.of(households.leave_household)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    place = _membership(office)
    return office, call(households.leave_household, place, version(office, Membership, place), TODAY)


@SCENARIOS.of(households.change_membership)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    place = _membership(office)
    return office, call(households.change_membership, place, version(office, Membership, place), role="foster_child",
                        since=None, last_day=TODAY)  # fmt: skip


@SCENARIOS.of(households.remove_membership)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    place = _membership(office)
    return office, call(households.remove_membership, place, version(office, Membership, place))
