"""What the centre's look puts around a sheet: its header with the own logo, the footer, the logos of the partners.

A sheet that must not tell whose it is asks for none of them. Each part knows its height, which is 0 where the centre
has nothing of the kind; it is painted with its corner anywhere on the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import sqrt
from typing import NamedTuple

from famdesk.domain.post.looks import Logo
from famdesk.sheets.paper.look import look, said
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import SECOND, Style
from famdesk.sheets.paper.text import wrap

_LOGO_SHARE = 0.45
"""How much of the width the own logo may take."""
_AFTER = 10.0
_AREA = 2600.0
"""Area of a partner's logo in square points: broad and tall ones look alike in weight."""
_TALLEST, _WIDEST = 40.0, 150.0
_SMALLER = (1.0, 0.94, 0.88, 0.82, 0.76, 0.7, 0.64)
"""Sizes of the partners' logos that are tried, so that they need a row less."""
_BETWEEN, _ROWS = 20.0, 10.0


class Part(NamedTuple):
    """Something of a page with its `height` in points."""

    height: float
    draw: Callable[[Pen, float, float], None]

    def paint(self, pen: Pen, x: float, y: float) -> None:
        """Paint it with its corner at `x`, `y`: where lines begin, and its top."""
        self.draw(pen, x, y)


def _nothing(_pen: Pen, _x: float, _y: float) -> None:
    """What the look does not have."""


NONE = Part(0.0, _nothing)


def header(room: float, *, tall: float = 36.0, size: float = 9.0, shown: bool = True) -> Part:
    """The centre's header where lines begin and its logo, at most so `tall`, where they end; with room below.

    `size` of its letters in points; not `shown`: nothing of it.

    Raises:
        DoesNotFit, NotInFont: the header cannot be printed.
    """
    found, language = look(), said()
    if not shown or not (found.own or found.header):
        return NONE
    logo = found.own
    width, height = _within(logo, room * _LOGO_SHARE, tall) if logo else (0.0, 0.0)
    style = Style(size, bold=True, colour=SECOND, leading=1.35, floor=0.8)
    lines = wrap(found.header, style, room - width - (_BETWEEN if logo else 0)) if found.header else None
    whole = max(height, lines.height if lines else 0.0)

    def paint(pen: Pen, x: float, y: float) -> None:
        if lines:
            pen.lines(lines, x, y + (whole - lines.height) / 2, language=language)
        if logo:
            pen.picture(logo, x + room - width, y + (whole - height) / 2, width, height, language)

    return Part(whole + _AFTER, paint)


def footer(room: float, *, size: float = 8.0, shown: bool = True) -> Part:
    """The centre's footer over the whole width.

    Raises:
        DoesNotFit, NotInFont: it cannot be printed.
    """
    text, language = look().footer, said()
    if not shown or not text:
        return NONE
    lines = wrap(text, Style(size, colour=SECOND, leading=1.35, floor=0.8), room)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.lines(lines, x, y, language=language)

    return Part(lines.height + 3, paint)


def partners(room: float, *, share: float = 1.0) -> Part:
    """The logos of the partners in their order, in as many rows as they need; with room below. `share` of their usual
    size, for small paper."""
    found, language = look(), said()
    if not found.with_partners or not found.partners:
        return NONE
    tries = [_rows([_sized(logo, scale * share) for logo in found.partners], room) for scale in _SMALLER]
    rows = min(tries, key=len)  # the largest of those with the fewest rows
    heights = [max(height for _logo, _width, height in row) for row in rows]

    def paint(pen: Pen, x: float, y: float) -> None:
        for row, tall in zip(rows, heights, strict=True):
            at = x
            for logo, width, height in row:
                pen.picture(logo, at, y + (tall - height) / 2, width, height, language)
                at += width + _BETWEEN
            y += tall + _ROWS

    return Part(sum(heights) + _ROWS * len(rows), paint)


def named(bodies: Sequence[str]) -> tuple[str, ...]:
    """Those of the bodies that are named at the foot, because no logo shows them; all in their order."""
    found = look()
    shown = {logo.body for logo in found.partners}
    return tuple(body for body in bodies if body not in shown) if found.with_partners else ()


_Sized = tuple[Logo, float, float]


def _rows(logos: Sequence[_Sized], room: float) -> list[list[_Sized]]:
    rows: list[list[_Sized]] = []
    used = 0.0
    for logo in logos:
        if rows and used + _BETWEEN + logo[1] <= room:
            used += _BETWEEN + logo[1]
            rows[-1].append(logo)
        else:
            used = logo[1]
            rows.append([logo])
    return rows


def _sized(logo: Logo, scale: float) -> _Sized:
    width = min(sqrt(_AREA * logo.width / logo.height), _WIDEST)
    return logo, *_within(logo, width * scale, _TALLEST * scale)


def _within(logo: Logo, width: float, height: float) -> tuple[float, float]:
    """The largest size of a logo that is not wider and not taller."""
    scale = min(width / logo.width, height / logo.height)
    return logo.width * scale, logo.height * scale
