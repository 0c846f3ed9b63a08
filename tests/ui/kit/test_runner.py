from __future__ import annotations

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from famdesk.domain.errors import Unavailable
from famdesk.ui.kit.runner import Failure, Runner
from tests.ui.conftest import PlainOffice


class Listener(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[threading.Thread] = set()

    def hear(self, *what: object) -> None:
        self.heard.append(what[0] if len(what) == 1 else what)
        self.threads.add(threading.current_thread())


@pytest.fixture
def listener(qapp: object) -> Listener:
    return Listener()


def test_results_come_in_order_on_the_gui_thread(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    workers: set[str] = set()

    def query(number: int) -> int:
        workers.add(threading.current_thread().name)
        return number

    for number in range(20):
        runner.fetch(query, number, then=listener.hear)
    assert not runner.idle()
    qtbot.waitUntil(runner.idle)
    assert listener.heard == list(range(20))
    assert listener.threads == {threading.main_thread()}
    assert len(workers) == 1
    assert threading.main_thread().name not in workers


def test_a_write_tells_that_it_is_saved_and_what_can_be_undone(
    runner: Runner, listener: Listener, qtbot: QtBot
) -> None:
    def move_appointment(where: str, *, by: int) -> str:
        return where * by

    runner.history.connect(listener.hear)
    with qtbot.waitSignal(runner.saved):
        runner.run(move_appointment, "a", by=2, then=listener.hear)
    qtbot.waitUntil(runner.idle)
    assert listener.heard == [("move_appointment", None), "aa"]
    runner.undo(then=listener.hear)
    qtbot.waitUntil(runner.idle)
    assert listener.heard[2:] == [(None, None), "move_appointment"]


def test_redo_and_poll(runner: Runner, office: PlainOffice, qtbot: QtBot) -> None:
    runner.redo()
    runner.poll()  # there is other work, so it is left out
    qtbot.waitUntil(runner.idle)
    runner.poll()
    qtbot.waitUntil(runner.idle)
    assert office.calls == ["redo", "poll"]


def test_an_error_goes_to_who_wants_it(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    def broken() -> None:
        raise Unavailable

    runner.fetch(broken, then=print, failed=listener.hear)
    qtbot.waitUntil(runner.idle)
    assert isinstance(listener.heard[0], Unavailable)


def test_an_error_that_nobody_wants_can_be_tried_again(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    tries: list[int] = []

    def second_time_lucky() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable
        return "there"

    with qtbot.waitSignal(runner.failed) as blocker:
        runner.run(second_time_lucky, then=listener.hear)
    failure = blocker.args[0]
    assert isinstance(failure, Failure)
    assert isinstance(failure.error, Unavailable)
    qtbot.waitUntil(runner.idle)
    failure.retry()
    qtbot.waitUntil(runner.idle)
    assert listener.heard == ["there"]


def test_a_callback_whose_owner_is_gone_is_dropped(runner: Runner, qtbot: QtBot) -> None:
    label = QLabel()
    other: list[str] = []
    gate = threading.Event()
    runner.fetch(gate.wait, then=print, owner=label)
    runner.fetch(str, "late", then=label.setText)
    runner.fetch(str, "late", then=partial(label.setObjectName))
    runner.fetch(str, "late", then=other.append, owner=label)
    Shiboken.delete(label)
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert other == []


def test_only_the_latest_answer_arrives(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    gate = threading.Event()

    def find(text: str) -> str:
        gate.wait()
        return text

    for text in ("r", "ro", "ros"):
        runner.fetch(find, text, then=listener.hear, latest="people")
    runner.fetch(find, "other", then=listener.hear, latest="places")
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert listener.heard == ["ros", "other"]


def test_calculations_do_not_wait_for_the_database(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    gate = threading.Event()
    runner.fetch(gate.wait, then=listener.hear)
    runner.compute(str.upper, "pdf", then=listener.hear)
    qtbot.waitUntil(lambda: listener.heard == ["PDF"])
    gate.set()
    qtbot.waitUntil(runner.idle)
    assert listener.heard == ["PDF", True]


def test_slow_work_shows_that_it_is_busy(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    gate = threading.Event()
    runner.busy.connect(listener.hear)
    runner.fetch(gate.wait, then=print, owner=listener)
    qtbot.waitUntil(lambda: listener.heard == [True])
    gate.set()
    qtbot.waitUntil(lambda: listener.heard == [True, False])


def test_changes_are_told_on_the_gui_thread(
    runner: Runner, office: PlainOffice, listener: Listener, qtbot: QtBot
) -> None:
    changes = frozenset({("person", "1")})
    runner.changed.connect(listener.hear)
    thread = threading.Thread(target=office.listeners[0], args=(changes,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [changes]
    assert listener.threads == {threading.main_thread()}


def test_a_fault_in_a_callback_leaves_the_runner_working(runner: Runner, listener: Listener, qtbot: QtBot) -> None:
    def stumble(_: object) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        runner.fetch(int, then=stumble)
        qtbot.waitUntil(runner.idle)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]
    runner.fetch(int, then=listener.hear)
    qtbot.waitUntil(runner.idle)
    assert listener.heard == [0]


def test_a_fault_in_the_labels_is_reported(
    runner: Runner, office: PlainOffice, listener: Listener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "undo_label", lambda: 1 / 0)
    runner.run(int, failed=listener.hear)
    qtbot.waitUntil(runner.idle)
    assert isinstance(listener.heard[0], ZeroDivisionError)


def test_after_closing_nothing_is_delivered(office: PlainOffice, listener: Listener, qtbot: QtBot) -> None:
    runner = Runner(office)
    before = threading.active_count()
    runner.fetch(int, then=listener.hear)
    runner.close()
    runner.fetch(int, then=listener.hear)
    office.listeners[0](frozenset({("person", "1")}))
    assert runner.idle()
    qtbot.wait(1)
    assert listener.heard == []
    assert threading.active_count() <= before + 1


def test_what_was_to_be_saved_is_saved_at_the_end(office: PlainOffice) -> None:
    runner, first, done = Runner(office), threading.Event(), list[str]()
    runner.in_turn(first.wait)
    runner.run(lambda: done.append("draft"), quiet=True)
    runner.fetch(lambda: done.append("question"), then=print)
    threading.Timer(0.05, first.set).start()
    runner.close()
    assert done == ["draft"]
