"""What lists of paths of care show, and how they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from famdesk.data.tables.calendar import Appointment
from famdesk.data.tables.notes import Note, Path, PathPerson
from famdesk.data.tables.paths import LegalHold
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.notes.paths import code_of
from famdesk.usecases.people.person_names import labels

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class PathRow:
    """A path of care. `code` stands for it where nobody is named; `people` are those with whom it is walked.

    `notes` counts the signed notes that belong to it, `appointments` the appointments; `held`: under a legal hold.
    """

    id: str
    version: int
    code: str
    kind: str
    staff_id: str
    in_charge: str
    opened_on: date
    closed_on: date | None
    closing_reason: str | None
    person_ids: tuple[str, ...]
    people: tuple[str, ...]
    notes: int
    appointments: int
    held: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class PathAppointment:
    """An appointment of somebody of a path; `inside`: it belongs to the path."""

    id: str
    version: int
    starts: datetime
    kind: str
    staff: str
    inside: bool


def rows(tx: Tx, paths: Sequence[Path]) -> tuple[PathRow, ...]:
    """Rows of paths that were found and may be known, in their order."""
    ids = [path.id for path in paths]
    walkers = walkers_of(tx, ids)
    names = labels(tx, {one for found in walkers.values() for one in found})
    staff = {row.id: row.name for row in tx.rows(select(Staff.id, Staff.name))}
    signed = _counted(tx, Note.path_id, Note.id, ids, Note.state == "signed", Note.private.is_(False))
    booked = _counted(tx, Appointment.path_id, Appointment.id, ids)
    held = {one for row in tx.rows(select(LegalHold.path_id, LegalHold.person_id).where(
        LegalHold.centre_id == tx.centre_id, LegalHold.ended_on.is_(None), LegalHold.deleted_at.is_(None)
    )) for one in row}  # fmt: skip
    return tuple(
        PathRow(
            path.id, path.version, code_of(path.number), path.kind, path.staff_id, staff.get(path.staff_id, ""),
            path.opened_on, path.closed_on, path.closing_reason, tuple(walkers[path.id]),
            tuple(names.get(one, "") for one in walkers[path.id]), signed.get(path.id, 0), booked.get(path.id, 0),
            not held.isdisjoint([path.id, *walkers[path.id]]), path.staff_id == tx.actor.staff_id,
        )
        for path in paths
    )  # fmt: skip


def walkers_of(tx: Tx, path_ids: Iterable[str]) -> dict[str, list[str]]:
    """The ids of the persons of each path, in the order in which they were named."""
    found: dict[str, list[str]] = defaultdict(list)
    wanted = sorted(set(path_ids))
    for first in range(0, len(wanted), AT_ONCE):
        statement = (
            select(PathPerson.path_id, PathPerson.person_id)
            .where(PathPerson.path_id.in_(wanted[first : first + AT_ONCE]), PathPerson.deleted_at.is_(None))
            .order_by(PathPerson.id)
        )
        for path_id, person_id in tx.rows(statement):
            found[path_id].append(person_id)
    return found


def _counted(tx: Tx, column: Any, row_id: Any, ids: Sequence[str], *where: Any) -> dict[str, int]:
    kind = column.class_
    found: dict[str, int] = {}
    for first in range(0, len(ids), AT_ONCE):
        statement = (
            select(column, func.count(row_id))
            .where(column.in_(ids[first : first + AT_ONCE]), kind.deleted_at.is_(None), *where)
            .group_by(column)
        )
        found.update((path_id, count) for path_id, count in tx.rows(statement))
    return found
