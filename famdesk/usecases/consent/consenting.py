"""Consents are asked for, signed, refused, withdrawn; a lawful ground is noted; a minor is heard.

Nothing is rubbed out: a consent that ends stays in the file with its day. What was entered by mistake goes to the bin.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from sqlalchemy import and_, select

from famdesk.data.journal import AuditEntry, Change
from famdesk.data.tables.consents import Consent, ConsentSignature, ConsentText
from famdesk.data.tables.directory import Body
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.consent import consents
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.consent.consents import counted, is_minor, state, unseen
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import usecase

LONGEST_LINE = 200
LONGEST_NOTE = 20_000
CENTRE_LANGUAGE = "it"


class UnknownPurpose(RuleError):
    message = N_("Choose from the list what the consent is for.")


class NotForThisAge(RuleError):
    message = N_("There is another sheet for somebody of this age: please choose it from the list.")


class RecipientNeeded(RuleError):
    message = N_("Who is to receive the data? A consent for everybody is none.")


class DayToCome(RuleError):
    message = N_("This day is still to come. Give the day on which it happened.")


class EndsBeforeItBegins(RuleError):
    message = N_("The last day lies before the first, {day}.")


class NoSigner(RuleError):
    message = N_("Who signed? Choose the person or write the name.")


class UnknownRole(RuleError):
    message = N_("Choose as what this person signs.")


class UnknownHow(RuleError):
    message = N_("Choose how the consent was given.")


class WritingNeeded(RuleError):
    message = N_("Spoken words are not enough for this: it has to be signed, or said on video.")


class MinorDoesNotSign(RuleError):
    message = N_("A minor does not sign: those with parental responsibility do. Note the minor's own words instead.")


class SignsForOneself(RuleError):
    message = N_("Somebody of age signs for themselves. If a court decided otherwise, enter it in the family first.")


class SignerIsMinor(RuleError):
    message = N_("This person is a minor and cannot sign for somebody else.")


class AlreadySigned(RuleError):
    message = N_("This person has already signed.")


class ConsentEnded(RuleError):
    message = N_("This consent was refused, withdrawn or is over. Ask for a new one.")


class EndedStays(RuleError):
    message = N_(
        "A consent that was refused or withdrawn stays in the file, so that an older one does not count again. "
        "Only the coordinator can remove it."
    )


class EnteredEarlier(RuleError):
    message = N_(
        "Only who entered a consent can remove it, on the same day. After that withdraw it, or ask the coordinator."
    )


class UnknownGround(RuleError):
    message = N_("Choose the lawful ground from the list.")


class GroundDoesNotFit(RuleError):
    message = N_("This ground does not hold for this kind of consent.")


@dataclass(frozen=True, slots=True)
class Signing:
    """A signature as it is entered: who (`other_id` or `name`), as what, how, on which day (None: today)."""

    signs_as: str
    how: str = "paper"
    other_id: str | None = None
    name: str | None = None
    on: date | None = None


class Asking(TypedDict, total=False):
    """What can be said of a consent that is asked for.

    `on` None: today. `recipient_body_id` or `recipient_name`: to whom something may be passed on, needed for
    "referral"; `withheld`: what is to be kept back; `valid_to` the last day; `language` of the text (None: the
    person's, if there is one, else Italian).
    """

    on: date | None
    recipient_body_id: str | None
    recipient_name: str | None
    withheld: str | None
    valid_to: date | None
    language: str | None
    note: str | None


@usecase(N_("Consent asked for"))
def ask(tx: Tx, person_id: str, purpose: str, **asking: Unpack[Asking]) -> str:
    """A consent that is to be signed, with the text that is in use; gives its id.

    Raises:
        UnknownPurpose, NotForThisAge, RecipientNeeded, DayToCome, EndsBeforeItBegins, TextTooLong, NotFound.
    """
    person = tx.get(Person, person_id)
    on = asking.get("on") or tx.today()
    _check_purpose(tx, person, purpose, on)
    body_id, name = asking.get("recipient_body_id"), _line("recipient_name", asking.get("recipient_name"))
    if purpose == "referral" and not (body_id or name):
        raise RecipientNeeded("recipient_body_id")
    if body_id:
        tx.get(Body, body_id)
    valid_to = asking.get("valid_to")
    if valid_to is not None and valid_to < on:
        raise EndsBeforeItBegins("valid_to", day=on)
    new = tx.add(Consent(
        person_id=person.id, purpose=purpose, text_id=_text_in_use(tx, person, purpose, asking.get("language")),
        asked_on=_past(tx, "on", on), recipient_body_id=body_id, recipient_name=name,
        withheld=_words("withheld", asking.get("withheld")), valid_to=valid_to,
        note=_words("note", asking.get("note")), signed=0, needed=1,
    ))  # fmt: skip
    recount(tx, person, new, 0)
    return new.id


@usecase(N_("Consent signed"))
def sign(tx: Tx, consent_id: str, version: int, signings: Iterable[Signing]) -> None:
    """Adds signatures to a consent. A privacy notice that all have signed is noted with the person too.

    Raises:
        ConsentEnded, NoSigner, UnknownRole, UnknownHow, WritingNeeded, MinorDoesNotSign, SignsForOneself,
        SignerIsMinor, AlreadySigned, DayToCome, TextTooLong, NotFound, Stale.
    """
    consent = tx.get(Consent, consent_id, version)
    person = tx.get(Person, consent.person_id)
    hidden = unseen(tx, consent)
    _check_open(tx, consent)
    for one in signings:
        _add_signature(tx, person, consent, one)
    recount(tx, person, consent, hidden)
    _note_privacy(tx, person, consent)


@usecase(N_("Consent signed"))
def give(
    tx: Tx, person_id: str, purpose: str, signings: Iterable[Signing], heard_words: str | None = None,
    **asking: Unpack[Asking],
) -> str:  # fmt: skip
    """A consent that is asked for and signed at once; gives its id. `heard_words`: what the minor said about it.

    Raises: as `ask` and `sign`.
    """
    given = tuple(signings)
    days = [one.on for one in given if one.on is not None]
    if days and asking.get("on") is None:
        asking["on"] = min(days)
    consent = tx.get(Consent, ask(tx, person_id, purpose, **asking))
    tx.session.flush()
    if given:
        sign(tx, consent.id, consent.version, given)
    if heard_words:
        _hear(tx, consent, tx.today(), heard_words)
    return consent.id


@usecase(N_("Signature removed"))
def remove_signature(tx: Tx, signature_id: str, version: int) -> None:
    """Takes away a signature that was entered by mistake.

    Raises:
        NotFound, Stale.
    """
    signature = tx.get(ConsentSignature, signature_id, version)
    consent = tx.get(Consent, signature.consent_id)
    hidden = unseen(tx, consent)
    tx.bin(signature)
    person, was = tx.get(Person, consent.person_id), consent.signed >= consent.needed
    recount(tx, person, consent, hidden)
    if was:
        _renote_privacy(tx, person, consent)


@usecase(N_("Consent refused"))
def refuse(tx: Tx, consent_id: str, version: int, on: date | None = None, note: str | None = None) -> None:
    """Notes that a consent was not given; `note` by whom and why.

    Raises:
        ConsentEnded, DayToCome, TextTooLong, NotFound, Stale.
    """
    consent = tx.get(Consent, consent_id, version)
    _check_open(tx, consent)
    consent.refused_on = _past(tx, "on", on or tx.today())
    consent.note = _words("note", note) or consent.note
    if consent.purpose == "privacy":
        person = tx.get(Person, consent.person_id)
        person.privacy, person.privacy_on = "refused", consent.refused_on


@usecase(N_("Consent withdrawn"))
def withdraw(tx: Tx, consent_id: str, version: int, by: str, on: date | None = None) -> None:
    """Ends a consent from a day on; `by` says who withdrew it. One holder of parental responsibility is enough.

    Source: GDPR art. 7 para. 3: withdrawing is as easy as giving.

    Raises:
        Required: nobody is named.
        ConsentEnded, DayToCome, TextTooLong, NotFound, Stale.
    """
    consent = tx.get(Consent, consent_id, version)
    _check_open(tx, consent)
    name = _line("by", by)
    if name is None:
        raise Required("by")
    consent.withdrawn_on, consent.withdrawn_by = _past(tx, "on", on or tx.today()), name
    _renote_privacy(tx, tx.get(Person, consent.person_id), consent)


@usecase(N_("Lawful ground noted"))
def set_ground(
    tx: Tx, consent_id: str, version: int, ground: str | None, *, act: str | None = None, number: str | None = None,
    on: date | None = None,
) -> None:  # fmt: skip
    """Notes the lawful ground that stands in place of signatures, with what proves it; `ground` None takes it away.

    `act` says in words which order or law it is, or whom one told; `number` its number or protocol; `on` its day.

    Raises:
        UnknownGround, GroundDoesNotFit, Required, DayToCome, ConsentEnded, TextTooLong, NotFound, Stale.
    """
    consent = tx.get(Consent, consent_id, version)
    person = tx.get(Person, consent.person_id)
    hidden = unseen(tx, consent)
    _check_open(tx, consent)
    _fill_ground(tx, consent, ground, act, number, on)
    recount(tx, person, consent, hidden)


@usecase(N_("Lawful ground noted"))
def ground_for(
    tx: Tx, person_id: str, purpose: str, ground: str, *, act: str | None = None, number: str | None = None,
    on: date | None = None, recipient_body_id: str | None = None, recipient_name: str | None = None,
    note: str | None = None,
) -> str:  # fmt: skip
    """As `set_ground`, where nobody was asked for a consent: gives the id of the entry that keeps the ground.

    Raises: as `ask` and `set_ground`.
    """
    new_id = ask(tx, person_id, purpose, recipient_body_id=recipient_body_id, recipient_name=recipient_name, note=note)
    consent = tx.get(Consent, new_id)
    _fill_ground(tx, consent, ground, act, number, on)
    recount(tx, tx.get(Person, person_id), consent, 0)
    return new_id


@usecase(N_("Minor heard about a consent"))
def hear(tx: Tx, consent_id: str, version: int, words: str, on: date | None = None) -> None:
    """Keeps what the minor said about it, in the minor's own words. Source: L. 219/2017 art. 3.

    Raises:
        Required: no words.
        DayToCome, TextTooLong, NotFound, Stale.
    """
    _hear(tx, tx.get(Consent, consent_id, version), on or tx.today(), words)


@usecase(N_("Consent removed"))
def remove(tx: Tx, consent_id: str, version: int) -> None:
    """Puts a consent that was entered by mistake into the bin, with its signatures; one that ended is withdrawn.

    The coordinator may do it always, others on the day on which they entered it, while it is neither refused nor
    withdrawn.

    Raises:
        EndedStays, EnteredEarlier, NotFound, Stale.
    """
    consent = tx.get(Consent, consent_id, version)
    if not rights.cell("consent_texts.put_in_use", tx.actor.role):
        if consent.refused_on or consent.withdrawn_on:
            raise EndedStays
        if not _entered_today(tx, consent):
            raise EnteredEarlier
    for signature in tx.all(ConsentSignature, ConsentSignature.consent_id == consent.id):
        tx.bin(signature)
    counted_once = consent.refused_on is not None or consent.signed >= consent.needed
    tx.bin(consent)
    if counted_once:
        _renote_privacy(tx, tx.get(Person, consent.person_id), consent)


def _entered_today(tx: Tx, consent: Consent) -> bool:
    """Whether who acts entered the consent, on this day."""
    rows = tx.rows(
        select(AuditEntry.staff_id, AuditEntry.at)
        .join(Change, and_(Change.centre_id == AuditEntry.centre_id, Change.seq == AuditEntry.seq))
        .where(Change.table_name == Consent.__tablename__, Change.row_id == consent.id, Change.before.is_(None))
        .order_by(AuditEntry.seq).limit(1)
    )  # fmt: skip
    return any(row.staff_id == tx.actor.staff_id and tx.local(row.at).date() == tx.today() for row in rows)


def _check_purpose(tx: Tx, person: Person, purpose: str, on: date) -> None:
    rule = consents.RULES.get(purpose)
    if rule is None:
        raise UnknownPurpose("purpose")
    minor = is_minor(tx, person, on)
    if (minor and not rule.minors) or (minor is False and not rule.adults):
        raise NotForThisAge("purpose")


def _check_open(tx: Tx, consent: Consent) -> None:
    over = consent.valid_to is not None and consent.valid_to < tx.today()
    if over or consent.refused_on or consent.withdrawn_on:
        raise ConsentEnded


def _add_signature(tx: Tx, person: Person, consent: Consent, one: Signing) -> None:
    on = _past(tx, "on", one.on or tx.today())
    if one.signs_as not in codes.codes(consents.SIGNS_AS):
        raise UnknownRole("signs_as")
    if one.how not in codes.codes(consents.HOW):
        raise UnknownHow("how")
    if one.how == "spoken" and consents.RULES[consent.purpose].written:
        raise WritingNeeded("how")
    minor = is_minor(tx, person, on)
    if one.signs_as == "self" and minor:
        raise MinorDoesNotSign("signs_as")
    if minor is False and one.signs_as not in {"self", "supporter"}:
        raise SignsForOneself("signs_as")
    other_id = person.id if one.signs_as == "self" else one.other_id
    name = None if other_id else _line("name", one.name)
    if other_id is None and name is None:
        raise NoSigner("name")
    if other_id and one.signs_as != "self" and is_minor(tx, tx.get(Person, other_id), on):
        raise SignerIsMinor("other_id")
    _check_first_time(tx, consent, other_id, name)
    tx.add(ConsentSignature(consent_id=consent.id, person_id=person.id, other_id=other_id, signer_name=name,
                            signs_as=one.signs_as, how=one.how, signed_on=on))  # fmt: skip
    consent.asked_on = min(consent.asked_on, on)


def _check_first_time(tx: Tx, consent: Consent, other_id: str | None, name: str | None) -> None:
    """Nobody signs twice: neither one file, nor one name, nor a file and the name of the same person."""
    rows = tx.all(ConsentSignature, ConsentSignature.consent_id == consent.id)
    names = labels(tx, {other_id, *(row.other_id for row in rows)})
    for row in rows:
        if row.other_id and other_id:
            again = row.other_id == other_id
        else:
            again = consents.same_name(names.get(row.other_id or "") or row.signer_name,
                                       names.get(other_id or "") or name)  # fmt: skip
        if again:
            raise AlreadySigned("other_id" if other_id else "name")


def _fill_ground(
    tx: Tx, consent: Consent, ground: str | None, act: str | None, number: str | None, on: date | None
) -> None:  # fmt: skip
    rule = consents.GROUND_RULES.get(ground or "")
    if ground is not None and rule is None:
        raise UnknownGround("ground")
    if rule is not None:
        if consent.purpose not in rule.purposes:
            raise GroundDoesNotFit("ground")
        for field, wanted, value in (("act", rule.act, act), ("number", rule.number, number), ("on", rule.dated, on)):
            if wanted and not (value.strip() if isinstance(value, str) else value):
                raise Required(field)
    consent.ground, consent.ground_act = ground, _words("act", act)
    consent.ground_number = _line("number", number)
    consent.ground_on = _past(tx, "on", on) if on else None


def _hear(tx: Tx, consent: Consent, on: date, words: str) -> None:
    said = _words("words", words)
    if said is None:
        raise Required("words")
    consent.heard_on, consent.heard_words = _past(tx, "on", on), said


def recount(tx: Tx, person: Person, consent: Consent, hidden: int) -> None:
    """Brings what lists show of a consent up to date."""
    tx.session.flush()
    count = counted(tx, person, consent, tx.today(), hidden)
    consent.needed, consent.signed = count.needed, count.signed


def _note_privacy(tx: Tx, person: Person, consent: Consent) -> None:
    if consent.purpose != "privacy" or consent.signed < consent.needed:
        return
    signatures = tx.all(ConsentSignature, ConsentSignature.consent_id == consent.id)
    spoken = all(one.how == "spoken" for one in signatures)
    person.privacy = "given" if spoken else "signed"
    person.privacy_on = max(one.signed_on for one in signatures)


def _renote_privacy(tx: Tx, person: Person, gone: Consent) -> None:
    """Notes with the person what still stands after a privacy notice was withdrawn or removed."""
    if gone.purpose != "privacy":
        return
    tx.session.flush()
    found = state(tx, person.id, "privacy", tx.today())
    person.privacy, person.privacy_on = "none", None
    if found.status == "refused":
        person.privacy, person.privacy_on = "refused", found.refused_on
    elif found.covers and found.consent_id is not None:
        _note_privacy(tx, person, tx.get(Consent, found.consent_id))


def _text_in_use(tx: Tx, person: Person, purpose: str, language: str | None) -> str | None:
    """The version that is in use in the language asked for, else the person's, else Italian, else any."""
    texts = tx.all(ConsentText, ConsentText.purpose == purpose, ConsentText.state == "in_use")
    by_language = {text.language: text.id for text in texts}
    for wanted in (language, person.language, CENTRE_LANGUAGE, *sorted(by_language)):
        if wanted in by_language:
            return by_language[wanted]
    return None


def _past(tx: Tx, field: str, on: date) -> date:
    if on > tx.today():
        raise DayToCome(field)
    return on


def _line(field: str, text: str | None) -> str | None:
    return _checked(field, text, LONGEST_LINE)


def _words(field: str, text: str | None) -> str | None:
    return _checked(field, text, LONGEST_NOTE)


def _checked(field: str, text: str | None, limit: int) -> str | None:
    text = (text or "").strip()
    if len(text) > limit:
        raise TextTooLong(field, limit=limit)
    return text or None
