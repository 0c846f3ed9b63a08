"""What a list of persons is narrowed by has indexes; the search reads its keys out of an index alone.

On PostgreSQL the keys that begin alike stand all over their table: a keystroke read a page of it for each of them. The
primary key now has all that is asked of a key. SQLite keeps the table in the order of its key anyway.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.first.planner import MANY
from famdesk.data.migrations.tables import is_postgres

NARROWS = {"language": 50_000, "languages": 500, "municipality": 2_000, "town": 2_000}
"""Columns of persons, and how many are alike in one, as SQLite's planner is told."""


def put_in_order() -> None:
    """Makes the indexes."""
    if not is_postgres():
        op.execute("ANALYZE sqlite_schema")
    for column, alike in NARROWS.items():
        known = sa.text(f"{column} IS NOT NULL")
        op.create_index(f"ix_person_{column}", "person", ["centre_id", column], sqlite_where=known,
                        postgresql_where=known)  # fmt: skip
        if not is_postgres():
            figures = sa.text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('person', :idx, :stat)")
            op.execute(figures.bindparams(idx=f"ix_person_{column}", stat=f"{MANY} {MANY} {alike}"))
    if is_postgres():
        op.execute("ALTER TABLE search_key DROP CONSTRAINT pk_search_key")
        op.execute("ALTER TABLE search_key ADD CONSTRAINT pk_search_key PRIMARY KEY (key, record_id) "
                   "INCLUDE (kind, centre_id, guarded)")  # fmt: skip
