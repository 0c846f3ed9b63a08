"""Consents: who has to sign, what is missing, and what may not be done before."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.families import Responsibility
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import Required
from famdesk.usecases.calendar import calendar
from famdesk.usecases.consent import consenting, consents
from famdesk.usecases.consent.consent_rows import ConsentFile, ConsentState
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.consent.consents import ConsentMissing
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import version, write
from tests.support.scenarios_consents import Parents, asked, family

TODAY = date(2025, 2, 11)


def _state(office: Office, person_id: str, purpose: str = "minor_interview", on: date = TODAY) -> ConsentState:
    return office.fetch(consents.consent_state, person_id, purpose, on)


def _file(office: Office, person_id: str) -> ConsentFile:
    return office.fetch(consents.consents_of, person_id)


def _check(office: Office, person_id: str, purpose: str = "minor_interview") -> None:
    """What other use-cases ask, with the rights of one."""

    def ask(tx: Tx) -> None:
        with tx.doing(consents.consent_state.name):
            consents.check(tx, person_id, purpose, TODAY)

    office.fetch(ask)


def _sign(office: Office, consent: str, *signings: Signing) -> None:
    office.run(consenting.sign, consent, version(office, Consent, consent), signings)


def _by_both(known: Parents) -> tuple[Signing, Signing]:
    return Signing("parent", other_id=known.mother), Signing("parent", other_id=known.father)


def test_one_of_two_signatures(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    none = _state(office, known.child)
    assert (none.status, none.signed, none.needed) == ("none", 0, 2)
    consent, _read = asked(office, known.child)
    mother, father = _by_both(known)
    _sign(office, consent, mother)
    half = _state(office, known.child)
    assert (half.status, half.signed, half.needed) == ("partial", 1, 2)
    assert half.missing == ("Quarantotti Gaspare",)
    assert half.badge == "Interviews with a minor: 1 of 2 signatures"
    with pytest.raises(ConsentMissing) as caught:
        _check(office, known.child)
    assert caught.value.field == "person_id"
    assert caught.value.sentence().endswith("1 of 2 so far. Still to sign: Quarantotti Gaspare.")
    _sign(office, consent, father)
    assert _state(office, known.child).covers
    _check(office, known.child)


def test_the_lists_say_it_too(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    consent, _read = asked(office, known.child)
    _sign(office, consent, _by_both(known)[0])
    (waiting,) = office.fetch(consents.incomplete)
    assert (waiting.person_id, waiting.badge) == (known.child, "Interviews with a minor: 1 of 2 signatures")
    assert waiting.who == "Quarantotti Pinuccia"
    _sign(office, consent, _by_both(known)[1])
    assert office.fetch(consents.incomplete) == ()


def test_a_consent_that_was_never_asked_for_refuses_with_a_sentence(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    for purpose, said in (("minor_interview", "not even a first interview"), ("referral", "We pass nothing on"),
                          ("photo", "Photos and videos")):  # fmt: skip
        with pytest.raises(ConsentMissing) as caught:
            _check(office, known.child, purpose)
        assert said in caught.value.sentence()
        assert "{" not in caught.value.sentence()


def _ground(office: Office, person_id: str, ground: str, proof: dict[str, Any]) -> None:
    office.run(lambda tx: consenting.ground_for(tx, person_id, "minor_interview", ground, **proof))


GROUNDS: dict[str, dict[str, Any]] = {
    "authority": {"act": "Tribunale per i minorenni", "number": "12/2025", "on": date(2025, 2, 1)},
    "need": {"act": "Procura minorile avvisata", "on": date(2025, 2, 1)},
    "by_law": {"act": "L. 405/1975, consultorio"},
    "emergency": {"act": "in crisi, sola in strada", "on": TODAY},
}


@pytest.mark.parametrize("ground", GROUNDS)
def test_lawful_exceptions_pass(desk: Desk, ground: str) -> None:
    office = desk.sign_in("psychologist")
    known = family(office)
    _ground(office, known.child, ground, GROUNDS[ground])
    assert _state(office, known.child).status == "ground"
    _check(office, known.child)
    with pytest.raises(ConsentMissing):
        _check(office, known.child, "photo")


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_lawful_exception_needs_its_proof(desk: Desk, ground: str) -> None:
    office = desk.sign_in("psychologist")
    known = family(office)
    for field in GROUNDS[ground]:
        rest = {name: value for name, value in GROUNDS[ground].items() if name != field}
        with pytest.raises(Required) as caught:
            _ground(office, known.child, ground, rest)
        assert caught.value.field == field
    assert _state(office, known.child).status == "none"


def test_a_ground_for_something_else(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    known = family(office)
    with pytest.raises(consenting.GroundDoesNotFit):
        office.run(consenting.ground_for, known.child, "photo", "need", act="x", on=TODAY)
    with pytest.raises(consenting.UnknownGround):
        office.run(consenting.ground_for, known.child, "photo", "why not", act="x", on=TODAY)


PASSING_ON: dict[str, dict[str, Any]] = {
    "authority": {"act": "Tribunale per i minorenni", "number": "12/2025", "on": date(2025, 2, 1)},
    "legal_duty": {"act": "segnalazione alla Procura", "number": "prot. 77", "on": date(2025, 2, 1)},
    "emergency": {"act": "accompagnata al pronto soccorso", "on": TODAY},
}


@pytest.mark.parametrize("ground", PASSING_ON)
def test_lawful_exceptions_for_passing_on(desk: Desk, ground: str) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    with pytest.raises(ConsentMissing):
        _check(office, known.child, "referral")
    proof = {**PASSING_ON[ground], "recipient_name": "Pronto soccorso"}
    office.run(lambda tx: consenting.ground_for(tx, known.child, "referral", ground, **proof))
    _check(office, known.child, "referral")


def test_one_holder_alone(desk: Desk) -> None:
    """A widow: one signature is enough once the ground is noted."""
    office = desk.sign_in("social_worker")
    child = office.run(people.add_person, surname="Trentini", given_name="Aldo", birth_date=date(2015, 1, 1))
    consent, read = asked(office, child)
    office.run(consenting.set_ground, consent, read, "one_holder", act="il padre è morto nel 2021")
    assert _state(office, child).needed == 1
    _sign(office, consent, Signing("parent", name="Trentini Rosa"))
    assert _state(office, child).status == "given"


def test_a_dead_parent_is_not_waited_for(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    office.run(people.change_person, known.father, version(office, Person, known.father), died_on=date(2021, 6, 1))
    office.run(consenting.give, known.child, "minor_interview", (Signing("parent", other_id=known.mother),))
    state = _state(office, known.child)
    assert (state.status, state.needed) == ("given", 1)


def test_a_guardian_named_later_signs_anew(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    assert _state(office, known.child).covers
    write(office, people.add_person, Responsibility(person_id=known.child, holder_name="Verdi Ada",
                                                    kind="volunteer_guardian", valid_from=TODAY))  # fmt: skip
    assert _state(office, known.child, on=TODAY - timedelta(days=1)).status == "none"
    after = _state(office, known.child)
    assert (after.status, after.needed, after.missing) == ("asked", 1, ("Verdi Ada",))
    consent = after.consent_id
    assert consent is not None
    _sign(office, consent, Signing("guardian", name="verdi ada"))
    assert _state(office, known.child).covers


def test_at_eighteen_one_signs_for_oneself(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office, born=date(2007, 2, 12))
    office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    assert _state(office, known.child).covers
    grown = _state(office, known.child, on=date(2025, 2, 12))
    assert (grown.purpose, grown.status, grown.needed) == ("health", "none", 1)


def test_refused_and_withdrawn(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    consent, read = asked(office, known.child)
    office.run(consenting.refuse, consent, read, note="il padre")
    with pytest.raises(consents.ConsentRefused) as caught:
        _check(office, known.child)
    assert "11/02/2025" in caught.value.sentence()
    with pytest.raises(consenting.ConsentEnded):
        _sign(office, consent, Signing("parent", other_id=known.mother))
    again = office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    _check(office, known.child)
    office.run(consenting.withdraw, again, version(office, Consent, again), "la madre")
    with pytest.raises(consents.ConsentWithdrawn):
        _check(office, known.child)


def test_a_new_request_does_not_undo_what_still_holds(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    asked(office, known.child)
    assert _state(office, known.child).status == "given"


def test_a_consent_is_for_one_recipient(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    with pytest.raises(consenting.RecipientNeeded):
        office.run(consenting.ask, known.mother, "referral")
    office.run(consenting.give, known.mother, "referral", (Signing("self"),), recipient_name="Consultorio")
    assert _state(office, known.mother, "referral").covers


def test_who_may_not_sign(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    known = family(office)
    brother = office.run(people.add_person, surname="Quarantotti", given_name="Ivo", birth_date=date(2010, 1, 1))
    consent, _read = asked(office, known.child)
    refused: tuple[tuple[Signing, type[Exception]], ...] = (
        (Signing("self"), consenting.MinorDoesNotSign),
        (Signing("parent"), consenting.NoSigner),
        (Signing("parent", name="  "), consenting.NoSigner),
        (Signing("parent", other_id=brother), consenting.SignerIsMinor),
        (Signing("uncle", name="Zio"), consenting.UnknownRole),
        (Signing("parent", "telepathy", name="Zio"), consenting.UnknownHow),
        (Signing("parent", "spoken", name="Zio"), consenting.WritingNeeded),
        (Signing("parent", name="Zio", on=date(2025, 2, 12)), consenting.DayToCome),
    )
    for signing, error in refused:
        with pytest.raises(error):
            _sign(office, consent, signing)
    _sign(office, consent, Signing("parent", other_id=known.mother))
    with pytest.raises(consenting.AlreadySigned):
        _sign(office, consent, Signing("parent", other_id=known.mother))
    with pytest.raises(consenting.SignsForOneself):
        office.run(consenting.give, known.mother, "photo", (Signing("parent", name="Nonno"),))
    with pytest.raises(consenting.NotForThisAge):
        office.run(consenting.ask, known.child, "health")
    with pytest.raises(consenting.UnknownPurpose):
        office.run(consenting.ask, known.child, "world domination")


def test_the_adolescent_is_heard(desk: Desk) -> None:
    office = desk.sign_in("psychologist")
    known = family(office, born=date(2009, 3, 1))
    consent = office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    assert _state(office, known.child).hear
    words = "Mi sta bene, ma non voglio che lo sappia la scuola 🙂"
    office.run(consenting.hear, consent, version(office, Consent, consent), words)
    assert not _state(office, known.child).hear
    (row,) = _file(office, known.child).rows
    assert (row.heard_on, row.heard_words) == (TODAY, words)


def test_a_signed_notice_is_noted_with_the_person(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    office.run(consenting.give, known.mother, "privacy", (Signing("self", on=date(2025, 2, 3)),))
    file = office.fetch(people.person, known.mother)
    assert (file.privacy, file.privacy_on) == ("signed", date(2025, 2, 3))
    office.run(consenting.give, known.child, "privacy", (Signing("parent", "spoken", name="Ersilia"),))
    assert office.fetch(people.person, known.child).privacy == "none", "a stranger's word while the parents are known"
    office.run(consenting.give, known.child, "privacy", (Signing("parent", "spoken", other_id=known.mother),))
    assert office.fetch(people.person, known.child).privacy == "given"


def test_the_file_shows_everything(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    office.run(consenting.give, known.child, "photo", (Signing("parent", other_id=known.mother),))
    file = _file(office, known.child)
    assert (file.minor, file.hear) == (True, False)
    assert {holder.name for holder in file.holders} == {"Sessantini Ersilia", "Quarantotti Gaspare"}
    assert "health" not in [state.purpose for state in file.purposes]
    (row,) = file.rows
    assert [(one.name, one.signs_as, one.how) for one in row.signatures] == [("Sessantini Ersilia", "parent", "paper")]
    assert [one.name for one in row.to_sign] == ["Quarantotti Gaspare"]
    adult = _file(office, known.mother)
    assert (adult.minor, adult.holders) == (False, ())
    assert "minor_interview" not in [state.purpose for state in adult.purposes]


def test_a_signer_whom_one_may_not_know_of_counts(desk: Desk) -> None:
    """The mother's file is protected: reception sees that both have signed, and not who."""
    leader = desk.sign_in("coordinator")
    known = family(leader)
    leader.run(people.set_protection, known.mother, version(leader, Person, known.mother), protected=True,
               restricted=False, reason="minacce")  # fmt: skip
    leader.run(consenting.give, known.child, "minor_interview", _by_both(known))
    office = desk.sign_in("reception")
    assert _state(office, known.child).status == "given"
    (row,) = _file(office, known.child).rows
    assert [one.name for one in row.signatures] == ["Quarantotti Gaspare"]
    _check(office, known.child)


def test_reception_counts_rightly_when_it_adds_the_second_signature(desk: Desk) -> None:
    leader = desk.sign_in("coordinator")
    known = family(leader)
    mother, father = _by_both(known)
    consent = leader.run(consenting.give, known.child, "minor_interview", (mother,))
    leader.run(people.set_protection, known.mother, version(leader, Person, known.mother), protected=True,
               restricted=False, reason="minacce")  # fmt: skip
    office = desk.sign_in("reception")
    assert _state(office, known.child).signed == 1
    _sign(office, consent, father)
    assert _state(office, known.child).covers
    assert _state(desk.sign_in("coordinator"), known.child).covers


def _book(office: Office, person: str, kind: str = "first_interview", day: int = 20) -> str:
    starts = datetime(2025, 2, day, 10)
    return office.run(calendar.book, starts=starts, ends=starts + timedelta(hours=1), kind=kind, person_id=person)


@pytest.mark.parametrize("kind", sorted(consents.INTERVIEWS))
def test_no_interview_with_a_minor_before_all_have_signed(desk: Desk, kind: str) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    for given in ((), _by_both(known)[:1]):
        if given:
            office.run(consenting.give, known.child, "minor_interview", given)
        with pytest.raises(ConsentMissing) as caught:
            _book(office, known.child, kind)
        assert caught.value.field == "person_id"
        assert f"{len(given)} of 2 so far" in caught.value.sentence()
    office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    _book(office, known.child, kind)


def test_other_appointments_and_adults_do_not_wait(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    _book(office, known.child, "network")
    _book(office, known.mother, "psychology", day=21)
    nobody = office.run(people.add_person, alias="Gelsomina")
    _book(office, nobody, "first_interview", day=24)


@pytest.mark.parametrize("ground", GROUNDS)
def test_interviews_with_a_lawful_exception(desk: Desk, ground: str) -> None:
    office = desk.sign_in("psychologist")
    known = family(office)
    _ground(office, known.child, ground, GROUNDS[ground])
    _book(office, known.child, "psychology")


def test_nor_is_an_appointment_changed_into_one(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    booked = _book(office, known.mother, "interview")
    other = _book(office, known.child, "network", day=21)
    rest = dict.fromkeys(("staff_id", "access_point_id", "room_id", "function", "label"))
    for appointment, day in ((booked, 20), (other, 21)):
        starts = datetime(2025, 2, day, 10)
        values: dict[str, Any] = {**rest, "starts": starts, "ends": starts + timedelta(hours=1)}
        with pytest.raises(ConsentMissing):
            office.run(partial(_change, appointment, person_id=known.child, **values))


def _change(appointment: str, tx: Tx, **values: Any) -> None:
    calendar.change(tx, appointment, 1, kind="interview", **values)


def test_a_withdrawn_consent_stops_what_was_booked_from_being_moved(desk: Desk) -> None:
    office = desk.sign_in("reception")
    known = family(office)
    consent = office.run(consenting.give, known.child, "minor_interview", _by_both(known))
    booked = _book(office, known.child)
    office.run(consenting.withdraw, consent, version(office, Consent, consent), "il padre")
    with pytest.raises(consents.ConsentWithdrawn):
        office.run(calendar.move, booked, 1, datetime(2025, 2, 21, 10))
    office.run(calendar.cancel, booked, 1, "family")
    with pytest.raises(consents.ConsentWithdrawn):
        office.run(calendar.set_state, booked, 2, "planned")


def test_a_guardian_of_an_unaccompanied_minor_signs_alone(desk: Desk) -> None:
    office = desk.sign_in("social_worker")
    minor = office.run(people.add_person, given_name="Ousmane", birth_part="2009")
    write(office, people.add_person, Responsibility(person_id=minor, holder_name="Verdi Ada",
                                                    kind="volunteer_guardian"))  # fmt: skip
    with pytest.raises(ConsentMissing) as caught:
        _book(office, minor)
    assert "0 of 1 so far. Still to sign: Verdi Ada." in caught.value.sentence()
    office.run(consenting.give, minor, "minor_interview", (Signing("guardian", name="Verdi Ada"),))
    _book(office, minor)
