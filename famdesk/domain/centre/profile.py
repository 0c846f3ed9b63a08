"""A centre profile as plain values: everything that a document says about a centre or a network of centres.

The classes stand close to the records, with short keys instead of ids. A field's annotation says what the profile file
may hold there; the reader takes its checks from it, so that a field is described in one place only. A field without a
default must be given. None means that the sources do not say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, ClassVar, get_type_hints

from famdesk.domain import codes
from famdesk.domain.centre import profile_codes

ALL_CENTRES = "all"
"""As the `centre` of an entry: each centre of the network gets its own copy."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_FROM_SOURCES = "not from the sources: "
"""How the `source` of an entry begins that no declared document backs."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A value of the file's own types: text, yes_no, day, clock or moment."""

    kind: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """A code of a list; with `numbered`, its place in the list (1 first) is what is kept."""

    codes: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """The short name by which other entries refer to this one, unique in the whole file."""


@dataclass(frozen=True, slots=True)
class To:
    """The key of an entry of one of the tables; with `acyclic`, following it must never lead back."""

    tables: tuple[str, ...]
    acyclic: bool = False


@dataclass(frozen=True, slots=True)
class Istat:
    """The six-digit ISTAT code of a comune; with `many`, a list of them."""

    many: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A reference such as "004 §3, §7": a declared document and paragraphs that it has."""


@dataclass(frozen=True, slots=True)
class Inferred:
    """Fields that are inferred and how, such as "starts_on: year from the weekday; town: from the name"."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of another class inside this one, one `[[table.name]]` each."""

    entry: str


Rule = Plain | Whole | OneOf | Key | To | Istat | Source | Inferred | Entries

Words = Annotated[str, Plain("text")]
OptWords = Annotated[str | None, Plain("text")]
YesNo = Annotated[bool, Plain("yes_no")]
OptDay = Annotated[date | None, Plain("day")]
Clock = Annotated[time, Plain("clock")]
OptClock = Annotated[time | None, Plain("clock")]
OptMoment = Annotated[datetime | None, Plain("moment")]
OptCents = Annotated[int | None, Whole(0, 10**12)]
OptComune = Annotated[str | None, Istat()]
Comuni = Annotated[tuple[str, ...], Istat(many=True)]
EntryKey = Annotated[str, Key()]
OptFunction = Annotated[str | None, OneOf(codes.codes(codes.FUNCTIONS))]
OptBody = Annotated[str | None, To(("body",))]
OptPlace = Annotated[str | None, To(("place",))]
SUBJECTS = ("network", "centre", "access_point", "service", "initiative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What all entries have: where the fact comes from, what of it is inferred, whose it is, its line in the file.

    `centre` is the centre that keeps the record (None: the only or first one); `line` counts from 1.
    """

    table: ClassVar[str]
    source: Annotated[str, Source()]
    inferred: Annotated[str | None, Inferred()] = None
    centre: Annotated[str | None, To(("centre",))] = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentEntry:
    """A source document and how many paragraphs it has (lines of text; blank ones are not counted)."""

    table: ClassVar[str] = "document"
    key: EntryKey
    title: Words
    paragraphs: Annotated[int, Whole(1, 100_000)]
    file: OptWords = None
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEntry(Entry):
    table: ClassVar[str] = "network"
    key: EntryKey
    name: Words
    description: OptWords = None
    access_terms: OptWords = None
    planned_centres: Annotated[int | None, Whole(1, 1000)] = None
    owner_body: OptBody = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreEntry(Entry):
    table: ClassVar[str] = "centre"
    key: EntryKey
    name: Words
    alias: OptWords = None
    tagline: OptWords = None
    description: OptWords = None
    municipality: OptComune = None
    phone: OptWords = None
    mail: OptWords = None
    access_terms: OptWords = None
    starts_on: OptDay = None
    ends_on: OptDay = None
    multipurpose: YesNo = False
    language: Annotated[str, OneOf(("it", "en", "de"))] = "it"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyEntry(Entry):
    table: ClassVar[str] = "body"
    key: EntryKey
    name: Words
    short_name: OptWords = None
    kind: Annotated[str, OneOf(codes.codes(codes.BODY_KINDS))]
    parent: Annotated[str | None, To(("body",), acyclic=True)] = None
    municipality: OptComune = None
    phone: OptWords = None
    mail: OptWords = None
    note: OptWords = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHolderEntry(Entry):
    table: ClassVar[str] = "role_holder"
    name: OptWords = None
    title: Words
    body: Annotated[str, To(("body",))]
    valid_from: OptDay = None
    valid_to: OptDay = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEntry(Entry):
    table: ClassVar[str] = "place"
    key: EntryKey
    name: Words
    kind: Annotated[str, OneOf(codes.codes(codes.PLACE_KINDS))]
    address: OptWords = None
    building: OptWords = None
    floor: OptWords = None
    postcode: OptWords = None
    municipality: OptComune = None
    town: OptWords = None
    owner_body: OptBody = None
    manager_body: OptBody = None
    part_of: Annotated[str | None, To(("place",), acyclic=True)] = None
    directions: OptWords = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry(Entry):
    """A weekly slot of the access point around it; `weekday` 1 is Monday, 00:00 as `closes` is the end of the day."""

    table: ClassVar[str] = "opening_rule"
    weekday: Annotated[int, OneOf(WEEKDAYS, numbered=True)]
    opens: Clock
    closes: Clock
    valid_from: OptDay = None
    valid_to: OptDay = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPointEntry(Entry):
    """Without `hours` they are unknown: families come by appointment or get in touch."""

    table: ClassVar[str] = "access_point"
    key: EntryKey
    name: Words
    place: OptPlace = None
    body: OptBody = None
    audience: OptWords = None
    age_band: OptWords = None
    description: OptWords = None
    phone: OptWords = None
    mail: OptWords = None
    starts_on: OptDay = None
    starts_text: OptWords = None
    main: YesNo = False
    hours: Annotated[tuple[HoursEntry, ...], Entries("opening_rule")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActEntry(Entry):
    table: ClassVar[str] = "act"
    key: EntryKey
    kind: Annotated[str, OneOf(codes.codes(profile_codes.ACT_KINDS))]
    number: OptWords = None
    title: OptWords = None
    issued_on: OptDay = None
    issuer_body: OptBody = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundEntry(Entry):
    table: ClassVar[str] = "fund"
    key: EntryKey
    name: Words
    owner_body: OptBody = None
    amount_cents: OptCents = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallEntry(Entry):
    table: ClassVar[str] = "call"
    key: EntryKey
    name: Words
    kind: Annotated[str, OneOf(codes.codes(profile_codes.CALL_KINDS))]
    issuer_body: OptBody = None
    act: Annotated[str | None, To(("act",))] = None
    fund: Annotated[str | None, To(("fund",))] = None
    deadline: OptMoment = None
    deadline_text: OptWords = None
    outcome: Annotated[str | None, OneOf(codes.codes(profile_codes.CALL_OUTCOMES))] = None
    amount_cents: OptCents = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEntry(Entry):
    """How the service around it is tied to another entry."""

    table: ClassVar[str] = "service_link"
    kind: Annotated[str, OneOf(codes.codes(profile_codes.SERVICE_LINKS))]
    target: Annotated[str, To((*SUBJECTS, "body", "place"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEntry(Entry):
    table: ClassVar[str] = "service"
    key: EntryKey
    name: Words
    alias: OptWords = None
    kind: Annotated[str, OneOf(codes.codes(profile_codes.SERVICE_KINDS))]
    function: OptFunction = None
    state: Annotated[str, OneOf(codes.codes(profile_codes.SERVICE_STATES))] = "active"
    description: OptWords = None
    audience: OptWords = None
    body: OptBody = None
    place: OptPlace = None
    access_point: Annotated[str | None, To(("access_point",))] = None
    phone: OptWords = None
    mail: OptWords = None
    link: Annotated[tuple[LinkEntry, ...], Entries("service_link")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEntry(Entry):
    """A meeting of the initiative around it; without `day` its date is to be set."""

    table: ClassVar[str] = "meeting"
    number: Annotated[int, Whole(1, 1000)]
    day: OptDay = None
    starts: OptClock = None
    minutes: Annotated[int | None, Whole(1, 24 * 60)] = None
    place: OptPlace = None
    leader: OptWords = None
    theme: OptWords = None
    state: Annotated[str, OneOf(codes.codes(profile_codes.MEETING_STATES))] = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class InitiativeEntry(Entry):
    table: ClassVar[str] = "initiative"
    key: EntryKey
    name: Words
    alias: OptWords = None
    kind: Annotated[str, OneOf(codes.codes(codes.INITIATIVE_KINDS))]
    function: OptFunction = None
    state: Annotated[str, OneOf(codes.codes(codes.INITIATIVE_STATES))] = "preparation"
    audience: Annotated[str, OneOf(codes.codes(codes.AUDIENCES))] = "families"
    target: OptWords = None
    topics: OptWords = None
    description: OptWords = None
    starts_on: OptDay = None
    season_text: OptWords = None
    usual_weekday: Annotated[int | None, OneOf(WEEKDAYS, numbered=True)] = None
    usual_time: OptClock = None
    capacity: Annotated[int | None, Whole(1, 100_000)] = None
    place: OptPlace = None
    continues: Annotated[str | None, To(("initiative",), acyclic=True)] = None
    meeting: Annotated[tuple[MeetingEntry, ...], Entries("meeting")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnershipEntry(Entry):
    """What `body` is to `subject`; the order in the file is the order of names and logos."""

    table: ClassVar[str] = "partnership"
    subject: Annotated[str, To(SUBJECTS)]
    body: Annotated[str, To(("body",))]
    role: Annotated[str, OneOf(codes.codes(profile_codes.PARTNERSHIP_ROLES))]
    share_cents: OptCents = None
    valid_from: OptDay = None
    valid_to: OptDay = None
    note: OptWords = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry(Entry):
    table: ClassVar[str] = "statement"
    subject: Annotated[str, To(SUBJECTS)]
    kind: Annotated[str, OneOf(codes.codes(profile_codes.STATEMENT_KINDS))]
    text: Words
    function: OptFunction = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchmentEntry(Entry):
    table: ClassVar[str] = "catchment"
    subject: Annotated[str, To(SUBJECTS)]
    name: Words
    extent: Annotated[str, OneOf(codes.codes(profile_codes.CATCHMENT_EXTENTS))]
    municipalities: Comuni = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A whole profile: either one centre without a network, or a network with its centres. Entries in file order."""

    title: str
    document: tuple[DocumentEntry, ...] = ()
    network: tuple[NetworkEntry, ...] = ()
    centre: tuple[CentreEntry, ...] = ()
    body: tuple[BodyEntry, ...] = ()
    role_holder: tuple[RoleHolderEntry, ...] = ()
    place: tuple[PlaceEntry, ...] = ()
    access_point: tuple[AccessPointEntry, ...] = ()
    act: tuple[ActEntry, ...] = ()
    fund: tuple[FundEntry, ...] = ()
    call: tuple[CallEntry, ...] = ()
    service: tuple[ServiceEntry, ...] = ()
    initiative: tuple[InitiativeEntry, ...] = ()
    partnership: tuple[PartnershipEntry, ...] = ()
    statement: tuple[StatementEntry, ...] = ()
    catchment: tuple[CatchmentEntry, ...] = ()

    def entries(self) -> Iterator[Entry]:
        """All entries but the documents, those inside others right after the one that holds them."""
        for field in fields(self):
            for entry in getattr(self, field.name) if field.name not in ("title", "document") else ():
                yield entry
                yield from inner_entries(entry)


def inner_entries(entry: Entry) -> tuple[Entry, ...]:
    """The hours of an access point, the links of a service, the meetings of an initiative; nothing for others."""
    match entry:
        case AccessPointEntry():
            return entry.hours
        case ServiceEntry():
            return entry.link
        case InitiativeEntry():
            return entry.meeting
        case _:
            return ()


@cache
def tables() -> dict[str, type[Any]]:
    """The classes of the entries at the top of a profile by table, in the order of `Profile`."""
    hints = get_type_hints(Profile)
    return {each.name: hints[each.name].__args__[0] for each in fields(Profile) if each.name != "title"}


INNER: dict[str, type[Any]] = {kind.table: kind for kind in (HoursEntry, LinkEntry, MeetingEntry)}
"""The classes of the entries inside others, by table."""


@cache
def rules_of(table: str) -> dict[str, Rule]:
    """The fields of an entry that a profile may give, with their rules."""
    kind = INNER.get(table) or tables()[table]
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: hints[each.name].__metadata__[0] for each in fields(kind) if each.name != "line"}
