"""Lines and areas on a page. They are ornaments: nobody has them read aloud, unless they are a figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from famdesk.domain.post.looks import Logo, shades
from famdesk.sheets.engine import pictures
from famdesk.sheets.engine.paths import circle, filled, line, rectangle, stroked, through
from famdesk.sheets.engine.tags import Tags
from famdesk.sheets.paper.look import look
from famdesk.sheets.paper.style import ink

if TYPE_CHECKING:
    from famdesk.sheets.engine.canvas import BareCanvas

Strokes = Sequence[Sequence[tuple[float, ...]]]
"""An outline icon: strokes in a square of 24 units, each of points and curves."""


class Drawing:
    """What is drawn, with `x` from the side on which lines begin and `y` from the top, in points."""

    def __init__(
        self, canvas: BareCanvas, tags: Tags, width: float, height: float, *, turned: bool, zoom: float
    ) -> None:
        self._canvas = canvas
        self._tags = tags
        self._turned = turned
        self._zoom = zoom
        self._shades = shades(look().colour)
        self.width = width
        self.height = height

    def figure(self, alt: str, x: float, y: float, width: float, height: float) -> AbstractContextManager[Any]:
        """What is painted in the block is one picture; `alt` says in words what it shows."""
        left = self._left(x, width)
        return self._tags.content("Figure", alt=alt, box=self._box(left, y, width, height))

    def picture(self, logo: Logo, x: float, y: float, width: float, height: float, language: str | None = None) -> None:
        """A logo; its words are read aloud, in a `language` where it is not that of the sheet.

        Raises:
            BadPicture: its file is damaged.
        """
        left = self._left(x, width)
        box = self._box(left, y, width, height)
        with self._tags.content("Figure", alt=logo.alt, box=box, language=language):
            pictures.draw(self._canvas, logo.image, left, self.height - y - height, width, height)

    def fill(self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0) -> None:
        """A filled rectangle."""
        self._fill(rectangle(self._left(x, width), self.height - y - height, width, height, radius), colour)

    def rule(self, x: float, y: float, width: float, colour: str, *, weight: float = 0.75) -> None:
        """A horizontal line."""
        left = self._left(x, width)
        self._stroke(line(left, self.height - y, left + width, self.height - y), colour, weight)

    def frame(self, x: float, y: float, width: float, height: float, colour: str, *, radius: float = 0) -> None:
        """An outlined rectangle."""
        path = rectangle(self._left(x, width), self.height - y - height, width, height, radius)
        self._stroke(path, colour, 0.75)

    def modules(self, rows: Sequence[Sequence[bool]], x: float, y: float, size: float, colour: str) -> None:
        """Dark squares of a code in a square of that size; never mirrored, since no telephone reads it so."""
        left, unit = self._left(x, size), size / len(rows)
        squares = []
        for number, row in enumerate(rows):
            start = 0
            while start < len(row):
                end = start
                while end < len(row) and row[end]:
                    end += 1
                if end > start:
                    squares.append(rectangle(left + start * unit, self.height - y - (number + 1) * unit,
                                             (end - start) * unit, unit))  # fmt: skip
                start = max(end, start + 1)
        self._fill(" ".join(squares), colour)

    def disc(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle around `x`, `y`."""
        self._fill(circle(self._left(x), self.height - y, radius), colour)

    def ring(self, x: float, y: float, radius: float, colour: str, weight: float) -> None:
        """A circle line around `x`, `y`."""
        self._stroke(circle(self._left(x), self.height - y, radius), colour, weight)

    def outline(self, strokes: Strokes, x: float, y: float, size: float,
                colour: str, weight: float) -> None:  # fmt: skip
        """Open strokes drawn in a square of 24 units: a pair is a point, six numbers are a curve to the last pair."""
        unit, x = size / 24, self._left(x, size)
        paths = [through([[x + n * unit if place % 2 == 0 else self.height - y - n * unit
                           for place, n in enumerate(numbers)] for numbers in stroke])
                 for stroke in strokes]  # fmt: skip
        self._stroke(" ".join(paths), colour, weight, soft=True)

    def path(self, points: Sequence[tuple[float, float]], colour: str, weight: float, *, dash: Sequence[float] = (),
             closed: bool = False, fill: str | None = None) -> None:  # fmt: skip
        """A line through points, closed and filled if wanted; `dash` are lengths of line and gap, in points."""
        path = through([(self._left(x), self.height - y) for x, y in points]) + (" h" if closed else "")
        within = ink(fill, self._shades) if fill else ""
        self._stroke(path, colour, weight, soft=True, dash=dash, within=within)

    @contextmanager
    def inside(self, x: float, y: float, width: float, height: float) -> Iterator[None]:
        """Whatever is painted in this block is seen only within the rectangle. For ornaments, never for text."""
        self._canvas.code.append(f"q {rectangle(self._left(x, width), self.height - y - height, width, height)} W n")
        yield
        self._canvas.code.append("Q")

    def _fill(self, path: str, colour: str) -> None:
        self._tags.ornament(filled(path, ink(colour, self._shades)))

    def _stroke(self, path: str, colour: str, weight: float, *, within: str = "", **how: Any) -> None:
        self._tags.ornament(stroked(path, ink(colour, self._shades), weight, within=within, **how))

    def _box(self, left: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A rectangle with its top at `y` as it is on the paper: left, bottom, right, top."""
        corners = (left, self.height - y - height, left + width, self.height - y)
        left, bottom, right, top = (round(one * self._zoom, 2) for one in corners)
        return left, bottom, right, top

    def _left(self, x: float, width: float = 0.0) -> float:
        """The left end, on the paper, of what begins at `x` and is so wide."""
        return self.width - x - width if self._turned else x
