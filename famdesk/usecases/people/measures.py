"""Measures of courts about a person: a drawer of its own, which few may open; every look into it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from famdesk.data.tables.families import Measure
from famdesk.data.tables.people import Person
from famdesk.data.tx import Tx
from famdesk.domain.codes import codes
from famdesk.domain.errors import Required, RuleError, TextTooLong
from famdesk.domain.people import families
from famdesk.domain.people.family_rules import EndsBeforeItBegins
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

LONGEST_LINE = 200
LONGEST_TEXT = 20_000


class UnknownField(RuleError):
    message = N_("Choose from the list what kind of measure it is.")


class TakenInFuture(RuleError):
    message = N_("A measure is taken today or earlier. Please check the day.")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure; `valid_to` is its last day (None: not known)."""

    id: str
    version: int
    field: str
    authority: str | None
    number: str | None
    taken_on: date | None
    text: str
    valid_to: date | None


@query
def measures(tx: Tx, person_id: str) -> tuple[MeasureRow, ...]:
    """The measures about a person, the newest first; that they were read is written down.

    Raises:
        NotFound.
    """
    found = tx.get(Person, person_id)
    rows = tx.all(Measure, Measure.person_id == found.id)
    if rows:
        tx.log("read", subjects=[("measure", row.id, "read", []) for row in rows])
    ordered = sorted(rows, key=lambda row: (row.taken_on or date.min, row.id), reverse=True)
    return tuple(
        MeasureRow(row.id, row.version, row.field, row.authority, row.number, row.taken_on, row.text, row.valid_to)
        for row in ordered
    )


@usecase(N_("Measure added"))
def add_measure(
    tx: Tx, person_id: str, field: str, text: str, *, authority: str | None = None, number: str | None = None,
    taken_on: date | None = None, valid_to: date | None = None,
) -> str:  # fmt: skip
    """A measure of a court about a person; gives the id.

    Raises:
        UnknownField, Required, TextTooLong, TakenInFuture, EndsBeforeItBegins, NotFound.
    """
    row = Measure(person_id=tx.get(Person, person_id).id)
    _fill(tx, row, field, text, authority, number, taken_on, valid_to)
    return tx.add(row).id


@usecase(N_("Measure changed"))
def change_measure(
    tx: Tx, measure_id: str, version: int, *, field: str, text: str, authority: str | None, number: str | None,
    taken_on: date | None, valid_to: date | None,
) -> None:  # fmt: skip
    """Changes a measure.

    Raises:
        UnknownField, Required, TextTooLong, TakenInFuture, EndsBeforeItBegins, NotFound, Stale.
    """
    _fill(tx, tx.get(Measure, measure_id, version), field, text, authority, number, taken_on, valid_to)


@usecase(N_("Measure removed"))
def remove_measure(tx: Tx, measure_id: str, version: int) -> None:
    """Puts a measure into the bin.

    Raises:
        NotFound, Stale.
    """
    tx.bin(tx.get(Measure, measure_id, version))


def _fill(
    tx: Tx, row: Measure, field: str, text: str, authority: str | None, number: str | None, taken_on: date | None,
    valid_to: date | None,
) -> None:  # fmt: skip
    if field not in codes(families.MEASURE_FIELDS):
        raise UnknownField("field")
    if not text.strip():
        raise Required("text")
    if len(text) > LONGEST_TEXT:
        raise TextTooLong("text", limit=LONGEST_TEXT)
    if taken_on is not None and taken_on > tx.today():
        raise TakenInFuture("taken_on")
    if taken_on is not None and valid_to is not None and valid_to < taken_on:
        raise EndsBeforeItBegins("valid_to", day=taken_on)
    row.field, row.text, row.taken_on, row.valid_to = field, text.strip(), taken_on, valid_to
    row.authority, row.number = _line("authority", authority), _line("number", number)


def _line(name: str, value: str | None) -> str | None:
    value = (value or "").strip()
    if len(value) > LONGEST_LINE:
        raise TextTooLong(name, limit=LONGEST_LINE)
    return value or None
