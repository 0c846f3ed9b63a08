"""Which sessions are still to be written down, of what kind they are, and the note of an appointment begun from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import or_, select

from famdesk.data.tables.calendar import Appointment, AppointmentParty
from famdesk.data.tables.families import Relation
from famdesk.data.tables.notes import Note
from famdesk.data.tables.people import Membership
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.errors import RuleError
from famdesk.domain.people.families import COUPLES
from famdesk.domain.staff import rights
from famdesk.i18n import N_, formats
from famdesk.usecases.calendar import appointment_checks
from famdesk.usecases.notes import notes
from famdesk.usecases.notes.note_rows import NoteValues
from famdesk.usecases.paths import paths
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase

TOGETHER = COUPLES - {"separated", "divorced", "former_partner"}
"""Those who parted come as parents: theirs is a family session."""
OFF = ("cancelled", "skipped")
"""Of these there is nothing to be written down; of one to which nobody came there is."""


class NotHeldByYou(RuleError):
    message = N_("Only who holds an appointment writes the note about it.")


class NotBegun(RuleError):
    message = N_("This appointment has not begun yet. Its note can be written from {when} on.")


class NothingToWrite(RuleError):
    message = N_("There is no session in this appointment: it was cancelled, or it is with nobody.")


@dataclass(frozen=True, slots=True)
class SessionRow:
    """An appointment of one's own that has begun today and of which there is no note: `people` are ids and names;
    `kind` is that of the note which it proposes, `minutes` its length."""

    appointment_id: str
    people: tuple[tuple[str, str], ...]
    starts: time
    minutes: int
    kind: str


@query
def of_today(tx: Tx) -> tuple[SessionRow, ...]:
    """What was today and is not written down yet, the latest first."""
    now = tx.now()
    written = select(Note.appointment_id).where(
        Note.author_id == tx.actor.staff_id, Note.appointment_id.is_not(None), Note.deleted_at.is_(None)
    )
    found = tx.all(
        Appointment, Appointment.staff_id == tx.actor.staff_id, Appointment.person_id.is_not(None),
        Appointment.starts >= datetime.combine(now.date(), time()), Appointment.starts <= now,
        Appointment.state.in_(OCCUPYING), Appointment.all_day.is_(False), Appointment.id.not_in(written),
    )  # fmt: skip
    rows = []
    for one in sorted(found, key=lambda record: (record.starts, record.id), reverse=True):
        ids = _present(tx, one)
        names = labels(tx, ids)
        people = tuple((person_id, names.get(person_id, "")) for person_id in ids)
        rows.append(SessionRow(one.id, people, one.starts.time(), _length(one), _kind(tx, ids, one.kind)))
    return tuple(rows)


@usecase(N_("Note begun"), final=True)
def begin(tx: Tx, appointment_id: str) -> str:
    """The note of an appointment: the one that its author has begun already, else a new draft about those who take part
    whom its author may know, with day, time and length, and the path of care if there is one; gives its id.

    Raises:
        NotHeldByYou, NotBegun, NothingToWrite, NotFound.
    """
    found = appointment_checks.visible(tx, appointment_id)
    if tx.actor.staff_id not in _held_by(tx, found):
        raise NotHeldByYou
    written = tx.rows(
        select(Note.id).where(Note.appointment_id == found.id, Note.author_id == tx.actor.staff_id,
                              Note.deleted_at.is_(None), Note.addendum_to.is_(None), Note.state != "destroyed")
        .order_by(Note.state, Note.id.desc())
    )  # fmt: skip
    if written:  # a draft comes before a signed one
        return str(written[0].id)
    named = labels(tx, _present(tx, found))
    ids = tuple(one for one in _present(tx, found) if one in named)
    if found.state in OFF or not ids:
        raise NothingToWrite
    if found.starts > tx.now():
        raise NotBegun(when=formats.moment(found.starts))
    whole = found.all_day
    return notes.start(tx, NoteValues(
        _kind(tx, ids, found.kind), found.starts.date(), ids, None if whole else found.starts.time(),
        None if whole else _length(found) or None, path_id=_path(tx, found, ids), appointment_id=found.id,
    ))  # fmt: skip


@query
def kind_for(tx: Tx, person_ids: Sequence[str]) -> str:
    """The kind of a session with these persons: with one alone, with several of a family, or with a group."""
    return _kind(tx, person_ids)


def _present(tx: Tx, found: Appointment) -> tuple[str, ...]:
    """The persons with whom an appointment is, the first one first."""
    others = tx.rows(select(AppointmentParty.person_id).where(
        AppointmentParty.appointment_id == found.id, AppointmentParty.person_id.is_not(None),
        AppointmentParty.deleted_at.is_(None),
    ).order_by(AppointmentParty.id))  # fmt: skip
    return tuple(dict.fromkeys(one for one in (found.person_id, *(row.person_id for row in others)) if one))


def _held_by(tx: Tx, found: Appointment) -> set[str | None]:
    others = tx.rows(select(AppointmentParty.staff_id).where(
        AppointmentParty.appointment_id == found.id, AppointmentParty.staff_id.is_not(None),
        AppointmentParty.deleted_at.is_(None),
    ))  # fmt: skip
    return {found.staff_id, *(row.staff_id for row in others)}


def _length(found: Appointment) -> int:
    """Minutes, never more than a session may have."""
    return min((found.ends - found.starts) // timedelta(minutes=1), notes.LONGEST_SESSION)


def _path(tx: Tx, found: Appointment, ids: Sequence[str]) -> str | None:
    """The path of care of an appointment, or the only open one of those who take part."""
    if not rights.cell(paths.choices.name, tx.actor.role):
        return None
    offered = [path_id for path_id, _words in paths.choices(tx, ids, found.path_id)]
    if found.path_id in offered:
        return found.path_id
    return offered[0] if len(offered) == 1 else None


def _kind(tx: Tx, person_ids: Sequence[str], appointment: str = "") -> str:
    """`appointment`: the kind of the appointment, which alone says that two are expected where one has a file."""
    ids = set(person_ids)
    if len(ids) < 3 and (appointment == "couple" or _is_couple(tx, ids)):
        return "couple"
    if len(ids) < 2:
        return "individual"
    return "family" if _is_family(tx, ids) else "group"


def _is_couple(tx: Tx, ids: set[str]) -> bool:
    """Whether these are two who are a couple today."""
    if len(ids) != 2:
        return False
    return bool(tx.rows(select(Relation.id).where(
        Relation.person_id.in_(ids), Relation.other_id.in_(ids), Relation.kind.in_(sorted(TOGETHER)),
        or_(Relation.valid_to.is_(None), Relation.valid_to >= tx.today()), Relation.deleted_at.is_(None))))  # fmt: skip


def _is_family(tx: Tx, ids: set[str]) -> bool:
    """Whether all of them live or lived together, or are tied to one of them."""
    homes = tx.rows(select(Membership.household_id, Membership.person_id).where(
        Membership.person_id.in_(ids), Membership.deleted_at.is_(None)))  # fmt: skip
    shared: dict[str, set[str]] = {}
    for household_id, person_id in homes:
        shared.setdefault(household_id, set()).add(person_id)
    if any(found == ids for found in shared.values()):
        return True
    ties = tx.rows(select(Relation.person_id, Relation.other_id).where(
        or_(Relation.person_id.in_(ids), Relation.other_id.in_(ids)), Relation.deleted_at.is_(None)))  # fmt: skip
    tied: dict[str, set[str]] = {one: {one} for one in ids}
    for person_id, other_id in ties:
        if {person_id, other_id} <= ids:
            tied[person_id].add(other_id)
            tied[other_id].add(person_id)
    return any(found == ids for found in tied.values())
