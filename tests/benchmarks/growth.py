"""What grows with the centre: search, week, Today, saving and starting, among few and among many persons and
appointments, on the same engine in one run.

`python -m tests.benchmarks.growth [--counts FEW MANY] [--engine sqlcipher|postgresql|both] [--keep FOLDER] [--json]`
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count as counted
from pathlib import Path

from sqlalchemy import create_engine, select

from famdesk.cli.bench import Figure, show
from famdesk.data.home import Home
from famdesk.data.tables.directory import Room
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.domain.calendar.calendar import week_start
from famdesk.usecases import features, session, today
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from famdesk.usecases.people import people, person_search
from tests.benchmarks import start
from tests.benchmarks.search import TOP, Known
from tests.benchmarks.week import ENGINES, Calendar
from tests.support import offices, postgres
from tests.support.misspelling import CLASSES

COUNTS = (10_000, 1_000_000)
GROWTH = 2.0
"""What the most may cost, in what the fewest do."""
KEYS, MISSPELT = 400, 25
"""Keys of names, numbers and codes; misspelt names of each class. The same are typed among few and among many."""
TIMES = 40
STARTS = 7
ROLE = "coordinator"


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of an action: what it usually takes, and the slowest of a hundred."""

    median: float
    most: float


Action = Callable[[], object]


def costs(few: list[Action], many: list[Action], clock: Callable[[], float]) -> tuple[Cost, Cost]:
    """Each action once, in turns among few and among many: whatever else the computer does it does to both."""
    taken: tuple[list[float], list[float]] = ([], [])
    for pair in zip(few, many, strict=True):
        for action, times in zip(pair, taken, strict=True):
            began = clock()
            action()
            times.append((clock() - began) * 1000)
    least, most = (Cost(statistics.median(one), sorted(one)[len(one) * 99 // 100]) for one in taken)
    return least, most


class Centre:
    """A centre with as many appointments as persons, signed in; on a file what others do on the computer does not
    count, as everything happens in this thread."""

    def __init__(self, home: Home, office: Office, typed: list[str], clock: Callable[[], float]) -> None:
        self._home, self._office, self._typed, self.clock = home, office, typed, clock
        self._free = counted(int(time.time()) % 10_000_000)  # also in a centre that was measured before

    def actions(self) -> dict[str, list[Action]]:
        """By their name; each was done once already."""
        monday = week_start(datetime.now().date())
        ask, fetch, office = person_search.find_persons, self._office.fetch, self._office
        for text in self._typed[:60]:
            fetch(ask, text, TOP)
        looks: dict[str, Action] = {
            "a week": partial(fetch, calendar.appointments, monday, monday + timedelta(days=6)),
            "Today": partial(fetch, today.board),
            "saving an appointment": partial(self._book, *self._some()),
            "saving a person": lambda: office.run(
                people.add_person, surname=f"Prova {next(self._free)}", given_name="Anna"
            ),
            "sign-in to Today": self._sign_in,
        }
        for look in looks.values():
            look()
        keys: list[Action] = [partial(fetch, ask, text, TOP) for text in self._typed]
        return {"search, a key": keys} | {name: [look] * TIMES for name, look in looks.items()}

    @property
    def start(self) -> Action | None:
        """The program from nothing to its sign-in page; None where it does not depend on what the centre has."""
        if self._home.settings().server is not None:
            return None
        return partial(start.first_paint, start.FAMDESK, str(self._home.folder), until="SignInPage")

    def _book(self, staff: str, room: str, person: str) -> None:
        starts = datetime(2200, 1, 1) + timedelta(hours=next(self._free))
        self._office.run(calendar.book, starts=starts, ends=starts + timedelta(minutes=45), kind="interview",
                         person_id=person, staff_id=staff, room_id=room)  # fmt: skip

    def _some(self) -> list[str]:
        """A colleague, a room and a person."""
        kinds = (Staff.id, Room.id, Person.id)
        return self._office.fetch(lambda tx: [tx.rows(select(one).order_by(one).limit(1))[0].id for one in kinds])

    def _sign_in(self) -> None:
        """The key derivation of these centres is a cheap one; then Today, and the words of all names for the search."""
        office = session.sign_in(self._home, ROLE, offices.PASSWORD, clock=self._office.store.clock)
        office.fetch(today.board)
        office.lock()


@contextmanager
def filled(engine: str, many: int, typed: list[str], folder: Path) -> Iterator[Centre]:
    """A centre on an engine; a file that stands in the folder already is taken as it is."""
    clock = offices.FixedClock(datetime.now(UTC))
    home = Home(folder / f"{many}")
    if engine == "sqlcipher":
        if not home.exists():
            desk = offices.file_desk(home.folder, clock)
            Calendar(desk.sign_in(ROLE), desk.office.store.engine, many, people=many)
            desk.close()
        office = session.sign_in(home, ROLE, offices.PASSWORD, clock=clock)
        yield Centre(home, office, typed, time.thread_time)
        office.lock()
        return
    # each server with a folder of its own, as its first desk stands beside the others
    with postgres.serve() as server, offices.server_desk(server, folder / f"server-{many}" / "home") as desk:
        desk.clock.now = clock.now
        owner = create_engine(server.url(str(desk.office.store.engine.url.database)))
        office = desk.sign_in(ROLE)
        Calendar(office, owner, many, people=many)
        owner.dispose()
        yield Centre(desk.home, office, typed, time.perf_counter)


def texts(few: int) -> list[str]:
    """What is typed: of persons who are among the few, and so also among the many."""
    known = Known(few)
    return [*known.keystrokes(KEYS), *(text for kind in CLASSES for _id, text in known.misspelt(kind, MISSPELT))]


def measured(engine: str, few: int, many: int, folder: Path) -> list[Figure]:
    """A figure for each action: among the many, compared with among the few."""
    typed = texts(few)
    with ExitStack() as opened:
        centres: list[Centre] = []
        for number in (few, many):
            began = time.perf_counter()
            centres.append(opened.enter_context(filled(engine, number, typed, folder)))
            print(f"{engine}: {number:,} made in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        among = [centre.actions() for centre in centres]
        gc.collect()
        gc.freeze()  # what this measuring keeps in memory is none of the program's
        found = {name: costs(actions, among[1][name], centres[0].clock) for name, actions in among[0].items()}
        starts = [centre.start for centre in centres]
        if starts[0] is not None and starts[1] is not None:
            found["start to the sign-in page"] = costs([starts[0]] * STARTS, [starts[1]] * STARTS, time.perf_counter)
    return [
        Figure(f"{name}, {engine}", most.median, most.most, f"{few:,} (slowest of 100: {least.most:.2f})", least.median,
               GROWTH)
        for name, (least, most) in found.items()
    ]  # fmt: skip


def main() -> int:
    """Measure and print; status 1 if something grows too much."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth")
    parser.add_argument("--counts", type=int, nargs=2, default=list(COUNTS), metavar=("FEW", "MANY"))
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--keep", type=Path, help="a folder in which filled files stay for the next time")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    features.load()
    counts: tuple[int, int] = (min(args.counts), max(args.counts))
    engines = ENGINES if args.engine == "both" else (args.engine,)
    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
        where = args.keep or Path(folder)
        figures = [figure for engine in engines for figure in measured(engine, *counts, where)]
    if args.json:
        print(json.dumps([figure.plain() for figure in figures]))
    else:
        show(figures, args.counts[1], as_json=False)
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
