"""What the calendar grid paints: words that fit, colours, one picture for many repaints."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from famdesk.ui.kit.colours import DARK, LIGHT, contrast
from famdesk.ui.kit.grid.boxes import BoxPainter
from famdesk.ui.kit.grid.calendar_grid import CalendarGrid, GridBand, GridBox, GridColumn
from famdesk.ui.kit.theme import Look, dressed

COLUMNS = tuple(GridColumn(f"d{n}", f"day {10 + n}", today=n == 1) for n in range(5))
BOXES = (
    GridBox("a", "d0", 540, 600, "Talk", "Rossi · room 1", "A"),
    GridBox("b", "d1", 600, 645, "Mediation", "3 of 8", "B", "confirmed"),
    GridBox("c", "d1", 900, 960, "Team", "", "C", movable=False),
    GridBox("d", "d3", 1020, 1110, "Evening", "14 enrolled", "plain", "cancelled"),
)
BANDS = (GridBand("d0", 480, 720, "Main square"), GridBand("d4", 480, 1200, "", "closed", "Holiday"))


@pytest.fixture
def grid(qtbot: QtBot) -> CalendarGrid:
    made = CalendarGrid()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.set_hours(8, 20)
    made.set_content(COLUMNS, BOXES, BANDS)
    with qtbot.waitExposed(made):
        made.show()
    return made


def picture(grid: CalendarGrid, ratio: float = 1.0) -> QImage:
    return grid.view.picture(QSizeF(grid.viewport().size()), grid.offset(), ratio).toImage()


@pytest.mark.parametrize("zoom", [100, 200])
@pytest.mark.parametrize("minutes", [5, 10, 15, 20, 30, 45, 60, 90, 240])
@pytest.mark.parametrize("ratio", [1.0, 1.5])
def test_no_half_cut_letters(qapp: QApplication, grid: CalendarGrid, zoom: int, minutes: int, ratio: float) -> None:
    dressed(qapp, Look.LIGHT, zoom)
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
    dressed(qapp, look)
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
    dressed(qapp, look)
    style = grid.view.style
    for tone in ("A", "B", "C", "plain", "busy"):
        ink = style.ink(tone)  # type: ignore[arg-type]
        assert min(contrast(colour, ink.ground) for colour in (ink.title, ink.text, ink.edge)) >= 4.5
