"""Initiatives are added, changed and removed: cycles, groups, laboratories, events.

Every centre of a network may read them; only their own centre changes them. What is not known yet stays "to be set".
"""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from famdesk.data.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain.codes import AUDIENCES, FUNCTIONS, INITIATIVE_KINDS, INITIATIVE_STATES, Table, codes
from famdesk.domain.enrolment import OPEN
from famdesk.domain.errors import Required, RuleError
from famdesk.i18n import N_
from famdesk.usecases.enrolment_counts import enrolment_counts, seats
from famdesk.usecases.programmes_common import bare_text, lock_initiative, meetings_of
from famdesk.usecases.programmes_rows import InitiativeValues
from famdesk.usecases.registry import usecase


class NotInList(RuleError):
    message = N_("Choose from the list.")


class NoSuchWeekday(RuleError):
    message = N_("A day of the week is a number from 1, Monday, to 7, Sunday.")


class BadCapacity(RuleError):
    message = N_("The number of places must be at least 1. Leave it empty if there is no limit.")


class MoreEnrolled(RuleError):
    message = N_("{enrolled} people are enrolled already. First withdraw somebody, or leave more places.")


class GoesInCircle(RuleError):
    message = N_("These initiatives would continue each other in a circle.")


class HasEnrolments(RuleError):
    message = N_("People are enrolled here. Withdraw them first, or close the initiative instead of removing it.")


@usecase(N_("Initiative added"))
def add_initiative(tx: Tx, values: InitiativeValues) -> str:
    """A new initiative; gives its id.

    Raises:
        Required: no name.
        NotInList, NoSuchWeekday, BadCapacity, NotFound.
    """
    _check(tx, values, None)
    return tx.add(Initiative(**_clean(values))).id


@usecase(N_("Initiative changed"))
def change_initiative(tx: Tx, initiative_id: str, version: int, values: InitiativeValues) -> None:
    """Changes what is known of an initiative, its state included.

    Raises:
        Required, NotInList, NoSuchWeekday, BadCapacity, MoreEnrolled, GoesInCircle, NotFound, Stale.
    """
    record = tx.get(Initiative, initiative_id, version)
    _check(tx, values, initiative_id)
    for name, value in _clean(values).items():
        setattr(record, name, value)


@usecase(N_("Initiative removed"))
def remove_initiative(tx: Tx, initiative_id: str, version: int) -> None:
    """Puts an initiative and its meetings into the bin.

    Raises:
        HasEnrolments: people are enrolled or wait.
    """
    record = tx.get(Initiative, initiative_id, version)
    counts = enrolment_counts(tx, [initiative_id])
    taken = seats(tx, record)
    if any(counts[initiative_id, state] for state in OPEN) or taken.single or taken.care:
        raise HasEnrolments
    for meeting in meetings_of(tx, initiative_id):
        tx.bin(meeting)
    tx.bin(record)


def _check(tx: Tx, values: InitiativeValues, initiative_id: str | None) -> None:
    if not values.name.strip():
        raise Required("name")
    lists: tuple[tuple[str, Table], ...] = (
        ("kind", INITIATIVE_KINDS), ("state", INITIATIVE_STATES), ("audience", AUDIENCES), ("function", FUNCTIONS),
    )  # fmt: skip
    for name, table in lists:
        value = getattr(values, name)
        if value not in codes(table) and not (name == "function" and value is None):
            raise NotInList(name)
    if values.usual_weekday is not None and not 1 <= values.usual_weekday <= 7:
        raise NoSuchWeekday("usual_weekday")
    if values.capacity is not None:
        _check_capacity(tx, values.capacity, initiative_id)
    _check_circle(tx, values.continues_id, initiative_id)


def _check_capacity(tx: Tx, capacity: int, initiative_id: str | None) -> None:
    if capacity < 1:
        raise BadCapacity("capacity")
    if initiative_id is None:
        return
    lock_initiative(tx, initiative_id)
    taken = seats(tx, tx.get(Initiative, initiative_id))
    enrolled = taken.cycle + max(taken.single.values(), default=0)
    if capacity < enrolled:
        raise MoreEnrolled("capacity", enrolled=enrolled)


def _check_circle(tx: Tx, continues_id: str | None, initiative_id: str | None) -> None:
    """Follows the chain of what is continued; it must not come back."""
    seen = {initiative_id}
    while continues_id is not None:
        if continues_id in seen:
            raise GoesInCircle("continues_id")
        seen.add(continues_id)
        found = tx.rows(select(Initiative.continues_id).where(Initiative.id == continues_id))
        continues_id = found[0].continues_id if found else None


def _clean(values: InitiativeValues) -> dict[str, object]:
    return {name: bare_text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}
