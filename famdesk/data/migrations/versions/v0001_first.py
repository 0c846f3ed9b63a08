"""The first schema: directory, people, families, intake, calendar, initiatives, journal; row policies on PostgreSQL."""

from __future__ import annotations

from famdesk.data.migrations.first import directory, families, guards, journal, planner, work
from famdesk.data.migrations.tables import add_keys, is_postgres

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    keys = [*directory.create(), *work.create(), *families.create()]
    add_keys(keys)
    journal.create()
    if is_postgres():
        guards.protect()
    else:
        planner.advise()
