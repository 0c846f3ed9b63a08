"""Scroll bars that are no parts of their area for a screen reader, and come when they are needed."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.widgets import ScrollColumn


def _shown(qtbot: QtBot) -> tuple[ScrollColumn, QWidget]:
    column, content = ScrollColumn(), QWidget()
    qtbot.addWidget(column)
    column.body.addWidget(content)
    column.resize(300, 200)
    column.show()
    qtbot.waitExposed(column)
    return column, content


def _own(column: ScrollColumn) -> list[QScrollBar]:
    return [column.verticalScrollBar(), column.horizontalScrollBar()]


def test_bars_come_and_go_with_what_they_scroll(qtbot: QtBot) -> None:
    column, content = _shown(qtbot)
    assert not column.bar_down.isVisible()
    content.setMinimumSize(900, 1000)
    qtbot.waitUntil(lambda: column.bar_down.isVisible() and column.bar_across.isVisible())
    assert column.viewport().geometry().right() < column.bar_down.geometry().left()
    assert column.viewport().geometry().bottom() < column.bar_across.geometry().top()
    content.setMinimumSize(10, 10)
    qtbot.waitUntil(lambda: not column.bar_down.isVisible() and not column.bar_across.isVisible())
    assert column.viewport().width() == column.width()


def test_a_bar_moves_the_content_and_follows_it(qtbot: QtBot) -> None:
    column, content = _shown(qtbot)
    content.setMinimumHeight(1000)
    qtbot.waitUntil(column.bar_down.isVisible)
    column.bar_down.setValue(120)
    assert column.verticalScrollBar().value() == 120
    column.verticalScrollBar().setValue(40)
    assert column.bar_down.value() == 40


def test_a_screen_reader_is_told_of_the_content_alone(qtbot: QtBot) -> None:
    """Qt answers for a bar that has gone with a crash: so there is never one among the parts."""
    column, content = _shown(qtbot)
    interface = QAccessible.queryAccessibleInterface(column)
    assert interface is not None
    assert interface.childCount() == 1
    content.setMinimumSize(900, 1000)
    qtbot.waitUntil(lambda: column.bar_down.isVisible() and column.bar_across.isVisible())
    assert interface.childCount() == 1
    assert not any(bar.isVisible() for bar in _own(column))
