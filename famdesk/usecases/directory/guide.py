"""The directory card by card: one access point, service, body or place with all that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import or_, select

from famdesk.data.base import Record
from famdesk.data.tables.centre import Catchment, Centre, Network
from famdesk.data.tables.directory import (
    AccessPoint,
    Body,
    Closure,
    ExtraOpening,
    OpeningRule,
    Partnership,
    Place,
    Room,
    Service,
    ServiceLink,
)
from famdesk.data.tables.programmes import Initiative
from famdesk.data.tx import Tx
from famdesk.domain.calendar import hours
from famdesk.domain.errors import NotFound
from famdesk.i18n.collate import sort_key
from famdesk.usecases.centre.centre import holder_rows, partner_rows, statement_rows
from famdesk.usecases.directory import directory_reads as reads
from famdesk.usecases.directory.directory_rows import (
    BodyDetail,
    ClosureRow,
    ExtraRow,
    LinkRow,
    PlaceDetail,
    PointDetail,
    RuleRow,
    ServiceDetail,
    TieRow,
)
from famdesk.usecases.registry import query

WEEKS_AHEAD = 8
"""How far the closures on the card of an access point reach."""

SUBJECTS: tuple[type[Record], ...] = (Network, Centre, AccessPoint, Service, Initiative, Body, Place)


@query
def point(tx: Tx, access_point_id: str) -> PointDetail:
    """An access point, of whichever centre, with hours, closures, partners and services.

    Raises:
        NotFound.
    """
    record = tx.get(AccessPoint, access_point_id)
    place = tx.session.get(Place, record.place_id) if record.place_id else None
    body = tx.session.get(Body, record.body_id) if record.body_id else None
    today = tx.today()
    weeks = timedelta(weeks=WEEKS_AHEAD)
    found = reads.point_records(tx, AccessPoint.id == record.id)
    timetable = reads.timetables_of(tx, found, today, today + weeks)[record.id]
    partners = partner_rows(tx, record.id)
    holders = holder_rows(tx, *{one for one in (record.body_id, *(row.body_id for row in partners)) if one})
    return PointDetail(
        row=reads.points_at(tx, tx.now(), AccessPoint.id == record.id)[0], place_id=record.place_id,
        body_id=record.body_id, body=body.name if body else None, own_phone=record.phone, own_mail=record.mail,
        description=record.description, building=place.building if place else None,
        floor=place.floor if place else None, directions=place.directions if place else None,
        rules=_rules(tx, record.id), extras=_extras(tx, record.id), closures=_closures(tx, record),
        upcoming=hours.upcoming_closures(timetable, today, weeks.days), partners=partners,
        holders=holders if record.body_id or partners else (),
        services=reads.service_rows(tx, Service.access_point_id == record.id),
        catchments=_catchments(tx, record.id), source=record.source, inferred=record.inferred,
    )  # fmt: skip


@query
def service(tx: Tx, service_id: str) -> ServiceDetail:
    """A service with predecessors, successors, the bodies behind it and what is said of it.

    Raises:
        NotFound.
    """
    rows = reads.service_rows(tx, Service.id == service_id)
    if not rows:
        raise NotFound
    return ServiceDetail(rows[0], _links(tx, service_id), partner_rows(tx, service_id),
                         statement_rows(tx, service_id), _catchments(tx, service_id))  # fmt: skip


@query
def body(tx: Tx, body_id: str) -> BodyDetail:
    """A body with its parts, offices, roles, services and access points.

    Raises:
        NotFound.
    """
    rows = reads.body_rows(tx, Body.id == body_id)
    if not rows:
        raise NotFound
    return BodyDetail(rows[0], reads.body_rows(tx, Body.parent_id == body_id), holder_rows(tx, body_id),
                      _ties(tx, body_id), reads.service_rows(tx, Service.body_id == body_id),
                      _points(tx, AccessPoint.body_id == body_id))  # fmt: skip


@query
def place(tx: Tx, place_id: str) -> PlaceDetail:
    """A place with its parts, rooms, access points and services.

    Raises:
        NotFound.
    """
    rows = reads.place_rows(tx, Place.id == place_id)
    if not rows:
        raise NotFound
    return PlaceDetail(rows[0], reads.place_rows(tx, Place.part_of_id == place_id),
                       reads.room_rows(tx, Room.place_id == place_id), _points(tx, AccessPoint.place_id == place_id),
                       reads.service_rows(tx, Service.place_id == place_id))  # fmt: skip


def _rules(tx: Tx, point_id: str) -> tuple[RuleRow, ...]:
    rule = OpeningRule
    rows = tx.rows(
        select(rule.id, rule.version, rule.access_point_id, rule.weekday, rule.opens, rule.closes, rule.valid_from,
               rule.valid_to, rule.source, rule.inferred)
        .where(rule.deleted_at.is_(None), rule.access_point_id == point_id)
        .order_by(rule.weekday, rule.opens, rule.id)
    )  # fmt: skip
    return tuple(RuleRow(*row) for row in rows)


def _extras(tx: Tx, point_id: str) -> tuple[ExtraRow, ...]:
    extra = ExtraOpening
    rows = tx.rows(
        select(extra.id, extra.version, extra.access_point_id, extra.day, extra.opens, extra.closes, extra.reason)
        .where(extra.deleted_at.is_(None), extra.access_point_id == point_id, extra.day >= tx.today())
        .order_by(extra.day, extra.opens)
    )
    return tuple(ExtraRow(*row) for row in rows)


def _closures(tx: Tx, record: AccessPoint) -> tuple[ClosureRow, ...]:
    whole_centre = Closure.access_point_id.is_(None) & (Closure.centre_id == record.centre_id)
    return reads.closure_rows(tx, Closure.last_day >= tx.today(),
                              or_(Closure.access_point_id == record.id, whole_centre))  # fmt: skip


def _points(tx: Tx, condition: reads.Condition) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, one.name) for one in reads.point_records(tx, condition))


def _catchments(tx: Tx, subject_id: str) -> tuple[str, ...]:
    rows = tx.rows(select(Catchment.name).where(Catchment.deleted_at.is_(None), Catchment.subject_id == subject_id))
    return tuple(sorted((row.name for row in rows), key=sort_key))


def _links(tx: Tx, service_id: str) -> tuple[LinkRow, ...]:
    link = ServiceLink
    rows = tx.rows(
        select(link.id, link.kind, link.service_id, link.target_id, link.source, link.inferred)
        .where(link.deleted_at.is_(None), or_(link.service_id == service_id, link.target_id == service_id))
        .order_by(link.id)
    )
    others = subjects(tx, [row.target_id if row.service_id == service_id else row.service_id for row in rows])
    states = {row.id: row.state for row in tx.rows(select(Service.id, Service.state).where(Service.id.in_(others)))}
    found = []
    for row in rows:
        other = row.target_id if row.service_id == service_id else row.service_id
        if other in others:
            found.append(LinkRow(row.id, row.kind, row.service_id != service_id, other, *others[other],
                                 states.get(other), row.source, row.inferred))  # fmt: skip
    return tuple(found)


def _ties(tx: Tx, body_id: str) -> tuple[TieRow, ...]:
    tie = Partnership
    rows = tx.rows(
        select(tie.id, tie.role, tie.subject_id, tie.note)
        .where(tie.deleted_at.is_(None), tie.body_id == body_id)
        .order_by(tie.position, tie.id)
    )
    named = subjects(tx, [row.subject_id for row in rows])
    return tuple(TieRow(row.id, row.role, row.subject_id, *named[row.subject_id], row.note)
                 for row in rows if row.subject_id in named)  # fmt: skip


def subjects(tx: Tx, ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The table and name of records that partnerships and links speak of, by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    return {
        row.id: (kind.__tablename__, row.name)
        for kind in SUBJECTS
        for row in tx.rows(
            select(kind.id, kind.name).where(kind.id.in_(wanted), kind.deleted_at.is_(None))  # type: ignore[attr-defined]
        )
    }
