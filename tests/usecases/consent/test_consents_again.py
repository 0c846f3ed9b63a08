"""Consents that were got round: taken up again, undone, signed twice, removed, of children without a birth date."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.consents import Consent, ConsentSignature
from famdesk.data.tables.families import Relation
from famdesk.data.tables.people import Person
from famdesk.domain.consent import consents as rules
from famdesk.usecases.calendar import calendar
from famdesk.usecases.consent import consenting, consents
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.consent.consents import ConsentMissing, ConsentWithdrawn
from famdesk.usecases.family.households import add_household
from famdesk.usecases.intake import referrals, waiting
from famdesk.usecases.office import Office
from famdesk.usecases.people import merging, people
from tests.support.offices import Desk
from tests.support.scenarios import version, write
from tests.support.scenarios_consents import Parents, asked, family
from tests.support.scenarios_referrals import CLINIC, WHY, consented, consenting_adult

TODAY = date(2025, 2, 11)


def _book(office: Office, person: str, day: int = 20, kind: str = "interview") -> str:
    starts = datetime(2025, 2, day, 10)
    return office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind=kind, person_id=person)


def _signed(office: Office, known: Parents, purpose: str = "minor_interview") -> str:
    both = tuple(Signing("parent", other_id=one) for one in (known.mother, known.father))
    return office.run(consenting.give, known.child, purpose, both)


def _withdraw(office: Office, consent: str) -> None:
    office.run(consenting.withdraw, consent, version(office, Consent, consent), "la madre")


def _at(office: Office, appointment: str) -> int:
    return version(office, Appointment, appointment)


def _change(office: Office, appointment: str, person: str, state: str) -> None:
    starts = datetime(2025, 2, 20, 10)
    rest: dict[str, Any] = dict.fromkeys(("staff_id", "access_point_id", "room_id", "function", "label"))
    office.run(lambda tx: calendar.change(
        tx, appointment, _at(office, appointment), starts=starts, ends=starts + timedelta(hours=1), kind="interview",
        person_id=person, state=state, **rest,
    ))  # fmt: skip


# ---------------------------------------------------------------------------------------------- interviews


def test_the_editor_takes_no_cancelled_interview_up_again_without_consent(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    consent = _signed(office, known)
    booked = _book(office, known.child)
    office.run(calendar.cancel, booked, 1, "family")
    _withdraw(office, consent)
    with pytest.raises(ConsentWithdrawn):
        _change(office, booked, known.child, "planned")
    assert office.fetch(calendar.appointment, booked).state == "cancelled"
    _signed(office, known)
    _change(office, booked, known.child, "planned")
    assert office.fetch(calendar.appointment, booked).state == "planned"


@pytest.mark.parametrize("state", ["confirmed", "arrived"])
def test_nor_does_one_go_on_after_the_consent_was_withdrawn(desk: Desk, state: str) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    consent = _signed(office, known)
    booked = _book(office, known.child)
    _withdraw(office, consent)
    with pytest.raises(ConsentWithdrawn):
        office.run(calendar.set_state, booked, 1, state)
    with pytest.raises(ConsentWithdrawn):
        _change(office, booked, known.child, state)
    office.run(calendar.set_state, booked, _at(office, booked), "done")  # it took place: that is written down


def test_a_birth_date_corrected_later_counts_when_the_child_comes(desk: Desk) -> None:
    office = desk.sign_in("reception")
    person = office.run(people.add_person, surname="Quarantotti", birth_date=date(1990, 1, 1))
    booked = _book(office, person, day=11)
    office.run(people.change_person, person, version(office, Person, person), birth_date=date(2012, 1, 1))
    with pytest.raises(ConsentMissing):
        office.run(waiting.arrive, appointment_id=booked)
    assert office.fetch(calendar.appointment, booked).state == "planned"


def test_undo_brings_no_interview_back_without_consent(desk: Desk) -> None:
    office, other = desk.sign_in("social_worker"), desk.sign_in("coordinator")
    known = family(office)
    consent = _signed(office, known)
    booked = _book(office, known.child)
    office.run(calendar.cancel, booked, 1, "family")
    _withdraw(other, consent)
    with pytest.raises(ConsentWithdrawn):
        office.undo()
    assert office.fetch(calendar.appointment, booked).state == "cancelled"
    _signed(other, known)
    office.undo()
    assert office.fetch(calendar.appointment, booked).state == "planned"


def test_nor_does_redo(desk: Desk) -> None:
    office, other = desk.sign_in("reception"), desk.sign_in("coordinator")
    known = family(office)
    consent = _signed(office, known)
    _book(office, known.child)
    office.undo()
    _withdraw(other, consent)
    with pytest.raises(ConsentWithdrawn):
        office.redo()
    assert not office.fetch(calendar.appointments, date(2025, 2, 20), date(2025, 2, 20))


def test_undo_of_a_state_leaves_the_interview_where_it_stood(desk: Desk) -> None:
    office, other = desk.sign_in("reception"), desk.sign_in("coordinator")
    known = family(office)
    consent = _signed(office, known)
    booked = _book(office, known.child)
    office.run(calendar.set_state, booked, 1, "confirmed")
    _withdraw(other, consent)
    office.undo()
    assert office.fetch(calendar.appointment, booked).state == "planned"


# ---------------------------------------------------------------------------------------------- births not known


@pytest.mark.parametrize(
    ("words", "minor"),
    [("circa 6 anni", True), ("17 anni", True), ("18 anni", False), ("15-20 anni", True), ("etwa 40 Jahre", False),
     ("8 mesi", True), ("estate 2015", True), ("nata nel 1950?", False), ("minorenne", True), ("Säugling", True),
     ("anni '80", None), ("non lo sa", None), ("", None), (None, None)],
)  # fmt: skip
def test_words_about_a_birth(words: str | None, minor: bool | None) -> None:
    assert rules.minor_in_words(words, TODAY) is minor


def test_children_without_a_birth_date_wait_for_signatures(desk: Desk) -> None:
    office = desk.sign_in("reception")
    said = office.run(people.add_person, given_name="Uno", birth_text="circa 6 anni")
    child = office.run(people.add_person, given_name="Due")
    mother = office.run(people.add_person, given_name="Ersilia")
    at_home = office.run(people.add_person, given_name="Tre")
    write(office, people.add_person, Relation(person_id=mother, other_id=child, kind="birth_parent"))
    office.run(add_household, "Casa", [(at_home, "child")])
    for person in (said, child, at_home):
        with pytest.raises(ConsentMissing):
            _book(office, person)
        state = office.fetch(consents.interview_state, person, TODAY)
        assert state is not None
        assert state.purpose == "minor_interview"
    _book(office, mother)
    _book(office, office.run(people.add_person, given_name="Quattro", birth_text="sui 40 anni"), day=21)
    father = office.run(people.add_person, given_name="Gaspare")
    both = (Signing("parent", other_id=mother), Signing("parent", other_id=father))
    office.run(consenting.give, child, "minor_interview", both)
    _book(office, child, day=24)


def test_a_merged_file_is_asked_as_the_one_that_stays(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    known = family(office)
    twin = office.run(people.add_person, surname="Quarantotti", given_name="Pina")
    office.run(merging.merge, known.child, version(office, Person, known.child), twin, version(office, Person, twin))
    with pytest.raises(ConsentMissing):
        _book(office, twin)
    assert office.fetch(consents.interview_state, twin, TODAY) is not None
    _signed(office, known)
    booked = _book(office, twin)
    assert office.fetch(calendar.appointment, booked).person_id == known.child


# ---------------------------------------------------------------------------------------------- signatures


def test_one_parent_does_not_sign_twice(desk: Desk) -> None:
    """Neither as a file and a name, nor as a name turned round."""
    office = desk.sign_in("social_worker")
    known = family(office)
    consent, _read = asked(office, known.child)
    for first, again in (
        (Signing("parent", other_id=known.mother), Signing("parent", name="ersilia  SESSANTINI")),
        (Signing("parent", name="Gaspare Quarantotti"), Signing("parent", other_id=known.father)),
        (Signing("parent", name="Niccolò Rossi"), Signing("parent", name="Rossi Niccolo'")),
    ):
        office.run(consenting.sign, consent, version(office, Consent, consent), (first,))
        with pytest.raises(consenting.AlreadySigned):
            office.run(consenting.sign, consent, version(office, Consent, consent), (again,))


def test_two_files_of_one_mother_are_one_signature_once_merged(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    child = office.run(people.add_person, surname="Tris", birth_date=date(2015, 1, 1))
    one, two = (office.run(people.add_person, surname=name, given_name="Ada", birth_date=date(1985, 1, 1))
                for name in ("Tris", "Triss"))  # fmt: skip
    write(office, people.add_person, Relation(person_id=one, other_id=child, kind="birth_parent"))
    both = (Signing("parent", other_id=one), Signing("parent", other_id=two))
    office.run(consenting.give, child, "minor_interview", both)
    assert office.fetch(consents.consent_state, child, "minor_interview", TODAY).covers
    office.run(merging.merge, one, version(office, Person, one), two, version(office, Person, two))
    state = office.fetch(consents.consent_state, child, "minor_interview", TODAY)
    assert (state.status, state.signed, state.needed) == ("partial", 1, 2)
    with pytest.raises(ConsentMissing):
        _book(office, child)


def test_names_typed_before_count_once() -> None:
    """What older versions let pass is counted rightly."""
    typed = [rules.Signature("parent", name, None, TODAY) for name in ("Ada Rossi", "Rossi Ada")]
    known = rules.Signature("parent", "Rossi Ada", "ada", TODAY)
    for signatures in (typed, [typed[0], known], [known, *typed]):
        assert rules.count(rules.Required(2, ()), signatures, True).signed == 1
    same = rules.Signature("parent", "Rossi Ada", "another", TODAY)
    assert rules.count(rules.Required(2, ()), [known, same], True).signed == 2


# ---------------------------------------------------------------------------------------------- which one counts


def test_a_newer_consent_that_was_withdrawn_counts_for_its_recipient(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    person = consenting_adult(office)
    newer = office.run(consenting.give, person, "referral", (Signing("self"),), recipient_name=CLINIC)
    _withdraw(office, newer)
    with pytest.raises(ConsentWithdrawn):
        office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    assert office.fetch(lambda tx: referrals.may_refer(tx, person, body_name=CLINIC)) != ""
    consented(office, person, "Tribunale")
    office.run(referrals.send_referral, person, WHY, body_name="Tribunale")
    office.run(consenting.ask, person, "referral", recipient_name=CLINIC)
    with pytest.raises(ConsentMissing):
        office.run(referrals.send_referral, person, WHY, body_name=CLINIC)


def test_asking_anew_does_not_bring_back_what_was_signed_before_the_withdrawal(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    _signed(office, known)
    _withdraw(office, _signed(office, known))
    asked(office, known.child)
    assert office.fetch(consents.consent_state, known.child, "minor_interview", TODAY).status == "asked"


# ---------------------------------------------------------------------------------------------- removing


def test_a_consent_that_ended_is_removed_by_the_coordinator_only(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    _signed(office, known, "photo")
    newer = _signed(office, known, "photo")
    _withdraw(office, newer)
    refused, read = asked(office, known.child, "activities")
    office.run(consenting.refuse, refused, read)
    for consent in (newer, refused):
        with pytest.raises(consenting.EndedStays):
            office.run(consenting.remove, consent, version(office, Consent, consent))
    assert office.fetch(consents.consent_state, known.child, "photo", TODAY).status == "withdrawn"
    leader = desk.sign_in("coordinator")
    leader.run(consenting.remove, newer, version(leader, Consent, newer))
    assert office.fetch(consents.consent_state, known.child, "photo", TODAY).status == "given"


def test_others_remove_what_they_entered_on_the_same_day(desk: Desk) -> None:
    office, other = desk.sign_in("reception"), desk.sign_in("educator")
    known = family(office)
    mine, later = asked(office, known.child)[0], asked(office, known.child, "photo")[0]
    with pytest.raises(consenting.EnteredEarlier):
        other.run(consenting.remove, mine, version(other, Consent, mine))
    office.run(consenting.remove, mine, version(office, Consent, mine))
    desk.clock.now += timedelta(days=1)
    with pytest.raises(consenting.EnteredEarlier):
        office.run(consenting.remove, later, version(office, Consent, later))


# ---------------------------------------------------------------------------------------------- the privacy notice


def _privacy(office: Office, person: str) -> tuple[str, date | None]:
    file = office.fetch(people.person, person)
    return file.privacy, file.privacy_on


def test_a_notice_that_does_not_stand_any_more_is_not_noted_as_signed(desk: Desk) -> None:
    office = desk.sign_in("coordinator")
    known = family(office)

    def give(on: date = TODAY) -> str:
        return office.run(consenting.give, known.mother, "privacy", (Signing("self", on=on),))

    first = give(date(2025, 2, 3))
    office.run(consenting.remove, first, version(office, Consent, first))
    assert _privacy(office, known.mother) == ("none", None)
    give(date(2025, 2, 4))
    second = give()
    assert _privacy(office, known.mother) == ("signed", TODAY)
    _withdraw(office, second)
    assert _privacy(office, known.mother) == ("none", None)
    office.run(consenting.remove, second, version(office, Consent, second))
    assert _privacy(office, known.mother) == ("signed", date(2025, 2, 4))


def test_a_notice_whose_signature_was_removed(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    office.run(consenting.give, known.mother, "privacy", (Signing("self"),))
    ((signature,),) = [[row.id for row in one.signatures]
                       for one in office.fetch(consents.consents_of, known.mother).rows]  # fmt: skip
    office.run(consenting.remove_signature, signature, version(office, ConsentSignature, signature))
    assert _privacy(office, known.mother) == ("none", None)


def test_what_was_noted_by_hand_stays_when_an_unsigned_notice_goes(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    office.run(people.set_privacy, known.mother, version(office, Person, known.mother), "given", date(2025, 2, 1))
    consent, read = asked(office, known.mother, "privacy")
    office.run(consenting.remove, consent, read)
    assert _privacy(office, known.mother)[0] == "given"
