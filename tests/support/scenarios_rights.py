"""Scenarios of persons' rights: requests and their answers."""

from __future__ import annotations

from datetime import date

from famdesk.data.tables.privacy import Breach, Processing, RightsRequest
from famdesk.usecases.centre import processing
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, privacy_rights
from famdesk.usecases.staff import roles
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


@SCENARIOS.of(roles.set_power)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(roles.set_power, "reception", "sheets", held=False)


@SCENARIOS.of(processing.propose)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(processing.propose)


@SCENARIOS.of(processing.add_entry)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(processing.add_entry, name="Ludoteca", purpose="Gioco con i bambini", role="joint")


@SCENARIOS.of(processing.change_entry)
def _(desk: Desk) -> tuple[Office, Call]:
    entry = desk.office.run(processing.add_entry, name="Ludoteca", purpose="Gioco con i bambini")
    return desk.office, call(processing.change_entry, entry, version(desk.office, Processing, entry),
                             retention="Un anno", data=None)  # fmt: skip


@SCENARIOS.of(processing.remove_entry)
def _(desk: Desk) -> tuple[Office, Call]:
    entry = desk.office.run(processing.add_entry, name="Ludoteca", purpose="Gioco con i bambini")
    return desk.office, call(processing.remove_entry, entry, version(desk.office, Processing, entry))


@SCENARIOS.of(processing.add_breach)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.office, call(processing.add_breach, found_on=date(2025, 2, 10), what="Busta spedita male", people=2)


@SCENARIOS.of(processing.change_breach)
def _(desk: Desk) -> tuple[Office, Call]:
    breach = desk.office.run(processing.add_breach, found_on=date(2025, 2, 10), what="Busta spedita male")
    return desk.office, call(processing.change_breach, breach, version(desk.office, Breach, breach),
                             authority_told_on=date(2025, 2, 11), measures="Richiamata la posta")  # fmt: skip
