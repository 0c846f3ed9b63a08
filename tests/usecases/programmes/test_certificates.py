"""Certificates of attendance: the share that is needed, hours, a register without gaps, also under a race."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from famdesk.data.tables.people import Person
from famdesk.domain.errors import Forbidden, NotFound, UndoConflict
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import certificates, meetings, programmes
from famdesk.usecases.programmes.certificates import Standing
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.scenarios_after import came, training


def standing(office: Office, made: str, surname: str) -> Standing:
    return next(row for row in office.fetch(certificates.standings, made).rows if surname in (row.name or ""))


def numbers(office: Office, year: int = 2025) -> list[int]:
    return [row.number for row in office.fetch(certificates.register, year)]


def test_presence_in_hours(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    came(office, made, "Sempre", 4)
    came(office, made, "Spesso", 3)
    came(office, made, "Tardi", 4, minutes=90)
    assert standing(office, made, "Sempre").share == 100
    often, late = standing(office, made, "Spesso"), standing(office, made, "Tardi")
    assert (often.came, often.meetings, often.minutes, often.whole, often.share, often.enough) == (
        3, 4, 360, 480, 75, False,
    )  # fmt: skip
    assert (late.minutes, late.share) == (360, 75)
    found = office.fetch(certificates.standings, made)
    office.run(certificates.set_share, made, found.version, 75)
    assert standing(office, made, "Spesso").enough
    with pytest.raises(certificates.BadShare):
        office.run(certificates.set_share, made, found.version + 1, 0)


def test_without_lengths_meetings_are_counted(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office, minutes=None)
    came(office, made, "Spesso", 3)
    found = standing(office, made, "Spesso")
    assert (found.share, found.minutes, found.whole) == (75, 0, 0)
    assert not office.fetch(certificates.standings, made).timed


def test_cancelled_meetings_do_not_count(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    came(office, made, "Spesso", 3)
    last = office.fetch(programmes.initiative, made).meetings[3]
    office.run(meetings.cancel_meeting, last.id, last.version, "neve")
    assert standing(office, made, "Spesso").share == 100


def test_who_was_not_there_long_enough_gets_none(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    one = came(office, made, "Spesso", 3)
    with pytest.raises(certificates.NotEnoughPresence) as caught:
        office.run(certificates.issue, made, [one])
    assert "75 percent" in caught.value.sentence()
    empty = training(office, held=0)
    nobody = came(office, empty, "Nessuno", 0)
    with pytest.raises(certificates.NoMeetingsYet):
        office.run(certificates.issue, empty, [nobody])


def test_numbers_go_by_year_and_names_and_are_kept(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    made = training(office)
    late, early = came(office, made, "Zeta", 4), came(office, made, "Alfa", 4)
    office.run(certificates.issue, made, [late, early])
    assert (standing(office, made, "Alfa").number, standing(office, made, "Zeta").number) == (1, 2)
    again = office.run(certificates.issue, made, [late])
    assert again == (standing(office, made, "Zeta").certificate_id,)
    assert numbers(office) == [1, 2]
    (row,) = office.fetch(certificates.certificates, again)
    assert (row.minutes, row.meetings, row.issued_on, row.initiative) == (480, 4, date(2025, 2, 11), "Formazione")


def test_the_register_has_no_gaps_after_undo(desk: Desk) -> None:
    office, other = desk.sign_in("coordinator"), desk.sign_in("coordinator")
    made = training(office)
    first, second = came(office, made, "Alfa", 4), came(office, made, "Beta", 4)
    office.run(certificates.issue, made, [first])
    other.run(certificates.issue, made, [second])
    with pytest.raises(UndoConflict):
        office.undo()
    other.undo()
    assert numbers(office) == [1]
    other.redo()
    assert numbers(office) == [1, 2]


def test_many_desks_leave_no_gap(desk: Desk) -> None:
    lead = desk.sign_in("coordinator")
    made = training(lead)
    enrolled = [came(lead, made, f"Persona {n}", 4) for n in range(8)]
    desks = [desk.sign_in(login) for login in ("reception", "coordinator", "coordinator", "reception")]

    def hand_out(place: int) -> None:
        for one in enrolled[place::4]:
            desks[place].run(certificates.issue, made, [one])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hand_out, range(4)))
    assert numbers(lead) == list(range(1, 9))


def test_two_desks_that_issue_the_same_one_give_one_number(desk: Desk) -> None:
    lead = desk.sign_in("coordinator")
    made = training(lead)
    enrolled = [came(lead, made, f"Persona {n}", 4) for n in range(6)]
    desks = [desk.sign_in(login) for login in ("reception", "coordinator", "coordinator", "reception")]

    def hand_out(place: int) -> None:
        for one in enrolled:
            desks[place].run(certificates.issue, made, [one])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hand_out, range(4)))
    assert numbers(lead) == list(range(1, 7))


def test_a_hidden_person_leaves_no_gap_and_takes_no_number_twice(desk: Desk) -> None:
    """Reception does not see a protected file; the number that it has is not given a second time."""
    lead, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    made = training(lead)
    guarded, open_ = came(lead, made, "Protetta", 4), came(lead, made, "Aperta", 4)
    lead.run(certificates.issue, made, [guarded])
    rows = lead.fetch(programmes.participants, made).enrolments
    person = next(row.person_id for row in rows if row.id == guarded)
    assert person is not None
    lead.run(people.set_protection, person, version(lead, Person, person), protected=True, restricted=False,
             reason="lo chiede")  # fmt: skip
    with pytest.raises(NotFound):
        reception.run(certificates.issue, made, [guarded])
    reception.run(certificates.issue, made, [open_])
    assert numbers(lead) == [1, 2]
    assert numbers(reception) == [2]


def test_who_may(desk: Desk) -> None:
    made = training(desk.sign_in("coordinator"))
    with pytest.raises(Forbidden):
        desk.office.fetch(certificates.standings, made)
    with pytest.raises(Forbidden):
        desk.sign_in("reception").run(certificates.set_share, made, 1, 50)
