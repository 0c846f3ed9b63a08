"""Today: what is open, who comes, what is to be done; all of it in one question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from sqlalchemy import or_, select

from famdesk.data.tables.centre import Call
from famdesk.data.tables.intake import AccessCard
from famdesk.data.tx import Tx
from famdesk.domain.intake.access_card import URGENT_DAYS, urgency_state
from famdesk.domain.intake.waiting import CALLS
from famdesk.domain.staff import powers, rights
from famdesk.i18n import formats
from famdesk.usecases import care
from famdesk.usecases.calendar import calendar
from famdesk.usecases.calendar.appointment_rows import AppointmentRow
from famdesk.usecases.consent import consents
from famdesk.usecases.directory import directory
from famdesk.usecases.directory.directory_rows import PointRow
from famdesk.usecases.enrolling import waiting_list
from famdesk.usecases.family import responsibilities
from famdesk.usecases.intake import call_list, intake, referrals, waiting
from famdesk.usecases.intake.intake_rows import shown_card
from famdesk.usecases.intake.waiting import VisitRow
from famdesk.usecases.notes import note_reading
from famdesk.usecases.paths import retention_due
from famdesk.usecases.people import flags, privacy_rights
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.programmes import meetings, programmes
from famdesk.usecases.programmes.programmes_rows import InitiativeRow, MeetingRow
from famdesk.usecases.registry import query

TaskKind = Literal["call_back", "card", "outcome", "attendance", "deadline", "undated", "place_free",
                   "follow_up", "urgent", "consent", "referral", "ending", "request", "review",
                   "note", "handed_over", "destruction",
                   "offer", "backup"]  # fmt: skip

AHEAD_DAYS = 14
"""How far Today looks ahead for meetings, and for the next appointments of an empty day."""
PAST_DAYS = 7
"""How long an appointment without outcome and a meeting without attendance are asked about."""
RECENT_DAYS = 14
"""How long a deadline that is over is still shown."""
URGENT_FOR = 60
"""For how many days an urgent card that is still open is asked about."""
BACKUP_DAYS = 7
"""A backup is due when the last one is older."""
STILL_OPEN = ("pending", "called_back")
NEXT_ITEMS = 3
MOST = 20
MOST_CONSENTS = 5
_DAY = timedelta(days=1)
_OWN_ONLY = frozenset({"educator", "social_worker", "psychologist"})


@dataclass(frozen=True, slots=True)
class Task:
    """Something to be done; `record_id` is what is opened.

    call_back: somebody (`who`) to be called, about `name`; `until` is the end of the safe hours that hold now, None if
    any hour is safe; `later` is when they begin if not now; `no_message`: leave none; `by_letter`: they must not be
    called but may be written to; `unsafe`: nothing may be used. follow_up: something else that was promised, `name`.
    urgent: a card that is urgent until `at`; `unsafe`: that day is over.
    card: an unfinished card with what is `missing`. outcome: an appointment (`name` is its kind) of `at` that was
    neither held nor cancelled. attendance: a past meeting (`number` of `total`) where nobody's presence is noted.
    deadline: a call for applications with its `name`, ending `at`. undated: an initiative with `number` meetings of
    `total` without a day. place_free: an initiative with `number` free places and `total` people waiting.
    consent: a person (`record_id`, `who`) whose consent `name` has `number` of `total` signatures.
    referral: a person (`record_id`, `who`) sent to `name` whose answer was due `at`, or (`at` None) received from
    `name` and not yet accepted or declined.
    ending: the office `name` (a code) of a minor's (`record_id`, `who`) guardian or curator, whose last day is `at`;
    `unsafe`: that day is over. request: a person (`record_id`, `who`) who asked for `name` (a code), due `at`;
    `unsafe`: too late. review: a person (`record_id`, `who`) with a mark `name` (a code, "" for one that no list names)
    that was to be reviewed `at`. note: one's own session note of the day `at`, still to be signed. handed_over: one's
    own notes were sealed to the colleague `who` on the day `at`. destruction: in January, of so many paths and authors
    (`number`) the term for keeping notes is over. backup: the last one was made `at`, None: never; for who keeps
    the data and has nothing to do with families.
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
    by_letter: bool = False


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
    waiting: tuple[VisitRow, ...] = ()


@query
def board(tx: Tx) -> TodayBoard:
    """What Today shows. Parts that a role has no right to are empty."""
    now, today = tx.now(), tx.today()
    appointments = _appointments(tx, today, today)
    meetings = _today(tx, today)
    return TodayBoard(
        now, directory.points(tx), appointments, meetings, _next(tx, appointments, now),
        _meetings(tx, today + _DAY, today + AHEAD_DAYS * _DAY)[:NEXT_ITEMS], tuple(_tasks(tx))[:MOST],
        waiting.board(tx) if _may(tx, waiting.board.name) else (),
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


def _today(tx: Tx, day: date) -> tuple[MeetingRow, ...]:
    """Cancelled ones and those that were put off to another day too: people may come who have not heard of it."""
    rows = (*programmes.meetings(tx, day, day), *programmes.moved_away(tx, day))
    return tuple(row for row in rows if row.mine)


def _meetings(tx: Tx, first: date, last: date) -> tuple[MeetingRow, ...]:
    """The meetings of the own centre; those of the network are in the calendar."""
    rows = programmes.meetings(tx, first, last)
    return tuple(row for row in rows if row.mine and row.state != "cancelled")


def _tasks(tx: Tx) -> Iterator[Task]:
    """What is to be done, the most pressing first."""
    sources: tuple[tuple[str, Callable[[Tx], Iterable[Task]]], ...] = (
        (intake.unfinished_cards.name, _urgent),
        (call_list.call_list.name, _calls_back),
        (intake.unfinished_cards.name, _cards),
        (consents.incomplete.name, _unsigned),
        (referrals.awaited.name, _referrals),
        (responsibilities.expiring.name, _ending),
        (privacy_rights.open_requests.name, _requests),
        (flags.reviews.name, _reviews),
        (calendar.appointments.name, _without_outcome),
        (waiting_list.offers.name, _offers),
        (programmes.participants.name, _without_attendance),
        (note_reading.unsigned.name, _to_sign),
        (note_reading.handed_over.name, _handed_over),
        (retention_due.january.name, _due_in_january),
        (care.note_backup.name, _backup),
        (programmes.initiatives.name, _deadlines),
        (programmes.initiatives.name, _of_initiatives),
    )
    for action, tasks in sources:
        if _may(tx, action):
            yield from tasks(tx)


def _calls_back(tx: Tx) -> Iterator[Task]:
    """What was promised for today, those first whose safe hours are now."""
    for row in call_list.call_list(tx):
        if row.ready and (row.kind in CALLS or row.way == "write"):
            yield Task(
                "call_back", row.id, who=row.who, name=row.what[0] if row.what else "", until=row.until,
                later=row.opens.time() if row.opens else None, no_message=row.quiet, unsafe=row.way == "wait",
                by_letter=row.way == "write",
            )  # fmt: skip
        elif row.ready and row.way == "other":
            yield Task("follow_up", row.id, who=row.who, name=row.what[0] if row.what else "")


def _urgent(tx: Tx) -> Iterator[Task]:
    """Cards that are urgent and still open, or whose urgency has to be looked at again."""
    rows = tx.rows(
        select(AccessCard.id, AccessCard.at, AccessCard.person_id, AccessCard.caller_id, AccessCard.urgency,
               AccessCard.urgent_until)
        .where(AccessCard.centre_id == tx.centre_id, AccessCard.deleted_at.is_(None), shown_card(tx),
               AccessCard.urgency.in_(URGENT_DAYS), AccessCard.at >= tx.now() - URGENT_FOR * _DAY,
               or_(AccessCard.outcome.is_(None), AccessCard.outcome.in_(STILL_OPEN)))
        .order_by(AccessCard.urgent_until, AccessCard.at)
    )  # fmt: skip
    names = labels(tx, [row.person_id or row.caller_id for row in rows])
    for row in rows:
        expired = urgency_state(row.urgency, row.urgent_until, tx.today()) == "expired"
        until = datetime.combine(row.urgent_until, time()) if row.urgent_until else row.at
        yield Task("urgent", row.id, until, names.get(row.person_id or row.caller_id or ""), unsafe=expired)


def _cards(tx: Tx) -> Iterator[Task]:
    """Unfinished cards, one's own first."""
    for row in sorted(intake.unfinished_cards(tx), key=lambda row: not row.mine):
        yield Task("card", row.id, row.at, row.who, missing=row.missing)


def _unsigned(tx: Tx) -> Iterator[Task]:
    """Consents of which signatures are missing; half signed ones first."""
    for row in sorted(consents.incomplete(tx), key=lambda row: not row.signed)[:MOST_CONSENTS]:
        yield Task("consent", row.person_id, who=row.who, name=row.purpose, number=row.signed, total=row.needed)


def _ending(tx: Tx) -> Iterator[Task]:
    """Guardians and others whose office ends soon, or has just ended."""
    for row in responsibilities.expiring(tx):
        last = datetime.combine(row.last_day, time())
        yield Task("ending", row.person_id, last, row.label, row.kind, unsafe=row.days_left < 0)


def _reviews(tx: Tx) -> Iterator[Task]:
    """Marks to be looked at again, one line for each person."""
    seen: set[str] = set()
    for row in flags.reviews(tx):
        if row.person_id not in seen:
            seen.add(row.person_id)
            yield Task("review", row.person_id, datetime.combine(row.review_on, time()), row.label, row.kind)


def _requests(tx: Tx) -> Iterator[Task]:
    """Requests of persons about their data, which have a term."""
    rows = privacy_rights.open_requests(tx)
    names = labels(tx, [row.person_id for row in rows])
    for row in rows:
        due = datetime.combine(row.due_on, time())
        yield Task("request", row.person_id, due, names.get(row.person_id), row.kind, unsafe=row.late)


def _referrals(tx: Tx) -> Iterator[Task]:
    """Referrals whose answer is overdue, and those that came in and nobody has answered."""
    for row in referrals.awaited(tx):
        if row.state == "received":
            yield Task("referral", row.person_id, who=row.person, name=row.who)
        elif row.overdue and row.answer_due is not None:
            yield Task("referral", row.person_id, datetime.combine(row.answer_due, time()), row.person, row.who)


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


def _to_sign(tx: Tx) -> Iterator[Task]:
    """One's own drafts of sessions: at the end of a day they are to be signed."""
    for row in note_reading.unsigned(tx):
        yield Task("note", row.id, datetime.combine(row.day, row.starts or time()), who=formats.list_text(row.people))


def _handed_over(tx: Tx) -> Iterator[Task]:
    """That somebody opened the sealed envelope for one's own notes: their author is told for a month."""
    for use in note_reading.handed_over(tx):
        yield Task("handed_over", tx.actor.staff_id, use.at, who=use.to)


def _due_in_january(tx: Tx) -> Iterator[Task]:
    """Each January: that notes are to be destroyed."""
    count = retention_due.january(tx)
    if count:
        yield Task("destruction", "due", number=count)


def _backup(tx: Tx) -> Iterator[Task]:
    """That no backup was made of late. Of a server its keeper makes them."""
    if rights.holds(tx.actor.role, powers.NAMES) or tx.session.get_bind().dialect.name == "postgresql":
        return
    last = care.last_backup(tx)
    if last is None or last < tx.now() - BACKUP_DAYS * _DAY:
        yield Task("backup", "safety", last)


def _offers(tx: Tx) -> Iterator[Task]:
    """Places that are kept for somebody: to be called about, until the time is over."""
    for row in waiting_list.offers(tx):
        yield Task("offer", row.initiative_id, row.until, row.who, row.initiative, unsafe=row.late)


def _deadlines(tx: Tx) -> Iterator[Task]:
    """Calls for applications that end in the future, or ended a few days ago without an outcome."""
    rows = tx.rows(
        select(Call.id, Call.name, Call.deadline)
        .where(Call.deleted_at.is_(None), Call.outcome.is_(None), Call.state != "decided", Call.deadline.is_not(None),
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
    if _may(tx, meetings.plan_dates.name):
        yield from (_undated(row) for row in own if row.undated)


def _undated(row: InitiativeRow) -> Task:
    return Task("undated", row.id, name=row.name, number=row.undated, total=row.meetings)


def _may(tx: Tx, action: str) -> bool:
    return bool(rights.cell(action, tx.actor.role))
