"""What a full cycle costs: 200 places, 260 who asked, 12 meetings with everybody's mark; `python -m tests.benchmarks`.

Reading it is compared with the driver's own query for the same rows; moving the waiting list on by one, with two steps
that may be undone, with two bare writes of a row into an encrypted file.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from famdesk.cli.bench import Figure, paired, show
from famdesk.data.engine import sqlite_connection
from famdesk.data.tables.programmes import Enrolment
from famdesk.usecases.enrolling import attendance, enrolment, waiting_list
from famdesk.usecases.enrolling.attendance import Mark
from famdesk.usecases.office import Office
from famdesk.usecases.people import people
from famdesk.usecases.programmes import initiatives, meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues
from tests.support.offices import file_desk
from tests.support.scenarios import version

PLACES, APPLICANTS, MEETINGS = 200, 260, 12
READ_BUDGET, MOVE_BUDGET = 20.0, 40.0
"""Ratios to the bare query and to the bare writes."""
BARE = """
SELECT e.id, e.person_id, e.state, e.asked_at, e.note, p.surname, p.given_name, p.alias FROM enrolment AS e
JOIN person AS p ON p.id = e.person_id WHERE e.initiative_id = ? AND e.deleted_at IS NULL
"""
MARKS = """
SELECT a.meeting_id, a.enrolment_id, a.present, a.minutes FROM attendance AS a
JOIN enrolment AS e ON e.id = a.enrolment_id WHERE e.initiative_id = ? AND a.deleted_at IS NULL
"""


def filled(office: Office) -> str:
    """The cycle: whoever has a place came to every second meeting."""
    made = office.run(initiatives.add_initiative, InitiativeValues("Scuola per genitori", capacity=PLACES))
    first, shape = date(2024, 10, 3), MeetingValues(starts=time(18), minutes=90)
    dates = [
        office.run(meetings.add_meeting, made, replace(shape, day=first + timedelta(weeks=week)))
        for week in range(MEETINGS)
    ]
    asked = [
        office.run(enrolment.enrol, made, office.run(people.add_person, surname=f"Persona {number:03}"))
        for number in range(APPLICANTS)
    ]
    for number, meeting in enumerate(dates):
        marks = [Mark(meeting, one, (place + number) % 2 == 0) for place, one in enumerate(asked[:PLACES])]
        office.run(attendance.note, marks)
    office.run(enrolment.withdraw, asked[0], version(office, Enrolment, asked[0]))
    office.run(waiting_list.offer_next, made)
    return made


def measured(folder: Path) -> list[Figure]:
    """The figures, on a file of its own."""
    folder.mkdir(exist_ok=True)
    desk = file_desk(folder / "home")
    try:
        office = desk.sign_in("coordinator")
        made = filled(office)
        bare = sqlite_connection(desk.home.database, desk.office.unlocked.database_key)
        key = made.replace("-", "")
        raw = sqlite_connection(folder / "raw.db", bytes(32))
        raw.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT)")
        return [
            paired("cycle of 260 × 12 opened", lambda: office.fetch(programmes.participants, made),
                   "the bare queries for its rows", lambda: [list(bare.execute(one, (key,))) for one in (BARE, MARKS)],
                   READ_BUDGET),
            paired("waiting list of 60 moved on", _mover(office, made), "two bare writes", lambda: _write(raw),
                   MOVE_BUDGET),
        ]  # fmt: skip
    finally:
        desk.close()


def _mover(office: Office, made: str) -> Any:
    """Whoever is offered the place declines, and goes to the end of the list: it never ends."""

    def move() -> None:
        shown = office.fetch(programmes.participants, made).enrolments
        [offered] = [row for row in shown if row.state == "offered"]
        office.run(waiting_list.decline, offered.id, offered.version)
        office.run(waiting_list.wait_again, offered.id, version(office, Enrolment, offered.id))

    return move


_TEXTS = cycle(("one", "two"))


def _write(raw: Any) -> None:
    for _step in range(2):
        raw.execute("INSERT INTO line (text) VALUES (?)", (next(_TEXTS),))
        raw.commit()


def main() -> int:
    """Measure and print; 1 if a budget is not kept."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
        figures = measured(Path(folder))
    show(figures, APPLICANTS, as_json="--json" in sys.argv)
    return 0 if all(figure.kept for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
