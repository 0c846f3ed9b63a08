"""Session notes: paths of care, notes, their sealed parts and keys."""

from __future__ import annotations

from famdesk.data.migrations.fifth import guards, locks, notices, tables
from famdesk.data.migrations.second import search
from famdesk.data.migrations.tables import add_keys, is_postgres

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_keys(tables.create())
    add_keys(notices.create())
    locks.lock()
    if is_postgres():
        guards.protect()
        notices.protect()
        search.quicken()  # with the functions that came since
