"""The warning of doubles over a centre's data: who is found, who is not betrayed, what is remembered."""

from __future__ import annotations

from datetime import date

import pytest

from famdesk.domain.errors import NotFound
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, doubles, people
from tests.benchmarks.doubles import PRECISION, RECALL, score
from tests.support import double_homes
from tests.support.double_pairs import held_out
from tests.support.offices import Desk

BORN = date(2021, 3, 14)
SAME = "The same name and birth date"


@pytest.fixture
def reception(desk: Desk) -> Office:
    return desk.sign_in("reception")


@pytest.fixture
def child(reception: Office) -> str:
    return reception.run(people.add_person, surname="D’Angelo", given_name="Niccolò", birth_date=BORN,
                         phone="0372 407788", mail="casa@example.it", tax_code="MRTMTT91D08F205J",
                         keep_tax_code=True)  # fmt: skip


def _reasons(office: Office, **typed: object) -> dict[str, str]:
    found = office.fetch(doubles.likely_doubles, **typed)  # type: ignore[arg-type]
    return {double.id: double.reason for double in found}


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ({"surname": "D'ANGELO", "given_name": "Niccolo", "birth_date": BORN}, SAME),
        ({"surname": "Niccolò", "given_name": "Dangelo", "birth_date": BORN}, "Surname and given name are swapped"),
        ({"surname": "D Angelo", "given_name": "Niccolo", "birth_date": BORN}, SAME),
        ({"surname": "Dangelo", "given_name": "Nicoló", "birth_date": BORN}, "A similar name and the same birth date"),
        ({"surname": "Dangleo", "given_name": "Niccolò", "birth_date": BORN}, "Perhaps a typing error in the name"),
        ({"surname": "D’Angelo", "given_name": "Niccolò"}, "The same name; a birth date is missing"),
        ({"surname": "D’Angelo", "given_name": "Niccolò", "birth_date": date(2021, 4, 14)},
         "The same name, nearly the same birth date"),
        ({"surname": "D’Angelo", "given_name": "Niccolò", "birth_part": "2021"},
         "The same name, and the birth date fits as far as it is known"),
        ({"given_name": "Niccolò", "phone": "0372/407.788"}, "The same phone number"),
        ({"phone": "+39 0372 407788"}, "The same phone number"),
        ({"mail": "Casa@Example.it"}, "The same e-mail address"),
        ({"code": "mrtmtt91d08f205j"}, "The same tax code"),
        ({"surname": "D’Angelo Rossi", "given_name": "Niccolò", "birth_date": BORN}, "One of the names is shorter"),
    ],
)  # fmt: skip
def test_likely_doubles_with_their_reason(
    reception: Office, child: str, typed: dict[str, object], reason: str
) -> None:  # fmt: skip
    found = _reasons(reception, **typed)
    assert set(found) == {child}
    assert reason in found[child]
    assert _reasons(reception, **typed, except_id=child) == {}


@pytest.mark.parametrize(
    "typed",
    [
        {"surname": "D’Angelo", "given_name": "Sara", "birth_date": BORN},  # a twin
        {"surname": "D’Angelo", "given_name": "Sara", "phone": "0372 407788"},  # a sister
        {"surname": "D’Angelo", "given_name": "Niccolò", "birth_date": date(1985, 7, 2)},  # the father's name
        {"surname": "Bianchi", "given_name": "Ada", "phone": "0372 407788", "mail": "casa@example.it"},  # the mother
        {"surname": "Bianchi", "given_name": "Niccolò", "birth_date": date(2019, 5, 2)},
        {"surname": "D’Angelo"},
        {},
    ],
)
def test_siblings_namesakes_and_couples_are_no_doubles(
    reception: Office, child: str, typed: dict[str, object]
) -> None:  # fmt: skip
    assert _reasons(reception, **typed) == {}


def test_the_likeliest_comes_first(reception: Office, child: str) -> None:
    nameless = reception.run(people.add_person, alias="Nico", phone="0372 407788")
    found = reception.fetch(doubles.likely_doubles, surname="D'Angelo", given_name="Niccolò", phone="0372 407788")
    assert [one.id for one in found] == [child, nameless]
    assert "14/03/2021" in found[0].detail


def test_a_file_that_is_changed_brings_its_numbers_and_its_home(reception: Office, child: str) -> None:
    other = reception.run(people.add_person, surname="D'Angelo", phone="0372 407788")
    assert "The same phone number" in _reasons(reception, surname="D'Angelo", except_id=other)[child]
    third = reception.run(people.add_person, surname="Dangelo", given_name="Nicolò")
    for person in (child, third):
        reception.run(households.add_household, "Casa", ((person, "child"),), address="via Lunga 3")
    found = _reasons(reception, surname="Dangelo", given_name="Nicolò", except_id=third)
    assert "The same address" in found[child]


def test_somebody_else_is_remembered_and_does_not_come_back(reception: Office, child: str) -> None:
    typed = {"surname": "D’Angelo", "given_name": "Niccolò"}
    assert _reasons(reception, **typed, not_same=(child,)) == {}
    other = reception.run(people.add_person, **typed, not_same=(child, child))  # type: ignore[arg-type]
    assert _reasons(reception, **typed, except_id=other) == {}
    assert _reasons(reception, **typed, except_id=child) == {}
    assert set(_reasons(reception, **typed)) == {child, other}
    third = reception.run(people.add_person, **typed)  # type: ignore[arg-type]
    reception.run(doubles.tell_apart, third, child)
    assert set(_reasons(reception, **typed, except_id=third)) == {other}
    reception.undo()
    assert set(_reasons(reception, **typed, except_id=third)) == {child, other}


def test_a_hidden_file_is_not_betrayed(desk: Desk, reception: Office, child: str) -> None:
    coordinator = desk.sign_in("coordinator")
    version = coordinator.fetch(people.person, child).version
    coordinator.run(people.set_protection, child, version, protected=True, restricted=False, reason="tutela")
    typed = {"surname": "D’Angelo", "given_name": "Niccolò", "birth_date": BORN, "phone": "0372 407788",
             "mail": "casa@example.it", "code": "MRTMTT91D08F205J"}  # fmt: skip
    assert _reasons(reception, **typed) == {}
    assert set(_reasons(coordinator, **typed)) == {child}
    added = reception.run(people.add_person, surname="Altro", not_same=(child,))
    with pytest.raises(NotFound):
        reception.run(doubles.tell_apart, added, child)


def test_a_hidden_number_tells_nobody_whose_it_is(desk: Desk, reception: Office) -> None:
    worker = desk.sign_in("social_worker")
    added = worker.run(people.add_person, surname="Verdi", given_name="Ada", owner_staff_id=worker.actor.staff_id)
    worker.run(contacts.add_contact_point, added, kind="mobile", value="333 0000555", hidden=True)
    assert _reasons(reception, phone="333 0000555") == {}


def test_transliterations_are_found_without_a_birth_date(reception: Office) -> None:
    added = reception.run(people.add_person, surname="Hossain", given_name="Muhammad")
    for given in ("Mohamed", "Mohammad", "Mohammed"):
        assert set(_reasons(reception, surname="Hossain", given_name=given)) == {added}, given


def test_the_warning_keeps_its_figures_when_the_search_has_to_find_who_is_meant(file_desk: Desk) -> None:
    """Names that the rules were not made with, hundreds of persons in one home, each typed a second time."""
    office = file_desk.sign_in("coordinator")
    pairs = held_out(10)
    ids = double_homes.fill(office, pairs)
    told = {id(pair): double_homes.warned(office, ids, place, pair) for place, pair in enumerate(pairs)}
    figures = score(pairs, lambda pair: told[id(pair)])
    assert figures.recall >= RECALL, figures
    assert figures.precision >= PRECISION, figures
