"""Paths of care on PostgreSQL and in a file: the tables around them, who sees which, and what is locked.

The code of a path is known to whom its persons are known, to nobody else.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.fifth import destroying
from famdesk.data.migrations.first.guards import HERE, LEADS, SEES, WITH_FAMILIES
from famdesk.data.migrations.policies import policy
from famdesk.data.migrations.tables import Key, add_columns, record_table, to

NOT_RECEPTION = f"{WITH_FAMILIES} AND fd_role() <> 'reception'"
SEES_PATH = "fd_sees_path(path_id)"

FUNCTIONS = (
    """CREATE FUNCTION fd_sees_path(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(bool_and(fd_sees(person_id)), true) FROM path_person
       WHERE path_id = about AND deleted_at IS NULL $$""",
    # Somebody of whom one may not know has numbers too.
    """CREATE FUNCTION fd_next_path() RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(max(number), 0) + 1 FROM path WHERE centre_id = fd_centre() $$""",
)
ASKED = ("fd_sees_path(uuid)", "fd_next_path()")


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    return [
        *add_columns("appointment", to("path_id", "path", nullable=True)),
        *record_table(
            "retention_rule",
            sa.Column("years", sa.Integer(), nullable=False),
            sa.Column("from_age", sa.Boolean(), nullable=False),
            sa.UniqueConstraint("centre_id", name="uq_retention_rule_centre_id"),
            sa.CheckConstraint("years BETWEEN 5 AND 100", name="years_enough"),
        ),
        *record_table(
            "legal_hold",
            to("path_id", "path", nullable=True),
            to("person_id", "person", nullable=True),
            sa.Column("reason", sa.Text(), nullable=False),
            to("staff_id", "staff"),
            sa.Column("since", sa.Date(), nullable=False),
            sa.Column("ended_on", sa.Date()),
            to("ended_by_id", "staff", nullable=True),
            sa.Column("end_reason", sa.Text()),
            sa.CheckConstraint("(path_id IS NULL) <> (person_id IS NULL)", name="of_one"),
        ),
        *_destruction(),
        *_talks(),
    ]


def _destruction() -> list[Key]:
    return record_table(
        "destruction",
        to("path_id", "path", nullable=True),
        to("author_id", "staff", nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        to("proposed_by_id", "staff"),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        to("confirmed_by_id", "staff", nullable=True),
        sa.Column("done_on", sa.Date()),
        sa.Column("year", sa.Integer()),
        sa.Column("number", sa.Integer()),
        sa.Column("content", sa.Text()),
        sa.Column("cleaned_on", sa.Date()),
        sa.UniqueConstraint("centre_id", "year", "number", name="uq_destruction_centre_id_year_number"),
    )


def _talks() -> list[Key]:
    meeting = record_table(
        "case_meeting",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.Time()),
        sa.Column("place", sa.Text()),
        to("staff_id", "staff"),
    )
    item = record_table(
        "case_item",
        to("case_meeting_id", "case_meeting"),
        to("path_id", "path"),
        sa.Column("position", sa.Integer(), nullable=False),
        to("staff_id", "staff"),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text()),
    )
    return [*meeting, *item]


def protect() -> None:
    """Grants and policies on PostgreSQL."""
    op.execute("GRANT SELECT ON path, path_person, note_person, legal_hold, retention_rule, destruction TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute("SET LOCAL check_function_bodies = off")  # they ask for powers, which come last
    for function in (*FUNCTIONS, *destroying.FUNCTIONS):
        op.execute(function)
    for name in (*ASKED, *destroying.ASKED, *destroying.OF_TRIGGERS):
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    for name in (*ASKED, *destroying.ASKED):
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    policy("path", read=f"{NOT_RECEPTION} AND fd_sees_path(id)", write=f"{NOT_RECEPTION} AND fd_sees_path(id)")
    about = f"{NOT_RECEPTION} AND {SEES} AND {SEES_PATH}"
    policy("path_person", read=about, write=f"{NOT_RECEPTION} AND {SEES}")
    policy("retention_rule", read=HERE, write=f"{HERE} AND {LEADS}")
    held = f"{NOT_RECEPTION} AND {SEES} AND (path_id IS NULL OR {SEES_PATH})"
    policy("legal_hold", read=held, write=held)
    of_path = f"{NOT_RECEPTION} AND (path_id IS NULL OR {SEES_PATH})"
    policy("destruction", read=of_path, write=of_path)
    policy("case_meeting", read=NOT_RECEPTION, write=NOT_RECEPTION)
    policy("case_item", read=f"{NOT_RECEPTION} AND {SEES_PATH}", write=f"{NOT_RECEPTION} AND {SEES_PATH}")
    op.execute("CREATE POLICY change_paths ON change AS RESTRICTIVE FOR SELECT TO fd_users USING "
               "(table_name NOT IN ('legal_hold', 'destruction', 'case_meeting', 'case_item') "
               "OR staff_id = fd_staff())")  # fmt: skip
    destroying.lock_on_server()
