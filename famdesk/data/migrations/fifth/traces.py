"""Who read what: the records that entries of the journal speak of, a row each, and what of the journal who may read.

Everybody of a centre reads the entries that changed something: undo, histories and other desks need them. Who opened,
shared, printed or sent what is read by who did it, by the coordinator and by an auditor; the author of a note and who
works on a file are told of these by a function, which names no other record of the entry.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.first.guards import HERE
from famdesk.data.migrations.tables import ID, is_postgres

WRITES = "('write', 'undo', 'redo', 'erase')"
_IS_ID = "'^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'"
READERS = "('coordinator', 'auditor')"
TOLD = "('social_worker', 'psychologist', 'coordinator')"
"""Who is told who opened a file, of those who may know the file."""


def create() -> None:
    op.create_table(
        "trace",
        sa.Column("row_id", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("centre_id", ID, nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("table_name", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("row_id", "seq", "centre_id", "verb", name="pk_trace"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_audit_centre_id_staff_id_seq", "audit", ["centre_id", "staff_id", "seq"])
    op.create_index("ix_audit_centre_id_kind_seq", "audit", ["centre_id", "kind", "seq"])
    op.create_index("ix_audit_centre_id_at", "audit", ["centre_id", "at"])
    op.drop_index("ix_audit_staff_id", "audit")
    for statement in _postgres() if is_postgres() else _sqlite():
        op.execute(statement)


def _sqlite() -> tuple[str, ...]:
    def rows(entry: str, source: str) -> str:
        return f"""INSERT OR IGNORE INTO trace (row_id, seq, centre_id, verb, table_name)
            SELECT replace(json_extract(one.value, '$[1]'), '-', ''), {entry}.seq, {entry}.centre_id,
                   json_extract(one.value, '$[2]'), json_extract(one.value, '$[0]')
            FROM {source} WHERE length(json_extract(one.value, '$[1]')) = 36"""  # noqa: S608 - names, no value

    kinds = f"kind NOT IN {WRITES}"
    said = "BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END"
    new = rows("NEW", "json_each(NEW.subjects) AS one")
    return (
        f"CREATE TRIGGER audit_traces AFTER INSERT ON audit WHEN NEW.{kinds} BEGIN {new}; END",
        rows("audit", "audit, json_each(audit.subjects) AS one") + f" AND audit.{kinds}",
        f"CREATE TRIGGER trace_no_update BEFORE UPDATE ON trace {said}",
        f"CREATE TRIGGER trace_no_delete BEFORE DELETE ON trace {said}",
    )


def _rows(entry: str, source: str) -> str:
    return f"""INSERT INTO trace (row_id, seq, centre_id, verb, table_name)
        SELECT (one ->> 1)::uuid, {entry}.seq, {entry}.centre_id, coalesce(one ->> 2, ''), left(one ->> 0, 40)
        FROM {source} WHERE one ->> 1 ~ {_IS_ID}"""  # noqa: S608 - names, no value


def _postgres() -> tuple[str, ...]:
    entry = _rows("NEW", "jsonb_array_elements(NEW.subjects::jsonb) AS one")
    return (
        f"""CREATE FUNCTION fd_trace() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
          IF NEW.kind NOT IN {WRITES} THEN {entry} ON CONFLICT DO NOTHING; END IF;
          RETURN NULL;
        END $$""",
        "CREATE TRIGGER audit_traces AFTER INSERT ON audit FOR EACH ROW EXECUTE FUNCTION fd_trace()",
        """CREATE TRIGGER trace_append_only BEFORE UPDATE OR DELETE ON trace FOR EACH ROW
        EXECUTE FUNCTION fd_append_only()""",
        """CREATE TRIGGER trace_no_truncate BEFORE TRUNCATE ON trace FOR EACH STATEMENT
        EXECUTE FUNCTION fd_append_only()""",
    )


_TOLD = "(seq integer, at text, staff_id uuid, role text, station text, kind text, action text, verb text, reason text)"
_COLUMNS = "entry.seq, entry.at::text, entry.staff_id, entry.role, entry.station, entry.kind::text, entry.action"
# The entries about notes, for their author (of the envelope they name the sealed parts); about a file, for who may know
# it and works with families.
OF_NOTES = f"""CREATE FUNCTION fd_readings_of_notes(about uuid[], most integer) RETURNS TABLE
      (note_id uuid, {_TOLD[1:]}
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    #variable_conflict use_column
    BEGIN
      RETURN QUERY SELECT one.note_id, {_COLUMNS}, min(trace.verb), entry.reason FROM (
          SELECT id AS note_id, id AS row_id FROM note WHERE id = ANY(about) AND author_id = fd_staff()
          UNION ALL SELECT note_part.note_id, id FROM note_part WHERE note_part.note_id = ANY(about)
                    AND author_id = fd_staff()) AS one
        JOIN trace ON trace.row_id = one.row_id AND trace.table_name IN ('note', 'note_part')
        JOIN audit AS entry ON entry.centre_id = trace.centre_id AND entry.seq = trace.seq
        WHERE trace.centre_id = fd_centre()
        GROUP BY one.note_id, entry.centre_id, entry.seq ORDER BY entry.seq DESC LIMIT most;
    END $$"""  # noqa: S608 - columns, no value
FILE = """SELECT about UNION SELECT id FROM person WHERE merged_into_id = about
          UNION SELECT id FROM access_card WHERE person_id = about OR caller_id = about
          UNION SELECT id FROM appointment WHERE person_id = about
          UNION SELECT id FROM measure WHERE person_id = about"""
OF_PERSON = f"""CREATE FUNCTION fd_readings_of_person(about uuid, most integer) RETURNS TABLE {_TOLD}
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    #variable_conflict use_column
    BEGIN
      IF NOT coalesce(fd_role() IN {TOLD} AND fd_may('families') AND fd_sees(about), false)
         OR about = ANY(fd_emergencies()) THEN
        RETURN;
      END IF;
      RETURN QUERY SELECT {_COLUMNS}, min(trace.verb), entry.reason FROM trace
        JOIN audit AS entry ON entry.centre_id = trace.centre_id AND entry.seq = trace.seq
        WHERE trace.row_id IN ({FILE}) AND trace.centre_id = fd_centre()
        GROUP BY entry.centre_id, entry.seq ORDER BY entry.seq DESC LIMIT most;
    END $$"""  # noqa: S608 - columns, no value
# A page of the journal for who checks it: no record by its id, and reasons, which are words about families, only for
# who works with these. Of each kind some, so that few lines of a rare kind are found among a million.
PAGE = """CREATE FUNCTION fd_journal_page(kinds text[], who uuid, first_at text, end_at text, before integer,
      most integer)
    RETURNS TABLE (seq integer, at text, name text, role text, station text, kind text, action text, details text,
      subjects text, reason text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    SET plan_cache_mode = force_custom_plan AS $$
    #variable_conflict use_column
    DECLARE
      mine uuid := fd_centre();
      words boolean := coalesce(fd_role() = 'coordinator', false);
      lowest integer := 0;
      upper_end integer := before;
      found integer[] := '{}';
      wanted text;
    BEGIN
      IF coalesce(fd_role() NOT IN ('coordinator', 'auditor'), true) OR NOT fd_may('journal') THEN
        RAISE EXCEPTION 'not allowed' USING ERRCODE = '42501';
      END IF;
      IF first_at IS NOT NULL THEN
        lowest := coalesce((SELECT audit.seq FROM audit WHERE centre_id = mine AND audit.at >= first_at
                            ORDER BY audit.at, audit.seq LIMIT 1), 2147483647);
      END IF;
      IF end_at IS NOT NULL THEN
        upper_end := least(before, coalesce((SELECT audit.seq FROM audit WHERE centre_id = mine AND audit.at >= end_at
                                             ORDER BY audit.at, audit.seq LIMIT 1), before));
      END IF;
      IF kinds IS NULL THEN
        found := ARRAY(SELECT audit.seq FROM audit WHERE audit.centre_id = mine AND audit.seq < upper_end
          AND audit.seq >= lowest AND (first_at IS NULL OR audit.at >= first_at)
          AND (end_at IS NULL OR audit.at < end_at) AND (who IS NULL OR audit.staff_id = who)
          ORDER BY audit.seq DESC LIMIT most);
      ELSE
        FOREACH wanted IN ARRAY kinds LOOP
          found := found || ARRAY(SELECT audit.seq FROM audit WHERE audit.centre_id = mine AND audit.kind = wanted
            AND audit.seq < upper_end AND audit.seq >= lowest AND (first_at IS NULL OR audit.at >= first_at)
            AND (end_at IS NULL OR audit.at < end_at) AND (who IS NULL OR audit.staff_id = who)
            ORDER BY audit.seq DESC LIMIT most);
        END LOOP;
      END IF;
      RETURN QUERY SELECT entry.seq, entry.at::text, staff.name, entry.role, entry.station, entry.kind::text,
        entry.action, entry.details,
        (SELECT coalesce(json_agg(json_build_array(one ->> 0)), '[]') FROM jsonb_array_elements(entry.subjects::jsonb)
         AS one)::text, CASE WHEN words THEN entry.reason END
        FROM audit AS entry LEFT JOIN staff ON staff.id = entry.staff_id
        WHERE entry.centre_id = mine AND entry.seq = ANY(found) ORDER BY entry.seq DESC LIMIT most;
    END $$"""
# What links the entries, also of those that one may not read: `sound` says that the hash is that of the entry.
CHAIN = """CREATE FUNCTION fd_chain(after integer, most integer) RETURNS TABLE (seq integer, prev text, hash text,
      staff_id uuid, signer text, signature text, sound boolean)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    #variable_conflict use_column
    BEGIN
      RETURN QUERY SELECT entry.seq, entry.prev::text, entry.hash::text, entry.staff_id, entry.signer, entry.signature,
        entry.hash = encode(sha256(convert_to('[' || array_to_string(ARRAY[
          to_json(entry.centre_id::text)::text, entry.seq::text, to_json(entry.at)::text,
          to_json(entry.staff_id::text)::text, to_json(entry.role)::text, to_json(entry.station)::text,
          to_json(entry.kind)::text, to_json(entry.action)::text, to_json(entry.subjects)::text,
          to_json(entry.details)::text, coalesce(to_json(entry.reason)::text, 'null'),
          coalesce(entry.undoes::text, 'null'), to_json(entry.digest)::text, to_json(entry.prev)::text
        ], ', ') || ']', 'UTF8')), 'hex')
        FROM audit AS entry WHERE entry.centre_id = fd_centre() AND entry.seq > after ORDER BY entry.seq LIMIT most;
    END $$"""
# Entries whose list of records is not the one that stands in `trace`.
UNTRACED = f"""CREATE FUNCTION fd_untraced() RETURNS SETOF integer LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      RETURN QUERY SELECT DISTINCT coalesce(told.seq, trace.seq) FROM (
          SELECT DISTINCT (one ->> 1)::uuid AS row_id, audit.seq, coalesce(one ->> 2, '') AS verb,
                 left(one ->> 0, 40) AS table_name
          FROM audit, jsonb_array_elements(audit.subjects::jsonb) AS one
          WHERE audit.centre_id = fd_centre() AND audit.kind NOT IN {WRITES} AND one ->> 1 ~ {_IS_ID}) AS told
        FULL JOIN (SELECT * FROM trace WHERE trace.centre_id = fd_centre()) AS trace
          ON trace.row_id = told.row_id AND trace.seq = told.seq AND trace.verb = told.verb
          AND trace.table_name = told.table_name
        WHERE told.seq IS NULL OR trace.seq IS NULL ORDER BY 1;
    END $$"""  # noqa: S608 - codes, no value
FUNCTIONS = (
    ("fd_readings_of_notes(uuid[], integer)", OF_NOTES),
    ("fd_readings_of_person(uuid, integer)", OF_PERSON),
    ("fd_journal_page(text[], uuid, text, text, integer, integer)", PAGE),
    ("fd_chain(integer, integer)", CHAIN),
    ("fd_untraced()", UNTRACED),
)


def protect() -> None:
    """Nobody reads or writes `trace` but by the functions: without a policy there is no row in it for anybody."""
    op.execute("GRANT SELECT, INSERT ON trace TO fd_definer")
    op.execute("GRANT SELECT ON trace TO fd_users")
    op.execute("GRANT SELECT ON audit, access_card, appointment, measure, note, note_part TO fd_definer")
    op.execute("ALTER TABLE trace ENABLE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE trace FORCE ROW LEVEL SECURITY")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute("ALTER FUNCTION fd_trace() OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_trace() FROM PUBLIC")
    for name, function in FUNCTIONS:
        op.execute(function)
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    old = _rows("audit", "audit, jsonb_array_elements(audit.subjects::jsonb) AS one")
    op.execute("SET LOCAL ROLE fd_definer")  # the owner of the tables sees nothing of them
    op.execute(f"{old} AND audit.kind NOT IN {WRITES} ON CONFLICT DO NOTHING")
    op.execute("SET LOCAL ROLE fd_owner")
    me = "(SELECT fd_staff())"
    mine = f"staff_id = {me} OR (kind IN ('escrow', 'share') AND position({me}::text IN subjects) > 0)"
    read = (f"{HERE.replace('fd_centre()', '(SELECT fd_centre())')} AND (kind IN {WRITES} OR kind = 'backup' "
            f"OR (SELECT fd_role()) IN {READERS} OR {mine})")  # fmt: skip
    op.execute(f"ALTER POLICY audit_read ON audit USING ({read})")
