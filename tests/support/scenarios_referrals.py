"""Scenarios of referrals: sent to a body and to a colleague, answered, handed over and received as a file."""

from __future__ import annotations

from datetime import date, time

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.referrals import Referral
from famdesk.domain.intake.referral_content import Receipt, ReferralContent, SafeContact, Sender, Someone
from famdesk.usecases.consent import consenting
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.intake import referral_exchange, referrals
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()

TODAY = date(2025, 2, 11)
WHY = "Chiede un consulto logopedico per il secondo figlio"
CLINIC = "Consultorio di via Milano"
DIGEST = "ab" * 32
KEY = "3F2A 9C01 0000 1111 2222 3333 4444 5555"


def consented(office: Office, person: str, recipient: str) -> None:
    """A grown-up signs that things may be passed on to somebody."""
    consent = office.run(consenting.ask, person, "referral", recipient_name=recipient)
    office.run(consenting.sign, consent, version(office, Consent, consent), (Signing("self", other_id=person),))


def consenting_adult(office: Office, recipient: str = CLINIC) -> str:
    """A grown-up who has signed that things may be passed on to somebody; gives the person."""
    person = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda", birth_date=date(1985, 5, 1))
    consented(office, person, recipient)
    return person


def sent(office: Office) -> tuple[str, int]:
    """A referral to a body known by name: id and version."""
    person = consenting_adult(office)
    found = office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    return found, version(office, Referral, found)


def content(reference: str = "2025-0000ABCD") -> ReferralContent:
    """What another centre sends."""
    contact = SafeContact("phone", "0372 407788", "madre", may_leave_message=False, safe_from=time(9),
                          safe_to=time(12), neutral_name="la biblioteca")  # fmt: skip
    person = Someone("Ottantini", "Gelsomina", birth_date=date(1990, 1, 2), sex="F", language="it", contacts=(contact,))
    return ReferralContent(reference, TODAY, Sender("Centro di Bari", "Ada Prova", "080 1234567"), "Hug", WHY,
                           ("name", "birth", "contact", "language"), person)  # fmt: skip


@SCENARIOS.of(referrals.send_referral)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(referrals.send_referral, consenting_adult(office), WHY, body_name=CLINIC,
                        answer_due=date(2025, 3, 11))  # fmt: skip


@SCENARIOS.of(referrals.change_referral)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    found, at = sent(office)
    return office, call(referrals.change_referral, found, at, why="Altro motivo", items=("name",), answer_due=None)


@SCENARIOS.of(referrals.set_state)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    found, at = sent(office)
    return office, call(referrals.set_state, found, at, "answered", answer="Presa in carico dal 3 marzo")


@SCENARIOS.of(referrals.give_feedback)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    found, at = sent(office)
    office.run(referrals.set_state, found, at, "accepted")
    return office, call(referrals.give_feedback, found, at + 1)


@SCENARIOS.of(referrals.remove_referral)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(referrals.remove_referral, *sent(office))


@SCENARIOS.of(referral_exchange.hand_over)
def _(desk: Desk) -> tuple[Office, Call]:
    """With a reason, since otherwise only the journal is written."""
    office = desk.sign_in("social_worker")
    person = consenting_adult(office)
    found = office.run(referrals.send_referral, person, WHY, body_name=CLINIC)
    at = version(office, Referral, found)

    def written(tx: object) -> object:
        from famdesk.data.tx import Tx
        from famdesk.exchange import referral_file

        assert isinstance(tx, Tx)
        return referral_file.write_referral(tx, found, at)

    return office, written


@SCENARIOS.of(referral_exchange.keep_digest)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(referral_exchange.keep_digest, sent(office)[0], DIGEST)


@SCENARIOS.of(referral_exchange.receive)
def _(desk: Desk) -> tuple[Office, Call]:
    """Somebody new, with a safe-contact rule."""
    office = desk.sign_in("reception")
    return office, call(referral_exchange.receive, content(), DIGEST)


@SCENARIOS.of(referral_exchange.take_receipt)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    found, _at = sent(office)
    office.run(referral_exchange.keep_digest, found, DIGEST)
    (row,) = [one for one in office.fetch(referrals.awaited) if one.id == found]
    answer = Receipt(row.reference, DIGEST, "accepted", TODAY, Sender("Consultorio"), "Appuntamento il 3 marzo")
    return office, call(referral_exchange.take_receipt, answer, KEY)
