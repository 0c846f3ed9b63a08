"""Whether an appointment still is as a calendar file says, asked by who is not told what it was read from.

Reception is not told what a file said of an appointment, so a file that she takes in again would always seem to be
another one. Who has the whole text already, its identity included, is told by a server that it is the same; whoever
has not learns nothing. What other programs write anew each time does not count.

And what a file says of a date is all of it: it does not get the note of the date before, as those get that reception
adds to a series of the house.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.fifth.unsaid import ADDED, LIKE_LAST
from famdesk.data.migrations.tables import is_postgres

PASSING = "^(DTSTAMP|CREATED|LAST-MODIFIED|SEQUENCE)"
LASTING = f"""CREATE FUNCTION fd_lasting(source text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg(line, E'\\n' ORDER BY place), '')
    FROM regexp_split_to_table(coalesce(source, ''), E'\\n') WITH ORDINALITY AS each (line, place)
    WHERE upper(line) !~ '{PASSING}' $$"""  # noqa: S608 - a pattern of ours
AS_IN_FILE = """CREATE FUNCTION fd_as_in_file(ids uuid[], sources text[], notes text[])
    RETURNS TABLE (id uuid, noted boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
      SELECT asked.id, a.note IS NOT DISTINCT FROM asked.note
      FROM unnest(ids, sources, notes) AS asked (id, source, note)
      JOIN appointment AS a ON a.id = asked.id LEFT JOIN series AS s ON s.id = a.series_id
      WHERE coalesce(a.source_text, s.source_text) IS NOT NULL AND a.centre_id = fd_centre()
      AND fd_lasting(coalesce(a.source_text, s.source_text)) = fd_lasting(asked.source)
      UNION ALL SELECT asked.id, true FROM unnest(ids, sources, notes) AS asked (id, source, note)
      JOIN series AS s ON s.id = asked.id
      WHERE s.centre_id = fd_centre() AND fd_lasting(s.source_text) = fd_lasting(asked.source) $$"""
OF_THE_HOUSE = LIKE_LAST.replace(
    "NEW.series_id IS NOT NULL AND",
    "NOT EXISTS (SELECT FROM series WHERE series.id = NEW.series_id AND source_text IS NOT NULL) "
    "AND NEW.series_id IS NOT NULL AND",
)
NAMES = ("fd_lasting(text)", "fd_as_in_file(uuid[], text[], text[])")


def protect() -> None:
    """The functions, for who is signed in."""
    if not is_postgres():
        return
    op.execute(LASTING)
    op.execute(AS_IN_FILE)
    op.execute(ADDED.format(table="appointment", like_last=OF_THE_HOUSE).replace("CREATE", "CREATE OR REPLACE", 1))
    for name in NAMES:
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO fd_users")
