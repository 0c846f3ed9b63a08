"""What tests of windows share: the theme, a plain office, a runner that is closed afterwards."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QWidget

from famdesk.ui.kit.runner import Changes, Runner
from famdesk.ui.kit.settings import machine_settings
from famdesk.ui.kit.theme import Look, Theme, dressed
from tests.support import waiting_for

waiting_for.soon()

IN_TIME = dict.fromkeys(
    ("famdesk.ui.kit.messages._OK_STAYS_MS", "famdesk.ui.publisher.FIRST_MS", "famdesk.ui.postman.FIRST_MS",
     "famdesk.ui.put_in.FIRST_MS", "famdesk.ui.series_keeper.FIRST_MS"),
    600_000,
)  # fmt: skip
"""What the window does by itself after so many milliseconds."""


class PlainOffice:
    """The runner's office without a database: functions are called as they are, listeners told by hand."""

    def __init__(self) -> None:
        self.role = "coordinator"
        self.calls: list[str] = []
        self.done: list[str] = []
        self.listeners: list[Callable[[Changes], None]] = []

    def now(self) -> datetime:
        return datetime(2025, 2, 11, 12, 41)

    def run(self, fn: Callable[..., Any], /, *args: Any, **kw: Any) -> Any:
        self.calls.append("run")
        result = fn(*args, **kw)
        self.done.append(getattr(fn, "__name__", "change"))
        return result

    def fetch(self, fn: Callable[..., Any], /, *args: Any, **kw: Any) -> Any:
        self.calls.append("fetch")
        return fn(*args, **kw)

    def undo(self) -> str:
        self.calls.append("undo")
        return self.done.pop()

    def redo(self) -> str:
        self.calls.append("redo")
        return "again"

    def poll(self) -> None:
        self.calls.append("poll")

    def undo_label(self) -> str | None:
        return self.done[-1] if self.done else None

    def redo_label(self) -> str | None:
        return None

    def subscribe(self, callback: Callable[[Changes], None]) -> None:
        self.listeners.append(callback)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's plugin without a screen warns of what it cannot do (raise, masks, size hints); a program needs not care."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Theme:
    """The application's theme, light and at normal size, as after every test."""
    return dressed(qapp, Look.LIGHT)


@pytest.fixture(autouse=True)
def _no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a test takes long: its messages stay, and nothing begins that waits for a quiet moment."""
    for name, value in IN_TIME.items():
        module, _, what = name.rpartition(".")
        if module in sys.modules:
            monkeypatch.setattr(sys.modules[module], what, value)


@pytest.fixture
def office() -> PlainOffice:
    """An office without a database."""
    return PlainOffice()


@pytest.fixture
def runner(office: PlainOffice, qapp: QApplication) -> Iterator[Runner]:
    """A runner over it."""
    made = Runner(office)
    yield made
    made.close()


@pytest.fixture
def machine() -> Iterator[QSettings]:
    """The settings of a machine of this test alone."""
    with tempfile.TemporaryDirectory() as folder:
        yield machine_settings(Path(folder))


def nameless(root: QWidget) -> list[str]:
    """The focusable visible widgets that a screen reader has no name for."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAccessible

    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not isinstance(widget, (QAbstractButton, QLineEdit, QAbstractItemView)) and (
            widget.focusPolicy() == Qt.FocusPolicy.NoFocus
        ):
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisibleTo(root):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found
