"""What stands on the sheet that is signed: the text, whom it is about, who has to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from famdesk.data.tables.centre import Centre
from famdesk.data.tables.consents import Consent
from famdesk.data.tables.directory import Body
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.i18n import language
from famdesk.usecases.consent import consent_texts
from famdesk.usecases.consent.consent_texts import TextRow
from famdesk.usecases.consent.consents import is_minor, required
from famdesk.usecases.people.person_names import full_name
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.registry import query


@dataclass(frozen=True, slots=True)
class Signer:
    """Who has to sign; `name` "" where the centre does not know it: a line is left free. `role` in words."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """A consent or notice to be signed. `number`: the version of the text, None for a proposed one.

    `notice`: the signature only says that the sheet was received. `hear`: room for the minor's own words.
    `recipient`, `withheld`: to whom something is passed on and what is kept back. `careful`: nobody else may find
    this paper.
    """

    centre: str
    title: str
    body: str
    person: str
    born: date | None
    signers: tuple[Signer, ...]
    number: int | None = None
    notice: bool = False
    minor: bool = False
    hear: bool = False
    recipient: str = ""
    withheld: str = ""
    careful: bool = False


@query
def facts(tx: Tx, person_id: str, purpose: str, consent_id: str | None = None) -> ConsentSheet:
    """The sheet for a person in the current language: of a consent that was asked for with its own version of the text
    if that is in this language, else the version in use. That it is printed is written down.

    Raises:
        NotFound.
    """
    person, today = tx.get(Person, person_id), tx.today()
    permit = outgoing.permit(tx, person.id, "paper")
    prints.note(tx, "consent", [("person", person.id)])
    consent = tx.get(Consent, consent_id) if consent_id else None
    minor = bool(is_minor(tx, person, today))
    purpose = consents.purpose_for(consent.purpose if consent else purpose, minor)
    text = _text(tx, consent, purpose)
    body = tx.find(Body, consent.recipient_body_id) if consent else None
    recipient = body.name if body else (consent.recipient_name if consent else None)
    centre = tx.get(Centre, tx.centre_id).name
    return ConsentSheet(
        centre, text.title, text.body.replace("{centre}", centre),
        full_name(person.surname, person.given_name, person.alias), person.birth_date,
        _signers(tx, person, purpose, consent.ground if consent else None),
        text.number if isinstance(text, TextRow) else None, not consents.RULES[purpose].consent, minor,
        minor and consents.to_be_heard(person.birth_date, person.birth_part, today)
        and consents.RULES[purpose].all_holders,
        recipient or "", (consent.withheld if consent else None) or "", permit.neutral,
    )  # fmt: skip


def _text(tx: Tx, consent: Consent | None, purpose: str) -> TextRow | consent_texts.Proposal:
    if consent is not None and consent.text_id is not None:
        found = consent_texts.text_of(tx, consent.text_id, purpose, language())
        if isinstance(found, TextRow) and found.language == language():
            return found
    return consent_texts.text_of(tx, None, purpose, language())


def _signers(tx: Tx, person: Person, purpose: str, ground: str | None) -> tuple[Signer, ...]:
    wanted = required(tx, person, purpose, tx.today(), ground)
    named = [Signer(one.name, codes.label(consents.SIGNS_AS, one.signs_as)) for one in wanted.holders]
    if not consents.RULES[purpose].all_holders and len(named) > 1:
        return (Signer("", " / ".join(f"{one.name} ({one.role})" for one in named)),)
    free = max(wanted.needed, 1) - len(named)
    parent = codes.label(consents.SIGNS_AS, "parent")
    return (*named, *(Signer("", parent) for _number in range(free)))
