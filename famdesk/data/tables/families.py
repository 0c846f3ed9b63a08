"""How people belong together: relations, who decides for a minor, where a child lives by an act, who may collect it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class Relation(Record):
    """What `person` is to `other`, dated: "person is the birth parent of other", "person is a neighbour of other".

    One row for both directions; kinds and their opposites are in `famdesk.domain.people.families`. `quality` is how
    people say they get on (close, distant, conflict, cut off), None: not said. `valid_to` None: still so.
    """

    __tablename__ = "relation"
    person_id: Mapped[str] = ref("person")
    other_id: Mapped[str] = ref("person")
    kind: Mapped[str]
    quality: Mapped[str | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Responsibility(Record):
    """Who decides for a minor (`person_id`), by which act: parents, guardians, curators, foster carers.

    The holder is a person the centre knows (`other_id`), a body (a comune that holds the guardianship) or a name.
    `state` says whether it is full, limited, suspended or ended by a court. Source: artt. 316 ff., 330, 333, 343 ff.
    c.c.; L. 184/1983; L. 47/2017 art. 11 for volunteer guardians.
    """

    __tablename__ = "responsibility"
    person_id: Mapped[str] = ref("person")
    other_id: Mapped[str | None] = ref("person", nullable=True)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    holder_name: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(default="full")
    act_authority: Mapped[str | None] = mapped_column(default=None)
    act_number: Mapped[str | None] = mapped_column(default=None)
    act_on: Mapped[date | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Placement(Record):
    """Where a child lives by an act: foster care, kinship care, reception home, pre-adoptive placement, adoption.

    Source: L. 184/1983; the fields are those of SISO's foster care plan.
    """

    __tablename__ = "placement"
    person_id: Mapped[str] = ref("person")
    household_id: Mapped[str | None] = ref("household", nullable=True)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    kind: Mapped[str]
    partial: Mapped[bool] = mapped_column(default=False)
    act_authority: Mapped[str | None] = mapped_column(default=None)
    act_number: Mapped[str | None] = mapped_column(default=None)
    act_on: Mapped[date | None] = mapped_column(default=None)
    visits: Mapped[str | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Measure(Record):
    """A measure of a court about a person, civil or penal: a drawer that few may open."""

    __tablename__ = "measure"
    person_id: Mapped[str] = ref("person")
    field: Mapped[str]
    authority: Mapped[str | None] = mapped_column(default=None)
    number: Mapped[str | None] = mapped_column(default=None)
    taken_on: Mapped[date | None] = mapped_column(default=None)
    text: Mapped[str]
    valid_to: Mapped[date | None] = mapped_column(default=None)


class Delegate(Record):
    """Who may collect a child or be told of it: a person the centre knows (`other_id`) or a name.

    `may_be_told` is a code of `famdesk.domain.people.families.MAY_BE_TOLD`; `seen_document` says that an identity
    document was looked at, never its number.
    """

    __tablename__ = "delegate"
    person_id: Mapped[str] = ref("person")
    other_id: Mapped[str | None] = ref("person", nullable=True)
    name: Mapped[str | None] = mapped_column(default=None)
    relation: Mapped[str | None] = mapped_column(default=None)
    may_collect: Mapped[bool] = mapped_column(default=True)
    may_be_told: Mapped[str] = mapped_column(default="nothing")
    seen_document: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
