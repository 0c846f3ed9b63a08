"""The appointments of some days out of the database, in as few steps as can be: this is asked at every turn of a page.

The selects are put into words once. Names of colleagues, rooms and access points are few and looked up apart; ids and
hours, which repeat, are written only once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Integer,
    Select,
    String,
    Uuid,
    and_,
    bindparam,
    cast,
    column,
    false,
    func,
    literal_column,
    null,
    select,
    type_coerce,
    union_all,
)

from famdesk.data.base import EPOCH, wall_minutes
from famdesk.data.prepared import dashed
from famdesk.data.tables.calendar import Appointment, AppointmentParty, Resource
from famdesk.data.tables.directory import AccessPoint, Room
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.calendar.calendar import OCCUPYING
from famdesk.domain.quick import maker
from famdesk.domain.staff import rights
from famdesk.usecases.calendar import appointment_why as why
from famdesk.usecases.calendar.appointment_rows import AppointmentRow, PartyRow
from famdesk.usecases.people.person_names import full_name, labels

LONG = "(appointment.ends - 1) / 1440 > appointment.starts / 1440"
"""Goes past a midnight, in the words of the partial index ix_appointment_long."""
_starts, _ends = (type_coerce(column, BigInteger) for column in (Appointment.starts, Appointment.ends))


_COLUMNS: dict[str, Any] = {
    "id": Uuid(), "version": Integer(), "starts": BigInteger(), "ends": BigInteger(), "kind": String(),
    "function": String(), "label": String(), "person_id": Uuid(), "staff_id": Uuid(), "room_id": Uuid(),
    "access_point_id": Uuid(), "state": String(), "overlap_reason": String(), "all_day": Boolean(),
    "series_id": Uuid(), "surname": String(), "given_name": String(), "alias": String(), "seen": Boolean(),
}  # fmt: skip

_row = maker(AppointmentRow)
_NAMED = (Staff, Room, AccessPoint, Resource)


def read(tx: Tx, first: date, last: date) -> tuple[list[AppointmentRow], list[AppointmentRow]]:
    """The appointments that touch the days `first` to `last` (included), by time: those that may be known whole, and
    the occupying ones of which only the time may be told, also those that a server keeps from this colleague."""
    begin = wall_minutes(datetime.combine(first, time()))
    end = wall_minutes(datetime.combine(last, time()) + timedelta(days=1))
    rows = tx.asked("calendar", lambda: _all(tx), bare=True, begin=begin, end=end)
    written, wall, write = _Written(tx), _Wall(), _writer(tx)
    around = [row for row in rows if row[1] is None]
    names = {row[0]: row[6] for row in around if row[6] is not None}
    beside = _beside(tx, [row for row in around if row[6] is None], names)
    blind, me = not rights.cell(why.why.name, tx.actor.role), tx.actor.staff_id
    shown: list[AppointmentRow] = []
    masked: list[AppointmentRow] = []
    for (key, version, starts, ends, kind, function, label, person, staff, room, point, state, reason, all_day, series,
         surname, given_name, alias, seen) in rows:  # fmt: skip
        if version is None:
            continue
        others = beside.get(key, ()) if beside else ()
        unsaid = blind and staff is not None and written[staff] != me
        row = _row(
            write(key), version, wall[starts], wall[ends], why.kind_shown(kind) if unsaid else kind,
            None if unsaid else function,
            full_name(surname, given_name, alias) if seen else "", label or "", person and write(person),
            written[staff], names.get(staff), written[room], names.get(room), written[point],
            names.get(point), state, False, reason is not None, bool(all_day), others, written[series],
        )  # fmt: skip
        if (person is None or seen) and not (others and any(one is UNKNOWN for one in others)):
            shown.append(row)
        elif state in OCCUPYING:
            masked.append(row)
    shown.sort(key=_by_time)
    return shown, masked


_by_time = attrgetter("starts", "ends", "id")


UNKNOWN = PartyRow("person", "", "")
"""Stands for a person who takes part and may not be known."""


def only_taken(row: AppointmentRow, others: tuple[PartyRow, ...]) -> AppointmentRow:
    """What may be told of an appointment that may not be known."""
    return AppointmentRow(
        row.id, row.version, row.starts, row.ends, "", None, "", "", None, row.staff_id, row.staff, row.room_id,
        row.room, row.access_point_id, row.access_point, "planned", masked=True, overlaps=False, all_day=row.all_day,
        others=others,
    )  # fmt: skip


class _Written(dict[Any, Any]):
    """Ids as they are written, from how the driver gives them."""

    def __init__(self, tx: Tx) -> None:
        super().__init__({None: None})
        self._write = _writer(tx)

    def __missing__(self, key: Any) -> str:
        found = self[key] = self._write(key)
        return found


class _Wall(dict[int, datetime]):
    """Local times, from minutes."""

    def __missing__(self, minutes: int) -> datetime:
        found = self[minutes] = EPOCH + timedelta(0, minutes * 60)
        return found


def _writer(tx: Tx) -> Callable[[Any], str]:
    """How an id is written, from how the driver gives it."""
    return _as_it_is if tx.session.get_bind().dialect.name == "postgresql" else dashed


def _as_it_is(text: str) -> str:
    return text


def _appointments(tx: Tx) -> Select[*tuple[Any, ...]]:
    """All that is shown of an appointment; the columns of its person are empty if that one may not be known."""
    person = and_(Person.id == Appointment.person_id, tx.visible_person())
    return (
        select(Appointment.id, Appointment.version, _starts.label("starts"), _ends.label("ends"), Appointment.kind,
               Appointment.function, Appointment.label, Appointment.person_id, Appointment.staff_id,
               Appointment.room_id, Appointment.access_point_id, Appointment.state, Appointment.overlap_reason,
               Appointment.all_day, Appointment.series_id, Person.surname, Person.given_name, Person.alias,
               Person.id.is_not(None).label("seen"))
        .outerjoin(Person, person)
        .where(Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None))
    )  # fmt: skip


def _all(tx: Tx) -> Any:
    """Appointments, and around them the names of all colleagues, rooms, access points and resources, of which there are
    few, and who and what else takes part: in one question, as on a network most of the time is the way.

    A server does not give the rows of appointments that may not be known; it tells apart what they take. What stands
    around has no version; names have the id of whom they name first, parties no label.
    """
    hidden = [_hidden()] if tx.session.get_bind().dialect.name == "postgresql" else []
    names = [_in_columns(id=kind.id, label=kind.name) for kind in _NAMED]
    return union_all(*_touching(_appointments(tx)), *hidden, *names, *_touching(_parties(tx)))


def _in_columns(**said: Any) -> Select[*tuple[Any, ...]]:
    """What is said, in the columns of `_appointments`."""
    return select(*(said.get(name, cast(null(), kind)).label(name) for name, kind in _COLUMNS.items()))


def _hidden() -> Select[*tuple[Any, ...]]:
    """What a server keeps from this colleague, as of a person who may not be known."""
    begin, end = (bindparam(name, type_=BigInteger) for name in ("begin", "end"))
    told = ("id", "version", "starts", "ends", "staff_id", "room_id", "access_point_id")
    busy = func.fd_busy(begin, end).table_valued(*(column(name, _COLUMNS[name]) for name in told))
    one = busy.c
    return _in_columns(
        **{name: one[name] for name in told}, kind=cast("", String), person_id=one.id, state=cast("planned", String),
        all_day=and_(one.starts % 1440 == 0, one.ends % 1440 == 0), seen=false(),
    )  # fmt: skip


def _touching(statement: Select[*tuple[Any, ...]]) -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """Of what touches the time: those that begin in it, which is one range of the index of starts, and the few that
    begin before and reach into it. Their start stands in a sum, so that its index is of no use: half of all
    appointments begin before a day."""
    begin, end = (bindparam(name, type_=BigInteger) for name in ("begin", "end"))
    return (
        statement.where(_starts >= begin, _starts < end),
        statement.where(literal_column(LONG), _ends > begin, _starts + 0 < begin),
    )


def _beside(tx: Tx, rows: list[Any], names: dict[Any, str]) -> dict[Any, tuple[PartyRow, ...]]:
    """Who and what else takes part, by appointment."""
    if not rows:
        return {}
    rows.sort(key=lambda row: str(row[14]))
    written = _Written(tx)
    known = labels(tx, {written[row[7]] for row in rows})
    found: dict[Any, list[PartyRow]] = {}
    for row in rows:
        appointment, (person, staff, room, resource) = row[0], row[7:11]
        one = PartyRow(
            *next(((kind, written[key], names.get(key, ""))
                   for kind, key in (("staff", staff), ("room", room), ("resource", resource)) if key), ("", "", ""))
        )  # fmt: skip
        if person:
            label = known.get(written[person])
            one = UNKNOWN if label is None else PartyRow("person", written[person], label)
        found.setdefault(appointment, []).append(one)
    return {appointment: tuple(others) for appointment, others in found.items()}


def _parties(tx: Tx) -> Select[*tuple[Any, ...]]:
    """A resource stands where the access point does, the party's own id where the series does."""
    party = AppointmentParty
    return (
        _in_columns(id=party.appointment_id, person_id=party.person_id, staff_id=party.staff_id, room_id=party.room_id,
                    access_point_id=party.resource_id, series_id=party.id)
        .join_from(party, Appointment, Appointment.id == party.appointment_id)
        .where(party.deleted_at.is_(None), Appointment.centre_id == tx.centre_id, Appointment.deleted_at.is_(None))
    )  # fmt: skip
