"""Which sessions are still to be written down, and of what kind a session with some persons is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import or_, select

from famdesk.data.calendar import Appointment, AppointmentParty
from famdesk.data.families import Relation
from famdesk.data.notes import Note
from famdesk.data.people import Membership
from famdesk.data.tx import Tx
from famdesk.domain.calendar import OCCUPYING
from famdesk.usecases.person_names import labels
from famdesk.usecases.registry import query


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
        present = tx.rows(select(AppointmentParty.person_id).where(
            AppointmentParty.appointment_id == one.id, AppointmentParty.person_id.is_not(None),
            AppointmentParty.deleted_at.is_(None),
        ).order_by(AppointmentParty.id))  # fmt: skip
        ids = tuple(dict.fromkeys([one.person_id, *(row.person_id for row in present)]))
        names = labels(tx, ids)
        people = tuple((person_id, names.get(person_id, "")) for person_id in ids if person_id)
        length = (one.ends - one.starts) // timedelta(minutes=1)
        rows.append(SessionRow(one.id, people, one.starts.time(), length, _kind(tx, ids)))
    return tuple(rows)


@query
def kind_for(tx: Tx, person_ids: Sequence[str]) -> str:
    """The kind of a session with these persons: with one alone, with several of a family, or with a group."""
    return _kind(tx, person_ids)


def _kind(tx: Tx, person_ids: Sequence[str]) -> str:
    ids = set(person_ids)
    if len(ids) < 2:
        return "individual"
    return "family" if _is_family(tx, ids) else "group"


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
