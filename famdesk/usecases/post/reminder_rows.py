"""Reminders as queue, calendar and settings get them, and what becomes of them when an appointment is undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from famdesk.data.tables.calendar import Reminder
from famdesk.data.tables.programmes import MeetingNotice
from famdesk.data.tables.waiting import FollowUp
from famdesk.data.tx import Tx
from famdesk.domain.calendar.reminding import TOLD
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.post.mail import MailServer


class AlreadyTold(RuleError):
    message = N_("The family has been told of this appointment already. Cancel it instead.")


@dataclass(frozen=True, slots=True)
class Message:
    """What a mail or letter says. Nothing in it tells what the appointment is about.

    `starts` and `ends` local wall time; `lines` where to come; `phone` to call if one cannot; `centre` "" where nothing
    may tell it; `signed` the name at the end. `cancelled`: the appointment is off. `changed`: another time was told
    before. `language` is a code of `FAMILY_LANGUAGES`. `meeting`: of an initiative; only then `ends` None: not known,
    `whole_day`: the hour is to be set, `put_off`: the new day is to be set and `starts` the former one, `was`: when it
    was to be, `restored`: it takes place after all. `place`: instead of all that a code of
    `domain.meetings.PLACE_NEWS`; a place that is offered is kept until `starts`.
    """

    starts: datetime
    ends: datetime | None
    lines: tuple[str, ...]
    phone: str
    centre: str
    signed: str
    cancelled: bool
    changed: bool
    language: str
    meeting: bool = False
    was: datetime | None = None
    put_off: bool = False
    restored: bool = False
    whole_day: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Outbound:
    """A mail that this desk has taken for sending. `uid` and `sequence` identify its calendar entry.

    `reminder_id` is the id of a reminder, or of news of a meeting if the message is about one.
    """

    reminder_id: str
    server: MailServer
    sender: str
    sender_name: str
    recipient: str
    message: Message
    uid: str
    sequence: int
    timezone: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder that goes by post: `id` of the reminder, `name` and `address` for the envelope. `others`: ids of news
    that the same letter tells."""

    id: str
    person_id: str
    name: str
    address: str
    message: Message
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """How somebody is or will be told of an appointment. `id` None: not put down yet; `state` a code of
    `REMINDER_STATES`, `channel` of `CHANNELS`; `due` local wall time, None if never; `why` a sentence if nobody may be
    told; `error` a code of `MAIL_ERRORS`."""

    id: str | None
    who: str
    kind: str
    channel: str
    state: str
    due: datetime | None
    value: str
    note: str
    neutral: bool
    neutral_name: str | None
    why: str = ""
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """How many reminders are in which state: due `mails`, `letters` and `calls`, `sent` in the last week, `failing`
    those that are tried again; `error` the code of the newest error, None if there is none."""

    mails: int
    letters: int
    calls: int
    sent: int
    failing: int
    given_up: int
    error: str | None


_AT_ONCE = 400


def having(tx: Tx, appointment_ids: Sequence[str]) -> frozenset[str]:
    """Those of the appointments that anybody is, was or will be reminded of."""
    found = set[str]()
    for first in range(0, len(appointment_ids), _AT_ONCE):
        some = Reminder.appointment_id.in_(appointment_ids[first : first + _AT_ONCE])
        found.update(tx.session.scalars(select(Reminder.appointment_id).where(some)))
    return frozenset(found)


def forget_with(tx: Tx, table: str, row_id: str) -> None:
    """An appointment or contact point vanishes by undo: its reminders that have told nobody go with it.

    Raises:
        AlreadyTold: somebody has been told.
    """
    if table == "contact_point":
        for notice in tx.session.query(MeetingNotice).filter(MeetingNotice.contact_id == row_id).all():
            notice.contact_id = None
    if table == "appointment":
        for row in tx.session.query(Reminder).filter(Reminder.appointment_id == row_id).all():
            if row.state in TOLD and row.deleted_at is None:
                raise AlreadyTold
            task = tx.session.get(FollowUp, row.follow_up_id) if row.follow_up_id else None
            tx.session.delete(row)
            if task is not None:
                tx.session.delete(task)
        tx.session.flush()  # a server shows no reminder without its appointment: they go first
    if table == "contact_point":
        for row in tx.session.query(Reminder).filter(Reminder.contact_id == row_id).all():
            row.contact_id = None
            task = tx.session.get(FollowUp, row.follow_up_id) if row.follow_up_id else None
            if task is not None:
                task.contact_point_id = None
