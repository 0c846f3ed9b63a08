"""What is asked before somebody gets a place: is it open, is it for them, was everything asked that has to be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from famdesk.data.tables.centre import Catchment
from famdesk.data.tables.families import Relation
from famdesk.data.tables.people import Household, Membership, Person
from famdesk.data.tables.programmes import Attendance, Enrolment, Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.errors import RuleError
from famdesk.domain.people import families
from famdesk.domain.programmes.enrolment import OPEN, Answer, questions, unanswered
from famdesk.domain.programmes.targets import Born, Known, Mismatch, Target, mismatches
from famdesk.i18n import N_, _, formats
from famdesk.usecases.programmes.programmes_rows import InitiativeValues

CHILD_ROLES = frozenset({"child", "foster_child"})
_AS_PARENT = families.PARENTS | {"step_parent", "foster_parent"}


class EnrolledAlready(RuleError):
    message = N_("This person is enrolled already or on the waiting list.")


class InitiativeClosed(RuleError):
    message = N_("This initiative is closed. Open it again to enrol somebody.")


class NoPlaceLeft(RuleError):
    message = N_("All {places} places are taken.")


class NotOfThisInitiative(RuleError):
    message = N_("This person is not enrolled here.")


class HeadsOnly(RuleError):
    """An evening at which only heads are counted, or a group that families run: no names are kept."""

    message = N_("Here only heads are counted: nobody is entered by name.")


class NotMeant(RuleError):
    message = N_("{why} To enrol this person all the same, write the reason.")


class NotAnswered(RuleError):
    message = N_("Ask first: {question}")


class NoChildCare(RuleError):
    message = N_("At these meetings nobody looks after children.")


class ChildCareFull(RuleError):
    message = N_("No more children can be looked after: {places} are expected already.")


class NotThere(RuleError):
    message = N_("Choose a meeting of this initiative that is not cancelled.")


class NobodyChosen(RuleError):
    message = N_("Choose who of the family takes part.")


def initiative_open(tx: Tx, initiative_id: str) -> Initiative:
    """The initiative, if somebody can be entered by name.

    Raises:
        InitiativeClosed, HeadsOnly, NotFound.
    """
    record = tx.get(Initiative, initiative_id)
    if record.state == "closed":
        raise InitiativeClosed
    if by_heads(record):
        raise HeadsOnly
    return record


def by_heads(record: Initiative | InitiativeValues) -> bool:
    """Whether no names are kept: heads are counted, or families run it themselves (dates and numbers only)."""
    return record.counting == "heads" or record.group_form == "families"


def check_meeting(tx: Tx, record: Initiative, meeting_id: str | None) -> None:
    """A single meeting has to be one of the initiative that takes place.

    Raises:
        NotThere.
    """
    if meeting_id is None:
        return
    rows = tx.rows(select(Meeting.initiative_id, Meeting.state).where(Meeting.id == meeting_id,
                                                                      Meeting.deleted_at.is_(None)))  # fmt: skip
    if not rows or rows[0].initiative_id != record.id or rows[0].state == "cancelled":
        raise NotThere("meeting_id")


def former_of(tx: Tx, initiative_id: str, person_id: str, meeting_id: str | None) -> list[Enrolment]:
    """What is there of a person in an initiative already, and may be taken up again.

    Raises:
        EnrolledAlready: the person has a place, waits, or is to be approved; for a single meeting also in all of them.
    """
    found = tx.all(Enrolment, Enrolment.initiative_id == initiative_id, Enrolment.person_id == person_id)
    if any(one.state in OPEN and one.meeting_id in {None, meeting_id} and not one.walk_in for one in found):
        raise EnrolledAlready("person_id")
    return [one for one in found if one.meeting_id == meeting_id]


def check_answers(record: Initiative, answers: Sequence[Answer]) -> None:
    """Every question of the initiative is answered.

    Raises:
        NotAnswered.
    """
    open_ones = unanswered(questions(record.questions), answers)
    if open_ones:
        raise NotAnswered("answers", question=open_ones[0])


def check_target(found: Iterable[Mismatch], reason: str | None) -> None:
    """Whoever it is not meant for needs a reason; what is only not known is no obstacle.

    Raises:
        NotMeant: says why.
    """
    against = [one.sentence for one in found if not one.unknown]
    if against and not reason:
        raise NotMeant("mismatch_reason", why=" ".join(against))


def against(tx: Tx, record: Initiative, person: Person, answers: Sequence[Answer] = ()) -> tuple[Mismatch, ...]:
    """All that speaks against a person's place: the target, what has to come before, the term, the answers."""
    day = begins(tx, record)
    rule = Target(record.target_who, record.target_of_child, record.target_from, record.target_to, record.residents,
                  _ambito(tx, record) if record.residents else frozenset())  # fmt: skip
    found = [*_of_initiative(tx, record, person.id), *mismatches(rule, known_of(tx, person, day), day)]
    found += [
        Mismatch("answer", _("“{question}” was answered with yes.").format(question=one.question))
        for one in answers if one.yes
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.unknown))


def begins(tx: Tx, record: Initiative) -> date:
    """The day by which ages count: the first one, or today where it has begun or is not known."""
    first = tx.rows(select(func.min(Meeting.day)).where(Meeting.initiative_id == record.id,
                                                        Meeting.deleted_at.is_(None)))[0][0]  # fmt: skip
    day = first or record.starts_on
    return day if isinstance(day, date) and day > tx.today() else tx.today()


def _of_initiative(tx: Tx, record: Initiative, person_id: str) -> Iterator[Mismatch]:
    if record.enrol_until is not None and tx.today() > record.enrol_until:
        yield Mismatch("late", _("Enrolment ended on {day}.").format(day=formats.date_long(record.enrol_until)))
    if record.group_form == "closed" and _has_begun(tx, record):
        yield Mismatch("begun", _("The group is closed and has begun."))
    if record.requires_id is not None and not took_part(tx, record.requires_id, person_id):
        names = tx.rows(select(Initiative.name).where(Initiative.id == record.requires_id))
        yield Mismatch("before", _("“{name}” comes before it.").format(name=names[0].name if names else "?"))


def _has_begun(tx: Tx, record: Initiative) -> bool:
    held = select(func.count()).where(Meeting.initiative_id == record.id, Meeting.day < tx.today(),
                                      Meeting.deleted_at.is_(None), Meeting.state != "cancelled")  # fmt: skip
    return bool(tx.rows(held)[0][0])


def took_part(tx: Tx, initiative_id: str, person_id: str) -> bool:
    """Whether a person came to a meeting of an initiative, or is enrolled in one of which nothing is noted."""
    mine = (Enrolment.initiative_id == initiative_id, Enrolment.person_id == person_id, Enrolment.deleted_at.is_(None))
    came = tx.rows(
        select(func.count())
        .select_from(Attendance)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(*mine, Attendance.present, Attendance.deleted_at.is_(None))
    )
    if came[0][0]:
        return True
    noted = tx.rows(
        select(func.count())
        .select_from(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.initiative_id == initiative_id, Attendance.deleted_at.is_(None))
    )
    return not noted[0][0] and bool(tx.rows(select(Enrolment.id).where(*mine, Enrolment.state == "enrolled")))


def _ambito(tx: Tx, record: Initiative) -> frozenset[str]:
    """The municipalities of whom the centre is for: of its own catchments, else of those of the network."""
    rows = tx.rows(
        select(Catchment.subject_id, Catchment.municipalities)
        .where(Catchment.deleted_at.is_(None), Catchment.municipalities != "",
               or_(Catchment.subject_id == record.centre_id, Catchment.subject_id.is_(None)))
    )  # fmt: skip
    own = [row for row in rows if row.subject_id is not None] or rows
    return frozenset(code for row in own for code in row.municipalities.split())


def known_of(tx: Tx, person: Person, on: date) -> Known:
    """What the rules of a target look at: the person, the children in the file and at home, where they live."""
    related = tx.rows(
        select(Relation.other_id, Relation.kind)
        .where(Relation.person_id == person.id, Relation.deleted_at.is_(None), Relation.centre_id == tx.centre_id,
               Relation.kind.in_({*_AS_PARENT, "grandparent"}))
    )  # fmt: skip
    home = members_of(tx, person.id, on)
    own_role = {row.role for row in home if row.person_id == person.id}
    children = {row.other_id for row in related if row.kind in _AS_PARENT}
    if not own_role & CHILD_ROLES:
        children |= {row.person_id for row in home if row.role in CHILD_ROLES}
    births = tx.rows(
        select(Person.birth_date, Person.birth_part).where(Person.id.in_(children - {person.id}), tx.visible_person())
    )
    expects = any(row.due_on is not None and row.due_on >= on for row in (person, *home))
    municipality = person.municipality or next((row.municipality for row in home if row.municipality), None)
    return Known(
        person.sex, Born(person.birth_date, person.birth_part),
        tuple(Born(row.birth_date, row.birth_part) for row in births),
        any(row.kind == "grandparent" for row in related), expects, municipality,
    )  # fmt: skip


def members_of(tx: Tx, person_id: str, on: date) -> Sequence[Any]:
    """Everybody who on a day belongs to a household of a person, and may be known: the person too."""
    homes = select(Membership.household_id).where(Membership.person_id == person_id, Membership.deleted_at.is_(None),
                                                  _holds(on))  # fmt: skip
    return tx.rows(
        select(Membership.household_id, Household.name.label("household"), Household.municipality,
               Membership.person_id, Membership.role, Person.birth_date, Person.birth_part, Person.due_on)
        .join(Person, Person.id == Membership.person_id)
        .join(Household, Household.id == Membership.household_id)
        .where(Membership.household_id.in_(homes), Membership.deleted_at.is_(None), Household.deleted_at.is_(None),
               _holds(on), tx.visible_person(), or_(Person.died_on.is_(None), Person.died_on > on))
        .order_by(Membership.household_id, Person.birth_date, Membership.id)
    )  # fmt: skip


def _holds(on: date) -> Any:
    since, until = Membership.valid_from, Membership.valid_to
    return or_(since.is_(None), since <= on) & or_(until.is_(None), until >= on)


def is_minor(row: Any, on: date) -> bool:
    """Whether somebody is a minor: by the birth, or where nothing is known of it by the role in the household."""
    born = families.latest_birth(row.birth_date, row.birth_part)
    if born is None:
        return getattr(row, "role", "") in CHILD_ROLES
    return bool(families.is_minor(born, on))
