"""What and who can be booked and is neither a room nor a colleague: equipment, vehicles, mediators."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from famdesk.data.tables.calendar import Resource
from famdesk.data.tables.directory import Body, Place
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.i18n import N_
from famdesk.i18n.collate import sort_key
from famdesk.usecases.registry import query, usecase


class UnknownResource(RuleError):
    message = N_("Choose from the list what it is.")


class LanguageMissing(RuleError):
    message = N_("Give at least one language that the mediator speaks.")


@dataclass(frozen=True, slots=True)
class ResourceValues:
    """What is known of a resource. `languages`: codes, of a mediator; `body_id` the body that sends or owns it;
    `place_id` where it is kept."""

    kind: str
    name: str
    languages: tuple[str, ...] = ()
    body_id: str | None = None
    place_id: str | None = None
    phone: str | None = None
    mail: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """A resource for lists and forms. `body` and `place` are names or ""; not `active`: it is no longer offered."""

    id: str
    version: int
    values: ResourceValues
    body: str
    place: str
    active: bool


@query
def resources(tx: Tx) -> tuple[ResourceRow, ...]:
    """All resources of the centre, mediators first, each kind by name; the retired ones last."""
    rows = tx.rows(
        select(Resource, Body.name.label("body"), Place.name.label("place"))
        .outerjoin(Body, Body.id == Resource.body_id)
        .outerjoin(Place, Place.id == Resource.place_id)
        .where(Resource.centre_id == tx.centre_id, Resource.deleted_at.is_(None))
    )
    order = {code: place for place, code in enumerate(codes.codes(codes.RESOURCE_KINDS))}
    found = [ResourceRow(row[0].id, row[0].version, _values(row[0]), row.body or "", row.place or "", row[0].active)
             for row in rows]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (not one.active, order.get(one.values.kind, 99),
                                                sort_key(one.values.name), one.id)))  # fmt: skip


def _values(one: Resource) -> ResourceValues:
    spoken = tuple((one.languages or "").split())
    return ResourceValues(one.kind, one.name, spoken, one.body_id, one.place_id, one.phone, one.mail, one.note)


@usecase(N_("Mediator, vehicle or equipment added"))
def add_resource(tx: Tx, values: ResourceValues) -> str:
    """Something or somebody new that can be booked; gives the id.

    Raises:
        Required, UnknownResource, LanguageMissing, NotFound.
    """
    new = Resource(kind=values.kind, name=values.name, active=True)
    _fill(tx, new, values)
    return tx.add(new).id


@usecase(N_("Mediator, vehicle or equipment changed"))
def change_resource(tx: Tx, resource_id: str, version: int, values: ResourceValues) -> None:
    """Changes what is known of a resource.

    Raises:
        Required, UnknownResource, LanguageMissing, NotFound, Stale.
    """
    _fill(tx, tx.get(Resource, resource_id, version), values)


@usecase(N_("Mediator, vehicle or equipment retired or offered again"))
def retire_resource(tx: Tx, resource_id: str, version: int, *, retired: bool) -> None:
    """No longer offers a resource, or offers it again; what it was booked for stays.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(Resource, resource_id, version)
    found.active = not retired


def _fill(tx: Tx, resource: Resource, values: ResourceValues) -> None:
    if values.kind not in codes.codes(codes.RESOURCE_KINDS):
        raise UnknownResource("kind")
    if not values.name.strip():
        raise Required("name")
    if values.kind == "mediator" and not values.languages:
        raise LanguageMissing("languages")
    for kind, linked in ((Body, values.body_id), (Place, values.place_id)):
        if linked is not None and tx.session.get(kind, linked) is None:
            raise NotFound
    resource.kind, resource.name = values.kind, values.name.strip()
    resource.languages = " ".join(dict.fromkeys(values.languages)) or None
    resource.body_id, resource.place_id = values.body_id, values.place_id
    resource.phone, resource.mail = values.phone or None, values.mail or None
    resource.note = (values.note or "").strip() or None
