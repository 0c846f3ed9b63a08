"""No meeting gets the id of an appointment, nor an appointment that of a meeting.

What each takes is kept under its id (`claim.source_id`): a row with the id of another kind would put its own claims in
place of the other's, and what was taken would seem free.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.tables import is_postgres

_OTHER = {"meeting": "appointment", "appointment": "meeting"}
FUNCTIONS = tuple(f"fd_one_id_{table}()" for table in _OTHER)


def keep() -> None:
    """Triggers that refuse such a row, however it is written."""
    for table, other in _OTHER.items():
        if is_postgres():
            _postgres(table, other)
        else:
            _sqlite(table, other)


def _postgres(table: str, other: str) -> None:
    op.execute(f"""CREATE FUNCTION fd_one_id_{table}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
          IF EXISTS (SELECT 1 FROM {other} WHERE id = NEW.id) THEN
            RAISE EXCEPTION 'the id is that of another row' USING ERRCODE = '23505';
          END IF;
          RETURN NEW;
        END $$""")  # noqa: S608 - tables, no value
    op.execute(f"""CREATE TRIGGER one_id_{table} BEFORE INSERT OR UPDATE OF id ON {table}
        FOR EACH ROW EXECUTE FUNCTION fd_one_id_{table}()""")


def _sqlite(table: str, other: str) -> None:
    for event in ("INSERT", "UPDATE OF id"):
        op.execute(f"""CREATE TRIGGER one_id_{table}_{event.split()[0].lower()} BEFORE {event} ON {table}
            WHEN EXISTS (SELECT 1 FROM {other} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'the id is that of another row'); END""")  # noqa: S608 - tables, no value
