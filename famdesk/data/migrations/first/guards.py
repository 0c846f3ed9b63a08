"""PostgreSQL's row-level security: each person has a login role of their own; the server knows centre, role and ties.

Policies look at `session_user`, which a client cannot change. The functions run as a role that owns nothing but may
look past the policies; they answer only about the person who asks.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.policies import close, policy

SHARED = (
    "network", "centre", "act", "fund", "call", "statement", "catchment", "body", "partnership", "role_holder",
    "place", "room", "access_point", "opening_rule", "extra_opening", "closure", "service", "service_link",
    "initiative", "meeting",
)  # fmt: skip
LEADERS_WRITE = ("network", "centre", "act", "fund", "call", "staff", "room", "access_point", "opening_rule",
                 "extra_opening", "closure")  # fmt: skip
ABOUT_PERSONS = ("membership", "contact_point", "enrolment", "placement", "school_year",
                 "custom_value", "consent", "referral", "visit", "follow_up", "rights_request",
                 "card_person")  # fmt: skip
ABOUT_TWO = ("relation", "responsibility", "delegate", "consent_signature", "not_same")
OF_THE_CENTRE = ("info_contact", "appointment")
LED = ("consent_text", "custom_field", "processing")
"""Everybody of the centre reads them; who leads the centre writes them."""

HERE = "centre_id = fd_centre()"
LEADS = "fd_role() IN ('coordinator', 'administrator')"
WITH_FAMILIES = f"{HERE} AND fd_role() <> 'administrator'"
"""An administrator cares for accounts and data, and has nothing to do with families."""
SEES = "(person_id IS NULL OR fd_sees(person_id))"
SEES_OTHER = "(other_id IS NULL OR fd_sees(other_id))"
SEES_CALLER = "(caller_id IS NULL OR fd_sees(caller_id))"
TIES = "(fd_role() = 'coordinator' OR (kind = 'assigned' AND fd_role() <> 'reception'))"
IS_MINE = "staff_id = fd_staff()"

CONTENT = """CASE table_name
    WHEN 'household' THEN fd_role() <> 'administrator' AND fd_sees_household(row_id)
    WHEN 'attendance' THEN fd_role() <> 'administrator'
        AND fd_sees_enrolment((coalesce(after, before)::jsonb ->> 'enrolment_id')::uuid)
    WHEN 'access_card' THEN fd_role() <> 'administrator' AND fd_knows_caller(before) AND fd_knows_caller(after)
    WHEN 'relation' THEN fd_knows_other(before) AND fd_knows_other(after)
    WHEN 'responsibility' THEN fd_knows_other(before) AND fd_knows_other(after)
    WHEN 'delegate' THEN fd_knows_other(before) AND fd_knows_other(after)
    WHEN 'consent_signature' THEN fd_knows_other(before) AND fd_knows_other(after)
    WHEN 'merge' THEN fd_role() <> 'reception' AND fd_knows_other(before) AND fd_knows_other(after)
    WHEN 'not_same' THEN fd_knows_other(before) AND fd_knows_other(after)
    WHEN 'flag' THEN fd_role() <> 'reception' OR NOT (fd_is_sensitive(before) OR fd_is_sensitive(after))
    WHEN 'measure' THEN fd_role() NOT IN ('administrator', 'reception', 'educator')
    WHEN 'breach' THEN fd_role() IN ('coordinator', 'administrator')
    WHEN 'appointment' THEN fd_role() <> 'administrator'
    WHEN 'info_contact' THEN fd_role() <> 'administrator'
    ELSE true END"""
"""Beside the person that a change names: whom its content speaks of."""

FUNCTIONS = (
    # A login of another database on the same server is nobody here, whatever the length of that database's name.
    """CREATE FUNCTION fd_login() RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_temp AS
    $$ SELECT CASE WHEN starts_with(session_user::text, 'fd_' || current_database() || ':')
       THEN substr(session_user::text, length('fd_' || current_database() || ':') + 1) END $$""",
    """CREATE FUNCTION fd_staff() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT id FROM staff WHERE login = fd_login() AND active AND deleted_at IS NULL $$""",
    """CREATE FUNCTION fd_centre() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT centre_id FROM staff WHERE login = fd_login() AND active AND deleted_at IS NULL $$""",
    """CREATE FUNCTION fd_role() RETURNS text LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT role FROM staff WHERE login = fd_login() AND active AND deleted_at IS NULL $$""",
    """CREATE FUNCTION fd_may_see(about uuid, is_protected boolean, is_restricted boolean, in_charge uuid)
    RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT NOT EXISTS (SELECT 1 FROM person_staff WHERE person_id = about AND person_staff.staff_id = fd_staff()
                          AND kind = 'blocked' AND deleted_at IS NULL)
       AND (NOT is_protected OR fd_role() = 'coordinator' OR (fd_role() <> 'reception' AND (in_charge = fd_staff()
            OR EXISTS (SELECT 1 FROM person_staff WHERE person_id = about AND person_staff.staff_id = fd_staff()
                       AND kind = 'assigned' AND deleted_at IS NULL))))
       AND (NOT is_restricted OR fd_role() = 'coordinator')
       AND fd_role() <> 'administrator' $$""",
    """CREATE FUNCTION fd_barred() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(array_agg(person_id), '{}') FROM person_staff
       WHERE staff_id = fd_staff() AND kind = 'blocked' AND deleted_at IS NULL $$""",
    # A file that is part of others is seen by nobody who does not see these. UNION ends also where they go in a circle.
    """CREATE FUNCTION fd_sees_whole(kept uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ WITH RECURSIVE whole AS (
         SELECT id, protected, restricted, owner_staff_id, merged_into_id FROM person WHERE id = kept
         UNION SELECT person.id, person.protected, person.restricted, person.owner_staff_id, person.merged_into_id
         FROM person JOIN whole ON person.id = whole.merged_into_id)
       SELECT coalesce(bool_and(fd_may_see(id, protected, restricted, owner_staff_id)), true) FROM whole $$""",
    """CREATE FUNCTION fd_sees(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT centre_id = fd_centre() AND fd_may_see(id, protected, restricted, owner_staff_id)
                               AND (merged_into_id IS NULL OR fd_sees_whole(merged_into_id))
                        FROM person WHERE id = about), false) $$""",
    # What is said of a row that is gone, such as a person whose adding was undone.
    """CREATE FUNCTION fd_is_gone(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT NOT EXISTS (SELECT 1 FROM person WHERE id = about) $$""",
    # A household shows an address: who may see none of those who live there now does not see it, even after having
    # lived there. An empty home is seen by who may see all who ever did. The day is that of Italy, not the client's.
    """CREATE FUNCTION fd_sees_household(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(bool_or(fd_sees(person_id)) FILTER (WHERE holds), bool_and(fd_sees(person_id)), true)
       FROM (SELECT person_id, deleted_at IS NULL AND (valid_to IS NULL
             OR valid_to >= (now() AT TIME ZONE 'Europe/Rome')::date) AS holds
             FROM membership WHERE household_id = about) AS place $$""",
    """CREATE FUNCTION fd_sees_enrolment(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT fd_sees(person_id) FROM enrolment WHERE id = about), true) $$""",
    """CREATE FUNCTION fd_knows_caller(card text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(fd_sees(caller) OR fd_is_gone(caller), true)
       FROM (SELECT (card::jsonb ->> 'caller_id')::uuid AS caller) AS named $$""",
    """CREATE FUNCTION fd_knows_other(row_text text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce(fd_sees(other) OR fd_is_gone(other), true)
       FROM (SELECT (row_text::jsonb ->> 'other_id')::uuid AS other) AS named $$""",
    """CREATE FUNCTION fd_is_sensitive(row_text text) RETURNS boolean LANGUAGE sql IMMUTABLE
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((row_text::jsonb ->> 'sensitive')::boolean, false) $$""",
    # A place is taken also by somebody whom one may not know of: numbers only.
    """CREATE FUNCTION fd_enrolments() RETURNS TABLE (initiative_id uuid, state text, people bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT enrolment.initiative_id, enrolment.state, count(*) FROM enrolment
       WHERE enrolment.centre_id = fd_centre() AND enrolment.deleted_at IS NULL GROUP BY 1, 2 $$""",
    # A file of another centre is taken in once, also for somebody whom one may not know.
    """CREATE FUNCTION fd_taken(of_digest text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM referral WHERE centre_id = fd_centre() AND digest = of_digest
                      AND direction = 'in' AND deleted_at IS NULL) $$""",
    # Erasure: what the journal keeps of a person's rows goes; steps are taken whole, as their digests cover them.
    """CREATE FUNCTION fd_forget(about uuid, row_ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      IF coalesce(fd_role() <> 'coordinator', true) OR NOT fd_sees(about)
         OR NOT EXISTS (SELECT 1 FROM person WHERE id = about AND erased_on IS NOT NULL) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      DELETE FROM change WHERE centre_id = fd_centre() AND seq IN
        (SELECT seq FROM change WHERE centre_id = fd_centre() AND (person_id = about OR (row_id = ANY(row_ids)
         AND (table_name IN ('household', 'visit', 'info_contact')
              OR position(about::text IN coalesce(before, '') || coalesce(after, '')) > 0))));
      DELETE FROM draft WHERE centre_id = fd_centre() AND key = 'person:' || about;
    END $$""",
    """CREATE FUNCTION fd_colleague(of_login text) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM staff WHERE login = of_login AND centre_id = fd_centre()) $$""",
    """CREATE FUNCTION fd_create_login(new_login text, verifier text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE role_name text := 'fd_' || current_database() || ':' || new_login;
    BEGIN
      IF coalesce(fd_role() NOT IN ('coordinator', 'administrator'), true) OR new_login !~ '^[a-z0-9._-]{2,30}$'
         OR verifier NOT LIKE 'SCRAM-SHA-256$%' OR octet_length(role_name) > 63 OR NOT fd_colleague(new_login) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L IN ROLE fd_users', role_name, verifier);
      EXECUTE format('ALTER ROLE %I SET statement_timeout = ''30s''', role_name);
      EXECUTE format('ALTER ROLE %I SET lock_timeout = ''10s''', role_name);
      EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''60s''', role_name);
    END $$""",
    """CREATE FUNCTION fd_end_login(old_login text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      IF coalesce(fd_role() NOT IN ('coordinator', 'administrator'), true) OR NOT fd_colleague(old_login) THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      EXECUTE format('ALTER ROLE %I NOLOGIN', 'fd_' || current_database() || ':' || old_login);
    END $$""",
    # The journal's head follows the entries by itself: nobody can move it, and an entry out of order is refused.
    """CREATE FUNCTION fd_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE head audit_head%ROWTYPE;
    BEGIN
      SELECT * INTO head FROM audit_head WHERE centre_id = NEW.centre_id FOR UPDATE;
      IF NEW.seq IS DISTINCT FROM coalesce(head.seq, 0) + 1
         OR NEW.prev IS DISTINCT FROM coalesce(head.hash, repeat('0', 64)) THEN
        RAISE EXCEPTION 'audit out of order' USING ERRCODE = '40001';
      END IF;
      INSERT INTO audit_head (centre_id, seq, hash) VALUES (NEW.centre_id, NEW.seq, NEW.hash)
      ON CONFLICT (centre_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash;
      RETURN NEW;
    END $$""",
    # The search index says of each key whether somebody of the centre may not know of the person: most keys then
    # need no look at the person. Kept right here, whatever a client says.
    """CREATE FUNCTION fd_is_guarded(about uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT coalesce((SELECT protected OR restricted FROM person WHERE id = about), false)
       OR EXISTS (SELECT 1 FROM person_staff WHERE person_id = about AND kind = 'blocked' AND deleted_at IS NULL) $$""",
    """CREATE FUNCTION fd_guard_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ BEGIN NEW.guarded := fd_is_guarded(NEW.record_id); RETURN NEW; END $$""",
    """CREATE FUNCTION fd_guard_person() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ BEGIN UPDATE search_key SET guarded = false WHERE record_id = NEW.id; RETURN NULL; END $$""",
    """CREATE FUNCTION fd_guard_tie() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      IF TG_OP <> 'INSERT' THEN UPDATE search_key SET guarded = false WHERE record_id = OLD.person_id; END IF;
      IF TG_OP <> 'DELETE' THEN UPDATE search_key SET guarded = false WHERE record_id = NEW.person_id; END IF;
      RETURN NULL;
    END $$""",
)
OF_TRIGGERS = ("fd_in_order()", "fd_guard_key()", "fd_guard_person()", "fd_guard_tie()")
TRIGGERS = (
    "CREATE TRIGGER audit_in_order BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION fd_in_order()",
    "CREATE TRIGGER guard_key BEFORE INSERT OR UPDATE ON search_key FOR EACH ROW EXECUTE FUNCTION fd_guard_key()",
    """CREATE TRIGGER guard_person AFTER UPDATE OF protected, restricted ON person FOR EACH ROW
    WHEN (OLD.protected <> NEW.protected OR OLD.restricted <> NEW.restricted) EXECUTE FUNCTION fd_guard_person()""",
    """CREATE TRIGGER guard_tie AFTER INSERT OR UPDATE OR DELETE ON person_staff FOR EACH ROW
    EXECUTE FUNCTION fd_guard_tie()""",
)
ASKED = (
    "fd_staff()", "fd_centre()", "fd_role()", "fd_may_see(uuid, boolean, boolean, uuid)", "fd_sees(uuid)",
    "fd_sees_whole(uuid)", "fd_barred()",
    "fd_is_gone(uuid)", "fd_sees_household(uuid)", "fd_sees_enrolment(uuid)", "fd_enrolments()", "fd_colleague(text)",
    "fd_knows_caller(text)", "fd_knows_other(text)", "fd_is_sensitive(text)",
    "fd_forget(uuid, uuid[])", "fd_taken(text)",
    "fd_create_login(text, text)", "fd_end_login(text)",
)  # fmt: skip
"""The functions that policies and people may call; those of the triggers are called by nobody."""


def protect() -> None:
    """Functions, grants and policies for every table."""
    op.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA public TO fd_users, fd_definer")
    op.execute("GRANT SELECT ON staff, person, person_staff, membership, enrolment, referral TO fd_definer")
    op.execute("GRANT SELECT, INSERT, UPDATE ON audit_head TO fd_definer")
    op.execute("GRANT SELECT, DELETE ON change, draft TO fd_definer")
    op.execute("GRANT SELECT, UPDATE ON search_key TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for function in FUNCTIONS:
        op.execute(function)
    for name in (*ASKED, "fd_is_guarded(uuid)", *OF_TRIGGERS):
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
    for name in (*ASKED, "fd_login()"):
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    for trigger in TRIGGERS:
        op.execute(trigger)
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    op.execute("GRANT SELECT ON alembic_version TO fd_users")
    for table in SHARED:
        policy(table, read="fd_centre() IS NOT NULL", write=HERE + (f" AND {LEADS}" if table in LEADERS_WRITE else ""))
    policy("staff", read=HERE, write=f"{HERE} AND {LEADS}")
    for table in OF_THE_CENTRE:
        policy(table, read=WITH_FAMILIES, write=WITH_FAMILIES)
    about_persons = f"{WITH_FAMILIES} AND {SEES}"
    for table in ABOUT_PERSONS:
        policy(table, read=about_persons, write=about_persons)
    about_two = f"{about_persons} AND {SEES_OTHER}"
    for table in ABOUT_TWO:
        policy(table, read=about_two, write=about_two)
    merged = f"{about_two} AND fd_role() <> 'reception'"  # what moved tells what reception does not see
    policy("merge", read=merged, write=merged)
    drawer = f"{about_persons} AND fd_role() NOT IN ('reception', 'educator')"
    policy("measure", read=drawer, write=drawer)
    flag = f"{about_persons} AND (NOT sensitive OR fd_role() <> 'reception')"
    policy("flag", read=flag, write=flag)
    for table in LED:
        policy(table, read=HERE, write=f"{HERE} AND {LEADS}")
    policy("breach", read=f"{HERE} AND {LEADS}", write=f"{HERE} AND {LEADS}")
    policy("person_staff", read=about_persons, write=f"{about_persons} AND {TIES}")
    policy("access_card", read=f"{about_persons} AND {SEES_CALLER}", write=f"{about_persons} AND {SEES_CALLER}")
    policy("household", read=f"{WITH_FAMILIES} AND fd_sees_household(id)", write=WITH_FAMILIES)
    policy("attendance", read=f"{WITH_FAMILIES} AND fd_sees_enrolment(enrolment_id)", write=WITH_FAMILIES)
    # The plain case first: sub-selects are asked once for a statement, the function once for each row.
    plain = ("NOT protected AND NOT restricted AND merged_into_id IS NULL AND (SELECT fd_role()) <> 'administrator'"
             " AND id <> ALL ((SELECT fd_barred())::uuid[])")  # fmt: skip
    person = (f"centre_id = (SELECT fd_centre()) AND (({plain}) OR (fd_may_see(id, protected, restricted, "
              "owner_staff_id) AND (merged_into_id IS NULL OR fd_sees_whole(merged_into_id))))")  # fmt: skip
    policy("person", read=person, write=HERE + " AND (NOT protected OR fd_may_see(id, protected, restricted, "
            "owner_staff_id))")  # fmt: skip
    policy("saved_search", read=f"{HERE} AND {IS_MINE}", write=f"{HERE} AND {IS_MINE}")
    policy("draft", read=f"{HERE} AND {IS_MINE}", write=f"{HERE} AND {IS_MINE}")
    _journal()


def _journal() -> None:
    of_others = f"({SEES} OR ({IS_MINE} AND fd_is_gone(person_id))) AND {CONTENT}"
    policy("audit", read=HERE, write=f"{HERE} AND {IS_MINE}", grants="SELECT, INSERT")
    policy("change", read=f"{HERE} AND {of_others}", write=f"{HERE} AND {IS_MINE}", grants="SELECT, INSERT")
    # A sub-select is asked once for a statement, a bare function once for each key.
    of_all = "NOT guarded AND (SELECT fd_role()) <> 'administrator'"
    key = f"kind <> 'person' OR (centre_id = (SELECT fd_centre()) AND (({of_all}) OR fd_sees(record_id)))"
    policy("search_key", read=f"(SELECT fd_centre()) IS NOT NULL AND ({key})", write=f"{HERE} AND ({key})")
    shared = "record_id = '00000000-0000-0000-0000-000000000000'"
    families = "centre_id = (SELECT fd_centre()) AND (SELECT fd_role()) <> 'administrator'"
    word = f"{families} AND ({shared} OR fd_sees(record_id))"
    policy("search_word", read=word, write=word)
    policy("key_slot", read=HERE, write=f"{HERE} AND (login IN ('', fd_login()) OR {LEADS})")
    close("audit_head", "SELECT, UPDATE")  # a row can be locked, which takes the right to update, but never changed
    op.execute(f"CREATE POLICY audit_head_read ON audit_head FOR SELECT TO fd_users USING ({HERE})")
    op.execute(f"CREATE POLICY audit_head_lock ON audit_head FOR UPDATE TO fd_users USING ({HERE}) WITH CHECK (false)")
