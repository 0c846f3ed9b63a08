"""The intake in a window over a real home, and somebody who types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.intake.page import IntakePage
from famdesk.ui.kit.messages import Message
from famdesk.ui.kit.runner import Runner
from famdesk.usecases.intake import intake
from famdesk.usecases.office import Office
from tests.support.cremona import Cremona, enter_cremona
from tests.support.offices import Desk

NOW = datetime(2025, 2, 11, 12, 41)
TODAY = NOW.date()
CONTROL = Qt.KeyboardModifier.ControlModifier


class Typist:
    """Presses keys where the focus is. Counts the keys beside the text."""

    def __init__(self, qtbot: QtBot, window: QWidget, runner: Runner) -> None:
        self._qtbot, self._window, self._runner = qtbot, window, runner
        self.keys = 0

    def key(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> Typist:
        for key in keys:
            self._qtbot.keyClick(self.where(), key, modifier)
            self.keys += 1
        return self

    def text(self, text: str) -> Typist:
        self._qtbot.keyClicks(self.where(), text)
        return self

    def wait(self) -> Typist:
        self._qtbot.waitUntil(self._runner.idle)
        return self

    def where(self) -> QWidget:
        return QApplication.focusWidget() or self._window


@pytest.fixture
def cremona(file_desk: Desk) -> Cremona:
    return enter_cremona(file_desk.office)


@pytest.fixture
def reception(file_desk: Desk, cremona: Cremona) -> Office:
    return file_desk.sign_in("reception")


@pytest.fixture
def page(qtbot: QtBot, reception: Office) -> Iterator[IntakePage]:
    yield from pages(qtbot, reception)


def pages(qtbot: QtBot, office: Office) -> Iterator[IntakePage]:
    runner = Runner(office)
    made = IntakePage(runner, now=lambda: NOW)
    made.resize(1100, 760)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(runner.idle)
    yield made
    runner.close()


@pytest.fixture
def typist(qtbot: QtBot, page: IntakePage) -> Typist:
    return Typist(qtbot, page, page.runner)


def rows(office: Office, day: date = TODAY) -> tuple[intake.AccessRow, ...]:
    return office.fetch(intake.accesses, day)


def cells(page: IntakePage) -> list[list[str]]:
    model = page.front.list.table.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def said(page: IntakePage) -> list[str]:
    heard: list[str] = []

    def hear(message: Message) -> None:
        heard.append(message.text)

    page.message.connect(hear)
    return heard
