"""Warning of somebody who is already there, while a person is typed, with the reason in words.

Who may be meant is looked for in the search index and by birth date, number and mail address; whether it is the same
person is weighed by `famdesk.domain.people.doubles`. Nobody is named whom the running query may not show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select

from famdesk.data.search import SearchKey
from famdesk.data.tables.people import ContactPoint, Household, Membership, Person
from famdesk.data.tables.person_details import NotSame
from famdesk.data.tx import Tx
from famdesk.domain.people import contact, tax_code
from famdesk.domain.people.doubles import Identity, Verdict, weigh
from famdesk.domain.text import fold
from famdesk.i18n import N_
from famdesk.usecases.people.person_names import full_name
from famdesk.usecases.people.person_rows import Double
from famdesk.usecases.people.person_search import detail_of, found_rows
from famdesk.usecases.registry import query, usecase

MOST_DOUBLES = 5
MOST_BORN = 400
MOST_NAMED = 60
WHO = (
    Person.id, Person.surname, Person.given_name, Person.alias, Person.birth_date, Person.birth_part,
    Person.birth_text, Person.town, Person.sex, Person.tax_code,
)  # fmt: skip


@query
def likely_doubles(
    tx: Tx, *, surname: str | None = None, given_name: str | None = None, alias: str | None = None,
    birth_date: date | None = None, birth_part: str | None = None, sex: str | None = None, phone: str | None = None,
    mail: str | None = None, code: str | None = None, except_id: str | None = None,
    not_same: Iterable[str] = (),
) -> tuple[Double, ...]:  # fmt: skip
    """Persons who may be the one that is being typed, the likeliest first; never brothers, sisters and namesakes.

    `code` is the tax code; `except_id` the person that is being changed, whose numbers and addresses count too;
    `not_same` are those whom somebody has found to be others.
    """
    number = contact.typed_number(phone or "")
    typed = Identity(
        surname, given_name, alias, birth_date, birth_part, sex, code, frozenset({number} - {""}),
        frozenset({mail.strip()} if mail and mail.strip() else ()),
    )  # fmt: skip
    if except_id:
        own = next((who for _row, who in identities(tx, [except_id])), typed)
        typed = replace(typed, phones=typed.phones | own.phones, mails=typed.mails | own.mails, addresses=own.addresses)
    others = _apart(tx, except_id, not_same)
    candidates = sorted(set(_candidates(tx, typed)) - others)
    found = [(row, weigh(typed, who)) for row, who in identities(tx, candidates)]
    likely = sorted((pair for pair in found if pair[1].likely), key=lambda pair: -pair[1].likelihood)
    return tuple(_double(tx, row, verdict) for row, verdict in likely[:MOST_DOUBLES])


@usecase(N_("Two persons told apart"))
def tell_apart(tx: Tx, person_id: str, other_id: str) -> None:
    """Keeps in mind that two persons are two: the warning does not speak of them again.

    Raises:
        NotFound.
    """
    set_apart(tx, person_id, (tx.get(Person, other_id).id,))


def set_apart(tx: Tx, person_id: str, others: Iterable[str]) -> None:
    """As `tell_apart`, with each of several others, within the running use-case."""
    found = tx.get(Person, person_id)
    known = _told_apart(tx, found.id)
    for other_id in dict.fromkeys(others):
        other = tx.find(Person, other_id)
        if other is not None and other.id not in known | {found.id}:
            tx.add(NotSame(person_id=found.id, other_id=other.id))


def _double(tx: Tx, row: Any, verdict: Verdict) -> Double:
    name = full_name(row.surname, row.given_name, row.alias)
    return Double(row.id, name, detail_of(row, tx.today()), verdict.sentence())


def _apart(tx: Tx, except_id: str | None, not_same: Iterable[str]) -> set[str]:
    """Who is not meant, whatever it looks like."""
    if except_id is None:
        return set(not_same)
    return {except_id, *not_same, *_told_apart(tx, except_id)}


def _told_apart(tx: Tx, person_id: str) -> set[str]:
    pairs = tx.rows(
        select(NotSame.person_id, NotSame.other_id)
        .where((NotSame.person_id == person_id) | (NotSame.other_id == person_id), NotSame.deleted_at.is_(None))
    )  # fmt: skip
    return {one for pair in pairs for one in pair} - {person_id}


# ---------------------------------------------------------------------------------------------------- candidates


def _candidates(tx: Tx, typed: Identity) -> Iterator[str]:
    """The ids of those who may be meant: by words of the name, by birth date, by number and mail address.

    Who of them may be shown is decided when their identities are read: a condition for it here would let SQLite choose
    an index that holds the whole centre.
    """
    name = " ".join(part for part in (typed.surname, typed.given_name) if part)
    for text in (name, typed.alias or ""):
        if text.strip():
            yield from (one.row.id for one in found_rows(tx, text, MOST_NAMED))
    yield from _born_then(tx, typed.birth_date)
    yield from _by_key(tx, {*typed.phones, fold(tax_code.tidy(typed.tax_code or ""))} - {""})
    yield from _by_mail(tx, typed.mails)


def _born_then(tx: Tx, born: date | None) -> Iterator[str]:
    """Those born on that day, or on the one with day and month swapped."""
    if born is None:
        return
    days = {born}
    if born.day <= 12:
        days.add(date(born.year, born.day, born.month))
    rows = tx.rows(select(Person.id).where(Person.birth_date.in_(days)).limit(MOST_BORN))
    yield from (row.id for row in rows)


def _by_key(tx: Tx, keys: Iterable[str]) -> Iterator[str]:
    """Those with just this number or tax code."""
    rows = tx.rows(
        select(SearchKey.record_id)
        .where(SearchKey.key.in_(list(keys)), SearchKey.kind == "person", SearchKey.centre_id == tx.centre_id)
        .limit(MOST_BORN)
    )  # fmt: skip
    yield from (row.record_id for row in rows)


def _by_mail(tx: Tx, mails: Iterable[str]) -> Iterator[str]:
    values = {value for mail in mails for value in (mail, mail.casefold())}
    if values:
        point = ContactPoint
        rows = tx.rows(
            select(point.person_id)
            .where(point.value.in_(values), point.kind.in_(contact.MAILS), point.deleted_at.is_(None),
                   point.hidden.is_(False))
            .limit(MOST_BORN)
        )  # fmt: skip
        yield from (row.person_id for row in rows)


# ---------------------------------------------------------------------------------------------------- identities


def identities(tx: Tx, ids: Iterable[str]) -> Iterator[tuple[Any, Identity]]:
    """What is known of those persons whom the running query may show: rows of `WHO` with their identities.

    A hidden number or address tells nobody whose it is, not even by a warning.
    """
    wanted = list(ids)
    rows = tx.rows(select(*WHO).where(Person.id.in_(wanted), tx.visible_person()).order_by(Person.id))
    shown = [row.id for row in rows]
    points, homes = _points(tx, shown), _homes(tx, shown)
    for row in rows:
        own = points.get(row.id, [])
        yield row, Identity(
            row.surname, row.given_name, row.alias, row.birth_date or _by_code(tx, row.tax_code), row.birth_part,
            row.sex, row.tax_code,
            frozenset(contact.digits(value) for kind, value in own if kind in contact.PHONES),
            frozenset(value for kind, value in own if kind in contact.MAILS),
            frozenset([*homes.get(row.id, ()), *(value for kind, value in own if kind == "address")]),
        )  # fmt: skip


def _by_code(tx: Tx, code: str | None) -> date | None:
    return tax_code.birth_date(code, tx.today()) if code else None


def _points(tx: Tx, ids: list[str]) -> dict[str, list[tuple[str, str]]]:
    point = ContactPoint
    rows = tx.rows(
        select(point.person_id, point.kind, point.value)
        .where(point.person_id.in_(ids), point.deleted_at.is_(None), point.hidden.is_(False))
    )  # fmt: skip
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append((row.kind, row.value))
    return found


def _homes(tx: Tx, ids: list[str]) -> dict[str, list[str]]:
    rows = tx.rows(
        select(Membership.person_id, Household.address)
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.person_id.in_(ids), Membership.deleted_at.is_(None), Membership.valid_to.is_(None),
               Household.deleted_at.is_(None), Household.address.is_not(None))
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row.address)
    return found
