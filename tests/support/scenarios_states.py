"""Scenarios of the states of appointments, reminders, mail and absences."""

from __future__ import annotations

from typing import Any

from famdesk.data.calendar import Appointment
from famdesk.usecases import appointment_states, calendar
from famdesk.usecases.office import Office
from tests.support.calendars import at, seed
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()


def _booked(desk: Desk, **more: Any) -> tuple[Office, str]:
    """An appointment of the social worker with a known person, a day and a half ahead."""
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("social_worker")
    values: dict[str, Any] = {"starts": at(17), "ends": at(18), "kind": "interview", "person_id": known(office),
                              "staff_id": office.actor.staff_id, "access_point_id": here.point, **more}  # fmt: skip
    deed: Any = calendar.book
    return office, office.run(deed, **values)


def _step(desk: Desk, name: str, *before: str) -> tuple[Office, Call]:
    office, booked = _booked(desk)
    for state in before:
        office.run(appointment_states.STEPS[state], booked, version(office, Appointment, booked))
    return office, call(appointment_states.STEPS[name], booked, version(office, Appointment, booked))


@SCENARIOS.of(appointment_states.confirm)
def _(desk: Desk) -> tuple[Office, Call]:
    return _step(desk, "confirmed")


@SCENARIOS.of(appointment_states.arrive)
def _(desk: Desk) -> tuple[Office, Call]:
    return _step(desk, "arrived")


@SCENARIOS.of(appointment_states.hold)
def _(desk: Desk) -> tuple[Office, Call]:
    return _step(desk, "done", "confirmed", "arrived")


@SCENARIOS.of(appointment_states.miss)
def _(desk: Desk) -> tuple[Office, Call]:
    office, booked = _booked(desk)
    return office, call(appointment_states.miss, booked, version(office, Appointment, booked), "illness")


@SCENARIOS.of(appointment_states.plan_again)
def _(desk: Desk) -> tuple[Office, Call]:
    return _step(desk, "planned", "no_show")
