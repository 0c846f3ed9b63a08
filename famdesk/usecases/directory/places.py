"""Access points, places and rooms as they are entered and changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from sqlalchemy import func, select

from famdesk.data.tables.directory import AccessPoint, Body, OpeningRule, Place, Room, Service
from famdesk.data.tx import Tx
from famdesk.domain.codes import PLACE_KINDS, TARGET_AGES, codes
from famdesk.domain.errors import NotFound, Required, RuleError
from famdesk.domain.people.municipalities import municipality
from famdesk.i18n import N_
from famdesk.usecases.registry import usecase


class UnknownKind(RuleError):
    message = N_("Choose a kind from the list.")


class UnknownBand(RuleError):
    message = N_("Choose an age band from the list.")


class UnknownTown(RuleError):
    message = N_("This comune is not in the list. Leave the field empty if it is not known.")


class PartOfItself(RuleError):
    message = N_("This entry cannot be a part of itself.")


class StillUsed(RuleError):
    message = N_("Still used by {what}. Change that first.")


class TooFewSeats(RuleError):
    message = N_("A room has at least one seat. Leave the field empty if the number is not known.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointData:
    """What is entered about an access point; None: not known. Hours are entered apart, see `hours`."""

    name: str
    place_id: str | None = None
    body_id: str | None = None
    audience: str | None = None
    age_band: str | None = None
    description: str | None = None
    phone: str | None = None
    mail: str | None = None
    starts_on: date | None = None
    starts_text: str | None = None
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceData:
    """What is entered about a place; None: not known. `kind` is a code of PLACE_KINDS, `municipality` an ISTAT code."""

    name: str
    kind: str
    address: str | None = None
    building: str | None = None
    floor: str | None = None
    postcode: str | None = None
    municipality: str | None = None
    town: str | None = None
    owner_body_id: str | None = None
    manager_body_id: str | None = None
    part_of_id: str | None = None
    directions: str | None = None


@usecase(N_("Access point {point} added"))
def add_access_point(tx: Tx, data: PointData) -> str:
    """A new access point of the own centre, the last of its list, with unknown hours; gives the id.

    Raises:
        Required, UnknownBand, NotFound.
    """
    last = tx.rows(select(func.max(AccessPoint.position)).where(AccessPoint.centre_id == tx.centre_id))[0][0]
    point = AccessPoint(name=data.name, position=0 if last is None else last + 1)
    _fill_point(tx, point, data)
    return tx.add(point).id


@usecase(N_("Access point {point} changed"))
def change_access_point(tx: Tx, access_point_id: str, version: int, data: PointData) -> None:
    """Changes an access point of the own centre.

    Raises:
        Required, UnknownBand, NotFound, Stale.
    """
    _fill_point(tx, tx.get(AccessPoint, access_point_id, version), data)


@usecase(N_("Access point {point} removed"))
def remove_access_point(tx: Tx, access_point_id: str, version: int) -> None:
    """Puts an access point with its weekly hours into the bin.

    Raises:
        StillUsed: a service is offered there.
        Stale.
    """
    point = tx.get(AccessPoint, access_point_id, version)
    free(tx.all(Service, Service.access_point_id == access_point_id))
    for rule in tx.all(OpeningRule, OpeningRule.access_point_id == access_point_id):
        tx.bin(rule)
    tx.describe(point=point.name)
    tx.bin(point)


@usecase(N_("Place {place} added"))
def add_place(tx: Tx, data: PlaceData) -> str:
    """A new place of the directory; gives the id.

    Raises:
        Required, UnknownKind, UnknownTown, NotFound.
    """
    place = Place(name=data.name, kind=data.kind)
    _fill_place(tx, place, data)
    return tx.add(place).id


@usecase(N_("Place {place} changed"))
def change_place(tx: Tx, place_id: str, version: int, data: PlaceData) -> None:
    """Changes a place that the own centre entered.

    Raises:
        Required, UnknownKind, UnknownTown, PartOfItself, NotFound, Stale.
    """
    _fill_place(tx, tx.get(Place, place_id, version), data)


@usecase(N_("Place {place} removed"))
def remove_place(tx: Tx, place_id: str, version: int) -> None:
    """Puts a place into the bin.

    Raises:
        StillUsed: an access point, room, service or other place is there.
        Stale.
    """
    place = tx.get(Place, place_id, version)
    free(tx.all(AccessPoint, AccessPoint.place_id == place_id))
    free(tx.all(Room, Room.place_id == place_id))
    free(tx.all(Service, Service.place_id == place_id))
    free(tx.all(Place, Place.part_of_id == place_id))
    tx.describe(place=place.name)
    tx.bin(place)


@usecase(N_("Room {room} added"))
def add_room(tx: Tx, *, name: str, place_id: str, seats: int | None = None) -> str:
    """A new room of the own centre in a place; gives the id. `seats` None: not known.

    Raises:
        Required, TooFewSeats, NotFound.
    """
    room = Room(name=name, place_id=place_id)
    _fill_room(tx, room, name, place_id, seats)
    return tx.add(room).id


@usecase(N_("Room {room} changed"))
def change_room(tx: Tx, room_id: str, version: int, *, name: str, place_id: str, seats: int | None) -> None:
    """Changes a room of the own centre.

    Raises:
        Required, TooFewSeats, NotFound, Stale.
    """
    _fill_room(tx, tx.get(Room, room_id, version), name, place_id, seats)


@usecase(N_("Room {room} removed"))
def remove_room(tx: Tx, room_id: str, version: int) -> None:
    """Puts a room into the bin; what took place in it keeps its name.

    Raises:
        Stale.
    """
    room = tx.get(Room, room_id, version)
    tx.describe(room=room.name)
    tx.bin(room)


def _fill_point(tx: Tx, point: AccessPoint, data: PointData) -> None:
    if data.age_band and data.age_band not in codes(TARGET_AGES):
        raise UnknownBand("age_band")
    point.name = named(data.name)
    point.place_id, point.body_id = known(tx, Place, data.place_id), known(tx, Body, data.body_id)
    point.audience, point.age_band = data.audience or None, data.age_band or None
    point.description, point.phone, point.mail = data.description or None, data.phone or None, data.mail or None
    point.starts_on, point.starts_text = data.starts_on, data.starts_text or None
    if data.main and not point.main:
        for other in tx.all(AccessPoint, AccessPoint.main.is_(True), AccessPoint.centre_id == tx.centre_id):
            other.main = False  # a centre has one main seat
    point.main = data.main
    tx.describe(point=point.name)


def _fill_place(tx: Tx, place: Place, data: PlaceData) -> None:
    if data.kind not in codes(PLACE_KINDS):
        raise UnknownKind("kind")
    if data.municipality and municipality(data.municipality) is None:
        raise UnknownTown("municipality")
    _check_part(tx, place.id, data.part_of_id)
    place.name, place.kind = named(data.name), data.kind
    place.address, place.building, place.floor = data.address or None, data.building or None, data.floor or None
    place.postcode, place.municipality, place.town = data.postcode or None, data.municipality or None, data.town or None
    place.owner_body_id = known(tx, Body, data.owner_body_id)
    place.manager_body_id = known(tx, Body, data.manager_body_id)
    place.part_of_id, place.directions = known(tx, Place, data.part_of_id), data.directions or None
    tx.describe(place=place.name)


def _fill_room(tx: Tx, room: Room, name: str, place_id: str, seats: int | None) -> None:
    if seats is not None and seats < 1:
        raise TooFewSeats("seats")
    if not place_id:
        raise Required("place_id")
    room.name, room.seats = named(name), seats
    room.place_id = known(tx, Place, place_id) or place_id
    tx.describe(room=room.name)


def _check_part(tx: Tx, place_id: str, whole_id: str | None) -> None:
    """Raises PartOfItself: the chain of wholes leads back."""
    step = whole_id
    while step:
        if step == place_id:
            raise PartOfItself("part_of_id")
        whole = tx.session.get(Place, step)
        step = whole.part_of_id if whole else None


def known(tx: Tx, kind: type[Place] | type[Body] | type[AccessPoint], record_id: str | None) -> str | None:
    """The id, if such a record is in the directory, of whichever centre.

    Raises:
        NotFound.
    """
    if not record_id:
        return None
    record = tx.session.get(kind, record_id)
    if record is None or record.deleted_at:
        raise NotFound
    return record.id


def named(name: str) -> str:
    """The name without blanks around it.

    Raises:
        Required.
    """
    if not name.strip():
        raise Required("name")
    return name.strip()


class Named(Protocol):
    """A record with a name."""

    @property
    def name(self) -> Any: ...


def free(users: Sequence[Named]) -> None:
    """Raises StillUsed: there are records that need the one to be removed."""
    if users:
        raise StillUsed(what=[str(record.name) for record in users[:3]])
