from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line, LineList, LineModel

DAY = (
    Line("head", "Tuesday", header=True),
    Line(
        "1", "First interview", lead="12:00–12:30", detail="room 1", badge="arrived", meaning=Meaning.OPEN, strong=True
    ),
    Line("now", "12:41 now", marker=True),
    Line("2", "Counselling", lead="13:00–13:45", tag="B", tag_meaning=Meaning.B, icon="phone", trail="6 min"),
    Line("3", "Call back", badge="on request", meaning=Meaning.WARNING, badge_first=True, shortcut="F8"),
)


@pytest.fixture
def day(qtbot: QtBot) -> LineList:
    day = LineList("The day", "Nothing today.")
    qtbot.addWidget(day)
    day.resize(400, 400)
    day.set_lines(DAY)
    day.show()
    return day


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, qapp: object) -> None:
    model = LineModel()
    model.set_lines(DAY)
    qtmodeltester.check(model)


def test_what_the_screen_reader_says() -> None:
    assert DAY[1].as_spoken() == "12:00–12:30, First interview, room 1, arrived"
    assert Line("x", "title", spoken="something else").as_spoken() == "something else"


def test_arrows_skip_headings_and_the_now_line(day: LineList, qtbot: QtBot) -> None:
    day.setCurrentIndex(QModelIndex())
    day.step(1)
    assert day.current_id() == "1"
    qtbot.keyClick(day, Qt.Key.Key_Down)
    assert day.current_id() == "2"
    day.step(1)
    day.step(1)
    assert day.current_id() == "3"
    day.step(-1)
    assert day.current_id() == "2"


def test_keys_name_the_line(day: LineList, qtbot: QtBot) -> None:
    assert day.set_current_id("2")
    with qtbot.waitSignal(day.activated_id) as enter:
        qtbot.keyClick(day, Qt.Key.Key_Return)
    with qtbot.waitSignal(day.space_pressed) as space:
        qtbot.keyClick(day, Qt.Key.Key_Space)
    assert enter.args == space.args == ["2"]


def test_a_double_click_and_the_context_menu(day: LineList, qtbot: QtBot) -> None:
    point = day.visualRect(day.model().index(4, 0)).center()
    with qtbot.waitSignal(day.activated_id) as click:
        qtbot.mouseClick(day.viewport(), Qt.MouseButton.LeftButton, pos=point)
        qtbot.mouseDClick(day.viewport(), Qt.MouseButton.LeftButton, pos=point)
    with qtbot.waitSignal(day.menu_requested) as menu:
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
        QApplication.sendEvent(day, event)
    assert click.args == ["3"]
    assert menu.args[0] == "3"


def test_the_current_line_stays_when_lines_change(day: LineList, qtbot: QtBot) -> None:
    day.set_current_id("2")
    changes: list[str] = []
    day.current_changed.connect(changes.append)
    day.set_lines([Line("0", "new"), *DAY])
    assert (day.current_id(), changes) == ("2", [])
    day.set_lines(DAY[:2])
    assert (day.current_id(), changes) == ("", [""])
    assert not day.set_current_id("now")


def test_narrow_lists_wrap_instead_of_cutting(day: LineList) -> None:
    delegate = day.itemDelegate()
    line = Line("1", "A.Pe – Aperitivi Pedagogici, 1 di 5", detail="14 iscritti", badge="B genitorialità", lead="18:00")
    heights = [delegate.height(line, width) for width in (600, 300, 150)]  # type: ignore[attr-defined]
    assert heights[0] < heights[1] < heights[2]


def test_a_growing_list_has_room_for_all_lines(qtbot: QtBot) -> None:
    grown = LineList("Now", grow=True)
    qtbot.addWidget(grown)
    grown.resize(300, 100)
    grown.set_lines([Line(str(n), f"Place {n}") for n in range(3)])
    grown.show()
    three = grown.height()
    grown.set_lines([Line(str(n), f"Place {n}") for n in range(9)])
    assert grown.height() > 2 * three
    assert grown.verticalScrollBar().maximum() == 0


def test_every_part_is_drawn(day: LineList) -> None:
    pictures = [day.grab().toImage()]
    day.set_current_id(day.lines()[-1].id)
    pictures.append(day.grab().toImage())
    day.set_needle("inter")
    pictures.append(day.grab().toImage())
    day.set_lines([])
    pictures.append(day.grab().toImage())
    for before, after in pairwise(pictures):
        assert before != after
