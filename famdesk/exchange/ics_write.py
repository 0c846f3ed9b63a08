"""Calendar files for other programs: entries as iCalendar text, with the centre's time zone.

The gate for names stands before: an entry already says only what may leave the program.

Source: RFC 5545.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from famdesk.domain.calendar.calendar_file import CANCELLED, Entry
from famdesk.exchange.ics_zone import timezone_lines

FOLD = 75
"""The longest line, in octets, without its end. Source: RFC 5545, 3.1."""
PRODUCT = "-//FamDesk//FamDesk//IT"
ROME = "Europe/Rome"
_UNTIL = re.compile(r"UNTIL=([0-9]{8}(?:T[0-9]{6})?)(?![0-9Z])")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|[\ud800-\udfff]")
"""Control characters that no text may hold, and halves of characters. Source: RFC 5545, 3.3.11."""


def single(entry: Entry, method: str = "PUBLISH", *, zone: str = ROME, stamp: datetime | None = None) -> bytes:
    """A calendar with one entry, as an attachment of a message; a cancelled entry goes out with the method CANCEL.

    `stamp` is the moment of writing (with a zone), None: now.
    """
    return calendar((entry,), method="CANCEL" if entry.status == CANCELLED else method, zone=zone, stamp=stamp)


def calendar(
    entries: Iterable[Entry], *, name: str = "", method: str = "PUBLISH", zone: str = ROME,
    stamp: datetime | None = None,
) -> bytes:  # fmt: skip
    """A whole calendar; `name` is what calendar programs call it. Method "": none, as calendar servers want it."""
    entries = tuple(entries)
    stamp = (stamp or datetime.now(UTC)).astimezone(UTC)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    if method:
        lines.append(f"METHOD:{method}")
    if name:
        lines += [f"NAME:{escaped(name)}", f"X-WR-CALNAME:{escaped(name)}"]
    if any(not entry.all_day for entry in entries):
        first = min((entry.starts for entry in entries), default=datetime(2000, 1, 1))
        lines += timezone_lines(zone, first.year)
    for entry in entries:
        lines += event_lines(entry, zone, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def event_lines(entry: Entry, zone: str, stamp: datetime) -> Iterator[str]:
    """The lines of an entry, unfolded."""
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(entry.uid)}"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield moment_line("DTSTART", entry.starts, entry, zone)
    yield moment_line("DTEND", entry.ends, entry, zone)
    if entry.original is not None:
        yield moment_line("RECURRENCE-ID", entry.original, replace(entry, all_day=entry.of_days), zone)
    if entry.rule:
        yield f"RRULE:{_rule(entry, zone)}"
    yield from _dates("RDATE", entry.more, entry, zone)
    yield from _dates("EXDATE", entry.left_out, entry, zone)
    yield f"SUMMARY:{escaped(entry.summary)}"
    for label, text in (("LOCATION", entry.location), ("DESCRIPTION", entry.description)):
        if text:
            yield f"{label}:{escaped(text)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"STATUS:{entry.status}"
    yield f"TRANSP:{'TRANSPARENT' if entry.transparent or entry.status == CANCELLED else 'OPAQUE'}"
    yield from entry.kept
    yield "END:VEVENT"


def _dates(name: str, moments: Sequence[datetime], entry: Entry, zone: str) -> Iterator[str]:
    for moment in sorted(moments):
        yield moment_line(name, moment, entry, zone)


def _rule(entry: Entry, zone: str) -> str:
    """The rule with its end as it stands beside such a start. Source: RFC 5545, 3.3.10."""
    return _UNTIL.sub(lambda found: f"UNTIL={_until(found[1], entry, zone)}", entry.rule or "")


def _until(text: str, entry: Entry, zone: str) -> str:
    if entry.all_day:
        return text[:8]
    end = datetime.strptime(text if "T" in text else f"{text}T235959", "%Y%m%dT%H%M%S")
    return f"{end.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def moment_line(name: str, moment: datetime, entry: Entry, zone: str) -> str:
    """A property that is a day or a local time."""
    if entry.all_day:
        return f"{name};VALUE=DATE:{_day(moment, up=name == 'DTEND')}"
    return f"{name};TZID={zone}:{_four(moment)}{moment:%m%dT%H%M%S}"


def _day(moment: datetime, *, up: bool) -> str:
    """The day of a midnight; an end that is no midnight is the day after."""
    if up and moment.time() != datetime.min.time():
        moment += timedelta(days=1)
    return f"{_four(moment)}{moment:%m%d}"


def _four(moment: datetime) -> str:
    """The year in four digits, which `%Y` does not give everywhere."""
    return f"{moment.year:04}"


def escaped(text: str) -> str:
    """A text as a value of type TEXT. Source: RFC 5545, 3.3.11."""
    flat = text.replace("\r\n", "\n").replace("\r", "\n")
    flat = flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    return _UNSEEN.sub("", flat)


def folded(line: str) -> str:
    """The line in pieces of at most `FOLD` octets, each but the first after a blank; no letter is torn apart."""
    if len(line) <= FOLD and line.isascii():
        return line
    pieces: list[str] = []
    piece: list[str] = []
    room = FOLD
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append("".join(piece))
            piece, room = [], FOLD - 1
        piece.append(letter)
        room -= size
    pieces.append("".join(piece))
    return "\r\n ".join(pieces)
