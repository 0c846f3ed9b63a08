"""What helps to write session notes, and what is given out of them.

Ready texts stand here; what is given out is a note of its own (`famdesk.domain.notes.note_release`), sealed and signed
like every note. Here stands to whom it goes, covered by which consent, for which days and until when.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class NoteSnippet(Record):
    """A ready text: a template that a note begins with, or what a shortcut becomes (`kind`).

    The centre's (`staff_id` None) are read by all who write notes: `name` and `body` stand in clear. One's own are
    sealed to their owner, name and text together in `body`: `name` is None. `origin`: the template of the program that
    stands behind it.
    """

    __tablename__ = "note_snippet"
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    kind: Mapped[str]
    origin: Mapped[str | None] = mapped_column(default=None)
    name: Mapped[str | None] = mapped_column(default=None)
    body: Mapped[str]


class NoteRelease(Record):
    """An excerpt, a summary or a report (`note_id`) about one person, and its one recipient: a colleague (`staff_id`),
    a body (`body_id` or `recipient_name`), or the person or a parent (`other_id`).

    It speaks of the sessions from `covers_from` to `covers_to`. `consent_id` covers it; None: the recipient needs none.
    A colleague reads it up to and with `until`. `given_on`: the day on which it was given or printed; from then on the
    database keeps it as it is, but for its end (`ended_on`, and why).
    """

    __tablename__ = "note_release"
    note_id: Mapped[str] = ref("note")
    author_id: Mapped[str] = ref("staff")
    person_id: Mapped[str] = ref("person")
    staff_id: Mapped[str | None] = ref("staff", nullable=True)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    recipient_name: Mapped[str | None] = mapped_column(default=None)
    other_id: Mapped[str | None] = ref("person", nullable=True)
    purpose: Mapped[str]
    consent_id: Mapped[str | None] = ref("consent", nullable=True)
    covers_from: Mapped[date]
    covers_to: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    given_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_why: Mapped[str | None] = mapped_column(default=None)
