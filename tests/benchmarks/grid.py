"""How long the calendar takes to paint: `python tests/benchmarks/grid.py [--json]`.

1,000 legible boxes in a week and 5,000 in a month at 1920×1080 on the offscreen platform. Medians of 40 rounds in
milliseconds: on the clock, and of the processor for this thread, which others on the machine do not lengthen as much;
the least of all rounds; and the ratio to filling an image of that size, measured in the same rounds. A drag is 120
movements of the mouse over the real widget; a frame is dropped if one takes longer than the 16.7 ms of a screen with
60 Hz.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSizeF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from famdesk.ui.kit.cells.calendar_cells import Cell, CellContent, CellGrid, CellHead, CellItem
from famdesk.ui.kit.grid.calendar_grid import CalendarGrid, GridBand, GridBox, GridColumn
from famdesk.ui.kit.grid.model import BoxTone, Span
from famdesk.ui.kit.grid.overlay import Ghost
from famdesk.ui.kit.theme import Look, Theme

ROUNDS = 40
MOVES = 120
FRAME_MS = 1000 / 60
WEEKS = 6
Timed = tuple[float, float]
TONES: tuple[BoxTone, ...] = ("A", "B", "C")
SIZE = QSizeF(1920, 1080)


def main() -> None:
    """Measure and print."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme = Theme(application, Look.LIGHT)
    grid, content = filled(1000)
    usual, _content = filled(60)
    month, month_content = filled_month(5000)
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
        "month: full repaint, 5,000 items": lambda: repaint_month(month, image),
        "month: drag ghost": lambda: month_overlay(month, image),
        "month: new content and its first painting": lambda: renew_month(month, image, month_content),
    }
    times: dict[str, list[Timed]] = {name: [] for name in rows}
    for group in ([name for name in rows if "month" not in name], [name for name in rows if "month" in name]):
        for _round in range(ROUNDS):
            for name in group:
                times[name].append(timed(rows[name]))
    grid.show()
    month.show()
    QApplication.processEvents()
    one, other = (grid.screen_rect(grid.scene.placed[number].box.id) for number in (4, 850))
    times["week: a movement of a drag, painted"] = drag(grid, one.center(), other.center())
    from_, to = month.scene.rects(month.scene.order[0])[0], month.scene.cell_rect(38)
    times["month: a movement of a drag, painted"] = drag(
        month, month.on_screen(from_).center(), month.on_screen(to).center()
    )
    show(times)
    theme.deleteLater()


def timed(action: Callable[[], None]) -> Timed:
    """Milliseconds on the clock and of the processor."""
    start, busy = time.perf_counter(), time.thread_time()
    action()
    return (time.perf_counter() - start) * 1000, (time.thread_time() - busy) * 1000


def show(times: dict[str, list[Timed]]) -> None:
    """Print medians, the least, and the ratio to the floor."""
    result = {name: [statistics.median(one) for one in zip(*values, strict=True)] for name, values in times.items()}
    floor = result["fill of an image"][0]
    if "--json" in sys.argv:
        print(json.dumps({name: {"ms": ms, "cpu": cpu, "ratio": ms / floor} for name, (ms, cpu) in result.items()}))
        return
    print(
        f"{'1920×1080, offscreen, ' + str(ROUNDS) + ' rounds':52}{'clock ms':>10}{'cpu ms':>9}{'least':>8}{'× fill':>8}"
    )
    for name, (ms, cpu) in result.items():
        print(f"{name:52}{ms:10.2f}{cpu:9.2f}{min(times[name])[0]:8.2f}{ms / floor:8.1f}")
    for name in (name for name in times if "movement" in name):
        late, busy = (sum(one[kind] > FRAME_MS for one in times[name]) for kind in (0, 1))
        print(f"{name}: {late} of {len(times[name])} frames dropped at 60 Hz, {busy} by the work itself")


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
    tone = chance.choice(TONES)
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


def filled_month(count: int) -> tuple[CellGrid, CellContent]:
    """Six weeks with so many items, one in fifty over several days."""
    month = CellGrid()
    month.setFixedSize(SIZE.toSize())
    content = month_of(count, "")
    month.set_content(content)
    month.set_now("17", 761)
    month.show()
    return month, content


def month_of(count: int, mark: str) -> CellContent:
    """The content of a month; `mark` makes its texts new."""
    chance = random.Random(7)
    cells = tuple(Cell(str(n), f"day {n}", str(n % 31 + 1), "17:00–19:00", today=n == 17) for n in range(7 * WEEKS))
    columns = tuple(CellHead(str(n), f"day {n}") for n in range(7))
    rows = tuple(CellHead(str(n), str(n + 5)) for n in range(WEEKS))
    items = []
    for number in range(count):
        first = number % (7 * WEEKS)
        bar = number % 50 == 0
        last = min(7 * WEEKS - 1, first + 3) if bar else first
        minute = 480 + 5 * (number // 42)
        name, room, at = f"Talk {mark}{number}", f"room {number % 9}", f"{minute // 60}:{minute % 60:02}"
        tone = chance.choice(TONES)
        items.append(CellItem(f"{mark}{number}", str(first), str(last), name, room, at, minute, bar, tone))
    return CellContent(columns, rows, cells, tuple(items))


def repaint_month(month: CellGrid, image: QImage) -> None:
    """The resting picture and the overlay, from nothing but kept text."""
    month.forget()
    month_overlay(month, image)


def month_overlay(month: CellGrid, image: QImage) -> None:
    """A ghost over another day."""
    ghost = month.overlay.ghost
    day = 0 if ghost is None or ghost[0] > 35 else ghost[0] + 1
    month.show_over(ghost=(day, day + 3))
    month.paint(image, QRect(0, 0, 1920, 1080), QSizeF(month.viewport().size()))


def renew_month(month: CellGrid, image: QImage, content: CellContent) -> None:
    """Another month: texts never seen before, laid out, shaped and painted; then the one before again."""
    month.set_content(month_of(len(content.items), f"{time.perf_counter_ns() % 10**6}-"))
    month.paint(image, QRect(0, 0, 1920, 1080), SIZE)
    month.set_content(content)


def drag(widget: CalendarGrid | CellGrid, start: QPoint, end: QPoint) -> list[Timed]:
    """An item held with the mouse over the real widget: how long each movement takes until it is painted."""
    view = widget.viewport()
    start, end = view.mapFromGlobal(start), view.mapFromGlobal(end)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    found = []
    for number in range(1, MOVES + 1):
        at = start + (end - start) * (number / MOVES)
        found.append(timed(partial(move, view, moved_to(at, view.mapToGlobal(at)))))
    if not widget.pointer.dragging():
        raise SystemExit("the drag did not begin")
    widget.pointer.cancel()
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=start)
    return found


def move(view: QWidget, event: QMouseEvent) -> None:
    """One movement, until it is painted."""
    QApplication.sendEvent(view, event)
    view.repaint()


def moved_to(at: QPoint, on_screen: QPoint) -> QMouseEvent:
    """The mouse with its left button held."""
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(on_screen), Qt.MouseButton.NoButton, left,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


if __name__ == "__main__":
    main()
