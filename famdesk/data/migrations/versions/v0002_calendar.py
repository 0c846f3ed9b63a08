"""The calendar in full: series, parties and resources, what is taken, reminders, feeds."""

from __future__ import annotations

from famdesk.data.migrations.second import claims, contacts, guards, search, tables
from famdesk.data.migrations.tables import add_keys, is_postgres

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_keys(tables.create())
    claims.keep()
    search.put_in_order()
    if is_postgres():
        guards.protect()
        contacts.protect()
        search.quicken()
