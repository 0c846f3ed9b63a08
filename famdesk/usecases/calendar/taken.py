"""When colleagues, rooms and resources are taken and persons are received: by the claims that the database keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, Uuid, bindparam, or_, select, union_all

from famdesk.data.base import wall_minutes
from famdesk.data.claims import touching
from famdesk.data.tables.calendar import Appointment, AppointmentParty, Claim, Resource
from famdesk.data.tables.directory import Room
from famdesk.data.tables.people import Membership
from famdesk.data.tables.programmes import Initiative, Meeting
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.calendar.calendar import OCCUPYING, Interval
from famdesk.i18n import _
from famdesk.usecases.calendar.unsaid import kind_for
from famdesk.usecases.people.person_names import labels

AT_ONCE = 8
"""Colleagues, rooms or resources in one question for claims."""
MEETING_MINUTES = 60
"""How long a meeting takes its room and people if its length is not known; the triggers of the claims say it too."""
MEETING = "meeting"
LEADING = "leading"
OF_MEETINGS = frozenset({MEETING, LEADING})
"""Kinds of what takes somebody or something that are meetings of initiatives."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what else takes part: a code of `PARTY_KINDS`, and the id of the person, colleague, room or resource."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What takes a colleague, a room or a resource for a time, ways included.

    `what` and `kind` are "" and `own` (the time without ways) is None where the reader may not know it; of a meeting of
    an initiative `kind` is `MEETING`, or `LEADING` for who leads it, and `what` its name and number.
    """

    starts: datetime
    ends: datetime
    subject_id: str
    source_id: str
    what: str = ""
    kind: str = ""
    own: Interval | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody is received; only of persons whom the reader may know."""

    starts: datetime
    ends: datetime
    person_id: str
    who: str
    what: str


def taken(
    tx: Tx, subjects: Collection[str], first: datetime, last: datetime, exclude: str | None = None
) -> list[Taken]:
    """All that takes one of the subjects in [first, last): appointments, and meetings of initiatives."""
    wanted = sorted(subjects)
    rows = _claims(tx, wanted, first, last, exclude)
    sources = {row.source_id for row in rows}
    about = _known(tx, sources)
    meetings = _leading(tx, sources - set(about))
    return [
        _of_meeting(row, meetings[row.source_id])
        if row.source_id in meetings
        else _taken(tx, row, about.get(row.source_id))
        for row in rows
    ]


def times(
    tx: Tx, subjects: Collection[str], first: datetime, last: datetime, exclude: str | None = None
) -> dict[str, list[Interval]]:
    """When each of the subjects is taken in [first, last), in no order: only the times, in one question."""
    wanted = sorted(subjects)
    found: dict[str, list[Interval]] = {subject: [] for subject in wanted}
    for row in _claims(tx, wanted, first, last, exclude):
        found[row.subject_id].append(Interval(row.starts, row.ends))
    return found


def bare(tx: Tx, subjects: Collection[str], first: datetime, last: datetime) -> list[Taken]:
    """As `taken`, without kind and own time: what is needed to see what is in the way of what."""
    rows = _claims(tx, sorted(subjects), first, last, None)
    return [Taken(row.starts, row.ends, row.subject_id, row.source_id) for row in rows]


def _claims(tx: Tx, wanted: list[str], first: datetime, last: datetime, exclude: str | None) -> list[Any]:
    rows: list[Any] = []
    for start in range(0, len(wanted), AT_ONCE):
        some: dict[str, Any] = {f"subject{n}": one for n, one in enumerate(wanted[start : start + AT_ONCE])}
        rows += tx.asked(("claims", *some), partial(_claiming, tuple(some)),
                         first=wall_minutes(first), last=wall_minutes(last), **some)  # fmt: skip
    return [row for row in rows if row.source_id != exclude]


def _claiming(subjects: Sequence[str]) -> Any:
    """Each subject has a parameter of its own: from a list as one text SQLite does not find the index of subjects."""
    first, last = (bindparam(name, type_=BigInteger) for name in ("first", "last"))
    mine = Claim.subject_id.in_([bindparam(name, type_=Uuid(as_uuid=False)) for name in subjects])
    return union_all(*(
        select(Claim.source_id, Claim.subject_id, Claim.starts, Claim.ends).where(mine, when)
        for when in touching(Claim, first, last)
    ))  # fmt: skip


def _taken(tx: Tx, row: Any, known: Any) -> Taken:
    if known is None:
        return Taken(row.starts, row.ends, row.subject_id, row.source_id)
    kind, own = kind_for(tx, known.kind, known.staff_id), Interval(known.starts, known.ends)
    what = codes.label(codes.APPOINTMENT_KINDS, kind)
    return Taken(row.starts, row.ends, row.subject_id, row.source_id, what, kind, own)


def _known(tx: Tx, ids: set[str]) -> dict[str, Any]:
    """Kind and time of those appointments of which the reader may know every person."""
    found: dict[str, Any] = {}
    persons: dict[str, set[str]] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 400):
        some = wanted[start : start + 400]
        one, party = Appointment, AppointmentParty
        for row in tx.rows(
            select(one.id, one.kind, one.starts, one.ends, one.person_id, one.staff_id).where(one.id.in_(some))
        ):
            found[row.id] = row
            if row.person_id:
                persons.setdefault(row.id, set()).add(row.person_id)
        beside = select(party.appointment_id, party.person_id).where(
            party.appointment_id.in_(some), party.person_id.is_not(None), party.deleted_at.is_(None)
        )
        for row in tx.rows(beside):
            persons.setdefault(row.appointment_id, set()).add(row.person_id)
    known = labels(tx, {person for present in persons.values() for person in present})
    return {key: row for key, row in found.items() if persons.get(key, set()) <= set(known)}


def _leading(tx: Tx, ids: set[str]) -> dict[str, Any]:
    """The meetings among the sources of claims, with the names of their initiatives; anybody may know of them."""
    found: dict[str, Any] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 400):
        for row in tx.rows(
            select(Meeting.id, Meeting.number, Meeting.leader_staff_id, Initiative.name)
            .join(Initiative, Initiative.id == Meeting.initiative_id)
            .where(Meeting.id.in_(wanted[start : start + 400]))
        ):
            found[row.id] = row
    return found


def _of_meeting(row: Any, meeting: Any) -> Taken:
    # Translators: a meeting of an initiative, such as "A.Pe, meeting 3"
    what = _("{initiative}, meeting {number}").format(initiative=meeting.name, number=meeting.number)
    kind = LEADING if meeting.leader_staff_id == row.subject_id else MEETING
    own = Interval(row.starts, row.ends)
    return Taken(row.starts, row.ends, row.subject_id, row.source_id, what, kind, own)


def visits(tx: Tx, persons: Collection[str], first: datetime, last: datetime, exclude: str | None) -> list[Visit]:
    """When persons are received in [first, last), as their own appointment or beside somebody."""
    one, party = Appointment, AppointmentParty
    wanted = sorted(persons)
    columns = (one.id, one.starts, one.ends, one.kind, one.staff_id)
    lasting = (one.deleted_at.is_(None), one.state.in_(OCCUPYING), one.starts < last, one.ends > first)
    rows = [
        *tx.rows(select(*columns, one.person_id).where(one.person_id.in_(wanted), *lasting)),
        *tx.rows(select(*columns, party.person_id).join(party, party.appointment_id == one.id)
                 .where(party.person_id.in_(wanted), party.deleted_at.is_(None), *lasting)),
    ]  # fmt: skip
    about = _known(tx, {row.id for row in rows})
    known = labels(tx, {row.person_id for row in rows})
    found = {
        (row.id, row.person_id): Visit(row.starts, row.ends, row.person_id, known[row.person_id],
                                       codes.label(codes.APPOINTMENT_KINDS, kind_for(tx, row.kind, row.staff_id)))
        for row in rows if row.id != exclude and row.id in about and row.person_id in known
    }  # fmt: skip
    return [*found.values()]


def family_of(tx: Tx, persons: Iterable[str], on: date) -> set[str]:
    """Those who live with one of the persons on a day, without these."""
    own = set(persons)
    place = Membership
    standing = (place.deleted_at.is_(None), or_(place.valid_to.is_(None), place.valid_to >= on),
                or_(place.valid_from.is_(None), place.valid_from <= on))  # fmt: skip
    homes = select(place.household_id).where(place.person_id.in_(sorted(own)), *standing)
    rows = tx.rows(select(place.person_id).where(place.household_id.in_(homes), *standing))
    return {row.person_id for row in rows} - own


def others_of(tx: Tx, appointment_id: str) -> tuple[Party, ...]:
    """Who and what takes part in an appointment beside its own, as the database has it."""
    party = AppointmentParty
    rows = tx.rows(
        select(party.kind, party.staff_id, party.room_id, party.resource_id, party.person_id)
        .where(party.appointment_id == appointment_id, party.deleted_at.is_(None)).order_by(party.id)
    )  # fmt: skip
    return tuple(Party(row.kind, next(one for one in row[1:] if one)) for row in rows if any(row[1:]))


def present(tx: Tx, appointment_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """The persons who take part beside the own ones, by appointment; those without any are left out."""
    found: dict[str, set[str]] = {}
    party = AppointmentParty
    with tx.session.no_autoflush:
        for first in range(0, len(appointment_ids), 400):
            for row in tx.rows(
                select(party.appointment_id, party.person_id)
                .where(party.appointment_id.in_(appointment_ids[first : first + 400]),
                       party.person_id.is_not(None), party.deleted_at.is_(None))
            ):  # fmt: skip
                found.setdefault(row.appointment_id, set()).add(row.person_id)
    return {appointment: frozenset(people) for appointment, people in found.items()}


def names_of(tx: Tx, ids: Collection[str]) -> dict[str, str]:
    """The names of colleagues, rooms and resources by id."""
    kinds: tuple[type[Staff | Room | Resource], ...] = (Staff, Room, Resource)
    wanted = sorted(ids)
    return {row.id: row.name for kind in kinds
            for row in tx.rows(select(kind.id, kind.name).where(kind.id.in_(wanted)))}  # fmt: skip


def mediators_like(tx: Tx, resource_id: str) -> dict[str, str]:
    """The active mediators who share a language with one, or the resources of the same kind: id to name."""
    like = tx.find(Resource, resource_id)
    if like is None:
        return {}
    spoken = set((like.languages or "").split())
    rows = tx.all(Resource, Resource.kind == like.kind, Resource.active.is_(True))
    fitting = (one for one in rows if like.kind != "mediator" or spoken & set((one.languages or "").split()))
    return {one.id: one.name for one in sorted(fitting, key=lambda one: (one.name, one.id))}
