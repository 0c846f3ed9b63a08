"""Who may know a hidden contact point on the office's own screens: who works on the file, and who leads the centre."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, or_, select

from famdesk.data.journal import Change
from famdesk.data.people import ContactPoint, Person, PersonStaff
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound


def known_point(tx: Tx) -> ColumnElement[bool]:
    """The condition, on a `ContactPoint`, for what the running query may show: a hidden one only to the colleague in
    charge of the person, to those assigned, and where the row of the rights table has the letter "p"."""
    if "p" in tx.letters:
        return or_(ContactPoint.hidden, ContactPoint.hidden.is_(False))
    return or_(ContactPoint.hidden.is_(False), ContactPoint.person_id.in_(_own(tx)))


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
