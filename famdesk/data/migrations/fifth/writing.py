"""Ready texts for session notes, and what is given out of notes: tables, locks, and the row-level security."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from famdesk.data.migrations.fifth.guards import MINE
from famdesk.data.migrations.first.guards import HERE, IS_MINE, SEES, SEES_OTHER, WITH_FAMILIES
from famdesk.data.migrations.policies import policy
from famdesk.data.migrations.tables import Key, is_postgres, record_table, to

_SAID = "what was given out of a note stays written down"
_FIXED = ("note_id", "author_id", "staff_id", "body_id", "purpose", "consent_id", "covers_from", "covers_to", "until",
          "given_on")  # fmt: skip

_OVER = """CREATE FUNCTION fd_release_over(of_note uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp AS
    $$ SELECT EXISTS (SELECT 1 FROM note_release WHERE note_id = of_note AND staff_id = fd_staff())
       AND NOT EXISTS (
         SELECT 1 FROM note_release AS given LEFT JOIN consent ON consent.id = given.consent_id
         WHERE given.note_id = of_note AND given.staff_id = fd_staff() AND given.deleted_at IS NULL
           AND given.given_on IS NOT NULL AND given.ended_on IS NULL
           AND (given.until IS NULL OR given.until >= (now() AT TIME ZONE 'Europe/Rome')::date)
           AND (given.consent_id IS NULL OR (consent.deleted_at IS NULL AND consent.withdrawn_on IS NULL
                AND consent.refused_on IS NULL AND (consent.valid_to IS NULL
                OR consent.valid_to >= (now() AT TIME ZONE 'Europe/Rome')::date)
                AND (consent.signed >= consent.needed OR consent.ground <> 'one_holder')))) $$"""


def create() -> list[Key]:
    """Gives the foreign keys to add."""
    snippet = record_table(
        "note_snippet",
        to("staff_id", "staff", nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("body", sa.Text(), nullable=False),
    )
    release = record_table(
        "note_release",
        to("note_id", "note"),
        to("author_id", "staff"),
        to("person_id", "person"),
        to("staff_id", "staff", nullable=True),
        to("body_id", "body", nullable=True),
        sa.Column("recipient_name", sa.Text()),
        to("other_id", "person", nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        to("consent_id", "consent", nullable=True),
        sa.Column("covers_from", sa.Date(), nullable=False),
        sa.Column("covers_to", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("given_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("ended_why", sa.Text()),
    )
    _lock()
    return [*snippet, *release]


def protect() -> None:
    """One's own ready texts are one's own; of what is given out know its author, and the colleague once it is given."""
    op.execute("GRANT SELECT ON note_release, consent TO fd_definer")
    op.execute("GRANT CREATE ON SCHEMA public TO fd_definer")
    op.execute(_OVER)
    op.execute("ALTER FUNCTION fd_release_over(uuid) OWNER TO fd_definer")
    op.execute("REVOKE ALL ON FUNCTION fd_release_over(uuid) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION fd_release_over(uuid) TO fd_users, fd_definer")
    op.execute("REVOKE CREATE ON SCHEMA public FROM fd_definer")
    writes = f"{WITH_FAMILIES} AND fd_role() NOT IN ('reception', 'auditor')"
    keeps = "(staff_id IS NULL AND fd_role() IN ('psychologist', 'coordinator'))"
    policy("note_snippet", read=f"{writes} AND (staff_id IS NULL OR {IS_MINE})",
           write=f"{writes} AND ({IS_MINE} OR {keeps})")  # fmt: skip
    policy("note_release", read=f"{MINE} OR ({HERE} AND {IS_MINE} AND given_on IS NOT NULL)",
           write=f"{MINE} AND {SEES} AND {SEES_OTHER} AND fd_wrote(note_id)")  # fmt: skip
    # Whose reading has ended reads no more, whatever keys are still there.
    op.execute("CREATE POLICY note_part_released ON note_part AS RESTRICTIVE FOR SELECT TO fd_users "
               "USING (author_id = fd_staff() OR NOT fd_release_over(note_id))")  # fmt: skip
    op.execute("CREATE POLICY change_writing ON change AS RESTRICTIVE FOR SELECT TO fd_users USING "
               "(table_name NOT IN ('note_snippet', 'note_release') OR staff_id = fd_staff())")  # fmt: skip


def _lock() -> None:
    old, new = (", ".join(f"{row}.{name}" for name in _FIXED) for row in ("OLD", "NEW"))
    differ = "IS DISTINCT FROM" if is_postgres() else "IS NOT"
    broken = (f"OLD.given_on IS NOT NULL AND (({old}) {differ} ({new}) OR NEW.deleted_at IS NOT NULL "
              "OR (OLD.ended_on IS NOT NULL AND NEW.ended_on IS NULL))")  # fmt: skip
    rules = (("fixed", "UPDATE", broken), ("stays", "DELETE", "OLD.given_on IS NOT NULL"))
    if is_postgres():
        op.execute(f"""CREATE FUNCTION fd_note_release_locked() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION '{_SAID}'; END $$""")
    for name, event, when in rules:
        deed = ("EXECUTE FUNCTION fd_note_release_locked()" if is_postgres()
                else f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")  # fmt: skip
        op.execute(f"CREATE TRIGGER note_release_{name} BEFORE {event} ON note_release FOR EACH ROW "
                   f"WHEN ({when}) {deed}")  # fmt: skip
