"""Scenarios of consents: asked for, signed by one and by both parents, refused, withdrawn, with a lawful ground."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select

from famdesk.data.tables.consents import Consent, ConsentSignature, ConsentText
from famdesk.data.tables.families import Relation
from famdesk.usecases.consent import consent_texts, consenting
from famdesk.usecases.consent.consenting import Signing
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version, write
from tests.support.scenarios_people import SURNAME

SCENARIOS = Scenarios()

CHILD_BORN = date(2012, 5, 20)
WORDS = "Voglio parlare io con la psicologa"


@dataclass(frozen=True)
class Parents:
    """A child with two parents who are known, on 11 February 2025 twelve years old."""

    child: str
    mother: str
    father: str


def family(office: Office, born: date = CHILD_BORN) -> Parents:
    """A child and both parents, tied to it."""
    child = office.run(people.add_person, surname=SURNAME, given_name="Pinuccia", birth_date=born)
    mother = office.run(people.add_person, surname="Sessantini", given_name="Ersilia", birth_date=date(1980, 1, 2))
    father = office.run(people.add_person, surname=SURNAME, given_name="Gaspare", birth_date=date(1979, 3, 4))
    ties = [Relation(person_id=parent, other_id=child, kind="birth_parent") for parent in (mother, father)]
    write(office, people.add_person, *ties)
    return Parents(child, mother, father)


def asked(office: Office, person_id: str, purpose: str = "minor_interview") -> tuple[str, int]:
    """A consent that waits for signatures: its id and version."""
    consent = office.run(consenting.ask, person_id, purpose)
    return consent, version(office, Consent, consent)


@SCENARIOS.of(consenting.ask)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    return office, call(consenting.ask, family(office).child, "minor_interview", note="prima del colloquio")


@SCENARIOS.of(consenting.sign)
def _(desk: Desk) -> tuple[Office, Call]:
    """Both parents, in one step."""
    office = desk.sign_in("social_worker")
    known = family(office)
    consent, read = asked(office, known.child)
    signings = (Signing("parent", other_id=known.mother), Signing("parent", other_id=known.father, how="digital"))
    return office, call(consenting.sign, consent, read, signings)


@SCENARIOS.of(consenting.sign, "privacy")
def _(desk: Desk) -> tuple[Office, Call]:
    """The notice is noted with the person too."""
    office = desk.sign_in("reception")
    person = family(office).mother
    consent, read = asked(office, person, "privacy")
    return office, call(consenting.sign, consent, read, (Signing("self"),))


@SCENARIOS.of(consenting.give)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    known = family(office)
    return office, call(consenting.give, known.child, "photo", (Signing("parent", other_id=known.mother),), WORDS)


@SCENARIOS.of(consenting.remove_signature)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    known = family(office)
    office.run(consenting.give, known.child, "photo", (Signing("parent", other_id=known.mother),))
    signature = office.fetch(lambda tx: tx.rows(_only_signature()))[0][0]
    return office, call(consenting.remove_signature, signature, version(office, ConsentSignature, signature))


def _only_signature() -> Select[tuple[str]]:
    return select(ConsentSignature.id)


@SCENARIOS.of(consenting.refuse)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    consent, read = asked(office, family(office).mother, "privacy")
    return office, call(consenting.refuse, consent, read, note="non si fida")


@SCENARIOS.of(consenting.withdraw)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    known = family(office)
    consent = office.run(consenting.give, known.mother, "health", (Signing("self"),))
    return office, call(consenting.withdraw, consent, version(office, Consent, consent), "la signora stessa")


@SCENARIOS.of(consenting.set_ground)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("psychologist")
    consent, read = asked(office, family(office).child)
    return office, call(consenting.set_ground, consent, read, "authority", act="Tribunale per i minorenni di Brescia",
                        number="123/2025", on=date(2025, 1, 30))  # fmt: skip


@SCENARIOS.of(consenting.ground_for)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("psychologist")
    return office, call(consenting.ground_for, family(office).child, "minor_interview", "need",
                        act="Procura minorile avvisata", on=date(2025, 2, 10))  # fmt: skip


@SCENARIOS.of(consenting.hear)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("psychologist")
    consent, read = asked(office, family(office).child)
    return office, call(consenting.hear, consent, read, WORDS)


@SCENARIOS.of(consenting.remove)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("social_worker")
    known = family(office)
    consent = office.run(consenting.give, known.child, "photo", (Signing("parent", other_id=known.mother),))
    return office, call(consenting.remove, consent, version(office, Consent, consent))


TITLE, BODY = "Consenso alle foto", "## Foto\nAcconsento a ______."


def drafted(office: Office) -> tuple[str, int]:
    """A draft: its id and version."""
    text = office.run(consent_texts.write_draft, "photo", "it", TITLE, BODY)
    return text, version(office, ConsentText, text)


@SCENARIOS.of(consent_texts.write_draft)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(consent_texts.write_draft, "photo", "it", TITLE, BODY)


@SCENARIOS.of(consent_texts.change_draft)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    return office, call(consent_texts.change_draft, *drafted(office), TITLE, "Acconsento.")


@SCENARIOS.of(consent_texts.remove_draft)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    return office, call(consent_texts.remove_draft, *drafted(office))


@SCENARIOS.of(consent_texts.put_in_use)
def _(desk: Desk) -> tuple[Office, Call]:
    """The version before is retired in the same step."""
    office = desk.sign_in("coordinator")
    text, read = drafted(office)
    office.run(consent_texts.put_in_use, text, read)
    return office, call(consent_texts.put_in_use, *drafted(office))


@SCENARIOS.of(consent_texts.place_proposals)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(consent_texts.place_proposals)
