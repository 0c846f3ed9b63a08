"""Random actions on the real calendar, by a seed: create, move, stretch, cancel, restore, series, absences, undo, redo.

`python -m tests.robustness.calendar_driver --actions 1000 --seed 7` does them on a new file in a folder of its own and
tells what it found; in the suite a shorter run does the same. Afterwards the file is whole, what is taken is what the
appointments say, nobody is taken twice without a reason, and undoing everything brings back the first state.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from famdesk.domain.calendar.calendar import next_states
from famdesk.domain.errors import FamDeskError
from famdesk.ui.calendar.deeds import CancelDialog
from famdesk.ui.calendar.editor import AppointmentDialog
from famdesk.ui.calendar.page import CalendarPage
from famdesk.ui.calendar.series.scope import ScopeDialog
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.usecases import office
from famdesk.usecases.calendar import absences, series
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.series_rows import SeriesValues
from tests.robustness import calendar_checks as checks
from tests.support import offices
from tests.support.calendars import Seeded, seed

BEAT_MS = 10
BLOCKED_MS = 200
PATIENCE_SECONDS = 30.0
MANY = 1_000_000
KINDS = ("interview", "first_interview", "mediation", "home_visit", "phone_call", "team")
HARMLESS = ("This plugin does not support",)
"""What the screen that is none has to say."""
VIEWS = ("day", "work", "work", "week", "month", "weeks", "list")
ARROWS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Left)
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Report:
    """What a run found. `problems` is empty if all is well."""

    actions: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    longest_ms: float = 0.0
    computed_ms: float = 0.0
    blocked: int = 0
    slowest: str = ""
    undone: int = 0
    saved: int = 0

    def lines(self) -> list[str]:
        """As a person reads it."""
        done = ", ".join(f"{name} {count}" for name, count in sorted(self.actions.items()))
        refused = ", ".join(f"{name} {count}" for name, count in sorted(self.refused.items()))
        stop = (f"longest stop of the event loop {self.longest_ms:.0f} ms, of that computed {self.computed_ms:.0f} ms "
                f"({self.slowest})")  # fmt: skip
        return [
            f"{sum(self.actions.values())} actions: {done}",
            f"refused with a sentence: {refused or 'none'}",
            f"{stop}; {self.blocked} times over {BLOCKED_MS} ms were computed",
            f"{self.saved} times something was saved; {self.undone} steps undone to the beginning",
            *(self.problems or ["no problem"]),
        ]


class Watch:
    """Collects what must not happen: exceptions, warnings of Qt; measures how long the event loop stands still."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self.doing = "start"
        self._last = self._last_computed = 0.0
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Watch:
        self._hook = sys.excepthook
        sys.excepthook = self._on_exception
        self._handler = qInstallMessageHandler(self._on_message)
        self.begin()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.stop()
        qInstallMessageHandler(self._handler)
        sys.excepthook = self._hook

    def begin(self) -> None:
        """From here on the event loop runs."""
        self._last, self._last_computed = time.perf_counter(), time.thread_time()

    def _beat(self) -> None:
        gap, computed = (time.perf_counter() - self._last) * 1000, (time.thread_time() - self._last_computed) * 1000
        self.begin()
        if computed > self._report.computed_ms:  # what a busy computer does to others does not count
            self._report.longest_ms, self._report.computed_ms, self._report.slowest = gap, computed, self.doing
        self._report.blocked += computed > BLOCKED_MS

    def _on_message(self, kind: QtMsgType, _context: object, text: str) -> None:
        if kind is not QtMsgType.QtDebugMsg and not any(part in text for part in HARMLESS):
            self._report.problems.append(f"Qt says while {self.doing}: {text}")

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        told = "".join(traceback.format_exception(kind, error, trace))
        self._report.problems.append(f"exception while {self.doing}: {told}")


class Seat:
    """The calendar in its window, and what one needs to work there."""

    def __init__(self, desk: offices.Desk, ids: Seeded, chance: random.Random) -> None:
        self.report = Report()
        self.desk, self.ids, self.dice = desk, ids, chance
        self.office = desk.sign_in("coordinator")
        self.runner = Runner(self.office)
        self.page = CalendarPage(self.runner)
        self.page.failed.connect(self.refused)
        self.runner.failed.connect(self.refused)
        self.runner.saved.connect(self._on_saved)
        self.window = QMainWindow()
        self.window.setCentralWidget(self.page)
        self.window.resize(1280, 800)
        self.staff = [self.office.actor.staff_id, desk.office.actor.staff_id]
        self.watch = Watch(self.report)

    def settle(self) -> None:
        """Lets the window work until nothing is left to do."""
        until = time.monotonic() + PATIENCE_SECONDS
        self.watch.begin()
        QApplication.processEvents()
        while not self.runner.idle():
            QApplication.processEvents()
            if time.monotonic() > until:
                self.report.problems.append(f"the window did not come to rest after {self.watch.doing}")
                return
        QApplication.processEvents()

    def rows(self) -> list[AppointmentRow]:
        """The appointments that are shown and may be changed."""
        board = self.page._board
        return [row for row in board.appointments if not row.masked] if board is not None else []

    def row(self) -> AppointmentRow | None:
        """One of them."""
        rows = self.rows()
        return self.dice.choice(rows) if rows else None

    def select(self) -> AppointmentRow | None:
        """Selects one of them."""
        row = self.row()
        if row is not None:
            self.page.view.select(row.id)
        return row

    def key(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """Presses a key in the calendar."""
        self.page.view.setFocus()
        target = QApplication.focusWidget() or self.page.view
        for _time in range(times):
            QTest.keyClick(target, key, modifiers)

    def monday(self) -> datetime:
        """A Monday."""
        return datetime(2025, 2, 10) + timedelta(weeks=self.dice.randrange(3))

    def refused(self, told: Any) -> None:
        """Counts what is refused with a sentence; anything else is a problem."""
        error = getattr(told, "error", told)
        if isinstance(error, FamDeskError):
            self.report.refused[type(error).__name__] += 1
        else:
            self.report.problems.append(f"{type(error).__name__} while {self.watch.doing}: {error}")

    def _on_saved(self) -> None:
        self.report.saved += 1


class Hand:
    """Somebody who does whatever comes to mind."""

    def __init__(self, seat: Seat) -> None:
        self._seat, self._dice = seat, seat.dice

    def deeds(self) -> list[tuple[str, Callable[[], None]]]:
        """All that can be done, the usual more than once."""
        often: list[tuple[str, Callable[[], None]]] = [
            ("create", self._create), ("move", self._move), ("move by mouse", self._drag), ("stretch", self._stretch),
            ("state", self._change_state), ("undo", self._undo),
        ]  # fmt: skip
        seldom: list[tuple[str, Callable[[], None]]] = [
            ("cancel", self._cancel), ("restore", self._restore), ("new series", self._new_series),
            ("redo", self._redo), ("edit", self._edit), ("skip a date", self._skip), ("absence", self._absence),
            ("view", self._view), ("columns", self._columns), ("page", self._turn), ("zoom", self._zoom),
            ("menu", self._menu),
        ]  # fmt: skip
        return often * 2 + seldom

    def _create(self) -> None:
        self._seat.key(self._dice.choice(ARROWS),
                  times=self._dice.randrange(6))  # fmt: skip
        self._seat.page.new_item()

    def _move(self) -> None:
        if self._seat.select():
            self._seat.key(self._dice.choice(ARROWS), ALT)

    def _stretch(self) -> None:
        if self._seat.select():
            self._seat.key(self._dice.choice((Qt.Key.Key_Down, Qt.Key.Key_Up)), ALT | SHIFT)

    def _drag(self) -> None:
        grid = self._seat.page.view.grid
        row = self._seat.row()
        if row is None or not grid.isVisible():
            return
        place = grid.screen_rect(row.id)
        if place.isEmpty():
            return
        view = grid.viewport()
        start = view.mapFromGlobal(place.center())
        end = start + QPoint(self._dice.randrange(-200, 200), self._dice.randrange(-150, 150))
        if not view.rect().contains(start):
            return
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        for step in range(1, 5):
            QTest.mouseMove(view, start + (end - start) * step / 4)
            QApplication.processEvents()
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)

    def _change_state(self) -> None:
        row = self._seat.select()
        if row is None:
            return
        if self._dice.random() < 0.3:
            self._seat.key(Qt.Key.Key_Space)
            return
        possible = [state for state in next_states(row.state) if state not in ("cancelled", "skipped", "no_show")]
        if possible:
            self._seat.page._deeds.set_state(row, self._dice.choice(possible))

    def _cancel(self) -> None:
        if self._seat.select():
            self._seat.key(Qt.Key.Key_Delete)

    def _restore(self) -> None:
        gone = [row for row in self._seat.rows() if row.state == "cancelled"]
        if gone:
            self._seat.page._deeds.set_state(self._dice.choice(gone), "planned")

    def _skip(self) -> None:
        dates = [row for row in self._seat.rows() if row.series_id and row.state in ("planned", "skipped")]
        if dates:
            row = self._dice.choice(dates)
            self._seat.page._deeds._menu_of = (row.id, None)
            self._seat.page._deeds.choose("restore" if row.state == "skipped" else "skip")

    def _edit(self) -> None:
        row = self._seat.select()
        if row is not None:
            self._seat.page._deeds.open(row.id)

    def _new_series(self) -> None:
        starts = self._seat.monday() + timedelta(days=self._dice.randrange(5), hours=self._dice.randrange(8, 18))
        rule = f"FREQ=WEEKLY;INTERVAL={self._dice.randint(1, 2)};COUNT={self._dice.randint(2, 6)}"
        values = SeriesValues(
            "interview", person_id=self._seat.ids.person, staff_id=self._dice.choice(self._seat.staff)
        )
        self._seat.runner.run(series.make, values, starts=starts, minutes=60, rule=rule, taken="leave_out",
                        failed=self._seat.refused, owner=self._seat.page)  # fmt: skip

    def _absence(self) -> None:
        day = self._seat.monday() + timedelta(days=self._dice.randrange(14))
        self._seat.runner.run(absences.plan, self._seat.staff[1], day, day + timedelta(days=self._dice.randint(1, 3)),
                        failed=self._seat.refused, owner=self._seat.page)  # fmt: skip

    def _undo(self) -> None:
        self._seat.runner.undo()

    def _redo(self) -> None:
        self._seat.runner.redo()

    def _view(self) -> None:
        self._seat.page._controls.show_mode(
            self._dice.choice(("day", "work", "work", "week", "month", "weeks", "list"))
        )

    def _columns(self) -> None:
        actions = self._seat.page._controls._columns.actions()
        self._seat.page._controls._on_columns(self._dice.choice(actions))

    def _turn(self) -> None:
        self._seat.page._controls.step(self._dice.choice((-1, 0, 0, 1)))

    def _zoom(self) -> None:
        self._seat.page.view.grid.set_zoom(self._dice.choice((0.6, 1.0, 1.7)))

    def _menu(self) -> None:
        self._seat.select()
        self._seat.key(Qt.Key.Key_Menu)
        self._seat.settle()
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()


class Answers:
    """What is asked back gets an answer."""

    def __init__(self, seat: Seat) -> None:
        self._seat, self._dice = seat, seat.dice

    def give(self) -> None:
        """Closes every dialog that has come, by an answer or by Escape."""
        for _turn in range(12):
            dialogs = [one for one in self._seat.window.findChildren(Dialog) if isValid(one) and one.isVisible()]
            if not dialogs:
                return
            self._answer(dialogs[-1], patient=_turn < 6)
            self._seat.settle()
        self._seat.report.problems.append(f"a dialog does not close after {self._seat.watch.doing}")

    def _answer(self, dialog: Dialog, *, patient: bool) -> None:
        if not patient or self._dice.random() < 0.15:
            dialog.reject()
        elif isinstance(dialog, ScopeDialog):
            self._dice.choice(list(dialog.buttons.values())).click()
        elif isinstance(dialog, AppointmentDialog):
            self._fill(dialog)
            dialog.try_save()
        elif isinstance(dialog, CancelDialog):
            dialog.form.field("by").set_value(self._dice.choice(("family", "centre")))  # type: ignore[union-attr]
            dialog.try_save()
        else:
            self._give_reason(dialog)
            dialog.try_save()

    def _fill(self, dialog: AppointmentDialog) -> None:
        fields = dialog.fields
        if self._dice.random() < 0.7:
            fields.field("kind").set_value(self._dice.choice(KINDS))
        if self._dice.random() < 0.5:
            fields.field("staff_id").set_value(self._dice.choice(self._seat.staff))
        if self._dice.random() < 0.5:
            fields.field("room_id").set_value(self._dice.choice((self._seat.ids.room, self._seat.ids.other_room)))
        self._seat.settle()
        reason = fields.field("overlap_reason")
        if reason.isVisible() and self._dice.random() < 0.5:
            reason.set_value("two families together")

    def _give_reason(self, dialog: QWidget) -> None:
        form = getattr(dialog, "form", None)
        for name in ("reason", "text"):
            if form is not None and form.has(name):
                form.field(name).set_value("because it has to be")


def work(seat: Seat, count: int) -> Report:
    """So many actions, then everything that has to hold."""
    hand, answers, report = Hand(seat), Answers(seat), seat.report
    key = seat.desk.office.unlocked.database_key
    first = checks.contents(seat.desk.home, key)
    with seat.watch:
        seat.window.show()
        seat.settle()
        for _number in range(count):
            name, action = seat.dice.choice(hand.deeds())
            seat.watch.doing = name
            report.actions[name] += 1
            action()
            seat.settle()
            answers.give()
        seat.watch.doing = "closing"
        report.problems += checks.wrong(seat.office, key)
        report.undone = checks.undo_everything(seat.office, report.problems)
        report.problems += checks.differences(first, checks.contents(seat.desk.home, key))
        report.problems += checks.wrong(seat.office, key)
        seat.window.close()
        seat.runner.close()
        seat.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return report


def drive(folder: Path, actions: int, number: int) -> Report:
    """One run on a new file in the folder."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    desk = offices.file_desk(folder / "home")
    kept = office.UNDO_STEPS
    office.UNDO_STEPS = MANY  # the beginning has to be reached
    try:
        return work(Seat(desk, seed(desk.sign_in("coordinator")), random.Random(number)), actions)
    finally:
        office.UNDO_STEPS = kept
        desk.close()


def main() -> int:
    """Drive and tell; status 1 if something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.calendar_driver")
    parser.add_argument("--actions", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="famdesk-driver-") as folder:
        report = drive(Path(folder), args.actions, args.seed)
    print("\n".join(report.lines()))
    return 1 if report.problems else 0


if __name__ == "__main__":
    sys.exit(main())
