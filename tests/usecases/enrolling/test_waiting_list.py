"""The waiting list under attack: past an approval, a full child care, a place that is counted twice or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Initiative, Meeting
from famdesk.domain.errors import Forbidden
from famdesk.domain.programmes.enrolment import CHILD_CARE
from famdesk.usecases.enrolling import attendance, enrolment, enrolment_checks, enrolment_counts, waiting_list
from famdesk.usecases.enrolling.enrolment import EnrolmentValues, Member
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiative_checks, initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues
from tests.support.offices import Desk
from tests.support.scenarios import version, write
from tests.usecases.enrolling.test_enrolment import TODAY, cycle, home, person, rows, states


def test_nobody_gets_in_past_those_who_approve(desk: Desk) -> None:
    office, reception = desk.sign_in("educator"), desk.sign_in("reception")
    made, _meetings = cycle(office, approval=True)
    asks, refused, gone = (reception.run(enrolment.enrol, made, person(reception, name)) for name in ("A", "B", "C"))
    office.run(enrolment.refuse, refused, 1, "non è per loro")
    reception.run(enrolment.withdraw, gone, 1)
    for place in (asks, refused, gone):
        read = version(office, Enrolment, place)
        for deed in (waiting_list.admit, waiting_list.offer):
            with pytest.raises(Forbidden):
                reception.run(deed, place, read)
    for place in (refused, gone):
        with pytest.raises(Forbidden):
            reception.run(waiting_list.wait_again, place, version(office, Enrolment, place))
    office.run(waiting_list.admit, refused, version(office, Enrolment, refused))
    assert states(office, made) == [("A", "requested"), ("B", "enrolled"), ("C", "withdrawn")]


def test_nobody_is_offered_a_place_whose_child_cannot_be_looked_after(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, _meetings = cycle(office, capacity=1)
    first = office.run(enrolment.enrol, made, person(office, "Prima"))
    household, mother, _father, child = home(office)
    care = EnrolmentValues(part=CHILD_CARE)
    office.run(enrolment.enrol_family, made, household, (Member(mother), Member(child, care)))
    later = office.run(enrolment.enrol, made, person(office, "Dopo"))
    for number in range(2):  # both places of the child care are taken meanwhile
        born = person(office, f"Bimbo {number}", birth_date=date(2022, 1, 1))
        write(office, enrolment.enrol, Enrolment(initiative_id=made, person_id=born, part=CHILD_CARE,
                                                 enrolled_on=TODAY))  # fmt: skip
    office.run(enrolment.withdraw, first, 1)
    with pytest.raises(waiting_list.NobodyWaits):
        office.run(waiting_list.offer_next, made)
    assert rows(office, made)[later].state == "waiting"


def test_whoever_came_by_and_waits_takes_a_place_then_and_none_twice(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (first, _second) = cycle(office, capacity=1)
    anna, bea = person(office, "Anna"), person(office, "Bea")
    came = office.run(attendance.walk_in, first, anna)
    office.run(enrolment.withdraw, came, version(office, Enrolment, came))
    office.run(waiting_list.wait_again, came, version(office, Enrolment, came))
    office.run(waiting_list.offer_next, made)
    other = office.run(enrolment.enrol, made, bea)
    assert rows(office, made)[other].state == "waiting"
    office.run(enrolment.withdraw, other, 1)
    office.run(enrolment.withdraw, came, version(office, Enrolment, came))
    office.run(enrolment.enrol, made, anna)
    for deed in (waiting_list.wait_again, waiting_list.admit):
        with pytest.raises(enrolment_checks.EnrolledAlready):
            office.run(deed, came, version(office, Enrolment, came))


def test_a_place_that_frees_the_second_one_goes_to_the_family_that_waits_for_two(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, _meetings = cycle(office, capacity=2, offer_hours=24)
    one, two = (office.run(enrolment.enrol, made, person(office, name)) for name in ("Uno", "Due"))
    alone = office.run(enrolment.enrol, made, person(office, "Solo"))
    household, mother, father, _child = home(office)
    ids = office.run(enrolment.enrol_family, made, household, (Member(mother), Member(father)))
    office.run(enrolment.withdraw, one, 1)
    office.run(waiting_list.offer, alone, 1)
    office.run(enrolment.withdraw, two, 1)
    office.run(waiting_list.decline, alone, version(office, Enrolment, alone))
    assert {rows(office, made)[place].state for place in ids} == {"offered"}


def test_the_order_keeps_families_together_and_names_no_household(desk: Desk) -> None:
    """Reception may ask a server by hand: the home of somebody hidden would tell who it is."""
    office, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    made, _meetings = cycle(office, capacity=1)
    office.run(enrolment.enrol, made, person(office, "Uno"))
    household, mother, father, _child = home(office)
    ids = office.run(enrolment.enrol_family, made, household, (Member(mother), Member(father)))
    for one in (mother, father):
        office.run(people.set_protection, one, version(office, Person, one), protected=True, restricted=False,
                   reason="minacce")  # fmt: skip
    [waiting] = reception.fetch(lambda tx: enrolment_counts.line(tx, made))
    assert (set(waiting.ids), waiting.wanted) == (set(ids), 2)
    if desk.office.store.engine.dialect.name == "postgresql":
        asked = "SELECT * FROM fd_line(CAST(%(made)s AS uuid))"
        told = reception.fetch(lambda tx: tx.session.connection().exec_driver_sql(asked, {"made": made}).all())
        assert len(told) == 2
        assert household not in {str(value) for row in told for value in row}


def test_undo_takes_no_places_away_that_are_taken(desk: Desk) -> None:
    office, other = desk.sign_in("coordinator"), desk.sign_in("reception")
    made, _meetings = cycle(office, capacity=1)
    office.run(initiatives.change_initiative, made, 1, InitiativeValues("A.Pe", capacity=2))
    for name in ("Uno", "Due"):
        other.run(enrolment.enrol, made, person(other, name))
    with pytest.raises(enrolment_checks.NoPlaceLeft):
        office.undo()
    other.undo()
    office.undo()
    last = other.run(enrolment.enrol, made, person(other, "Tre"))
    assert rows(office, made)[last].state == "waiting"


def test_a_place_in_a_meeting_that_is_no_more_is_not_counted(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (first, second) = cycle(office, capacity=2)
    alone = office.run(enrolment.enrol, made, person(office, "Anna"), EnrolmentValues(meeting_id=first))
    with pytest.raises(meetings.HasPlaces):
        office.run(meetings.remove_meeting, first, version(office, Meeting, first))
    office.run(enrolment.withdraw, alone, 1)
    office.run(meetings.remove_meeting, first, version(office, Meeting, first))
    write(office, enrolment.enrol, Enrolment(initiative_id=made, person_id=person(office, "Bea"), meeting_id=first,
                                             state="enrolled", enrolled_on=TODAY))  # fmt: skip
    found = office.fetch(lambda tx: enrolment_counts.seats(tx, tx.session.get_one(Initiative, made)))
    assert (found.left(None), found.left(second), found.single) == (2, 2, {})


def test_names_do_not_become_heads_and_heads_that_were_counted_stay(desk: Desk) -> None:
    office = desk.sign_in("educator")
    made, (first, second) = cycle(office)
    heads = {"counting": "heads"}, {"group_form": "families"}
    for change in heads:  # nobody is there yet: any way of counting will do
        _change(office, made, **change)
        _change(office, made, counting="names", group_form=None)
    _change(office, made, counting="heads")
    office.run(attendance.count_heads, first, 7, 3)
    _change(office, made, counting="names")
    gone = office.run(enrolment.enrol, made, person(office, "Anna"))
    office.run(attendance.set_attendance, second, gone, True)
    office.run(enrolment.withdraw, gone, version(office, Enrolment, gone))
    shown = office.fetch(programmes.initiative, made)
    assert [row.present for row in shown.meetings] == [10, 1]
    for change in heads:
        with pytest.raises(initiative_checks.NamesThere):
            _change(office, made, **change)


def _change(office: Office, made: str, **values: Any) -> None:
    shown = office.fetch(programmes.initiative, made)
    office.run(initiatives.change_initiative, made, shown.row.version, replace(shown.values, **values))
