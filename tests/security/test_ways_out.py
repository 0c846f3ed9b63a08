"""A person whose rule forbids it is absent or masked on every way out of the program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from famdesk.data.tables.people import ContactPoint
from famdesk.usecases.family import households
from famdesk.usecases.people import contacts, people
from tests.support.offices import Desk, copied_file_desk, server_desk
from tests.support.scenarios import version
from tests.support.thorough import THOROUGH
from tests.support.ways_out import CENTRE, HOME, PHONES, RULES, WAYS, WORDS, Planted, plant

ON_THE_SERVER = (*RULES, "") if THOROUGH else ("hidden", "protected", "")
"""The rules that are also tried where the server hides rows; for the others the program does the same on both."""


def _found(text: str, kinds: tuple[str, ...]) -> list[str]:
    """The planted words of these kinds in a text; a number is found however it is spaced."""
    squeezed = text.replace(" ", "")
    return [word for kind in kinds for word in WORDS[kind] if word.casefold() in text.casefold()
            or (kind == "phones" and word.replace(" ", "") in squeezed)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class State:
    """A centre with the planted person under one kind of rule ("": free to be reached)."""

    desk: Desk
    one: Planted
    rule: str


@pytest.fixture(scope="module")
def state(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    engine, rule = request.param
    folder = tmp_path_factory.mktemp("ways") / "home"
    if engine == "sqlcipher":
        opened = copied_file_desk(request.getfixturevalue("file_template"), folder)
    else:
        opened = server_desk(request.getfixturevalue("postgres"), folder)
    with opened as desk:
        office = desk.sign_in("coordinator")
        one = plant(office)
        if rule:
            RULES[rule].set(office, one)
        yield State(desk, one, rule)


def _under(*rules: str) -> pytest.MarkDecorator:
    """The test on both engines under each of the rules; the centres are made once for all ways."""
    states = [
        pytest.param((engine, rule), id=f"{engine}-{rule or 'free'}", marks=marks)
        for engine, marks in (("sqlcipher", ()), ("postgresql", pytest.mark.postgres))
        for rule in rules
        if engine == "sqlcipher" or rule in ON_THE_SERVER
    ]
    return pytest.mark.parametrize("state", states, indirect=True, scope="module")


@_under("")
@pytest.mark.parametrize("way", WAYS)
def test_who_is_free_to_be_reached_is_told(state: State, way: str) -> None:
    """So the silence about the others is not that of an empty sheet."""
    told = WAYS[way]
    text = told.leaves(state.desk.sign_in(told.role), state.one)
    missing = [kind for kind in told.tells if not _found(text, (kind,))]
    assert not missing, text


@_under(*RULES)
@pytest.mark.parametrize("way", WAYS)
def test_what_the_rule_forbids_is_on_no_way_out(state: State, way: str) -> None:
    told = WAYS[way]
    forbidden = RULES[state.rule].forbidden
    if state.rule in told.named:
        forbidden = tuple(kind for kind in forbidden if kind != "name")
    assert not _found(told.leaves(state.desk.sign_in(told.role), state.one), forbidden)


@_under("", *RULES)
def test_the_slip_is_neutral(state: State) -> None:
    """It names neither the centre nor the colleague nor what it is for."""
    text = WAYS["slip"].leaves(state.desk.sign_in("coordinator"), state.one)
    telling = [word for word in (CENTRE, "Prova coordinator", "ppointment") if word in text]
    assert bool(telling) is (state.rule == ""), text


def test_of_a_household_where_somebody_is_careful_no_address_leaves(desk: Desk) -> None:
    """The address of one tells that of all who live there."""
    office = desk.sign_in("coordinator")
    one = plant(office)
    child = office.run(people.add_person, surname="Bimbi", given_name="Ugo")
    home = office.fetch(people.person, one.person).households[0]
    office.run(households.join_household, home.id, child, "child")
    sheet = WAYS["labels"].leaves
    other = Planted(child, one.appointment, one.card, one.initiative)
    assert HOME in sheet(office, other)
    assert HOME in WAYS["table"].leaves(office, other)
    phone = next(row for row in office.fetch(people.person, one.person).contacts if row.value == PHONES[0])
    office.run(contacts.change_contact_point, phone.id, version(office, ContactPoint, phone.id), kind="phone",
               value=PHONES[0], may_write=False)  # fmt: skip
    assert HOME not in sheet(office, other)
    assert HOME not in WAYS["table"].leaves(office, other)
