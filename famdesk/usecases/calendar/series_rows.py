"""Series as windows and importers give and get them, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Protocol

from famdesk.domain.calendar import recurrence
from famdesk.domain.calendar.claims import Overlap
from famdesk.domain.calendar.recurrence import Rule
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.calendar.parties import Extras

FOLLOWING, ALL = "following", "all"
"""How far a change of a date of a series goes; of one date alone it is a change of an appointment like any other."""
OPEN = ("planned", "confirmed", "skipped")
"""States of dates that a change of the series reaches: what took place, or was cancelled, stays as it is written."""
HORIZON_MONTHS = 24
"""How far ahead the dates of a rule without an end are made."""
RENEW_MONTHS = 18
"""If fewer months than these are made ahead, more are made at the next sign-in."""
LONGEST_YEARS = 10
MOST_DATES = 800


class NoDates(RuleError):
    message = N_("This gives no date at all. Choose at least one.")


class TooManyDates(RuleError):
    message = N_("That is more than {most} dates. Choose an earlier end.")


class DatesCollide(RuleError):
    message = N_("Two dates of the series would overlap on {day}.")


class NotASeries(RuleError):
    message = N_("This appointment belongs to no series.")


class NoRule(RuleError):
    message = N_("These dates were chosen by hand: there is no rule that could go on.")


class DatesTaken(Overlap):
    # Translators: {dates} is a list of days; {first} a sentence that tells who or what is taken on the first of them
    message = N_("Already taken on {dates}. {first}")


class DatesImpossible(DatesTaken):
    """What is taken cannot be in two places: no reason helps."""

    allowed = False


@dataclass(frozen=True, slots=True)
class SeriesValues:
    """What all dates of a series have in common; the fields are those of an appointment. `extras`: who and what else
    takes part in each, where it is, the way there."""

    kind: str
    person_id: str | None = None
    staff_id: str | None = None
    access_point_id: str | None = None
    room_id: str | None = None
    function: str | None = None
    label: str | None = None
    access_card_id: str | None = None
    mediator_language: str | None = None
    extras: Extras = field(default_factory=Extras)
    all_day: bool = False
    state: str = "planned"


@dataclass(frozen=True, slots=True)
class SeriesDate:
    """A date of a series. Colleague, room, access point None: as the series has it. `original`: the start that the
    rule gave, if it is another one. `skipped`: taken out, kept as a struck-out row."""

    starts: datetime
    ends: datetime
    staff_id: str | None = None
    room_id: str | None = None
    access_point_id: str | None = None
    original: datetime | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What speaks against a date: `closed` the reason of a closure or holiday ("" if it is none), `taken` sentences
    that need a reason, `hints` others."""

    starts: datetime
    closed: str = ""
    taken: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many dates were changed, and how many were `kept` because somebody had changed them by hand, or because they
    are over. `series_id` is the new one where the series was parted."""

    changed: int
    kept: int
    series_id: str


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A date of a series as lists show it."""

    id: str
    version: int
    starts: datetime
    ends: datetime
    original: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class SeriesDetail:
    """A series with its dates in order; `rule` None: chosen by hand."""

    id: str
    version: int
    rule: str | None
    starts: datetime
    minutes: int
    made_until: date | None
    members: tuple[MemberRow, ...]


class Dated(Protocol):
    """A date of a series, as a row or a record."""

    @property
    def starts(self) -> datetime: ...

    @property
    def ends(self) -> datetime: ...

    @property
    def original(self) -> datetime | None: ...


def by_hand(row: Dated, minutes: int) -> bool:
    """Whether somebody gave a date another time than its series has; `minutes` is the length in the series."""
    original = row.original or row.starts
    return (row.starts, row.ends) != (
        recurrence.existing(original),
        recurrence.existing(original + timedelta(minutes=minutes)),
    )


def dates_of(rule: Rule, first: datetime, minutes: int, today: date) -> tuple[SeriesDate, ...]:
    """The dates of a rule from `first` on; without an end as far as they are made ahead of `today`.

    Raises:
        NoDates, TooManyDates, recurrence.TooOften.
    """
    end = horizon(max(first.date(), today), HORIZON_MONTHS if rule.endless else LONGEST_YEARS * 12)
    found = recurrence.starts(rule, first, end)
    if not found:
        raise NoDates("rule")
    if len(found) > MOST_DATES:
        raise TooManyDates("rule", most=MOST_DATES)
    return tuple(date_at(original, minutes) for original in found)


def date_at(original: datetime, minutes: int) -> SeriesDate:
    """The date that a rule gives: a start or end that the clocks leave out in March is the first minute after it."""
    return SeriesDate(recurrence.existing(original), recurrence.existing(original + timedelta(minutes=minutes)),
                      original=original)  # fmt: skip


def horizon(day: date, months: int) -> date:
    """The last day of the month that lies `months` after a day's."""
    number = day.year * 12 + day.month + months
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)


def whole_day(day: date) -> datetime:
    """The last minute of a day: what a rule that ends with it holds."""
    return datetime.combine(day, time(23, 59))
