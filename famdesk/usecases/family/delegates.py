"""Who may collect a child, and who may be told what: persons the centre knows, or names; reference persons too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from famdesk.data.tables.families import Delegate
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.people import families, family_rules
from famdesk.i18n import N_
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import usecase

LONGEST_LINE = 200
LONGEST_NOTE = 2_000


class NoDelegate(RuleError):
    message = N_("Who is it? Choose a person, or write the name.")


class TwoDelegates(RuleError):
    message = N_("Give either a person or a name, not both.")


class UnknownTelling(RuleError):
    message = N_("Choose from the list what may be told.")


class DelegateDetails(TypedDict, total=False):
    """Who, and what they may; `relation` says in words what they are to the child.

    `seen_document`: an identity document was looked at; its number is never kept.
    """

    other_id: str | None
    name: str | None
    relation: str | None
    may_collect: bool
    may_be_told: str
    seen_document: bool
    valid_from: date | None
    valid_to: date | None
    note: str | None


@dataclass(frozen=True, slots=True)
class DelegateRow:
    """A delegate; `label` is the name, of a person or as it was written."""

    id: str
    version: int
    other_id: str | None
    label: str
    relation: str | None
    may_collect: bool
    may_be_told: str
    seen_document: bool
    valid_from: date | None
    valid_to: date | None
    note: str | None


def delegates_of(tx: Tx, person_id: str, on: date | None = None) -> tuple[DelegateRow, ...]:
    """The delegates of a child, those of a day or (None) all; who collects comes first."""
    rows = [row for row in tx.all(Delegate, Delegate.person_id == person_id)
            if on is None or families.holds(row.valid_from, row.valid_to, on)]  # fmt: skip
    names = labels(tx, (row.other_id for row in rows))
    found = [
        DelegateRow(row.id, row.version, row.other_id, names.get(row.other_id or "") or row.name or "", row.relation,
                    row.may_collect, row.may_be_told, row.seen_document, row.valid_from, row.valid_to, row.note)
        for row in rows if not row.other_id or row.other_id in names
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.may_collect, one.id)))


@usecase(N_("Delegate added"))
def add_delegate(tx: Tx, person_id: str, **details: Unpack[DelegateDetails]) -> str:
    """Somebody may collect a child, or be told of it; gives the id.

    Raises:
        NoDelegate, TwoDelegates, UnknownTelling, WithOneself, EndsBeforeItBegins, TextTooLong, NotFound.
    """
    row = Delegate(person_id=tx.get(Person, person_id).id, may_collect=True, may_be_told="nothing",
                   seen_document=False)  # fmt: skip
    _fill(tx, row, details)
    return tx.add(row).id


@usecase(N_("Delegate changed"))
def change_delegate(tx: Tx, delegate_id: str, version: int, **details: Unpack[DelegateDetails]) -> None:
    """Changes what is given.

    Raises:
        NoDelegate, TwoDelegates, UnknownTelling, WithOneself, EndsBeforeItBegins, TextTooLong, NotFound, Stale.
    """
    _fill(tx, tx.get(Delegate, delegate_id, version), details)


@usecase(N_("Delegate ended"))
def end_delegate(tx: Tx, delegate_id: str, version: int, last_day: date) -> None:
    """From the day after `last_day` they may no longer; the past stays.

    Raises:
        EndsBeforeItBegins, NotFound, Stale.
    """
    row = tx.get(Delegate, delegate_id, version)
    family_rules.in_order(row.valid_from, last_day, "last_day")
    row.valid_to = last_day


@usecase(N_("Delegate entered by mistake taken away"))
def remove_delegate(tx: Tx, delegate_id: str, version: int) -> None:
    """Puts a delegate that never was into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Delegate, delegate_id, version))


def _fill(tx: Tx, row: Delegate, details: DelegateDetails) -> None:
    for name, value in details.items():
        setattr(row, name, _text(name, value) if isinstance(value, str) else value)
    if not row.other_id and not row.name:
        raise NoDelegate("other_id")
    if row.other_id and row.name:
        raise TwoDelegates("name")
    if row.other_id == row.person_id:
        raise family_rules.WithOneself("other_id")
    if row.other_id:
        tx.get(Person, row.other_id)
    if row.may_be_told not in codes(families.MAY_BE_TOLD):
        raise UnknownTelling("may_be_told")
    family_rules.in_order(row.valid_from, row.valid_to)


def _text(name: str, value: str) -> str | None:
    value = value.strip()
    limit = LONGEST_NOTE if name == "note" else LONGEST_LINE
    if len(value) > limit:
        raise TextTooLong(name, limit=limit)
    return value or None
