"""How rows of the directory are read; the queries in `directory`, `guide` and `centre` are made of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased

from famdesk.data.base import Record
from famdesk.data.tables.centre import Centre
from famdesk.data.tables.directory import AccessPoint, Body, Closure, ExtraOpening, OpeningRule, Place, Room, Service
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours
from famdesk.domain.calendar.hours import ClosedDays, Timetable
from famdesk.i18n import _
from famdesk.i18n.collate import sort_key
from famdesk.usecases.directory.directory_rows import BodyRow, ClosureRow, PlaceRow, PointRow, RoomRow, ServiceRow

Condition = ColumnElement[bool]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PointRecord:
    """An access point joined with its place and centre: what its row and its timetable are made of."""

    id: str
    version: int
    centre_id: str
    centre: str
    name: str
    main: bool
    position: int
    place: str | None
    address: str | None
    town: str | None
    audience: str | None
    age_band: str | None
    phone: str | None
    mail: str | None
    starts_on: date | None
    starts_text: str | None
    municipality: str | None


def own(tx: Tx, kind: type[Record], network: bool = False) -> list[Condition]:
    """The condition for records of the own centre; none for those of the whole network."""
    return [] if network else [kind.centre_id == tx.centre_id]


def point_records(tx: Tx, *where: Condition) -> tuple[PointRecord, ...]:
    """Access points outside the bin, those of the own centre first, the main one before the others."""
    rows = tx.rows(
        select(
            AccessPoint.id, AccessPoint.version, AccessPoint.centre_id, Centre.name, AccessPoint.name,
            AccessPoint.main, AccessPoint.position, Place.name, Place.address, Place.town, AccessPoint.audience,
            AccessPoint.age_band, func.coalesce(AccessPoint.phone, Centre.phone),
            func.coalesce(AccessPoint.mail, Centre.mail), AccessPoint.starts_on, AccessPoint.starts_text,
            func.coalesce(Place.municipality, Centre.municipality),
        )
        .join(Centre, Centre.id == AccessPoint.centre_id)
        .outerjoin(Place, (Place.id == AccessPoint.place_id) & Place.deleted_at.is_(None))
        .where(AccessPoint.deleted_at.is_(None), *where)
    )  # fmt: skip
    found = [PointRecord(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.centre_id != tx.centre_id, sort_key(one.centre), not one.main,
                                                one.position, sort_key(one.name))))  # fmt: skip


def timetables_of(tx: Tx, found: Sequence[PointRecord], first: date, last: date) -> dict[str, Timetable]:
    """The timetable of each access point; closures and holidays are those that touch the days from first to last."""
    from famdesk.domain.calendar.holidays import closed_days

    slots, extras = _slots(tx), _extras(tx)
    entered = _closed(tx, first, last)
    return {
        point.id: Timetable(
            tuple(slots[point.id]),
            tuple(extras[point.id]),
            (*entered[point.id], *entered[point.centre_id], *closed_days(first, last, point.municipality)),
        )
        for point in found
    }


def _slots(tx: Tx) -> dict[str, list[hours.WeeklySlot]]:
    rule = OpeningRule
    found: dict[str, list[hours.WeeklySlot]] = defaultdict(list)
    for row in tx.rows(
        select(rule.access_point_id, rule.weekday, rule.opens, rule.closes, rule.valid_from, rule.valid_to)
        .where(rule.deleted_at.is_(None))
        .order_by(rule.weekday, rule.opens)
    ):
        found[row[0]].append(hours.WeeklySlot(*row[1:]))
    return found


def _extras(tx: Tx) -> dict[str, list[hours.ExtraOpening]]:
    extra = ExtraOpening
    found: dict[str, list[hours.ExtraOpening]] = defaultdict(list)
    for row in tx.rows(
        select(extra.access_point_id, extra.day, extra.opens, extra.closes, extra.reason)
        .where(extra.deleted_at.is_(None))
        .order_by(extra.day, extra.opens)
    ):
        found[row[0]].append(hours.ExtraOpening(*row[1:]))
    return found


def _closed(tx: Tx, first: date, last: date) -> dict[str, list[ClosedDays]]:
    """Entered closures by access point, those of a whole centre by the centre."""
    found: dict[str, list[ClosedDays]] = defaultdict(list)
    for row in tx.rows(
        select(Closure.access_point_id, Closure.centre_id, Closure.first_day, Closure.last_day, Closure.reason)
        .where(Closure.deleted_at.is_(None), Closure.first_day <= last, Closure.last_day >= first)
        .order_by(Closure.first_day)
    ):
        found[row[0] or row[1]].append(ClosedDays(*row[2:]))
    return found


def points_at(tx: Tx, at: datetime, *where: Condition) -> tuple[PointRow, ...]:
    """Access points with their state at a moment."""
    found = point_records(tx, *where)
    first = at.date() - _DAY  # hours over midnight began the day before
    known = timetables_of(tx, found, first, first + (hours.LONGEST + 2) * _DAY)
    return tuple(_point_row(point, known[point.id], at) for point in found)


def _point_row(point: PointRecord, timetable: Timetable, at: datetime) -> PointRow:
    status = hours.status(timetable, at)
    closed = hours.closed_reason(timetable, at.date())
    return PointRow(
        id=point.id, version=point.version, centre_id=point.centre_id, centre=point.centre, name=point.name,
        main=point.main, position=point.position, place=point.place, address=point.address, town=point.town,
        audience=point.audience, age_band=point.age_band, phone=point.phone, mail=point.mail,
        starts_on=point.starts_on, starts_text=point.starts_text, unknown=status.unknown,
        open_until=status.open_until, next_opening=status.next_opening,
        closed_reason=(closed.reason or _("Closed")) if closed and not status.unknown else None,
        today=hours.intervals(timetable, at.date()),
    )  # fmt: skip


def closure_rows(tx: Tx, *where: Condition) -> tuple[ClosureRow, ...]:
    """Entered closures, the first days first, those of the whole centre before those of one point."""
    rows = tx.rows(
        select(Closure.id, Closure.version, Closure.access_point_id, AccessPoint.name, Closure.first_day,
               Closure.last_day, Closure.reason)
        .outerjoin(AccessPoint, AccessPoint.id == Closure.access_point_id)
        .where(Closure.deleted_at.is_(None), *where,
               or_(Closure.access_point_id.is_(None), AccessPoint.deleted_at.is_(None)))
    )  # fmt: skip
    found = [ClosureRow(*row) for row in rows]
    return tuple(sorted(found, key=lambda one: (one.first_day, one.last_day, one.point or "")))


def room_rows(tx: Tx, *where: Condition) -> tuple[RoomRow, ...]:
    """Rooms by place and name."""
    rows = tx.rows(
        select(Room.id, Room.version, Room.centre_id, Room.name, Room.place_id, Place.name, Room.seats)
        .join(Place, Place.id == Room.place_id)
        .where(Room.deleted_at.is_(None), *where)
    )
    return tuple(sorted((RoomRow(*row) for row in rows), key=lambda one: (sort_key(one.place), sort_key(one.name))))


def place_rows(tx: Tx, *where: Condition) -> tuple[PlaceRow, ...]:
    """Places by name."""
    owner, manager, whole = aliased(Body), aliased(Body), aliased(Place)
    rows = tx.rows(
        select(
            Place.id, Place.version, Place.centre_id, Place.name, Place.kind, Place.address, Place.building,
            Place.floor, Place.postcode, Place.municipality, Place.town, Place.owner_body_id, owner.name,
            Place.manager_body_id, manager.name, Place.part_of_id, whole.name, Place.directions, Place.source,
            Place.inferred,
        )
        .outerjoin(owner, owner.id == Place.owner_body_id)
        .outerjoin(manager, manager.id == Place.manager_body_id)
        .outerjoin(whole, whole.id == Place.part_of_id)
        .where(Place.deleted_at.is_(None), *where)
    )  # fmt: skip
    return tuple(sorted((PlaceRow(*row) for row in rows), key=lambda one: sort_key(one.name)))


def body_rows(tx: Tx, *where: Condition) -> tuple[BodyRow, ...]:
    """Bodies by name."""
    parent = aliased(Body)
    rows = tx.rows(
        select(Body.id, Body.version, Body.centre_id, Body.name, Body.short_name, Body.kind, Body.parent_id,
               parent.name, Body.municipality, Body.phone, Body.mail, Body.note, Body.source, Body.inferred)
        .outerjoin(parent, parent.id == Body.parent_id)
        .where(Body.deleted_at.is_(None), *where)
    )  # fmt: skip
    return tuple(sorted((BodyRow(*row) for row in rows), key=lambda one: sort_key(one.name)))


def service_rows(tx: Tx, *where: Condition) -> tuple[ServiceRow, ...]:
    """Services by function, in the order of their centre; past ones at the end."""
    rows = tx.rows(
        select(
            Service.id, Service.version, Service.centre_id, Service.name, Service.alias, Service.kind,
            Service.function, Service.state, Service.description, Service.audience, Service.body_id, Body.name,
            Service.place_id, Place.name, Service.access_point_id, AccessPoint.name, Service.phone, Service.mail,
            Service.source, Service.inferred, Service.position,
        )
        .outerjoin(Body, Body.id == Service.body_id)
        .outerjoin(Place, Place.id == Service.place_id)
        .outerjoin(AccessPoint, AccessPoint.id == Service.access_point_id)
        .where(Service.deleted_at.is_(None), *where)
    )  # fmt: skip
    ordered = sorted(rows, key=_service_order)
    return tuple(ServiceRow(*row[:-1]) for row in ordered)


def _service_order(row: Any) -> tuple[Any, ...]:
    name, function, state, position = row[3], row[6], row[7], row[20]
    return state == "past", function or "Z", position, sort_key(name)
