"""The calendar grid under mouse and keyboard, and what it paints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.colours import DARK, LIGHT, contrast
from famdesk.ui.kit.grid import CalendarGrid, GridBand, GridBox, GridColumn
from famdesk.ui.kit.grid_boxes import BoxPainter
from famdesk.ui.kit.theme import Look, Theme

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


@pytest.fixture
def heard(grid: CalendarGrid) -> Heard:
    return Heard(grid)


def at(grid: CalendarGrid, column: int, minute: float, across: float = 0.5) -> QPoint:
    """A place in the view."""
    geometry = grid.scene.geometry
    point = QPointF(geometry.x(column) + geometry.column_width * across, geometry.y(minute))
    return (point - grid.offset() + QPointF(grid.view.style.gutter, 0)).toPoint()


def drag(grid: CalendarGrid, start: QPoint, end: QPoint, release: bool = True) -> None:
    port, left = grid.viewport(), Qt.MouseButton.LeftButton
    QTest.mousePress(port, left, NO, start)
    for share in (0.3, 0.7, 1.0):
        QTest.mouseMove(port, start + (end - start) * share)
    if release:
        QTest.mouseRelease(port, left, NO, end)


def picture(grid: CalendarGrid, ratio: float = 1.0) -> QImage:
    return grid.view.picture(QSizeF(grid.viewport().size()), grid.offset(), ratio).toImage()


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


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("minutes", [5, 10, 15, 20, 30, 45, 60, 90, 240])
@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_no_half_cut_letters(qapp: QApplication, grid: CalendarGrid, zoom: int, minutes: int, ratio: float) -> None:
    theme = Theme(qapp, Look.LIGHT, zoom)
    title, text = "Sostegno alla genitorialità ÄÖg", "Famiglia De Santis Bevilacqua, stanza 2, con mediatrice culturale"
    boxes = [
        replace(
            BOXES[0], id=f"{n}", start_minute=480 + 3 * (n % 3), end_minute=480 + 3 * (n % 3) + minutes, title=title
        )
        for n in range(4)
    ]
    grid.set_content(COLUMNS, [replace(box, text=text, state="arrived") for box in boxes], ())
    painter = BoxPainter(grid.view.style, ratio)
    line = grid.view.style.line
    for placed, rect in zip(grid.scene.placed, grid.scene.rects, strict=True):
        plan = painter.plan(placed.box, rect)
        inside = painter.aligned(rect)
        for _ink, position, words in plan.texts:
            assert position.y() >= inside.top() - 0.5
            assert position.y() + line <= inside.bottom() + 1
            assert position.x() + words.size().width() <= inside.right() + 1
        tops = sorted({position.y() for _ink, position, _words in plan.texts})
        assert all(below - above >= line - 1 for above, below in pairwise(tops))
    theme.set_zoom(100)
    theme.deleteLater()


def test_boxes_have_the_words_that_fit(grid: CalendarGrid) -> None:
    grid.set_content(COLUMNS[:1], (BOXES[0], replace(BOXES[0], id="s", start_minute=700, end_minute=715)), ())
    painter = BoxPainter(grid.view.style, 1.0)
    words = {
        placed.box.id: [line.text() for _ink, _at, line in painter.plan(placed.box, rect).texts]
        for placed, rect in zip(grid.scene.placed, grid.scene.rects, strict=True)
    }
    assert words == {"a": ["Talk", "Rossi · room 1"], "s": ["Talk", "· Rossi · room 1"]}


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_a_thousand_boxes(qapp: QApplication, grid: CalendarGrid, look: Look, ratio: float) -> None:
    theme = Theme(qapp, look)
    states = ("planned", "confirmed", "arrived", "done", "no_show", "cancelled")
    tones = ("A", "B", "C", "plain", "busy")
    boxes = [
        GridBox(f"{n}", f"d{n % 5}", 480 + n % 660, 500 + n % 690, f"B {n}", "x", tones[n % 5], states[n % 6])  # type: ignore[arg-type]
        for n in range(1000)
    ]
    grid.set_content(COLUMNS, boxes, BANDS)
    grid.set_now("d1", 700)
    grid.select("500")
    image = picture(grid, ratio)
    assert image.width() == round(grid.viewport().width() * ratio)
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 3) for y in range(0, image.height(), 7)}
    table = DARK if look == Look.DARK else LIGHT
    assert {table.card, table.a.tint, table.b.tint, table.c.tint, table.a.text} <= colours
    grid.grab()
    theme.set_look(Look.LIGHT)
    theme.deleteLater()


def test_an_overlay_does_not_draw_the_picture_again(grid: CalendarGrid) -> None:
    size, dirty = QSizeF(grid.viewport().size()), QRect(QPoint(0, 0), grid.viewport().size())
    image = QImage(grid.viewport().size(), QImage.Format.Format_RGB32)
    grid.view.paint(image, dirty, size, grid.offset())
    before = grid.view.picture(size, grid.offset(), 1.0).cacheKey()
    grid.set_now("d1", 702)
    grid.select("a")
    grid.view.paint(image, dirty, size, grid.offset())
    assert grid.view.picture(size, grid.offset(), 1.0).cacheKey() == before
    grid.set_content(COLUMNS, BOXES, ())
    assert grid.view.picture(size, grid.offset(), 1.0).cacheKey() != before


def test_band_names_keep_clear_of_boxes(grid: CalendarGrid) -> None:
    bands = (GridBand("d0", 540, 720, "Main square"), GridBand("d1", 600, 645, "Annex"))
    grid.set_content(COLUMNS, BOXES, bands)
    free, covered = grid.scene.bands
    assert free.free == (600, 720)
    assert covered.free is None
    assert grid.scene.rect("b").left() > grid.scene.geometry.x(1) + grid.view.style.small_line
    assert grid.scene.rect("c").left() < grid.scene.geometry.x(1) + grid.view.style.small_line


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_words_in_boxes_are_legible(qapp: QApplication, grid: CalendarGrid, look: Look) -> None:
    theme = Theme(qapp, look)
    style = grid.view.style
    for tone in ("A", "B", "C", "plain", "busy"):
        ink = style.ink(tone)  # type: ignore[arg-type]
        assert min(contrast(colour, ink.ground) for colour in (ink.title, ink.text, ink.edge)) >= 4.5
    theme.set_look(Look.LIGHT)
    theme.deleteLater()


def test_many_columns_scroll_sideways(grid: CalendarGrid) -> None:
    columns = [GridColumn(f"o{n}", f"Operator {n}") for n in range(20)]
    grid.set_content(columns, [GridBox("z", "o19", 600, 660, "Far")], ())
    assert grid.horizontalScrollBar().maximum() > 0
    grid.select("z")
    rect = grid.on_screen(grid.scene.rect("z"))
    port = QRect(grid.viewport().mapToGlobal(QPoint(0, 0)), grid.viewport().size())
    assert port.contains(rect)
    assert QRectF(rect).width() > grid.view.style.em
