"""What lists and forms of the intake show, and how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import AccessPoint
from famdesk.data.tables.intake import AccessCard, InfoContact
from famdesk.data.tables.people import ContactPoint, Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.intake.access_card import urgency_state
from famdesk.domain.intake.intake import missing
from famdesk.domain.intake.needs import need
from famdesk.domain.people.contact import Rule, warnings
from famdesk.usecases.people.contact_rights import hidden_points, known_point
from famdesk.usecases.people.person_names import labels


@dataclass(frozen=True, slots=True)
class AccessRow:
    """An access of the day. `kind` is "contact" (no file) or "card".

    `who` is the person concerned or else the caller, as far as this role may know; None: nobody is named. `careful`: a
    way to reach that person has a safe-contact rule, or the file is protected. `needs` are codes, `need_text` the
    words that were used, `function` that of the first need. `answer` is text. `outcome` is a code, None while open.
    `missing` are codes of `domain.intake.MISSING`, empty for contacts. `appointment` is the first one that was given.
    `contact_id`: the contact that a card grew out of. `urgency` is a state (`domain.access_card.urgency_state`).
    """

    id: str
    version: int
    kind: str
    at: datetime
    channel: str | None
    access_point_id: str | None
    access_point: str | None
    who: str | None
    careful: bool
    needs: tuple[str, ...]
    need_text: str | None
    function: str | None
    age_band: str | None
    answer: str | None
    outcome: str | None
    missing: tuple[str, ...]
    appointment: datetime | None
    operator: str
    contact_id: str | None = None
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class CardRow:
    """An access card for its form. `privacy` is the state of the person's notice; `reference_persons` are (id, name,
    relation), as far as this role may know them; `interests` ids of initiatives; see `AccessCard` for the rest."""

    id: str
    version: int
    at: datetime
    channel: str | None
    access_point_id: str | None
    operator: str
    caller_is_person: bool
    caller_id: str | None
    caller: str | None
    caller_relation: str | None
    sent_by: str | None
    sent_by_body_id: str | None
    person_id: str | None
    person: str | None
    privacy: str | None
    present: bool
    informed: bool
    accompanied_by: str | None
    reference_persons: tuple[tuple[str, str, str | None], ...]
    references: str | None
    needs: tuple[str, ...]
    needs_family: str | None
    needs_operator: str | None
    urgency: str | None
    urgent_until: date | None
    answers: str | None
    interests: tuple[str, ...]
    heard: str | None
    outcome: str | None
    note: str | None
    contact_id: str | None
    age_band: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """An access card of the past of a person; `as_caller`: the person called for somebody else."""

    id: str
    at: datetime
    channel: str | None
    needs: tuple[str, ...]
    answers: str | None
    outcome: str | None
    operator: str
    as_caller: bool


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """A card that lacks something: codes of `domain.intake.MISSING`. `mine`: written by the person who asks."""

    id: str
    at: datetime
    who: str | None
    needs: tuple[str, ...]
    missing: tuple[str, ...]
    operator: str
    mine: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """Something that can be answered: `used` times lately, or 0: from the directory, with a quiet `detail` and the
    `hours` in words, "" where none belong to it."""

    text: str
    detail: str
    used: int
    hours: str = ""


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """What a card shows of a person; `careful`: a safe-contact rule or a protected file.

    `rules` are the safe-contact rules in words, one line per number or address: what everybody who answers must know.
    `consents` is what has to be minded of theirs, in words.
    """

    id: str
    label: str
    privacy: str
    careful: bool
    birth_date: date | None
    language: str | None
    needs_mediator: bool
    rules: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()


class CardFields(TypedDict, total=False):
    """What a card can be given; see `AccessCard`. Only what is given is changed; `needs` are codes, `interests` ids of
    initiatives, `reference_persons` up to three pairs of a person's id and their relation."""

    at: datetime
    channel: str | None
    access_point_id: str | None
    caller_is_person: bool
    caller_id: str | None
    caller_relation: str | None
    sent_by: str | None
    sent_by_body_id: str | None
    person_id: str | None
    present: bool
    informed: bool
    accompanied_by: str | None
    reference_persons: Sequence[tuple[str, str | None]]
    references: str | None
    needs: Sequence[str]
    needs_family: str | None
    needs_operator: str | None
    urgency: str | None
    urgent_until: date | None
    answers: str | None
    interests: Sequence[str]
    heard: str | None
    outcome: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class _Facts:
    """A card's content for `missing`."""

    channel: str | None
    caller_is_person: bool
    caller_id: str | None
    caller_relation: str | None
    person_id: str | None
    privacy: str | None
    needs: tuple[str, ...]
    needs_family: str | None
    answers: str | None
    outcome: str | None


CARD_COLUMNS = (
    AccessCard.id, AccessCard.version, AccessCard.at, AccessCard.channel, AccessCard.access_point_id,
    AccessPoint.name.label("access_point"), AccessCard.caller_is_person, AccessCard.caller_id,
    AccessCard.caller_relation, AccessCard.person_id, AccessCard.needs, AccessCard.needs_family,
    AccessCard.needs_operator, AccessCard.urgency, AccessCard.urgent_until, AccessCard.answers,
    AccessCard.outcome, AccessCard.operator_id,
    Staff.name.label("operator"), Person.privacy,
)  # fmt: skip


def card_rows(tx: Tx, *where: ColumnElement[bool], limit: int | None = None) -> Sequence[Any]:
    """Cards of the own centre that name nobody whom the running query may not show, the newest first."""
    return tx.rows(
        select(*CARD_COLUMNS)
        .outerjoin(AccessPoint, AccessPoint.id == AccessCard.access_point_id)
        .outerjoin(Person, Person.id == AccessCard.person_id)
        .outerjoin(Staff, Staff.id == AccessCard.operator_id)
        .where(AccessCard.centre_id == tx.centre_id, AccessCard.deleted_at.is_(None), shown_card(tx), *where)
        .order_by(AccessCard.at.desc(), AccessCard.id.desc())
        .limit(limit)
    )


def shown_card(tx: Tx) -> ColumnElement[bool]:
    """The condition, on `AccessCard`, that it may be known: so may be everybody whom it names; on both engines."""
    return and_(
        or_(AccessCard.person_id.is_(None), is_shown(tx, AccessCard.person_id)),
        or_(AccessCard.caller_id.is_(None), is_shown(tx, AccessCard.caller_id)),
    )


def is_shown(tx: Tx, column: InstrumentedAttribute[Any]) -> ColumnElement[bool]:
    """The condition that a column names somebody whom the running query may show. Each is looked up by id: that it is
    one of all who may be shown would make the database look for all of them first."""
    found = select(Person.id).where(Person.id == column, tx.visible_person())
    return found.correlate(column.parent.class_).exists()


def lacks(row: Any, privacy: str | None) -> tuple[str, ...]:
    """What a card's row or record lacks."""
    return missing(
        _Facts(
            row.channel, row.caller_is_person, row.caller_id, row.caller_relation, row.person_id, privacy,
            tuple(row.needs.split()), row.needs_family, row.answers, row.outcome,
        )
    )  # fmt: skip


def bare_contact(tx: Tx) -> ColumnElement[bool]:
    """The condition, on `InfoContact`, that it has not become a card that one can see."""
    return ~exists().where(AccessCard.id == InfoContact.access_card_id, AccessCard.deleted_at.is_(None), shown_card(tx))


def contact_rows(tx: Tx, *where: ColumnElement[bool]) -> list[AccessRow]:
    """Contacts of the own centre that have not become a card that one can see."""
    rows = tx.rows(
        select(InfoContact.id, InfoContact.version, InfoContact.at, InfoContact.channel, InfoContact.access_point_id,
               AccessPoint.name.label("access_point"), InfoContact.need, InfoContact.need_text, InfoContact.function,
               InfoContact.age_band, InfoContact.answer, Staff.name.label("operator"))
        .outerjoin(AccessPoint, AccessPoint.id == InfoContact.access_point_id)
        .outerjoin(Staff, Staff.id == InfoContact.operator_id)
        .where(InfoContact.centre_id == tx.centre_id, InfoContact.deleted_at.is_(None), bare_contact(tx), *where)
    )  # fmt: skip
    return [
        AccessRow(
            row.id, row.version, "contact", row.at, row.channel, row.access_point_id, row.access_point, None, False,
            (row.need,) if row.need else (), row.need_text, row.function, row.age_band, row.answer, None, (), None,
            row.operator or "?",
        )
        for row in rows
    ]  # fmt: skip


def card_accesses(tx: Tx, rows: Sequence[Any]) -> list[AccessRow]:
    """Cards as the list of accesses shows them."""
    ids = [row.id for row in rows]
    people = {one for row in rows for one in (row.person_id, row.caller_id) if one}
    names, watched = labels(tx, people), careful(tx, people)
    dates, contacts = _appointments(tx, ids), _contacts(tx, ids)
    found = []
    for row in rows:
        codes = tuple(row.needs.split())
        who = names.get(row.person_id or "") or names.get(row.caller_id or "")
        contact_id, age_band = contacts.get(row.id, (None, None))
        found.append(
            AccessRow(
                row.id, row.version, "card", row.at, row.channel, row.access_point_id, row.access_point, who,
                bool(who) and not watched.isdisjoint({row.person_id, row.caller_id}), codes,
                row.needs_family or row.needs_operator, function_of(codes), age_band, row.answers, row.outcome,
                lacks(row, row.privacy), dates.get(row.id), row.operator or "?", contact_id,
                urgency_state(row.urgency, row.urgent_until, tx.today()),
            )
        )  # fmt: skip
    return found


def function_of(codes: Iterable[str]) -> str | None:
    """The function A, B or C of the first need that the list knows."""
    known = (need(code) for code in codes)
    return next((one.function for one in known if one is not None), None)


def careful(tx: Tx, ids: set[str]) -> set[str]:
    """Those of the persons who must be approached with care."""
    if not ids:
        return set()
    rule = exists().where(
        ContactPoint.person_id == Person.id, ContactPoint.deleted_at.is_(None),
        or_(ContactPoint.may_call.is_(False), ContactPoint.may_leave_message.is_(False),
            ContactPoint.may_write.is_(False), ContactPoint.safe_from.is_not(None),
            ContactPoint.neutral_name.is_not(None)),
    )  # fmt: skip
    hiding = {point.person_id for point in hidden_points(tx, ids)}
    minded = or_(Person.protected, Person.no_contact, rule, Person.id.in_(hiding))
    rows = tx.rows(select(Person.id).where(Person.id.in_(ids), tx.visible_person(), minded))
    return {row.id for row in rows}


def rules_in_words(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What has to be minded with the numbers and addresses of each visible person, in the current language."""
    rows = tx.rows(
        select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value, ContactPoint.may_call,
               ContactPoint.may_leave_message, ContactPoint.may_write, ContactPoint.safe_from, ContactPoint.safe_to,
               ContactPoint.neutral_name)
        .join(Person, Person.id == ContactPoint.person_id)
        .where(ContactPoint.person_id.in_(ids), ContactPoint.deleted_at.is_(None), tx.visible_person(),
               known_point(tx))
        .order_by(ContactPoint.kind, ContactPoint.id)
    ) if ids else ()  # fmt: skip
    found: dict[str, list[str]] = {}
    for person_id, kind, value, *rule in rows:
        minded = warnings(kind, Rule(*rule))
        if minded:
            found.setdefault(person_id, []).append(" · ".join((value, *minded)))
    return {person_id: tuple(lines) for person_id, lines in found.items()}


def _appointments(tx: Tx, cards: Sequence[str]) -> dict[str, datetime]:
    """The first appointment that came of each card."""
    if not cards:
        return {}
    rows = tx.rows(
        select(Appointment.access_card_id, func.min(Appointment.starts).label("starts"))
        .where(Appointment.access_card_id.in_(cards), Appointment.deleted_at.is_(None),
               Appointment.centre_id == tx.centre_id, Appointment.state != "cancelled")
        .group_by(Appointment.access_card_id)
    )  # fmt: skip
    return {row.access_card_id: row.starts for row in rows}


def _contacts(tx: Tx, cards: Sequence[str]) -> dict[str, tuple[str, str | None]]:
    """For each card the contact that it grew out of, with its age band."""
    if not cards:
        return {}
    rows = tx.rows(
        select(InfoContact.access_card_id, InfoContact.id, InfoContact.age_band).where(
            and_(InfoContact.access_card_id.in_(cards), InfoContact.deleted_at.is_(None),
                 InfoContact.centre_id == tx.centre_id))
    )  # fmt: skip
    return {row.access_card_id: (row.id, row.age_band) for row in rows}
