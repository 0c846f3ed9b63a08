"""Persons, households, contact points, and who works with a person."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, ref

BY_NAME = ("surname", "given_name", "alias", "id")
"""The order of lists of persons."""


class Person(Record):
    """Somebody the centre knows: by alias until the privacy notice is given, by name after.

    Everything may be unknown. `tax_code` is optional and never a key. `protected`: invisible to roles without the
    right "p"; `restricted`: processing is limited (GDPR art. 18), only roles with the right "r" see it.
    `owner_staff_id` is the colleague in charge (referente).

    `birth_part` is a birth date known in part, "1987" or "1987-05" (None where it is whole or not known at all);
    `due_on` when a child is expected; `languages` codes beside `language`, parted by blanks; `abode` a code of where
    somebody lives (no fixed abode, reception home…). `no_contact`: nobody calls or writes, whatever the contact points
    say. `merged_into_id`: this file was made one with another, which is the one to open. `erased_on`: the person's
    data were erased or made anonymous; what the figures need stays.
    """

    __tablename__ = "person"
    # The few that are hidden from somebody are looked up by whoever asks what may be shown of the calendar.
    __table_args__ = (
        Index("ix_person_name", *BY_NAME),
        *(Index(name, *columns, sqlite_where=text(only), postgresql_where=text(only)) for name, columns, only in (
            ("ix_person_protected", ("centre_id", *BY_NAME), "protected"),
            ("ix_person_mediator", ("centre_id", *BY_NAME), "needs_mediator"),
            ("ix_person_privacy_open", ("privacy", *BY_NAME), "privacy <> 'signed'"),
        )),
        *(Index(f"ix_person_{name}", "centre_id", name, sqlite_where=text(f"{name} IS NOT NULL"),
                postgresql_where=text(f"{name} IS NOT NULL"))
          for name in ("language", "languages", "municipality", "town")),
        Index("ix_person_guarded", "id", sqlite_where=text("protected OR restricted"),
              postgresql_where=text("protected OR restricted")),
        Index("ix_person_merged_into_id", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
    )  # fmt: skip
    surname: Mapped[str | None] = mapped_column(default=None)
    given_name: Mapped[str | None] = mapped_column(default=None)
    alias: Mapped[str | None] = mapped_column(default=None)
    sex: Mapped[str | None] = mapped_column(default=None)
    birth_date: Mapped[date | None] = mapped_column(default=None, index=True)
    birth_text: Mapped[str | None] = mapped_column(default=None)
    birth_part: Mapped[str | None] = mapped_column(default=None)
    birth_place: Mapped[str | None] = mapped_column(default=None)
    died_on: Mapped[date | None] = mapped_column(default=None)
    due_on: Mapped[date | None] = mapped_column(default=None)
    tax_code: Mapped[str | None] = mapped_column(default=None)
    language: Mapped[str | None] = mapped_column(default=None)
    languages: Mapped[str | None] = mapped_column(default=None)
    needs_mediator: Mapped[bool] = mapped_column(default=False)
    citizenship: Mapped[str | None] = mapped_column(default=None)
    second_citizenship: Mapped[str | None] = mapped_column(default=None)
    abode: Mapped[str | None] = mapped_column(default=None)
    municipality: Mapped[str | None] = mapped_column(default=None)
    town: Mapped[str | None] = mapped_column(default=None)
    privacy: Mapped[str] = mapped_column(default="none")
    privacy_on: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    fictional: Mapped[bool] = mapped_column(default=False)
    protected: Mapped[bool] = mapped_column(default=False)
    restricted: Mapped[bool] = mapped_column(default=False)
    no_contact: Mapped[bool] = mapped_column(default=False)
    owner_staff_id: Mapped[str | None] = ref("staff", nullable=True)
    merged_into_id: Mapped[str | None] = ref("person", nullable=True, index=False)
    erased_on: Mapped[date | None] = mapped_column(default=None)


class Household(Record):
    """People who live together; a child may belong to two."""

    __tablename__ = "household"
    name: Mapped[str]
    address: Mapped[str | None] = mapped_column(default=None)
    town: Mapped[str | None] = mapped_column(default=None)
    municipality: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Membership(Record):
    """A person's place in a household, dated; `valid_to` None: still there.

    `days` says in words when a child that has two homes is here ("Mon–Wed, every second weekend").
    """

    __tablename__ = "membership"
    household_id: Mapped[str] = ref("household")
    person_id: Mapped[str] = ref("person")
    role: Mapped[str] = mapped_column(default="member")
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    days: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class ContactPoint(Record):
    """A phone, mail or address of a person, with its owner (whose phone it is) and its safe-contact rule.

    `safe_from`/`safe_to` are the hours when calling is safe (None: any); `neutral_name` is what to say instead of the
    centre's name. `hidden`: only who works on the file sees it, and it leaves the program on no sheet and in no list.
    """

    __tablename__ = "contact_point"
    person_id: Mapped[str] = ref("person")
    kind: Mapped[str]
    value: Mapped[str] = mapped_column(index=True)
    owner: Mapped[str | None] = mapped_column(default=None)
    may_call: Mapped[bool] = mapped_column(default=True)
    may_leave_message: Mapped[bool] = mapped_column(default=True)
    may_write: Mapped[bool] = mapped_column(default=True)
    safe_from: Mapped[time | None] = mapped_column(default=None)
    safe_to: Mapped[time | None] = mapped_column(default=None)
    neutral_name: Mapped[str | None] = mapped_column(default=None)
    hidden: Mapped[bool] = mapped_column(default=False)


class PersonStaff(Record):
    """A colleague's tie to a person: `assigned` (works on the case) or `blocked` (conflict of interest; deny wins)."""

    __tablename__ = "person_staff"
    person_id: Mapped[str] = ref("person")
    staff_id: Mapped[str] = ref("staff")
    kind: Mapped[str]
    reason: Mapped[str | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
