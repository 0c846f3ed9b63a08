"""The calendar grid under mouse and keyboard, and what it paints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit import pointer
from famdesk.ui.kit.grid.calendar_grid import CalendarGrid, GridBand, GridBox, GridColumn

COLUMNS = tuple(GridColumn(f"d{n}", f"day {10 + n}", today=n == 1) for n in range(5))
BOXES = (
    GridBox("a", "d0", 540, 600, "Talk", "Rossi · room 1", "A"),
    GridBox("b", "d1", 600, 645, "Mediation", "3 of 8", "B", "confirmed"),
    GridBox("c", "d1", 900, 960, "Team", "", "C", movable=False),
    GridBox("d", "d3", 1020, 1110, "Evening", "14 enrolled", "plain", "cancelled"),
)
BANDS = (GridBand("d0", 480, 720, "Main square"), GridBand("d4", 480, 1200, "", "closed", "Holiday"))
NO, ALT, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


class Heard:
    """Everything that a grid has emitted, in order."""

    def __init__(self, grid: CalendarGrid) -> None:
        self.all: list[tuple[object, ...]] = []
        for name in ("opened", "created", "moved", "resized", "cancel_requested", "space_pressed", "period_requested"):
            getattr(grid, name).connect(self._hear(name))

    def _hear(self, name: str) -> Callable[..., None]:
        return lambda *values: self.all.append((name, *values))


@pytest.fixture
def grid(qtbot: QtBot) -> Iterator[CalendarGrid]:
    made = CalendarGrid()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.set_hours(8, 20)
    made.set_content(COLUMNS, BOXES, BANDS)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.setFocus()
    yield made
    made.pointer.cancel()
    QTest.mouseRelease(made.viewport(), Qt.MouseButton.LeftButton)  # else the next test begins with it pressed


@pytest.fixture
def heard(grid: CalendarGrid) -> Heard:
    return Heard(grid)


def at(grid: CalendarGrid, column: int, minute: float, across: float = 0.5) -> QPoint:
    """A place in the view."""
    geometry = grid.scene.geometry
    point = QPointF(geometry.x(column) + geometry.column_width * across, geometry.y(minute))
    return (point - grid.offset() + QPointF(grid.view.style.gutter, 0)).toPoint()


def move(grid: CalendarGrid, place: QPoint, pressed: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    """Moves the mouse for the grid alone: the pointer of the whole screen would ask which window is on top there."""
    port = grid.viewport()
    everywhere = QPointF(port.mapToGlobal(place))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(place), everywhere, Qt.MouseButton.NoButton, pressed, NO)
    QApplication.sendEvent(port, event)


def drag(grid: CalendarGrid, start: QPoint, end: QPoint, release: bool = True) -> None:
    port, left = grid.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, NO, start)
    for share in (0.3, 0.7, 1.0):
        move(grid, start + (end - start) * share, left)
    if release:
        QTest.mouseRelease(port, left, NO, end)


def test_click_selects_and_double_click_opens(grid: CalendarGrid, heard: Heard) -> None:
    port, left = grid.viewport(), Qt.MouseButton.LeftButton
    QTest.mouseClick(port, left, NO, at(grid, 0, 570))
    assert grid.selected() == "a"
    QTest.mouseDClick(port, left, NO, at(grid, 1, 620))
    assert heard.all == [("opened", "b")]
    QTest.mouseClick(port, left, NO, at(grid, 2, 620))
    assert grid.selected() == ""
    assert grid.slot() == ("d2", 615)


def test_double_click_on_nothing_creates(grid: CalendarGrid, heard: Heard) -> None:
    grid.new_minutes = 45
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, NO, at(grid, 2, 700))
    assert heard.all == [("created", "d2", 690, 735)]


def test_drag_on_nothing_creates_in_both_directions(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 2, 662), at(grid, 2, 738))
    drag(grid, at(grid, 2, 850), at(grid, 4, 782))
    assert heard.all == [("created", "d2", 660, 735), ("created", "d2", 780, 855)]


def test_drag_moves_a_box_by_where_it_was_taken(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 0, 565), at(grid, 2, 625))
    assert heard.all == [("moved", "a", "d2", 600)]
    assert grid.view.overlay.ghost is None


def test_drag_keeps_the_box_inside_the_hours(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 0, 545), at(grid, 0, 480) - QPoint(0, 12))
    assert heard.all == [("moved", "a", "d0", 480)]


def test_drag_of_the_lower_edge_stretches(grid: CalendarGrid, heard: Heard) -> None:
    edge = at(grid, 0, 600) - QPoint(0, 3)
    drag(grid, edge, at(grid, 0, 658))
    drag(grid, edge, at(grid, 0, 480))
    assert heard.all == [("resized", "a", 660), ("resized", "a", 555)]


def test_snapping_follows_the_setting(grid: CalendarGrid, heard: Heard) -> None:
    grid.snap_minutes = 5
    drag(grid, at(grid, 0, 570), at(grid, 0, 581))
    assert heard.all == [("moved", "a", "d0", 550)]


def test_escape_gives_a_drag_up(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 0, 570), at(grid, 2, 700), release=False)
    assert grid.view.overlay.ghost is not None
    assert grid.view.overlay.ghost.title == "Talk"
    QTest.keyClick(grid, KEY.Key_Escape)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, NO, at(grid, 2, 700))
    assert grid.view.overlay.ghost is None
    assert heard.all == []
    assert grid.selected() == "a"


def test_new_content_gives_a_drag_up(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 0, 570), at(grid, 2, 700), release=False)
    grid.set_content(COLUMNS, BOXES[1:], BANDS)
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, NO, at(grid, 2, 700))
    assert heard.all == []


def test_what_may_not_move_does_not(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 1, 930), at(grid, 3, 700))
    grid.editable = False
    drag(grid, at(grid, 0, 570), at(grid, 3, 700))
    drag(grid, at(grid, 2, 570), at(grid, 2, 700))
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, NO, at(grid, 2, 700))
    grid.select("a")
    QTest.keyClick(grid, KEY.Key_Down, ALT)
    QTest.keyClick(grid, KEY.Key_Delete)
    assert heard.all == []


def test_a_held_drag_scrolls_at_the_edge(grid: CalendarGrid, qtbot: QtBot, heard: Heard) -> None:
    grid.set_zoom(3)
    grid.scroll_to(540)
    bar = grid.verticalScrollBar()
    before = bar.value()
    drag(grid, at(grid, 0, 560), QPoint(at(grid, 0, 560).x(), grid.viewport().height() - 2), release=False)
    qtbot.waitUntil(lambda: bar.value() > before + 60)
    moved = grid.view.overlay.ghost
    assert moved is not None
    assert moved.span.start > 560


def test_arrows_move_the_cursor_and_find_boxes(grid: CalendarGrid, heard: Heard) -> None:
    grid.set_slot(2, 600)
    for key, modifiers in ((KEY.Key_Down, NO), (KEY.Key_Down, SHIFT), (KEY.Key_Right, NO)):
        QTest.keyClick(grid, key, modifiers)
    assert grid.slot() == ("d3", 645)
    QTest.keyClick(grid, KEY.Key_Up)
    QTest.keyClick(grid, KEY.Key_Left)
    QTest.keyClick(grid, KEY.Key_Left)
    assert grid.selected() == "b"
    QTest.keyClick(grid, KEY.Key_Down)
    assert (grid.selected(), grid.slot()) == ("", ("d1", 660))
    QTest.keyClick(grid, KEY.Key_Up)
    assert grid.selected() == "b"
    QTest.keyClick(grid, KEY.Key_Up)
    assert (grid.selected(), grid.slot()) == ("", ("d1", 570))
    QTest.keyClick(grid, KEY.Key_Return)
    assert heard.all == [("created", "d1", 570, 600)]


def test_the_cursor_stays_in_the_grid(grid: CalendarGrid) -> None:
    QTest.keyClick(grid, KEY.Key_End)
    QTest.keyClick(grid, KEY.Key_Down)
    assert grid.slot() == ("d1", 1185)
    QTest.keyClick(grid, KEY.Key_Home)
    for _step in range(7):
        QTest.keyClick(grid, KEY.Key_Up)
        QTest.keyClick(grid, KEY.Key_Right)
    assert grid.slot() == ("d4", 480)
    QTest.keyClick(grid, KEY.Key_End, CONTROL)
    assert grid.selected() == "d"
    QTest.keyClick(grid, KEY.Key_Home, CONTROL)
    assert grid.selected() == "a"


def test_tab_walks_the_boxes_in_time_and_leaves(grid: CalendarGrid) -> None:
    grid.set_slot(0, 480)
    walked = []
    for _step in range(4):
        QTest.keyClick(grid, KEY.Key_Tab)
        walked.append(grid.selected())
    assert walked == ["a", "b", "c", "d"]
    QTest.keyClick(grid, KEY.Key_Backtab, SHIFT)
    assert grid.selected() == "c"


def test_tab_leaves_at_the_end(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    grid, after = CalendarGrid(window), QLineEdit(window)
    grid.resize(600, 400)
    after.move(0, 400)
    grid.set_content(COLUMNS, BOXES[:1], ())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    grid.setFocus()
    grid.select("a")
    QTest.keyClick(grid, KEY.Key_Tab)
    assert window.focusWidget() is after
    assert grid.selected() == "a"


def test_keys_of_a_box(grid: CalendarGrid, heard: Heard) -> None:
    grid.select("b")
    for key, modifiers in (
        (KEY.Key_Return, NO),
        (KEY.Key_Space, NO),
        (KEY.Key_Delete, NO),
        (KEY.Key_Down, ALT),
        (KEY.Key_Up, ALT),
        (KEY.Key_Left, ALT),
        (KEY.Key_Right, ALT),
        (KEY.Key_Down, ALT | SHIFT),
        (KEY.Key_Up, ALT | SHIFT),
        (KEY.Key_PageDown, NO),
        (KEY.Key_PageUp, NO),
    ):
        QTest.keyClick(grid, key, modifiers)
    assert heard.all == [
        ("opened", "b"),
        ("space_pressed", "b"),
        ("cancel_requested", "b"),
        ("moved", "b", "d1", 615),
        ("moved", "b", "d1", 585),
        ("moved", "b", "d0", 600),
        ("moved", "b", "d2", 600),
        ("resized", "b", 660),
        ("resized", "b", 630),
        ("period_requested", 1),
        ("period_requested", -1),
    ]


def test_moves_stop_at_the_borders(grid: CalendarGrid, heard: Heard) -> None:
    grid.set_content(COLUMNS, (GridBox("x", "d0", 480, 487, "X"), GridBox("y", "d4", 1155, 1200, "Y")), ())
    grid.select("x")
    for key in (KEY.Key_Up, KEY.Key_Left):
        QTest.keyClick(grid, key, ALT)
    QTest.keyClick(grid, KEY.Key_Up, ALT | SHIFT)
    grid.select("y")
    for key in (KEY.Key_Down, KEY.Key_Right):
        QTest.keyClick(grid, key, ALT)
    QTest.keyClick(grid, KEY.Key_Down, ALT | SHIFT)
    assert heard.all == [("resized", "x", 495)]


def test_selection_follows_its_box_and_ends_with_it(grid: CalendarGrid, qtbot: QtBot) -> None:
    grid.select("a")
    grid.set_content(COLUMNS, (replace(BOXES[0], column="d2", start_minute=700, end_minute=760),), ())
    assert (grid.selected(), grid.slot()) == ("a", ("d2", 700))
    with qtbot.waitSignal(grid.selected_changed) as changed:
        grid.set_content(COLUMNS, (), ())
    assert changed.args == [""]


def test_scroll_and_zoom_stay(grid: CalendarGrid) -> None:
    grid.set_zoom(2.5)
    grid.scroll_to(720)
    top = grid.scene.geometry.minute(grid.offset().y())
    grid.set_content(COLUMNS, BOXES[:2], BANDS)
    assert abs(grid.scene.geometry.minute(grid.offset().y()) - top) < 1
    grid.resize(800, 500)
    assert abs(grid.scene.geometry.minute(grid.offset().y()) - top) < 1


def test_control_wheel_zooms_around_the_pointer(grid: CalendarGrid) -> None:
    grid.set_zoom(2)
    grid.scroll_to(600)
    y = 200.0
    minute = grid.scene.geometry.minute(grid.offset().y() + y)
    event = QWheelEvent(
        QPointF(300, y),
        QPointF(grid.viewport().mapToGlobal(QPoint(300, 200))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CONTROL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), event)
    assert grid.zoom() == pytest.approx(2.3)
    assert abs(grid.scene.geometry.minute(grid.offset().y() + y) - minute) < 1
    QTest.keyClick(grid, KEY.Key_Plus, CONTROL)
    QTest.keyClick(grid, KEY.Key_Minus, CONTROL)
    assert grid.zoom() == pytest.approx(2.3)
    for _step in range(30):
        QTest.keyClick(grid, KEY.Key_Plus, CONTROL)
    assert grid.zoom() == 4.0
    QTest.keyClick(grid, KEY.Key_0, CONTROL)
    assert grid.zoom() == 1.0


def test_header_names_its_column(grid: CalendarGrid, qtbot: QtBot) -> None:
    middle = QPoint(at(grid, 3, 600).x(), grid.header.height() // 2)
    with qtbot.waitSignal(grid.column_activated) as pressed:
        QTest.mouseClick(grid.header, Qt.MouseButton.LeftButton, NO, middle)
    assert pressed.args == ["d3"]


def test_empty_grid_bears_everything(qtbot: QtBot) -> None:
    grid = CalendarGrid()
    qtbot.addWidget(grid)
    grid.resize(10, 10)
    with qtbot.waitExposed(grid):
        grid.show()
    for key in (KEY.Key_Down, KEY.Key_Return, KEY.Key_Tab, KEY.Key_Home, KEY.Key_PageDown, KEY.Key_Delete):
        QTest.keyClick(grid, key)
    QTest.mouseDClick(grid.viewport(), Qt.MouseButton.LeftButton, NO, QPoint(3, 3))
    grid.set_now("gone", 600)
    grid.grab()
    assert grid.slot() is None


def test_now_line_only_where_it_belongs(grid: CalendarGrid) -> None:
    grid.set_now("d1", 761)
    assert grid.view.overlay.now == (1, 761)
    grid.set_now("d1", 300)
    assert grid.view.overlay.now is None
    grid.set_now("d1", 761)
    grid.set_content(COLUMNS[2:], (), ())
    assert grid.view.overlay.now is None


def test_tooltip_has_the_whole_text(grid: CalendarGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(pointer.QToolTip, "showText", lambda _place, text, _widget: shown.append(text))
    grid.set_content(COLUMNS, (replace(BOXES[0], title="Talk <b>", state="no_show"), *BOXES[1:]), BANDS)
    for place in (at(grid, 0, 570), at(grid, 0, 700), at(grid, 4, 600), at(grid, 2, 600)):
        QApplication.sendEvent(grid.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, place))
    assert shown == [
        "<b>Talk &lt;b&gt;</b><br>9:00–10:00<br>Rossi · room 1<br>did not come",
        "Main square",
        "Holiday",
        "",
    ]


def test_menu_by_mouse_and_by_key(grid: CalendarGrid) -> None:
    asked: list[tuple[object, ...]] = []
    grid.context_requested.connect(lambda *values: asked.append(values))
    for place in (at(grid, 1, 615), at(grid, 2, 722)):
        reason = QContextMenuEvent.Reason.Mouse
        QApplication.sendEvent(grid.viewport(), QContextMenuEvent(reason, place, QPoint(7, 8)))
    grid.select("a")
    QTest.keyClick(grid, KEY.Key_Menu)
    assert asked[:2] == [("b", "d1", 615, QPoint(7, 8)), ("", "d2", 720, QPoint(7, 8))]
    assert asked[2][:3] == ("a", "d0", 540)


def test_hover_shows_where_a_box_can_be_stretched(grid: CalendarGrid) -> None:
    shapes = []
    for place in (at(grid, 0, 570), at(grid, 0, 600) - QPoint(0, 3), at(grid, 1, 960) - QPoint(0, 3), at(grid, 2, 600)):
        move(grid, place)
        shapes.append((grid.view.overlay.hovered, grid.viewport().cursor().shape()))
    arrow, stretch = Qt.CursorShape.ArrowCursor, Qt.CursorShape.SizeVerCursor
    assert shapes == [("a", arrow), ("a", stretch), ("c", arrow), ("", arrow)]


def test_losing_the_focus_gives_a_drag_up(grid: CalendarGrid, heard: Heard) -> None:
    drag(grid, at(grid, 0, 570), at(grid, 2, 700), release=False)
    grid.clearFocus()
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, NO, at(grid, 2, 700))
    assert heard.all == []


def test_many_columns_scroll_sideways(grid: CalendarGrid) -> None:
    columns = [GridColumn(f"o{n}", f"Operator {n}") for n in range(20)]
    grid.set_content(columns, [GridBox("z", "o19", 600, 660, "Far")], ())
    assert grid.horizontalScrollBar().maximum() > 0
    grid.select("z")
    rect = grid.on_screen(grid.scene.rect("z"))
    port = QRect(grid.viewport().mapToGlobal(QPoint(0, 0)), grid.viewport().size())
    assert port.contains(rect)
    assert QRectF(rect).width() > grid.view.style.em
