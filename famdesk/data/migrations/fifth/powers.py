"""Roles as a centre has them, on PostgreSQL too: restrictive policies beside those that let rows through.

`fd_may('families', 'desk')` says whether who asks has one of these powers: within what the role can have at most, and
without what the centre took away. "own" is what everybody has but an auditor, who writes nothing.

A table may be needed by several powers: who makes appointments reads names. Which ones is said in `TABLES`; the tests
hold it against what the use-cases of each power read and write.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.fifth.traces import READERS, WRITES
from famdesk.data.migrations.first.guards import HERE, LEADS
from famdesk.data.migrations.policies import policy
from famdesk.data.migrations.tables import Key, record_table

CEILING = {
    "reception": "appointments calls desk directory families journal programmes sheets",
    "educator": "appointments calls desk directory export families journal notes programmes sheets",
    "social_worker": "appointments calls desk directory export families journal notes programmes sheets",
    "psychologist": "appointments calls desk directory export families journal notes programmes sheets",
    "coordinator": "appointments calls desk directory export families journal notes programmes settings sheets staff "
                   "statistics",
    "administrator": "directory journal settings staff statistics",
    "auditor": "journal statistics",
}  # fmt: skip
"""What a role can have at most: the rights table, by powers."""

PEOPLE = "families desk appointments programmes calls notes sheets export"
"""The powers that have to do with families."""

TABLES = """
# table               read                                     write

# of the network, for everybody
network               *                                        directory settings
centre                *                                        directory settings
act                   *                                        directory programmes settings
fund                  *                                        directory settings
call                  *                                        calls directory settings
call_document         *                                        calls directory settings
call_criterion        *                                        calls directory settings
statement             *                                        directory settings
catchment             *                                        directory settings
body                  *                                        directory programmes settings
partnership           *                                        directory programmes settings
role_holder           *                                        directory settings
place                 *                                        directory settings
room                  *                                        directory settings
access_point          *                                        directory settings
opening_rule          *                                        directory settings
extra_opening         *                                        directory settings
closure               *                                        directory settings
service               *                                        directory settings
service_link          *                                        directory settings
initiative            *                                        programmes settings
initiative_act        *                                        programmes settings
initiative_picture    *                                        programmes
meeting               *                                        programmes settings
meeting_party         *                                        programmes

# of the centre, for everybody
staff                 *                                        staff
role_power            *                                        staff
resource              *                                        directory
consent_text          *                                        settings
processing            *                                        settings
sheet_look            *                                        settings
sheet_logo            *                                        settings
alembic_version       *                                        nobody
audit_head            *                                        *
key_slot              *                                        *
notice                *                                        *
retention_rule        *                                        notes settings

# of the centre, for whoever works there
custom_field          own                                      settings
letter_text           own                                      settings
mail_account          own                                      settings
secret                own                                      settings
feed                  own                                      settings
feed_state            own                                      settings appointments
breach                settings                                 settings
claim                 own                                      nobody

# session notes and paths of care
note                  notes families export                    notes families
note_person           notes families export                    notes families
note_release          notes families export                    notes families
note_part             notes                                    notes
note_key              notes                                    notes
note_snippet          notes                                    notes
escrow_consent        notes                                    notes
path                  notes families export                    notes families
path_person           notes families export                    notes families

# one's own
draft                 own                                      own
saved_search          own                                      own

# who somebody is
person                people                                   people
person_staff          people                                   people
contact_point         people                                   people
relation              people                                   people
household             people                                   people
membership            people                                   people
responsibility        people                                   families
placement             people                                   families
delegate              people                                   families
consent               people                                   families
consent_signature     people                                   families
not_same              people                                   people
search_word           people                                   people

# files
custom_value          families                                 families
flag                  families                                 families
measure               families                                 families
merge                 families                                 families
referral              families                                 families
rights_request        families                                 families
school_year           families                                 families

# who comes and calls
info_contact          desk families appointments sheets        desk families
access_card           desk families appointments sheets        desk families
card_person           desk families appointments sheets        desk families
visit                 desk families appointments               desk families appointments
follow_up             desk families appointments programmes    desk families appointments programmes

# the calendar
appointment           appointments desk families notes sheets export programmes   appointments desk families
appointment_party     appointments desk families notes sheets export programmes   appointments desk families
reminder              appointments desk families sheets        appointments desk families
series                appointments desk families export        appointments families

# programmes
enrolment             programmes families appointments sheets  programmes families
attendance            programmes families appointments sheets  programmes families
certificate           programmes families sheets               programmes families
meeting_notice        programmes families appointments sheets  programmes families
feedback_question     programmes sheets                        programmes
feedback_count        programmes sheets                        programmes
application           calls families sheets                    calls families
application_document  calls families sheets                    calls families
application_score     calls families sheets                    calls families

# what leaves the centre
sheet_mail            sheets families appointments programmes  sheets families appointments programmes
mail_attachment       sheets families appointments programmes  sheets families appointments programmes
"""
"""Which powers need a table, for reading and for writing. "*": whoever the other policies let through; "people": any
power that has to do with families. What does not stand here is of notes and paths of care: `OTHERS`."""

OTHERS = ("notes families", "notes families")

_POWERS = """CREATE FUNCTION fd_powers() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN (SELECT array(SELECT unnest(CASE s.role {cases} ELSE '{{}}' END)
        EXCEPT SELECT power FROM role_power AS t WHERE t.centre_id = s.centre_id AND t.role = s.role AND t.taken
                                                       AND t.deleted_at IS NULL)
        FROM staff AS s WHERE s.login = fd_login() AND s.active AND s.deleted_at IS NULL);
    END $$"""

_MAY = """CREATE FUNCTION fd_may(VARIADIC wanted text[]) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN RETURN coalesce(fd_powers() && wanted, false); END $$"""

_MINUTES = "(to_timestamp({} * 60) AT TIME ZONE 'UTC')::date"
_LEAST = "(SELECT greatest(3, coalesce(max(least_told), 5)) FROM centre WHERE id = fd_centre())"
_NUMBERS = f"""CREATE FUNCTION fd_numbers(of_year integer) RETURNS TABLE (month integer, what text, number integer)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    #variable_conflict use_column
    BEGIN
      IF NOT fd_may('statistics') THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      RETURN QUERY SELECT extract(month FROM counted.day)::integer, counted.what,
        CASE WHEN count(*) >= {_LEAST} THEN count(*)::integer END FROM (
        SELECT {_MINUTES.format("at")} AS day, 'contacts' AS what FROM info_contact
          WHERE centre_id = fd_centre() AND deleted_at IS NULL
        UNION ALL SELECT {_MINUTES.format("at")}, 'cards' FROM access_card
          WHERE centre_id = fd_centre() AND deleted_at IS NULL
        UNION ALL SELECT {_MINUTES.format("starts")}, 'appointments' FROM appointment
          WHERE centre_id = fd_centre() AND deleted_at IS NULL AND state = 'done'
        UNION ALL SELECT enrolled_on, 'enrolments' FROM enrolment
          WHERE centre_id = fd_centre() AND deleted_at IS NULL
        UNION ALL SELECT meeting.day, 'presences' FROM attendance JOIN meeting ON meeting.id = attendance.meeting_id
          WHERE attendance.centre_id = fd_centre() AND attendance.deleted_at IS NULL AND attendance.present
        ) AS counted WHERE extract(year FROM counted.day) = of_year GROUP BY 1, 2;
    END $$"""  # noqa: S608 - columns, no value
"""How much there was of what, by month; what is too small to be told is not, and no sums by which it could be found."""

_HASH = """CREATE FUNCTION fd_entry_hash(of_seq integer) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN RETURN (SELECT hash FROM audit WHERE centre_id = fd_centre() AND seq = of_seq); END $$"""
"""How far the journal was when somebody signed out, for whoever does not read every entry."""

_CLOSED = """CREATE FUNCTION fd_closed() RETURNS text[] LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN (SELECT coalesce(array_agg(known.name), '{{}}') FROM (VALUES {rows}) AS known (name, wanted)
              WHERE NOT fd_powers() && known.wanted);
    END $$"""
"""The tables whose rows, as the journal keeps them, are not for who asks."""

_NOT_ADMINISTRATOR = r"""DO $do$
    DECLARE one record;
    BEGIN
      FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'fd_')
                 AND prosrc LIKE '%fd_role() {sign} ''administrator''%'
      LOOP
        EXECUTE replace(pg_get_functiondef(one.oid), 'fd_role() {sign} ''administrator''', '{said}');
      END LOOP;
    END $do$"""
"""Functions that say that an administrator has nothing to do with families mean whoever has no power over them."""


_MANAGES = """DO $do$
    DECLARE one record;
    BEGIN
      FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace
                 AND proname IN ('fd_create_login', 'fd_end_login', 'fd_reset_login')
      LOOP
        EXECUTE replace(pg_get_functiondef(one.oid),
          'coalesce(fd_role() NOT IN (''coordinator'', ''administrator''), true)', 'NOT fd_may(''staff'')');
      END LOOP;
    END $do$"""
"""Logins are given and ended by who still has the power to."""


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    return record_table(
        "role_power",
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("power", sa.String(20), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("centre_id", "role", "power", name="uq_role_power_centre_id_role_power"),
    )


def protect() -> None:
    """Functions and policies, once all tables of the revision and their own policies are there."""
    policy("role_power", read=HERE, write=f"{HERE} AND {LEADS}")
    op.execute(
        "GRANT SELECT ON role_power, audit, info_contact, access_card, appointment, attendance, meeting TO fd_definer"
    )
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    needs = needed(_tables())
    kept = {name: read for name, (read, _write) in needs.items() if read != "*"}
    rows = ", ".join(f"('{name}', ARRAY[{_listed(read)}])" for name, read in kept.items())
    functions = {
        "fd_powers()": _POWERS.format(cases=_cases()),
        "fd_may(text[])": _MAY,
        "fd_entry_hash(integer)": _HASH,
        "fd_numbers(integer)": _NUMBERS,
        "fd_closed()": _CLOSED.format(rows=rows),
    }
    for name, text in functions.items():
        op.execute(text)
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    may = f"fd_may({_listed('people')})"
    for sign, said in (("<>", may), ("=", f"NOT {may}")):
        op.execute(_NOT_ADMINISTRATOR.format(sign=sign, said=said.replace("'", "''")))
    op.execute(_MANAGES)
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    for name, (read, write) in needs.items():
        _restrict(name, "SELECT", _asked(read))
        for command in ("INSERT", "UPDATE", "DELETE"):
            _restrict(name, command, _asked(write))
    _journal()


def needed(tables: list[str]) -> dict[str, tuple[str, str]]:
    """Of each table the powers that need it for reading and for writing, as `TABLES` says it."""
    said = dict[str, tuple[str, str]]()
    for line in TABLES.splitlines():
        name, *powers = [part.strip() for part in line.split("  ") if part.strip()] or [""]
        if name and not name.startswith("#"):
            said[name] = (powers[0], powers[1])
    return {name: said.get(name, OTHERS) for name in tables if name not in ("audit", "change", "search_key")}


def _cases() -> str:
    own = {role: codes.split() if role == "auditor" else [*codes.split(), "own"] for role, codes in CEILING.items()}
    return " ".join(f"WHEN '{role}' THEN '{{{','.join(codes)}}}'::text[]" for role, codes in own.items())


def _tables() -> list[str]:
    """The tables with policies."""
    found = op.get_bind().exec_driver_sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity ORDER BY 1"
    )
    return [name for (name,) in found]


def _listed(powers: str) -> str:
    return ", ".join(f"'{code}'" for code in (PEOPLE if powers == "people" else powers).split())


def _asked(powers: str) -> str:
    """Asked once for a statement: a bare function is asked for each row."""
    return "" if powers == "*" else "false" if powers == "nobody" else f"(SELECT fd_may({_listed(powers)}))"


def _restrict(table: str, command: str, condition: str) -> None:
    if not condition:
        return
    using = "" if command == "INSERT" else f" USING ({condition})"
    check = f" WITH CHECK ({condition})" if command in {"INSERT", "UPDATE"} else ""
    op.execute(f"CREATE POLICY {table}_power_{command.lower()} ON {table} AS RESTRICTIVE FOR {command} TO fd_users"
               f"{using}{check}")  # fmt: skip


def _journal() -> None:
    own = "(SELECT fd_may('own'))"
    me = "(SELECT fd_staff())"
    told = f"staff_id = {me} OR (kind IN ('escrow', 'share') AND position({me}::text IN subjects) > 0)"
    # When somebody begins a note, goes on with it or throws it away, colleagues are not to know.
    op.execute("CREATE POLICY audit_unnamed ON audit AS RESTRICTIVE FOR SELECT TO fd_users USING "
               f"(position('\"unnamed\"' IN subjects) = 0 OR staff_id = {me} "
               f"OR ((SELECT fd_role()) IN {READERS} AND (SELECT fd_may('journal'))))")  # fmt: skip
    _restrict("audit", "SELECT", f"(reason IS NULL OR {own}) AND (kind IN {WRITES} OR kind = 'backup' "
              f"OR (SELECT fd_may('journal')) OR {told})")  # fmt: skip
    _restrict("change", "SELECT", f"{own} AND table_name <> ALL ((SELECT fd_closed())::text[])")
    _restrict("change", "INSERT", own)
    _restrict("notice", "INSERT", own)
    people = f"kind <> 'person' OR (SELECT fd_may({_listed('people')}))"
    _restrict("search_key", "SELECT", people)
    for command in ("INSERT", "UPDATE", "DELETE"):
        _restrict("search_key", command, f"{own} AND ({people})")
