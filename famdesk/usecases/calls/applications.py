"""Applications for a call: received with a stamp and a number, looked through, given points.

The stamp is the server's clock where there is one, to the millisecond; desks wait for each other, so numbers and stamps
go in the same order. A stamp is typed only with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from famdesk.data.tables.applications import (
    Application,
    ApplicationDocument,
    ApplicationScore,
    CallCriterion,
    CallDocument,
)
from famdesk.data.tables.centre import Call
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import exists
from famdesk.domain.codes import codes
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.domain.programmes import calls as rules
from famdesk.i18n import N_
from famdesk.usecases.calls import call_reading as reading
from famdesk.usecases.calls.call_rows import ApplicationRow, ApplicationValues, ByHand, DocumentState
from famdesk.usecases.programmes.programmes_common import bare_text
from famdesk.usecases.registry import query, usecase

P = TypeVar("P", ApplicationDocument, ApplicationScore)

ADMITTED, EXCLUDED, RECEIVED = "admitted", "excluded", "received"


class NotInList(RuleError):
    message = N_("Choose from the list.")


class CallNotOpen(RuleError):
    message = N_("This call does not take applications.")


class NotYetOpen(RuleError):
    message = N_("This call takes applications from {opens}.")


class RankingFixed(RuleError):
    message = N_("The ranking of this call is fixed. Open it again, with a reason, to change something.")


class InTheFuture(RuleError):
    message = N_("This moment has not come yet by the clock that counts.")


class NoSuchTime(RuleError):
    message = N_("The clocks go forward that night: this hour does not exist.")


class DocumentsLacking(RuleError):
    message = N_("These documents are still needed: {names}.")


class LateNeedsReason(RuleError):
    message = N_("It came after the end. Say why it is admitted all the same.")


class NotAdmitted(RuleError):
    message = N_("Points are given to applications that are admitted.")


class PointsOutside(RuleError):
    message = N_("Points for this criterion go from 0 to {most}.")


class BadAmount(RuleError):
    message = N_("An amount cannot be below zero.")


@query
def received(tx: Tx, call_id: str) -> tuple[ApplicationRow, ...]:
    """The applications of a call as they came.

    Raises:
        NotFound.
    """
    tx.get(Call, call_id)
    return reading.application_rows(tx, call_id)


@usecase(N_("Application {number} received"))
def receive(tx: Tx, call_id: str, values: ApplicationValues, *, documents: Iterable[str] = (),
            by_hand: ByHand | None = None) -> str:  # fmt: skip
    """Takes an application; gives its id. `documents` of the checklist are there; `by_hand`: the stamp is typed.

    Late ones are taken as well, and marked.

    Raises:
        Required, NotInList, CallNotOpen, NotYetOpen, RankingFixed, InTheFuture, NoSuchTime, BadAmount, NotFound.
    """
    call = _running(tx, call_id)
    if call.state == "preparation":
        raise CallNotOpen
    now = reading.stamp_now(tx)
    stamp = now if by_hand is None else _typed(tx, by_hand, now)
    if call.opens is not None and rules.moment_of(stamp, tx.actor.timezone) < call.opens:
        raise NotYetOpen(opens=call.opens)
    last = tx.session.scalars(select(func.max(Application.number)).where(Application.call_id == call_id)).one()
    new = Application(
        call_id=call_id, number=(last or 0) + 1, received_ms=stamp,
        by_hand=by_hand.reason.strip() if by_hand else None,
        late=rules.is_late(stamp, call.deadline, tx.actor.timezone), state=RECEIVED, **_checked(values),
    )  # fmt: skip
    tx.add(new)
    known = {one.id for one in tx.all(CallDocument, CallDocument.call_id == call_id)}
    for document_id in documents:
        if document_id not in known:
            raise NotFound
        tx.add(ApplicationDocument(application_id=new.id, document_id=document_id, state="present"))
    tx.describe(number=new.number)
    return new.id


@usecase(N_("Application {number} changed"))
def change_application(tx: Tx, application_id: str, version: int, values: ApplicationValues) -> None:
    """Changes who applied and how to reach them; number and stamp stay.

    Raises:
        Required, NotInList, RankingFixed, BadAmount, NotFound, Stale.
    """
    record = _open(tx, application_id, version)
    for name, value in _checked(values).items():
        setattr(record, name, value)


@usecase(N_("Document of application {number} noted"))
def set_document(
    tx: Tx, application_id: str, document_id: str, state: str, until: date | None = None, note: str | None = None
) -> None:
    """Notes whether a document is there; one that is asked for has a last day.

    Raises:
        NotInList; Required: asked for without a day; RankingFixed, NotFound.
    """
    record = _open(tx, application_id)
    if state not in codes(rules.DOCUMENT_STATES):
        raise NotInList("state")
    if state == "asked" and until is None:
        raise Required("until")
    document = tx.get(CallDocument, document_id)
    if document.call_id != record.call_id:
        raise NotFound
    part = _part(tx, ApplicationDocument, ApplicationDocument.application_id == application_id,
                 ApplicationDocument.document_id == document_id)  # fmt: skip
    if part is None:
        part = tx.add(ApplicationDocument(application_id=application_id, document_id=document_id, state=state))
    part.state, part.until, part.note = state, until if state == "asked" else None, bare_text(note)
    if record.state in rules.UNCHECKED:
        tx.session.flush()
        asked = tx.all(ApplicationDocument, ApplicationDocument.application_id == application_id,
                       ApplicationDocument.state == "asked")  # fmt: skip
        record.state = "asked" if asked else RECEIVED


@usecase(N_("Application {number} checked"))
def check(tx: Tx, application_id: str, version: int, outcome: str, reason: str | None = None) -> None:
    """Says what came of the formal check: admitted, excluded with a reason, or received: not checked yet.

    Raises:
        DocumentsLacking; LateNeedsReason: a late one is admitted only with a reason; Required: no reason to exclude;
        NotInList, RankingFixed, NotFound, Stale.
    """
    record = _open(tx, application_id, version)
    told = bare_text(reason)
    if outcome not in (ADMITTED, EXCLUDED, RECEIVED):
        raise NotInList("outcome")
    if outcome == EXCLUDED and told is None:
        raise Required("reason")
    if outcome == ADMITTED:
        (row,) = [one for one in reading.application_rows(tx, record.call_id) if one.id == application_id]
        if row.lacks:
            raise DocumentsLacking(names=row.lacks)
        if record.late and told is None:
            raise LateNeedsReason("reason")
    record.state, record.reason = outcome, told
    record.checked_on = None if outcome == RECEIVED else tx.today()
    tx.because(told)


@usecase(N_("Application {number} looked through"))
def examine(tx: Tx, application_id: str, version: int, documents: Iterable[DocumentState], outcome: str | None = None,
            reason: str | None = None) -> None:  # fmt: skip
    """Notes several documents and, with an `outcome`, what came of the formal check, as one step.

    Raises:
        As `set_document` and `check`; Stale.
    """
    record = _open(tx, application_id, version)
    for one in documents:
        set_document(tx, application_id, one.document_id, one.state, one.until, one.note)
    if outcome is not None:
        tx.session.flush()
        check(tx, application_id, record.version, outcome, reason)


@usecase(N_("Points of application {number} given"))
def judge(tx: Tx, application_id: str, version: int, points: dict[str, int | None]) -> None:
    """Gives points, in hundredths, for several criteria by their ids, as one step; None takes them away.

    Raises:
        As `score`; Stale.
    """
    _open(tx, application_id, version)
    for criterion_id, given in points.items():
        score(tx, application_id, criterion_id, given)


@usecase(N_("Application {number} taken back"))
def withdraw_application(tx: Tx, application_id: str, version: int, reason: str | None = None) -> None:
    """Notes that who applied takes the application back; it keeps its number.

    Raises:
        RankingFixed, NotFound, Stale.
    """
    record = _open(tx, application_id, version)
    record.state, record.reason = "withdrawn", bare_text(reason)
    tx.because(record.reason)


@usecase(N_("Points of application {number} noted"))
def score(tx: Tx, application_id: str, criterion_id: str, points: int | None, note: str | None = None) -> None:
    """Gives points, in hundredths, for a criterion; None takes them away.

    Raises:
        NotAdmitted, PointsOutside, RankingFixed, NotFound.
    """
    record = _open(tx, application_id)
    if record.state != ADMITTED:
        raise NotAdmitted
    criterion = tx.get(CallCriterion, criterion_id)
    if criterion.call_id != record.call_id:
        raise NotFound
    if points is not None and not 0 <= points <= criterion.max_points:
        raise PointsOutside("points", most=rules.points_text(criterion.max_points))
    part = _part(tx, ApplicationScore, ApplicationScore.application_id == application_id,
                 ApplicationScore.criterion_id == criterion_id)  # fmt: skip
    if points is None:
        if part is not None:
            tx.bin(part)
        return
    if part is None:
        part = tx.add(ApplicationScore(application_id=application_id, criterion_id=criterion_id, points=points))
    part.points, part.note = points, bare_text(note)


@usecase(N_("Amount of application {number} set"))
def grant(tx: Tx, application_id: str, version: int, cents: int | None) -> None:
    """How much an application gets if it is accepted; None: what it asks for.

    Raises:
        BadAmount, RankingFixed, NotFound, Stale.
    """
    record = _open(tx, application_id, version)
    if cents is not None and cents < 0:
        raise BadAmount("granted_cents")
    record.granted_cents = cents


def _running(tx: Tx, call_id: str) -> Call:
    """The call, if its ranking is not fixed: nobody fixes it before this transaction ends."""
    tx.take_turn()
    call = tx.get(Call, call_id)
    if call.centre_id != tx.centre_id:
        raise NotFound
    if call.state == "decided":
        raise RankingFixed
    return call


def _open(tx: Tx, application_id: str, version: int | None = None) -> Application:
    """The application, if the ranking is not fixed; the step is called by its number."""
    tx.take_turn()
    record = tx.get(Application, application_id, version)
    _running(tx, record.call_id)
    tx.describe(number=record.number)
    return record


def _part(tx: Tx, kind: type[P], *where: object) -> P | None:
    """The row of a document or criterion, taken out of the bin again: there is one of each at most."""
    found = tx.session.scalars(select(kind).where(*where)).one_or_none()  # type: ignore[arg-type]
    if found is not None:
        found.deleted_at = None
    return found


def _typed(tx: Tx, by_hand: ByHand, now: int) -> int:
    if not by_hand.reason.strip():
        raise Required("reason")
    if not exists(by_hand.at, tx.actor.timezone):
        raise NoSuchTime("at")
    stamp = rules.milliseconds(by_hand.at.replace(tzinfo=ZoneInfo(tx.actor.timezone)))
    if stamp > now:
        raise InTheFuture("at")
    tx.because(by_hand.reason.strip())
    return stamp


def _checked(values: ApplicationValues) -> dict[str, object]:
    if not values.applicant.strip():
        raise Required("applicant")
    if values.channel not in codes(rules.APPLICATION_CHANNELS):
        raise NotInList("channel")
    if values.requested_cents is not None and values.requested_cents < 0:
        raise BadAmount("requested_cents")
    return {name: bare_text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}
