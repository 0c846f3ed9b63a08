"""Appointments: who is received by whom, when and where.

Times are local wall times, intervals half-open. Somebody who may not see a person sees of that person's appointments
only that colleague and room are busy: neither name nor kind nor any text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Integer, literal_column, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute

from famdesk.data.base import wall_minutes
from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import AccessPoint, Place, Room
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar.calendar import OCCUPYING, check_transition
from famdesk.domain.errors import NotFound
from famdesk.i18n import N_
from famdesk.usecases.calendar import appointment_checks as checks
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar import calendar_conflicts, calendar_reading
from famdesk.usecases.calendar import parties as beside
from famdesk.usecases.calendar.appointment_parties import named, parties, taken_by
from famdesk.usecases.calendar.appointment_rows import (
    AppointmentDetail,
    AppointmentRow,
    ConflictRow,
    PartyRow,
)
from famdesk.usecases.calendar.calendar_conflicts import Overlap, Wanted
from famdesk.usecases.calendar.parties import Extras
from famdesk.usecases.calendar.taken import Party, others_of
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase

__all__ = ["Overlap"]

USUAL_MINUTES = {
    "first_interview": 60, "interview": 45, "consultation": 60, "psychology": 50, "couple": 60, "mediation": 90,
    "home_visit": 90, "accompaniment": 120, "phone_call": 15, "team": 60, "network": 60, "supervision": 120,
    "absence": 240,
}  # fmt: skip
"""How long an appointment of a kind usually lasts."""
OTHER_MINUTES = 30
USUAL_FUNCTION = {
    "first_interview": "A", "phone_call": "A", "accompaniment": "A", "interview": "B", "consultation": "B",
    "psychology": "B", "couple": "B", "mediation": "B", "home_visit": "B",
}  # fmt: skip
"""The function of the centre that an appointment of a kind usually serves; work among colleagues serves none."""
MOVABLE = ("planned", "confirmed", "arrived")
"""States in which an appointment can still be given another time by dragging."""


@query
def appointments(
    tx: Tx, first: date, last: date, *, staff_id: str | None = None, access_point_id: str | None = None,
    room_id: str | None = None,
) -> tuple[AppointmentRow, ...]:  # fmt: skip
    """The appointments of the centre that touch the days `first` to `last` (included), cancelled ones too, by time."""
    shown, masked = calendar_reading.read(tx, first, last)
    if masked:
        taken = taken_by(tx, [row.id for row in masked])
        shown += [calendar_reading.only_taken(row, _beside(row, taken.get(row.id, ()))) for row in masked]
        shown.sort(key=lambda row: (row.starts, row.ends, row.id))
    wanted = {"staff": staff_id, "room": room_id}
    if access_point_id is not None:
        shown = [row for row in shown if row.access_point_id == access_point_id]
    for kind, one in wanted.items():
        if one is not None:
            shown = [row for row in shown if _takes(row, kind, one)]
    return tuple(shown)


def _beside(row: Any, taken: Iterable[PartyRow]) -> tuple[PartyRow, ...]:
    return tuple(one for one in taken if one.id not in {row.staff_id, row.room_id})


def _takes(row: AppointmentRow, kind: str, wanted: str) -> bool:
    own = row.staff_id if kind == "staff" else row.room_id
    return own == wanted or any(one.id == wanted for one in row.others)


def within(tx: Tx, first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions: appointments that begin on the days `first` to `last`, which is one range of the index of starts."""
    return (
        Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None),
        Appointment.starts >= datetime.combine(first, time()),
        Appointment.starts < datetime.combine(last, time()) + timedelta(days=1),
    )  # fmt: skip


def reaching(tx: Tx, first: date) -> tuple[ColumnElement[bool], ...]:
    """Conditions: the few appointments that begin before a day and reach into it.

    The start stands in a sum, so that the index of starts is of no use: half of all appointments begin before a day.
    """
    begins = datetime.combine(first, time())
    return (
        long(), Appointment.ends > begins,
        type_coerce(Appointment.starts, Integer) + 0 < wall_minutes(begins),
        Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None),
    )  # fmt: skip


def long() -> ColumnElement[bool]:
    """Condition: goes past a midnight, in the words of the partial index ix_appointment_long."""
    return literal_column("(appointment.ends - 1) / 1440 > appointment.starts / 1440")


@query
def appointment(tx: Tx, appointment_id: str) -> AppointmentDetail:
    """One appointment for editing; that its content was shown is journalled.

    Raises:
        NotFound: it is gone, or its person may not be seen.
    """
    found = checks.visible(tx, appointment_id)
    person = tx.find(Person, found.person_id)
    others = parties(tx, [Appointment.id == found.id]).get(found.id, [])
    present = {one.id for one in others if one.kind == "person"}
    names = labels(tx, {found.person_id, *present})
    protected = any(one.protected for one in (person, *(tx.find(Person, one) for one in present)) if one is not None)
    if found.person_id or present:
        tx.opened(found)
    blind = why.hidden(tx, found.staff_id)
    kind = why.kind_shown(found.kind) if blind else found.kind
    function, reason, note = (None, None, None) if blind else (found.function, found.reason, found.note)
    return AppointmentDetail(
        found.id, found.version, found.starts, found.ends, kind, function, found.label, found.person_id,
        names.get(found.person_id or "", ""), protected, found.staff_id,
        _name(tx, Staff.name, Staff.id == found.staff_id), found.access_point_id,
        _name(tx, AccessPoint.name, AccessPoint.id == found.access_point_id), found.room_id,
        _name(tx, Room.name, Room.id == found.room_id), found.state, found.cancelled_by, reason,
        found.overlap_reason, found.mediator_language, found.no_show_reason, found.all_day, found.place_id,
        _name(tx, Place.name, Place.id == found.place_id), found.where_text, note, found.travel_before,
        found.travel_after, named(others, names), None if blind else found.path_id,
    )  # fmt: skip


def _name(tx: Tx, column: InstrumentedAttribute[str], where: ColumnElement[bool]) -> str | None:
    return next((str(row[0]) for row in tx.rows(select(column).where(where))), None)


@query
def conflicts(
    tx: Tx, starts: datetime, ends: datetime, staff_id: str | None = None, room_id: str | None = None,
    person_id: str | None = None, exclude: str | None = None, *, access_point_id: str | None = None,
    others: tuple[Party, ...] = (), travel: tuple[int, int] = (0, 0),
) -> tuple[ConflictRow, ...]:  # fmt: skip
    """What speaks against a time: colleague, room or resource taken (blocking); person or family elsewhere, access
    point closed (hints). `exclude` is the appointment that is being changed; `travel` the minutes of way.
    """
    if ends <= starts:
        return ()
    wanted = Wanted(starts, ends, staff_id, room_id, person_id, access_point_id, exclude, others, *travel)
    rows = [_told(tx, wanted, error) for error in calendar_conflicts.found(tx, wanted)]
    closed = calendar_conflicts.closed_then(tx, wanted)
    if closed is not None:
        rows.append(ConflictRow(closed.field or "", closed.sentence(), False))
    return tuple(rows)


def _told(tx: Tx, wanted: Wanted, error: Overlap) -> ConflictRow:
    way = None if error.hint else calendar_conflicts.way_out(tx, wanted, error)
    told = way.sentence() if way is not None else ""
    return ConflictRow(error.field or "", error.sentence(), not error.hint, error.allowed, told)


@query
def next_free(
    tx: Tx, starts: datetime, ends: datetime, staff_id: str | None = None, room_id: str | None = None,
    person_id: str | None = None, exclude: str | None = None, *, access_point_id: str | None = None,
    others: tuple[Party, ...] = (), travel: tuple[int, int] = (0, 0),
) -> datetime | None:  # fmt: skip
    """The first start from `starts` on at which all of them are free for as long, while the access point is open
    (without one: in usual working hours); None within four weeks."""
    if ends <= starts:
        return None
    wanted = Wanted(starts, ends, staff_id, room_id, person_id, access_point_id, exclude, others, *travel)
    return calendar_conflicts.next_time(tx, wanted)


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
    mediator_language: str | None = None, access_card_id: str | None = None, extras: Extras | None = None,
) -> str:  # fmt: skip
    """A new appointment; gives its id. `overlap_reason` says why it may be although colleague or room is taken.
    `extras`: who and what else takes part, and where; None: nothing, and the way there as usual.

    Raises:
        Overlap: colleague or room is taken and no reason is given; field and sentence tell who, what, when.
        ConsentMissing: an interview with a minor for whom not all have signed who have to.
        UnknownKind, UnknownFunction, EndsBeforeStart, NotOneDay, NoSuchTime, LabelTells, TravelTooLong, UnknownParty.
        NotFound: a person may not be seen.
    """
    new = Appointment(
        starts=starts, ends=ends, kind=kind, person_id=person_id, staff_id=staff_id, access_point_id=access_point_id,
        room_id=room_id, function=function, label=checks.text(label), state="planned",
        mediator_language=mediator_language, access_card_id=access_card_id,
    )  # fmt: skip
    others = beside.fill(tx, new, extras or Extras())
    checks.check(tx, new, others)
    checks.check_consent(tx, new, others)
    check_transition("planned", state)
    new.state = state
    checks.settle_overlap(tx, new, overlap_reason, others)
    tx.describe(when=starts)
    tx.add(new)
    beside.keep(tx, new, others)
    return new.id


@usecase(N_("Appointment of {when} changed"))
def change(
    tx: Tx, appointment_id: str, version: int, *, starts: datetime, ends: datetime, kind: str, person_id: str | None,
    staff_id: str | None, access_point_id: str | None, room_id: str | None, function: str | None, label: str | None,
    state: str | None = None, overlap_reason: str | None = None, no_show_reason: str | None = None,
    extras: Extras | None = None,
) -> None:  # fmt: skip
    """Changes everything that the editor shows. `state` and `extras` None: stay. `no_show_reason`: see
    `appointment_states.miss`.

    An overlap that was allowed with a reason stays allowed as long as time, colleague and room stay.

    Raises:
        As `book`; Stale; StateNotAllowed.
    """
    found = checks.visible(tx, appointment_id, version)
    others = others_of(tx, found.id)
    before = (_takes_up(found), others)
    with_whom, was = (found.starts, found.kind, found.person_id, others), found.state
    tx.describe(when=found.starts)
    why.check_taken_over(tx, found.staff_id, staff_id)
    kind, function = why.kept(tx, found, kind, function)
    found.starts, found.ends, found.kind, found.function = starts, ends, kind, function
    found.person_id, found.staff_id, found.room_id, found.access_point_id = (
        person_id,
        staff_id,
        room_id,
        access_point_id,
    )
    found.label = checks.text(label)
    if extras is not None:
        others = beside.fill(tx, found, extras)
    checks.check(tx, found, others)
    if state is not None:
        checks.go_to(found, state, no_show_reason)
    if with_whom != (starts, kind, found.person_id, others) or checks.goes_on(was, found.state):
        checks.check_consent(tx, found, others)
    beside.keep(tx, found, others)
    if before != (_takes_up(found), others):
        checks.settle_overlap(tx, found, overlap_reason, others)
    elif checks.text(overlap_reason):
        found.overlap_reason = checks.text(overlap_reason)


def _takes_up(found: Appointment) -> tuple[Any, ...]:
    return (found.starts, found.ends, found.staff_id, found.room_id, found.travel_before, found.travel_after,
            found.state in OCCUPYING)  # fmt: skip


@usecase(N_("Appointment moved to {when}"))
def move(
    tx: Tx, appointment_id: str, version: int, starts: datetime, *, staff_id: str | None = None,
    room_id: str | None = None, access_point_id: str | None = None, overlap_reason: str | None = None,
) -> None:  # fmt: skip
    """Gives an appointment another start; it keeps its length. Colleague, room, access point None: as before.

    Raises:
        Overlap, NotOneDay, NoSuchTime, ConsentMissing, Stale.
    """
    found = checks.visible(tx, appointment_id, version)
    length = found.ends - found.starts
    found.starts, found.ends = starts, starts + length
    why.check_taken_over(tx, found.staff_id, staff_id or found.staff_id)
    found.staff_id = staff_id or found.staff_id
    found.room_id = room_id or found.room_id
    found.access_point_id = access_point_id or found.access_point_id
    checks.check_times(found)
    checks.check_consent(tx, found)
    checks.settle_overlap(tx, found, overlap_reason)
    tx.describe(when=starts)


@usecase(N_("Length of the appointment of {when} changed"))
def stretch(tx: Tx, appointment_id: str, version: int, ends: datetime, *, overlap_reason: str | None = None) -> None:
    """Gives an appointment another end.

    Raises:
        EndsBeforeStart, Overlap, NotOneDay, Stale.
    """
    found = checks.visible(tx, appointment_id, version)
    found.ends = ends
    checks.check_times(found)
    checks.settle_overlap(tx, found, overlap_reason)
    tx.describe(when=found.starts)


@usecase(N_("Appointment of {when} cancelled"))
def cancel(tx: Tx, appointment_id: str, version: int, by: str, reason: str | None = None) -> None:
    """Cancels an appointment: it stays in the calendar's history but takes nobody's time any more. `by`: a code of
    `CANCELLED_BY`.

    Raises:
        UnknownCanceller, StateNotAllowed, Stale.
    """
    if by not in codes.codes(codes.CANCELLED_BY):
        raise checks.UnknownCanceller("by")
    found = checks.visible(tx, appointment_id, version)
    check_transition(found.state, "cancelled")
    found.state, found.cancelled_by, found.reason = "cancelled", by, checks.text(reason)
    tx.describe(when=found.starts)


@usecase(N_("State of the appointment of {when} changed"))
def set_state(tx: Tx, appointment_id: str, version: int, state: str, *, overlap_reason: str | None = None) -> None:
    """Confirmed, arrived, held, did not come; a cancelled appointment is taken up again by "planned".

    Raises:
        StateNotAllowed, Stale; Overlap when a cancelled or missed one takes its time again; ConsentMissing when it is
        to take place again, and when the person is awaited or there.
    """
    found = checks.visible(tx, appointment_id, version)
    before = found.state
    checks.go_to(found, state)
    if checks.goes_on(before, state):
        checks.check_consent(tx, found)
    if checks.comes_back(before, state):
        checks.settle_overlap(tx, found, overlap_reason)
    tx.describe(when=found.starts)


def usual_function(kind: str) -> str | None:
    """The function that is proposed for an appointment of a kind, a code of `FUNCTIONS`; None: none."""
    return USUAL_FUNCTION.get(kind)


def usual_minutes(kind: str) -> int:
    """How long an appointment of a kind lasts unless told otherwise, in minutes."""
    return USUAL_MINUTES.get(kind, OTHER_MINUTES)
