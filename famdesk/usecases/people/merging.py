"""Two files of one person made one, and taken apart again.

The kept file gets everything that points at the other one; the other one stays behind it, can be found under its
names, and leads to the kept one. Whole households do not move: only this person's places in them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from sqlalchemy import inspect, select

from famdesk.data.tables.consents import Consent
from famdesk.data.tables.people import Person, PersonStaff
from famdesk.data.tables.person_details import Merge
from famdesk.data.tables.staff import Staff
from famdesk.data.tx import Tx
from famdesk.domain.consent.consents import RULES as PURPOSE_RULES
from famdesk.domain.errors import NotFound, RuleError
from famdesk.domain.people import merging
from famdesk.domain.people.merging import APART_FOR, BOTH, KEPT, OTHER, TOGETHER, strongest
from famdesk.domain.staff import rights
from famdesk.i18n import N_, _, formats
from famdesk.usecases.consent.consenting import recount
from famdesk.usecases.consent.consents import unseen
from famdesk.usecases.people.merge_moves import (
    Cell,
    Moves,
    is_moved,
    out_of_sight,
    pointers,
    pointing,
    put_back,
    twin_of,
)
from famdesk.usecases.people.person_names import full_name
from famdesk.usecases.people.person_rows import MergeRow
from famdesk.usecases.people.person_search import birth_words, detail_of
from famdesk.usecases.registry import query, usecase

GUARDS = ("protected", "restricted")


class SameFile(RuleError):
    message = N_("These are not two files: it is the same one.")


class MergedAlready(RuleError):
    message = N_("One of the two files is already part of another one. Open it again.")


class ErasedFile(RuleError):
    message = N_("The data of one of the two were erased. Such a file cannot be merged.")


class UnevenGuards(RuleError):
    message = N_(
        "The two files are not shown to the same colleagues: one is protected, or somebody is kept from it. Ask the"
        " coordinator to merge them."
    )


class UnevenApart(UnevenGuards):
    message = N_(
        "The two files are not shown to the same colleagues: one is protected, or somebody is kept from it. Ask the"
        " coordinator to take them apart."
    )


class PartsHidden(RuleError):
    message = N_("Not every record of these files is shown to you. Ask the coordinator to take them apart.")


class GuardedSince(RuleError):
    message = N_(
        "Something guards the file since the merge. Undo would leave it with one of the two: use “Take apart” in the"
        " file, which guards both."
    )


class BadChoice(RuleError):
    message = N_("Choose for each field which value to keep.")


class ApartAlready(RuleError):
    message = N_("These two files have already been taken apart.")


class ApartTooLate(RuleError):
    message = N_("A merge can be taken apart for 30 days; this one was made on {day}.")


@dataclass(frozen=True, slots=True)
class MergeSide:
    """One of the two files, as it was read."""

    id: str
    version: int
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class MergeField:
    """A field with what either file says, as text (codes as stored; None: nothing).

    `choice` is what is kept unless somebody chooses: "kept", "other" or "both"; `choices` what can be chosen. `differs`
    says that both say something, and not the same.
    """

    name: str
    kept: str | None
    other: str | None
    choice: str
    choices: tuple[str, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class LinkedRow:
    """How many records of a kind come along (`count`), and how many of them are in both files and become one."""

    label: str
    count: int
    both: int = 0


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do, field by field and kind by kind; `linked` are the other file's live records."""

    kept: MergeSide
    other: MergeSide
    fields: tuple[MergeField, ...]
    linked: tuple[LinkedRow, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """How many records went back, and which ones stayed since somebody changed them after the merge."""

    back: int
    stayed: tuple[LinkedRow, ...]


@query
def preview(tx: Tx, kept_id: str, other_id: str) -> MergePreview:
    """What would happen; that both files were looked at is written down.

    Raises:
        SameFile, MergedAlready, ErasedFile, UnevenGuards, NotFound.
    """
    kept, other = _two(tx, kept_id, other_id)
    tx.opened(kept)
    tx.opened(other)
    one, two = _side(tx, kept), _side(tx, other)
    if one.label == two.label:
        mine, theirs = _telling(tx, kept, other)
        one, two = replace(one, label=f"{one.label}, {mine}"), replace(two, label=f"{two.label}, {theirs}")
    return MergePreview(one, two, _fields(tx, kept, other), _linked(tx, kept, other))


@usecase(N_("Two files of one person merged"))
def merge(
    tx: Tx, kept_id: str, version: int, other_id: str, other_version: int, choices: Mapping[str, str] | None = None
) -> str:
    """Makes two files one; gives the id of the merge. `choices` says of fields which value is kept (see `MergeField`).

    Raises:
        SameFile, MergedAlready, ErasedFile, UnevenGuards, BadChoice, NotFound, Stale.
    """
    tx.take_turn()
    kept, other = _two(tx, kept_id, other_id)
    tx.get(Person, kept_id, version)
    tx.get(Person, other_id, other_version)
    moves = Moves(tx)
    moves.touch(kept)
    moves.touch(other)
    guards = _guards(tx, kept)
    made = tx.add(Merge(person_id=kept.id, other_id=other.id, staff_id=tx.actor.staff_id, merged_on=tx.today(),
                        moves="[]"))  # fmt: skip
    tx.session.flush()
    other.merged_into_id = kept.id  # from here on who works on the kept file knows the part, whose ties now leave it
    tx.session.flush()
    _choose(kept, other, choices or {})
    moves.move_all(kept, other)
    _recount(tx, moves, kept)
    made.moves = json.dumps([*moves.cells(), *guards], ensure_ascii=False)
    return made.id


@usecase(N_("Two merged files taken apart"))
def unmerge(tx: Tx, merge_id: str) -> Apart:
    """Puts every record back where it was before the merge, unless it was changed since: that stays, and is told.

    Whatever guards the file since the merge (protection, a ban of contact, a colleague kept from it) guards both.

    Raises:
        UnevenApart, PartsHidden: for somebody who sees less than what was merged, or than the coordinator.
        ApartAlready, ApartTooLate, NotFound.
    """
    tx.take_turn()
    made = tx.get(Merge, merge_id)
    if made.undone_on is not None:
        raise ApartAlready
    kept, other, cells, changed = _coming_apart(tx, made)
    since = _guarded_since(tx, kept, cells)
    result = put_back(tx, changed, made.person_id)
    _guard(tx, other, *since)
    made.undone_on = tx.today()
    return Apart(result.back, _labelled({table: (count, 0) for table, count in result.stayed.items()}))


@usecase(N_("Rest of a merged file taken over"))
def take_over(tx: Tx, merge_id: str) -> int:
    """Moves what did not come along: records that whoever merged might not see, or that were written since. Gives
    their number.

    Raises:
        ApartAlready, NotFound.
    """
    tx.take_turn()
    made = tx.get(Merge, merge_id)
    if made.undone_on is not None:
        raise ApartAlready
    kept, other = tx.get(Person, made.person_id), tx.get(Person, made.other_id)
    moves = Moves(tx)
    count = _left(tx, kept.id, other)
    moves.move_all(kept, other)
    made.moves = json.dumps([*json.loads(made.moves), *moves.cells()], ensure_ascii=False)
    return count


def check_turn(tx: Tx, was: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """What undo and redo of a merge ask first: the same as taking apart, or as merging. `was` and `now` are the row of
    the merge before and after; {}: it is not there. Gives whether files come apart.

    Raises:
        ApartTooLate, UnevenApart, PartsHidden, GuardedSince: see `unmerge`.
        SameFile, MergedAlready, ErasedFile, UnevenGuards: see `merge`.
    """
    stood, stands = (bool(row) and row["undone_on"] is None for row in (was, now))
    if stands and not stood:
        _two(tx, now["person_id"], now["other_id"])
    if stood and not stands:
        kept, _other, cells, _changed = _coming_apart(tx, tx.get(Merge, was["id"]))
        if any(_guarded_since(tx, kept, cells)):
            raise GuardedSince
    return stood and not stands


def merged_files(tx: Tx, person_id: str) -> tuple[MergeRow, ...]:
    """The files that are part of a person's file, the newest merge first."""
    if tx.actor.role == "reception":
        return ()  # the server does not show merges to reception either
    made = tx.all(Merge, Merge.person_id == person_id, Merge.undone_on.is_(None))
    rows = (_merged(tx, one) for one in sorted(made, key=lambda one: one.id, reverse=True))
    return tuple(row for row in rows if row is not None)


def _merged(tx: Tx, made: Merge) -> MergeRow | None:
    other = tx.find(Person, made.other_id)
    if other is None:
        return None
    last = made.merged_on + APART_FOR
    may = bool(rights.cell(unmerge.name, tx.actor.role))
    label = full_name(other.surname, other.given_name, other.alias)
    left = _left(tx, made.person_id, other) if may else 0
    return MergeRow(made.id, label, made.merged_on, last if may and tx.today() <= last else None, left)


def _left(tx: Tx, kept_id: str, other: Person) -> int:
    """How many live records still point at the other file, and would come along."""
    count = 0
    for pointer in pointers():
        for row in pointing(tx, pointer, other.id):
            count += not row.deleted_at and is_moved(pointer, row, kept_id)
    return count


# -------------------------------------------------------------------------------------------------- what may be


def _two(tx: Tx, kept_id: str, other_id: str) -> tuple[Person, Person]:
    kept, other = tx.get(Person, kept_id), tx.get(Person, other_id)
    if kept.id == other.id:
        raise SameFile("other_id")
    if kept.centre_id != other.centre_id:
        raise NotFound
    if kept.merged_into_id or other.merged_into_id:
        raise MergedAlready("other_id")
    if kept.erased_on or other.erased_on:
        raise ErasedFile("other_id")
    uneven = any(bool(getattr(kept, name)) != bool(getattr(other, name)) for name in GUARDS)
    if (uneven or _kept_from(tx, kept, other)) and not rights.cell("people.set_protection", tx.actor.role):
        raise UnevenGuards("other_id")
    return kept, other


def _kept_from(tx: Tx, kept: Person, other: Person) -> bool:
    """Whether a colleague is kept from one of the two."""
    tie = PersonStaff
    blocked = select(tie.id).where(tie.person_id.in_([kept.id, other.id]), tie.kind == "blocked",
                                   tie.deleted_at.is_(None))  # fmt: skip
    return bool(tx.rows(blocked))


def _coming_apart(tx: Tx, made: Merge) -> tuple[Person, Person, list[Cell], list[Cell]]:
    """The two files of a merge that may be taken apart now, what it noted, and what of that it changed."""
    if tx.today() > made.merged_on + APART_FOR:
        raise ApartTooLate(day=made.merged_on)
    kept, other = tx.get(Person, made.person_id), tx.get(Person, made.other_id)
    cells: list[Cell] = [tuple(cell) for cell in json.loads(made.moves)]
    changed = [cell for cell in cells if cell[3] != cell[4]]
    _may_come_apart(tx, kept, other, changed)
    return kept, other, cells, changed


def _recount(tx: Tx, moves: Moves, kept: Person) -> None:
    """What lists show of the consents: who has to sign for the one person may be others than for each of the two."""
    for consent in tx.all(Consent, Consent.person_id == kept.id):
        if consent.purpose not in PURPOSE_RULES:
            continue
        moves.touch(consent)
        recount(tx, kept, consent, unseen(tx, consent))


def _may_come_apart(tx: Tx, kept: Person, other: Person, changed: Sequence[Cell]) -> None:
    """Who sees less than what was merged would take half of it apart; guards are the coordinator's."""
    if not rights.cell("people.set_protection", tx.actor.role):
        uneven = any(bool(getattr(kept, name)) != bool(getattr(other, name)) for name in GUARDS)
        lifted = any(table == "person" and name in GUARDS for table, _id, name, _before, _after in changed)
        if uneven or lifted or _kept_from(tx, kept, other):
            raise UnevenApart
    if out_of_sight(tx, changed):
        raise PartsHidden


def _blocked(tx: Tx, person_id: str) -> Sequence[PersonStaff]:
    return tx.all(PersonStaff, PersonStaff.person_id == person_id, PersonStaff.kind == "blocked")


def _guards(tx: Tx, kept: Person) -> list[Cell]:
    """What guards the kept file before the merge, as cells that nothing changed in: what is not there came later."""
    own = [("person", kept.id, name, value, value) for name in merging.NEVER_LOST if (value := getattr(kept, name))]
    return [*own, *(("person_staff", tie.id, "deleted_at", None, None) for tie in _blocked(tx, kept.id))]


def _guarded_since(tx: Tx, kept: Person, cells: Sequence[Cell]) -> tuple[list[str], list[PersonStaff]]:
    """The guards of the kept file that are younger than the merge: marks by name, and ties of who is kept from it."""
    known = {(table, row_id) for table, row_id, *_rest in cells}
    marked = {name for table, _id, name, _before, after in cells if table == "person" and after is True}
    names = [name for name in merging.NEVER_LOST if getattr(kept, name) and name not in marked]
    return names, [tie for tie in _blocked(tx, kept.id) if ("person_staff", tie.id) not in known]


def _guard(tx: Tx, other: Person, names: Sequence[str], ties: Sequence[PersonStaff]) -> None:
    for name in names:
        setattr(other, name, True)
    for tie in ties:
        tx.add(PersonStaff(person_id=other.id, staff_id=tie.staff_id, kind=tie.kind, reason=tie.reason,
                           valid_from=tie.valid_from))  # fmt: skip


# ------------------------------------------------------------------------------------------------- field by field


def _side(tx: Tx, person: Person) -> MergeSide:
    label = full_name(person.surname, person.given_name, person.alias)
    return MergeSide(person.id, person.version, label, detail_of(person, tx.today()))


def _telling(tx: Tx, kept: Person, other: Person) -> tuple[str, str]:
    """What tells two files of one name apart: birth, alias, tax code, town, whichever differs first; or their order."""
    for of in (partial(birth_words, today=tx.today()), attrgetter("alias"), attrgetter("tax_code"), attrgetter("town")):
        if of(kept) != of(other):
            return of(kept) or _("nothing known"), of(other) or _("nothing known")
    return _("the first file"), _("the second file")


def field_names() -> tuple[str, ...]:
    """The fields of a person that can be chosen, in the order of the record."""
    with_others = {name for group in TOGETHER.values() for name in group[1:]}
    names = inspect(Person).column_attrs.keys()
    return tuple(name for name in names if name not in merging.NOT_CHOSEN | with_others)


def _fields(tx: Tx, kept: Person, other: Person) -> tuple[MergeField, ...]:
    rows = []
    for name in field_names():
        mine, theirs = _shown(tx, kept, name), _shown(tx, other, name)
        if mine is None and theirs is None:
            continue
        choices = _choices(name, kept, other)
        rows.append(MergeField(name, mine, theirs, _default(name, kept, other), choices,
                               None not in (mine, theirs) and mine != theirs))  # fmt: skip
    return tuple(rows)


def _values(person: Person, name: str) -> tuple[Any, ...]:
    return tuple(getattr(person, one) for one in TOGETHER.get(name, (name,)))


def _is_blank(person: Person, name: str) -> bool:
    """Whether the file says nothing: no text, no date, the word that stands for nothing yet."""
    return all(value in (None, "", False, "none") for value in _values(person, name))


def _choices(name: str, kept: Person, other: Person) -> tuple[str, ...]:
    if name in merging.JOINED and not (_is_blank(kept, name) or _is_blank(other, name)):
        return (KEPT, OTHER, BOTH)
    if name == "privacy" and (kept.privacy == "none") != (other.privacy == "none"):
        return (KEPT,) if other.privacy == "none" else (OTHER,)  # what was told once is not untold
    return (KEPT, OTHER)


def _default(name: str, kept: Person, other: Person) -> str:
    """The kept file's value, unless it says nothing, or less than the other."""
    if _is_blank(kept, name):
        return KEPT if _is_blank(other, name) else OTHER
    if name == "birth_date" and kept.birth_date is None and other.birth_date is not None:
        return OTHER
    if name == "privacy" and _later_notice(kept, other):
        return OTHER
    if BOTH in _choices(name, kept, other) and _values(kept, name) != _values(other, name):
        return BOTH
    return KEPT


def _later_notice(kept: Person, other: Person) -> bool:
    """Whether the other file says last what became of the privacy notice."""
    if "none" in (kept.privacy, other.privacy):
        return kept.privacy == "none" != other.privacy
    days = kept.privacy_on or date.min, other.privacy_on or date.min
    if days[0] != days[1]:
        return days[1] > days[0]
    return strongest(merging.PRIVACY_ORDER, (kept.privacy, other.privacy)) != kept.privacy


def _choose(kept: Person, other: Person, choices: Mapping[str, str]) -> None:
    for name, choice in choices.items():
        if name not in field_names() or choice not in _choices(name, kept, other):
            raise BadChoice(name)
    for name in field_names():
        choice = choices.get(name) or _default(name, kept, other)
        if choice == OTHER:
            for one in TOGETHER.get(name, (name,)):
                setattr(kept, one, getattr(other, one))
        elif choice == BOTH and getattr(kept, name) != getattr(other, name):
            setattr(kept, name, f"{getattr(kept, name)}\n{getattr(other, name)}")
    for name in merging.NEVER_LOST:
        setattr(kept, name, bool(getattr(kept, name)) or bool(getattr(other, name)))


def _shown(tx: Tx, person: Person, name: str) -> str | None:
    """The value of a field as text; None where the file says nothing."""
    if _is_blank(person, name):
        return None
    if name == "birth_date":
        day = formats.date_num(person.birth_date) if person.birth_date else person.birth_part
        return " · ".join(part for part in (day, person.birth_text) if part)
    value = getattr(person, name)
    if name == "owner_staff_id":
        owner = tx.find(Staff, value)
        return owner.name if owner else "?"
    if isinstance(value, bool):
        return _("yes")
    return value.isoformat() if isinstance(value, date) else str(value)


# ------------------------------------------------------------------------------------------------ kind by kind


def _linked(tx: Tx, kept: Person, other: Person) -> tuple[LinkedRow, ...]:
    found: dict[str, tuple[int, int]] = {}
    for pointer in pointers():
        for row in pointing(tx, pointer, other.id):
            if row.deleted_at or not is_moved(pointer, row, kept.id):
                continue
            count, both = found.get(pointer.table, (0, 0))
            twin = twin_of(tx, pointer, row, kept.id)
            found[pointer.table] = (count + 1, both + (twin is not None and not twin.deleted_at))
    return _labelled(found)


def _labelled(counts: Mapping[str, tuple[int, int]]) -> tuple[LinkedRow, ...]:
    """The counts under their words, those of one word together."""
    found: dict[str, tuple[int, int]] = {}
    for table, (count, both) in counts.items():
        words = _(merging.label(table))
        before = found.get(words, (0, 0))
        found[words] = (before[0] + count, before[1] + both)
    return tuple(LinkedRow(words, *numbers) for words, numbers in sorted(found.items()))
