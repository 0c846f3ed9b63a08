"""What who leads a centre may do to a colleague's way in on a server: a new password, and how many drafts are open."""

from __future__ import annotations

from alembic import op

FUNCTIONS = (
    # Nobody takes a colleague's login in silence: the journal tells of it before, and the colleague is told.
    """CREATE FUNCTION fd_reset_login(of_login text, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      me uuid := fd_staff();
      colleague uuid := (SELECT id FROM staff WHERE login = of_login);
    BEGIN
      IF coalesce(fd_role() NOT IN ('coordinator', 'administrator'), true) OR NOT fd_colleague(of_login)
         OR of_login = fd_login() OR verifier NOT LIKE 'SCRAM-SHA-256$%' OR NOT EXISTS (
           SELECT 1 FROM audit WHERE centre_id = fd_centre() AND staff_id = me AND kind = 'password'
           AND position(colleague::text IN subjects) > 0
           AND seq > (SELECT seq FROM audit_head WHERE centre_id = fd_centre()) - 100) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      INSERT INTO notice (id, version, centre_id, staff_id, by_id, kind, subject_table, subject_id, made_at)
      SELECT gen_random_uuid(), 1, fd_centre(), colleague, me, 'password_reset', 'staff', colleague,
             to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS+00:00')
      WHERE NOT EXISTS (SELECT 1 FROM notice WHERE staff_id = colleague AND by_id = me AND kind = 'password_reset'
                        AND read_at IS NULL);
      EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', 'fd_' || current_database() || ':' || of_login, verifier);
    END $$""",
    # The policies hide drafts from everybody but their author; of somebody who leaves their number is to be known.
    """CREATE FUNCTION fd_drafts_of(of_staff uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT count(*) FROM note WHERE author_id = of_staff AND state = 'draft' AND deleted_at IS NULL
       AND centre_id = fd_centre() AND fd_role() = 'coordinator' $$""",
)
ASKED = ("fd_reset_login(text, text)", "fd_drafts_of(uuid)")


def protect() -> None:
    """The functions, for who is signed in."""
    op.execute("GRANT SELECT ON audit, audit_head TO fd_definer")
    op.execute("GRANT SELECT, INSERT ON notice TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for function in FUNCTIONS:
        op.execute(function)
    for name in ASKED:
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
