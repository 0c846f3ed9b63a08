"""How the rows of those who are enrolled are put together, for the queries of `programmes` and within their rights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from famdesk.data.tables.directory import Body
from famdesk.data.tables.families import Delegate
from famdesk.data.tables.programmes import Attendance, Enrolment
from famdesk.data.tx import Tx
from famdesk.domain.programmes.enrolment import CHILD_CARE, HOLDING, LISTED
from famdesk.i18n.collate import sort_key
from famdesk.usecases.enrolling.enrolment_counts import waits_since
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.programmes.programmes_rows import AttendanceRow, EnrolmentRow, Participants

_FEW = 400
_LAST = "\uffff"
_COLUMNS = (
    Enrolment.id, Enrolment.version, Enrolment.person_id, Enrolment.state, Enrolment.enrolled_on, Enrolment.note,
    Enrolment.part, Enrolment.meeting_id, Enrolment.household_id, Enrolment.walk_in, Enrolment.offered_until,
    Enrolment.picked_reason, Enrolment.mismatch_reason, Enrolment.answers, Enrolment.allergies, Enrolment.pick_up,
    Enrolment.photo_release, Enrolment.body_id, Enrolment.asked_at,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Words:
    """Names of persons and bodies, and who may collect whom."""

    people: dict[str, str]
    bodies: dict[str, str]
    collects: dict[str, tuple[str, ...]]


def participants_of(tx: Tx, initiative_id: str) -> Participants:
    """Enrolments with the names that may be seen, and attendance."""
    mine = (Enrolment.initiative_id == initiative_id, Enrolment.centre_id == tx.centre_id,
            Enrolment.deleted_at.is_(None))  # fmt: skip
    rows = tx.rows(select(*_COLUMNS).where(*mine))
    names = labels(tx, [row.person_id for row in rows])
    bodies = dict(tx.rows(select(Body.id, Body.name).where(Body.id.in_({row.body_id for row in rows if row.body_id}))))
    words = _Words(names, bodies, collectors(tx, names, tx.today()))
    attendance = tx.rows(
        select(Attendance.meeting_id, Attendance.enrolment_id, Attendance.present, Attendance.minutes)
        .join(Enrolment, Enrolment.id == Attendance.enrolment_id)
        .where(*mine, Attendance.deleted_at.is_(None))
    )
    return Participants(tuple(_in_order(rows, words)), tuple(AttendanceRow(*row) for row in attendance))


def in_rows(found: Participants) -> tuple[EnrolmentRow, ...]:
    """Who has a row of attendance: the enrolled and whoever has a mark by name, then children looked after, then those
    who came by. After them follow the blank rows of the initiative, on the screen and on the sign-in sheet.
    """
    came = {row.enrolment_id for row in found.attendance}
    rows = [row for row in found.enrolments if row.state in HOLDING or row.id in came]
    return tuple(sorted(rows, key=lambda row: (row.walk_in, row.part == CHILD_CARE, row.state not in HOLDING)))


def collectors(tx: Tx, person_ids: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
    """Who may collect each child on a day, by the delegates in their files; named as far as they may be known."""
    wanted, rows = sorted(person_ids), list[Any]()
    for first in range(0, len(wanted), _FEW):
        rows += tx.rows(
            select(Delegate.person_id, Delegate.other_id, Delegate.name)
            .where(Delegate.person_id.in_(wanted[first : first + _FEW]), Delegate.deleted_at.is_(None),
                   Delegate.may_collect,
                   and_(or_(Delegate.valid_from.is_(None), Delegate.valid_from <= on),
                        or_(Delegate.valid_to.is_(None), Delegate.valid_to >= on)))
            .order_by(Delegate.id)
        )  # fmt: skip
    names = labels(tx, [row.other_id for row in rows])
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        name = names.get(row.other_id or "") or row.name
        if name:
            found[row.person_id] = (*found.get(row.person_id, ()), name)
    return found


def _in_order(rows: Iterable[Any], words: _Words) -> Iterator[EnrolmentRow]:
    """State by state: those who wait as they asked, the others by name."""
    groups: dict[str, list[Any]] = {state: [] for state in LISTED}
    for row in rows:
        groups.setdefault(row.state, []).append(row)
    for state, group in groups.items():
        queue = state in {"waiting", "requested"}
        group.sort(key=waits_since if queue else lambda row: (sort_key(words.people.get(row.person_id, _LAST)), row.id))
        for place, row in enumerate(group, start=1):
            yield _row(row, words, place if state == "waiting" else 0)


def _row(row: Any, words: _Words, waits_as: int) -> EnrolmentRow:
    name = words.people.get(row.person_id)
    if name is None:
        return EnrolmentRow(
            row.id, row.version, None, None, row.state, row.enrolled_on, None, waits_as, row.part, row.meeting_id,
            None, row.walk_in, row.offered_until,
        )  # fmt: skip
    return EnrolmentRow(
        row.id, row.version, row.person_id, name, row.state, row.enrolled_on, row.note, waits_as, row.part,
        row.meeting_id, row.household_id, row.walk_in, row.offered_until, row.picked_reason, row.mismatch_reason,
        row.answers, row.allergies, row.pick_up, row.photo_release, row.body_id, words.bodies.get(row.body_id or ""),
        row.asked_at, words.collects.get(row.person_id, ()),
    )  # fmt: skip
