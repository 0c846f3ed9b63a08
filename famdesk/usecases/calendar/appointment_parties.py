"""Who and what takes part in appointments beside their own person, colleague and room; and who is only busy then.

On a server the rows of appointments that a colleague may not know are not in any answer: `hidden` tells what they take.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Select, Uuid, bindparam, column, func, select
from sqlalchemy.orm import InstrumentedAttribute

from famdesk.data.base import WallTime, wall_minutes
from famdesk.data.tables.calendar import Appointment, AppointmentParty, Claim, Resource
from famdesk.data.tables.directory import AccessPoint, Room
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.usecases.calendar.appointment_rows import PartyRow

AT_ONCE: Final = 400
_ID: Final = Uuid(as_uuid=False)

Parties = dict[str, list[PartyRow]]
"""By appointment. The name of a person is empty until somebody who may know it fills it in."""


def parties(tx: Tx, where: Iterable[ColumnElement[bool]]) -> Parties:
    """What takes part in the appointments that fit, persons without names."""
    found: Parties = {}
    party = AppointmentParty
    statement = (
        select(party.appointment_id, party.kind, party.staff_id, party.room_id, party.resource_id, party.person_id,
               Staff.name.label("staff"), Room.name.label("room"), Resource.name.label("resource"))
        .join(Appointment, Appointment.id == party.appointment_id)
        .outerjoin(Staff, Staff.id == party.staff_id)
        .outerjoin(Room, Room.id == party.room_id)
        .outerjoin(Resource, Resource.id == party.resource_id)
        .where(party.deleted_at.is_(None), *where)
        .order_by(party.id)
    )  # fmt: skip
    for row in tx.rows(statement):
        found.setdefault(row.appointment_id, []).append(_party(row))
    return found


def _party(row: Any) -> PartyRow:
    if row.person_id:
        return PartyRow("person", row.person_id, "")
    for kind in ("staff", "room", "resource"):
        if getattr(row, f"{kind}_id"):
            return PartyRow(kind, getattr(row, f"{kind}_id"), getattr(row, kind) or "")
    return PartyRow(row.kind, "", "")


def named(found: Iterable[PartyRow], known: dict[str, str]) -> tuple[PartyRow, ...]:
    """The same with the names of persons."""
    return tuple(PartyRow(one.kind, one.id, known.get(one.id, "")) if one.kind == "person" else one for one in found)


def taken_by(tx: Tx, ids: Collection[str]) -> Parties:
    """What appointments take, whoever may know them: colleagues, rooms, resources with their names."""
    found: Parties = {}
    wanted = sorted(ids)
    names: tuple[tuple[str, type[Staff | Room | Resource]], ...] = (
        ("staff", Staff), ("room", Room), ("resource", Resource),
    )  # fmt: skip
    for kind, of in names:
        statement = (
            select(Claim.source_id, Claim.subject_id, of.name)
            .join(of, of.id == Claim.subject_id)
            .where(Claim.source_id.in_(bindparam("ids", expanding=True)), Claim.kind == kind)
        )
        for first in range(0, len(wanted), AT_ONCE):
            for row in tx.session.execute(statement, {"ids": wanted[first : first + AT_ONCE]}):
                found.setdefault(row.source_id, []).append(PartyRow(kind, row.subject_id, row.name))
    return found


def hidden(tx: Tx, first: date, last: date) -> list[Any]:
    """The time of appointments that the server keeps from this colleague, on the days `first` to `last` (included), in
    the columns of the calendar's question; none where the database holds nothing back."""
    if tx.session.get_bind().dialect.name != "postgresql":
        return []
    begin, end = datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)
    return [_Busy(row) for row in tx.asked("hidden", _busy, begin=wall_minutes(begin), end=wall_minutes(end))]


def _busy() -> Select[*tuple[Any, ...]]:
    begin, end = (bindparam(name, type_=BigInteger) for name in ("begin", "end"))
    ids = (column(name, _ID) for name in ("id", "staff_id", "room_id", "access_point_id"))
    columns: tuple[Any, ...] = (*ids, column("version"), column("starts", WallTime()), column("ends", WallTime()))
    busy = func.fd_busy(begin, end).table_valued(*columns)
    names: tuple[tuple[InstrumentedAttribute[str], Any, str], ...] = (
        (Staff.name, Staff, "staff"), (Room.name, Room, "room"), (AccessPoint.name, AccessPoint, "point"),
    )  # fmt: skip
    statement: Select[Any] = select(busy)
    for name, kind, label in names:
        key = "access_point_id" if kind is AccessPoint else f"{label}_id"
        statement = statement.add_columns(name.label(label)).outerjoin(kind, kind.id == busy.c[key])
    return statement


class _Busy:
    """A row of which only the time is told, with the other columns of the calendar's question empty."""

    person_id = overlap_reason = None
    state = "planned"

    def __init__(self, row: Any) -> None:
        self.id, self.version, self.starts, self.ends = row.id, row.version, row.starts, row.ends
        self.staff_id, self.staff, self.room_id, self.room = row.staff_id, row.staff, row.room_id, row.room
        self.access_point_id, self.point = row.access_point_id, row.point
        whole = self.starts.time() == time() == self.ends.time()
        self.all_day = whole
