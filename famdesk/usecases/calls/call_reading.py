"""How calls and applications are read; called by the queries of `calls` and `applications`, within their rights."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

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
from famdesk.domain.programmes import calls as rules
from famdesk.usecases.calls.call_rows import (
    ApplicationRow,
    ApplicationValues,
    CallValues,
    CriterionRow,
    DocumentRow,
    DocumentState,
    Score,
)

CALL_VALUES = tuple(CallValues.__dataclass_fields__)
APPLICATION_VALUES = tuple(ApplicationValues.__dataclass_fields__)


def stamp_now(tx: Tx) -> int:
    """The stamp of this moment, by the server's clock where there is one: the desk's may be wrong."""
    if tx.session.get_bind().dialect.name == "postgresql":
        return rules.milliseconds(tx.session.scalars(select(func.clock_timestamp())).one())
    return rules.milliseconds(tx.utc)


def values_of(record: Call) -> CallValues:
    """What can be typed of a call, as it is."""
    return CallValues(**{name: getattr(record, name) for name in CALL_VALUES})


def document_rows(tx: Tx, call_id: str) -> tuple[DocumentRow, ...]:
    """The checklist in its order."""
    found = sorted(tx.all(CallDocument, CallDocument.call_id == call_id), key=lambda one: (one.position, one.id))
    return tuple(DocumentRow(one.id, one.name, one.required) for one in found)


def criterion_rows(tx: Tx, call_id: str) -> tuple[CriterionRow, ...]:
    """The criteria in their order."""
    found = sorted(tx.all(CallCriterion, CallCriterion.call_id == call_id), key=lambda one: (one.position, one.id))
    return tuple(CriterionRow(one.id, one.name, one.max_points, one.min_points) for one in found)


def application_rows(tx: Tx, call_id: str) -> tuple[ApplicationRow, ...]:
    """The applications of a call as they came."""
    documents, criteria = document_rows(tx, call_id), criterion_rows(tx, call_id)
    records = tx.all(Application, Application.call_id == call_id)
    held, scored = _documents(tx, call_id), _scores(tx, call_id)
    rows = [_row(tx, one, documents, criteria, held[one.id], scored[one.id]) for one in records]
    return tuple(sorted(rows, key=lambda row: (row.stamp, row.number)))


def _documents(tx: Tx, call_id: str) -> dict[str, dict[str, DocumentState]]:
    found: dict[str, dict[str, DocumentState]] = defaultdict(dict)
    part = ApplicationDocument
    rows = tx.rows(
        select(part.application_id, part.document_id, part.state, part.until, part.note)
        .join(Application, Application.id == part.application_id)
        .where(Application.call_id == call_id, part.deleted_at.is_(None))
    )
    for row in rows:
        found[row[0]][row[1]] = DocumentState(*row[1:])
    return found


def _scores(tx: Tx, call_id: str) -> dict[str, dict[str, Score]]:
    found: dict[str, dict[str, Score]] = defaultdict(dict)
    part = ApplicationScore
    rows = tx.rows(
        select(part.application_id, part.criterion_id, part.points, part.note)
        .join(Application, Application.id == part.application_id)
        .where(Application.call_id == call_id, part.deleted_at.is_(None))
    )
    for row in rows:
        found[row[0]][row[1]] = Score(*row[1:])
    return found


def _row(tx: Tx, one: Application, documents: Iterable[DocumentRow], criteria: tuple[CriterionRow, ...],
         held: dict[str, DocumentState], scored: dict[str, Score]) -> ApplicationRow:  # fmt: skip
    states = tuple(held.get(part.id, DocumentState(part.id, "missing")) for part in documents)
    lacks = tuple(part.name for part, told in zip(documents, states, strict=True)
                  if part.required and told.state != "present")  # fmt: skip
    scores = tuple(scored[part.id] for part in criteria if part.id in scored)
    whole = len(scores) == len(criteria) and bool(criteria)
    least = {part.id: part.min_points for part in criteria}
    below = any(score.points < (least[score.criterion_id] or 0) for score in scores)
    values: dict[str, Any] = {name: getattr(one, name) for name in APPLICATION_VALUES}
    return ApplicationRow(
        one.id, one.version, one.number, one.received_ms, rules.stamp_text(one.received_ms, tx.actor.timezone),
        one.by_hand, one.late, ApplicationValues(**values), one.state, one.reason, states, lacks, scores,
        sum(score.points for score in scores) if whole else None, below, one.granted_cents, one.rank, one.decided_on,
    )  # fmt: skip


def ranking_of(rows: Iterable[ApplicationRow], values: CallValues, criteria: tuple[CriterionRow, ...], *,
               by_arrival: bool) -> tuple[rules.Ranked, ...]:  # fmt: skip
    """The ranking of those who are admitted, or were when it was fixed; without criteria by order of arrival."""
    admitted = [row for row in rows if row.state == "admitted" or row.state in rules.JUDGED]
    entries = tuple(rules.Entry(row.id, row.number, row.stamp, row.points, row.below) for row in admitted)
    if not criteria:
        return rules.ranking(rules.in_order_of_arrival(entries), seats=values.seats, by_arrival=True)
    return rules.ranking(entries, seats=values.seats, least=values.min_points, by_arrival=by_arrival)
