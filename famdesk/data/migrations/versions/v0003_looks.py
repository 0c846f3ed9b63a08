"""How a centre's sheets look."""

from __future__ import annotations

import sqlalchemy as sa

from famdesk.data.migrations.first.guards import HERE, LEADS
from famdesk.data.migrations.policies import policy
from famdesk.data.migrations.tables import add_keys, is_postgres, record_table, to

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    look = record_table(
        "sheet_look",
        sa.Column("colour", sa.Text()),
        sa.Column("header", sa.Text()),
        sa.Column("footer", sa.Text()),
        sa.Column("with_partners", sa.Boolean(), nullable=False),
    )
    logo = record_table(
        "sheet_logo",
        to("body_id", "body", nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("image", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
    )
    add_keys([*look, *logo])
    if is_postgres():
        for table in ("sheet_look", "sheet_logo"):  # everybody prints with them, who leads the centre changes them
            policy(table, read=HERE, write=f"{HERE} AND {LEADS}")
