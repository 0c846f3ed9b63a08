"""Programmes in full: targets, parties and claims of meetings, waiting lists, certificates, feedback, applications."""

from __future__ import annotations

from famdesk.data.migrations.fourth import claims, guards, letters, one_id, secrets, sight, tables
from famdesk.data.migrations.tables import add_keys, is_postgres

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_keys([*tables.create(), *letters.create()])
    claims.keep()
    one_id.keep()
    if is_postgres():
        guards.protect()
        letters.protect()
        secrets.protect()
        sight.put()
