"""Referrals on both engines: no consent, no referral; what follows; nothing leaves that was not ticked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy import select

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.referrals import Referral
from famdesk.domain.errors import TextTooLong
from famdesk.domain.intake import referrals as rules
from famdesk.domain.intake.referral_content import Receipt, Sender
from famdesk.usecases import today
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consents import ConsentMissing, ConsentWithdrawn, ReferralNeedsConsent, ReferralWaitsFor
from famdesk.usecases.directory import bodies
from famdesk.usecases.intake import intake, referral_exchange, referrals
from famdesk.usecases.office import Office
from famdesk.usecases.people import contacts, people
from famdesk.usecases.post import outgoing
from famdesk.usecases.staff import staff
from tests.support import scenarios_consents
from tests.support.offices import Desk
from tests.support.scenarios import version
from tests.support.scenarios_referrals import CLINIC, DIGEST, KEY, TODAY, WHY, consenting_adult, content, sent


@pytest.fixture
def office(desk: Desk) -> Office:
    return desk.sign_in("social_worker")


def the_one(office: Office, person: str) -> referrals.ReferralRow:
    (row,) = office.fetch(referrals.referrals_of, person)
    return row


def adult(office: Office, **details: Any) -> str:
    return office.run(people.add_person, surname="Quarantotti", given_name="Zelinda", birth_date=date(1985, 5, 1),
                      **details)  # fmt: skip


def person_of(office: Office, referral: str) -> str:
    ((person,),) = office.fetch(lambda tx: tx.rows(select(Referral.person_id).where(Referral.id == referral)))
    return str(person)


# Consent


def test_without_consent_nothing_is_passed_on_and_the_sentence_can_be_read_aloud(office: Office) -> None:
    person = adult(office)
    with pytest.raises(ReferralNeedsConsent) as stopped:
        office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    assert stopped.value.sentence().startswith("We pass nothing on to others before the consent is signed: 0 of 1")
    assert office.fetch(referrals.may_refer, person, body_name=CLINIC) == stopped.value.sentence()
    assert office.fetch(referrals.referrals_of, person) == ()


def test_of_a_minor_both_parents_have_to_sign(office: Office) -> None:
    known = scenarios_consents.family(office)
    consent = office.run(consenting.ask, known.child, "referral", recipient_name=CLINIC)
    mother = consenting.Signing("parent", other_id=known.mother)
    office.run(consenting.sign, consent, version(office, Consent, consent), (mother,))
    with pytest.raises(ReferralWaitsFor) as stopped:
        office.run(referrals.send_referral, known.child, WHY, body_name=CLINIC)
    assert "1 of 2" in stopped.value.sentence()
    father = consenting.Signing("parent", other_id=known.father)
    office.run(consenting.sign, consent, version(office, Consent, consent), (father,))
    office.run(referrals.send_referral, known.child, WHY, body_name=CLINIC)
    assert the_one(office, known.child).state == "sent"


def test_a_consent_for_one_service_does_not_cover_another(office: Office) -> None:
    person = consenting_adult(office)
    with pytest.raises(referrals.ConsentForAnother) as stopped:
        office.run(referrals.send_referral, person, WHY, body_name="Tribunale")
    assert CLINIC in stopped.value.sentence()
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC.upper())


def test_an_older_consent_for_the_same_service_still_covers(office: Office) -> None:
    person = consenting_adult(office)
    consent = office.run(consenting.ask, person, "referral", recipient_name="Tribunale")
    office.run(consenting.sign, consent, version(office, Consent, consent),
               (consenting.Signing("self", other_id=person),))  # fmt: skip
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    office.run(referrals.send_referral, person, WHY, body_name="Tribunale")


def test_a_consent_for_a_body_of_the_directory(office: Office, desk: Desk) -> None:
    coordinator = desk.sign_in("coordinator")
    body = coordinator.run(bodies.add_body, bodies.BodyData(name="Consultorio", kind="asst"))
    other = coordinator.run(bodies.add_body, bodies.BodyData(name="Comune", kind="comune"))
    person = adult(office)
    consent = office.run(consenting.ask, person, "referral", recipient_body_id=body)
    office.run(consenting.sign, consent, version(office, Consent, consent),
               (consenting.Signing("self", other_id=person),))  # fmt: skip
    with pytest.raises((ConsentMissing, referrals.ConsentForAnother)):
        office.run(referrals.send_referral, person, WHY, body_id=other)
    found = office.run(referrals.send_referral, person, WHY, body_id=body)
    row = the_one(office, person)
    assert (row.id, row.who, row.outside) == (found, "Consultorio", True)


def test_a_consent_withdrawn_in_the_meantime_stops_the_file(office: Office) -> None:
    found, at = sent(office)
    person = next(row for row in office.fetch(referrals.awaited) if row.id == found).person_id
    ((consent,),) = office.fetch(lambda tx: tx.rows(select(Consent.id).where(Consent.person_id == person)))
    office.run(consenting.withdraw, consent, version(office, Consent, consent), by="Zelinda")
    with pytest.raises(ConsentWithdrawn):
        office.run(referral_exchange.hand_over, found, at)


def test_a_colleague_works_under_the_privacy_notice(office: Office) -> None:
    person = adult(office)
    colleague = office.fetch(staff.colleagues)[0].id
    with pytest.raises(ConsentMissing):
        office.run(referrals.send_referral, person, WHY, staff_id=colleague)
    office.run(people.set_privacy, person, version(office, Person, person), "given", TODAY)
    found = office.run(referrals.send_referral, person, WHY, staff_id=colleague)
    row = the_one(office, person)
    assert not row.outside
    with pytest.raises(referral_exchange.OnlyOutside):
        office.run(referral_exchange.hand_over, found, row.version)


# What is typed


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"why": "  "}, rules.WhyNeeded), ({"why": "x" * 4_001}, TextTooLong),
        ({"body_name": None}, rules.RecipientNeeded), ({"staff_id": "someone"}, rules.OneRecipient),
        ({"items": ("name", "everything")}, rules.UnknownItem), ({"answer_due": date(2025, 2, 10)}, rules.DueInThePast),
        ({"body_name": "x" * 201}, TextTooLong),
    ],
)  # fmt: skip
def test_what_is_missing_or_wrong_gets_a_sentence(office: Office, change: dict[str, object],
                                                  error: type[Exception]) -> None:  # fmt: skip
    person = consenting_adult(office)
    values: dict[str, object] = {"why": WHY, "body_name": CLINIC, **change}
    why = str(values.pop("why"))
    with pytest.raises(error):
        office.run(lambda tx: referrals.send_referral(tx, person, why, **values))  # type: ignore[arg-type]


# What follows


def test_accepted_then_answered_and_the_sender_is_told(office: Office) -> None:
    found, at = sent(office)
    office.run(referrals.set_state, found, at, "accepted")
    with pytest.raises(rules.AnswerNeeded):
        office.run(referrals.set_state, found, at + 1, "answered")
    office.run(referrals.set_state, found, at + 1, "answered", answer="Presa in carico", on=TODAY)
    office.run(referrals.give_feedback, found, at + 2)
    person = person_of(office, found)
    row = the_one(office, person)
    assert (row.state, row.answer, row.answered_on, row.feedback_on) == ("answered", "Presa in carico", TODAY, TODAY)
    assert row.steps == ("answered",)
    assert office.fetch(referrals.awaited) == ()


def test_declined_needs_a_reason_and_settled_ones_stay(office: Office) -> None:
    found, at = sent(office)
    with pytest.raises(rules.DeclinedWhy):
        office.run(referrals.set_state, found, at, "declined")
    with pytest.raises(rules.BeforeSending):
        office.run(referrals.set_state, found, at, "declined", answer="Nessun posto", on=date(2025, 2, 10))
    with pytest.raises(rules.DayToCome):
        office.run(referrals.set_state, found, at, "declined", answer="Nessun posto", on=date(2025, 2, 12))
    office.run(referrals.set_state, found, at, "declined", answer="Nessun posto")
    for state in ("sent", "withdrawn", "answered"):
        with pytest.raises(rules.NotNow):
            office.run(referrals.set_state, found, at + 1, state, answer="x")


def test_a_day_that_passed_is_overdue(desk: Desk, office: Office) -> None:
    person = consenting_adult(office)
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC, answer_due=date(2025, 2, 20))
    assert not the_one(office, person).overdue
    desk.clock.forward(days=10)
    assert office.fetch(referrals.awaited)[0].overdue


def test_today_tells_what_is_overdue_and_what_came_in(desk: Desk, office: Office) -> None:
    person = consenting_adult(office)
    office.run(referrals.send_referral, person, WHY, body_name=CLINIC, answer_due=date(2025, 2, 12))
    came = office.run(referral_exchange.receive, content(), DIGEST)

    def told() -> list[tuple[str, str | None, str]]:
        return [(task.record_id, task.who, task.name) for task in office.fetch(today.board).tasks
                if task.kind == "referral"]  # fmt: skip

    received = (person_of(office, came), "Ottantini Gelsomina", "Centro di Bari · Ada Prova")
    assert told() == [received]
    desk.clock.forward(days=2)
    assert told() == [(person, "Quarantotti Zelinda", CLINIC), received]
    office.run(referrals.set_state, came, version(office, Referral, came), "accepted")
    assert told() == [(person, "Quarantotti Zelinda", CLINIC)]


# What leaves and what is taken in


def test_only_what_is_ticked_leaves(office: Office) -> None:
    person = consenting_adult(office)
    office.run(contacts.add_contact_point, person, kind="phone", value="0372 407788")
    found = office.run(referrals.send_referral, person, WHY, body_name=CLINIC, items=("name",))
    handed = office.run(referral_exchange.hand_over, found, version(office, Referral, found))
    assert (handed.person.surname, handed.person.given_name) == ("Quarantotti", "Zelinda")
    assert handed.person.birth_date is None
    assert handed.person.contacts == ()
    assert handed.person.tax_code == handed.person.language == handed.needs == handed.household == ""
    assert handed.to == CLINIC


def test_the_safe_contact_rule_stops_the_file_until_there_is_a_reason_and_travels_along(office: Office) -> None:
    person = consenting_adult(office)
    office.run(contacts.add_contact_point, person, kind="phone", value="0372 407788", may_leave_message=False,
               safe_from=time(9), safe_to=time(12), neutral_name="la biblioteca")  # fmt: skip
    office.run(contacts.add_contact_point, person, kind="mobile", value="333 1112223", hidden=True)
    found = office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    at = version(office, Referral, found)
    with pytest.raises(outgoing.NotSafe):
        office.run(referral_exchange.hand_over, found, at)
    handed = office.run(referral_exchange.hand_over, found, at, reason="lo chiede la madre")
    (contact,) = handed.person.contacts
    assert (contact.value, contact.may_leave_message, contact.neutral_name) == ("0372 407788", False, "la biblioteca")
    assert (contact.safe_from, contact.safe_to) == (time(9), time(12))


def test_a_received_referral_brings_the_person_with_the_rule_once(office: Office) -> None:
    found = office.run(referral_exchange.receive, content(), DIGEST)
    person = person_of(office, found)
    row = the_one(office, person)
    assert (row.direction, row.state, row.who) == ("in", "received", "Centro di Bari · Ada Prova")
    assert row.person == "Ottantini Gelsomina"
    columns = (ContactPoint.value, ContactPoint.may_leave_message, ContactPoint.safe_from, ContactPoint.neutral_name)
    (point,) = office.fetch(lambda tx: tx.rows(select(*columns).where(ContactPoint.person_id == person)))
    assert tuple(point) == ("0372 407788", False, time(9), "la biblioteca")
    with pytest.raises(referral_exchange.TakenAlready):
        office.run(referral_exchange.receive, content(), DIGEST)
    assert office.fetch(referral_exchange.taken, DIGEST) == person


def test_a_person_who_is_here_keeps_everything(office: Office) -> None:
    person = adult(office)
    office.run(referral_exchange.receive, content(), DIGEST, person)
    assert the_one(office, person).person == "Quarantotti Zelinda"


def test_a_file_without_a_name_needs_a_person(office: Office) -> None:
    bare = replace(content(), person=replace(content().person, surname="", given_name=""))
    with pytest.raises(referral_exchange.NoName):
        office.run(referral_exchange.receive, bare, DIGEST)


def test_the_answer_comes_back(office: Office) -> None:
    found, _at = sent(office)
    office.run(referral_exchange.keep_digest, found, DIGEST)
    reference = office.fetch(referrals.awaited)[0].reference
    there = Sender("Consultorio")
    here = Receipt(reference, DIGEST, "received", TODAY, there)
    assert office.run(referral_exchange.take_receipt, here, KEY) == found
    assert office.fetch(referrals.awaited)[0].state == "sent"
    answer = Receipt(reference, DIGEST, "answered", TODAY, there, "Presa in carico")
    office.run(referral_exchange.take_receipt, answer, KEY)
    office.run(referral_exchange.take_receipt, answer, KEY)
    person = person_of(office, found)
    assert the_one(office, person).answer == "Presa in carico"
    with pytest.raises(referral_exchange.NotOurs):
        office.run(referral_exchange.take_receipt, Receipt(reference, "cd" * 32, "accepted", TODAY, there), KEY)


def test_answers_do_not_wake_what_was_taken_back(office: Office) -> None:
    found, at = sent(office)
    office.run(referral_exchange.keep_digest, found, DIGEST)
    reference = office.fetch(referrals.awaited)[0].reference
    office.run(referrals.set_state, found, at + 1, "withdrawn")
    late = Receipt(reference, DIGEST, "accepted", TODAY, Sender("Consultorio"))
    with pytest.raises(rules.NotNow):
        office.run(referral_exchange.take_receipt, late, KEY)


ANOTHER_KEY = "AAAA BBBB 0000 1111 2222 3333 4444 5555"


def test_who_answered_first_is_believed_and_no_other_key(office: Office) -> None:
    found, _at = sent(office)
    office.run(referral_exchange.keep_digest, found, DIGEST)
    reference, person = office.fetch(referrals.awaited)[0].reference, person_of(office, found)
    there = Sender("Consultorio")
    office.run(referral_exchange.take_receipt, Receipt(reference, DIGEST, "accepted", TODAY, there, "Da lunedì"), KEY)
    for state in ("declined", "answered", "accepted"):
        forged = Receipt(reference, DIGEST, state, TODAY, there, "Non venite")
        with pytest.raises(referral_exchange.AnotherKey):
            office.run(referral_exchange.take_receipt, forged, ANOTHER_KEY)
    assert (the_one(office, person).state, the_one(office, person).answer) == ("accepted", "Da lunedì")
    answered = Receipt(reference, DIGEST, "answered", TODAY, there, "Fatto")
    office.run(referral_exchange.take_receipt, answered, ANOTHER_KEY, trusted=True)  # their colleague: somebody called
    assert the_one(office, person).state == "answered"
    for key in (KEY, ANOTHER_KEY):  # both are known from now on
        office.run(referral_exchange.take_receipt, answered, key)


def test_the_answer_to_a_copy_that_was_made_before_is_known(office: Office) -> None:
    found, _at = sent(office)
    for digest in (DIGEST, "cd" * 32, DIGEST):
        office.run(referral_exchange.keep_digest, found, digest)
    reference = office.fetch(referrals.awaited)[0].reference
    for digest in (DIGEST, "cd" * 32):
        answer = Receipt(reference, digest, "accepted", TODAY, Sender("Consultorio"))
        assert office.run(referral_exchange.take_receipt, answer, KEY) == found
    strange = Receipt(reference, "ef" * 32, "accepted", TODAY, Sender("Consultorio"))
    with pytest.raises(referral_exchange.NotOurs):
        office.run(referral_exchange.take_receipt, strange, KEY)


def test_a_file_is_not_taken_again_as_somebody_unprotected(desk: Desk) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    found = head.run(referral_exchange.receive, content(), DIGEST)
    person = person_of(head, found)
    head.run(people.set_protection, person, version(head, Person, person), protected=True, restricted=False, reason="r")
    assert reception.fetch(referral_exchange.taken, DIGEST) is None
    with pytest.raises(referral_exchange.TakenAlready):
        reception.run(referral_exchange.receive, content(), DIGEST)
    assert reception.fetch(people.find_persons, "Ottantini") == ()
    head.run(referrals.remove_referral, found, version(head, Referral, found))
    assert reception.run(referral_exchange.receive, content(), DIGEST)


@pytest.mark.postgres
def test_three_desks_take_in_a_file_once(server_desk: Desk) -> None:
    desks = [server_desk.sign_in(role) for role in ("reception", "social_worker", "coordinator")]

    def take(office: Office) -> str:
        try:
            return office.run(referral_exchange.receive, content(), DIGEST)
        except referral_exchange.TakenAlready:
            return ""

    with ThreadPoolExecutor(len(desks)) as pool:
        taken = list(pool.map(take, desks))
    assert sorted(map(bool, taken)) == [False, False, True]
    assert len(desks[2].fetch(people.find_persons, "Ottantini")) == 1


def test_a_tax_code_that_was_kept_on_purpose_comes_along(office: Office) -> None:
    kept = replace(content(), person=replace(content().person, tax_code="RSSMRA80A01H501U"))
    person = person_of(office, office.run(referral_exchange.receive, kept, DIGEST))
    ((code,),) = office.fetch(lambda tx: tx.rows(select(Person.tax_code).where(Person.id == person)))
    assert code == "RSSMRA80A01H501U"


def test_a_file_from_the_future_is_refused(office: Office) -> None:
    with pytest.raises(referral_exchange.SentInFuture) as refused:
        office.run(referral_exchange.receive, replace(content(), sent_on=date(9999, 12, 31)), DIGEST)
    assert "9999" in refused.value.sentence()
    ahead = office.run(referral_exchange.receive, replace(content(), sent_on=date(2025, 2, 12)), DIGEST)
    office.run(referrals.set_state, ahead, version(office, Referral, ahead), "accepted")


@pytest.mark.parametrize("named", [True, False])
def test_the_words_of_a_card_with_a_hidden_caller_do_not_leave(desk: Desk, named: bool) -> None:
    head, reception = desk.sign_in("coordinator"), desk.sign_in("reception")
    person = consenting_adult(head)
    mother = head.run(people.add_person, surname="Madre", given_name="Pia")
    card = head.run(intake.open_card, person_id=person, caller_id=mother, caller_is_person=False, needs_family="Parole")
    found = head.run(referrals.send_referral, person, WHY, body_name=CLINIC, items=("name", "needs"),
                     access_card_id=card if named else None)  # fmt: skip

    def needs(office: Office) -> str:
        return office.run(referral_exchange.hand_over, found, version(head, Referral, found)).needs

    assert needs(reception) == "Parole"
    head.run(people.set_protection, mother, version(head, Person, mother), protected=True, restricted=False, reason="r")
    assert needs(reception) == ""
    assert needs(head) == "Parole"


def test_a_sender_is_known_by_the_key(office: Office) -> None:
    """Asked about once, then known; another key of a known sender is told loudly, also where the tick is forged."""
    first, second = content(), replace(content(), reference="2025-0000ABCD")
    with pytest.raises(referral_exchange.NewSender) as new:
        office.run(referral_exchange.receive, first, "a" * 64, key=KEY)
    assert new.value.field == "trusted"
    office.run(referral_exchange.receive, first, "a" * 64, key=KEY, trusted=True)
    with pytest.raises(referral_exchange.TakenAlready):
        office.run(referral_exchange.receive, first, "a" * 64, key=KEY)
    assert office.fetch(referral_exchange.doubt, first.sender.centre.upper(), KEY) is None
    with pytest.raises(referral_exchange.ChangedKey) as changed:
        office.run(referral_exchange.receive, second, "b" * 64, key=ANOTHER_KEY)
    assert "WARNING" in changed.value.sentence()
    office.run(referral_exchange.receive, second, "b" * 64, key=KEY)
    assert isinstance(office.fetch(referral_exchange.doubt, "Somebody else", KEY), referral_exchange.NewSender)
    assert len({row.person_id for row in office.fetch(referrals.awaited)}) == 2
