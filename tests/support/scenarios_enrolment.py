"""Scenarios of places: families, approval, the waiting list, walk-ins, heads and hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from famdesk.data.tables.programmes import Enrolment, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.programmes.enrolment import CHILD_CARE, Answer
from famdesk.usecases.enrolling import attendance, enrolment, place_news, waiting_list
from famdesk.usecases.enrolling.attendance import Mark, Worked
from famdesk.usecases.enrolling.enrolment import EnrolmentValues, Member
from famdesk.usecases.family import households
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import mail
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import Desk
from tests.support.reminders import ACCOUNT
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import SURNAME, known

SCENARIOS = Scenarios()
DAY = date(2025, 2, 13)


def cycle(office: Office, **values: Any) -> tuple[str, str]:
    """A cycle with one place and one meeting with child care: their ids."""
    made = office.run(initiatives.add_initiative, replace(InitiativeValues("A.Pe", capacity=1), **values))
    meeting = office.run(meetings.add_meeting, made, MeetingValues(DAY, time(18), child_care=True, child_care_places=4))
    return made, meeting


def _full(office: Office) -> tuple[str, str, str]:
    """A cycle whose only place is taken, and two who wait: the enrolments."""
    made, _meeting = cycle(office)
    first, second, third = (office.run(enrolment.enrol, made, known(office, name)) for name in (SURNAME, "Uno", "Due"))
    return first, second, third


def _left(office: Office, enrolment_id: str) -> int:
    return version(office, Enrolment, enrolment_id)


def _offered(office: Office) -> tuple[str, str]:
    """A place that is offered to the first who waits, and another who waits."""
    first, second, third = _full(office)
    office.run(enrolment.withdraw, first, 1)
    office.run(waiting_list.offer, second, 1)
    return second, third


def let_pass(office: Office, hours: float) -> None:
    """So much of the time of every offer is gone. On a server its own clock counts, which no test can move."""

    def pass_by(tx: Tx) -> None:
        with tx.doing(waiting_list.offer.name):
            for one in tx.all(Enrolment, Enrolment.state == "offered"):
                assert one.offered_until
                one.offered_until -= timedelta(hours=hours)

    office.run(pass_by)


@SCENARIOS.of(enrolment.enrol_family)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made, _meeting = cycle(office)
    mother, child = known(office), known(office, "Sessantini")
    home = office.run(households.add_household, "Casa", ((mother, "mother"), (child, "child")))
    care = EnrolmentValues(part=CHILD_CARE, allergies="Zelinda: noci", pick_up="la nonna Zelinda", photo_release=False)
    return office, call(enrolment.enrol_family, made, home, (Member(mother), Member(child, care)))


@SCENARIOS.of(enrolment.enrol, "although it is not meant")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made, _meeting = cycle(office, questions="C’è violenza?")
    values = EnrolmentValues(answers=(Answer("C’è violenza?", yes=True),), mismatch_reason="Zelinda ne ha parlato")
    return office, call(enrolment.enrol, made, known(office), values)


@SCENARIOS.of(enrolment.change)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    made, _meeting = cycle(desk.sign_in("educator"))
    place = office.run(enrolment.enrol, made, known(office))
    return office, call(enrolment.change, place, 1, EnrolmentValues("Zelinda tarda", allergies="latte"))


def _requested(office: Office) -> str:
    made, _meeting = cycle(office, approval=True)
    return office.run(enrolment.enrol, made, known(office))


@SCENARIOS.of(enrolment.approve)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    return office, call(enrolment.approve, _requested(office), 1)


@SCENARIOS.of(enrolment.refuse)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    return office, call(enrolment.refuse, _requested(office), 1, "Zelinda è già seguita altrove")


@SCENARIOS.of(waiting_list.admit, "before others")
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    first, _second, third = _full(office)
    office.run(enrolment.withdraw, first, 1)
    return office, call(waiting_list.admit, third, 1, "Zelinda aspetta un figlio")


@SCENARIOS.of(waiting_list.offer)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    first, second, _third = _full(office)
    office.run(enrolment.withdraw, first, 1)
    return office, call(waiting_list.offer, second, 1)


@SCENARIOS.of(waiting_list.offer_next)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made, _meeting = cycle(office)
    first, _second = (office.run(enrolment.enrol, made, known(office, name)) for name in (SURNAME, "Uno"))
    office.run(enrolment.withdraw, first, 1)
    return office, call(waiting_list.offer_next, made)


@SCENARIOS.of(waiting_list.accept)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    second, _third = _offered(office)
    return office, call(waiting_list.accept, second, _left(office, second))


@SCENARIOS.of(waiting_list.decline)
def _(desk: Desk) -> tuple[Office, Call]:
    """The place goes to the next in the same step."""
    office = desk.sign_in("educator")
    second, _third = _offered(office)
    return office, call(waiting_list.decline, second, _left(office, second), "Zelinda lavora")


@SCENARIOS.of(waiting_list.wait_again)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    first, _second, _third = _full(office)
    office.run(enrolment.withdraw, first, 1)
    return office, call(waiting_list.wait_again, first, _left(office, first))


@SCENARIOS.of(waiting_list.go_on)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made, _meeting = cycle(office, offer_hours=24)
    first, second, _third = (office.run(enrolment.enrol, made, known(office, name)) for name in (SURNAME, "Uno", "Due"))
    office.run(enrolment.withdraw, first, 1)
    office.run(waiting_list.offer, second, 1)
    let_pass(office, 25)
    return office, call(waiting_list.go_on, made)


@SCENARIOS.of(place_news.tell)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    save: Any = mail.save_account
    office.run(save, None, "segreto", **ACCOUNT)
    person = known(office)
    office.run(contacts.add_contact_point, person, kind="mail", value="zelinda@example.it")
    made, _meeting = cycle(office)
    place = office.run(enrolment.enrol, made, person)
    return office, call(place_news.tell, place, _left(office, place))


@SCENARIOS.of(attendance.note)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made, meeting = cycle(office, capacity=None)
    places = [office.run(enrolment.enrol, made, known(office, name)) for name in (SURNAME, "Uno", "Due")]
    office.run(attendance.set_attendance, meeting, places[0], True)
    marks = (Mark(meeting, places[0], present=None), Mark(meeting, places[1], present=True, minutes=45),
             Mark(meeting, places[2], present=False))  # fmt: skip
    return office, call(attendance.note, marks)


@SCENARIOS.of(attendance.walk_in)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    _made, meeting = cycle(office)
    return office, call(attendance.walk_in, meeting, known(office), reason="Zelinda accompagna la sorella")


@SCENARIOS.of(attendance.count_heads)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    _made, meeting = cycle(office, counting="heads")
    office.run(attendance.count_heads, meeting, 2, 1, 1)
    return office, call(attendance.count_heads, meeting, 1, 0, 1)


@SCENARIOS.of(attendance.set_heads)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    _made, meeting = cycle(office, counting="heads")
    return office, call(attendance.set_heads, meeting, version(office, Meeting, meeting), 30, 12, 5)


@SCENARIOS.of(attendance.note_hours)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    made = office.run(initiatives.add_initiative, InitiativeValues("A.Pe"))
    values = MeetingValues(DAY, time(18), leader_staff_id=office.actor.staff_id)
    meeting = office.run(meetings.add_meeting, made, values)
    return office, call(attendance.note_hours, meeting, (Worked(None, 120, 30),))
