"""What meetings of initiatives take, kept by triggers as that of appointments is: leader, room, colleagues, resources.

A meeting whose length is not known takes an hour. Those that clashed before this revision get a reason, or the update
would be refused for a double booking that people knew of.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.tables import is_postgres

OF_MEETING = "day, starts, minutes, state, leader_staff_id, room_id, deleted_at, overlap_reason"
OF_PARTY = "meeting_id, staff_id, resource_id, deleted_at"
KNOWN_BEFORE = "–"
UNKNOWN_LENGTH = 60
"""Minutes."""

_LASTS = (
    "m.deleted_at IS NULL AND m.state NOT IN ('cancelled', 'postponed') AND m.day IS NOT NULL AND m.starts IS NOT NULL"
)
_COLUMNS = "INSERT INTO claim (source_id, subject_id, kind, centre_id, starts, ends, exclusive)"
_PARTY = "meeting_party AS p JOIN meeting AS m ON m.id = p.meeting_id AND p.deleted_at IS NULL"
_SUBJECTS = (
    ("m.leader_staff_id", "staff", "meeting AS m"),
    ("m.room_id", "room", "meeting AS m"),
    ("p.staff_id", "staff", _PARTY),
    ("p.resource_id", "resource", _PARTY),
)


def _span() -> str:
    """Two columns: minutes since 1970 of the local time, as appointments have them."""
    if is_postgres():
        starts = "CAST(EXTRACT(EPOCH FROM (m.day + m.starts)) / 60 AS bigint)"
    else:
        starts = "CAST(strftime('%s', m.day || ' ' || m.starts) AS INTEGER) / 60"
    return f"{starts} AS starts, {starts} + COALESCE(m.minutes, {UNKNOWN_LENGTH}) AS ends"


def _rows(where: str) -> str:
    return " UNION ".join(
        f"SELECT m.id AS source_id, {subject} AS subject_id, '{kind}' AS kind, m.centre_id, {_span()}, "  # noqa: S608
        f"m.overlap_reason IS NULL AS exclusive FROM {source} WHERE {subject} IS NOT NULL AND {_LASTS}{where}"
        for subject, kind, source in _SUBJECTS
    )


def _anew(meeting: str) -> tuple[str, str]:
    """The statements that write the claims of one meeting again."""
    return (
        f"DELETE FROM claim WHERE source_id = {meeting}",  # noqa: S608 - a column, no value
        f"{_COLUMNS} {_rows(f' AND m.id = {meeting}')}",
    )


_CLASHED = """UPDATE meeting SET overlap_reason = '{reason}' WHERE id IN (
    SELECT mine.source_id FROM ({rows}) AS mine JOIN (
      SELECT source_id, subject_id, starts, ends FROM claim WHERE exclusive
      UNION ALL SELECT source_id, subject_id, starts, ends FROM ({rows}) AS other
    ) AS theirs ON theirs.subject_id = mine.subject_id AND theirs.source_id <> mine.source_id
      AND theirs.starts < mine.ends AND theirs.ends > mine.starts)"""


def keep() -> None:
    """Triggers, and the claims of the meetings that are there."""
    if is_postgres():  # their owner is under their policies too, and is in no centre: it would see nothing
        for table in ("meeting", "meeting_party", "claim"):
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(_CLASHED.format(reason=KNOWN_BEFORE, rows=_rows("")))
    op.execute(f"{_COLUMNS} {_rows('')}")
    if is_postgres():
        for table in ("meeting", "meeting_party", "claim"):
            op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        _postgres()
    else:
        _sqlite()


def _sqlite() -> None:
    for table, column, updated in (("meeting", "id", OF_MEETING), ("meeting_party", "meeting_id", OF_PARTY)):
        for event, rows in ((f"UPDATE OF {updated}", ("OLD", "NEW")), ("INSERT", ("NEW",)), ("DELETE", ("OLD",))):
            body = "; ".join(statement for row in rows for statement in _anew(f"{row}.{column}"))
            name = f"claim_{table}_{event.split()[0].lower()}"
            op.execute(f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body}; END")


def _postgres() -> None:
    for name, column in (("fd_claim_meeting", "id"), ("fd_claim_meeting_party", "meeting_id")):
        old, new = ("; ".join(_anew(f"{row}.{column}")) for row in ("OLD", "NEW"))
        op.execute(f"""CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = public, pg_temp AS $$
            BEGIN
              IF TG_OP <> 'INSERT' THEN {old}; END IF;
              IF TG_OP <> 'DELETE' THEN {new}; END IF;
              RETURN NULL;
            END $$""")
    for table, function, updated in (("meeting", "fd_claim_meeting", OF_MEETING),
                                     ("meeting_party", "fd_claim_meeting_party", OF_PARTY)):  # fmt: skip
        op.execute(f"""CREATE TRIGGER claim_{table} AFTER INSERT OR DELETE OR UPDATE OF {updated} ON {table}
            FOR EACH ROW EXECUTE FUNCTION {function}()""")
