"""Consents: the texts, versioned, and who has signed what, n of m."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class ConsentText(Record):
    """One version of a text that people sign or are given. A version that somebody signed is never changed.

    `purpose` is a code of `famdesk.domain.consent.consents.PURPOSES`; `state` draft, in use or retired; `number` counts
    the versions of a purpose in one language.
    """

    __tablename__ = "consent_text"
    purpose: Mapped[str]
    language: Mapped[str] = mapped_column(default="it")
    number: Mapped[int]
    title: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    valid_from: Mapped[date | None] = mapped_column(default=None)


class Consent(Record):
    """What a person (or those who decide for a minor) agreed to, with which text, until it is withdrawn.

    `needed` is how many signatures it takes (m of "n of m"), `signed` how many there are, as of the last change: who
    may not know of a signer still sees that somebody signed. `recipient_body_id` and `withheld` limit what may be
    passed on to whom. A lawful exception stands in place of the signatures: `ground` with act, number and date.
    `heard_on` and `heard_words`: the minor was heard (L. 219/2017 art. 3).
    """

    __tablename__ = "consent"
    person_id: Mapped[str] = ref("person")
    purpose: Mapped[str]
    text_id: Mapped[str | None] = ref("consent_text", nullable=True)
    needed: Mapped[int] = mapped_column(default=1)
    signed: Mapped[int] = mapped_column(default=0)
    asked_on: Mapped[date]
    recipient_body_id: Mapped[str | None] = ref("body", nullable=True)
    recipient_name: Mapped[str | None] = mapped_column(default=None)
    withheld: Mapped[str | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)
    refused_on: Mapped[date | None] = mapped_column(default=None)
    ground: Mapped[str | None] = mapped_column(default=None)
    ground_act: Mapped[str | None] = mapped_column(default=None)
    ground_number: Mapped[str | None] = mapped_column(default=None)
    ground_on: Mapped[date | None] = mapped_column(default=None)
    heard_on: Mapped[date | None] = mapped_column(default=None)
    heard_words: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class ConsentSignature(Record):
    """One signature under a consent: `other_id` is who signed if the centre knows the person, else `signer_name`.

    `person_id` is the person concerned, as in the consent.
    """

    __tablename__ = "consent_signature"
    consent_id: Mapped[str] = ref("consent")
    person_id: Mapped[str] = ref("person")
    other_id: Mapped[str | None] = ref("person", nullable=True)
    signer_name: Mapped[str | None] = mapped_column(default=None)
    signs_as: Mapped[str]
    how: Mapped[str]
    signed_on: Mapped[date]
