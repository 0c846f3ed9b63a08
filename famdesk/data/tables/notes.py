"""Session notes: who wrote them, about whom and when. What they say is sealed, and only in `note_part`.

A part (text, line about one person of a group, attachment, drawing) is encrypted under a key of its own; `note_key` has
that key sealed to the author and to whom the author let read. Keys and sealed texts are in no journal, or destroying
a key would not destroy the text.
"""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import BigInteger, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Path(Record):
    """A path of care: consultation, mediation, fatherhood space, personalised plan. `staff_id` has it in charge.

    `number` is what it is called by where no names are needed: P-0042. The term for keeping its notes begins on
    `closed_on`.
    """

    __tablename__ = "path"
    __table_args__ = (UniqueConstraint("centre_id", "number"),)
    number: Mapped[int]
    kind: Mapped[str]
    staff_id: Mapped[str] = ref("staff")
    opened_on: Mapped[date]
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closing_reason: Mapped[str | None] = mapped_column(default=None)


class PathPerson(Record):
    """Somebody with whom a path is walked."""

    __tablename__ = "path_person"
    __table_args__ = (UniqueConstraint("path_id", "person_id"),)
    path_id: Mapped[str] = ref("path")
    person_id: Mapped[str] = ref("person")


class Note(Record):
    """A session note without what it says. `kind`: individual, couple, family, group or team.

    `state`: draft (only the author's), signed (locked; what comes later is an addendum, `addendum_to`), destroyed (the
    keys are gone, this row stays as proof). `private`: the author's working notes, no part of the record. Signed notes
    of an author are numbered and chained: `hash` covers content and `prev`, `signature` is the author's over it,
    `people` and `parts` have the digests of the rows that name somebody and of the sealed parts (JSON). `minutes` of
    the session; None: not said.
    """

    __tablename__ = "note"
    __table_args__ = (
        Index("ix_note_author_id_day", "author_id", "day"),
        Index("ix_note_author_id_number", "author_id", "number", unique=True),
    )
    author_id: Mapped[str] = ref("staff")
    path_id: Mapped[str | None] = ref("path", nullable=True)
    appointment_id: Mapped[str | None] = ref("appointment", nullable=True)
    meeting_id: Mapped[str | None] = ref("meeting", nullable=True)
    addendum_to: Mapped[str | None] = ref("note", nullable=True)
    kind: Mapped[str]
    private: Mapped[bool] = mapped_column(default=False)
    day: Mapped[date]
    starts: Mapped[time | None] = mapped_column(default=None)
    minutes: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="draft")
    number: Mapped[int | None] = mapped_column(default=None)
    signed_at: Mapped[str | None] = mapped_column(String(32), default=None)
    prev: Mapped[str | None] = mapped_column(String(64), default=None)
    hash: Mapped[str | None] = mapped_column(String(64), default=None)
    signature: Mapped[str | None] = mapped_column(default=None)
    people: Mapped[str | None] = mapped_column(default=None)
    parts: Mapped[str | None] = mapped_column(default=None)
    destroyed_on: Mapped[date | None] = mapped_column(default=None)


class NotePerson(Record):
    """Somebody whom a note is about, as the author named them: a signature covers it, so it stays what it was when two
    files become one. Whoever reads follows the merge (see `note_people`); a note may name a person twice then.
    """

    __tablename__ = "note_person"
    note_id: Mapped[str] = ref("note")
    person_id: Mapped[str] = ref("person")


class NotePart(Record):
    """A sealed part: `text` (one a note), `line` (about one of a group, `note_person_id`), `attachment` or `drawing`.

    `sealed` is base 64 of nonce and cipher text over the padded content, bound to centre, note, part and author. Of
    files `head` is sealed by the same key and says how they are called and how large they are: files are opened when
    somebody looks at them, not with the note.
    """

    __tablename__ = "note_part"
    journalled = False
    note_id: Mapped[str] = ref("note")
    author_id: Mapped[str] = ref("staff")
    note_person_id: Mapped[str | None] = ref("note_person", nullable=True)
    kind: Mapped[str] = mapped_column(default="text")
    position: Mapped[int] = mapped_column(default=0)
    head: Mapped[str | None] = mapped_column(default=None)
    sealed: Mapped[str]


class NoteKey(Record):
    """The key of a part for one holder: a colleague, or a sealed envelope (`holder_id` None).

    `public` (base 64) is the public key that it is sealed to: after new key pairs the old ones no longer open it.
    `received`: the holder has it by the envelope, as a successor or after lost keys, and not from the author.
    `made_in` is the transaction on a server that wrote the row (0 in a file): it counts in later ones only, so that
    nobody looks and then takes back the key together with its trace.
    """

    __tablename__ = "note_key"
    __table_args__ = (
        UniqueConstraint("part_id", "holder_id", "public"),
        Index("ix_note_key_holder_id_author_id", "holder_id", "author_id"),  # what others gave, among many of one's own
    )
    journalled = False
    part_id: Mapped[str] = ref("note_part")
    author_id: Mapped[str] = ref("staff")
    holder_id: Mapped[str | None] = ref("staff", nullable=True)
    public: Mapped[str]
    received: Mapped[bool] = mapped_column(default=False)
    made_in: Mapped[int] = mapped_column(BigInteger, default=0)
    sealed: Mapped[str]
