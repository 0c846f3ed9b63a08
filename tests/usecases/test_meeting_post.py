"""News of meetings on their way, after something changed: whose they are decides, not only who is written to."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.people import Person
from famdesk.data.programmes import Enrolment, Meeting, MeetingNotice
from famdesk.usecases import (
    contacts,
    enrolment,
    initiatives,
    meeting_notices,
    meeting_post,
    meetings,
    people,
    relations,
    reminders,
)
from famdesk.usecases.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.support.scenarios import version


class News:
    """A child with a place at a meeting that is cancelled, and the mother who is to be told of it."""

    def __init__(self, desk: Desk, kind: str = "mail", value: str = ADDRESS) -> None:
        self.place = Place(desk)
        self.office, self.mother = self.place.office, self.place.person
        self.place.point(kind, value)
        self.child = self.office.run(people.add_person, surname="Verdi", birth_date=date(2020, 1, 1))
        self.office.run(relations.add_relation, self.mother, self.child, kind="birth_parent")
        self.cycle = self.office.run(initiatives.add_initiative, InitiativeValues("Il sonno"))
        self.meeting = self.office.run(meetings.add_meeting, self.cycle, MeetingValues(date(2025, 2, 13), time(9), 90))
        self.enrolled = str(self.office.run(enrolment.enrol, self.cycle, self.child))
        cancel: Any = meetings.cancel_meeting
        read = version(self.office, Meeting, self.meeting)
        self.office.run(cancel, self.meeting, read, "Malattia", (self.enrolled,))

    def told(self) -> list[tuple[str, str]]:
        return [(row.channel, row.state) for row in self.office.fetch(meeting_notices.of_initiative, self.cycle)]


@pytest.fixture
def news(desk: Desk) -> News:
    return News(desk)


def test_news_of_a_child_go_to_the_parent(news: News) -> None:
    out = news.office.tend(meeting_post.claim)
    assert out is not None
    assert out.recipient == ADDRESS
    assert out.message.centre


def test_with_a_child_that_has_to_be_careful_the_parents_mail_is_neutral(desk: Desk) -> None:
    news = News(desk)
    news.office.run(contacts.add_contact_point, news.child, kind="mobile", value="333 1", neutral_name="Biblioteca")
    out = news.office.tend(meeting_post.claim)
    assert out is not None
    assert out.sender == "avvisi@example.it"
    assert out.message.centre == ""


@pytest.mark.parametrize("rule", ["never", "protected"])
def test_a_childs_rule_that_was_set_meanwhile_stops_the_parents_mail(news: News, rule: str) -> None:
    read = version(news.office, Person, news.child)
    if rule == "never":
        news.office.run(contacts.set_no_contact, news.child, read, never=True)
    else:
        deed: Any = people.set_protection
        news.office.run(deed, news.child, read, protected=True, restricted=False, reason="minacce")
    assert news.office.tend(meeting_post.claim) is None
    assert news.told() == []


def test_a_letter_that_waits_is_stopped_as_well(desk: Desk) -> None:
    news = News(desk, "address", "via Bonomelli 81, Cremona")
    assert len(news.office.fetch(reminders.letters)) == 1
    news.office.run(contacts.set_no_contact, news.child, version(news.office, Person, news.child), never=True)
    assert news.office.fetch(reminders.letters) == ()


def test_whoever_gave_the_place_back_meanwhile_is_not_written_to(news: News) -> None:
    news.office.run(enrolment.withdraw, news.enrolled, version(news.office, Enrolment, news.enrolled))
    assert news.office.tend(meeting_post.claim) is None
    assert news.told() == []


def test_who_may_not_know_the_child_neither_sends_nor_stops_nor_sees_it(news: News, desk: Desk) -> None:
    deed: Any = people.set_protection
    read = version(news.office, Person, news.child)
    news.office.run(deed, news.child, read, protected=True, restricted=False, reason="minacce")
    reception = desk.sign_in("reception")
    assert reception.fetch(meeting_notices.of_initiative, news.cycle) == ()
    assert reception.tend(meeting_post.claim) is None
    if desk.office.store.engine.dialect.name == "postgresql":  # where everybody may ask the server by hand
        assert reception.fetch(lambda tx: tx.rows(select(MeetingNotice.id))) == []
    found = news.office.fetch(lambda tx: tx.rows(select(MeetingNotice.state, MeetingNotice.deleted_at)))
    assert [tuple(row) for row in found] == [("waiting", None)]
