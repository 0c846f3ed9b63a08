"""What is said of initiatives and their meetings in codes: counting, seasons, who works at a meeting, what is told."""

from __future__ import annotations

from datetime import date

from famdesk.domain.codes import Code, Table
from famdesk.i18n import N_

CAPACITIES: Table = (
    # Translators: what a number of places is counted for
    Code("cycle", N_("For the whole cycle")),
    Code("meeting", N_("For each meeting")),
)

COUNTINGS: Table = (
    Code("names", N_("With names")),
    # Translators: an evening to which anybody may come: only numbers are written down
    Code("heads", N_("Only numbers, no names")),
)

GROUP_FORMS: Table = (
    # Translators: a group to which nobody comes after it has begun
    Code("closed", N_("Closed group")),
    Code("open", N_("Open group")),
    Code("families", N_("Run by families")),
)

SEASONS: Table = (
    Code("winter", N_("Winter")),
    Code("spring", N_("Spring")),
    Code("summer", N_("Summer")),
    Code("autumn", N_("Autumn")),
)
_BEGINS = {"winter": (1, 1), "spring": (3, 21), "summer": (6, 21), "autumn": (9, 23)}

LEADER = "leader"
INTERPRETER = "interpreter"
CHILD_CARE = "child_care"
MEETING_PARTS: Table = (
    Code(LEADER, N_("Leads the meeting")),
    Code("colleague", N_("Works at the meeting")),
    # Translators: looks after the children while the parents take part
    Code(CHILD_CARE, N_("Looks after the children")),
    Code(INTERPRETER, N_("Interpreter")),
    Code("helper", N_("Volunteer")),
    # Translators: a projector, a van, toys
    Code("equipment", N_("Equipment")),
)

NOTICES: Table = (
    # Translators: what somebody is told of a meeting
    Code("moved", N_("Moved")),
    Code("cancelled", N_("Cancelled")),
    Code("restored", N_("Takes place after all")),
    Code("offered", N_("Place offered")),
    Code("admitted", N_("Place given")),
    Code("reminder", N_("Reminder")),
)

OFFERED, ADMITTED = "offered", "admitted"
PLACE_NEWS = (OFFERED, ADMITTED)
"""What is told of a place, not of a meeting."""

OFF = ("cancelled", "postponed")
"""States in which a meeting takes place neither then nor anywhere: nothing is taken by it."""


def season_begins(season: str | None, year: int | None) -> date | None:
    """The first day of a season, for sorting; None if season or year is not known. Winter is that of January."""
    if season not in _BEGINS or year is None:
        return None
    return date(year, *_BEGINS[season])
