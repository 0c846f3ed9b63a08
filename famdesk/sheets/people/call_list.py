"""The calls of the day on paper, for a desk away from the screen: in the order of the safe hours, with room to write.

It is made from what the safe-contact gate lets onto a list: who must not be called is not on it as a call, and no
centre's name stands beside the families.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from famdesk.i18n import _, formats, ngettext
from famdesk.sheets.paper import layout
from famdesk.sheets.paper.layout import Block, Section
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import ATTENTION, BODY, HAIRLINE, PRIMARY, SECOND, SMALL, STRONG, Style
from famdesk.sheets.paper.text import Lines, wrap

LEFT = 40.0
ROOM = Paper.A4.width - 2 * LEFT
_TOP = 36.0
_FOOT = 56.0
_WHEN, _WHO, _NUMBER = 96.0, 190.0, 126.0
_GAP = 10.0
_TICK = 10.0


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call or letter. `when` in words ("now, until 13:00"); `value` the number or address, "" for none to be told;
    `note` what has to be minded; `what` what it is about."""

    when: str
    who: str
    value: str
    note: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class CallList:
    """The list at a moment of local wall time. `left_out`: so many are only on the screen, with protected files.
    `forbidden`: so many calls are left out because they must not be made."""

    at: datetime
    calls: tuple[CallLine, ...]
    writes: tuple[CallLine, ...]
    others: tuple[CallLine, ...]
    left_out: int = 0
    forbidden: int = 0


@naming
def render(content: CallList) -> bytes:
    """The list as PDF (A4) in the current language.

    Raises:
        DoesNotFit: if a text is too long for its column.
        NotInFont: if a character cannot be printed.
    """
    head = _head(content)
    sections = [
        _section(_("Phone calls"), content.calls, _("Nobody is to be called.")),
        *([_section(_("To write to"), content.writes, "")] if content.writes else []),
        *([_section(_("Something else"), content.others, "")] if content.others else []),
    ]
    if content.forbidden:
        words = ngettext(
            "{n} call is not in this list: it must not be called.",
            "{n} calls are not in this list: they must not be called.",
            content.forbidden,
        )
        last = sections[-1]
        sections[-1] = last._replace(rows=(*last.rows, _remark(words.format(n=content.forbidden))))
    bodies = layout.flow(sections, lambda page: Paper.A4.height - _TOP - _FOOT - (head.height if page == 1 else 0))
    return build([_painter(content, head if place == 0 else None, body) for place, body in enumerate(bodies)],
                 Paper.A4, _("Call list"))  # fmt: skip


def _painter(content: CallList, head: Block | None, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        top = _TOP
        if head is not None:
            head.paint(pen, top)
            top += head.height
        layout.paint(body, pen, top)
        with pen.aside():
            _foot(content, pen, folio)

    return paint


def _foot(content: CallList, pen: Pen, folio: Folio) -> None:
    y = pen.height - _FOOT + 12
    pen.rule(LEFT, y, ROOM, HAIRLINE)
    warning = _("Contains personal data: keep it covered and destroy it after use.")
    pen.line(warning, Style(9, bold=True, colour=ATTENTION, floor=0.8), LEFT, y + 8, room=ROOM * 0.66)
    printed = _("printed {moment}").format(moment=formats.moment(content.at))
    pen.line(f"{printed} · {folio.sentence()}", SMALL, LEFT + ROOM, y + 8, room=ROOM * 0.33, align="right")


def _head(content: CallList) -> Block:
    title = wrap(_("Call list"), Style(24, bold=True, colour=PRIMARY, leading=1.25, role="H1"), ROOM)
    day = wrap(formats.date_full(content.at.date()), BODY.coloured(SECOND), ROOM)
    words = ""
    if content.left_out:
        words = ngettext("{n} more is only on the screen.", "{n} more are only on the screen.", content.left_out)
    left_out = wrap(words.format(n=content.left_out), SMALL, ROOM) if words else None

    def paint(pen: Pen, y: float) -> None:
        pen.lines(title, LEFT, y)
        pen.lines(day, LEFT, y + title.height)
        if left_out:
            pen.lines(left_out, LEFT, y + title.height + day.height)

    return Block(title.height + day.height + (left_out.height if left_out else 0) + 4, paint)


def _section(title: str, lines: Sequence[CallLine], empty: str) -> Section:
    rows = tuple(_row(title, line) for line in lines) or (_remark(empty),)
    return Section(_heading(title, listed=bool(lines)), _heading(title, again=True), rows)


def _heading(title: str, *, again: bool = False, listed: bool = True) -> Block:
    """The title of a section and the names of its columns; `listed`: lines follow that belong to them."""
    shown = _("{section} (continued)").format(section=title) if again else title
    name = wrap(shown, Style(13, bold=True, leading=1.3, role="H2"), ROOM)
    labels = (_("When"), _("Who and why"), _("Number or address"), _("What came of it"))
    places = (0.0, _WHEN, _WHEN + _WHO, _WHEN + _WHO + _NUMBER)

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again else nullcontext():
            pen.lines(name, LEFT, y + _GAP)
        with pen.aside() if again or not listed else pen.table_row(title):
            for label, x in zip(labels, places, strict=True):
                with pen.cell("Column"):
                    pen.line(label, SMALL, LEFT + x, y + _GAP + name.height + 1, room=90)
        pen.rule(LEFT, y + _GAP + name.height + 15, ROOM, PRIMARY, weight=1.2)

    return Block(_GAP + name.height + 15, paint, title)


def _row(table: str, line: CallLine) -> Block:
    when = wrap(line.when, BODY, _WHEN - 8)
    middle = [wrap(line.who or line.what, STRONG, _WHO - 8)]
    middle += [wrap(line.what, SMALL, _WHO - 8)] if line.who and line.what else []
    right = [wrap(line.value or "–", STRONG, _NUMBER - 8)]
    if line.note:
        right.append(wrap(line.note, SMALL.coloured(ATTENTION), _NUMBER - 8))
    tall = max(when.height, _height(middle), _height(right), 30.0)

    def columns(pen: Pen, y: float) -> None:
        with pen.cell():
            pen.lines(when, LEFT, y + 5)
        for column, x, heads in ((middle, _WHEN, "Row"), (right, _WHEN + _WHO, None)):
            at = y + 5
            with pen.cell(heads):
                for part in column:
                    pen.lines(part, LEFT + x, at)
                    at += part.height
        with pen.cell():
            pass  # what came of it is written by hand

    def paint(pen: Pen, y: float) -> None:
        with pen.table_row(table):
            columns(pen, y)
        start = _WHEN + _WHO + _NUMBER
        pen.frame(LEFT + start, y + 9, _TICK, _TICK, SECOND, radius=2)
        pen.rule(LEFT + start + _TICK + 6, y + 5 + tall - 4, ROOM - start - _TICK - 6, SECOND, weight=0.5)
        pen.rule(LEFT, y + tall + 10, ROOM, HAIRLINE)

    return Block(tall + 10, paint, line.who or line.what)


def _height(parts: Sequence[Lines]) -> float:
    return sum(part.height for part in parts)


def _remark(text: str) -> Block:
    lines = wrap(text, BODY.coloured(SECOND), ROOM)
    return Block(lines.height + 12, lambda pen, y: pen.lines(lines, LEFT, y + 6))
