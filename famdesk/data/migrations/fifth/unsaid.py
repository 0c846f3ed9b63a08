"""What an appointment is for is not told to reception, on PostgreSQL: not to a client of its own either.

Colleagues have no right to the columns that say it. The schema `shown`, which the program's connections look into
first, has a view of the same name: in it who works as reception finds them empty, and a kind that tells as an
interview, but for nobody's appointments and one's own. The view belongs to the owner of the tables, who is under the
row policies like everybody else.

Who was not shown what stands there keeps it by saving: only a value that differs from the one that was shown is
written, or one that the program says is meant (`famdesk.data.unsaid`). What it takes the place of is kept aside, so
that turning the step back brings it back. An appointment that who does not know it gave to somebody else, such as to
herself, stays untold to her.
"""

from __future__ import annotations

from alembic import op

SCHEMA = "shown"
KNOW = ("educator", "social_worker", "psychologist", "coordinator")
"""Roles that are told what an appointment is for."""
TELLING = ("consultation", "psychology", "couple", "mediation")
NEUTRAL = "interview"
COLUMNS = {"appointment": ("kind", "function", "note", "reason", "path_id", "source_text"), "series": ("source_text",)}
"""The columns that tell it. What was read from a calendar file holds its description."""

FREE = "TRANSP:TRANSPARENT"

_KNOWS = "(SELECT fd_role()) IN ({})".format(", ".join(f"'{role}'" for role in KNOW))
_NOT_HANDED = f"NOT EXISTS (SELECT 1 FROM {SCHEMA}.kept WHERE kept.id = {{0}}.id)"  # noqa: S608 - names, no value
TOLD = {
    "appointment": f"{_KNOWS} OR (({{0}}.staff_id IS NULL OR {{0}}.staff_id = (SELECT fd_staff())) AND {_NOT_HANDED})",
    "series": _KNOWS,
}
"""Whether who asks is told the columns of a row; without a role, nobody is."""

KEPT = f"""CREATE TABLE {SCHEMA}.kept (
    id uuid PRIMARY KEY REFERENCES public.appointment ON DELETE CASCADE,
    was jsonb NOT NULL DEFAULT '{{}}')"""
"""Appointments that were handed on or written over by who is not told them, and what was written over."""

_KIND_SHOWN = "(CASE WHEN {0} IN ({1}) THEN '{2}' ELSE {0} END)".format(
    "{0}", ", ".join(f"'{kind}'" for kind in TELLING), NEUTRAL
)

CHANGED = """CREATE FUNCTION fd_{table}_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE
      stands {table}; becomes {table}; real jsonb; seen jsonb := to_jsonb(OLD); given jsonb := to_jsonb(NEW);
      meant text := coalesce(current_setting('famdesk.meant', true), ''); field text; aside jsonb;
    BEGIN
      SELECT * INTO stands FROM {table} WHERE id = OLD.id AND version = OLD.version FOR UPDATE;
      IF NOT FOUND THEN RETURN NULL; END IF;
      real := to_jsonb(stands);
      FOREACH field IN ARRAY ARRAY[{fields}] LOOP
        IF given -> field IS NOT DISTINCT FROM seen -> field AND position(OLD.id || ' ' || field IN meant) = 0 THEN
          given := jsonb_set(given, ARRAY[field], real -> field);{aside}
        END IF;
      END LOOP;{handed}
      becomes := jsonb_populate_record(NULL::{table}, given);
      UPDATE {table} SET {values} WHERE id = OLD.id AND version = OLD.version;
      IF NOT FOUND THEN RETURN NULL; END IF;
      RETURN NEW;
    END $$"""

ASIDE = f"""
        ELSIF NOT coalesce({TOLD["appointment"].format("stands")}, false) THEN
          SELECT was INTO aside FROM {SCHEMA}.kept WHERE id = OLD.id;
          IF aside ? field AND (given ->> field IS NULL OR (field = 'kind'
              AND given ->> field = {_KIND_SHOWN.format("(aside ->> field)")})) THEN
            given := jsonb_set(given, ARRAY[field], aside -> field);
            UPDATE {SCHEMA}.kept SET was = was - field WHERE id = OLD.id;
          ELSE
            INSERT INTO {SCHEMA}.kept VALUES (OLD.id, jsonb_build_object(field, real -> field))
              ON CONFLICT (id) DO UPDATE SET was = excluded.was || kept.was;
          END IF;
        ELSE
          UPDATE {SCHEMA}.kept SET was = was - field WHERE id = OLD.id AND was ? field;"""  # noqa: S608 - names, no value
HANDED = f"""
      IF NEW.staff_id IS DISTINCT FROM OLD.staff_id
         AND NOT coalesce({TOLD["appointment"].format("stands")}, false) THEN
        INSERT INTO {SCHEMA}.kept (id) VALUES (OLD.id) ON CONFLICT DO NOTHING;
      END IF;"""  # noqa: S608 - names, no value

ADDED = """CREATE FUNCTION fd_{table}_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    DECLARE given {table}; latest {table};
    BEGIN
      given := jsonb_populate_record(NULL::{table}, to_jsonb(NEW));{like_last}
      INSERT INTO {table} SELECT (given).*;
      RETURN NEW;
    END $$"""
# Of an erased person no word stays aside.
ERASED = f"""CREATE FUNCTION fd_kept_erased() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    BEGIN
      UPDATE {SCHEMA}.kept SET was = '{{}}' WHERE id IN (
        SELECT a.id FROM appointment AS a WHERE a.person_id = NEW.id);
      RETURN NULL;
    END $$"""  # noqa: S608 - names, no value
# A date that is added to a series is what its last one was, also if it is made by who is told only that there is one.
LIKE_LAST = f"""
      IF NEW.series_id IS NOT NULL AND NOT coalesce({TOLD["appointment"].format("NEW")}, false) THEN
        SELECT * INTO latest FROM appointment WHERE series_id = NEW.series_id AND starts < NEW.starts
          AND staff_id = NEW.staff_id AND person_id IS NOT DISTINCT FROM NEW.person_id AND deleted_at IS NULL
          ORDER BY starts DESC LIMIT 1;
        IF FOUND AND NEW.kind = {_KIND_SHOWN.format("latest.kind")} THEN
          given.kind := latest.kind;
          given.function := coalesce(NEW.function, latest.function);
          given.note := coalesce(NEW.note, latest.note);
          given.path_id := coalesce(NEW.path_id, latest.path_id);
        END IF;
      END IF;"""  # noqa: S608 - names, no value


def protect() -> None:
    """Views, their triggers and rights; once every column and policy of the two tables is there."""
    op.execute(f"DO $$ BEGIN IF to_regnamespace('{SCHEMA}') IS NULL THEN CREATE SCHEMA {SCHEMA}; END IF; END $$")
    op.execute(f"GRANT USAGE ON SCHEMA {SCHEMA} TO fd_users")
    op.execute(KEPT)
    for table, unsaid in COLUMNS.items():
        _view(table, unsaid)
    op.execute(ERASED)
    op.execute("REVOKE ALL ON FUNCTION fd_kept_erased() FROM PUBLIC")
    op.execute("CREATE TRIGGER kept_erased AFTER UPDATE OF erased_on ON person FOR EACH ROW "
               "WHEN (NEW.erased_on IS NOT NULL) EXECUTE FUNCTION fd_kept_erased()")  # fmt: skip
    # What the journal keeps of a row are all its columns.
    op.execute(f"CREATE POLICY change_unsaid ON change AS RESTRICTIVE FOR SELECT TO fd_users USING (table_name NOT IN "
               f"('appointment', 'series') OR staff_id = (SELECT fd_staff()) OR {_KNOWS})")  # fmt: skip


def _view(table: str, unsaid: tuple[str, ...]) -> None:
    rows = op.get_bind().exec_driver_sql(
        "SELECT attname, pg_get_expr(adbin, adrelid) FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid "
        "AND adnum = attnum WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        (f"public.{table}",),
    )
    defaults = {str(name): default for name, default in rows}
    told = TOLD[table].format(table)
    shown = ", ".join(_column(name, told) if name in unsaid else f"{table}.{name}" for name in defaults)
    op.execute(f"CREATE VIEW {SCHEMA}.{table} AS SELECT {shown} FROM public.{table}")  # noqa: S608 - names, no value
    for name, default in defaults.items():
        if default is not None:
            op.execute(f"ALTER VIEW {SCHEMA}.{table} ALTER COLUMN {name} SET DEFAULT {default}")
    _triggers(table, unsaid, list(defaults))
    op.execute(f"REVOKE ALL ON public.{table} FROM fd_users")
    op.execute(f"GRANT SELECT ({', '.join(name for name in defaults if name not in unsaid)}) ON public.{table} "
               "TO fd_users")  # fmt: skip
    op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {SCHEMA}.{table} TO fd_users")


def _triggers(table: str, unsaid: tuple[str, ...], columns: list[str]) -> None:
    """What is written through the view; a view lets through only what it changes nothing of."""
    extra = {"aside": ASIDE, "handed": HANDED, "like_last": LIKE_LAST}
    if table != "appointment":
        extra = dict.fromkeys(extra, "")
    values = ", ".join(f"{name} = becomes.{name}" for name in columns if name != "id")
    fields = ", ".join(f"'{name}'" for name in unsaid)
    for what, event, text in (("added", "INSERT", ADDED), ("changed", "UPDATE", CHANGED)):
        op.execute(text.format(table=table, fields=fields, values=values, **extra))
        op.execute(f"REVOKE ALL ON FUNCTION fd_{table}_{what}() FROM PUBLIC")
        op.execute(f"CREATE TRIGGER {what} INSTEAD OF {event} ON {SCHEMA}.{table} FOR EACH ROW "
                   f"EXECUTE FUNCTION fd_{table}_{what}()")  # fmt: skip


def _column(name: str, told: str) -> str:
    """What is shown: of a calendar file to everybody whether it takes anybody's time."""
    otherwise = {"kind": f" ELSE {_KIND_SHOWN.format('appointment.kind')}",
                 "source_text": f" WHEN position('{FREE}' IN source_text) > 0 THEN '{FREE}'"}  # fmt: skip
    return f"CASE WHEN {told} THEN {name}{otherwise.get(name, '')} END AS {name}"
