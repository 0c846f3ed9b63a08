"""Accesses: the info contact in one line, the access card, and the lists of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Unpack

from sqlalchemy import exists, or_, select

from famdesk.data.base import Record
from famdesk.data.tables.directory import AccessPoint, Body
from famdesk.data.tables.intake import AccessCard, CardPerson, InfoContact
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Initiative
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.domain.intake.access_card import HEARD, MOST_REFERENCES, usual_end
from famdesk.domain.intake.needs import need as need_of
from famdesk.domain.text import tokens
from famdesk.i18n import N_
from famdesk.usecases import search
from famdesk.usecases.consent import consents
from famdesk.usecases.directory.answer_hours import hours_of
from famdesk.usecases.intake import drafts, follow_ups
from famdesk.usecases.intake.intake_rows import (
    AccessRow,
    AnswerRow,
    CardFields,
    CardRow,
    EarlierRow,
    PersonBrief,
    UnfinishedRow,
    bare_contact,
    card_accesses,
    card_rows,
    careful,
    contact_rows,
    function_of,
    lacks,
    rules_in_words,
    shown_card,
)
from famdesk.usecases.lookup import fits as fits_key
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase

__all__ = [
    "AccessRow", "AnswerRow", "CardFields", "CardRow", "EarlierRow", "FutureAccess", "NotAvailable", "PersonBrief",
    "UnfinishedRow", "UnknownChoice", "access_card", "accesses", "answers", "change_contact", "earlier_accesses",
    "log_contact", "needs_used", "open_card", "remove_card", "remove_contact", "save_card", "unfinished_cards", "who",
]  # fmt: skip

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
COUNTED_DAYS = 365
MANY = 200
OFFERS = frozenset({"service", "access_point", "place", "initiative", "body"})

_LINES = frozenset({"sent_by", "accompanied_by"})
_TEXTS = frozenset({"references", "needs_family", "needs_operator", "answers", "note"})
_CHOICES: dict[str, codes.Table] = {
    "channel": codes.CHANNELS, "caller_relation": codes.CALLER_RELATIONS, "urgency": codes.URGENCIES,
    "outcome": codes.OUTCOMES, "heard": HEARD,
}  # fmt: skip
_REFERENCES: dict[str, type[Record]] = {
    "access_point_id": AccessPoint, "sent_by_body_id": Body, "caller_id": Person, "person_id": Person,
}  # fmt: skip
_PLAIN = frozenset({"caller_is_person", "present", "informed"})


class UnknownChoice(RuleError):
    message = N_("Choose from the list.")


class NotAvailable(RuleError):
    message = N_("This entry is no longer available. Choose another one.")


class TooManyReferences(RuleError):
    message = N_("A card has room for {most} reference persons; write the others below.")


class FutureAccess(RuleError):
    message = N_("An access cannot be later than today.")


@usecase(N_("Contact of {when} logged"))
def log_contact(
    tx: Tx, *, channel: str, need: str | None = None, need_text: str | None = None, age_band: str | None = None,
    answer: str | None = None, access_point_id: str | None = None, function: str | None = None,
    draft: str | None = None,
) -> str:  # fmt: skip
    """Logs an access of this moment that needs no file; gives its id. `draft` is forgotten in the same step.

    `need` is a code of the needs list, `need_text` the words used; one of them is enough. `function` is taken from the
    need if it is not given.

    Raises:
        Required: neither need nor words.
        UnknownChoice, NotAvailable, TextTooLong.
    """
    contact = InfoContact(at=tx.now(), operator_id=tx.actor.staff_id)
    _fill(tx, contact, channel, need, need_text, age_band, answer, access_point_id, function)
    tx.describe(when=contact.at)
    if draft:
        drafts.drop(tx, draft)
    return tx.add(contact).id


@usecase(N_("Contact of {when} changed"))
def change_contact(
    tx: Tx, contact_id: str, version: int, *, channel: str, need: str | None, need_text: str | None,
    age_band: str | None, answer: str | None, access_point_id: str | None, function: str | None = None,
) -> None:  # fmt: skip
    """Changes a contact; its moment stays.

    Raises:
        Required, UnknownChoice, NotAvailable, TextTooLong, Stale.
    """
    contact = tx.get(InfoContact, contact_id, version)
    _fill(tx, contact, channel, need, need_text, age_band, answer, access_point_id, function)
    tx.describe(when=contact.at)


@usecase(N_("Contact of {when} removed"))
def remove_contact(tx: Tx, contact_id: str, version: int | None = None) -> None:
    """Puts a contact into the bin."""
    contact = tx.get(InfoContact, contact_id, version)
    tx.describe(when=contact.at)
    tx.bin(contact)


@usecase(N_("Access card of {when} opened"))
def open_card(
    tx: Tx, *, from_contact_id: str | None = None, draft: str | None = None, **fields: Unpack[CardFields]
) -> str:
    """A new access card of this moment, or of that of the contact whose content it takes over; gives its id.

    The contact stays linked and leaves the list of accesses. `draft` is forgotten in the same step.

    Raises:
        FutureAccess, UnknownChoice, TextTooLong.
        NotAvailable: of a field, or without one: the contact has a card already.
    """
    card = AccessCard(at=tx.now(), operator_id=tx.actor.staff_id, needs="", interests="", caller_is_person=True,
                      present=True, informed=True)  # fmt: skip
    contact = tx.get(InfoContact, from_contact_id) if from_contact_id else None
    if contact is not None:
        if tx.find(AccessCard, contact.access_card_id) is not None:
            raise NotAvailable
        _take_over(card, contact)
    _apply(tx, card, fields)
    tx.add(card)
    tx.session.flush()  # what follows points at the card
    _refer(tx, card, fields)
    follow_ups.follow_card(tx, card, None)
    if contact is not None:
        contact.access_card_id = card.id
    if draft:
        drafts.drop(tx, draft)
    tx.describe(when=card.at)
    return card.id


@usecase(N_("Access card of {when} saved"))
def save_card(tx: Tx, card_id: str, version: int, *, draft: str | None = None, **fields: Unpack[CardFields]) -> None:
    """Changes the given fields of a card; nothing is demanded. `draft` is forgotten in the same step.

    Raises:
        FutureAccess, UnknownChoice, NotAvailable, TextTooLong, Stale.
    """
    card = tx.get(AccessCard, card_id, version)
    before = card.outcome
    _apply(tx, card, fields)
    _refer(tx, card, fields)
    follow_ups.follow_card(tx, card, before)
    if draft:
        drafts.drop(tx, draft)
    tx.describe(when=card.at)


@usecase(N_("Access card of {when} removed"))
def remove_card(tx: Tx, card_id: str, version: int | None = None) -> None:
    """Puts a card into the bin; a contact that it grew out of is a contact again."""
    card = tx.get(AccessCard, card_id, version)
    tx.describe(when=card.at)
    tx.bin(card)


@query
def accesses(tx: Tx, day: date) -> tuple[AccessRow, ...]:
    """The contacts and cards of a day, the newest first; a contact that became a card is that card."""
    first = datetime.combine(day, datetime.min.time())
    last = first + timedelta(days=1)
    contacts = contact_rows(tx, InfoContact.at >= first, InfoContact.at < last)
    cards = card_accesses(tx, card_rows(tx, AccessCard.at >= first, AccessCard.at < last))
    return tuple(sorted([*contacts, *cards], key=lambda row: (row.at, row.contact_id or row.id), reverse=True))


@query
def access_card(tx: Tx, card_id: str) -> CardRow:
    """A card with all that it holds; that it was opened is written down.

    Raises:
        NotFound.
    """
    card = tx.get(AccessCard, card_id)
    tx.opened(card)
    names = labels(tx, (card.person_id, card.caller_id))
    person = tx.find(Person, card.person_id)
    operator = tx.session.get(Staff, card.operator_id)
    contact = next(iter(tx.rows(
        select(InfoContact.id, InfoContact.age_band)
        .where(InfoContact.access_card_id == card.id, InfoContact.deleted_at.is_(None))
    )), None)  # fmt: skip
    privacy = person.privacy if person else None
    return CardRow(
        card.id, card.version, card.at, card.channel, card.access_point_id, operator.name if operator else "?",
        card.caller_is_person, card.caller_id, names.get(card.caller_id or ""),
        card.caller_relation, card.sent_by, card.sent_by_body_id, card.person_id, names.get(card.person_id or ""),
        privacy, card.present, card.informed, card.accompanied_by, _reference_persons(tx, card), card.references,
        tuple(card.needs.split()), card.needs_family, card.needs_operator, card.urgency, card.urgent_until,
        card.answers, tuple(card.interests.split()), card.heard, card.outcome, card.note,
        contact.id if contact else None, contact.age_band if contact else None, lacks(card, privacy),
    )  # fmt: skip


@query
def earlier_accesses(tx: Tx, person_id: str) -> tuple[EarlierRow, ...]:
    """The cards of a person and those where the person called for somebody, the newest first; the look is journalled.

    Raises:
        NotFound: also for a person whom this role may not know.
    """
    tx.opened(tx.get(Person, person_id))
    rows = card_rows(
        tx, or_(AccessCard.person_id == person_id, AccessCard.caller_id == person_id), limit=MANY
    )  # fmt: skip
    return tuple(
        EarlierRow(row.id, row.at, row.channel, tuple(row.needs.split()), row.answers, row.outcome,
                   row.operator or "?", row.person_id != person_id)
        for row in rows
    )  # fmt: skip


@query
def unfinished_cards(tx: Tx) -> tuple[UnfinishedRow, ...]:
    """The cards of the centre that lack something, the newest first."""
    short = or_(
        AccessCard.channel.is_(None), AccessCard.person_id.is_(None), Person.privacy == "none", AccessCard.needs == "",
        AccessCard.needs_family.is_(None), AccessCard.answers.is_(None), AccessCard.outcome.is_(None),
        AccessCard.outcome == "pending", AccessCard.caller_is_person.is_(False),
    )  # fmt: skip
    rows = [(row, lacks(row, row.privacy)) for row in card_rows(tx, short, limit=MANY)]
    names = labels(tx, (row.person_id or row.caller_id for row, lack in rows if lack))
    return tuple(
        UnfinishedRow(row.id, row.at, names.get(row.person_id or row.caller_id), tuple(row.needs.split()), lack,
                      row.operator or "?", row.operator_id == tx.actor.staff_id)
        for row, lack in rows if lack
    )  # fmt: skip


@query
def needs_used(tx: Tx) -> tuple[tuple[str, int], ...]:
    """How often each need came in the last year, the most frequent first: (code, accesses)."""
    since = tx.now() - timedelta(days=COUNTED_DAYS)
    contacts = tx.rows(
        select(InfoContact.need).where(
            InfoContact.centre_id == tx.centre_id, InfoContact.deleted_at.is_(None), InfoContact.at >= since,
            InfoContact.need.is_not(None), bare_contact(tx),
        )
    )  # fmt: skip
    cards = tx.rows(
        select(AccessCard.needs).where(
            AccessCard.centre_id == tx.centre_id, AccessCard.deleted_at.is_(None), AccessCard.at >= since,
            AccessCard.needs != "", shown_card(tx),
        )
    )  # fmt: skip
    counts = Counter([row.need for row in contacts] + [code for row in cards for code in row.needs.split()])
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


@query
def answers(tx: Tx, typed: str, need: str | None = None, limit: int = 8) -> tuple[AnswerRow, ...]:
    """What can be answered: what was answered to this need lately, the most frequent first, then the directory.

    `need` None: whatever was answered to anything. Nothing typed: only what was answered before. Never a person.
    """
    words = tokens(typed)
    used = [
        AnswerRow(text, "", count) for text, count in _used_answers(tx, need) if fits_key(words, " ".join(tokens(text)))
    ]
    known = {row.text for row in used}
    hits = search.search(tx, typed) if words else ()
    offered = [hit for hit in hits if hit.kind in OFFERS and hit.label not in known][:limit]
    hours = hours_of(tx, [(hit.kind, hit.id) for hit in offered])
    offers = [AnswerRow(hit.label, hit.detail, 0, hours.get((hit.kind, hit.id), "")) for hit in offered]
    most = limit if not offers else max(limit // 2, limit - len(offers))
    return tuple([*used[:most], *offers][:limit])


@query
def who(tx: Tx, ids: Sequence[str]) -> tuple[PersonBrief, ...]:
    """What a card shows of persons; those are missing whom this role may not know."""
    wanted = sorted(set(ids))
    names, watched, rules = labels(tx, wanted), careful(tx, set(wanted)), rules_in_words(tx, wanted)
    waiting = consents.states(tx, wanted, tx.today())
    rows = tx.rows(
        select(Person.id, Person.privacy, Person.birth_date, Person.language, Person.needs_mediator)
        .where(Person.id.in_(wanted), tx.visible_person())
    )  # fmt: skip
    return tuple(
        PersonBrief(row.id, names[row.id], row.privacy, row.id in watched, row.birth_date, row.language,
                    row.needs_mediator, rules.get(row.id, ()), waiting.get(row.id, ()))
        for row in rows
    )  # fmt: skip


def _used_answers(tx: Tx, need: str | None) -> list[tuple[str, int]]:
    """Answers with how often they were given; not those of a contact that became a card which one may not see."""
    conditions = [InfoContact.need == need] if need else []
    conditions.append(or_(InfoContact.access_card_id.is_(None),
                          exists().where(AccessCard.id == InfoContact.access_card_id, shown_card(tx))))  # fmt: skip
    rows = tx.rows(
        select(InfoContact.answer)
        .where(InfoContact.centre_id == tx.centre_id, InfoContact.deleted_at.is_(None), InfoContact.answer.is_not(None),
               InfoContact.at >= tx.now() - timedelta(days=COUNTED_DAYS), *conditions)
        .order_by(InfoContact.at.desc())
        .limit(MANY)
    )  # fmt: skip
    return Counter(row.answer for row in rows).most_common()


def _fill(
    tx: Tx, contact: InfoContact, channel: str, need: str | None, need_text: str | None, age_band: str | None,
    answer: str | None, access_point_id: str | None, function: str | None,
) -> None:  # fmt: skip
    need_text, answer = _text("need_text", need_text, LONGEST_LINE), _text("answer", answer, LONGEST_LINE)
    if not need and not need_text:
        raise Required("need")
    if need and need_of(need) is None and need != contact.need:
        raise UnknownChoice("need")
    contact.channel = _choice("channel", channel, codes.CHANNELS) or ""
    if not contact.channel:
        raise Required("channel")
    contact.age_band = _choice("age_band", age_band, codes.AGE_BANDS)
    contact.function = _choice("function", function, codes.FUNCTIONS) or function_of([need] if need else [])
    contact.access_point_id = _found(tx, "access_point_id", access_point_id, contact.access_point_id)
    contact.need, contact.need_text, contact.answer = need or None, need_text, answer


def _take_over(card: AccessCard, contact: InfoContact) -> None:
    card.at, card.channel, card.access_point_id = contact.at, contact.channel, contact.access_point_id
    card.needs, card.needs_family, card.answers = contact.need or "", contact.need_text, contact.answer


def _apply(tx: Tx, card: AccessCard, fields: CardFields) -> None:
    """Checks the given fields and puts them into the card.

    Raises:
        TypeError: a field that no card has.
    """
    for name, value in fields.items():
        if name != "reference_persons":
            setattr(card, name, _checked(tx, card, name, value))
    if "urgency" in fields and "urgent_until" not in fields:
        card.urgent_until = usual_end(card.urgency, card.at.date())
    if card.at.date() > tx.today():
        raise FutureAccess("at")


def _checked(tx: Tx, card: AccessCard, name: str, value: Any) -> Any:
    if name in _LINES | _TEXTS:
        return _text(name, value, LONGEST_LINE if name in _LINES else LONGEST_TEXT)
    if name in _CHOICES:
        return _choice(name, value, _CHOICES[name])
    if name in _REFERENCES:
        return _found(tx, name, value, getattr(card, name))
    if name == "needs":
        return _needs(card, value)
    if name == "interests":
        return _interests(tx, card, value)
    if name == "urgent_until":
        return value
    if name == "at":
        if value is None:
            raise Required("at")
        return value
    if name in _PLAIN:
        return bool(value)
    raise TypeError(name)


def _needs(card: AccessCard, value: Any) -> str:
    chosen = tuple(dict.fromkeys(value or ()))
    kept = card.needs.split()
    if any(need_of(code) is None and code not in kept for code in chosen):
        raise UnknownChoice("needs")
    return " ".join(chosen)


def _interests(tx: Tx, card: AccessCard, value: Any) -> str:
    chosen, kept = tuple(dict.fromkeys(value or ())), card.interests.split()
    for initiative_id in chosen:
        found = None if initiative_id in kept else tx.session.get(Initiative, initiative_id)
        if initiative_id not in kept and (found is None or found.deleted_at):
            raise NotAvailable("interests")
    return " ".join(chosen)


def _reference_rows(tx: Tx, card: AccessCard) -> list[CardPerson]:
    """The reference persons whom this role may know."""
    return sorted(tx.all(CardPerson, CardPerson.access_card_id == card.id), key=lambda row: row.place)


def _reference_persons(tx: Tx, card: AccessCard) -> tuple[tuple[str, str, str | None], ...]:
    rows = _reference_rows(tx, card)
    names = labels(tx, [row.person_id for row in rows])
    return tuple((row.person_id, names[row.person_id], row.relation) for row in rows if row.person_id in names)


def _refer(tx: Tx, card: AccessCard, fields: CardFields) -> None:
    """Makes the given persons the reference persons of the card; those whom this role may not know stay."""
    if "reference_persons" not in fields:
        return
    wanted = dict(fields["reference_persons"])
    if len(wanted) > MOST_REFERENCES:
        raise TooManyReferences("references", most=MOST_REFERENCES)
    kept = {row.person_id: row for row in _reference_rows(tx, card)}
    for person_id, row in kept.items():
        if person_id not in wanted:
            tx.bin(row)
    for place, (person_id, told) in enumerate(wanted.items(), start=1):
        relation = _choice(f"reference_{place}", told, codes.CALLER_RELATIONS)
        if person_id in kept:
            kept[person_id].place, kept[person_id].relation = place, relation
        elif tx.find(Person, person_id) is None:
            raise NotAvailable(f"reference_{place}")
        else:
            tx.add(CardPerson(access_card_id=card.id, person_id=person_id, place=place, relation=relation))


def _text(name: str, value: str | None, limit: int) -> str | None:
    text = (value or "").strip()
    if len(text) > limit:
        raise TextTooLong(name, limit=limit)
    return text or None


def _choice(name: str, value: str | None, table: codes.Table) -> str | None:
    if value and value not in codes.codes(table):
        raise UnknownChoice(name)
    return value or None


def _found(tx: Tx, name: str, value: str | None, kept: str | None) -> str | None:
    """The id, if its record can be chosen; what was there before always may stay."""
    if value and value != kept:
        kind = _REFERENCES[name]
        found = tx.session.get(kind, value) if kind.shared else tx.find(kind, value)
        if found is None or found.deleted_at:
            raise NotAvailable(name)
    return value or None
