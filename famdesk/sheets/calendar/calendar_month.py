"""Tables of days: a month or some weeks with a row for each, or a week with a row for each colleague or room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from famdesk.i18n import _, formats
from famdesk.sheets.calendar.calendar_entries import SHUT, CalendarSheet, closed_words, entry_part, open_words, remark
from famdesk.sheets.calendar.calendar_table import (
    HEAD,
    INSET,
    Box,
    Columns,
    Ground,
    Part,
    Row,
    columns,
    hatch,
    label_height,
    wrapped,
)
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import PRIMARY, SECOND, Style
from famdesk.sheets.paper.text import width

SIZE = 7.8
_LABEL = 74.0
_OUTSIDE = "#f3f1ed"
_QUIET_WEEKEND = 0.45
"""How wide Saturday and Sunday are, beside the other days, while there is nothing on them."""


def table(sheet: CalendarSheet, left: float, room: float, hidden: frozenset[str],
          tall: float) -> tuple[Columns, tuple[tuple[str, str], ...], list[Row]]:  # fmt: skip
    """Columns, their names, and the rows; `tall` is the height that the rows of one page have."""
    weeks = [sheet.first + timedelta(weeks=n) for n in range((sheet.last - sheet.first).days // 7 + 1)]
    shown = 7 if sheet.weekend else 5
    shares = [_share(sheet, weeks, n) for n in range(shown)]
    places = columns(left, room, 0, shares)
    names = tuple((_weekday(n + 1, wide), "") for n, (_x, wide) in enumerate(places.each))
    rows = [_week(sheet, monday, places, hidden, tall / len(weeks)) for monday in weeks]
    return places, names, rows


def by_rows(sheet: CalendarSheet, left: float, room: float, hidden: frozenset[str],
            tall: float) -> tuple[Columns, tuple[tuple[str, str], ...], list[Row]]:  # fmt: skip
    """A week with a row for each colleague, room or access point; `tall` as in `table`."""
    days = sheet.days()
    places = columns(left, room, _LABEL, [1.0] * len(days))
    names = tuple((formats.date_short(day), open_words(sheet.open_on(day))) for day in days)
    rows = []
    shut = tuple(_closures(sheet, day, wide) for day, (_x, wide) in zip(days, places.each, strict=True))
    if any(box.parts for box in shut):
        rows.append(Row("", shut, 0, 0))
    for key, name in sheet.columns:
        own = replace(sheet, entries=tuple(entry for entry in sheet.entries if entry.column == key))
        boxes = tuple(_entries(own, day, wide, hidden) for day, (_x, wide) in zip(days, places.each, strict=True))
        least = max(30.0, label_height(name, places) + 6)
        rows.append(Row(name, boxes, least, max(least, tall / len(sheet.columns))))
    return places, names, rows


def _closures(sheet: CalendarSheet, day: date, room: float) -> Box:
    return Box(tuple(remark(text, room, SIZE) for text in closed_words(sheet.shut_on(day))))


def _entries(sheet: CalendarSheet, day: date, room: float, hidden: frozenset[str]) -> Box:
    shut = any(not one.name for one in sheet.shut_on(day))
    parts = (entry_part(entry, day, room, SIZE, hidden, dense=True) for entry in sheet.on(day))
    return Box(tuple(parts), ground=_hatched if shut else None)


def _weekday(number: int, room: float) -> str:
    """Its name, short in a narrow column."""
    name = formats.weekday(number)
    return name if width(name, HEAD) <= room - 2 * INSET else formats.weekday(number, short=True)


def _share(sheet: CalendarSheet, weeks: list[date], weekday: int) -> float:
    quiet = weekday > 4 and not any(sheet.on(monday + timedelta(days=weekday)) for monday in weeks)
    return _QUIET_WEEKEND if quiet else 1.0


def _week(sheet: CalendarSheet, monday: date, places: Columns, hidden: frozenset[str], tall: float) -> Row:
    boxes = tuple(_day(sheet, monday + timedelta(days=n), wide, hidden) for n, (_x, wide) in enumerate(places.each))
    return Row("", boxes, min(48.0, tall), tall)


def _day(sheet: CalendarSheet, day: date, room: float, hidden: frozenset[str]) -> Box:
    inside = sheet.month is None or (day.year, day.month) == (sheet.month.year, sheet.month.month)
    head = _number(sheet, day, room, inside=inside)
    if not inside:
        return Box((), head, head, _blank)
    shuts = sheet.shut_on(day)
    parts = tuple(remark(text, room, SIZE) for text in closed_words(shuts))
    parts += tuple(entry_part(entry, day, room, SIZE, hidden, dense=True) for entry in sheet.on(day))
    ground: Ground | None = _hatched if any(not shut.name for shut in shuts) else None
    return Box(parts, head, _number(sheet, day, room, inside=True, again=True), ground)


def _number(sheet: CalendarSheet, day: date, room: float, *, inside: bool, again: bool = False) -> Part:
    text = str(day.day) if sheet.month is not None else formats.date_short(day).split(" ", 1)[1]
    if again:
        # Translators: the number of a day in a calendar, on a further page
        text = _("{day} (continued)").format(day=text)
    style = Style(10 if inside else 9, bold=inside, colour=PRIMARY if inside else SECOND, floor=0.7)
    lines = wrapped(text, style, room - 6)
    return Part(lines.height, lambda pen, x, y: pen.lines(lines, x + 4, y), text)


def _blank(pen: Pen, x: float, y: float, wide: float, tall: float, begin: float, end: float) -> None:
    pen.fill(x, y, wide, tall, _OUTSIDE)


def _hatched(pen: Pen, x: float, y: float, wide: float, tall: float, begin: float, end: float) -> None:
    hatch(pen, x, y, wide, tall, SHUT)
