"""How the queries of calls for applications, certificates and feedback are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.centre import Call as CallRecord
from famdesk.data.tables.programmes import Certificate
from famdesk.data.tx import Tx
from famdesk.usecases.calls import applications, calls
from famdesk.usecases.programmes import certificates, feedback, initiative_pictures
from tests.support.scenarios import Call, call


def _of_call(action: Any) -> Callable[[Any], Call]:
    """Asked of a call that is there, or of none."""

    def ask(tx: Tx) -> object:
        found = tx.rows(select(CallRecord.id).limit(1))
        if not found:  # refused all the same to those who may not ask
            with tx.doing(action.name):
                return ()
        return action(tx, found[0].id)

    return lambda _known: ask


def _issued(tx: Tx) -> object:
    mine = select(Certificate.id).where(Certificate.centre_id == tx.centre_id)
    return certificates.certificates(tx, [row.id for row in tx.rows(mine)])


ASKED: dict[str, Callable[[Any], Call]] = {
    calls.calls.name: lambda known: call(calls.calls),
    calls.call.name: _of_call(calls.call),
    applications.received.name: _of_call(applications.received),
    certificates.standings.name: lambda known: call(certificates.standings, known.initiative),
    certificates.of_initiative.name: lambda known: call(certificates.of_initiative, known.initiative),
    certificates.register.name: lambda known: call(certificates.register, 2025),
    certificates.certificates.name: lambda known: _issued,
    feedback.feedback.name: lambda known: call(feedback.feedback, known.initiative),
    initiative_pictures.picture.name: lambda known: call(initiative_pictures.picture, known.initiative),
}
BY_ID = {
    certificates.standings.name, certificates.of_initiative.name, feedback.feedback.name,
    initiative_pictures.picture.name,
}  # fmt: skip
