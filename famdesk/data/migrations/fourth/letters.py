"""Sheets by mail and the centre's own texts of letters, as they were first made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.first.guards import HERE, LEADS, SEES, WITH_FAMILIES
from famdesk.data.migrations.policies import policy
from famdesk.data.migrations.tables import ID, Key, record_table, to


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    mail = record_table(
        "sheet_mail",
        to("staff_id", "staff"),
        to("person_id", "person", nullable=True),
        to("contact_id", "contact_point", nullable=True),
        to("body_id", "body", nullable=True),
        *(sa.Column(name, sa.Text(), nullable=name == "recipient")
          for name in ("recipient", "sheet", "language", "text", "file_name")),
        sa.Column("due", sa.BigInteger(), nullable=False, index=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("done_at", sa.String(32)),
        sa.Column("reason", sa.Text()),
        sa.Column("overridden", sa.Boolean(), nullable=False),
        sa.Column("neutral", sa.Boolean(), nullable=False),
    )  # fmt: skip
    op.create_table(
        "mail_attachment",
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", name="pk_mail_attachment"),
    )
    text = record_table(
        "letter_text",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "language", "subject", "text")),
    )
    of_prints = sa.text("kind = 'print'")
    op.create_index("ix_audit_print", "audit", ["centre_id", "seq"], sqlite_where=of_prints,
                    postgresql_where=of_prints)  # fmt: skip
    return [*mail, *text]


def protect() -> None:
    """What is attached is seen with its mail, or by who wrote it; who leads the centre changes the texts."""
    about = f"{WITH_FAMILIES} AND {SEES}"
    policy("sheet_mail", read=about, write=about)
    known = "EXISTS (SELECT 1 FROM sheet_mail AS m WHERE m.id = owner_id)"
    attached = f"{WITH_FAMILIES} AND (staff_id = (SELECT fd_staff()) OR {known})"
    policy("mail_attachment", read=attached, write=attached)
    policy("letter_text", read=HERE, write=f"{HERE} AND {LEADS}")
