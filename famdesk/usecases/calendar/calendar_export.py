"""The calendar as entries for other programs: of a colleague, a room, an access point, an initiative or the centre.

With names only what the safe-contact gate lets out; whoever may not be named there, and everybody without names, is
"busy" and nothing else: neither kind nor text nor place. A series goes out with its rule, the dates left out of it and
those told apart; a note that belongs to a person's appointment never goes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from famdesk.data.tables.calendar import Appointment, AppointmentParty, Series
from famdesk.data.tables.programmes import Initiative, Meeting, MeetingParty
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.calendar.calendar_file import CANCELLED, PUBLISHED, Entry, lines_kept
from famdesk.i18n import _
from famdesk.usecases.calendar import unsaid
from famdesk.usecases.calendar.appointment_parties import hidden, taken_by
from famdesk.usecases.calendar.calendar_conflicts import MEETING_MINUTES
from famdesk.usecases.calendar.calendar_export_series import Row, Shown, alone, series_entries
from famdesk.usecases.calendar.taken import present
from famdesk.usecases.post import outgoing
from famdesk.usecases.post.outgoing import Outgoing
from famdesk.usecases.registry import query

FEW = 500
CENTRE, STAFF, ROOM, POINT, INITIATIVE = "centre", "staff", "room", "point", "initiative"
SUBJECTS = (STAFF, ROOM, POINT, INITIATIVE, CENTRE)
"""Of what a calendar can be."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose calendar, and its days: what touches [first, last); a series that does goes out as a whole.

    `kind` is one of `SUBJECTS`, `subject_id` which one (None: the centre's). `cancelled`: also what was cancelled.
    `only`: of these appointments and meetings those with one of the ids, what somebody is looking at.
    """

    first: datetime
    last: datetime
    kind: str = CENTRE
    subject_id: str | None = None
    cancelled: bool = False
    only: frozenset[str] | None = None


@query
def busy(tx: Tx, scope: Scope) -> tuple[Entry, ...]:
    """When somebody or something is taken, and nothing else; meetings of initiatives, which are public, by name."""
    return entries(tx, scope, named=False)


@query
def named(tx: Tx, scope: Scope, *, reason: str | None = None) -> tuple[Entry, ...]:
    """The calendar with the names that may leave the program; that they do is noted in the journal.

    With a `reason` also those whom the safe-contact rule would hide; protected files stay hidden all the same.
    """
    return entries(tx, scope, named=True, reason=reason, note=True)


def entries(
    tx: Tx, scope: Scope, *, named: bool, reason: str | None = None, note: bool = False
) -> tuple[Entry, ...]:  # fmt: skip
    """The entries of a calendar by their start. For a use-case that has asked for the rights itself. `note`: for who
    asks, which the journal keeps; else for a calendar that is published."""
    found = [] if scope.kind == INITIATIVE else _appointments(tx, scope)
    beside = present(tx, [row.id for row in found])
    own = {row.person_id for row in found}
    gate = outgoing.masked(tx, own.union(*beside.values()), "export", reason=reason if named else None)
    told = [one for one in gate if one in own]
    if note and told:
        tx.log("export", subjects=[("person", one, "ics", []) for one in told], reason=(reason or "").strip() or None)
    # A published calendar says the same whoever publishes it: of a colleague's appointments what everybody is told.
    blind = {row.id for row in found if (unsaid.hidden(tx, row.staff_id) if note else row.staff_id is not None)}
    rows = [Row(row, _shown(row, gate, beside.get(row.id, frozenset()), named=named, blind=row.id in blind))
            for row in found]  # fmt: skip
    guarded = [row for row in rows if row.shown.guarded]
    rows = [row for row in rows if not row.shown.guarded]
    made = [alone(row, named=named) for row in rows if row.series_id is None and (row.lasts or scope.cancelled)]
    made += _series(tx, [row for row in rows if row.series_id is not None], scope, named=named)
    made += [alone(row, named=False) for row in guarded if _stands(row.record, scope)]
    made += _hidden(tx, scope)
    made += _meetings(tx, scope)
    return tuple(sorted(made, key=lambda entry: (entry.starts, entry.uid, entry.original or datetime.min)))


def _stands(row: Any, scope: Scope) -> bool:
    """Whether an appointment of which only the time is told takes somebody's time in the window."""
    return row.state in OCCUPYING and row.starts < scope.last and row.ends > scope.first


def _hidden(tx: Tx, scope: Scope) -> list[Entry]:
    """The time of appointments that the server keeps from whoever asks: a calendar says the same whoever publishes it,
    as what comes and goes with them would tell whose they are."""
    if scope.kind == INITIATIVE:
        return []
    rows = hidden(tx, scope.first.date(), scope.last.date())
    rows = [row for row in rows if _stands(row, scope) and (scope.only is None or row.id in scope.only)]
    if scope.kind == POINT:
        rows = [row for row in rows if row.access_point_id == scope.subject_id]
    elif scope.kind in (STAFF, ROOM):
        taken = taken_by(tx, [row.id for row in rows])
        rows = [row for row in rows if any(one.id == scope.subject_id for one in taken.get(row.id, ()))]
    return [Entry(f"{row.id}@famdesk", row.starts, row.ends, _("busy"), row.all_day, sequence=row.version - 1)
            for row in rows]  # fmt: skip


def note_published(tx: Tx, feed_id: str) -> None:
    """Notes that a published calendar told names that the gate let out."""
    tx.log("export", subjects=[("feed", feed_id, "ics", [])])


COLUMNS = (
    Appointment.id, Appointment.version, Appointment.starts, Appointment.ends, Appointment.kind, Appointment.label,
    Appointment.note, Appointment.where_text, Appointment.person_id, Appointment.staff_id, Appointment.room_id,
    Appointment.state, Appointment.all_day, Appointment.series_id, Appointment.original, Appointment.uid,
    Appointment.source_text,
)  # fmt: skip


def _appointments(tx: Tx, scope: Scope) -> list[Any]:
    """The appointments in the window, and all dates of the series that have one there; of what somebody is looking at
    nothing but that."""
    here = (Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None), *_whose(scope))
    if not scope.cancelled:
        here = (*here, Appointment.state != "cancelled")
    found = list(
        tx.rows(select(*COLUMNS).where(*here, Appointment.starts < scope.last, Appointment.ends > scope.first))
    )
    if scope.only is not None:
        return [row for row in found if row.id in scope.only]
    series = sorted({row.series_id for row in found if row.series_id})
    there = {row.id for row in found}
    for start in range(0, len(series), FEW):
        some = Appointment.series_id.in_(series[start : start + FEW])
        found += [row for row in tx.rows(select(*COLUMNS).where(*here, some)) if row.id not in there]
    return found


def _whose(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    """The conditions for the appointments of a subject, parties included."""
    if scope.kind == POINT:
        return (Appointment.access_point_id == scope.subject_id,)
    columns: dict[str, tuple[Any, Any]] = {
        STAFF: (Appointment.staff_id, AppointmentParty.staff_id), ROOM: (Appointment.room_id, AppointmentParty.room_id)
    }  # fmt: skip
    if scope.kind not in columns:
        return ()
    own, party = columns[scope.kind]
    others = select(AppointmentParty.appointment_id).where(party == scope.subject_id,
                                                           AppointmentParty.deleted_at.is_(None))  # fmt: skip
    return (or_(own == scope.subject_id, Appointment.id.in_(others)),)


def _shown(row: Any, gate: Mapping[str, Outgoing], beside: frozenset[str], *, named: bool, blind: bool) -> Shown:
    """What may be said of an appointment outside. Somebody who takes part `beside` its own person is not named; one who
    must not be known makes it "busy". `blind`: not what it is for."""
    status = CANCELLED if row.state in ("cancelled", "no_show") else PUBLISHED
    people = beside | {row.person_id} if row.person_id else beside
    if not gate.keys() >= people:
        return Shown(_("busy"), "", "", status, (), of_persons=True, guarded=True)
    if not named:
        return Shown(_("busy"), "", "", status, ())
    kind = codes.label(codes.APPOINTMENT_KINDS, unsaid.kind_shown(row.kind) if blind else row.kind)
    if not people:
        note, lines = ("", ()) if blind else (row.note or "", lines_kept(row.source_text))
        return Shown(row.label or kind, row.where_text or "", note, status, lines, of_persons=blind)
    who = gate[row.person_id].label if row.person_id else ""
    # Translators: what the calendar of another program shows; {what} is the kind of appointment, {who} a name
    summary = _("{what}: {who}").format(what=kind, who=who) if who else kind
    where = "" if any(gate[one].discreet for one in people) else row.where_text or ""
    return Shown(summary, where, "", status, (), of_persons=True)


def _series(tx: Tx, rows: Sequence[Row], scope: Scope, *, named: bool) -> list[Entry]:
    """The entries of all series that the rows belong to."""
    mine: dict[str, list[Row]] = {}
    for row in rows:
        mine.setdefault(row.series_id or "", []).append(row)
    records, counts = _records(tx, mine)
    found: list[Entry] = []
    for series_id, some in mine.items():
        record = records.get(series_id)
        number, versions = counts.get(series_id, (0, 0))
        if record is not None:
            whole = number == len(some)
            found += series_entries(record, some, versions, whole=whole, named=named, cancelled=scope.cancelled)
    return found


def _records(tx: Tx, ids: Iterable[str]) -> tuple[dict[str, Any], dict[str, tuple[int, int]]]:
    """The series by id; how many dates each has, and the sum of all versions, which only grows."""
    records: dict[str, Any] = {}
    counts: dict[str, tuple[int, int]] = {}
    wanted = list(ids)
    lasting = func.count().filter(Appointment.deleted_at.is_(None))
    for start in range(0, len(wanted), FEW):
        some = wanted[start : start + FEW]
        columns = (Series.id, Series.version, Series.rule, Series.starts, Series.minutes, Series.made_until, Series.uid,
                   Series.source_text)  # fmt: skip
        records.update({row.id: row for row in tx.rows(select(*columns).where(Series.id.in_(some)))})
        for row in tx.rows(select(Appointment.series_id, lasting, func.sum(Appointment.version))
                           .where(Appointment.series_id.in_(some)).group_by(Appointment.series_id)):  # fmt: skip
            counts[row[0]] = (int(row[1]), int(row[2]))
    return records, counts


def _works_there(staff_id: str | None) -> ColumnElement[bool]:
    party = MeetingParty
    return exists().where(party.meeting_id == Meeting.id, party.staff_id == staff_id, party.deleted_at.is_(None))


def _meetings(tx: Tx, scope: Scope) -> list[Entry]:
    """Meetings of initiatives that take the subject; those whose time is not known take the whole day."""
    whose: dict[str, tuple[ColumnElement[bool], ...]] = {
        STAFF: (or_(Meeting.leader_staff_id == scope.subject_id, _works_there(scope.subject_id)),),
        ROOM: (Meeting.room_id == scope.subject_id,),
        INITIATIVE: (Meeting.initiative_id == scope.subject_id,), CENTRE: (), POINT: (Meeting.id.is_(None),),
    }  # fmt: skip
    found = []
    for row in tx.rows(
        select(Meeting.id, Meeting.version, Meeting.day, Meeting.starts, Meeting.minutes, Meeting.state,
               Initiative.name)
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .where(Meeting.centre_id == tx.centre_id, Meeting.deleted_at.is_(None), Initiative.deleted_at.is_(None),
               Meeting.day >= scope.first.date(), Meeting.day < scope.last.date(), *whose[scope.kind])
    ):  # fmt: skip
        if (row.state == "cancelled" and not scope.cancelled) or (scope.only is not None and row.id not in scope.only):
            continue
        starts = datetime.combine(row.day, row.starts or datetime.min.time())
        length = timedelta(days=1) if row.starts is None else timedelta(minutes=row.minutes or MEETING_MINUTES)
        status = CANCELLED if row.state == "cancelled" else PUBLISHED
        found.append(Entry(f"{row.id}@famdesk", starts, starts + length, row.name, row.starts is None, status=status,
                           sequence=row.version - 1))  # fmt: skip
    return found
