"""A signed note is locked by the database itself: its sealed parts and whom it names change no more, and the parts go
only with their keys.

What signed notes say is bound by their hash as well; this keeps a mistake of ours from being found only afterwards.
"""

from __future__ import annotations

from alembic import op

from famdesk.data.migrations.tables import is_postgres

_FIXED = ("author_id", "kind", "private", "day", "starts", "minutes", "number", "signed_at", "prev", "hash",
          "signature", "people", "parts", "addendum_to", "path_id", "appointment_id",
          "meeting_id")  # fmt: skip
_SAID = "a signed note is locked"


def _broken() -> str:
    """What a signed or destroyed note must not undergo."""
    old, new = (", ".join(f"{row}.{name}" for name in _FIXED) for row in ("OLD", "NEW"))
    differ = "IS DISTINCT FROM" if is_postgres() else "IS NOT"
    return (f"OLD.state <> 'draft' AND (NEW.state = 'draft' OR NEW.deleted_at IS NOT NULL "
            f"OR (OLD.state = 'destroyed' AND NEW.state <> 'destroyed') OR ({old}) {differ} ({new}))")  # fmt: skip


def lock() -> None:
    """Triggers on `note`, `note_person` and `note_part`."""
    if is_postgres():
        _postgres()
    else:
        _sqlite()


def _sqlite() -> None:
    signed = "(SELECT state FROM note WHERE note.id = OLD.note_id) = 'signed'"
    for name, event, table, when in (
        ("note_locked", "UPDATE", "note", _broken()),
        ("note_stays", "DELETE", "note", "OLD.state <> 'draft'"),
        ("note_part_locked", "UPDATE", "note_part", signed),
        ("note_part_stays", "DELETE", "note_part", signed),
        ("note_person_locked", "UPDATE", "note_person", signed),
        ("note_person_stays", "DELETE", "note_person", signed),
    ):
        op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} "
                   f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")  # fmt: skip


def _postgres() -> None:
    op.execute("""CREATE FUNCTION fd_note_part_locked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = public, pg_temp AS $$
        BEGIN
          IF (SELECT state FROM note WHERE note.id = OLD.note_id) = 'signed' THEN
            RAISE EXCEPTION 'a signed note is locked';
          END IF;
          IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
          RETURN NEW;
        END $$""")
    op.execute("""CREATE TRIGGER note_part_locked BEFORE UPDATE OR DELETE ON note_part FOR EACH ROW
        EXECUTE FUNCTION fd_note_part_locked()""")
    op.execute("""CREATE TRIGGER note_person_locked BEFORE UPDATE OR DELETE ON note_person FOR EACH ROW
        EXECUTE FUNCTION fd_note_part_locked()""")
    op.execute(f"""CREATE FUNCTION fd_note_locked() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '{_SAID}'; END $$""")
    op.execute(f"""CREATE TRIGGER note_locked BEFORE UPDATE ON note FOR EACH ROW WHEN ({_broken()})
        EXECUTE FUNCTION fd_note_locked()""")
    op.execute("""CREATE TRIGGER note_stays BEFORE DELETE ON note FOR EACH ROW WHEN (OLD.state <> 'draft')
        EXECUTE FUNCTION fd_note_locked()""")
