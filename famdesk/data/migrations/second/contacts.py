"""What colleagues may not read of persons whom they know: hidden contact points, words of the waiting room.

Restrictive policies beside those of the first revision. What others must know all the same (that a hidden contact point
is there, and its rule) is told by a function that looks past them.
"""

from __future__ import annotations

from alembic import op

FUNCTIONS = (
    # A file and those that it is part of. UNION ends also where they go in a circle.
    """CREATE FUNCTION fd_wholes(about uuid) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ WITH RECURSIVE whole AS (
         SELECT id, merged_into_id FROM person WHERE id = about
         UNION SELECT person.id, person.merged_into_id FROM person JOIN whole ON person.id = whole.merged_into_id)
       SELECT id FROM whole $$""",
    # Who works on a file works on the parts of it; the rest is as in the first revision.
    """CREATE OR REPLACE FUNCTION fd_may_see(about uuid, is_protected boolean, is_restricted boolean, in_charge uuid)
    RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT NOT EXISTS (SELECT 1 FROM person_staff WHERE person_id = about AND person_staff.staff_id = fd_staff()
                          AND kind = 'blocked' AND deleted_at IS NULL)
       AND (NOT is_protected OR fd_role() = 'coordinator' OR (fd_role() <> 'reception' AND (in_charge = fd_staff()
            OR EXISTS (SELECT 1 FROM person WHERE id IN (SELECT fd_wholes(about)) AND owner_staff_id = fd_staff())
            OR EXISTS (SELECT 1 FROM person_staff WHERE person_id IN (SELECT fd_wholes(about))
                       AND person_staff.staff_id = fd_staff() AND kind = 'assigned' AND deleted_at IS NULL))))
       AND (NOT is_restricted OR fd_role() = 'coordinator')
       AND fd_role() <> 'administrator' $$""",
    # Behind the digest of a file that came in stands the key of whoever signed it.
    """CREATE OR REPLACE FUNCTION fd_taken(of_digest text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM referral WHERE centre_id = fd_centre() AND split_part(digest, ' ', 1) = of_digest
                      AND direction = 'in' AND deleted_at IS NULL) $$""",
    # The colleague in charge, those assigned, and the coordinator.
    """CREATE FUNCTION fd_works_on(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(fd_role() = 'coordinator', false)
       OR EXISTS (SELECT 1 FROM person WHERE id = about AND owner_staff_id = fd_staff())
       OR EXISTS (SELECT 1 FROM person_staff WHERE person_id = about AND person_staff.staff_id = fd_staff()
                  AND kind = 'assigned' AND deleted_at IS NULL) $$""",
    # Who hides a contact point changes a row that is still open: looked at anew each time, never in an old snapshot.
    """CREATE FUNCTION fd_is_open_point(about uuid) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT NOT hidden FROM contact_point WHERE id = about), false) $$""",
    # The hidden contact points of those persons whom the colleague may know, and of files that are part of theirs:
    # everything but the value and whose it is.
    """CREATE FUNCTION fd_hidden_points(of_persons uuid[]) RETURNS TABLE (id uuid, person_id uuid, kind text,
      may_call boolean, may_leave_message boolean, may_write boolean, safe_from time, safe_to time, neutral_name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT point.id, file.id, point.kind, point.may_call, point.may_leave_message, point.may_write,
         point.safe_from, point.safe_to, point.neutral_name
       FROM (SELECT one.id, one.id AS part FROM person AS one WHERE one.id = ANY(of_persons)
             UNION SELECT one.merged_into_id, one.id FROM person AS one WHERE one.merged_into_id = ANY(of_persons))
         AS file JOIN contact_point AS point ON point.person_id = file.part
       WHERE point.hidden AND point.deleted_at IS NULL AND point.centre_id = fd_centre() AND fd_sees(file.id)
         AND fd_role() <> 'administrator' $$""",
    # A contact point that is or was hidden is told by none of its changes.
    """CREATE FUNCTION fd_knows_point(about uuid, of_person uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT fd_works_on(of_person)
       OR NOT (EXISTS (SELECT 1 FROM contact_point WHERE id = about AND hidden)
               OR EXISTS (SELECT 1 FROM change WHERE row_id = about AND table_name = 'contact_point'
                          AND (coalesce((before::jsonb ->> 'hidden')::boolean, false)
                               OR coalesce((after::jsonb ->> 'hidden')::boolean, false)))) $$""",
    """CREATE FUNCTION fd_is_sheltered(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT protected OR restricted FROM person WHERE id = about), false) $$""",
    # Whoever came for an appointment of somebody; who came for none is nobody whom the centre knows.
    """CREATE FUNCTION fd_knows_visitor(row_text text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT (appointment.person_id IS NULL OR fd_sees(appointment.person_id))
                               AND NOT fd_is_sheltered(appointment.person_id)
                        FROM appointment WHERE id = (row_text::jsonb ->> 'appointment_id')::uuid), true) $$""",
    """CREATE FUNCTION fd_knows_card(row_text text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT (person_id IS NULL OR fd_sees(person_id)) AND (caller_id IS NULL OR fd_sees(caller_id))
                        FROM access_card WHERE id = (row_text::jsonb ->> 'access_card_id')::uuid), true) $$""",
    # Erasure: drafts and saved searches of all colleagues that name somebody. JSON is read as what it stands for.
    r"""CREATE FUNCTION fd_plain(body text) RETURNS text LANGUAGE plpgsql IMMUTABLE
    SET search_path = public, pg_temp AS
    $$ BEGIN RETURN lower(body::jsonb::text); EXCEPTION WHEN others THEN RETURN lower(body); END $$""",
    r"""CREATE FUNCTION fd_holds(plain text, words text) RETURNS boolean LANGUAGE sql IMMUTABLE
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(length(btrim(words)) >= 3 AND plain ~ ('(^|\W)' ||
       regexp_replace(lower(btrim(words)), '([^[:alnum:][:space:]_])', '\\\1', 'g') || '($|\W)'), false) $$""",
    """CREATE FUNCTION fd_names(about uuid, body text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM person, fd_plain(body) AS plain
         WHERE (person.id = about OR person.merged_into_id = about)
         AND (position(person.id::text in plain) > 0 OR fd_holds(plain, tax_code) OR fd_holds(plain, alias)
              OR (btrim(coalesce(surname, '') || coalesce(given_name, '')) <> ''
                  AND (btrim(coalesce(surname, '')) = '' OR fd_holds(plain, surname))
                  AND (btrim(coalesce(given_name, '')) = '' OR fd_holds(plain, given_name))))) $$""",
    """CREATE FUNCTION fd_words_about(about uuid, forget boolean) RETURNS TABLE (drafts bigint, searches bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    BEGIN
      IF coalesce(fd_role() <> 'coordinator', true) OR NOT fd_sees(about) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      SELECT count(*) INTO drafts FROM draft WHERE centre_id = fd_centre()
        AND (fd_names(about, body) OR fd_names(about, key));
      SELECT count(*) INTO searches FROM saved_search WHERE centre_id = fd_centre()
        AND (fd_names(about, name) OR fd_names(about, filters));
      IF forget THEN
        DELETE FROM draft WHERE centre_id = fd_centre() AND (fd_names(about, body) OR fd_names(about, key));
        DELETE FROM change WHERE centre_id = fd_centre() AND seq IN
          (SELECT seq FROM change WHERE centre_id = fd_centre() AND table_name = 'saved_search'
           AND (fd_names(about, before) OR fd_names(about, after)));
        DELETE FROM saved_search WHERE centre_id = fd_centre() AND (fd_names(about, name) OR fd_names(about, filters));
      END IF;
      RETURN NEXT;
    END $$""",
    # Of somebody with a protected or restricted file the waiting room keeps a number and no words.
    """CREATE FUNCTION fd_still_visit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      IF fd_is_sheltered(coalesce(NEW.person_id, (SELECT person_id FROM appointment WHERE id = NEW.appointment_id)))
      THEN NEW.first_name := NULL; NEW.what := NULL; END IF;
      RETURN NEW;
    END $$""",
    """CREATE FUNCTION fd_still_visits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE visit SET first_name = NULL, what = NULL WHERE (first_name IS NOT NULL OR what IS NOT NULL)
        AND (person_id = NEW.id OR appointment_id IN (SELECT id FROM appointment WHERE person_id = NEW.id));
      RETURN NULL;
    END $$""",
)
ASKED = ("fd_works_on(uuid)", "fd_is_open_point(uuid)", "fd_hidden_points(uuid[])", "fd_knows_point(uuid, uuid)",
         "fd_knows_visitor(text)", "fd_knows_card(text)", "fd_words_about(uuid, boolean)")  # fmt: skip
INNER = ("fd_wholes(uuid)", "fd_is_sheltered(uuid)", "fd_plain(text)", "fd_holds(text, text)", "fd_names(uuid, text)")
"""Called by the others only: who could ask them would learn of persons whom they may not know."""
OF_TRIGGERS = ("fd_still_visit()", "fd_still_visits()")
TRIGGERS = (
    "CREATE TRIGGER still_visit BEFORE INSERT OR UPDATE ON visit FOR EACH ROW EXECUTE FUNCTION fd_still_visit()",
    """CREATE TRIGGER still_visits AFTER UPDATE OF protected, restricted ON person FOR EACH ROW
    WHEN ((NEW.protected AND NOT OLD.protected) OR (NEW.restricted AND NOT OLD.restricted))
    EXECUTE FUNCTION fd_still_visits()""",
)
OPEN = "NOT hidden OR fd_works_on(person_id) OR fd_is_open_point(id)"
CHANGE = """CASE table_name
    WHEN 'contact_point' THEN fd_knows_point(row_id, person_id)
    WHEN 'visit' THEN fd_knows_visitor(before) AND fd_knows_visitor(after)
    WHEN 'info_contact' THEN fd_knows_card(before) AND fd_knows_card(after)
    ELSE true END"""


def protect() -> None:
    """Functions, triggers and restrictive policies; the words that are there of those who are guarded by now go."""
    op.execute("GRANT SELECT ON contact_point, appointment, access_card TO fd_definer")
    op.execute("GRANT SELECT, UPDATE ON visit TO fd_definer")
    op.execute("GRANT SELECT, DELETE ON saved_search TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for function in FUNCTIONS:
        op.execute(function)
    for name in (*ASKED, *INNER, *OF_TRIGGERS):
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    for name in ASKED:
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    for trigger in TRIGGERS:
        op.execute(trigger)
    for kind in ("SELECT", "DELETE"):
        _restrict("contact_point", kind, OPEN)
    _restrict("contact_point", "UPDATE", OPEN, "true")
    _restrict("change", "SELECT", CHANGE)
    op.execute("SET LOCAL ROLE fd_definer")  # the owner of the tables reads no row of a person
    op.execute("""UPDATE visit SET first_name = NULL, what = NULL WHERE (first_name IS NOT NULL OR what IS NOT NULL)
        AND fd_is_sheltered(coalesce(person_id, (SELECT a.person_id FROM appointment AS a
                                                 WHERE a.id = visit.appointment_id)))""")
    op.execute("SET LOCAL ROLE fd_owner")


def _restrict(table: str, command: str, using: str, check: str = "") -> None:
    """Beside the policies that let rows through: which of them stay closed."""
    also = f" WITH CHECK ({check})" if check else ""
    op.execute(f"CREATE POLICY {table}_kept_{command.lower()} ON {table} AS RESTRICTIVE FOR {command} TO fd_users"
               f" USING ({using}){also}")  # fmt: skip
