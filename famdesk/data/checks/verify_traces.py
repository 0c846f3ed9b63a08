"""What a server tells of entries of the journal that it does not show, and proof that who read what is told as it was.

Not everybody of a centre reads every entry; that the chain is whole everybody proves, with the hashes and signatures
alone of those that are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, inspect

from famdesk.data.traces import Trace
from famdesk.domain.errors import Finding
from famdesk.i18n import N_

_TOLD = """SELECT replace(json_extract(one.value, '$[1]'), '-', '') AS row_id, audit.seq,
                  json_extract(one.value, '$[2]') AS verb, json_extract(one.value, '$[0]') AS table_name
           FROM audit, json_each(audit.subjects) AS one
           WHERE audit.centre_id = :centre AND audit.kind NOT IN ('write', 'undo', 'redo', 'erase')
             AND length(json_extract(one.value, '$[1]')) = 36"""
_STAND = "SELECT row_id, seq, verb, table_name FROM trace WHERE centre_id = :centre"
_DIFFER = f"""SELECT DISTINCT seq FROM (SELECT * FROM ({_TOLD} EXCEPT {_STAND})
              UNION ALL SELECT * FROM ({_STAND} EXCEPT {_TOLD})) ORDER BY seq"""  # noqa: S608 - no value


class ReadingHidden(Finding):
    message = N_("Journal: who opened or passed on what is not told as entry {seq} says.")


def is_partial(connection: Connection) -> bool:
    """Whether who asks is a colleague on a server, who is not shown every entry."""
    if connection.dialect.name != "postgresql":
        return False
    return connection.exec_driver_sql("SELECT fd_centre()").scalar() is not None


def reads_all(connection: Connection) -> bool:
    """Whether who asks reads every entry of the journal; on a server that is who leads the centre, or checks it."""
    if not is_partial(connection):
        return True
    asked = "SELECT fd_role() IN ('coordinator', 'auditor') AND fd_may('journal')"
    return bool(connection.exec_driver_sql(asked).scalar())


def links(connection: Connection, after: int, most: int) -> list[dict[str, Any]]:
    """Of each entry after a number what links it: seq, prev, hash, who signed, and whether its hash is right."""
    rows = connection.exec_driver_sql("SELECT * FROM fd_chain(%(after)s, %(most)s)", {"after": after, "most": most})
    return [dict(row) for row in rows.mappings()]


def untold(connection: Connection, centre_id: str) -> Iterator[Finding]:
    """The entries that speak of other records than those that stand in `trace` by them, on a chain that is whole."""
    if not inspect(connection).has_table(Trace.__tablename__):
        return  # from before 0005
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(_DIFFER, {"centre": centre_id.replace("-", "")})
    else:
        rows = connection.exec_driver_sql("SELECT fd_untraced()")
    for (seq,) in rows.all():
        yield ReadingHidden(seq=seq)
