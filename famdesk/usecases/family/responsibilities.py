"""Who decides for a minor, by which act: parents, guardians, curators, foster carers; and when that ends."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypedDict, Unpack

from sqlalchemy import and_, or_, select

from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Responsibility
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.people import families, family_rules
from famdesk.domain.people.families import Facts
from famdesk.i18n import N_, _, formats
from famdesk.usecases.family.families import Decider, deciders
from famdesk.usecases.people.person_names import full_name, labels
from famdesk.usecases.people.person_rows import FileBadge
from famdesk.usecases.registry import query, usecase

LONGEST_LINE = 200
LONGEST_NOTE = 2_000
NOTICE_DAYS = 60
"""How long before the end of a guardianship Today tells of it, unless told otherwise."""


class NobodyToConfirm(RuleError):
    message = N_("No parent is known of whom it is not written down yet. Add the mother or the father first.")


class ResponsibilityDetails(TypedDict, total=False):
    """Who, and by which act; what is not known stays out.

    One of `other_id` (a person), `body_id` and `holder_name`. The act of a court or an office: authority, number, day.
    `valid_to` is the last day; what is for minors ends with the 18th birthday by itself.
    """

    other_id: str | None
    body_id: str | None
    holder_name: str | None
    state: str
    act_authority: str | None
    act_number: str | None
    act_on: date | None
    valid_from: date | None
    valid_to: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class ExpiringRow:
    """An office that ends soon, or did lately: whose, what, who holds it, its last day and how many days are left.

    `comes_of_age`: it ends with the 18th birthday. `about`: of the birth only month or year are known, and `last_day`
    is the earliest that it can be.
    """

    responsibility_id: str
    person_id: str
    label: str
    kind: str
    holder: str
    last_day: date
    days_left: int
    comes_of_age: bool
    about: bool


@usecase(N_("Who decides for a minor: entered"))
def add_responsibility(tx: Tx, person_id: str, kind: str, **details: Unpack[ResponsibilityDetails]) -> str:
    """Somebody answers for a person; gives the id. Nothing but who and how has to be known.

    Raises:
        UnknownResponsibility, UnknownState, NoHolder, SeveralHolders, OwnGuardian, GuardianIsMinor, OfAge,
        EndsBeforeItBegins, TextTooLong, NotFound.
    """
    row = Responsibility(person_id=tx.get(Person, person_id).id, kind=kind, state="full")
    _fill(tx, row, kind, details)
    return tx.add(row).id


@usecase(N_("Who decides for a minor: changed"))
def change_responsibility(
    tx: Tx, responsibility_id: str, version: int, kind: str, **details: Unpack[ResponsibilityDetails]
) -> None:
    """Changes what is given; the rules are those of `add_responsibility`.

    Raises:
        As `add_responsibility`, and Stale.
    """
    _fill(tx, tx.get(Responsibility, responsibility_id, version), kind, details)


@usecase(N_("Who decides for a minor: ended"))
def end_responsibility(tx: Tx, responsibility_id: str, version: int, last_day: date) -> None:
    """Ends it; `last_day` is the last day it holds. The past stays.

    Raises:
        EndsBeforeItBegins, NotFound, Stale.
    """
    row = tx.get(Responsibility, responsibility_id, version)
    family_rules.in_order(row.valid_from, last_day, "last_day")
    row.valid_to = last_day


@usecase(N_("Who decides for a minor: entered by mistake, taken away"))
def remove_responsibility(tx: Tx, responsibility_id: str, version: int) -> None:
    """Puts what never was into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Responsibility, responsibility_id, version))


@usecase(N_("Parental responsibility confirmed"))
def confirm_parents(tx: Tx, person_id: str) -> tuple[str, ...]:
    """Writes down full parental responsibility for each parent of whom nothing is yet; gives the ids.

    Source: art. 316 c.c.

    Raises:
        NobodyToConfirm, NotFound.
    """
    proposed = [one for one in deciders(tx, person_id, tx.today()) if one.presumed]
    if not proposed:
        raise NobodyToConfirm
    return tuple(
        tx.add(Responsibility(person_id=person_id, other_id=one.person_id, kind="parental", state="full")).id
        for one in proposed
    )


@query
def expiring(tx: Tx, within_days: int = NOTICE_DAYS) -> tuple[ExpiringRow, ...]:
    """Guardians, curators and other offices by an act that end within so many days, or ended within as many.

    Parents are not among them: with the 18th birthday they stay parents. The nearest end first.
    """
    today, span = tx.today(), timedelta(days=within_days)
    born_from, born_to = today - span - timedelta(days=19 * 366), today + span - timedelta(days=17 * 365)
    rows = tx.rows(
        select(Responsibility.id, Responsibility.person_id, Responsibility.other_id, Responsibility.body_id,
               Responsibility.holder_name, Responsibility.kind, Responsibility.valid_to, Person.birth_date,
               Person.birth_part, Person.surname, Person.given_name, Person.alias)
        .join(Person, Person.id == Responsibility.person_id)
        .where(Responsibility.deleted_at.is_(None), Responsibility.kind != "parental", Responsibility.state != "ended",
               Responsibility.centre_id == tx.centre_id, tx.visible_person(), Person.died_on.is_(None),
               or_(Responsibility.valid_to.between(today - span, today + span),
                   and_(Responsibility.kind.not_in(families.FOR_ADULTS),
                        or_(Person.birth_date.between(born_from, born_to), Person.birth_part.is_not(None)))))
    )  # fmt: skip
    names = labels(tx, (row.other_id for row in rows))
    found = []
    for row in rows:
        born = families.facts(None, row.birth_date, row.birth_part)
        last = families.last_day(row.kind, born.first, row.valid_to)
        if last is None or abs((last - today).days) > within_days or (row.other_id and row.other_id not in names):
            continue
        holder = names.get(row.other_id or "") or row.holder_name or _body_name(tx, row.body_id)
        label = full_name(row.surname, row.given_name, row.alias)
        left = (last - today).days
        by_age = last != row.valid_to
        found.append(ExpiringRow(row.id, row.person_id, label, row.kind, holder, last, left, by_age,
                                 by_age and born.first != born.last))  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.last_day, one.responsibility_id)))


def file_badges(tx: Tx, person: Person) -> Iterable[FileBadge]:
    """Who is the guardian of somebody who may be a minor and until when, for the identity strip of the file."""
    today = tx.today()
    if not families.is_minor(families.latest_birth(person.birth_date, person.birth_part), today):
        return
    for one in deciders(tx, person.id, today):
        if one.kind in families.GUARDIANS and one.state == "full":
            soon = one.until is not None and (one.until - today).days <= NOTICE_DAYS
            yield FileBadge("guardian", _guarded(one), *(("hourglass", "warning") if soon else ("user-check", "calm")))


def _guarded(one: Decider) -> str:
    if one.until is None:
        return _("Guardian: {name}").format(name=one.name)
    return _("Guardian: {name}, until {day}").format(name=one.name, day=formats.date_num(one.until))


def _body_name(tx: Tx, body_id: str | None) -> str:
    body = tx.session.get(Body, body_id) if body_id else None
    return body.name if body else ""


def _fill(tx: Tx, row: Responsibility, kind: str, details: ResponsibilityDetails) -> None:
    row.kind = kind
    for name, value in details.items():
        setattr(row, name, _text(name, value) if isinstance(value, str) else value)
    holders = [one for one in (row.other_id, row.body_id, row.holder_name) if one]
    if not holders:
        raise family_rules.NoHolder("other_id")
    if len(holders) > 1:
        raise family_rules.SeveralHolders("holder_name")
    if row.other_id == row.person_id:
        raise family_rules.OwnGuardian("other_id")
    if row.body_id:
        tx.get(Body, row.body_id)
    holder = tx.get(Person, row.other_id) if row.other_id else None
    person = tx.get(Person, row.person_id)
    family_rules.check_responsibility(
        kind, row.state, _facts(person), _facts(holder) if holder else None, row.valid_from, row.valid_to, tx.today()
    )


def _facts(person: Person) -> Facts:
    return families.facts(person.sex, person.birth_date, person.birth_part)


def _text(name: str, value: str) -> str | None:
    value = value.strip()
    limit = LONGEST_NOTE if name == "note" else LONGEST_LINE
    if len(value) > limit:
        raise TextTooLong(name, limit=limit)
    return value or None
