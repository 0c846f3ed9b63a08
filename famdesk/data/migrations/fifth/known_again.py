"""Which dates of a calendar file are there already where a server does not show them, so that nothing is taken twice.

Whoever takes a file names the series and the UIDs of it; told is that a date is there, not whose it is nor when it is
now. That somebody is busy at such times `fd_busy` tells already.
"""

from __future__ import annotations

from alembic import op

UNSEEN_DATES = """CREATE FUNCTION fd_unseen_dates(of_series uuid[], of_uids text[])
    RETURNS TABLE (series_id uuid, original bigint, uid text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      unseen uuid[] := fd_unseen();
      present uuid[];
      mine uuid := fd_centre();
    BEGIN
      IF cardinality(unseen) = 0 OR fd_role() = 'administrator' THEN
        RETURN;
      END IF;
      present := fd_unseen_appointments(false);
      RETURN QUERY SELECT a.series_id, coalesce(a.original, a.starts)::bigint, a.uid::text FROM appointment AS a
       WHERE a.centre_id = mine AND a.deleted_at IS NULL AND (a.person_id = ANY(unseen) OR a.id = ANY(present))
       AND (a.series_id = ANY(of_series) OR a.uid = ANY(of_uids));
    END $$"""
NAME = "fd_unseen_dates(uuid[], text[])"


def protect() -> None:
    """The function, for who is signed in."""
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute(UNSEEN_DATES)
    op.execute(f"ALTER FUNCTION {NAME} OWNER TO fd_definer")
    op.execute(f"REVOKE ALL ON FUNCTION {NAME} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON FUNCTION {NAME} TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
