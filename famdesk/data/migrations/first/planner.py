"""What SQLite's planner cannot guess: an index on a column that is the same in nearly all rows tells nothing.

Without figures it takes any index that is compared with "=" for a good one, and reads all persons of the centre to find
thirty of them by id. The figures are those of a large centre and never change; PostgreSQL keeps its own.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

MANY = 1_000_000
ALL_THE_SAME = ("centre_id", "merged_into_id")


def advise() -> None:
    """Writes the figures for all tables that are there."""
    op.execute("ANALYZE sqlite_schema")
    inspector = sa.inspect(op.get_bind())
    for table in inspector.get_table_names():
        for index in inspector.get_indexes(table):
            if index["column_names"] in [[name] for name in ALL_THE_SAME]:
                _write(table, str(index["name"]), MANY)
        if inspector.get_pk_constraint(table)["constrained_columns"] == ["id"]:
            _write(table, f"sqlite_autoindex_{table}_1", 1)


def _write(table: str, index: str, alike: int) -> None:
    statement = sa.text("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (:tbl, :idx, :stat)")
    op.execute(statement.bindparams(tbl=table, idx=index, stat=f"{MANY} {alike}"))
