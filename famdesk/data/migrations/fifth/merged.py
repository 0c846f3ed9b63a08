"""Who was made one with a file is looked for at every save of a person, and hardly anybody was.

Revision 0001 tells SQLite that the index tells nothing, as nearly all rows are alike in it: right for who was not made
one with anybody, but then it reads all persons for those of one file. The index has now only those who were.
"""

from __future__ import annotations

from alembic import op

INDEX = "ix_person_merged_into_id"


def narrow() -> None:
    """On SQLite; PostgreSQL counts what is in its indexes."""
    op.execute(f"DROP INDEX {INDEX}")
    op.execute(f"CREATE INDEX {INDEX} ON person (merged_into_id) WHERE merged_into_id IS NOT NULL")
    op.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('person', 'ix_person_merged_into_id', '1000 2')")
    op.execute("ANALYZE sqlite_schema")
