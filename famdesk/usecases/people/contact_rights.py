"""Who may know a hidden contact point on the office's own screens: who works on the file, and who leads the centre."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from sqlalchemy import ARRAY, Boolean, ColumnElement, Select, String, Text, Time, Uuid, cast, column, func, or_, select

from famdesk.data.journal import Change
from famdesk.data.tables.people import ContactPoint, Person, PersonStaff
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound


@dataclass(frozen=True, slots=True)
class HiddenPoint:
    """A hidden contact point as everybody may know it who may know the person: that it is there, and its rule."""

    id: str
    person_id: str
    kind: str
    may_call: bool
    may_leave_message: bool
    may_write: bool
    safe_from: time | None
    safe_to: time | None
    neutral_name: str | None
    value: str = ""
    owner: str | None = None
    hidden: bool = True
    seen: bool = False


def known_point(tx: Tx) -> ColumnElement[bool]:
    """The condition, on a `ContactPoint`, for what the running query may show: a hidden one only to the colleague in
    charge of the person, to those assigned, and where the row of the rights table has the letter "p"."""
    if "p" in tx.letters:
        return or_(ContactPoint.hidden, ContactPoint.hidden.is_(False))
    return or_(ContactPoint.hidden.is_(False), ContactPoint.person_id.in_(_own(tx)))


def hidden_points(tx: Tx, person_ids: Iterable[str]) -> tuple[HiddenPoint, ...]:
    """The hidden contact points of persons, without what they hide; a server does not show their rows to those who do
    not work on the file."""
    ids, point = sorted(set(person_ids)), ContactPoint
    if not ids:
        return ()
    if tx.session.get_bind().dialect.name == "postgresql":
        told = func.fd_hidden_points(cast(ids, ARRAY(Uuid(as_uuid=False)))).table_valued(
            column("id", Uuid(as_uuid=False)), column("person_id", Uuid(as_uuid=False)), column("kind", Text),
            column("may_call", Boolean), column("may_leave_message", Boolean), column("may_write", Boolean),
            column("safe_from", Time), column("safe_to", Time), column("neutral_name", String),
        ).c  # fmt: skip
        statement = select(*told)
    else:
        statement = select(
            point.id, point.person_id, point.kind, point.may_call, point.may_leave_message, point.may_write,
            point.safe_from, point.safe_to, point.neutral_name,
        ).where(point.person_id.in_(ids), point.hidden, point.deleted_at.is_(None))  # fmt: skip
    return tuple(HiddenPoint(*row) for row in tx.rows(statement))


def works_on(tx: Tx, person_id: str) -> bool:
    """Whether the running use-case may know the hidden contact points of a person."""
    return "p" in tx.letters or bool(tx.rows(_own(tx).where(Person.id == person_id)))


def checked(tx: Tx, point: ContactPoint) -> ContactPoint:
    """The contact point, if the running use-case may know it.

    Raises:
        NotFound: it is hidden from this colleague.
    """
    if point.hidden and not works_on(tx, point.person_id):
        raise NotFound
    return point


def once_hidden(tx: Tx, person_ids: Iterable[str]) -> frozenset[str]:
    """The contact points of persons that are hidden or were at any time: their past tells what is hidden."""
    ids = list(person_ids)
    if tx.session.get_bind().dialect.name == "postgresql":  # which shows no such change
        known = func.fd_knows_point(ContactPoint.id, ContactPoint.person_id, type_=Boolean)
        return frozenset(
            row.id for row in tx.rows(select(ContactPoint.id).where(ContactPoint.person_id.in_(ids), ~known))
        )
    now = select(ContactPoint.id).where(ContactPoint.person_id.in_(ids), ContactPoint.hidden)
    past = select(Change.row_id, Change.before, Change.after).where(
        Change.table_name == ContactPoint.__tablename__, Change.person_id.in_(ids), Change.centre_id == tx.centre_id
    )
    images = ((row.row_id, image) for row in tx.rows(past) for image in (row.before, row.after) if image)
    before = (row_id for row_id, image in images if json.loads(image).get("hidden"))
    return frozenset((*(row.id for row in tx.rows(now)), *before))


def _own(tx: Tx) -> Select[str]:
    mine = tx.actor.staff_id
    assigned = select(PersonStaff.person_id).where(
        PersonStaff.staff_id == mine, PersonStaff.kind == "assigned", PersonStaff.deleted_at.is_(None)
    )
    return select(Person.id).where(or_(Person.owner_staff_id == mine, Person.id.in_(assigned)))
