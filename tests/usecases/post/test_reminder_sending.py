"""Reminders on their way, on both engines: asked again, sent from the right address, tried again, never twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.usecases import today
from famdesk.usecases.calendar import calendar
from famdesk.usecases.post import reminders
from tests.support.calendars import at
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place, day_before


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(desk)


def test_sending_is_no_step_of_the_one_who_is_signed_in(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.book()
    label = place.office.undo_label()
    day_before(place)
    place.refresh()
    assert place.claim() is not None
    assert place.office.undo_label() == label


def test_the_rule_is_asked_again_when_it_is_sent(place: Place) -> None:
    """Between the queue and the mail somebody changed the rule: no mail goes out, and a call is to be made."""
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    place.book()
    day_before(place)
    assert place.refresh() == 1
    place.rule("mail", ADDRESS, may_write=False)
    assert place.claim() is None
    assert place.rows() == [("call", "waiting")]
    assert place.tasks() == [("call", "333 1234567")]


def test_neutral_mails_come_from_the_neutral_address(place: Place) -> None:
    place.point("mail", ADDRESS, neutral_name="Biblioteca")
    place.book()
    day_before(place)
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
    day_before(place)
    assert place.refresh() == 0
    assert place.rows() == [("call", "waiting")]


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
    day_before(place)
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
    day_before(place)
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


def test_a_late_answer_of_the_server_takes_the_call_back(place: Place) -> None:
    place.point("mail", ADDRESS)
    place.point("mobile", "333 1234567")
    place.book()
    day_before(place)
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
    day_before(place)
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
