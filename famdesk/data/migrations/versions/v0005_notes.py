"""Session notes: paths of care, notes, their sealed parts and keys."""

from __future__ import annotations

from famdesk.data.migrations.fifth import (
    destroying,
    doors,
    emergency,
    escrow,
    guards,
    known_again,
    locks,
    merged,
    notices,
    paths,
    powers,
    supervision,
    tables,
    traces,
    unsaid,
    writing,
)
from famdesk.data.migrations.second import search
from famdesk.data.migrations.tables import add_keys, is_postgres

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_keys(tables.create())
    add_keys(notices.create())
    add_keys(escrow.create())
    add_keys(paths.create())
    add_keys(powers.create())
    add_keys(emergency.create())
    traces.create()
    add_keys(writing.create())
    locks.lock()
    destroying.lock()
    if not is_postgres():
        merged.narrow()
    if is_postgres():
        guards.protect()
        paths.protect()
        notices.protect()
        escrow.protect()
        writing.protect()
        emergency.protect()  # after all others: it closes what speaks of persons
        traces.protect()
        supervision.protect()
        doors.protect()
        known_again.protect()
        powers.protect()  # after the others: every table with its policies is there
        unsaid.protect()
        search.quicken()  # with the functions that came since
