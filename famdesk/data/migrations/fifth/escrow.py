"""Who agreed to which sealed envelope; and that nobody takes notes over without their author being told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.first.guards import IS_MINE, WITH_FAMILIES
from famdesk.data.migrations.policies import close
from famdesk.data.migrations.tables import Key, is_postgres, record_table, to

_SAID = "what was agreed stays as it was"

# Whatever a coordinator does to `note_key` with psql, the author of the notes is told of it.
TELL = """CREATE FUNCTION fd_tell_author() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      INSERT INTO notice (id, version, centre_id, staff_id, by_id, kind, subject_table, subject_id, made_at)
      SELECT gen_random_uuid(), 1, given.centre_id, given.author_id, fd_staff(), 'handed_over', 'staff',
             given.holder_id, to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS+00:00')
      FROM (SELECT DISTINCT centre_id, author_id, holder_id FROM fresh WHERE received) AS given
      WHERE fd_staff() IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM notice WHERE staff_id = given.author_id AND by_id = fd_staff() AND kind = 'handed_over'
          AND subject_id = given.holder_id AND read_at IS NULL);
      RETURN NULL;
    END $$"""


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    keys = record_table(
        "escrow_consent",
        to("staff_id", "staff"),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
    )
    op.create_index("ix_escrow_consent_staff_id_at", "escrow_consent", ["staff_id", "at"])
    if not is_postgres():
        for name, event in (("escrow_consent_stays", "DELETE"), ("escrow_consent_fixed", "UPDATE")):
            op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON escrow_consent "
                       f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")  # fmt: skip
    return keys


def protect() -> None:
    """One's own consent is given by oneself; who makes envelopes sees who agreed."""
    close("escrow_consent", "SELECT, INSERT")
    seen = f"{WITH_FAMILIES} AND ({IS_MINE} OR fd_role() = 'coordinator')"
    op.execute(f"CREATE POLICY escrow_consent_read ON escrow_consent FOR SELECT TO fd_users USING ({seen})")
    op.execute("CREATE POLICY escrow_consent_insert ON escrow_consent FOR INSERT TO fd_users WITH CHECK "
               f"({WITH_FAMILIES} AND {IS_MINE} AND deleted_at IS NULL)")  # fmt: skip
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute("GRANT SELECT, INSERT ON notice TO fd_definer")
    op.execute(TELL)
    op.execute("ALTER FUNCTION fd_tell_author() OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_tell_author() FROM PUBLIC")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    op.execute("""CREATE TRIGGER note_key_told AFTER INSERT ON note_key REFERENCING NEW TABLE AS fresh
        FOR EACH STATEMENT EXECUTE FUNCTION fd_tell_author()""")
