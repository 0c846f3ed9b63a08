"""The row-level security of the calendar's tables on PostgreSQL."""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.first.guards import HERE, LEADS, SEES, WITH_FAMILIES
from famdesk.data.migrations.policies import close, policy
from famdesk.data.migrations.second import presence


def protect() -> None:
    """Grants and policies for every new table."""
    op.execute("GRANT SELECT ON appointment, appointment_party TO fd_definer")
    op.execute("GRANT SELECT, INSERT, DELETE ON claim TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for name in ("fd_claim_own()", "fd_claim_party()", "fd_no_overlap()"):
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    policy("series", read=WITH_FAMILIES, write=WITH_FAMILIES)
    about = f"{WITH_FAMILIES} AND {SEES}"
    for table in ("appointment_party", "reminder"):
        policy(table, read=about, write=about)
    for table in ("resource", "mail_account", "feed"):
        policy(table, read=HERE, write=f"{HERE} AND {LEADS}")
    policy("feed_state", read=HERE, write=HERE)
    policy("secret", read=HERE, write=f"{HERE} AND {LEADS}")
    close("claim", "SELECT")  # written by its triggers only
    op.execute("CREATE POLICY claim_read ON claim FOR SELECT TO fd_users USING (centre_id = (SELECT fd_centre()))")
    op.execute("CREATE POLICY claim_kept ON claim TO fd_definer USING (true) WITH CHECK (true)")
    presence.protect()
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
