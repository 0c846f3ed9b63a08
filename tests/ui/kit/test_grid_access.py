"""What a screen reader gets from the calendar grid."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.grid import calendar_grid as grid_module
from famdesk.ui.kit.grid.calendar_grid import CalendarGrid, GridBand, GridBox, GridColumn
from famdesk.ui.kit.grid.words import box_sentence, change_sentence, clock

COLUMNS = (
    GridColumn("mon", "Mon 10", spoken="Monday 10 February"),
    GridColumn("tue", "Tue 11", spoken="Tuesday 11 February"),
)
BOXES = (
    GridBox("a", "mon", 540, 600, "Talk", "Rossi", "A"),
    GridBox("b", "tue", 600, 645, "Mediation", "", "B", "arrived", accessible="Mediation at ten, third of eight"),
)
NAME = QAccessible.Text.Name


@pytest.fixture
def reader() -> Iterator[None]:
    """As if a screen reader were running."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def grid(qtbot: QtBot, reader: None) -> CalendarGrid:
    made = CalendarGrid()
    qtbot.addWidget(made)
    made.resize(600, 600)
    made.set_content(
        COLUMNS, BOXES, (GridBand("mon", 660, 720, "Main square"), GridBand("tue", 700, 800, "", "closed", "Strike"))
    )
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(grid_module, "announce", lambda _grid, text, urgent: heard.append(text))
    return heard


def interface(grid: CalendarGrid) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(grid)


def focused(grid: CalendarGrid) -> str:
    return interface(grid).focusChild().text(NAME)


def test_boxes_and_cursor_are_children(grid: CalendarGrid) -> None:
    whole = interface(grid)
    children = [whole.child(number) for number in range(whole.childCount())]
    assert whole.role() == QAccessible.Role.List
    assert whole.text(NAME) == "Calendar"
    assert [child.text(NAME) for child in children] == [
        "Monday 10 February, 9:00–10:00, Talk, Rossi, planned",
        "Mediation at ten, third of eight",
        "Monday 10 February, 9:00–9:30, free",
    ]
    assert [whole.indexOfChild(child) for child in children] == [0, 1, 2]
    assert children[1].text(QAccessible.Text.Description) == "arrived"
    assert all(child.parent() is whole and child.role() == QAccessible.Role.ListItem for child in children)
    assert whole.childAt(*children[0].rect().center().toTuple()) is children[0]
    assert whole.child(3) is None


def test_focus_follows_cursor_and_selection(grid: CalendarGrid) -> None:
    grid.set_slot(0, 660)
    assert focused(grid) == "Monday 10 February, 11:00–11:30, free, Main square"
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert focused(grid) == "Tuesday 11 February, 11:30–12:00, closed: Strike"
    grid.select("a")
    assert focused(grid) == "Monday 10 February, 9:00–10:00, Talk, Rossi, planned"
    state = interface(grid).focusChild().state()
    assert state.selected
    assert state.focusable


def test_results_are_spoken(grid: CalendarGrid, spoken: list[str]) -> None:
    grid.select("a")
    moved = replace(BOXES[0], column="tue", start_minute=615, end_minute=675)
    longer = replace(moved, end_minute=690)
    for box in (BOXES[0], moved, longer, replace(longer, state="cancelled"), None):
        grid.set_content(COLUMNS, (*((box,) if box else ()), BOXES[1]), ())
    assert spoken == [
        "Talk moved to Tuesday 11 February, 10:15–11:15",
        "Talk: now 10:15–11:30",
        "Talk: cancelled",
        "Talk is no longer here",
    ]


def test_a_renamed_box_is_told_anew(grid: CalendarGrid) -> None:
    child = interface(grid).child(0)
    assert child.text(NAME).endswith("planned")
    grid.set_content(COLUMNS, (replace(BOXES[0], state="done"), BOXES[1]), ())
    assert interface(grid).child(0) is child
    assert child.text(NAME).endswith("done")


def test_words() -> None:
    assert [clock(minute) for minute in (480, 545, 1440)] == ["8:00", "9:05", "24:00"]
    assert box_sentence(replace(BOXES[0], end_minute=1440), None) == "9:00–24:00, Talk, Rossi, planned"
    assert change_sentence(BOXES[0], BOXES[0], COLUMNS[0]) == ""


def test_interfaces_live_and_die_with_their_boxes(qtbot: QtBot, reader: None) -> None:
    """Qt's cache points at what Python owns: neither side may free the other's."""
    for turn in range(24):
        grid = CalendarGrid()
        for week in range(3):
            grid.set_content(COLUMNS, [replace(BOXES[0], id=f"{turn} {week} {n % 7}{n}") for n in range(20)], ())
            whole = interface(grid)
            names = [whole.child(number).text(NAME) for number in range(whole.childCount())]
            assert len(names) == 21
        if turn % 2:
            grid.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        del grid, whole
        if turn % 4 == 0:
            gc.collect()
    gc.collect()
    last = CalendarGrid()
    qtbot.addWidget(last)
    last.set_content(COLUMNS, BOXES, ())
    assert interface(last).childCount() == 3
