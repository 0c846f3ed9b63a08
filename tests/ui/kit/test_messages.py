from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from pytestqt.qtbot import QtBot

from famdesk.domain.errors import (
    Forbidden,
    NothingToUndo,
    Required,
    Stale,
    Unavailable,
    UndoConflict,
)
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.errors import BugReport, FaultHook, Presenter, report_of
from famdesk.ui.kit.fields import LineField
from famdesk.ui.kit.form import Form
from famdesk.ui.kit.messages import MessageBar, Offer
from tests.ui.conftest import nameless


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def copied() -> list[str]:
    return []


@pytest.fixture
def presenter(bar: MessageBar, copied: list[str]) -> Presenter:
    return Presenter(bar, copied.append)


def shown(bar: MessageBar) -> tuple[Meaning, str]:
    message = bar.message()
    assert message is not None
    return message.meaning, message.text


def test_good_news_goes_away_and_bad_news_stays(bar: MessageBar, qtbot: QtBot) -> None:
    bar.ok("Saved.")
    timer = bar.findChild(QTimer)
    assert timer is not None
    assert timer.isActive()
    bar.error("Not saved.")
    assert not timer.isActive()
    assert shown(bar) == (Meaning.CONFLICT, "Not saved.")
    assert nameless(bar) == []
    bar.ok("Saved.")
    timer.setInterval(0)
    qtbot.waitUntil(lambda: bar.message() is None)


def test_a_message_can_offer_something(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[str] = []
    bar.warning("The server is gone.", Offer("Try again", lambda: done.append("again")))
    bar.show()
    button = next(b for b in bar.findChildren(QObject) if b.property("text") == "Try again")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[arg-type]
    assert done == ["again"]
    assert bar.message() is None
    bar.info("No offer.")
    assert not button.property("visible")


def test_it_is_drawn_in_the_colour_of_its_meaning(bar: MessageBar) -> None:
    bar.resize(300, 40)
    pictures = []
    for tell in (bar.ok, bar.info, bar.warning, bar.error):
        tell("text")
        pictures.append(bar.grab().toImage().pixelColor(150, 3).name())
    assert len(set(pictures)) == 4


@pytest.mark.parametrize(
    ("error", "meaning", "words"),
    [
        (Required("name"), Meaning.WARNING, "This field is needed."),
        (Stale(by="Marta", at="12:41"), Meaning.WARNING, "Changed by Marta at 12:41"),
        (UndoConflict(by="Marta", at="12:41"), Meaning.WARNING, "Marta changed it"),
        (Forbidden(who=["coordinator"]), Meaning.WARNING, "Your role may not do this"),
        (NothingToUndo(), Meaning.ACCENT, "There is nothing to undo."),
        (Unavailable(), Meaning.CONFLICT, "cannot be reached"),
    ],
)
def test_errors_are_told_in_words(
    error: Exception, meaning: Meaning, words: str, presenter: Presenter, bar: MessageBar
) -> None:
    presenter.present(error)
    kind, text = shown(bar)
    assert kind == meaning
    assert words in text


def test_only_the_environment_can_be_tried_again(presenter: Presenter, bar: MessageBar) -> None:
    for error, offered in ((Unavailable(), True), (Required(), False)):
        presenter.present(error, retry=list)
        message = bar.message()
        assert message is not None
        assert (message.offer is not None) is offered


def test_a_rule_about_a_field_goes_to_the_form(presenter: Presenter, bar: MessageBar, qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    field = form.add("name", "Name", LineField())
    presenter.present(Required("name"), form)
    assert field.accessibleDescription() == "This field is needed."
    assert bar.message() is None
    presenter.present(Required("other"), form)
    assert bar.message() is not None


def fault(secret: str) -> Exception:
    """An exception with a traceback and a message that quotes data."""
    try:
        try:
            {}[secret]
        except KeyError as cause:
            raise ValueError(f"bad name {secret}") from cause
    except ValueError as error:
        return error


@pytest.mark.logs
def test_a_bug_has_a_number_and_a_report_without_values(
    presenter: Presenter, bar: MessageBar, copied: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    error = fault("Harpreet")
    presenter.present(error)
    number = report_of(error).number
    assert number in shown(bar)[1]
    message = bar.message()
    assert message is not None
    assert message.offer is not None
    message.offer.act()
    assert copied[0].startswith(f"{number} ValueError < KeyError")
    assert "test_messages.py" in copied[0]
    assert "Harpreet" not in copied[0] + caplog.text
    assert number in caplog.text
    assert report_of(fault("Luca")).number == number, "the same place has the same number"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def parent(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> Iterator[QObject]:
    """What a hook hangs on; the interpreter's hooks are those of the test run again afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = QObject()
    yield made
    made.deleteLater()


@pytest.mark.logs
def test_a_fault_in_painting_is_told_once_in_a_while(parent: QObject) -> None:
    clock = Clock()
    hook = FaultHook(parent, clock)
    told: list[BugReport] = []
    hook.fault.connect(told.append)
    for _ in range(30):
        error = fault("x")
        hook.take(type(error), error, error.__traceback__)
    assert len(told) == 1
    clock.now = 11
    hook.take(type(error), error, error.__traceback__)
    assert len(told) == 2
    for kind in [type(f"Error{n}", (Exception,), {}) for n in range(20)]:
        hook.take(kind, kind(), None)
    assert len(told) == 6, "at most six in a minute"


@pytest.mark.logs
def test_the_hook_takes_faults_of_the_program_and_of_threads(parent: QObject, qtbot: QtBot) -> None:
    hook = FaultHook(parent)
    told: list[str] = []
    hook.fault.connect(lambda report: told.append(report.text.splitlines()[0].split()[1]))
    try:
        hook.install()
        error = fault("x")
        sys.excepthook(type(error), error, error.__traceback__)
        thread = threading.Thread(target=lambda: list[int]().pop())
        thread.start()
        thread.join()
    finally:
        hook.uninstall()
    qtbot.waitUntil(lambda: told == ["ValueError", "IndexError"])


def test_ctrl_c_ends_the_program(parent: QObject, capsys: pytest.CaptureFixture[str]) -> None:
    hook = FaultHook(parent)
    hook.take(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert "KeyboardInterrupt" in capsys.readouterr().err
