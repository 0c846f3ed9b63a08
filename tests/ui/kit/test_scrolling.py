"""Scroll bars that are no parts of their area for a screen reader, and come when they are needed."""

from __future__ import annotations

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollBar, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.lines import Line, LineList
from famdesk.ui.kit.scrolling import GutterRow
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


def test_nothing_moves_when_the_bar_of_a_steady_column_comes(qtbot: QtBot) -> None:
    view, column, content = QWidget(), ScrollColumn(steady=True), QWidget()
    qtbot.addWidget(view)
    row = GutterRow(view)
    row.setContentsMargins(0, 0, 40, 0)
    row.addWidget(column)
    column.body.addWidget(content)
    view.resize(300, 200)
    view.show()
    qtbot.waitExposed(view)
    width = content.width()
    content.setMinimumHeight(1000)
    qtbot.waitUntil(column.bar_down.isVisible)
    assert content.width() == width


def test_the_current_line_of_a_long_list_is_in_sight(qtbot: QtBot) -> None:
    column, lines = ScrollColumn(), LineList("Journal", grow=True)
    qtbot.addWidget(column)
    lines.set_lines([Line(str(number), f"Line {number}") for number in range(40)])
    column.body.addWidget(lines)
    column.resize(300, 200)
    column.show()
    qtbot.waitExposed(column)
    lines.setFocus()
    qtbot.waitUntil(lines.hasFocus)

    def sees(line_id: str) -> bool:
        lines.set_current_id(line_id)
        line = lines.visualRect(lines.currentIndex())
        return column.viewport().rect().contains(lines.viewport().mapTo(column.viewport(), line.center()))

    qtbot.waitUntil(lambda: sees("1") and sees("30") and sees("2"))
