"""Journal, search index and key slots, with the triggers that keep the audit append-only. As they were first made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.tables import ID, is_postgres


def create() -> None:
    op.create_table(
        "audit",
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subjects", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("undoes", sa.Integer()),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "seq", name="pk_audit"),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_audit_centre_id"),
    )
    op.create_index("ix_audit_staff_id", "audit", ["staff_id"])
    op.create_table(
        "audit_head",
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", name="pk_audit_head"),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_audit_head_centre_id"),
    )
    _change()
    _search_and_keys()
    for statement in POSTGRES_TRIGGERS if is_postgres() else SQLITE_TRIGGERS:
        op.execute(statement)


def _change() -> None:
    op.create_table(
        "change",
        sa.Column("id", ID, nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(40), nullable=False),
        sa.Column("row_id", ID, nullable=False),
        sa.Column("person_id", ID),
        sa.Column("staff_id", ID, nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_change"),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_change_centre_id"),
    )
    op.create_index("ix_change_row_id", "change", ["row_id"])
    op.create_index("ix_change_centre_id_seq", "change", ["centre_id", "seq"])


def _search_and_keys() -> None:
    key = sa.String(120).with_variant(sa.String(120, collation="C"), "postgresql")
    op.create_table(
        "search_key",
        sa.Column("key", key, nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("form", sa.String(1), nullable=False),
        sa.Column("guarded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key", "record_id", name="pk_search_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_key_record", "search_key", ["record_id"])
    op.create_table(
        "search_word",
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("word", sa.String(40), nullable=False),
        sa.Column("record_id", ID, nullable=False),
        sa.Column("sound", sa.Text(), nullable=False),
        sa.Column("bearers", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "word", "record_id", name="pk_search_word"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_search_word_seq", "search_word", ["centre_id", "seq"])
    op.create_index("ix_search_word_record", "search_word", ["record_id"])
    op.create_table(
        "key_slot",
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("login", sa.String(40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("centre_id", "login", name="pk_key_slot"),
    )


SQLITE_TRIGGERS = (
    "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END",
    """CREATE TRIGGER audit_in_order BEFORE INSERT ON audit
    WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit WHERE centre_id = NEW.centre_id)
    BEGIN SELECT RAISE(ABORT, 'audit out of order'); END""",
    """CREATE TRIGGER audit_moves_head AFTER INSERT ON audit BEGIN
    INSERT INTO audit_head (centre_id, seq, hash) VALUES (NEW.centre_id, NEW.seq, NEW.hash)
    ON CONFLICT (centre_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash; END""",
)

POSTGRES_TRIGGERS = (
    """CREATE FUNCTION fd_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'audit is append-only'; END $$""",
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION fd_append_only()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION fd_append_only()",
)
