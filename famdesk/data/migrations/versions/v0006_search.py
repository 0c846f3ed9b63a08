"""The search and the lists of persons among very many."""

from __future__ import annotations

from famdesk.data.migrations.sixth import as_in_file, search

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    search.put_in_order()
    as_in_file.protect()
