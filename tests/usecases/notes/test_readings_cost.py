"""Who read what, asked of a journal of a million entries: by indexes alone, never by going through it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, event, text

from famdesk.usecases import readings
from famdesk.usecases.people import people
from famdesk.usecases.readings import POWERS, READS, JournalFilter
from famdesk.usecases.staff import supervision
from tests.support.offices import Desk

PLANNED = 200_000
"""Entries that a server gets for its plans: it goes by how many there are."""


def _plans(engine: Engine, ask: Any) -> list[str]:
    """What SQLite says of each statement on the way."""
    said: list[str] = []

    def look(connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            said.extend(str(row[3]) for row in raw.fetchall())

    event.listen(engine, "before_cursor_execute", look)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", look)
    return said


@pytest.mark.parametrize("wanted", [JournalFilter(), JournalFilter(group=READS), JournalFilter(group=POWERS),
                                    JournalFilter(before=900_000)])  # fmt: skip
def test_a_file_goes_by_indexes(file_desk: Desk, wanted: JournalFilter) -> None:
    leads = file_desk.sign_in("coordinator")
    ada = leads.run(people.add_person, surname="Rossi", given_name="Ada")
    engine = leads.store.engine
    said = _plans(engine, lambda: leads.fetch(readings.journal, wanted))
    said += _plans(engine, lambda: leads.fetch(readings.of_file, ada))
    said += _plans(engine, lambda: leads.fetch(supervision.centre))
    scans = [line for line in said if line.startswith("SCAN") and ("audit" in line or "trace" in line)]
    scans += [line for line in said if "SEARCH audit USING" in line and line.endswith("(centre_id=?)")]
    assert said
    assert scans == []


FILL = """
INSERT INTO audit (centre_id, seq, at, staff_id, role, station, kind, action, subjects, details, digest, prev, hash,
                   signer, signature)
SELECT centre_id, 1000 + n, to_char(now() - (:many - n) * interval '1 minute', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+00:00"'),
       staff_id, role, station, CASE WHEN n % 5000 = 0 THEN 'share' WHEN n % 2 = 0 THEN 'read' ELSE 'write' END, action,
       '[["person", "' || gen_random_uuid() || '", "read", []]]', '{}', digest, prev, hash, signer, signature
FROM audit, generate_series(1, :many) AS n WHERE seq = 1
"""
TRACED = """INSERT INTO trace (row_id, seq, centre_id, verb, table_name)
SELECT (subjects::jsonb -> 0 ->> 1)::uuid, seq, centre_id, 'read', 'person' FROM audit WHERE seq > 1000"""


def test_a_server_reads_few_pages(server_desk: Desk, request: pytest.FixtureRequest) -> None:
    """Counted are the blocks that it touches: they do not grow with the journal."""
    leads = server_desk.sign_in("coordinator")
    ada = leads.run(people.add_person, surname="Rossi", given_name="Ada")
    where = server_desk.home.settings().server
    assert where is not None
    owner = create_engine(request.getfixturevalue("postgres").url(where.database))
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(FILL), {"many": PLANNED})
        connection.execute(text(TRACED))
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE audit"))
        connection.execute(text("ANALYZE trace"))
        pages = connection.execute(text("SELECT relpages FROM pg_class WHERE relname = 'audit'")).scalar_one()
    owner.dispose()
    assert pages > 2000
    for ask in (
        lambda: leads.fetch(readings.of_file, ada),
        lambda: leads.fetch(readings.journal, JournalFilter()),
        lambda: leads.fetch(readings.journal, JournalFilter(group=READS)),
        lambda: leads.fetch(readings.journal, JournalFilter(group=POWERS, before=150_000)),
        lambda: leads.fetch(supervision.centre),
    ):
        touched = _touched(leads.store.engine, ask)
        assert touched < pages / 20, touched


def _touched(engine: Engine, ask: Any) -> int:
    """Blocks of `audit` and `trace` that were looked at meanwhile, as this session counts them."""
    counted = text(
        "SELECT coalesce(sum(pg_stat_get_xact_blocks_fetched(oid)), 0)::bigint FROM pg_class "
        "WHERE relname IN ('audit', 'trace')"
    )
    found = list[int]()

    def look(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "pg_stat_get_xact" not in statement:
            found.append(int(connection.execute(counted).scalar_one()))

    event.listen(engine, "after_cursor_execute", look)
    try:
        ask()
    finally:
        event.remove(engine, "after_cursor_execute", look)
    return max(found, default=0)
