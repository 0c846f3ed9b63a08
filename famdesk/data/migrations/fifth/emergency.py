"""Emergency access: a protected file is seen for a while by who asked for it, and read only.

On PostgreSQL only `fd_emergency` makes a row; who looks after the file is told by the server itself, and without an
entry in the journal nothing is committed. A row counts from the next transaction on: a transaction that is taken back
showed nothing, and what was asked for gets no answer before the question stands.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.first.guards import HERE
from famdesk.data.migrations.policies import close
from famdesk.data.migrations.tables import Key, is_postgres, record_table, to

ROLES = "('social_worker', 'psychologist')"
TRIES = 5
"""Questions without an answer in an hour; then one has to wait."""
NOW_IN = "coalesce(pg_current_xact_id_if_assigned()::text::bigint, -1)"
_UTC = '\'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"\''
_SAID = "an emergency access stays as it was"
_FIXED = ("id", "centre_id", "staff_id", "person_id", "asked_at", "until", "made_in", "deleted_at")
_OF_PERSONS = ("person_id", "caller_id", "other_id")


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    keys = record_table(
        "emergency",
        to("staff_id", "staff"),
        to("person_id", "person", nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.String(32), nullable=False),
        sa.Column("until", sa.String(32), nullable=False),
        sa.Column("ended_at", sa.String(32)),
        sa.Column("ended_by_id", sa.Uuid(as_uuid=False), info={"to": "staff"}),
        sa.Column("made_in", sa.BigInteger(), nullable=False),
    )
    if not is_postgres():
        _lock()
    return keys


def _broken(differ: str) -> str:
    """What must not become of a row: only its end is written, once, and its reason is emptied when a file is erased."""
    old, new = (", ".join(f"{row}.{name}" for name in _FIXED) for row in ("OLD", "NEW"))
    return (f"({old}) {differ} ({new}) OR (OLD.ended_at IS NOT NULL AND OLD.ended_at {differ} NEW.ended_at) "
            f"OR (NEW.reason <> OLD.reason AND NEW.reason <> '–')")  # fmt: skip


def _lock() -> None:
    for name, event, when in (("emergency_stays", "DELETE", "1"), ("emergency_fixed", "UPDATE", _broken("IS NOT"))):
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON emergency WHEN {when} "
                   f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")  # fmt: skip


# The files that the colleague who asks sees by an emergency access and by nothing else.
OPEN = f"""CREATE FUNCTION fd_emergencies() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE me uuid := fd_staff();
    BEGIN
      IF coalesce(fd_role() NOT IN {ROLES}, true) THEN
        RETURN '{{}}';
      END IF;
      RETURN (SELECT coalesce(array_agg(DISTINCT file.id), '{{}}') FROM emergency AS one
        JOIN person AS file ON file.id = one.person_id
        WHERE one.staff_id = me AND one.centre_id = fd_centre() AND one.deleted_at IS NULL AND one.ended_at IS NULL
          AND one.until::timestamptz > now() AND one.made_in <> {NOW_IN}
          AND file.centre_id = fd_centre() AND file.protected AND NOT file.restricted
          AND file.owner_staff_id IS DISTINCT FROM me
          AND NOT EXISTS (SELECT 1 FROM person_staff WHERE person_id = file.id AND person_staff.staff_id = me
                          AND person_staff.deleted_at IS NULL));
    END $$"""  # noqa: S608 - codes, no value

# The same statements run whatever is found: how long it takes does not tell. It answers nothing: see `emergency_read`.
ASK = f"""CREATE FUNCTION fd_emergency(new_id uuid, words text, born date, why text) RETURNS void LANGUAGE plpgsql
    VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
      me uuid := fd_staff();
      hit uuid;
      fits boolean;
    BEGIN
      IF coalesce(fd_role() NOT IN {ROLES}, true) OR btrim(coalesce(why, '')) IN ('', '–')
         OR (SELECT count(*) FROM emergency WHERE staff_id = me AND person_id IS NULL
             AND asked_at::timestamptz > now() - interval '1 hour') >= {TRIES} THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      SELECT CASE WHEN count(DISTINCT file.id) = 1 THEN min(file.id::text)::uuid END INTO hit
        FROM search_key JOIN person AS file ON file.id = search_key.record_id
        WHERE search_key.key = words AND search_key.kind = 'person' AND search_key.centre_id = fd_centre()
          AND ((search_key.form = 'w' AND file.birth_date = born)
               OR (search_key.form = 'n' AND lower(file.tax_code) = words))
          AND file.centre_id = fd_centre() AND file.deleted_at IS NULL AND file.merged_into_id IS NULL
          AND file.erased_on IS NULL;
      fits := NOT EXISTS (SELECT 1 FROM person_staff
                          WHERE person_id = coalesce(hit, '00000000-0000-0000-0000-000000000000')
                          AND person_staff.staff_id = me AND kind = 'blocked' AND deleted_at IS NULL)
              AND coalesce((SELECT protected AND NOT restricted FROM person
                            WHERE id = coalesce(hit, '00000000-0000-0000-0000-000000000000')), false);
      INSERT INTO emergency (id, version, centre_id, staff_id, person_id, reason, asked_at, until, made_in)
        VALUES (new_id, 1, fd_centre(), me, CASE WHEN fits THEN hit END, btrim(why),
          to_char(now() AT TIME ZONE 'UTC', {_UTC}),
          to_char(greatest(now() + interval '1 hour',
            (date_trunc('day', now() AT TIME ZONE 'Europe/Rome') + interval '1 day') AT TIME ZONE 'Europe/Rome')
            AT TIME ZONE 'UTC', {_UTC}),
          pg_current_xact_id()::text::bigint);
    END $$"""  # noqa: S608 - codes, no value

# At the commit: no access without its entry in the journal, signed by who asked; then those who look after the file
# are told.
TOLD = f"""CREATE FUNCTION fd_emergency_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM audit WHERE centre_id = NEW.centre_id AND kind = 'emergency'
                     AND staff_id = NEW.staff_id AND reason = NEW.reason
                     AND position(NEW.id::text IN subjects) > 0) THEN
        RAISE EXCEPTION 'an emergency access without an entry in the journal' USING ERRCODE = '42501';
      END IF;
      INSERT INTO notice (id, version, centre_id, staff_id, by_id, kind, subject_table, subject_id, made_at)
        SELECT gen_random_uuid(), 1, NEW.centre_id, one.id, NEW.staff_id, 'break_glass', 'person', NEW.person_id,
               to_char(now() AT TIME ZONE 'UTC', {_UTC})
        FROM staff AS one JOIN person AS file ON file.id = NEW.person_id
        WHERE one.centre_id = NEW.centre_id AND one.active AND one.login IS NOT NULL AND one.deleted_at IS NULL
          AND one.id <> NEW.staff_id
          AND (one.id = file.owner_staff_id OR one.role = 'coordinator' OR EXISTS (
               SELECT 1 FROM person_staff WHERE person_id = file.id AND person_staff.staff_id = one.id
               AND kind = 'assigned' AND deleted_at IS NULL))
          AND NOT EXISTS (SELECT 1 FROM person_staff WHERE person_id = file.id AND person_staff.staff_id = one.id
                          AND kind = 'blocked' AND deleted_at IS NULL);
      RETURN NULL;
    END $$"""  # noqa: S608 - codes, no value

# When it ended the server says, in the name of who ends it. Who asked may end it, and takes away no word: the reason
# is emptied by who leads alone, and not of one's own question.
FIXED = f"""CREATE FUNCTION fd_emergency_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE me uuid := fd_staff();
    BEGIN
      IF {_broken("IS DISTINCT FROM")}
         OR (OLD.ended_at IS NOT NULL AND OLD.ended_by_id IS DISTINCT FROM NEW.ended_by_id)
         OR (me IS NOT NULL AND NEW.reason <> OLD.reason AND (OLD.staff_id = me OR fd_role() <> 'coordinator')) THEN
        RAISE EXCEPTION '{_SAID}' USING ERRCODE = '42501';
      END IF;
      IF OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL AND me IS NOT NULL THEN
        NEW.ended_at := to_char(now() AT TIME ZONE 'UTC', {_UTC});
        NEW.ended_by_id := me;
      END IF;
      RETURN NEW;
    END $$"""

# As in revision 0002, with the files that are open for a while.
MAY_SEE = """CREATE OR REPLACE FUNCTION fd_may_see(about uuid, is_protected boolean, is_restricted boolean,
      in_charge uuid)
    RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT NOT EXISTS (SELECT 1 FROM person_staff WHERE person_id = about AND person_staff.staff_id = fd_staff()
                          AND kind = 'blocked' AND deleted_at IS NULL)
       AND (NOT is_protected OR fd_role() = 'coordinator' OR (fd_role() <> 'reception' AND (in_charge = fd_staff()
            OR EXISTS (SELECT 1 FROM person WHERE id IN (SELECT fd_wholes(about)) AND owner_staff_id = fd_staff())
            OR EXISTS (SELECT 1 FROM person_staff WHERE person_id IN (SELECT fd_wholes(about))
                       AND person_staff.staff_id = fd_staff() AND kind = 'assigned' AND deleted_at IS NULL)))
            OR about = ANY(fd_emergencies()))
       AND (NOT is_restricted OR fd_role() = 'coordinator')
       AND fd_role() <> 'administrator' $$"""

# As in revision 0004, with the files that are open for a while.
UNSEEN = """CREATE OR REPLACE FUNCTION fd_unseen() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      me uuid; my_role text; mine uuid; found uuid[]; open_now uuid[] := fd_emergencies();
    BEGIN
      SELECT staff.id, staff.role, staff.centre_id INTO me, my_role, mine FROM staff
        WHERE login = fd_login() AND active AND deleted_at IS NULL;
      SELECT array_agg(id) INTO found FROM (
        SELECT person_id AS id FROM person_staff WHERE staff_id = me AND kind = 'blocked' AND deleted_at IS NULL
        UNION SELECT person.id FROM person
        WHERE my_role IS DISTINCT FROM 'coordinator' AND (protected OR restricted) AND centre_id = mine
          AND (restricted OR my_role IN ('reception', 'administrator')
               OR NOT (coalesce(owner_staff_id = me, false) OR id = ANY(open_now) OR EXISTS (
                  SELECT 1 FROM person_staff WHERE person_id = person.id AND staff_id = me
                  AND kind = 'assigned' AND deleted_at IS NULL)))) AS guarded;
      IF found IS NULL THEN
        RETURN '{}';
      END IF;
      RETURN (WITH RECURSIVE unseen AS (SELECT unnest(found) AS id
              UNION SELECT person.id FROM person JOIN unseen ON person.merged_into_id = unseen.id)
              SELECT array_agg(id) FROM unseen);
    END $$"""

_GLASS = "(SELECT fd_emergencies())::uuid[]"
_READ = (f"{HERE} AND ((staff_id = fd_staff() AND made_in <> {NOW_IN}) OR (person_id IS NOT NULL "
         "AND fd_role() NOT IN ('reception', 'administrator') AND fd_sees(person_id)))")  # fmt: skip
_END = ("(ended_at IS NOT NULL AND ended_by_id = fd_staff() AND (staff_id = fd_staff() OR fd_works_on(person_id))) "
        "OR (reason = '–' AND fd_role() = 'coordinator')")  # fmt: skip


def protect() -> None:
    """Functions and policies; after all other tables are there, as none may be written by an emergency access."""
    op.execute("GRANT SELECT, INSERT ON emergency TO fd_definer")
    op.execute("GRANT SELECT ON audit TO fd_definer")
    op.execute("GRANT INSERT ON notice TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    for name, function in (("fd_emergencies()", OPEN), ("fd_emergency(uuid, text, date, text)", ASK),
                           ("fd_emergency_told()", TOLD)):  # fmt: skip
        op.execute(function)
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        if not name.startswith("fd_emergency_told"):
            op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    op.execute(FIXED)
    op.execute(MAY_SEE)
    op.execute(UNSEEN)
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    op.execute("CREATE CONSTRAINT TRIGGER emergency_told AFTER INSERT ON emergency DEFERRABLE INITIALLY DEFERRED "
               "FOR EACH ROW EXECUTE FUNCTION fd_emergency_told()")  # fmt: skip
    op.execute("CREATE TRIGGER emergency_fixed BEFORE UPDATE ON emergency FOR EACH ROW "
               "EXECUTE FUNCTION fd_emergency_fixed()")  # fmt: skip
    close("emergency", "SELECT")
    op.execute("GRANT UPDATE (ended_at, ended_by_id, reason, version) ON emergency TO fd_users")
    op.execute(f"CREATE POLICY emergency_read ON emergency FOR SELECT TO fd_users USING ({_READ})")
    op.execute(f"CREATE POLICY emergency_end ON emergency FOR UPDATE TO fd_users USING ({_READ}) WITH CHECK ({_END})")
    _read_only()


def _read_only() -> None:
    """Nothing about a file that is open by an emergency access alone is written, whatever table it stands in."""
    rows = op.get_bind().execute(sa.text(
        "SELECT table_name, column_name FROM information_schema.columns JOIN pg_tables ON tablename = table_name "
        "AND schemaname = table_schema WHERE table_schema = 'public' AND column_name = ANY(:names) "
        "AND table_name NOT IN ('change', 'emergency') ORDER BY 1, 2"), {"names": list(_OF_PERSONS)})  # fmt: skip
    columns: dict[str, list[str]] = {}
    for table, column in rows:
        columns.setdefault(table, []).append(column)
    closed = {table: " AND ".join(f"({name} IS NULL OR {name} <> ALL({_GLASS}))" for name in names)
              for table, names in columns.items()}  # fmt: skip
    closed["person"] = f"id <> ALL({_GLASS})"
    mine = f"person_id = ANY({_GLASS})"
    closed["household"] = f"NOT EXISTS (SELECT 1 FROM membership WHERE household_id = household.id AND {mine})"  # noqa: S608
    closed["attendance"] = f"NOT EXISTS (SELECT 1 FROM enrolment WHERE enrolment.id = enrolment_id AND {mine})"  # noqa: S608
    for table, open_ in sorted(closed.items()):
        for event, clause in (("INSERT", f"WITH CHECK ({open_})"), ("UPDATE", f"USING ({open_}) WITH CHECK ({open_})"),
                              ("DELETE", f"USING ({open_})")):  # fmt: skip
            op.execute(f"CREATE POLICY {table}_no_emergency_{event.lower()} ON {table} AS RESTRICTIVE FOR {event} "
                       f"TO fd_users {clause}")  # fmt: skip
