"""Numbers of initiatives, for everybody who works with families: somebody whom one may not know of takes a place too.

On PostgreSQL the rows of such a person are not shown; these functions count them. They tell numbers and, for a waiting
list, ids and times, never who it is: a family that waits together goes by one of its enrolments, not by its household.
"""

from __future__ import annotations

from alembic import op

FUNCTIONS = {
    "fd_places(uuid[])": """CREATE FUNCTION fd_places(of_initiatives uuid[])
    RETURNS TABLE (initiative_id uuid, meeting_id uuid, part text, walk_in boolean, state text, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT e.initiative_id, e.meeting_id, e.part, e.walk_in, e.state, count(*) FROM enrolment AS e
       WHERE e.centre_id = fd_centre() AND e.deleted_at IS NULL AND e.initiative_id = ANY(of_initiatives)
       GROUP BY 1, 2, 3, 4, 5 $$""",
    "fd_presence(uuid[])": """CREATE FUNCTION fd_presence(of_meetings uuid[])
    RETURNS TABLE (meeting_id uuid, part text, present boolean, expected boolean, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT a.meeting_id, e.part, a.present, e.state IN ('enrolled', 'offered')
              AND (e.meeting_id IS NULL OR e.meeting_id = a.meeting_id), count(*)
       FROM attendance AS a JOIN enrolment AS e ON e.id = a.enrolment_id AND e.deleted_at IS NULL
       WHERE a.centre_id = fd_centre() AND a.deleted_at IS NULL AND a.meeting_id = ANY(of_meetings)
       GROUP BY 1, 2, 3, 4 $$""",
    "fd_line(uuid)": """CREATE FUNCTION fd_line(of_initiative uuid)
    RETURNS TABLE (id uuid, meeting_id uuid, family uuid, part text, asked_at text, enrolled_on date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT e.id, e.meeting_id, CASE WHEN e.household_id IS NOT NULL
              THEN min(e.id::text) OVER (PARTITION BY e.household_id, e.asked_at)::uuid END,
              e.part, e.asked_at, e.enrolled_on FROM enrolment AS e
       WHERE fd_role() <> 'administrator' AND e.centre_id = fd_centre() AND e.deleted_at IS NULL AND e.state = 'waiting'
         AND e.initiative_id = of_initiative $$""",
    "fd_accesses(bigint, bigint)": """CREATE FUNCTION fd_accesses(first bigint, last bigint)
    RETURNS TABLE (month integer, served text, needs text, point uuid, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT extract(month FROM to_timestamp(a.minutes * 60) AT TIME ZONE 'UTC')::integer, a.served, a.needs, a.point,
              count(*)
       FROM (SELECT i.at AS minutes, i.function AS served, i.need AS needs, i.access_point_id AS point
             FROM info_contact AS i WHERE i.centre_id = fd_centre() AND i.deleted_at IS NULL
             UNION ALL SELECT c.at, NULL, c.needs, c.access_point_id FROM access_card AS c
             WHERE c.centre_id = fd_centre() AND c.deleted_at IS NULL AND NOT EXISTS (
               SELECT 1 FROM info_contact AS i WHERE i.access_card_id = c.id AND i.deleted_at IS NULL)) AS a
       WHERE fd_role() <> 'administrator' AND a.minutes >= first AND a.minutes < last GROUP BY 1, 2, 3, 4 $$""",
    "fd_last_certificate(integer)": """CREATE FUNCTION fd_last_certificate(of_year integer) RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT coalesce(max(c.number), 0) FROM certificate AS c
       WHERE fd_role() <> 'administrator' AND c.centre_id = fd_centre() AND c.year = of_year $$""",
}  # fmt: skip


def make() -> None:
    """The functions, which only colleagues may call."""
    op.execute("GRANT SELECT ON attendance, certificate, info_contact, access_card TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for name, text in FUNCTIONS.items():
        op.execute(text)
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
