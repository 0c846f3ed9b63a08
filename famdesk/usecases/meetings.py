"""Meetings of initiatives: set, changed, cancelled, taken up again; day, hour, place and leader may be known later."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, time

from famdesk.data.programmes import Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.calendar import exists
from famdesk.domain.errors import Required, RuleError
from famdesk.i18n import N_
from famdesk.usecases.programmes_common import bare_text, meetings_of
from famdesk.usecases.programmes_rows import MeetingValues, PlannedDate
from famdesk.usecases.registry import usecase

LONGEST_MEETING = 24 * 60
"""Minutes."""


class BadLength(RuleError):
    message = N_("A meeting lasts from 1 minute to 24 hours.")


class NoSuchTime(RuleError):
    message = N_("The clocks go forward that night: this hour does not exist.")


class HourMissing(RuleError):
    """A length without a beginning."""

    message = N_("Give the hour of the beginning as well.")


@usecase(N_("Meeting {number} added"))
def add_meeting(tx: Tx, initiative_id: str, values: MeetingValues) -> str:
    """A meeting more, numbered after the last one; gives its id.

    Raises:
        HourMissing, BadLength, NoSuchTime, NotFound.
    """
    tx.get(Initiative, initiative_id)
    number = max((meeting.number for meeting in meetings_of(tx, initiative_id)), default=0) + 1
    record = Meeting(initiative_id=initiative_id, number=number, **_clean_meeting(values))
    tx.describe(number=number)
    return tx.add(record).id


@usecase(N_("Meeting {number} changed"))
def change_meeting(tx: Tx, meeting_id: str, version: int, values: MeetingValues) -> None:
    """Changes when, where, with whom and about what; everything may go back to "to be set".

    Raises:
        HourMissing, BadLength, NoSuchTime, NotFound, Stale.
    """
    record = tx.get(Meeting, meeting_id, version)
    for name, value in _clean_meeting(values).items():
        setattr(record, name, value)
    tx.describe(number=record.number)


@usecase(N_("Meeting {number} removed"))
def remove_meeting(tx: Tx, meeting_id: str, version: int) -> None:
    """Puts a meeting into the bin; those after it move up by one number."""
    record = tx.get(Meeting, meeting_id, version)
    tx.describe(number=record.number)
    tx.bin(record)
    for other in meetings_of(tx, record.initiative_id):
        if other.number > record.number:
            other.number -= 1


@usecase(N_("Meeting {number} cancelled"))
def cancel_meeting(tx: Tx, meeting_id: str, version: int, reason: str) -> None:
    """Says that a meeting does not take place; it stays in every list with its reason.

    Raises:
        Required: no reason.
    """
    if not reason.strip():
        raise Required("reason")
    record = tx.get(Meeting, meeting_id, version)
    record.state, record.reason = "cancelled", reason.strip()
    tx.describe(number=record.number)
    tx.because(reason.strip())


@usecase(N_("Meeting {number} takes place after all"))
def restore_meeting(tx: Tx, meeting_id: str, version: int) -> None:
    """Takes a cancelled meeting up again."""
    record = tx.get(Meeting, meeting_id, version)
    record.state, record.reason = "planned", None
    tx.describe(number=record.number)


@usecase(N_("Dates of {count} meetings set"))
def plan_dates(tx: Tx, dates: tuple[PlannedDate, ...]) -> None:
    """Sets days and hours of several meetings at once, as one step.

    Raises:
        NoSuchTime, NotFound, Stale.
    """
    changed = 0
    for planned in dates:
        record = tx.get(Meeting, planned.meeting_id, planned.version)
        _check_time(planned.day, planned.starts)
        changed += (record.day, record.starts) != (planned.day, planned.starts)
        record.day, record.starts = planned.day, planned.starts
    tx.describe(count=changed)


def _clean_meeting(values: MeetingValues) -> dict[str, object]:
    if values.minutes is not None:
        if values.starts is None:
            raise HourMissing("starts")
        if not 1 <= values.minutes <= LONGEST_MEETING:
            raise BadLength("minutes")
    _check_time(values.day, values.starts)
    return {name: bare_text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}


def _check_time(day: date | None, starts: time | None) -> None:
    if day is not None and starts is not None and not exists(datetime.combine(day, starts)):
        raise NoSuchTime("starts")
