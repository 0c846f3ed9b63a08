"""A PDF file from painted pages: paper, pen, page numbers, metadata without persons, safe writing to disk.

A page is a function that paints on a `Pen`; all pages are known before the first is painted, so each can say how many
there are. The same content gives the same bytes. Coordinates run from the top left corner, in points.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from enum import Enum
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from famdesk.domain.errors import RuleError, Unavailable
from famdesk.domain.post.looks import Look
from famdesk.i18n import N_, _, from_right, language, using
from famdesk.sheets.engine import painting, pictures
from famdesk.sheets.engine.faces import is_unseen
from famdesk.sheets.engine.shaping import paragraph
from famdesk.sheets.engine.tags import HEADINGS, HEADS, Element, Tags
from famdesk.sheets.paper.drawing import Drawing
from famdesk.sheets.paper.look import look, looking
from famdesk.sheets.paper.structure import Structure
from famdesk.sheets.paper.style import Style, enlarging, ink, legible, zoom
from famdesk.sheets.paper.text import Line, Lines, baseline, one_line

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

PROGRAM = "FamDesk"


class CannotWrite(Unavailable):
    """The file could not be written: a full disk, a missing folder, a file that another program holds open."""

    message = N_("The file “{file}” could not be written. Is it open in another program, or is the disk full?")


class _Size(NamedTuple):
    """Width and height of the paper in points; `zoom` enlarges the drawing, which stays in points of A4 or A6."""

    width: float
    height: float
    zoom: float = 1.0


class Paper(Enum):
    """Paper sizes (ISO 216), upright, or lying where a name says so; envelopes (ISO 269), which always lie."""

    A6 = _Size(297.638, 419.528)
    A5 = _Size(419.528, 595.276)
    A4 = _Size(595.276, 841.89)
    A3 = _Size(841.89, 1190.551, 841.89 / 595.276)
    A4_LYING = _Size(841.89, 595.276)
    A3_LYING = _Size(1190.551, 841.89, 841.89 / 595.276)
    DL = _Size(623.622, 311.811)
    C5 = _Size(649.134, 459.213)

    @property
    def printed(self) -> _Size:
        """What lies in the printer: in large print the same paper turned, or the next larger one."""
        return _ENLARGED.get(self.name, self.value) if zoom() > 1 else self.value

    @property
    def width(self) -> float:
        """Width of the drawing, in its own points: the same for A4 and A3, and in large print."""
        return self.printed.width / self.printed.zoom

    @property
    def height(self) -> float:
        """Height of the drawing, in its own points."""
        return self.printed.height / self.printed.zoom


_ENLARGED = {
    "A6": _Size(595.276, 841.89, 2.0),
    "A4": _Size(841.89, 595.276, 841.89 / 595.276),
    "A3": _Size(1190.551, 841.89, 2.0),
    "A4_LYING": _Size(1190.551, 841.89, 1190.551 / 841.89),
}
"""Large print: a drawing as wide as before on wider paper; one that is cut from its sheet stays as high too."""


class Folio(NamedTuple):
    """Which page this is, of how many."""

    number: int
    total: int

    def sentence(self) -> str:
        return _("page {number} of {total}").format(number=self.number, total=self.total)


class Cell(NamedTuple):
    """A short text on a line, with its left edge at `x`; `language` where it is not that of the sheet."""

    text: str
    style: Style
    x: float
    language: str | None = None


class Placed(NamedTuple):
    """A broken text of a table with its top at `y` and its left edge, or its right one, at `x`."""

    lines: Lines
    x: float
    y: float
    align: str = "left"


class Pen(Structure, Drawing):
    """Paints on one page. `x` runs to the right and `y` downwards from the top left corner.

    On a sheet in a language that is read from right to left the whole page is turned over: `x` runs to the left from
    the top right corner, and "left" is where lines begin. Letters, figures and icons stay as they are.
    """

    def __init__(self, canvas: BareCanvas, paper: Paper, tags: Tags, *, fixed: bool = False) -> None:
        Drawing.__init__(self, canvas, tags, paper.width, paper.height, turned=from_right() and not fixed,
                         zoom=paper.printed.zoom)  # fmt: skip

    def lines(self, lines: Lines, x: float, y: float, *, align: str = "left", language: str | None = None,
              link: str = "") -> None:  # fmt: skip
        """A broken text with its top at `y`; `x` is its left edge, its right edge or its middle, as `align` says.

        `language` where it is not that of the sheet; `link` is an address to which it leads ("mailto:a@b.it").
        """
        role = lines.style.role
        if lines.empty:
            return
        if link:
            with self._tags.element(role):
                node = self._block("Link", lines, x, y, align, language)
            if node is not None:
                self._link(node, lines, x, y, align, link)
        else:
            self._block(role, lines, x, y, align, language)
        if role in HEADINGS:
            self._tags.heading(role, _words(lines), (self.height - y) * self._zoom)

    def line(self, text: str, style: Style, x: float, y: float, *, room: float, align: str = "left") -> Lines:
        """One line of text with its top at `y`, shrunk to `room` if needed; tells how it was set.

        Raises:
            DoesNotFit: if it does not fit at the floor of the style.
        """
        lines = one_line(text, style, room)
        if not lines.lines[0].text:
            return lines
        with self._tags.content(style.role, actual=_actual(lines)):
            # A shrunk text stays on the baseline of its neighbours.
            self._line(lines.lines[0], lines.style, x, y + baseline(style), align)
        if style.role in HEADINGS:
            self._tags.heading(style.role, _words(lines), (self.height - y) * self._zoom)
        return lines

    def row(self, cells: Sequence[Cell], y: float) -> None:
        """Texts far apart on one line that belong together, such as a weekday and its hours: an item of the list that
        is open, or a paragraph; where a text has a language of its own, each is one of its own.

        Readers that turn the file into text guess columns from gaps and would tear them apart; so the line carries its
        words (ISO 32000-1, 14.9.4, ActualText), within its place in the tree, where all of them look for it.
        """
        within = self._tags.role
        listed = within in {"L", "LI"}
        with self._tags.element("LI") if within == "L" else nullcontext():
            if any(cell.language for cell in cells):
                for number, cell in enumerate(cells):
                    role = ("LBody" if number or len(cells) == 1 else "Lbl") if listed else "P"
                    lines = Lines.of((cell.text,), cell.style)
                    with self._tags.content(role, actual=_actual(lines), language=cell.language):
                        self._string(cell.text, cell.style, cell.x, y + baseline(cell.style), "left")
                return
            words = " ".join(cell.text for cell in cells)
            plain = paragraph(words, False).levels.plain
            with (
                self._tags.content("LBody" if listed else "P", actual=None if plain else _bare(words)),
                self._saying(words) if plain else nullcontext(),
            ):
                for cell in cells:
                    self._string(cell.text, cell.style, cell.x, y + baseline(cell.style), "left", spelled=not plain)

    def spaced(self, text: str, style: Style, x: float, y: float, pitch: float) -> None:
        """A code whose characters stand in the middle of fields of equal width, and are still read as one word."""
        with self._tags.content(style.role), self._saying(text):
            for index, character in enumerate(text):
                place = len(text) - 1 - index if self._turned else index
                self._string(character, style, x + pitch * (place + 0.5), y + baseline(style), "centre", spelled=False)

    @contextmanager
    def _saying(self, words: str) -> Iterator[None]:
        """Whatever is drawn in the block stands for these words."""
        self._canvas.code.append(painting.saying(words))
        yield
        self._canvas.code.append("EMC")

    def _block(self, role: str, lines: Lines, x: float, y: float, align: str, language: str | None) -> Element | None:
        """Lines below each other, as the content of a new node."""
        with self._tags.content(role, actual=_actual(lines), language=language) as node:
            self._below(lines, x, y, align)
        return node

    def _below(self, lines: Lines, x: float, y: float, align: str) -> None:
        if said := self._said(lines, x, y, align):
            self._canvas.code.append(said)
            return
        base, pitch = y + lines.first_baseline, lines.pitch
        for index, line in enumerate(lines.lines, start=1):
            following = lines.lines[index : index + 1]
            self._line(line, lines.style, x, base, align, block=lines.width, following=following)
            base += pitch

    def _said(self, lines: Lines, x: float, y: float, align: str) -> str:
        """The operators of a single line of words, as `_line` would write them; "" if it is none."""
        words, style = lines.lines[0].words, lines.style
        if not words or len(lines.lines) > 1:
            return ""
        left = self._left(x - lines.width * _BEFORE[align], lines.width)
        return painting.line(self._canvas, words, style.bold, style.size, ink(style.colour, self._shades), left,
                             self.height - y - lines.first_baseline)  # fmt: skip

    def table_line(self, table: Hashable, cells: Sequence[Placed | Callable[[], None] | None]) -> None:
        """A row of the table of that name, as `table_row` with a `cell` for each of its texts; the first heads the row.
        What is no single text is painted by a function, and None is an empty cell."""
        tags, code = self._tags, self._canvas.code
        with tags.row(table, None) as row:
            for place, cell in enumerate(cells):
                role, about = ("TD", "") if place else ("TH", _HEADS_ROW)
                if isinstance(cell, Placed) and not tags.quiet and (said := self._said(*cell)):
                    code.append(f"{tags.leaf(role, row, about)}\n{said}\nEMC")
                elif cell is not None:
                    with self.cell(None if place else "Row"):
                        if isinstance(cell, Placed):
                            self.lines(cell.lines, cell.x, cell.y, align=cell.align)
                        else:
                            cell()
                elif not tags.quiet:
                    tags.empty(role, row, about)

    def _string(self, text: str, style: Style, x: float, base: float, align: str, *, spelled: bool = True) -> None:
        self._line(Lines.of((text,), legible(style)).lines[0], legible(style), x, base, align, spelled=spelled)

    def _line(self, line: Line, style: Style, x: float, base: float, align: str, *, block: float | None = None,
              following: Sequence[Line] = (), spelled: bool = True) -> None:  # fmt: skip
        """A line at its place; in a `block` of that width one that is read from the other side begins there.

        The blank at which a line was broken is drawn too, so that its last word is not read together with the next.
        """
        width = line.em * style.size
        left = self._left(x - width * _BEFORE[align], width)
        if block and align == "left" and line.whole.from_right is not self._turned:
            left += (block - width) * (-1 if self._turned else 1)
        runs = (line.until(following[0]) if following else line).runs()
        colour = ink(style.colour, self._shades)
        painting.draw(self._canvas, line.whole.text, runs, style.size, colour, left, self.height - base,
                      spelled=spelled)  # fmt: skip

    def _link(self, node: Element, lines: Lines, x: float, y: float, align: str, address: str) -> None:
        left = self._left(x - lines.width * _BEFORE[align], lines.width)
        self._tags.link(node, address, _words(lines), self._box(left, y, lines.width, lines.height))


_HEADS_ROW = HEADS.format("Row")
_BEFORE = {"left": 0.0, "right": 1.0, "centre": 0.5}
"""Which share of a line stands before the place where it is set."""


def _actual(lines: Lines) -> str | None:
    """The text in reading order, where lines from right to left do not tell it by themselves, and where the blank at
    the end of a line cannot be drawn because the lines were separate texts."""
    found = lines.lines
    if len(found) == 1:
        return None if found[0].whole.plain else _words(lines)
    if all(line.whole.plain for line in found) and all(one.joined(following) for one, following in pairwise(found)):
        return None
    return _words(lines)


def _words(lines: Lines) -> str:
    """The text in reading order, in one piece."""
    return " ".join(_bare(line.text) for line in lines.lines)


def _bare(text: str) -> str:
    """Without marks of direction and joining, which nobody reads."""
    return "".join(one for one in text if not is_unseen(one))


Painter = Callable[[Pen, Folio], None]
"""Paints one page."""


class _Sheet(NamedTuple):
    """A sheet that is known and not yet painted."""

    pages: tuple[Painter, ...]
    paper: Paper
    title: str
    language: str
    look: Look
    archived: bool
    fixed: bool
    zoom: float
    told: Callable[[RuleError], RuleError] | None


_bound: ContextVar[list[_Sheet] | None] = ContextVar("famdesk_sheets", default=None)
_told: ContextVar[Callable[[RuleError], RuleError] | None] = ContextVar("famdesk_refusal", default=None)


@contextmanager
def refusing(told: Callable[[RuleError], RuleError]) -> Iterator[None]:
    """Sheets that are begun in the block tell with this what is wrong when they are painted."""
    token = _told.set(told)
    try:
        yield
    finally:
        _told.reset(token)


@contextmanager
def alone() -> Iterator[None]:
    """A sheet that is begun in the block is painted at once and belongs to no file of several."""
    bound, told = _bound.set(None), _told.set(None)
    try:
        yield
    finally:
        _bound.reset(bound)
        _told.reset(told)


def build(pages: Sequence[Painter], paper: Paper, title: str, *, archived: bool = False, fixed: bool = False) -> bytes:
    """The PDF file of these pages. `title` is the kind of sheet and is the only word in its metadata; never a name.

    `archived`: it is kept for years, so it is a PDF/A-2 too. `fixed`: its parts have their places on the paper, as a
    label or the window of an envelope, and are not turned over in a language that is read from right to left.

    Raises:
        RuleError: what the painters raise; there is no half file.
    """
    sheet = _Sheet(tuple(pages), paper, title, language(), look(), archived, fixed, zoom(), _told.get())
    bound = _bound.get()
    if bound is None:
        return _written([sheet])
    bound.append(sheet)
    return b""


def together(makers: Iterable[Callable[[], bytes]]) -> bytes:
    """One file of several sheets, each begun by a maker that calls `build`; every sheet counts its own pages and keeps
    its paper and its language.

    Raises:
        RuleError: what makers and painters raise; there is no half file.
    """
    sheets: list[_Sheet] = []
    token = _bound.set(sheets)
    try:
        for make in makers:
            make()
    finally:
        _bound.reset(token)
    return _written(sheets)


@contextmanager
def undisturbed() -> Iterator[None]:
    """What is made in the block is needed until it is written: nobody looks for what could be thrown away meanwhile,
    which with the thousands of parts of a long table is a tenth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _written(sheets: Sequence[_Sheet]) -> bytes:
    with undisturbed():
        return _file(sheets)


def _file(sheets: Sequence[_Sheet]) -> bytes:
    pictures.without_pillow()
    from famdesk.sheets.engine.canvas import new

    first, buffer = sheets[0], BytesIO()
    with using(first.language), enlarging(first.zoom):
        canvas = new(buffer, first.title, PROGRAM, language())
    tags = Tags(canvas)
    for sheet in sheets:
        other = None if sheet.language == first.language else sheet.language
        part = tags.element("Part", language=other) if len(sheets) > 1 else nullcontext()
        with using(sheet.language), looking(sheet.look), enlarging(sheet.zoom), part:
            try:
                _paint(canvas, tags, sheet)
            except RuleError as error:
                if sheet.told is None:
                    raise
                raise sheet.told(error) from error
        tags.forget()
    archived = all(sheet.archived for sheet in sheets)
    conforms = ""
    if archived:
        from famdesk.sheets.engine import archive

        archive.mark(canvas)
        conforms = archive.CONFORMS
    tags.write(first.title, conforms)
    canvas.save()
    return buffer.getvalue()


def _paint(canvas: BareCanvas, tags: Tags, sheet: _Sheet) -> None:
    size = sheet.paper.printed
    for number, paint in enumerate(sheet.pages, start=1):
        canvas.setPageSize((size.width, size.height))
        canvas.code.append(f"{size.zoom:.6f} 0 0 {size.zoom:.6f} 0 0 cm")
        paint(Pen(canvas, sheet.paper, tags, fixed=sheet.fixed), Folio(number, len(sheet.pages)))
        tags.end_page()


def save(data: bytes, path: Path) -> None:
    """Write a sheet to `path`, whole or not at all: a file that was there before stays until the new one is complete.

    Raises:
        CannotWrite: if the disk or the system refuses.
    """
    import tempfile

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
