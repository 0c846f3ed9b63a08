"""What stays in memory: every dialog opened and closed a thousand times, and a day's work in all views.

`python -m tests.benchmarks.memory [--times N] [--views today people …] [--days N] [--json]` on the demo centre.
A dialog may leave nothing behind: no widget, no thread, no open file, no object of Python's each time, and under 2 MB
in a thousand times. `--times` fewer are reckoned up to a thousand; `--dialogs` looks at those alone. The day's work
goes through every view and part of it, and opens all that opens.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from famdesk.data.home import Home
from famdesk.desk import DeskWindow
from famdesk.ui.kit.cycles import Collector
from famdesk.ui.kit.page import Page
from famdesk.ui.kit.theme import Look
from tests.benchmarks.start import ROOT
from tests.shots import parts
from tests.shots.__main__ import SMALL, VIEWS, Studio
from tests.shots.doors import close, doors, opened

THOUSAND = 1000
MOST_GROWN_KB = 2048
MOST_OBJECTS = 1000
"""Of Python's, for a thousand openings: less than one each time."""
MOST_RESIDENT_MB = 350
WARM = 50
"""Times that do not count: what is made once for all dialogs of a kind stays."""
ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Left:
    """What `times` openings of a dialog left; `kb` of memory and Python's `objects` are reckoned for a thousand."""

    dialog: str
    times: int
    kb: float
    objects: float
    widgets: int
    threads: int
    files: int

    @property
    def kept(self) -> bool:
        grown = self.kb >= MOST_GROWN_KB or self.objects >= MOST_OBJECTS
        return not (grown or self.widgets > 0 or self.threads > 0 or self.files > 0)


@dataclass(frozen=True, slots=True)
class State:
    """What the process holds now."""

    kb: int
    objects: int
    widgets: int
    threads: int
    files: int


def resident_kb() -> int:
    """The resident memory of this process."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


def state() -> State:
    """After everything that is to go has gone."""
    for _round in range(3):
        delete_now()
        QCoreApplication.processEvents()
        gc.collect()
    return State(resident_kb(), len(gc.get_objects()), len(QApplication.allWidgets()), threading.active_count(),
                 len(os.listdir("/proc/self/fd")))  # fmt: skip


def delete_now() -> None:
    """Deletes what is to be deleted, as the loop of events of a program does before anything else happens.

    Whoever looks for the children of what is being deleted makes objects that PySide never frees.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Ready(Studio):
    """A window on a demo that another process has made: what making it takes in memory is none of the window's."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self.application = application
        self.home = Home(folder)
        made = [sys.executable, "-m", "tests.benchmarks.memory", "--make", str(folder)]
        subprocess.run(made, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})


class Visitor:
    """Goes through one window."""

    def __init__(self, studio: Studio, desk: DeskWindow) -> None:
        self._studio, self._desk = studio, desk
        self._seen: set[str] = set()
        self._shown: tuple[str, str, Page] | None = None

    def day(self, views: list[str]) -> int:
        """Looks at everything, and opens what opens; gives how often something came up."""
        count = 0
        for view in views:
            for part in ("", *parts.keys(self._begin(view, ""))):
                for name in [name for name, _act in doors(self._begin(view, part))]:
                    count += bool(self._open(view, part, name))
        return count

    def each(self, views: list[str], times: int, dialogs: list[str]) -> Iterator[Left]:
        """Every dialog, or each of `dialogs`, so many times."""
        for view in views:
            for part in ("", *parts.keys(self._begin(view, ""))):
                for name in [name for name, _act in doors(self._begin(view, part))]:
                    dialog = self._open(view, part, name)
                    if dialog and dialog not in self._seen and (not dialogs or dialog in dialogs):
                        self._seen.add(dialog)
                        yield self._measured(dialog, partial(self._open, view, part, name), times)

    def _measured(self, dialog: str, again: Callable[[], object], times: int) -> Left:
        for _time in range(WARM):
            again()
        before = state()
        for _time in range(times):
            again()
        after = state()
        in_a_thousand = THOUSAND / times
        return Left(dialog, times, (after.kb - before.kb) * in_a_thousand,
                    (after.objects - before.objects) * in_a_thousand, after.widgets - before.widgets,
                    after.threads - before.threads, after.files - before.files)  # fmt: skip

    def _begin(self, view: str, part: str) -> Page:
        shell, session = self._desk.window.shell, self._desk.session
        assert shell is not None
        assert session is not None
        page = shell.show_page(view)
        if part:
            parts.show(page, session.office, part)
        self._settle()
        self._shown = view, part, page
        return page

    def _open(self, view: str, part: str, name: str) -> str:
        """The class of the dialog that comes up behind a door, which is closed again; "" if none does."""
        act = dict(doors(self._page(view, part))).get(name) or dict(doors(self._begin(view, part))).get(name)
        if act is None:
            return ""
        act()
        self._settle()
        found = ""
        for over in reversed(opened()):
            found = type(over).__name__ if isinstance(over, QDialog) else found
            close(over)
        delete_now()
        return found

    def _page(self, view: str, part: str) -> Page:
        """The part of the view where it is shown already; what was opened may have led away from it."""
        shell = self._desk.window.shell
        page = shell.page() if shell is not None else None
        return page if page is not None and self._shown == (view, part, page) else self._begin(view, part)

    def _settle(self) -> None:
        self._studio.settle(self._desk, ROUNDS)


def main() -> int:
    """Measure and print; status 1 if a budget is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory")
    parser.add_argument("--times", type=int, default=THOUSAND)
    parser.add_argument("--views", nargs="+", default=list(VIEWS), choices=VIEWS)
    parser.add_argument("--dialogs", nargs="*", default=[])
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    application = QApplication(sys.argv[:1])
    collector = Collector()  # as in the program: no thread but this one may delete a widget
    if args.make:
        Studio(application, args.make)
        return 0
    with tempfile.TemporaryDirectory(prefix="famdesk-memory-") as folder:
        studio = Ready(application, Path(folder) / "home")
        desk = studio.window("it", Look.LIGHT, SMALL)
        visitor = Visitor(studio, desk)
        begun = state().kb / 1024
        counts = [visitor.day(args.views) for _day in range(args.days)]
        resident = state().kb / 1024
        left = []
        for one in visitor.each(args.views, args.times, args.dialogs) if args.times else ():
            left.append(one)
            if not args.json:
                _tell(one)
        studio.close(desk)
    collector.end()
    if args.json:
        print(
            json.dumps(
                {"first_mb": begun, "resident_mb": resident, "opened": counts, "left": [asdict(one) for one in left]}
            )
        )
    else:
        print(f"after {args.days} day(s), {sum(counts)} dialogs opened: {resident:.0f} MB resident "
              f"(budget {MOST_RESIDENT_MB}), {begun:.0f} at first; "
              f"{sum(not one.kept for one in left)} of {len(left)} dialogs leave something")  # fmt: skip
    return 0 if resident <= MOST_RESIDENT_MB and all(one.kept for one in left) else 1


def _tell(one: Left) -> None:
    print(f"{one.dialog:34}{one.times:6} times: {one.kb:9.0f} kB and {one.objects:7.0f} objects in a thousand, "
          f"{one.widgets:4} widgets, {one.threads:3} threads, {one.files:3} files{'' if one.kept else '  !'}",
          flush=True)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
