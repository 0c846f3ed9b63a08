"""Address labels: an A4 sheet of them, for envelopes; three by eight, or another of the usual ones.

An envelope is read by everybody in the house and by the postman. So a label never names the centre: the sender, if it
is wanted at all, is a street and a town, and it is left out for whoever has to be careful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from famdesk.i18n import _
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import LARGE, MM, SECOND, Style, enlarged, enlarging, zoom
from famdesk.sheets.paper.text import Lines, fit

COLUMNS, ROWS = 3, 8
PER_SHEET = COLUMNS * ROWS
WIDTH, HEIGHT = Paper.A4.width / COLUMNS, Paper.A4.height / ROWS
"""Of one label, in points: 70 × 37 mm, the sheets that every stationer has."""


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet of labels as one buys it, in millimetres: `left` and `top` are the edges around, `across` and `down` the
    steps from one label to the next."""

    columns: int
    rows: int
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    across: float = 0.0
    down: float = 0.0

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def place(self, number: int) -> tuple[float, float]:
        """The corner of a label, in points from the upper left one of the paper."""
        x = self.left + number % self.columns * (self.across or self.width)
        y = self.top + number // self.columns * (self.down or self.height)
        return x * MM, y * MM


USUAL = "70x37"
FORMS: dict[str, Form] = {
    USUAL: Form(COLUMNS, ROWS, 70, 37.125),
    "70x36": Form(3, 8, 70, 36, top=4.5),
    "63.5x38.1": Form(3, 7, 63.5, 38.1, 7.25, 15.15, 66.0),
    "99.1x38.1": Form(2, 7, 99.1, 38.1, 4.65, 15.15, 101.7),
    "105x37": Form(2, 8, 105, 37.125),
}
"""The sheets of labels that stationers have in Italy, by the size that is printed on their box."""

_WORD = re.compile(r"[^\W\d_]{2}")
_SIDE, _TOP, _AFTER = 17.0, 14.0, 3.0
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
    """Labels, in the order of printing. `used`: how many of the first sheet are gone already, from 0; `form` a key of
    `FORMS`.

    `left_out`: how many people were asked for who get none; it is not printed.
    """

    labels: tuple[Label, ...]
    used: int = 0
    left_out: int = 0
    form: str = USUAL


@naming
@enlarged(1.0)
def render(content: LabelSheet) -> bytes:
    """The labels as PDF (A4); in large print names and addresses as large as they fit on a label.

    Raises:
        DoesNotFit: a name or an address is too long for a label.
        NotInFont: a character cannot be printed.
    """
    form = FORMS[content.form]
    places = [None] * (content.used % form.count) + [_measured(label, form) for label in content.labels]
    sheets = [places[start : start + form.count] for start in range(0, len(places), form.count)] or [[]]
    return build([partial(_paint, sheet, form) for sheet in sheets], Paper.A4, _("Address labels"), fixed=True)


@dataclass(frozen=True, slots=True)
class _Measured:
    sender: Lines | None
    name: Lines
    address: Lines


def _measured(label: Label, form: Form) -> _Measured:
    across = form.width * MM - 2 * _SIDE
    whole = form.height * MM - 2 * _TOP
    room = whole - (_SENDER.line + _AFTER if label.sender else 0)
    name = fit(label.name, _NAME, across, room / 2)
    with enlarging(LARGE / name.style.size if zoom() else 0):  # no larger than the name
        address = fit(broken(label.address), _ADDRESS, across, room - name.height)
    left = whole - name.height - address.height - _AFTER if zoom() else _SENDER.line
    return _Measured(fit(label.sender, _SENDER, across, left) if label.sender else None, name, address)


def broken(address: str) -> str:
    """The town on a line of its own: what follows the last comma, unless that is only a house number."""
    street, comma, town = address.rpartition(", ")
    return f"{street}\n{town}" if comma and "\n" not in address and _WORD.search(town) else address


def _paint(sheet: Sequence[_Measured | None], form: Form, pen: Pen, _folio: Folio) -> None:
    for number, label in enumerate(sheet):
        if label is not None:
            with pen.items(_paint), pen.item(), pen.body():
                x, y = form.place(number)
                _paint_label(label, pen, x + _SIDE, y + _TOP)


def _paint_label(label: _Measured, pen: Pen, x: float, y: float) -> None:
    if label.sender is not None:
        pen.lines(label.sender, x, y)
        y += label.sender.height + _AFTER
    pen.lines(label.name, x, y)
    pen.lines(label.address, x, y + label.name.height)
