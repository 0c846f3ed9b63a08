"""The print register: who printed, saved or mailed a sheet with people on it, when, how often and what for.

It is part of the journal. A sheet is noted before it is shown; that it was printed, saved or mailed is noted before it
is handed over. What may stand on a sheet says `outgoing`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal_column, select

from famdesk.data import records
from famdesk.data.access import PEOPLE
from famdesk.data.journal import AuditEntry
from famdesk.data.tables.calendar import AppointmentParty
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.errors import NotFound
from famdesk.domain.ids import new_id
from famdesk.domain.staff import rights
from famdesk.i18n.collate import sort_key
from famdesk.usecases.kept_files import standing, with_parts
from famdesk.usecases.people import person_names
from famdesk.usecases.post import outgoing
from famdesk.usecases.registry import query

SHOWN, PRINTED, SAVED, MAILED, REFUSED = "shown", "printed", "saved", "mailed", "refused"
HOW = (SHOWN, PRINTED, SAVED, MAILED, REFUSED)
"""What became of a sheet; `REFUSED`: the printer or the mail server did not take it."""
MOST = 500
"""Rows of the register at once; a shorter period shows the rest."""
DAYS = 365
FEW = 500
_PRINT: ColumnElement[str] = literal_column("'print'")
"""As a literal: so the engines see that the index of prints serves."""


@dataclass(frozen=True, slots=True)
class PrintRow:
    """A line of the register. `sheet` is the key of the sheet, `at` local wall time, `copies` from 1.

    `people`: those on it whom the reader may know, by name; `others`: how many more it is about. `purpose` None: not
    said.
    """

    seq: int
    at: datetime
    by: str
    sheet: str
    how: str
    copies: int
    purpose: str | None
    people: tuple[str, ...]
    others: int


@dataclass(frozen=True, slots=True)
class Register:
    """The lines of a period, the newest first. `more`: there are older ones beyond `MOST`. `whole`: of all colleagues,
    not only the reader's own. `sheets` and `colleagues` (id, name) are those that it has in this period."""

    first: date
    last: date
    rows: tuple[PrintRow, ...]
    more: bool
    whole: bool
    sheets: tuple[str, ...] = ()
    colleagues: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """Which lines are wanted; "" for all. `shown`: also sheets that were only looked at."""

    staff_id: str = ""
    sheet: str = ""
    how: str = ""
    person_id: str = ""
    shown: bool = False


@query
def note(tx: Tx, sheet: str, subjects: Sequence[tuple[str, str]]) -> None:
    """Notes in the journal that a sheet about these records is made: written down before the sheet is shown.

    Raises:
        NotFound: it would tell of a file that is open by an emergency access only, which is looked at and no more.
    """
    if tx.sights and any(about & tx.sights for about in _people(tx, subjects).values()):
        raise NotFound
    told = [(table, row_id, sheet, list[str]()) for table, row_id in subjects]
    tx.log("print", subjects=told, details={"how": SHOWN, "mark": new_id()})


def marks(tx: Tx) -> tuple[str, ...]:
    """What `done` knows the sheets by that were noted in this transaction."""
    return tuple(str(step.details["mark"]) for step in tx.steps if step.kind == "print" and "mark" in step.details)


@query
def done(tx: Tx, sheet_marks: Iterable[str], how: str, copies: int = 1, purpose: str | None = None) -> None:
    """Notes what becomes of sheets that the same colleague has before them; to be asked before it is done.

    `how` is one of `HOW`; `copies` from 1; `purpose`: what for, None if it was not said.

    Raises:
        NotFound: no such sheet was noted for this colleague.
    """
    if how not in HOW:
        raise ValueError(how)
    for mark in sheet_marks:
        found = tx.rows(
            select(AuditEntry.subjects)
            .where(AuditEntry.centre_id == tx.centre_id, AuditEntry.staff_id == tx.actor.staff_id,
                   AuditEntry.kind == _PRINT, AuditEntry.details.contains(mark, autoescape=True))
            .order_by(AuditEntry.seq).limit(1)
        )  # fmt: skip
        if not found:
            raise NotFound
        subjects = [(table, row_id, sheet, list[str]()) for table, row_id, sheet, _ in json.loads(found[0].subjects)]
        details = {"how": how, "copies": max(1, copies), "of": mark}
        tx.log("print", subjects=subjects, details=details, reason=(purpose or "").strip() or None)


@query
def register(tx: Tx, first: date, last: date, filters: Filters | None = None) -> Register:
    """The register of a period, both days in it. Who may not see that of the centre sees the own lines.

    Raises:
        NotFound: the person that is filtered by.
    """
    rows, kept = _kept(tx, first, last, filters or Filters())
    known = {one for row in kept[:MOST] for one in row.people}
    names = named(tx, known) if rights.cell(named.name, tx.actor.role) else {}
    sheets = dict.fromkeys(row.sheet for row in rows)
    colleagues = dict.fromkeys((row.staff_id, row.by) for row in rows)
    return Register(first, last, _told(kept[:MOST], names), len(kept) > MOST, "c" in tx.letters,
                    tuple(sorted(sheets)), tuple(sorted(colleagues, key=lambda one: one[1])))  # fmt: skip


@query
def paper(tx: Tx, first: date, last: date, filters: Filters | None = None) -> Register:
    """The same for paper: people are named as the safe-contact gate allows there, and this print is noted as well.

    Raises:
        NotFound: the person that is filtered by.
    """
    _all, kept = _kept(tx, first, last, filters or Filters())
    known = {one for row in kept[:MOST] for one in row.people}
    may = rights.cell(outgoing.masked.name, tx.actor.role)
    names = {one: shown.label for one, shown in outgoing.masked(tx, known, "paper").items()} if may else {}
    note(tx, "print-register", [("person", one) for one in sorted(names)])
    return Register(first, last, _told(kept[:MOST], names), len(kept) > MOST, "c" in tx.letters)


@query
def of_person(tx: Tx, person_id: str) -> tuple[PrintRow, ...]:
    """The sheets of the last year on which somebody stands, the newest first; that this was looked at is noted too.

    Raises:
        NotFound.
    """
    found = standing(tx, person_id)
    tx.opened(found)
    about = with_parts(tx, found.id)
    rows = [row for row in _entries(tx, tx.today() - timedelta(days=DAYS), tx.today(), "")
            if _fits(row, Filters(person_id=found.id), about)]  # fmt: skip
    return tuple(PrintRow(row.seq, row.at, row.by, row.sheet, row.how, row.copies, row.purpose, (), 0)
                 for row in rows[:MOST])  # fmt: skip


@query
def named(tx: Tx, person_ids: Iterable[str]) -> dict[str, str]:
    """How those are called whom this colleague may know; the others are missing."""
    return person_names.labels(tx, person_ids)


@dataclass(frozen=True, slots=True)
class _Entry:
    seq: int
    at: datetime
    staff_id: str
    by: str
    sheet: str
    how: str
    copies: int
    purpose: str | None
    people: frozenset[str]
    unknown: int


def _entries(tx: Tx, first: date, last: date, staff_id: str) -> list[_Entry]:
    """The entries of the journal about sheets, the newest first, with the persons that they speak of."""
    statement = (
        select(AuditEntry.seq, AuditEntry.at, AuditEntry.staff_id, AuditEntry.subjects, AuditEntry.details,
               AuditEntry.reason, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.staff_id)
        .where(AuditEntry.centre_id == tx.centre_id, AuditEntry.kind == _PRINT,
               AuditEntry.at >= _utc(tx, first), AuditEntry.at < _utc(tx, last + timedelta(days=1)))
        .order_by(AuditEntry.seq.desc())
    )  # fmt: skip
    rows = tx.rows(statement.where(AuditEntry.staff_id == staff_id) if staff_id else statement)
    subjects = [json.loads(row.subjects) for row in rows]
    people = _people(tx, {(subject[0], subject[1]) for one in subjects for subject in one})
    return [_entry(tx, row, one, people) for row, one in zip(rows, subjects, strict=True)]


def _entry(tx: Tx, row: Any, subjects: list[Any], people: dict[tuple[str, str], frozenset[str]]) -> _Entry:
    details = json.loads(row.details)
    found = [people.get((subject[0], subject[1])) for subject in subjects]
    about = frozenset(one for ids in found for one in ids or ())
    sheet = subjects[0][2] if subjects else ""
    return _Entry(row.seq, tx.local(row.at), row.staff_id, row.name or "?", sheet, details.get("how", SHOWN),
                  int(details.get("copies", 1)), row.reason, about, sum(ids is None for ids in found))  # fmt: skip


def _fits(row: _Entry, wanted: Filters, about: Sequence[str]) -> bool:
    if row.how == SHOWN and not wanted.shown and wanted.how != SHOWN:
        return False
    if wanted.person_id and row.people.isdisjoint(about):
        return False
    asked = ((wanted.staff_id, row.staff_id), (wanted.sheet, row.sheet), (wanted.how, row.how))
    return all(not one or one == own for one, own in asked)


def _kept(tx: Tx, first: date, last: date, wanted: Filters) -> tuple[list[_Entry], list[_Entry]]:
    """All entries of the period that the reader may see, and those of them that are wanted."""
    about = with_parts(tx, standing(tx, wanted.person_id).id) if wanted.person_id else ()
    rows = _entries(tx, first, last, "" if "c" in tx.letters else tx.actor.staff_id)
    return rows, [row for row in rows if _fits(row, wanted, about)]


def _told(rows: Sequence[_Entry], names: dict[str, str]) -> tuple[PrintRow, ...]:
    return tuple(
        PrintRow(row.seq, row.at, row.by, row.sheet, row.how, row.copies, row.purpose,
                 tuple(sorted({names[one] for one in row.people if one in names}, key=sort_key)),
                 row.unknown + sum(one not in names for one in row.people))
        for row in rows
    )  # fmt: skip


def _people(tx: Tx, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], frozenset[str]]:
    """The persons of whom records speak; a record that is gone or hidden is missing."""
    found: dict[tuple[str, str], set[str]] = {}
    by_table: dict[str, list[str]] = {}
    for table, row_id in subjects:
        if table == "person":
            found[table, row_id] = {row_id}
        elif table in records.BY_TABLE:
            by_table.setdefault(table, []).append(row_id)
    for table, ids in by_table.items():
        kind: Any = records.BY_TABLE[table]
        columns = [getattr(kind, name) for name in PEOPLE if hasattr(kind, name)]
        for start in range(0, len(ids), FEW):
            for row in tx.rows(select(kind.id, *columns).where(kind.id.in_(ids[start : start + FEW]))):
                found.setdefault((table, row[0]), set()).update(one for one in row[1:] if one)
    for appointment_id, person_id in _present(tx, by_table.get("appointment", [])):
        found.setdefault(("appointment", appointment_id), set()).add(person_id)
    return {key: frozenset(ids) for key, ids in found.items()}


def _present(tx: Tx, appointments: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Who else is at an appointment, as (appointment, person)."""
    party = AppointmentParty
    for start in range(0, len(appointments), FEW):
        some = party.appointment_id.in_(appointments[start : start + FEW])
        for row in tx.rows(select(party.appointment_id, party.person_id).where(some, party.person_id.is_not(None))):
            yield row.appointment_id, row.person_id


def _utc(tx: Tx, day: date) -> str:
    """The beginning of a local day as the journal writes moments."""
    local = datetime.combine(day, time(), ZoneInfo(tx.actor.timezone))
    return local.astimezone(UTC).isoformat(timespec="milliseconds")
