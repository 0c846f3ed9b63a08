"""Calendar files that somebody broke: those of the collection, changed at random, read without harm.

`python -m tests.robustness.calendar_files --files 3000 --seed 1` breaks so many and tells which of them raised anything
but a sentence, or took longer than `SLOWEST` seconds of the processor; in the suite fewer are.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from famdesk.exchange import ics_read
from famdesk.exchange.ics_errors import IcsError
from famdesk.usecases.calendar.calendar_exchange import limits
from tests.support import corpora

SLOWEST = 10.0
TODAY = date(2025, 2, 11)
VALUES = (
    b"FREQ=SECONDLY", b"FREQ=YEARLY;INTERVAL=99999999999999999999", b"FREQ=DAILY;COUNT=999999999999", b"FREQ=", b"",
    b"FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", b"FREQ=WEEKLY;BYDAY=99MO", b"FREQ=DAILY;UNTIL=99991231T235959Z", b"TRUE",
    b"FREQ=DAILY;INTERVAL=0", b"FREQ=YEARLY;BYYEARDAY=366;BYSETPOS=-1", b"FREQ=MINUTELY;BYHOUR=1;BYSETPOS=3",
    b"FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO", b"FREQ=YEARLY;BYEASTER=1", b"FREQ=DAILY;BYSECOND=60", b"FREQ=DAILY;WKST=XX",
    b"99991231T235959Z", b"00010101T000000", b"20250230T250000", b"P1000000000D", b"-PT999999999999H", b"PT0S",
    b"20250101T100000Z/PT5S,20250101/20250202", b"\xff\xfe\x00", b"19000101", b"99991231", b"20251026T023000",
)  # fmt: skip
PROPERTIES = (
    b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID", b"UID", b"EXRULE", b"SEQUENCE",
    b"X-WR-TIMEZONE", b"RECURRENCE-ID;RANGE=THISANDFUTURE", b"DTSTART;TZID=Europe/Rome", b"DTSTART;VALUE=DATE",
    b"DTSTART;TZID=../../../etc/passwd", b"DTSTART;TZID=", b'DTSTART;TZID="a:b"', b"RDATE;VALUE=PERIOD", b"TZID",
    b"DTEND;VALUE=DATE", b"TZOFFSETTO", b"TZOFFSETFROM", b"BEGIN", b"END",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "cp1252", "shift_jis", "utf-7")
HEADS = (b"BEGIN:VEVENT", b"BEGIN:STANDARD", b"BEGIN:DAYLIGHT", b"BEGIN:VTIMEZONE")


@dataclass(frozen=True, slots=True)
class Broken:
    """What became of a file: how many events were taken and refused, or the sentence; seconds of the processor."""

    seed: int
    told: str
    seconds: float
    problem: str = ""


class Breaker:
    """Breaks files as transport, programs and people do."""

    def __init__(self, seed: int, files: Sequence[Path]) -> None:
        self._dice, self._files = random.Random(seed), files

    def file(self) -> bytes:
        """One of the files after a few mishaps."""
        data = self._dice.choice(self._files).read_bytes()
        ways: list[Callable[[bytes], bytes]] = [self._cut, self._bytes, self._encoded]
        for _time in range(self._dice.randint(1, 6)):
            data = self._dice.choice((*ways, *[self._lines] * 7))(data)
        return data

    def _cut(self, data: bytes) -> bytes:
        return data[: self._dice.randrange(len(data) + 1)]

    def _bytes(self, data: bytes) -> bytes:
        found = bytearray(data)
        for _time in range(self._dice.randint(1, 30) if found else 0):
            found[self._dice.randrange(len(found))] = self._dice.randrange(256)
        return bytes(found)

    def _encoded(self, data: bytes) -> bytes:
        return data.decode("utf-8", "replace").encode(self._dice.choice(ENCODINGS), "replace")

    def _lines(self, data: bytes) -> bytes:
        lines = data.split(b"\n")
        place, other = (self._dice.randrange(len(lines)) for _line in range(2))
        what = self._dice.randrange(7)
        if what == 0:
            lines.insert(place, lines[other])
        elif what == 1:
            lines[place], lines[other] = lines[other], lines[place]
        elif what == 2:
            lines[place] = self._cut(lines[place])
        elif what == 3:
            foreign = self._dice.choice(self._files).read_bytes().split(b"\n")
            first = self._dice.randrange(len(foreign))
            lines[place:place] = foreign[first : first + 20]
        elif what == 4:
            del lines[place]
        elif what == 5 and not lines[place].startswith((b"BEGIN", b"END")):
            lines[place] = lines[place].partition(b":")[0] + b":" + self._dice.choice(VALUES) + b"\r"
        else:
            heads = [number for number, line in enumerate(lines) if line.startswith(HEADS)]
            line = self._dice.choice(PROPERTIES) + b":" + self._dice.choice(VALUES) + b"\r"
            lines.insert(self._dice.choice(heads or [0]) + 1, line)
        return b"\n".join(lines)


def read(seed: int, data: bytes) -> Broken:
    """Reads a file and looks at what is told of it."""
    period = limits(TODAY)
    window = ics_read.Window(period.first, period.last, period.furthest)
    begun = time.thread_time()
    problem = ""
    try:
        found = ics_read.read(data, "Europe/Rome", window)
        told = f"{len(found.events)} taken, {len(found.refused)} refused or remarked"
        if not all(one.line >= 1 and one.error.sentence() for one in found.refused):
            problem = "a refusal has no line or no reason"
    except IcsError as error:
        told = error.sentence()
    except Exception as error:  # what must not be
        told = problem = f"{type(error).__name__}: {error}"
    seconds = time.thread_time() - begun
    return Broken(seed, told, seconds, problem or ("too slow" if seconds > SLOWEST else ""))


def broken(first: int, count: int) -> Iterator[Broken]:
    """So many broken files from a seed on, read."""
    files = sorted(corpora.folder("ics").rglob("*.ics"))
    for seed in range(first, first + count):
        yield read(seed, Breaker(seed, files).file())


def main() -> int:
    """Break, read and tell; status 1 if something was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.calendar_files")
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    found = list(broken(args.seed, args.files))
    wrong = [one for one in found if one.problem]
    for one in wrong:
        print(f"seed {one.seed}: {one.problem} ({one.seconds:.1f} s)")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    slowest = max(one.seconds for one in found)
    print(f"{len(found)} broken files read, {len(wrong)} with problems; slowest {slowest:.2f} s, {memory} MB resident")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
