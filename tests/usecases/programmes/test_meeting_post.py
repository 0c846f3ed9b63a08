"""News of meetings on their way, after something changed: whose they are decides, not only who is written to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Meeting, MeetingNotice
from famdesk.exchange import mail_message
from famdesk.usecases.enrolling import enrolment, place_news, waiting_list
from famdesk.usecases.family import relations
from famdesk.usecases.intake import call_list
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import reminders
from famdesk.usecases.programmes import initiatives, meeting_notices, meeting_post, meetings
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.support.scenarios import version
from tests.support.scenarios_enrolment import let_pass


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


def _twins(desk: Desk, kind: str, value: str) -> tuple[News, str]:
    """Two children of one mother in a meeting that is cancelled: she is to be told for both."""
    news = News(desk, kind, value)
    other = news.office.run(people.add_person, surname="Verdi", given_name="Ugo", birth_date=date(2021, 1, 1))
    news.office.run(relations.add_relation, news.mother, other, kind="birth_parent")
    enrolled = str(news.office.run(enrolment.enrol, news.cycle, other))
    cancel: Any = meeting_notices.tell
    news.office.run(cancel, news.meeting, "cancelled", (news.enrolled, enrolled))
    return news, enrolled


def _open_tasks(office: Office) -> list[tuple[str, int]]:
    return [(row.way, len(row.items)) for row in office.fetch(call_list.call_list)]


def test_a_family_with_two_children_gets_one_mail(desk: Desk) -> None:
    news, _other = _twins(desk, "mail", ADDRESS)
    out = news.office.tend(meeting_post.claim)
    assert out is not None
    assert news.told() == [("mail", "sending"), ("mail", "sending")]
    assert news.office.tend(meeting_post.claim) is None, "the second one has gone with it"
    news.office.tend(meeting_post.sent, out.reminder_id)
    assert news.told() == [("mail", "sent"), ("mail", "sent")]
    assert news.office.tend(meeting_post.refresh) == 0


def test_two_parents_with_one_address_get_one_mail(file_desk: Desk) -> None:
    news = News(file_desk, "mail", ADDRESS)
    office, father = news.office, news.office.run(people.add_person, surname="Verdi", given_name="Ivo")
    office.run(contacts.add_contact_point, father, kind="mail", value=ADDRESS)
    both = [str(office.run(enrolment.enrol, news.cycle, one)) for one in (news.mother, father)]
    cancel: Any = meeting_notices.tell
    office.run(cancel, news.meeting, "cancelled", tuple(both))
    out = office.tend(meeting_post.claim)
    assert out is not None
    assert out.recipient == ADDRESS
    assert office.tend(meeting_post.claim) is None
    assert news.told() == [("mail", "sending")] * 3, "also what the child's parent was to be told"


def test_a_mail_for_two_that_fails_is_one_call(desk: Desk) -> None:
    news, _other = _twins(desk, "mail", ADDRESS)
    news.place.point("mobile", "333 1234567")
    for _try in range(5):
        out = news.office.tend(meeting_post.claim)
        assert out is not None
        assert news.office.tend(meeting_post.claim) is None
        news.office.tend(meeting_post.sent, out.reminder_id, "later")
        desk.clock.forward(hours=4)
    assert news.told() == [("mail", "given_up"), ("mail", "given_up")]
    assert _open_tasks(news.office) == [("call", 1)]


def test_one_letter_and_one_call_for_two_children(desk: Desk) -> None:
    news, _other = _twins(desk, "address", "via Bonomelli 81, Cremona")
    [letter] = news.office.fetch(reminders.letters)
    assert len(letter.others) == 1
    assert _open_tasks(news.office) == [("write", 1)]
    news.office.run(reminders.posted, (letter.id, *letter.others))
    assert news.told() == [("letter", "done"), ("letter", "done")]
    assert news.office.fetch(reminders.letters) == ()
    assert _open_tasks(news.office) == []


def test_when_one_of_two_children_gives_the_place_back_the_call_stays_for_the_other(desk: Desk) -> None:
    news, other = _twins(desk, "mobile", "333 1234567")
    assert _open_tasks(news.office) == [("call", 1)]
    news.office.run(enrolment.withdraw, other, 1)
    news.office.tend(meeting_post.refresh)
    assert news.told() == [("call", "waiting")]
    assert _open_tasks(news.office) == [("call", 1)]


class Offer:
    """One place; a family with two children waits for it, and somebody with a mail address."""

    def __init__(self, desk: Desk) -> None:
        self.place = Place(desk)
        self.office = self.place.office
        self.place.point("mail", ADDRESS)
        values = InitiativeValues("Aiuto dopo la separazione", capacity=1)
        self.cycle = self.office.run(initiatives.add_initiative, values)
        first = self.office.run(enrolment.enrol, self.cycle, self.office.run(people.add_person, surname="Prima"))
        self.waits = self.office.run(enrolment.enrol, self.cycle, self.place.person)
        other = self.office.run(people.add_person, surname="Ultima")
        self.office.run(contacts.add_contact_point, other, kind="mail", value="ultima@example.it")
        self.last = self.office.run(enrolment.enrol, self.cycle, other)
        self.office.run(enrolment.withdraw, first, 1)

    def tell(self) -> None:
        self.office.run(place_news.tell, self.waits, version(self.office, Enrolment, self.waits))

    def text(self) -> str:
        out = self.office.tend(meeting_post.claim)
        if out is None:
            return ""
        mail = mail_message.compose(out, datetime(2025, 2, 11, tzinfo=UTC))
        assert [part.get_content_type() for part in mail.iter_attachments()] == []
        self.office.tend(meeting_post.sent, out.reminder_id)
        return f"{mail['To']}: {mail.get_content()}"


def test_an_offered_place_is_told_by_mail_and_not_what_it_is(desk: Desk) -> None:
    offer = Offer(desk)
    with pytest.raises(place_news.NothingToTell):
        offer.tell()
    offer.office.run(waiting_list.offer_next, offer.cycle)
    offer.tell()
    offer.tell()  # twice asked, once told
    told = offer.text()
    assert told.startswith(f"{ADDRESS}: Good morning,")
    assert "a place that you asked for has become free" in told
    assert "separazione" not in told
    assert offer.text() == ""


def test_the_place_that_is_offered_to_the_next_is_told_by_itself(desk: Desk) -> None:
    offer = Offer(desk)
    offer.office.run(waiting_list.offer_next, offer.cycle)
    let_pass(offer.office, 49)
    offer.office.tend(waiting_list.go_on, offer.cycle)
    assert offer.text().startswith("ultima@example.it: ")
    assert offer.text() == ""


def test_an_offer_that_was_answered_meanwhile_is_not_told_any_more(desk: Desk) -> None:
    offer = Offer(desk)
    offer.office.run(waiting_list.offer_next, offer.cycle)
    offer.tell()
    offer.office.run(waiting_list.accept, offer.waits, version(offer.office, Enrolment, offer.waits))
    assert offer.text() == ""
    offer.tell()
    assert "the place that you asked for is yours" in offer.text()


def test_whom_no_mail_may_reach_is_not_told_by_one(desk: Desk) -> None:
    offer = Offer(desk)
    offer.office.run(waiting_list.offer_next, offer.cycle)
    offer.tell()
    person = offer.place.person
    offer.office.run(contacts.set_no_contact, person, version(offer.office, Person, person), never=True)
    assert offer.text() == ""
    with pytest.raises(place_news.NoMail):
        offer.tell()
