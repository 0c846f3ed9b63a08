"""Address labels: an A4 sheet of three by eight, for envelopes.

An envelope is read by everybody in the house and by the postman. So a label never names the centre: the sender, if it
is wanted at all, is a street and a town, and it is left out for whoever has to be careful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from famdesk.i18n import _
from famdesk.sheets.naming import naming
from famdesk.sheets.page import Folio, Paper, Pen, build
from famdesk.sheets.style import SECOND, Style, enlarged
from famdesk.sheets.text import Lines, fit, one_line

COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
WIDTH, HEIGHT = Paper.A4.width / COLUMNS, Paper.A4.height / ROWS
"""Of one label, in points: 70 × 37 mm, the sheets that every stationer has."""

_WORD = re.compile(r"[^\W\d_]{2}")
_SIDE, _TOP = 17.0, 14.0
_ROOM = WIDTH - 2 * _SIDE
_SENDER = Style(6.5, colour=SECOND, leading=1.3, floor=0.8)
_NAME = Style(11, bold=True, leading=1.25, floor=0.65)
_ADDRESS = Style(10.5, leading=1.25, floor=0.65)


@dataclass(frozen=True, slots=True)
class Label:
    """An envelope's address: name, and the address as it is written, in one line or several. `sender` "": none."""

    name: str
    address: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """Labels, in the order of printing. `used`: how many of the first sheet are gone already, from 0.

    `left_out`: how many people were asked for who get none; it is not printed.
    """

    labels: tuple[Label, ...]
    used: int = 0
    left_out: int = 0


@naming
@enlarged(0.0)
def render(content: LabelSheet) -> bytes:
    """The labels as PDF (A4).

    Raises:
        DoesNotFit: a name or an address is too long for a label.
        NotInFont: a character cannot be printed.
    """
    places = [None] * (content.used % PER_SHEET) + [_measured(label) for label in content.labels]
    sheets = [places[start : start + PER_SHEET] for start in range(0, len(places), PER_SHEET)] or [[]]
    return build([partial(_paint, sheet) for sheet in sheets], Paper.A4, _("Address labels"))


@dataclass(frozen=True, slots=True)
class _Measured:
    sender: Lines | None
    name: Lines
    address: Lines


def _measured(label: Label) -> _Measured:
    sender = one_line(label.sender, _SENDER, _ROOM) if label.sender else None
    room = HEIGHT - 2 * _TOP - (sender.height + 3 if sender else 0)
    name = fit(label.name, _NAME, _ROOM, room / 2)
    return _Measured(sender, name, fit(broken(label.address), _ADDRESS, _ROOM, room - name.height))


def broken(address: str) -> str:
    """The town on a line of its own: what follows the last comma, unless that is only a house number."""
    street, comma, town = address.rpartition(", ")
    return f"{street}\n{town}" if comma and "\n" not in address and _WORD.search(town) else address


def _paint(sheet: Sequence[_Measured | None], pen: Pen, _folio: Folio) -> None:
    for number, label in enumerate(sheet):
        if label is not None:
            with pen.items(_paint), pen.item(), pen.body():
                _paint_label(label, pen, number % COLUMNS * WIDTH + _SIDE, number // COLUMNS * HEIGHT + _TOP)


def _paint_label(label: _Measured, pen: Pen, x: float, y: float) -> None:
    if label.sender is not None:
        pen.lines(label.sender, x, y)
        y += label.sender.height + 3
    pen.lines(label.name, x, y)
    pen.lines(label.address, x, y + label.name.height)
