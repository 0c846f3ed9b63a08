"""Households and who lives in them, dated; a child may live in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

LONGEST_DAYS = 300


class UnknownMemberRole(RuleError):
    message = N_("Choose a role in the household from the list.")


class AlreadyMember(RuleError):
    message = N_("This person already belongs to this household.")


class LeftBeforeJoining(RuleError):
    message = N_("The last day lies before the first, {day}.")


@dataclass(frozen=True, slots=True)
class HomeRow:
    """A household to choose from."""

    id: str
    name: str
    address: str | None
    town: str | None


@query
def households_of(tx: Tx, person_id: str) -> tuple[HomeRow, ...]:
    """The households to which a person belongs today, the newest first.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    rows = tx.rows(
        select(Household.id, Household.name, Household.address, Household.town)
        .join(Membership, Membership.household_id == Household.id)
        .where(Membership.person_id == found.id, Membership.valid_to.is_(None), Membership.deleted_at.is_(None),
               Household.deleted_at.is_(None))
        .order_by(Membership.id.desc())
    )  # fmt: skip
    return tuple(HomeRow(*row) for row in rows)


@usecase(N_("Household added"))
def add_household(
    tx: Tx, name: str, members: Sequence[tuple[str, str]] = (), *, since: date | None = None,
    address: str | None = None, town: str | None = None, municipality: str | None = None, note: str | None = None,
) -> str:  # fmt: skip
    """A household with its first members as (person id, role); gives the id. `since` None: not known since when.

    Raises:
        Required, UnknownMemberRole, AlreadyMember, NotFound.
    """
    if not name.strip():
        raise Required("name")
    household = tx.add(
        Household(name=name.strip(), address=_or_none(address), town=_or_none(town), municipality=municipality,
                  note=_or_none(note))
    )  # fmt: skip
    if len({person_id for person_id, _role in members}) < len(members):
        raise AlreadyMember("members")
    for person_id, role in members:
        _add_member(tx, household, person_id, role, since)
    return household.id


@usecase(N_("Household changed"))
def change_household(
    tx: Tx, household_id: str, version: int, *, name: str, address: str | None, town: str | None,
    municipality: str | None, note: str | None,
) -> None:  # fmt: skip
    """Changes a household's name and address.

    Raises:
        Required, NotFound, Stale.
    """
    if not name.strip():
        raise Required("name")
    household = tx.get(Household, household_id, version)
    household.name, household.address, household.town = name.strip(), _or_none(address), _or_none(town)
    household.municipality, household.note = municipality, _or_none(note)


@usecase(N_("Household joined"))
def join_household(
    tx: Tx, household_id: str, person_id: str, role: str, since: date | None = None, days: str | None = None
) -> str:
    """Adds a person to a household from `since` on (None: not known); gives the id of the membership.

    `days` says in words when somebody with two homes is here.

    Raises:
        UnknownMemberRole, AlreadyMember, TextTooLong, NotFound.
    """
    household = tx.get(Household, household_id)
    present = select(Membership.id).where(Membership.household_id == household.id, Membership.person_id == person_id,
                                          Membership.valid_to.is_(None), Membership.deleted_at.is_(None))  # fmt: skip
    if tx.rows(present):
        raise AlreadyMember("person_id")
    return _add_member(tx, household, person_id, role, since, days)


@usecase(N_("Household left"))
def leave_household(tx: Tx, membership_id: str, version: int, last_day: date) -> None:
    """Ends a membership; `last_day` is the last day it holds. The past of the household stays.

    Raises:
        LeftBeforeJoining, NotFound, Stale.
    """
    membership = tx.get(Membership, membership_id, version)
    if membership.valid_from is not None and last_day < membership.valid_from:
        raise LeftBeforeJoining("last_day", day=membership.valid_from)
    membership.valid_to = last_day


@usecase(N_("Place in the household corrected"))
def change_membership(
    tx: Tx, membership_id: str, version: int, *, role: str, since: date | None, last_day: date | None,
    days: str | None = None,
) -> None:  # fmt: skip
    """Corrects role and dates of a membership; `days` None leaves what was said of them, "" takes it away.

    Raises:
        UnknownMemberRole, LeftBeforeJoining, TextTooLong, NotFound, Stale.
    """
    membership = tx.get(Membership, membership_id, version)
    if since is not None and last_day is not None and last_day < since:
        raise LeftBeforeJoining("last_day", day=since)
    membership.role, membership.valid_from, membership.valid_to = _known(role), since, last_day
    if days is not None:
        membership.days = _days(days)


@usecase(N_("Entered by mistake: taken out of the household"))
def remove_membership(tx: Tx, membership_id: str, version: int) -> None:
    """Puts a membership that never was into the bin; one that ended is ended with `leave_household`.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Membership, membership_id, version))


def _add_member(
    tx: Tx, household: Household, person_id: str, role: str, since: date | None, days: str | None = None
) -> str:
    person = tx.get(Person, person_id)
    place = Membership(household_id=household.id, person_id=person.id, role=_known(role), valid_from=since,
                       days=_days(days))  # fmt: skip
    return tx.add(place).id


def _days(text: str | None) -> str | None:
    text = (text or "").strip()
    if len(text) > LONGEST_DAYS:
        raise TextTooLong("days", limit=LONGEST_DAYS)
    return text or None


def _known(role: str) -> str:
    if role not in codes.codes(codes.MEMBER_ROLES):
        raise UnknownMemberRole("role")
    return role


def _or_none(text: str | None) -> str | None:
    return (text or "").strip() or None
