"""Appointments: who is received by whom, when and where.

Times are local wall times, intervals half-open. Somebody who may not see a person sees of that person's appointments
only that colleague and room are busy: neither name nor kind nor any text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute

from famdesk.data.calendar import Appointment
from famdesk.data.directory import AccessPoint, Room
from famdesk.data.people import Person
from famdesk.data.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar import OCCUPYING, EndsBeforeStart, check_transition
from famdesk.domain.calendar import exists as exists_on_the_clock
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.i18n import N_, _
from famdesk.usecases import calendar_conflicts, consents
from famdesk.usecases.calendar_conflicts import Overlap, Wanted
from famdesk.usecases.kept_files import standing as kept_file
from famdesk.usecases.person_names import labels
from famdesk.usecases.registry import query, usecase

__all__ = ["Overlap"]

USUAL_MINUTES = {
    "first_interview": 60, "interview": 45, "consultation": 60, "psychology": 50, "couple": 60, "mediation": 90,
    "home_visit": 90, "accompaniment": 120, "phone_call": 15, "team": 60, "network": 60, "supervision": 120,
    "absence": 240,
}  # fmt: skip
"""How long an appointment of a kind usually lasts."""
OTHER_MINUTES = 30
AWAITED = ("confirmed", "arrived")
"""States that tell that somebody will come or is there: an interview with a minor goes on only with the consent."""
MOVABLE = ("planned", "confirmed", "arrived")
"""States in which an appointment can still be given another time by dragging."""


class UnknownKind(RuleError):
    message = N_("Choose the kind of appointment from the list.")


class UnknownFunction(RuleError):
    message = N_("Choose A, B or C.")


class NotOneDay(RuleError):
    message = N_("An appointment begins and ends on the same day.")


class NoSuchTime(RuleError):
    message = N_("The clocks are put forward that night: this time does not exist.")


class LabelTells(RuleError):
    message = N_("This file is protected: the calendar shows it as busy, so no text may be written beside it.")


class UnknownCanceller(RuleError):
    message = N_("Say who cancelled.")


@dataclass(frozen=True, slots=True)
class AppointmentRow:
    """An appointment as calendars and lists show it.

    `who`: the person's label, "" without a person. `masked`: the reader may not see the person; then who, kind,
    function, label and person are empty and `title` says that the colleague is busy. `staff`, `room`, `access_point`
    are names or None. `overlaps`: booked although something else was taken, with a reason.
    """

    id: str
    version: int
    starts: datetime
    ends: datetime
    kind: str
    function: str | None
    who: str
    label: str
    person_id: str | None
    staff_id: str | None
    staff: str | None
    room_id: str | None
    room: str | None
    access_point_id: str | None
    access_point: str | None
    state: str
    masked: bool
    overlaps: bool

    @property
    def title(self) -> str:
        """The kind in words, or that somebody is busy; in the current language."""
        return _("busy") if self.masked else codes.label(codes.APPOINTMENT_KINDS, self.kind)


@dataclass(frozen=True, slots=True)
class AppointmentDetail:
    """Everything of an appointment for the one who edits it; `staff`, `access_point`, `room` are the names.

    `protected`: no free text may stand beside it.
    """

    id: str
    version: int
    starts: datetime
    ends: datetime
    kind: str
    function: str | None
    label: str | None
    person_id: str | None
    person: str
    protected: bool
    staff_id: str | None
    staff: str | None
    access_point_id: str | None
    access_point: str | None
    room_id: str | None
    room: str | None
    state: str
    cancelled_by: str | None
    reason: str | None
    overlap_reason: str | None
    mediator_language: str | None


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """Something that speaks against a time, in words. `blocking`: saving needs a reason; else it is only a hint.

    `field` names the input that it is about.
    """

    field: str
    text: str
    blocking: bool


@query
def appointments(
    tx: Tx, first: date, last: date, *, staff_id: str | None = None, access_point_id: str | None = None,
    room_id: str | None = None,
) -> tuple[AppointmentRow, ...]:  # fmt: skip
    """The appointments of the centre that touch the days `first` to `last` (included), cancelled ones too, by time."""
    statement = (
        select(Appointment.id, Appointment.version, Appointment.starts, Appointment.ends, Appointment.kind,
               Appointment.function, Appointment.label, Appointment.person_id, Appointment.staff_id,
               Staff.name.label("staff"), Appointment.room_id, Room.name.label("room"),
               Appointment.access_point_id, AccessPoint.name.label("point"), Appointment.state,
               Appointment.overlap_reason)
        .outerjoin(Staff, Staff.id == Appointment.staff_id)
        .outerjoin(Room, Room.id == Appointment.room_id)
        .outerjoin(AccessPoint, AccessPoint.id == Appointment.access_point_id)
        .where(Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None),
               Appointment.starts >= datetime.combine(first, time()),  # none goes over midnight: one range of the index
               Appointment.starts < datetime.combine(last, time()) + timedelta(days=1))
        .order_by(Appointment.starts, Appointment.ends, Appointment.id)
    )  # fmt: skip
    for column, wanted in ((Appointment.staff_id, staff_id), (Appointment.access_point_id, access_point_id),
                           (Appointment.room_id, room_id)):  # fmt: skip
        if wanted is not None:
            statement = statement.where(column == wanted)
    rows = tx.rows(statement)
    known = labels(tx, {row.person_id for row in rows})
    found = (_masked(row) if row.person_id and row.person_id not in known else _row(row, known) for row in rows)
    return tuple(row for row in found if not (row.masked and row.state == "cancelled"))


def _row(row: Any, known: Mapping[str, str]) -> AppointmentRow:
    return AppointmentRow(
        row.id, row.version, row.starts, row.ends, row.kind, row.function, known.get(row.person_id, ""),
        row.label or "", row.person_id, row.staff_id, row.staff, row.room_id, row.room, row.access_point_id, row.point,
        row.state, masked=False, overlaps=row.overlap_reason is not None,
    )  # fmt: skip


def _masked(row: Any) -> AppointmentRow:
    state = "planned" if row.state in OCCUPYING else "cancelled"
    return AppointmentRow(
        row.id, row.version, row.starts, row.ends, "", None, "", "", None, row.staff_id, row.staff, row.room_id,
        row.room, row.access_point_id, row.point, state, masked=True, overlaps=False,
    )  # fmt: skip


@query
def appointment(tx: Tx, appointment_id: str) -> AppointmentDetail:
    """One appointment for editing; that its content was shown is journalled.

    Raises:
        NotFound: it is gone, or its person may not be seen.
    """
    found = _visible(tx, appointment_id)
    person = tx.find(Person, found.person_id)
    names = labels(tx, {found.person_id})
    if found.person_id:
        tx.opened(found)
    return AppointmentDetail(
        found.id, found.version, found.starts, found.ends, found.kind, found.function, found.label, found.person_id,
        names.get(found.person_id or "", ""), bool(person and person.protected), found.staff_id,
        _name(tx, Staff.name, Staff.id == found.staff_id), found.access_point_id,
        _name(tx, AccessPoint.name, AccessPoint.id == found.access_point_id), found.room_id,
        _name(tx, Room.name, Room.id == found.room_id), found.state, found.cancelled_by, found.reason,
        found.overlap_reason, found.mediator_language,
    )  # fmt: skip


def _name(tx: Tx, column: InstrumentedAttribute[str], where: ColumnElement[bool]) -> str | None:
    return next((str(row[0]) for row in tx.rows(select(column).where(where))), None)


@query
def conflicts(
    tx: Tx, starts: datetime, ends: datetime, staff_id: str | None = None, room_id: str | None = None,
    person_id: str | None = None, exclude: str | None = None, *, access_point_id: str | None = None,
) -> tuple[ConflictRow, ...]:  # fmt: skip
    """What speaks against a time: colleague or room taken (blocking), person elsewhere, access point closed (hints).

    `exclude` is the appointment that is being changed.
    """
    if ends <= starts:
        return ()
    wanted = Wanted(starts, ends, staff_id, room_id, person_id, access_point_id, exclude)
    errors = calendar_conflicts.found(tx, wanted)
    rows = [ConflictRow(error.field or "", error.sentence(), error.field != "person_id") for error in errors]
    closed = calendar_conflicts.closed_then(tx, wanted)
    if closed is not None:
        rows.append(ConflictRow(closed.field or "", closed.sentence(), False))
    return tuple(rows)


@query
def next_free(
    tx: Tx, starts: datetime, ends: datetime, staff_id: str | None = None, room_id: str | None = None,
    person_id: str | None = None, exclude: str | None = None, *, access_point_id: str | None = None,
) -> datetime | None:  # fmt: skip
    """The first start from `starts` on at which colleague, room and person are free for as long, while the access
    point is open (without one: in usual working hours); None within four weeks."""
    if ends <= starts:
        return None
    return calendar_conflicts.next_time(
        tx, Wanted(starts, ends, staff_id, room_id, person_id, access_point_id, exclude)
    )


@query
def person_named(tx: Tx, person_id: str) -> tuple[str, str]:
    """The id and the label of a person for whom an appointment is to be booked.

    Raises:
        NotFound: the person may not be seen.
    """
    known = labels(tx, {person_id})
    if person_id not in known:
        raise NotFound
    return person_id, known[person_id]


@usecase(N_("Appointment of {when} booked"))
def book(
    tx: Tx, *, starts: datetime, ends: datetime, kind: str, person_id: str | None = None, staff_id: str | None = None,
    access_point_id: str | None = None, room_id: str | None = None, function: str | None = None,
    label: str | None = None, state: str = "planned", overlap_reason: str | None = None,
    mediator_language: str | None = None, access_card_id: str | None = None,
) -> str:  # fmt: skip
    """A new appointment; gives its id. `overlap_reason` says why it may be although colleague or room is taken.

    Raises:
        Overlap: colleague or room is taken and no reason is given; field and sentence tell who, what, when.
        ConsentMissing: an interview with a minor for whom not all have signed who have to.
        UnknownKind, UnknownFunction, EndsBeforeStart, NotOneDay, NoSuchTime, LabelTells.
        NotFound: the person may not be seen.
    """
    new = Appointment(
        starts=starts, ends=ends, kind=kind, person_id=person_id, staff_id=staff_id, access_point_id=access_point_id,
        room_id=room_id, function=function, label=_text(label), state="planned",
        mediator_language=mediator_language, access_card_id=access_card_id,
    )  # fmt: skip
    _check(tx, new)
    _check_consent(tx, new)
    check_transition("planned", state)
    new.state = state
    _settle_overlap(tx, new, overlap_reason)
    tx.describe(when=starts)
    return tx.add(new).id


@usecase(N_("Appointment of {when} changed"))
def change(
    tx: Tx, appointment_id: str, version: int, *, starts: datetime, ends: datetime, kind: str, person_id: str | None,
    staff_id: str | None, access_point_id: str | None, room_id: str | None, function: str | None, label: str | None,
    state: str | None = None, overlap_reason: str | None = None,
) -> None:  # fmt: skip
    """Changes everything that the editor shows. `state` None: stays.

    An overlap that was allowed with a reason stays allowed as long as time, colleague and room stay.

    Raises:
        As `book`; Stale; StateNotAllowed.
    """
    found = _visible(tx, appointment_id, version)
    before = (found.starts, found.ends, found.staff_id, found.room_id, found.state in OCCUPYING)
    with_whom, was = (found.starts, found.kind, found.person_id), found.state
    tx.describe(when=found.starts)
    found.starts, found.ends, found.kind, found.function = starts, ends, kind, function
    found.person_id, found.staff_id, found.room_id, found.access_point_id = (
        person_id,
        staff_id,
        room_id,
        access_point_id,
    )
    found.label = _text(label)
    _check(tx, found)
    if state is not None:
        _go_to(found, state)
    if with_whom != (starts, kind, found.person_id) or _goes_on(was, found.state):
        _check_consent(tx, found)
    if before != (starts, ends, staff_id, room_id, found.state in OCCUPYING):
        _settle_overlap(tx, found, overlap_reason)
    elif _text(overlap_reason):
        found.overlap_reason = _text(overlap_reason)


@usecase(N_("Appointment moved to {when}"))
def move(
    tx: Tx, appointment_id: str, version: int, starts: datetime, *, staff_id: str | None = None,
    room_id: str | None = None, access_point_id: str | None = None, overlap_reason: str | None = None,
) -> None:  # fmt: skip
    """Gives an appointment another start; it keeps its length. Colleague, room, access point None: as before.

    Raises:
        Overlap, NotOneDay, NoSuchTime, ConsentMissing, Stale.
    """
    found = _visible(tx, appointment_id, version)
    length = found.ends - found.starts
    found.starts, found.ends = starts, starts + length
    found.staff_id = staff_id or found.staff_id
    found.room_id = room_id or found.room_id
    found.access_point_id = access_point_id or found.access_point_id
    _check_times(found)
    _check_consent(tx, found)
    _settle_overlap(tx, found, overlap_reason)
    tx.describe(when=starts)


@usecase(N_("Length of the appointment of {when} changed"))
def stretch(tx: Tx, appointment_id: str, version: int, ends: datetime, *, overlap_reason: str | None = None) -> None:
    """Gives an appointment another end.

    Raises:
        EndsBeforeStart, Overlap, NotOneDay, Stale.
    """
    found = _visible(tx, appointment_id, version)
    found.ends = ends
    _check_times(found)
    _settle_overlap(tx, found, overlap_reason)
    tx.describe(when=found.starts)


@usecase(N_("Appointment of {when} cancelled"))
def cancel(tx: Tx, appointment_id: str, version: int, by: str, reason: str | None = None) -> None:
    """Cancels an appointment: it stays in the calendar's history but takes nobody's time any more. `by`: a code of
    `CANCELLED_BY`.

    Raises:
        UnknownCanceller, StateNotAllowed, Stale.
    """
    if by not in codes.codes(codes.CANCELLED_BY):
        raise UnknownCanceller("by")
    found = _visible(tx, appointment_id, version)
    check_transition(found.state, "cancelled")
    found.state, found.cancelled_by, found.reason = "cancelled", by, _text(reason)
    tx.describe(when=found.starts)


@usecase(N_("State of the appointment of {when} changed"))
def set_state(tx: Tx, appointment_id: str, version: int, state: str, *, overlap_reason: str | None = None) -> None:
    """Confirmed, arrived, held, did not come; a cancelled appointment is taken up again by "planned".

    Raises:
        StateNotAllowed, Stale; Overlap when a cancelled one is taken up again; ConsentMissing then and when the
        person is awaited or there.
    """
    found = _visible(tx, appointment_id, version)
    before = found.state
    _go_to(found, state)
    if _goes_on(before, state):
        _check_consent(tx, found)
    if before == "cancelled" != state:
        _settle_overlap(tx, found, overlap_reason)
    tx.describe(when=found.starts)


def usual_minutes(kind: str) -> int:
    """How long an appointment of a kind lasts unless told otherwise, in minutes."""
    return USUAL_MINUTES.get(kind, OTHER_MINUTES)


def _visible(tx: Tx, appointment_id: str, version: int | None = None) -> Appointment:
    """The appointment, if its person may be seen: on a server the person's row is not even there for others.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(Appointment, appointment_id)
    if found.person_id and tx.find(Person, found.person_id) is None:
        raise NotFound
    return found if version is None else tx.get(Appointment, appointment_id, version)


def _check(tx: Tx, wanted: Appointment) -> None:
    if wanted.kind not in codes.codes(codes.APPOINTMENT_KINDS):
        raise UnknownKind("kind")
    if wanted.function is not None and wanted.function not in codes.codes(codes.FUNCTIONS):
        raise UnknownFunction("function")
    _check_times(wanted)
    if wanted.person_id:
        with tx.session.no_autoflush:
            person = kept_file(tx, wanted.person_id)
        wanted.person_id = person.id
        if person.protected and wanted.label:
            raise LabelTells("label")


def _check_consent(tx: Tx, wanted: Appointment) -> None:
    if wanted.person_id:
        with tx.session.no_autoflush:
            consents.check_interview(tx, wanted.person_id, wanted.kind, wanted.starts.date())


def _goes_on(before: str, state: str) -> bool:
    """Whether a step makes an appointment take place that might not: what took place is written down in any case."""
    return before != state and (state in AWAITED or (state == "planned" and before not in OCCUPYING))


def _check_times(wanted: Appointment) -> None:
    if wanted.starts is None:
        raise Required("starts")
    if wanted.ends <= wanted.starts:
        raise EndsBeforeStart("ends")
    if wanted.ends > datetime.combine(wanted.starts.date(), time()) + timedelta(days=1):
        raise NotOneDay("ends")
    if not exists_on_the_clock(wanted.starts) or not exists_on_the_clock(wanted.ends):
        raise NoSuchTime("starts")


def _settle_overlap(tx: Tx, wanted: Appointment, reason: str | None) -> None:
    """Lets the time pass if nothing is taken or a reason is given, which is kept with the appointment.

    Raises:
        Overlap.
    """
    wanted.overlap_reason, reason = None, _text(reason)
    if wanted.state not in OCCUPYING:
        return
    tx.take_turn()
    with tx.session.no_autoflush:
        errors = calendar_conflicts.found(
            tx, Wanted(wanted.starts, wanted.ends, wanted.staff_id, wanted.room_id, exclude=wanted.id)
        )
    taken = calendar_conflicts.blocking(errors)
    if taken is None:
        return
    if reason is None:
        raise taken
    wanted.overlap_reason = reason
    tx.because(reason)


def _go_to(found: Appointment, state: str) -> None:
    check_transition(found.state, state)
    if state == "cancelled" != found.state:
        raise UnknownCanceller("by")  # who cancelled has to be said: `cancel`
    found.state = state
    if state != "cancelled":
        found.cancelled_by = found.reason = None


def _text(text: str | None) -> str | None:
    return (text or "").strip() or None
