"""Scenarios of searches that are kept."""

from __future__ import annotations

from famdesk.data.tables.person_details import SavedSearch
from famdesk.usecases.office import Office
from famdesk.usecases.people import saved_searches
from famdesk.usecases.people.person_filters import PersonFilter
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()
SMALL = PersonFilter(age="0-3", turning="leaves")


@SCENARIOS.of(saved_searches.keep)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("educator"), call(saved_searches.keep, "Tre anni", "", SMALL)


@SCENARIOS.of(saved_searches.keep, "again")
def _(desk: Desk) -> tuple[Office, Call]:
    """Instead of one of the same name."""
    office = desk.sign_in("educator")
    office.run(saved_searches.keep, "tre anni", "rossi", SMALL)
    return office, call(saved_searches.keep, "Tre anni", "", PersonFilter(mediator=True))


@SCENARIOS.of(saved_searches.remove)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("educator")
    kept = office.run(saved_searches.keep, "Tre anni", "", SMALL)
    return office, call(saved_searches.remove, kept, version(office, SavedSearch, kept))
