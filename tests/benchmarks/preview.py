"""From an option that is changed in the view of the sheets to the new preview on the screen, for every kind of sheet.

`python3 dev.py bench preview [--rounds N] [--processor] [--json]`: the real page on a demo centre, not on a screen.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from datetime import time as at
from pathlib import Path
from typing import Any

from famdesk import resources
from famdesk.cli.bench import Figure, show

MOST_MS = 300.0
"""What may pass on the computer of the trials, with two cores."""
PATIENCE = 60.0
FAMILIES = 60


def main(arguments: list[str]) -> int:
    """Measure and print; status 1 if a sheet takes longer than it may."""
    parser = argparse.ArgumentParser(prog="dev.py bench preview")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--processor", action="store_true", help="what the process computed, not what passed")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="famdesk-bench-") as folder:
        figures = _measured(Path(folder) / "home", args.rounds, time.process_time if args.processor else None)
    show(figures, FAMILIES, as_json=args.json)
    return 0 if all(figure.kept for figure in figures) else 1


def _measured(folder: Path, rounds: int, clock: Callable[[], float] | None) -> list[Figure]:
    from PySide6.QtWidgets import QApplication

    from famdesk.data.home import Home
    from famdesk.exchange.profiles import read_profile
    from famdesk.ui.kit.runner import Runner
    from famdesk.ui.kit.theme import Look, Theme
    from famdesk.usecases import features, session
    from famdesk.usecases.demo import demo
    from famdesk.usecases.demo.demo_accounts import DEMO_PASSWORD

    features.load()
    home = Home(folder)
    demo.make(home, read_profile(resources.path("centres/cremona.toml")), FAMILIES)
    office = session.sign_in(home, "coordinatrice", DEMO_PASSWORD)
    chosen = _arranged(office)
    application = QApplication([])
    Theme(application, Look.LIGHT)
    runner = Runner(office)
    try:
        return [*_Watch(application, runner, office, clock or time.perf_counter).sheets(rounds, chosen)]
    finally:
        runner.close()
        office.close()


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What the sheets are of that the demo has nothing for: ids."""

    people: tuple[str, ...]
    initiative: str
    meeting: str
    call: str


def _arranged(office: Any) -> _Chosen:
    """Addresses for labels, a cycle with a meeting today, certificates and answers, a call with applications."""
    from famdesk.domain.programmes.feedback import FIRST
    from famdesk.usecases.calls import applications, calls
    from famdesk.usecases.calls.call_rows import ApplicationValues, CallValues
    from famdesk.usecases.enrolling import attendance, enrolment
    from famdesk.usecases.enrolling.attendance import Mark
    from famdesk.usecases.people import contacts, people
    from famdesk.usecases.programmes import certificates, feedback, initiatives, meetings
    from famdesk.usecases.programmes.feedback import QuestionRow
    from famdesk.usecases.programmes.programmes_rows import InitiativeValues, MeetingValues

    persons = tuple(office.run(people.add_person, surname=f"Prova {number:02}") for number in range(24))
    for number, one in enumerate(persons):
        office.run(contacts.add_contact_point, one, kind="address", value=f"via Prova {number + 1}, 26100 Cremona")
        office.run(people.set_privacy, one, 1, "signed", office.now().date())
    made = office.run(initiatives.add_initiative, InitiativeValues("A.Pe", description="Incontri leggeri." * 6))
    first = office.now().date() - timedelta(days=28)
    held = [office.run(meetings.add_meeting, made, MeetingValues(first + timedelta(weeks=week), at(18), 90))
            for week in range(5)]  # fmt: skip
    places = [office.run(enrolment.enrol, made, one) for one in persons]
    office.run(attendance.note, tuple(Mark(meeting, one, present=True) for meeting in held[:4] for one in places))
    office.run(certificates.issue, made, places[:8])
    office.run(feedback.set_questions, made, tuple(QuestionRow("", *one) for one in FIRST))
    call = office.run(calls.add_call, CallValues("Bando di prova", kind="funding", state="open"))
    for number in range(20):
        office.run(applications.receive, call, ApplicationValues(f"Cooperativa {number}"))
    return _Chosen(persons, made, held[4], call)


class _Watch:
    """The view of the sheets, and when its preview was painted last."""

    def __init__(self, application: Any, runner: Any, office: Any, clock: Callable[[], float]) -> None:
        from famdesk.ui.sheets.page import SheetsPage

        self._application, self._runner, self._office, self._clock = application, runner, office, clock
        self._page = SheetsPage(runner)
        self._page.resize(1280, 800)
        self._page.show()
        self._painted, self._refused = False, ""
        self._page.live.made.connect(self._forget)
        self._page.live.refused.connect(self._refuse)
        self._listen()
        self._until(self._settled)

    def sheets(self, rounds: int, chosen: _Chosen) -> list[Figure]:
        found = []
        self._choose_something(chosen)
        for line in self._page.list.lines():
            self._page.list.set_current_id(line.id)
            self._page.options.edited.emit()
            self._until(self._settled)
            if self._refused:
                print(f"not measured: {line.id}: {self._refused}", file=sys.stderr)
                continue
            taken = [self._change(line.id) for _round in range(rounds + 1)][1:]
            most = sorted(taken)[-1]
            found.append(Figure(f"preview: {line.id}", statistics.median(taken), most, "what may pass", MOST_MS, 1.0))
        return found

    def _choose_something(self, chosen: _Chosen) -> None:
        """What cannot be made without a choice: the slip of an appointment, the sheet of a meeting, labels."""
        from famdesk.usecases.calendar import calendar
        from famdesk.usecases.directory import directory

        today = self._office.now().date()
        rows = self._office.fetch(calendar.appointments, today - timedelta(days=7), today + timedelta(days=7))
        self._page.open_item("labels", " ".join(chosen.people))
        self._page.open_item("day_sheet", _busiest([row.starts.date() for row in rows]).isoformat())
        self._page.open_item("appointment_slip", next(row.id for row in rows if row.person_id))
        self._until(self._settled)
        papers = self._page.options.papers
        services = self._office.fetch(directory.services)
        papers.choose_service(services[0].id)
        papers._meeting.set_value(f"{chosen.initiative} {chosen.meeting}")
        self._page.options._initiative.set_value(chosen.initiative)
        papers.programmes.choose("flyer", chosen.initiative)
        papers.programmes.choose("application-list", chosen.call)

    def _change(self, sheet: str) -> float:
        """Changes an option as a click does; how long until the new sheet is painted, in milliseconds."""
        options = self._page.options
        began = self._clock()
        if options._large.isVisible():
            options._large.click()
        else:
            options.edited.emit()
        self._until(lambda: self._settled() and self._painted)
        return (self._clock() - began) * 1000

    def _settled(self) -> bool:
        return not self._page.live.pending and bool(self._runner.idle())

    def _until(self, there: Callable[[], bool]) -> None:
        from PySide6.QtCore import QEventLoop

        until = time.monotonic() + PATIENCE
        while not there():
            if time.monotonic() > until:
                raise RuntimeError("the preview does not come")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    def _forget(self, _made: object) -> None:
        self._painted, self._refused = False, ""

    def _refuse(self, error: Exception) -> None:
        self._refused = str(error)

    def _listen(self) -> None:
        """Notes that the preview was painted: its pages, or the sentence that stands instead."""
        from PySide6.QtCore import QEvent, QObject

        watch = self

        class Painted(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                if event.type() == QEvent.Type.Paint:
                    watch._painted = True
                return False

        self._filter = Painted()
        preview = self._page.preview
        preview.installEventFilter(self._filter)
        preview.view.viewport().installEventFilter(self._filter)
        preview._words.installEventFilter(self._filter)


def _busiest(days: list[date]) -> date:
    return max(days, key=days.count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
