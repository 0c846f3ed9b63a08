"""What every test gets: one language, one time zone, a home of its own, no dialog that waits, nothing left open."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from tests.support.offices import Desk
    from tests.support.postgres import Server

# Before anything reads them: the machine's own settings must not decide a test.
_HOME = tempfile.mkdtemp(prefix="famdesk-test-home-")
os.environ.update(
    {
        "HOME": _HOME,
        "XDG_DATA_HOME": f"{_HOME}/data",
        "XDG_CONFIG_HOME": f"{_HOME}/config",
        "XDG_CACHE_HOME": f"{_HOME}/cache",
        "XDG_STATE_HOME": f"{_HOME}/state",
        "XDG_RUNTIME_DIR": _HOME,
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TZ": "Europe/Rome",
    }
)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_THOROUGH = "FAMDESK_THOROUGH"
for name in [name for name in os.environ if name.startswith("FAMDESK_") or name in ("LANGUAGE", "QT_STYLE_OVERRIDE")]:
    if name != _THOROUGH:
        del os.environ[name]
if hasattr(time, "tzset"):
    time.tzset()

from famdesk import i18n  # noqa: E402

_CHEAP = ("domain/", "exchange/", "i18n/", "ui/kit/", "test_")
_ONE_IN = 3
"""Of the tests in other folders, the everyday subset takes one in so many: always the same ones."""

# The continuous integration decides the same way twice; elsewhere every run looks at new examples.
_RELAXED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("desk", deadline=None, suppress_health_check=_RELAXED, print_blob=True)
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True)
settings.register_profile("everyday", settings.get_profile("desk"), max_examples=20)  # by --hypothesis-profile
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_collection_finish() -> None:
    """What is loaded by now stays until the end: the collector of cycles need not look at it after each test."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """As in the program, no widget is deleted on a worker's thread: what a test of the window left is collected here.

    What outlives the test stays until the end, so that the next one need not look at it again.
    """
    if not {"qapp", "qtbot"} & set(getattr(item, "fixturenames", ())):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_unconfigure() -> None:
    """Remove the home of this test process."""
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Whatever needs the server says so by that alone; which tests are everyday's follows from their names."""
    left_out = [] if os.environ.get(_THOROUGH) else [item for item in items if _known_from_the_file(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    for item in items:
        if isinstance(item, pytest.Function) and "postgres" in item.fixturenames:
            item.add_marker("postgres")
        where = item.path.relative_to(Path(__file__).parent).as_posix()
        if not where.startswith(_CHEAP) and zlib.crc32(item.nodeid.encode()) % _ONE_IN:
            item.add_marker("seldom")


def _known_from_the_file(item: pytest.Item) -> bool:
    """Of a use-case's test with many cases, the server takes the first and then every third; the file takes all."""
    case = getattr(item, "callspec", None)
    if case is None or case.params.get("desk") != "postgresql" or "usecases" not in item.path.parts:
        return False
    return bool(sum(index for name, index in case.indices.items() if name != "desk") % 3)


@pytest.fixture(autouse=True)
def _source_language() -> Iterator[None]:
    """Tests read the English messages of the code, unless they choose a language."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A log entry that somebody ought to read fails the test, unless it is marked `logs`."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    records = [r for phase in ("setup", "call") for r in caplog.get_records(phase) if r.levelno >= logging.WARNING]
    if records:
        pytest.fail("unexpected log: " + "; ".join(f"{r.name}: {r.getMessage()}" for r in records))


@pytest.fixture(autouse=True)
def _hooks_as_before() -> Iterator[None]:
    """Who takes exceptions that nobody caught: pytest does, for threads as well, also after a test of the program."""
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


@pytest.fixture(autouse=True)
def _no_waiting_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialog with its own event loop would hang the test; the program opens dialogs with `open()`."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None:
        return

    def refuse(*_: Any, **__: Any) -> NoReturn:
        pytest.fail("a dialog with an event loop of its own would wait for ever in a test; use open()")

    for kind in ("QDialog", "QMessageBox", "QFileDialog", "QMenu", "QInputDialog"):
        monkeypatch.setattr(getattr(widgets, kind), "exec", refuse)
    for question in ("question", "warning", "information", "critical"):
        monkeypatch.setattr(widgets.QMessageBox, question, refuse)


@pytest.fixture(autouse=True)
def _nothing_left_open() -> Iterator[None]:
    """Close what a test left open and let Qt delete it now, not during another test."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or not isinstance(application, widgets.QApplication):
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from shiboken6 import isValid

    for window in widgets.QApplication.topLevelWidgets():
        if isValid(window):
            window.close()
        if isValid(window) and window.parent() is None:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _let_go(application)
    if application.clipboard().text():
        application.clipboard().clear()
    if kit := sys.modules.get("famdesk.ui.kit.theme"):  # now that nothing is left which would have to be dressed anew
        kit.dressed(application, kit.Look.LIGHT)


def _let_go(application: Any) -> None:
    """Keys and buttons that a test pressed last are still held for Qt, which would take the next click for another."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    held = application.keyboardModifiers() != Qt.KeyboardModifier.NoModifier
    pressed = application.mouseButtons()
    if not held and pressed == Qt.MouseButton.NoButton:
        return
    widget = QWidget()
    QTest.keyRelease(widget, Qt.Key.Key_Control)
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        if button & pressed:
            QTest.mouseRelease(widget, button)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A PostgreSQL server of this test process, started when the first test asks for it."""
    from tests.support import offices
    from tests.support.postgres import serve

    with serve() as server:
        yield server
        offices.clear_away(server)


@pytest.fixture
def postgres_database(postgres: Server) -> Iterator[str]:
    """The name of an empty database that is dropped after the test."""
    with postgres.database() as name:
        yield name


@pytest.fixture(scope="session")
def project() -> Path:
    """The checkout."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def file_template(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A home with all accounts, to be copied."""
    from tests.support.offices import file_desk

    return file_desk(tmp_path_factory.mktemp("template") / "home")


@pytest.fixture
def file_desk(file_template: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A SQLCipher home of this test alone, signed in as administrator; `desk.sign_in("reception")` opens others."""
    from tests.support.offices import copied_file_desk

    with copied_file_desk(file_template, tmp_path / "home") as found:
        yield found


@pytest.fixture
def server_desk(postgres: Server, tmp_path: Path) -> Iterator[Desk]:
    """A centre on a PostgreSQL database of this test alone."""
    from tests.support.offices import server_desk

    with server_desk(postgres, tmp_path / "home") as found:
        yield found


@pytest.fixture(params=["sqlcipher", pytest.param("postgresql", marks=pytest.mark.postgres)])
def desk(request: pytest.FixtureRequest) -> Desk:
    """A desk on each engine in turn: what use-case tests work with."""
    found: Desk = request.getfixturevalue("file_desk" if request.param == "sqlcipher" else "server_desk")
    return found
