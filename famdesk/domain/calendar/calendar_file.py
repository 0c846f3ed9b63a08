"""What a calendar file holds, as plain values: events that came in, and entries that go out.

All times are naive local wall times of the centre, half-open; a whole day lasts from midnight to midnight. Texts are as
they stand in the file: a name in them is text, never a person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from famdesk.domain.errors import RuleError

PUBLISHED, CANCELLED, TENTATIVE = "CONFIRMED", "CANCELLED", "TENTATIVE"
"""What STATUS says of an event. Source: RFC 5545, 3.8.1.11."""

OWN = frozenset({
    "UID", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SUMMARY",
    "LOCATION", "DESCRIPTION", "SEQUENCE", "STATUS", "TRANSP",
})  # fmt: skip
"""Properties that FamDesk has a place for; all others of a file are kept as they stood there."""


@lru_cache(maxsize=512)
def lines_kept(source: str | None) -> tuple[str, ...]:
    """The lines of an event's source text that FamDesk has no place for, alarms and the like as a whole."""
    found: list[str] = []
    depth = 0
    for text in (source or "").split("\n"):
        name = re.split("[;:]", text, maxsplit=1)[0].strip().upper()
        depth += name == "BEGIN"
        if depth or (name and name not in OWN and name != "END"):
            found.append(text)
        depth -= name == "END"
    return tuple(found) if depth == 0 else ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event that goes out: one date, or the master of a series, or a date of it that was changed.

    `uid` stays the same for ever; `sequence` grows with every change. `rule` is the value of an RRULE, `more` the dates
    that it does not give, `left_out` those that it gives and that do not take place. `original` is the start that the
    rule gave to a date that is told apart (None: no such date). `kept` are whole content lines of the file that the
    event came from, for what FamDesk has no place. `transparent`: it takes nobody's time. `of_days`: the series that
    `original` belongs to has whole days.

    Source: RFC 5545, 3.6.1.
    """

    uid: str
    starts: datetime
    ends: datetime
    summary: str
    all_day: bool = False
    location: str = ""
    description: str = ""
    status: str = PUBLISHED
    sequence: int = 0
    rule: str | None = None
    more: tuple[datetime, ...] = ()
    left_out: tuple[datetime, ...] = ()
    original: datetime | None = None
    transparent: bool = False
    kept: tuple[str, ...] = ()
    of_days: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What an event says of itself; "" for what it does not say. `status` is CONFIRMED unless it says otherwise."""

    summary: str = ""
    location: str = ""
    description: str = ""
    status: str = PUBLISHED
    transparent: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of an event. `original` is the start that its rule gave, before it was moved; it can end when it starts.

    `apart`: the file tells this date apart from the series.
    """

    starts: datetime
    ends: datetime
    original: datetime
    told: Told
    all_day: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class FileEvent:
    """An event of a file with all its dates in the window that was asked for.

    `line` is where it begins, from 1. `repeats`: it is a series, even with one date only; `rule` is the value of its
    RRULE in the centre's wall time, None if its dates cannot be told so; `endless`: the rule has no end.
    """

    uid: str
    line: int
    starts: datetime
    ends: datetime
    told: Told
    dates: tuple[Occurrence, ...]
    repeats: bool = False
    rule: str | None = None
    endless: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something of a file that was not taken, or not wholly: the line, what it is called, and why.

    `hint`: only a remark, the event itself is there.
    """

    line: int
    name: str
    error: RuleError
    hint: bool = False


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What was read; `refused` in the order of the lines."""

    events: tuple[FileEvent, ...]
    refused: tuple[Refusal, ...]
