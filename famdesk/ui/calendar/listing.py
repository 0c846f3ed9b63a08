"""The list: the same appointments and meetings as lines, with the days as headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from famdesk.i18n import _, formats
from famdesk.ui.calendar import drawing, sheets
from famdesk.ui.calendar.drawing import Item
from famdesk.ui.kit.colours import Meaning
from famdesk.ui.kit.lines import Line
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.calendar_board import Board

_MEANINGS = {
    "confirmed": Meaning.ACCENT,
    "arrived": Meaning.WARNING,
    "done": Meaning.OPEN,
    "no_show": Meaning.CONFLICT,
    "cancelled": Meaning.CLOSED,
    "skipped": Meaning.CLOSED,
}
_FUNCTIONS = {"A": Meaning.A, "B": Meaning.B, "C": Meaning.C}


def lines(items: Iterable[Item], board: Board) -> list[Line]:
    """The lines of a board; what began before it stands on its first day."""
    by_day: dict[date, list[Item]] = {}
    for row in items:
        by_day.setdefault(max(row.starts.date(), board.first), []).append(row)
    closed = _closed(board)
    found: list[Line] = []
    for day in sorted({*by_day, *(closed if by_day else ())}):
        found.append(Line(f"day {day}", _heading(day, board.now.date(), closed.get(day)), header=True))
        found += [_line(row, day) for row in by_day.get(day, ())]
    return found


def _heading(day: date, today: date, closed: str | None) -> str:
    near = {today: _("Today"), today + timedelta(days=1): _("Tomorrow")}.get(day)
    # Translators: heading of a day in a list: "Today, Thursday 13 February"
    title = _("{near}, {day}").format(near=near, day=formats.date_day(day)) if near else formats.date_day(day)
    return f"{title} · {closed}" if closed else title


def _closed(board: Board) -> dict[date, str]:
    """Days on which nothing opens because of a closure, with its reason."""
    opens = {one.starts.date() for one in board.openings}
    return {
        one.starts.date(): _("Closed: {reason}").format(reason=one.reason or _("closed"))
        for one in board.closings
        if one.starts.date() not in opens
    }


def _line(row: Item, day: date) -> Line:
    tag = row.function if row.function in _FUNCTIONS else ""
    lead = sheets.when(row) if not drawing.whole(row) else _("all day")
    badge = drawing.state_label(row) if row.state != "planned" else ""
    parts = list(_parts(row))
    return Line(
        drawing.item_id(row), drawing.title(row), lead=lead, detail=" · ".join(parts), badge=badge,
        meaning=_MEANINGS.get(row.state), tag=tag or "", tag_meaning=_FUNCTIONS.get(row.function or ""),
        trail=sheets.when(row) if drawing.last_day(row) > row.starts.date() else "", strong=True, wide_lead=True,
        spoken=", ".join(part for part in (formats.date_day(day), sheets.when(row), drawing.title(row), *parts,
                                           drawing.state_label(row)) if part),
    )  # fmt: skip


def _parts(row: Item) -> Iterator[str]:
    """Who, by whom, where."""
    if isinstance(row, AppointmentRow):
        parts = [row.who, row.beside, row.staff, row.room or row.access_point]
    else:
        count = _("{number} of {count}").format(number=row.number, count=row.count) if row.count > 1 else ""
        parts = [drawing.gone_to(row), count, row.leader, row.place]
    yield from (part for part in parts if part)
