"""Calls for applications: what must be handed in, what came when, and how it was judged."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class CallDocument(Record):
    """A document that an application must or may have; in the order of `position`."""

    __tablename__ = "call_document"
    shared = True
    call_id: Mapped[str] = ref("call")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    required: Mapped[bool] = mapped_column(default=True)


class CallCriterion(Record):
    """By what applications are ranked; points are hundredths. Below `min_points` an application is out; None: never."""

    __tablename__ = "call_criterion"
    shared = True
    call_id: Mapped[str] = ref("call")
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    max_points: Mapped[int]
    min_points: Mapped[int | None] = mapped_column(default=None)


class Application(Record):
    """An application that was handed in, numbered in the order in which applications came.

    `received_ms` is UTC in milliseconds since 1970, by the server's clock where there is one; `by_hand` the reason why
    the stamp was typed (protocol of the Comune, envelope). `late`: after the deadline. `applicant` is a body of the
    directory (`body_id`) or a name. `requested_cents` None: not said. `rank` is fixed with the decision.
    """

    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("call_id", "number"),)
    call_id: Mapped[str] = ref("call")
    number: Mapped[int]
    received_ms: Mapped[int] = mapped_column(BigInteger)
    by_hand: Mapped[str | None] = mapped_column(default=None)
    late: Mapped[bool] = mapped_column(default=False)
    applicant: Mapped[str]
    body_id: Mapped[str | None] = ref("body", nullable=True)
    channel: Mapped[str] = mapped_column(default="desk")
    reference: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    address: Mapped[str | None] = mapped_column(default=None)
    requested_cents: Mapped[int | None] = mapped_column(default=None)
    granted_cents: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="received")
    reason: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    checked_on: Mapped[date | None] = mapped_column(default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    rank: Mapped[int | None] = mapped_column(default=None)


class ApplicationDocument(Record):
    """Whether a document is there: present, missing, asked for until `until`, or not fitting."""

    __tablename__ = "application_document"
    __table_args__ = (UniqueConstraint("application_id", "document_id"),)
    application_id: Mapped[str] = ref("application")
    document_id: Mapped[str] = ref("call_document")
    state: Mapped[str] = mapped_column(default="missing")
    until: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class ApplicationScore(Record):
    """Points, in hundredths, that an application got for a criterion."""

    __tablename__ = "application_score"
    __table_args__ = (UniqueConstraint("application_id", "criterion_id"),)
    application_id: Mapped[str] = ref("application")
    criterion_id: Mapped[str] = ref("call_criterion")
    points: Mapped[int]
    note: Mapped[str | None] = mapped_column(default=None)
