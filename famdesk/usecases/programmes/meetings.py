"""Meetings of initiatives: set, changed, moved, put off, cancelled, taken up again.

Day, hour, place, leader and theme may be known later. A meeting that is moved or put off says when it was to be; one
that is put off without a day waits for it. Whoever is enrolled is told by what the person at the desk chose (`tell`,
ids of enrolments), each by the way that the safe-contact rule leaves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases.enrolling.enrolment_counts import alone_in
from famdesk.usecases.programmes import meeting_checks as checks
from famdesk.usecases.programmes import meeting_notices
from famdesk.usecases.programmes.meeting_checks import BadLength, HourMissing, NoSuchTime
from famdesk.usecases.programmes.programmes_common import bare_text, lock_initiative, meetings_of
from famdesk.usecases.programmes.programmes_rows import MeetingValues, PlannedDate
from famdesk.usecases.registry import usecase

__all__ = ["BadLength", "HourMissing", "MeetingMove", "NoSuchTime"]

MOST_MEETINGS = 200
"""So many meetings an initiative has at most by one rule."""


class NothingMoved(RuleError):
    message = N_("The meeting is at that time and place already.")


class NotCancelled(RuleError):
    message = N_("This meeting takes place already.")


class CancelledAlready(RuleError):
    message = N_("This meeting is cancelled already.")


class HasPlaces(RuleError):
    message = N_("People are enrolled for this meeting alone. Withdraw them first, or cancel the meeting instead.")


class NoDates(RuleError):
    message = N_("Give at least one date.")


class TooManyMeetings(RuleError):
    message = N_("At most {most} meetings can be added at once.")


@dataclass(frozen=True, slots=True)
class MeetingMove:
    """Where and when a meeting goes; `day` None: the new day is to be set. `minutes` None: the end is to be set."""

    day: date | None
    starts: time | None = None
    minutes: int | None = None
    place_id: str | None = None
    room_id: str | None = None


@usecase(N_("Meeting {number} added"))
def add_meeting(tx: Tx, initiative_id: str, values: MeetingValues, overlap_reason: str | None = None) -> str:
    """A meeting more, numbered after the last one; gives its id.

    Raises:
        HourMissing, BadLength, NoSuchTime, BadPlaces, NotFound.
        Overlap: room, leader, colleague or thing is taken and no reason is given.
    """
    tx.get(Initiative, initiative_id)
    number = _next_number(tx, initiative_id)
    tx.describe(number=number)
    return _add(tx, initiative_id, number, values, overlap_reason).id


@usecase(N_("{count} meetings added"))
def add_meetings(
    tx: Tx, initiative_id: str, starts: Iterable[datetime], values: MeetingValues, overlap_reason: str | None = None
) -> tuple[str, ...]:
    """A meeting for each start, in one step; all else is the same in all of them. Gives their ids.

    Raises:
        NoDates, TooManyMeetings; as `add_meeting`.
    """
    tx.get(Initiative, initiative_id)
    moments = sorted(set(starts))
    if not moments:
        raise NoDates("rule")
    if len(moments) > MOST_MEETINGS:
        raise TooManyMeetings("rule", most=MOST_MEETINGS)
    first = _next_number(tx, initiative_id)
    tx.describe(count=len(moments))
    return tuple(
        _add(tx, initiative_id, first + place, replace(values, day=one.date(), starts=one.time()), overlap_reason).id
        for place, one in enumerate(moments)
    )


@usecase(N_("Meeting {number} changed"))
def change_meeting(
    tx: Tx, meeting_id: str, version: int, values: MeetingValues, overlap_reason: str | None = None,
    tell: Iterable[str] = (),
) -> None:  # fmt: skip
    """Changes when, where, with whom and about what; everything may go back to "to be set". The former day is not kept:
    that is what `move_meeting` is for.

    Raises:
        As `add_meeting`; Stale, NotEnrolledHere.
    """
    record = tx.get(Meeting, meeting_id, version)
    tx.describe(number=record.number)
    for name, value in checks.cleaned(tx, values).items():
        setattr(record, name, value)
    if record.state == "postponed" and record.day is not None:
        record.state = "planned"
    checks.set_parties(tx, record, values.parties)
    tx.session.flush()
    checks.settle(tx, record, overlap_reason)
    _tell(tx, record, "moved", tell)


@usecase(N_("Meeting {number} moved"))
def move_meeting(
    tx: Tx, meeting_id: str, version: int, to: MeetingMove, reason: str | None = None,
    overlap_reason: str | None = None, tell: Iterable[str] = (),
) -> None:  # fmt: skip
    """Puts a meeting off to another day, hour or place, or to a day that is still to be set. When it was first to be
    stays with it, and is shown struck out.

    Raises:
        NothingMoved, HourMissing, BadLength, NoSuchTime, RoomElsewhere, Overlap, Stale, NotFound, NotEnrolledHere.
    """
    record = tx.get(Meeting, meeting_id, version)
    tx.describe(number=record.number)
    was = (record.day, record.starts, record.minutes, record.place_id, record.room_id)
    starts = to.starts if to.day is not None else None
    if was == (to.day, starts, to.minutes, to.place_id, to.room_id) and record.state == "planned":
        raise NothingMoved("day")
    values = MeetingValues(to.day, starts, to.minutes if starts else None, to.place_id, to.room_id)
    checks.cleaned(tx, values)
    if record.moved_from is None and record.day is not None and (to.day, starts) != was[:2]:
        record.moved_from, record.moved_from_starts = record.day, record.starts
    record.day, record.starts = to.day, starts
    if starts is not None:
        record.minutes = to.minutes
    record.place_id, record.room_id = to.place_id, to.room_id
    record.state = "planned" if to.day is not None else "postponed"
    record.reason = bare_text(reason)
    if (record.moved_from, record.moved_from_starts) == (record.day, record.starts):
        record.moved_from = record.moved_from_starts = None
    tx.because(record.reason)
    tx.session.flush()
    checks.settle(tx, record, overlap_reason)
    _tell(tx, record, "moved", tell)


@usecase(N_("Meeting {number} removed"))
def remove_meeting(tx: Tx, meeting_id: str, version: int) -> None:
    """Puts a meeting into the bin; those after it move up by one number.

    Raises:
        HasPlaces: somebody is enrolled or waits for this meeting alone.
        NotFound, Stale.
    """
    record = tx.get(Meeting, meeting_id, version)
    lock_initiative(tx, record.initiative_id)
    if alone_in(tx, record.initiative_id, meeting_id):
        raise HasPlaces
    tx.describe(number=record.number)
    tx.bin(record)
    for other in meetings_of(tx, record.initiative_id):
        if other.number > record.number:
            other.number -= 1


@usecase(N_("Meeting {number} cancelled"))
def cancel_meeting(tx: Tx, meeting_id: str, version: int, reason: str, tell: Iterable[str] = ()) -> None:
    """Says that a meeting does not take place; it stays in every list with its reason.

    Raises:
        Required: no reason.
        CancelledAlready, Stale, NotFound, NotEnrolledHere.
    """
    why = checks.with_reason(reason)
    record = tx.get(Meeting, meeting_id, version)
    if record.state == "cancelled":
        raise CancelledAlready
    record.state, record.reason, record.overlap_reason = "cancelled", why, None
    tx.describe(number=record.number)
    tx.because(why)
    _tell(tx, record, "cancelled", tell)


@usecase(N_("Meeting {number} takes place after all"))
def restore_meeting(
    tx: Tx, meeting_id: str, version: int, overlap_reason: str | None = None, tell: Iterable[str] = ()
) -> None:
    """Takes a cancelled meeting up again, or one that was put off without a day at the time at which it was to be.

    Raises:
        NotCancelled, Overlap, Stale, NotFound, NotEnrolledHere.
    """
    record = tx.get(Meeting, meeting_id, version)
    if record.state not in {"cancelled", "postponed"}:
        raise NotCancelled
    tx.describe(number=record.number)
    if record.state == "postponed":
        record.day, record.starts = record.moved_from, record.moved_from_starts
        record.moved_from = record.moved_from_starts = None
    record.state, record.reason = "planned" if record.day or not record.moved_from else "postponed", None
    tx.session.flush()
    checks.settle(tx, record, overlap_reason)
    _tell(tx, record, "restored", tell)


@usecase(N_("Dates of {count} meetings set"))
def plan_dates(tx: Tx, dates: tuple[PlannedDate, ...], overlap_reason: str | None = None) -> None:
    """Sets days and hours of several meetings at once, as one step.

    Raises:
        NoSuchTime, Overlap, NotFound, Stale.
    """
    changed = []
    for planned in dates:
        record = tx.get(Meeting, planned.meeting_id, planned.version)
        checks.check_time(planned.day, planned.starts)
        if (record.day, record.starts) != (planned.day, planned.starts):
            changed.append(record)
        record.day, record.starts = planned.day, planned.starts
        if record.state == "postponed" and record.day is not None:
            record.state = "planned"
    tx.describe(count=len(changed))
    tx.session.flush()
    for record in changed:
        checks.settle(tx, record, overlap_reason)
        meeting_notices.say_anew(tx, record, "moved")


def _tell(tx: Tx, record: Meeting, kind: str, enrolment_ids: Iterable[str]) -> None:
    chosen = tuple(enrolment_ids)
    meeting_notices.say_anew(tx, record, kind)
    if chosen:
        meeting_notices.tell(tx, record.id, kind, chosen)


def _next_number(tx: Tx, initiative_id: str) -> int:
    return max((meeting.number for meeting in meetings_of(tx, initiative_id)), default=0) + 1


def _add(tx: Tx, initiative_id: str, number: int, values: MeetingValues, overlap_reason: str | None) -> Meeting:
    record = tx.add(Meeting(initiative_id=initiative_id, number=number, **checks.cleaned(tx, values)))
    tx.session.flush()
    checks.set_parties(tx, record, values.parties)
    tx.session.flush()
    checks.settle(tx, record, overlap_reason)
    return record
