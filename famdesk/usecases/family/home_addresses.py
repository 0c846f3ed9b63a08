"""The address of a household as a way to write to its members: only if nobody who lives there has to be careful."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, or_, select

from famdesk.data.tables.people import ContactPoint, Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.usecases.people.contact_rights import hidden_points

FEW = 500


def home_addresses(tx: Tx, person_ids: Iterable[str]) -> dict[str, str]:
    """Where the persons live now, as one line, by id; the newest household of several.

    A household is left out as soon as one who lives there has a protected or restricted file, is never to be contacted,
    must not be written to, or has a hidden contact: an address tells of everybody in the house.
    """
    wanted, found = sorted(set(person_ids)), dict[str, str]()
    for start in range(0, len(wanted), FEW):
        rows = tx.rows(
            select(Membership.person_id, Membership.household_id, Household.address, Household.town)
            .join(Household, Household.id == Membership.household_id)
            .where(Membership.person_id.in_(wanted[start : start + FEW]), *_now(tx), Household.deleted_at.is_(None),
                   Household.address.is_not(None), Household.address != "")
            .order_by(Membership.id)
        )  # fmt: skip
        closed = _closed(tx, {row.household_id for row in rows})
        for row in rows:
            if row.household_id not in closed:
                found[row.person_id] = ", ".join(part for part in (row.address, row.town) if part)
    return found


def households(tx: Tx, person_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The household in which each of the persons lives now, and its name; the newest of several. Those of which
    `home_addresses` tells nothing are missing."""
    wanted, found = sorted(set(person_ids)), dict[str, tuple[str, str]]()
    for start in range(0, len(wanted), FEW):
        rows = tx.rows(
            select(Membership.person_id, Membership.household_id, Household.name)
            .join(Household, Household.id == Membership.household_id)
            .where(Membership.person_id.in_(wanted[start : start + FEW]), *_now(tx), Household.deleted_at.is_(None))
            .order_by(Membership.id)
        )
        closed = _closed(tx, {row.household_id for row in rows})
        found |= {row.person_id: (row.household_id, row.name) for row in rows if row.household_id not in closed}
    return found


def _now(tx: Tx) -> tuple[ColumnElement[bool], ...]:
    day = tx.today()
    return (
        Membership.deleted_at.is_(None),
        or_(Membership.valid_from.is_(None), Membership.valid_from <= day),
        or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
    )


def _closed(tx: Tx, households: set[str]) -> set[str]:
    """Those of the households where somebody has to be careful, whether or not this colleague may know who."""
    careful = select(ContactPoint.person_id).where(ContactPoint.deleted_at.is_(None), ContactPoint.may_write.is_(False))
    guarded = or_(Person.id.is_(None), Person.protected, Person.restricted, Person.no_contact, Person.id.in_(careful))
    rows = tx.rows(
        select(Membership.household_id, Membership.person_id, guarded.label("guarded"))
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(Membership.household_id.in_(households), *_now(tx))
    )
    hiding = {point.person_id for point in hidden_points(tx, {row.person_id for row in rows})}
    return {row.household_id for row in rows if row.guarded or row.person_id in hiding}
