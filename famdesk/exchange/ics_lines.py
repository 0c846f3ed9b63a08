"""The lines of a calendar file: unfolded, with their numbers, parted into the components that they make up.

Nothing is refused here: whatever the bytes are, they come out as lines.
"""

from __future__ import annotations

import codecs
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from famdesk.domain.progress import Progress

LARGEST = 30_000_000
"""Bytes of the largest file that is read: some 100,000 events."""
LONGEST = 200_000
"""Characters of the longest line; what goes on (a picture, mostly) is cut off."""

MOST_LINES = 1_500_000
"""Lines that are kept of a file; the largest with a usual event in every ten lines has a million."""
MOST_BLOCKS = 101_000
"""Components that are kept, somewhat more than events are taken."""
DEEPEST = 20
"""How far components stand in each other; what goes deeper is not kept."""
_LOOK_EVERY = 10_000
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
    """The components of a file in their order; `zones` is what each calendar says its times are in; `cut` is the line
    from which on nothing is kept."""

    blocks: list[Block] = field(default_factory=list)
    zones: dict[int, str] = field(default_factory=dict)
    calendars: int = 0
    cut: int | None = None


def decoded(data: bytes) -> str:
    """The text of a file, whatever wrote it; what no text may hold is taken out."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))  # as it is kept


def unfolded(text: str) -> Iterator[Line]:
    """The lines, those that go on after a blank put together again, also over an empty one. Source: RFC 5545, 3.1."""
    parts: list[str] = []
    first = 0
    for number, whole in enumerate(io.StringIO(text, newline=None), 1):  # takes LF, CR and both together as an end
        part = whole.removesuffix("\n")
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


def scan(text: str, progress: Progress) -> Scanned:
    """The components of a file, also where BEGIN and END do not match.

    Raises:
        Stopped: by `progress`.
    """
    scanner = _Scanner()
    for count, line in enumerate(unfolded(text)):
        if not count % _LOOK_EVERY:
            progress.step()
        if count >= MOST_LINES or len(scanner.found.blocks) >= MOST_BLOCKS:
            scanner.found.cut = line.number
            break
        scanner.take(line)
    return scanner.found


class _Scanner:
    def __init__(self) -> None:
        self.found = Scanned()
        self._open: Block | None = None
        self._inner: list[str] = []
        self._too_deep = False

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
            self._open, self._inner, self._too_deep = Block(name, line.number, self.found.calendars), [], False
            self.found.blocks.append(self._open)
        elif self._open is not None:
            self._too_deep = self._too_deep or len(self._inner) >= DEEPEST
            if not self._too_deep:
                self._inner.append(name)
                self._open.inner.append(line)

    def _end(self, line: Line, name: str) -> None:
        if self._open is None:
            return
        if name == self._open.name:
            self._open.closed = True
            if self._inner or self._too_deep:  # something in it was never closed: nobody could read it back
                self._open.inner.clear()
            self._open, self._inner = None, []
        elif name == "VCALENDAR":
            self._open, self._inner = None, []
        elif name in self._inner:
            self._open.inner.append(line)
            while self._inner.pop() != name:
                pass
