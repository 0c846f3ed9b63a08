"""What lists and pages of initiatives show: plain rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

UNKNOWN_LENGTH = timedelta(minutes=60)
"""How long a meeting without a known end is drawn in a calendar; nothing of it is stored or printed."""


@dataclass(frozen=True, slots=True)
class InitiativeValues:
    """What is typed of an initiative; see the record. None: not known. `usual_weekday` 1 is Monday."""

    name: str
    kind: str = "cycle"
    function: str | None = None
    state: str = "preparation"
    audience: str = "families"
    alias: str | None = None
    target: str | None = None
    topics: str | None = None
    description: str | None = None
    starts_on: date | None = None
    season_text: str | None = None
    usual_weekday: int | None = None
    usual_time: time | None = None
    capacity: int | None = None
    place_id: str | None = None
    continues_id: str | None = None
    requires_id: str | None = None
    season: str | None = None
    season_year: int | None = None
    capacity_per: str = "cycle"
    counting: str = "names"
    group_form: str | None = None
    approval: bool = False
    offer_hours: int = 48
    enrol_until: date | None = None
    target_who: str | None = None
    target_of_child: bool = False
    target_from: int | None = None
    target_to: int | None = None
    residents: bool = False
    questions: str | None = None
    fee_cents: int | None = None
    flyer_text: str | None = None
    contact_text: str | None = None
    blank_rows: int = 5


@dataclass(frozen=True, slots=True)
class OrganiserValues:
    """A body's part in an initiative: `role` a partnership role, `share_cents` what it gives (None: not said)."""

    body_id: str
    role: str
    share_cents: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class PartyValues:
    """Who or what else is at a meeting: `kind` a code of `MEETING_PARTS`; a colleague, a resource, or only a name."""

    kind: str
    staff_id: str | None = None
    resource_id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class MeetingValues:
    """What is typed of a meeting; None: to be set. `minutes` is its length, `leader` a name that is no colleague's.

    `capacity` None: that of the initiative. `parties` are those beside the leader, in no order.
    """

    day: date | None = None
    starts: time | None = None
    minutes: int | None = None
    place_id: str | None = None
    room_id: str | None = None
    leader: str | None = None
    leader_staff_id: str | None = None
    theme: str | None = None
    capacity: int | None = None
    materials: str | None = None
    note: str | None = None
    child_care: bool = False
    child_care_places: int | None = None
    interpreter_language: str | None = None
    parties: tuple[PartyValues, ...] = ()


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date for a meeting that was read in `version`; None: to be set."""

    meeting_id: str
    version: int
    day: date | None
    starts: time | None


@dataclass(frozen=True, slots=True)
class InitiativeRow:
    """An initiative as lists show it.

    `meetings` counts all meetings, `undated` those without a day; `enrolled` and `waiting` people of the own centre;
    `next_day` is the next planned meeting, None if none has a day. `mine`: it belongs to the own centre.
    """

    id: str
    version: int
    name: str
    alias: str | None
    kind: str
    function: str | None
    state: str
    audience: str
    season_text: str | None
    starts_on: date | None
    capacity: int | None
    meetings: int
    undated: int
    enrolled: int
    waiting: int
    next_day: date | None
    next_starts: time | None
    mine: bool
    season: str | None = None
    season_year: int | None = None
    offered: int = 0
    requested: int = 0

    @property
    def places_left(self) -> int | None:
        """Free places, those offered taken off; None if their number is not limited."""
        return None if self.capacity is None else max(self.capacity - self.enrolled - self.offered, 0)


@dataclass(frozen=True, slots=True)
class PartyRow:
    """Who or what is at a meeting beside the leader, with its name."""

    values: PartyValues
    name: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting: `number` of `total`; what is None is to be set. `leader` is a colleague's name or the one typed.

    `enrolled` are those of the initiative, `present` those who came; `capacity` of the initiative (None: no limit),
    `own_capacity` of this meeting alone. `moved_from` and `moved_from_starts`: when it was to be before it was put off.
    Whoever has a mark is among the enrolled, also after having withdrawn. `counting` "heads": `present` are the heads
    counted; `looked_after` are children in child care.
    """

    id: str
    version: int
    initiative_id: str
    initiative: str
    alias: str | None
    kind: str
    function: str | None
    number: int
    total: int
    day: date | None
    starts: time | None
    minutes: int | None
    place_id: str | None
    place: str | None
    room_id: str | None
    room: str | None
    leader: str | None
    leader_staff_id: str | None
    theme: str | None
    state: str
    reason: str | None
    enrolled: int
    present: int
    capacity: int | None
    inferred: str | None
    mine: bool
    moved_from: date | None = None
    moved_from_starts: time | None = None
    overlap_reason: str | None = None
    own_capacity: int | None = None
    materials: str | None = None
    note: str | None = None
    child_care: bool = False
    child_care_places: int | None = None
    interpreter_language: str | None = None
    parties: tuple[PartyRow, ...] = ()
    adults: int | None = None
    children: int | None = None
    newcomers: int | None = None
    looked_after: int = 0
    counting: str = "names"

    @property
    def values(self) -> MeetingValues:
        """What can be typed of it, as it is."""
        return MeetingValues(
            self.day, self.starts, self.minutes, self.place_id, self.room_id,
            None if self.leader_staff_id else self.leader, self.leader_staff_id, self.theme, self.own_capacity,
            self.materials, self.note, self.child_care, self.child_care_places, self.interpreter_language,
            tuple(one.values for one in self.parties),
        )  # fmt: skip

    @property
    def begins(self) -> datetime | None:
        """Local wall time of the beginning, if day and hour are known."""
        return None if self.day is None or self.starts is None else datetime.combine(self.day, self.starts)

    @property
    def ends(self) -> datetime | None:
        """Local wall time of the end, if it is known."""
        begins = self.begins
        return None if begins is None or self.minutes is None else begins + timedelta(minutes=self.minutes)

    @property
    def drawn_until(self) -> datetime | None:
        """Where a calendar ends the box of a meeting whose end is not known."""
        begins = self.begins
        return None if begins is None else self.ends or begins + UNKNOWN_LENGTH


@dataclass(frozen=True, slots=True)
class OrganiserRow:
    """A body's part in an initiative, in the order of the names on its papers; `role` is a partnership role."""

    body_id: str
    name: str
    short_name: str | None
    role: str
    note: str | None
    share_cents: int | None = None

    @property
    def values(self) -> OrganiserValues:
        """What can be typed of it, as it is."""
        return OrganiserValues(self.body_id, self.role, self.share_cents, self.note)


@dataclass(frozen=True, slots=True)
class ActRow:
    """A formal act that an initiative rests on; `text` is how it is cited."""

    act_id: str
    text: str


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A place in an initiative. `name` is None for a person whom this role may not see: the place is taken.

    `waits_as` is the place on the waiting list, from 1; 0 for those who do not wait. `meeting_id` None: all meetings;
    `part` a code of `enrolment.PARTS`. What is said of a person is None where the person may not be known. `body` is
    what a professional works for, `collects` who may collect a child by the child's file.
    """

    id: str
    version: int
    person_id: str | None
    name: str | None
    state: str
    enrolled_on: date
    note: str | None
    waits_as: int
    part: str = "participant"
    meeting_id: str | None = None
    household_id: str | None = None
    walk_in: bool = False
    offered_until: datetime | None = None
    picked_reason: str | None = None
    mismatch_reason: str | None = None
    answers: str | None = None
    allergies: str | None = None
    pick_up: str | None = None
    photo_release: bool | None = None
    body_id: str | None = None
    body: str | None = None
    asked_at: str | None = None
    collects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """Whether somebody came; `minutes` of presence, None: the whole meeting."""

    meeting_id: str
    enrolment_id: str
    present: bool
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Participants:
    """Who is enrolled (enrolled, then waiting in their order, then withdrawn) and what is noted of who came."""

    enrolments: tuple[EnrolmentRow, ...]
    attendance: tuple[AttendanceRow, ...]


@dataclass(frozen=True, slots=True)
class InitiativeDetail:
    """Everything on the page of an initiative. `participants` is None for roles that may not see who is enrolled.

    `continued_by` are the initiatives that say they continue this one, as id and name. `inferred` names the fields
    that were concluded from the source, and why. `may_change` and `may_enrol`: whether the person who asks may plan
    meetings, and may enrol people and note who came. `today` is the local day of the question.
    """

    row: InitiativeRow
    values: InitiativeValues
    place: str | None
    continues: str | None
    continued_by: tuple[tuple[str, str], ...]
    organisers: tuple[OrganiserRow, ...]
    meetings: tuple[MeetingRow, ...]
    participants: Participants | None
    source: str | None
    inferred: str | None
    may_change: bool
    may_enrol: bool
    today: date
    requires: str | None = None
    acts: tuple[ActRow, ...] = ()
    copied_from: str | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to know about the time of a meeting; it forbids nothing.

    `kind` opening: the access point `name` is open from `starts` to `ends` at the same time; closed: the day is closed,
    `name` says why; meeting: the initiative `name` meets there at the same time. `same_place` is False if the place of
    the meeting is still to be set.
    """

    kind: Literal["opening", "closed", "meeting"]
    name: str
    starts: time | None = None
    ends: time | None = None
    same_place: bool = True
