"""Sheets that go out by mail, what is attached to them, and the centre's own texts of letters."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Base, Record, ref


class SheetMail(Record):
    """A sheet that goes by mail to a person (`person_id`) or to a body of the directory (`body_id`, `recipient`).

    `sheet` is the key of the sheet, `language` that of the mail, `text` what the mail says, `file_name` of what is
    attached. `due` is when it is to go out; `state` a code of `REMINDER_STATES`; `error` a code, never a text of the
    server; `done_at` (UTC, ISO) when it was taken for sending. `reason`: why it goes although the safe-contact rule
    forbids it; `overridden`: it did forbid it. `neutral`: nothing in text and sheet was to tell the centre.
    """

    __tablename__ = "sheet_mail"
    staff_id: Mapped[str] = ref("staff")
    person_id: Mapped[str | None] = ref("person", nullable=True)
    contact_id: Mapped[str | None] = ref("contact_point", nullable=True)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    recipient: Mapped[str | None] = mapped_column(default=None)
    sheet: Mapped[str]
    language: Mapped[str]
    text: Mapped[str]
    file_name: Mapped[str]
    due: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(default=None)
    done_at: Mapped[str | None] = mapped_column(String(32), default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    overridden: Mapped[bool] = mapped_column(default=False)
    neutral: Mapped[bool] = mapped_column(default=False)


class MailAttachment(Base):
    """The PDF of a `SheetMail`, by its id; it goes as soon as the mail is out. Never in the journal."""

    __tablename__ = "mail_attachment"
    owner_id: Mapped[str] = mapped_column(Uuid(as_uuid=False), primary_key=True)
    centre_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    staff_id: Mapped[str] = mapped_column(Uuid(as_uuid=False))
    data: Mapped[bytes]


class LetterText(Record):
    """What a centre writes in a kind of letter, in a language, instead of the program's own text."""

    __tablename__ = "letter_text"
    kind: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
