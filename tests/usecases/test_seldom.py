"""What happens once a year and must be right then: who leads the meetings of a colleague who has left, what a moved
series goes on as, what is said of a mail that got lost, what an order from elsewhere brings along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.letters import SheetMail
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Meeting
from famdesk.data.tables.referrals import Referral
from famdesk.domain.calendar import recurrence
from famdesk.domain.programmes.meetings import ADMITTED, OFFERED
from famdesk.usecases.calendar import series_changes
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.enrolling import enrolment, waiting_list
from famdesk.usecases.family import relations
from famdesk.usecases.intake import referral_exchange
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, merging, people
from famdesk.usecases.post import letters, outgoing, reminder_text, sheet_mails
from famdesk.usecases.post.reminder_rows import Message
from famdesk.usecases.programmes import meetings
from famdesk.usecases.staff import leaving
from tests.support.offices import Desk
from tests.support.reminders import ADDRESS, Place
from tests.support.scenarios import version
from tests.support.scenarios_referrals import DIGEST, content
from tests.usecases.enrolling.test_enrolment import cycle, person, rows

TODAY = date(2025, 2, 11)


def _of(office: Office, kind: Any, record_id: str, name: str) -> Any:
    return office.fetch(lambda tx: getattr(tx.session.get_one(kind, record_id), name))


# ------------------------------------------------------------------------------------------------- who has left


def test_meetings_are_led_by_the_successor_unless_they_are_elsewhere_then(file_desk: Desk) -> None:
    lead = file_desk.sign_in("coordinator")
    leaver, successor = (file_desk.sign_in(role).actor.staff_id for role in ("social_worker", "educator"))
    days = (date(2025, 2, 13), date(2025, 2, 20), date(2025, 2, 27), date(2025, 2, 10))
    _made, (first, taken, no_hour, over) = cycle(lead, days=days)
    _other, (theirs,) = cycle(lead, days=days[1:2])

    def led_by(tx: Any) -> None:
        with tx.doing(meetings.add_meeting.name):
            for one in (first, taken, no_hour, over):
                tx.get(Meeting, one).leader_staff_id = leaver
            tx.get(Meeting, no_hour).starts = None
            tx.get(Meeting, theirs).leader_staff_id = successor

    lead.run(led_by)
    assert lead.fetch(leaving.open_work, leaver).meetings == 3  # what is over stays as it was
    done = lead.run(leaving.hand_over, leaver, successor)
    assert (done.given, done.left) == (2, 1)
    leaders = [_of(lead, Meeting, one, "leader_staff_id") for one in (first, taken, no_hour, over)]
    assert leaders == [successor, leaver, successor, leaver]
    lead.undo()
    assert lead.fetch(leaving.open_work, leaver).meetings == 3


# ---------------------------------------------------------------------------------------------------- series


@pytest.mark.parametrize(("rule", "days", "moved"), [
    ("FREQ=DAILY", 3, "FREQ=DAILY"),
    ("FREQ=DAILY;BYDAY=MO,TU", 1, None),
    ("FREQ=WEEKLY", 2, "FREQ=WEEKLY"),
    ("FREQ=WEEKLY;BYDAY=TH", 1, "FREQ=WEEKLY;BYDAY=FR"),
    ("FREQ=WEEKLY;BYDAY=SU", 1, "FREQ=WEEKLY;BYDAY=MO"),
    ("FREQ=WEEKLY;BYDAY=MO", -1, "FREQ=WEEKLY;BYDAY=SU"),
    ("FREQ=WEEKLY;BYDAY=MO,SU", 1, "FREQ=WEEKLY;BYDAY=MO,TU"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU", 1, "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,WE"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU", 1, None),  # one would fall into a week that does not count
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU", -1, None),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", 1, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO"),
    ("FREQ=WEEKLY;BYMONTH=3", 1, None),
    ("FREQ=MONTHLY", 1, None),
    ("FREQ=MONTHLY;BYMONTHDAY=3", 1, None),
    ("FREQ=MONTHLY;BYMONTHDAY=3", 0, "FREQ=MONTHLY;BYMONTHDAY=3"),
    ("FREQ=YEARLY;BYWEEKNO=3", 1, None),
])  # fmt: skip
def test_what_a_series_goes_on_as_when_it_is_moved_by_days(rule: str, days: int, moved: str | None) -> None:
    found = series_changes._moved_rule(recurrence.parse(rule), days)
    assert found == (None if moved is None else recurrence.parse(moved))


# ------------------------------------------------------------------------------------------------- what is said


WHEN = datetime(2025, 2, 13, 17)
MEETING = Message(WHEN, None, ("Civico 81",), "0372 40", "Hug", "Hug", cancelled=False, changed=False, language="en",
                  meeting=True)  # fmt: skip
APPOINTMENT = replace(MEETING, meeting=False, ends=WHEN + timedelta(hours=1))


SAID = [
    (APPOINTMENT, ("17:00", "Civico 81", "0372 40", "Hug"), ()),
    (replace(APPOINTMENT, changed=True), ("17:00", "Civico 81"), ()),
    (replace(APPOINTMENT, cancelled=True), ("17:00", "0372 40"), ("Civico 81",)),
    (replace(APPOINTMENT, whole_day=True), ("13 February 2025", "Civico 81"), ("17:00",)),
    (replace(APPOINTMENT, phone="", signed=""), ("17:00",), ("0372 40", "Hug")),
    (MEETING, ("17:00", "Civico 81"), ()),
    (replace(MEETING, put_off=True), ("13 February 2025", "0372 40"), ("Civico 81",)),
    (replace(MEETING, cancelled=True), ("13 February 2025",), ("Civico 81",)),
    (replace(MEETING, restored=True), ("17:00", "Civico 81"), ()),
    (replace(MEETING, was=datetime(2025, 2, 6, 18)), ("6 February 2025", "18:00", "13 February 2025", "17:00"), ()),
    (replace(MEETING, was=datetime(2025, 2, 6)), ("6 February 2025", "17:00"), ("0:00",)),
    (replace(MEETING, place=OFFERED), ("17:00", "0372 40"), ("Civico 81",)),
    (replace(MEETING, place=ADMITTED), ("0372 40",), ("17:00", "February", "Civico 81")),
    (replace(MEETING, place=ADMITTED, phone="", signed=""), (), ("0372 40", "Hug")),
]


@pytest.mark.parametrize(("message", "told", "not_told"), SAID)
def test_what_a_mail_says_and_what_not(message: Message, told: tuple[str, ...], not_told: tuple[str, ...]) -> None:
    text = reminder_text.body(message)
    assert [one for one in told if one not in text] == []
    assert [one for one in not_told if one in text] == []
    assert "Hug" not in reminder_text.subject(message)


def test_no_two_mails_are_mistaken_for_each_other() -> None:
    texts = [reminder_text.body(message) for message, _told, _not_told in SAID]
    assert len(set(texts)) == len(texts)
    cancelled = {reminder_text.subject(message) for message, _told, _not_told in SAID if message.cancelled}
    others = {reminder_text.subject(message) for message, _told, _not_told in SAID if not message.cancelled}
    assert not cancelled & others
    assert len(others) == 3  # an appointment, a meeting, a place


# ------------------------------------------------------------------------------------------------- safe contact


def test_who_sends_a_family_says_that_nobody_may_ever_call(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    sent = content()
    never = replace(sent, person=replace(sent.person, never_contact=True))
    ada = person(office, "Rossi")
    office.run(referral_exchange.receive, never, DIGEST, ada)  # somebody who is known here, with other contacts
    assert _of(office, Person, ada, "no_contact") is True

    def call(tx: Any) -> None:
        with tx.doing(contacts.add_contact_point.name):
            outgoing.permit(tx, ada, "call")

    with pytest.raises(outgoing.NotSafe):
        office.fetch(call)
    office.run(referral_exchange.receive, replace(sent, reference="2"), "b" * 64, ada)
    assert _of(office, Person, ada, "no_contact") is True  # a file that says nothing of it takes nothing back


def test_what_a_file_says_of_needs_and_home_stands_with_the_reason(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    made = office.run(referral_exchange.receive, replace(content(), needs="una casa", household="la nonna"), DIGEST)
    why = _of(office, Referral, made, "why")
    assert why.startswith(content().why)
    assert "una casa" in why
    assert "la nonna" in why


def test_a_letter_about_a_child_goes_to_who_decides_and_may_be_written_to(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    child = person(office, "Verdi", birth_date=date(2018, 1, 1))
    mother, father = person(office, "Neri", sex="F"), person(office, "Verdi", sex="M", given_name="Ugo")
    for parent in (mother, father):
        office.run(relations.add_relation, parent, child, kind="birth_parent")
        deed: Any = contacts.add_contact_point
        office.run(deed, parent, kind="address", value="via Po 1", may_write=parent == mother)
    assert [one.person_id for one in office.fetch(letters.instead, child)] == [mother]
    assert office.fetch(letters.instead, mother) == ()


@pytest.fixture
def place(file_desk: Desk) -> Place:
    made = Place(file_desk)
    made.point("mail", ADDRESS)
    return made


def _mail(place: Place) -> str:
    text = place.office.fetch(sheet_mails.offer, place.person, None).text
    deed: Any = sheet_mails.to_person
    return str(place.office.run(deed, place.person, "opening-hours", (), b"%PDF-1.7", text))


def test_a_sheet_for_somebody_who_was_protected_meanwhile_does_not_go(place: Place) -> None:
    mail = _mail(place)
    deed: Any = people.set_protection
    read = version(place.office, Person, place.person)
    place.office.run(deed, place.person, read, protected=True, restricted=False, reason="minacce")
    assert place.office.tend(sheet_mails.claim) is None
    assert _of(place.office, SheetMail, mail, "state") == "given_up"


def test_what_was_sent_is_neither_stopped_nor_sent_again(place: Place) -> None:
    mail = _mail(place)
    assert place.office.tend(sheet_mails.claim) is not None
    place.office.tend(sheet_mails.sent, mail)
    place.office.tend(sheet_mails.sent, mail, "refused")  # the other desk heard of it late
    place.office.run(sheet_mails.withdraw, mail, version(place.office, SheetMail, mail))
    assert _of(place.office, SheetMail, mail, "state") == "sent"
    assert _of(place.office, SheetMail, mail, "tries") == 1


# ------------------------------------------------------------------------------------------------------- consents


def test_of_a_notice_that_is_withdrawn_the_refusal_before_it_stands(file_desk: Desk) -> None:
    office = file_desk.sign_in("social_worker")
    ada = person(office, "Rossi", birth_date=date(1980, 1, 1))
    refused = office.run(consenting.ask, ada, "privacy")
    office.run(consenting.refuse, refused, 1)
    assert _of(office, Person, ada, "privacy") == "refused"
    given = office.run(consenting.give, ada, "privacy", [Signing("self")])
    assert _of(office, Person, ada, "privacy") == "signed"
    office.run(consenting.remove, given, version(office, Consent, given))
    assert _of(office, Person, ada, "privacy") == "refused"
    assert _of(office, Person, ada, "privacy_on") == TODAY


# ---------------------------------------------------------------------------------------------------- two files


def test_two_files_that_nothing_tells_apart_are_the_first_and_the_second(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    one, other = (person(office, "Rossi", given_name="Ada") for _ in range(2))
    found = office.fetch(merging.preview, one, other)
    assert [side.label.rpartition(", ")[2] for side in (found.kept, found.other)] == [
        "the first file",
        "the second file",
    ]


def test_who_is_in_charge_of_either_file_is_told_by_name(file_desk: Desk) -> None:
    office = file_desk.sign_in("coordinator")
    one, other = (person(office, "Rossi", given_name="Ada") for _ in range(2))
    educator = file_desk.sign_in("educator").actor.staff_id

    def own(tx: Any) -> None:
        with tx.doing(people.add_person.name):
            tx.get(Person, one).owner_staff_id, tx.get(Person, other).owner_staff_id = office.actor.staff_id, educator

    office.run(own)
    (field,) = [one for one in office.fetch(merging.preview, one, other).fields if one.name == "owner_staff_id"]
    assert (field.kept, field.other) == ("Prova coordinator", "Prova educator")


# ---------------------------------------------------------------------------------------------------------- places


def test_an_offered_place_that_is_given_is_no_longer_an_offer(file_desk: Desk) -> None:
    office = file_desk.sign_in("educator")
    made, _days = cycle(office, capacity=1)
    first = office.run(enrolment.enrol, made, person(office, "Prima"))
    later = office.run(enrolment.enrol, made, person(office, "Dopo"))
    office.run(enrolment.withdraw, first, 1)
    if rows(office, made)[later].state != "offered":
        office.run(waiting_list.offer_next, made)
    office.run(waiting_list.admit, later, version(office, Enrolment, later))
    assert rows(office, made)[later].state == "enrolled"
    assert _of(office, Enrolment, later, "offered_until") is None
    office.run(waiting_list.offer, later, version(office, Enrolment, later))  # nothing is taken from whoever has it
    assert rows(office, made)[later].state == "enrolled"
