"""Initiatives: cycles, groups, laboratories; their meetings, who is enrolled, who came.

Every centre of a network may read initiatives and meetings; only their own centre changes them, and people are enrolled
at the centre that knows them. What is not known yet stays "to be set": nothing here needs a date.
"""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import func, select

from famdesk.data.people import Person
from famdesk.data.programmes import Attendance, Enrolment, Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain import rights
from famdesk.domain.errors import RuleError
from famdesk.i18n import N_
from famdesk.usecases import programmes_reading as reading
from famdesk.usecases.meetings import change_meeting
from famdesk.usecases.programmes_common import bare_text, lock_initiative
from famdesk.usecases.programmes_rows import (
    Hint,
    InitiativeDetail,
    InitiativeRow,
    MeetingRow,
    Participants,
)
from famdesk.usecases.registry import query, usecase


class EnrolledAlready(RuleError):
    message = N_("This person is enrolled already or on the waiting list.")


class InitiativeClosed(RuleError):
    message = N_("This initiative is closed. Open it again to enrol somebody.")


class NoPlaceLeft(RuleError):
    message = N_("All {places} places are taken.")


class NotOfThisInitiative(RuleError):
    message = N_("This person is not enrolled here.")


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
    lock_initiative(tx, initiative_id)
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
        initiative_id=initiative_id, person_id=person_id, state=state, enrolled_on=tx.today(), note=bare_text(note)
    )
    return tx.add(new).id


@usecase(N_("Place given to somebody on the waiting list"))
def admit(tx: Tx, enrolment_id: str, version: int) -> None:
    """Gives a free place to somebody who waits.

    Raises:
        NoPlaceLeft, Stale, NotFound.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    lock_initiative(tx, record.initiative_id)
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
    tx.because(bare_text(reason))


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


def _came(tx: Tx, enrolment_id: str) -> bool:
    marks = select(func.count()).where(Attendance.enrolment_id == enrolment_id, Attendance.deleted_at.is_(None))
    return bool(tx.rows(marks)[0][0])
