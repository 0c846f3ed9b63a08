"""The row-level security of the programmes' tables on PostgreSQL."""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.first.guards import HERE, LEADS, SEES, WITH_FAMILIES
from famdesk.data.migrations.fourth import counts, one_id
from famdesk.data.migrations.policies import policy

OF_THE_NETWORK = "fd_centre() IS NOT NULL"


def protect() -> None:
    """Grants and policies for every new table."""
    op.execute("GRANT SELECT ON appointment, meeting, meeting_party TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for name in ("fd_claim_meeting()", "fd_claim_meeting_party()", *one_id.FUNCTIONS):
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    for table in ("initiative_act", "initiative_picture", "meeting_party"):
        policy(table, read=OF_THE_NETWORK, write=HERE)
    for table in ("call_document", "call_criterion"):
        policy(table, read=OF_THE_NETWORK, write=f"{HERE} AND {LEADS}")
    about = f"{WITH_FAMILIES} AND {SEES}"
    policy("certificate", read=about, write=about)
    # A parent who is told of a child's meeting tells of the child: the policy of `enrolment` is asked as well.
    told = f"{about} AND EXISTS (SELECT 1 FROM enrolment AS e WHERE e.id = enrolment_id)"  # noqa: S608 - no value
    policy("meeting_notice", read=told, write=told)
    for table in ("feedback_question", "feedback_count", "application", "application_document", "application_score"):
        policy(table, read=WITH_FAMILIES, write=WITH_FAMILIES)
    counts.make()
