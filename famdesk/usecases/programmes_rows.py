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


@dataclass(frozen=True, slots=True)
class MeetingValues:
    """What is typed of a meeting; None: to be set. `minutes` is its length, `leader` a name that is no colleague's."""

    day: date | None = None
    starts: time | None = None
    minutes: int | None = None
    place_id: str | None = None
    room_id: str | None = None
    leader: str | None = None
    leader_staff_id: str | None = None
    theme: str | None = None


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

    @property
    def places_left(self) -> int | None:
        """Free places; None if their number is not limited."""
        return None if self.capacity is None else max(self.capacity - self.enrolled, 0)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting: `number` of `total`; what is None is to be set. `leader` is a colleague's name or the one typed.

    `enrolled` are those of the initiative, `present` those who came; `capacity` of the initiative (None: no limit).
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


@dataclass(frozen=True, slots=True)
class EnrolmentRow:
    """A place in an initiative. `name` is None for a person whom this role may not see: the place is taken.

    `waits_as` is the place on the waiting list, from 1; 0 for those who do not wait.
    """

    id: str
    version: int
    person_id: str | None
    name: str | None
    state: str
    enrolled_on: date
    note: str | None
    waits_as: int


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    meeting_id: str
    enrolment_id: str
    present: bool


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
