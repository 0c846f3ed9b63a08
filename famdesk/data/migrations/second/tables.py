"""The tables of the calendar in full: series, parties, resources, claims, reminders, feeds. As they were first made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.tables import ID, Key, add_columns, record_table, to

LONG = "(ends - 1) / 1440 > starts / 1440"
"""An appointment that goes on after midnight; times are minutes."""


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    keys = [*_series(), *_resource(), *_appointment(), *_party(), *_reminder(), *_mail_account(), *_feed()]
    _claim()
    _feed_state()
    _secret()
    return keys


def _series() -> list[Key]:
    return record_table(
        "series",
        sa.Column("rule", sa.Text()),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("made_until", sa.Date()),
        sa.Column("uid", sa.Text(), index=True),
        sa.Column("source_text", sa.Text()),
    )


def _resource() -> list[Key]:
    return record_table(
        "resource",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text()),
        to("body_id", "body", nullable=True),
        to("place_id", "place", nullable=True),
        sa.Column("phone", sa.Text()),
        sa.Column("mail", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
    )


def _appointment() -> list[Key]:
    keys = add_columns(
        "appointment",
        to("series_id", "series", nullable=True),
        sa.Column("original", sa.BigInteger()),
        sa.Column("all_day", sa.Boolean(), nullable=False, server_default=sa.text("false")),
        to("place_id", "place", nullable=True),
        sa.Column("where_text", sa.Text()),
        sa.Column("travel_before", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("travel_after", sa.Integer(), nullable=False, server_default=sa.text("0")),
        sa.Column("no_show_reason", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.Column("uid", sa.Text(), index=True),
        sa.Column("source_text", sa.Text()),
    )
    where = sa.text(LONG)
    op.create_index("ix_appointment_long", "appointment", ["ends"], sqlite_where=where, postgresql_where=where)
    return keys


def _party() -> list[Key]:
    return record_table(
        "appointment_party",
        to("appointment_id", "appointment"),
        sa.Column("kind", sa.Text(), nullable=False),
        to("staff_id", "staff", nullable=True),
        to("room_id", "room", nullable=True),
        to("resource_id", "resource", nullable=True),
        to("person_id", "person", nullable=True),
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("source_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("exclusive", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", "subject_id", name="pk_claim"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_subject_id_starts", "claim", ["subject_id", "starts"])
    longer = sa.text("ends - starts > 1440")
    op.create_index("ix_claim_long", "claim", ["subject_id", "ends"], sqlite_where=longer, postgresql_where=longer)
    guarded = sa.text("protected OR restricted")
    op.create_index("ix_person_guarded", "person", ["id"], sqlite_where=guarded, postgresql_where=guarded)


def _reminder() -> list[Key]:
    return record_table(
        "reminder",
        to("appointment_id", "appointment"),
        to("person_id", "person"),
        to("contact_id", "contact_point", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False, server_default=sa.text("'reminder'")),
        sa.Column("starts", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False, index=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("done_at", sa.String(32)),
        to("follow_up_id", "follow_up", nullable=True),
    )


def _mail_account() -> list[Key]:
    return record_table(
        "mail_account",
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("security", sa.Text(), nullable=False),
        sa.Column("login", sa.Text()),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("sender_name", sa.Text()),
        sa.Column("neutral_sender", sa.Text()),
        sa.Column("hours_before", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
    )


def _feed() -> list[Key]:
    return record_table(
        "feed",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", ID),
        sa.Column("with_names", sa.Boolean(), nullable=False),
        sa.Column("path", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("login", sa.Text()),
        sa.Column("active", sa.Boolean(), nullable=False),
    )


def _feed_state() -> None:
    op.create_table(
        "feed_state",
        sa.Column("feed_id", ID, nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("there", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("feed_id", name="pk_feed_state"),
    )


def _secret() -> None:
    op.create_table(
        "secret",
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name="pk_secret"),
    )
