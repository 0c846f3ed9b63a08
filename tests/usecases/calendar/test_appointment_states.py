"""The states of an appointment on both engines: reasons, what counts, names for undo."""

from __future__ import annotations

from datetime import timedelta

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.domain.calendar.calendar import StateNotAllowed
from famdesk.domain.calendar.no_shows import NoShows
from famdesk.usecases.calendar import appointment_checks, appointment_states, calendar
from famdesk.usecases.intake import waiting
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version


@pytest.fixture
def lead(desk: Desk) -> Office:
    return desk.sign_in("coordinator")


@pytest.fixture
def seeded(lead: Office) -> Seeded:
    return seed(lead)


def _book(office: Office, person: str, hour: int = 17) -> str:
    return office.run(calendar.book, starts=at(hour), ends=at(hour) + timedelta(hours=1), kind="interview",
                      person_id=person)  # fmt: skip


def _go(office: Office, booked: str, state: str, *more: str) -> None:
    office.run(appointment_states.STEPS[state], booked, version(office, Appointment, booked), *more)


def test_illness_and_transport_do_not_count_in_the_file(lead: Office, seeded: Seeded) -> None:
    for hour, reason in enumerate(("illness", "transport", "forgotten", "unknown"), start=9):
        _go(lead, _book(lead, seeded.person, hour), "no_show", reason)
    _book(lead, seeded.person, 15)
    assert lead.fetch(appointment_states.missed, seeded.person) == NoShows(counted=2, excused=2)
    file = lead.fetch(people.person, seeded.person)
    assert file.missed == NoShows(2, 2)
    told = {row.starts: row.details for row in file.timeline if row.state == "no_show"}
    assert [told[at(hour).time()][0] for hour in (9, 10, 11)] == [
        "Illness: does not count", "Transport: does not count", "Forgotten",
    ]  # fmt: skip


def test_the_reason_goes_with_the_state(lead: Office, seeded: Seeded) -> None:
    booked = _book(lead, seeded.person)
    _go(lead, booked, "no_show", "work")
    assert lead.fetch(calendar.appointment, booked).no_show_reason == "work"
    _go(lead, booked, "arrived")
    assert lead.fetch(calendar.appointment, booked).no_show_reason is None


def test_an_unknown_reason_and_a_step_that_does_not_follow_are_refused(lead: Office, seeded: Seeded) -> None:
    booked = _book(lead, seeded.person)
    with pytest.raises(appointment_checks.UnknownNoShow):
        _go(lead, booked, "no_show", "laziness")
    _go(lead, booked, "done")
    with pytest.raises(StateNotAllowed):
        _go(lead, booked, "confirmed")
    assert lead.fetch(calendar.appointment, booked).state == "done"


def test_each_step_has_its_name_for_undo(lead: Office, seeded: Seeded) -> None:
    booked = _book(lead, seeded.person)
    for state, name in (
        ("confirmed", "Appointment of Thu 13 Feb, 17:00 confirmed"),
        ("no_show", "Appointment of Thu 13 Feb, 17:00: did not come"),
        ("planned", "Appointment of Thu 13 Feb, 17:00 planned again"),
        ("arrived", "Arrival for the appointment of Thu 13 Feb, 17:00 noted"),
        ("done", "Appointment of Thu 13 Feb, 17:00 marked as held"),
    ):
        _go(lead, booked, state)
        assert lead.undo_label() == name
    assert lead.undo() == name
    assert lead.fetch(calendar.appointment, booked).state == "arrived"


def test_what_was_cancelled_comes_back_only_where_there_is_room(lead: Office, seeded: Seeded) -> None:
    mine = lead.actor.staff_id
    values = {"starts": at(9), "ends": at(10), "kind": "team", "staff_id": mine}
    booked = lead.run(calendar.book, **values)  # type: ignore[arg-type]
    lead.run(calendar.cancel, booked, version(lead, Appointment, booked), "centre", "sciopero")
    lead.run(calendar.book, **values)  # type: ignore[arg-type]
    with pytest.raises(calendar.Overlap):
        _go(lead, booked, "planned")
    lead.run(appointment_states.plan_again, booked, version(lead, Appointment, booked), overlap_reason="in due")
    assert lead.fetch(calendar.appointment, booked).reason is None


@pytest.mark.parametrize("state", ["arrived", "done"])
def test_who_comes_late_to_a_time_that_was_given_away_is_received_with_a_reason(
    lead: Office, seeded: Seeded, state: str
) -> None:
    values = {"starts": at(9), "ends": at(10), "kind": "interview", "staff_id": lead.actor.staff_id}
    booked = lead.run(calendar.book, person_id=seeded.person, **values)  # type: ignore[arg-type]
    _go(lead, booked, "no_show", "transport")
    lead.run(calendar.book, **values)  # type: ignore[arg-type]
    with pytest.raises(calendar.Overlap) as caught:
        _go(lead, booked, state)
    assert caught.value.allowed
    step = appointment_states.STEPS[state]
    lead.run(step, booked, version(lead, Appointment, booked), overlap_reason="il treno")
    found = lead.fetch(calendar.appointment, booked)
    assert (found.state, found.overlap_reason) == (state, "il treno")
    lead.undo()
    assert lead.fetch(calendar.appointment, booked).state == "no_show"


def test_the_waiting_room_gives_a_number_to_who_comes_late_with_a_reason(lead: Office, seeded: Seeded) -> None:
    day = lead.now().date()
    values = {"starts": at(9, day=day), "ends": at(10, day=day), "kind": "interview", "staff_id": lead.actor.staff_id}
    booked = lead.run(calendar.book, person_id=seeded.person, **values)  # type: ignore[arg-type]
    _go(lead, booked, "no_show", "transport")
    lead.run(calendar.book, **values)  # type: ignore[arg-type]
    with pytest.raises(calendar.Overlap):
        lead.run(waiting.arrive, appointment_id=booked)
    lead.run(waiting.arrive, appointment_id=booked, overlap_reason="il treno")
    assert lead.fetch(calendar.appointment, booked).state == "arrived"
