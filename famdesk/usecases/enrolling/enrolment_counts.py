"""Places that are taken, and how many came: numbers only, those of people whom one may not know of too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Uuid, and_, cast, column, func, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from famdesk.data.tables.programmes import Attendance, Enrolment, Initiative, Meeting
from famdesk.data.tx import Tx
from famdesk.domain.programmes.enrolment import CHILD_CARE, HOLDING, OPEN, PARTICIPANT, came_first

_ID = Uuid(as_uuid=False)
_AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Presence:
    """How a meeting stands: `expected` are enrolled or have a mark, `present` came; children looked after stand apart.

    `noted`: somebody has a mark, also that they did not come.
    """

    expected: int = 0
    present: int = 0
    looked_after: int = 0
    noted: bool = False


@dataclass(frozen=True, slots=True)
class Seats:
    """The places of one initiative, counted under its lock.

    `limit` None: not limited. `cycle` are places of all meetings, `single` those of one meeting by its id, `limits`
    the meetings' own numbers; `care` children looked after in all meetings and, by meeting, in one, `care_limits` how
    many each meeting can look after.
    """

    limit: int | None
    cycle: int
    single: dict[str, int]
    limits: dict[str, int]
    care: int
    care_single: dict[str, int]
    care_limits: dict[str, int]

    def left(self, meeting_id: str | None) -> int | None:
        """Places left in a meeting, or (None) in all of them; None: not limited."""
        if meeting_id is not None:
            limit = self.limits.get(meeting_id, self.limit)
            return None if limit is None else limit - self.cycle - self.single.get(meeting_id, 0)
        found = [limit - self.cycle - self.single.get(one, 0) for one, limit in self.limits.items()]
        if self.limit is not None:
            others = [taken for one, taken in self.single.items() if one not in self.limits]
            found.append(self.limit - self.cycle - max(others, default=0))
        return min(found, default=None)

    def fits(self, group: InLine) -> bool:
        """Whether there are places for those who wait together, and somebody who looks after their children."""
        left, care = self.left(group.meeting_id), self.care_left(group.meeting_id)
        return (left is None or left >= group.wanted) and (not group.children or care is None or care >= group.children)

    def care_left(self, meeting_id: str | None) -> int | None:
        """Children that can still be looked after in a meeting or in all that have child care; None: not limited."""
        wanted = self.care_limits if meeting_id is None else {
            one: limit for one, limit in self.care_limits.items() if one == meeting_id}  # fmt: skip
        found = [limit - self.care - self.care_single.get(one, 0) for one, limit in wanted.items()]
        return min(found, default=None)


@dataclass(frozen=True, slots=True)
class InLine:
    """Somebody who waits, maybe with the family; `ids` are the enrolments, `wanted` the places they need, `children`
    how many have to be looked after."""

    ids: tuple[str, ...]
    meeting_id: str | None
    wanted: int
    children: int = 0


def is_postgres(tx: Tx) -> bool:
    """Whether a server keeps the data."""
    return tx.session.get_bind().dialect.name == "postgresql"


def enrolment_counts(tx: Tx, initiative_ids: Iterable[str]) -> Counter[tuple[str, str]]:
    """How many take part, by (initiative, state): whoever has a place in one meeting only, or came by, is not among
    them; children looked after neither. The state "offered" is counted by itself."""
    found: Counter[tuple[str, str]] = Counter()
    for row in _taken(tx, initiative_ids):
        if row.part == PARTICIPANT and not row.walk_in and (row.meeting_id is None or row.state not in HOLDING):
            found[row.initiative_id, row.state] += row.people
    return found


def anybody(tx: Tx, initiative_id: str) -> bool:
    """Whether somebody is or was entered by name, also who withdrew or came by once."""
    return any(row.people for row in _taken(tx, [initiative_id]))


def alone_in(tx: Tx, initiative_id: str, meeting_id: str) -> int:
    """How many are enrolled, wait or are to be approved for one meeting alone; children looked after too."""
    rows = _taken(tx, [initiative_id])
    return sum(row.people for row in rows if row.meeting_id == meeting_id and row.state in OPEN and not row.walk_in)


def seats(tx: Tx, initiative: Initiative) -> Seats:
    """The places of an initiative. Whoever is going to take one locks the initiative before."""
    cycle = care = 0
    single, care_single = Counter[str](), Counter[str]()
    for row in _taken(tx, [initiative.id]):
        if row.state not in HOLDING or row.walk_in:
            continue
        if row.part == CHILD_CARE:
            care += row.people if row.meeting_id is None else 0
            care_single[row.meeting_id or ""] += row.people
        else:
            cycle += row.people if row.meeting_id is None else 0
            single[row.meeting_id or ""] += row.people
    there = tx.rows(
        select(Meeting.id, Meeting.capacity, Meeting.child_care, Meeting.child_care_places, Meeting.state)
        .where(Meeting.initiative_id == initiative.id, Meeting.deleted_at.is_(None))
    )  # fmt: skip
    rows = [row for row in there if row.state != "cancelled"]
    known = {row.id for row in there}  # a place in a meeting that was removed is none
    return Seats(
        initiative.capacity, cycle, {one: taken for one, taken in single.items() if one in known},
        {row.id: row.capacity for row in rows if row.capacity is not None},
        care, {one: taken for one, taken in care_single.items() if one in known},
        {row.id: row.child_care_places for row in rows if row.child_care and row.child_care_places is not None},
    )  # fmt: skip


def presence(tx: Tx, meetings: Sequence[tuple[str, str]]) -> dict[str, Presence]:
    """By meeting, given as (meeting, initiative): who is expected and who came, as counted now."""
    cycle, single = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in _taken(tx, {initiative for _meeting, initiative in meetings}):
        if row.state in HOLDING:
            if row.meeting_id is None:
                cycle[row.initiative_id, row.part] += row.people
            else:
                single[row.meeting_id, row.part] += row.people
    marks: dict[str, list[Any]] = {}
    for row in _marked(tx, [meeting for meeting, _initiative in meetings]):
        marks.setdefault(row.meeting_id, []).append(row)
    found = {}
    for meeting, initiative in meetings:
        own = marks.get(meeting, [])
        mine = [row for row in own if row.part == PARTICIPANT]
        expected = cycle[initiative, PARTICIPANT] + single[meeting, PARTICIPANT]
        found[meeting] = Presence(
            expected + sum(row.people for row in mine if not row.expected),
            sum(row.people for row in mine if row.present),
            sum(row.people for row in own if row.part == CHILD_CARE and row.present), bool(own),
        )  # fmt: skip
    return found


def line(tx: Tx, initiative_id: str) -> list[InLine]:
    """Who waits, in the order of asking. A family that asked together waits as one and needs its places together."""
    if is_postgres(tx):
        called = func.fd_line(cast(initiative_id, _ID)).table_valued(
            column("id", _ID), column("meeting_id", _ID), column("family", _ID), "part", "asked_at", "enrolled_on"
        )
        rows = tx.rows(select(*called.c))
    else:
        rows = tx.rows(
            select(Enrolment.id, Enrolment.meeting_id, Enrolment.household_id.label("family"), Enrolment.part,
                   Enrolment.asked_at, Enrolment.enrolled_on)
            .where(Enrolment.initiative_id == initiative_id, Enrolment.centre_id == tx.centre_id,
                   Enrolment.deleted_at.is_(None), Enrolment.state == "waiting")
        )  # fmt: skip
    groups: dict[object, list[Any]] = {}
    for row in sorted(rows, key=lambda row: came_first(row.asked_at, row.enrolled_on, row.id)):
        together = (row.family, row.asked_at, row.meeting_id) if row.family and row.asked_at else row.id
        groups.setdefault(together, []).append(row)
    return [
        InLine(
            tuple(row.id for row in group),
            group[0].meeting_id,
            sum(row.part == PARTICIPANT for row in group),
            sum(row.part == CHILD_CARE for row in group),
        )
        for group in groups.values()
    ]


def _taken(tx: Tx, initiative_ids: Iterable[str]) -> list[Any]:
    wanted, found = sorted(set(initiative_ids)), list[Any]()
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        if is_postgres(tx):
            called = func.fd_places(cast(some, ARRAY(_ID))).table_valued(
                column("initiative_id", _ID), column("meeting_id", _ID), "part", "walk_in", "state", "people"
            )
            found += tx.rows(select(*called.c))
        else:
            keys = (Enrolment.initiative_id, Enrolment.meeting_id, Enrolment.part, Enrolment.walk_in, Enrolment.state)
            found += tx.rows(
                select(*keys, func.count().label("people"))
                .where(Enrolment.centre_id == tx.centre_id, Enrolment.deleted_at.is_(None),
                       Enrolment.initiative_id.in_(some))
                .group_by(*keys)
            )  # fmt: skip
    return found


def _marked(tx: Tx, meeting_ids: Iterable[str]) -> list[Any]:
    wanted, found = sorted(set(meeting_ids)), list[Any]()
    expected = and_(
        Enrolment.state.in_(HOLDING),
        or_(Enrolment.meeting_id.is_(None), Enrolment.meeting_id == Attendance.meeting_id),
    )
    for first in range(0, len(wanted), _AT_ONCE):
        some = wanted[first : first + _AT_ONCE]
        if is_postgres(tx):
            called = func.fd_presence(cast(some, ARRAY(_ID))).table_valued(
                column("meeting_id", _ID), "part", "present", "expected", "people"
            )
            found += tx.rows(select(*called.c))
        else:
            keys = (Attendance.meeting_id, Enrolment.part, Attendance.present)
            found += tx.rows(
                select(*keys, expected.label("expected"), func.count().label("people"))
                .join(Enrolment, and_(Enrolment.id == Attendance.enrolment_id, Enrolment.deleted_at.is_(None)))
                .where(Attendance.centre_id == tx.centre_id, Attendance.deleted_at.is_(None),
                       Attendance.meeting_id.in_(some))
                .group_by(*keys, expected)
            )  # fmt: skip
    return found


def waits_since(row: Any) -> tuple[str, date, str]:
    """The order of the waiting list, for a row of an enrolment."""
    return came_first(row.asked_at, row.enrolled_on, row.id)
