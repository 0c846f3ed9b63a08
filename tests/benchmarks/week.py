"""What opening a week costs among many appointments, beside the driver's own query for the same rows, on both engines.

`python -m tests.benchmarks.week [--appointments N ...] [--engine sqlcipher|postgresql|both] [--json]`
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, text

from famdesk.cli.bench import ROUNDS, Figure, paired, show
from famdesk.cli.filling import FIRST_ID, fill
from famdesk.data.base import wall_minutes
from famdesk.data.engine import sqlite_connection
from famdesk.data.prepared import dashed
from famdesk.domain.calendar.calendar import week_start
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from tests.support import offices, postgres
from tests.support.calendars import seed

A_WEEK = 250
FEW_AND_MANY = (10_000, 100_000)
"""For the run with all budgets; a million by themselves."""
PEOPLE = 2_000
AT_ONCE = 20_000
MANY = 1_000_000
ENGINES = ("sqlcipher", "postgresql")
COUNTS = (10_000, 1_000_000)
FLAT = 2.0
"""How much more a week may cost among the most appointments than among the fewest."""

BARE = """
SELECT a.id, a.version, a.starts, a.ends, a.kind, a.function, a.label, a.person_id, a.staff_id, s.name, a.room_id,
       r.name, a.access_point_id, p.name, a.state, a.overlap_reason, a.all_day, a.series_id,
       h.surname, h.given_name, h.alias
FROM appointment a LEFT JOIN staff s ON s.id = a.staff_id LEFT JOIN room r ON r.id = a.room_id
     LEFT JOIN access_point p ON p.id = a.access_point_id LEFT JOIN person h ON h.id = a.person_id
WHERE a.centre_id = {centre} AND a.deleted_at IS NULL AND a.starts >= {first} AND a.starts < {last}
ORDER BY a.starts, a.ends, a.id
"""
"""What the calendar shows of a week, asked for in the fewest words."""
INSERT = """
INSERT INTO appointment (id, centre_id, version, starts, ends, kind, person_id, staff_id, room_id, access_point_id,
                         state, all_day, travel_before, travel_after)
VALUES ({values})
"""
CLAIMS = """
INSERT INTO claim (source_id, subject_id, kind, centre_id, starts, ends, exclusive)
SELECT id, staff_id, 'staff', centre_id, starts, ends, overlap_reason IS NULL FROM appointment
UNION SELECT id, room_id, 'room', centre_id, starts, ends, overlap_reason IS NULL FROM appointment
"""


def computed(name: str, action: Callable[[], object], yardstick: str, base: Callable[[], object],
             budget: float) -> Figure:  # fmt: skip
    """As `paired`, in time that this thread computes."""
    taken: list[float] = []
    needed: list[float] = []
    for _round in range(ROUNDS + 1):
        for do, times in ((action, taken), (base, needed)):
            began = time.thread_time()
            do()
            times.append((time.thread_time() - began) * 1000)
    most = sorted(taken[1:])[ROUNDS * 99 // 100]
    return Figure(name, statistics.median(taken[1:]), most, yardstick, statistics.median(needed[1:]), budget)


class Calendar:
    """A centre with so many appointments, 250 a week, each of a person with a colleague in a room."""

    def __init__(self, office: Office, owner: Engine, count: int, people: int = PEOPLE) -> None:
        self.office, self._owner, self._people = office, owner, people
        self._file = owner.dialect.name == "sqlite"
        self._monday = week_start(datetime.now().date())
        self._fill(count)

    @property
    def centre(self) -> str:
        """The centre's id as the database keeps it."""
        return self._id(self.office.actor.centre_id)

    def week(self, bare: Callable[[str, tuple[Any, ...]], Sequence[Any]], name: str) -> Figure:
        """The appointments of a week, as the calendar asks for them."""
        first, last = self._monday, self._monday + timedelta(days=6)
        begin = wall_minutes(datetime.combine(first, datetime.min.time()))
        mark = "?" if self._file else "%s"
        statement = BARE.format(centre=mark, first=mark, last=mark)
        values = (self.centre, begin, begin + 7 * 24 * 60)

        def ask() -> None:
            assert len(self.office.fetch(calendar.appointments, first, last)) == A_WEEK

        def read() -> None:
            assert len(bare(statement, values)) == A_WEEK

        if self._file:  # everything happens in this thread, and what others do on the computer does not count
            return computed(name, ask, "the same rows, bare driver", read, 2.0)
        return paired(name, ask, "the same rows, bare driver", read, 2.0)

    def saving(self, folder: Path) -> Figure:
        """An appointment of a person with a colleague in a room: rules, journal, claims and signature included."""
        raw = sqlite_connection(folder / "raw.db", bytes(32))
        raw.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)")
        (staff,), *_others = self._ask("SELECT id FROM staff")
        (room,), *_others = self._ask("SELECT id FROM room")
        (person,), *_others = self._ask("SELECT id FROM person WHERE NOT protected")
        free = iter(range(MANY))

        def book() -> None:
            starts = datetime.combine(self._monday, datetime.min.time()) + timedelta(days=40_000, hours=next(free))
            self.office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview",
                            person_id=dashed(person), staff_id=dashed(staff), room_id=dashed(room))  # fmt: skip

        def commit() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO t (text) VALUES (?)", ("x" * 200,))
            raw.execute("COMMIT")

        try:
            return paired("saving an appointment", book, "one row committed, bare SQLCipher", commit, 4.0, rounds=200)
        finally:
            raw.close()

    def _id(self, text_id: str) -> str:
        return text_id.replace("-", "") if self._file else text_id

    def _fill(self, count: int) -> None:
        fill(self._owner, self.office.actor.centre_id, self._people)  # first: it counts the words of names anew
        ids = seed(self.office)
        staff = [row[0] for row in self._ask("SELECT id FROM staff")]
        rows = list(self._rows(count, [str(one) for one in staff], [self._id(ids.room), self._id(ids.other_room)],
                               self._id(ids.point)))  # fmt: skip
        mark = "?" if self._file else "%s"
        insert = INSERT.format(values=", ".join([mark] * 14))
        with self._owner.begin() as connection:
            triggers = self._quiet(connection)
            for start in range(0, len(rows), AT_ONCE):
                connection.exec_driver_sql(insert, rows[start : start + AT_ONCE])
            connection.exec_driver_sql("DELETE FROM claim")
            connection.exec_driver_sql(CLAIMS)
            for statement in triggers:
                connection.exec_driver_sql(statement)
            if not self._file:  # the figures of a file are those that its revisions wrote
                connection.exec_driver_sql("ANALYZE")

    def _quiet(self, connection: Any) -> list[str]:
        """Switches off what writes claims row by row; gives what switches it on again."""
        if not self._file:
            connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            return []
        found = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'appointment'"
        ).all()
        for name, _sql in found:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return [sql for _name, sql in found]

    def _ask(self, statement: str) -> Sequence[Any]:
        with self._owner.connect() as connection:
            return connection.execute(text(statement)).all()

    def _rows(self, count: int, staff: Sequence[str], rooms: Sequence[str], point: str) -> Iterator[tuple[Any, ...]]:
        """Half of the weeks before this one, half from it on, each with the same number of appointments."""
        dice, weeks = random.Random(5), -(-count // A_WEEK)
        begin = wall_minutes(datetime.combine(self._monday, datetime.min.time())) + 8 * 60
        for number in range(weeks * A_WEEK):
            week, place = divmod(number, A_WEEK)
            starts = begin + (week - weeks // 2) * 7 * 1440 + place % 5 * 1440 + place // 5 % 40 * 15
            yield (
                self._id(str(UUID(int=FIRST_ID + (1 << 40) + number))), self.centre, 1, starts, starts + 45,
            "interview", self._id(str(UUID(int=FIRST_ID + 2 * dice.randrange(self._people)))), dice.choice(staff),
                dice.choice(rooms), point, "planned", False, 0, 0,
            )  # fmt: skip


@contextmanager
def filled(engine: str, count: int) -> Iterator[tuple[Calendar, Callable[[str, tuple[Any, ...]], Sequence[Any]]]]:
    """A calendar on an engine, signed in as its reception, and the bare driver's way to ask."""
    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
        if engine == "sqlcipher":
            desk = offices.file_desk(Path(folder) / "home")
            made = Calendar(desk.sign_in("coordinator"), desk.office.store.engine, count)
            bare = sqlite_connection(desk.home.database, desk.office.unlocked.database_key)
            yield made, lambda sql, values: bare.execute(sql, values).fetchall()
            bare.close()
            desk.close()
            return
        import psycopg

        with postgres.serve() as server, offices.server_desk(server, Path(folder) / "home") as desk:
            database = str(desk.office.store.engine.url.database)
            owner = create_engine(server.url(database))
            made = Calendar(desk.sign_in("coordinator"), owner, count)
            with psycopg.connect(server.dsn(database), autocommit=True) as connection:
                yield made, lambda sql, values: connection.execute(sql.encode(), values).fetchall()
            owner.dispose()


def measured(engine: str, counts: Sequence[int]) -> list[Figure]:
    """The figures of an engine, the last of them the growth from the fewest to the most appointments."""
    figures: list[Figure] = []
    saving: list[Figure] = []
    for count in counts:
        began = time.perf_counter()
        with filled(engine, count) as (made, bare):
            print(f"{engine}: {count:,} appointments made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
            figures.append(made.week(bare, f"a week of {count:,}, {engine}"))
            if engine == "sqlcipher" and count == counts[0]:
                with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
                    saving = [made.saving(Path(folder))]
    if len(figures) > 1:
        first, last = figures[0], figures[-1]
        grown = f"growth to {counts[-1]:,}, {engine}"
        figures.append(replace(last, name=grown, yardstick=first.name, yardstick_ms=first.ms, budget=FLAT))
    return [*figures, *saving]


def main() -> int:
    """Measure and print; status 1 if a budget is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.week")
    parser.add_argument("--appointments", type=int, nargs="+", default=list(COUNTS))
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    engines = ENGINES if args.engine == "both" else (args.engine,)
    figures = [figure for engine in engines for figure in measured(engine, args.appointments)]
    if args.json:
        print(json.dumps([figure.plain() for figure in figures]))
    else:
        show(figures, PEOPLE, as_json=False)
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
