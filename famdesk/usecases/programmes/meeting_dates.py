"""What is looked at before meetings are set: what their times take or meet, and the dates that a rule gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from famdesk.data.tables.programmes import Meeting
from famdesk.data.tx import Tx
from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.recurrence import Rule
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.calendar import calendar_conflicts
from famdesk.usecases.programmes import meeting_checks, meeting_hints, meeting_reading
from famdesk.usecases.programmes.programmes_rows import Hint, MeetingValues, PlannedDate
from famdesk.usecases.registry import query

MOST = 60
"""Dates that one rule gives at most: a cycle of more than a year of weeks is a series of the calendar."""
LONGEST = 3 * 366
"""Days in which a rule is followed."""


class EndlessRule(RuleError):
    message = N_("Say how many meetings there are.")


class RuleTooLong(RuleError):
    message = N_("A rule gives at most {most} meetings.")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody or something that a meeting needs is taken. `field` of the form; `allowed`: a reason makes it possible.

    `way_out` is a sentence that tells what is free instead; "" if nothing is known.
    """

    field: str
    text: str
    allowed: bool
    way_out: str


@dataclass(frozen=True, slots=True)
class Look:
    """What speaks against the time of a meeting (`conflicts`), and what is only to be known (`hints`)."""

    starts: datetime | None
    conflicts: tuple[Conflict, ...]
    hints: tuple[Hint, ...]


@query
def look(tx: Tx, values: MeetingValues, meeting_id: str | None = None) -> Look:
    """What a meeting would meet as it is typed; nothing as long as day or hour is to be set. `meeting_id` is the
    meeting that is being changed."""
    return _look(tx, values, meeting_id)


@query
def by_rule(tx: Tx, rule: Rule, first: datetime, values: MeetingValues) -> tuple[Look, ...]:
    """The dates that a rule gives from a start on, each with what it would meet. An hour that the clocks leave out
    begins with the first minute that there is.

    Raises:
        EndlessRule, RuleTooLong, TooOften.
    """
    if rule.count is None and rule.until is None:
        raise EndlessRule("count")
    starts = [recurrence.existing(one) for one in recurrence.starts(rule, first, first + timedelta(days=LONGEST))]
    if len(starts) > MOST:
        raise RuleTooLong("count", most=MOST)
    return tuple(_look(tx, replace(values, day=one.date(), starts=one.time()), None) for one in starts)


@query
def of_dates(tx: Tx, dates: tuple[PlannedDate, ...]) -> tuple[Look, ...]:
    """What meetings that are there would meet on other days; those that stay where they are are left out.

    Raises:
        NotFound.
    """
    found = []
    for planned in dates:
        record = tx.get(Meeting, planned.meeting_id)
        if (record.day, record.starts) == (planned.day, planned.starts):
            continue
        (row,) = meeting_reading.meeting_rows(tx, Meeting.id == record.id)
        found.append(_look(tx, replace(row.values, day=planned.day, starts=planned.starts), record.id))
    return tuple(found)


def weekly(first: date, every: int, count: int) -> Rule:
    """ "Every Thursday, five times": the rule that begins on a day."""
    return Rule("weekly", every, (recurrence.Weekday(first.isoweekday()),), count=count)


def _look(tx: Tx, values: MeetingValues, meeting_id: str | None) -> Look:
    if values.day is None or values.starts is None:
        return Look(None, (), ())
    begins = datetime.combine(values.day, values.starts)
    span = meeting_hints.span(begins, values.minutes)
    hints = tuple(meeting_hints.hints_for(tx, values.place_id, span, meeting_id))
    return Look(begins, tuple(_conflicts(tx, values, meeting_id)), hints)


def _conflicts(tx: Tx, values: MeetingValues, meeting_id: str | None) -> Iterator[Conflict]:
    wanted = meeting_checks.wanted_of(
        values.day, values.starts, values.minutes, values.leader_staff_id, values.room_id, values.parties, meeting_id
    )
    if wanted is None or not wanted.subjects():
        return
    for error in calendar_conflicts.found(tx, wanted):
        if error.hint:
            continue
        way = calendar_conflicts.way_out(tx, wanted, error)
        field = meeting_checks.FIELDS.get(error.field or "", error.field or "")
        yield Conflict(field, error.sentence(), error.allowed, way.sentence() if way is not None else "")
