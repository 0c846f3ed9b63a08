"""Unfinished work of a centre, for who leads it: how much of what by whom and since which day, never what it says.

Drafts are invisible to a coordinator, and so are those whom an appointment is about to some: numbers only are told. Who
does not lead is told of the own work, without what speaks of somebody whom one may not know: a number that is larger
than the list would tell of them.
"""

from __future__ import annotations

from alembic import op

# `day` is the desk's day; minutes are those of the calendar, since 1970.
UNFINISHED = """CREATE FUNCTION fd_unfinished(day date, outcomes_from date, unused_since date)
    RETURNS TABLE (kind text, staff_id uuid, many bigint, oldest date)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    #variable_conflict use_column
    DECLARE
      mine uuid := fd_centre();
      me uuid := fd_staff();
      leads boolean := coalesce(fd_role() = 'coordinator', false);
      unseen uuid[] := CASE WHEN leads THEN '{}' ELSE fd_unseen() END;
      present uuid[] := CASE WHEN leads THEN '{}' ELSE fd_unseen_appointments(false) END;
    BEGIN
      IF coalesce(fd_role() IN ('administrator', 'auditor'), true) THEN RETURN; END IF;
      RETURN QUERY SELECT one.kind, one.staff_id, one.many, one.oldest FROM (
        SELECT 'note'::text AS kind, author_id AS staff_id, count(*) AS many, min(note.day) AS oldest
          FROM note WHERE centre_id = mine AND deleted_at IS NULL AND state = 'draft' AND NOT private GROUP BY 2
        UNION ALL
        SELECT 'outcome', staff_id, count(*), date '1970-01-01' + (min(starts) / 1440)::integer
          FROM appointment WHERE centre_id = mine AND deleted_at IS NULL AND kind <> 'absence'
          AND state IN ('planned', 'confirmed', 'arrived') AND (person_id IS NULL OR person_id <> ALL(unseen))
          AND id <> ALL(present)
          AND starts >= (outcomes_from - date '1970-01-01')::bigint * 1440
          AND starts < (day - date '1970-01-01')::bigint * 1440 GROUP BY 2
        UNION ALL
        SELECT 'follow_up', staff_id, count(*), min(due_on)
          FROM follow_up WHERE centre_id = mine AND deleted_at IS NULL AND state = 'open' AND due_on < day
          AND (person_id IS NULL OR person_id <> ALL(unseen)) GROUP BY 2
        UNION ALL
        SELECT 'card', operator_id, count(*), date '1970-01-01' + (min(at) / 1440)::integer
          FROM access_card WHERE centre_id = mine AND deleted_at IS NULL
          AND (channel IS NULL OR needs = '' OR answers IS NULL OR outcome IS NULL OR outcome = 'pending')
          AND (person_id IS NULL OR person_id <> ALL(unseen))
          AND (caller_id IS NULL OR caller_id <> ALL(unseen)) GROUP BY 2
        UNION ALL
        SELECT 'referral', operator_id, count(*), min(answer_due)
          FROM referral WHERE centre_id = mine AND deleted_at IS NULL AND state IN ('sent', 'received', 'accepted')
          AND answer_due < day AND (person_id IS NULL OR person_id <> ALL(unseen)) GROUP BY 2
        UNION ALL
        SELECT 'envelope', note.author_id, count(DISTINCT note.id), min(note.day)
          FROM note JOIN note_part ON note_part.note_id = note.id WHERE note.centre_id = mine
          AND note.deleted_at IS NULL AND note.state = 'signed' AND NOT note.private
          AND NOT EXISTS (SELECT 1 FROM note_key WHERE part_id = note_part.id AND holder_id IS NULL) GROUP BY 2
        UNION ALL
        SELECT 'account', one.id, 1, one.last FROM (
          SELECT id, (SELECT left(audit.at, 10)::date FROM audit WHERE audit.centre_id = mine
                      AND audit.staff_id = staff.id ORDER BY seq DESC LIMIT 1) AS last
          FROM staff WHERE centre_id = mine AND active AND login IS NOT NULL AND deleted_at IS NULL) AS one
          WHERE leads AND coalesce(one.last < unused_since, true)
      ) AS one WHERE leads OR one.staff_id = me;
    END $$"""


def protect() -> None:
    # Where one colleague wrote nearly all, the planner would look for everybody's last entry from the journal's end on,
    # and go through all of it for somebody who never wrote anything.
    op.execute("ALTER TABLE audit ALTER COLUMN staff_id SET (n_distinct = 8)")
    op.execute("GRANT SELECT ON note, note_part, note_key, appointment, follow_up, access_card, audit TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute(UNFINISHED)
    op.execute("ALTER FUNCTION fd_unfinished(date, date, date) OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_unfinished(date, date, date) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION fd_unfinished(date, date, date) TO fd_users")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
