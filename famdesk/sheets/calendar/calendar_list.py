"""The agenda: day by day, one line for each appointment and meeting."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from functools import partial

from famdesk.i18n import _, formats
from famdesk.sheets.calendar.calendar_entries import CalendarSheet, Entry, closed_words, open_words, tone, when
from famdesk.sheets.calendar.calendar_table import wrapped
from famdesk.sheets.paper.layout import Block, Section
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import ATTENTION, BODY, HAIRLINE, PRIMARY, SECOND, SMALL, STRONG, Style

_GAP = 10.0
_TEXT = BODY._replace(size=10)
_STRONG = STRONG._replace(size=10)


def sections(sheet: CalendarSheet, left: float, room: float, hidden: frozenset[str]) -> list[Section]:
    """A section for each day on which there is something, or which is closed."""
    found = []
    for day in sheet.days():
        entries = sheet.on(day)
        if not entries and not sheet.shut_on(day):
            continue
        rows = tuple(_row(entry, day, left, room, hidden) for entry in entries)
        rows = tuple(row._replace(paint=partial(_listed, day, row.paint)) for row in rows)
        rows = rows or (_remark(_("No appointments."), left, room),)
        found.append(Section(_head(sheet, day, left, room), _head(sheet, day, left, room, again=True), rows))
    if found:
        return found
    return [Section(Block(0, lambda pen, y: None), Block(0, lambda pen, y: None),
                    (_remark(_("No appointments."), left, room),))]  # fmt: skip


def _listed(day: date, paint: Callable[[Pen, float], None], pen: Pen, y: float) -> None:
    """An entry as an item of the list of its day."""
    with pen.items(day), pen.item():
        paint(pen, y)


def _head(sheet: CalendarSheet, day: date, left: float, room: float, *, again: bool = False) -> Block:
    title = formats.date_day(day)
    shown = _("{section} (continued)").format(section=title) if again else title
    name = wrapped(shown, Style(12, bold=True, colour=PRIMARY, leading=1.3, role="H2"), room * 0.62)
    hours = open_words(sheet.open_on(day))
    opened = wrapped(_("open {hours}").format(hours=hours), SMALL, room * 0.36) if hours else None
    shut = [wrapped(text, _STRONG.coloured(ATTENTION), room) for text in closed_words(sheet.shut_on(day))]
    top = max(name.height, opened.height if opened else 0)
    height = _GAP + top + sum(one.height for one in shut) + 4

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again else nullcontext():
            words(pen, y)
        pen.rule(left, y + height - 1, room, PRIMARY, weight=1.0)

    def words(pen: Pen, y: float) -> None:
        pen.lines(name, left, y + _GAP)
        if opened:
            pen.lines(opened, left + room, y + _GAP + 3, align="right")
        at = y + _GAP + top
        for one in shut:
            pen.lines(one, left, at)
            at += one.height

    return Block(height, paint, title)


def _row(entry: Entry, day: date, left: float, room: float, hidden: frozenset[str]) -> Block:
    shares = (0.16, 0.44, 0.2, 0.2)
    edges = [left + room * sum(shares[:n]) for n in range(4)]
    widths = [room * share - 8 for share in shares]
    time_cell = wrapped(when(entry, day), _STRONG.coloured(tone(entry)[0]), widths[0])
    main = [wrapped(entry.who or entry.title, _STRONG if entry.who else _TEXT, widths[1] - 14)]
    main += [wrapped(entry.title, _TEXT, widths[1])] if entry.who else []
    main += [wrapped(text, SMALL, widths[1]) for text in (entry.note, entry.state) if text]
    place = " · ".join(text for text in ("" if "room" in hidden else entry.room,
                                         "" if "place" in hidden else entry.place) if text)  # fmt: skip
    others = [wrapped(text, _TEXT, wide) for text, wide in zip((entry.operator, place), widths[2:], strict=True)]
    height = 4 + max(time_cell.height, sum(one.height for one in main), *(one.height for one in others)) + 4

    def paint(pen: Pen, y: float) -> None:
        with pen.label():
            pen.lines(time_cell, edges[0], y + 4)
        with pen.body():
            columns(pen, y)
        pen.rule(left, y + height, room, HAIRLINE)

    def columns(pen: Pen, y: float) -> None:
        at = y + 4
        for one in main:
            pen.lines(one, edges[1], at)
            at += one.height
        if entry.off:
            pen.rule(edges[1], y + 4 + main[0].pitch * 0.55, main[0].width, SECOND, weight=0.6)
        if entry.function:
            pen.line(entry.function, _STRONG.coloured(tone(entry)[0]), edges[2] - 14, y + 4, room=12)
        for one, x in zip(others, edges[2:], strict=True):
            pen.lines(one, x, y + 4)

    return Block(height, paint, entry.title)


def _remark(text: str, left: float, room: float) -> Block:
    lines = wrapped(text, _TEXT.coloured(SECOND), room)
    return Block(lines.height + 12, lambda pen, y: pen.lines(lines, left, y + 6), text)
