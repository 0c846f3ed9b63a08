"""What lists and pages of calls for applications show: plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from famdesk.domain.programmes.calls import Ranked


@dataclass(frozen=True, slots=True)
class CallValues:
    """What is typed of a call; see the record. `deadline` and `opens` are local wall time to the minute."""

    name: str
    kind: str = "participants"
    state: str = "preparation"
    issuer_body_id: str | None = None
    act_id: str | None = None
    fund_id: str | None = None
    opens: datetime | None = None
    deadline: datetime | None = None
    deadline_text: str | None = None
    description: str | None = None
    amount_cents: int | None = None
    seats: int | None = None
    min_points: int | None = None
    initiative_id: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class CallRow:
    """A call as lists show it. `received` and `late` count applications; None: this role may not know."""

    id: str
    version: int
    name: str
    kind: str
    state: str
    deadline: datetime | None
    deadline_text: str | None
    outcome: str | None
    issuer: str | None
    mine: bool
    received: int | None = None
    late: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the checklist; `id` "" for one that is new."""

    id: str
    name: str
    required: bool = True


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A criterion; points are hundredths. `id` "" for one that is new."""

    id: str
    name: str
    max_points: int
    min_points: int | None = None


@dataclass(frozen=True, slots=True)
class ApplicationValues:
    """What is typed of an application; see the record."""

    applicant: str
    body_id: str | None = None
    channel: str = "desk"
    reference: str | None = None
    phone: str | None = None
    mail: str | None = None
    address: str | None = None
    requested_cents: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ByHand:
    """A stamp that is typed, local wall time, and why: the protocol of the Comune, the postmark."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of a document of an application; `until` a document that was asked for may still come."""

    document_id: str
    state: str
    until: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Points, in hundredths, for a criterion."""

    criterion_id: str
    points: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """An application: `stamp` in milliseconds of UTC, `shown` the same as text, `by_hand` why it was typed.

    `documents` are those of the checklist in its order; `lacks` names the needed ones that are not there. `points` is
    the sum, None while a criterion has none.
    """

    id: str
    version: int
    number: int
    stamp: int
    shown: str
    by_hand: str | None
    late: bool
    values: ApplicationValues
    state: str
    reason: str | None
    documents: tuple[DocumentState, ...]
    lacks: tuple[str, ...]
    scores: tuple[Score, ...]
    points: int | None
    below: bool
    granted_cents: int | None
    rank: int | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class CallDetail:
    """Everything on the page of a call. `applications` by their stamps; None: this role may not see them.

    `may_check`: whether the person who asks may say what came of the formal check and give points, `may_judge`: fix the
    ranking. `now` is the stamp of the clock that counts: the server's, where there is one. `zone` is the centre's.
    """

    row: CallRow
    values: CallValues
    documents: tuple[DocumentRow, ...]
    criteria: tuple[CriterionRow, ...]
    applications: tuple[ApplicationRow, ...] | None
    ranking: tuple[Ranked, ...]
    source: str | None
    inferred: str | None
    may_change: bool
    may_receive: bool
    may_check: bool
    may_judge: bool
    now: int
    zone: str
