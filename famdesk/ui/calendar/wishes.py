"""What the person wants done in the calendar, whichever view it is said in."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QPoint, Signal

from famdesk.ui.calendar import drawing
from famdesk.ui.calendar.drawing import Target
from famdesk.ui.calendar.editor_form import Start
from famdesk.usecases.calendar.calendar_board import Board


class Wishes(QObject):
    """Ids are those of `drawing.item_id`.

    Signals:
        opened(str): open an appointment or meeting.
        begun(object): a new appointment, from a `Start`. days_wanted(object): an entry of several days.
        move_wanted(str, object, object): another start, and the `Target` of the column.
        stretch_wanted(str, object): another end.
        cancel_wanted(str), arrive_wanted(str).
        menu_wanted(str, object, QPoint): the context menu of an item, or with "" of an empty place (a `Start`).
        stepped(int): one period back or on.
        day_wanted(object): show that day.
    """

    opened = Signal(str)
    begun = Signal(object)
    days_wanted = Signal(object)
    move_wanted = Signal(str, object, object)
    stretch_wanted = Signal(str, object)
    cancel_wanted = Signal(str)
    arrive_wanted = Signal(str)
    menu_wanted = Signal(str, object, QPoint)
    stepped = Signal(int)
    day_wanted = Signal(object)


def start_at(board: Board, target: Target, starts: datetime, ends: datetime | None = None) -> Start:
    """A new appointment there; without a known access point that of the one that is open then."""
    point = target.access_point_id or drawing.point_open(board, starts)
    return Start(starts, ends, target.staff_id, target.room_id, point)


def start_on(board: Board, target: Target, now: datetime) -> Start:
    """A new appointment on a day: when an access point opens, today at the next quarter of an hour."""
    opens = [one.starts for one in board.openings if one.starts.date() == target.day]
    first = min(opens, default=at(target.day, 9 * 60))
    if target.day == now.date():
        first = max(first, rounded(now))
    return start_at(board, target, first)


def rounded(moment: datetime, minutes: int = 15) -> datetime:
    """The next multiple of some minutes."""
    late = timedelta(minutes=-moment.minute % minutes)
    return (moment + late).replace(second=0, microsecond=0)


def at(day: date, minute: int) -> datetime:
    """A minute of a day."""
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)
