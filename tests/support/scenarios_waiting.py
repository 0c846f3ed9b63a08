"""Scenarios of the waiting room and of follow-ups."""

from __future__ import annotations

from datetime import date

from famdesk.data.tables.waiting import FollowUp, Visit
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import follow_ups, intake, waiting
from famdesk.usecases.office import Office
from tests.support.calendars import at, seed
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()
TODAY, SOON = date(2025, 2, 11), date(2025, 2, 14)


def booked(desk: Desk) -> tuple[Office, str]:
    """Reception, and an appointment of today with a known person."""
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("reception")
    booked = office.run(calendar.book, starts=at(17, day=TODAY), ends=at(18, day=TODAY), kind="interview",
                        person_id=known(office), access_point_id=here.point)  # fmt: skip
    return office, booked


def _visit(desk: Desk) -> tuple[Office, str]:
    office, appointment = booked(desk)
    return office, office.run(waiting.arrive, appointment_id=appointment)


@SCENARIOS.of(waiting.arrive)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("reception"), call(waiting.arrive, first_name="Zelinda", people=3, what="iscrizione nido")


@SCENARIOS.of(waiting.arrive, "for an appointment")
def _(desk: Desk) -> tuple[Office, Call]:
    """The appointment is "arrived" in the same step."""
    office, appointment = booked(desk)
    return office, call(waiting.arrive, appointment_id=appointment)


@SCENARIOS.of(waiting.change)
def _(desk: Desk) -> tuple[Office, Call]:
    office, visit = _visit(desk)
    return office, call(waiting.change, visit, version(office, Visit, visit), first_name="Zelinda", people=2,
                        what="Zelinda porta i documenti")  # fmt: skip


@SCENARIOS.of(waiting.call)
def _(desk: Desk) -> tuple[Office, Call]:
    office, visit = _visit(desk)
    return office, call(waiting.call, visit, version(office, Visit, visit))


@SCENARIOS.of(waiting.call_next)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _visit_id = _visit(desk)
    return office, call(waiting.call_next)


@SCENARIOS.of(waiting.take_in)
def _(desk: Desk) -> tuple[Office, Call]:
    office, visit = _visit(desk)
    return office, call(waiting.take_in, visit, version(office, Visit, visit))


@SCENARIOS.of(waiting.done)
def _(desk: Desk) -> tuple[Office, Call]:
    """The appointment was held."""
    office, visit = _visit(desk)
    office.run(waiting.take_in, visit, version(office, Visit, visit))
    return office, call(waiting.done, visit, version(office, Visit, visit))


@SCENARIOS.of(waiting.left)
def _(desk: Desk) -> tuple[Office, Call]:
    office, visit = _visit(desk)
    return office, call(waiting.left, visit, version(office, Visit, visit))


@SCENARIOS.of(waiting.wait_again)
def _(desk: Desk) -> tuple[Office, Call]:
    office, visit = _visit(desk)
    office.run(waiting.call, visit, version(office, Visit, visit))
    return office, call(waiting.wait_again, visit, version(office, Visit, visit))


@SCENARIOS.of(waiting.take_back)
def _(desk: Desk) -> tuple[Office, Call]:
    """The number goes, the appointment is planned again."""
    office, appointment = booked(desk)
    office.run(waiting.arrive, appointment_id=appointment)
    return office, call(waiting.take_back, appointment)


def _promised(desk: Desk) -> tuple[Office, tuple[tuple[str, int]]]:
    """An open follow-up about a known person."""
    office = desk.sign_in("educator")
    made = office.run(follow_ups.add, kind="call", what="Zelinda aspetta una telefonata", person_id=known(office))
    return office, ((made, version(office, FollowUp, made)),)


@SCENARIOS.of(follow_ups.add)
def _(desk: Desk) -> tuple[Office, Call]:
    """From a card, for a colleague."""
    office = desk.sign_in("reception")
    card = office.run(intake.open_card, person_id=known(office))
    return office, call(follow_ups.add, kind="check", what="Zelinda ha trovato casa?", access_card_id=card,
                        staff_id=office.actor.staff_id, due_on=SOON)  # fmt: skip


@SCENARIOS.of(follow_ups.change)
def _(desk: Desk) -> tuple[Office, Call]:
    office, ((made, read),) = _promised(desk)
    return office, call(follow_ups.change, made, read, kind="write", what="Scrivere a Zelinda", contact_point_id=None,
                        staff_id=None, due_on=SOON)  # fmt: skip


@SCENARIOS.of(follow_ups.tried)
def _(desk: Desk) -> tuple[Office, Call]:
    office, items = _promised(desk)
    return office, call(follow_ups.tried, items)


@SCENARIOS.of(follow_ups.done)
def _(desk: Desk) -> tuple[Office, Call]:
    office, items = _promised(desk)
    return office, call(follow_ups.done, items, "Zelinda viene giovedì")


@SCENARIOS.of(follow_ups.drop)
def _(desk: Desk) -> tuple[Office, Call]:
    office, items = _promised(desk)
    return office, call(follow_ups.drop, items, "Zelinda ha richiamato")


@SCENARIOS.of(follow_ups.reassign)
def _(desk: Desk) -> tuple[Office, Call]:
    office, items = _promised(desk)
    return office, call(follow_ups.reassign, items, desk.sign_in("psychologist").actor.staff_id)
