"""Initiatives: cycles, groups, laboratories; their meetings, who is enrolled, who came.

Every centre of a network may read initiatives and meetings; only their own centre changes them, and people are enrolled
at the centre that knows them. What is not known yet stays "to be set": nothing here needs a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, time

from sqlalchemy import func, select

from famdesk.data.people import Person
from famdesk.data.programmes import Attendance, Enrolment, Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain import rights
from famdesk.domain.calendar import exists
from famdesk.domain.codes import AUDIENCES, FUNCTIONS, INITIATIVE_KINDS, INITIATIVE_STATES, Table, codes
from famdesk.domain.errors import Required, RuleError
from famdesk.i18n import N_
from famdesk.usecases import programmes_reading as reading
from famdesk.usecases.programmes_rows import (
    Hint,
    InitiativeDetail,
    InitiativeRow,
    InitiativeValues,
    MeetingRow,
    MeetingValues,
    Participants,
    PlannedDate,
)
from famdesk.usecases.registry import query, usecase

LONGEST_MEETING = 24 * 60
"""Minutes."""


class NotInList(RuleError):
    message = N_("Choose from the list.")


class NoSuchWeekday(RuleError):
    message = N_("A day of the week is a number from 1, Monday, to 7, Sunday.")


class BadCapacity(RuleError):
    message = N_("The number of places must be at least 1. Leave it empty if there is no limit.")


class MoreEnrolled(RuleError):
    message = N_("{enrolled} people are enrolled already. First withdraw somebody, or leave more places.")


class GoesInCircle(RuleError):
    message = N_("These initiatives would continue each other in a circle.")


class BadLength(RuleError):
    message = N_("A meeting lasts from 1 minute to 24 hours.")


class NoSuchTime(RuleError):
    message = N_("The clocks go forward that night: this hour does not exist.")


class HourMissing(RuleError):
    """A length without a beginning."""

    message = N_("Give the hour of the beginning as well.")


class EnrolledAlready(RuleError):
    message = N_("This person is enrolled already or on the waiting list.")


class InitiativeClosed(RuleError):
    message = N_("This initiative is closed. Open it again to enrol somebody.")


class NoPlaceLeft(RuleError):
    message = N_("All {places} places are taken.")


class NotOfThisInitiative(RuleError):
    message = N_("This person is not enrolled here.")


class HasEnrolments(RuleError):
    message = N_("People are enrolled here. Withdraw them first, or close the initiative instead of removing it.")


@query
def initiatives(tx: Tx) -> tuple[InitiativeRow, ...]:
    """All initiatives of the network by state, the next meeting first."""
    return reading.initiative_rows(tx)


@query
def initiative(tx: Tx, initiative_id: str) -> InitiativeDetail:
    """One initiative with meetings, organisers and, for roles that may see them, the people enrolled.

    Raises:
        NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    (row,) = reading.initiative_rows(tx, Initiative.id == initiative_id)
    names = dict(tx.rows(select(Initiative.id, Initiative.name).where(Initiative.id == record.continues_id)))
    after = tx.rows(
        select(Initiative.id, Initiative.name)
        .where(Initiative.continues_id == record.id, Initiative.deleted_at.is_(None))
        .order_by(Initiative.name)
    )
    meetings_ = reading.meeting_rows(tx, Meeting.initiative_id == record.id)
    may = bool(rights.cell(participants.name, tx.actor.role))
    return InitiativeDetail(
        row, reading.values_of(record), reading.place_name(tx, record.place_id), names.get(record.continues_id),
        tuple((one.id, one.name) for one in after), reading.organiser_rows(tx, record.id),
        tuple(sorted(meetings_, key=lambda meeting: meeting.number)),
        participants(tx, record.id) if may else None, record.source, record.inferred,
        _may_here(tx, record, change_meeting.name), _may_here(tx, record, enrol.name), tx.today(),
    )  # fmt: skip


@query
def participants(tx: Tx, initiative_id: str) -> Participants:
    """Who is enrolled, waits or has withdrawn, and who came to which meeting; people of the own centre."""
    return reading.participants_of(tx, initiative_id)


@query
def meetings(tx: Tx, first: date, last: date) -> tuple[MeetingRow, ...]:
    """The meetings from `first` to `last`, both included, cancelled ones too, by day and hour."""
    return reading.meeting_rows(tx, Meeting.day >= first, Meeting.day <= last)


@query
def hints(
    tx: Tx, place_id: str | None, day: date, starts: time, minutes: int | None, meeting_id: str | None = None
) -> tuple[Hint, ...]:
    """What to know before a meeting is set to that time: openings it meets, closed days, other meetings there.

    Without a place it is looked at where the centre is open then. `meeting_id` is the meeting that is being moved.
    """
    wanted = reading.span(datetime.combine(day, starts), minutes)
    return tuple(reading.hints_for(tx, place_id, wanted, meeting_id))


@usecase(N_("Initiative added"))
def add_initiative(tx: Tx, values: InitiativeValues) -> str:
    """A new initiative; gives its id.

    Raises:
        Required: no name.
        NotInList, NoSuchWeekday, BadCapacity, NotFound.
    """
    _check(tx, values, None)
    return tx.add(Initiative(**_clean(values))).id


@usecase(N_("Initiative changed"))
def change_initiative(tx: Tx, initiative_id: str, version: int, values: InitiativeValues) -> None:
    """Changes what is known of an initiative, its state included.

    Raises:
        Required, NotInList, NoSuchWeekday, BadCapacity, MoreEnrolled, GoesInCircle, NotFound, Stale.
    """
    record = tx.get(Initiative, initiative_id, version)
    _check(tx, values, initiative_id)
    for name, value in _clean(values).items():
        setattr(record, name, value)


@usecase(N_("Initiative removed"))
def remove_initiative(tx: Tx, initiative_id: str, version: int) -> None:
    """Puts an initiative and its meetings into the bin.

    Raises:
        HasEnrolments: people are enrolled or wait.
    """
    record = tx.get(Initiative, initiative_id, version)
    counts = reading.enrolment_counts(tx)
    if counts[initiative_id, "enrolled"] or counts[initiative_id, "waiting"]:
        raise HasEnrolments
    for meeting in _meetings_of(tx, initiative_id):
        tx.bin(meeting)
    tx.bin(record)


@usecase(N_("Meeting {number} added"))
def add_meeting(tx: Tx, initiative_id: str, values: MeetingValues) -> str:
    """A meeting more, numbered after the last one; gives its id.

    Raises:
        HourMissing, BadLength, NoSuchTime, NotFound.
    """
    tx.get(Initiative, initiative_id)
    number = max((meeting.number for meeting in _meetings_of(tx, initiative_id)), default=0) + 1
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
    for other in _meetings_of(tx, record.initiative_id):
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


@usecase(N_("Somebody enrolled"))
def enrol(tx: Tx, initiative_id: str, person_id: str, note: str | None = None) -> str:
    """Enrols a person; when all places are taken, or others wait already, on the waiting list. Gives the id.

    Raises:
        InitiativeClosed, EnrolledAlready, NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    tx.get(Person, person_id)
    if record.state == "closed":
        raise InitiativeClosed
    _lock(tx, initiative_id)
    former = tx.all(Enrolment, Enrolment.initiative_id == initiative_id, Enrolment.person_id == person_id)
    if any(one.state != "withdrawn" for one in former):
        raise EnrolledAlready("person_id")
    counts = reading.enrolment_counts(tx)
    full = record.capacity is not None and counts[initiative_id, "enrolled"] >= record.capacity
    state = "waiting" if full or counts[initiative_id, "waiting"] else "enrolled"
    known = next((one for one in former if _came(tx, one.id)), None)
    if known is not None:  # who came before keeps the marks of the meetings
        known.state, known.note = state, note or known.note
        return known.id
    for one in former:
        tx.bin(one)
    new = Enrolment(
        initiative_id=initiative_id, person_id=person_id, state=state, enrolled_on=tx.today(), note=_text(note)
    )
    return tx.add(new).id


@usecase(N_("Place given to somebody on the waiting list"))
def admit(tx: Tx, enrolment_id: str, version: int) -> None:
    """Gives a free place to somebody who waits.

    Raises:
        NoPlaceLeft, Stale, NotFound.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    _lock(tx, record.initiative_id)
    offer = tx.rows(select(Initiative.capacity).where(Initiative.id == record.initiative_id))[0]
    taken = reading.enrolment_counts(tx)[record.initiative_id, "enrolled"]
    if record.state != "enrolled" and offer.capacity is not None and taken >= offer.capacity:
        raise NoPlaceLeft(places=offer.capacity)
    record.state = "enrolled"


@usecase(N_("Somebody withdrawn"))
def withdraw(tx: Tx, enrolment_id: str, version: int, reason: str | None = None) -> None:
    """Gives a place back; the person stays in the list of those who withdrew, with the meetings they came to."""
    record = tx.get(Enrolment, enrolment_id, version)
    record.state = "withdrawn"
    tx.because(_text(reason))


@usecase(N_("Attendance at meeting {number} noted"))
def set_attendance(tx: Tx, meeting_id: str, enrolment_id: str, present: bool | None) -> None:
    """Notes that an enrolled person came (True) or did not (False); None: nothing noted.

    Raises:
        NotOfThisInitiative, NotFound.
    """
    enrolment = tx.get(Enrolment, enrolment_id)
    meeting = tx.rows(select(Meeting.number, Meeting.initiative_id).where(Meeting.id == meeting_id))
    if not meeting or meeting[0].initiative_id != enrolment.initiative_id:
        raise NotOfThisInitiative
    tx.describe(number=meeting[0].number)
    mark = tx.session.scalars(
        select(Attendance).where(Attendance.meeting_id == meeting_id, Attendance.enrolment_id == enrolment_id)
    ).one_or_none()
    if present is None:
        if mark is not None and mark.deleted_at is None:
            tx.bin(mark)
    elif mark is None:
        tx.add(Attendance(meeting_id=meeting_id, enrolment_id=enrolment_id, present=present))
    else:
        mark.present, mark.deleted_at = present, None


def _may_here(tx: Tx, record: Initiative, action: str) -> bool:
    return record.centre_id == tx.centre_id and bool(rights.cell(action, tx.actor.role))


def _check(tx: Tx, values: InitiativeValues, initiative_id: str | None) -> None:
    if not values.name.strip():
        raise Required("name")
    lists: tuple[tuple[str, Table], ...] = (
        ("kind", INITIATIVE_KINDS), ("state", INITIATIVE_STATES), ("audience", AUDIENCES), ("function", FUNCTIONS),
    )  # fmt: skip
    for name, table in lists:
        value = getattr(values, name)
        if value not in codes(table) and not (name == "function" and value is None):
            raise NotInList(name)
    if values.usual_weekday is not None and not 1 <= values.usual_weekday <= 7:
        raise NoSuchWeekday("usual_weekday")
    if values.capacity is not None:
        _check_capacity(tx, values.capacity, initiative_id)
    _check_circle(tx, values.continues_id, initiative_id)


def _check_capacity(tx: Tx, capacity: int, initiative_id: str | None) -> None:
    if capacity < 1:
        raise BadCapacity("capacity")
    if initiative_id is None:
        return
    _lock(tx, initiative_id)
    enrolled = reading.enrolment_counts(tx)[initiative_id, "enrolled"]
    if capacity < enrolled:
        raise MoreEnrolled("capacity", enrolled=enrolled)


def _check_circle(tx: Tx, continues_id: str | None, initiative_id: str | None) -> None:
    """Follows the chain of what is continued; it must not come back."""
    seen = {initiative_id}
    while continues_id is not None:
        if continues_id in seen:
            raise GoesInCircle("continues_id")
        seen.add(continues_id)
        found = tx.rows(select(Initiative.continues_id).where(Initiative.id == continues_id))
        continues_id = found[0].continues_id if found else None


def _clean(values: InitiativeValues) -> dict[str, object]:
    return {name: _text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}


def _clean_meeting(values: MeetingValues) -> dict[str, object]:
    if values.minutes is not None:
        if values.starts is None:
            raise HourMissing("starts")
        if not 1 <= values.minutes <= LONGEST_MEETING:
            raise BadLength("minutes")
    _check_time(values.day, values.starts)
    return {name: _text(value) if isinstance(value, str) else value for name, value in asdict(values).items()}


def _check_time(day: date | None, starts: time | None) -> None:
    if day is not None and starts is not None and not exists(datetime.combine(day, starts)):
        raise NoSuchTime("starts")


def _text(value: str | None) -> str | None:
    return (value or "").strip() or None


def _meetings_of(tx: Tx, initiative_id: str) -> Iterable[Meeting]:
    return tx.all(Meeting, Meeting.initiative_id == initiative_id)


def _came(tx: Tx, enrolment_id: str) -> bool:
    marks = select(func.count()).where(Attendance.enrolment_id == enrolment_id, Attendance.deleted_at.is_(None))
    return bool(tx.rows(marks)[0][0])


def _lock(tx: Tx, initiative_id: str) -> None:
    """Makes other desks wait that want a place of the same initiative: the count that follows stays true."""
    tx.rows(select(Initiative.id).where(Initiative.id == initiative_id).with_for_update())
