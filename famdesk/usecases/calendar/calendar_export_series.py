"""Appointments and series as entries: the rule, what is left out of it, what comes on top, what is told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.calendar_file import CANCELLED, Entry, lines_kept
from famdesk.domain.errors import RuleError

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Shown:
    """What may be said of an appointment outside; `kept` are lines of the file that it came from. `of_persons`:
    somebody is received, so that nothing else that was written about it goes out; `guarded`: one of them is not to be
    known outside."""

    summary: str
    location: str
    description: str
    status: str
    kept: tuple[str, ...]
    of_persons: bool = False
    guarded: bool = False


class Row:
    """A row of the table of appointments with what may be said of it."""

    __slots__ = ("record", "shown")

    def __init__(self, record: Any, shown: Shown) -> None:
        self.record, self.shown = record, shown

    @property
    def series_id(self) -> str | None:
        found: str | None = self.record.series_id
        return found

    @property
    def state(self) -> str:
        return str(self.record.state)

    @property
    def lasts(self) -> bool:
        """Whether it takes place, or took place."""
        return self.shown.status != CANCELLED and self.state != "skipped"

    @property
    def original(self) -> datetime:
        found: datetime = self.record.original or self.record.starts
        return found

    @property
    def minutes(self) -> int:
        found: int = (self.record.ends - self.record.starts) // MINUTE
        return found


def alone(row: Row, *, named: bool) -> Entry:
    """The entry of a single appointment."""
    record, shown = row.record, row.shown
    uid = (record.uid if named else None) or f"{record.id}@famdesk"
    return Entry(uid, record.starts, record.ends, shown.summary, record.all_day, shown.location, shown.description,
                 shown.status, record.version - 1, transparent=_transparent(record), kept=shown.kept)  # fmt: skip


def _transparent(record: Any) -> bool:
    """Whether the file it came from says that it takes nobody's time."""
    return record.staff_id is None and record.room_id is None and "TRANSP:TRANSPARENT" in (record.source_text or "")


def series_entries(
    series: Any, rows: Sequence[Row], versions: int, *, whole: bool, named: bool, cancelled: bool
) -> list[Entry]:  # fmt: skip
    """The master of a series and the dates that are told apart. `whole`: these are all its dates, so that its rule
    holds; else the dates are listed. `cancelled`: those too, as such."""
    lasting = sorted((row for row in rows if row.lasts or (cancelled and row.state != "skipped")),
                     key=lambda row: row.original)  # fmt: skip
    if not lasting:
        return []
    uid = (series.uid if named else None) or f"{series.id}@famdesk"
    sequence = series.version + versions
    usual = _usual(series, lasting)
    there = {row.original for row in lasting}
    rule, given = _rule(series, lasting) if whole else (None, set[datetime]())
    if given.isdisjoint(there):  # a rule of which no date is left only leads others astray
        rule, given = None, set()
    starts = series.starts if rule else lasting[0].original
    given = {starts} | given
    shown = usual.shown
    kept = lines_kept(series.source_text) if named and not any(row.shown.of_persons for row in lasting) else ()
    transparent = "TRANSP:TRANSPARENT" in (series.source_text or "") and usual.record.staff_id is None
    master = Entry(
        uid, starts, starts + usual.minutes * MINUTE, shown.summary, usual.record.all_day, shown.location,
        shown.description, shown.status, sequence, rule, tuple(sorted(there - given)), tuple(sorted(given - there)),
        transparent=transparent, kept=kept,
    )  # fmt: skip
    apart = (_apart(row, master) for row in lasting if _differs(row, usual))
    return [master, *apart]


def _usual(series: Any, rows: Sequence[Row]) -> Row:
    """The date that most are like: what the master says."""
    likes = [row for row in rows if row.lasts and row.record.starts == recurrence.existing(row.original)] or list(rows)
    counted = Counter(_looks(row) for row in likes)
    minutes = series.minutes
    best = max(counted, key=lambda look: (counted[look], look[0] == minutes))
    return next(row for row in likes if _looks(row) == best)


def _looks(row: Row) -> tuple[int, bool, str, str, str, str]:
    shown = row.shown
    return row.minutes, row.record.all_day, shown.summary, shown.location, shown.description, shown.status


def _differs(row: Row, usual: Row) -> bool:
    moved = row.record.starts != recurrence.existing(row.original)
    return moved or bool(row.record.source_text) or _looks(row) != _looks(usual)


def _apart(row: Row, master: Entry) -> Entry:
    record, shown = row.record, row.shown
    return Entry(
        master.uid, record.starts, record.ends, shown.summary, record.all_day, shown.location, shown.description,
        shown.status, master.sequence, original=row.original, transparent=master.transparent, kept=shown.kept,
        of_days=master.all_day,
    )  # fmt: skip


def _rule(series: Any, rows: Sequence[Row]) -> tuple[str | None, set[datetime]]:
    """The rule and what it gives as far as there are dates; None where the dates have to be listed."""
    if not series.rule:
        return None, set()
    try:
        rule = recurrence.parse(series.rule)
        last = rows[-1].original
        if rule.endless:
            if series.made_until is None:
                return None, set()
            last = max(last, datetime.combine(series.made_until, datetime.max.time()))
        else:
            last = max(last, rule.until or series.starts, series.starts + timedelta(days=366 * 10))
        return recurrence.text(rule), set(recurrence.starts(rule, series.starts, last))
    except RuleError:
        return None, set()
