"""The ranking of a call: fixed once everything is checked and no tie is left, opened again only with a reason."""

from __future__ import annotations

from famdesk.data.tables.applications import Application
from famdesk.data.tables.centre import Call
from famdesk.data.tx import Tx
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.programmes import calls as rules
from famdesk.i18n import N_
from famdesk.usecases.calls import call_reading as reading
from famdesk.usecases.calls.calls import editable
from famdesk.usecases.registry import usecase


class NotChecked(RuleError):
    message = N_("These applications are not checked yet: {numbers}.")


class PointsLacking(RuleError):
    message = N_("These applications do not have all their points yet: {numbers}.")


class TieAtTheLastPlace(RuleError):
    message = N_(
        "Applications {numbers} have the same points and there are not enough places for all of them. Give other"
        " points, or let the one that came first go first."
    )


class TooMuchGranted(RuleError):
    message = N_("Together the accepted applications get {granted}; the call has {amount}.")


class NotDecided(RuleError):
    message = N_("The ranking of this call is not fixed.")


@usecase(N_("Ranking of a call fixed"))
def decide(tx: Tx, call_id: str, version: int, *, by_arrival: bool = False) -> None:
    """Fixes the ranking: every admitted application is accepted, suitable without a place, or below the least points.

    `by_arrival`: of equal points who applied first goes first. Without a ranking by points the order of arrival counts.

    Raises:
        NotChecked, PointsLacking, TieAtTheLastPlace, TooMuchGranted, CallDecided, NotFound, Stale.
    """
    call = editable(tx, call_id, version)
    values, rows = reading.values_of(call), reading.application_rows(tx, call_id)
    open_ = [row.number for row in rows if row.state in rules.UNCHECKED]
    if open_:
        raise NotChecked(numbers=open_)
    found = reading.ranking_of(rows, values, reading.criterion_rows(tx, call_id), by_arrival=by_arrival)
    for outcome, error in (("open", PointsLacking), ("tie", TieAtTheLastPlace)):
        numbers = [one.number for one in found if one.outcome == outcome]
        if numbers:
            raise error(numbers=numbers)
    records = {one.id: one for one in tx.all(Application, Application.call_id == call_id)}
    for one in found:
        record = records[one.id]
        record.state, record.rank, record.decided_on = one.outcome, one.rank, tx.today()
        if one.outcome == "funded" and record.granted_cents is None:
            record.granted_cents = record.requested_cents
    _check_amount(call, list(records.values()))
    call.state = "decided"


@usecase(N_("Ranking of a call opened again"))
def reopen(tx: Tx, call_id: str, version: int, reason: str) -> None:
    """Opens a fixed ranking again: what was accepted or not is admitted as before.

    Raises:
        Required: no reason; NotDecided, NotFound, Stale.
    """
    if not reason.strip():
        raise Required("reason")
    call = tx.get(Call, call_id, version)
    if call.state != "decided":
        raise NotDecided
    for record in tx.all(Application, Application.call_id == call_id):
        if record.state in rules.JUDGED:
            record.state, record.rank, record.decided_on = "admitted", None, None
    call.state = "judging"
    tx.because(reason.strip())


def _check_amount(call: Call, records: list[Application]) -> None:
    if call.amount_cents is None:
        return
    from famdesk.i18n import formats

    granted = sum(one.granted_cents or 0 for one in records if one.state == "funded")
    if granted > call.amount_cents:
        raise TooMuchGranted(granted=formats.money(granted), amount=formats.money(call.amount_cents))
