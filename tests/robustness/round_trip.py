"""Calendar files of others taken in, given out, taken in again by another centre and given out once more.

`python -m tests.robustness.round_trip [FOLDER] [--first N] [--json]`; without a folder the collection of the tests.
Both centres then have the same dates, and what goes out the second time is what went out the first time.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment
from famdesk.exchange import ics_read, ics_write
from famdesk.exchange.ics_errors import IcsError
from famdesk.usecases.calendar import calendar_exchange, calendar_export
from famdesk.usecases.calendar.calendar_exchange import NothingToTake
from famdesk.usecases.calendar.calendar_exchange_rows import Target
from famdesk.usecases.calendar.calendar_export import Scope
from famdesk.usecases.office import Office
from tests.support import corpora, offices
from tests.support.offices import Desk

STAMP = datetime(2025, 2, 1, tzinfo=UTC)
ALL = Scope(datetime(1980, 1, 1), datetime(2200, 1, 1), cancelled=True)
ROME = "Europe/Rome"
SHOWN = (Appointment.starts, Appointment.ends, Appointment.all_day, Appointment.label, Appointment.where_text)
REASON = "round trip"


@dataclass(slots=True)
class Report:
    """How the files fared. `unread`: no calendar, with the reason; `nothing`: no event of it is taken, each with its
    line and reason; `events` and `dates` went there and back; `broken`: what came back differs, by file."""

    files: int = 0
    unread: int = 0
    nothing: int = 0
    events: int = 0
    dates: int = 0
    broken: dict[str, str] = field(default_factory=dict)


def round_trips(paths: Iterable[Path], desks: tuple[Desk, Desk]) -> Report:
    """Each file by itself, between two centres, which are emptied after each."""
    report = Report()
    here, there = (desk.sign_in("coordinator") for desk in desks)
    for path in paths:
        report.files += 1
        data = path.read_bytes()
        for desk in desks:
            desk.clock.now = _then(data)
        problem = _there_and_back(data, here, there, report)
        if problem:
            report.broken[path.name] = problem
    return report


def _then(data: bytes) -> datetime:
    """A day of the year in which the first event of a file is: what is older than ten years is not taken."""
    years = [int(year) for year in re.findall(rb"DTSTART[^:\r\n]*:(\d{4})", data[data.find(b"BEGIN:VEVENT") :])]
    return datetime(min(max([*years[:1], 1995]), 2080), 2, 11, 11, 41, tzinfo=UTC)


def _there_and_back(data: bytes, here: Office, there: Office, report: Report) -> str:
    """What is wrong; "" if nothing."""
    try:
        events = _take(here, data)
    except IcsError as error:
        report.unread += 1
        return "" if error.sentence() else "refused without a reason"
    except NothingToTake:
        report.nothing += 1
        return ""
    first = _given_out(here)
    try:
        _take(there, first)
    except NothingToTake:
        mine, theirs, second = _dates(here), Counter[Any](), b""
    else:
        mine, theirs, second = _dates(here), _dates(there), _given_out(there)
        there.undo()
    again = _taken_again(here, first)
    here.undo()
    report.events += events
    report.dates += sum(mine.values())
    if mine != theirs:
        return f"only here {_few(mine - theirs)}, only there {_few(theirs - mine)}"
    return (_differing(first, second) if mine else "") or again


def _take(office: Office, data: bytes) -> int:
    limits = calendar_exchange.limits(office.now().date())
    file = ics_read.read(data, ROME, ics_read.Window(limits.first, limits.last, limits.furthest))
    found = office.run(calendar_exchange.take, file, Target(), reason=REASON)
    assert all(row.why for row in found.rows if row.what == calendar_exchange.REFUSED)
    return found.count(calendar_exchange.NEW)


def _taken_again(office: Office, data: bytes) -> str:
    """What goes out and comes back to where it is adds no date."""
    before = _dates(office)
    try:
        _take(office, data)
    except NothingToTake:
        return ""
    after = _dates(office)
    office.undo()
    return "" if after == before else f"taken again: more {_few(after - before)}, fewer {_few(before - after)}"


def _given_out(office: Office) -> bytes:
    return ics_write.calendar(office.fetch(calendar_export.named, ALL), stamp=STAMP)


def _dates(office: Office) -> Counter[Any]:
    """What is in the calendar, as the person sees it."""
    there = (Appointment.deleted_at.is_(None), Appointment.state == "planned")
    return Counter(map(tuple, office.fetch(lambda tx: tx.rows(select(*SHOWN).where(*there)))))


def _few(found: Counter[Any]) -> list[str]:
    return [f"{one[0]:%Y-%m-%dT%H:%M}/{one[1]:%Y-%m-%dT%H:%M} {one[3] or ''}" for one in sorted(found, key=str)[:3]]


def _differing(first: bytes, second: bytes) -> str:
    """How often something was changed in a centre is its own: SEQUENCE tells it."""
    lines, others = (Counter(line for line in data.splitlines() if not line.startswith(b"SEQUENCE:"))
                     for data in (first, second))  # fmt: skip
    if lines == others:
        return ""
    return f"goes out otherwise: {list(lines - others)[:3]} / {list(others - lines)[:3]}"


def main() -> int:
    """Read, print; status 1 if something did not come back as it was."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.round_trip")
    parser.add_argument("folder", type=Path, nargs="?", help="with .ics files; also in folders inside it")
    parser.add_argument("--first", type=int, help="only so many files")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    found = sorted((args.folder or corpora.folder("ics")).rglob("*.ics"))[: args.first]
    with tempfile.TemporaryDirectory(prefix="famdesk-round-trip-") as folder:
        here, there = (offices.file_desk(Path(folder) / name) for name in ("here", "there"))
        report = round_trips(found, (here, there))
        here.close()
        there.close()
    if args.json:
        print(json.dumps(asdict(report)))
    else:
        print(f"{report.files} files: {report.unread} no calendar (each with the reason), {report.nothing} with "
              f"nothing to take; {report.events} events with {report.dates} dates went there and back, "
              f"{len(report.broken)} files came back otherwise")  # fmt: skip
        for name, problem in report.broken.items():
            print(f"  {name}: {problem}")
    return 1 if report.broken or not report.dates else 0


if __name__ == "__main__":
    sys.exit(main())
