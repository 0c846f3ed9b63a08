"""The team's talks about cases (équipe): which case, by the code of its path, with which question, and what came of it.

No name is on an agenda. A case is shown to whom the persons of its path are known; the file behind a code is opened by
them alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from famdesk.data.tables.centre import Centre
from famdesk.data.tables.notes import Path
from famdesk.data.tables.paths import CaseItem, CaseMeeting
from famdesk.data.tables.people import Person
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import Required, RuleError
from famdesk.domain.notes.paths import code_of, number_in
from famdesk.domain.text import fold
from famdesk.i18n import N_
from famdesk.usecases.paths.path_rows import walkers_of
from famdesk.usecases.registry import query, usecase

LONGEST = 8 * 60
"""Minutes."""
SHOWN = 100


class UnknownCode(RuleError):
    message = N_("There is no path with this code, or it is not for you.")


class OnAgendaAlready(RuleError):
    message = N_("This case is on the agenda already.")


class BadMinutes(RuleError):
    message = N_("A case takes from 1 minute to 8 hours.")


class NamesSomebody(RuleError):
    message = N_("This names somebody of the path. The agenda lies on the table: write it without names.")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case on an agenda; `code` and `path_id` are those of its path."""

    id: str
    version: int
    path_id: str
    code: str
    kind: str
    staff_id: str
    by: str
    question: str
    minutes: int
    outcome: str


@dataclass(frozen=True, slots=True)
class CaseMeetingRow:
    """A meeting of the team with the cases that one may know of, in their order. `minutes` of all of them together."""

    id: str
    version: int
    day: date
    starts: time | None
    place: str
    staff_id: str
    leads: str
    cases: tuple[CaseRow, ...]

    @property
    def minutes(self) -> int:
        return sum(case.minutes for case in self.cases)


@dataclass(frozen=True, slots=True)
class AgendaContent:
    """What the sheet says."""

    centre: str
    meeting: CaseMeetingRow


@query
def meetings(tx: Tx) -> tuple[CaseMeetingRow, ...]:
    """The newest meetings, those to come first."""
    found = sorted(tx.all(CaseMeeting), key=lambda one: (one.day, str(one.starts or ""), one.id), reverse=True)
    return _rows(tx, found[:SHOWN])


@query
def meeting(tx: Tx, meeting_id: str) -> CaseMeetingRow:
    """One meeting.

    Raises:
        NotFound.
    """
    return _rows(tx, [tx.get(CaseMeeting, meeting_id)])[0]


@query
def sheet(tx: Tx, meeting_id: str) -> AgendaContent:
    """The agenda to be printed: codes, no names of families.

    Raises:
        NotFound.
    """
    centre = tx.session.get(Centre, tx.centre_id)
    return AgendaContent(centre.name if centre else "", meeting(tx, meeting_id))


@usecase(N_("Team meeting of {day} planned"))
def add_meeting(tx: Tx, *, day: date, starts: time | None = None, place: str = "", staff_id: str | None = None) -> str:
    """A meeting of the team, led by a colleague (oneself); gives its id.

    Raises:
        NotFound.
    """
    leads = tx.get(Staff, staff_id or tx.actor.staff_id)
    tx.describe(day=day)
    return tx.add(CaseMeeting(day=day, starts=starts, place=place.strip() or None, staff_id=leads.id)).id


@usecase(N_("Team meeting of {day} changed"))
def change_meeting(
    tx: Tx, meeting_id: str, version: int, *, day: date, starts: time | None, place: str, staff_id: str
) -> None:
    """Another day, time, place, or another colleague who leads it.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(CaseMeeting, meeting_id, version)
    found.day, found.starts, found.place = day, starts, place.strip() or None
    found.staff_id = tx.get(Staff, staff_id).id
    tx.describe(day=day)


@usecase(N_("Team meeting of {day} removed"))
def remove_meeting(tx: Tx, meeting_id: str, version: int) -> None:
    """Puts a meeting into the bin, with those of its cases that one may know of.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(CaseMeeting, meeting_id, version)
    for one in _items(tx, [meeting_id]):
        tx.bin(one)
    tx.bin(found)
    tx.describe(day=found.day)


@usecase(N_("Case {code} put on an agenda"))
def add_case(
    tx: Tx, meeting_id: str, *, code: str, question: str, minutes: int = 20, staff_id: str | None = None
) -> str:
    """Puts a case at the end of an agenda, by the code of its path; gives the id.

    Raises:
        Required: no question.
        UnknownCode, OnAgendaAlready, BadMinutes, NamesSomebody, NotFound.
    """
    tx.get(CaseMeeting, meeting_id)
    number = number_in(code)
    found = tx.all(Path, Path.number == number) if number is not None else ()
    if not found:
        raise UnknownCode("code")
    there = _items(tx, [meeting_id])
    if any(one.path_id == found[0].id for one in there):
        raise OnAgendaAlready("code")
    _check(tx, found[0].id, minutes, question=question)
    tx.describe(code=code_of(found[0].number))
    return tx.add(CaseItem(
        case_meeting_id=meeting_id, path_id=found[0].id, position=max((one.position for one in there), default=0) + 1,
        staff_id=tx.get(Staff, staff_id or tx.actor.staff_id).id, question=question.strip(), minutes=minutes,
    )).id  # fmt: skip


@usecase(N_("Case {code} on an agenda changed"))
def change_case(
    tx: Tx, item_id: str, version: int, *, question: str, minutes: int, staff_id: str, outcome: str = ""
) -> None:
    """Another question, another length, another colleague who brings it, and what came of it ("": nothing yet).

    Raises:
        Required: no question.
        BadMinutes, NamesSomebody, NotFound, Stale.
    """
    found = tx.get(CaseItem, item_id, version)
    _check(tx, found.path_id, minutes, question=question, outcome=outcome)
    found.question, found.minutes, found.outcome = question.strip(), minutes, outcome.strip() or None
    found.staff_id = tx.get(Staff, staff_id).id
    tx.describe(code=code_of(tx.get(Path, found.path_id).number))


@usecase(N_("Case {code} moved on its agenda"))
def move_case(tx: Tx, item_id: str, version: int, steps: int) -> None:
    """Moves a case up (negative) or down among those that one may know of.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(CaseItem, item_id, version)
    items = list(_items(tx, [found.case_meeting_id]))
    order = [one for one in items if one.id != found.id]
    order.insert(min(max(items.index(found) + steps, 0), len(order)), found)
    for one, position in zip(order, sorted(one.position for one in items), strict=True):
        one.position = position
    tx.describe(code=code_of(tx.get(Path, found.path_id).number))


@usecase(N_("Case {code} taken off an agenda"))
def remove_case(tx: Tx, item_id: str, version: int) -> None:
    """Takes a case off.

    Raises:
        NotFound, Stale.
    """
    found = tx.get(CaseItem, item_id, version)
    tx.describe(code=code_of(tx.get(Path, found.path_id).number))
    tx.bin(found)


def _check(tx: Tx, path_id: str, minutes: int, **texts: str) -> None:
    if not texts["question"].strip():
        raise Required("question")
    if not 1 <= minutes <= LONGEST:
        raise BadMinutes("minutes")
    names = _names(tx, path_id)
    for field, text in texts.items():
        if names & set(re.findall(r"\w+", fold(text))):
            raise NamesSomebody(field)


def _names(tx: Tx, path_id: str) -> set[str]:
    """The words of the names of those who walk a path."""
    people = walkers_of(tx, [path_id])[path_id]
    rows = tx.rows(select(Person.surname, Person.given_name, Person.alias).where(Person.id.in_(people)))
    words = (word for row in rows for name in row if name for word in re.findall(r"\w+", fold(name)))
    return {word for word in words if len(word) > 2}


def _items(tx: Tx, meeting_ids: Sequence[str]) -> list[CaseItem]:
    found = tx.all(CaseItem, CaseItem.case_meeting_id.in_(meeting_ids))
    return sorted(found, key=lambda one: (one.position, one.id))


def _rows(tx: Tx, found: Sequence[CaseMeeting]) -> tuple[CaseMeetingRow, ...]:
    staff = {row.id: row.name for row in tx.rows(select(Staff.id, Staff.name))}
    items = _items(tx, [one.id for one in found])
    paths = {row.id: row for row in tx.rows(
        select(Path.id, Path.number, Path.kind).where(Path.id.in_({one.path_id for one in items})))}  # fmt: skip
    cases: dict[str, list[CaseRow]] = {}
    for one in items:
        about = paths[one.path_id]
        row = CaseRow(one.id, one.version, one.path_id, code_of(about.number), about.kind, one.staff_id,
                      staff.get(one.staff_id, ""), one.question, one.minutes, one.outcome or "")  # fmt: skip
        cases.setdefault(one.case_meeting_id, []).append(row)
    return tuple(
        CaseMeetingRow(one.id, one.version, one.day, one.starts, one.place or "", one.staff_id,
                       staff.get(one.staff_id, ""), tuple(cases.get(one.id, ())))
        for one in found
    )  # fmt: skip
