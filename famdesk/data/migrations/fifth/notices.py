"""Notices to colleagues: the addressee alone reads them and notes that they were read; nobody deletes an unread one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.first.guards import HERE, IS_MINE
from famdesk.data.migrations.policies import close
from famdesk.data.migrations.tables import ID, Key, is_postgres, record_table, to

_SAID = "a notice stays until it is read"
_FIXED = ("id", "centre_id", "staff_id", "by_id", "kind", "subject_table", "subject_id", "made_at", "deleted_at")


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    keys = record_table(
        "notice",
        to("staff_id", "staff"),
        to("by_id", "staff"),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_table", sa.String(40)),
        sa.Column("subject_id", ID),
        sa.Column("made_at", sa.String(32), nullable=False),
        sa.Column("read_at", sa.String(32)),
    )
    op.create_index("ix_notice_staff_id_read_at", "notice", ["staff_id", "read_at"])
    if not is_postgres():
        _lock()
    return keys


def _lock() -> None:
    """In a file too: a mistake of ours shall not make a notice disappear, or say something else."""
    old, new = (", ".join(f"{row}.{name}" for name in _FIXED) for row in ("OLD", "NEW"))
    changed = f"({old}) IS NOT ({new}) OR (OLD.read_at IS NOT NULL AND NEW.read_at IS NULL)"
    for name, event, when in (
        ("notice_stays", "DELETE", "OLD.read_at IS NULL"),
        ("notice_fixed", "UPDATE", changed),
    ):
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON notice WHEN {when} "
                   f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")  # fmt: skip


def protect() -> None:
    """Anybody of the centre tells a colleague of the same centre something, in the own name."""
    close("notice", "SELECT, INSERT, DELETE")
    op.execute("GRANT UPDATE (read_at, version) ON notice TO fd_users")
    mine = f"{HERE} AND {IS_MINE}"
    colleague = "EXISTS (SELECT 1 FROM staff AS s WHERE s.id = staff_id AND s.centre_id = fd_centre())"
    # A moment that is none would keep the addressee from seeing any notice.
    moment = r"made_at ~ '^20\d\d-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{3}\+00:00$'"
    fresh = f"{HERE} AND by_id = fd_staff() AND read_at IS NULL AND deleted_at IS NULL AND {colleague} AND {moment}"
    op.execute(f"CREATE POLICY notice_read ON notice FOR SELECT TO fd_users USING ({mine})")
    op.execute(f"CREATE POLICY notice_insert ON notice FOR INSERT TO fd_users WITH CHECK ({fresh})")
    op.execute(f"CREATE POLICY notice_update ON notice FOR UPDATE TO fd_users USING ({mine} AND read_at IS NULL) "
               f"WITH CHECK ({mine} AND read_at IS NOT NULL)")  # fmt: skip
    op.execute(f"CREATE POLICY notice_delete ON notice FOR DELETE TO fd_users USING ({mine} AND read_at IS NOT NULL)")
