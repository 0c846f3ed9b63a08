"""The waiting room, and what has to be done later: calls and follow-ups."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Visit(Record):
    """Somebody in the waiting room today: a ticket number, and a first name only if the person wants it.

    `state`: waiting, called, inside, done, left. Times are local.
    """

    __tablename__ = "visit"
    came_at: Mapped[datetime] = mapped_column(index=True)
    number: Mapped[int]
    first_name: Mapped[str | None] = mapped_column(default=None)
    person_id: Mapped[str | None] = ref("person", nullable=True)
    appointment_id: Mapped[str | None] = ref("appointment", nullable=True)
    access_point_id: Mapped[str | None] = ref("access_point", nullable=True)
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    people: Mapped[int] = mapped_column(default=1)
    what: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="waiting")
    called_at: Mapped[datetime | None] = mapped_column(default=None)
    inside_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class FollowUp(Record):
    """Something to do for a family later: call back, write, check how it went. `due_on` None: when there is time.

    `tries` counts calls that nobody answered; `contact_point_id` is the number that was asked for.
    """

    __tablename__ = "follow_up"
    person_id: Mapped[str | None] = ref("person", nullable=True)
    access_card_id: Mapped[str | None] = ref("access_card", nullable=True)
    referral_id: Mapped[str | None] = ref("referral", nullable=True)
    contact_point_id: Mapped[str | None] = ref("contact_point", nullable=True)
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    kind: Mapped[str]
    what: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(default=None, index=True)
    state: Mapped[str] = mapped_column(default="open")
    tries: Mapped[int] = mapped_column(default=0)
    last_try_at: Mapped[datetime | None] = mapped_column(default=None)
    result: Mapped[str | None] = mapped_column(default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)
