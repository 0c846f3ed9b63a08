"""The row-level security of session notes on PostgreSQL, under their encryption.

Who is no author and was let in by none reads no sealed text. Colleagues who may see somebody see that there are signed
notes about them, by whom and of when; working notes and drafts are seen by their author alone.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.first.guards import HERE, SEES, WITH_FAMILIES
from famdesk.data.migrations.policies import policy

MINE = f"{WITH_FAMILIES} AND author_id = fd_staff()"
COORDINATES = "fd_role() = 'coordinator'"
OF_RECORD = "NOT private AND state <> 'draft' AND fd_role() <> 'reception'"
ABOUT_KNOWN = "EXISTS (SELECT 1 FROM note_person WHERE note_person.note_id = note.id)"
"""The policies of `note_person` hold in the sub-select."""

HAS_KEY = "EXISTS (SELECT 1 FROM note_key WHERE note_key.part_id = note_part.id AND holder_id = fd_staff())"
LET_IN = (
    "id IN (SELECT note_part.note_id FROM note_part JOIN note_key ON part_id = note_part.id AND holder_id = fd_staff())"
)

WROTE = """CREATE FUNCTION fd_wrote(of_note uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM note WHERE id = of_note AND author_id = fd_staff()) $$"""


def protect() -> None:
    """Grants and policies for every new table."""
    op.execute("GRANT SELECT ON note TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute("ALTER FUNCTION fd_note_part_locked() OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_note_part_locked() FROM PUBLIC")
    op.execute(WROTE)
    op.execute("ALTER FUNCTION fd_wrote(uuid) OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_wrote(uuid) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION fd_wrote(uuid) TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    about = f"{WITH_FAMILIES} AND {SEES} AND fd_role() <> 'reception'"
    policy("path", read=f"{WITH_FAMILIES} AND fd_role() <> 'reception'",
           write=f"{WITH_FAMILIES} AND fd_role() <> 'reception'")  # fmt: skip
    policy("path_person", read=about, write=about)
    # The signature of a note covers whom it names: its author proves it also once a file is closed to the author.
    policy("note_person", read=f"({about}) OR ({WITH_FAMILIES} AND fd_wrote(note_id))", write=about)
    policy("note", read=f"{MINE} OR ({HERE} AND (({OF_RECORD} AND {ABOUT_KNOWN}) OR {LET_IN}))", write=MINE)
    # Who opens the envelope with two shares seals keys anew. The envelope's own keys only their author changes, so
    # that whatever else a coordinator with psql throws away can be had again.
    policy("note_key", read=f"{HERE} AND (author_id = fd_staff() OR holder_id = fd_staff() OR {COORDINATES})",
           write=f"({MINE}) OR ({WITH_FAMILIES} AND {COORDINATES} AND holder_id IS NOT NULL)")  # fmt: skip
    policy("note_part", read=f"{HERE} AND (author_id = fd_staff() OR {HAS_KEY})", write=MINE)
    # What the journal keeps of these rows tells who writes about whom before anything is signed.
    op.execute("CREATE POLICY change_notes ON change AS RESTRICTIVE FOR SELECT TO fd_users USING "
               "(table_name NOT IN ('note', 'note_person', 'path', 'path_person') "
               "OR staff_id = fd_staff())")  # fmt: skip
