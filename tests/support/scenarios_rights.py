"""Scenarios of persons' rights: requests and their answers."""

from __future__ import annotations

from datetime import date

from famdesk.data.privacy import RightsRequest
from famdesk.usecases import people, privacy_rights
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call, version

SCENARIOS = Scenarios()


def _asked(office: Office) -> str:
    person = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    return office.run(privacy_rights.note_request, person, kind="copy", received_on=date(2025, 2, 3))


@SCENARIOS.of(privacy_rights.note_request)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("reception")
    person = office.run(people.add_person, surname="Quarantotti", given_name="Zelinda")
    return office, call(privacy_rights.note_request, person, kind="erasure", received_on=date(2025, 2, 10),
                        note="Zelinda lo chiede")  # fmt: skip


@SCENARIOS.of(privacy_rights.answer_request)
def _(desk: Desk) -> tuple[Office, Call]:
    office = desk.sign_in("coordinator")
    request = _asked(office)
    return office, call(privacy_rights.answer_request, request, version(office, RightsRequest, request),
                        answered_on=date(2025, 2, 11), outcome="done", note="Zelinda ha la copia")  # fmt: skip
