"""The register of processing (GDPR art. 30) and the log of breaches (art. 33 para. 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from famdesk.data.tables.privacy import Breach, Processing
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.consent import processing
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.i18n import N_, _
from famdesk.i18n.collate import sort_key
from famdesk.usecases.registry import query, usecase

LONGEST = 4000
FEWEST = 0


class UnknownProcessingRole(RuleError):
    message = N_("Choose from the list in which role the centre processes these data.")


class NothingMissing(RuleError):
    message = N_("All proposals are in the register already.")


class BreachInFuture(RuleError):
    message = N_("This day is still to come.")


class ToldBefore(RuleError):
    message = N_("This day lies before the breach was found, on {day}.")


class TooFewPeople(RuleError):
    message = N_("A number of persons is not below zero.")


class EntryDetails(TypedDict, total=False):
    """The texts of an entry; what is not given stays, None empties it. `role` is a code of `processing.ROLES`."""

    name: str
    purpose: str
    basis: str | None
    role: str
    subjects: str | None
    data: str | None
    recipients: str | None
    retention: str | None
    measures: str | None
    assessment: str | None


class BreachDetails(TypedDict, total=False):
    """What is noted of a breach. `people`: how many persons are concerned, None: not known."""

    found_on: date
    what: str
    effects: str | None
    measures: str | None
    people: int | None
    authority_told_on: date | None
    people_told_on: date | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of the register."""

    id: str
    version: int
    name: str
    purpose: str
    basis: str | None
    role: str
    subjects: str | None
    data: str | None
    recipients: str | None
    retention: str | None
    measures: str | None
    assessment: str | None


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach; `due_on` is the last day for telling the authority, `late`: nobody told it by then."""

    id: str
    version: int
    found_on: date
    what: str
    effects: str | None
    measures: str | None
    people: int | None
    authority_told_on: date | None
    people_told_on: date | None
    due_on: date
    late: bool


@query
def entries(tx: Tx) -> tuple[EntryRow, ...]:
    """The register, by name."""
    rows = sorted(tx.all(Processing), key=lambda one: sort_key(one.name))
    return tuple(
        EntryRow(one.id, one.version, one.name, one.purpose, one.basis, one.role, one.subjects, one.data,
                 one.recipients, one.retention, one.measures, one.assessment)
        for one in rows
    )  # fmt: skip


@usecase(N_("Register of processing begun"))
def propose(tx: Tx) -> int:
    """Adds the proposals that the register does not have yet, in the current language; gives how many.

    Raises:
        NothingMissing.
    """
    known = {one.name.casefold() for one in tx.all(Processing)}
    missing = [one for one in processing.PROPOSALS if _(one.name).casefold() not in known]
    if not missing:
        raise NothingMissing
    for one in missing:
        tx.add(Processing(name=_(one.name), purpose=_(one.purpose), basis=_(one.basis), subjects=_(one.subjects),
                          data=_(one.data), recipients=_(one.recipients), retention=_(one.retention),
                          measures=_(processing.MEASURES)))  # fmt: skip
    return len(missing)


@usecase(N_("Entry of the register of processing added"))
def add_entry(tx: Tx, **details: Unpack[EntryDetails]) -> str:
    """A new entry; gives the id.

    Raises:
        Required, UnknownProcessingRole, TextTooLong.
    """
    found = Processing(name="", purpose="", role="controller")
    _fill(found, {"name": "", "purpose": "", **details})
    return tx.add(found).id


@usecase(N_("Entry of the register of processing changed"))
def change_entry(tx: Tx, entry_id: str, version: int, **details: Unpack[EntryDetails]) -> None:
    """Changes an entry.

    Raises:
        Required, UnknownProcessingRole, TextTooLong, NotFound, Stale.
    """
    _fill(tx.get(Processing, entry_id, version), dict(details))


@usecase(N_("Entry of the register of processing removed"))
def remove_entry(tx: Tx, entry_id: str, version: int) -> None:
    """Puts an entry into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Processing, entry_id, version))


@query
def breaches(tx: Tx) -> tuple[BreachRow, ...]:
    """The log of breaches, the newest first."""
    today = tx.today()
    rows = sorted(tx.all(Breach), key=lambda one: (one.found_on, one.id), reverse=True)
    return tuple(
        BreachRow(one.id, one.version, one.found_on, one.what, one.effects, one.measures, one.people,
                  one.authority_told_on, one.people_told_on, processing.authority_due(one.found_on),
                  one.authority_told_on is None and processing.authority_due(one.found_on) < today)
        for one in rows
    )  # fmt: skip


@usecase(N_("Breach of personal data noted"))
def add_breach(tx: Tx, **details: Unpack[BreachDetails]) -> str:
    """Notes a breach; gives the id.

    Raises:
        Required, BreachInFuture, ToldBefore, TooFewPeople, TextTooLong.
    """
    found = Breach(found_on=tx.today(), what="")
    _fill_breach(tx, found, {"what": "", **details})
    return tx.add(found).id


@usecase(N_("Note on a breach of personal data changed"))
def change_breach(tx: Tx, breach_id: str, version: int, **details: Unpack[BreachDetails]) -> None:
    """Changes what is noted of a breach.

    Raises:
        Required, BreachInFuture, ToldBefore, TooFewPeople, TextTooLong, NotFound, Stale.
    """
    _fill_breach(tx, tx.get(Breach, breach_id, version), dict(details))


def _fill(found: Processing, details: dict[str, object]) -> None:
    for name, value in details.items():
        setattr(found, name, _text(name, value) if isinstance(value, str) else value)
    for name in ("name", "purpose"):
        if not getattr(found, name):
            raise Required(name)
    if found.role not in codes.codes(processing.ROLES):
        raise UnknownProcessingRole("role")


def _fill_breach(tx: Tx, found: Breach, details: dict[str, object]) -> None:
    for name, value in details.items():
        setattr(found, name, _text(name, value) if isinstance(value, str) else value)
    if not found.what:
        raise Required("what")
    if found.people is not None and found.people < FEWEST:
        raise TooFewPeople("people")
    for name in ("found_on", "authority_told_on", "people_told_on"):
        day = getattr(found, name)
        if day is not None and day > tx.today():
            raise BreachInFuture(name)
        if day is not None and day < found.found_on:
            raise ToldBefore(name, day=found.found_on)


def _text(name: str, value: str) -> str | None:
    value = value.strip()
    if len(value) > LONGEST:
        raise TextTooLong(name, limit=LONGEST)
    return value or None
