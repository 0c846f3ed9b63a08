"""Many clients want one room: `python -m tests.robustness.race --clients 50 --seconds 60` on a PostgreSQL of its own.

Each client is a desk with a connection of its own; ten share a process. They book, move and cancel at random, some past
the checks of the program, as an import would. Nothing may overlap in the end, and everything that was acknowledged has
to be there as it was told.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import select

from famdesk.data.checks.verify import verify
from famdesk.data.home import Home
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import Place, Room
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.errors import Unavailable
from famdesk.usecases import session
from famdesk.usecases.calendar import calendar
from famdesk.usecases.office import Office
from tests.support.offices import PASSWORD, Desk

ROOT = Path(__file__).parents[2]
LOGINS = ("reception", "educator", "social_worker", "psychologist", "coordinator")
IN_A_PROCESS = 10
MONDAY = datetime(2025, 3, 3, 8)
DAYS, HOURS = 5, 10
Told = dict[str, tuple[str, str, str]]
"""What was acknowledged: id to start, end, state."""


@dataclass
class Figures:
    """How a race went: how often what was answered, and what is wrong in the end."""

    counts: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    overlapping: int = 0
    lost: int = 0
    chain: int = 0
    left: int = 0

    def words(self) -> str:
        """One line."""
        counted = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        return (f"{counted}; appointments {self.acknowledged}, standing {self.left}, overlapping {self.overlapping}, "
                f"lost {self.lost}, faults of the journal {self.chain}")  # fmt: skip


class Client:
    """One desk at work."""

    def __init__(self, office: Office, room_id: str, seed: int) -> None:
        self.office, self.room = office, room_id
        self.random = random.Random(seed)
        self.told: Told = {}
        self.versions: dict[str, int] = {}
        self.counts: Counter[str] = Counter()

    def work(self, until: float) -> None:
        """Go on until a moment of the monotonic clock."""
        while time.monotonic() < until:
            try:
                self._act()
            except Overlap:
                self.counts["refused"] += 1
            except Unavailable as error:
                self.counts[type(error).__name__] += 1
            except Exception:
                self.counts["crashed"] += 1
                raise

    def _act(self) -> None:
        standing = [key for key, (_starts, _ends, state) in self.told.items() if state == "planned"]
        dice = self.random.random()
        if standing and dice < 0.3:
            self._cancel(self.random.choice(standing))
        elif standing and dice < 0.45:
            self._move(self.random.choice(standing))
        else:
            self._book(past_the_checks=dice > 0.75)

    def _span(self) -> tuple[datetime, datetime]:
        quarter = timedelta(minutes=15)
        starts = MONDAY + timedelta(days=self.random.randrange(DAYS)) + self.random.randrange(HOURS * 4) * quarter
        return starts, starts + self.random.randint(1, 4) * quarter

    def _book(self, *, past_the_checks: bool) -> None:
        starts, ends = self._span()
        act: Any = _raw if past_the_checks else calendar.book
        made = self.office.run(act, starts=starts, ends=ends, kind="interview", room_id=self.room)
        self._keep("booked past the checks" if past_the_checks else "booked", made, starts, ends, "planned")

    def _move(self, key: str) -> None:
        starts, _ends = self._span()
        length = datetime.fromisoformat(self.told[key][1]) - datetime.fromisoformat(self.told[key][0])
        self.office.run(calendar.move, key, self.versions[key], starts)
        self._keep("moved", key, starts, starts + length, "planned")

    def _cancel(self, key: str) -> None:
        self.office.run(calendar.cancel, key, self.versions[key], "centre")
        starts, ends, _state = self.told[key]
        self._keep("cancelled", key, datetime.fromisoformat(starts), datetime.fromisoformat(ends), "cancelled")

    def _keep(self, what: str, key: str, starts: datetime, ends: datetime, state: str) -> None:
        self.counts[what] += 1
        self.told[key] = (starts.isoformat(), ends.isoformat(), state)
        self.versions[key] = self.office.fetch(_version, key)


def _raw(tx: Tx, **values: Any) -> str:
    with tx.doing("calendar.book"):
        return tx.add(Appointment(state="planned", **values)).id


def _version(tx: Tx, key: str) -> int:
    return int(tx.rows(select(Appointment.version).where(Appointment.id == key))[0].version)


def race(desk: Desk, clients: int, seconds: float) -> Figures:
    """Runs the clients over the desk's server and looks at what they leave."""
    lead = desk.sign_in("coordinator")
    room = lead.run(_room)
    sizes = [min(IN_A_PROCESS, clients - first) for first in range(0, clients, IN_A_PROCESS)]
    command = [sys.executable, "-m", "tests.robustness.race", "--worker", str(desk.home.folder), "--room", room,
               "--seconds", str(seconds)]  # fmt: skip
    workers = [
        subprocess.Popen([*command, "--clients", str(size), "--first", str(place * IN_A_PROCESS)], cwd=ROOT,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "FAMDESK_LANGUAGE": "en"})
        for place, size in enumerate(sizes)
    ]  # fmt: skip
    try:
        return _judged(desk, lead, room, _answers(workers))
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _answers(workers: list[subprocess.Popen[bytes]]) -> list[dict[str, Any]]:
    """Lets all begin at once, when the last one is ready."""
    for worker in workers:
        assert worker.stdout
        assert worker.stdout.readline() == b"ready\n"
    for worker in workers:
        assert worker.stdin
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
    return [json.loads(worker.communicate()[0]) for worker in workers]


def _room(tx: Tx) -> str:
    with tx.doing("places.add_room"):
        place = tx.add(Place(name="Casa", kind="centre"))
        return tx.add(Room(name="Stanza", place_id=place.id)).id


def _judged(desk: Desk, lead: Office, room: str, answers: list[dict[str, Any]]) -> Figures:
    def rows(tx: Tx) -> list[Any]:
        one = Appointment
        return list(tx.rows(select(one.id, one.starts, one.ends, one.state).where(one.room_id == room)))

    found = Figures()
    there = {row.id: (row.starts.isoformat(), row.ends.isoformat(), row.state) for row in lead.fetch(rows)}
    for answer in answers:
        found.counts.update(answer["counts"])
        for key, told in answer["told"].items():
            found.acknowledged += 1
            found.lost += there.get(key) != tuple(told)
    spans = sorted(span for span in there.values() if span[2] in OCCUPYING)
    found.left = len(spans)
    found.overlapping = sum(later[0] < earlier[1] for earlier, later in pairwise(spans))
    found.chain = len(verify(desk.office.store.engine, desk.office.keystore.load()))
    return found


def _worker(folder: Path, room: str, clients: int, first: int, seconds: float) -> None:
    offices = [session.sign_in(Home(folder), LOGINS[(first + n) % len(LOGINS)], PASSWORD) for n in range(clients)]
    team = [Client(office, room, first + number) for number, office in enumerate(offices)]
    os.write(1, b"ready\n")
    sys.stdin.readline()
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=client.work, args=(until,)) for client in team]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts: Counter[str] = Counter()
    told: Told = {}
    for client in team:
        counts.update(client.counts)
        told |= client.told
    os.write(1, json.dumps({"counts": counts, "told": told}).encode())


def main() -> None:
    """The long form, on a server that is made and thrown away; `--worker` is one of its processes."""
    from tests.support.offices import server_desk
    from tests.support.postgres import serve

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--worker", type=Path)
    parser.add_argument("--room", default="")
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    if given.worker:
        _worker(given.worker, given.room, given.clients, given.first, given.seconds)
        return
    with serve() as server, tempfile.TemporaryDirectory() as folder, server_desk(server, Path(folder) / "home") as desk:
        found = race(desk, given.clients, given.seconds)
    print(found.words())
    sys.exit(bool(found.overlapping or found.lost or found.chain or found.counts["crashed"]))


if __name__ == "__main__":
    main()
