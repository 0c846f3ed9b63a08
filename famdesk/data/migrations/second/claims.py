"""What appointments take is kept by triggers, so that no way of changing them, undo and import included, goes past it.

On PostgreSQL a deferred trigger lets no two exclusive claims of one colleague, room or resource overlap. SQLite cannot
look when a transaction commits; but there one process writes at a time, and the store looks.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.tables import is_postgres

OCCUPYING = "('planned', 'confirmed', 'arrived', 'done')"
OF_APPOINTMENT = "starts, ends, state, staff_id, room_id, deleted_at, overlap_reason, travel_before, travel_after"
OF_PARTY = "appointment_id, staff_id, room_id, resource_id, deleted_at"

_LASTS = f"a.deleted_at IS NULL AND a.state IN {OCCUPYING}"
_TRAVELS = "a.starts - a.travel_before, a.ends + a.travel_after"
_COLUMNS = "INSERT INTO claim (source_id, subject_id, kind, centre_id, starts, ends, exclusive)"
_OWN = "FROM appointment AS a WHERE a.id = {id}"
_PARTY = """FROM appointment_party AS p JOIN appointment AS a ON a.id = p.appointment_id
  WHERE p.appointment_id = {id} AND p.deleted_at IS NULL"""


def _claims(subject: str, kind: str, span: str, source: str) -> str:
    return (f"SELECT a.id, {subject}, '{kind}', a.centre_id, {span}, a.overlap_reason IS NULL {source} "
            f"AND {subject} IS NOT NULL AND {_LASTS}")  # fmt: skip


def _anew(appointment: str) -> tuple[str, str]:
    """The statements that write the claims of one appointment again."""
    rows = " UNION ".join((
        _claims("a.staff_id", "staff", _TRAVELS, _OWN),
        _claims("a.room_id", "room", "a.starts, a.ends", _OWN),
        _claims("p.staff_id", "staff", _TRAVELS, _PARTY),
        _claims("p.room_id", "room", "a.starts, a.ends", _PARTY),
        _claims("p.resource_id", "resource", _TRAVELS, _PARTY),
    ))  # fmt: skip
    return (
        f"DELETE FROM claim WHERE source_id = {appointment}",  # noqa: S608 - a column, no value
        f"{_COLUMNS} {rows.format(id=appointment)}",
    )


# Looked at when the transaction commits: whoever has the lock of the subject sees what was committed before. An
# exclusion constraint would need an extension, which the owner of a database may not be allowed to add.
NO_OVERLAP = """CREATE FUNCTION fd_no_overlap() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE mine claim%ROWTYPE; since bigint;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended(NEW.subject_id::text, 0));
      SELECT * INTO mine FROM claim WHERE source_id = NEW.source_id AND subject_id = NEW.subject_id AND exclusive;
      IF FOUND THEN
        SELECT starts INTO since FROM claim WHERE subject_id = mine.subject_id AND source_id <> mine.source_id
          AND exclusive AND starts > mine.starts - 1440 AND starts < mine.ends AND ends > mine.starts
          AND ends - starts <= 1440 LIMIT 1;
        IF since IS NULL THEN
          SELECT starts INTO since FROM claim WHERE subject_id = mine.subject_id AND source_id <> mine.source_id
            AND exclusive AND ends - starts > 1440 AND ends > mine.starts AND starts < mine.ends LIMIT 1;
        END IF;
        IF since IS NOT NULL THEN
          RAISE EXCEPTION 'taken' USING ERRCODE = '23P01',
            DETAIL = NEW.subject_id || ' ' || NEW.kind || ' ' || since;
        END IF;
      END IF;
      RETURN NULL;
    END $$"""


def keep() -> None:
    """Triggers and constraint; the claims of the appointments that are there."""
    if is_postgres():
        _postgres()
    else:
        _sqlite()


def _sqlite() -> None:
    op.execute(_anew("a.id")[1])
    for table, column, updated in (("appointment", "id", OF_APPOINTMENT),
                                   ("appointment_party", "appointment_id", OF_PARTY)):  # fmt: skip
        for event, rows in ((f"UPDATE OF {updated}", ("OLD", "NEW")), ("INSERT", ("NEW",)), ("DELETE", ("OLD",))):
            body = "; ".join(statement for row in rows for statement in _anew(f"{row}.{column}"))
            name = f"claim_{table}_{event.split()[0].lower()}"
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body}; END")


def _postgres() -> None:
    # The owner of the tables is under their policies too, and is in no centre: it would see no appointment.
    op.execute("ALTER TABLE appointment NO FORCE ROW LEVEL SECURITY")
    op.execute(_anew("a.id")[1])
    op.execute("ALTER TABLE appointment FORCE ROW LEVEL SECURITY")
    op.execute(NO_OVERLAP)
    op.execute("""CREATE CONSTRAINT TRIGGER claim_no_overlap AFTER INSERT OR UPDATE ON claim
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.exclusive) EXECUTE FUNCTION fd_no_overlap()""")
    for name, column in (("fd_claim_own", "id"), ("fd_claim_party", "appointment_id")):
        old, new = ("; ".join(_anew(f"{row}.{column}")) for row in ("OLD", "NEW"))
        op.execute(f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = public, pg_temp AS $$
            BEGIN
              IF TG_OP <> 'INSERT' THEN {old}; END IF;
              IF TG_OP <> 'DELETE' THEN {new}; END IF;
              RETURN NULL;
            END $$""")
    for table, function, updated in (("appointment", "fd_claim_own", OF_APPOINTMENT),
                                     ("appointment_party", "fd_claim_party", OF_PARTY)):  # fmt: skip
        op.execute(f"""CREATE TRIGGER claim_{table} AFTER INSERT OR DELETE OR UPDATE OF {updated} ON {table}
            FOR EACH ROW EXECUTE FUNCTION {function}()""")
