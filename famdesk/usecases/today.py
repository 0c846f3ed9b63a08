"""Today: what is open, who comes, what is to be done; all of it in one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from sqlalchemy import or_, select

from famdesk.data.centre import Call
from famdesk.data.intake import AccessCard
from famdesk.data.people import ContactPoint, Person
from famdesk.data.tx import Tx
from famdesk.domain import rights
from famdesk.domain.contact import PHONES, Rule
from famdesk.usecases import calendar, directory, intake, programmes
from famdesk.usecases.calendar import AppointmentRow
from famdesk.usecases.directory_rows import PointRow
from famdesk.usecases.intake_rows import shown_card
from famdesk.usecases.person_names import labels
from famdesk.usecases.programmes_rows import InitiativeRow, MeetingRow
from famdesk.usecases.registry import query

TaskKind = Literal["call_back", "card", "outcome", "attendance", "deadline", "undated", "place_free"]

AHEAD_DAYS = 14
"""How far Today looks ahead for meetings, and for the next appointments of an empty day."""
PAST_DAYS = 7
"""How long an appointment without outcome and a meeting without attendance are asked about."""
RECENT_DAYS = 14
"""How long a deadline that is over is still shown."""
CALL_BACK_DAYS = 30
NEXT_ITEMS = 3
MOST = 20
_DAY = timedelta(days=1)
_OWN_ONLY = frozenset({"educator", "social_worker", "psychologist"})


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done; `record_id` is what is opened.

    call_back: the card of somebody (`who`) to be called; `until` is the end of the safe hours that hold now, None if
    any hour is safe; `later` is when they begin if not now; `no_message`: leave none; `unsafe`: no number may be used.
    card: an unfinished card with what is `missing`. outcome: an appointment (`name` is its kind) of `at` that was
    neither held nor cancelled. attendance: a past meeting (`number` of `total`) where nobody's presence is noted.
    deadline: a call for applications with its `name`, ending `at`. undated: an initiative with `number` meetings of
    `total` without a day. place_free: an initiative with `number` free places and `total` people waiting.
    """

    kind: TaskKind
    record_id: str
    at: datetime | None = None
    who: str | None = None
    name: str = ""
    missing: tuple[str, ...] = ()
    number: int = 0
    total: int = 0
    until: time | None = None
    later: time | None = None
    no_message: bool = False
    unsafe: bool = False


@dataclass(frozen=True, slots=True)
class TodayBoard:
    """Everything on Today at one moment (`at`, local wall time).

    `next_appointments` is only filled on a day that has nothing left; `coming` are meetings of the next two weeks.
    """

    at: datetime
    points: tuple[PointRow, ...]
    appointments: tuple[AppointmentRow, ...]
    meetings: tuple[MeetingRow, ...]
    next_appointments: tuple[AppointmentRow, ...]
    coming: tuple[MeetingRow, ...]
    tasks: tuple[Task, ...]


@query
def board(tx: Tx) -> TodayBoard:
    """What Today shows. Parts that a role has no right to are empty."""
    now, today = tx.now(), tx.today()
    appointments = _appointments(tx, today, today)
    meetings = _meetings(tx, today, today)
    return TodayBoard(
        now, directory.points(tx), appointments, meetings, _next(tx, appointments, now),
        _meetings(tx, today + _DAY, today + AHEAD_DAYS * _DAY)[:NEXT_ITEMS], tuple(_tasks(tx))[:MOST],
    )  # fmt: skip


def _appointments(tx: Tx, first: date, last: date) -> tuple[AppointmentRow, ...]:
    if not _may(tx, calendar.appointments.name):
        return ()
    rows = calendar.appointments(tx, first, last)
    return tuple(row for row in rows if row.state != "cancelled" and not (row.masked and row.kind == "absence"))


def _next(tx: Tx, appointments: Iterable[AppointmentRow], now: datetime) -> tuple[AppointmentRow, ...]:
    """The next appointments of the coming days, if today holds none any more."""
    if any(row.ends > now for row in appointments):
        return ()
    first = now.date() + _DAY
    return _appointments(tx, first, first + AHEAD_DAYS * _DAY)[:NEXT_ITEMS]


def _meetings(tx: Tx, first: date, last: date) -> tuple[MeetingRow, ...]:
    """The meetings of the own centre; those of the network are in the calendar."""
    rows = programmes.meetings(tx, first, last)
    return tuple(row for row in rows if row.mine and row.state != "cancelled")


def _tasks(tx: Tx) -> Iterator[Task]:
    """What is to be done, the most pressing first."""
    sources: tuple[tuple[str, Callable[[Tx], Iterable[Task]]], ...] = (
        (intake.unfinished_cards.name, _calls_back),
        (intake.unfinished_cards.name, _cards),
        (calendar.appointments.name, _without_outcome),
        (programmes.participants.name, _without_attendance),
        (programmes.initiatives.name, _deadlines),
        (programmes.initiatives.name, _of_initiatives),
    )
    for action, tasks in sources:
        if _may(tx, action):
            yield from tasks(tx)


def _calls_back(tx: Tx) -> Iterator[Task]:
    """People who were promised a call, those whose safe hours are now first."""
    since = tx.now() - CALL_BACK_DAYS * _DAY
    cards = tx.rows(
        select(AccessCard.id, AccessCard.at, AccessCard.person_id, AccessCard.caller_id, AccessCard.caller_is_person)
        .where(AccessCard.centre_id == tx.centre_id, AccessCard.deleted_at.is_(None), AccessCard.at >= since,
               AccessCard.outcome == "called_back", shown_card(tx))
        .order_by(AccessCard.at)
    )  # fmt: skip
    callees = {row.id: row.person_id if row.caller_is_person else row.caller_id or row.person_id for row in cards}
    names = labels(tx, callees.values())
    phones = _phones(tx, [one for one in callees.values() if one in names])
    now = tx.now().time()
    found = [_call_back(row, names, phones.get(callees[row.id], []), now) for row in cards if callees[row.id] in names]
    yield from sorted(found, key=lambda task: (task.unsafe, task.later or time.min, task.until or time.max))


def _call_back(card: Any, names: dict[str, str], rules: list[Rule], now: time) -> Task:
    callee = card.person_id if card.caller_is_person else card.caller_id or card.person_id
    allowed = [rule for rule in rules if rule.may_call]
    good = [rule for rule in allowed if rule.safe_at(now)]
    best = (good or allowed or [Rule()])[0]
    limited = best.safe_from is not None and best.safe_to is not None
    return Task(
        "call_back", card.id, card.at, names[callee], until=best.safe_to if good and limited else None,
        later=best.safe_from if not good and limited else None, no_message=not best.may_leave_message,
        unsafe=bool(rules) and not allowed,
    )  # fmt: skip


def _phones(tx: Tx, persons: list[str]) -> dict[str, list[Rule]]:
    """What may be done with the phones of visible persons, the freest first."""
    if not persons:
        return {}
    rows = tx.rows(
        select(ContactPoint.person_id, ContactPoint.may_call, ContactPoint.may_leave_message, ContactPoint.may_write,
               ContactPoint.safe_from, ContactPoint.safe_to, ContactPoint.neutral_name)
        .join(Person, Person.id == ContactPoint.person_id)
        .where(ContactPoint.deleted_at.is_(None), ContactPoint.kind.in_(PHONES), Person.id.in_(persons),
               tx.visible_person())
        .order_by(ContactPoint.id)
    )  # fmt: skip
    found: dict[str, list[Rule]] = {}
    for person_id, *rule in rows:
        found.setdefault(person_id, []).append(Rule(*rule))
    for rules in found.values():
        rules.sort(key=lambda rule: (not rule.may_call, not rule.may_leave_message, rule.safe_from is not None))
    return found


def _cards(tx: Tx) -> Iterator[Task]:
    """Unfinished cards, one's own first."""
    for row in sorted(intake.unfinished_cards(tx), key=lambda row: not row.mine):
        yield Task("card", row.id, row.at, row.who, missing=row.missing)


def _without_outcome(tx: Tx) -> Iterator[Task]:
    """Past appointments of which nobody said whether they took place; professionals are asked about their own."""
    last = tx.today() - _DAY
    for row in _appointments(tx, tx.today() - PAST_DAYS * _DAY, last):
        own = tx.actor.role not in _OWN_ONLY or row.staff_id in {None, tx.actor.staff_id}
        if own and not row.masked and row.kind != "absence" and row.state in {"planned", "confirmed", "arrived"}:
            yield Task("outcome", row.id, row.starts, row.who or None, row.kind)


def _without_attendance(tx: Tx) -> Iterator[Task]:
    """Past meetings with people enrolled and nobody noted as present."""
    for row in _meetings(tx, tx.today() - PAST_DAYS * _DAY, tx.today() - _DAY):
        if row.enrolled and not row.present and row.day is not None:
            at = datetime.combine(row.day, row.starts or time())
            yield Task("attendance", row.initiative_id, at, name=row.initiative, number=row.number, total=row.total)


def _deadlines(tx: Tx) -> Iterator[Task]:
    """Calls for applications that end in the future, or ended a few days ago without an outcome."""
    rows = tx.rows(
        select(Call.id, Call.name, Call.deadline)
        .where(Call.deleted_at.is_(None), Call.outcome.is_(None), Call.deadline.is_not(None),
               or_(Call.centre_id == tx.centre_id, Call.deadline >= tx.now()),
               Call.deadline >= tx.now() - RECENT_DAYS * _DAY)
        .order_by(Call.deadline)
    )  # fmt: skip
    for row in rows:
        yield Task("deadline", row.id, row.deadline, name=row.name)


def _of_initiatives(tx: Tx) -> Iterator[Task]:
    """Free places that somebody waits for, and cycles whose meetings have no day yet."""
    own = [row for row in programmes.initiatives(tx) if row.mine and row.state != "closed"]
    if _may(tx, programmes.participants.name):
        for row in own:
            if row.waiting and row.places_left != 0:
                left = row.waiting if row.places_left is None else row.places_left
                yield Task("place_free", row.id, name=row.name, number=left, total=row.waiting)
    if _may(tx, programmes.plan_dates.name):
        yield from (_undated(row) for row in own if row.undated)


def _undated(row: InitiativeRow) -> Task:
    return Task("undated", row.id, name=row.name, number=row.undated, total=row.meetings)


def _may(tx: Tx, action: str) -> bool:
    return bool(rights.cell(action, tx.actor.role))
