"""The rights of persons (GDPR): requests, the register of processing, the log of breaches."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class RightsRequest(Record):
    """A person's request: copy, correction, erasure, limit, objection. Due in one month (GDPR art. 12 para. 3)."""

    __tablename__ = "rights_request"
    person_id: Mapped[str] = ref("person")
    kind: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date]
    answered_on: Mapped[date | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Processing(Record):
    """An entry of the register of processing (GDPR art. 30)."""

    __tablename__ = "processing"
    name: Mapped[str]
    purpose: Mapped[str]
    basis: Mapped[str | None] = mapped_column(default=None)
    role: Mapped[str] = mapped_column(default="controller")
    subjects: Mapped[str | None] = mapped_column(default=None)
    data: Mapped[str | None] = mapped_column(default=None)
    recipients: Mapped[str | None] = mapped_column(default=None)
    retention: Mapped[str | None] = mapped_column(default=None)
    measures: Mapped[str | None] = mapped_column(default=None)
    assessment: Mapped[str | None] = mapped_column(default=None)


class Breach(Record):
    """A breach of personal data (GDPR art. 33 para. 5): what happened, who was told and when. No names of persons."""

    __tablename__ = "breach"
    found_on: Mapped[date]
    what: Mapped[str]
    effects: Mapped[str | None] = mapped_column(default=None)
    measures: Mapped[str | None] = mapped_column(default=None)
    people: Mapped[int | None] = mapped_column(default=None)
    authority_told_on: Mapped[date | None] = mapped_column(default=None)
    people_told_on: Mapped[date | None] = mapped_column(default=None)
