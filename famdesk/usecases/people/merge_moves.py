"""How rows go from one file to another, whatever table they are in: every column that points at a person.

What is changed is noted as cells (table, row, column, before, after), so that it can be put back; rows of both files
that are one become one, the second one goes into the bin of the file that it was in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import UniqueConstraint, inspect, select

from famdesk.data import records
from famdesk.data.access import is_gone
from famdesk.data.base import Record
from famdesk.data.journal import Row, image, restored_values
from famdesk.data.tables.notes import NotePerson
from famdesk.data.tables.people import ContactPoint, Person, PersonStaff
from famdesk.data.tables.person_details import Merge
from famdesk.data.tables.writing import NoteRelease
from famdesk.data.tx import Tx
from famdesk.domain.people import contact, merging
from famdesk.domain.people.merging import SAME, Same, strongest

Cell = tuple[str, str, str, Any, Any]

_UNTOUCHED = frozenset({"id", "version", "deleted_at", "centre_id", "valid_from", "valid_to"})


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that points at a row of another table."""

    kind: type[Record]
    column: str

    @property
    def table(self) -> str:
        return str(self.kind.__tablename__)


def pointers(target: str = "person") -> Iterator[Pointer]:
    """Every column of every table of records that points at `target`, in a fixed order."""
    for table in sorted(records.BY_TABLE):
        kind = records.BY_TABLE[table]
        for attribute in inspect(kind).column_attrs:
            keys = attribute.columns[0].foreign_keys
            if kind.journalled and any(key.column.table.name == target for key in keys):
                yield Pointer(kind, attribute.key)


class Moves:
    """Moves rows and remembers how they were."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self._before: dict[tuple[str, str], tuple[Record, Row]] = {}

    def touch(self, record: Record) -> None:
        """Notes how a record is before it is changed."""
        self._before.setdefault((record.__tablename__, record.id), (record, image(record)))

    def cells(self) -> list[Cell]:
        """What differs from before."""
        found: list[Cell] = []
        for (table, row_id), (record, before) in self._before.items():
            after = image(record)
            found += [(table, row_id, name, before[name], after[name])
                      for name in before if name != "version" and before[name] != after[name]]  # fmt: skip
        return found

    def move_all(self, kept: Person, other: Person) -> None:
        """Makes everything that points at `other`, as far as this person may touch it, point at `kept`."""
        for pointer in pointers():
            for row in pointing(self._tx, pointer, other.id):
                if is_moved(pointer, row, kept.id):
                    self._move(pointer, row, kept.id)

    def _move(self, pointer: Pointer, row: Record, target_id: str) -> None:
        self.touch(row)
        if pointer.table in merging.NOT_WITH_ONESELF and _of_both(pointer, row, target_id):
            if not row.deleted_at:
                self._tx.bin(row)
            return
        twin = twin_of(self._tx, pointer, row, target_id)
        if twin is None:
            setattr(row, pointer.column, target_id)
        elif not row.deleted_at:
            self._absorb(twin, row, pointer.column)

    def _absorb(self, twin: Record, row: Record, column: str) -> None:
        """Makes one row of two: what was missing in the first comes from the second, and so do its own records. A
        first one that lies in the bin counts for nothing: it comes back as the second."""
        self.touch(twin)
        if twin.deleted_at:
            _replace(twin, row, column)
        else:
            combine(twin, row)
        for pointer in pointers(row.__tablename__):
            for child in pointing(self._tx, pointer, row.id):
                self._move(pointer, child, twin.id)
        self._tx.bin(row)


def pointing(tx: Tx, pointer: Pointer, target_id: str) -> list[Record]:
    """The rows of this centre, also those in the bin, that point at a row and that this person may touch."""
    found = _all_pointing(tx, pointer, target_id)
    return [record for record in found if record.centre_id == tx.centre_id and tx.allowed(record)]


def _all_pointing(tx: Tx, pointer: Pointer, target_id: str) -> Sequence[Record]:
    """One condition only: a second one would let SQLite choose an index that holds the whole centre."""
    kind = pointer.kind
    statement = select(kind).where(getattr(kind, pointer.column) == target_id).order_by(kind.id)
    return tx.session.scalars(statement).all()


def is_moved(pointer: Pointer, row: Record, kept_id: str) -> bool:
    """Whether the row goes along. What was merged and taken apart again stays what it was; who is kept from a file is
    kept from it by the coordinator alone, who finds such rows of the past in the bin."""
    if isinstance(row, Merge):
        return pointer.column == "person_id" and row.undone_on is None
    if isinstance(row, Person):
        return row.id != kept_id
    if isinstance(row, (NotePerson, NoteRelease)):  # their authors' alone; who reads them follows the merge
        return False
    return not (isinstance(row, PersonStaff) and row.kind == "blocked" and row.deleted_at)


def _of_both(pointer: Pointer, row: Record, target_id: str) -> bool:
    others = [one.column for one in pointers() if one.kind is pointer.kind and one.column != pointer.column]
    return any(getattr(row, column) == target_id for column in others)


# --------------------------------------------------------------------------------------------- rows that are one


def twin_of(tx: Tx, pointer: Pointer, row: Record, target_id: str) -> Record | None:
    """The row that is already at the target and is one with this one, once it points there."""
    rule, forced = _rule(pointer), _unique(pointer)
    for columns in filter(None, (forced, rule.columns if rule and pointer.column in rule.columns else None)):
        wanted = {name: target_id if name == pointer.column else getattr(row, name) for name in columns}
        for twin in _all_pointing(tx, pointer, target_id):
            if twin.id == row.id or any(getattr(twin, name) != value for name, value in wanted.items()):
                continue
            live = not (twin.deleted_at or row.deleted_at)
            if columns == forced or (live and rule and tx.allowed(twin) and _fit(rule, twin, row)):
                return twin
    return None


def _rule(pointer: Pointer) -> Same | None:
    return SAME.get(pointer.table)


def _unique(pointer: Pointer) -> tuple[str, ...] | None:
    """The columns of a constraint of the database that two rows would break."""
    table: Any = pointer.kind.__table__
    for constraint in table.constraints:
        names = tuple(column.name for column in constraint.columns)
        if isinstance(constraint, UniqueConstraint) and pointer.column in names:
            return names
    return None


def _fit(rule: Same, twin: Record, row: Record) -> bool:
    if isinstance(twin, ContactPoint) and isinstance(row, ContactPoint) and not _one_number(twin, row):
        return False
    pairs = [(getattr(twin, name), getattr(row, name)) for name in rule.fitting]
    if any(None not in pair and pair[0] != pair[1] for pair in pairs):
        return False
    return not rule.periods or _touching(twin, row)


def _one_number(one: ContactPoint, other: ContactPoint) -> bool:
    if one.kind in contact.PHONES and other.kind in contact.PHONES:
        return contact.digits(one.value) == contact.digits(other.value)
    return one.kind == other.kind and one.value.strip().casefold() == other.value.strip().casefold()


def _touching(one: Any, other: Any) -> bool:
    """Whether the times of two rows meet; what is not known is without end."""
    first, last = one.valid_from or date.min, one.valid_to or date.max
    return first <= (other.valid_to or date.max) and (other.valid_from or date.min) <= last


def _replace(twin: Record, row: Record, column: str) -> None:
    """Brings a row back from the bin with the values of the other; what `column` points at stays."""
    for name in inspect(type(twin)).column_attrs.keys():  # noqa: SIM118 - a read-only collection, not a dict
        if name not in {"id", "version", "centre_id", column}:
            setattr(twin, name, getattr(row, name))


def combine(twin: Any, row: Any) -> None:
    """Makes `twin` say what both rows say. The stricter rule holds: who must not be called in one is not called."""
    for name in inspect(type(twin)).column_attrs.keys():  # noqa: SIM118 - a read-only collection, not a dict
        mine, theirs = getattr(twin, name), getattr(row, name)
        if name in _UNTOUCHED or mine == theirs or theirs is None:
            continue
        if mine is None:
            setattr(twin, name, theirs)
        elif name in merging.JOINED:
            setattr(twin, name, f"{mine}\n{theirs}")
        elif name in _CHOSEN:
            setattr(twin, name, _CHOSEN[name](mine, theirs))
        elif isinstance(mine, bool):
            setattr(twin, name, mine and theirs if name.startswith("may_") else mine or theirs)
    if hasattr(twin, "valid_from"):
        known = [day for day in (twin.valid_from, row.valid_from) if day]
        twin.valid_from = min(known) if known else None
        ends = (twin.valid_to, row.valid_to)
        twin.valid_to = None if None in ends else max(ends)


_CHOSEN: dict[str, Any] = {
    "state": lambda mine, theirs: strongest(merging.ENROLMENT_ORDER, (mine, theirs)),
    "enrolled_on": min,
    "asked_at": min,
    "photo_release": lambda mine, theirs: mine and theirs,
    "walk_in": lambda mine, theirs: mine and theirs,
    "since": min,
    "role": lambda mine, theirs: theirs if mine == merging.PLAIN_ROLE else mine,
}
"""How the values of a column that two rows disagree in become one; of other columns the kept file's value stays."""


# --------------------------------------------------------------------------------------------------- taken apart


def out_of_sight(tx: Tx, cells: Iterable[Cell]) -> bool:
    """Whether one of the rows is not for this person: nobody else could put it back once the merge counts as undone."""
    for table, row_id in dict.fromkeys((cell[0], cell[1]) for cell in cells):
        kind = records.BY_TABLE.get(table)
        record = tx.session.get(kind, row_id) if kind else None
        if kind is not None and not (tx.allowed(record) if record is not None else is_gone(tx, kind, row_id)):
            return True
    return False


@dataclass(slots=True)
class Back:
    """What came of putting cells back: rows put `back`, and rows that `stayed`, since they were changed, by table."""

    back: int
    stayed: dict[str, int]


def put_back(tx: Tx, cells: Iterable[Cell], kept_id: str) -> Back:
    """Makes every cell what it was, unless somebody changed it since; `kept_id` is the file that holds the rows now."""
    result = Back(0, {})
    by_row: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        by_row.setdefault((cell[0], cell[1]), []).append(cell)
    people = {(pointer.table, pointer.column) for pointer in pointers()}
    for (table, row_id), changed in sorted(by_row.items(), key=lambda item: _LAST.get(item[0][0], 1)):
        kind = records.BY_TABLE.get(table)
        record = tx.session.get(kind, row_id) if kind else None
        if kind is None or record is None or not tx.allowed(record):
            result.stayed[table] = result.stayed.get(table, 0) + 1
            continue
        now = image(record)
        whole = True
        for _table, _row_id, column, before, after in changed:
            moved_on = (table, column) in people and now.get(column) == kept_id
            if now.get(column) == after or moved_on:
                for name, value in restored_values(kind, {column: before}).items():
                    setattr(record, name, value)
            else:
                whole = False
        if whole:
            result.back += 1
        else:
            result.stayed[table] = result.stayed.get(table, 0) + 1
        if table in _LAST:
            tx.session.flush()
    return result


_LAST = {"person_staff": 0, "person": 2}
"""Who works on the part is back before its rows are, and these before it stands alone: a server lets nobody write about
somebody on whose file they do not work."""
