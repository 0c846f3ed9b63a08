"""Calendar files of other programs, read into plain values: every event is taken, or refused with its line.

The library `icalendar` reads the values and the zones, `recurring-ical-events` works out the dates. What a date needs
is given to them; all else stays as it stands in the file. Nothing but `IcsError` comes out, whatever the bytes are.

Source: RFC 5545.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import islice
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from famdesk.domain.calendar.calendar_file import CalendarFile, FileEvent, Occurrence, Refusal, Told
from famdesk.domain.progress import Progress
from famdesk.exchange import ics_errors as wrong
from famdesk.exchange.ics_errors import IcsError
from famdesk.exchange.ics_kept import source_text, title, told
from famdesk.exchange.ics_lines import LARGEST, Block, decoded, scan
from famdesk.exchange.ics_rules import MOST_DATES, Budget, FileTooMuch, TooMuch, bounded, local_rule, naive

MOST_EVENTS = 100_000
MOST_HINTS = 5000
"""Remarks about one file; what is not taken is told all the same."""
HINTS_EACH = 10
MOST_ZONES = 1000
LONGEST_ZONE, ALL_ZONES = 50_000, 2_000_000
"""Characters of the description of a zone, and of all in a file: the changes of a century are a tenth of that."""
EARLIEST, LATEST = 1600, 2400
"""Years that an event may begin in; address books write 1604 for a birthday without a year."""
TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
"""What the dates depend on: if one of these is wrong, so would be the dates."""
ONCE = frozenset({"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"})
READ = frozenset({*TIMES, "SEQUENCE"})
REPEATING = ("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID")
_ZONE_FREQUENCY = "FREQ=YEARLY"
_LIBRARY = Lock()
"""The library keeps the zones of a file for the whole program: one file at a time, and none of the one before."""


@dataclass(frozen=True, slots=True)
class Window:
    """The dates that are wanted: from `first` on; of rules without an end to before `last`, of others to `furthest`."""

    first: datetime
    last: datetime
    furthest: datetime


@dataclass(slots=True)
class _Found:
    """A block with what the library made of it, and what it says."""

    block: Block
    component: Any
    uid: str
    said: Told


@dataclass(slots=True)
class _Report:
    zone: str
    window: Window
    refused: list[Refusal] = field(default_factory=list)
    progress: Progress = field(default_factory=Progress)
    budget: Budget = field(default_factory=Budget)

    def refuse(self, block: Block, error: IcsError, *, hint: bool = False) -> None:
        if not hint or len(self.refused) < MOST_HINTS:
            self.refused.append(Refusal(error.line, title(block), error, hint))


def read(data: bytes, zone: str, window: Window, progress: Progress | None = None) -> CalendarFile:
    """All of a file, times as wall times of `zone`.

    Raises:
        NotACalendar, TooLargeFile; Stopped: by `progress`.
    """
    if len(data) > LARGEST:
        raise wrong.TooLargeFile(limit=LARGEST // 1_000_000)
    report = _Report(zone, window, progress=progress or Progress())
    found = scan(decoded(data), report.progress)
    if not found.calendars and not found.blocks:
        raise wrong.NotACalendar
    if found.cut is not None:
        report.refused.append(Refusal(found.cut, "", wrong.TooManyLines(found.cut), hint=False))
    with _LIBRARY, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns where it guesses; our own hints say it by line
        events = _events(found.blocks, found.zones, report)
    return CalendarFile(tuple(events), tuple(sorted(report.refused, key=lambda one: one.line)))


def _events(blocks: Sequence[Block], zones: dict[int, str], report: _Report) -> list[FileEvent]:
    _learn_zones(blocks, report)
    groups: dict[tuple[int, str], list[_Found]] = {}
    for number, block in enumerate(one for one in blocks if one.name != "VTIMEZONE"):
        report.progress.step(number, 2 * len(blocks))  # half of the way
        if number >= MOST_EVENTS:
            report.refuse(block, wrong.TooManyEvents(block.number, limit=MOST_EVENTS))
            break
        try:
            one = _read_block(block, zones.get(block.calendar), report)
        except IcsError as error:
            report.refuse(block, error)
            continue
        groups.setdefault((block.calendar, one.uid), []).append(one)
    events = []
    for number, group in enumerate(groups.values(), start=len(groups)):
        report.progress.step(number, 2 * len(groups))
        try:
            events.append(_event(group, report))
        except IcsError as error:
            for one in group:
                report.refuse(one.block, type(error)(one.block.number, **_others(error)))
    return events


def _others(error: IcsError) -> dict[str, Any]:
    return {name: value for name, value in error.params.items() if name != "line"}


def _learn_zones(blocks: Iterable[Block], report: _Report) -> None:
    """Lets the library know the zones that the file describes."""
    from icalendar import Timezone
    from icalendar.timezone import tzp

    tzp.use_default()
    left = ALL_ZONES
    for block in [one for one in blocks if one.name == "VTIMEZONE"][:MOST_ZONES]:
        report.progress.step()
        length = sum(len(line.text) for line in block.inner)
        left -= length
        lines = ["BEGIN:VTIMEZONE", *(one.text for one in (*block.own, *block.inner)), "END:VTIMEZONE", ""]
        rules = [one.value.upper() for one in block.inner if one.name == "RRULE"]
        try:
            if length > LONGEST_ZONE or left < 0:
                raise ValueError
            if any(_ZONE_FREQUENCY not in rule or "BYHOUR" in rule or "BYMIN" in rule for rule in rules):
                raise ValueError  # the clocks change at most a few times a year
            Timezone.from_ical("\r\n".join(lines))
        except Exception:  # a library that meets what it was not made for
            report.refuse(block, wrong.BadZone(block.number), hint=True)


def _read_block(block: Block, calendar_zone: str | None, report: _Report) -> _Found:
    if block.name != "VEVENT":
        raise wrong.NotAnEvent(block.number, name=block.name)
    if not block.closed:
        raise wrong.NotClosed(block.number)
    for line in islice((line for line in block.own if not line.name), HINTS_EACH):
        report.refuse(block, wrong.LineLeftOut(line.number), hint=True)
    component = _component(block)
    if calendar_zone:
        component = _in_zone(component, calendar_zone)
    start = component["DTSTART"].dt
    if not isinstance(start, date):
        raise wrong.NotUnderstood(_line_of(block, "DTSTART"), name="DTSTART")
    original = component["RECURRENCE-ID"].dt if "RECURRENCE-ID" in component else start
    if not all(EARLIEST <= moment.year <= LATEST for moment in (start, original)):
        raise wrong.OutOfRange(block.number, first=EARLIEST, last=LATEST)
    _hint_at_zone(block, start, report)
    uid = next((one.value.strip() for one in block.own if one.name == "UID"), "")
    return _Found(block, component, uid or _own_uid(block), told(block))


def _own_uid(block: Block) -> str:
    """An identity for an event that has none: the same text has the same one at the next import."""
    text = "\n".join(line.text for line in block.own if line.name not in {"DTSTAMP", "CREATED", "LAST-MODIFIED"})
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@famdesk"


def _component(block: Block) -> Any:
    """What the library makes of the properties that dates depend on.

    Raises:
        IcsError: one of them is wrong.
    """
    from icalendar import Event

    lines = [one for one in block.own if one.name in READ and (one.name in ONCE or one.value.strip())]
    names = [one.name for one in lines]
    for name in ONCE:
        if names.count(name) > 1:
            raise wrong.SaidTwice(_line_of(block, name), name=name)
    if "DTSTART" not in names:
        raise wrong.NoStart(block.number)
    if len(names) > MOST_DATES:
        raise wrong.TooManyDates(block.number, limit=MOST_DATES)
    try:
        component: Any = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *(one.text for one in lines), "END:VEVENT", ""]))
    except Exception:  # as above
        raise wrong.IcsError(block.number) from None
    for name, _said in component.errors:
        if name in TIMES:
            raise wrong.NotUnderstood(_line_of(block, name), name=name)
        if name is None:
            raise wrong.IcsError(block.number)
        component.pop(name, None)
    _take_ends_off(component)
    return component


def _take_ends_off(component: Any) -> None:
    """For a rule without an end some programs write a count of -1, others the year 9999."""
    for rule in _listed(component.get("RRULE")):
        if rule.get("COUNT", [0])[0] < 0:
            del rule["COUNT"]
        if "UNTIL" in rule and naive(rule["UNTIL"][0]).year > LATEST:
            del rule["UNTIL"]


def _line_of(block: Block, name: str) -> int:
    return next((one.number for one in block.own if one.name == name), block.number)


def _in_zone(component: Any, zone: str) -> Any:
    """With times in UTC or without a zone told in that of the calendar, as those mean it who write X-WR-TIMEZONE."""
    from x_wr_timezone import UTCChangingWalker

    try:
        return UTCChangingWalker(ZoneInfo(zone)).walk_event(component)
    except Exception:  # a zone that nobody knows, a value that is none: as it was
        return component


def _hint_at_zone(block: Block, start: date, report: _Report) -> None:
    line = next(one for one in block.own if one.name == "DTSTART")
    head = line.text.partition(":")[0].upper()
    if isinstance(start, datetime) and start.tzinfo is None and "TZID=" in head:
        zone = line.text[head.index("TZID=") + 5 :].split(":")[0].split(";")[0].strip('"')
        report.refuse(block, wrong.UnknownZone(line.number, zone=zone[:60]), hint=True)


def _event(group: list[_Found], report: _Report) -> FileEvent:
    """The event that several blocks of one UID tell of."""
    core = next((one for one in group if "RECURRENCE-ID" not in one.component), group[0])
    component, line = core.component, core.block.number
    rules = _listed(component.get("RRULE"))
    start = component["DTSTART"].dt
    try:
        rule = local_rule(rules[0], start, report.zone) if len(rules) == 1 and not component.get("EXRULE") else None
        endless = any("UNTIL" not in one and "COUNT" not in one for one in rules)
        last = report.window.last if endless else report.window.furthest
        for one in group:
            _guard(one, report.window.first, last, report.budget)
        dates = _dates(group, core, last, report)
        starts, ends = (_wall(moment, report.zone) for moment in _span(component))
    except FileTooMuch:
        raise wrong.TooMuchWork(line) from None
    except TooMuch:
        raise wrong.TooManyDates(line, limit=MOST_DATES) from None
    except IcsError:
        raise
    except Exception:  # as above
        raise wrong.BadDates(line) from None
    if len(dates) > MOST_DATES:
        raise wrong.TooManyDates(line, limit=MOST_DATES)
    if any(not EARLIEST <= one.original.year <= LATEST for one in dates):  # moved by thousands of years
        raise wrong.OutOfRange(line, first=EARLIEST, last=LATEST)
    repeats = len(group) > 1 or any(name in component for name in REPEATING)
    return FileEvent(core.uid, line, starts, max(starts, ends), core.said, dates, repeats, rule, endless)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _guard(one: _Found, first: datetime, last: datetime, budget: Budget) -> None:
    """Nothing that the library will work on is without bounds; a rule without any date goes.

    Raises:
        TooMuch, ValueError.
    """
    rules = _listed(one.component.get("RRULE"))
    start = one.component["DTSTART"].dt
    lasting = [rule for rule in rules if bounded(rule, start, first, last, budget)]
    if len(lasting) < len(rules):
        one.component["RRULE"] = lasting
    for name in ("RDATE", "EXDATE"):
        if sum(len(listed.dts) for listed in _listed(one.component.get(name))) > MOST_DATES:
            raise TooMuch


def _span(component: Any) -> tuple[date, date]:
    from recurring_ical_events import EventAdapter

    found: tuple[date, date] = EventAdapter(component).span
    return found


def _dates(group: list[_Found], core: _Found, last: datetime, report: _Report) -> tuple[Occurrence, ...]:
    """The dates in the window, in their order."""
    if len(group) == 1 and not any(name in core.component for name in REPEATING):
        starts, ends = _span(core.component)
        return _within([_occurrence(starts, ends, starts, core.said, report.zone)], report.window.first, last)
    from icalendar import Calendar
    from recurring_ical_events import CalendarQuery

    calendar = Calendar()
    calendar.subcomponents = [one.component for one in group]
    for one in group:
        one.component["UID"] = one.uid
        one.component["X-FAMDESK"] = one  # finds the way back from a date to its block
    moved = {one.block.number: shift for one in group if (shift := _shift(one.component)) is not None}
    dates = []
    margin = timedelta(days=2)  # of zones; what is outside goes below
    for found in CalendarQuery(calendar).between(report.window.first - margin, last + margin):
        mine: _Found = found["X-FAMDESK"]
        starts = found["DTSTART"].dt
        shift = moved.get(mine.block.number)
        original = starts - shift if shift is not None else _alike(found["RECURRENCE-ID"].dt, core)
        dates.append(_occurrence(starts, found["DTEND"].dt, original, mine.said, report.zone,
                                 apart=mine is not core))  # fmt: skip
    return _within(dates, report.window.first, last)


def _alike(original: date, core: _Found) -> date:
    """Which date of a series is meant: a day for a series of days, a time for one with times; programs mix them."""
    start = core.component["DTSTART"].dt
    if not isinstance(start, datetime):
        return original.date() if isinstance(original, datetime) else original
    return original if isinstance(original, datetime) else datetime.combine(original, start.timetz())


def _shift(component: Any) -> timedelta | None:
    """By how much this date and all after it were moved, None if only this one was."""
    which = component.get("RECURRENCE-ID")
    if which is None or str(which.params.get("RANGE", "")).upper() != "THISANDFUTURE":
        return None
    start, original = component["DTSTART"].dt, which.dt
    return naive(start) - naive(original) if _mixed(start, original) else start - original


def _mixed(a: date, b: date) -> bool:
    zones = {getattr(one, "tzinfo", None) is None for one in (a, b)}
    return len(zones) > 1 or isinstance(a, datetime) != isinstance(b, datetime)


def _within(dates: list[Occurrence], first: datetime, last: datetime) -> tuple[Occurrence, ...]:
    found = (one for one in dates if one.starts < last and (one.ends > first or one.ends == one.starts >= first))
    return tuple(sorted(found, key=lambda one: (one.starts, one.ends, one.original)))


def _occurrence(starts: date, ends: date, original: date, said: Told, zone: str, *, apart: bool = False) -> Occurrence:
    begins, until = _wall(starts, zone), _wall(ends, zone)
    if until < begins or (until == begins and ends != starts):  # the clocks were put back in between
        until = begins + (ends - starts)
    return Occurrence(begins, until, _wall(original, zone), said, not isinstance(starts, datetime), apart)


def _wall(moment: date, zone: str) -> datetime:
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    place: tzinfo | None = moment.tzinfo
    return moment if place is None else moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


__all__ = ["CalendarFile", "Window", "read", "source_text"]
