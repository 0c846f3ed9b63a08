"""Changes that reach several dates of a series: those from one date on, or all.

A date that was changed by hand keeps what was changed: its own time if it does not lie where the rule put it, its own
room, colleague or text if they differ from those of the date that is being changed. What took place or was cancelled
stays as it is written. "This and the following" parts the series: the later dates become a series of their own.
Of one date alone it is a change of an appointment like any other (`calendar`); the date keeps its `original`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from famdesk.data.tables.calendar import Appointment, Series
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.calendar import EndsBeforeStart, check_transition
from famdesk.domain.calendar.recurrence import Rule, Weekday
from famdesk.i18n import N_
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar import parties, series_checks
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.series import WAY, members, of_member
from famdesk.usecases.calendar.series_rows import FOLLOWING, OPEN, Outcome, by_hand
from famdesk.usecases.calendar.taken import Party, others_of, present
from famdesk.usecases.registry import usecase

_MINUTE = timedelta(minutes=1)
_ALIVE = ("planned", "confirmed")
_TAKING = {"staff_id", "room_id", "travel_before", "travel_after"}
Others = tuple[frozenset[Party], tuple[Party, ...]]
"""Who and what took part beside the own ones, and who and what is to."""


@dataclass(frozen=True, slots=True)
class _Time:
    """Where the changed date is to lie: so many days after its original, at this time of the day, so long."""

    days: int
    starts: datetime
    length: timedelta

    def of(self, original: datetime) -> tuple[datetime, datetime]:
        moved = datetime.combine(original.date() + timedelta(days=self.days), self.starts.time())
        return recurrence.existing(moved), recurrence.existing(moved + self.length)


@usecase(N_("Series from {day} changed"))
def change(
    tx: Tx, appointment_id: str, version: int, scope: str, *, starts: datetime, ends: datetime, kind: str,
    person_id: str | None, staff_id: str | None, access_point_id: str | None, room_id: str | None,
    function: str | None, label: str | None, state: str | None = None, overlap_reason: str | None = None,
    extras: Extras | None = None,
) -> Outcome:  # fmt: skip
    """Changes what the editor shows of a date in all dates (`scope` "all") or in it and the following ("following").
    `state` is that of this date alone; `extras` None: stay.

    Raises:
        As `calendar.change`, with DatesTaken for an overlap; DatesCollide; NotASeries.
    """
    found, series, reached = _reached(tx, appointment_id, version, scope)
    kind, function = why.kept(tx, found, kind, function)
    wanted = {"kind": kind, "person_id": person_id, "staff_id": staff_id, "access_point_id": access_point_id,
              "room_id": room_id, "function": function, "label": checks.text(label)}  # fmt: skip
    why.check_taken_over(tx, found.staff_id, staff_id)
    edits = {name: (getattr(found, name), value) for name, value in wanted.items() if getattr(found, name) != value}
    timing = (starts, ends) if (starts, ends) != (found.starts, found.ends) else None
    others = None if extras is None else _beside(tx, found, extras, edits)
    outcome = _apply(tx, series, found, reached, edits, timing, overlap_reason, others)
    if state is not None and state != found.state:
        _step(tx, found, state, overlap_reason)
    return outcome


def _step(tx: Tx, found: Appointment, state: str, reason: str | None) -> None:
    """The date itself goes on, under the same conditions as alone."""
    before = found.state
    checks.go_to(found, state)
    if checks.goes_on(before, state):
        checks.check_consent(tx, found)
    if checks.comes_back(before, state):
        checks.settle_overlap(tx, found, reason)


@usecase(N_("Series from {day} moved"))
def move(
    tx: Tx, appointment_id: str, version: int, scope: str, starts: datetime, *, staff_id: str | None = None,
    room_id: str | None = None, access_point_id: str | None = None, overlap_reason: str | None = None,
) -> Outcome:  # fmt: skip
    """Gives this and the following dates, or all, the start that this one is moved to, each in its own week or month.
    Colleague, room, access point None: as before.

    Raises:
        As `change`.
    """
    found, series, reached = _reached(tx, appointment_id, version, scope)
    links = {"staff_id": staff_id, "room_id": room_id, "access_point_id": access_point_id}
    edits = {name: (getattr(found, name), value) for name, value in links.items()
             if value is not None and value != getattr(found, name)}  # fmt: skip
    why.check_taken_over(tx, found.staff_id, staff_id or found.staff_id)
    timing = (starts, starts + (found.ends - found.starts))
    return _apply(tx, series, found, reached, edits, timing, overlap_reason)


@usecase(N_("Length of the series from {day} changed"))
def stretch(
    tx: Tx, appointment_id: str, version: int, scope: str, ends: datetime, *, overlap_reason: str | None = None
) -> Outcome:
    """Gives this and the following dates, or all, another length.

    Raises:
        As `change`.
    """
    found, series, reached = _reached(tx, appointment_id, version, scope)
    return _apply(tx, series, found, reached, {}, (found.starts, ends), overlap_reason)


@usecase(N_("Series from {day} cancelled"))
def cancel(tx: Tx, appointment_id: str, version: int, scope: str, by: str, reason: str | None = None) -> Outcome:
    """Cancels this and the following dates, or all that have not taken place. A series without an end does not go on.

    Raises:
        UnknownCanceller, StateNotAllowed, NotASeries, Stale.
    """
    if by not in codes.codes(codes.CANCELLED_BY):
        raise checks.UnknownCanceller("by")
    found, series, reached = _reached(tx, appointment_id, version, scope)
    check_transition(found.state, "cancelled")
    alive = [row for row in reached if row.state in _ALIVE or row is found]
    for row in alive:
        row.state, row.cancelled_by, row.reason = "cancelled", by, checks.text(reason)
    if series.rule:
        rule = recurrence.parse(series.rule)
        if rule.endless:
            last = min(row.original or row.starts for row in alive) - _MINUTE
            series.rule = recurrence.text(recurrence.replaced(rule, count=None, until=last))
            series.made_until = None
    tx.describe(day=alive[0].starts.date())
    return Outcome(len(alive), len(reached) - len(alive), series.id)


@usecase(N_("Date {when} taken out of its series"))
def skip(tx: Tx, appointment_id: str, version: int) -> None:
    """Takes a date out: it stays as a struck-out row and can be brought back.

    Raises:
        NotASeries, StateNotAllowed, Stale.
    """
    found, _series = of_member(tx, appointment_id, version)
    check_transition(found.state, "skipped")
    found.state = "skipped"
    tx.describe(when=found.starts)


@usecase(N_("Date {when} brought back into its series"))
def restore(tx: Tx, appointment_id: str, version: int, *, overlap_reason: str | None = None) -> None:
    """Brings back a date that was taken out.

    Raises:
        NotASeries, StateNotAllowed, Overlap, ConsentMissing, Stale.
    """
    found, _series = of_member(tx, appointment_id, version)
    check_transition(found.state, "planned")
    found.state = "planned"
    checks.check_times(found)
    checks.check_consent(tx, found)
    checks.settle_overlap(tx, found, overlap_reason)
    tx.describe(when=found.starts)


def _reached(tx: Tx, appointment_id: str, version: int, scope: str) -> tuple[Appointment, Series, list[Appointment]]:
    """The date, the series that the change is about, and its dates in order; parts the series where it must."""
    found, series = of_member(tx, appointment_id, version)
    there = members(tx, series.id)
    if scope != FOLLOWING:
        return found, series, there
    place = next(place for place, row in enumerate(there) if row.id == found.id)
    if place == 0:
        return found, series, there
    later = there[place:]
    return found, _parted(tx, series, found, later), later


def _parted(tx: Tx, series: Series, found: Appointment, later: Sequence[Appointment]) -> Series:
    """The later dates as a series of their own, with the rest of the rule."""
    begins = found.original or found.starts
    new = Series(starts=begins, minutes=series.minutes)
    if series.rule:
        rule = recurrence.parse(series.rule)
        passed = len(recurrence.starts(rule, series.starts, begins - _MINUTE))
        left = max(rule.count - passed, 1) if rule.count is not None else None
        new.rule = recurrence.text(recurrence.replaced(rule, count=left, until=rule.until))
        new.made_until = series.made_until
        series.rule = recurrence.text(recurrence.replaced(rule, count=None, until=begins - _MINUTE))
        series.made_until = None
    tx.add(new)
    for row in later:
        row.series_id = new.id
    return new


def _apply(
    tx: Tx, series: Series, found: Appointment, reached: Sequence[Appointment],
    edits: dict[str, tuple[Any, Any]], timing: tuple[datetime, datetime] | None, reason: str | None,
    others: Others | None = None,
) -> Outcome:  # fmt: skip
    """Changes the dates that are still to come or were taken out; those changed by hand keep what was changed."""
    open_rows = [row for row in reached if row.state in OPEN or row is found]
    tx.describe(day=open_rows[0].starts.date())
    kept: set[str] = {row.id for row in reached if row not in open_rows}
    kept |= _edit(found, open_rows, edits)
    if others is not None:
        kept |= _keep_others(tx, found, open_rows, others)
    if timing is not None:
        kept |= _shift(series, found, open_rows, timing)
        series_checks.apart((row.starts, row.ends) for row in open_rows if row.state != "skipped")
    changed = [row for row in open_rows if row.id not in kept]
    lasting = [row for row in open_rows if row.state != "skipped"]
    _check(tx, lasting, edits, timed=timing is not None or others is not None)
    if timing is not None or others is not None or _TAKING & set(edits):
        series_checks.settle(tx, lasting, reason or _kept_reason(lasting))
    return Outcome(len(changed), len(kept), series.id)


def _beside(tx: Tx, found: Appointment, extras: Extras, edits: dict[str, tuple[Any, Any]]) -> Others | None:
    """Notes what place and way become; gives who and what else is to take part, None if that stays."""
    before = {name: getattr(found, name) for name in WAY}
    was = frozenset(others_of(tx, found.id))
    found.person_id = edits.get("person_id", (None, found.person_id))[1]  # whose path it may be
    others = parties.fill(tx, found, extras)
    edits.update({name: (old, getattr(found, name)) for name, old in before.items() if getattr(found, name) != old})
    return None if frozenset(others) == was else (was, others)


def _keep_others(tx: Tx, found: Appointment, rows: Sequence[Appointment], others: Others) -> set[str]:
    """Others for those dates that had the same ones; gives the ids of the rest."""
    was, wanted = others
    kept = {row.id for row in rows if row is not found and frozenset(others_of(tx, row.id)) != was}
    for row in rows:
        if row.id not in kept:
            parties.keep(tx, row, wanted)
    tx.session.flush()
    return kept


def _check(tx: Tx, rows: Sequence[Appointment], edits: dict[str, Any], *, timed: bool) -> None:
    by_what: dict[tuple[str, str | None, frozenset[str]], list[Appointment]] = {}
    beside = present(tx, [row.id for row in rows])  # somebody may be there on one date only
    for row in rows:
        by_what.setdefault((row.kind, row.person_id, beside.get(row.id, frozenset())), []).append(row)
    for alike in by_what.values():
        checks.check(tx, alike[0])
        for row in alike[1:]:
            row.person_id = alike[0].person_id
            checks.check_times(row)
            if _texts(row) != _texts(alike[0]):
                checks.check(tx, row)
        if timed or {"kind", "person_id"} & set(edits):
            series_checks.check_consents(tx, alike)


def _texts(row: Appointment) -> tuple[str | None, ...]:
    return row.label, row.note, row.where_text


def _kept_reason(rows: Sequence[Appointment]) -> str | None:
    """None: a reason that was given for one date is not one for the others."""
    reasons = {row.overlap_reason for row in rows}
    return reasons.pop() if len(reasons) == 1 else None


def _edit(found: Appointment, rows: Sequence[Appointment], edits: dict[str, tuple[Any, Any]]) -> set[str]:
    """Sets the changed columns where they were as in the changed date; gives the ids of those that differed."""
    kept = set()
    for row in rows:
        for name, (before, after) in edits.items():
            if row is found or getattr(row, name) == before:
                setattr(row, name, after)
            else:
                kept.add(row.id)
    return kept


def _shift(
    series: Series, found: Appointment, rows: Sequence[Appointment], timing: tuple[datetime, datetime]
) -> set[str]:
    """Gives the dates that lie where the rule put them the new time; gives the ids of the others."""
    starts, ends = timing
    if ends <= starts:
        raise EndsBeforeStart("ends")
    origin = found.original or found.starts
    time = _Time((starts.date() - origin.date()).days, starts, ends - starts)
    moved, kept = [], set()
    for row in rows:
        if row is found or not by_hand(row, series.minutes):
            moved.append(row)
        else:
            kept.add(row.id)
    for row in rows:
        original = row.original or row.starts
        if row in moved:
            row.starts, row.ends = time.of(original)
        row.original = datetime.combine(original.date() + timedelta(days=time.days), starts.time())
    _shift_rule(series, time)
    return kept


def _shift_rule(series: Series, time: _Time) -> None:
    """The rule gives the dates that there are now. A rule by the month that cannot be moved by days has done its work:
    the dates stay, none is added by itself."""
    before = series.starts
    series.starts = datetime.combine(before.date() + timedelta(days=time.days), time.starts.time())
    series.minutes = time.length // _MINUTE
    if series.rule is None:
        return
    rule = recurrence.parse(series.rule)
    moved = _moved_rule(rule, time.days)
    if moved is None or rule.hours or rule.minutes:
        series.rule, series.made_until = None, None
        return
    if moved.until is not None:
        moved = recurrence.replaced(moved, count=None, until=moved.until + (series.starts - before))
    series.rule = recurrence.text(moved)


def _moved_rule(rule: Rule, days: int) -> Rule | None:
    """The rule so many days later, None if there is none."""
    if days == 0:
        return rule
    if rule.months or rule.month_days or rule.year_days or rule.week_numbers or rule.positions:
        return None
    if rule.frequency == "weekly":
        if len(rule.weekdays) > 1 and rule.every > 1 and any(not 1 <= one.day + days <= 7 for one in rule.weekdays):
            return None  # some would fall into weeks that do not count
        return recurrence.on_weekdays(rule, tuple(Weekday((one.day - 1 + days) % 7 + 1) for one in rule.weekdays))
    return rule if rule.frequency == "daily" and not rule.weekdays else None
