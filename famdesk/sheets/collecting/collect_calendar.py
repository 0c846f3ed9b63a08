"""From the calendar to its sheet: the rows that are seen, with the names that this paper may bear."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar import periods
from famdesk.domain.centre.profile_codes import MEETING_STATES
from famdesk.domain.errors import RuleError
from famdesk.domain.text import tokens
from famdesk.i18n import N_, _, formats, pgettext
from famdesk.sheets.calendar.calendar_entries import CalendarSheet, Entry, Hours, Shut
from famdesk.sheets.calendar.calendar_wish import CalendarWish
from famdesk.sheets.collecting.collect import chosen_points
from famdesk.usecases.calendar import calendar_board
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.calendar.calendar_board import GONE, Board, MeetingBox
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.post import outgoing, prints
from famdesk.usecases.post.outgoing import Outgoing
from famdesk.usecases.staff import staff

NOBODY = "-"
OFF = ("cancelled", "skipped")
SHAPES = {periods.DAY: "hours", periods.WORK: "hours", periods.WEEK: "hours", periods.MONTH: "month",
          periods.WEEKS: "weeks", periods.LIST: "list"}  # fmt: skip


class NoSuchColleague(RuleError):
    message = N_("No colleague is called “{text}”.")


class NoSuchRoom(RuleError):
    message = N_("No room is called “{text}”.")


def calendar(tx: Tx, wish: CalendarWish) -> CalendarSheet:
    """The sheet that is wanted. With names the print is noted in the journal."""
    by = wish.parts
    board = calendar_board.board_around(tx, wish.mode, wish.day)
    month = board.day.replace(day=1) if wish.mode == periods.MONTH else None
    booked = [row for row in board.appointments if _passes(row, wish) and _counts(row, month)]
    meetings = [row for row in board.meetings if _leads(row, wish) and _counts(row, month)]
    named = outgoing.masked(tx, [row.person_id for row in booked], "paper") if wish.names else {}
    if wish.names:
        prints.note(tx, "calendar", [("appointment", row.id) for row in booked])
    entries = [_appointment(row, named, by) if wish.names else _occupied(row, by) for row in booked]
    entries += [_meeting(row, by) for row in meetings]
    shape = "rows" if by != "days" and wish.mode != periods.DAY else SHAPES[wish.mode]
    made = CalendarSheet(
        shape, centre.overview(tx).name, "", _subject(board, wish), board.first, board.last,
        tuple(entries), tuple(_openings(board, wish)), tuple(_closings(board, wish)),
        _columns(board, wish, by, entries), month, wish.names, wish.mode != periods.WORK, tx.now(),
    )  # fmt: skip
    return replace(made, heading=_heading(board, wish.mode, made.days()[-1]))


def chosen(tx: Tx, wish: CalendarWish, colleagues: Sequence[str] = (), rooms: Sequence[str] = (),
           places: Sequence[str] = ()) -> CalendarWish:  # fmt: skip
    """The wish for those whose names hold these texts.

    Raises:
        NoSuchColleague, NoSuchRoom, NoSuchPlace.
    """
    people = [(row.id, row.name) for row in staff.colleagues(tx)]
    known = [(row.id, row.name) for row in directory.rooms(tx)]
    points = frozenset(point.id for point in chosen_points(tx, places)) if places else frozenset[str]()
    return replace(wish, staff=_matching(colleagues, people, NoSuchColleague), points=points,
                   rooms=_matching(rooms, known, NoSuchRoom))  # fmt: skip


def _matching(texts: Sequence[str], known: Sequence[tuple[str, str]], error: type[RuleError]) -> frozenset[str]:
    found: set[str] = set()
    for text in texts:
        asked = tokens(text)
        fits = {key for key, name in known
                if asked and all(any(word.startswith(one) for word in tokens(name)) for one in asked)}  # fmt: skip
        if not fits:
            raise error("text", text=text)
        found |= fits
    return frozenset(found)


def _counts(row: AppointmentRow | MeetingBox, month: date | None) -> bool:
    """Whether it touches the month that is printed."""
    if month is None:
        return True
    after = (month + timedelta(days=31)).replace(day=1)
    return row.starts.date() < after and (row.ends - timedelta(minutes=1)).date() >= month


def _passes(row: AppointmentRow, wish: CalendarWish) -> bool:
    return (
        _state_passes(row.state, wish)
        and (not wish.staff or row.staff_id in wish.staff)
        and (not wish.rooms or row.room_id in wish.rooms)
        and (not wish.points or row.access_point_id in wish.points)
        and (not wish.kinds or row.kind in wish.kinds)
    )


def _leads(row: MeetingBox, wish: CalendarWish) -> bool:
    return (
        wish.initiatives
        and not (wish.points or wish.kinds)
        and (not wish.states or row.state in wish.states)
        and (not wish.staff or row.leader_staff_id in wish.staff)
        and (not wish.rooms or row.room_id in wish.rooms)
    )


def _state_passes(state: str, wish: CalendarWish) -> bool:
    if wish.states and state not in wish.states:
        return False
    return wish.cancelled or state in wish.states or state not in OFF


def _appointment(row: AppointmentRow, named: Mapping[str, Outgoing], by: str) -> Entry:
    """As the day sheet tells it: protected persons are "busy", beside those who have to be careful is no free text."""
    found = named.get(row.person_id or "")
    if row.masked or (row.person_id is not None and found is None):
        return _occupied(row, by)
    state = "" if row.state == "planned" else codes.label(codes.APPOINTMENT_STATES, row.state)
    discreet = found is not None and found.discreet
    title, note = (row.title, "") if discreet else (row.heading, row.beside)
    return replace(
        _occupied(row, by), title=title, who=found.label if found else "", function=row.function, state=state, note=note
    )


def _occupied(row: AppointmentRow, by: str) -> Entry:
    """What may hang on a door: that, when and where somebody is busy."""
    off = row.state in OFF
    return Entry(
        row.starts, row.ends, _("busy"), "", "", row.staff or "", row.room or "", row.access_point or "", None,
        codes.label(codes.APPOINTMENT_STATES, row.state) if off else "", off, row.all_day,
        {"staff": row.staff_id, "rooms": row.room_id, "points": row.access_point_id}.get(by) or NOBODY,
    )  # fmt: skip


def _meeting(row: MeetingBox, by: str) -> Entry:
    title = f"{row.name} {row.number}/{row.count}" if row.count > 1 else row.name
    off = row.state in {*OFF, GONE}
    state = _("Moved") if row.state == GONE else codes.label(MEETING_STATES, row.state)
    note = "" if row.moved_to is None else _("moved to {when}").format(when=formats.moment(row.moved_to))
    return Entry(
        row.starts, row.ends, title, "", note, row.leader or "", row.place or "", "", row.function,
        state if off else "", off, False,
        {"staff": row.leader_staff_id, "rooms": row.room_id}.get(by) or NOBODY,
    )  # fmt: skip


def _openings(board: Board, wish: CalendarWish) -> Iterable[Hours]:
    return (Hours(one.starts, one.ends, one.name, one.access_point_id) for one in board.openings
            if not wish.points or one.access_point_id in wish.points)  # fmt: skip


def _closings(board: Board, wish: CalendarWish) -> Iterable[Shut]:
    """Closures in the order of the day; one that takes several spans of an access point is one sentence later."""
    for one in board.closings:
        if one.access_point_id is None or not wish.points or one.access_point_id in wish.points:
            yield Shut(one.starts, one.ends, one.reason or "", one.name, one.access_point_id or "")


def _columns(board: Board, wish: CalendarWish, by: str, entries: Sequence[Entry]) -> tuple[tuple[str, str], ...]:
    known = {"staff": board.colleagues, "rooms": board.rooms, "points": board.points}.get(by)
    if known is None:
        return ()
    wanted = {"staff": wish.staff, "rooms": wish.rooms, "points": wish.points}[by]
    columns = tuple((key, name) for key, name in known if not wanted or key in wanted)
    if columns and not any(entry.column == NOBODY for entry in entries):
        return columns
    words = {
        "staff": pgettext("calendar column", "Without colleague"),
        "rooms": pgettext("calendar column", "Without room"),
        "points": pgettext("calendar column", "Elsewhere"),
    }
    return (*columns, (NOBODY, words[by]))


def _heading(board: Board, mode: str, last: date) -> str:
    """What is shown; `last` is the last day that is."""
    if mode == periods.DAY:
        return formats.date_full(board.first)
    if mode == periods.MONTH:
        return formats.month_year(board.day)
    words = formats.week_range(board.first, last)
    return words if str(last.year) in words else f"{words} {last.year}"


def _subject(board: Board, wish: CalendarWish) -> str:
    """Whose calendar this is: the names that are filtered by."""
    parts = []
    for ids, known in ((wish.staff, board.colleagues), (wish.rooms, board.rooms), (wish.points, board.points)):
        parts += [name for key, name in known if key in ids]
    parts += [codes.label(codes.APPOINTMENT_KINDS, one) for one in sorted(wish.kinds)]
    parts += [codes.label(codes.APPOINTMENT_STATES, one) for one in sorted(wish.states)]
    return " · ".join(parts)
