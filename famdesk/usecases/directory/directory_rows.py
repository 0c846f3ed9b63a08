"""What lists and cards of the directory show: plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from famdesk.domain.calendar.calendar import Interval
from famdesk.domain.calendar.hours import ClosedDays, Timetable


@dataclass(frozen=True, slots=True)
class PointRow:
    """An access point at one moment. Times are local wall time.

    `unknown`: its hours are not known, families get in touch. `open_until` None: not open now. `closed_reason` tells in
    words why the day is closed, None on an ordinary day. `today`: when it is open on the day asked for. `phone` and
    `mail` are its own or else those of its centre. `starts_text` keeps the words of the source ("from next spring").
    """

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
    unknown: bool
    open_until: datetime | None
    next_opening: datetime | None
    closed_reason: str | None
    today: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class PointHours:
    """An access point with all that is known of its hours; closures of the asked days and holidays are filled in."""

    id: str
    name: str
    centre_id: str
    timetable: Timetable


@dataclass(frozen=True, slots=True)
class OpenPoint:
    id: str
    access_point: str
    until: datetime


@dataclass(frozen=True, slots=True)
class NextOpening:
    id: str
    access_point: str
    opens: datetime


@dataclass(frozen=True, slots=True)
class OpenNow:
    """Where the doors of the centre are open at `at`, and where they open next.

    `next` has only points that are not open at `at`, the soonest first; `unknown` the names of those whose hours are
    not known.
    """

    at: datetime
    open: tuple[OpenPoint, ...]
    next: tuple[NextOpening, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A weekly slot as it is edited; weekday 1 is Monday, `valid_to` the last day."""

    id: str
    version: int
    access_point_id: str
    weekday: int
    opens: time
    closes: time
    valid_from: date | None
    valid_to: date | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class ExtraRow:
    id: str
    version: int
    access_point_id: str
    day: date
    opens: time
    closes: time
    reason: str | None


@dataclass(frozen=True, slots=True)
class ClosureRow:
    """Days without opening, first to last included; `access_point_id` None: the whole centre."""

    id: str
    version: int
    access_point_id: str | None
    point: str | None
    first_day: date
    last_day: date
    reason: str | None


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """What a body is to a centre, access point or service (`role`, a code); `share_cents` None: not known."""

    id: str
    body_id: str
    name: str
    short_name: str | None
    role: str
    position: int
    share_cents: int | None
    valid_from: date | None
    valid_to: date | None
    note: str | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A public office and who holds it; `name` None: not known."""

    id: str
    version: int
    name: str | None
    title: str
    body_id: str
    body: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class PointDetail:
    """An access point with everything on its card.

    `own_phone` and `own_mail` are what is entered for the point itself. `closures` are the entered ones that are not
    over; `upcoming` what will really be noticed in the next weeks, holidays included.
    """

    row: PointRow
    place_id: str | None
    body_id: str | None
    body: str | None
    own_phone: str | None
    own_mail: str | None
    description: str | None
    building: str | None
    floor: str | None
    directions: str | None
    rules: tuple[RuleRow, ...]
    extras: tuple[ExtraRow, ...]
    closures: tuple[ClosureRow, ...]
    upcoming: tuple[ClosedDays, ...]
    partners: tuple[PartnerRow, ...]
    holders: tuple[HolderRow, ...]
    services: tuple[ServiceRow, ...]
    catchments: tuple[str, ...]
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class RoomRow:
    id: str
    version: int
    centre_id: str
    name: str
    place_id: str
    place: str
    seats: int | None


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place; `owner` and `manager` are names of bodies, `part_of` of a place, each None if not known."""

    id: str
    version: int
    centre_id: str
    name: str
    kind: str
    address: str | None
    building: str | None
    floor: str | None
    postcode: str | None
    municipality: str | None
    town: str | None
    owner_body_id: str | None
    owner: str | None
    manager_body_id: str | None
    manager: str | None
    part_of_id: str | None
    part_of: str | None
    directions: str | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class BodyRow:
    id: str
    version: int
    centre_id: str
    name: str
    short_name: str | None
    kind: str
    parent_id: str | None
    parent: str | None
    municipality: str | None
    phone: str | None
    mail: str | None
    note: str | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service; `function` A, B, C or None (not said); `body`, `place`, `access_point` are names or None."""

    id: str
    version: int
    centre_id: str
    name: str
    alias: str | None
    kind: str
    function: str | None
    state: str
    description: str | None
    audience: str | None
    body_id: str | None
    body: str | None
    place_id: str | None
    place: str | None
    access_point_id: str | None
    access_point: str | None
    phone: str | None
    mail: str | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """How a service is tied to another record. `reverse`: the other one names this service (its predecessor, say).

    `target_kind` is the table of the other record, `state` the state of the other service (None for others).
    """

    id: str
    kind: str
    reverse: bool
    target_id: str
    target_kind: str
    target: str
    state: str | None
    source: str | None
    inferred: str | None


@dataclass(frozen=True, slots=True)
class TieRow:
    """A record on which a body has a role, such as lead of a centre."""

    id: str
    role: str
    subject_id: str
    subject_kind: str
    subject: str
    note: str | None


@dataclass(frozen=True, slots=True)
class ServiceDetail:
    row: ServiceRow
    links: tuple[LinkRow, ...]
    partners: tuple[PartnerRow, ...]
    statements: tuple[StatementRow, ...]
    catchments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyDetail:
    row: BodyRow
    parts: tuple[BodyRow, ...]
    holders: tuple[HolderRow, ...]
    ties: tuple[TieRow, ...]
    services: tuple[ServiceRow, ...]
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PlaceDetail:
    row: PlaceRow
    parts: tuple[PlaceRow, ...]
    rooms: tuple[RoomRow, ...]
    points: tuple[tuple[str, str], ...]
    services: tuple[ServiceRow, ...]


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A sentence of what a centre or service is for (`kind`, a code)."""

    id: str
    kind: str
    text: str
    function: str | None
    source: str | None
    inferred: str | None
