"""Appointments."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Appointment(Record):
    """A dated meeting of a colleague with somebody (or with nobody named): half-open [starts, ends), local wall time.

    `kind` is a code; `label` what the calendar says beside it; `overlap_reason` is why a double booking was allowed.
    """

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("ends > starts", name="ends_after_start"),)
    starts: Mapped[datetime] = mapped_column(index=True)
    ends: Mapped[datetime]
    kind: Mapped[str]
    function: Mapped[str | None] = mapped_column(default=None)
    label: Mapped[str | None] = mapped_column(default=None)
    person_id: Mapped[str | None] = ref("person", nullable=True)
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    access_point_id: Mapped[str | None] = ref("access_point", nullable=True)
    room_id: Mapped[str | None] = ref("room", nullable=True)
    state: Mapped[str] = mapped_column(default="planned")
    cancelled_by: Mapped[str | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    overlap_reason: Mapped[str | None] = mapped_column(default=None)
    mediator_language: Mapped[str | None] = mapped_column(default=None)
    access_card_id: Mapped[str | None] = ref("access_card", nullable=True)
