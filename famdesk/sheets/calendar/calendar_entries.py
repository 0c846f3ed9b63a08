"""What stands in a printed calendar: appointments and meetings, opening hours and closures, and how an entry looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from famdesk.domain import codes
from famdesk.i18n import _, formats
from famdesk.sheets.calendar.calendar_table import Part, wrapped
from famdesk.sheets.paper.page import Pen
from famdesk.sheets.paper.style import ATTENTION, ATTENTION_TINT, SECOND, SMALL, Style
from famdesk.sheets.paper.text import NO_BREAK, Lines

DAY = timedelta(days=1)
COLOURS = {"A": ("#2c5a99", "#e6edf8"), "B": ("#3a7440", "#e8f3e8"), "C": ("#85407a", "#f4e7f2")}
"""Function: its colour and the tint behind it, as in the window."""
PLAIN = ("#5a6068", "#f3f1ed")
OPEN = "#e5f2e6"
SHUT = "#b9b3a8"
_DOT = f"{NO_BREAK}· "


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in the calendar, times in local wall time.

    `who`: the label that this paper may bear; `note`, `operator`, `room`, `place` "" where there is none. `function`
    A, B, C or None. `state` a word if it is not simply planned; `off`: it does not take place. `column`: which column
    of a day it stands in, where these are not days.
    """

    starts: datetime
    ends: datetime
    title: str
    who: str = ""
    note: str = ""
    operator: str = ""
    room: str = ""
    place: str = ""
    function: str | None = None
    state: str = ""
    off: bool = False
    all_day: bool = False
    column: str = ""

    def days(self) -> tuple[date, ...]:
        """Every day that it touches."""
        first, last = self.starts.date(), (self.ends - timedelta(minutes=1)).date()
        return tuple(first + n * DAY for n in range(max(0, (last - first).days) + 1))


@dataclass(frozen=True, slots=True)
class Hours:
    """An access point is open from `starts` to before `ends`; `column` is its id."""

    starts: datetime
    ends: datetime
    name: str
    column: str


@dataclass(frozen=True, slots=True)
class Shut:
    """Hours that a closure takes away; `name` and `column` "" for the whole day of the whole centre."""

    starts: datetime
    ends: datetime
    reason: str
    name: str = ""
    column: str = ""

    def sentence(self) -> str:
        """What is closed and why."""
        if not self.name:
            return _("Closed: {reason}").format(reason=self.reason) if self.reason else _("closed")
        if not self.reason:
            return _("{place}: closed").format(place=self.name)
        # Translators: an access point is closed and why, as in a calendar: "piazza Giovanni XXIII: closed, holiday"
        return _("{place}: closed, {reason}").format(place=self.name, reason=self.reason)


@dataclass(frozen=True, slots=True)
class CalendarSheet:
    """What is printed, from `first` to `last` included.

    `shape`: month, weeks, hours (a week or a day), rows (a week by `columns`) or list. `month`: its first day where
    only that month counts. `subject` says whose calendar it is, or "". `columns`: key and name of what stands side by
    side on one day, or one below the other in a week. `named`: there are names of persons on it. `weekend`: Saturday
    and Sunday are shown also when there is nothing on them.
    """

    shape: str
    centre: str
    heading: str
    subject: str
    first: date
    last: date
    entries: tuple[Entry, ...] = ()
    openings: tuple[Hours, ...] = ()
    closings: tuple[Shut, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    month: date | None = None
    named: bool = False
    weekend: bool = True
    printed: datetime | None = None

    def on(self, day: date) -> tuple[Entry, ...]:
        """The entries that touch a day, in the order of time."""
        found = [entry for entry in self.entries if day in entry.days()]
        return tuple(sorted(found, key=lambda one: (not one.all_day, max(one.starts, _midnight(day)), one.ends)))

    def shut_on(self, day: date) -> tuple[Shut, ...]:
        return tuple(shut for shut in self.closings if shut.starts.date() == day)

    def open_on(self, day: date) -> tuple[Hours, ...]:
        return tuple(sorted((one for one in self.openings if one.starts.date() == day), key=lambda one: one.starts))

    def days(self) -> tuple[date, ...]:
        """The days that are shown: all, or without an empty weekend."""
        every = tuple(self.first + n * DAY for n in range((self.last - self.first).days + 1))
        if self.weekend or any(self.on(day) or self.open_on(day) for day in every if day.weekday() > 4):
            return every
        return tuple(day for day in every if day.weekday() < 5)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def closed_words(shuts: tuple[Shut, ...]) -> tuple[str, ...]:
    """Why it is closed on a day, each sentence once."""
    return tuple(dict.fromkeys(shut.sentence() for shut in shuts))


def open_words(openings: tuple[Hours, ...]) -> str:
    """When something is open on a day: all spans, each once."""
    spans = dict.fromkeys((one.starts.time(), one.ends.time()) for one in openings)
    return ", ".join(formats.time_range(*span) for span in spans)


def when(entry: Entry, day: date) -> str:
    """The time of an entry as it is told on one of its days."""
    before, after = entry.starts < _midnight(day), entry.ends > _midnight(day) + DAY
    if entry.all_day or (before and after):
        return _("all day")
    if before:
        # Translators: an appointment of the day before that lasts until this time
        return _("until {time}").format(time=formats.time_range(time(), entry.ends.time()).split("–")[1])
    if after:
        # Translators: an appointment that begins at this time and goes on after midnight
        return _("from {time}").format(time=formats.time_text(entry.starts.time()))
    return formats.time_range(entry.starts.time(), entry.ends.time())


def where(entry: Entry, hidden: frozenset[str] = frozenset()) -> str:
    """Who does it and where, without what the sheet says anyway."""
    parts = ("" if "operator" in hidden else entry.operator, "" if "room" in hidden else entry.room,
             "" if "place" in hidden else entry.place)  # fmt: skip
    return _DOT.join(part for part in parts if part)


def tone(entry: Entry) -> tuple[str, str]:
    """Colour and tint of an entry."""
    return COLOURS.get(entry.function or "", PLAIN)


def entry_part(
    entry: Entry, day: date, room: float, size: float, hidden: frozenset[str], *, dense: bool = False
) -> Part:
    """An entry as it stands in a cell of `room` points; `dense`: all that is less important in one run of text."""
    colour, tint = tone(entry)
    text, small = Style(size, leading=1.22, floor=0.85), SMALL._replace(size=size * 0.88, leading=1.22, floor=0.85)
    strong = text._replace(bold=True)
    inner = room - 13
    first = wrapped(when(entry, day), strong._replace(colour=colour), inner - (9 if entry.function else 0))
    main = wrapped(entry.who or entry.title, strong if entry.who else text, inner)
    title = entry.title if entry.who else ""
    told = [one for one in (entry.note, where(entry, hidden), entry.state) if one]
    told = [_DOT.join([title, *told] if title else told)] if dense else told
    lines = [first, main, *([wrapped(title, text, inner)] if title and not dense else [])]
    lines += [wrapped(one, small, inner) for one in told if one]
    height = sum(one.height for one in lines) + 3

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.fill(x + 3, y, room - 6, height, tint, radius=1.5)
        pen.fill(x + 3, y, 2, height, colour)
        at = y + 1.5
        for one in lines:
            pen.lines(one, x + 8, at)
            if entry.off and one in (first, main):
                _strike(pen, one, x + 8, at)
            at += one.height
        if entry.function:
            pen.line(entry.function, Style(size * 0.85, bold=True, colour=colour), x + room - 6, y + 1.5,
                     room=10, align="right")  # fmt: skip

    return Part(height, paint, entry.title)


def _strike(pen: Pen, lines: Lines, x: float, y: float) -> None:
    for number, line in enumerate(lines.lines):
        pen.rule(x, y + (number + 0.55) * lines.pitch, line.em * lines.style.size, SECOND, weight=0.6)


def remark(text: str, room: float, size: float) -> Part:
    """A closure with its reason."""
    lines = wrapped(text, Style(size, bold=True, colour=ATTENTION, leading=1.22, floor=0.85), room - 9)

    def paint(pen: Pen, x: float, y: float) -> None:
        pen.fill(x + 3, y, room - 6, lines.height + 3, ATTENTION_TINT, radius=1.5)
        pen.lines(lines, x + 5, y + 1.5)

    return Part(lines.height + 3, paint, text)


def legend(sheet: CalendarSheet) -> tuple[tuple[str, str], ...]:
    """The functions that are on the sheet: letter and name."""
    used = {entry.function for entry in sheet.entries}
    return tuple((code.code, _(code.label)) for code in codes.FUNCTIONS if code.code in used)
