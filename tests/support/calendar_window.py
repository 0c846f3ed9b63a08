"""The calendar page in a window of its own, and what a person does with it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from famdesk.ui.calendar.editor import AppointmentDialog
from famdesk.ui.calendar.page import CalendarPage
from famdesk.ui.kit.dialog import Dialog
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.calendar import appointment_rows, calendar
from famdesk.usecases.office import Office


class Window:
    """The page in a window with the frame's Ctrl+N and Ctrl+P, and what a person does with it."""

    def __init__(self, qtbot: QtBot, office: Office) -> None:
        self.qtbot, self.office = qtbot, office
        self.runner = Runner(office)
        self.page = CalendarPage(self.runner)
        self.window = QMainWindow()
        new = QAction("New", self.window)
        new.setShortcut("Ctrl+N")
        new.triggered.connect(self.page.new_item)
        self.window.addAction(new)
        out = QAction("Print", self.window)
        out.setShortcut("Ctrl+P")
        out.triggered.connect(self.page.print_now)
        self.window.addAction(out)
        self.window.setCentralWidget(self.page)
        self.window.resize(1280, 800)
        self.errors: list[Exception] = []
        self.sentences: list[str] = []
        self.page.failed.connect(self.errors.append)
        self.page.message.connect(lambda message: self.sentences.append(message.text))
        self.keys = 0
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.wait()
        self.page.view.setFocus()

    def wait(self) -> None:
        """Until what was asked for and what changed is shown."""
        QApplication.processEvents()
        self.qtbot.waitUntil(self.runner.idle)

    def press(self, key: Qt.Key, modifiers: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A key to whatever has the focus, counted."""
        self.keys += 1
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, modifiers)

    def dialog(self, kind: type[Dialog] = AppointmentDialog) -> Any:
        """The dialog of that kind, once it is open."""
        self.qtbot.waitUntil(lambda: any(one.isVisible() for one in self.window.findChildren(kind)))
        found = next(one for one in self.window.findChildren(kind) if one.isVisible())
        self.qtbot.waitUntil(lambda: found.isActiveWindow() or QApplication.focusWidget() is not None)
        return found

    def rows(self) -> list[appointment_rows.AppointmentRow]:
        return list(self.office.fetch(calendar.appointments, date(2025, 2, 3), date(2025, 2, 28)))

    def spans(self) -> list[str]:
        return [f"{row.starts:%d %H:%M}-{row.ends:%H:%M}" for row in self.rows()]

    def boxes(self) -> dict[str, str]:
        return {box.id: box.title for box in self.page.view.grid.scene.content.boxes}

    @property
    def grid(self) -> Any:
        return self.page.view.grid


def book(office: Office, starts: datetime, **more: Any) -> str:
    """An interview of an hour unless told otherwise; gives the id."""
    values: dict[str, Any] = {"starts": starts, "ends": starts + timedelta(hours=1), "kind": "interview", **more}
    action: Any = calendar.book
    return str(office.run(action, **values))
