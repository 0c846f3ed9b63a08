"""Initiatives, their meetings, who is enrolled and who came."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, Sourced, ref


class Initiative(Record, Sourced):
    """A cycle, group, laboratory, training or event. A cycle is a list of meetings, not a rule.

    Dates may be unknown: `season_text` keeps "dalla prossima primavera"; `usual_weekday`, `usual_time` what is known
    of all meetings; `continues_id` is what it continues; `audience` is families or professionals.
    """

    __tablename__ = "initiative"
    shared = True
    name: Mapped[str]
    alias: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str]
    function: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="preparation")
    audience: Mapped[str] = mapped_column(default="families")
    target: Mapped[str | None] = mapped_column(default=None)
    topics: Mapped[str | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(default=None)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    season_text: Mapped[str | None] = mapped_column(default=None)
    usual_weekday: Mapped[int | None] = mapped_column(default=None)
    usual_time: Mapped[time | None] = mapped_column(default=None)
    capacity: Mapped[int | None] = mapped_column(default=None)
    place_id: Mapped[str | None] = ref("place", nullable=True)
    continues_id: Mapped[str | None] = ref("initiative", nullable=True)


class Meeting(Record, Sourced):
    """One meeting of an initiative; day, hour, length in minutes, place, leader and theme may still be to be set."""

    __tablename__ = "meeting"
    shared = True
    initiative_id: Mapped[str] = ref("initiative")
    number: Mapped[int]
    day: Mapped[date | None] = mapped_column(default=None, index=True)
    starts: Mapped[time | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    place_id: Mapped[str | None] = ref("place", nullable=True)
    room_id: Mapped[str | None] = ref("room", nullable=True)
    leader: Mapped[str | None] = mapped_column(default=None)
    leader_staff_id: Mapped[str | None] = ref("staff", nullable=True)
    theme: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="planned")
    reason: Mapped[str | None] = mapped_column(default=None)


class Enrolment(Record):
    """A person's place in an initiative: enrolled, waiting or withdrawn. Never shared between centres."""

    __tablename__ = "enrolment"
    initiative_id: Mapped[str] = ref("initiative")
    person_id: Mapped[str] = ref("person")
    state: Mapped[str] = mapped_column(default="enrolled")
    enrolled_on: Mapped[date]
    note: Mapped[str | None] = mapped_column(default=None)


class Attendance(Record):
    """Whether an enrolled person came to a meeting."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "enrolment_id"),)
    meeting_id: Mapped[str] = ref("meeting")
    enrolment_id: Mapped[str] = ref("enrolment")
    present: Mapped[bool]
