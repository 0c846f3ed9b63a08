"""The search for persons: what a keystroke costs, and whether the right person comes in spite of an error.

`python -m tests.benchmarks.search [--people N] [--engine sqlcipher|postgresql] [--queries N] [--lost] [--json]`
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, create_engine, event

from famdesk.cli.bench import LOGIN, PASSWORD
from famdesk.cli.filling import FIRST_ID, PROTECTED_OF, fill
from famdesk.cli.invented import Invented, Inventor
from famdesk.data.home import Home
from famdesk.domain.text import tokens
from famdesk.usecases import session
from famdesk.usecases.office import Office
from famdesk.usecases.people import person_search
from tests.support import offices, postgres
from tests.support.misspelling import CLASSES

TOP = 30
MOST_BEARERS = 10
"""Who shares the whole name with more people cannot be told from them by a name alone."""

RECALL = 0.98
EXACT_MS, TOLERANT_MS = 3.0, 20.0


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of the whole query (rights, rows and words for the screen included), of that what this process
    computed, and what the bare driver takes for the same statements. On a busy computer the second says most."""

    name: str
    count: int
    median: float
    p99: float
    median_cpu: float
    p99_cpu: float
    median_driver: float
    p99_driver: float


class Floor:
    """What the driver alone needs to ask the same once more, without rights, rows and words: no program is faster."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked: list[tuple[str, Any]] = []

    def _note(self, _connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        self._asked.append((sql, values))

    def spent(self, ask: Callable[[], object]) -> float:
        """Seconds. What is asked is listened to apart from what is measured: listening takes its time."""
        self._asked.clear()
        event.listen(self._engine, "before_cursor_execute", self._note)
        try:
            ask()
        finally:
            event.remove(self._engine, "before_cursor_execute", self._note)
        handle = self._engine.raw_connection()
        try:
            cursor: Any = handle.cursor()
            began = time.perf_counter()
            for sql, values in self._asked:
                cursor.execute(sql, values or ())
                if cursor.description:
                    cursor.fetchall()
            spent = time.perf_counter() - began
            handle.commit()  # a rollback would undo the preparing of statements
        finally:
            handle.close()
        return spent


class Known:
    """The invented persons of a database, by their number; those whose name is shared by few."""

    def __init__(self, people: int) -> None:
        names: Counter[tuple[str, ...]] = Counter()
        for one in Inventor().persons(people):
            names[self._name(one)] += 1
        wanted = random.Random(11)
        self.sample: list[tuple[str, Invented]] = []
        share = min(1.0, 60_000 / people)
        for place, one in enumerate(Inventor().persons(people)):
            free = place % PROTECTED_OF != PROTECTED_OF - 1
            if free and wanted.random() < share and names[self._name(one)] <= MOST_BEARERS:
                self.sample.append((_id(2 * place), one))
        wanted.shuffle(self.sample)

    def _name(self, one: Invented) -> tuple[str, ...]:
        return tuple(sorted(tokens(f"{one.surname} {one.given_name}")))

    def misspelt(self, kind: str, count: int) -> list[tuple[str, str]]:
        """(id of the right person, what is typed), so many."""
        chance = random.Random(kind)
        found: list[tuple[str, str]] = []
        for person_id, one in self.sample:
            typed = CLASSES[kind](one.surname, one.given_name, chance)
            if typed:
                found.append((person_id, typed))
            if len(found) == count:
                break
        return found

    def keystrokes(self, count: int) -> list[str]:
        """Names, phone numbers and tax codes as they grow key by key, from the first letter."""
        chance = random.Random(5)
        found: list[str] = []
        for _person_id, one in self.sample:
            whole = chance.choice([f"{one.surname} {one.given_name}", f"{one.given_name} {one.surname}",
                                   one.phone or one.surname, one.tax_code or one.given_name])  # fmt: skip
            found += [whole[:length] for length in range(1, min(len(whole), 18) + 1)]
            if len(found) >= count:
                break
        return found[:count]


def recall(office: Office, known: Known, each: int) -> tuple[dict[str, tuple[int, int]], list[float], list[str]]:
    """For each class (found among the first 30, asked); what each query took; the queries that failed."""
    found: dict[str, tuple[int, int]] = {}
    times: list[float] = []
    lost: list[str] = []
    for kind in CLASSES:
        right = 0
        asked = known.misspelt(kind, each)
        for person_id, typed in asked:
            began = time.perf_counter()
            hits = office.fetch(person_search.find_persons, typed, TOP)
            times.append((time.perf_counter() - began) * 1000)
            if person_id in {hit.id for hit in hits}:
                right += 1
            else:
                lost.append(f"{kind}: {typed} ({len(hits)} hits)")
        found[kind] = (right, len(asked))
    return found, times, lost


def timings(office: Office, known: Known, count: int) -> list[Timing]:
    """Exact and tolerant queries."""
    floor = Floor(office.store.engine)
    gc.collect()
    gc.freeze()  # the invented persons are none of the program's
    exact: list[tuple[float, float, float]] = []
    tolerant: list[tuple[float, float, float]] = []
    typed = [*known.keystrokes(count), *(text for kind in CLASSES for _id, text in known.misspelt(kind, count // 8))]
    for text in typed[:50]:
        office.fetch(person_search.find_persons, text, TOP)
    for text in typed:
        began, computed = time.perf_counter(), time.thread_time()
        hits = office.fetch(person_search.find_persons, text, TOP)
        taken = (time.perf_counter() - began) * 1000, (time.thread_time() - computed) * 1000
        few = len(hits) < TOP or hits[-1].similar
        plain = not few or not any(ch.isalpha() for ch in text)
        least = floor.spent(partial(office.fetch, person_search.find_persons, text, TOP)) * 1000
        (exact if plain else tolerant).append((*taken, least))
    return [_timing("exact", exact), _timing("tolerant", tolerant)]


def _timing(name: str, taken: Sequence[tuple[float, float, float]]) -> Timing:
    columns = [sorted(one) for one in zip(*taken, strict=True)]
    last = len(taken) * 99 // 100
    figures = [figure for column in columns for figure in (statistics.median(column), column[last])]
    return Timing(name, len(taken), *figures)


@contextmanager
def filled(engine: str, people: int, home: Path | None = None) -> Iterator[Office]:
    """The reception's office at a database with so many invented persons; `home` is one that was filled before."""
    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
        if engine == "postgresql" and home is None:
            with postgres.serve() as server, offices.server_desk(server, Path(folder) / "home") as desk:
                database = desk.office.store.engine.url.database
                assert database is not None
                admin = create_engine(server.url(database))
                _fill(admin, desk.office, people)
                admin.dispose()
                yield desk.sign_in("reception")
            return
        login, password = (LOGIN, PASSWORD) if home else ("reception", offices.PASSWORD)
        if home is None:
            home = Path(folder) / "home"
            desk = offices.file_desk(home)
            _fill(desk.office.store.engine, desk.office, people)
            desk.close()
        office = session.sign_in(Home(home), login, password)
        try:
            yield office
        finally:
            office.lock()


def made(office: Office) -> int:
    """How many persons a filled database has."""
    with office.store.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM person").scalar_one())


def _fill(engine: Engine, office: Office, people: int) -> None:
    began = time.perf_counter()
    fill(engine, office.actor.centre_id, people)
    print(f"{people:,} persons made in {time.perf_counter() - began:.0f} s", file=sys.stderr)


def _id(number: int) -> str:
    return str(UUID(int=FIRST_ID + number))


def main() -> int:
    """Measure and print; status 1 if a budget is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--engine", choices=("sqlcipher", "postgresql"), default="sqlcipher")
    parser.add_argument("--home", type=Path, help="a folder that `famdesk bench --keep` filled, of either engine")
    parser.add_argument("--queries", type=int, default=1600)
    parser.add_argument("--lost", action="store_true", help="print the queries that did not find the right person")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with filled(args.engine, args.people, args.home) as office:
        if args.home:
            args.people, args.engine = made(office), office.store.engine.dialect.name
        known = Known(args.people)
        measured = timings(office, known, args.queries)
        found, _times, lost = recall(office, known, args.queries // len(CLASSES))
    total = sum(right for right, _asked in found.values()) / sum(asked for _right, asked in found.values())
    kept = total >= RECALL and measured[0].p99 <= EXACT_MS and measured[1].p99 <= TOLERANT_MS
    if args.json:
        print(json.dumps({"people": args.people, "engine": args.engine, "recall": found, "total": total,
                          "timings": [asdict(one) for one in measured], "kept": kept}))  # fmt: skip
    else:
        _print(args, measured, found, total)
    if args.lost:
        print("\n".join(lost))
    return 0 if kept else 1


def _print(args: argparse.Namespace, measured: Sequence[Timing], found: dict[str, tuple[int, int]],
           total: float) -> None:  # fmt: skip
    print(f"{args.people:,} persons, {args.engine}; milliseconds: in all (computed here; the bare driver)")
    for one, budget in zip(measured, (EXACT_MS, TOLERANT_MS), strict=True):
        print(f"{one.name:18}{one.count:7,} queries   "
              f"median {one.median:6.2f} ({one.median_cpu:.2f}; {one.median_driver:.2f})   "
              f"p99 {one.p99:6.2f} ({one.p99_cpu:.2f}; {one.p99_driver:.2f})   "
              f"budget of p99 {budget:g}")  # fmt: skip
    for kind, (right, asked) in found.items():
        print(f"{kind:18}{asked:7,} queries   the right person among the first {TOP}: {right / max(asked, 1):7.1%}")
    print(f"{'all':18}{'':16} {total:7.1%}   budget {RECALL:.0%}")


if __name__ == "__main__":
    sys.exit(main())
