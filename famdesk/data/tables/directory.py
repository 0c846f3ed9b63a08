"""The directory: bodies and who holds office there, places, access points and their hours, services."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy.orm import Mapped, mapped_column

from famdesk.data.base import Record, Sourced, ref


class Body(Record, Sourced):
    """An organisation or a part of one (`parent_id`): Comune and its sectors, Asst, cooperative, hospital, school."""

    __tablename__ = "body"
    shared = True
    name: Mapped[str]
    short_name: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str]
    parent_id: Mapped[str | None] = ref("body", nullable=True)
    municipality: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class Partnership(Record, Sourced):
    """What a body is to a centre, network, service, access point or initiative (`subject_id`), dated.

    `role` is lead, partner, funder, manager, owner, building_owner, host, network_partner, organiser, model_author…
    `position` orders names and logos; `share_cents` None where the share is not known.
    """

    __tablename__ = "partnership"
    shared = True
    body_id: Mapped[str] = ref("body")
    subject_id: Mapped[str]
    role: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    share_cents: Mapped[int | None] = mapped_column(default=None)
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)


class RoleHolder(Record, Sourced):
    """A public office and who holds it; not a client and not a member of staff."""

    __tablename__ = "role_holder"
    shared = True
    name: Mapped[str | None] = mapped_column(default=None)
    title: Mapped[str]
    body_id: Mapped[str] = ref("body")
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)


class Place(Record, Sourced):
    """A physical address or a virtual place. Owner of the building and managing body may differ."""

    __tablename__ = "place"
    shared = True
    name: Mapped[str]
    kind: Mapped[str]
    address: Mapped[str | None] = mapped_column(default=None)
    building: Mapped[str | None] = mapped_column(default=None)
    floor: Mapped[str | None] = mapped_column(default=None)
    postcode: Mapped[str | None] = mapped_column(default=None)
    municipality: Mapped[str | None] = mapped_column(default=None)
    town: Mapped[str | None] = mapped_column(default=None)
    owner_body_id: Mapped[str | None] = ref("body", nullable=True)
    manager_body_id: Mapped[str | None] = ref("body", nullable=True)
    part_of_id: Mapped[str | None] = ref("place", nullable=True)
    directions: Mapped[str | None] = mapped_column(default=None)


class Room(Record):
    """A room of a place that appointments and meetings take."""

    __tablename__ = "room"
    shared = True
    name: Mapped[str]
    place_id: Mapped[str] = ref("place")
    seats: Mapped[int | None] = mapped_column(default=None)


class AccessPoint(Record, Sourced):
    """Where families are received. Without any opening rule its hours are unknown: "su contatto", never invented."""

    __tablename__ = "access_point"
    shared = True
    name: Mapped[str]
    place_id: Mapped[str | None] = ref("place", nullable=True)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    position: Mapped[int] = mapped_column(default=0)
    audience: Mapped[str | None] = mapped_column(default=None)
    age_band: Mapped[str | None] = mapped_column(default=None)
    description: Mapped[str | None] = mapped_column(default=None)
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    starts_on: Mapped[date | None] = mapped_column(default=None)
    starts_text: Mapped[str | None] = mapped_column(default=None)
    main: Mapped[bool] = mapped_column(default=False)


class OpeningRule(Record, Sourced):
    """A weekly slot [opens, closes) of an access point; weekday 1 is Monday; `valid_to` is the last day it holds."""

    __tablename__ = "opening_rule"
    shared = True
    access_point_id: Mapped[str] = ref("access_point")
    weekday: Mapped[int]
    opens: Mapped[time]
    closes: Mapped[time]
    valid_from: Mapped[date | None] = mapped_column(default=None)
    valid_to: Mapped[date | None] = mapped_column(default=None)


class ExtraOpening(Record):
    """A single opening beside the weekly rule; it also beats a holiday or a closure."""

    __tablename__ = "extra_opening"
    shared = True
    access_point_id: Mapped[str] = ref("access_point")
    day: Mapped[date]
    opens: Mapped[time]
    closes: Mapped[time]
    reason: Mapped[str | None] = mapped_column(default=None)


class Closure(Record):
    """Days (first to last, inclusive) without opening, at one access point or (None) at the whole centre."""

    __tablename__ = "closure"
    shared = True
    access_point_id: Mapped[str | None] = ref("access_point", nullable=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str | None] = mapped_column(default=None)


class Service(Record, Sourced):
    """What families can get, by function A, B or C (None: not said); `state` active, planned, experimental or past."""

    __tablename__ = "service"
    shared = True
    name: Mapped[str]
    alias: Mapped[str | None] = mapped_column(default=None)
    kind: Mapped[str]
    function: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[str] = mapped_column(default="active")
    description: Mapped[str | None] = mapped_column(default=None)
    audience: Mapped[str | None] = mapped_column(default=None)
    body_id: Mapped[str | None] = ref("body", nullable=True)
    place_id: Mapped[str | None] = ref("place", nullable=True)
    access_point_id: Mapped[str | None] = ref("access_point", nullable=True)
    phone: Mapped[str | None] = mapped_column(default=None)
    mail: Mapped[str | None] = mapped_column(default=None)
    position: Mapped[int] = mapped_column(default=0)


class ServiceLink(Record, Sourced):
    """How a service is tied to another record (`target_id`): builds_on (predecessor), part_of, held_at, works_with."""

    __tablename__ = "service_link"
    shared = True
    service_id: Mapped[str] = ref("service")
    kind: Mapped[str]
    target_id: Mapped[str]
