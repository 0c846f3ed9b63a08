"""What is asked of an initiative before it is kept."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import select

from famdesk.data.tables.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain.codes import AUDIENCES, FUNCTIONS, INITIATIVE_KINDS, INITIATIVE_STATES, Table, codes
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.programmes.meetings import CAPACITIES, COUNTINGS, GROUP_FORMS, SEASONS
from famdesk.domain.programmes.targets import TARGET_WHO
from famdesk.i18n import N_
from famdesk.usecases.enrolling.enrolment_checks import by_heads
from famdesk.usecases.enrolling.enrolment_counts import anybody, seats
from famdesk.usecases.programmes.programmes_common import bare_text, lock_initiative
from famdesk.usecases.programmes.programmes_rows import InitiativeValues

OLDEST = 120 * 12
"""Months."""
LONGEST_OFFER = 14 * 24
"""Hours."""
MOST_BLANK = 200

_REQUIRED: tuple[tuple[str, Table], ...] = (
    ("kind", INITIATIVE_KINDS), ("state", INITIATIVE_STATES), ("audience", AUDIENCES), ("capacity_per", CAPACITIES),
    ("counting", COUNTINGS),
)  # fmt: skip
_OPTIONAL: tuple[tuple[str, Table], ...] = (
    ("function", FUNCTIONS), ("group_form", GROUP_FORMS), ("season", SEASONS), ("target_who", TARGET_WHO),
)  # fmt: skip


class NotInList(RuleError):
    message = N_("Choose from the list.")


class NoSuchWeekday(RuleError):
    message = N_("A day of the week is a number from 1, Monday, to 7, Sunday.")


class BadCapacity(RuleError):
    message = N_("The number of places must be at least 1. Leave it empty if there is no limit.")


class MoreEnrolled(RuleError):
    message = N_("{enrolled} people are enrolled already. First withdraw somebody, or leave more places.")


class NamesThere(RuleError):
    message = N_(
        "People are entered here by name, so it cannot become one at which only heads are counted: their names would "
        "stay. Close it, and make a new one for the evenings without names."
    )


class GoesInCircle(RuleError):
    message = N_("These initiatives would continue each other in a circle.")


class NeedsItself(RuleError):
    # Translators: an initiative in which one must have taken part before
    message = N_("These initiatives would need each other first, in a circle.")


class BadAges(RuleError):
    message = N_("The ages go from the younger to the older, at most 120 years.")


class BadOfferHours(RuleError):
    message = N_("An offered place is kept from 1 hour to 14 days.")


class BadFee(RuleError):
    message = N_("The price cannot be less than zero.")


class BadBlankRows(RuleError):
    message = N_("Up to {most} blank lines.")


class BadYear(RuleError):
    message = N_("Give the year with four digits.")


def check(tx: Tx, values: InitiativeValues, initiative_id: str | None) -> None:
    """
    Raises:
        Required: no name.
        NamesThere: only heads are to be counted from now on, and there are names.
        NotInList, NoSuchWeekday, BadCapacity, MoreEnrolled, GoesInCircle, NeedsItself, BadAges, BadOfferHours, BadFee,
        BadBlankRows, BadYear.
    """
    if not values.name.strip():
        raise Required("name")
    for name, table in _REQUIRED:
        if getattr(values, name) not in codes(table):
            raise NotInList(name)
    for name, table in _OPTIONAL:
        if getattr(values, name) not in (None, *codes(table)):
            raise NotInList(name)
    if values.usual_weekday is not None and not 1 <= values.usual_weekday <= 7:
        raise NoSuchWeekday("usual_weekday")
    _check_numbers(values)
    if values.capacity is not None:
        _check_capacity(tx, values.capacity, initiative_id)
    if initiative_id is not None and by_heads(values):
        _check_names(tx, values, initiative_id)
    _check_circle(tx, "continues_id", values.continues_id, initiative_id, GoesInCircle)
    _check_circle(tx, "requires_id", values.requires_id, initiative_id, NeedsItself)


def cleaned(values: InitiativeValues) -> dict[str, object]:
    """The columns, with texts without blanks around them."""
    return {name: bare_text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}


def _check_numbers(values: InitiativeValues) -> None:
    least, most = values.target_from or 0, values.target_to if values.target_to is not None else OLDEST
    if not 0 <= least <= most <= OLDEST:
        raise BadAges("target_to")
    if not 1 <= values.offer_hours <= LONGEST_OFFER:
        raise BadOfferHours("offer_hours")
    if values.fee_cents is not None and values.fee_cents < 0:
        raise BadFee("fee_cents")
    if not 0 <= values.blank_rows <= MOST_BLANK:
        raise BadBlankRows("blank_rows", most=MOST_BLANK)
    if values.season_year is not None and not 1990 <= values.season_year <= 2200:
        raise BadYear("season_year")


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


def _check_names(tx: Tx, values: InitiativeValues, initiative_id: str) -> None:
    lock_initiative(tx, initiative_id)
    if not by_heads(tx.get(Initiative, initiative_id)) and anybody(tx, initiative_id):
        raise NamesThere("counting" if values.counting == "heads" else "group_form")


def _check_circle(
    tx: Tx, column: str, next_id: str | None, initiative_id: str | None, error: type[RuleError]
) -> None:  # fmt: skip
    """Follows the chain; it must not come back."""
    seen = {initiative_id}
    while next_id is not None:
        if next_id in seen:
            raise error(column)
        seen.add(next_id)
        found = tx.rows(select(getattr(Initiative, column)).where(Initiative.id == next_id))
        next_id = found[0][0] if found else None
