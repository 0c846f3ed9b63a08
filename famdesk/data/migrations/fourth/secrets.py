"""Who reads the passwords of other servers on PostgreSQL: everybody sends mail, only leaders publish calendars."""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.first.guards import HERE, LEADS

OF_MAIL = "owner_id IN (SELECT id FROM mail_account)"


def protect() -> None:
    """In place of the policies of revision 0002, which let every role of the centre read all of them."""
    read, write = f"{HERE} AND ({LEADS} OR {OF_MAIL})", f"{HERE} AND {LEADS}"
    op.execute(f"ALTER POLICY secret_read ON secret USING ({read})")
    op.execute(f"ALTER POLICY secret_update ON secret USING (({read}) AND ({write})) WITH CHECK ({write})")
    op.execute(f"ALTER POLICY secret_delete ON secret USING (({read}) AND ({write}))")
