from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.rows import Column, RowModel
from famdesk.ui.kit.table import Table


@dataclass(frozen=True, slots=True)
class Access:
    id: str
    time: str
    need: str


COLUMNS: tuple[Column[Access], ...] = (
    Column("time", lambda row: row.time, width=6, right=True, second=True),
    Column("need", lambda row: row.need, width=0, tag=lambda _row: ("A", Meaning.A), icon=lambda _row: "phone"),
    Column("state", lambda _row: "done", meaning=lambda _row: Meaning.OPEN, tip=lambda _row: "all is well"),
)


def rows(*ids: str) -> list[Access]:
    return [Access(one, f"{place}:00", f"need {one}") for place, one in enumerate(ids)]


@pytest.fixture
def model(qapp: object) -> RowModel[Access]:
    model = RowModel(COLUMNS)
    model.set_rows(rows("a", "b", "c"))
    return model


@pytest.fixture
def table(model: RowModel[Access], qtbot: QtBot) -> Table[Access]:
    table = Table(model, "Accesses", empty="Nobody has come yet.")
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    return table


def test_the_model_keeps_qts_rules(model: RowModel[Access], qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_rows([])
    qtmodeltester.check(model)


def test_cells_are_prepared_once(qapp: object) -> None:
    asked: list[str] = []
    column: Column[Access] = Column("need", lambda row: (asked.append(row.id), row.need)[1])
    model = RowModel([column])
    model.set_rows(rows("a", "b"))
    assert asked == []
    for _ in range(3):
        assert model.data(model.index(1, 0)) == "need b"
    assert asked == ["b"]


def test_what_is_shown_and_said(model: RowModel[Access]) -> None:
    assert model.headerData(1, Qt.Orientation.Horizontal) == "need"
    cell = model.index(0, 1)
    assert cell.data() == "need a"
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "A, need a"
    assert model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole) == "all is well"
    assert cell.data(Qt.ItemDataRole.DecorationRole) is None
    row = model.row_of("b")
    assert row is not None
    assert row.need == "need b"
    assert model.row_of("z") is None


def test_some_rows_are_quieter_in_a_column(qapp: object) -> None:
    column: Column[Access] = Column("need", lambda row: row.need, faint=lambda row: row.id == "a")
    model = RowModel([column])
    model.set_rows(rows("a", "b"))
    assert [model.cell(place, 0).second for place in (0, 1)] == [True, False]


def test_selection_and_place_survive_new_rows(table: Table[Access], model: RowModel[Access]) -> None:
    model.set_rows(rows(*[str(n) for n in range(100)]))
    assert table.select_id("50")
    table.verticalScrollBar().setValue(table.verticalScrollBar().value() + 7)
    scroll = table.verticalScrollBar().value()
    model.set_rows(rows("new", *[str(n) for n in range(100)]))
    assert table.current_id() == "50"
    assert [index.row() for index in table.selectionModel().selectedRows()] == [51]
    assert table.verticalScrollBar().value() == scroll


def test_a_row_that_is_gone_is_told(table: Table[Access], model: RowModel[Access], qtbot: QtBot) -> None:
    table.select_id("b")
    with qtbot.waitSignal(table.current_changed) as blocker:
        model.set_rows(rows("a"))
    assert blocker.args == [""]
    assert table.current_row() is None
    assert not table.select_id("b")


def test_keys_and_clicks_name_the_row(table: Table[Access], qtbot: QtBot) -> None:
    table.setFocus()
    table.select_id("a")
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.activated_id) as enter:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    with qtbot.waitSignal(table.space_pressed) as space:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    point = table.visualRect(table.model().index(2, 0)).center()
    with qtbot.waitSignal(table.activated_id) as click:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert (enter.args, space.args, click.args) == (["b"], ["b"], ["c"])
    row = table.current_row()
    assert row is not None
    assert row.id == "c"


def test_the_context_menu_opens_at_the_row(table: Table[Access], qtbot: QtBot) -> None:
    asked: list[tuple[str, QPoint]] = []
    table.menu_requested.connect(lambda row_id, at: asked.append((row_id, at)))
    reason = QContextMenuEvent.Reason.Keyboard
    table.setCurrentIndex(QModelIndex())
    QApplication.sendEvent(table, QContextMenuEvent(reason, QPoint(1, 1), table.mapToGlobal(QPoint(1, 1))))
    assert asked == []
    table.select_id("b")
    QApplication.sendEvent(table, QContextMenuEvent(reason, QPoint(1, 1), table.mapToGlobal(QPoint(1, 1))))
    assert [row_id for row_id, _at in asked] == ["b"]


def test_widths_are_kept(table: Table[Access], model: RowModel[Access], qtbot: QtBot) -> None:
    table.setColumnWidth(0, 123)
    other = Table(RowModel(COLUMNS), "Accesses")
    qtbot.addWidget(other)
    other.restore_state(table.save_state())
    assert other.columnWidth(0) == 123
    for broken in ("", "1,2", "a,b,c"):
        other.restore_state(broken)
        assert other.columnWidth(0) == 123


def test_it_can_be_painted_in_every_state(table: Table[Access], model: RowModel[Access]) -> None:
    empty = Table(RowModel(COLUMNS), "Accesses", empty="Nobody has come yet.")
    empty.resize(500, 200)
    without_words = Table(RowModel(COLUMNS), "Accesses")
    without_words.resize(500, 200)
    assert empty.grab().toImage() != without_words.grab().toImage()
    table.clearSelection()  # with the keyboard it has one
    before = table.grab().toImage()
    table.select_id("a")
    assert table.grab().toImage() != before
    for widget in (empty, without_words):
        widget.deleteLater()


def tooltip(table: Table[Access], column: int) -> str:
    """The tooltip over a cell of the first row."""
    point = table.visualRect(table.model().index(0, column)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, point, table.viewport().mapToGlobal(point))
    QApplication.sendEvent(table.viewport(), event)
    return QToolTip.text()


def test_a_cut_text_is_whole_in_its_tooltip(table: Table[Access], model: RowModel[Access], qtbot: QtBot) -> None:
    assert tooltip(table, 2) == "all is well"
    model.set_rows([Access("a", "1:00", "a very long need " * 10)])
    assert tooltip(table, 1) == "a very long need " * 10
    QToolTip.hideText()


def test_the_first_row_is_current_when_the_focus_comes(table: Table[Access], qtbot: QtBot) -> None:
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    table.clearFocus()
    table.setFocus()
    assert table.current_id() == "a"


def test_columns_follow_the_window_until_the_person_moves_one(table: Table[Access], qtbot: QtBot) -> None:
    narrow = table.columnWidth(0)
    assert table.save_state() == ""
    table.resize(1500, 200)
    assert table.columnWidth(0) > narrow
    table.setColumnWidth(0, narrow)
    table.resize(1600, 200)
    assert table.columnWidth(0) == narrow
    assert table.save_state()
