"""Where a child lives by an act: foster care, reception home, pre-adoptive placement, adoption. Source: L. 184/1983."""

from __future__ import annotations

from datetime import date
from typing import TypedDict, Unpack

from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Placement
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import RuleError, TextTooLong
from famdesk.domain.people import families, family_rules
from famdesk.i18n import N_
from famdesk.usecases.family.households import join_household
from famdesk.usecases.registry import usecase

LONGEST_LINE = 200
LONGEST_NOTE = 2_000


class UnknownPlacement(RuleError):
    message = N_("Choose from the list what kind of placement it is.")


class PlacementDetails(TypedDict, total=False):
    """Where, and by which act; what is not known stays out.

    `household_id` is the family that takes the child in, `body_id` the body that runs the home. `partial`: only some
    hours or days. `visits` says in words when the child sees its parents.
    """

    household_id: str | None
    body_id: str | None
    partial: bool
    act_authority: str | None
    act_number: str | None
    act_on: date | None
    visits: str | None
    valid_from: date | None
    valid_to: date | None
    note: str | None


@usecase(N_("Placement added"))
def add_placement(tx: Tx, person_id: str, kind: str, **details: Unpack[PlacementDetails]) -> str:
    """A child is placed; gives the id. It becomes a member of the household that takes it in, if it is none yet.

    Raises:
        UnknownPlacement, EndsBeforeItBegins, TextTooLong, NotFound.
    """
    row = Placement(person_id=tx.get(Person, person_id).id, kind=kind, partial=False)
    _fill(tx, row, kind, details)
    tx.add(row)
    if row.household_id and row.valid_to is None and not tx.all(
        Membership, Membership.household_id == row.household_id, Membership.person_id == row.person_id,
        Membership.valid_to.is_(None),
    ):  # fmt: skip
        role = "child" if kind in {"adoption", "special_adoption", "pre_adoptive"} else "foster_child"
        join_household(tx, row.household_id, row.person_id, role, row.valid_from)
    return row.id


@usecase(N_("Placement changed"))
def change_placement(tx: Tx, placement_id: str, version: int, kind: str, **details: Unpack[PlacementDetails]) -> None:
    """Changes what is given.

    Raises:
        UnknownPlacement, EndsBeforeItBegins, TextTooLong, NotFound, Stale.
    """
    _fill(tx, tx.get(Placement, placement_id, version), kind, details)


@usecase(N_("Placement ended"))
def end_placement(tx: Tx, placement_id: str, version: int, last_day: date) -> None:
    """Ends a placement; `last_day` is its last day. The place in the household is ended by itself.

    Raises:
        EndsBeforeItBegins, NotFound, Stale.
    """
    row = tx.get(Placement, placement_id, version)
    family_rules.in_order(row.valid_from, last_day, "last_day")
    row.valid_to = last_day


@usecase(N_("Placement entered by mistake taken away"))
def remove_placement(tx: Tx, placement_id: str, version: int) -> None:
    """Puts a placement that never was into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Placement, placement_id, version))


def _fill(tx: Tx, row: Placement, kind: str, details: PlacementDetails) -> None:
    if kind not in codes(families.PLACEMENTS):
        raise UnknownPlacement("kind")
    row.kind = kind
    for name, value in details.items():
        setattr(row, name, _text(name, value) if isinstance(value, str) else value)
    family_rules.in_order(row.valid_from, row.valid_to)
    if row.household_id:
        tx.get(Household, row.household_id)
    if row.body_id:
        tx.get(Body, row.body_id)


def _text(name: str, value: str) -> str | None:
    value = value.strip()
    limit = LONGEST_NOTE if name in {"note", "visits"} else LONGEST_LINE
    if len(value) > limit:
        raise TextTooLong(name, limit=limit)
    return value or None
