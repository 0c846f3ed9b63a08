"""Bodies and services of the directory as they are entered and changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from famdesk.data.tables.directory import AccessPoint, Body, Partnership, Place, RoleHolder, Service, ServiceLink
from famdesk.data.tx import Tx
from famdesk.domain.centre import profile_codes
from famdesk.domain.codes import BODY_KINDS, FUNCTIONS, codes
from famdesk.domain.errors import RuleError
from famdesk.domain.people.municipalities import municipality
from famdesk.i18n import N_
from famdesk.usecases.directory.places import PartOfItself, StillUsed, UnknownKind, UnknownTown, free, known, named
from famdesk.usecases.registry import usecase


class UnknownFunction(RuleError):
    message = N_("Choose a function from the list, or leave the field empty.")


class UnknownState(RuleError):
    message = N_("Choose a state from the list.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyData:
    """What is entered about a body; None: not known. `kind` is a code of BODY_KINDS, `municipality` an ISTAT code."""

    name: str
    kind: str
    short_name: str | None = None
    parent_id: str | None = None
    municipality: str | None = None
    phone: str | None = None
    mail: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceData:
    """What is entered about a service; None: not known.

    `kind` is a code of SERVICE_KINDS, `state` of SERVICE_STATES, `function` A, B, C or None.
    """

    name: str
    kind: str
    state: str = "active"
    function: str | None = None
    alias: str | None = None
    description: str | None = None
    audience: str | None = None
    body_id: str | None = None
    place_id: str | None = None
    access_point_id: str | None = None
    phone: str | None = None
    mail: str | None = None


@usecase(N_("Body {body} added"))
def add_body(tx: Tx, data: BodyData) -> str:
    """A new body of the directory; gives the id.

    Raises:
        Required, UnknownKind, UnknownTown, NotFound.
    """
    body = Body(name=data.name, kind=data.kind)
    _fill_body(tx, body, data)
    return tx.add(body).id


@usecase(N_("Body {body} changed"))
def change_body(tx: Tx, body_id: str, version: int, data: BodyData) -> None:
    """Changes a body that the own centre entered.

    Raises:
        Required, UnknownKind, UnknownTown, PartOfItself, NotFound, Stale.
    """
    _fill_body(tx, tx.get(Body, body_id, version), data)


@usecase(N_("Body {body} removed"))
def remove_body(tx: Tx, body_id: str, version: int) -> None:
    """Puts a body into the bin.

    Raises:
        StillUsed: it has a part, a role, a place, an access point or a service.
        Stale.
    """
    body = tx.get(Body, body_id, version)
    free(tx.all(Body, Body.parent_id == body_id))
    free(tx.all(Service, Service.body_id == body_id))
    free(tx.all(AccessPoint, AccessPoint.body_id == body_id))
    free(tx.all(Place, (Place.owner_body_id == body_id) | (Place.manager_body_id == body_id)))
    roles = len(tx.all(Partnership, Partnership.body_id == body_id))
    if roles + len(tx.all(RoleHolder, RoleHolder.body_id == body_id)):
        raise StillUsed(what=body.name)
    tx.describe(body=body.name)
    tx.bin(body)


@usecase(N_("Service {service} added"))
def add_service(tx: Tx, data: ServiceData) -> str:
    """A new service of the directory, the last of its list; gives the id.

    Raises:
        Required, UnknownKind, UnknownState, UnknownFunction, NotFound.
    """
    last = tx.rows(select(func.max(Service.position)).where(Service.centre_id == tx.centre_id))[0][0]
    service = Service(name=data.name, kind=data.kind, position=0 if last is None else last + 1)
    _fill_service(tx, service, data)
    return tx.add(service).id


@usecase(N_("Service {service} changed"))
def change_service(tx: Tx, service_id: str, version: int, data: ServiceData) -> None:
    """Changes a service that the own centre entered.

    Raises:
        Required, UnknownKind, UnknownState, UnknownFunction, NotFound, Stale.
    """
    _fill_service(tx, tx.get(Service, service_id, version), data)


@usecase(N_("Service {service} removed"))
def remove_service(tx: Tx, service_id: str, version: int) -> None:
    """Puts a service with its links into the bin; one that has ended had better get the state "past".

    Raises:
        Stale.
    """
    service = tx.get(Service, service_id, version)
    for link in tx.all(ServiceLink, (ServiceLink.service_id == service_id) | (ServiceLink.target_id == service_id)):
        tx.bin(link)
    tx.describe(service=service.name)
    tx.bin(service)


def _fill_body(tx: Tx, body: Body, data: BodyData) -> None:
    if data.kind not in codes(BODY_KINDS):
        raise UnknownKind("kind")
    if data.municipality and municipality(data.municipality) is None:
        raise UnknownTown("municipality")
    _check_parent(tx, body.id, data.parent_id)
    body.name, body.kind, body.short_name = named(data.name), data.kind, data.short_name or None
    body.parent_id, body.municipality = known(tx, Body, data.parent_id), data.municipality or None
    body.phone, body.mail, body.note = data.phone or None, data.mail or None, data.note or None
    tx.describe(body=body.name)


def _fill_service(tx: Tx, service: Service, data: ServiceData) -> None:
    if data.kind not in codes(profile_codes.SERVICE_KINDS):
        raise UnknownKind("kind")
    if data.state not in codes(profile_codes.SERVICE_STATES):
        raise UnknownState("state")
    if data.function and data.function not in codes(FUNCTIONS):
        raise UnknownFunction("function")
    service.name, service.kind, service.state = named(data.name), data.kind, data.state
    service.function, service.alias = data.function or None, data.alias or None
    service.description, service.audience = data.description or None, data.audience or None
    service.body_id, service.place_id = known(tx, Body, data.body_id), known(tx, Place, data.place_id)
    service.access_point_id = known(tx, AccessPoint, data.access_point_id)
    service.phone, service.mail = data.phone or None, data.mail or None
    tx.describe(service=service.name)


def _check_parent(tx: Tx, body_id: str, parent_id: str | None) -> None:
    """Raises PartOfItself: the chain of parents leads back."""
    step = parent_id
    while step:
        if step == body_id:
            raise PartOfItself("parent_id")
        parent = tx.session.get(Body, step)
        step = parent.parent_id if parent else None
