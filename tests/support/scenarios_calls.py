"""Scenarios of calls for applications: calls, what comes in, rankings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from famdesk.usecases.calls import applications, calls, rankings
from famdesk.usecases.calls.call_rows import (
    ApplicationRow,
    ApplicationValues,
    ByHand,
    CallDetail,
    CallValues,
    CriterionRow,
    DocumentRow,
    DocumentState,
)
from famdesk.usecases.office import Office
from tests.support.offices import Desk
from tests.support.scenarios import Call, Scenarios, call

SCENARIOS = Scenarios()

END = datetime(2125, 7, 8, 9)
"""Far ahead of the server's clock, which no test moves."""
LETTER, BUDGET = DocumentRow("", "Domanda firmata"), DocumentRow("", "Piano dei costi")
STATUTE = DocumentRow("", "Statuto", required=False)
PLAN, NETWORK = CriterionRow("", "Progetto", 6000, 3000), CriterionRow("", "Rete", 4000)
COOPERATIVE = ApplicationValues("Cooperativa Prova", requested_cents=500_000)


def new_call(office: Office, **values: Any) -> str:
    """A call that is open, with checklist and criteria."""
    given: dict[str, Any] = {"kind": "management", "state": "open", "deadline": END, **values}
    made = office.run(calls.add_call, CallValues("Bando di prova", **given))
    office.run(calls.set_documents, made, 1, (LETTER, BUDGET, STATUTE))
    office.run(calls.set_criteria, made, 1, (PLAN, NETWORK))
    return made


def detail(office: Office, call_id: str) -> CallDetail:
    return office.fetch(calls.call, call_id)


def rows(office: Office, call_id: str) -> tuple[ApplicationRow, ...]:
    found = detail(office, call_id).applications
    assert found is not None
    return found


def row(office: Office, call_id: str, application_id: str) -> ApplicationRow:
    return next(one for one in rows(office, call_id) if one.id == application_id)


def received(office: Office, call_id: str, name: str = "Cooperativa Prova", **values: Any) -> str:
    """An application with all its documents."""
    documents = tuple(one.id for one in detail(office, call_id).documents)
    made = ApplicationValues(name, **values)
    return office.run(applications.receive, call_id, made, documents=documents)


def admitted(office: Office, call_id: str, points: tuple[int, ...] = (), **values: Any) -> str:
    """An application that passed the formal check, with points for both criteria."""
    made = received(office, call_id, **values)
    office.run(applications.check, made, row(office, call_id, made).version, "admitted")
    for criterion, given in zip(detail(office, call_id).criteria, points, strict=False):
        office.run(applications.score, made, criterion.id, given)
    return made


def version(office: Office, call_id: str) -> int:
    return detail(office, call_id).row.version


def _here(desk: Desk) -> tuple[Office, str]:
    office = desk.sign_in("coordinator")
    return office, new_call(office)


@SCENARIOS.of(calls.add_call)
def _(desk: Desk) -> tuple[Office, Call]:
    return desk.sign_in("coordinator"), call(calls.add_call, CallValues("Bando", deadline=END))


@SCENARIOS.of(calls.change_call)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    received(office, made)
    values = CallValues("Bando", state="open", deadline=datetime(2025, 1, 8, 9), seats=2)
    return office, call(calls.change_call, made, version(office, made), values)


@SCENARIOS.of(calls.remove_call)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    return office, call(calls.remove_call, made, version(office, made))


@SCENARIOS.of(calls.set_documents)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    kept = detail(office, made).documents[1]
    return office, call(calls.set_documents, made, 1, (DocumentRow("", "Bilancio"), kept))


@SCENARIOS.of(calls.set_criteria)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    kept = detail(office, made).criteria[1]
    return office, call(calls.set_criteria, made, 1, (CriterionRow(kept.id, "Rete locale", 5000, 100),))


@SCENARIOS.of(applications.receive)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    documents = tuple(one.id for one in detail(office, made).documents)
    by_hand = ByHand(datetime(2025, 2, 10, 9), "Protocollo del Comune 123")
    return office, call(applications.receive, made, COOPERATIVE, documents=documents, by_hand=by_hand)


@SCENARIOS.of(applications.change_application)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    one = received(office, made)
    return office, call(applications.change_application, one, 1, ApplicationValues("Altra", channel="post"))


@SCENARIOS.of(applications.set_document)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    one = office.run(applications.receive, made, COOPERATIVE)
    document = detail(office, made).documents[0].id
    return office, call(applications.set_document, one, document, "asked", date(2025, 3, 1), "senza firma")


@SCENARIOS.of(applications.check)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    one = received(office, made)
    return office, call(applications.check, one, 1, "excluded", "non ha sede nel Comune")


@SCENARIOS.of(applications.examine)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    one = office.run(applications.receive, made, COOPERATIVE)
    documents = tuple(DocumentState(part.id, "present") for part in detail(office, made).documents)
    return office, call(applications.examine, one, 1, documents, "admitted")


@SCENARIOS.of(applications.judge)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    one = admitted(office, made, (5000,))
    first, second = (criterion.id for criterion in detail(office, made).criteria)
    return office, call(applications.judge, one, row(office, made, one).version, {first: None, second: 100})


@SCENARIOS.of(applications.withdraw_application)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    return office, call(applications.withdraw_application, received(office, made), 1, "ci ripensa")


@SCENARIOS.of(applications.score)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    one = admitted(office, made, (5000, 2000))
    criterion = detail(office, made).criteria[0].id
    return office, call(applications.score, one, criterion, None)


@SCENARIOS.of(applications.grant)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _here(desk)
    return office, call(applications.grant, received(office, made), 1, 250_000)


def _ranked(desk: Desk) -> tuple[Office, str]:
    office, made = _here(desk)
    admitted(office, made, (5000, 2000), requested_cents=100)
    admitted(office, made, (1000, 2000), name="Associazione Prova")
    return office, made


@SCENARIOS.of(rankings.decide)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _ranked(desk)
    return office, call(rankings.decide, made, version(office, made))


@SCENARIOS.of(rankings.reopen)
def _(desk: Desk) -> tuple[Office, Call]:
    office, made = _ranked(desk)
    office.run(rankings.decide, made, version(office, made))
    return office, call(rankings.reopen, made, version(office, made), "un errore nei punti")
