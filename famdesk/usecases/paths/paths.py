"""Paths of care: opened with whom it is walked, changed, closed with a day and a reason, opened again for a reason.

A path is known to whom all its persons are known. Where nobody is to be named its code stands for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, func, or_, select

from famdesk.data.tables.calendar import Appointment, AppointmentParty
from famdesk.data.tables.notes import Note, Path, PathPerson
from famdesk.data.tables.paths import Destruction
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes, label
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.domain.notes.paths import CLOSING_REASONS, PATH_KINDS, code_of, number_in
from famdesk.domain.staff import rights
from famdesk.i18n import N_, _, formats
from famdesk.usecases.paths.path_rows import PathAppointment, PathRow, rows, walkers_of
from famdesk.usecases.registry import query, usecase

AHEAD = ("planned", "confirmed", "arrived")
OFF = ("cancelled", "skipped")


class UnknownPathKind(RuleError):
    message = N_("Choose from the list what kind of path it is.")


class NobodyWalks(RuleError):
    message = N_("Say with whom the path is walked.")


class UnknownClosing(RuleError):
    message = N_("Choose from the list why the path ends.")


class PathInFuture(RuleError):
    message = N_("This day is still to come.")


class ClosedBeforeOpened(RuleError):
    message = N_("The path was opened on {day}: it cannot end before.")


class ClosedBeforeLast(RuleError):
    message = N_("On {day} there was still a session of this path: it cannot end before.")


class OpenedAfterFirst(RuleError):
    message = N_("On {day} there was a session of this path already: it cannot begin later.")


class StillPlanned(RuleError):
    message = N_("There is still an appointment of this path on {day}. Cancel it, or take it out of the path first.")


class PathClosed(RuleError):
    message = N_("This path is closed. Open it again first.")


class PathIsOpen(RuleError):
    message = N_("This path is open.")


class NotesGone(RuleError):
    message = N_("The notes of this path were destroyed: open a new path.")


class ToBeDestroyed(RuleError):
    message = N_("It is proposed to destroy the notes of this path. Withdraw the proposal first.")


class MayNotCarry(RuleError):
    message = N_("This colleague may not see the files of all who walk this path.")


class OfNobodyHere(RuleError):
    message = N_("Nobody of this path takes part in that appointment.")


@query
def of_person(tx: Tx, person_id: str) -> tuple[PathRow, ...]:
    """The paths of a person, open ones first, then the newest.

    Raises:
        NotFound.
    """
    tx.get(Person, person_id)
    theirs = select(PathPerson.path_id).where(PathPerson.person_id == person_id, PathPerson.deleted_at.is_(None))
    found = sorted(tx.all(Path, Path.id.in_(theirs)), key=lambda one: (one.opened_on, one.number), reverse=True)
    return rows(tx, sorted(found, key=lambda one: one.closed_on is not None))


@query
def open_paths(tx: Tx, *, mine: bool = True) -> tuple[PathRow, ...]:
    """The open paths that one has in charge, or all that one may know of; the one opened first comes first."""
    where: list[ColumnElement[bool]] = [Path.closed_on.is_(None)]
    if mine:
        where.append(Path.staff_id == tx.actor.staff_id)
    return rows(tx, sorted(tx.all(Path, *where), key=lambda one: (one.opened_on, one.number)))


@query
def path(tx: Tx, path_id: str) -> PathRow:
    """One path.

    Raises:
        NotFound.
    """
    return rows(tx, [tx.get(Path, path_id)])[0]


@query
def by_code(tx: Tx, code: str) -> PathRow:
    """The path behind a code such as "P-0042": only for whom its persons are known.

    Raises:
        NotFound: there is none, or not for this colleague.
    """
    number = number_in(code)
    found = tx.all(Path, Path.number == number) if number is not None else ()
    if not found:
        raise NotFound
    return rows(tx, found)[0]


@query
def choices(tx: Tx, person_ids: Sequence[str], kept: str | None = None) -> tuple[tuple[str, str], ...]:
    """Open paths of any of these persons, to which a note or an appointment can belong: id and words. The one that was
    chosen before (`kept`) is there as well, closed or not.
    """
    theirs = select(PathPerson.path_id).where(
        PathPerson.person_id.in_(sorted(set(person_ids))), PathPerson.deleted_at.is_(None)
    )
    found = tx.all(Path, or_(Path.id.in_(theirs) & Path.closed_on.is_(None), Path.id == kept))
    return tuple((one.id, words(one)) for one in sorted(found, key=lambda one: (one.opened_on, one.number)))


@query
def appointments(tx: Tx, path_id: str) -> tuple[PathAppointment, ...]:
    """The appointments of those who walk a path, the newest first; those of other paths are missing.

    Raises:
        NotFound.
    """
    tx.get(Path, path_id)
    people = walkers_of(tx, [path_id])[path_id]
    present = select(AppointmentParty.appointment_id).where(
        AppointmentParty.person_id.in_(people), AppointmentParty.deleted_at.is_(None)
    )
    found = tx.all(
        Appointment, or_(Appointment.person_id.in_(people), Appointment.id.in_(present)),
        or_(Appointment.path_id.is_(None), Appointment.path_id == path_id), Appointment.state.not_in(OFF),
    )  # fmt: skip
    staff = {row.id: row.name for row in tx.rows(select(Staff.id, Staff.name))}
    return tuple(
        PathAppointment(one.id, one.version, one.starts, one.kind, staff.get(one.staff_id or "", ""),
                        one.path_id == path_id)
        for one in sorted(found, key=lambda one: (one.starts, one.id), reverse=True)
    )  # fmt: skip


@usecase(N_("Path {code} opened"))
def open_path(
    tx: Tx, kind: str, person_ids: Sequence[str], *, staff_id: str | None = None, opened_on: date | None = None
) -> str:
    """A new path, in one's own charge or a colleague's, from a day (today); gives its id.

    Raises:
        UnknownPathKind, NobodyWalks, PathInFuture, MayNotCarry, NotFound.
    """
    _check(tx, kind, person_ids, opened_on)
    tx.take_turn()
    found = Path(number=_next_number(tx), kind=kind, staff_id=staff_id or tx.actor.staff_id,
                 opened_on=opened_on or tx.today())  # fmt: skip
    tx.add(found)
    tx.session.flush()  # the server's policies look the path up when its persons follow
    _walk(tx, found, person_ids)
    _check_charge(tx, found.staff_id, person_ids)
    tx.describe(code=code_of(found.number))
    return found.id


@usecase(N_("Path {code} changed"))
def change_path(
    tx: Tx, path_id: str, version: int, *, kind: str, person_ids: Sequence[str], staff_id: str, opened_on: date
) -> None:
    """Another kind, other persons, another colleague in charge, or another first day.

    Raises:
        UnknownPathKind, NobodyWalks, PathInFuture, OpenedAfterFirst, ClosedBeforeOpened, MayNotCarry, ToBeDestroyed,
        NotFound, Stale.
    """
    found = tx.get(Path, path_id, version)
    _check(tx, kind, person_ids, opened_on)
    _check_proposal(tx, found)
    first = min(_sessions(tx, found.id), default=None)
    if first is not None and opened_on > first:
        raise OpenedAfterFirst("opened_on", day=first)
    if found.closed_on is not None and opened_on > found.closed_on:
        raise ClosedBeforeOpened("opened_on", day=opened_on)
    found.kind, found.staff_id, found.opened_on = kind, staff_id, opened_on
    for one in tx.session.scalars(
        select(PathPerson).where(PathPerson.path_id == path_id, PathPerson.deleted_at.is_(None))
    ).all():
        if one.person_id not in person_ids:
            tx.bin(one)
    _walk(tx, found, person_ids)
    _check_charge(tx, staff_id, person_ids)
    tx.describe(code=code_of(found.number))


@usecase(N_("Path {code} closed"))
def close_path(tx: Tx, path_id: str, version: int, *, closed_on: date, reason: str) -> None:
    """Ends a path on a day, for a `reason` of the list. The term for keeping its notes begins.

    Raises:
        UnknownClosing, PathInFuture, ClosedBeforeOpened, ClosedBeforeLast, StillPlanned, PathClosed, NotFound, Stale.
    """
    found = tx.get(Path, path_id, version)
    if found.closed_on is not None:
        raise PathClosed
    if reason not in codes(CLOSING_REASONS):
        raise UnknownClosing("reason")
    if closed_on > tx.today():
        raise PathInFuture("closed_on")
    if closed_on < found.opened_on:
        raise ClosedBeforeOpened("closed_on", day=found.opened_on)
    last = max(_sessions(tx, found.id), default=None)
    if last is not None and closed_on < last:
        raise ClosedBeforeLast("closed_on", day=last)
    ahead = tx.rows(
        select(Appointment.starts)
        .where(Appointment.path_id == found.id, Appointment.deleted_at.is_(None), Appointment.starts >= tx.now(),
               Appointment.state.in_(AHEAD))
        .order_by(Appointment.starts).limit(1)
    )  # fmt: skip
    if ahead:
        raise StillPlanned(day=ahead[0].starts)
    found.closed_on, found.closing_reason = closed_on, reason
    tx.describe(code=code_of(found.number))


@usecase(N_("Path {code} opened again"))
def reopen_path(tx: Tx, path_id: str, version: int, reason: str) -> None:
    """Goes on with a closed path; why is kept in the journal. The term for keeping its notes stops.

    Raises:
        Required: no reason.
        PathIsOpen, ToBeDestroyed, NotesGone, NotFound, Stale.
    """
    if not reason.strip():
        raise Required("reason")
    tx.take_turn()
    found = tx.get(Path, path_id, version)
    if found.closed_on is None:
        raise PathIsOpen
    _check_proposal(tx, found)
    gone = (Destruction.path_id == found.id, Destruction.state == "done", Destruction.deleted_at.is_(None))
    if tx.rows(select(Destruction.id).where(*gone).limit(1)):
        raise NotesGone
    found.closed_on = found.closing_reason = None
    tx.because(reason.strip())
    tx.describe(code=code_of(found.number))


@usecase(N_("Appointment of {when} put to a path of care"))
def set_appointment(tx: Tx, appointment_id: str, version: int, path_id: str | None) -> None:
    """Says to which path an appointment belongs; None: to none.

    Raises:
        PathClosed, OfNobodyHere, NotFound, Stale.
    """
    found = tx.get(Appointment, appointment_id, version)
    if path_id is not None:
        wanted = tx.get(Path, path_id)
        if wanted.closed_on is not None:
            raise PathClosed
        present = {found.person_id, *tx.session.scalars(
            select(AppointmentParty.person_id)
            .where(AppointmentParty.appointment_id == found.id, AppointmentParty.deleted_at.is_(None))
        )}  # fmt: skip
        if present.isdisjoint(walkers_of(tx, [path_id])[path_id]):
            raise OfNobodyHere
    found.path_id = path_id
    tx.describe(when=found.starts)


def words(one: Path) -> str:
    """A path in a list to choose from: "P-0042 · Family mediation, from 3 February 2025"."""
    text = _("{code} · {kind}, from {day}")
    return text.format(code=code_of(one.number), kind=label(PATH_KINDS, one.kind), day=formats.date_num(one.opened_on))


def _check(tx: Tx, kind: str, person_ids: Sequence[str], opened_on: date | None) -> None:
    if kind not in codes(PATH_KINDS):
        raise UnknownPathKind("kind")
    if not person_ids:
        raise NobodyWalks("person_ids")
    if opened_on is not None and opened_on > tx.today():
        raise PathInFuture("opened_on")


def _check_proposal(tx: Tx, found: Path) -> None:
    where = (Destruction.path_id == found.id, Destruction.state == "proposed", Destruction.deleted_at.is_(None))
    if tx.rows(select(Destruction.id).where(*where).limit(1)):
        raise ToBeDestroyed


def _check_charge(tx: Tx, staff_id: str, person_ids: Sequence[str]) -> None:
    """Who has a path in charge can open the files of those who walk it."""
    colleague = tx.get(Staff, staff_id)
    if not rights.cell(of_person.name, colleague.role) or colleague.centre_id != tx.centre_id:
        raise MayNotCarry("staff_id")
    for person_id in person_ids:
        person = tx.get(Person, person_id)
        ties = set(tx.session.scalars(select(PersonStaff.kind).where(
            PersonStaff.person_id == person.id, PersonStaff.staff_id == staff_id, PersonStaff.deleted_at.is_(None)
        )))  # fmt: skip
        tied = "assigned" in ties or person.owner_staff_id == staff_id or colleague.role == "coordinator"
        if "blocked" in ties or (person.protected and not tied):
            raise MayNotCarry("staff_id")


def _walk(tx: Tx, found: Path, person_ids: Sequence[str]) -> None:
    """Puts those into the path who are not in it; who was taken out before comes back."""
    there = {one.person_id: one for one in tx.session.scalars(
        select(PathPerson).where(PathPerson.path_id == found.id)).all()}  # fmt: skip
    for person_id in dict.fromkeys(tx.get(Person, one).id for one in person_ids):
        if person_id in there:
            there[person_id].deleted_at = None
        else:
            tx.add(PathPerson(path_id=found.id, person_id=person_id))
    tx.session.flush()


def _sessions(tx: Tx, path_id: str) -> list[date]:
    """The days of the path's notes, as far as one may know of them, and of its appointments that took place."""
    noted = tx.rows(select(Note.day).where(Note.path_id == path_id, Note.deleted_at.is_(None)))
    held = tx.rows(select(Appointment.starts).where(
        Appointment.path_id == path_id, Appointment.deleted_at.is_(None), Appointment.state.in_(("arrived", "done")),
        Appointment.starts <= datetime.combine(tx.today(), time.max),
    ))  # fmt: skip
    return [*(row.day for row in noted), *(row.starts.date() for row in held)]


def _next_number(tx: Tx) -> int:
    if tx.session.get_bind().dialect.name == "postgresql":  # others may have paths of which one may not know
        return int(tx.session.scalar(select(func.fd_next_path())) or 1)
    return int(tx.session.scalar(select(func.max(Path.number)).where(Path.centre_id == tx.centre_id)) or 0) + 1
