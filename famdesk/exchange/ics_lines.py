"""The lines of a calendar file: unfolded, with their numbers, parted into the components that they make up.

Nothing is refused here: whatever the bytes are, they come out as lines.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LARGEST = 30_000_000
"""Bytes of the largest file that is read: some 100,000 events."""
LONGEST = 200_000
"""Characters of the longest line; what goes on (a picture, mostly) is cut off."""

_ENDS = re.compile(r"\r\n|\n|\r")
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")
_NAME = re.compile(r"\s*([A-Za-z0-9-]+)\s*(?=[;:])")
COMPONENTS = frozenset({"VEVENT", "VTIMEZONE", "VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"})
"""What is looked at as a whole."""


@dataclass(frozen=True, slots=True)
class Line:
    """An unfolded line and the number of its first part, from 1; `name` in capitals, "" if it is no property."""

    number: int
    text: str
    name: str

    @property
    def value(self) -> str:
        """What follows the first colon."""
        return self.text.partition(":")[2]


@dataclass(slots=True)
class Block:
    """A component: its own properties, and everything in it as it stands. `calendar` counts the calendars of a file."""

    name: str
    number: int
    calendar: int
    own: list[Line] = field(default_factory=list)
    inner: list[Line] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class Scanned:
    """The components of a file in their order; `zones` is what each calendar says its times are in."""

    blocks: list[Block] = field(default_factory=list)
    zones: dict[int, str] = field(default_factory=dict)
    calendars: int = 0


def decoded(data: bytes) -> str:
    """The text of a file, whatever wrote it; what no text may hold is taken out."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return _UNSEEN.sub("", text)


def unfolded(text: str) -> Iterator[Line]:
    """The lines, those that go on after a blank put together again, also over an empty one. Source: RFC 5545, 3.1."""
    parts: list[str] = []
    first = 0
    for number, part in enumerate(_ENDS.split(text), 1):
        if not part:
            continue
        if part[0] in " \t" and parts:
            parts.append(part[1:])
            continue
        if parts and (line := _line(first, parts)):
            yield line
        parts, first = [part], number
    if parts and (line := _line(first, parts)):
        yield line


def _line(number: int, parts: list[str]) -> Line | None:
    text = (parts[0] if len(parts) == 1 else "".join(parts))[:LONGEST]
    if not text.strip():
        return None
    found = _NAME.match(text)
    return Line(number, text, found[1].upper() if found and ":" in text else "")


def scan(text: str) -> Scanned:
    """The components of a file, also where BEGIN and END do not match."""
    scanner = _Scanner()
    for line in unfolded(text):
        scanner.take(line)
    return scanner.found


class _Scanner:
    def __init__(self) -> None:
        self.found = Scanned()
        self._open: Block | None = None
        self._inner: list[str] = []

    def take(self, line: Line) -> None:
        if line.name == "BEGIN":
            self._begin(line, line.value.strip().upper())
        elif line.name == "END":
            self._end(line, line.value.strip().upper())
        elif self._open is not None:
            (self._open.inner if self._inner else self._open.own).append(line)
        elif line.name == "X-WR-TIMEZONE":
            self.found.zones[self.found.calendars] = line.value.strip()

    def _begin(self, line: Line, name: str) -> None:
        if name == "VCALENDAR":
            self.found.calendars += 1
            self._open, self._inner = None, []
        elif name in COMPONENTS:
            self._open, self._inner = Block(name, line.number, self.found.calendars), []
            self.found.blocks.append(self._open)
        elif self._open is not None:
            self._inner.append(name)
            self._open.inner.append(line)

    def _end(self, line: Line, name: str) -> None:
        if self._open is None:
            return
        if name == self._open.name:
            self._open.closed = True
            if self._inner:  # something in it was never closed: nobody could read it back
                self._open.inner.clear()
            self._open, self._inner = None, []
        elif name == "VCALENDAR":
            self._open, self._inner = None, []
        elif name in self._inner:
            self._open.inner.append(line)
            while self._inner.pop() != name:
                pass
