"""The small month beside the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from famdesk.usecases.office import Office
from tests.support.calendar_window import Window, book
from tests.support.calendars import at, seed
from tests.support.offices import Desk

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def reception(file_desk: Desk) -> Office:
    seed(file_desk.sign_in("coordinator"))
    return file_desk.sign_in("reception")


@pytest.fixture
def window(qtbot: QtBot, reception: Office) -> Iterator[Window]:
    made = Window(qtbot, reception)
    yield made
    made.runner.close()


def test_small_month(window: Window, reception: Office) -> None:
    window.window.resize(1400, 800)
    book(reception, at(9, day=date(2025, 2, 26)))
    window.wait()
    mini = window.page.mini
    assert mini.isVisible()
    window.qtbot.waitUntil(lambda: "2025-02-26" in _dotted(mini))
    assert _dotted(mini) == {"2025-02-13", "2025-02-26"}
    mini.grid.setFocus()
    window.press(KEY.Key_Down)
    window.press(KEY.Key_Down)
    window.press(KEY.Key_Return)
    window.wait()
    assert window.page.header.title() == "24–28 February"
    mini.grid.setFocus()
    window.press(KEY.Key_PageDown)
    window.wait()
    assert (mini.month().month, mini.grid.cell_key()) == (3, "2025-03-25")
    assert (
        QAccessible.queryAccessibleInterface(mini.grid)
        .focusChild()
        .text(QAccessible.Text.Name)
        .startswith("Tuesday 25 March 2025")
    )


def _dotted(mini: Any) -> set[str]:
    return {cell.key for cell in mini.grid.scene.content.cells if cell.mark}


def test_small_month_folds_away(window: Window) -> None:
    window.window.resize(1400, 800)
    mini = window.page.mini
    assert mini.isVisible()
    window.page.view.setFocus()
    window.press(KEY.Key_M, CTRL)
    window.wait()
    assert not mini.isVisible()
    window.press(KEY.Key_M, CTRL)
    window.window.resize(1060, 700)
    window.wait()
    assert not mini.isVisible()


def test_small_month_leaves_its_place_to_the_week_unless_it_is_asked_for(window: Window) -> None:
    window.window.resize(1280, 800)
    window.wait()
    mini = window.page.mini
    assert not mini.isVisible()
    window.page.view.setFocus()
    window.press(KEY.Key_M, CTRL)
    window.wait()
    assert mini.isVisible()
    window.press(KEY.Key_M, CTRL)
    window.wait()
    assert not mini.isVisible()
