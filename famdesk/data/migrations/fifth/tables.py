"""The tables of session notes, as they were first made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.tables import Key, add_columns, record_table, to


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    of_envelope = sa.text("kind = 'escrow'")
    op.create_index("ix_audit_escrow", "audit", ["centre_id", "seq"], sqlite_where=of_envelope,
                    postgresql_where=of_envelope)  # fmt: skip
    return [*_path(), *_note(), *_part(), *add_columns("centre", sa.Column("least_told", sa.Integer()))]


def _path() -> list[Key]:
    path = record_table(
        "path",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        to("staff_id", "staff"),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("closing_reason", sa.Text()),
        sa.UniqueConstraint("centre_id", "number", name="uq_path_centre_id_number"),
    )
    person = record_table(
        "path_person",
        to("path_id", "path"),
        to("person_id", "person"),
        sa.UniqueConstraint("path_id", "person_id", name="uq_path_person_path_id_person_id"),
    )
    return [*path, *person]


def _note() -> list[Key]:
    note = record_table(
        "note",
        to("author_id", "staff"),
        to("path_id", "path", nullable=True),
        to("appointment_id", "appointment", nullable=True),
        to("meeting_id", "meeting", nullable=True),
        to("addendum_to", "note", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("private", sa.Boolean(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time()),
        sa.Column("minutes", sa.Integer()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer()),
        sa.Column("signed_at", sa.String(32)),
        sa.Column("prev", sa.String(64)),
        sa.Column("hash", sa.String(64)),
        sa.Column("signature", sa.Text()),
        sa.Column("people", sa.Text()),
        sa.Column("parts", sa.Text()),
        sa.Column("destroyed_on", sa.Date()),
    )
    op.create_index("ix_note_author_id_day", "note", ["author_id", "day"])
    op.create_index("ix_note_author_id_number", "note", ["author_id", "number"], unique=True)
    person = record_table(
        "note_person",
        to("note_id", "note"),
        to("person_id", "person"),
    )
    return [*note, *person]


def _part() -> list[Key]:
    part = record_table(
        "note_part",
        to("note_id", "note"),
        to("author_id", "staff"),
        to("note_person_id", "note_person", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text()),
        sa.Column("sealed", sa.Text(), nullable=False),
    )
    key = record_table(
        "note_key",
        to("part_id", "note_part"),
        to("author_id", "staff"),
        to("holder_id", "staff", nullable=True),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("received", sa.Boolean(), nullable=False),
        sa.Column("made_in", sa.BigInteger(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.UniqueConstraint("part_id", "holder_id", "public", name="uq_note_key_part_id_holder_id_public"),
    )
    op.create_index("ix_note_key_holder_id_author_id", "note_key", ["holder_id", "author_id"])
    return [*part, *key]
