"""From a key in People to the painted rows, in a real window: `xvfb-run python -m tests.benchmarks.search_window HOME`.

HOME is a folder that `famdesk bench --keep HOME` filled. Names are typed key by key; each waits for its rows, as
somebody does who looks at them. Without a screen Qt's offscreen platform can be chosen by QT_QPA_PLATFORM.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from random import Random

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from famdesk.cli.bench import LOGIN, PASSWORD
from famdesk.cli.invented import Inventor
from famdesk.data.home import Home
from famdesk.ui.kit.runner import Runner
from famdesk.ui.kit.theme import Look, dressed
from famdesk.ui.people.page import PeoplePage
from famdesk.usecases import features, session
from tests.support.misspelling import bare

BUDGET_MS = 33.0
PATIENCE_MS = 5000
MISSPELT = 0.25


class Watch(QObject):
    """Notes when the table was painted after an answer."""

    def __init__(self, page: PeoplePage) -> None:
        super().__init__()
        self.painted = 0.0
        self._answered = False
        self._loop = QEventLoop()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._loop.quit)
        page.found.answered.connect(self._on_answered)
        page.found.table.viewport().installEventFilter(self)
        self._table = page.found.table.viewport()

    def begin(self) -> None:
        """The next key is going to be pressed."""
        self.painted, self._answered = 0.0, False

    def wait(self) -> None:
        """Lets the program go on until the rows are painted."""
        if not self.painted:
            self._patience.start()
            self._loop.exec()
            self._patience.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._answered and not self.painted:
            self._table.removeEventFilter(self)
            QApplication.sendEvent(watched, event)
            self.painted = time.perf_counter()
            self._loop.quit()
            self._table.installEventFilter(self)
            return True
        return False

    def _on_answered(self, _told: str) -> None:
        self._answered = True


def typed(count: int) -> list[str]:
    """Names to be typed, a quarter of them misspelt."""
    chance = Random(3)
    found = []
    for one in Inventor().persons(count):
        name = bare(f"{one.surname} {one.given_name}").lower()  # a test keyboard has no accents
        if chance.random() < MISSPELT:
            place = chance.randrange(1, len(name))
            name = name[:place] + name[place + 1 :]
        found.append(name[:16])
    return found


def measured(page: PeoplePage, names: list[str]) -> list[float]:
    """Milliseconds from each key to its painted rows."""
    watch = Watch(page)
    line = page.found.search
    times = []
    for name in names:
        line.clear()
        for letter in name:
            watch.begin()
            began = time.perf_counter()
            QTest.keyClicks(line, letter)
            watch.wait()
            if letter != " ":
                times.append(((watch.painted or time.perf_counter()) - began) * 1000)
    return times


def main() -> int:
    """Measure and print; status 1 if the budget is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.search_window")
    parser.add_argument("home", type=Path)
    parser.add_argument("--names", type=int, default=40)
    args = parser.parse_args()
    application = QApplication([])
    dressed(application, Look.LIGHT)
    features.load()
    office = session.sign_in(Home(args.home), LOGIN, PASSWORD)
    runner = Runner(office)
    page = PeoplePage(runner)
    page.resize(1280, 800)
    page.show()
    page.found.search.setFocus()
    QTest.qWaitForWindowExposed(page)
    QTest.qWait(1500)
    times = sorted(measured(page, typed(args.names)))
    median, slowest = statistics.median(times), times[len(times) * 99 // 100]
    kept = sum(one <= BUDGET_MS for one in times) / len(times)
    print(f"{application.platformName()}: {len(times)} keys to painted rows: median {median:.1f} ms, "
          f"p99 {slowest:.1f} ms, within {BUDGET_MS:g} ms {kept:.1%}")  # fmt: skip
    runner.close()
    office.lock()
    return 0 if slowest <= BUDGET_MS else 1


if __name__ == "__main__":
    sys.exit(main())
