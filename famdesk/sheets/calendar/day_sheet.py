"""The sheet of the day for the desk: what is open, who comes when, and lines for those who come without appointment.

It is the one sheet that names families, for the hours when the screen is off or the network is down. Each page says so
and asks to be destroyed. `who` is printed as it is given: the caller decides whether that is a name, an alias or only
"occupied".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, time

from famdesk.i18n import _, formats
from famdesk.sheets.hours.opening_hours import Span
from famdesk.sheets.paper import layout
from famdesk.sheets.paper.layout import Block, Section
from famdesk.sheets.paper.naming import naming
from famdesk.sheets.paper.page import Folio, Painter, Paper, Pen, build
from famdesk.sheets.paper.style import (
    ATTENTION,
    ATTENTION_TINT,
    BODY,
    HAIRLINE,
    PRIMARY,
    PRIMARY_TINT,
    SECOND,
    SMALL,
    STRONG,
    Style,
)
from famdesk.sheets.paper.text import Lines, wrap

LEFT = 40.0
ROOM = Paper.A4.width - 2 * LEFT
_TOP = 36.0
_FOOT = 58.0
_GAP = 10.0
_WRITING = 27.0
"""Height of a line that is written on by hand."""


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """A place that is open on the day, with its hours."""

    place: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class DayAppointment:
    """An appointment, times in local wall time. `who` is the label that this desk may read."""

    starts: time
    ends: time
    kind: str
    who: str = ""
    operator: str = ""
    room: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DayMeeting:
    """A meeting of an initiative. `enrolled` and `capacity` are None if there is no enrolment or no limit."""

    starts: time
    ends: time
    title: str
    leader: str = ""
    room: str = ""
    enrolled: int | None = None
    capacity: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DaySheet:
    """The day at the desk. `closed` is the reason if the centre is closed; `printed` the moment, or None."""

    centre: str
    day: date
    open_places: tuple[OpenPlace, ...] = ()
    closed: str = ""
    appointments: tuple[DayAppointment, ...] = ()
    meetings: tuple[DayMeeting, ...] = ()
    printed: datetime | None = None


@dataclass(frozen=True, slots=True)
class DaySheetOptions:
    """`walk_in_lines`: how many lines for people without appointment there are at least; 0 for none at all."""

    walk_in_lines: int = 6


@naming
def render(content: DaySheet, options: DaySheetOptions | None = None) -> bytes:
    """The day sheet as PDF (A4) in the current language.

    Raises:
        DoesNotFit: if a text is too long for its column.
        NotInFont: if a character cannot be printed.
    """
    chosen = options or DaySheetOptions()
    head = _head(content)
    again = _small_head(content)

    def room(page: int) -> float:
        return Paper.A4.height - _TOP - _FOOT - (head if page == 1 else again).height

    sections = [_appointments(content), _meetings(content)]
    if chosen.walk_in_lines:
        sections.append(_walk_ins(chosen.walk_in_lines))
    bodies = layout.flow([section for section in sections if section], room)
    if chosen.walk_in_lines:
        free = room(len(bodies)) - layout.stacked(bodies[-1])
        bodies[-1] += [_writing_line()] * int(free // _WRITING)
    return build([_painter(content, head if n == 0 else again, body) for n, body in enumerate(bodies)],
                 Paper.A4, _("Day sheet"))  # fmt: skip


def _painter(content: DaySheet, head: Block, body: layout.Page) -> Painter:
    def paint(pen: Pen, folio: Folio) -> None:
        head.paint(pen, _TOP)
        layout.paint(body, pen, _TOP + head.height)
        _paint_foot(content, pen, folio)

    return paint


def _paint_foot(content: DaySheet, pen: Pen, folio: Folio) -> None:
    with pen.aside():
        _foot(content, pen, folio)


def _foot(content: DaySheet, pen: Pen, folio: Folio) -> None:
    y = pen.height - _FOOT + 12
    pen.rule(LEFT, y, ROOM, HAIRLINE)
    warning = _("Contains personal data: keep it covered and destroy it after use.")
    pen.line(warning, Style(9, bold=True, colour=ATTENTION, floor=0.8), LEFT, y + 8, room=ROOM * 0.66)
    right = folio.sentence()
    if content.printed:
        right = f"{_('printed {moment}').format(moment=formats.moment(content.printed))} · {right}"
    pen.line(right, SMALL, LEFT + ROOM, y + 8, room=ROOM * 0.33, align="right")


def _head(content: DaySheet) -> Block:
    """Date in large type, centre, and what is open."""
    day = wrap(formats.date_full(content.day), Style(24, bold=True, colour=PRIMARY, leading=1.25, role="H1"), ROOM)
    centre = wrap(content.centre, BODY.coloured(SECOND), ROOM * 0.78)
    if content.closed:
        state = [wrap(_("Closed: {reason}").format(reason=content.closed), STRONG.coloured(ATTENTION), ROOM - 20)]
    elif content.open_places:
        state = [wrap(_open_text(place), BODY, ROOM - 20) for place in content.open_places]
    else:
        state = [wrap(_("No place has opening hours on this day."), BODY.coloured(SECOND), ROOM - 20)]
    box = sum(lines.height for lines in state) + 12
    tint = ATTENTION_TINT if content.closed else PRIMARY_TINT

    def paint(pen: Pen, y: float) -> None:
        pen.lines(day, LEFT, y)
        pen.lines(centre, LEFT, y + day.height)
        pen.line(_("Day sheet"), centre.style, LEFT + ROOM, y + day.height, room=ROOM * 0.2, align="right")
        at = y + day.height + centre.height + 8
        pen.fill(LEFT, at, ROOM, box, tint, radius=4)
        at += 6
        for lines in state:
            pen.lines(lines, LEFT + 10, at)
            at += lines.height

    return Block(day.height + centre.height + 8 + box + 4, paint)


def _open_text(place: OpenPlace) -> str:
    hours = ", ".join(formats.time_range(span.starts, span.ends) for span in place.spans)
    # Translators: a place and its hours today, as "piazza Giovanni XXIII: 12:00–14:00"
    return _("{place}: {hours}").format(place=place.place, hours=hours)


def _small_head(content: DaySheet) -> Block:
    day = wrap(formats.date_full(content.day), STRONG.coloured(PRIMARY), ROOM)

    def paint(pen: Pen, y: float) -> None:
        with pen.aside():
            pen.lines(day, LEFT, y)

    return Block(day.height + 4, paint)


@dataclass(frozen=True, slots=True)
class _Column:
    """Left edge, measured from the margin, and width of a column, in points."""

    x: float
    width: float


_TIME = _Column(0, 74)
_MAIN = _Column(84, 222)
_WHO = _Column(316, 104)
_ROOM = _Column(430, 56)
_COLUMNS = (_TIME, _MAIN, _WHO, _ROOM)
_TICK = 10.0


def _heading(title: str, labels: Sequence[str], *, again: bool = False, tick: str = "", listed: bool = True) -> Block:
    """The title of a section and the names of its columns; `listed`: lines follow that belong to them."""
    shown = _("{section} (continued)").format(section=title) if again else title
    name = wrap(shown, Style(13, bold=True, leading=1.3, role="H2"), ROOM)
    cells = [wrap(label, SMALL, column.width) for label, column in zip(labels, _COLUMNS, strict=False)]
    tall = max((cell.height for cell in cells), default=0)
    # The heading of the boxes may begin where that of the rooms ends: it can be longer than a box is wide.
    beyond = ROOM - _ROOM.x - min(_ROOM.width, cells[-1].width + SMALL.size / 2 if cells else 0)

    def columns(pen: Pen, y: float) -> None:
        for cell, column in zip(cells, _COLUMNS, strict=False):
            with pen.cell("Column"):
                pen.lines(cell, LEFT + column.x, y)
        if tick:
            with pen.cell("Column"):
                pen.line(tick, SMALL, LEFT + ROOM, y, room=beyond, align="right")

    def paint(pen: Pen, y: float) -> None:
        with pen.aside() if again else nullcontext():
            pen.lines(name, LEFT, y + _GAP)
        with pen.aside() if again or not listed else pen.table_row(title):
            columns(pen, y + _GAP + name.height + 2)
        pen.rule(LEFT, y + _GAP + name.height + tall + 4, ROOM, PRIMARY, weight=1.2)

    return Block(_GAP + name.height + tall + 4, paint, title)


def _appointments(content: DaySheet) -> Section:
    title, labels = _("Appointments"), (_("Time"), _("Who and why"), _("With"), _("Room"))
    rows = [
        _entry(
            one.starts,
            one.ends,
            one.who or one.kind,
            one.kind if one.who else "",
            one.operator,
            one.room,
            one.note,
            tick=True,
            table=title,
        )
        for one in sorted(content.appointments, key=lambda one: (one.starts, one.ends, one.who))
    ]
    rows = rows or [_remark(_("No appointments."))]
    # Translators: heading of a box to tick when the person has come
    tick = _("Came") if content.appointments else ""
    listed = bool(content.appointments)
    head = _heading(title, labels, tick=tick, listed=listed)
    return Section(head, _heading(title, labels, again=True, tick=tick), tuple(rows))


def _meetings(content: DaySheet) -> Section | None:
    if not content.meetings:
        return None
    title, labels = _("Meetings"), (_("Time"), _("Title"), _("With"), _("Room"))
    rows = [
        _entry(one.starts, one.ends, one.title, _enrolled_text(one), one.leader, one.room, one.note, table=title)
        for one in sorted(content.meetings, key=lambda one: (one.starts, one.ends, one.title))
    ]
    return Section(_heading(title, labels), _heading(title, labels, again=True), tuple(rows))


def _enrolled_text(meeting: DayMeeting) -> str:
    if meeting.enrolled is None:
        return ""
    if meeting.capacity is None:
        return _("enrolled: {enrolled}").format(enrolled=meeting.enrolled)
    return _("enrolled: {enrolled} of {capacity}").format(enrolled=meeting.enrolled, capacity=meeting.capacity)


def _entry(starts: time, ends: time, main: str, second: str, operator: str, room: str, note: str, *,
           table: str, tick: bool = False) -> Block:  # fmt: skip
    """One line of the day: time, who or what, with whom, where, a box to tick, and a remark below."""
    when = wrap(formats.time_range(starts, ends), STRONG, _TIME.width)
    middle = [wrap(main, STRONG, _MAIN.width)]
    middle += [wrap(second, BODY, _MAIN.width)] if second else []
    cells = [wrap(operator, BODY, _WHO.width), wrap(room, BODY, _ROOM.width)]
    remark = wrap(note, SMALL, ROOM - _MAIN.x - 20) if note else None
    tall = max(when.height, sum(part.height for part in middle), *(cell.height for cell in cells))
    height = 5 + tall + (remark.height + 1 if remark else 0) + 6

    def columns(pen: Pen, y: float) -> None:
        with pen.cell("Row"):
            pen.lines(when, LEFT + _TIME.x, y)
        with pen.cell():
            at = y
            for part in middle:
                pen.lines(part, LEFT + _MAIN.x, at)
                at += part.height
            if remark:
                pen.lines(remark, LEFT + _MAIN.x, y + tall + 1)
        for cell, column in zip(cells, (_WHO, _ROOM), strict=True):
            with pen.cell():
                pen.lines(cell, LEFT + column.x, y)
        if tick:
            with pen.cell():
                pen.frame(LEFT + ROOM - _TICK, y + 3, _TICK, _TICK, SECOND, radius=2)

    def paint(pen: Pen, y: float) -> None:
        with pen.table_row(table):
            columns(pen, y + 5)
        pen.rule(LEFT, y + height, ROOM, HAIRLINE)

    return Block(height, paint, main)


def _remark(text: str) -> Block:
    lines: Lines = wrap(text, BODY.coloured(SECOND), ROOM)
    return Block(lines.height + 12, lambda pen, y: pen.lines(lines, LEFT, y + 6))


def _walk_ins(count: int) -> Section:
    title, labels = _("Without appointment"), (_("Time"), _("First name or ticket, need"), _("Seen by"), _("Outcome"))
    lines = tuple([_writing_line()] * count)
    return Section(_heading(title, labels), _heading(title, labels, again=True), lines)


def _writing_line() -> Block:
    draw: Callable[[Pen, float], None] = lambda pen, y: pen.rule(LEFT, y + _WRITING, ROOM, HAIRLINE)  # noqa: E731
    return Block(_WRITING, draw)
