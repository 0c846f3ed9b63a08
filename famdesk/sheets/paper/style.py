"""How printed sheets look: the two faces of the bundled font, the type scale, the colours and the spacing.

Lengths are points (1/72 inch) of an A4 page; larger paper enlarges the whole drawing. Sizes follow one scale, so two
texts are either equal or clearly different.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, NamedTuple, TypeVar, cast

from famdesk.domain.post.looks import Shades

MM = 72 / 25.4
"""Points in a millimetre."""

UNIT = 4.0
"""The grid step: distances are multiples of it."""

MARGIN = 48.0
"""Left and right margin of an A4 page."""

# Colours as "#rrggbb"; the names are those of the screen, each with at least 4.5:1 on its ground. The first four are
# those of the centre: which they are, the look of the sheet says (`famdesk.domain.post.looks`).
PRIMARY = "primary"
PRIMARY_SOFT = "soft"
PRIMARY_PALE = "pale"
PRIMARY_TINT = "tint"
TEXT = "#1f2328"
SECOND = "#4d535b"
HAIRLINE = "#d5d1c8"
ATTENTION = "#8a5200"
ATTENTION_TINT = "#fdf1d8"
WHITE = "#ffffff"


def ink(colour: str, shades: Shades) -> str:
    """A colour as "#rrggbb": those of the centre as its shades are."""
    return colour if colour.startswith("#") else str(getattr(shades, colour))


CAP_HEIGHT = 0.714
"""Height of a capital letter of the font, in em."""


class Style(NamedTuple):
    """How one text is set.

    `size` in points, `leading` as a share of the size, `floor` the smallest share of `size` to which a text may be
    shrunk before it is refused; `role` what such a text is to who has it read aloud (ISO 32000-1, 14.8.4): P, H1, H2.
    """

    size: float
    bold: bool = False
    colour: str = TEXT
    leading: float = 1.3
    floor: float = 0.7
    role: str = "P"

    @property
    def line(self) -> float:
        """Height of one line, in points."""
        return self.size * self.leading

    def scaled(self, factor: float) -> Style:
        """The same style at another size; the floor stays at the same number of points times `factor`."""
        return self._replace(size=self.size * factor)

    def coloured(self, colour: str) -> Style:
        return self._replace(colour=colour)

    def as_role(self, role: str) -> Style:
        """The same look for another part of the text: H1, H2, P."""
        return self._replace(role=role)


SMALL = Style(9, colour=SECOND, leading=1.35, floor=0.8)
BODY = Style(11, leading=1.4, floor=0.8)
STRONG = Style(11, bold=True, leading=1.4, floor=0.8)
SECTION = Style(14, bold=True, role="H2")
TITLE = Style(26, bold=True, leading=1.2, role="H1")

LARGE = 16.0
"""The smallest type of large print, in points on the paper."""
_TURNED = 2**0.5
"""How much wider a sheet is when it lies: its drawing is enlarged by that, and goes over more pages."""

Render = TypeVar("Render", bound=Callable[..., bytes])
_zoom: ContextVar[float] = ContextVar("famdesk_large_print", default=0.0)


def zoom() -> float:
    """How much a drawing is enlarged in large print; 0: this is no large print."""
    return _zoom.get()


@contextmanager
def large_print(wanted: bool = True) -> Iterator[None]:
    """Sheets that are made in the block are in large print: on paper that is turned or larger, no type under 16 points.

    Nothing changes for one that is in large print already.
    """
    with enlarging(_zoom.get() or _TURNED if wanted else _zoom.get()):
        yield


@contextmanager
def enlarging(by: float) -> Iterator[None]:
    """Drawings are enlarged so much in the block; 0: this is no large print."""
    token = _zoom.set(by)
    try:
        yield
    finally:
        _zoom.reset(token)


def enlarged(by: float) -> Callable[[Render], Render]:
    """For a function that makes a sheet: how much its drawing is enlarged in large print.

    1: it stays on its paper, where its parts have their places, and only the type grows.
    """

    def made(render: Render) -> Render:
        @wraps(render)
        def other(*rest: Any, **more: Any) -> bytes:
            with enlarging(by if zoom() else 0.0):
                return render(*rest, **more)

        return cast(Render, other)

    return made


def legible(style: Style) -> Style:
    """The style as it may be printed: in large print nothing is smaller than `LARGE`, but for a word or line that would
    not fit into its place; it may shrink to where it may without large print, and is enlarged then with the drawing."""
    enlarged = zoom()
    least = LARGE / enlarged if enlarged else 0.0
    if style.size >= least:
        return style
    return style._replace(size=least, floor=style.floor * style.size / least)
