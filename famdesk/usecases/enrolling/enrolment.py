"""Enrolling: persons and families, with what is asked before, approval where it is wanted, and giving a place back.

Nobody gets a place that is not there: whoever asks when all are taken, or when others wait, waits in the order of
asking. Every use-case that takes or gives a place holds the lock of its initiative while it counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from sqlalchemy import func, select

from famdesk.data.tables.people import Person
from famdesk.data.tables.programmes import Attendance, Enrolment, Initiative
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.domain.programmes.enrolment import CHILD_CARE, OPEN, PARTICIPANT, PARTS, Answer, kept
from famdesk.i18n import N_
from famdesk.usecases.enrolling import enrolment_checks as checks
from famdesk.usecases.enrolling.enrolment_counts import line, seats
from famdesk.usecases.programmes.programmes_common import bare_text, lock_initiative, moment
from famdesk.usecases.registry import usecase

LONGEST_TEXT = 2_000


class UnknownPart(RuleError):
    message = N_("Choose from the list.")


class NotRequested(RuleError):
    message = N_("This enrolment does not wait for an approval any more.")


@dataclass(frozen=True, slots=True)
class EnrolmentValues:
    """What is noted of a place; see the record. `meeting_id` None: all meetings. `mismatch_reason`: why somebody is
    enrolled for whom it is not meant."""

    note: str | None = None
    meeting_id: str | None = None
    part: str = PARTICIPANT
    body_id: str | None = None
    answers: tuple[Answer, ...] = ()
    allergies: str | None = None
    pick_up: str | None = None
    photo_release: bool | None = None
    mismatch_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a family who is enrolled with the others."""

    person_id: str
    values: EnrolmentValues = EnrolmentValues()


@usecase(N_("Somebody enrolled"))
def enrol(tx: Tx, initiative_id: str, person_id: str, values: EnrolmentValues | None = None) -> str:
    """Enrols a person; when all places are taken, or others wait already, on the waiting list. Gives the id.

    Raises:
        InitiativeClosed, HeadsOnly, EnrolledAlready, NotAnswered, NotMeant, NoChildCare, ChildCareFull, NotThere,
        UnknownPart, TextTooLong, NotFound.
    """
    return _enrol(tx, initiative_id, [Member(person_id, values or EnrolmentValues())], None)[0]


@usecase(N_("Family enrolled"))
def enrol_family(tx: Tx, initiative_id: str, household_id: str, members: Sequence[Member]) -> tuple[str, ...]:
    """Enrols some of a family together: all get a place, or all wait as one. Children who are looked after meanwhile
    take no place. Gives the ids in the order of `members`.

    Raises:
        NobodyChosen: nobody takes part.
        The errors of `enrol`.
    """
    if not any(one.values.part == PARTICIPANT for one in members):
        raise checks.NobodyChosen("members")
    return _enrol(tx, initiative_id, members, household_id)


@usecase(N_("Details of an enrolment changed"))
def change(tx: Tx, enrolment_id: str, version: int, values: EnrolmentValues) -> None:
    """Notes what has to be minded: allergies, who collects a child, photos, the body of a professional, a note. Meeting
    and part stay what they are.

    Raises:
        TextTooLong, NotFound, Stale.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    _note(record, values)


@usecase(N_("Enrolment approved"))
def approve(tx: Tx, enrolment_id: str, version: int) -> str:
    """Lets somebody in who asked: a place, or the waiting list where all are taken. Gives the state.

    Raises:
        NotRequested, ChildCareFull, NotFound, Stale.
    """
    record = tx.get(Enrolment, enrolment_id, version)
    initiative = _locked(tx, record.initiative_id)
    if record.state != "requested":
        raise NotRequested
    together = family_of(tx, record)
    state = _state(tx, initiative, [one.part for one in together], record.meeting_id)
    for one in together:
        one.state = state
    return state


@usecase(N_("Enrolment not accepted"))
def refuse(tx: Tx, enrolment_id: str, version: int, reason: str) -> None:
    """Says no to somebody who asked; the reason is kept with the step.

    Raises:
        Required: no reason.
        NotRequested, NotFound, Stale.
    """
    if not reason.strip():
        raise Required("reason")
    record = tx.get(Enrolment, enrolment_id, version)
    if record.state != "requested":
        raise NotRequested
    for one in family_of(tx, record):
        one.state = "refused"
    tx.because(reason.strip())


@usecase(N_("Somebody withdrawn"))
def withdraw(tx: Tx, enrolment_id: str, version: int, reason: str | None = None) -> None:
    """Gives a place back; the person stays in the list of those who withdrew, with the meetings they came to."""
    record = tx.get(Enrolment, enrolment_id, version)
    record.state, record.offered_until = "withdrawn", None
    tx.because(bare_text(reason))


def withdraw_person(tx: Tx, person_id: str) -> None:
    """Gives back every place that a person has in what is not over: for somebody who is removed from the files."""
    for one in tx.all(Enrolment, Enrolment.person_id == person_id, Enrolment.state.in_(OPEN)):
        states = tx.rows(select(Initiative.state).where(Initiative.id == one.initiative_id))
        if states and states[0].state != "closed":
            one.state, one.offered_until = "withdrawn", None


def asked_now(tx: Tx) -> str:
    """The moment by which a waiting list is ordered: the server's clock where there is one, whatever the desks' say."""
    return moment(tx).astimezone(UTC).isoformat(timespec="microseconds")


def family_of(tx: Tx, record: Enrolment) -> list[Enrolment]:
    """The enrolments that were asked for together and stand alike; one alone, if there is no family."""
    if record.household_id is None or record.asked_at is None:
        return [record]
    found = tx.all(
        Enrolment, Enrolment.initiative_id == record.initiative_id, Enrolment.household_id == record.household_id,
        Enrolment.asked_at == record.asked_at, Enrolment.state == record.state,
    )  # fmt: skip
    return list(found) or [record]


def _enrol(tx: Tx, initiative_id: str, members: Sequence[Member], household_id: str | None) -> tuple[str, ...]:
    lock_initiative(tx, initiative_id)
    initiative = checks.initiative_open(tx, initiative_id)
    meeting_id = members[0].values.meeting_id
    checks.check_meeting(tx, initiative, meeting_id)
    former = [_check(tx, initiative, one, meeting_id) for one in members]
    state = _state(tx, initiative, [one.values.part for one in members], meeting_id)
    if initiative.approval:
        state = "requested"
    asked = asked_now(tx)
    return tuple(
        _enter(tx, initiative_id, one, known, state=state, asked=asked, household_id=household_id)
        for one, known in zip(members, former, strict=True)
    )


def _check(tx: Tx, initiative: Initiative, member: Member, meeting_id: str | None) -> list[Enrolment]:
    person, values = tx.get(Person, member.person_id), member.values
    if values.part not in codes(PARTS):
        raise UnknownPart("part")
    former = checks.former_of(tx, initiative.id, person.id, meeting_id)
    if values.part == PARTICIPANT:
        checks.check_answers(initiative, values.answers)
        checks.check_target(checks.against(tx, initiative, person, values.answers), bare_text(values.mismatch_reason))
    return former


def _state(tx: Tx, initiative: Initiative, parts: Sequence[str], meeting_id: str | None) -> str:
    """The state that those who ask now get together."""
    found, wanted = seats(tx, initiative), sum(part == PARTICIPANT for part in parts)
    check_care(tx, initiative.id, meeting_id, sum(part == CHILD_CARE for part in parts))
    left = found.left(meeting_id)
    waits = any(meeting_id is None or group.meeting_id in {None, meeting_id} for group in line(tx, initiative.id))
    return "waiting" if waits or (left is not None and left < wanted) else "enrolled"


def check_care(tx: Tx, initiative_id: str, meeting_id: str | None, children: int) -> None:
    """Whether so many more children can be looked after.

    Raises:
        NoChildCare, ChildCareFull.
    """
    if not children:
        return
    from famdesk.data.tables.programmes import Meeting

    rows = tx.rows(
        select(Meeting.id).where(Meeting.initiative_id == initiative_id, Meeting.deleted_at.is_(None),
                                 Meeting.child_care, Meeting.state != "cancelled")
    )  # fmt: skip
    if not rows or (meeting_id is not None and meeting_id not in {row.id for row in rows}):
        raise checks.NoChildCare("members")
    found = seats(tx, tx.get(Initiative, initiative_id))
    left = found.care_left(meeting_id)
    if left is not None and left < children:
        places = found.care_limits.get(meeting_id or "", min(found.care_limits.values(), default=0))
        raise checks.ChildCareFull("members", places=places)


def _enter(
    tx: Tx, initiative_id: str, member: Member, former: Sequence[Enrolment], *, state: str, asked: str,
    household_id: str | None,
) -> str:  # fmt: skip
    known = next((one for one in former if _came(tx, one.id)), None)
    if known is None:
        for one in former:
            tx.bin(one)
        values = member.values
        known = Enrolment(initiative_id=initiative_id, person_id=member.person_id, meeting_id=values.meeting_id,
                          enrolled_on=tx.today())  # fmt: skip
        _fill(known, member.values, state, asked, household_id)
        return tx.add(known).id
    _fill(known, member.values, state, asked, household_id)  # who came before keeps the marks of the meetings
    return known.id


def _fill(record: Enrolment, values: EnrolmentValues, state: str, asked: str, household_id: str | None) -> None:
    record.state, record.asked_at, record.household_id = state, asked, household_id
    record.part, record.walk_in, record.offered_until, record.picked_reason = values.part, False, None, None
    record.mismatch_reason = bare_text(values.mismatch_reason)
    record.answers = kept(values.answers)
    _note(record, values)


def _note(record: Enrolment, values: EnrolmentValues) -> None:
    for name in ("note", "allergies", "pick_up"):
        text = bare_text(getattr(values, name))
        if len(text or "") > LONGEST_TEXT:
            raise TextTooLong(name, limit=LONGEST_TEXT)
        setattr(record, name, text)
    record.body_id, record.photo_release = values.body_id, values.photo_release


def _came(tx: Tx, enrolment_id: str) -> bool:
    marks = select(func.count()).where(Attendance.enrolment_id == enrolment_id, Attendance.deleted_at.is_(None))
    return bool(tx.rows(marks)[0][0])


def _locked(tx: Tx, initiative_id: str) -> Initiative:
    lock_initiative(tx, initiative_id)
    return tx.get(Initiative, initiative_id)
