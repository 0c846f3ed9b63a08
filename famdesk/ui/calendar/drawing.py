"""From the board to what the grid and the list show: pure functions over plain rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final, Literal, cast

from famdesk.domain import codes
from famdesk.domain.calendar import periods
from famdesk.domain.centre.profile_codes import MEETING_STATES
from famdesk.i18n import _, formats, pgettext
from famdesk.ui.kit.grid.model import DAY, BoxState, BoxTone, GridBand, GridBox, GridColumn
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.calendar import MOVABLE
from famdesk.usecases.calendar.calendar_board import GONE, Board, MeetingBox

Columns = Literal["days", "staff", "rooms", "points"]
Item = AppointmentRow | MeetingBox
MEETING: Final = "meeting:"
"""Begins the box id of a meeting; what follows is the meeting's id."""
NOBODY: Final = "-"
"""Key of the column for what has no colleague, room or access point."""
_ALSO: Final = "#"
"""Parts the id of an item from the column in which it stands once more."""
_PARTIES: Final[dict[str, str]] = {"staff": "staff", "rooms": "room"}
OUT: Final = ("cancelled", "skipped")
"""States that are only shown when asked for."""
_WORKDAYS: Final = 5
_MEETING_STATES: Final[dict[str, BoxState]] = {"held": "done", "cancelled": "cancelled", GONE: "skipped"}


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown: of these colleagues, access points, rooms, kinds, states (each empty: of all).

    `cancelled`: cancelled ones too; `initiatives`: meetings of initiatives too.
    """

    staff: frozenset[str] = frozenset()
    points: frozenset[str] = frozenset()
    cancelled: bool = False
    rooms: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    initiatives: bool = True

    def active(self) -> bool:
        """Whether anything differs from showing everything that takes place."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the grid is given."""

    columns: tuple[GridColumn, ...] = ()
    boxes: tuple[GridBox, ...] = ()
    bands: tuple[GridBand, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Target:
    """What a place in the grid stands for; None: the column does not say."""

    day: date
    staff_id: str | None = None
    room_id: str | None = None
    access_point_id: str | None = None


def shown(board: Board, filters: Filters) -> tuple[Item, ...]:
    """Appointments and meetings that pass the filters, in the order of time."""
    items: list[Item] = [row for row in board.appointments if _passes(row, filters)]
    items += [row for row in board.meetings if _meeting_passes(row, filters)]
    return tuple(sorted(items, key=lambda row: (row.starts, row.ends, row.id)))


def _passes(row: AppointmentRow, filters: Filters) -> bool:
    return (
        _state_passes(row.state, filters)
        and (not filters.staff or not filters.staff.isdisjoint(column_keys(row, "staff")))
        and (not filters.points or row.access_point_id in filters.points)
        and (not filters.rooms or not filters.rooms.isdisjoint(column_keys(row, "rooms")))
        and (not filters.kinds or row.kind in filters.kinds)
    )


def _meeting_passes(row: MeetingBox, filters: Filters) -> bool:
    """Cancelled and moved ones are shown, struck out: people may come who have not heard of it."""
    return (
        filters.initiatives
        and not (filters.points or filters.kinds)
        and (not filters.states or row.state in filters.states)
        and (not filters.staff or row.leader_staff_id in filters.staff)
        and (not filters.rooms or row.room_id in filters.rooms)
    )


def _state_passes(state: str, filters: Filters) -> bool:
    if filters.states and state not in filters.states:
        return False
    return filters.cancelled or state in filters.states or state not in OUT


def whole(row: Item) -> bool:
    """Whether it is shown above the hours: whole days, and what goes past midnight."""
    if isinstance(row, MeetingBox):
        return False
    return row.all_day or last_day(row) > row.starts.date() or row.ends - row.starts >= timedelta(days=1)


def last_day(row: Item) -> date:
    """The last day of which it takes some time."""
    return (row.ends - timedelta(minutes=1)).date()


def item_id(row: Item) -> str:
    """The id of its box and of its line in the list."""
    return f"{MEETING}{row.id}" if isinstance(row, MeetingBox) else row.id


def item_of(box_id: str) -> str:
    """The id of the item behind a box: in columns of colleagues or rooms one item may have several."""
    return box_id.partition(_ALSO)[0]


def draw(board: Board, filters: Filters, by: Columns, mode: str = periods.WORK) -> Drawing:
    """The board as columns of days, or one day as columns of colleagues, rooms or access points."""
    items = shown(board, filters)
    short = [row for row in items if not whole(row)]
    if by == "days":
        days = days_shown(board, items, mode)
        columns = tuple(_day_column(day, board.now.date(), alone=len(days) == 1) for day in days)
        return Drawing(columns, tuple(_boxes(short, by)), tuple(_bands(board, filters, by, ())))
    columns = tuple(resource_columns(board, filters, by, items))
    keys = tuple(column.key for column in columns)
    return Drawing(columns, tuple(_boxes(short, by)), tuple(_bands(board, filters, by, keys)))


def target(board: Board, by: Columns, key: str) -> Target:
    """The day and the colleague, room or access point that a column stands for."""
    if by == "days":
        return Target(date.fromisoformat(key))
    known = None if key == NOBODY else key
    return Target(
        board.first,
        known if by == "staff" else None,
        known if by == "rooms" else None,
        known if by == "points" else None,
    )


def point_open(board: Board, starts: datetime) -> str | None:
    """The access point that is open at a moment, if there is exactly one."""
    found = {one.access_point_id for one in board.openings if one.starts <= starts < one.ends}
    return found.pop() if len(found) == 1 else None


def heading(board: Board, filters: Filters, mode: str = periods.WORK, *, short: bool = False) -> tuple[str, str]:
    """The title of the view and the year beside it; `short` for a window with very large text."""
    if mode == periods.MONTH:
        return formats.month_year(board.day), ""
    if board.first == board.last:
        name = formats.date_short if short else formats.date_day
        return name(board.first), str(board.first.year)
    last = days_shown(board, shown(board, filters), mode)[-1]
    year = "" if board.first.year != last.year else str(board.first.year)
    if short:
        return f"{day_and_month(board.first)} – {day_and_month(last)}", year
    return formats.week_range(board.first, last), year


def day_and_month(day: date) -> str:
    """ "13 feb"."""
    return " ".join(formats.date_short(day).split(" ")[1:])


def minute(moment: datetime, day: date) -> int:
    """Minutes from midnight of `day`, at most a whole day."""
    return max(0, min(DAY, (moment - datetime.combine(day, time())) // timedelta(minutes=1)))


def detail(row: Item, by: Columns = "days") -> str:
    """The second line of a box: whom it is for, by whom and where, as far as the column does not say it."""
    if isinstance(row, MeetingBox):
        # Translators: "3 of 5", the number of a meeting in its cycle
        count = _("{number} of {count}").format(number=row.number, count=row.count)
        parts = [gone_to(row), count if row.count > 1 else "", row.leader or "", row.place or ""]
    else:
        staff = "" if by == "staff" else row.staff or ""
        # Translators: a small mark in the calendar: this appointment is one of a series
        series = pgettext("calendar box", "series") if row.series_id else ""
        others = [one.name for one in row.others if one.kind != _PARTIES.get(by)]
        parts = [row.who, row.beside, staff, "" if by == "rooms" else row.room or "", *others, series]
    return " · ".join(part for part in parts if part)


def gone_to(row: MeetingBox) -> str:
    """Where a meeting that no longer is then has gone; "" for others."""
    if row.state != GONE:
        return ""
    if row.moved_to is None:
        return _("put off, the day is to be set")
    return _("moved to {when}").format(when=formats.moment(row.moved_to))


def title(row: Item) -> str:
    """The first line of a box."""
    return row.name if isinstance(row, MeetingBox) else row.heading


def state_label(row: Item) -> str:
    """Its state in a word; nothing for what is busy without saying why."""
    if isinstance(row, MeetingBox):
        return _("Moved") if row.state == GONE else codes.label(MEETING_STATES, row.state)
    return "" if row.masked else codes.label(codes.APPOINTMENT_STATES, row.state)


def days_shown(board: Board, items: Iterable[Item], mode: str) -> list[date]:
    """The days of a view; of the working days Saturday and Sunday only when they hold something."""
    days = [board.first + timedelta(n) for n in range((board.last - board.first).days + 1)]
    return days[:_WORKDAYS] if mode == periods.WORK and not _weekend_needed(board, items) else days


def _weekend_needed(board: Board, items: Iterable[Item]) -> bool:
    """Whether Saturday or Sunday holds something; then both are shown, so that the week stays whole."""
    saturday = board.first + timedelta(_WORKDAYS)
    begun = [row.starts.date() for row in items] + [one.starts.date() for one in board.openings]
    return any(saturday <= day <= board.last for day in begun)


def _day_column(day: date, today: date, *, alone: bool) -> GridColumn:
    short = formats.weekday(day.isoweekday(), short=not alone)
    full = formats.date_day(day)
    return GridColumn(day.isoformat(), f"{short} {day.day}", date=day, today=day == today, spoken=full)


def resource_columns(board: Board, filters: Filters, by: Columns, items: Iterable[Item]) -> Iterator[GridColumn]:
    named = {"staff": board.colleagues, "rooms": board.rooms, "points": board.points}[by]
    wanted = {"staff": filters.staff, "points": filters.points, "rooms": filters.rooms}.get(by, frozenset())
    today = False  # columns that all stand for one day need no mark
    for key, name in named:
        if not wanted or key in wanted:
            yield GridColumn(key, name, date=board.first, today=today)
    if any(NOBODY in column_keys(item, by) for item in items):
        words = {
            "staff": pgettext("calendar column", "Without colleague"),
            "rooms": pgettext("calendar column", "Without room"),
            "points": pgettext("calendar column", "Elsewhere"),
        }
        yield GridColumn(NOBODY, words[by], date=board.first, today=today)


def column_keys(row: Item, by: Columns) -> tuple[str, ...]:
    """The columns that a row stands in: its own one first, then those of the others who take part."""
    if by == "days":
        return (row.starts.date().isoformat(),)
    others: tuple[str, ...] = ()
    if isinstance(row, MeetingBox):
        own = {"staff": row.leader_staff_id, "rooms": row.room_id}.get(by)
    else:
        own = {"staff": row.staff_id, "rooms": row.room_id, "points": row.access_point_id}[by]
        others = tuple(one.id for one in row.others if one.kind == _PARTIES.get(by) and one.id != own)
    return ((own,) if own else ()) + others or (NOBODY,)


def placed(row: Item, by: Columns) -> Iterator[tuple[str, str, bool]]:
    """(id of its box, column, whether it can be moved from there): what takes another along moves from its own."""
    own = None if isinstance(row, MeetingBox) else {"staff": row.staff_id, "rooms": row.room_id}.get(by)
    for number, key in enumerate(column_keys(row, by)):
        box_id = f"{item_id(row)}{_ALSO}{key}" if number else item_id(row)
        yield box_id, key, movable(row) and (by not in _PARTIES or key in (own, NOBODY))


def tone(row: Item) -> BoxTone:
    """Busy without a reason or absent, else the function."""
    busy = isinstance(row, AppointmentRow) and (row.masked or row.kind == "absence")
    return cast(BoxTone, "busy" if busy else row.function or "plain")


def movable(row: Item) -> bool:
    """Whether it can be given another time here."""
    return isinstance(row, AppointmentRow) and not row.masked and row.state in MOVABLE


def mark(row: Item) -> str:
    """The icon of what is one of a series."""
    return "refresh-cw" if isinstance(row, AppointmentRow) and row.series_id else ""


def _boxes(items: Iterable[Item], by: Columns) -> Iterator[GridBox]:
    for row in items:
        day = row.starts.date()
        for box_id, key, moves in placed(row, by):
            yield GridBox(
                box_id, key, minute(row.starts, day), minute(row.ends, day), title(row), detail(row, by), tone(row),
                _box_state(row), moves, icon=mark(row),
            )  # fmt: skip


def _box_state(row: Item) -> BoxState:
    if isinstance(row, MeetingBox):
        return _MEETING_STATES.get(row.state, "planned")
    return cast(BoxState, row.state)


def _bands(board: Board, filters: Filters, by: Columns, keys: tuple[str, ...]) -> Iterator[GridBand]:
    """Openings and closures; in columns of colleagues or rooms only the first column names them."""
    for opening in board.openings:
        if _point_shown(filters, opening.access_point_id):
            day = opening.starts.date()
            span = minute(opening.starts, day), minute(opening.ends, day)
            for key, label in _band_columns(by, keys, day, opening.access_point_id, opening.name):
                yield GridBand(key, *span, label)
    for closing in board.closings:
        if _point_shown(filters, closing.access_point_id):
            day = closing.starts.date()
            span = minute(closing.starts, day), minute(closing.ends, day)
            reason = closing.reason or _("closed")
            for key, label in _band_columns(by, keys, day, closing.access_point_id, closing.name):
                yield GridBand(key, *span, label, "closed", reason)


def _point_shown(filters: Filters, point: str | None) -> bool:
    return not filters.points or point is None or point in filters.points


def _band_columns(
    by: Columns, keys: tuple[str, ...], day: date, point: str | None, name: str
) -> Iterator[tuple[str, str]]:
    """The columns that a band stands in, with what it says there."""
    if by == "days":
        yield day.isoformat(), name
    elif by == "points":
        yield from ((key, "") for key in keys if point is None or key == point)
    else:
        yield from ((key, name if index == 0 else "") for index, key in enumerate(keys))
