"""Legal holds: while a court asks for documents, or a dispute is on, nothing of a path or a person is destroyed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from famdesk.data.tables.notes import Path, PathPerson
from famdesk.data.tables.paths import Destruction, LegalHold
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.notes.paths import code_of
from famdesk.i18n import N_
from famdesk.usecases.notes.note_people import parts_of_file
from famdesk.usecases.people.person_names import labels
from famdesk.usecases.registry import query, usecase


class HeldAlready(RuleError):
    message = N_("There is a legal hold already, since {day}.")


class GoneBefore(RuleError):
    message = N_("The notes of this path were destroyed on {day}: there is nothing left to hold.")


class LiftedBefore(RuleError):
    message = N_("This hold was lifted on {day}.")


class PathOrPerson(RuleError):
    message = N_("Say which path or person is meant.")


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A hold: why, by whom and since when; `code` of the path, or `person`; `ended_on` None: it lasts."""

    id: str
    version: int
    path_id: str | None
    code: str
    person_id: str | None
    person: str
    reason: str
    by: str
    since: date
    ended_on: date | None
    ended_by: str
    end_reason: str


@query
def of_person(tx: Tx, person_id: str) -> tuple[HoldRow, ...]:
    """The holds on a person and on the person's paths, those that last first, then the newest.

    Raises:
        NotFound.
    """
    tx.get(Person, person_id)
    theirs = select(PathPerson.path_id).where(PathPerson.person_id == person_id, PathPerson.deleted_at.is_(None))
    return _rows(tx, tx.all(LegalHold, or_(LegalHold.person_id == person_id, LegalHold.path_id.in_(theirs))))


@query
def lasting(tx: Tx) -> tuple[HoldRow, ...]:
    """Every hold that lasts and that one may know of."""
    return _rows(tx, tx.all(LegalHold, LegalHold.ended_on.is_(None)))


@usecase(N_("Legal hold set"))
def set_hold(tx: Tx, reason: str, *, path_id: str | None = None, person_id: str | None = None) -> str:
    """From now on nothing of a path, or about a person, is destroyed; gives the id. A destruction that is just under
    way is waited for, and then told.

    Raises:
        Required: no reason.
        PathOrPerson, HeldAlready, GoneBefore, NotFound.
    """
    if not reason.strip():
        raise Required("reason")
    if (path_id is None) == (person_id is None):
        raise PathOrPerson
    tx.take_turn()
    if path_id is not None:
        tx.get(Path, path_id)
        gone = tx.rows(select(Destruction.done_on).where(Destruction.path_id == path_id, Destruction.state == "done"))
        if gone:
            raise GoneBefore(day=max(row.done_on for row in gone))
    else:
        tx.get(Person, person_id or "")
    there = tx.all(LegalHold, LegalHold.ended_on.is_(None), LegalHold.path_id == path_id,
                   LegalHold.person_id == person_id)  # fmt: skip
    if there:
        raise HeldAlready(day=there[0].since)
    return tx.add(LegalHold(path_id=path_id, person_id=person_id, reason=reason.strip(), staff_id=tx.actor.staff_id,
                            since=tx.today())).id  # fmt: skip


@usecase(N_("Legal hold lifted"))
def lift_hold(tx: Tx, hold_id: str, version: int, reason: str) -> None:
    """Ends a hold; why is kept with it.

    Raises:
        Required: no reason.
        LiftedBefore, NotFound, Stale.
    """
    if not reason.strip():
        raise Required("reason")
    found = tx.get(LegalHold, hold_id, version)
    if found.ended_on is not None:
        raise LiftedBefore(day=found.ended_on)
    found.ended_on, found.ended_by_id, found.end_reason = tx.today(), tx.actor.staff_id, reason.strip()


def held(tx: Tx) -> tuple[set[str], set[str]]:
    """The ids of the paths and of the persons, with all files that are one with theirs, that are under a hold."""
    rows = tx.rows(
        select(LegalHold.path_id, LegalHold.person_id).where(
            LegalHold.centre_id == tx.centre_id, LegalHold.ended_on.is_(None), LegalHold.deleted_at.is_(None)
        )
    )
    people = {part for row in rows if row.person_id for part in parts_of_file(tx, row.person_id)}
    return {row.path_id for row in rows if row.path_id}, people


def on_persons(tx: Tx, person_ids: Collection[str]) -> bool:
    """Whether one of these persons, or a path of theirs, is under a hold."""
    paths, people = held(tx)
    walked = tx.session.scalars(
        select(PathPerson.path_id).where(PathPerson.person_id.in_(sorted(person_ids)), PathPerson.deleted_at.is_(None))
    )
    return not people.isdisjoint(person_ids) or not paths.isdisjoint(walked)


def _rows(tx: Tx, found: Iterable[LegalHold]) -> tuple[HoldRow, ...]:
    holds = sorted(found, key=lambda one: (one.ended_on is None, one.since, one.id), reverse=True)
    staff = {row.id: row.name for row in tx.rows(select(Staff.id, Staff.name))}
    names = labels(tx, [one.person_id for one in holds])
    ids = [one.path_id for one in holds if one.path_id]
    codes = {row.id: code_of(row.number) for row in tx.rows(select(Path.id, Path.number).where(Path.id.in_(ids)))}
    return tuple(
        HoldRow(one.id, one.version, one.path_id, codes.get(one.path_id or "", ""), one.person_id,
                names.get(one.person_id or "", ""), one.reason, staff.get(one.staff_id, ""), one.since, one.ended_on,
                staff.get(one.ended_by_id or "", ""), one.end_reason or "")
        for one in holds
    )  # fmt: skip
