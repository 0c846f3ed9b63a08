"""The recovery sheet: the code that opens the data when no password does any more, to be kept on paper in a safe.

Printed once, at the first start or when the key is changed, and never stored by the program. The code is set letter by
letter at one pitch, in numbered groups, because it will be typed by somebody in a hurry.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date

from famdesk.i18n import _, formats
from famdesk.sheets.paper import layout
from famdesk.sheets.paper.layout import Block
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import (
    ATTENTION,
    ATTENTION_TINT,
    BODY,
    HAIRLINE,
    MARGIN,
    PRIMARY,
    PRIMARY_PALE,
    PRIMARY_TINT,
    SECOND,
    SMALL,
    WHITE,
    Style,
)
from famdesk.sheets.paper.text import balanced, fit, wrap

GROUP = 5
"""Letters in a group of the code."""

_ROOM = Paper.A4.width - 2 * MARGIN
_PER_ROW = 4
_LONG_TITLE = 24
_HEAD = 128.0
_FOOT = 56.0


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The code and what it opens. `code` may hold blanks and hyphens; `made` is the day of printing."""

    centre: str
    code: str
    made: date


def groups(code: str) -> tuple[str, ...]:
    """The code in groups of five, the last one possibly shorter, without the blanks and hyphens it came with."""
    letters = "".join(character for character in code.upper() if character not in " -\n\t")
    return tuple(letters[n : n + GROUP] for n in range(0, len(letters), GROUP))


@naming
def render(content: RecoverySheet) -> bytes:
    """The recovery sheet as PDF (A4) in the current language. The caller must not keep the bytes.

    Raises:
        DoesNotFit: if the name of the centre is too long.
        NotInFont: if a character cannot be printed.
    """
    blocks = [
        _paragraph(_("If nobody can sign in any more, or the computer was replaced, this code opens the data again.")),
        _code(groups(content.code)),
        _paragraph(
            _("The code has no letters I, L, O and U: a round sign is always a zero and a stroke always a one."),
            small=True,
        ),
        _warning(_("Whoever holds this sheet can open the data of the centre. Treat it like the key of a safe.")),
        _list(_("When you need it"), _steps()),
        _list(_("Where to keep it"), _places()),
        _signature(),
    ]
    bodies = layout.pages(blocks, lambda page: Paper.A4.height - _HEAD - _FOOT, 10)
    title = _("Recovery sheet")
    return build([_painter(title, content.centre, content.made, body) for body in bodies], Paper.A4, title)


@dataclass(frozen=True, slots=True)
class EnvelopeShare:
    """The code of one share of the sealed envelope of session notes: part `number` of `total`, `needed` of which open
    it. `holder` has it, as `role`; `check` is the check number of the envelope."""

    centre: str
    code: str
    number: int
    total: int
    needed: int
    role: str
    holder: str
    check: str
    made: date


@naming
def render_share(content: EnvelopeShare) -> bytes:
    """The sheet for one holder as PDF (A4) in the current language. The caller must not keep the bytes.

    Raises:
        DoesNotFit: if the name of the centre is too long.
        NotInFont: if a character cannot be printed.
    """
    title = _("Sealed envelope: part {number} of {total}").format(number=content.number, total=content.total)
    blocks = [
        _paragraph(_("Part of {name} ({role}) of the key to the session notes of this centre. Alone it opens nothing.")
                   .format(name=content.holder, role=content.role)),
        _code(groups(content.code)),
        _paragraph(
            _("The code has no letters I, L, O and U: a round sign is always a zero and a stroke always a one."),
            small=True,
        ),
        _paragraph(_("Check number of this envelope: {number}. It is no secret: tell it to every author who asks, so "
                     "that they know to which envelope they agree.").format(number=content.check), small=True),
        _warning(_("Any {needed} parts together hand an author's notes over to a successor. Each use is written "
                   "down and told to the author.").format(needed=content.needed)),
        _list(_("When it is needed"), _handing_over()),
        _list(_("Where to keep it"), _holders()),
        _signature(),
    ]  # fmt: skip
    bodies = layout.pages(blocks, lambda page: Paper.A4.height - _HEAD - _FOOT, 10)
    painters: list[Painter] = [_painter(title, content.centre, content.made, body) for body in bodies]
    return build(painters, Paper.A4, _("Sealed envelope of the session notes"))


def _handing_over() -> tuple[str, ...]:
    return (
        _("If the author of the notes died, is ill for long, has left or has lost the password."),
        _("Two holders come to the coordinator, and each types their own code."),
        _("They name a successor and the reason. Neither of them reads a note by it."),
    )


def _holders() -> tuple[str, ...]:
    first = _("One part with the coordinator, one with a second colleague, one with the Order or the privacy officer.")
    return (
        first,
        _("Never two parts in one place or with one person."),
        _("Do not photograph it, scan it or send it."),
    )


def _steps() -> tuple[str, ...]:
    return (
        _("Start FamDesk and choose on the sign-in page to open with the recovery sheet."),
        _("Type the groups in their order. Capital or small letters and blanks make no difference."),
        _("Give everybody a new password."),
        _("Print a new recovery sheet and destroy this one."),
    )


def _places() -> tuple[str, ...]:
    return (
        _("On paper only, in a closed envelope, in a safe or a locked cabinet away from the computer."),
        _("If there is a second copy, give it to a second person in another building."),
        _("Do not photograph it, scan it or send it; do not write the password beside it."),
    )


def _painter(heading: str, of: str, day: date, body: layout.Page) -> Painter:
    size = 36 if len(heading) < _LONG_TITLE else 27
    title = wrap(heading, Style(size, bold=True, colour=WHITE, leading=1.15, role="H1"), _ROOM)
    below = Style(15, colour=PRIMARY_PALE, floor=0.6)
    centre, free = balanced(of, below, _ROOM), _HEAD - 20 - 26 - title.height
    if centre.height > free:
        centre = fit(of, below, _ROOM, free)
    made = _("printed on {day}").format(day=formats.date_long(day))

    def paint(pen: Pen, folio: Folio) -> None:
        pen.fill(-9, -9, pen.width + 18, _HEAD - 20 + 9, PRIMARY)
        with pen.aside() if folio.number > 1 else nullcontext():
            pen.lines(title, MARGIN, 26)
            pen.lines(centre, MARGIN, 26 + title.height)
        layout.paint(body, pen, _HEAD, 10)
        y = pen.height - _FOOT + 14
        with pen.aside() if folio.number < folio.total else nullcontext():
            pen.line(made, SMALL, MARGIN, y, room=_ROOM * 0.6)
        with pen.aside():
            pen.line(folio.sentence(), SMALL, MARGIN + _ROOM, y, room=_ROOM * 0.35, align="right")

    return paint


def _paragraph(text: str, *, small: bool = False) -> Block:
    lines = wrap(text, SMALL.scaled(1.1) if small else Style(13, leading=1.45), _ROOM)
    return Block(lines.height, lambda pen, y: pen.lines(lines, MARGIN, y), text)


def _warning(text: str) -> Block:
    lines = wrap(text, Style(12, bold=True, colour=ATTENTION, leading=1.4), _ROOM - 32)

    def paint(pen: Pen, y: float) -> None:
        pen.fill(MARGIN, y, _ROOM, lines.height + 22, ATTENTION_TINT, radius=6)
        pen.lines(lines, MARGIN + 16, y + 11)

    return Block(lines.height + 26, paint, text)


def _code(parts: Sequence[str]) -> Block:
    """The groups in numbered fields, four to a row."""
    letters = Style(18.5, bold=True, leading=1.3)
    number = Style(8.5, colour=SECOND)
    gap, tall = 10.0, 52.0
    wide = (_ROOM - gap * (_PER_ROW - 1)) / _PER_ROW
    rows = -(-len(parts) // _PER_ROW)

    def field(pen: Pen, index: int, part: str, x: float, top: float) -> None:
        pen.fill(x, top, wide, tall, PRIMARY_TINT, radius=6)
        with pen.item():
            with pen.label():
                pen.line(str(index + 1), number, x + 8, top + 4, room=20)
            with pen.body():
                pen.spaced(part, letters, x + (wide - GROUP * _PITCH) / 2, top + 16, _PITCH)

    def paint(pen: Pen, y: float) -> None:
        with pen.items():
            for index, part in enumerate(parts):
                x = MARGIN + index % _PER_ROW * (wide + gap)
                field(pen, index, part, x, y + 4 + index // _PER_ROW * (tall + gap))

    return Block(4 + rows * (tall + gap), paint, _("Recovery sheet"))


_PITCH = 19.5
"""Distance from letter to letter of the code, in points."""


def _list(heading: str, entries: Sequence[str]) -> Block:
    title = wrap(heading, Style(14, bold=True, colour=PRIMARY, role="H2"), _ROOM)
    lines = [wrap(entry, BODY.scaled(1.05), _ROOM - 20) for entry in entries]
    height = title.height + 2 + sum(entry.height + 3 for entry in lines)

    def paint(pen: Pen, y: float) -> None:
        pen.lines(title, MARGIN, y)
        y += title.height + 2
        with pen.items():
            for index, entry in enumerate(lines, start=1):
                with pen.item():
                    with pen.label():
                        pen.line(f"{index}.", entry.style, MARGIN, y, room=20)
                    with pen.body():
                        pen.lines(entry, MARGIN + 20, y)
                y += entry.height + 3

    return Block(height, paint, heading)


def _signature() -> Block:
    """Lines to fill in by hand: who keeps the sheet, and where."""
    labels = (_("Kept by"), _("Where"), _("Date"))
    wide = (_ROOM - 2 * 16) / len(labels)

    def paint(pen: Pen, y: float) -> None:
        with pen.items():
            for index, label in enumerate(labels):
                x = MARGIN + index * (wide + 16)
                pen.rule(x, y + 38, wide, HAIRLINE, weight=1)
                with pen.item(), pen.body():
                    pen.line(label, SMALL, x, y + 41, room=wide)

    return Block(56, paint, labels[0])
