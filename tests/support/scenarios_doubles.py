"""Scenarios of doubles: two persons told apart."""

from __future__ import annotations

from famdesk.usecases import doubles
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call
from tests.support.scenarios_people import known

SCENARIOS = Scenarios()


@SCENARIOS.of(doubles.tell_apart)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    return office, call(doubles.tell_apart, known(office), known(office))
