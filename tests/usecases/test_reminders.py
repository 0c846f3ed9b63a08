"""Reminders on both engines: who is told and how, followed through every change, sent by one desk only and once."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.calendar import Appointment, Reminder
from famdesk.data.people import ContactPoint, Person
from famdesk.data.waiting import FollowUp
from famdesk.domain import codes, reminding
from famdesk.usecases import calendar, call_list, contacts, follow_ups, mail, people, relations, reminders, today
from famdesk.usecases.office import Office
from famdesk.usecases.reminder_rows import AlreadyTold, Outbound
from tests.support.calendars import DAY, Seeded, at, seed
from tests.support.offices import Desk
from tests.support.scenarios import version

ACCOUNT: dict[str, Any] = {
    "host": "smtp.example.it", "port": 465, "security": "tls", "login": "centro", "sender": "posta@example.it",
    "sender_name": "Centro di prova", "neutral_sender": "avvisi@example.it", "hours_before": 24,
}  # fmt: skip
ADDRESS = "ines@example.it"


FIVE = at(17)


class Place:
    """A centre with a mail account, and somebody who can have an appointment on Thursday at five."""

    def __init__(self, desk: Desk, **account: Any) -> None:
        self.desk = desk
        self.office = desk.sign_in("coordinator")
        self.seeded: Seeded = seed(self.office)
        self.person = self.seeded.person
        deed: Any = mail.save_account
        self.office.run(deed, None, "segreto", **{**ACCOUNT, **account})
        self.points: dict[str, str] = {}

    def point(self, kind: str, value: str, person: str | None = None, **rule: Any) -> str:
        deed: Any = contacts.add_contact_point
        self.points[kind] = self.office.run(deed, person or self.person, kind=kind, value=value, **rule)
        return self.points[kind]

    def rule(self, kind: str, value: str, **rule: Any) -> None:
        deed: Any = contacts.change_contact_point
        point = self.points[kind]
        self.office.run(deed, point, version(self.office, ContactPoint, point), kind=kind, value=value, **rule)

    def book(self, starts: datetime = FIVE, person: str | None = None, **more: Any) -> str:
        values = {"kind": "interview", "ends": starts + timedelta(hours=1), **more}
        deed: Any = calendar.book
        return str(self.office.run(deed, starts=starts, person_id=person or self.person,
                                   access_point_id=self.seeded.point, **values))  # fmt: skip

    def refresh(self, office: Office | None = None) -> int:
        return (office or self.office).tend(reminders.refresh)

    def claim(self, office: Office | None = None) -> Outbound | None:
        return (office or self.office).tend(reminders.claim)

    def rows(self) -> list[tuple[str, str]]:
        """Channel and state of what is put down."""
        columns = select(Reminder.channel, Reminder.state).where(Reminder.deleted_at.is_(None)).order_by(Reminder.id)
        return [(row.channel, row.state) for row in self.office.fetch(lambda tx: tx.rows(columns))]

    def tasks(self) -> list[tuple[str, str | None]]:
        """What the list of calls holds: way and number or address."""
        return [(row.way, row.value) for row in self.office.fetch(call_list.call_list)]

    def version(self, booked: str) -> int:
        return version(self.office, Appointment, booked)


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(desk)


def _day_before(place: Place) -> None:
    """Wednesday, 17:41: a day before and a little less."""
    place.desk.clock.forward(hours=29)


def test_a_mail_goes_out_a_day_before_and_once(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    assert place.refresh() == 0
    assert place.claim() is None
    _day_before(place)
    assert place.refresh() == 1
    out = place.claim()
    assert out is not None
    assert (out.recipient, out.sender, out.sender_name) == (ADDRESS, "posta@example.it", "Centro di prova")
    assert out.server.password == "segreto"
    assert (out.message.starts, out.message.lines) == (at(17), ("piazza Giovanni XXIII",))
    assert place.rows() == [("mail", "sending")]
    other = place.desk.sign_in("reception")
    assert place.refresh(other) == 0
    assert place.claim(other) is None
    place.office.tend(reminders.sent, out.reminder_id)
    assert place.rows() == [("mail", "sent")]
    assert place.refresh() == 0
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert (told.channel, told.state) == ("mail", "sent")


def test_sending_is_no_step_of_the_one_who_is_signed_in(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.book()
    label = place.office.undo_label()
    _day_before(place)
    place.refresh()
    assert place.claim() is not None
    assert place.office.undo_label() == label


def test_nothing_goes_to_nobody(place: Place) -> None:
    booked = place.book()
    _day_before(place)
    assert place.refresh() == 0
    assert place.rows() == []
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert (told.channel, told.why) == ("none", "No contact is noted that may be used for this.")


def test_a_letter_or_call_where_no_mail_may_go(place: Place) -> None:
    place.point("mail", ADDRESS, may_write=False)
    place.point("address", "via Prova 3, Cremona")
    place.point("mobile", "333 1234567", safe_from=at(9).time(), safe_to=at(12).time())
    place.book(at(17, day=date(2025, 2, 17)))
    place.refresh()
    assert place.rows() == [("letter", "waiting")]
    assert place.tasks() == [("write", "via Prova 3, Cremona")]
    place.rule("address", "via Prova 3, Cremona", may_write=False)
    place.refresh()
    assert place.rows() == [("call", "waiting")]
    [row] = place.office.fetch(call_list.call_list)
    assert (row.way, row.value, row.opens) == ("call", "333 1234567", at(9, day=date(2025, 2, 12)))


def test_for_a_letter_there_has_to_be_time(place: Place) -> None:
    place.point("address", "via Prova 3, Cremona")
    place.point("mobile", "333 1234567")
    place.book()
    place.refresh()
    assert place.rows() == [("call", "waiting")]


def test_the_rule_is_asked_again_when_it_is_sent(place: Place) -> None:
    """Between the queue and the mail somebody changed the rule: no mail goes out, and a call is to be made."""
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    place.book()
    _day_before(place)
    assert place.refresh() == 1
    place.rule("mail", ADDRESS, may_write=False)
    assert place.claim() is None
    assert place.rows() == [("call", "waiting")]
    assert place.tasks() == [("call", "333 1234567")]


def test_what_was_done_by_phone_is_done(place: Place) -> None:
    place.point("mobile", "333 1234567")
    place.book()
    place.refresh()
    [row] = place.office.fetch(call_list.call_list)
    assert row.what == ("Remind of the appointment of Thu 13 Feb, 17:00",)
    place.office.run(follow_ups.done, row.items, "viene")
    place.refresh()
    assert place.rows() == [("call", "done")]
    assert place.tasks() == []


def test_a_dropped_call_does_not_come_back(place: Place) -> None:
    place.point("mobile", "333 1234567")
    place.book()
    place.refresh()
    [row] = place.office.fetch(call_list.call_list)
    place.office.run(follow_ups.drop, row.items)
    for _time in range(2):
        place.refresh()
        assert place.rows() == [("call", "stopped")]
        assert place.tasks() == []


def test_a_moved_appointment_takes_its_reminder_along(place: Place) -> None:
    place.point("mobile", "333 1234567")
    booked = place.book()
    place.refresh()
    place.office.run(calendar.move, booked, place.version(booked), at(18))
    place.refresh()
    [row] = place.office.fetch(call_list.call_list)
    assert row.what == ("Remind of the appointment of Thu 13 Feb, 18:00",)
    place.office.run(calendar.cancel, booked, place.version(booked), "centre")
    place.refresh()
    assert (place.rows(), place.tasks()) == ([], [])
    place.office.run(calendar.set_state, booked, place.version(booked), "planned")
    place.refresh()
    assert place.rows() == [("call", "waiting")]


def test_who_was_told_and_then_moved_is_told_again(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    _day_before(place)
    place.refresh()
    out = place.claim()
    assert out is not None
    assert not out.message.changed
    place.office.tend(reminders.sent, out.reminder_id)
    place.office.run(calendar.move, booked, place.version(booked), at(17, 30))
    place.refresh()
    again = place.claim()
    assert again is not None
    assert (again.message.starts, again.message.changed) == (at(17, 30), True)
    assert (again.uid, again.sequence > out.sequence) == (out.uid, True)


def test_of_the_past_and_of_what_begins_at_once_nobody_is_reminded(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.book(at(14, day=date(2025, 2, 11)))
    assert place.refresh() == 0
    assert place.rows() == []


@pytest.mark.parametrize("kind", ["team", "network", "supervision", "phone_call"])
def test_nobody_at_home_hears_of_meetings_about_them(place: Place, kind: str) -> None:
    place.point("mail", ADDRESS)
    place.book(kind=kind)
    _day_before(place)
    assert place.refresh() == 0
    assert place.rows() == []


def test_neutral_mails_come_from_the_neutral_address(place: Place) -> None:
    place.point("mail", ADDRESS, neutral_name="Biblioteca")
    place.book()
    _day_before(place)
    assert place.refresh() == 1
    out = place.claim()
    assert out is not None
    assert (out.sender, out.sender_name, out.message.centre, out.message.signed) == (
        "avvisi@example.it", "Biblioteca", "", "Biblioteca",
    )  # fmt: skip


def test_without_a_neutral_address_no_neutral_mail(desk: Desk) -> None:
    place = Place(desk, neutral_sender=None)
    place.point("mail", ADDRESS, neutral_name="Biblioteca")
    place.point("mobile", "333 1234567")
    place.book()
    _day_before(place)
    assert place.refresh() == 0
    assert place.rows() == [("call", "waiting")]


@pytest.mark.parametrize("what", ["protected", "restricted", "never"])
def test_to_guarded_files_nothing_is_written(place: Place, what: str) -> None:
    place.point("mail", ADDRESS)
    place.point("address", "via Prova 3")
    place.point("mobile", "333 1234567")
    booked = place.book()
    read = version(place.office, Person, place.person)
    if what == "never":
        place.office.run(contacts.set_no_contact, place.person, read, never=True)
    else:
        deed: Any = people.set_protection
        values = {"protected": what == "protected", "restricted": what == "restricted", "reason": "lo chiede"}
        place.office.run(deed, place.person, read, **values)
    _day_before(place)
    assert place.refresh() == 0
    assert place.claim() is None
    assert place.rows() == ([("call", "waiting")] if what == "protected" else [])
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert told.channel == ("call" if what == "protected" else "none")
    reception = place.desk.sign_in("reception")
    assert place.claim(reception) is None


def _child(place: Place, mother: str) -> str:
    child = place.office.run(people.add_person, surname="Prova", given_name="Ugo", birth_date=date(2016, 5, 4))
    place.office.run(relations.add_relation, mother, child, "birth_parent")
    return child


def test_for_a_child_the_mother_is_told(place: Place) -> None:
    place.point("mail", ADDRESS)
    child = _child(place, place.person)
    place.point("mail", "ugo@example.it", person=child)
    place.book(person=child, kind="other")
    _day_before(place)
    assert place.refresh() == 1
    out = place.claim()
    assert out is not None
    assert out.recipient == ADDRESS


def test_for_a_protected_child_nobody_is_written_to(place: Place) -> None:
    place.point("mail", ADDRESS)
    child = _child(place, place.person)
    booked = place.book(person=child, kind="other")
    deed: Any = people.set_protection
    place.office.run(deed, child, version(place.office, Person, child), protected=True, restricted=False, reason="si")
    _day_before(place)
    assert place.refresh() == 0
    assert place.rows() == []
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert told.why == "The file is protected: ask the colleague in charge."


def test_tries_grow_apart_and_end_in_a_call(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    place.book(at(17, day=date(2025, 2, 14)))
    place.desk.clock.forward(hours=53)
    place.refresh()
    waited = []
    while (out := place.claim()) is not None:
        place.office.tend(reminders.sent, out.reminder_id, "no_server")
        minutes = 0
        while place.rows() == [("mail", "failed")] and place.refresh() == 0:
            place.desk.clock.forward(minutes=5)
            minutes += 5
        waited.append(minutes)
    assert waited == [5, 20, 60, 180, 0]
    assert place.rows() == [("mail", "given_up")]
    assert place.tasks() == [("call", "333 1234567")]
    [task] = [one for one in place.office.fetch(today.board).tasks if one.kind == "call_back"]
    assert task.name == "The reminder could not be sent: appointment of Fri 14 Feb, 17:00"


def test_an_address_that_is_refused_is_not_tried_again(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.book()
    _day_before(place)
    place.refresh()
    out = place.claim()
    assert out is not None
    place.office.tend(reminders.sent, out.reminder_id, "recipient")
    assert place.rows() == [("mail", "given_up")]
    assert place.office.fetch(reminders.queue).error == "recipient"


def test_a_crash_while_sending_is_told_and_sends_nothing_twice(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    booked = place.book()
    _day_before(place)
    place.refresh()
    assert place.claim() is not None
    place.desk.clock.forward(minutes=9)
    place.refresh()
    assert place.rows() == [("mail", "sending")]
    place.desk.clock.forward(minutes=2)
    assert place.refresh() == 0
    assert place.claim() is None
    assert place.rows() == [("mail", "unsure")]
    assert place.tasks() == [("call", "333 1234567")]
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert (told.state, told.error) == ("unsure", "lost")


def test_undo_of_a_booking_takes_a_reminder_along_that_told_nobody(place: Place) -> None:
    place.point("mobile", "333 1234567")
    place.book()
    place.refresh()
    assert place.rows() == [("call", "waiting")]
    place.office.undo()
    assert (place.rows(), place.tasks()) == ([], [])
    place.office.redo()
    assert place.rows() == [("call", "waiting")]
    place.refresh()
    assert place.tasks() == [("call", "333 1234567")]


def test_a_booking_of_which_the_family_was_told_is_not_undone(place: Place) -> None:
    place.point("mail", ADDRESS)
    _day_before(place)
    booked = place.book()
    place.refresh()
    assert place.claim() is not None
    with pytest.raises(AlreadyTold):
        place.office.undo()
    assert place.office.fetch(calendar.appointment, booked).state == "planned"


def test_news_of_a_change_are_told_by_mail_or_call(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    booked = place.book(at(17, day=date(2025, 2, 27)))
    assert place.office.run(reminders.tell, booked, "mail") == 1
    out = place.claim()
    assert out is not None
    assert out.message.starts == at(17, day=date(2025, 2, 27))
    place.office.run(calendar.cancel, booked, place.version(booked), "centre")
    place.office.run(reminders.tell, booked, "mail")
    place.refresh()
    off = place.claim()
    assert off is not None
    assert off.message.cancelled
    place.office.run(reminders.tell, booked, "call")
    [row] = place.office.fetch(call_list.call_list)
    assert row.what == ("Tell: appointment of Thu 27 Feb, 17:00 cancelled",)
    place.office.undo()
    assert place.tasks() == []


def test_no_news_on_a_way_that_is_not_safe(place: Place) -> None:
    place.point("mail", ADDRESS, may_write=False)
    booked = place.book()
    with pytest.raises(reminders.NotToBeTold):
        place.office.run(reminders.tell, booked, "mail")
    with pytest.raises(reminders.NotToBeTold):
        place.office.run(reminders.tell, booked, "call")


def test_the_journal_says_who_was_written_to_and_holds_no_address(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.book()
    _day_before(place)
    place.refresh()
    assert place.claim() is not None
    from famdesk.data.journal import AuditEntry, Change

    def entries(tx: Any) -> list[Any]:
        return list(tx.rows(select(AuditEntry.kind, AuditEntry.subjects, AuditEntry.details)))

    found = place.office.fetch(entries)
    [entry] = [row for row in found if row.kind == "send"]
    assert place.person in entry.subjects
    assert not any(ADDRESS in row.subjects or ADDRESS in row.details for row in found)
    changes = place.office.fetch(lambda tx: tx.rows(select(Change.after).where(Change.table_name == "mail_account")))
    assert changes
    assert not any("segreto" in (row.after or "") for row in changes)


def test_a_contact_point_that_is_undone_leaves_its_reminder(place: Place) -> None:
    place.book()
    place.point("mobile", "333 1234567")
    place.refresh()
    place.office.undo()
    place.refresh()
    assert place.rows() == []


def test_rows_of_reminders_have_known_states(place: Place) -> None:
    known = set(codes.codes(codes.REMINDER_STATES))
    assert {*reminding.OPEN, *reminding.TOLD} <= known
    assert reminding.retry_minutes(0) is None
    assert reminding.due("call", datetime(2025, 2, 17, 10), 24) == datetime(2025, 2, 15, 10)
    assert reminding.due("mail", datetime(2025, 2, 17, 10), 24) == datetime(2025, 2, 16, 10)
    assert place.office.fetch(lambda tx: tx.rows(select(FollowUp.id))) == []
    assert place.office.fetch(calendar.appointments, DAY, DAY) == ()


def test_a_late_answer_of_the_server_takes_the_call_back(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    place.book()
    _day_before(place)
    place.refresh()
    out = place.claim()
    assert out is not None
    place.desk.clock.forward(minutes=11)
    place.refresh()
    assert (place.rows(), len(place.tasks())) == ([("mail", "unsure")], 1)
    place.office.tend(reminders.sent, out.reminder_id, "lost")
    assert len(place.tasks()) == 1
    place.office.tend(reminders.sent, out.reminder_id)
    assert (place.rows(), place.tasks()) == ([("mail", "sent")], [])
    place.office.tend(reminders.sent, out.reminder_id, "later")
    assert place.rows() == [("mail", "sent")]


def test_what_changed_after_the_queue_was_made_goes_to_nobody(place: Place) -> None:
    """Cancelled, without its person, or with an address that is gone: seen when it is taken."""
    place.point("mail", ADDRESS)
    booked = [place.book(at(hour)) for hour in (14, 15, 16)]
    _day_before(place)
    assert place.refresh() == 3
    place.office.run(calendar.cancel, booked[0], place.version(booked[0]), "centre")

    def nobody(tx: Any) -> None:
        with tx.doing("calendar.change"):
            tx.get(Appointment, booked[1]).person_id = None

    place.office.run(nobody)
    out = place.claim()
    assert out is not None
    assert out.message.starts == at(16)
    assert place.rows() == [("mail", "sending")]
    assert place.claim() is None


def test_letters_follow_the_rule_until_they_are_printed(place: Place) -> None:
    place.point("address", "via Prova 3, Cremona")
    later = date(2025, 2, 17)
    booked = place.book(at(17, day=later))
    place.refresh()
    [letter] = place.office.fetch(reminders.letters)
    assert (letter.address, letter.message.starts) == ("via Prova 3, Cremona", at(17, day=later))
    place.rule("address", "via Prova 3, Cremona", may_write=False)
    assert place.office.fetch(reminders.letters) == ()
    place.rule("address", "via Prova 3, Cremona")
    place.office.run(reminders.posted, [letter.id])
    assert place.office.fetch(reminders.letters) == ()
    place.office.run(reminders.posted, [letter.id])
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert (told.channel, told.state) == ("letter", "done")


def test_news_are_withdrawn_once_the_appointment_has_begun(place: Place) -> None:
    place.point("mobile", "333 1234567")
    booked = place.book()
    assert place.office.run(reminders.tell, booked, "call", [place.person]) == 1
    assert len(place.tasks()) == 1
    with pytest.raises(reminders.NotToBeTold):
        place.office.run(reminders.tell, booked, "call", [])
    place.desk.clock.forward(days=3)
    place.refresh()
    assert (place.rows(), place.tasks()) == ([], [])
