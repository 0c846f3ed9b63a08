"""Statements are put into SQL once for a test process, not anew for each of its thousands of homes.

SQLAlchemy keeps what it compiled by engine and dialect. Each test opens files of its own and with them engines of its
own, which all compile the same statements: a third of what such a test takes.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from famdesk.data import engine

KEPT = 4_000


def share() -> None:
    """Lets all engines that the program makes from now on use one another's compiled statements."""
    engines = cast(Any, engine)
    make = engines.create_engine
    if make.__module__ == __name__:
        return
    known: LRUCache[Any, Any] = LRUCache(KEPT)

    def create_engine(*args: Any, **kwargs: Any) -> Engine:
        made: Engine = make(*args, **kwargs)
        made.update_execution_options(compiled_cache=known)
        return made

    for dialect in (cast(Any, SQLiteDialect_pysqlite), cast(Any, PGDialect_psycopg)):
        dialect.__eq__, dialect.__hash__ = _same_kind, _by_kind
    engines.create_engine = create_engine


def _same_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _by_kind(one: object) -> int:
    return hash(type(one))
