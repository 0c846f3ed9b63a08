"""The destruction of notes, held to its rules by the database itself: two people, after the term, never under a hold.

The server shows a coordinator no drafts and no working notes of others. What it must destroy it finds itself, and says
of it no more than counts and days, once they are older than any term.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.tables import is_postgres

FLOOR = 5
"""Years that no centre can go under (art. 17 of the psychologists' code of conduct)."""

_TODAY = "(now() AT TIME ZONE 'Europe/Rome')::date"
_TERM = f"""(SELECT greatest({FLOOR}, coalesce(max(years), {FLOOR})) FROM retention_rule
             WHERE centre_id = fd_centre() AND deleted_at IS NULL)"""  # noqa: S608 - nothing in it comes from outside
_HELD = """EXISTS (SELECT 1 FROM legal_hold AS h WHERE h.centre_id = fd_centre() AND h.ended_on IS NULL
           AND h.deleted_at IS NULL AND ({which}))"""
_PERSONS_OF = """fd_kept_file(h.person_id) IN (SELECT fd_kept_file(person_id) FROM note_person
                 WHERE note_id = ANY(ids) UNION SELECT fd_kept_file(person_id) FROM path_person
                 WHERE path_id = d.path_id AND deleted_at IS NULL)"""
_OLD = f"({_TODAY} - make_interval(years => {FLOOR}))::date"

FUNCTIONS = (
    # The file that holds somebody's file by now.
    """CREATE FUNCTION fd_kept_file(about uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ WITH RECURSIVE part AS (
         SELECT id, merged_into_id FROM person WHERE id = about
         UNION SELECT person.id, person.merged_into_id FROM person JOIN part ON person.id = part.merged_into_id)
       SELECT coalesce((SELECT id FROM part WHERE merged_into_id IS NULL LIMIT 1), about) $$""",
    f"""CREATE FUNCTION fd_old_notes(before date) RETURNS TABLE (id uuid, path_id uuid, author_id uuid, day date,
      state text, private boolean, number integer, hash text, latest date, people uuid[], parts bigint, keys bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT n.id, n.path_id, n.author_id, n.day, n.state, n.private, n.number, n.hash,
         (SELECT max(o.day) FROM note AS o WHERE o.centre_id = n.centre_id AND o.deleted_at IS NULL
            AND o.state <> 'destroyed' AND (o.id = n.id OR o.path_id = n.path_id)),
         ARRAY(SELECT person_id FROM note_person WHERE note_id = n.id AND deleted_at IS NULL),
         (SELECT count(*) FROM note_part AS p WHERE p.note_id = n.id),
         (SELECT count(*) FROM note_key AS k JOIN note_part AS p ON p.id = k.part_id WHERE p.note_id = n.id)
       FROM note AS n
       WHERE n.centre_id = fd_centre() AND n.deleted_at IS NULL AND n.state <> 'destroyed' AND fd_may('notes')
         AND n.day <= least(before, {_OLD})
         AND (fd_role() = 'coordinator' OR n.author_id = fd_staff()
              OR EXISTS (SELECT 1 FROM path WHERE path.id = n.path_id AND path.staff_id = fd_staff()))
         AND NOT EXISTS (SELECT 1 FROM note_person WHERE note_id = n.id AND NOT fd_sees(person_id))
         AND (n.path_id IS NULL OR fd_sees_path(n.path_id)) $$""",  # noqa: S608 - nothing in it comes from outside
    # The day of somebody's last note; of drafts and working notes of others exactly only once they are older than any
    # term, else as if they were of today. Who does not lead is told it of those alone about whom old notes are due.
    f"""CREATE FUNCTION fd_last_noted(about uuid[]) RETURNS TABLE (person_id uuid, day date)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT np.person_id, max(CASE WHEN n.day > {_OLD} AND (n.private OR n.state = 'draft')
                                     AND n.author_id <> fd_staff() THEN {_TODAY} ELSE n.day END)
       FROM note_person AS np JOIN note AS n ON n.id = np.note_id
       WHERE np.person_id = ANY(about) AND np.centre_id = fd_centre() AND np.deleted_at IS NULL
         AND n.deleted_at IS NULL AND n.state <> 'destroyed' AND fd_sees(np.person_id)
         AND fd_may('notes', 'families')
         AND (fd_role() = 'coordinator' OR fd_kept_file(np.person_id) IN (
              SELECT fd_kept_file(one) FROM fd_old_notes({_TODAY}) AS due, unnest(due.people) AS one))
       GROUP BY np.person_id $$""",  # noqa: S608 - nothing in it comes from outside
    """CREATE FUNCTION fd_next_destruction(of_year integer) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(max(number), 0) + 1 FROM destruction WHERE centre_id = fd_centre() AND year = of_year $$""",
    # The last day that the term runs from, of a path or of the notes of no path, as the desks reckon it: for who was a
    # minor from the eighteenth birthday. Infinity while a path is open.
    """CREATE FUNCTION fd_counts_from(of_path uuid, ids uuid[], from_age boolean) RETURNS date LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ WITH kept AS (
         SELECT DISTINCT fd_kept_file(one.person_id) AS id FROM (
           SELECT person_id FROM note_person WHERE note_id = ANY(ids) AND deleted_at IS NULL
           UNION SELECT person_id FROM path_person WHERE path_id = of_path AND deleted_at IS NULL) AS one),
       part AS (SELECT id FROM kept UNION SELECT p.id FROM person AS p JOIN kept ON p.merged_into_id = kept.id)
       SELECT max(one.day) FROM (
         SELECT (birth_date + interval '18 years')::date AS day FROM person JOIN kept ON kept.id = person.id
           WHERE from_age AND birth_date IS NOT NULL
         UNION ALL SELECT coalesce(path.closed_on, 'infinity') FROM path
           WHERE path.id = of_path OR (of_path IS NULL AND path.deleted_at IS NULL AND path.id IN (
             SELECT path_id FROM path_person JOIN part ON part.id = person_id WHERE path_person.deleted_at IS NULL))
         UNION ALL SELECT n.day FROM note AS n WHERE n.deleted_at IS NULL AND n.state <> 'destroyed'
           AND (n.id = ANY(ids) OR n.path_id = of_path OR (of_path IS NULL AND n.id IN (
             SELECT note_id FROM note_person JOIN part ON part.id = person_id WHERE note_person.deleted_at IS NULL)))
         UNION ALL SELECT date '1970-01-01' + (a.starts / 1440)::integer FROM appointment AS a
           WHERE a.deleted_at IS NULL AND a.state IN ('arrived', 'done') AND (a.path_id = of_path OR (of_path IS NULL
             AND a.kind IN ('first_interview', 'interview', 'consultation', 'psychology', 'couple', 'mediation')
             AND (a.person_id IN (SELECT id FROM part) OR a.id IN (
               SELECT appointment_id FROM appointment_party JOIN part ON part.id = person_id
               WHERE appointment_party.deleted_at IS NULL))))) AS one $$""",
    f"""CREATE FUNCTION fd_destroy(of_destruction uuid, ids uuid[], today date) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      d destruction%ROWTYPE;
      term integer := {_TERM};
      aged boolean := coalesce((SELECT from_age FROM retention_rule
                                WHERE centre_id = fd_centre() AND deleted_at IS NULL), true);
      leads boolean := fd_role() = 'coordinator';
    BEGIN
      PERFORM 1 FROM audit_head WHERE centre_id = fd_centre() FOR UPDATE;
      SELECT * INTO d FROM destruction WHERE destruction.id = of_destruction AND centre_id = fd_centre()
        AND state = 'proposed' AND deleted_at IS NULL FOR UPDATE;
      IF NOT FOUND OR NOT fd_may('notes') OR d.proposed_by_id = fd_staff()
         OR (d.path_id IS NULL) = (d.author_id IS NULL)
         OR NOT (leads OR EXISTS (SELECT 1 FROM staff WHERE staff.id = d.proposed_by_id AND role = 'coordinator'))
         OR NOT (leads OR d.author_id IS NOT DISTINCT FROM fd_staff()
                 OR EXISTS (SELECT 1 FROM path WHERE path.id = d.path_id AND staff_id = fd_staff())
                 OR EXISTS (SELECT 1 FROM note WHERE note.id = ANY(ids) AND note.author_id = fd_staff())) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      IF {_HELD.format(which="h.path_id = d.path_id OR " + _PERSONS_OF)} THEN
        RAISE EXCEPTION 'held' USING ERRCODE = '55006';
      END IF;
      IF today > {_TODAY} OR EXISTS (SELECT 1 FROM unnest(ids) AS wanted (id) LEFT JOIN note AS n ON n.id = wanted.id
           LEFT JOIN path ON path.id = n.path_id WHERE n.id IS NULL OR n.centre_id <> fd_centre()
           OR n.state = 'destroyed' OR n.day + make_interval(years => term) >= today
           OR n.path_id IS DISTINCT FROM d.path_id
           OR (d.path_id IS NULL AND n.author_id <> d.author_id)
           OR (d.path_id IS NOT NULL AND (path.closed_on IS NULL
               OR path.closed_on + make_interval(years => term) >= today)))
         OR coalesce(fd_counts_from(d.path_id, ids, aged) + make_interval(years => term) >= today, false) THEN
        RAISE EXCEPTION 'the term is not over' USING ERRCODE = '42501';
      END IF;
      DELETE FROM note_key WHERE part_id IN (SELECT p.id FROM note_part AS p WHERE p.note_id = ANY(ids));
      UPDATE note SET state = 'destroyed', destroyed_on = today, version = version + 1 WHERE note.id = ANY(ids);
      DELETE FROM note_part WHERE note_id = ANY(ids);
    END $$""",  # noqa: S608 - nothing in it comes from outside
    # Who sets a hold waits for a destruction under way, which is over then or has not begun. It is lifted by who leads
    # alone, in the own name; who set one can take it back as a mistake, and who joins files takes it along.
    """CREATE FUNCTION fd_hold_in_turn() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      me uuid := fd_staff();
      leads boolean := me IS NULL OR fd_role() = 'coordinator';
      fits boolean;
    BEGIN
      IF TG_OP = 'DELETE' THEN
        IF leads OR (OLD.staff_id = me AND OLD.ended_on IS NULL) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      PERFORM 1 FROM audit_head WHERE centre_id = NEW.centre_id FOR UPDATE;
      IF TG_OP = 'INSERT' THEN
        fits := leads OR (NEW.staff_id = me AND NEW.ended_on IS NULL);
      ELSE
        fits := (leads OR ((NEW.path_id, NEW.reason, NEW.staff_id, NEW.since, NEW.ended_on, NEW.ended_by_id,
                            NEW.end_reason) IS NOT DISTINCT FROM (OLD.path_id, OLD.reason, OLD.staff_id, OLD.since,
                            OLD.ended_on, OLD.ended_by_id, OLD.end_reason)
                 AND (NEW.deleted_at IS NOT DISTINCT FROM OLD.deleted_at OR OLD.staff_id = me)
                 AND (NEW.person_id IS NOT DISTINCT FROM OLD.person_id OR fd_role() = 'social_worker')))
                AND (me IS NULL OR NEW.ended_by_id IS NULL OR NEW.ended_by_id IS NOT DISTINCT FROM OLD.ended_by_id
                     OR NEW.ended_by_id = me);
      END IF;
      IF NOT fits THEN RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501'; END IF;
      RETURN NEW;
    END $$""",
)
ASKED = (
    "fd_kept_file(uuid)", "fd_old_notes(date)", "fd_last_noted(uuid[])", "fd_next_destruction(integer)",
    "fd_destroy(uuid, uuid[], date)",
)  # fmt: skip
OF_TRIGGERS = ("fd_hold_in_turn()", "fd_counts_from(uuid, uuid[], boolean)")

_STANDS = ("path_id", "author_id", "due_on", "proposed_by_id", "proposed_on", "centre_id")
_DONE = ("state", "confirmed_by_id", "done_on", "year", "number", "content", "deleted_at")
_SAID = "what was proposed and done stays in the register"


def _broken() -> str:
    """Who proposed a destruction, and what was destroyed, stays as it was noted."""
    differ = "IS DISTINCT FROM" if is_postgres() else "IS NOT"
    old, new = (", ".join(f"{row}.{name}" for name in _STANDS) for row in ("OLD", "NEW"))
    was, now = (", ".join(f"{row}.{name}" for name in _DONE) for row in ("OLD", "NEW"))
    return f"({old}) {differ} ({new}) OR (OLD.state = 'done' AND ({was}) {differ} ({now}))"


def lock() -> None:
    """Triggers on `destruction` in a file; on a server they come with the policies."""
    if is_postgres():
        return
    for name, event, when in (
        ("destruction_fixed", "UPDATE", _broken()),
        ("destruction_stays", "DELETE", "OLD.state = 'done'"),
    ):
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON destruction WHEN {when} "
                   f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")  # fmt: skip


def lock_on_server() -> None:
    """The same on PostgreSQL, and that a proposal is made in one's own name."""
    op.execute("GRANT SELECT, DELETE ON note_key, note_part TO fd_definer")
    op.execute("GRANT SELECT, UPDATE ON note TO fd_definer")
    op.execute("GRANT SELECT ON appointment, appointment_party, path, path_person, person TO fd_definer")
    op.execute("GRANT UPDATE ON destruction TO fd_definer")
    op.execute(f"""CREATE FUNCTION fd_destruction_locked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_SAID}' USING ERRCODE = '42501'; END $$""")
    op.execute(f"""CREATE TRIGGER destruction_fixed BEFORE UPDATE ON destruction FOR EACH ROW WHEN ({_broken()})
        EXECUTE FUNCTION fd_destruction_locked()""")
    op.execute("""CREATE TRIGGER destruction_stays BEFORE DELETE ON destruction FOR EACH ROW
        WHEN (OLD.state = 'done') EXECUTE FUNCTION fd_destruction_locked()""")
    op.execute("""CREATE TRIGGER hold_in_turn BEFORE INSERT OR UPDATE OR DELETE ON legal_hold FOR EACH ROW
        EXECUTE FUNCTION fd_hold_in_turn()""")
    own_name = "proposed_by_id = fd_staff() AND state = 'proposed' AND confirmed_by_id IS NULL"
    op.execute("CREATE POLICY destruction_own_name ON destruction AS RESTRICTIVE FOR INSERT TO fd_users "
               f"WITH CHECK ({own_name})")  # fmt: skip
    second = "confirmed_by_id IS NULL OR (confirmed_by_id = fd_staff() AND proposed_by_id <> fd_staff())"
    op.execute("CREATE POLICY destruction_confirmed ON destruction AS RESTRICTIVE FOR UPDATE TO fd_users USING (true) "
               f"WITH CHECK ({second})")  # fmt: skip
