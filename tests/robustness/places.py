"""Ten desks want the places of one cycle: `python -m tests.robustness.places` on a PostgreSQL of its own, with
`FAMDESK_THOROUGH=1` twenty.

First everybody enrols at once; then some withdraw while others offer the places that become free, accept, decline and
undo. Never are more places taken than there are, and the waiting list moves in the order of asking. The cycle has
twelve dated meetings, which a colleague moves about meanwhile; last, single evenings of another cycle are asked for
by all desks as well: whoever has a place in all meetings and whoever has one in a single one share what there is.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Any

from sqlalchemy import select

from famdesk.data.checks.verify import verify
from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Enrolment, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.errors import FamDeskError
from famdesk.domain.programmes.enrolment import HOLDING, came_first
from famdesk.usecases.enrolling import enrolment, waiting_list
from famdesk.usecases.enrolling.enrolment import EnrolmentValues
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, meetings
from famdesk.usecases.programmes.meetings import MeetingMove
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import Desk
from tests.support.thorough import THOROUGH

PLACES, APPLICANTS, DESKS = (200, 260, 20) if THOROUGH else (50, 70, 10)
BREATH = 0.02
"""Seconds between two looks, or two moves, so that the desks come to work."""
MEETINGS, FIRST = 12, date(2025, 2, 13)
FEW, WHOLE = 10, 4
"""Places of the single meetings of the smaller cycle, and how many of its places are for all meetings."""
LOGINS = ("reception", "educator", "social_worker", "psychologist", "coordinator")


@dataclass
class Figures:
    """What came of it; `most` is how many places were ever seen taken, `faults` what must not be."""

    counts: Counter[str] = field(default_factory=Counter)
    most: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0
    moved: int = 0

    def words(self) -> str:
        """One line."""
        counted = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items()))
        told = f"{counted}; most taken {self.most}, meetings moved {self.moved}, {self.seconds:.1f} s"
        return f"{told}, faults {self.faults}"


def race(desk: Desk) -> Figures:
    """Runs the desks and looks at what they leave."""
    lead, found = desk.sign_in("coordinator"), Figures()
    cycle = lead.run(initiatives.add_initiative, InitiativeValues("Scuola per genitori", capacity=PLACES))
    dated = _meetings(lead, cycle)
    ids = [lead.run(people.add_person, surname=f"Persona {number:03}") for number in range(APPLICANTS)]
    offices = [desk.sign_in(LOGINS[number % len(LOGINS)]) for number in range(DESKS)]
    begin = time.monotonic()
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(desk.sign_in("coordinator"), cycle, found, stop))
    mover = threading.Thread(target=_move_about, args=(desk.sign_in("coordinator"), dated, found, stop))
    watch.start()
    mover.start()
    _together(offices, lambda number, office: _enrol(office, cycle, ids[number::DESKS], found))
    _after_asking(lead, cycle, found)
    queue = [row.id for row in _rows(lead, cycle) if row.state == "waiting"]
    _together(offices, lambda number, office: _move(office, cycle, number, found))
    stop.set()
    watch.join()
    mover.join()
    _evenings(lead, offices, ids, found)
    found.seconds = time.monotonic() - begin
    _after_moving(lead, cycle, queue, found)
    found.faults += [f"journal: {fault}" for fault in verify(lead.store.engine, desk.office.keystore.load())]
    return found


def _meetings(lead: Office, cycle: str, **values: Any) -> list[str]:
    """Twelve Thursdays at six."""
    weeks = (MeetingValues(FIRST + timedelta(weeks=week), hour(18), 90, **values) for week in range(MEETINGS))
    return [lead.run(meetings.add_meeting, cycle, one) for one in weeks]


def _move_about(office: Office, dated: list[str], found: Figures, stop: threading.Event) -> None:
    """Puts meetings off by a day and back, one after the other, while the places are asked for."""
    while not stop.wait(BREATH):
        one = dated[found.moved % MEETINGS]
        row = office.fetch(_when, one)
        to = MeetingMove(row.day + timedelta(days=1 if row.day.isoweekday() == 4 else -1), hour(18), 90)
        office.run(meetings.move_meeting, one, row.version, to)
        found.moved += 1


def _when(tx: Tx, meeting_id: str) -> Any:
    return tx.rows(select(Meeting.version, Meeting.day).where(Meeting.id == meeting_id))[0]


def _evenings(lead: Office, offices: list[Office], ids: list[str], found: Figures) -> None:
    """All desks ask for all meetings, or for one alone: in none are more expected than it has chairs."""
    cycle = lead.run(initiatives.add_initiative, InitiativeValues("Aperitivo", capacity=FEW))
    dated = _meetings(lead, cycle, capacity=FEW)

    def ask(number: int, office: Office) -> None:
        for step, one in enumerate(ids[number::DESKS]):
            alone = None if (number + step) % 13 < WHOLE else dated[(number * 5 + step) % MEETINGS]
            office.run(enrolment.enrol, cycle, one, EnrolmentValues(meeting_id=alone))

    _together(offices, ask)
    rows = [row for row in _rows(lead, cycle) if row.state in HOLDING]
    for meeting in dated:
        taken = sum(row.meeting_id in {None, meeting} for row in rows)
        found.counts["chairs"] += taken
        if taken > FEW:
            found.faults.append(f"{taken} people on {FEW} chairs")


def _together(offices: list[Office], work: Callable[[int, Office], None]) -> None:
    barrier = threading.Barrier(len(offices))

    def begin(number: int) -> None:
        barrier.wait()
        work(number, offices[number])

    with ThreadPoolExecutor(len(offices)) as pool:
        list(pool.map(begin, range(len(offices))))


def _enrol(office: Office, cycle: str, ids: list[str], found: Figures) -> None:
    for one in ids:
        office.run(enrolment.enrol, cycle, one)
        found.counts["asked"] += 1


def _move(office: Office, cycle: str, number: int, found: Figures) -> None:
    """Even desks give a place back; odd ones offer what is free to the next. Every fifth undoes what it did."""
    for step in range(3):
        try:
            if number % 2 == 0:
                rows = [row for row in _rows(office, cycle) if row.state == "enrolled"]
                row = rows[(number * 7 + step * 31) % len(rows)]
                office.run(enrolment.withdraw, row.id, row.version)
                found.counts["withdrawn"] += 1
                if number % 10 == 0:
                    office.undo()
                    found.counts["undone"] += 1
            else:
                office.run(waiting_list.offer_next, cycle)
                found.counts["offered"] += 1
        except FamDeskError as error:
            found.counts[type(error).__name__] += 1


def _watch(office: Office, cycle: str, found: Figures, stop: threading.Event) -> None:
    while not stop.wait(BREATH):
        found.most = max(found.most, sum(row.state in HOLDING for row in _rows(office, cycle)))


def _rows(office: Office, cycle: str) -> list[Any]:
    def ask(tx: Tx) -> list[Any]:
        one = Enrolment
        columns = (one.id, one.version, one.state, one.asked_at, one.enrolled_on, Person.surname, one.meeting_id)
        chosen = (one.initiative_id == cycle, one.deleted_at.is_(None))
        return list(tx.rows(select(*columns).join(Person, Person.id == one.person_id).where(*chosen)))

    return sorted(office.fetch(ask), key=lambda row: came_first(row.asked_at, row.enrolled_on, row.id))


def _after_asking(lead: Office, cycle: str, found: Figures) -> None:
    states = [row.state for row in _rows(lead, cycle)]
    if states != ["enrolled"] * PLACES + ["waiting"] * (APPLICANTS - PLACES):
        found.faults.append("who asked first has no place, or who asked later has one")


def _after_moving(lead: Office, cycle: str, queue: list[str], found: Figures) -> None:
    rows = {row.id: row for row in _rows(lead, cycle)}
    found.most = max(found.most, sum(row.state in HOLDING for row in rows.values()))
    if found.most > PLACES:
        found.faults.append(f"{found.most} places of {PLACES} were taken")
    left = [one for one in queue if rows[one].state == "waiting"]
    if left != queue[len(queue) - len(left) :]:
        found.faults.append("the waiting list did not move in order")
    offered = sum(row.state == "offered" for row in rows.values())
    if offered != len(queue) - len(left) or offered != found.counts["offered"]:
        found.faults.append("somebody was offered a place twice, or an offer was lost")


def main() -> None:
    """On a server that is made and thrown away."""
    from tests.support.offices import server_desk
    from tests.support.postgres import serve

    with serve() as server, tempfile.TemporaryDirectory() as folder, server_desk(server, Path(folder) / "home") as desk:
        found = race(desk)
    print(found.words())
    sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
