"""Accesses: info contacts (no file), access cards (the full intake), and drafts of what is being typed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class InfoContact(Record):
    """An access without a file. `need` is a code of the needs list, `need_text` the words that were used."""

    __tablename__ = "info_contact"
    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str]
    access_point_id: Mapped[str | None] = ref("access_point", nullable=True)
    need: Mapped[str | None] = mapped_column(default=None)
    need_text: Mapped[str | None] = mapped_column(default=None)
    function: Mapped[str | None] = mapped_column(default=None)
    age_band: Mapped[str | None] = mapped_column(default=None)
    answer: Mapped[str | None] = mapped_column(default=None)
    operator_id: Mapped[str] = ref("staff")
    access_card_id: Mapped[str | None] = ref("access_card", nullable=True)


class AccessCard(Record):
    """The full intake: who calls, for whom, reference persons, needs in two readings, answers, outcome.

    Only the moment is required; what is missing is listed, not refused. `needs` are codes parted by blanks,
    `interests` ids of initiatives. `sent_by` is a person or office, of the body `sent_by_body_id` if that is known.
    `references` are reference persons in words; those with a file are `CardPerson`. `urgency` holds until
    `urgent_until`.
    """

    __tablename__ = "access_card"
    at: Mapped[datetime] = mapped_column(index=True)
    channel: Mapped[str | None] = mapped_column(default=None)
    access_point_id: Mapped[str | None] = ref("access_point", nullable=True)
    operator_id: Mapped[str] = ref("staff")
    caller_is_person: Mapped[bool] = mapped_column(default=True)
    caller_id: Mapped[str | None] = ref("person", nullable=True)
    caller_relation: Mapped[str | None] = mapped_column(default=None)
    sent_by: Mapped[str | None] = mapped_column(default=None)
    sent_by_body_id: Mapped[str | None] = ref("body", nullable=True)
    person_id: Mapped[str | None] = ref("person", nullable=True)
    present: Mapped[bool] = mapped_column(default=True)
    informed: Mapped[bool] = mapped_column(default=True)
    accompanied_by: Mapped[str | None] = mapped_column(default=None)
    references: Mapped[str | None] = mapped_column("reference_persons", default=None)
    needs: Mapped[str] = mapped_column(default="")
    needs_family: Mapped[str | None] = mapped_column(default=None)
    needs_operator: Mapped[str | None] = mapped_column(default=None)
    urgency: Mapped[str | None] = mapped_column(default=None)
    urgent_until: Mapped[date | None] = mapped_column(default=None)
    heard: Mapped[str | None] = mapped_column(default=None)
    interests: Mapped[str] = mapped_column(default="")
    answers: Mapped[str | None] = mapped_column(default=None)
    outcome: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class CardPerson(Record):
    """A reference person of an access card, at a `place` from 1 on, with the tie to the person concerned."""

    __tablename__ = "card_person"
    access_card_id: Mapped[str] = ref("access_card")
    person_id: Mapped[str] = ref("person")
    place: Mapped[int]
    relation: Mapped[str | None] = mapped_column(default=None)


class Draft(Record):
    """What somebody is typing, kept within two seconds: one per colleague and form (`key`), until it is saved."""

    __tablename__ = "draft"
    journalled = False
    __table_args__ = (UniqueConstraint("staff_id", "key"),)
    staff_id: Mapped[str] = ref("staff")
    key: Mapped[str]
    body: Mapped[str]
    at: Mapped[datetime]
