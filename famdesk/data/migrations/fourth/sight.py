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

# As in revision 0001, in the language whose plans PostgreSQL keeps for the session: in SQL each call is planned anew.
ME = tuple(
    f"""CREATE OR REPLACE FUNCTION {name}() RETURNS {kind} LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN (SELECT {column} FROM staff WHERE login = fd_login() AND active AND deleted_at IS NULL);
    END $$"""  # noqa: S608 - columns, no value
    for name, kind, column in (
        ("fd_staff", "uuid", "id"),
        ("fd_centre", "uuid", "centre_id"),
        ("fd_role", "text", "role"),
    )
)

# As in revision 0002, with the words of fd_may_see written out: not asked for each guarded person one by one. What is
# part of a file that is not seen is not seen.
UNSEEN = """CREATE OR REPLACE FUNCTION fd_unseen() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      me uuid; my_role text; mine uuid; found uuid[];
    BEGIN
      SELECT staff.id, staff.role, staff.centre_id INTO me, my_role, mine FROM staff
        WHERE login = fd_login() AND active AND deleted_at IS NULL;
      SELECT array_agg(id) INTO found FROM (
        SELECT person_id AS id FROM person_staff WHERE staff_id = me AND kind = 'blocked' AND deleted_at IS NULL
        UNION SELECT person.id FROM person
        WHERE my_role IS DISTINCT FROM 'coordinator' AND (protected OR restricted) AND centre_id = mine
          AND (restricted OR my_role IN ('reception', 'administrator')
               OR NOT (coalesce(owner_staff_id = me, false) OR EXISTS (
                  SELECT 1 FROM person_staff WHERE person_id = person.id AND staff_id = me
                  AND kind = 'assigned' AND deleted_at IS NULL)))) AS guarded;
      IF found IS NULL THEN
        RETURN '{}';
      END IF;
      RETURN (WITH RECURSIVE unseen AS (SELECT unnest(found) AS id
              UNION SELECT person.id FROM person JOIN unseen ON person.merged_into_id = unseen.id)
              SELECT array_agg(id) FROM unseen);
    END $$"""

PRESENT = """CREATE OR REPLACE FUNCTION fd_unseen_appointments(ever boolean) RETURNS uuid[] LANGUAGE plpgsql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      unseen uuid[] := fd_unseen();
    BEGIN
      IF cardinality(unseen) = 0 THEN
        RETURN '{}';
      END IF;
      RETURN (SELECT coalesce(array_agg(appointment_id), '{}') FROM appointment_party
              WHERE person_id = ANY(unseen) AND (ever OR deleted_at IS NULL));
    END $$"""

# As in revision 0002; who sees everybody is not made to look for appointments that are hidden.
BUSY = f"""CREATE OR REPLACE FUNCTION fd_busy(first bigint, last bigint) RETURNS TABLE (id uuid, version integer,
      starts bigint, ends bigint, staff_id uuid, room_id uuid, access_point_id uuid)
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
      RETURN QUERY SELECT a.id, a.version, a.starts, a.ends, a.staff_id, a.room_id, a.access_point_id
       FROM appointment AS a
       WHERE a.centre_id = mine AND a.deleted_at IS NULL AND a.state IN {OCCUPYING}
       AND (a.person_id = ANY(unseen) OR a.id = ANY(present))
       AND a.id IN (SELECT b.id FROM appointment AS b WHERE b.starts >= first AND b.starts < last
                    UNION ALL SELECT b.id FROM appointment AS b WHERE (b.ends - 1) / 1440 > b.starts / 1440
                    AND b.ends > first AND b.starts < first);
    END $$"""  # noqa: S608 - codes, no value

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
    for function in (*ME, WHOLE, UNSEEN, PRESENT, BUSY):
        op.execute(function)
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    for table, read in ONCE.items():
        op.execute(f"ALTER POLICY {table}_read ON {table} USING ({read})")
