"""How a table is closed on PostgreSQL: grants and row-level policies, for revisions."""

from __future__ import annotations

from alembic import op


def close(table: str, grants: str) -> None:
    """Nobody gets at the table but by policies that follow; `grants` are what the policies may allow."""
    op.execute(f"GRANT {grants} ON {table} TO fd_users")
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def policy(table: str, *, read: str, write: str, grants: str = "SELECT, INSERT, UPDATE, DELETE") -> None:
    """`read` says which rows are seen, `write` which may be made; who changes or deletes a row must also see it.

    PostgreSQL applies the policy for reading to an UPDATE or DELETE only if its statement reads, so it is said here.
    """
    close(table, grants)
    op.execute(f"CREATE POLICY {table}_read ON {table} FOR SELECT TO fd_users USING ({read})")
    op.execute(f"CREATE POLICY {table}_insert ON {table} FOR INSERT TO fd_users WITH CHECK ({write})")
    both = f"({read}) AND ({write})"
    op.execute(f"CREATE POLICY {table}_update ON {table} FOR UPDATE TO fd_users USING ({both}) WITH CHECK ({write})")
    op.execute(f"CREATE POLICY {table}_delete ON {table} FOR DELETE TO fd_users USING ({both})")
