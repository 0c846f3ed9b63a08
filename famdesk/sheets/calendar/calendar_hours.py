"""A week or a day as a timetable: a row for each hour, columns of days, or of colleagues, rooms or access points.

An entry stands in the row of the hour in which it begins; a bar beside it shows how long it lasts. Behind it: when it
is open, and hatched what a closure takes away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from famdesk.domain.calendar import calendar
from famdesk.i18n import _, formats
from famdesk.sheets.calendar.calendar_entries import (
    OPEN,
    SHUT,
    CalendarSheet,
    Entry,
    Hours,
    Shut,
    closed_words,
    entry_part,
    open_words,
    remark,
    tone,
)
from famdesk.sheets.calendar.calendar_table import Box, Columns, Row, columns, hatch
from famdesk.sheets.paper.page import Pen

SIZE = 8.5
_LABEL = 34.0
_NARROWEST = 96.0
"""A column that is narrower goes on to further pages."""
_LANE = 4.0
_MOST_LANES = 4
_FROM, _TO = 8, 19
"""Hours that are shown in any case."""


@dataclass(frozen=True, slots=True)
class Lot:
    """One column: the day, its names, and what is in it."""

    day: date
    name: str
    second: str
    entries: tuple[Entry, ...]
    openings: tuple[Hours, ...]
    closings: tuple[Shut, ...]


def lots(sheet: CalendarSheet) -> tuple[Lot, ...]:
    """The columns of a timetable."""
    if not sheet.columns:
        return tuple(
            Lot(day, formats.date_short(day), open_words(sheet.open_on(day)), sheet.on(day), sheet.open_on(day),
                sheet.shut_on(day))
            for day in sheet.days()
        )  # fmt: skip
    day, points = sheet.first, _points(sheet)
    found = []
    for key, name in sheet.columns:
        own = key in points
        openings = tuple(one for one in sheet.open_on(day) if not own or one.column == key)
        closings = tuple(one for one in sheet.shut_on(day) if not own or one.column in {key, ""})
        entries = tuple(entry for entry in sheet.on(day) if entry.column == key)
        found.append(Lot(day, name, open_words(openings) if own else "", entries, openings, closings))
    return tuple(found)


def _points(sheet: CalendarSheet) -> set[str]:
    """The access points that have hours or closures; colleagues and rooms have none."""
    return {one.column for one in sheet.openings} | {one.column for one in sheet.closings if one.column}


def tables(
    sheet: CalendarSheet, left: float, room: float, hidden: frozenset[str], tall: float
) -> list[tuple[Columns, tuple[tuple[str, str], ...], list[Row]]]:
    """One table, or several where not all columns have room beside each other."""
    every = lots(sheet)
    fitting = max(1, int((room - _LABEL) // _NARROWEST))
    count = -(-len(every) // fitting)
    each = -(-len(every) // count)
    hours = _hours(every)
    found = []
    for start in range(0, len(every), each):
        some = every[start : start + each]
        places = columns(left, room, _LABEL, [1.0] * len(some))
        names = tuple((lot.name, lot.second) for lot in some)
        found.append((places, names, _rows(some, places, hours, hidden, tall)))
    return found


def _hours(every: Sequence[Lot]) -> range:
    """From the first to the last hour in which there is something, at least a working day."""
    first, last = _FROM, _TO
    for lot in every:
        begin = datetime.combine(lot.day, time())
        spans = [(one.starts, one.ends) for one in lot.openings]
        spans += [(one.starts, one.ends) for one in lot.entries if not _above(one, lot.day)]
        for starts, ends in spans:
            first = min(first, (starts - begin) // timedelta(hours=1))
            last = max(last, min(24, -((begin - ends) // timedelta(hours=1))))
    return range(first, last)


def _above(entry: Entry, day: date) -> bool:
    """Whether it stands above the hours: whole days, and what has begun before."""
    return entry.all_day or entry.starts.date() < day


def _rows(some: Sequence[Lot], places: Columns, hours: range, hidden: frozenset[str], tall: float) -> list[Row]:
    rooms = [wide for _x, wide in places.each]
    lanes = [_lanes(lot) for lot in some]
    rows = []
    tops = tuple(_top(lot, room, hidden) for lot, room in zip(some, rooms, strict=True))
    if any(box.parts for box in tops):
        # Translators: label of the row for appointments without hours in a timetable, narrow
        rows.append(Row(_("all day"), tops, 0, 0))
    for hour in hours:
        boxes = tuple(
            _box(lot, hour, room, hidden, mine) for lot, room, mine in zip(some, rooms, lanes, strict=True)
        )  # fmt: skip
        rows.append(Row(formats.time_text(time(hour)), boxes, 17.0, tall / len(hours)))
    return rows


def _top(lot: Lot, room: float, hidden: frozenset[str]) -> Box:
    parts = tuple(remark(text, room, SIZE) for text in closed_words(lot.closings))
    parts += tuple(entry_part(one, lot.day, room, SIZE, hidden) for one in lot.entries if _above(one, lot.day))
    return Box(parts)


def _lanes(lot: Lot) -> dict[Entry, int]:
    """Which bar beside the others each entry has."""
    timed = [entry for entry in lot.entries if not _above(entry, lot.day) and not entry.off]
    return {entry: lane.lane % _MOST_LANES for entry, lane in zip(timed, calendar.lanes(timed), strict=True)}


def _box(lot: Lot, hour: int, room: float, hidden: frozenset[str], lanes: dict[Entry, int]) -> Box:
    inset = (max(lanes.values(), default=-1) + 1) * _LANE
    here = [one for one in lot.entries if not _above(one, lot.day) and one.starts.hour == hour]
    parts = tuple(entry_part(one, lot.day, room - inset, SIZE, hidden) for one in here)
    moved = tuple(type(part)(part.height, partial(_beside, part.paint, inset), part.name) for part in parts)
    return Box(moved, ground=partial(_ground, lot, hour, lanes))


def _beside(paint: object, inset: float, pen: Pen, x: float, y: float) -> None:
    assert callable(paint)
    paint(pen, x + inset, y)


def _ground(lot: Lot, hour: int, lanes: dict[Entry, int], pen: Pen, x: float, y: float, wide: float, tall: float,
            begin: float, end: float) -> None:  # fmt: skip
    """Opening hours, closures and the bars of the hour that this row, or part of it, stands for."""
    starts = datetime.combine(lot.day, time(hour)) + timedelta(hours=1) * begin
    ends = datetime.combine(lot.day, time(hour)) + timedelta(hours=1) * end

    def span(one: Hours | Shut | Entry) -> tuple[float, float]:
        top = max(0.0, (one.starts - starts) / (ends - starts))
        bottom = min(1.0, (one.ends - starts) / (ends - starts))
        return y + top * tall, max(0.0, bottom - top) * tall

    for opening in lot.openings:
        pen.fill(x, span(opening)[0], wide, span(opening)[1], OPEN)
    for shut in lot.closings:
        if not shut.name or len({one.column for one in lot.closings}) == 1:
            hatch(pen, x, span(shut)[0], wide, span(shut)[1], SHUT)
    for entry, lane in lanes.items():
        top, height = span(entry)
        if height > 0:
            pen.fill(x + 1.5 + lane * _LANE, top, 2.5, height, tone(entry)[0])
