"""Scenarios of initiatives in full and of their meetings: templates, organisers, rules, moves, who is told."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.centre import Act
from famdesk.data.tables.directory import Body
from famdesk.data.tables.programmes import Meeting
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts
from famdesk.usecases.post import mail
from famdesk.usecases.programmes import initiative_copies, initiatives, meeting_notices, meeting_post, meetings
from famdesk.usecases.programmes.meetings import MeetingMove
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues, OrganiserValues, PartyValues
from tests.support.offices import Desk
from tests.support.reminders import ACCOUNT
from tests.support.scenarios import Call, Scenarios, call, version, write
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()
THURSDAY = date(2025, 2, 13)
SIX = time(18)
CLOCKS = MeetingMove(date(2025, 4, 3), time(18))
"""After the night of 30 March."""


def _cycle(office: Office) -> tuple[str, str]:
    cycle = office.run(initiatives.add_initiative, InitiativeValues("A.Pe"))
    values = MeetingValues(THURSDAY, SIX, 90, leader_staff_id=office.actor.staff_id)
    return cycle, office.run(meetings.add_meeting, cycle, values)


def _enrolled(desk: Desk) -> tuple[Office, str, str]:
    """A coordinator, a meeting, and somebody enrolled who may be called."""
    office = desk.sign_in("coordinator")
    cycle, meeting = _cycle(office)
    person = known(office)
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 1234567")
    return office, meeting, office.run(enrolment.enrol, cycle, person)


def _mailed(desk: Desk) -> tuple[Office, str, str]:
    """The same with a mail account and address."""
    office = desk.sign_in("coordinator")
    deed: Any = mail.save_account  # many values by name
    office.run(deed, None, "segreto", **ACCOUNT)
    cycle, meeting = _cycle(office)
    person = known(office)
    office.run(contacts.add_contact_point, person, kind="mail", value="zelinda@example.it")
    return office, meeting, office.run(enrolment.enrol, cycle, person)


@SCENARIOS.of(initiatives.set_organisers)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    cycle, _meeting = _cycle(office)
    first, second = Body(name="Comune", kind="municipality"), Body(name="Consultorio", kind="health")
    write(office, initiatives.set_organisers, first, second)
    office.run(initiatives.set_organisers, cycle, (OrganiserValues(first.id, "organiser"),))
    rows = (OrganiserValues(second.id, "partner"), OrganiserValues(first.id, "funder", 500_00))
    return office, call(initiatives.set_organisers, cycle, rows)


@SCENARIOS.of(initiatives.set_acts)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    cycle, _meeting = _cycle(office)
    acts = [Act(kind="resolution", number=str(number)) for number in (1507, 1508)]
    write(office, initiatives.set_acts, *acts)
    office.run(initiatives.set_acts, cycle, (acts[0].id,))
    return office, call(initiatives.set_acts, cycle, (acts[1].id,))


@SCENARIOS.of(initiative_copies.add_from)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("educator"), call(initiative_copies.add_from, "mediation", "Mediazione", 5)


@SCENARIOS.of(initiative_copies.copy)
def _(desk: Desk) -> tuple[Office, Call]:
    office, _meeting, _enrolment = _enrolled(desk)
    return office, call(initiative_copies.copy, _cycle_of(office, _meeting))


@SCENARIOS.of(initiative_copies.keep_as_template)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    return office, call(initiative_copies.keep_as_template, _cycle(office)[0], "Aperitivi")


@SCENARIOS.of(initiative_copies.remove_template)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    kept = office.run(initiative_copies.keep_as_template, _cycle(office)[0])
    return office, call(initiative_copies.remove_template, kept)


@SCENARIOS.of(meetings.add_meetings)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    cycle, _meeting = _cycle(office)
    days = [datetime(2025, 2, day, 18) for day in (20, 27)]
    parties = (PartyValues("helper", name="Zelinda"),)
    return office, call(meetings.add_meetings, cycle, days, MeetingValues(theme="Il sonno", parties=parties))


@SCENARIOS.of(meetings.change_meeting, "with helpers")
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, _enrolment = _enrolled(desk)
    first = MeetingValues(THURSDAY, SIX, parties=(PartyValues("helper", name="Zelinda"),))
    office.run(meetings.change_meeting, meeting, version(office, Meeting, meeting), first)
    other = MeetingValues(THURSDAY, time(17), parties=(PartyValues("colleague", office.actor.staff_id),))
    return office, call(meetings.change_meeting, meeting, version(office, Meeting, meeting), other, None, (_enrolment,))


@SCENARIOS.of(meetings.move_meeting)
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _enrolled(desk)
    return office, call(meetings.move_meeting, meeting, version(office, Meeting, meeting), CLOCKS,
                        "Zelinda ha l’influenza", tell=(enrolled,))  # fmt: skip


@SCENARIOS.of(meetings.move_meeting, "to a day to be set")
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _enrolled(desk)
    office.run(meetings.move_meeting, meeting, version(office, Meeting, meeting), CLOCKS, tell=(enrolled,))
    return office, call(meetings.move_meeting, meeting, version(office, Meeting, meeting), MeetingMove(None),
                        tell=(enrolled,))  # fmt: skip


@SCENARIOS.of(meetings.cancel_meeting, "and told")
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _enrolled(desk)
    return office, call(
        meetings.cancel_meeting, meeting, version(office, Meeting, meeting), "Zelinda manca", (enrolled,)
    )


@SCENARIOS.of(meetings.restore_meeting, "that was put off")
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _enrolled(desk)
    office.run(meetings.move_meeting, meeting, version(office, Meeting, meeting), MeetingMove(None), tell=(enrolled,))
    return office, call(meetings.restore_meeting, meeting, version(office, Meeting, meeting), tell=(enrolled,))


@SCENARIOS.of(meeting_notices.tell)
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _enrolled(desk)
    return office, call(meeting_notices.tell, meeting, "moved", (enrolled,))


@SCENARIOS.of(meeting_post.refresh)
def _(desk: Desk) -> tuple[Office, Call]:
    """The day is over: nobody has to be called any more."""
    office, meeting, enrolled = _enrolled(desk)
    office.run(meeting_notices.tell, meeting, "moved", (enrolled,))
    desk.clock.forward(hours=24 * 10)
    return office, call(meeting_post.refresh)


@SCENARIOS.of(meeting_post.claim)
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _mailed(desk)
    office.run(meeting_notices.tell, meeting, "moved", (enrolled,))
    return office, call(meeting_post.claim)


@SCENARIOS.of(meeting_post.sent)
def _(desk: Desk) -> tuple[Office, Call]:
    office, meeting, enrolled = _mailed(desk)
    office.run(meeting_notices.tell, meeting, "moved", (enrolled,))
    out = office.run(meeting_post.claim)
    assert out is not None
    return office, call(meeting_post.sent, out.reminder_id, "recipient")


def _cycle_of(office: Office, meeting: str) -> str:
    rows = office.fetch(lambda tx: tx.rows(select(Meeting.initiative_id).where(Meeting.id == meeting)))
    return str(rows[0][0])
