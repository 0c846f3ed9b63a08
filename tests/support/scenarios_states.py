"""Scenarios of the states of appointments, reminders, mail and absences."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from famdesk.data.tables.calendar import Appointment
from famdesk.usecases.calendar import absences, appointment_states, calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import mail, reminders
from tests.support.calendars import at, seed
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()
LATER = date(2025, 2, 17)
AWAY, BACK = datetime(2025, 2, 12), datetime(2025, 2, 15)


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


def _mail_account(desk: Desk) -> None:
    lead = desk.sign_in("coordinator")
    lead.run(mail.save_account, None, "segreto", host="smtp.example.it", port=465, security="tls", login="centro",
             sender="posta@example.it", neutral_sender="avvisi@example.it", hours_before=24)  # fmt: skip


def _reachable(desk: Desk, **more: Any) -> tuple[Office, str]:
    """The appointment of somebody with a mail address, after the account was made and the day before came."""
    _mail_account(desk)
    office, booked = _booked(desk, **more)
    person = office.fetch(calendar.appointment, booked).person_id
    assert person is not None
    office.run(contacts.add_contact_point, person, kind="mail", value="zelinda@example.it")
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 1234567")
    desk.clock.forward(hours=30)
    return desk.sign_in("social_worker"), booked


@SCENARIOS.of(mail.save_account)
def _(desk: Desk) -> tuple[Office, Call]:
    _mail_account(desk)
    office = desk.sign_in("coordinator")
    return office, call(mail.save_account, None, host="mail.example.it", port=587, security="starttls",
                        sender="centro@example.it", sender_name="Centro di Zelinda", hours_before=48)  # fmt: skip


@SCENARIOS.of(reminders.refresh)
def _(desk: Desk) -> tuple[Office, Call]:
    return _reachable(desk)[0], call(reminders.refresh)


@SCENARIOS.of(reminders.claim)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _booked_before = _reachable(desk)
    office.tend(reminders.refresh)
    return office, call(reminders.claim)


def _claimed(desk: Desk) -> tuple[Office, str]:
    office, _booked_before = _reachable(desk)
    office.tend(reminders.refresh)
    taken = office.tend(reminders.claim)
    assert taken is not None
    return office, taken.reminder_id


@SCENARIOS.of(reminders.sent)
def _(desk: Desk) -> tuple[Office, Call]:
    office, taken = _claimed(desk)
    return office, call(reminders.sent, taken)


@SCENARIOS.of(reminders.sent, "given up")
def _(desk: Desk) -> tuple[Office, Call]:
    office, taken = _claimed(desk)
    return office, call(reminders.sent, taken, "recipient")


@SCENARIOS.of(reminders.tell)
def _(desk: Desk) -> tuple[Office, Call]:
    office, booked = _reachable(desk)
    return office, call(reminders.tell, booked, "call")


@SCENARIOS.of(reminders.posted)
def _(desk: Desk) -> tuple[Office, Call]:
    """Somebody who is written to on paper only."""
    office, booked = _booked(desk, starts=at(17, day=LATER), ends=at(18, day=LATER))
    person = office.fetch(calendar.appointment, booked).person_id
    assert person is not None
    office.run(contacts.add_contact_point, person, kind="address", value="via Prova 3, Cremona")
    office.tend(reminders.refresh)
    letters = office.fetch(reminders.letters)
    assert letters
    return office, call(reminders.posted, [one.id for one in letters])


def _handed_over(desk: Desk) -> tuple[Office, str, list[absences.Decision]]:
    """The social worker's appointment, to be cancelled; the family can be called."""
    office, booked = _booked(desk)
    person = office.fetch(calendar.appointment, booked).person_id
    assert person is not None
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 1234567")
    return office, office.actor.staff_id, [
        absences.Decision(booked, version(office, Appointment, booked), "cancel")
    ]  # fmt: skip


@SCENARIOS.of(absences.plan)
def _(desk: Desk) -> tuple[Office, Call]:
    office, away, decisions = _handed_over(desk)
    return office, call(absences.plan, away, AWAY, BACK, label="Zelinda lo sa", decisions=decisions)


@SCENARIOS.of(absences.change)
def _(desk: Desk) -> tuple[Office, Call]:
    office, away, decisions = _handed_over(desk)
    planned = office.run(absences.plan, away, AWAY, AWAY + timedelta(days=1))
    return office, call(absences.change, planned.id, version(office, Appointment, planned.id), AWAY, BACK,
                        label="Zelinda lo sa", decisions=decisions)  # fmt: skip
