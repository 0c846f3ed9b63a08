"""A person's file: identity, contact points, households, what happened, what is to come. Opening it is journalled."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, or_, select

from famdesk.data.journal import AuditEntry, Change
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.centre import Catchment
from famdesk.data.tables.directory import AccessPoint, Place, Room
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tables.people import ContactPoint, Household, Membership, Person, PersonStaff
from famdesk.data.tables.programmes import Attendance, Enrolment, Initiative, Meeting
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar.no_shows import counts
from famdesk.domain.intake.needs import need_label
from famdesk.domain.people.contact import PHONES, Rule
from famdesk.domain.people.families import CHILD_ROLES
from famdesk.i18n import _
from famdesk.usecases.calendar.appointment_states import missed
from famdesk.usecases.calendar.appointment_why import hidden, kind_shown
from famdesk.usecases.intake.intake_rows import shown_card
from famdesk.usecases.kept_files import standing, with_parts
from famdesk.usecases.people import emergency, flags
from famdesk.usecases.people.contact_rights import known_point, once_hidden, works_on
from famdesk.usecases.people.file_readings import told_in_file
from famdesk.usecases.people.merging import merged_files
from famdesk.usecases.people.person_badges import badges
from famdesk.usecases.people.person_names import full_name, labels, public_name
from famdesk.usecases.people.person_rows import (
    ContactRow,
    FileStep,
    HouseholdRow,
    MemberRow,
    PersonFile,
    TieRow,
    TimelineRow,
)
from famdesk.usecases.registry import query

STEPS = 200
OF_FAMILIES = ("relation", "responsibility", "placement", "delegate")
"""Tables of the family tab in the history of a file; the drawer of measures has none there."""
OWN_FIELDS = (
    "surname", "given_name", "alias", "sex", "birth_date", "birth_part", "birth_text", "birth_place", "died_on",
    "due_on", "tax_code", "language", "languages", "needs_mediator", "citizenship", "second_citizenship", "abode",
    "municipality", "town", "note", "privacy", "privacy_on", "fictional", "protected", "restricted", "no_contact",
    "owner_staff_id",
)  # fmt: skip
"""The columns of a person that the file shows, in the order in which people read them."""


@query
def person(tx: Tx, person_id: str) -> PersonFile:
    """The whole file of a person, or that of which it is a part; that it was opened is written down first.

    Raises:
        NotFound: also when this person may not know of it.
    """
    found = standing(tx, person_id)
    tx.opened(found)
    names = (found.surname, found.given_name, found.alias)
    owner = tx.find(Staff, found.owner_staff_id)
    own = {name: getattr(found, name) for name in OWN_FIELDS}
    return PersonFile(
        today=tx.today(), id=found.id, version=found.version, label=full_name(*names),
        public_label=public_name(*names, found.privacy), district=_district(tx, found.municipality),
        owner=owner.name if owner else None, badges=badges(tx, found), contacts=_contacts(tx, found.id),
        households=_households(tx, found.id), timeline=_timeline(tx, found.id), ties=_ties(tx, found.id),
        merged=merged_files(tx, found.id), asked_id=person_id, missed=missed(tx, found.id),
        open_until=emergency.open_until(tx, found.id), **own,
    )  # fmt: skip


def _district(tx: Tx, municipality: str | None) -> str | None:
    """The Ambito, or else the first catchment of the centre, that names the municipality."""
    if not municipality:
        return None
    rows = tx.rows(
        select(Catchment.name, Catchment.extent, Catchment.municipalities)
        .where(Catchment.deleted_at.is_(None), Catchment.centre_id == tx.centre_id,
               Catchment.municipalities.contains(municipality))
        .order_by(Catchment.id)
    )  # fmt: skip
    holding = [row for row in rows if municipality in row.municipalities.split()]
    return next((row.name for row in sorted(holding, key=lambda row: row.extent != "ambito")), None)


def _contacts(tx: Tx, person_id: str) -> tuple[ContactRow, ...]:
    order = codes.codes(codes.CONTACT_KINDS)
    points = tx.all(ContactPoint, ContactPoint.person_id == person_id, known_point(tx))
    points = sorted(points, key=lambda point: (order.index(point.kind), point.id))
    return tuple(
        ContactRow(point.id, point.version, point.kind, point.value, point.owner, _rule(point), point.hidden)
        for point in points
    )


def _rule(point: ContactPoint) -> Rule:
    return Rule(point.may_call, point.may_leave_message, point.may_write, point.safe_from, point.safe_to,
                point.neutral_name)  # fmt: skip


def _households(tx: Tx, person_id: str) -> tuple[HouseholdRow, ...]:
    own = select(Membership.household_id).where(Membership.person_id == person_id, Membership.deleted_at.is_(None))
    homes = sorted(tx.all(Household, Household.id.in_(own)), key=lambda home: home.id)
    members = _reached(tx, person_id, _members(tx, [home.id for home in homes]))
    return tuple(
        HouseholdRow(home.id, home.version, home.name, home.address, home.town, home.municipality, home.note,
                     tuple(members.get(home.id, ())))
        for home in homes
    )  # fmt: skip


def _members(tx: Tx, household_ids: list[str]) -> dict[str, list[MemberRow]]:
    """The members by household, present ones first, the adults before the children, these from the eldest."""
    rows = tx.rows(
        select(Membership.household_id, Membership.id, Membership.version, Person.id.label("person_id"), Person.surname,
               Person.given_name, Person.alias, Membership.role, Person.birth_date, Membership.valid_from,
               Membership.valid_to, Membership.days, Person.sex)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.household_id.in_(household_ids), Membership.deleted_at.is_(None), tx.visible_person())
        .order_by(Membership.valid_to.is_not(None), Membership.id)
    )  # fmt: skip
    found: dict[str, list[MemberRow]] = {}
    for row in rows:
        found.setdefault(row.household_id, []).append(
            MemberRow(row.id, row.version, row.person_id, full_name(row.surname, row.given_name, row.alias), row.role,
                      row.birth_date, row.valid_from, row.valid_to, row.days, row.sex)
        )  # fmt: skip
    return {home: sorted(members, key=_age_order) for home, members in found.items()}


def _reached(tx: Tx, person_id: str, homes: Mapping[str, Sequence[MemberRow]]) -> dict[str, tuple[MemberRow, ...]]:
    """The members with the numbers of those who bring up the child whose file it is: a child seldom has one. Hidden
    numbers, and those of who is never to be contacted, stay in their own files."""
    here = {home for home, members in homes.items()
            if any(one.person_id == person_id and one.role in CHILD_ROLES for one in members)}  # fmt: skip
    adults = {one.person_id for home in here for one in homes[home]
              if one.valid_to is None and one.role not in CHILD_ROLES}  # fmt: skip
    phones = _phones(tx, sorted(adults)) if adults else {}
    blank = (None, None)
    return {home: tuple(replace(one, phone=number, rule=rule) for one in members
                        for number, rule in [phones.get(one.person_id, blank) if home in here else blank])
            for home, members in homes.items()}  # fmt: skip


def _phones(tx: Tx, ids: Sequence[str]) -> dict[str, tuple[str, Rule]]:
    """The first number of each person; one that may be called goes before one that may not."""
    reached = select(Person.id).where(Person.id.in_(ids), Person.no_contact.is_(False), tx.visible_person())
    points = tx.all(ContactPoint, ContactPoint.person_id.in_(reached), ContactPoint.kind.in_(sorted(PHONES)),
                    ContactPoint.hidden.is_(False))  # fmt: skip
    points = sorted(sorted(points, key=lambda one: one.id, reverse=True), key=lambda one: one.may_call)
    return {one.person_id: (one.value, _rule(one)) for one in points}  # the last of each counts


def _age_order(member: MemberRow) -> tuple[bool, bool, date]:
    child = member.role in CHILD_ROLES
    return member.valid_to is not None, child, (member.birth_date or date.max) if child else date.min


def _ties(tx: Tx, person_id: str) -> tuple[TieRow, ...]:
    rows = tx.rows(
        select(PersonStaff.id, PersonStaff.version, PersonStaff.staff_id, Staff.name, PersonStaff.kind,
               PersonStaff.reason)
        .join(Staff, Staff.id == PersonStaff.staff_id)
        .where(PersonStaff.person_id == person_id, PersonStaff.deleted_at.is_(None))
        .order_by(Staff.name)
    )  # fmt: skip
    return tuple(TieRow(*row) for row in rows)


def _timeline(tx: Tx, person_id: str) -> tuple[TimelineRow, ...]:
    """Everything with a date, the newest first; what is to come stands on top."""
    rows = [*_accesses(tx, person_id), *_appointments(tx, person_id), *_enrolments(tx, person_id),
            *told_in_file(tx, person_id)]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.day, row.starts or datetime.min.time()), reverse=True))


def _accesses(tx: Tx, person_id: str) -> Iterable[TimelineRow]:
    card = AccessCard
    rows = tx.rows(
        select(card.id, card.at, card.channel, card.needs, card.outcome, card.person_id, card.caller_id, Staff.name)
        .outerjoin(Staff, Staff.id == card.operator_id)
        .where(or_(card.person_id == person_id, card.caller_id == person_id), card.deleted_at.is_(None),
               card.centre_id == tx.centre_id, shown_card(tx))
    )  # fmt: skip
    others = labels(tx, [other for row in rows for other in (row.person_id, row.caller_id) if other != person_id])
    for row in rows:
        needs = [need_label(code) for code in row.needs.split()]
        whom = _about(person_id, row, others)
        yield TimelineRow("access", row.id, row.at.date(), row.at.time(), codes.label(codes.CHANNELS, row.channel)
                          or _("Access"), _present(*whom, *needs, row.name), row.outcome)  # fmt: skip


def _about(person_id: str, row: Any, others: dict[str, str]) -> tuple[str, ...]:
    """Who else the access is about."""
    if row.person_id and row.person_id != person_id:
        return (_("for {name}").format(name=others[row.person_id]),)
    if row.caller_id in others:
        # Translators: the person who spoke for somebody else at an access
        return (_("through {name}").format(name=others[row.caller_id]),)
    return ()


def _appointments(tx: Tx, person_id: str) -> Iterable[TimelineRow]:
    one = Appointment
    rows = tx.rows(
        select(one.id, one.starts, one.kind, one.label, one.state, one.no_show_reason, one.cancelled_by, one.staff_id,
               Staff.name,
               AccessPoint.name.label("point"), Room.name.label("room"))
        .outerjoin(Staff, Staff.id == one.staff_id)
        .outerjoin(AccessPoint, AccessPoint.id == one.access_point_id)
        .outerjoin(Room, Room.id == one.room_id)
        .where(one.person_id == person_id, one.deleted_at.is_(None), one.centre_id == tx.centre_id)
    )  # fmt: skip
    for row in rows:
        kind = kind_shown(row.kind) if hidden(tx, row.staff_id) else row.kind
        yield TimelineRow("appointment", row.id, row.starts.date(), row.starts.time(),
                          codes.label(codes.APPOINTMENT_KINDS, kind),
                          _present(_why(row), row.label, row.name, row.point, row.room), row.state)  # fmt: skip


def _why(row: Any) -> str:
    """Why nobody came, and that it does not count; who cancelled."""
    if row.state == "cancelled":
        return codes.label(codes.CANCELLED_BY, row.cancelled_by)
    if row.state != "no_show" or row.no_show_reason is None:
        return ""
    reason = codes.label(codes.NO_SHOW_REASONS, row.no_show_reason)
    # Translators: {reason} why somebody did not come, such as "Illness"
    return reason if counts(row.no_show_reason) else _("{reason}: does not count").format(reason=reason)


def _enrolments(tx: Tx, person_id: str) -> Iterable[TimelineRow]:
    rows = tx.rows(
        select(Enrolment.id, Enrolment.enrolled_on, Enrolment.state, Initiative.id.label("initiative_id"),
               Initiative.name)
        .join(Initiative, Initiative.id == Enrolment.initiative_id)
        .where(Enrolment.person_id == person_id, Enrolment.deleted_at.is_(None), Initiative.deleted_at.is_(None))
    )  # fmt: skip
    for row in rows:
        yield TimelineRow("enrolment", row.initiative_id, row.enrolled_on, None, row.name, (), row.state)
    yield from _meetings(tx, [row.id for row in rows if row.state != "waiting"])


def _meetings(tx: Tx, enrolment_ids: list[str]) -> Iterable[TimelineRow]:
    """The meetings whose day is set; of those that somebody withdrew from, only where the person came or not."""
    if not enrolment_ids:
        return
    rows = tx.rows(
        select(Meeting.initiative_id, Meeting.number, Meeting.day, Meeting.starts, Meeting.theme, Initiative.name,
               Place.name.label("place"), Attendance.present, Enrolment.state, Enrolment.enrolled_on)
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .join(Enrolment, Enrolment.initiative_id == Meeting.initiative_id)
        .outerjoin(Place, Place.id == Meeting.place_id)
        .outerjoin(Attendance, and_(Attendance.meeting_id == Meeting.id, Attendance.enrolment_id == Enrolment.id,
                                    Attendance.deleted_at.is_(None)))
        .where(Enrolment.id.in_(enrolment_ids), Meeting.deleted_at.is_(None), Meeting.day.is_not(None),
               Meeting.state != "cancelled")
    )  # fmt: skip
    for row in rows:
        if row.present is None and (row.state != "enrolled" or row.day < row.enrolled_on):
            continue
        what = _("{initiative}, meeting {number}").format(initiative=row.name, number=row.number)
        state = None if row.present is None else "present" if row.present else "absent"
        yield TimelineRow(
            "meeting", row.initiative_id, row.day, row.starts, what, _present(row.theme, row.place), state
        )


def _present(*words: str | None) -> tuple[str, ...]:
    return tuple(word for word in words if word)


@query
def file_history(tx: Tx, person_id: str) -> tuple[FileStep, ...]:
    """The steps that changed the file (person, contact points, households, family, ties, details), newest first,
    `STEPS` at most; that they were looked at is written down.

    Raises:
        NotFound.
    """
    found = standing(tx, person_id)
    tx.opened(found)
    ids = with_parts(tx, found.id)
    newest = (
        select(Change.seq).where(Change.centre_id == tx.centre_id, Change.person_id.in_(ids))
        .group_by(Change.seq).order_by(Change.seq.desc()).limit(STEPS)
    )  # fmt: skip
    marks = ("flag",) if flags.may_see_sensitive(tx.actor.role) else ()
    tables = ("person", "contact_point", "membership", "person_staff", "school_year", "custom_value",
              *OF_FAMILIES, *marks)  # fmt: skip
    rows = tx.rows(
        select(AuditEntry, Change, Staff.name)
        .join(Change, and_(Change.centre_id == AuditEntry.centre_id, Change.seq == AuditEntry.seq))
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(AuditEntry.centre_id == tx.centre_id, AuditEntry.seq.in_(newest), Change.person_id.in_(ids),
               Change.table_name.in_(tables))
        .order_by(AuditEntry.seq.desc(), Change.position)
    )  # fmt: skip
    steps: dict[int, FileStep] = {}
    secret = frozenset[str]() if works_on(tx, found.id) else once_hidden(tx, ids)
    others = labels(tx, (_other(change) for _entry, change, _name in rows))
    for entry, change, name in rows:
        if change.row_id in secret or (_other(change) or found.id) not in {found.id, *others}:
            continue
        steps[entry.seq] = _step(tx, entry, change, name or "?", steps.get(entry.seq))
    return tuple(steps.values())


def _other(change: Change) -> str | None:
    """Whom a change of the family speaks of beside the person whose file it is."""
    image = json.loads(change.after or change.before or "{}")
    return image.get("other_id") if change.table_name in OF_FAMILIES else None


def _step(tx: Tx, entry: AuditEntry, change: Change, by: str, sofar: FileStep | None) -> FileStep:
    from famdesk.usecases.journal import step_label

    label = step_label(entry.kind, entry.action, json.loads(entry.details))
    fields = (*(sofar.fields if sofar else ()), *_differences(change))
    return FileStep(entry.seq, tx.local(entry.at), by, label, entry.reason, fields)


def _differences(change: Change) -> Iterable[tuple[str, str, str | None, str | None]]:
    before, after = json.loads(change.before or "{}"), json.loads(change.after or "{}")
    hidden = {"id", "version", "centre_id", "person_id"}
    for name in sorted({*before, *after} - hidden):
        old, new = before.get(name), after.get(name)
        news = change.before is None and (new is False or name.startswith("may_"))
        if old != new and not news:
            yield change.table_name, name, _text(old), _text(new)


def _text(value: Any) -> str | None:
    if value is None:
        return None
    return {True: _("yes"), False: _("no")}[value] if isinstance(value, bool) else str(value)
