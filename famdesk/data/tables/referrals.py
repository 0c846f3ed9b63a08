"""Referrals: a family sent on to a body or a colleague, or received from one."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Referral(Record):
    """A person sent to somebody (`direction` out) or by somebody (in), with the consent that covers it.

    `items` are codes, parted by blanks, of what is passed on. `reference` is the number that both sides quote;
    `digest` the SHA-256 of the signed file, if one was made or read, so that it is taken once; of one that was made
    anew all of them, parted by blanks, and "key:…" with the fingerprint of whoever answered first.
    """

    __tablename__ = "referral"
    person_id: Mapped[str] = ref("person")
    access_card_id: Mapped[str | None] = ref("access_card", nullable=True)
    direction: Mapped[str] = mapped_column(default="out")
    body_id: Mapped[str | None] = ref("body", nullable=True)
    body_name: Mapped[str | None] = mapped_column(default=None)
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    operator_id: Mapped[str] = ref("staff")
    consent_id: Mapped[str | None] = ref("consent", nullable=True)
    why: Mapped[str]
    items: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="draft")
    sent_on: Mapped[date | None] = mapped_column(default=None)
    answer_due: Mapped[date | None] = mapped_column(default=None)
    answered_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str | None] = mapped_column(default=None)
    feedback_on: Mapped[date | None] = mapped_column(default=None)
    reference: Mapped[str | None] = mapped_column(default=None)
    digest: Mapped[str | None] = mapped_column(default=None)
