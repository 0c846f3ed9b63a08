"""Reminders on both engines: who is told and how, followed through every change, sent by one desk only and once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from famdesk import i18n
from famdesk.data.tables.people import Person
from famdesk.data.tables.waiting import FollowUp
from famdesk.domain import codes
from famdesk.domain.calendar import reminding
from famdesk.usecases.calendar import calendar
from famdesk.usecases.intake import call_list, follow_ups
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import reminders
from famdesk.usecases.post.reminder_rows import AlreadyTold
from tests.support.calendars import DAY, at
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place, child_of, day_before
from tests.support.scenarios import version


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(desk)


def test_a_mail_goes_out_a_day_before_and_once(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    assert place.refresh() == 0
    assert place.claim() is None
    day_before(place)
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


def test_nothing_goes_to_nobody(place: Place) -> None:
    booked = place.book()
    day_before(place)
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
    day_before(place)
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


def _go(place: Place, booked: str, starts: datetime) -> None:
    place.office.run(calendar.move, booked, place.version(booked), starts)
    place.refresh()


def _sent(place: Place) -> datetime | None:
    """Sends the next mail; the time that it tells."""
    out = place.claim()
    if out is None:
        return None
    place.office.tend(reminders.sent, out.reminder_id)
    place.desk.clock.forward(minutes=1)
    return out.message.starts


def test_back_at_the_first_time_they_are_told_of_it_again(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    day_before(place)
    place.refresh()
    assert _sent(place) == at(17)
    _go(place, booked, at(17, 30))
    assert _sent(place) == at(17, 30)
    _go(place, booked, at(17))
    [_first, _second, planned] = place.office.fetch(reminders.of_appointment, booked)
    assert planned.state == "waiting"
    assert _sent(place) == at(17)
    place.refresh()
    assert _sent(place) is None


def test_back_before_anybody_heard_of_the_other_time_nobody_is_told_twice(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    day_before(place)
    place.refresh()
    assert _sent(place) == at(17)
    _go(place, booked, at(17, 30))
    _go(place, booked, at(17))
    assert _sent(place) is None
    assert place.rows() == [("mail", "sent")]


def test_who_heard_that_it_is_off_is_told_when_it_takes_place_after_all(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    day_before(place)
    place.refresh()
    assert _sent(place) == at(17)
    place.office.run(calendar.cancel, booked, place.version(booked), "centre")
    place.office.run(reminders.tell, booked, "mail")
    assert _sent(place) == at(17)
    place.office.run(calendar.set_state, booked, place.version(booked), "planned")
    place.refresh()
    assert _sent(place) == at(17)


def test_who_heard_of_the_way_back_as_news_is_not_reminded_once_more(place: Place) -> None:
    place.point("mail", ADDRESS)
    booked = place.book()
    day_before(place)
    place.refresh()
    assert _sent(place) == at(17)
    for starts in (at(17, 30), at(17)):
        place.office.run(calendar.move, booked, place.version(booked), starts)
        place.office.run(reminders.tell, booked, "mail")
        assert _sent(place) == starts
    place.refresh()
    assert _sent(place) is None


def test_of_the_past_and_of_what_begins_at_once_nobody_is_reminded(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.book(at(14, day=date(2025, 2, 11)))
    assert place.refresh() == 0
    assert place.rows() == []


@pytest.mark.parametrize("kind", ["team", "network", "supervision", "phone_call"])
def test_nobody_at_home_hears_of_meetings_about_them(place: Place, kind: str) -> None:
    place.point("mail", ADDRESS)
    place.book(kind=kind)
    day_before(place)
    assert place.refresh() == 0
    assert place.rows() == []


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
    day_before(place)
    assert place.refresh() == 0
    assert place.claim() is None
    assert place.rows() == ([("call", "waiting")] if what == "protected" else [])
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert told.channel == ("call" if what == "protected" else "none")
    reception = place.desk.sign_in("reception")
    assert place.claim(reception) is None


def test_for_a_child_the_mother_is_told(place: Place) -> None:
    place.point("mail", ADDRESS)
    child = child_of(place, place.person)
    place.point("mail", "ugo@example.it", person=child)
    place.book(person=child, kind="other")
    day_before(place)
    assert place.refresh() == 1
    out = place.claim()
    assert out is not None
    assert out.recipient == ADDRESS


def test_for_a_protected_child_nobody_is_written_to(place: Place) -> None:
    place.point("mail", ADDRESS)
    child = child_of(place, place.person)
    booked = place.book(person=child, kind="other")
    deed: Any = people.set_protection
    place.office.run(deed, child, version(place.office, Person, child), protected=True, restricted=False, reason="si")
    day_before(place)
    assert place.refresh() == 0
    assert place.rows() == []
    [told] = place.office.fetch(reminders.of_appointment, booked)
    assert told.why == "The file is protected: ask the colleague in charge."


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
    day_before(place)
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


def test_the_same_news_go_out_once(place: Place) -> None:
    """Moved and told, moved again and told again, before the first mail has gone."""
    place.point("mail", ADDRESS)
    booked = place.book(at(17, day=date(2025, 2, 27)))
    for hour in (17, 18):
        place.office.run(calendar.move, booked, place.version(booked), at(hour, day=date(2025, 2, 28)))
        place.office.run(reminders.tell, booked, "mail")
    out = place.claim()
    assert out is not None
    assert out.message.starts == at(18, day=date(2025, 2, 28))
    assert place.claim() is None


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
    day_before(place)
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


@pytest.mark.parametrize(("own", "wanted"), [("sq", "sq"), ("ar", "ar"), ("zh", "it")])
def test_a_letter_is_in_the_language_of_its_reader(place: Place, own: str, wanted: str) -> None:
    place.office.run(people.change_person, place.person, version(place.office, Person, place.person), language=own)
    place.point("address", "via Prova 3, Cremona")
    place.book(at(17, day=date(2025, 2, 17)))
    place.refresh()
    with i18n.using("it"):
        [letter] = place.office.fetch(reminders.letters)
    assert letter.message.language == wanted


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
