"""Calls for applications: what is asked, until when, what has to be handed in and by what it is judged.

All centres of a network read them; only coordination changes those of its own centre. What came in is in
`applications`, the ranking in `rankings`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import func, select

from famdesk.data.tables.applications import (
    Application,
    ApplicationDocument,
    ApplicationScore,
    CallCriterion,
    CallDocument,
)
from famdesk.data.tables.centre import Call
from famdesk.data.tables.directory import Body
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import exists
from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import codes
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.domain.programmes import calls as rules
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.i18n.collate import sort_key
from famdesk.usecases.calls import applications
from famdesk.usecases.calls import call_reading as reading
from famdesk.usecases.calls.call_rows import CallDetail, CallRow, CallValues, CriterionRow, DocumentRow
from famdesk.usecases.programmes.programmes_common import bare_text
from famdesk.usecases.registry import query, usecase

STATES = ("preparation", "open", "judging")
"""What a call can be set to; decided it is by its ranking."""
MOST_POINTS = 100_000
"""A thousand points, in hundredths."""


class NotInList(RuleError):
    message = N_("Choose from the list.")


class NoSuchTime(RuleError):
    message = N_("The clocks go forward that night: this hour does not exist.")


class EndsBeforeItOpens(RuleError):
    message = N_("A call cannot end before it opens.")


class BadNumber(RuleError):
    message = N_("This number must be at least {least}.")


class CallDecided(RuleError):
    message = N_("The ranking of this call is fixed. Open it again, with a reason, to change something.")


class HasApplications(RuleError):
    message = N_("Applications came in for this call: it cannot be removed.")


class InUse(RuleError):
    """`name` is a document or criterion."""

    message = N_("“{name}” is noted on applications already. Leave it in the list.")


class BadPoints(RuleError):
    message = N_("The most points are from 0.01 to 1000, and not fewer than the least points.")


@query
def calls(tx: Tx) -> tuple[CallRow, ...]:
    """The calls of the network: those that still run by their end, then the others, the latest first."""
    rows = [_summary(tx, record, names, counts) for record, names, counts in _all(tx)]
    running = [row for row in rows if row.state != "decided" and not row.outcome]
    over = [row for row in rows if row not in running]
    running.sort(key=lambda row: (row.deadline is None, row.deadline or 0, sort_key(row.name)))
    over.sort(key=lambda row: sort_key(row.name))
    over.sort(key=lambda row: row.deadline.isoformat() if row.deadline else "", reverse=True)
    return (*running, *over)


@query
def call(tx: Tx, call_id: str) -> CallDetail:
    """One call with checklist, criteria and, for roles that may see them, applications and ranking.

    Raises:
        NotFound.
    """
    record = tx.get(Call, call_id)
    (found,) = [entry for entry in _all(tx) if entry[0].id == record.id]
    values, criteria = reading.values_of(record), reading.criterion_rows(tx, record.id)
    mine = record.centre_id == tx.centre_id
    may = mine and bool(rights.cell(applications.received.name, tx.actor.role))
    rows = applications.received(tx, record.id) if may else None
    ranked = reading.ranking_of(rows or (), values, criteria, by_arrival=False)
    return CallDetail(
        _summary(tx, *found), values, reading.document_rows(tx, record.id), criteria, rows, ranked, record.source,
        record.inferred, mine and _may(tx, change_call.name), mine and _may(tx, applications.receive.name),
        mine and _may(tx, applications.check.name), mine and _may(tx, "rankings.decide"), reading.stamp_now(tx),
        tx.actor.timezone,
    )  # fmt: skip


def _all(tx: Tx) -> list[tuple[Call, dict[str, str], dict[str, tuple[int, int]]]]:
    names = dict(tx.rows(select(Body.id, Body.name)))
    counts: dict[str, tuple[int, int]] = {}
    if _may(tx, applications.received.name):
        late = func.sum(Application.late.cast(Application.number.type))
        counted = (
            select(Application.call_id, func.count(), late)
            .where(Application.deleted_at.is_(None), Application.centre_id == tx.centre_id)
            .group_by(Application.call_id)
        )
        counts = {key: (number, lates or 0) for key, number, lates in tx.rows(counted)}
    return [(record, names, counts) for record in tx.all(Call)]


def _summary(tx: Tx, record: Call, names: dict[str, str], counts: dict[str, tuple[int, int]]) -> CallRow:
    mine = record.centre_id == tx.centre_id
    may = mine and _may(tx, applications.received.name)
    received, late = counts.get(record.id, (0, 0)) if may else (None, None)
    return CallRow(
        record.id, record.version, record.name, record.kind, record.state, record.deadline, record.deadline_text,
        record.outcome, names.get(record.issuer_body_id or ""), mine, received, late,
    )  # fmt: skip


@usecase(N_("Call for applications added"))
def add_call(tx: Tx, values: CallValues) -> str:
    """A new call; gives its id.

    Raises:
        Required, NotInList, NoSuchTime, EndsBeforeItOpens, BadNumber.
    """
    return tx.add(Call(**_checked(tx, values))).id


@usecase(N_("Call for applications changed"))
def change_call(tx: Tx, call_id: str, version: int, values: CallValues) -> None:
    """Changes what is known of a call. With another end, what is late is looked at anew.

    Raises:
        As `add_call`; CallDecided, NotFound, Stale.
    """
    record = editable(tx, call_id, version)
    for name, value in _checked(tx, values).items():
        setattr(record, name, value)
    for one in tx.all(Application, Application.call_id == call_id):
        one.late = rules.is_late(one.received_ms, record.deadline, tx.actor.timezone)


@usecase(N_("Call for applications removed"))
def remove_call(tx: Tx, call_id: str, version: int) -> None:
    """Puts a call into the bin.

    Raises:
        HasApplications, NotFound, Stale.
    """
    record = tx.get(Call, call_id, version)
    if tx.all(Application, Application.call_id == call_id):
        raise HasApplications
    for kind in (CallDocument, CallCriterion):
        for part in tx.all(kind, kind.call_id == call_id):
            tx.bin(part)
    tx.bin(record)


@usecase(N_("Checklist of a call changed"))
def set_documents(tx: Tx, call_id: str, version: int, documents: Sequence[DocumentRow]) -> None:
    """What has to be handed in, in this order; a document that is left out goes, unless applications have it.

    Raises:
        Required: a document without a name; InUse, CallDecided, NotFound, Stale.
    """
    editable(tx, call_id, version)
    known = {one.id: one for one in tx.all(CallDocument, CallDocument.call_id == call_id)}
    used = {one.document_id for one in tx.all(ApplicationDocument)}
    _drop(tx, known, {one.id for one in documents}, used)
    for position, row in enumerate(documents):
        if not row.name.strip():
            raise Required("documents")
        part = known.get(row.id) or tx.add(CallDocument(call_id=call_id, name=row.name))
        part.position, part.name, part.required = position, row.name.strip(), row.required


@usecase(N_("Criteria of a call changed"))
def set_criteria(tx: Tx, call_id: str, version: int, criteria: Sequence[CriterionRow]) -> None:
    """By what applications are judged, in this order; one that is left out goes, unless it has points already.

    Raises:
        Required, BadPoints, InUse, CallDecided, NotFound, Stale.
    """
    editable(tx, call_id, version)
    known = {one.id: one for one in tx.all(CallCriterion, CallCriterion.call_id == call_id)}
    given = tx.all(ApplicationScore)
    _drop(tx, known, {one.id for one in criteria}, {one.criterion_id for one in given})
    for position, row in enumerate(criteria):
        if not row.name.strip():
            raise Required("criteria")
        if not 0 < row.max_points <= MOST_POINTS or not 0 <= (row.min_points or 0) <= row.max_points:
            raise BadPoints("criteria")
        if any(one.criterion_id == row.id and one.points > row.max_points for one in given):
            raise InUse("criteria", name=row.name)
        part = known.get(row.id) or tx.add(CallCriterion(call_id=call_id, name=row.name, max_points=row.max_points))
        part.position, part.name = position, row.name.strip()
        part.max_points, part.min_points = row.max_points, row.min_points


def _drop(tx: Tx, known: dict[str, CallDocument] | dict[str, CallCriterion], kept: set[str], used: set[str]) -> None:
    for key, part in known.items():
        if key not in kept:
            if key in used:
                raise InUse(name=part.name)
            tx.bin(part)


def editable(tx: Tx, call_id: str, version: int | None = None) -> Call:
    """The call, if its ranking is not fixed yet.

    Raises:
        CallDecided, NotFound, Stale.
    """
    tx.take_turn()  # nothing is received, judged or fixed meanwhile
    record = tx.get(Call, call_id, version)
    if record.state == "decided":
        raise CallDecided
    return record


def _may(tx: Tx, action: str) -> bool:
    return bool(rights.cell(action, tx.actor.role))


def _checked(tx: Tx, values: CallValues) -> dict[str, object]:
    if not values.name.strip():
        raise Required("name")
    lists = {
        "kind": codes(profile_codes.CALL_KINDS), "state": STATES,
        "outcome": (None, *codes(profile_codes.CALL_OUTCOMES)),
    }  # fmt: skip
    for name, known in lists.items():
        if getattr(values, name) not in known:
            raise NotInList(name)
    _check_times(tx, values)
    for name, least in (("amount_cents", 0), ("seats", 1), ("min_points", 0)):
        number = getattr(values, name)
        if number is not None and number < least:
            raise BadNumber(name, least=least)
    if values.issuer_body_id and tx.find(Body, values.issuer_body_id) is None:
        raise NotFound("issuer_body_id")
    return {name: bare_text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}


def _check_times(tx: Tx, values: CallValues) -> None:
    for name in ("opens", "deadline"):
        moment = getattr(values, name)
        if moment is not None and not exists(moment, tx.actor.timezone):
            raise NoSuchTime(name)
    if values.opens and values.deadline and values.deadline <= values.opens:
        raise EndsBeforeItOpens("deadline")
