"""A PDF file from painted pages: paper, pen, page numbers, metadata without persons, safe writing to disk.

A page is a function that paints on a `Pen`; all pages are known before the first is painted, so each can say how many
there are. The same content gives the same bytes. Coordinates run from the top left corner, in points.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

from famdesk.domain.errors import Unavailable
from famdesk.i18n import N_, _, from_right, language
from famdesk.sheets.engine import painting
from famdesk.sheets.engine.faces import is_unseen
from famdesk.sheets.engine.tags import Tags
from famdesk.sheets.style import Style
from famdesk.sheets.text import Line, Lines, baseline, one_line

PROGRAM = "FamDesk"


class CannotWrite(Unavailable):
    """The file could not be written: a full disk, a missing folder, a file that another program holds open."""

    message = N_("The file “{file}” could not be written. Is it open in another program, or is the disk full?")


@dataclass(frozen=True, slots=True)
class _Size:
    """Width and height of the paper in points; `zoom` enlarges the drawing, which stays in points of A4 or A6."""

    width: float
    height: float
    zoom: float = 1.0


class Paper(Enum):
    """Paper sizes (ISO 216), upright, or lying where a name says so."""

    A6 = _Size(297.638, 419.528)
    A4 = _Size(595.276, 841.89)
    A3 = _Size(841.89, 1190.551, 841.89 / 595.276)
    A4_LYING = _Size(841.89, 595.276)
    A3_LYING = _Size(1190.551, 841.89, 841.89 / 595.276)

    @property
    def width(self) -> float:
        """Width of the drawing, in its own points: the same for A4 and A3."""
        return self.value.width / self.value.zoom

    @property
    def height(self) -> float:
        """Height of the drawing, in its own points."""
        return self.value.height / self.value.zoom


@dataclass(frozen=True, slots=True)
class Folio:
    """Which page this is, of how many."""

    number: int
    total: int

    def sentence(self) -> str:
        return _("page {number} of {total}").format(number=self.number, total=self.total)


Strokes = Sequence[Sequence[tuple[float, ...]]]
"""An outline icon: strokes in a square of 24 units, each of points and curves."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A short text on a line, with its left edge at `x`."""

    text: str
    style: Style
    x: float


class Pen:
    """Paints on one page. `x` runs to the right and `y` downwards from the top left corner.

    On a sheet in a language that is read from right to left the whole page is turned over: `x` runs to the left from
    the top right corner, and "left" is where lines begin. Letters, figures and icons stay as they are.
    """

    def __init__(self, canvas: Any, paper: Paper, tags: Tags) -> None:
        self._canvas = canvas
        self._tags = tags
        self._turned = from_right()
        self.width = paper.width
        self.height = paper.height

    def lines(self, lines: Lines, x: float, y: float, *, align: str = "left") -> None:
        """A broken text with its top at `y`; `x` is its left edge, its right edge or its middle, as `align` says."""
        style = lines.style
        base = y + lines.first_baseline
        with self._tags.content(style.role, actual=_actual(lines)):
            for line in lines.lines:
                self._line(line, style, x, base, align, block=lines.width)
                base += lines.pitch

    def line(self, text: str, style: Style, x: float, y: float, *, room: float, align: str = "left") -> Lines:
        """One line of text with its top at `y`, shrunk to `room` if needed; tells how it was set.

        Raises:
            DoesNotFit: if it does not fit at the floor of the style.
        """
        lines = one_line(text, style, room)
        with self._tags.content(style.role, actual=_actual(lines)):
            # A shrunk text stays on the baseline of its neighbours.
            self._line(lines.lines[0], lines.style, x, y + baseline(style), align)
        return lines

    def row(self, cells: Sequence[Cell], y: float) -> None:
        """Texts far apart on one line that belong together, such as a weekday and its hours: an item of the list that
        is open, or a paragraph for each.

        Readers that turn the file into text guess columns from gaps and would tear them apart; so the line carries its
        words (ISO 32000-1, 14.9.4, ActualText).
        """
        within = self._tags.role
        self._begin_words(" ".join(cell.text for cell in cells))
        with self._tags.element("LI") if within == "L" else nullcontext():
            for number, cell in enumerate(cells):
                role = ("LBody" if number or len(cells) == 1 else "Lbl") if within in {"L", "LI"} else "P"
                with self._tags.content(role, actual=_actual(Lines.of((cell.text,), cell.style))):
                    self._string(cell.text, cell.style, cell.x, y + baseline(cell.style), "left")
        self._canvas._code.append("EMC")

    def spaced(self, text: str, style: Style, x: float, y: float, pitch: float) -> None:
        """A code whose characters stand in the middle of fields of equal width, and are still read as one word."""
        with self._tags.content(style.role):
            self._begin_words(text)
            for index, character in enumerate(text):
                place = len(text) - 1 - index if self._turned else index
                self._string(character, style, x + pitch * (place + 0.5), y + baseline(style), "centre")
            self._canvas._code.append("EMC")

    def items(self) -> AbstractContextManager[Any]:
        """The rows that are painted in the block are the items of one list."""
        return self._tags.element("L")

    @contextmanager
    def table_row(self, table: str) -> Iterator[None]:
        """The cells that are painted in the block are a row of the table of that name, which goes on over pages; every
        row of a table has the same cells."""
        with self._tags.element("Table", key=f"table {table}"), self._tags.element("TR"):
            yield

    def cell(self, heads: str | None = None) -> AbstractContextManager[Any]:
        """What is painted in the block is a cell, an empty one too; `heads` "Column" or "Row": it heads one."""
        return self._tags.element("TH" if heads else "TD", scope=heads)

    def element(self, role: str, *, key: str | None = None, **about: Any) -> AbstractContextManager[Any]:
        """What is painted in the block belongs together: Table, TR, L, LI, Sect. With a `key` it goes on wherever the
        key comes again, also on another page."""
        return self._tags.element(role, key=key, **about)

    def aside(self) -> AbstractContextManager[None]:
        """What is painted in the block is said on every page or an ornament: it is not read aloud."""
        return self._tags.artifact("Pagination")

    def figure(self, alt: str, x: float, y: float, width: float, height: float) -> AbstractContextManager[None]:
        """What is painted in the block is one picture; `alt` says in words what it shows."""
        left = self._left(x, width)
        box = (left, self.height - y - height, left + width, self.height - y)
        return self._tags.content("Figure", alt=alt, box=box)

    def fill(self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0) -> None:
        """A filled rectangle."""
        with self._tags.artifact():
            self._canvas.setFillColor(colour)
            self._canvas.roundRect(
                self._left(x, width), self.height - y - height, width, height, radius, stroke=0, fill=1
            )

    def rule(self, x: float, y: float, width: float, colour: str, *, weight: float = 0.75) -> None:
        """A horizontal line."""
        with self._tags.artifact():
            self._stroke(colour, weight)
            left = self._left(x, width)
            self._canvas.line(left, self.height - y, left + width, self.height - y)

    def frame(self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0) -> None:
        """An outlined rectangle."""
        with self._tags.artifact():
            self._stroke(colour, 0.75)
            self._canvas.roundRect(
                self._left(x, width), self.height - y - height, width, height, radius, stroke=1, fill=0
            )

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around `x`, `y`."""
        with self._tags.artifact():
            self._canvas.setFillColor(colour)
            self._canvas.circle(self._left(x), self.height - y, radius, stroke=0, fill=1)

    def ring(self, x: float, y: float, radius: float, colour: str, weight: float) -> None:
        """A circle line around `x`, `y`."""
        with self._tags.artifact():
            self._stroke(colour, weight)
            self._canvas.circle(self._left(x), self.height - y, radius, stroke=1, fill=0)

    def outline(self, strokes: Strokes, x: float, y: float, size: float,
                colour: str, weight: float) -> None:  # fmt: skip
        """Open strokes drawn in a square of 24 units: a pair is a point, six numbers are a curve to the last pair."""
        with self._tags.artifact():
            unit, x = size / 24, self._left(x, size)
            self._stroke(colour, weight)
            self._canvas.setLineCap(1)
            self._canvas.setLineJoin(1)
            for stroke in strokes:
                path = self._canvas.beginPath()
                for index, numbers in enumerate(stroke):
                    placed = [
                        x + n * unit if place % 2 == 0 else self.height - y - n * unit
                        for place, n in enumerate(numbers)
                    ]
                    (path.curveTo if len(placed) == 6 else path.moveTo if index == 0 else path.lineTo)(*placed)
                self._canvas.drawPath(path, stroke=1, fill=0)

    def path(self, points: Sequence[tuple[float, float]], colour: str, weight: float, *, dash: Sequence[float] = (),
             closed: bool = False, fill: str | None = None) -> None:  # fmt: skip
        """A line through points, closed and filled if wanted; `dash` are lengths of line and gap, in points."""
        with self._tags.artifact():
            self._stroke(colour, weight)
            self._canvas.setLineCap(0 if dash else 1)
            self._canvas.setLineJoin(1)
            self._canvas.setDash(list(dash))
            if fill:
                self._canvas.setFillColor(fill)
            path = self._canvas.beginPath()
            for index, (x, y) in enumerate(points):
                (path.lineTo if index else path.moveTo)(self._left(x), self.height - y)
            if closed:
                path.close()
            self._canvas.drawPath(path, stroke=1, fill=1 if fill else 0)
            self._canvas.setDash([])

    @contextmanager
    def inside(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """Whatever is painted in this block is seen only within the rectangle. For ornaments, never for text."""
        self._canvas.saveState()
        path = self._canvas.beginPath()
        path.rect(self._left(x, width), self.height - y - height, width, height)
        self._canvas.clipPath(path, stroke=0, fill=0)
        yield
        self._canvas.restoreState()

    def _begin_words(self, words: str) -> None:
        """Whatever is drawn until the end mark stands for these words."""
        self._canvas._code.append(f"/Span <</ActualText <FEFF{words.encode('utf-16-be').hex().upper()}>>> BDC")

    def _stroke(self, colour: str, weight: float) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(weight)

    def _string(self, text: str, style: Style, x: float, base: float, align: str) -> None:
        self._line(Lines.of((text,), style).lines[0], style, x, base, align)

    def _line(self, line: Line, style: Style, x: float, base: float, align: str, *, block: float | None = None) -> None:
        """A line at its place; in a `block` of that width one that is read from the other side begins there."""
        width = line.em * style.size
        left = self._left(x - width * {"left": 0.0, "right": 1.0, "centre": 0.5}[align], width)
        if block and align == "left" and line.whole.from_right != self._turned:
            left += (block - width) * (-1 if self._turned else 1)
        painting.draw(self._canvas, line.whole.text, line.runs(), style.size, style.colour, left, self.height - base)

    def _left(self, x: float, width: float = 0.0) -> float:
        """The left end, on the paper, of what begins at `x` and is so wide."""
        return self.width - x - width if self._turned else x


def _actual(lines: Lines) -> str | None:
    """The text in reading order, where lines from right to left do not tell it by themselves."""
    if all(line.whole.levels.plain for line in lines.lines):
        return None
    return " ".join("".join(one for one in line.text if not is_unseen(one)) for line in lines.lines)


Painter = Callable[[Pen, Folio], None]
"""Paints one page."""


def build(pages: Sequence[Painter], paper: Paper, title: str) -> bytes:
    """The PDF file of these pages. `title` is the kind of sheet and is the only word in its metadata; never a name.

    Raises:
        RuleError: what the painters raise; there is no half file.
    """
    canvas, buffer = _canvas(paper, title)
    tags = Tags(canvas)
    for number, paint in enumerate(pages, start=1):
        canvas.saveState()
        canvas.scale(paper.value.zoom, paper.value.zoom)
        paint(Pen(canvas, paper, tags), Folio(number, len(pages)))
        canvas.restoreState()
        canvas.showPage()
        tags.end_page()
    tags.write(title)
    canvas.save()
    return buffer.getvalue()


def save(data: bytes, path: Path) -> None:
    """Write a sheet to `path`, whole or not at all: a file that was there before stays until the new one is complete.

    Raises:
        CannotWrite: if the disk or the system refuses.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(prefix=".sheet-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as problem:
        if temporary is not None:
            with suppress(OSError):
                os.unlink(temporary)
        raise CannotWrite(file=path.name) from problem


def _canvas(paper: Paper, title: str) -> tuple[Any, BytesIO]:
    """An empty document; of metadata it has the title only."""
    from famdesk.sheets.engine import canvas as engine_canvas

    buffer = BytesIO()
    canvas = engine_canvas.new(buffer, paper.value.width, paper.value.height, language())
    canvas.setTitle(title)
    canvas.setAuthor("")
    canvas.setSubject("")
    canvas.setCreator(PROGRAM)
    canvas.setProducer(PROGRAM)
    canvas.setViewerPreference("DisplayDocTitle", "true")
    return canvas, buffer
