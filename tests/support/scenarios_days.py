"""Scenarios of the working day: appointments, accesses, initiatives."""

from __future__ import annotations

from datetime import date, time

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.data.tables.programmes import Enrolment, Initiative, Meeting
from famdesk.usecases.calendar import calendar
from famdesk.usecases.enrolling import attendance, enrolment, waiting_list
from famdesk.usecases.enrolling.enrolment import EnrolmentValues
from famdesk.usecases.intake import drafts, intake
from famdesk.usecases.office import Office
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues, PlannedDate
from tests.support.calendars import Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version
from tests.support.scenarios_people import GIVEN, SURNAME, known

SCENARIOS = Scenarios()

FIVE, SIX = time(17), time(18)
SPRING = date(2025, 4, 3)


def _booked(desk: Desk) -> tuple[Office, Seeded, str]:
    """The social worker's own appointment with a known person."""
    here = seed(desk.sign_in("coordinator"))
    office = desk.sign_in("social_worker")
    booked = office.run(
        calendar.book, starts=at(17), ends=at(18), kind="interview", person_id=known(office), room_id=here.room,
        staff_id=office.actor.staff_id, access_point_id=here.point, function="A", label="con Zelinda",
    )  # fmt: skip
    return office, here, booked


@SCENARIOS.of(calendar.book)
def _(desk: Desk) -> tuple[Office, Call]:
    """Into a time that is taken, with a reason that stays beside it."""
    office, here, _booked_before = _booked(desk)
    return office, call(
        calendar.book, starts=at(17, 30), ends=at(18, 30), kind="first_interview", person_id=here.person,
        staff_id=office.actor.staff_id, room_id=here.room, label="Zelinda viene con la zia",
        overlap_reason="Zelinda insiste", mediator_language="uk",
    )  # fmt: skip


@SCENARIOS.of(calendar.change)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here, booked = _booked(desk)
    return office, call(
        calendar.change, booked, version(office, Appointment, booked), starts=at(9), ends=at(10), kind="consultation",
        person_id=here.person, staff_id=None, access_point_id=None, room_id=here.other_room, function="C", label=None,
        state="confirmed",
    )  # fmt: skip


@SCENARIOS.of(calendar.move)
def _(desk: Desk) -> tuple[Office, Call]:
    office, here, booked = _booked(desk)
    return office, call(calendar.move, booked, version(office, Appointment, booked), at(18), room_id=here.other_room,
                        overlap_reason="Zelinda non può prima")  # fmt: skip


@SCENARIOS.of(calendar.stretch)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _here, booked = _booked(desk)
    return office, call(calendar.stretch, booked, version(office, Appointment, booked), at(18, 45))


@SCENARIOS.of(calendar.cancel)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _here, booked = _booked(desk)
    return office, call(calendar.cancel, booked, version(office, Appointment, booked), "family", "Zelinda è malata")


@SCENARIOS.of(calendar.set_state)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _here, booked = _booked(desk)
    return office, call(calendar.set_state, booked, version(office, Appointment, booked), "confirmed")


def _contact(office: Office) -> str:
    return office.run(intake.log_contact, channel="phone", need="nursery", need_text="per Zelinda", age_band="0-3")


def _card(office: Office) -> str:
    return office.run(intake.open_card, from_contact_id=_contact(office), person_id=known(office))


@SCENARIOS.of(intake.log_contact)
def _(desk: Desk) -> tuple[Office, Call]:
    """Out of a draft, which is dropped for good."""
    office = desk.sign_in("reception")
    office.run(drafts.keep, "contact", '{"need_text": "per Zelinda"}')
    return office, call(intake.log_contact, channel="door", need="nursery", need_text="per Zelinda", age_band="0-3",
                        answer="Nido San Francesco", draft="contact")  # fmt: skip


@SCENARIOS.of(intake.change_contact)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    contact = _contact(office)
    return office, call(intake.change_contact, contact, version(office, InfoContact, contact), channel="mail",
                        need=None, need_text="altro", age_band=None, answer="Zelinda richiama",
                        access_point_id=None)  # fmt: skip


@SCENARIOS.of(intake.remove_contact)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(intake.remove_contact, _contact(office))


@SCENARIOS.of(intake.open_card)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(intake.open_card, channel="door", person_id=known(office), needs=("nursery",),
                        references="Zelinda e la zia", needs_family="un posto al nido")  # fmt: skip


@SCENARIOS.of(intake.open_card, "from a contact")
def _(desk: Desk) -> tuple[Office, Call]:
    """The contact is tied to the card in the same step."""
    office = desk.sign_in("educator")
    return office, call(intake.open_card, from_contact_id=_contact(office), person_id=known(office), outcome="solved")


@SCENARIOS.of(intake.save_card)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    card = _card(office)
    return office, call(
        intake.save_card, card, version(office, AccessCard, card), caller_is_person=False,
        caller_id=known(office, "Sessantini"), caller_relation="grandparent", needs=("nursery",), note="Zelinda dorme",
        at=at(9, day=date(2025, 2, 10)),
    )  # fmt: skip


@SCENARIOS.of(intake.remove_card)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(intake.remove_card, _card(office))


def _cycle(office: Office, capacity: int | None = None) -> tuple[str, list[str]]:
    """A cycle of three meetings: its id and theirs."""
    cycle = office.run(initiatives.add_initiative, InitiativeValues("A.Pe", capacity=capacity))
    days = (date(2025, 2, 13), date(2025, 2, 20), None)
    return cycle, [office.run(meetings.add_meeting, cycle, MeetingValues(day=day, starts=SIX)) for day in days]


@SCENARIOS.of(initiatives.add_initiative)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    former, _meetings = _cycle(office)
    values = InitiativeValues("Laboratorio", kind="laboratory", usual_weekday=4, usual_time=FIVE, capacity=8,
                              season_text="in primavera", continues_id=former)  # fmt: skip
    return office, call(initiatives.add_initiative, values)


@SCENARIOS.of(initiatives.change_initiative)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    cycle, _meetings = _cycle(office)
    values = InitiativeValues("Aperitivi pedagogici", state="running", alias="A.Pe", starts_on=SPRING, usual_time=FIVE)
    return office, call(initiatives.change_initiative, cycle, version(office, Initiative, cycle), values)


@SCENARIOS.of(initiatives.remove_initiative)
def _(desk: Desk) -> tuple[Office, Call]:
    """It takes its meetings with it."""
    office = desk.sign_in("educator")
    return office, call(initiatives.remove_initiative, _cycle(office)[0], 1)


@SCENARIOS.of(meetings.add_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    return office, call(meetings.add_meeting, _cycle(office)[0], MeetingValues(theme="I capricci"))


@SCENARIOS.of(meetings.change_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    meeting = _cycle(office)[1][1]
    values = MeetingValues(day=SPRING, starts=FIVE, minutes=90, leader=f"{SURNAME} {GIVEN}", theme="Il sonno",
                           leader_staff_id=office.actor.staff_id)  # fmt: skip
    return office, call(meetings.change_meeting, meeting, version(office, Meeting, meeting), values)


@SCENARIOS.of(meetings.remove_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    """The first one: those after it move up."""
    office = desk.sign_in("educator")
    return office, call(meetings.remove_meeting, _cycle(office)[1][0], 1)


@SCENARIOS.of(meetings.cancel_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    dated = _cycle(office)[1]
    return desk.sign_in("reception"), call(meetings.cancel_meeting, dated[0], 1, "Zelinda ha l’influenza")


@SCENARIOS.of(meetings.restore_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    meeting = _cycle(office)[1][0]
    office.run(meetings.cancel_meeting, meeting, 1, "Influenza")
    return office, call(meetings.restore_meeting, meeting, version(office, Meeting, meeting))


@SCENARIOS.of(meetings.plan_dates)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    dated = _cycle(office)[1]
    dates = (PlannedDate(dated[0], 1, None, None), PlannedDate(dated[2], 1, SPRING, FIVE))
    return office, call(meetings.plan_dates, dates)


@SCENARIOS.of(enrolment.enrol)
def _(desk: Desk) -> tuple[Office, Call]:
    office, cycle = desk.sign_in("reception"), _cycle(desk.sign_in("educator"))[0]
    return office, call(enrolment.enrol, cycle, known(office), EnrolmentValues("Zelinda porta il figlio"))


@SCENARIOS.of(enrolment.enrol, "again")
def _(desk: Desk) -> tuple[Office, Call]:
    """Somebody who had withdrawn without having come: a new enrolment takes the place of the former one."""
    office, cycle = desk.sign_in("reception"), _cycle(desk.sign_in("educator"))[0]
    person = known(office)
    former = office.run(enrolment.enrol, cycle, person)
    office.run(enrolment.withdraw, former, 1)
    return office, call(enrolment.enrol, cycle, person)


@SCENARIOS.of(enrolment.enrol, "after having come")
def _(desk: Desk) -> tuple[Office, Call]:
    """Somebody who had come and withdrawn: the former enrolment is taken up again."""
    office, (cycle, dated) = desk.sign_in("educator"), _cycle(desk.sign_in("educator"))
    person = known(office)
    former = office.run(enrolment.enrol, cycle, person)
    office.run(attendance.set_attendance, dated[0], former, True)
    office.run(enrolment.withdraw, former, version(office, Enrolment, former))
    return office, call(enrolment.enrol, cycle, person)


@SCENARIOS.of(waiting_list.admit)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    cycle, _meetings = _cycle(office, capacity=1)
    first, second = (office.run(enrolment.enrol, cycle, known(office, name)) for name in (SURNAME, "Sessantini"))
    office.run(enrolment.withdraw, first, 1)
    return office, call(waiting_list.admit, second, 1)


@SCENARIOS.of(enrolment.withdraw)
def _(desk: Desk) -> tuple[Office, Call]:
    office, cycle = desk.sign_in("reception"), _cycle(desk.sign_in("educator"))[0]
    return office, call(enrolment.withdraw, office.run(enrolment.enrol, cycle, known(office)), 1, "Zelinda trasloca")


def _enrolled(desk: Desk) -> tuple[Office, str, str]:
    office = desk.sign_in("educator")
    cycle, dated = _cycle(office)
    return office, dated[0], office.run(enrolment.enrol, cycle, known(office))


@SCENARIOS.of(attendance.set_attendance)
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, place = _enrolled(desk)
    return office, call(attendance.set_attendance, meeting, place, True)


@SCENARIOS.of(attendance.set_attendance, "corrected")
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, place = _enrolled(desk)
    office.run(attendance.set_attendance, meeting, place, True)
    return office, call(attendance.set_attendance, meeting, place, False)


@SCENARIOS.of(attendance.set_attendance, "taken back")
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, place = _enrolled(desk)
    office.run(attendance.set_attendance, meeting, place, True)
    return office, call(attendance.set_attendance, meeting, place, None)


@SCENARIOS.of(attendance.set_attendance, "noted again")
def _(desk: Desk) -> tuple[Office, Call]:
    """A mark that was taken back is still in the bin: it is the same one that comes out of it."""
    office, meeting, place = _enrolled(desk)
    for present in (True, None):
        office.run(attendance.set_attendance, meeting, place, present)
    return office, call(attendance.set_attendance, meeting, place, False)
