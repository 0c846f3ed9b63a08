"""How printed sheets look: the two faces of the bundled font, the type scale, the colours and the spacing.

Lengths are points (1/72 inch) of an A4 page; larger paper enlarges the whole drawing. Sizes follow one scale, so two
texts are either equal or clearly different.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from famdesk.domain.looks import Shades

MM = 72 / 25.4
"""Points in a millimetre."""

UNIT = 4.0
"""The grid step: distances are multiples of it."""

MARGIN = 48.0
"""Left and right margin of an A4 page."""

# Colours as "#rrggbb"; the names are those of the screen, each with at least 4.5:1 on its ground. The first four are
# those of the centre: which they are, the look of the sheet says (`famdesk.domain.looks`).
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


@dataclass(frozen=True, slots=True)
class Style:
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
        return replace(self, size=self.size * factor)

    def coloured(self, colour: str) -> Style:
        return replace(self, colour=colour)

    def as_role(self, role: str) -> Style:
        """The same look for another part of the text: H1, H2, P."""
        return replace(self, role=role)


SMALL = Style(9, colour=SECOND, leading=1.35, floor=0.8)
BODY = Style(11, leading=1.4, floor=0.8)
STRONG = Style(11, bold=True, leading=1.4, floor=0.8)
SECTION = Style(14, bold=True, role="H2")
TITLE = Style(26, bold=True, leading=1.2, role="H1")
