"""The search, the lists of persons and the calendar among very many."""

from __future__ import annotations

from famdesk.data.migrations.sixth import as_in_file, search, sight
from famdesk.data.migrations.tables import is_postgres

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    search.put_in_order()
    if is_postgres():
        sight.put()
    as_in_file.protect()
