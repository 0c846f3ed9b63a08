"""What the search asks at every key, made quick; lists of persons by name that read only what they show.

PostgreSQL plans the body of an SQL function anew at each call, that of a PL/pgSQL function once in a connection. Row
policies ask who asks several times in every statement; their answers stay the same.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

QUICKENED = r"""DO $do$
    DECLARE one record;
    BEGIN
      FOR one IN SELECT oid, proname, prosrc, prosecdef FROM pg_proc
                 WHERE pronamespace = 'public'::regnamespace AND starts_with(proname, 'fd_') AND provolatile = 's'
                 AND NOT proretset AND prolang = (SELECT oid FROM pg_language WHERE lanname = 'sql')
      LOOP
        EXECUTE format('CREATE OR REPLACE FUNCTION %I(%s) RETURNS %s LANGUAGE plpgsql STABLE %s
                        SET search_path = public, pg_temp AS %L',
                       one.proname, pg_get_function_arguments(one.oid), pg_get_function_result(one.oid),
                       CASE WHEN one.prosecdef THEN 'SECURITY DEFINER' ELSE '' END,
                       E'#variable_conflict use_column\n'
                       'BEGIN RETURN (SELECT * FROM (' || one.prosrc || ') AS answer LIMIT 1); END');
      END LOOP;
    END $do$"""
"""Every question of the policies that has one answer, in its own words; owners and rights stay as they are."""

BY_NAME = ["surname", "given_name", "alias", "id"]
INDEXES = (
    ("ix_person_name", BY_NAME, None),
    ("ix_person_protected", ["centre_id", *BY_NAME], "protected"),
    ("ix_person_mediator", ["centre_id", *BY_NAME], "needs_mediator"),
    ("ix_person_privacy_open", ["privacy", *BY_NAME], "privacy <> 'signed'"),
)
"""The order of lists; apart in it those of whom there are few."""


def put_in_order() -> None:
    """Makes the indexes."""
    for name, columns, only in INDEXES:
        where = sa.text(only) if only else None
        op.create_index(name, "person", columns, sqlite_where=where, postgresql_where=where)


def quicken() -> None:
    """Writes the functions anew on PostgreSQL, once all of them are there."""
    op.execute(QUICKENED)
