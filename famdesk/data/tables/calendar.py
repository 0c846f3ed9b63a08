"""Appointments, their series, whom and what they take, reminders, and where calendars are published."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, Text, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Base, Record, ref


class Series(Record):
    """What several appointments have in common: a rule, or only that they were put down together.

    The rule generates, the appointments are the truth. `rule` is the value of an RRULE (RFC 5545), None for days that
    were chosen by hand; `starts` the first start that it was made for; `minutes` the length; `made_until` the last day
    up to which appointments were made, None if the series ends and all are there. `uid` and `source_text` are kept
    from a calendar file: the text as it was read, with what FamDesk has no place for.
    """

    __tablename__ = "series"
    rule: Mapped[str | None] = mapped_column(default=None)
    starts: Mapped[datetime]
    minutes: Mapped[int]
    made_until: Mapped[date | None] = mapped_column(default=None)
    uid: Mapped[str | None] = mapped_column(default=None, index=True)
    source_text: Mapped[str | None] = mapped_column(default=None)


class Appointment(Record):
    """A dated meeting of a colleague with somebody (or with nobody named): half-open [starts, ends), local wall time.

    `kind` is a code; `label` what the calendar says beside it, `note` a longer text that only the open appointment
    shows; `overlap_reason` is why a double booking was allowed. `original` is the start that the rule of its series
    gave; an appointment with the state "skipped" is a date that was taken out of the series and can be brought back.
    `all_day`: starts and ends are midnights. `place_id` or `where_text`: where, if not at the access point;
    `travel_before` and `travel_after` are minutes that take the colleagues too. `no_show_reason` is a code. `uid` and
    `source_text` as for a series. `path_id`: the path of care that it belongs to.
    """

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_start"),
        # Few go on after midnight. They are looked for apart, so that a week is one short range of the index of starts.
        Index("ix_appointment_long", "ends", sqlite_where=text("(ends - 1) / 1440 > starts / 1440"),
              postgresql_where=text("(ends - 1) / 1440 > starts / 1440")),
    )  # fmt: skip
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
    series_id: Mapped[str | None] = ref("series", nullable=True)
    original: Mapped[datetime | None] = mapped_column(default=None)
    all_day: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    place_id: Mapped[str | None] = ref("place", nullable=True)
    where_text: Mapped[str | None] = mapped_column(default=None)
    travel_before: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    travel_after: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    no_show_reason: Mapped[str | None] = mapped_column(default=None)
    path_id: Mapped[str | None] = ref("path", nullable=True)
    note: Mapped[str | None] = mapped_column(default=None)
    uid: Mapped[str | None] = mapped_column(default=None, index=True)
    source_text: Mapped[str | None] = mapped_column(default=None)


class Resource(Record):
    """What or who can be booked and is neither a room nor a colleague: equipment, a car, a mediator.

    `kind` is a code; `languages` are the codes of what a mediator speaks, parted by blanks.
    """

    __tablename__ = "resource"
    kind: Mapped[str]
    name: Mapped[str]
    languages: Mapped[str | None] = mapped_column(default=None)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    place_id: Mapped[str | None] = ref("place", nullable=True)
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)


class AppointmentParty(Record):
    """Who or what takes part beside the appointment's own person, colleague and room: exactly one of the four.

    `kind` is staff, room, resource or person.
    """

    __tablename__ = "appointment_party"
    appointment_id: Mapped[str] = ref("appointment")
    kind: Mapped[str]
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    room_id: Mapped[str | None] = ref("room", nullable=True)
    resource_id: Mapped[str | None] = ref("resource", nullable=True)
    person_id: Mapped[str | None] = ref("person", nullable=True)


class Claim(Base):
    """What an appointment takes: a colleague, a room, a resource (`subject_id`) from `starts` to before `ends`.

    Written by triggers of the database, whatever changes an appointment. `exclusive` False: it was booked although
    something else was there, with a reason. Two exclusive ones of one subject never overlap.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index("ix_claim_subject_id_starts", "subject_id", "starts"),
        Index("ix_claim_long", "subject_id", "ends", sqlite_where=text("ends - starts > 1440"),
              postgresql_where=text("ends - starts > 1440")),
        {"sqlite_with_rowid": False},
    )  # fmt: skip
    source_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    subject_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    kind: Mapped[str] = mapped_column(Text)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    exclusive: Mapped[bool]


class Reminder(Record):
    """A message to a person about an appointment. `channel` is mail, letter or call, by the safe-contact rule.

    `kind` is reminder, or news or off for a change; `starts` is the start of the appointment that it tells. `due` is
    when it is to go out; `state` a code of `REMINDER_STATES`; `error` a code, never a text of the server; `done_at`
    (UTC, ISO) when it was taken for sending or was done. `follow_up_id`: what a letter or call is among the things to
    do.
    """

    __tablename__ = "reminder"
    appointment_id: Mapped[str] = ref("appointment")
    person_id: Mapped[str] = ref("person")
    contact_id: Mapped[str | None] = ref("contact_point", nullable=True)
    kind: Mapped[str] = mapped_column(default="reminder", server_default=text("'reminder'"))
    starts: Mapped[datetime]
    channel: Mapped[str]
    due: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(default=None)
    done_at: Mapped[str | None] = mapped_column(String(32), default=None)
    follow_up_id: Mapped[str | None] = ref("follow_up", nullable=True)


class MailAccount(Record):
    """The mail server that sends a centre's messages. `security` is tls or starttls; the password is a `Secret`.

    `hours_before` is how long before an appointment its reminder goes out. `neutral_sender` is the address that mails
    come from which must not tell the centre; without one there are no such mails.
    """

    __tablename__ = "mail_account"
    host: Mapped[str]
    port: Mapped[int]
    security: Mapped[str]
    login: Mapped[str | None] = mapped_column(default=None)
    sender: Mapped[str]
    sender_name: Mapped[str | None] = mapped_column(default=None)
    neutral_sender: Mapped[str | None] = mapped_column(default=None)
    hours_before: Mapped[int] = mapped_column(default=24)
    active: Mapped[bool] = mapped_column(default=True)


class Feed(Record):
    """A calendar that is published, to be read only: as a file (`path`) or on a CalDAV server (`url`, `login`).

    `subject_kind` is centre, staff, room, point or initiative, `subject_id` which one. Without `with_names` it says
    only that somebody or something is taken.
    """

    __tablename__ = "feed"
    name: Mapped[str]
    kind: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str | None] = mapped_column(Uuid(as_uuid=False), default=None)
    with_names: Mapped[bool] = mapped_column(default=False)
    path: Mapped[str | None] = mapped_column(default=None)
    url: Mapped[str | None] = mapped_column(default=None)
    login: Mapped[str | None] = mapped_column(default=None)
    active: Mapped[bool] = mapped_column(default=True)


class FeedState(Base):
    """When a feed was last published (UTC, ISO text), how it went (a code), what is there: JSON of uid to digest."""

    __tablename__ = "feed_state"
    feed_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    at: Mapped[str] = mapped_column(String(32))
    outcome: Mapped[str] = mapped_column(Text)
    there: Mapped[str] = mapped_column(Text)


class Secret(Base):
    """A password of another server, by the id of the mail account or feed that it belongs to. Never in the journal."""

    __tablename__ = "secret"
    owner_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    value: Mapped[str] = mapped_column(Text)
