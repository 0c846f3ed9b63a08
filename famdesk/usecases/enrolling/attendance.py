"""Who came: marks of many people at once, walk-ins, heads without names, and the hours of those who worked.

A meeting at which only heads are counted has numbers and nothing else: no name is asked for, so none can be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Attendance, Enrolment, Initiative, Meeting, MeetingParty
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound, RuleError
from famdesk.domain.programmes.enrolment import HOLDING, PARTICIPANT
from famdesk.i18n import N_
from famdesk.usecases.enrolling import enrolment_checks as checks
from famdesk.usecases.enrolling.enrolment import EnrolmentValues, asked_now
from famdesk.usecases.enrolling.enrolment_counts import presence
from famdesk.usecases.programmes.programmes_common import bare_text, lock_initiative
from famdesk.usecases.registry import query, usecase

LONGEST_PRESENCE = 24 * 60
MOST_HEADS = 100_000
LEADER = "leader"
_FEW = 400


class BadMinutes(RuleError):
    message = N_("Minutes of presence go from 1 to {most}.")


class BadHeads(RuleError):
    message = N_("A number of people is 0 or more, and not above {most}.")


class MoreNewThanCame(RuleError):
    message = N_("More new people than people who came: {newcomers} of {all}.")


class NotHeld(RuleError):
    message = N_("This meeting was cancelled: nobody came.")


class NeedsApproval(RuleError):
    """Nobody walks in where enrolments are approved."""

    message = N_("Enrolments are approved here: enrol this person first.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark to note: came, did not come, or (None) nothing noted. `minutes` of presence; None: the whole meeting."""

    meeting_id: str
    enrolment_id: str
    present: bool | None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Somebody who worked at a meeting, in minutes (None: not noted). `party_id` None: the leader, without any yet."""

    party_id: str | None
    kind: str
    staff_id: str | None
    name: str
    minutes: int | None
    prepared: int | None


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours to note, in minutes: of a row (`party_id`), or (None) of the meeting's leader."""

    party_id: str | None
    minutes: int | None
    prepared: int | None


@usecase(N_("Attendance at meeting {number} noted"))
def set_attendance(
    tx: Tx, meeting_id: str, enrolment_id: str, present: bool | None, minutes: int | None = None
) -> None:
    """Notes that an enrolled person came (True) or did not (False); None: nothing noted. `minutes` of presence, if it
    was not the whole meeting.

    Raises:
        NotOfThisInitiative, NotHeld, BadMinutes, NotFound.
    """
    mark = Mark(meeting_id, enrolment_id, present, minutes)
    _check(tx, [mark])
    tx.describe(number=tx.rows(select(Meeting.number).where(Meeting.id == meeting_id))[0].number)
    _set(tx, _there(tx, [(meeting_id, enrolment_id)]).get((meeting_id, enrolment_id)), mark)


@usecase(N_("Attendance noted: {count}"))
def note(tx: Tx, marks: Sequence[Mark]) -> int:
    """Notes who came, as one step; the last mark of a cell counts. Gives how many cells changed.

    Raises:
        NotOfThisInitiative, NotHeld, BadMinutes; NotFound: somebody whom this person may not know.
    """
    wanted = {(one.meeting_id, one.enrolment_id): one for one in marks}
    _check(tx, wanted.values())
    there = _there(tx, wanted)
    changed = sum(_set(tx, there.get(cell), mark) for cell, mark in wanted.items())
    tx.describe(count=changed)
    return changed


@usecase(N_("Somebody came without being enrolled"))
def walk_in(tx: Tx, meeting_id: str, person_id: str, values: EnrolmentValues | None = None,
            reason: str | None = None) -> str:  # fmt: skip
    """Notes that somebody is there who was not expected; whoever has a place is simply noted as present.

    The seat of somebody who did not come may be taken; `reason`: why there is room for one more all the same, or why
    somebody comes for whom it is not meant. Gives the enrolment.

    Raises:
        NoPlaceLeft: as many are there as there are places; the sentence belongs to the field "reason".
        InitiativeClosed, HeadsOnly, NeedsApproval, NotAnswered, NotMeant, NotHeld, NotFound.
    """
    meeting = tx.get(Meeting, meeting_id)
    lock_initiative(tx, meeting.initiative_id)
    initiative = checks.initiative_open(tx, meeting.initiative_id)
    person, values, why = tx.get(Person, person_id), values or EnrolmentValues(), bare_text(reason)
    if meeting.state == "cancelled":
        raise NotHeld
    mine = tx.all(Enrolment, Enrolment.initiative_id == initiative.id, Enrolment.person_id == person.id)
    known = next((one for one in mine if one.state in HOLDING and one.meeting_id in {None, meeting_id}), None)
    if known is None:
        if initiative.approval:
            raise NeedsApproval
        checks.check_answers(initiative, values.answers)
        checks.check_target(checks.against(tx, initiative, person, values.answers), why)
        _check_room(tx, initiative, meeting, why)
        known = tx.add(_unexpected(tx, initiative.id, meeting_id, person.id, values, why))
        tx.session.flush()
    _set(tx, _there(tx, [(meeting_id, known.id)]).get((meeting_id, known.id)), Mark(meeting_id, known.id, True))
    return known.id


@usecase(N_("Heads counted at meeting {number}"))
def count_heads(tx: Tx, meeting_id: str, adults: int = 0, children: int = 0, newcomers: int = 0) -> tuple[int, ...]:
    """Adds so many heads (or takes them back), also from several doors at once; gives adults, children, newcomers.

    Raises:
        BadHeads, MoreNewThanCame, NotHeld, NotFound.
    """
    tx.rows(select(Meeting.id).where(Meeting.id == meeting_id).with_for_update())
    record = tx.get(Meeting, meeting_id)
    return _heads(tx, record, (record.adults or 0) + adults, (record.children or 0) + children,
                  (record.newcomers or 0) + newcomers)  # fmt: skip


@usecase(N_("Heads counted at meeting {number}"))
def set_heads(
    tx: Tx, meeting_id: str, version: int, adults: int | None, children: int | None, newcomers: int | None
) -> None:
    """Notes numbers that were counted otherwise, also long after; None: not counted.

    Raises:
        BadHeads, MoreNewThanCame, NotHeld, NotFound, Stale.
    """
    _heads(tx, tx.get(Meeting, meeting_id, version), adults, children, newcomers)


@query
def hours(tx: Tx, meeting_id: str) -> tuple[HoursRow, ...]:
    """Who works at a meeting, the leader first, with the hours that are noted.

    Raises:
        NotFound.
    """
    rows = tx.rows(
        select(Meeting.leader, Meeting.leader_staff_id, Meeting.id).where(
            Meeting.id == meeting_id, Meeting.deleted_at.is_(None)
        )
    )
    if not rows:
        raise NotFound
    meeting, parties = rows[0], tx.all(MeetingParty, MeetingParty.meeting_id == meeting_id)
    people = [one for one in parties if one.resource_id is None]
    names = dict(tx.rows(select(Staff.id, Staff.name).where(Staff.centre_id == tx.centre_id)))
    led = next((one for one in people if one.kind == LEADER), None)
    found = []
    if led is None and (meeting.leader or meeting.leader_staff_id):
        name = names.get(meeting.leader_staff_id) or meeting.leader or ""
        found.append(HoursRow(None, LEADER, meeting.leader_staff_id, name, None, None))
    for one in sorted(people, key=lambda one: (one.kind != LEADER, one.id)):
        found.append(HoursRow(one.id, one.kind, one.staff_id, names.get(one.staff_id or "") or one.name or "",
                              one.minutes, one.prepared))  # fmt: skip
    return tuple(found)


@usecase(N_("Hours at meeting {number} noted"))
def note_hours(tx: Tx, meeting_id: str, worked: Sequence[Worked]) -> None:
    """Notes how long those who work at a meeting were there, and how long they prepared it.

    Raises:
        BadMinutes, NotFound.
    """
    meeting = tx.get(Meeting, meeting_id)
    tx.describe(number=meeting.number)
    for one in worked:
        for value in (one.minutes, one.prepared):
            if value is not None and not 0 <= value <= LONGEST_PRESENCE:
                raise BadMinutes("minutes", most=LONGEST_PRESENCE)
        if one.party_id is not None:
            party = tx.get(MeetingParty, one.party_id)
            if party.meeting_id != meeting.id:
                raise NotFound
            party.minutes, party.prepared = one.minutes, one.prepared
        elif one.minutes is not None or one.prepared is not None:
            tx.add(MeetingParty(meeting_id=meeting.id, kind=LEADER, staff_id=meeting.leader_staff_id,
                                name=None if meeting.leader_staff_id else meeting.leader, minutes=one.minutes,
                                prepared=one.prepared))  # fmt: skip


def _check(tx: Tx, marks: Iterable[Mark]) -> None:
    """Every mark is of a meeting that was held, and of somebody in the same initiative who may be known."""
    marks = list(marks)
    if any(one.minutes is not None and not 1 <= one.minutes <= LONGEST_PRESENCE for one in marks):
        raise BadMinutes("minutes", most=LONGEST_PRESENCE)
    of_meeting = (Meeting.id, Meeting.initiative_id, Meeting.state)
    meetings = {row.id: row for row in _some(tx, of_meeting, Meeting.id, {one.meeting_id for one in marks})}
    of_person, ids = (Enrolment.id, Enrolment.initiative_id, Enrolment.centre_id), {one.enrolment_id for one in marks}
    enrolled = {row.id: row for row in _some(tx, of_person, Enrolment.id, ids, known=True)}
    for initiative_id in sorted({row.initiative_id for row in enrolled.values()}):
        lock_initiative(tx, initiative_id)  # two desks that note the same cell come one after the other
    for one in marks:
        enrolment, meeting = enrolled.get(one.enrolment_id), meetings.get(one.meeting_id)
        if enrolment is None or enrolment.centre_id != tx.centre_id:
            raise NotFound
        if meeting is None or meeting.initiative_id != enrolment.initiative_id:
            raise checks.NotOfThisInitiative
        if meeting.state == "cancelled" and one.present is not None:
            raise NotHeld


def _some(tx: Tx, columns: tuple[Any, ...], key: Any, ids: set[str], *, known: bool = False) -> list[Any]:
    """Rows by id that are not in the bin; `known`: only of enrolments whose person this one may know."""
    wanted, found = sorted(ids), list[Any]()
    for first in range(0, len(wanted), _FEW):
        statement = select(*columns).where(key.in_(wanted[first : first + _FEW]))
        if known:
            statement = statement.join(Person, Person.id == Enrolment.person_id)
            statement = statement.where(tx.visible_person(), Enrolment.deleted_at.is_(None))
        else:
            statement = statement.where(Meeting.deleted_at.is_(None))
        found += tx.rows(statement)
    return found


def _there(tx: Tx, cells: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Attendance]:
    """The marks of cells, also those that were taken back."""
    wanted = set(cells)
    meetings, enrolments = sorted({one for one, _other in wanted}), sorted({other for _one, other in wanted})
    found: dict[tuple[str, str], Attendance] = {}
    for first in range(0, len(enrolments), _FEW):
        some = enrolments[first : first + _FEW]
        for mark in tx.session.scalars(
            select(Attendance).where(Attendance.enrolment_id.in_(some), Attendance.meeting_id.in_(meetings))
        ):
            found[mark.meeting_id, mark.enrolment_id] = mark
    return {cell: mark for cell, mark in found.items() if cell in wanted}


def _set(tx: Tx, there: Attendance | None, mark: Mark) -> bool:
    """Makes a cell what the mark says; whether that changes it."""
    if mark.present is None:
        if there is None or there.deleted_at is not None:
            return False
        tx.bin(there)
        return True
    minutes = mark.minutes if mark.present else None
    if there is None:
        tx.add(Attendance(meeting_id=mark.meeting_id, enrolment_id=mark.enrolment_id, present=mark.present,
                          minutes=minutes))  # fmt: skip
        return True
    if (there.present, there.minutes, there.deleted_at) == (mark.present, minutes, None):
        return False
    there.present, there.minutes, there.deleted_at = mark.present, minutes, None
    return True


def _check_room(tx: Tx, initiative: Initiative, meeting: Meeting, why: str | None) -> None:
    limit = meeting.capacity if meeting.capacity is not None else initiative.capacity
    if limit is None or why is not None:
        return
    if presence(tx, [(meeting.id, initiative.id)])[meeting.id].present >= limit:
        raise checks.NoPlaceLeft("reason", places=limit)


def _unexpected(
    tx: Tx, initiative_id: str, meeting_id: str, person_id: str, values: EnrolmentValues, why: str | None
) -> Enrolment:
    from famdesk.domain.programmes.enrolment import kept

    return Enrolment(
        initiative_id=initiative_id, person_id=person_id, meeting_id=meeting_id, enrolled_on=tx.today(), walk_in=True,
        part=PARTICIPANT, asked_at=asked_now(tx), picked_reason=why, note=bare_text(values.note),
        body_id=values.body_id, answers=kept(values.answers), allergies=bare_text(values.allergies),
        pick_up=bare_text(values.pick_up), photo_release=values.photo_release,
    )  # fmt: skip


def _heads(tx: Tx, record: Meeting, adults: int | None, children: int | None, newcomers: int | None) -> tuple[int, ...]:
    if record.state == "cancelled":
        raise NotHeld
    numbers = (adults, children, newcomers)
    if any(number is not None and not 0 <= number <= MOST_HEADS for number in numbers):
        raise BadHeads("adults", most=MOST_HEADS)
    everybody = (adults or 0) + (children or 0)
    if (newcomers or 0) > everybody:
        raise MoreNewThanCame("newcomers", newcomers=newcomers, all=everybody)
    record.adults, record.children, record.newcomers = numbers
    tx.describe(number=record.number)
    return tuple(number or 0 for number in numbers)
