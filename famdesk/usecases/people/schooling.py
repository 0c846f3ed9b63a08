"""The school or nursery of a child, a line for each school year."""

from __future__ import annotations

from dataclasses import dataclass

from famdesk.data.tables.directory import Body
from famdesk.data.tables.people import Person
from famdesk.data.tables.person_details import SchoolYear
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.domain.people.person_details import SCHOOL_KINDS, school_year
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

LONGEST_LINE = 200
LONGEST_NOTE = 2_000
FIRST_YEAR = 1950


class UnknownSchoolKind(RuleError):
    message = N_("Choose from the list, or leave this empty.")


class BadYear(RuleError):
    message = N_("Give the year in which the school year begins, not later than next year.")


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school year of a person. `year` 2025 is 2025/26; `school` in words, `body_id` its entry in the directory."""

    id: str
    version: int
    year: int
    kind: str | None
    school: str | None
    body_id: str | None
    body: str | None
    grade: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Schooling:
    """The school years of a person, the newest first.

    `this_year` is the school year of today. `proposed` is last year's line, to be copied into this year; None where
    this year is known already, or nothing is known of last year.
    """

    this_year: int
    years: tuple[SchoolRow, ...]
    proposed: SchoolRow | None


@query
def school(tx: Tx, person_id: str) -> Schooling:
    """Where a person goes to school or nursery, and went.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    rows = sorted(tx.all(SchoolYear, SchoolYear.person_id == found.id), key=lambda row: (-row.year, row.id))
    years = tuple(_row(row, tx.find(Body, row.body_id)) for row in rows)
    this_year = school_year(tx.today())
    known = any(row.year >= this_year for row in years)
    last = next((row for row in years if row.year == this_year - 1), None)
    return Schooling(this_year, years, None if known else last)


@usecase(N_("School year added"))
def add_school_year(
    tx: Tx, person_id: str, *, year: int | None, kind: str | None = None, school: str | None = None,
    body_id: str | None = None, grade: str | None = None, note: str | None = None,
) -> str:  # fmt: skip
    """A school year of a person; gives the id. Two lines of one year are a change of school.

    Raises:
        BadYear, UnknownSchoolKind, TextTooLong, NotFound.
        Required: neither kind nor school.
    """
    row = SchoolYear(person_id=tx.get(Person, person_id).id, year=0)
    _fill(tx, row, year, kind, school, body_id, grade, note)
    return tx.add(row).id


@usecase(N_("School year changed"))
def change_school_year(
    tx: Tx, row_id: str, version: int, *, year: int | None, kind: str | None, school: str | None, body_id: str | None,
    grade: str | None, note: str | None,
) -> None:  # fmt: skip
    """Changes a school year.

    Raises:
        BadYear, UnknownSchoolKind, TextTooLong, Required, NotFound, Stale.
    """
    _fill(tx, tx.get(SchoolYear, row_id, version), year, kind, school, body_id, grade, note)


@usecase(N_("School year removed"))
def remove_school_year(tx: Tx, row_id: str, version: int) -> None:
    """Takes a school year away; it goes into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(SchoolYear, row_id, version))


def _row(row: SchoolYear, body: Body | None) -> SchoolRow:
    return SchoolRow(row.id, row.version, row.year, row.kind, row.school, row.body_id, body.name if body else None,
                     row.grade, row.note)  # fmt: skip


def _fill(
    tx: Tx, row: SchoolYear, year: int | None, kind: str | None, school: str | None, body_id: str | None,
    grade: str | None, note: str | None,
) -> None:  # fmt: skip
    if year is None or not FIRST_YEAR <= year <= school_year(tx.today()) + 1:
        raise BadYear("year")
    if kind and kind not in codes.codes(SCHOOL_KINDS):
        raise UnknownSchoolKind("kind")
    if body_id:
        tx.get(Body, body_id)
    texts = {"school": school, "grade": grade, "note": note}
    for name, value in texts.items():
        limit = LONGEST_NOTE if name == "note" else LONGEST_LINE
        texts[name] = (value or "").strip() or None
        if len(texts[name] or "") > limit:
            raise TextTooLong(name, limit=limit)
    if not (kind or texts["school"] or body_id):
        raise Required("school")
    row.year, row.kind, row.body_id = year, kind or None, body_id or None
    row.school, row.grade, row.note = texts["school"], texts["grade"], texts["note"]
