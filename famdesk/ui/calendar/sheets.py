"""From the board to sheets of cells: months, weeks, colleagues over days, the band of whole days, the small month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, cast

from famdesk.domain.calendar import periods
from famdesk.domain.calendar.calendar import week_start
from famdesk.i18n import _, formats
from famdesk.ui.calendar import drawing
from famdesk.ui.calendar.drawing import NOBODY, Columns, Filters, Item, Target
from famdesk.ui.kit.cells.model import Cell, CellContent, CellHead, CellItem
from famdesk.ui.kit.grid.model import BoxState, GridColumn
from famdesk.usecases.calendar.calendar_board import Board

_DAY: Final = timedelta(days=1)
_WEEK: Final = 7
_MINI_WEEKS: Final = 6
_BETWEEN: Final = "|"


def month(board: Board, filters: Filters, mode: str) -> CellContent:
    """Whole weeks under each other; in a month the days of other months are faint."""
    days = _days(board)
    of_month = board.day.month if mode == periods.MONTH else None
    cells = [_day_cell(board, filters, day, faint=of_month not in (None, day.month)) for day in days]
    items = [_item(row, board) for row in drawing.shown(board, filters)]
    return CellContent(_weekdays(), _weeks(days), tuple(cells), tuple(items))


def table(board: Board, filters: Filters, by: Columns, mode: str) -> CellContent:
    """The days of a week, with a row for each colleague, room or access point."""
    items = drawing.shown(board, filters)
    days = drawing.days_shown(board, items, mode)
    lines = tuple(drawing.resource_columns(board, filters, by, items))
    columns = tuple(
        CellHead(day.isoformat(), f"{formats.weekday(day.isoweekday(), short=True)} {day.day}",
                 formats.date_day(day), day == board.now.date())
        for day in days
    )  # fmt: skip
    rows = tuple(CellHead(line.key, line.title) for line in lines)
    cells = []
    for line in lines:
        for day in days:
            cell = _day_cell(board, filters, day, point=line.key if by == "points" else None)
            spoken = f"{line.title}, {cell.spoken}"
            cells.append(replace(cell, key=f"{line.key}{_BETWEEN}{cell.key}", spoken=spoken, number=""))
    made = []
    for row in items:
        item = _item(row, board, by, last=days[-1])
        for box_id, key, moves in drawing.placed(row, by):
            first, last = f"{key}{_BETWEEN}{item.first}", f"{key}{_BETWEEN}{item.last}"
            made.append(replace(item, id=box_id, first=first, last=last, movable=moves))
    return CellContent(columns, rows, tuple(cells), tuple(made), flows=False)


def band(board: Board, filters: Filters, by: Columns, columns: Iterable[GridColumn]) -> CellContent:
    """What stands above the hours: whole days and what goes past midnight. Empty if there is nothing."""
    columns = tuple(columns)
    days = [column.date for column in columns if column.date is not None]
    rows = [row for row in drawing.shown(board, filters) if drawing.whole(row)]
    items = []
    for row in rows:
        item = _item(row, board, by, last=max(days, default=board.last))
        if by == "days":
            items.append(item)
            continue
        for box_id, key, moves in drawing.placed(row, by):
            items.append(replace(item, id=box_id, first=key, last=key, movable=moves))
    if not items:
        return CellContent()
    # Translators: above the hours of a day, where things of whole days stand; {day} is a day or a colleague
    words = _("whole day, {day}")
    cells = tuple(Cell(one.key, words.format(day=one.spoken or one.title), today=one.today) for one in columns)
    heads = tuple(CellHead(one.key, "", one.spoken) for one in columns)
    return CellContent(heads, (CellHead("band", ""),), cells, tuple(items), flows=False)


def mini(shown: date, chosen: date, today: date, busy: frozenset[date]) -> CellContent:
    """Six weeks around a month, with a dot where something is booked."""
    first = week_start(shown.replace(day=1))
    days = [first + n * _DAY for n in range(_MINI_WEEKS * _WEEK)]
    cells = tuple(
        Cell(day.isoformat(), formats.date_full(day), str(day.day), today=day == today,
             faint=day.month != shown.month, mark=day in busy)
        for day in days
    )  # fmt: skip
    columns = tuple(replace(head, title=head.title[:1].upper()) for head in _weekdays())
    return CellContent(columns, _weeks(days), cells, ())


def mini_days(shown: date) -> tuple[date, date]:
    """First and last day of the small month."""
    first = week_start(shown.replace(day=1))
    return first, first + (_MINI_WEEKS * _WEEK - 1) * _DAY


def cell_target(by: Columns, key: str) -> Target:
    """The day, and the colleague, room or access point, that a cell of a month or a table stands for."""
    line, _between, day = key.rpartition(_BETWEEN)
    known = None if not line or line == NOBODY else line
    return Target(
        date.fromisoformat(day),
        known if by == "staff" else None,
        known if by == "rooms" else None,
        known if by == "points" else None,
    )


def when(row: Item) -> str:
    """Its time in a few characters: from when to when, or from which day to which."""
    last = drawing.last_day(row)
    if last > row.starts.date():
        return f"{formats.date_short(row.starts.date())} – {formats.date_short(last)}"
    if drawing.whole(row):
        return _("all day")
    return formats.time_range(row.starts.time(), row.ends.time())


def _days(board: Board) -> list[date]:
    return [board.first + n * _DAY for n in range((board.last - board.first).days + 1)]


def _weekdays() -> tuple[CellHead, ...]:
    return tuple(CellHead(str(n), formats.weekday(n, short=True), formats.weekday(n)) for n in range(1, _WEEK + 1))


def _weeks(days: list[date]) -> tuple[CellHead, ...]:
    """A row for each week, with its number (ISO 8601)."""
    numbers = [day.isocalendar().week for day in days[::_WEEK]]
    return tuple(CellHead(f"week {row}", str(number)) for row, number in enumerate(numbers))


def _day_cell(
    board: Board, filters: Filters, day: date, *, faint: bool = False, point: str | None = None
) -> Cell:  # fmt: skip
    open_then = [one for one in board.openings if one.starts.date() == day and _of(one.access_point_id, filters, point)]
    closed = [one for one in board.closings if one.starts.date() == day and _of(one.access_point_id, filters, point)]
    reason = next((one.reason or _("closed") for one in closed), "") if not open_then else ""
    times = dict.fromkeys(formats.time_range(one.starts.time(), one.ends.time()) for one in open_then)
    return Cell(
        day.isoformat(), formats.date_day(day), _number(day, board), ", ".join(times), reason,
        today=day == board.now.date(), faint=faint,
    )  # fmt: skip


def _of(point_id: str | None, filters: Filters, point: str | None) -> bool:
    """Whether opening hours or a closure of an access point count here."""
    if point is not None and point != NOBODY and point_id is not None:
        return point_id == point
    return not filters.points or point_id is None or point_id in filters.points


def _number(day: date, board: Board) -> str:
    """The day, with its month where another one begins."""
    if day.day == 1 or day == board.first:
        return drawing.day_and_month(day)
    return str(day.day)


def _item(row: Item, board: Board, by: Columns = "days", last: date | None = None) -> CellItem:
    begins, ends = max(row.starts.date(), board.first), min(drawing.last_day(row), last or board.last)
    bar = drawing.whole(row)
    return CellItem(
        drawing.item_id(row), begins.isoformat(), ends.isoformat(), drawing.title(row), drawing.detail(row, by),
        when(row) if bar else formats.time_text(row.starts.time()), drawing.minute(row.starts, row.starts.date()), bar,
        drawing.tone(row), cast(BoxState, row.state), drawing.movable(row),
    )  # fmt: skip
