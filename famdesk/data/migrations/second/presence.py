"""Appointments of persons whom a colleague may not know, or at which one of them is present, are not in the answer.

That somebody or something is busy then is told by `fd_busy`, so that nobody books over it. Restrictive policies beside
those of the first revision.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.second.claims import OCCUPYING

FUNCTIONS = (
    # Persons whom the one who asks may not see: asked once for a statement, not once for each row.
    """CREATE FUNCTION fd_unseen() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ WITH RECURSIVE unseen AS (
         (SELECT id FROM person WHERE (protected OR restricted) AND centre_id = fd_centre()
            AND NOT fd_sees(id)
          UNION SELECT unnest(fd_barred()))
         UNION SELECT person.id FROM person JOIN unseen ON person.merged_into_id = unseen.id)
       SELECT coalesce(array_agg(id), '{}') FROM unseen $$""",
    # Appointments at which one of them is present beside their own person; `ever`: or was to be.
    """CREATE FUNCTION fd_unseen_appointments(ever boolean) RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(array_agg(appointment_id), '{}') FROM appointment_party
       WHERE person_id = ANY((SELECT fd_unseen())::uuid[]) AND (ever OR deleted_at IS NULL) $$""",
    f"""CREATE FUNCTION fd_busy(first bigint, last bigint) RETURNS TABLE (id uuid, version integer, starts bigint,
      ends bigint, staff_id uuid, room_id uuid, access_point_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT a.id, a.version, a.starts, a.ends, a.staff_id, a.room_id, a.access_point_id FROM appointment AS a
       WHERE a.centre_id = fd_centre() AND fd_role() <> 'administrator' AND a.deleted_at IS NULL
       AND a.state IN {OCCUPYING} AND (a.person_id = ANY((SELECT fd_unseen())::uuid[])
                                       OR a.id = ANY((SELECT fd_unseen_appointments(false))::uuid[]))
       AND a.id IN (SELECT b.id FROM appointment AS b WHERE b.starts >= first AND b.starts < last
                    UNION ALL SELECT b.id FROM appointment AS b WHERE (b.ends - 1) / 1440 > b.starts / 1440
                    AND b.ends > first AND b.starts < first) $$""",  # noqa: S608 - codes, no value
)
ASKED = ("fd_unseen()", "fd_unseen_appointments(boolean)", "fd_busy(bigint, bigint)")

UNSEEN = "(SELECT fd_unseen())::uuid[]"
KNOWN = (f"(person_id IS NULL OR person_id <> ALL({UNSEEN})) "
         "AND id <> ALL((SELECT fd_unseen_appointments(false))::uuid[])")  # fmt: skip
BESIDE = "EXISTS (SELECT 1 FROM appointment WHERE appointment.id = appointment_id)"
"""The policies of the appointment itself hold in the sub-select."""
TOLD = ("table_name NOT IN ('appointment', 'appointment_party', 'reminder') OR "
        "coalesce(CASE table_name WHEN 'appointment' THEN row_id "
        "ELSE (coalesce(after, before)::jsonb ->> 'appointment_id')::uuid END "
        "<> ALL((SELECT fd_unseen_appointments(true))::uuid[]), true)")  # fmt: skip


def protect() -> None:
    """Functions and policies; `fd_definer` may create in the schema meanwhile."""
    for function in FUNCTIONS:
        op.execute(function)
    for name in ASKED:
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    op.execute(f"CREATE POLICY appointment_known ON appointment AS RESTRICTIVE TO fd_users USING ({KNOWN}) "
               "WITH CHECK (person_id IS NULL OR fd_sees(person_id))")  # fmt: skip
    # As in the first revision; a sub-select is asked once for a statement, a bare function once for each row.
    op.execute("ALTER POLICY appointment_read ON appointment USING "
               "(centre_id = (SELECT fd_centre()) AND (SELECT fd_role()) <> 'administrator')")  # fmt: skip
    for table in ("appointment_party", "reminder"):
        op.execute(f"CREATE POLICY {table}_known ON {table} AS RESTRICTIVE TO fd_users USING ({BESIDE}) "
                   "WITH CHECK (true)")  # fmt: skip
    op.execute(f"CREATE POLICY change_known ON change AS RESTRICTIVE FOR SELECT TO fd_users USING ({TOLD})")
    op.execute(FORGET)


# As in the first revision, with what else an erasure empties: rows of the calendar that do not name the person.
FORGET = """CREATE OR REPLACE FUNCTION fd_forget(about uuid, row_ids uuid[]) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      IF coalesce(fd_role() <> 'coordinator', true) OR NOT fd_sees(about)
         OR NOT EXISTS (SELECT 1 FROM person WHERE id = about AND erased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      DELETE FROM change WHERE centre_id = fd_centre() AND seq IN
        (SELECT seq FROM change WHERE centre_id = fd_centre() AND (person_id = about OR (row_id = ANY(row_ids)
         AND (table_name IN ('household', 'visit', 'info_contact', 'series')
              OR (table_name = 'appointment' AND person_id IS NULL)
              OR position(about::text IN coalesce(before, '') || coalesce(after, '')) > 0))));
      DELETE FROM draft WHERE centre_id = fd_centre() AND key = 'person:' || about;
    END $$"""
