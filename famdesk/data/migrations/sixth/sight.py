"""Who asks and what is hidden from them, on PostgreSQL: asked at every statement, so in the fewest steps.

As in the revisions 0001, 0002 and 0005. A body of PL/pgSQL that is one expression is not run as a query; a question
whose plan depends on who asks is planned anew each time, unless it stands in a branch of its own. What is hidden is
looked up in a table made once for a statement, not compared one by one with each row.
"""

from __future__ import annotations

from alembic import op

LOGIN = """CREATE OR REPLACE FUNCTION fd_login() RETURNS text LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN CASE WHEN starts_with(session_user::text, 'fd_' || current_database() || ':')
             THEN substr(session_user::text, length('fd_' || current_database() || ':') + 1) END;
    END $$"""

UNSEEN = """CREATE OR REPLACE FUNCTION fd_unseen() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      me uuid; my_role text; mine uuid; found uuid[]; open_now uuid[];
    BEGIN
      SELECT staff.id, staff.role, staff.centre_id INTO me, my_role, mine FROM staff
        WHERE login = fd_login() AND active AND deleted_at IS NULL;
      IF my_role = 'coordinator' THEN
        SELECT array_agg(person_id) INTO found FROM person_staff
          WHERE staff_id = me AND kind = 'blocked' AND deleted_at IS NULL;
      ELSE
        open_now := fd_emergencies();
        SELECT array_agg(id) INTO found FROM (
          SELECT person_id AS id FROM person_staff WHERE staff_id = me AND kind = 'blocked' AND deleted_at IS NULL
          UNION SELECT person.id FROM person
          WHERE (protected OR restricted) AND centre_id = mine
            AND (restricted OR my_role IN ('reception', 'administrator')
                 OR NOT (coalesce(owner_staff_id = me, false) OR id = ANY(open_now) OR EXISTS (
                    SELECT 1 FROM person_staff WHERE person_id = person.id AND staff_id = me
                    AND kind = 'assigned' AND deleted_at IS NULL)))) AS guarded;
      END IF;
      IF found IS NULL THEN
        RETURN '{}';
      END IF;
      RETURN (WITH RECURSIVE unseen AS (SELECT unnest(found) AS id
              UNION SELECT person.id FROM person JOIN unseen ON person.merged_into_id = unseen.id)
              SELECT array_agg(id) FROM unseen);
    END $$"""

KNOWN = (
    "(person_id IS NULL OR person_id NOT IN (SELECT unnest(fd_unseen()))) "
    "AND id NOT IN (SELECT unnest(fd_unseen_appointments(false)))"
)


def put() -> None:
    """In place of the functions and of the condition under which an appointment is known."""
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for function in (LOGIN, UNSEEN):
        op.execute(function)
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    op.execute(f"ALTER POLICY appointment_known ON appointment USING ({KNOWN})")
