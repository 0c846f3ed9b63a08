"""The waiting room: who came, in which order they are called, and what a screen that families see may show of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.directory import AccessPoint
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tables.waiting import Visit
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound, RuleError, TextTooLong
from famdesk.domain.intake.waiting import HERE, NEXT_VISIT_STATES, letter, ticket
from famdesk.domain.staff import rights
from famdesk.i18n import N_
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.appointment_why import hidden, kind_shown
from famdesk.usecases.centre import centre
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PointRow
from famdesk.usecases.intake.intake_rows import is_shown
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.post import outgoing
from famdesk.usecases.registry import query, usecase

LONGEST_NAME = 40
LONGEST_WHAT = 200
MOST_PEOPLE = 50
CALLED_MINUTES = 15
"""How long a call stays on the screen that families see, if nobody is taken in meanwhile."""
CAN_ARRIVE = frozenset({"planned", "confirmed", "no_show"})


class AlreadyHere(RuleError):
    message = N_("This appointment has a number already: {ticket}.")


class NotToday(RuleError):
    message = N_("Only appointments of today can be checked in.")


class NotPossible(RuleError):
    message = N_("Somebody else has changed this visit meanwhile. Look at the list again.")


class WrongCount(RuleError):
    message = N_("Give a number from 1 to {most}.")


@dataclass(frozen=True, slots=True)
class VisitRow:
    """Somebody in the waiting room, for the colleagues.

    `ticket`: what is called out. `name`: what the person wants to be called, or else who they are as far as the reader
    may know; None: a number is all there is. `appointment_at`: the local wall time of their appointment. `minutes`
    since they came. `staff`: who called them or received them. `first_name`: what they want to be called. Of somebody
    whom the reader may not know, or whose file is protected or restricted by now, there is no `first_name` and no
    `what`.
    """

    id: str
    version: int
    ticket: str
    name: str | None
    what: str | None
    people: int
    state: str
    came_at: datetime
    minutes: int
    called_at: datetime | None
    appointment_id: str | None
    appointment_at: datetime | None
    appointment_kind: str | None
    access_point_id: str | None
    staff: str | None
    first_name: str | None


@dataclass(frozen=True, slots=True)
class PublicCall:
    """A number on the screen that families see; `name` only where the person wants it and the rules allow it."""

    ticket: str
    name: str | None
    called_at: datetime


@dataclass(frozen=True, slots=True)
class PublicBoard:
    """All that families see: who is called, the newest first, and when the access points are open; nothing else."""

    at: datetime
    centre: str
    calls: tuple[PublicCall, ...]
    points: tuple[PointRow, ...]


@usecase(N_("Number {ticket} given"))
def arrive(
    tx: Tx, *, access_point_id: str | None = None, appointment_id: str | None = None, first_name: str | None = None,
    people: int = 1, what: str | None = None, overlap_reason: str | None = None,
) -> str:  # fmt: skip
    """Somebody came: gives them the next number of the day at the access point; the id of the visit comes back.

    `appointment_id`: they come for an appointment, which is "arrived" from now on; its access point holds if none is
    given, or else the first of the centre. `first_name` only if they want to be called by it; of somebody with a
    protected file no name and no word is kept, only the number. `people`: how many came together. `overlap_reason`:
    why they are received although the time of the appointment that they had missed was given away.

    Raises:
        AlreadyHere, NotToday, WrongCount, TextTooLong, NotFound, StateNotAllowed, Overlap.
    """
    visit = Visit(came_at=tx.now(), number=0)
    _fill(visit, first_name, people, what)
    tx.take_turn()  # two desks never give the same number, nor two numbers to one appointment
    if appointment_id is not None:
        _check_in(tx, visit, appointment_id, overlap_reason)
    visit.access_point_id = access_point_id or visit.access_point_id or _first_point(tx)
    if visit.access_point_id is not None and tx.session.get(AccessPoint, visit.access_point_id) is None:
        raise NotFound("access_point_id")
    visit.number = 1 + max(_numbers(tx, visit.access_point_id), default=0)
    tx.add(visit)
    tx.describe(ticket=_ticket(tx, visit))
    return visit.id


@usecase(N_("Number {ticket} changed"))
def change(tx: Tx, visit_id: str, version: int, *, first_name: str | None, people: int, what: str | None) -> None:
    """Corrects how somebody wants to be called, how many they are and what for. Who may not know the person corrects
    only how many they are.

    Raises:
        WrongCount, TextTooLong, Stale.
    """
    visit = tx.get(Visit, visit_id, version)
    kept = visit.first_name, visit.what
    _fill(visit, first_name, people, what)
    if _person_of(tx, visit) is not None and tx.find(Person, _person_of(tx, visit)) is None:
        visit.first_name, visit.what = kept
    else:
        _discretion(tx, visit)
    tx.describe(ticket=_ticket(tx, visit))


@usecase(N_("Number {ticket} called"))
def call(tx: Tx, visit_id: str, version: int) -> None:
    """Calls somebody; calling again is possible.

    Raises:
        NotPossible, Stale.
    """
    visit = _go(tx, visit_id, version, "called")
    visit.called_at, visit.staff_id = tx.now(), tx.actor.staff_id


@usecase(N_("Number {ticket} called"))
def call_next(tx: Tx, access_point_id: str | None = None) -> str:
    """Calls whoever waits longest, at an access point or (None) anywhere, an appointment that is due before the others;
    gives what is called out.

    Raises:
        NotFound: nobody waits.
    """
    tx.take_turn()  # two colleagues never call the same family
    waiting = [one for one in _today(tx) if one.state == "waiting"]
    here = [one for one in waiting if access_point_id in {None, one.access_point_id}]
    if not here:
        raise NotFound
    due = {row.id: row.starts for row in _appointments(tx, [one.appointment_id for one in here])}
    first = min(here, key=lambda one: _turn(one, due.get(one.appointment_id or ""), tx.now()))
    call(tx, first.id, first.version)
    return _ticket(tx, first)


@usecase(N_("Number {ticket} taken in"))
def take_in(tx: Tx, visit_id: str, version: int) -> None:
    """Somebody is with a colleague now.

    Raises:
        NotPossible, Stale.
    """
    visit = _go(tx, visit_id, version, "inside")
    visit.inside_at, visit.ended_at, visit.staff_id = tx.now(), None, tx.actor.staff_id


@usecase(N_("Number {ticket} received"))
def done(tx: Tx, visit_id: str, version: int) -> None:
    """Somebody was received and goes; the appointment they came for was held.

    Raises:
        NotPossible, Stale.
    """
    visit = _go(tx, visit_id, version, "done")
    visit.ended_at = tx.now()
    appointment = tx.find(Appointment, visit.appointment_id)
    if appointment is not None and appointment.state == "arrived":
        calendar.set_state(tx, appointment.id, appointment.version, "done")
        tx.describe(ticket=_ticket(tx, visit))


@usecase(N_("Number {ticket} left without being received"))
def left(tx: Tx, visit_id: str, version: int) -> None:
    """Somebody went away before their turn.

    Raises:
        NotPossible, Stale.
    """
    visit = _go(tx, visit_id, version, "left")
    visit.ended_at = tx.now()


@usecase(N_("Number {ticket} waits again"))
def wait_again(tx: Tx, visit_id: str, version: int) -> None:
    """Somebody who was called did not come, or came back: they keep their number and their turn.

    Raises:
        NotPossible, Stale.
    """
    visit = _go(tx, visit_id, version, "waiting")
    visit.called_at = visit.inside_at = visit.ended_at = visit.staff_id = None


@usecase(N_("Number {ticket} taken back"))
def take_back(tx: Tx, appointment_id: str) -> None:
    """The arrival for an appointment was a mistake: its number goes, and the appointment is planned again.

    Raises:
        NotFound, StateNotAllowed.
    """
    visits = [one for one in _today(tx) if one.appointment_id == appointment_id]
    appointment = tx.get(Appointment, appointment_id)
    calendar.set_state(tx, appointment_id, appointment.version, "planned")
    for visit in visits:
        tx.bin(visit)
    tx.describe(ticket=_ticket(tx, visits[0]) if visits else "–")


@query
def board(tx: Tx) -> tuple[VisitRow, ...]:
    """Who is in the house, in the order in which they are called; those being received come last."""
    visits = [one for one in _today(tx) if one.state in HERE]
    booked = {row.id: row for row in _appointments(tx, [one.appointment_id for one in visits])}
    kinds = {key: kind_shown(row.kind) if hidden(tx, row.staff_id) else row.kind for key, row in booked.items()}
    names = labels(tx, [row.person_id for row in booked.values()])
    colleagues = _colleagues(tx, [one.staff_id for one in visits])
    letters, now, free = _letters(tx), tx.now(), _told(tx, visits)
    rows = (
        _row(
            one,
            booked.get(one.appointment_id or ""),
            names,
            colleagues,
            letters,
            now,
            told=one.id in free,
            kind=kinds.get(one.appointment_id or ""),
        )
        for one in visits
    )
    return tuple(sorted(rows, key=lambda row: _order(row, now)))


def _row(
    visit: Visit, booked: Any | None, names: dict[str, str], colleagues: dict[str, str], letters: dict[str, str],
    now: datetime, *, told: bool, kind: str | None,
) -> VisitRow:  # fmt: skip
    first_name, what = (visit.first_name, visit.what) if told else (None, None)
    name = first_name or (names.get(booked.person_id or "") if booked else None)
    return VisitRow(
        visit.id, visit.version, ticket(letters.get(visit.access_point_id or "", "A"), visit.number), name, what,
        visit.people, visit.state, visit.came_at, max(0, int((now - visit.came_at).total_seconds()) // 60),
        visit.called_at, visit.appointment_id, booked.starts if booked else None, kind,
        visit.access_point_id, colleagues.get(visit.staff_id or ""), first_name,
    )  # fmt: skip


@query
def public(tx: Tx) -> PublicBoard:
    """What a screen may show that families see. A first name stands there only where the person gave it for this, and
    never that of somebody whom the safe-contact rule or a protected file guards."""
    since = tx.now() - timedelta(minutes=CALLED_MINUTES)
    called = [one for one in _today(tx) if one.state == "called" and one.called_at and one.called_at >= since]
    about = {one.id: _person_of(tx, one) for one in called}
    free = outgoing.masked(tx, about.values(), "screen")
    calls = [
        PublicCall(_ticket(tx, one), one.first_name if _may_name(about[one.id], free) else None, one.called_at or since)
        for one in sorted(called, key=lambda one: (one.called_at or since, one.id), reverse=True)
    ]
    return PublicBoard(tx.now(), centre.overview(tx).name, tuple(calls), directory.points(tx))


def _may_name(person_id: str | None, free: dict[str, outgoing.Outgoing]) -> bool:
    """Whoever is not known here gave their first name themselves; for the others the gate decides."""
    return person_id is None or (person_id in free and not free[person_id].discreet)


def _order(row: VisitRow, now: datetime) -> tuple[int, bool, datetime]:
    turn = _turn(row, row.appointment_at, now)
    return ({"called": 0, "waiting": 1, "inside": 2}[row.state], *turn)


def _turn(visit: Visit | VisitRow, due: datetime | None, now: datetime) -> tuple[bool, datetime]:
    """Whose turn it is: an appointment that is due comes first, the others as they came."""
    return (due is None or due > now, due if due is not None and due <= now else visit.came_at)


def _check_in(tx: Tx, visit: Visit, appointment_id: str, reason: str | None) -> None:
    """Ties the visit to an appointment of today, which is "arrived" from now on."""
    appointment = tx.get(Appointment, appointment_id)
    if appointment.starts.date() != tx.today():
        raise NotToday
    earlier = next((one for one in _today(tx) if one.appointment_id == appointment_id and one.state in HERE), None)
    if earlier is not None:
        raise AlreadyHere(ticket=_ticket(tx, earlier))
    if appointment.state in CAN_ARRIVE:
        calendar.set_state(tx, appointment.id, appointment.version, "arrived", overlap_reason=reason)
    visit.appointment_id, visit.access_point_id = appointment.id, appointment.access_point_id
    _discretion(tx, visit)


def _discretion(tx: Tx, visit: Visit) -> None:
    """Of somebody with a protected or restricted file the waiting room knows a number and nothing else."""
    about = _person_of(tx, visit)
    if about is None:
        return
    person = tx.find(Person, about)
    if person is None or person.protected or person.restricted:
        visit.first_name = visit.what = None


def _told(tx: Tx, visits: Sequence[Visit]) -> set[str]:
    """The visits whose words may be read: nobody is named who is guarded now, whatever was so when they came."""
    about = {one.id: _person_of(tx, one) for one in visits}
    wanted = {person_id for person_id in about.values() if person_id}
    shown = tx.rows(select(Person.id).where(Person.id.in_(wanted), tx.visible_person(), Person.protected.is_(False),
                                            Person.restricted.is_(False))) if wanted else ()  # fmt: skip
    free = {row.id for row in shown}
    return {visit_id for visit_id, person_id in about.items() if person_id is None or person_id in free}


def _person_of(tx: Tx, visit: Visit) -> str | None:
    """Who came, if they came for an appointment. The visit itself names nobody: every colleague has to see that the
    number is given, also who may not know the person. An appointment that may not be known, whose row a server does
    not even show, gives an id that is nobody's: a stranger to all who ask further."""
    appointment = tx.session.get(Appointment, visit.appointment_id) if visit.appointment_id else None
    if visit.appointment_id and (appointment is None or not tx.allowed(appointment)):
        return visit.appointment_id
    return visit.person_id or (appointment.person_id if appointment else None)


def _fill(visit: Visit, first_name: str | None, people: int, what: str | None) -> None:
    if not 1 <= people <= MOST_PEOPLE:
        raise WrongCount("people", most=MOST_PEOPLE)
    visit.people = people
    visit.first_name = _text("first_name", first_name, LONGEST_NAME)
    visit.what = _text("what", what, LONGEST_WHAT)


def _text(name: str, value: str | None, limit: int) -> str | None:
    text = " ".join((value or "").split())
    if len(text) > limit:
        raise TextTooLong(name, limit=limit)
    return text or None


def _go(tx: Tx, visit_id: str, version: int, state: str) -> Visit:
    visit = tx.get(Visit, visit_id, version)
    if state not in NEXT_VISIT_STATES[visit.state]:
        raise NotPossible
    visit.state = state
    tx.describe(ticket=_ticket(tx, visit))
    return visit


def _today(tx: Tx) -> Sequence[Visit]:
    first = datetime.combine(tx.today(), datetime.min.time())
    return tx.all(Visit, Visit.came_at >= first, Visit.came_at < first + timedelta(days=1))


def _first_point(tx: Tx) -> str | None:
    """Where somebody is who came nowhere in particular, so that every number is given once."""
    return next((point.id for point in directory.points(tx)), None)


def _numbers(tx: Tx, access_point_id: str | None) -> list[int]:
    return [one.number for one in _today(tx) if one.access_point_id == access_point_id]


def _letters(tx: Tx) -> dict[str, str]:
    """The letter of each access point of the own centre; one that is no longer used keeps none."""
    return {point.id: letter(place) for place, point in enumerate(directory.points(tx))}


def _ticket(tx: Tx, visit: Visit) -> str:
    return ticket(_letters(tx).get(visit.access_point_id or "", "A"), visit.number)


def _appointments(tx: Tx, ids: Sequence[str | None]) -> Sequence[Any]:
    """When the appointments begin; their kind only where the reader may know the person."""
    wanted = sorted({one for one in ids if one})
    if not wanted or not rights.cell(calendar.appointments.name, tx.actor.role):
        return ()
    shown = Appointment.person_id.is_(None) | is_shown(tx, Appointment.person_id)
    one = Appointment
    return tx.rows(select(one.id, one.starts, one.kind, one.person_id, one.staff_id)
                   .where(one.id.in_(wanted), one.deleted_at.is_(None), shown))  # fmt: skip


def _colleagues(tx: Tx, ids: Sequence[str | None]) -> dict[str, str]:
    wanted = sorted({one for one in ids if one})
    rows = tx.rows(select(Staff.id, Staff.name).where(Staff.id.in_(wanted))) if wanted else ()
    return {row.id: row.name for row in rows}
