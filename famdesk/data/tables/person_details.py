"""What is known of a person beside the identity: school, flags, the centre's own fields; saved searches."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref


class SchoolYear(Record):
    """The school or nursery of a child in one school year. `year` 2025 is 2025/26, which begins on 1 September."""

    __tablename__ = "school_year"
    person_id: Mapped[str] = ref("person")
    year: Mapped[int]
    kind: Mapped[str | None] = mapped_column(default=None)
    school: Mapped[str | None] = mapped_column(default=None)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    grade: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Flag(Record):
    """Something that makes a person vulnerable; `sensitive` ones are seen by fewer. None prints unless asked for."""

    __tablename__ = "flag"
    person_id: Mapped[str] = ref("person")
    kind: Mapped[str]
    sensitive: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date | None] = mapped_column(default=None)
    review_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class CustomField(Record):
    """A field of the centre's own for persons, made in the settings. `kind`: text, number, date, yes_no, choice;
    `choices` are parted by line ends. One that is retired keeps its values and is no longer offered."""

    __tablename__ = "custom_field"
    name: Mapped[str]
    kind: Mapped[str]
    choices: Mapped[str | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)


class CustomValue(Record):
    """A person's value in a field of the centre's own, as text (dates in ISO form, yes_no as "yes" or "no")."""

    __tablename__ = "custom_value"
    person_id: Mapped[str] = ref("person")
    field_id: Mapped[str] = ref("custom_field")
    value: Mapped[str]


class SavedSearch(Record):
    """A search in People that a colleague keeps under a name; `filters` is JSON."""

    __tablename__ = "saved_search"
    staff_id: Mapped[str] = ref("staff")
    name: Mapped[str]
    filters: Mapped[str]


class Merge(Record):
    """Two files of one person made one: `person_id` was kept, `other_id` went. `moves` is JSON: what was where before.

    Can be taken apart again for 30 days; `undone_on` says that it was.
    """

    __tablename__ = "merge"
    person_id: Mapped[str] = ref("person")
    other_id: Mapped[str] = ref("person")
    staff_id: Mapped[str] = ref("staff")
    merged_on: Mapped[date]
    moves: Mapped[str]
    undone_on: Mapped[date | None] = mapped_column(default=None)


class NotSame(Record):
    """Two persons whom somebody looked at and found to be two: the warning of doubles does not speak of them again."""

    __tablename__ = "not_same"
    person_id: Mapped[str] = ref("person")
    other_id: Mapped[str] = ref("person")
