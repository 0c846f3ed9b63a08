"""What a path of care brings along: how long its notes stay, what stops their destruction, its proof, the team's talks.

The path itself stands beside the notes, in `famdesk.data.tables.notes`.
"""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class RetentionRule(Record):
    """How long a centre keeps session notes after a relationship has ended: `years`, five at least.

    `from_age`: for who was a minor the term does not begin before the eighteenth birthday. One row a centre.
    """

    __tablename__ = "retention_rule"
    __table_args__ = (
        UniqueConstraint("centre_id"),
        CheckConstraint("years BETWEEN 5 AND 100", name="years_enough"),
    )
    years: Mapped[int]
    from_age: Mapped[bool] = mapped_column(default=True)


class LegalHold(Record):
    """Why nothing of a path, or about a person, is destroyed: a court asks for it, a dispute is on.

    `staff_id` set it on `since`; it lasts until `ended_on`, when `ended_by_id` lifted it and said why.
    """

    __tablename__ = "legal_hold"
    __table_args__ = (CheckConstraint("(path_id IS NULL) <> (person_id IS NULL)", name="of_one"),)
    path_id: Mapped[str | None] = ref("path", nullable=True)
    person_id: Mapped[str | None] = ref("person", nullable=True)
    reason: Mapped[str]
    staff_id: Mapped[str] = ref("staff")
    since: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)
    ended_by_id: Mapped[str | None] = ref("staff", nullable=True)
    end_reason: Mapped[str | None] = mapped_column(default=None)


class Destruction(Record):
    """That the notes of a path are destroyed, or those of an author that belong to no path (`author_id`).

    `state`: proposed by one, then done by another one (`confirmed_by_id`), or withdrawn. `due_on` is the last day of
    the term. What is done has a `number` of its `year` in the register; `content` (JSON) says of each note number, day,
    hash and how many parts and keys went: never what it said, nor about whom. `cleaned_on`: when the file was cleaned
    of what deleting leaves; None on a server, where its keeper does it.
    """

    __tablename__ = "destruction"
    __table_args__ = (UniqueConstraint("centre_id", "year", "number"),)
    path_id: Mapped[str | None] = ref("path", nullable=True)
    author_id: Mapped[str | None] = ref("staff", nullable=True)
    state: Mapped[str] = mapped_column(default="proposed")
    due_on: Mapped[date]
    proposed_by_id: Mapped[str] = ref("staff")
    proposed_on: Mapped[date]
    confirmed_by_id: Mapped[str | None] = ref("staff", nullable=True)
    done_on: Mapped[date | None] = mapped_column(default=None)
    year: Mapped[int | None] = mapped_column(default=None)
    number: Mapped[int | None] = mapped_column(default=None)
    content: Mapped[str | None] = mapped_column(default=None)
    cleaned_on: Mapped[date | None] = mapped_column(default=None)


class CaseMeeting(Record):
    """A meeting of the team (équipe) that speaks about cases; `staff_id` leads it."""

    __tablename__ = "case_meeting"
    day: Mapped[date]
    starts: Mapped[time | None] = mapped_column(default=None)
    place: Mapped[str | None] = mapped_column(default=None)
    staff_id: Mapped[str] = ref("staff")


class CaseItem(Record):
    """A case on the agenda of a meeting, by the code of its path: who brings it (`staff_id`), with which question, for
    how many `minutes`, and what came of it."""

    __tablename__ = "case_item"
    case_meeting_id: Mapped[str] = ref("case_meeting")
    path_id: Mapped[str] = ref("path")
    position: Mapped[int]
    staff_id: Mapped[str] = ref("staff")
    question: Mapped[str]
    minutes: Mapped[int]
    outcome: Mapped[str | None] = mapped_column(default=None)
