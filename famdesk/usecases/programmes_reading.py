"""How the rows of initiatives are put together; called by the queries of `programmes`, within their rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Uuid, column, func, select

from famdesk.data.directory import AccessPoint, Body, Partnership, Place, Room
from famdesk.data.programmes import Attendance, Enrolment, Initiative, Meeting
from famdesk.data.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.calendar import Interval, overlapping
from famdesk.domain.codes import INITIATIVE_STATES, codes
from famdesk.domain.hours import closed_reason, intervals
from famdesk.i18n.collate import sort_key
from famdesk.usecases.person_names import labels
from famdesk.usecases.programmes_rows import (
    AttendanceRow,
    EnrolmentRow,
    Hint,
    InitiativeRow,
    InitiativeValues,
    MeetingRow,
    OrganiserRow,
    Participants,
)

_STATES = codes(INITIATIVE_STATES)
_PERSON_STATES = ("enrolled", "waiting", "withdrawn")
_ROLE_ORDER = ("organiser", "lead", "promoter", "manager", "partner", "network_partner", "funder")
_MINUTE = timedelta(minutes=1)
_VALUES = tuple(InitiativeValues.__dataclass_fields__)


def initiative_rows(tx: Tx, *where: ColumnElement[bool]) -> tuple[InitiativeRow, ...]:
    """Initiatives that fit, by state, the next meeting first, then by name."""
    records = tx.all(Initiative, *where)
    people, meetings = enrolment_counts(tx), _meeting_dates(tx)
    rows = [_initiative_row(tx, record, people, meetings.get(record.id, [])) for record in records]
    return tuple(sorted(rows, key=_by_state))


def _by_state(row: InitiativeRow) -> Any:
    place = _STATES.index(row.state) if row.state in _STATES else len(_STATES)
    return place, row.next_day or date.max, sort_key(row.name)


def _initiative_row(tx: Tx, record: Initiative, people: Counter[tuple[str, str]], meetings: list[Any]) -> InitiativeRow:
    ahead = [(row.day, row.starts) for row in meetings if row.day and row.day >= tx.today() and row.state == "planned"]
    next_day, next_starts = min(ahead, key=lambda one: (one[0], one[1] or time()), default=(None, None))
    return InitiativeRow(
        record.id, record.version, record.name, record.alias, record.kind, record.function, record.state,
        record.audience, record.season_text, record.starts_on, record.capacity, len(meetings),
        sum(row.day is None and row.state == "planned" for row in meetings), people[record.id, "enrolled"],
        people[record.id, "waiting"], next_day, next_starts, record.centre_id == tx.centre_id,
    )  # fmt: skip


def values_of(record: Initiative) -> InitiativeValues:
    """What can be typed of an initiative, as it is."""
    return InitiativeValues(**{name: getattr(record, name) for name in _VALUES})


def place_name(tx: Tx, place_id: str | None) -> str | None:
    """The name of a place."""
    rows = tx.rows(select(Place.name).where(Place.id == place_id)) if place_id else ()
    return rows[0].name if rows else None


def enrolment_counts(tx: Tx) -> Counter[tuple[str, str]]:
    """How many people of the own centre are in which state, by (initiative, state); those that one may not know of
    too, whose rows a server does not show."""
    if tx.session.get_bind().dialect.name == "postgresql":
        counted = func.fd_enrolments().table_valued(column("initiative_id", Uuid(as_uuid=False)), "state", "people")
        rows = tx.rows(select(counted.c.initiative_id, counted.c.state, counted.c.people))
    else:
        rows = tx.rows(
            select(Enrolment.initiative_id, Enrolment.state, func.count())
            .where(Enrolment.centre_id == tx.centre_id, Enrolment.deleted_at.is_(None))
            .group_by(Enrolment.initiative_id, Enrolment.state)
        )
    return Counter({(initiative, state): count for initiative, state, count in rows})


def _meeting_dates(tx: Tx) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    columns = select(Meeting.initiative_id, Meeting.day, Meeting.starts, Meeting.state)
    for row in tx.rows(columns.where(Meeting.deleted_at.is_(None))):
        found.setdefault(row.initiative_id, []).append(row)
    return found


def meeting_rows(tx: Tx, *where: ColumnElement[bool]) -> tuple[MeetingRow, ...]:
    """Meetings that fit, by day and hour, those without a day last, then by number."""
    statement = (
        select(Meeting.id, Meeting.version, Meeting.initiative_id, Initiative.name, Initiative.alias, Initiative.kind,
               Initiative.function, Meeting.number, Meeting.day, Meeting.starts, Meeting.minutes, Meeting.place_id,
               Place.name.label("place"), Meeting.room_id, Room.name.label("room"), Meeting.leader,
               Staff.name.label("colleague"), Meeting.leader_staff_id, Meeting.theme, Meeting.state, Meeting.reason,
               Initiative.capacity, Meeting.inferred, Initiative.centre_id)
        .join(Initiative, Initiative.id == Meeting.initiative_id)
        .outerjoin(Place, Place.id == Meeting.place_id)
        .outerjoin(Room, Room.id == Meeting.room_id)
        .outerjoin(Staff, Staff.id == Meeting.leader_staff_id)
        .where(Meeting.deleted_at.is_(None), Initiative.deleted_at.is_(None), *where)
    )  # fmt: skip
    found = tx.rows(statement)
    people, present, totals = enrolment_counts(tx), _present(tx), _totals(tx, {row.initiative_id for row in found})
    rows = [_meeting_row(tx, row, people, present, totals) for row in found]
    return tuple(sorted(rows, key=lambda row: (row.day or date.max, row.starts or time.max, row.number, row.id)))


def _meeting_row(
    tx: Tx, row: Any, people: Counter[tuple[str, str]], present: Counter[str], totals: Counter[str]
) -> MeetingRow:
    return MeetingRow(
        row.id, row.version, row.initiative_id, row.name, row.alias, row.kind, row.function, row.number,
        totals[row.initiative_id], row.day, row.starts, row.minutes, row.place_id, row.place, row.room_id, row.room,
        row.colleague or row.leader, row.leader_staff_id, row.theme, row.state, row.reason,
        people[row.initiative_id, "enrolled"], present[row.id], row.capacity, row.inferred,
        row.centre_id == tx.centre_id,
    )  # fmt: skip


def _present(tx: Tx) -> Counter[str]:
    rows = tx.rows(
        select(Attendance.meeting_id, func.count())
        .where(Attendance.centre_id == tx.centre_id, Attendance.deleted_at.is_(None), Attendance.present)
        .group_by(Attendance.meeting_id)
    )
    return Counter(dict(rows))


def _totals(tx: Tx, initiatives: Iterable[str]) -> Counter[str]:
    rows = tx.rows(
        select(Meeting.initiative_id, func.count())
        .where(Meeting.initiative_id.in_(list(initiatives)), Meeting.deleted_at.is_(None))
        .group_by(Meeting.initiative_id)
    )
    return Counter(dict(rows))


def organiser_rows(tx: Tx, initiative_id: str) -> tuple[OrganiserRow, ...]:
    """The bodies of an initiative: organisers first, within a role in the order of the names."""
    rows = tx.rows(
        select(Body.id, Body.name, Body.short_name, Partnership.role, Partnership.note, Partnership.position)
        .join(Body, Body.id == Partnership.body_id)
        .where(Partnership.subject_id == initiative_id, Partnership.deleted_at.is_(None), Body.deleted_at.is_(None))
    )
    order = {role: place for place, role in enumerate(_ROLE_ORDER)}
    found = sorted(rows, key=lambda row: (order.get(row.role, len(order)), row.position, row.name))
    return tuple(OrganiserRow(row.id, row.name, row.short_name, row.role, row.note) for row in found)


def participants_of(tx: Tx, initiative_id: str) -> Participants:
    """Enrolments with the names that may be seen, and attendance."""
    mine = (Enrolment.initiative_id == initiative_id, Enrolment.centre_id == tx.centre_id)
    rows = tx.rows(
        select(Enrolment.id, Enrolment.version, Enrolment.person_id, Enrolment.state, Enrolment.enrolled_on,
               Enrolment.note)
        .where(*mine, Enrolment.deleted_at.is_(None))
    )  # fmt: skip
    names = labels(tx, [row.person_id for row in rows])
    attendance = tx.rows(
        select(Attendance.meeting_id, Attendance.enrolment_id, Attendance.present)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(*mine, Enrolment.deleted_at.is_(None), Attendance.deleted_at.is_(None))
    )
    return Participants(
        tuple(_in_order(rows, names)), tuple(AttendanceRow(row[0], row[1], row[2]) for row in attendance)
    )


def _in_order(rows: Iterable[Any], names: dict[str, str]) -> Iterator[EnrolmentRow]:
    """The enrolled by name, those who wait as they came, the withdrawn by name."""
    groups: dict[str, list[Any]] = {state: [] for state in _PERSON_STATES}
    for row in rows:
        groups.setdefault(row.state, []).append(row)
    for state, group in groups.items():
        waits = state == "waiting"
        group.sort(key=came_first if waits else lambda row: (sort_key(names.get(row.person_id, "\uffff")), row.id))
        for place, row in enumerate(group, start=1):
            name = names.get(row.person_id)
            person = row.person_id if name is not None else None
            note = row.note if name is not None else None
            yield EnrolmentRow(
                row.id, row.version, person, name, row.state, row.enrolled_on, note, place if waits else 0
            )


def came_first(row: Any) -> tuple[date, str]:
    """The order of a waiting list: the day, then the order of entering (ids grow with time)."""
    return row.enrolled_on, row.id


def hints_for(tx: Tx, place_id: str | None, wanted: Interval, meeting_id: str | None) -> Iterator[Hint]:
    """What is at the same time at the same place; without a place: what the centre's own points do then."""
    day = wanted.starts.date()
    from famdesk.usecases import directory

    places = dict(
        tx.rows(
            select(AccessPoint.id, AccessPoint.place_id).where(
                AccessPoint.centre_id == tx.centre_id, AccessPoint.deleted_at.is_(None)
            )
        )
    )
    for point in directory.timetables(tx, day, day):
        if place_id is not None and places.get(point.id) != place_id:
            continue
        closed = closed_reason(point.timetable, day)
        if closed is not None and place_id is not None:
            yield Hint("closed", closed.reason or "")
        for opening in intervals(point.timetable, day):
            if overlapping(opening, wanted):
                yield Hint("opening", point.name, opening.starts.time(), opening.ends.time(), place_id is not None)
    if place_id is not None:
        yield from _other_meetings(tx, place_id, wanted, meeting_id)


def _other_meetings(tx: Tx, place_id: str, wanted: Interval, meeting_id: str | None) -> Iterator[Hint]:
    day = wanted.starts.date()
    for row in meeting_rows(tx, Meeting.day == day, Meeting.place_id == place_id, Meeting.state != "cancelled"):
        if row.id == meeting_id or row.begins is None:
            continue
        taken = span(row.begins, row.minutes)
        if overlapping(taken, wanted):
            yield Hint("meeting", row.initiative, row.starts, row.ends.time() if row.ends else None)


def span(begins: datetime, minutes: int | None) -> Interval:
    """The time that a meeting takes; one whose end is not known touches what is open at its beginning."""
    return Interval(begins, begins + (timedelta(minutes=minutes) if minutes else _MINUTE))
