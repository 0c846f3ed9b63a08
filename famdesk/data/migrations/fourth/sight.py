"""Who is seen, on PostgreSQL: asked in sets instead of row by row, and surely no where nothing says yes.

A function in a policy is called for each row unless a sub-select stands around it.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.second.claims import OCCUPYING

# As in revision 0001. A protected file without anybody in charge gave neither yes nor no, which bool_and passes over: a
# part of it was seen by colleagues who do not see the whole.
WHOLE = """CREATE OR REPLACE FUNCTION fd_sees_whole(kept uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ WITH RECURSIVE whole AS (
         SELECT id, protected, restricted, owner_staff_id, merged_into_id FROM person WHERE id = kept
         UNION SELECT person.id, person.protected, person.restricted, person.owner_staff_id, person.merged_into_id
         FROM person JOIN whole ON person.id = whole.merged_into_id)
       SELECT coalesce(bool_and(coalesce(fd_may_see(id, protected, restricted, owner_staff_id), false)), true)
       FROM whole $$"""

# As in revision 0002, with the words of fd_may_see written out: not asked for each guarded person one by one. What is
# part of a file that is not seen is not seen.
UNSEEN = """CREATE OR REPLACE FUNCTION fd_unseen() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ WITH RECURSIVE me AS MATERIALIZED (SELECT fd_staff() AS id, fd_role() AS role, fd_centre() AS centre),
       barred AS (SELECT person_id FROM person_staff, me
                  WHERE staff_id = me.id AND kind = 'blocked' AND deleted_at IS NULL),
       unseen AS (
         (SELECT person.id FROM person, me
          WHERE (protected OR restricted) AND centre_id = me.centre AND me.role IS DISTINCT FROM 'coordinator'
            AND (restricted OR me.role IN ('reception', 'administrator')
                 OR NOT (coalesce(owner_staff_id = me.id, false) OR EXISTS (
                    SELECT 1 FROM person_staff WHERE person_id = person.id AND staff_id = me.id
                    AND kind = 'assigned' AND deleted_at IS NULL)))
          UNION SELECT person_id FROM barred)
         UNION SELECT person.id FROM person JOIN unseen ON person.merged_into_id = unseen.id)
       SELECT coalesce(array_agg(id), '{}') FROM unseen $$"""

# As in revision 0002; who sees everybody is not made to look for appointments that are hidden.
BUSY = f"""CREATE OR REPLACE FUNCTION fd_busy(first bigint, last bigint) RETURNS TABLE (id uuid, version integer,
      starts bigint, ends bigint, staff_id uuid, room_id uuid, access_point_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ WITH unseen AS MATERIALIZED (SELECT fd_unseen() AS ids),
       present AS MATERIALIZED (SELECT coalesce(array_agg(appointment_id), '{{}}') AS ids FROM appointment_party
         WHERE person_id = ANY((SELECT ids FROM unseen)::uuid[]) AND deleted_at IS NULL)
       SELECT a.id, a.version, a.starts, a.ends, a.staff_id, a.room_id, a.access_point_id FROM appointment AS a
       WHERE cardinality((SELECT ids FROM unseen)) > 0
       AND a.centre_id = (SELECT fd_centre()) AND (SELECT fd_role()) <> 'administrator' AND a.deleted_at IS NULL
       AND a.state IN {OCCUPYING} AND (a.person_id = ANY((SELECT ids FROM unseen)::uuid[])
                                       OR a.id = ANY((SELECT ids FROM present)::uuid[]))
       AND a.id IN (SELECT b.id FROM appointment AS b WHERE b.starts >= first AND b.starts < last
                    UNION ALL SELECT b.id FROM appointment AS b WHERE (b.ends - 1) / 1440 > b.starts / 1440
                    AND b.ends > first AND b.starts < first) $$"""  # noqa: S608 - codes, no value

ONCE = {
    "staff": "centre_id = (SELECT fd_centre())",
    "resource": "centre_id = (SELECT fd_centre())",
    "room": "(SELECT fd_centre()) IS NOT NULL",
    "access_point": "(SELECT fd_centre()) IS NOT NULL",
}
"""The policies for reading, in the words of the earlier revisions, asked once for a statement."""


def put() -> None:
    """In place of functions and policies of the revisions 0001 and 0002."""
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for function in (WHOLE, UNSEEN, BUSY):
        op.execute(function)
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    for table, read in ONCE.items():
        op.execute(f"ALTER POLICY {table}_read ON {table} USING ({read})")
