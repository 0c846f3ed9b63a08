"""How long the calendar grid takes to paint: `python tests/benchmarks/grid.py [--json]`.

1,000 legible boxes in a week at 1920×1080 on the offscreen platform. Medians of 40 rounds in milliseconds, and their
ratio to filling an image of that size, measured in the same rounds.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QPointF, QRect, QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from famdesk.ui.kit.grid import CalendarGrid, GridBand, GridBox, GridColumn
from famdesk.ui.kit.grid_model import Span
from famdesk.ui.kit.grid_overlay import Ghost
from famdesk.ui.kit.theme import Look, Theme

ROUNDS = 40
SIZE = QSizeF(1920, 1080)


def main() -> None:
    """Measure and print."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(application, Look.LIGHT)
    grid, content = filled(1000)
    usual, _content = filled(60)
    image = QImage(SIZE.toSize(), QImage.Format.Format_RGB32)
    rows: dict[str, Callable[[], None]] = {
        "fill of an image": lambda: image.fill(0xFFFFFFFF),
        "full repaint, 1,000 boxes": lambda: repaint(grid, image),
        "full repaint, 60 boxes": lambda: repaint(usual, image),
        "scrolled by a line": lambda: scroll(grid, image),
        "drag ghost": lambda: overlay(grid, image),
        "now-line": lambda: now_line(grid, image),
        "new content and its first painting, 1,000 boxes": lambda: renew(grid, image, content),
        "the same with boxes seen before, 1,000 boxes": lambda: relayout(grid, image),
    }
    times: dict[str, list[float]] = {name: [] for name in rows}
    for _round in range(ROUNDS):
        for name, action in rows.items():
            start = time.perf_counter()
            action()
            times[name].append((time.perf_counter() - start) * 1000)
    floor = statistics.median(times["fill of an image"])
    result = {name: (statistics.median(values), max(values)) for name, values in times.items()}
    if "--json" in sys.argv:
        print(json.dumps({name: {"ms": ms, "ratio": ms / floor} for name, (ms, _most) in result.items()}))
    else:
        print(f"{'1920×1080, offscreen, ' + str(ROUNDS) + ' rounds':52}{'median ms':>11}{'max ms':>9}{'× fill':>9}")
        for name, (ms, most) in result.items():
            print(f"{name:52}{ms:11.2f}{most:9.2f}{ms / floor:9.1f}")
    theme.deleteLater()


def filled(count: int) -> tuple[CalendarGrid, list[GridBox]]:
    """A week with so many boxes of 30 to 60 minutes, five columns, opening hours in each."""
    chance = random.Random(7)
    grid = CalendarGrid()
    grid.resize(SIZE.toSize())
    grid.setFixedSize(SIZE.toSize())
    columns = [GridColumn(str(number), f"day {number}", today=number == 1) for number in range(5)]
    boxes = [box(chance, number) for number in range(count)]
    grid.set_content(columns, boxes, [GridBand(str(number), 540, 840, "Main square") for number in range(5)])
    grid.set_now("1", 761)
    return grid, boxes


def box(chance: random.Random, number: int, mark: str = "") -> GridBox:
    """A quarter of an hour; four side by side in each of five columns, so that all of them have room for words."""
    start = 480 + 15 * (number // 20)
    tone = chance.choice(("A", "B", "C"))
    name = f"Talk {mark}{number}"
    return GridBox(f"{mark}{number}", str(number % 5), start, start + 15, name, f"room {number % 9}", tone)


def repaint(grid: CalendarGrid, image: QImage) -> None:
    """The resting picture and the overlay, from nothing but kept text."""
    grid.view.forget()
    overlay(grid, image)


def scroll(grid: CalendarGrid, image: QImage) -> None:
    """Another scroll position."""
    offset = QPointF(0, 20 if grid.view.drawn_at().y() == 0 else 0)
    grid.view.paint(image, QRect(0, 0, 1920, 1080), SIZE, offset)


def overlay(grid: CalendarGrid, image: QImage) -> None:
    """A ghost at another place, the whole view painted."""
    ghost = grid.view.overlay.ghost
    start = 600 if ghost is None or ghost.span.start > 900 else ghost.span.start + 15
    grid.view.over(ghost=Ghost(Span(2, start, start + 45), "Talk", "7"))
    grid.view.paint(image, QRect(0, 0, 1920, 1080), SIZE, grid.view.drawn_at())


def now_line(grid: CalendarGrid, image: QImage) -> None:
    """The next minute."""
    now = grid.view.overlay.now or (1, 761)
    grid.view.over(now=(1, now[1] + 1 if now[1] < 1100 else 500))
    grid.view.paint(image, QRect(0, 0, 1920, 1080), SIZE, grid.view.drawn_at())


def renew(grid: CalendarGrid, image: QImage, content: list[GridBox]) -> None:
    """Another week: texts never seen before, laid out, shaped and painted."""
    chance = random.Random(time.perf_counter_ns())
    mark = f"{chance.randrange(10**6)}-"
    boxes = [box(chance, number, mark) for number in range(len(content))]
    grid.set_content(grid.scene.content.columns, boxes, grid.scene.content.bands)
    grid.view.paint(image, QRect(0, 0, 1920, 1080), SIZE, QPointF(0, 0))


def relayout(grid: CalendarGrid, image: QImage) -> None:
    """The same week again, as after a save."""
    content = grid.scene.content
    grid.set_content(content.columns, content.boxes, content.bands)
    grid.view.paint(image, QRect(0, 0, 1920, 1080), SIZE, QPointF(0, 0))


if __name__ == "__main__":
    main()
