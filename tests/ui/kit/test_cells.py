"""Sheets of cells: how items are laid out, the keyboard, the mouse, and what a screen reader gets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from famdesk.i18n import using
from famdesk.ui.kit.cells import calendar_cells as cells_module
from famdesk.ui.kit.cells.calendar_cells import Cell, CellContent, CellGrid, CellHead, CellItem
from famdesk.ui.kit.cells.model import BAND, MONTH, SMALL, TABLE, parts, planned

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
ALT, SHIFT, CTRL = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Alt", "Shift", "Control"))
NAME = QAccessible.Text.Name


def content(*items: CellItem, rows: int = 2, columns: int = 7, flows: bool = True) -> CellContent:
    heads = tuple(CellHead(f"c{n}", f"day {n}") for n in range(columns))
    lines = tuple(CellHead(f"r{n}", str(n)) for n in range(rows))
    days = tuple(
        Cell(f"d{n}", f"day number {n}", str(n + 1), today=n == 3, closed="Strike" if n == 5 else "")
        for n in range(rows * columns)
    )
    return CellContent(heads, lines, days, items, flows=flows)


def item(name: str, first: int, last: int | None = None, minute: int = 540, **more: object) -> CellItem:
    last = first if last is None else last
    values: dict[str, object] = {"time": "9:00", "minute": minute, "bar": last > first, **more}
    return CellItem(name, f"d{first}", f"d{last}", name.upper(), **values)  # type: ignore[arg-type]


ITEMS = (item("talk", 3), item("later", 3, minute=600), item("away", 4, 8), item("fixed", 9, movable=False))


@pytest.fixture
def reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def sheet(qtbot: QtBot, reader: None) -> CellGrid:
    return shown(qtbot, MONTH, content(*ITEMS))


def shown(qtbot: QtBot, kind: str, what: CellContent) -> CellGrid:
    made = CellGrid(kind)
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.set_content(what)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    return made


@pytest.fixture
def spoken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr(cells_module, "announce", lambda _grid, text, urgent: heard.append(text))
    return heard


def emitted(signal: object) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    signal.connect(lambda *values: found.append(values))  # type: ignore[attr-defined]
    return found


def press(sheet: CellGrid, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(sheet, key, modifiers)


def test_a_bar_is_parted_at_the_end_of_a_row() -> None:
    found = {(part.item.id, part.row): part for part in parts(content(*ITEMS))}
    first, second = found["away", 0], found["away", 1]
    assert (first.first, first.last, first.begins, first.ends) == (4, 6, True, False)
    assert (second.first, second.last, second.begins, second.ends) == (0, 1, False, True)
    assert found["talk", 0].lane < found["later", 0].lane


def test_what_is_not_in_the_sheet_is_left_out() -> None:
    unknown = CellItem("x", "never", "never", "X")
    backwards = item("y", 5, 2)
    assert parts(content(unknown, backwards)) == ()
    assert parts(CellContent(items=ITEMS)) == ()


@given(
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 5), st.booleans()), max_size=30),
    st.integers(1, 6),
)
def test_nothing_is_drawn_over_anything_and_all_is_counted(wanted: list[tuple[int, int, bool]], lines: int) -> None:
    items = [item(f"i{n}", first, min(13, first + (more if bar else 0)), bar=bar) for n, (first, more, bar)
             in enumerate(wanted)]  # fmt: skip
    found = parts(content(*items))
    for row in range(2):
        here = [part for part in found if part.row == row]
        plan = planned(here, 7, lines)
        taken: set[tuple[int, int]] = set()
        for part in plan.shown:
            places = {(column, part.lane) for column in range(part.first, part.last + 1)}
            assert not places & taken
            taken |= places
        for column in range(7):
            whole = sum(part.first <= column <= part.last for part in here)
            drawn = sum(part.first <= column <= part.last for part in plan.shown)
            assert drawn + plan.hidden[column] == whole
            if plan.hidden[column]:
                assert (column, lines - 1) not in taken  # there stands how many there are
            assert all(lane < lines for at, lane in taken if at == column)


def test_arrows_go_from_day_to_day_and_over_the_edge(sheet: CellGrid) -> None:
    periods, opened = emitted(sheet.period_requested), emitted(sheet.cell_activated)
    assert sheet.cell_key() == "d3"
    for key, cell in ((KEY.Key_Right, "d4"), (KEY.Key_Down, "d11"), (KEY.Key_Left, "d10"), (KEY.Key_Up, "d3"),
                      (KEY.Key_End, "d6"), (KEY.Key_Right, "d7"), (KEY.Key_Home, "d7")):  # fmt: skip
        press(sheet, key)
        assert sheet.cell_key() == cell
    press(sheet, KEY.Key_Return)
    press(sheet, KEY.Key_End, CTRL)
    press(sheet, KEY.Key_Down)
    press(sheet, KEY.Key_PageUp)
    assert (opened, periods) == ([("d7",)], [(1,), (-1,)])


def test_tab_goes_through_the_items_and_on(sheet: CellGrid) -> None:
    walked = []
    for _step in range(4):
        sheet.focusNextPrevChild(True)
        walked.append(sheet.selected())
    assert walked == ["talk", "later", "away", "fixed"]
    assert not sheet._keyboard.walk(True)
    sheet.focusNextPrevChild(False)
    assert sheet.selected() == "away"
    press(sheet, KEY.Key_Escape)
    assert (sheet.selected(), sheet.cell_key()) == ("", "d4")


def test_keys_on_an_item(sheet: CellGrid) -> None:
    opened, moved, stretched = emitted(sheet.opened), emitted(sheet.moved), emitted(sheet.stretched)
    cancelled, space = emitted(sheet.cancel_requested), emitted(sheet.space_pressed)
    sheet.select("talk")
    for key, modifiers in ((KEY.Key_Return, NONE), (KEY.Key_Space, NONE), (KEY.Key_Delete, NONE), (KEY.Key_Right, ALT),
                           (KEY.Key_Down, ALT), (KEY.Key_Up, ALT), (KEY.Key_Right, ALT | SHIFT)):  # fmt: skip
        press(sheet, key, modifiers)
    assert (opened, space, cancelled) == ([("talk",)], [("talk",)], [("talk",)])
    assert moved == [("talk", "d3", "d4"), ("talk", "d3", "d10")]
    assert stretched == []  # it has hours, not days
    sheet.select("away")
    press(sheet, KEY.Key_Right, ALT | SHIFT)
    press(sheet, KEY.Key_Left, ALT | SHIFT)
    assert stretched == [("away", "d8", "d9"), ("away", "d8", "d7")]
    sheet.select("fixed")
    press(sheet, KEY.Key_Right, ALT)
    assert len(moved) == 2


def test_insert_and_menu_at_the_cursor(sheet: CellGrid) -> None:
    created, menus = emitted(sheet.created), emitted(sheet.context_requested)
    press(sheet, KEY.Key_Insert)
    press(sheet, KEY.Key_Menu)
    assert created == [("d3",)]
    assert [found[:2] for found in menus] == [("", "d3")]


def at(sheet: CellGrid, rect: QRectF) -> QPoint:
    return (rect.center() - sheet.offset()).toPoint()


def drag(sheet: CellGrid, start: QPoint, end: QPoint) -> None:
    view = sheet.viewport()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for place in (start + QPoint(15, 0), end):
        QTest.mouseMove(view, place)
        event_to(sheet, place)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def event_to(sheet: CellGrid, place: QPoint) -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QMouseEvent

    left = Qt.MouseButton.LeftButton
    view = sheet.viewport()
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), QPointF(view.mapToGlobal(place)), left, left, NONE)
    QCoreApplication.sendEvent(view, event)


def test_an_item_is_dragged_to_another_day(sheet: CellGrid) -> None:
    moved = emitted(sheet.moved)
    drag(sheet, at(sheet, sheet.scene.rects("talk")[0]), at(sheet, sheet.scene.cell_rect(12)))
    assert moved == [("talk", "d3", "d12")]
    assert sheet.overlay.ghost is None
    drag(sheet, at(sheet, sheet.scene.rects("away")[1]), at(sheet, sheet.scene.cell_rect(10)))
    assert moved[1] == ("away", "d4", "d7")  # it was held at its fourth day
    drag(sheet, at(sheet, sheet.scene.rects("fixed")[0]), at(sheet, sheet.scene.cell_rect(2)))
    drag(sheet, at(sheet, sheet.scene.rects("talk")[0]), QPoint(-50, -50))
    assert len(moved) == 2


def test_empty_days_are_dragged_over(sheet: CellGrid) -> None:
    spanned, created, days = emitted(sheet.spanned), emitted(sheet.created), emitted(sheet.cell_activated)
    drag(sheet, at(sheet, sheet.scene.cell_rect(9)), at(sheet, sheet.scene.cell_rect(12)))
    drag(sheet, at(sheet, sheet.scene.cell_rect(12)), at(sheet, sheet.scene.cell_rect(9)))
    assert spanned == [("d9", "d12")] * 2  # backwards too
    assert sheet.overlay.ghost is None
    start = at(sheet, sheet.scene.cell_rect(9))
    drag(sheet, start, start + QPoint(14, 0))  # within one day it is nothing
    assert (len(spanned), created, days) == (2, [], [])


def test_the_end_of_days_is_dragged(sheet: CellGrid) -> None:
    stretched = emitted(sheet.stretched)
    rect = sheet.scene.rects("away")[1]
    drag(sheet, QPointF(rect.right() - 2, rect.center().y()).toPoint(), at(sheet, sheet.scene.cell_rect(11)))
    assert stretched == [("away", "d8", "d11")]


def test_clicks(qtbot: QtBot, sheet: CellGrid) -> None:
    opened, days, created = emitted(sheet.opened), emitted(sheet.cell_activated), emitted(sheet.created)
    view, left = sheet.viewport(), Qt.MouseButton.LeftButton
    cell = sheet.scene.cell_rect(10)
    QTest.mouseClick(view, left, pos=QPointF(cell.left() + 10, cell.top() + 8).toPoint())
    assert (days, sheet.cell_key()) == ([("d10",)], "d10")
    QTest.mouseClick(view, left, pos=at(sheet, cell))
    assert len(days) == 1
    QTest.mouseDClick(view, left, pos=at(sheet, cell))
    QTest.mouseDClick(view, left, pos=at(sheet, sheet.scene.rects("talk")[0]))
    assert (created, opened) == ([("d10",)], [("talk",)])


def test_what_has_no_room_is_counted_and_opens_the_day(sheet: CellGrid) -> None:
    sheet.set_content(content(*(item(f"n{n}", 3, minute=n) for n in range(40))))
    days = emitted(sheet.cell_activated)
    hidden = sheet.scene.hidden(3)
    assert 0 < hidden < 40
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=at(sheet, sheet.scene.more_rect(3)))
    assert days == [("d3",)]
    sheet.select("n39")  # reached although it is only counted
    assert sheet.scene.rects("n39") == [sheet.scene.more_rect(3)]


def test_the_result_of_a_move_is_spoken(sheet: CellGrid, spoken: list[str]) -> None:
    sheet.select("talk")
    sheet.set_content(content(item("talk", 4)))
    sheet.set_content(content(item("talk", 4, state="arrived")))
    sheet.set_content(content(item("talk", 4, 5)))
    sheet.set_content(content())
    assert spoken == [
        "TALK moved to day number 4, 9:00",
        "TALK: arrived",
        "TALK: now 9:00",
        "TALK is no longer here",
    ]
    assert sheet.selected() == ""


def interface(sheet: CellGrid) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(sheet)


def test_days_and_items_are_children(sheet: CellGrid) -> None:
    whole = interface(sheet)
    children = [whole.child(number) for number in range(whole.childCount())]
    names = [child.text(NAME) for child in children]
    assert len(names) == 14 + 4
    assert names[3:7] == [
        "day number 3, 2 entries",
        "day number 3, 9:00, TALK, planned",
        "day number 3, 9:00, LATER, planned",
        "day number 4, 1 entry",
    ]
    assert "day number 5, closed: Strike, 1 entry" in names
    assert [whole.indexOfChild(child) for child in children] == list(range(18))
    assert all(not child.rect().isEmpty() for child in children)
    middle = children[4].rect().center()
    assert whole.childAt(middle.x(), middle.y()).text(NAME) == names[4]
    assert whole.focusChild().text(NAME) == names[3]
    sheet.select("later")
    assert whole.focusChild().text(NAME) == names[5]
    assert whole.focusChild().state().selected


def test_forgotten_items_are_no_children_any_more(sheet: CellGrid) -> None:
    child = interface(sheet).child(4)
    assert child.isValid()
    sheet.set_content(content())
    assert interface(sheet).childCount() == 14


def test_rows_of_a_table_are_not_one_after_the_other(qtbot: QtBot) -> None:
    table = shown(qtbot, TABLE, content(*ITEMS[:2], flows=False))
    table.go_to_cell("d6")
    press(table, KEY.Key_Right)
    assert table.cell_key() == "d6"
    press(table, KEY.Key_Down)
    assert table.cell_key() == "d13"


def test_a_small_month_is_turned_and_chosen_from(qtbot: QtBot) -> None:
    small = shown(qtbot, SMALL, content(rows=6))
    days, periods = emitted(small.cell_activated), emitted(small.period_requested)
    press(small, KEY.Key_Down)
    press(small, KEY.Key_Return)
    press(small, KEY.Key_PageDown)
    assert (days, periods) == ([("d10",)], [(1,)])
    QTest.mouseClick(small.viewport(), Qt.MouseButton.LeftButton, pos=at(small, small.scene.cell_rect(20)))
    assert days[1] == ("d20",)


@pytest.mark.parametrize("kind", [MONTH, TABLE, BAND, SMALL])
@pytest.mark.parametrize("language", ["it", "en", "de"])
def test_all_kinds_are_painted(qtbot: QtBot, kind: str, language: str) -> None:
    rows = 1 if kind == BAND else 6
    with using(language):
        sheet = shown(qtbot, kind, content(*ITEMS[: 2 if rows == 1 else 4], rows=rows, flows=kind != TABLE))
        sheet.set_now("d3", 545)
        sheet.select("talk" if kind != SMALL else "")
        image = sheet.grab().toImage()
        blank = QImage(image.size(), image.format())
        blank.fill(image.pixelColor(image.width() - 1, image.height() - 1))
        assert image != blank
