"""Meetings on both engines: by a rule, moved, put off, cancelled, restored; who is told, and never too much."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from famdesk.data.tables.calendar import Resource
from famdesk.data.tables.directory import Room
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Meeting
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.calendar.recurrence import Rule, Weekday
from famdesk.domain.errors import Required
from famdesk.exchange.mail_message import compose
from famdesk.usecases.calendar import calendar
from famdesk.usecases.directory import places
from famdesk.usecases.enrolling import enrolment
from famdesk.usecases.intake import call_list
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import mail, reminders
from famdesk.usecases.programmes import initiatives, meeting_dates, meeting_notices, meeting_post, meetings, programmes
from famdesk.usecases.programmes.meeting_checks import BadPlaces, NobodyNamed, RoomElsewhere, UnknownPart
from famdesk.usecases.programmes.meetings import MeetingMove
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingRow, MeetingValues, PartyValues
from tests.support.calendars import Seeded, seed
from tests.support.offices import Desk
from tests.support.reminders import ACCOUNT
from tests.support.scenarios import version, write

THURSDAY = date(2025, 2, 13)
MORNING = time(9)
LATER = date(2025, 4, 3)


class Cycle:
    """A cycle with one meeting in a room of the centre, led by the coordinator."""

    def __init__(self, desk: Desk, **values: Any) -> None:
        self.desk, self.office = desk, desk.sign_in("coordinator")
        self.seeded: Seeded = seed(self.office)
        self.id = self.office.run(initiatives.add_initiative, InitiativeValues("Il sonno", **values))
        self.staff = self.office.actor.staff_id
        wanted = MeetingValues(THURSDAY, MORNING, 90, room_id=self.seeded.room, leader_staff_id=self.staff)
        self.meeting = self.office.run(meetings.add_meeting, self.id, wanted)

    def rows(self) -> tuple[MeetingRow, ...]:
        return self.office.fetch(programmes.initiative, self.id).meetings

    def run(self, deed: Any, *args: Any, **more: Any) -> Any:
        return self.office.run(deed, self.meeting, version(self.office, Meeting, self.meeting), *args, **more)

    def enrol(self, surname: str = "Rossi", **contact: Any) -> str:
        person = self.office.run(people.add_person, surname=surname)
        if contact:
            deed: Any = contacts.add_contact_point
            self.office.run(deed, person, **contact)
        return str(self.office.run(enrolment.enrol, self.id, person))

    def told(self) -> list[tuple[str, str, str, datetime | None]]:
        rows = self.office.fetch(meeting_notices.of_initiative, self.id)
        return [(one.kind, one.channel, one.state, one.starts) for one in rows]

    def calls(self) -> list[str]:
        return [text for one in self.office.fetch(call_list.call_list) for text in one.what]


@pytest.fixture
def cycle(desk: Desk) -> Cycle:
    return Cycle(desk)


def test_a_rule_gives_meetings_over_the_change_of_the_clocks(cycle: Cycle) -> None:
    rule = Rule("weekly", 2, (Weekday(4),), count=4)
    looks = cycle.office.fetch(meeting_dates.by_rule, rule, datetime(2025, 3, 6, 18), MeetingValues())
    starts = [one.starts for one in looks if one.starts]
    assert [f"{one:%d/%m %H:%M}" for one in starts] == ["06/03 18:00", "20/03 18:00", "03/04 18:00", "17/04 18:00"]
    cycle.office.run(meetings.add_meetings, cycle.id, starts, MeetingValues(minutes=None, theme="Il sonno"))
    assert [(row.number, row.day, row.theme) for row in cycle.rows()][1:] == [
        (number, one.date(), "Il sonno") for number, one in enumerate(starts, start=2)
    ]  # fmt: skip
    cycle.office.undo()
    assert len(cycle.rows()) == 1


def test_rules_without_an_end_or_with_too_many_dates_are_refused(cycle: Cycle) -> None:
    with pytest.raises(meeting_dates.EndlessRule):
        cycle.office.fetch(meeting_dates.by_rule, Rule("weekly"), datetime(2025, 3, 6, 18), MeetingValues())
    with pytest.raises(meeting_dates.RuleTooLong):
        cycle.office.fetch(meeting_dates.by_rule, Rule("daily", count=61), datetime(2025, 3, 6, 18), MeetingValues())
    with pytest.raises(meetings.NoDates):
        cycle.office.run(meetings.add_meetings, cycle.id, [], MeetingValues())


def test_conflicts_are_told_before_with_the_way_out_and_need_a_reason(cycle: Cycle) -> None:
    wanted = MeetingValues(THURSDAY, time(10), 60, room_id=cycle.seeded.room, leader_staff_id=cycle.staff)
    look = cycle.office.fetch(meeting_dates.look, wanted)
    assert [(one.field, one.text, one.way_out) for one in look.conflicts] == [
        ("leader_staff_id", "Prova coordinator already leads a meeting at 9:00 (Il sonno, meeting 1).",
         "Prova coordinator is free from 10:30."),
        ("room_id", "Stanza 1 is already taken at 9:00 (Il sonno, meeting 1).", "Stanza 2 is free at that time."),
    ]  # fmt: skip
    with pytest.raises(Overlap) as caught:
        cycle.office.run(meetings.add_meeting, cycle.id, wanted)
    assert caught.value.field == "leader_staff_id"
    cycle.office.run(meetings.add_meeting, cycle.id, wanted, "Si dividono la stanza")
    assert cycle.rows()[1].overlap_reason == "Si dividono la stanza"
    own = cycle.office.fetch(meeting_dates.look, cycle.rows()[0].values, cycle.meeting)
    assert len(own.conflicts) == 2  # the other meeting, never itself


def test_what_cannot_be_in_two_places_is_refused_also_with_a_reason(cycle: Cycle) -> None:
    mediator = Resource(name="Mediatrice", kind="mediator", languages="ar")
    write(cycle.office, calendar.book, mediator)
    needs = MeetingValues(THURSDAY, time(15), parties=(PartyValues("interpreter", resource_id=mediator.id),))
    cycle.office.run(meetings.add_meeting, cycle.id, needs)
    with pytest.raises(Overlap) as caught:
        cycle.office.run(meetings.add_meeting, cycle.id, needs, "È importante")
    assert not caught.value.allowed
    assert caught.value.field == "parties"


@pytest.mark.parametrize(
    ("values", "error", "field"),
    [
        (MeetingValues(parties=(PartyValues("leader", name="Anna"),)), UnknownPart, "parties"),
        (MeetingValues(parties=(PartyValues("helper", name=" "),)), NobodyNamed, "parties"),
        (MeetingValues(capacity=0), BadPlaces, "capacity"),
        (MeetingValues(child_care_places=0), BadPlaces, "child_care_places"),
    ],
)
def test_what_is_typed_wrong_is_told_at_its_field(
    cycle: Cycle, values: MeetingValues, error: type[Any], field: str
) -> None:
    with pytest.raises(error) as caught:
        cycle.office.run(meetings.add_meeting, cycle.id, values)
    assert caught.value.field == field


def test_a_room_of_another_place_is_refused(cycle: Cycle) -> None:
    other = cycle.office.fetch(lambda tx: tx.session.get(Room, cycle.seeded.room).place_id)  # type: ignore[union-attr]
    values = MeetingValues(place_id=other, room_id=cycle.seeded.room)
    cycle.office.run(meetings.add_meeting, cycle.id, values)
    place = cycle.office.run(places.add_place, places.PlaceData(name="Civico 81", kind="centre"))
    with pytest.raises(RoomElsewhere):
        cycle.office.run(meetings.add_meeting, cycle.id, replace(values, place_id=place))


def test_helpers_stay_with_their_hours_when_others_come(cycle: Cycle) -> None:
    first = (PartyValues("helper", name="Anna"), PartyValues("colleague", cycle.staff))
    cycle.run(meetings.change_meeting, MeetingValues(THURSDAY, MORNING, parties=first))
    assert [one.name for one in cycle.rows()[0].parties] == ["Anna", "Prova coordinator"]
    cycle.run(
        meetings.change_meeting, MeetingValues(THURSDAY, MORNING, parties=(first[1], PartyValues("helper", name="Bea")))
    )
    assert [one.name for one in cycle.rows()[0].parties] == ["Prova coordinator", "Bea"]


def test_moved_twice_and_back(cycle: Cycle) -> None:
    cycle.run(meetings.move_meeting, MeetingMove(LATER, time(18), 90, None, cycle.seeded.room), "Sciopero")
    row = cycle.rows()[0]
    assert (row.day, row.moved_from, row.moved_from_starts, row.reason) == (LATER, THURSDAY, MORNING, "Sciopero")
    cycle.run(meetings.move_meeting, MeetingMove(None))
    row = cycle.rows()[0]
    assert (row.state, row.day, row.minutes, row.moved_from) == ("postponed", None, 90, THURSDAY)
    cycle.run(meetings.restore_meeting)
    row = cycle.rows()[0]
    assert (row.state, row.day, row.starts, row.moved_from) == ("planned", THURSDAY, MORNING, None)
    with pytest.raises(meetings.NotCancelled):
        cycle.run(meetings.restore_meeting)


def test_a_meeting_put_off_frees_its_room_and_comes_back_only_if_it_is_free(cycle: Cycle) -> None:
    cycle.run(meetings.move_meeting, MeetingMove(None, room_id=cycle.seeded.room))
    starts = datetime.combine(THURSDAY, MORNING)
    cycle.office.run(calendar.book, starts=starts, ends=starts.replace(hour=10), kind="interview",
                     room_id=cycle.seeded.room)  # fmt: skip
    with pytest.raises(Overlap):
        cycle.run(meetings.restore_meeting)
    cycle.run(meetings.restore_meeting, "Il colloquio è breve")
    assert cycle.rows()[0].state == "planned"


def test_moving_to_where_it_is_and_cancelling_without_a_reason_or_twice_are_refused(cycle: Cycle) -> None:
    here = MeetingMove(THURSDAY, MORNING, 90, None, cycle.seeded.room)
    with pytest.raises(meetings.NothingMoved):
        cycle.run(meetings.move_meeting, here)
    with pytest.raises(Required):
        cycle.run(meetings.cancel_meeting, " ")
    cycle.run(meetings.cancel_meeting, "Malattia")
    with pytest.raises(meetings.CancelledAlready):
        cycle.run(meetings.cancel_meeting, "Malattia")


def test_only_who_was_chosen_is_told_and_only_the_newest(cycle: Cycle) -> None:
    anna = cycle.enrol("Anna", kind="mobile", value="333 1234567")
    cycle.enrol("Bea", kind="mobile", value="333 7654321")
    cycle.run(meetings.move_meeting, MeetingMove(LATER, time(18)), tell=(anna,))
    assert cycle.calls() == ["Tell: the meeting of Thu 13 Feb, 9:00 is now on Thu 3 Apr, 18:00"]
    cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    assert cycle.calls() == ["Tell: the meeting of Thu 3 Apr, 18:00 is cancelled"]
    assert cycle.told() == [("cancelled", "call", "waiting", datetime(2025, 4, 3, 18))]


def test_who_is_still_to_be_called_hears_what_is_so_now_though_nobody_chose_them_again(cycle: Cycle) -> None:
    anna = cycle.enrol("Anna", kind="mobile", value="333 1234567")
    cycle.run(meetings.move_meeting, MeetingMove(LATER, time(18)), tell=(anna,))
    cycle.run(meetings.cancel_meeting, "Malattia")
    assert cycle.calls() == ["Tell: the meeting of Thu 3 Apr, 18:00 is cancelled"]
    assert cycle.told() == [("cancelled", "call", "waiting", datetime(2025, 4, 3, 18))]
    cycle.office.undo()
    assert cycle.calls() == ["Tell: the meeting of Thu 13 Feb, 9:00 is now on Thu 3 Apr, 18:00"]


def test_somebody_who_withdrew_is_not_told(cycle: Cycle) -> None:
    anna = cycle.enrol("Anna", kind="mobile", value="333 1234567")
    cycle.office.run(enrolment.withdraw, anna, 1)
    assert cycle.office.fetch(meeting_notices.reachable, cycle.meeting) == ()
    with pytest.raises(meeting_notices.NotEnrolledHere):
        cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    assert cycle.rows()[0].state == "planned"


def test_nothing_goes_to_who_must_never_be_contacted(cycle: Cycle) -> None:
    anna = cycle.enrol("Anna", kind="mobile", value="333 1234567")
    person = cycle.office.fetch(programmes.participants, cycle.id).enrolments[0].person_id
    assert person is not None
    cycle.office.run(contacts.set_no_contact, person, version(cycle.office, Person, person), never=True)
    [row] = cycle.office.fetch(meeting_notices.reachable, cycle.meeting)
    assert (row.channel, row.why) == ("none", "This person is never to be contacted.")
    cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    assert cycle.told() == []
    assert cycle.calls() == []


def test_reception_may_cancel_but_not_see_protected_people(desk: Desk) -> None:
    cycle = Cycle(desk)
    anna = cycle.enrol("Anna", kind="mobile", value="333 1234567")
    person = cycle.office.fetch(programmes.participants, cycle.id).enrolments[0].person_id
    assert person is not None
    cycle.office.run(people.set_protection, person, version(cycle.office, Person, person), protected=True,
                     restricted=False, reason="minacce")  # fmt: skip
    desk_office = desk.sign_in("reception")
    assert desk_office.fetch(meeting_notices.reachable, cycle.meeting) == ()
    with pytest.raises(meeting_notices.NotEnrolledHere):
        desk_office.run(meetings.cancel_meeting, cycle.meeting, version(cycle.office, Meeting, cycle.meeting),
                        "Malattia", (anna,))  # fmt: skip


def mailed(desk: Desk) -> tuple[Cycle, str]:
    cycle = Cycle(desk)
    deed: Any = mail.save_account
    cycle.office.run(deed, None, "segreto", **ACCOUNT)
    return cycle, cycle.enrol("Anna", kind="mail", value="anna@example.it")


def test_a_mail_goes_out_once_and_tells_neither_initiative_nor_leader(desk: Desk) -> None:
    cycle, anna = mailed(desk)
    cycle.run(meetings.move_meeting, MeetingMove(LATER, time(18), 90), tell=(anna,))
    office = cycle.office
    assert office.tend(meeting_post.refresh) == 1
    assert office.tend(reminders.claim) is None
    out = office.tend(meeting_post.claim)
    assert out is not None
    assert office.tend(meeting_post.claim) is None
    assert out.recipient == "anna@example.it"
    assert (out.message.was, out.message.starts, out.message.ends) == (
        datetime(2025, 2, 13, 9), datetime(2025, 4, 3, 18), datetime(2025, 4, 3, 19, 30)
    )  # fmt: skip
    text = compose(out, datetime(2025, 2, 12, 12).astimezone()).as_string()
    assert "sonno" not in text
    assert "coordinator" not in text
    office.tend(meeting_post.sent, out.reminder_id)
    assert cycle.told() == [("moved", "mail", "sent", datetime(2025, 4, 3, 18))]
    assert office.undo_label() == "Meeting 1 moved"


def test_a_contact_rule_that_changed_meanwhile_is_minded(desk: Desk) -> None:
    cycle, anna = mailed(desk)
    cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    person = cycle.office.fetch(programmes.participants, cycle.id).enrolments[0].person_id
    assert person is not None
    cycle.office.run(contacts.set_no_contact, person, version(cycle.office, Person, person), never=True)
    assert cycle.office.tend(meeting_post.claim) is None
    assert cycle.told() == []


def test_a_refused_mail_ends_in_a_call_and_a_lost_one_is_never_sent_twice(desk: Desk) -> None:
    cycle, anna = mailed(desk)
    cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    out = cycle.office.tend(meeting_post.claim)
    assert out is not None
    cycle.office.tend(meeting_post.sent, out.reminder_id, "lost")
    assert cycle.office.tend(meeting_post.claim) is None
    assert [one[2] for one in cycle.told()] == ["unsure"]
    assert cycle.calls() == ["Tell: the meeting of Thu 13 Feb, 9:00 is cancelled"]


def test_letters_are_printed_with_the_others_and_posted(cycle: Cycle) -> None:
    anna = cycle.enrol("Anna", kind="address", value="via Bonomelli 81, Cremona")
    cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    assert cycle.told()[0][1:3] == ("letter", "waiting")
    [letter] = cycle.office.fetch(reminders.letters)
    assert letter.message.cancelled
    cycle.office.run(reminders.posted, [letter.id])
    assert cycle.told()[0][2] == "done"
    assert cycle.office.fetch(reminders.letters) == ()


def test_when_the_day_is_over_nobody_is_called_any_more(cycle: Cycle) -> None:
    anna = cycle.enrol("Anna", kind="mobile", value="333 1234567")
    cycle.run(meetings.cancel_meeting, "Malattia", (anna,))
    cycle.desk.clock.forward(hours=24 * 4)
    cycle.office.tend(meeting_post.refresh)
    assert cycle.told() == []
    assert cycle.calls() == []
