"""Widgets are deleted on the GUI thread only: by the collector of cycles, and when their last question is answered."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.background import Background
from famdesk.ui.kit.cycles import Collector
from famdesk.ui.kit.runner import Runner
from tests.ui.conftest import PlainOffice


class Forgotten(QObject):
    """Lies in a cycle and has a running timer, as a closed dialog may."""

    def __init__(self, told: list[threading.Thread]) -> None:
        super().__init__()
        self.timer = QTimer(self)
        self.timer.start(60_000)
        self.itself = self
        weakref.finalize(self, lambda: told.append(threading.current_thread()))

    def take(self, _result: object) -> None: ...


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.end()
    gc.disable()  # as every test of the window has it


def allocate_cycles(count: int) -> None:
    for _ in range(count):
        cycle: list[Any] = []
        cycle.append(cycle)


def test_cycles_are_collected_on_the_gui_thread_only(collector: Collector) -> None:
    told: list[threading.Thread] = []
    Forgotten(told)
    worker = threading.Thread(target=allocate_cycles, args=(5000,))
    worker.start()
    worker.join()
    assert told == []
    collector.look()
    assert told == [threading.main_thread()]


def test_what_the_program_is_made_of_is_not_looked_at_again(qtbot: QtBot) -> None:
    before = gc.get_freeze_count()
    mine: list[list[int]] = [[] for _one in range(10)]  # as modules have them
    unloaded, loaded = Collector(last="famdesk.no_such_module"), Collector(last=__name__)
    unloaded.look()
    assert gc.get_freeze_count() == before
    loaded.look()
    assert gc.get_freeze_count() >= before + len(mine)
    again = gc.get_freeze_count()
    mine.append([])
    loaded.look()
    assert gc.get_freeze_count() == again


def test_nothing_is_collected_before_pythons_own_threshold(collector: Collector) -> None:
    gc.collect()
    told: list[threading.Thread] = []
    Forgotten(told)
    collector.look()
    assert told == []


def test_the_collector_is_given_back_at_the_end(qtbot: QtBot) -> None:
    made = Collector()
    assert not gc.isenabled()
    made.end()
    assert gc.isenabled()
    gc.disable()


def test_a_worker_does_not_hold_who_asked(qtbot: QtBot, office: PlainOffice, runner: Runner) -> None:
    told: list[threading.Thread] = []
    page = Forgotten(told)
    page.itself = None  # type: ignore[assignment]
    working, go_on = threading.Event(), threading.Event()

    def work() -> None:
        working.set()
        go_on.wait(60)

    runner.fetch(work, then=page.take)
    working.wait(60)
    runner._pending.clear()
    del page
    assert told == [threading.main_thread()]
    runner._closed = True
    go_on.set()


def test_the_door_does_not_hold_who_asked(qtbot: QtBot) -> None:
    told: list[threading.Thread] = []
    door, page = Background(), Forgotten(told)
    page.itself = None  # type: ignore[assignment]
    working, go_on = threading.Event(), threading.Event()

    def work() -> None:
        working.set()
        go_on.wait(60)

    door.do(work, page.take)
    working.wait(60)
    kept = dict(door._waiting)
    door._waiting = dict.fromkeys(kept, (None, None))
    del page, kept
    assert told == [threading.main_thread()]
    go_on.set()
    qtbot.waitUntil(door.idle)
    door.close()
