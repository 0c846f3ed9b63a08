"""What pages and lists of session notes show: plain rows. Only `NoteText` holds what a note says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class NoteValues:
    """What is typed about a session beside the note itself; `minutes` None: not said.

    `person_ids` are those whom it is about, in this order; `private`: working notes, no part of the record.
    """

    kind: str
    day: date
    person_ids: tuple[str, ...] = ()
    starts: time | None = None
    minutes: int | None = None
    private: bool = False
    path_id: str | None = None
    appointment_id: str | None = None
    meeting_id: str | None = None


@dataclass(frozen=True, slots=True)
class NoteTexts:
    """What a note says: `text` for all whom it is about, and `lines` (person id, text) that speak of one alone."""

    text: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note without what it says. `people` are labels as this reader may know them, "" for who is hidden.

    `signed_at` is local time. `mine`: the reader wrote it. `readable`: there is a key for the reader.
    `first` is the number of the note that an addendum belongs to.
    """

    id: str
    version: int
    author_id: str
    author: str
    kind: str
    private: bool
    day: date
    starts: time | None
    minutes: int | None
    state: str
    number: int | None
    signed_at: datetime | None
    addendum_to: str | None
    person_ids: tuple[str, ...]
    people: tuple[str, ...]
    mine: bool
    readable: bool
    path_id: str | None = None
    appointment_id: str | None = None
    meeting_id: str | None = None
    first: int | None = None


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file or drawing of a note; its bytes come by `notes.attachment`. `size` in bytes; `kind` is a media type."""

    part_id: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class NoteText:
    """An opened note. `whole` is False where the reader came by the file of one person of a group: then `lines` has
    the line about that person alone. `mark` changes with every save of the texts, at whatever desk."""

    row: NoteRow
    texts: NoteTexts
    attachments: tuple[AttachmentRow, ...]
    addenda: tuple[NoteText, ...] = ()
    whole: bool = True
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """A colleague who can read a note: the author shared it, or it was `received` by the sealed envelope."""

    staff_id: str
    name: str
    received: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands before the eyes of who signs, beside the texts: the marks of what this desk read or kept of them, ids
    of the files, and of the persons whom the note is about."""

    known: Collection[str]
    files: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Whether one's signed notes are as they were signed: `count` of them are, unbroken since `since` (None: no note
    yet), the newest with the hash `last`. `broken` is the number of the first note that is not; None: all are."""

    count: int
    since: date | None
    last: str
    broken: int | None = None


@dataclass(frozen=True, slots=True)
class HandedOver:
    """When the sealed envelope was opened for one's notes (local time), and to whom they were sealed."""

    at: datetime
    to: str
