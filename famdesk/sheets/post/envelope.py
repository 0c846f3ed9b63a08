"""Envelopes that are printed themselves: the recipient in the right half, the sender without a name or not at all.

Source: Poste Italiane, Norme per la confezione: the address stands in the right half, at least 15 mm from the right
edge; the 15 mm above the lower edge stay free for the marks of the sorting machines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from famdesk.i18n import _
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Paper, Pen, build
from famdesk.sheets.paper.style import MM, SECOND, Style, enlarged
from famdesk.sheets.paper.text import Lines, fit, wrap

_EDGE = 15 * MM
_FREE = 20 * MM
_WIDTH, _HEIGHT = 88 * MM, 36 * MM
_SENDER = Style(9, colour=SECOND, leading=1.35, floor=0.8)
_NAME = Style(13, bold=True, leading=1.3, floor=0.65)
_ADDRESS = Style(12.5, leading=1.3, floor=0.65)


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope. `address` in lines, as it is printed; `sender` is a street and a town, "" for none: it never names
    the centre."""

    name: str
    address: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class EnvelopeSheet:
    """Envelopes of one size ("DL" or "C5"), in the order of printing. `left_out`: who gets none; not printed."""

    envelopes: tuple[Envelope, ...]
    size: str = "DL"
    left_out: int = 0


@naming
@enlarged(1.0)
def render(content: EnvelopeSheet) -> bytes:
    """The envelopes as PDF, each a page of its size; in large print names and addresses as large as they fit.

    Raises:
        DoesNotFit: a name or an address is too long.
        NotInFont: a character cannot be printed.
    """
    pages = [partial(_paint, _measured(one)) for one in content.envelopes]
    return build(pages, Paper[content.size], _("Envelopes"), fixed=True)


def _measured(one: Envelope) -> Sequence[Lines | None]:
    name = fit(one.name, _NAME, _WIDTH, _HEIGHT / 2)
    address = fit(one.address, _ADDRESS, _WIDTH, _HEIGHT - name.height)
    return wrap(one.sender, _SENDER, 70 * MM) if one.sender else None, name, address


def _paint(parts: Sequence[Lines | None], pen: Pen, _folio: Folio) -> None:
    sender, name, address = parts
    assert name is not None
    assert address is not None
    if sender is not None:
        pen.lines(sender, _EDGE, 12 * MM)
    x = pen.width - _EDGE - _WIDTH
    y = pen.height - _FREE - name.height - address.height
    pen.lines(name, x, y)
    pen.lines(address, x, y + name.height)
