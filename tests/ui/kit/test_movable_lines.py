"""Lines put into another order with the keys and with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.lines import Line
from famdesk.ui.kit.movable_lines import MovableList

ALT = Qt.KeyboardModifier.AltModifier


class Shown:
    """Four lines, of which the middle ones can be moved, and what was asked of them."""

    def __init__(self, qtbot: QtBot) -> None:
        self.list = MovableList("Loghi")
        self.asked: list[tuple[str, int]] = []
        self.list.moved.connect(lambda line, by: self.asked.append((line, by)))
        qtbot.addWidget(self.list)
        self.list.resize(300, 300)
        self.list.set_lines([Line(key, key.upper()) for key in "abcde"])
        self.list.set_movable("bcd")
        self.list.show()
        qtbot.waitExposed(self.list)

    def middle(self, row: int) -> QPoint:
        return self.list.visualRect(self.list.model().index(row, 0)).center()

    def draw(self, row: int, to: QPoint, *, release: bool = True) -> None:
        view = self.list.viewport()
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=self.middle(row))
        QTest.mouseMove(view, self.middle(row) + QPoint(2, 2))
        for share in (0.3, 0.7, 1.0):
            start = self.middle(row)
            QTest.mouseMove(view, start + (to - start) * share)
        if release:
            QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=to)


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_alt_and_an_arrow_ask_for_another_place(shown: Shown) -> None:
    shown.list.set_current_id("c")
    QTest.keyClick(shown.list, Qt.Key.Key_Up, ALT)
    QTest.keyClick(shown.list, Qt.Key.Key_Down, ALT)
    assert shown.asked == [("c", -1), ("c", 1)]
    assert shown.list.current_id() == "c"
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    assert shown.list.current_id() == "d", "without Alt the arrows go on as ever"


@pytest.mark.parametrize(("line", "key"), [("b", Qt.Key.Key_Up), ("d", Qt.Key.Key_Down), ("a", Qt.Key.Key_Down)])
def test_nothing_moves_over_the_ends(shown: Shown, line: str, key: Qt.Key) -> None:
    shown.list.set_current_id(line)
    QTest.keyClick(shown.list, key, ALT)
    assert shown.asked == []


def test_a_line_is_drawn_to_another_place(shown: Shown) -> None:
    below = shown.middle(3) + QPoint(0, 8)
    shown.draw(1, below)
    shown.draw(3, shown.middle(1) - QPoint(0, 8))
    assert shown.asked == [("b", 2), ("d", -2)]


def test_drawn_away_from_the_list_it_goes_to_the_end(shown: Shown) -> None:
    shown.draw(1, QPoint(50, 290))
    shown.draw(3, QPoint(50, 1))
    assert shown.asked == [("b", 2), ("d", -2)]


def test_a_click_moves_nothing_and_escape_lets_go(shown: Shown) -> None:
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=shown.middle(2))
    assert shown.list.current_id() == "c"
    shown.draw(1, shown.middle(3), release=False)
    QTest.keyClick(shown.list, Qt.Key.Key_Escape)
    QTest.mouseRelease(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=shown.middle(3))
    shown.draw(0, shown.middle(3))
    assert shown.asked == []


def test_it_says_that_lines_can_be_moved(shown: Shown) -> None:
    assert "Alt" in shown.list.toolTip()
    shown.list.set_movable(())
    assert shown.list.toolTip() == ""
