"""Unfinished work: what is still to be signed, noted, answered; for each colleague the own, for the coordinator all.

Numbers and days only: never what a note says, nor whom anything is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Date, Select, String, Text, Uuid, column, exists, func, or_, select

from famdesk.data.journal import AuditEntry
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.notes import Note, NoteKey, NotePart
from famdesk.data.tables.referrals import Referral
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.intake.referrals import OPEN
from famdesk.usecases.registry import query

KINDS = ("note", "outcome", "follow_up", "card", "referral", "envelope", "account")
"""In this order they are shown. note: drafts to be signed; outcome: past appointments of which nobody said what came of
them; follow_up: what was promised for a day that is over; card: access cards that lack something; referral: answers
that are overdue; envelope: signed notes that the sealed envelope does not have; account: colleagues who did not sign in
for long, with the day of their last entry."""
OUTCOMES_DAYS = 92
UNUSED_DAYS = 30
_TO_COME = ("planned", "confirmed", "arrived")


@dataclass(frozen=True, slots=True)
class UnfinishedRow:
    """How much of a `kind` waits for a colleague, and since which day; `staff_id` None: for nobody in particular.

    `oldest` None: of an account that was never used.
    """

    kind: str
    staff_id: str | None
    name: str
    many: int
    oldest: date | None


@query
def centre(tx: Tx) -> tuple[UnfinishedRow, ...]:
    """The unfinished work of all colleagues, by kind and, within it, the oldest first."""
    return _rows(tx, None)


@query
def mine(tx: Tx) -> tuple[UnfinishedRow, ...]:
    """One's own unfinished work, by kind."""
    return _rows(tx, tx.actor.staff_id)


def _rows(tx: Tx, only: str | None) -> tuple[UnfinishedRow, ...]:
    found = _told(tx) if tx.session.get_bind().dialect.name == "postgresql" else list(_counted(tx))
    names = {row.id: row.name for row in tx.rows(select(Staff.id, Staff.name).where(Staff.centre_id == tx.centre_id))}
    rows = [UnfinishedRow(kind, staff_id, names.get(staff_id, "") if staff_id else "", many, oldest)
            for kind, staff_id, many, oldest in found if only is None or staff_id == only]  # fmt: skip
    return tuple(sorted((row for row in rows if row.many and (only is None or row.kind != "account")),
                        key=lambda row: (KINDS.index(row.kind), row.oldest or date.min, row.name)))  # fmt: skip


def _told(tx: Tx) -> list[Any]:
    """What a server counts for who leads the centre; for anybody else of the own rows only."""
    today = tx.today()
    told = func.fd_unfinished(
        today, today - timedelta(days=OUTCOMES_DAYS), today - timedelta(days=UNUSED_DAYS)
    ).table_valued(
        column("kind", Text), column("staff_id", Uuid(as_uuid=False)), column("many"), column("oldest", Date)
    ).c  # fmt: skip
    return [tuple(row) for row in tx.rows(select(*told))]


def _counted(tx: Tx) -> Iterator[tuple[str, str | None, int, date | None]]:
    for kind, statement in _counts(tx):
        for staff_id, many, oldest in tx.rows(statement):
            yield kind, staff_id, many, oldest.date() if isinstance(oldest, datetime) else oldest
    since = (tx.utc - timedelta(days=UNUSED_DAYS)).date()
    accounts = (Staff.centre_id == tx.centre_id, Staff.active, Staff.login.is_not(None), Staff.deleted_at.is_(None))
    last = (
        select(AuditEntry.at).where(AuditEntry.centre_id == tx.centre_id, AuditEntry.staff_id == Staff.id)
        .order_by(AuditEntry.seq.desc()).limit(1).correlate(Staff).scalar_subquery()
    )  # fmt: skip
    for staff_id, at in tx.rows(select(Staff.id, last.cast(String)).where(*accounts)):
        day = date.fromisoformat(at[:10]) if at else None
        if day is None or day < since:
            yield "account", staff_id, 1, day


def _counts(tx: Tx) -> Iterator[tuple[str, Select[*tuple[Any, ...]]]]:
    """What is counted in a file, by kind; a server counts the same in its own words."""
    today, midnight = tx.today(), datetime.combine(tx.today(), time())
    yield "note", _by(Note, Note.author_id, Note.day, tx).where(Note.state == "draft", Note.private.is_(False))
    one = Appointment
    yield "outcome", _by(one, one.staff_id, one.starts, tx).where(
        one.kind != "absence", one.state.in_(_TO_COME), one.starts < midnight,
        one.starts >= midnight - timedelta(days=OUTCOMES_DAYS),
    )  # fmt: skip
    yield (
        "follow_up",
        _by(FollowUp, FollowUp.staff_id, FollowUp.due_on, tx).where(FollowUp.state == "open", FollowUp.due_on < today),
    )
    card = AccessCard
    yield "card", _by(card, card.operator_id, card.at, tx).where(
        or_(card.channel.is_(None), card.needs == "", card.answers.is_(None), card.outcome.is_(None),
            card.outcome == "pending")
    )  # fmt: skip
    yield (
        "referral",
        _by(Referral, Referral.operator_id, Referral.answer_due, tx).where(
            Referral.state.in_(OPEN), Referral.answer_due < today
        ),
    )
    outside = exists().where(
        NotePart.note_id == Note.id, ~exists().where(NoteKey.part_id == NotePart.id, NoteKey.holder_id.is_(None))
    )
    yield (
        "envelope",
        _by(Note, Note.author_id, Note.day, tx).where(Note.state == "signed", Note.private.is_(False), outside),
    )


def _by(kind: Any, staff: Any, day: Any, tx: Tx) -> Select[*tuple[Any, ...]]:
    where = (kind.centre_id == tx.centre_id, kind.deleted_at.is_(None))
    return select(staff, func.count(), func.min(day)).where(*where).group_by(staff)
