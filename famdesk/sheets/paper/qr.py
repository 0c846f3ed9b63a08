"""Square codes that telephones read: an appointment for the calendar, a contact for the address book. Made offline.

Source: ISO/IEC 18004 (QR codes); RFC 5545 (iCalendar), with times of the wall clock, so that an hour stays the hour of
the notice whatever the clocks do; RFC 2426 (vCard 3.0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise

from famdesk.sheets.paper.text import DoesNotFit, clean

QUIET = 4
"""White modules that a code needs around it."""
_FULL = "%Y%m%dT%H%M%S"
_DAYS = "%Y%m%d"
_MOST_BYTES = 700
"""More than that is a code so fine that telephones do not read it from paper."""


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting for the calendar; `starts` None: the whole day, `ends` None: not known."""

    day: date
    starts: time | None = None
    ends: time | None = None


@lru_cache(maxsize=64)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark and light modules of a code, row by row, without the white around it.

    Raises:
        DoesNotFit: the text is too long for a code that can be read.
    """
    from reportlab.graphics.barcode import qrencoder

    data = text.encode("utf-8")
    if len(data) > _MOST_BYTES:
        raise DoesNotFit(text=text)
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(data))
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def calendar_text(summary: str, events: Sequence[Event], *, uid: str, place: str = "", most: int = 400) -> str:
    """A calendar with the meetings, as many of them as fit into `most` bytes but at least the first. Meetings with the
    same number of weeks between them are one entry that repeats. "" without events."""
    if not events:
        return ""
    weeks = _weeks(events)
    if weeks and len(events) > 1:
        rule = f"RRULE:FREQ=WEEKLY;INTERVAL={weeks};COUNT={len(events)}"
        return _calendar([_event(summary, events[0], f"{uid}-1", place, rule)])
    made = [_event(summary, event, f"{uid}-{number}", place) for number, event in enumerate(events, start=1)]
    while len(made) > 1 and len(_calendar(made).encode()) > most:
        made.pop()
    return _calendar(made)


def events_in(text: str, count: int) -> int:
    """How many of `count` meetings a calendar text has."""
    return count if "RRULE" in text else text.count("BEGIN:VEVENT")


def contact_text(name: str, phone: str = "", mail: str = "", address: str = "") -> str:
    """An entry for the address book; "" if there is no way to reach anybody."""
    if not (phone or mail):
        return ""
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"N:{_escaped(name)};;;;", f"FN:{_escaped(name)}"]
    lines += [f"TEL:{_escaped(phone).replace(' ', '')}"] if phone else []
    lines += [f"EMAIL:{_escaped(mail)}"] if mail else []
    lines += [f"ADR:;;{_escaped(address)};;;;"] if address else []
    return "\r\n".join([*lines, "END:VCARD", ""])


def _weeks(events: Sequence[Event]) -> int:
    """How many weeks lie between all of them, 0 if they are not alike."""
    first = events[0]
    if any((event.starts, event.ends) != (first.starts, first.ends) for event in events):
        return 0
    steps = {(after.day - before.day).days for before, after in pairwise(events)}
    step = steps.pop() if len(steps) == 1 else 0
    return step // 7 if step > 0 and step % 7 == 0 else 0


def _calendar(events: Sequence[str]) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:FamDesk", *events, "END:VCALENDAR", ""])


def _event(summary: str, event: Event, uid: str, place: str, rule: str = "") -> str:
    lines = ["BEGIN:VEVENT", f"UID:{uid}", f"DTSTAMP:{event.day:{_DAYS}}T000000Z"]
    if event.starts is None:
        lines.append(f"DTSTART;VALUE=DATE:{event.day:{_DAYS}}")
    else:
        starts = datetime.combine(event.day, event.starts)
        lines.append(f"DTSTART:{starts:{_FULL}}")
        if event.ends is not None:
            ends = datetime.combine(event.day, event.ends)
            lines.append(f"DTEND:{ends + timedelta(days=ends <= starts):{_FULL}}")
    lines += [rule] if rule else []
    lines.append(f"SUMMARY:{_escaped(summary)}")
    lines += [f"LOCATION:{_escaped(place)}"] if place else []
    return "\r\n".join([*lines, "END:VEVENT"])


def _escaped(text: str) -> str:
    """The text without what breaks lines or parts values. Source: RFC 5545, 3.3.11; RFC 2426, 4."""
    plain = " ".join(clean(text).split())
    for character in "\\;,":
        plain = plain.replace(character, f"\\{character}")
    return plain
