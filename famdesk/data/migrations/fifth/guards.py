"""The row-level security of session notes on PostgreSQL, under their encryption.

Who is no author and was let in by none reads no sealed text. Colleagues who may see somebody see that there are signed
notes about them, by whom and of when; working notes and drafts are seen by their author alone.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.fifth.emergency import NOW_IN
from famdesk.data.migrations.first.guards import HERE, SEES, WITH_FAMILIES
from famdesk.data.migrations.policies import policy

MINE = f"{WITH_FAMILIES} AND author_id = fd_staff()"
COORDINATES = "fd_role() = 'coordinator'"
OF_RECORD = "NOT private AND state <> 'draft' AND fd_role() <> 'reception'"
ABOUT_KNOWN = "EXISTS (SELECT 1 FROM note_person WHERE note_person.note_id = note.id)"
"""The policies of `note_person` hold in the sub-select."""

COUNTS = f"holder_id = fd_staff() AND made_in <> {NOW_IN}"
"""A key counts from the next transaction on: who gives one and takes the transaction back has seen nothing by it."""
HAS_KEY = f"EXISTS (SELECT 1 FROM note_key WHERE note_key.part_id = note_part.id AND {COUNTS})"  # noqa: S608
LET_IN = f"id IN (SELECT note_part.note_id FROM note_part JOIN note_key ON part_id = note_part.id AND {COUNTS})"  # noqa: S608

WROTE = """CREATE FUNCTION fd_wrote(of_note uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM note WHERE id = of_note AND author_id = fd_staff()) $$"""
OF_RECORD_OR_LET_IN = f"""CREATE FUNCTION fd_told_of(of_note uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM note WHERE id = of_note AND NOT private AND state <> 'draft')
       OR EXISTS (SELECT 1 FROM note_part JOIN note_key ON part_id = note_part.id
                  WHERE note_part.note_id = of_note AND {COUNTS}) $$"""  # noqa: S608 - codes, no value
NOTED = """CREATE FUNCTION fd_noted(about uuid[]) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT fd_role() = 'coordinator' AND EXISTS (
         SELECT 1 FROM note_person LEFT JOIN note ON note.id = note_id
         WHERE person_id = ANY(about) AND note_person.centre_id = fd_centre() AND note_person.deleted_at IS NULL
           AND note.state IS DISTINCT FROM 'destroyed') $$"""
"""Who erases a file is told that there are notes, of whatever kind, and no more."""
WROTE_PART = """CREATE FUNCTION fd_wrote_part(of_part uuid, author uuid) RETURNS boolean LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM note_part
                      WHERE id = of_part AND author_id = author AND centre_id = fd_centre()) $$"""
"""Whose part it is: a key that names another author would tell nobody."""
FUNCTIONS = (("fd_wrote(uuid)", WROTE), ("fd_wrote_part(uuid, uuid)", WROTE_PART),
             ("fd_told_of(uuid)", OF_RECORD_OR_LET_IN), ("fd_noted(uuid[])", NOTED))  # fmt: skip


def protect() -> None:
    """Grants and policies for every new table."""
    op.execute("""CREATE FUNCTION fd_note_key_made() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          NEW.made_in := pg_current_xact_id()::text::bigint;
          RETURN NEW;
        END $$""")
    op.execute("CREATE TRIGGER note_key_made BEFORE INSERT ON note_key FOR EACH ROW "
               "EXECUTE FUNCTION fd_note_key_made()")  # fmt: skip
    op.execute("GRANT SELECT ON note, note_person, note_part, note_key TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute("ALTER FUNCTION fd_note_part_locked() OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_note_part_locked() FROM PUBLIC")
    for name, function in FUNCTIONS:
        op.execute(function)
        op.execute(f"ALTER FUNCTION {name} OWNER TO fd_definer")
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    about = f"{WITH_FAMILIES} AND {SEES} AND fd_role() <> 'reception'"
    # The signature of a note covers whom it names: its author proves it also once a file is closed to the author. Of
    # drafts and working notes nobody else knows whom they are about, nor that they are.
    wrote = f"{WITH_FAMILIES} AND fd_wrote(note_id)"
    policy("note_person", read=f"({wrote}) OR ({about} AND fd_told_of(note_id))", write=f"{about} AND {wrote}")
    policy("note", read=f"{MINE} OR ({HERE} AND (({OF_RECORD} AND {ABOUT_KNOWN}) OR {LET_IN}))", write=MINE)
    # A part of somebody else's note, or a key of its parts, under one's own name as author would show that it is there.
    # Who opens the envelope with two shares adds keys, and takes none away: what a coordinator does with psql destroys
    # no key of an author or of a reader, nor one of the envelope's own.
    policy("note_key", read=f"{HERE} AND (author_id = fd_staff() OR holder_id = fd_staff() OR {COORDINATES})",
           write=f"{MINE} AND fd_wrote_part(part_id, author_id)")  # fmt: skip
    given = (f"{WITH_FAMILIES} AND {COORDINATES} AND holder_id IS NOT NULL AND received "
             "AND fd_wrote_part(part_id, author_id)")  # fmt: skip
    op.execute(f"CREATE POLICY note_key_given ON note_key FOR INSERT TO fd_users WITH CHECK ({given})")
    policy("note_part", read=f"{HERE} AND (author_id = fd_staff() OR {HAS_KEY})",
           write=f"{MINE} AND fd_wrote(note_id)")  # fmt: skip
    # What the journal keeps of these rows tells who writes about whom before anything is signed.
    op.execute("CREATE POLICY change_notes ON change AS RESTRICTIVE FOR SELECT TO fd_users USING "
               "(table_name NOT IN ('note', 'note_person', 'path', 'path_person') "
               "OR staff_id = fd_staff())")  # fmt: skip
