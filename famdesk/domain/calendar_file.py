"""What a calendar file holds, as plain values: events that came in, and entries that go out.

All times are naive local wall times of the centre, half-open; a whole day lasts from midnight to midnight. Texts are as
they stand in the file: a name in them is text, never a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

PUBLISHED, CANCELLED, TENTATIVE = "CONFIRMED", "CANCELLED", "TENTATIVE"
"""What STATUS says of an event. Source: RFC 5545, 3.8.1.11."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An event that goes out: one date, or the master of a series, or a date of it that was changed.

    `uid` stays the same for ever; `sequence` grows with every change. `rule` is the value of an RRULE, `more` the dates
    that it does not give, `left_out` those that it gives and that do not take place. `original` is the start that the
    rule gave to a date that is told apart (None: no such date). `kept` are whole content lines of the file that the
    event came from, for what FamDesk has no place. `transparent`: it takes nobody's time.

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
