"""Events of calendar files taken into the calendar: looked at first, then put down in one step that can be undone.

An event is known again by its UID: taken a second time it changes nothing, and what has changed in the file since is
changed here. What colleagues did with a date in the meantime stays: dates that took place, were cancelled or got a
person are left as they are. The texts of a file are texts: nobody is looked for in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar.calendar_file import CANCELLED, CalendarFile, FileEvent
from famdesk.domain.errors import RuleError
from famdesk.domain.progress import Progress
from famdesk.i18n import N_, formats
from famdesk.usecases.calendar import calendar_exchange_rows as given
from famdesk.usecases.calendar import calendar_exchange_taken as taken
from famdesk.usecases.calendar.appointment_checks import UnknownKind
from famdesk.usecases.calendar.calendar_exchange_rows import KINDS as KINDS
from famdesk.usecases.calendar.calendar_exchange_rows import Known, Target
from famdesk.usecases.calendar.calendar_exchange_unsaid import confirm
from famdesk.usecases.calendar.series_rows import HORIZON_MONTHS, LONGEST_YEARS, horizon
from famdesk.usecases.registry import query, usecase

NEW, CHANGED, SAME, REFUSED, HINT = "new", "changed", "same", "refused", "hint"
LOOKED_AT, PUT_DOWN = 0.15, 0.85
"""How far an import is when it knows what there is to do, and when all of it has been sent to the database."""
AT_ONCE = 250
"""New dates that are sent at once: in between an import can be stopped."""


class NothingToTake(RuleError):
    message = N_("Nothing in this file is new or changed.")


class NotUsed(RuleError):
    """Why an event that could be read is not taken."""

    message = N_("Line {line}: this event is not taken.")


class NoDateNow(NotUsed):
    message = N_("Line {line}: none of its dates lies between {first} and {last}.")


class WasCancelled(NotUsed):
    message = N_("Line {line}: the event was cancelled.")


class LastsTooLong(NotUsed):
    message = N_("Line {line}: the event lasts longer than a year.")


class InFileTwice(NotUsed):
    # Translators: an event of a calendar file
    message = N_("Line {line}: the event stands in the file a second time.")


class NotYours(NotUsed):
    message = N_("Line {line}: the event is in the calendar and cannot be changed from here.")


@dataclass(frozen=True, slots=True)
class Limits:
    """Which dates are taken: from `first` on; of rules without an end to before `last`, of others to `furthest`."""

    first: datetime
    last: datetime
    furthest: datetime


@dataclass(frozen=True, slots=True)
class FoundRow:
    """An event of the file and what will become of it: new, changed, same, refused, or only a hint.

    `dates` is how many dates are added or changed, `starts` the first of all; `why` says it in words where it is not
    taken. `taken` are its dates at which somebody or something is taken, the first of a file in words.
    """

    line: int
    name: str
    what: str
    starts: datetime | None = None
    dates: int = 0
    why: str = ""
    taken: tuple[str, ...] = ()
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """What an import does, in the order of the lines."""

    rows: tuple[FoundRow, ...]

    def count(self, what: str) -> int:
        return sum(row.what == what for row in self.rows)

    @property
    def conflicts(self) -> int:
        """Dates at which colleague or room is taken."""
        return sum(row.conflicts for row in self.rows)

    @property
    def dates(self) -> int:
        return sum(row.dates for row in self.rows)


@dataclass(slots=True)
class _Item:
    """An event with what has to be done for it."""

    row: FoundRow
    event: FileEvent | None = None
    work: given.Work | None = None


def limits(today: date) -> Limits:
    """The dates that an import on a day takes: those of the last ten years, endless rules two years ahead."""
    ten = LONGEST_YEARS * 12
    days = (horizon(today, -ten - 1), horizon(today, HORIZON_MONTHS), horizon(today, ten))
    first, last, furthest = (datetime.combine(day, time()) + timedelta(days=1) for day in days)
    return Limits(first, last, furthest)


@query
def look(tx: Tx, file: CalendarFile, target: Target, *, progress: Progress | None = None) -> Found:
    """What an import would do, and what speaks against it. Nothing is changed.

    Raises:
        UnknownKind; Stopped: by `progress`.
    """
    items = _items(tx, file, target, progress or Progress())
    _conflicts(tx, items)
    return _report(items)


@usecase(N_("Events taken from a calendar file: {count}"))
def take(
    tx: Tx, file: CalendarFile, target: Target, *, reason: str | None = None, progress: Progress | None = None
) -> Found:  # fmt: skip
    """Puts down what is new and changes what has changed. Dates at which colleague or room is taken are left out (those
    of a series stay struck out), unless a `reason` is given, which is kept with each of them.

    Raises:
        NothingToTake, UnknownKind; Stopped: by `progress`, nothing is changed.
    """
    tx.take_turn()
    tx.progress = progress = progress or Progress()
    progress.part(0, LOOKED_AT)
    items = _items(tx, file, target, progress)
    reason = (reason or "").strip() or None
    for row in _conflicts(tx, items):
        given.settle(row, reason)
    count, asked = 0, set[str | None]()
    last = horizon(tx.today(), HORIZON_MONTHS)
    progress.part(LOOKED_AT, PUT_DOWN)
    for number, item in enumerate(items):
        progress.step(number, len(items))
        if item.work is not None:
            count += given.put_down(tx, item.work, last, asked)
        if len(tx.session.new) >= AT_ONCE:
            tx.session.flush()
    progress.part(PUT_DOWN, 1)
    if not count:
        raise NothingToTake("file")
    if reason:
        tx.because(reason)
    tx.describe(count=count)
    return _report(items)


def _report(items: Iterable[_Item]) -> Found:
    return Found(tuple(sorted((item.row for item in items), key=lambda row: row.line)))


def _items(tx: Tx, file: CalendarFile, target: Target, progress: Progress) -> list[_Item]:
    if target.kind not in KINDS or target.kind not in codes.codes(codes.APPOINTMENT_KINDS):
        raise UnknownKind("kind")
    known = given.known(tx, [event.uid for event in file.events])
    confirm(tx, file.events, known)
    period = limits(tx.today())
    seen: set[str] = set()
    found = []
    for number, event in enumerate(file.events):
        progress.step(number, len(file.events))
        found.append(_item(event, known, target, period, seen))
    found += [_Item(FoundRow(one.line, one.name, HINT if one.hint else REFUSED, why=one.error.sentence()))
              for one in file.refused]  # fmt: skip
    return found


def _item(event: FileEvent, known: Known, target: Target, period: Limits, seen: set[str]) -> _Item:
    error = _refused(event, known, period, seen)
    seen.add(event.uid)
    name = event.told.summary
    if error is not None:
        return _Item(FoundRow(event.line, name, REFUSED, event.starts, why=error.sentence()))
    work = given.work(event, known, target)
    if work is None:
        return _Item(FoundRow(event.line, name, SAME, event.dates[0].starts if event.dates else event.starts))
    what = NEW if work.new else CHANGED
    starts = event.dates[0].starts if event.dates else event.starts
    return _Item(FoundRow(event.line, name, what, starts, len(work.rows)), event, work)


def _refused(event: FileEvent, known: Known, period: Limits, seen: set[str]) -> NotUsed | None:
    there = event.uid in known.series or event.uid in known.single
    if event.uid in seen:
        return InFileTwice(line=event.line)
    if event.uid in known.closed:
        return NotYours(line=event.line)
    if not there and not event.dates:
        last = period.last if event.endless else period.furthest
        return NoDateNow(line=event.line, first=formats.date_num(period.first), last=formats.date_num(last))
    if not there and all(one.told.status == CANCELLED for one in event.dates):
        return WasCancelled(line=event.line)
    if any(one.ends - one.starts > timedelta(days=366) for one in event.dates):
        return LastsTooLong(line=event.line)
    return None


def _conflicts(tx: Tx, items: Sequence[_Item]) -> list[given.Change]:
    """Notes in the rows of the report what is taken; gives the dates that it concerns."""
    dates = [(item, row) for item in items if item.work is not None for row in item.work.rows if row.occupies]
    hits = taken.found(tx, [row for _item, row in dates])
    found: dict[int, tuple[int, tuple[str, ...]]] = {}
    for hit in hits:
        item = dates[hit.place][0]
        count, texts = found.get(id(item), (0, ()))
        found[id(item)] = (count + 1, (*texts, *hit.told))
    for item in items:
        if id(item) in found:
            count, texts = found[id(item)]
            row_ = item.row
            item.row = FoundRow(row_.line, row_.name, row_.what, row_.starts, row_.dates, row_.why, texts, count)
    return [dates[hit.place][1] for hit in hits]
