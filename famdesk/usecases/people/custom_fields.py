"""Fields of the centre's own for persons: defined by who leads the centre, filled by who works with families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from sqlalchemy import Select, select

from famdesk.data.tables.people import Person
from famdesk.data.tables.person_details import CustomField, CustomValue
from famdesk.data.tx import Tx
from famdesk.domain import codes
from famdesk.domain.errors import NotFound, Required, RuleError, TextTooLong
from famdesk.domain.people.person_details import FIELD_KINDS
from famdesk.domain.text import check_storable, fold
from famdesk.i18n import N_
from famdesk.usecases.registry import query, usecase

LONGEST_NAME = 80
LONGEST_TEXT = 2_000
MOST_CHOICES = 200


class SameName(RuleError):
    message = N_("There is a field of this name already.")


class UnknownKind(RuleError):
    message = N_("Choose what is written into the field.")


class FewChoices(RuleError):
    message = N_("Write at least two choices, one a line.")


class KindFixed(RuleError):
    message = N_("The field holds values, so its kind stays as it is. Retire it and add another one.")


class BadValue(RuleError):
    message = N_("This does not fit the field.")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the centre's own; a `retired` one keeps its values and is no longer offered. `used`: has values."""

    id: str
    version: int
    name: str
    kind: str
    choices: tuple[str, ...]
    position: int
    retired: bool
    used: bool


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A field with a person's value as it is stored: text, number with a point, ISO date, "yes" or "no"; None: none."""

    field: FieldRow
    value: str | None


@query
def fields(tx: Tx, retired: bool = True) -> tuple[FieldRow, ...]:
    """The fields in their order, the retired ones last or not at all."""
    found = [field for field in tx.all(CustomField) if retired or not field.retired]
    used = {row[0] for row in tx.rows(_used())}
    rows = [_row(field, used=field.id in used) for field in found]
    return tuple(sorted(rows, key=_order))


@usecase(N_("Field added"))
def add_field(tx: Tx, *, name: str, kind: str, choices: str | None = None) -> str:
    """A new field, after the others; gives the id. `choices` are parted by line ends.

    Raises:
        Required, SameName, UnknownKind, FewChoices, TextTooLong.
    """
    last = max((field.position for field in tx.all(CustomField)), default=0)
    field = CustomField(name="", kind="", position=last + 1, retired=False)
    _fill(tx, field, name, kind, choices)
    return tx.add(field).id


@usecase(N_("Field changed"))
def change_field(tx: Tx, field_id: str, version: int, *, name: str, kind: str, choices: str | None) -> None:
    """Changes name, kind or choices of a field.

    Raises:
        Required, SameName, UnknownKind, FewChoices, TextTooLong, NotFound, Stale.
        KindFixed: it holds values.
    """
    field = tx.get(CustomField, field_id, version)
    if kind != field.kind and tx.rows(_used().where(CustomValue.field_id == field.id).limit(1)):
        raise KindFixed("kind")
    _fill(tx, field, name, kind, choices)


@usecase(N_("Field moved"))
def move_field(tx: Tx, field_id: str, version: int, *, by: int) -> None:
    """Moves a field up (`by` -1) or down (1) among those that are offered; at the end nothing moves.

    Raises:
        NotFound, Stale.
    """
    field = tx.get(CustomField, field_id, version)
    order = sorted((one for one in tx.all(CustomField) if not one.retired), key=lambda one: (one.position, one.id))
    if field not in order:
        raise NotFound
    place = order.index(field)
    order.insert(max(0, min(place + by, len(order) - 1)), order.pop(place))
    for position, one in enumerate(order, start=1):
        if one.position != position:
            one.position = position


@usecase(N_("Field retired or taken back"))
def retire_field(tx: Tx, field_id: str, version: int, *, retired: bool = True) -> None:
    """Offers a field no longer, or again; its values stay where they are.

    Raises:
        NotFound, Stale.
    """
    tx.get(CustomField, field_id, version).retired = retired


@query
def values(tx: Tx, person_id: str) -> tuple[ValueRow, ...]:
    """The fields that are offered, and the retired ones in which this person has a value, with the values.

    Raises:
        NotFound.
    """
    person = tx.get(Person, person_id)
    held = {row.field_id: row.value for row in tx.all(CustomValue, CustomValue.person_id == person.id)}
    rows = sorted((_row(one, used=one.id in held) for one in tx.all(CustomField)), key=_order)
    return tuple(ValueRow(row, held.get(row.id)) for row in rows if not row.retired or row.id in held)


@usecase(N_("Own fields of a person changed"))
def set_values(tx: Tx, person_id: str, values: Mapping[str, str | None]) -> None:
    """Writes values by the id of their field; None or "" takes one away, what is not given stays.

    Raises:
        BadValue: of the field `field`, by its id.
        TextTooLong, NotFound.
    """
    person = tx.get(Person, person_id)
    held = {row.field_id: row for row in tx.all(CustomValue, CustomValue.person_id == person.id)}
    for field_id, text in values.items():
        value = checked(tx.get(CustomField, field_id), text)
        row = held.get(field_id)
        if row is not None and value is None:
            tx.bin(row)
        elif row is not None and value is not None:
            row.value = value
        elif value is not None:
            tx.add(CustomValue(person_id=person.id, field_id=field_id, value=value))


def checked(field: CustomField, text: str | None) -> str | None:
    """A value as it is stored; None for an empty one.

    Raises:
        BadValue, TextTooLong, BadText.
    """
    text = check_storable((text or "").strip(), field.id)
    if not text:
        return None
    if len(text) > LONGEST_TEXT:
        raise TextTooLong(field.id, limit=LONGEST_TEXT)
    good = {
        "number": _is_number(text),
        "date": _is_date(text),
        "yes_no": text in {"yes", "no"},
        "choice": text in _lines(field.choices),
    }.get(field.kind, True)
    if not good:
        raise BadValue(field.id)
    return text


def _is_number(text: str) -> bool:
    try:
        return text.isascii() and Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _used() -> Select[str]:
    return select(CustomValue.field_id).where(CustomValue.deleted_at.is_(None)).distinct()


def _row(field: CustomField, *, used: bool) -> FieldRow:
    return FieldRow(field.id, field.version, field.name, field.kind, _lines(field.choices), field.position,
                    field.retired, used)  # fmt: skip


def _order(row: FieldRow) -> tuple[bool, int, str]:
    return row.retired, row.position, row.id


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line.strip() for line in (text or "").splitlines() if line.strip()))


def _fill(tx: Tx, field: CustomField, name: str, kind: str, choices: str | None) -> None:
    name, lines = " ".join(name.split()), _lines(choices)
    if not name:
        raise Required("name")
    if len(name) > LONGEST_NAME:
        raise TextTooLong("name", limit=LONGEST_NAME)
    if any(fold(one.name) == fold(name) and one.id != field.id for one in tx.all(CustomField)):
        raise SameName("name")
    if kind not in codes.codes(FIELD_KINDS):
        raise UnknownKind("kind")
    if kind == "choice" and len(lines) < 2:
        raise FewChoices("choices")
    if len(lines) > MOST_CHOICES or any(len(line) > LONGEST_NAME for line in lines):
        raise TextTooLong("choices", limit=LONGEST_NAME)
    field.name, field.kind, field.choices = name, kind, "\n".join(lines) if kind == "choice" else None
