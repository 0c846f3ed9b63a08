"""The same in a second language on one sheet: beside the first if both fit on the line, else below it.

The second is smaller and quieter, so that each reader finds one language at a glance; who has the sheet read aloud
hears each in its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from famdesk.i18n import using
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import CAP_HEIGHT, SECOND, Style
from famdesk.sheets.paper.text import Lines, wrap

SHARE = 0.68
"""Size of the second language as a share of the first."""
GAP = 0.9
"""Between the two, in em of the second; in the middle of it there is a dot."""
_SMALLEST = 9.0


def other(say: Callable[[], str], also: str) -> str:
    """What `say` gives in the second language; "" without one, or where both say the same."""
    if not also:
        return ""
    with using(also):
        text = say()
    return "" if text == say() else text


def quiet(style: Style, colour: str = SECOND, share: float = SHARE) -> Style:
    """The style of the second language; painted from the same top, it stands on the baseline of the first."""
    size = min(style.size, max(style.size * share, _SMALLEST))
    line = style.line + (style.size - size) * CAP_HEIGHT
    return style._replace(size=size, leading=line / size, bold=False, colour=colour, role="P")


def dot(pen: Pen, style: Style, x: float, base: float) -> None:
    """The dot between two languages, `x` where the first ends and `base` the line on which both stand."""
    pen.disc(x + style.size * GAP / 2, base - style.size * CAP_HEIGHT * 0.42, style.size * 0.075, style.colour)


class Pair(NamedTuple):
    """A text, and the same in a second language if there is one."""

    first: Lines
    second: Lines | None = None
    language: str = ""
    beside: bool = False

    @property
    def width(self) -> float:
        if self.second is None:
            return self.first.width
        if self.beside:
            return self.first.width + self.second.style.size * GAP + self.second.width
        return max(self.first.width, self.second.width)

    @property
    def height(self) -> float:
        if self.second is None:
            return self.first.height
        if self.beside:
            return max(self.first.height, self._drop + self.second.height)
        return self.first.height + self.second.height

    @property
    def _drop(self) -> float:
        """How far below the top of the first the second begins, so that both stand on one line."""
        return self.first.first_baseline - self.second.first_baseline if self.second else 0.0

    def paint(self, pen: Pen, x: float, y: float, *, align: str = "left") -> None:
        """Both, with the top at `y` and the left or right edge at `x`."""
        if self.second is None or not self.beside:
            pen.lines(self.first, x, y, align=align)
            if self.second is not None:
                pen.lines(self.second, x, y + self.first.height, align=align, language=self.language)
            return
        x -= self.width if align == "right" else 0
        pen.lines(self.first, x, y)
        dot(pen, self.second.style, x + self.first.width, y + self.first.first_baseline)
        x += self.first.width + self.second.style.size * GAP
        pen.lines(self.second, x, y + self._drop, language=self.language)


def pair(say: Callable[[], str], style: Style, room: float, also: str, *, colour: str = SECOND, share: float = SHARE,
         setting: Callable[[str, Style, float], Lines] = wrap) -> Pair:  # fmt: skip
    """What `say` gives in the language of the sheet and in the second, "" for none; `setting` breaks the first.

    Raises:
        DoesNotFit: if a word is wider than `room` at the floor of the style.
        NotInFont: if the font lacks one of its characters.
    """
    first, text = setting(say(), style, room), other(say, also)
    if not text:
        return Pair(first)
    below = quiet(style, colour, share)._replace(leading=style.leading)
    second = wrap(text, quiet(style, colour, share), room)
    together = first.width + second.style.size * GAP + second.width
    if len(first.lines) == 1 and len(second.lines) == 1 and together <= room:
        return Pair(first, second, also, True)
    return Pair(first, wrap(text, below, room), also)
