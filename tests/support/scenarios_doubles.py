"""Scenarios of doubles: two persons told apart, two files merged, taken apart, what is left taken over."""

from __future__ import annotations

from famdesk.data.tables.people import Membership, Person
from famdesk.data.tx import Tx
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import doubles, merging
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import SINCE, SURNAME, known

SCENARIOS = Scenarios()


@SCENARIOS.of(doubles.tell_apart)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(doubles.tell_apart, known(office), known(office))


def _two(office: Office) -> tuple[str, str]:
    """Two files with one phone number and one household."""
    kept, other = known(office), known(office)
    home = office.run(households.add_household, SURNAME, ((kept, "mother"),), since=SINCE, town="Cremona")
    office.run(households.join_household, home, other, "member", SINCE)
    return kept, other


def _merge(office: Office, kept: str, other: str) -> Call:
    return call(merging.merge, kept, version(office, Person, kept), other, version(office, Person, other))


@SCENARIOS.of(merging.merge)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, _merge(office, *_two(office))


def _merged(office: Office) -> tuple[str, str]:
    """The merge, and the file that went."""
    kept, other = _two(office)
    return str(office.run(_merge(office, kept, other))), other


@SCENARIOS.of(merging.unmerge)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(merging.unmerge, _merged(office)[0])


def _put(tx: Tx, place: str, person: str) -> None:
    """As if a desk that did not know of the merge yet had saved a membership."""
    with tx.doing(households.change_membership.name):
        tx.get(Membership, place).person_id = person


@SCENARIOS.of(merging.take_over)
def _(desk: Desk) -> tuple[Office, Call]:
    """A household that was still written into the file that went."""
    office = desk.sign_in("social_worker")
    kept, other = _two(office)
    home = office.run(households.add_household, SURNAME, ((known(office), "mother"),))
    place = office.run(households.join_household, home, known(office), "child", SINCE)
    made = str(office.run(_merge(office, kept, other)))
    office.run(_put, place, other)
    return office, call(merging.take_over, made)
